"""Single cells of hiring_events.csv as typed values: days, jobs, industries, occupations, links, choices."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from lmi.domain.codes import normalise_soc
from lmi.domain.event_columns import LAYOUT, LONGEST, LONGEST_ID, LONGEST_OTHER
from lmi.domain.events import (
    CONFIDENCES,
    EARLIEST_YEAR,
    EVENT_TYPES,
    LATEST_YEAR,
    MOST_JOBS,
    STATUSES,
    EventKnown,
)
from lmi.domain.industries import RANGES
from lmi.sources.staff_cells import (
    WHOLE,
    Refused,
    check_length,
    check_point,
    nearest_by_beginning,
    without_zeros,
)

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_MIDNIGHT = r"(?:[ T](?:0?0:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?|12:00(?::00)? ?[Aa][Mm]))?"
_ISO = re.compile(rf"([0-9]{{4}})[-/]([0-9]{{1,2}})(?:[-/]([0-9]{{1,2}}){_MIDNIGHT})?")
SLASHES = re.compile(rf"([0-9]{{1,2}})/([0-9]{{1,2}})/([0-9]{{4}}|[0-9]{{2}}){_MIDNIGHT}")
_DAY_MONTH = re.compile(r"([0-9]{1,2})[- ]([A-Za-z]{3,9})\.?,?[- ]([0-9]{4}|[0-9]{2})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")
_MONTH = re.compile(r"([A-Za-z]{3,9})(?:\.?[- ](?=[0-9]{4})|-)([0-9]{4}|[0-9]{2})")  # 'July 26' is a day
_CLOCK = re.compile(r"(.+?)[T ]([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.[0-9]+)?)?(?:Z|\+00:00)?")
_ID = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{LONGEST_ID - 1}}}")
_URL = re.compile(r"https?://[^\s/?#<>\"\\]+(?:[/?#][^\s<>\"\\]*)?", re.I)
_BETWEEN = re.compile(r"\s*(?:;|,(?=\s*[0-9]{2}[-. ]?[0-9]{4}(?![0-9])))\s*")
_FIRST_YEAR = 1900  # of a spreadsheet's calendar
_OTHER_NAMES = {"canceled": "cancelled", "rumoured": "rumored", "lay_off": "layoff", "layoffs": "layoff"}


def day(text: str) -> date:
    """A day as people and spreadsheets write it; of a month, its first. Refused if it is none."""
    year, month, number = _parts(text)
    try:
        found = date(year, month, number)
    except ValueError:
        hint = " (the month comes first)" if "/" in text else ""
        raise Refused(f"does not exist in the calendar{hint}. Correct it.") from None
    if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        raise Refused(f"is not between {EARLIEST_YEAR} and {LATEST_YEAR}. Correct the year.")
    return found


def _parts(text: str) -> tuple[int, int, int]:
    """Year, month and day as written, whether or not there is such a day."""
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3] or 1)
    if found := SLASHES.fullmatch(text):
        return _year(found[3]), int(found[1]), int(found[2])
    if found := _DAY_MONTH.fullmatch(text):
        return _year(found[3]), _month(found[2]), int(found[1])
    if found := _MONTH_DAY.fullmatch(text):
        return int(found[3]), _month(found[1]), int(found[2])
    if found := _MONTH.fullmatch(text):
        return _year(found[2]), _month(found[1]), 1
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", text):
        raise Refused(
            "is a spreadsheet's number of a day. Format the column as a date there, and save again."
        )
    raise Refused


def _year(text: str) -> int:
    """Two digits are a year of the span that is accepted: 88 is 1988, 25 is 2025."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + (1900 if year + 1900 >= EARLIEST_YEAR else 2000)


def _month(text: str) -> int:
    name = text.lower()
    for number, full in enumerate(_MONTHS, start=1):
        if full.startswith(name) or name == full[:4]:
            return number
    raise Refused


def clock(text: str) -> str:
    """A day, or a day and a time in UTC, in ISO form to the second."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return day(text).isoformat()
    return f"{day(found[1]).isoformat()}T{found[2]:0>2}:{found[3]}:{found[4] or '00'}Z"


def event_id(text: str) -> str:
    """An event's name as typed."""
    if not _ID.fullmatch(text):
        raise Refused
    return text


def jobs(text: str) -> int:
    """How many jobs, 1 or more."""
    check_point(text)
    whole = without_zeros(text)
    if not WHOLE.fullmatch(whole) or not 1 <= int(whole.replace(",", "")) <= MOST_JOBS:
        raise Refused
    return int(whole.replace(",", ""))


def choice(names: Mapping[str, str]) -> Callable[[str], str]:
    """A reader of one of these names or their labels; case, spaces and hyphens do not matter."""
    forms = {_flat(form): name for name, label in names.items() for form in (label, name)}
    forms |= {other: name for other, name in _OTHER_NAMES.items() if name in names}

    def read(text: str) -> str:
        name = forms.get(_flat(text))
        if name is None:
            raise Refused
        return name

    return read


def _flat(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.strip().lower())


def source_url(text: str) -> str:
    """A link to a page of the web, and to nothing else."""
    check_length(text, LONGEST["source_url"])
    if not _URL.fullmatch(text):
        raise Refused
    return text


class Codes:
    """Reads codes of industries and occupations against those that exist."""

    def __init__(self, known: EventKnown) -> None:
        self._naics, self._socs, self._combined = known.naics, known.socs, known.combined
        self._naics_ordered, self._socs_ordered = sorted(known.naics), sorted(known.socs)
        self._soc = cache(self._soc_as_known)
        self.jobs_told: dict[str, int] = {}  # socs as read -> the jobs that they tell, all together

    def naics(self, text: str) -> str:
        """A NAICS code of two to six digits, or a sector's range."""
        code = without_zeros(text.replace("–", "-").replace(" ", ""))
        if not re.fullmatch(r"[0-9]{2,6}|[0-9]{2}-[0-9]{2}", code):
            raise Refused
        if code not in self._naics:
            code = RANGES.get(code, code)
        if code not in self._naics:
            code = self._without_padding(code)
        if code not in self._naics:
            near = nearest_by_beginning(code, self._naics_ordered)
            raise Refused(f"is not the code of an industry in NAICS 2022{near}. Correct it.")
        return code

    def _without_padding(self, code: str) -> str:
        """The industry that a code filled up with zeros to six digits stands for: 622000 is 622."""
        shorter = [code[:end] for end in range(5, 1, -1) if len(code) == 6 and not code[end:].strip("0")]
        return next((RANGES.get(c, c) for c in shorter if RANGES.get(c, c) in self._naics), code)

    def socs(self, text: str) -> str:
        """Occupations, all with their jobs or all without, in their standard form. Codes that OEWS
        publishes as one are one, with the jobs of all."""
        check_length(text, LONGEST["socs"])
        told: dict[str, int] = {}
        written: set[str] = set()
        without = 0
        for part in _BETWEEN.split(text.rstrip(" ;,")):
            soc, equals, count = part.partition("=")
            own, code = self._soc(soc.strip())
            if own in told or {own, code} & written:
                part_of = f" ({own} is part of it)" if own != code else ""
                raise Refused(f"names {code} twice{part_of}. Write it once.")
            written.add(own)
            without += not equals
            told[code] = told.get(code, 0) + (_count(count.strip()) if equals else 0)
        if without == len(written):
            return "; ".join(told)
        if without:
            raise Refused("tells the jobs of some occupations only. Tell them for every one, or for none.")
        form = "; ".join(f"{code}={count}" for code, count in told.items())
        self.jobs_told[form] = sum(told.values())
        return form

    def _soc_as_known(self, text: str) -> tuple[str, str]:
        """A code as written and as OEWS publishes it, which combines a few."""
        own = normalise_soc(self._before_a_spreadsheet(text))
        if not re.fullmatch(r"[0-9]{2}-[0-9]{4}", own):
            raise Refused
        code = own if own in self._socs else self._combined.get(own, own)
        if code not in self._socs:
            near = nearest_by_beginning(own, self._socs_ordered)
            raise Refused(f"names {own}, which is not the code of an occupation in OEWS{near}. Correct it.")
        return own, code

    def _before_a_spreadsheet(self, text: str) -> str:
        """The code of which a spreadsheet made a month: 'Nov-22' was 11-2022. Any other text as it is."""
        found = _MONTH.fullmatch(text)
        if not found:
            return text
        begin = f"{_month(found[1]):02}-"
        codes = [
            code
            for code in sorted({*self._socs, *self._combined})
            if code.startswith(begin) and code.endswith(found[2]) and int(code[3:]) >= _FIRST_YEAR
        ]
        if len(codes) > 1:
            raise Refused(
                f"is a code that a spreadsheet took for a date: {', '.join(codes[:-1])} or {codes[-1]}. "
                f"Write the code with a semicolon behind it ({codes[0]};), which no spreadsheet changes."
            )
        return codes[0] if codes else text


def _count(text: str) -> int:
    try:
        return jobs(text)
    except Refused:
        raise Refused(
            f"tells jobs that are not a whole number from 1 to {MOST_JOBS:,}. Write 51-9141=40."
        ) from None


def readers(codes: Codes) -> dict[str, Callable[[str], str | int | date]]:
    """A reader for every column that is more than a text, the place aside; Refused if it cannot be read."""
    one_day = cache(day)
    return {
        "event_id": event_id, "announced": one_day, "effective": one_day, "jobs": jobs,
        "event_type": choice(EVENT_TYPES), "status": choice(STATUSES), "confidence": choice(CONFIDENCES),
        "naics": codes.naics, "socs": codes.socs, "source_url": source_url, "logged_at": clock,
    }  # fmt: skip


def words(column: str, refused: Refused) -> str:
    """Why a cell of a column is refused and what to do, in words that follow the quoted cell."""
    about = LAYOUT.by_id[column]
    return str(refused) or f"is not {about.accepted}. {about.advice}"


def _plain_text(column: str) -> Callable[[str], object]:
    most = LONGEST.get(column, LONGEST_OTHER)
    return lambda cell: 0 < len(cell) <= most and cell[0] != "'" and cell.isprintable()


def _plain_url(cell: str) -> object:
    return len(cell) <= LONGEST["source_url"] and cell.isprintable() and _URL.fullmatch(cell)


# Whether a cell is its own value, for columns in which most rows have a cell of their own: asked first, it
# saves most of the work of a large file.
PLAIN: Mapping[str, Callable[[str], object]] = {
    "event_id": _ID.fullmatch, "source_url": _plain_url,
    **{name: _plain_text(name) for name in ("employer", "source_name", "notes", "logged_by")},
}  # fmt: skip
