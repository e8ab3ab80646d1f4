"""One row of the training-capacity file: its cells as typed values, or what is wrong with each of them."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches

from lmi.domain.capacity import (
    COLUMN_BY_ID,
    COLUMNS,
    EITHER,
    KINDS,
    LONGEST_NAME,
    LONGEST_SOURCE,
    MOST_PEOPLE,
    MOST_USD,
    Known,
)
from lmi.domain.codes import normalise_soc
from lmi.domain.staff_file import Problem
from lmi.sources.staff_cells import WHOLE, Refused, check_characters, check_length

Value = str | int | float | None
Row = dict[str, Value]

_USD = re.compile(r"\$?\s*((?:[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{1,2})?)")
_CIP = re.compile(r"([0-9]{1,2})\.([0-9]{2}|[0-9]{4})|([0-9]{2})([0-9]{2}|[0-9]{4})")
_LENGTH = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,2})?)\s*-?\s*(hour|day|week|month|year)s?", re.I)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")


class RowReader:
    """Reads rows against the codes that exist."""

    def __init__(self, known: Known) -> None:
        self._areas, self._socs = frozenset(known.areas), frozenset(known.socs)
        self._cips = frozenset(known.cips)
        self._groups = frozenset(cip[:5] for cip in known.cips)
        self._default_area = known.default_area
        self._readers: dict[str, Callable[[str], Value]] = {
            "kind": _kind, "cip": self._cip, "soc": self._soc, "area_code": self._area, "unitid": _unitid,
            "seats": _people, "applicants": _people, "enrolled": _people,
            "finished": _people, "cost_usd": _usd,
            "length": _length, "as_of": _as_of,
        }  # fmt: skip

    def read(self, line: int, cells: Mapping[str, str]) -> tuple[Row, list[Problem]]:
        """Typed values by column, None where not known, and every problem; a row with one is no use."""
        row: Row = {}
        problems = []
        for column in COLUMNS:
            text = cells.get(column.id, "").strip()
            try:
                row[column.id] = self._value(column.id, text)
            except Refused as refused:
                why = str(refused) or f"is not {column.accepted}. {column.advice}"
                problems.append(Problem(line, column.id, text, why))
        if not any(cells.get(column, "").strip() for column in EITHER):
            why = f"is empty, and so is {EITHER[1]}. Write at least one of the two."
            problems.append(Problem(line, EITHER[0], "", why))
        return row, problems

    def _value(self, column: str, text: str) -> Value:
        if not text:
            if COLUMN_BY_ID[column].required:
                raise Refused(f"is empty. Write {COLUMN_BY_ID[column].accepted}.")
            return self._default_area if column == "area_code" else None
        check_characters(text)
        if column in self._readers:
            return self._readers[column](text)
        check_length(text, LONGEST_SOURCE if column == "source" else LONGEST_NAME)
        return text

    def _soc(self, text: str) -> str:
        soc = normalise_soc(text)
        if not re.fullmatch(r"[0-9]{2}-[0-9]{4}", soc):
            raise Refused
        if soc not in self._socs:
            raise Refused(f"is not the code of an occupation{_nearest(soc, self._socs)}. Correct it.")
        return soc

    def _cip(self, text: str) -> str:
        found = _CIP.fullmatch(text)
        if not found:
            raise Refused
        cip = f"{(found[1] or found[3]).zfill(2)}.{found[2] or found[4]}"  # 1.0101: a zero lost on the way
        if cip not in (self._cips if len(cip) == 7 else self._groups):
            raise Refused(f"is not the code of a program in CIP 2020{_nearest(cip, self._cips)}. Correct it.")
        return cip

    def _area(self, text: str) -> str:
        # spreadsheets drop leading zeros: 6 is 06, 100001 is 0100001
        forms = (text, text.upper(), text.lower(), f"R{text[1:].lower()}", text.zfill(2), text.zfill(7))
        found = next((form for form in forms if form in self._areas), None)
        if found is None:
            raise Refused(
                f"is not a known area{_nearest(text, self._areas)}. "
                f"Write {COLUMN_BY_ID['area_code'].accepted}, or leave the cell empty."
            )
        return found


def _nearest(code: str, known: Iterable[str]) -> str:
    near = get_close_matches(code, sorted(known), 3)
    return f" (nearest: {', '.join(near)})" if near else ""


def _kind(text: str) -> str:
    flat = re.sub(r"[\s_-]+", "-", text.lower())
    kind = "non-credit" if flat == "noncredit" else flat
    if kind not in KINDS:
        raise Refused
    return kind


def _unitid(text: str) -> str:
    if not re.fullmatch(r"[0-9]{6}", text):
        raise Refused
    return text


def _people(text: str) -> int:
    if not WHOLE.fullmatch(text) or int(text.replace(",", "")) > MOST_PEOPLE:
        raise Refused
    return int(text.replace(",", ""))


def _usd(text: str) -> float:
    found = _USD.fullmatch(text)
    if not found or float(found[1].replace(",", "")) > MOST_USD:
        raise Refused
    return float(found[1].replace(",", ""))


def _length(text: str) -> str:
    found = _LENGTH.fullmatch(text)
    if not found or float(found[1]) == 0:
        raise Refused
    number = float(found[1])
    return f"{number:g} {found[2].lower()}{'' if number == 1 else 's'}"


def _as_of(text: str) -> str:
    found = _DATE.fullmatch(text)
    if not found:
        raise Refused(
            f"is not {COLUMN_BY_ID['as_of'].accepted}. Write one; spreadsheets rewrite dates, so format "
            "the column as text there."
        )
    try:
        day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        raise Refused("does not exist in the calendar. Correct it.") from None
    if not 1990 <= day.year <= 2100:
        raise Refused("is not between 1990 and 2100. Correct the year.")
    return text
