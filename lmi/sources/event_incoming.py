"""A notice on its way into the hiring-events log: what a reader of any file hands on, and how its text is
cleaned. Nothing is judged here; see lmi.sources.event_sift."""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lmi.domain.codes import FIPS_BY_STATE, POSTAL_BY_FIPS
from lmi.domain.event_columns import LONGEST
from lmi.domain.plain_text import shown

LONGEST_EMPLOYER = 200
COLLECTED = " (as collected)"  # ends a source whose own list was not at hand, but a collection of it
_FIPS_BY_POSTAL = {postal: fips for fips, postal in POSTAL_BY_FIPS.items()}
_CANCELLED = re.compile(r"\b(?:rescinded|rescission|withdrawn|cancell?ed|cancellation)\b", re.I)
_RESCINDED = re.compile(r"\b(?:rescinded|rescission)\b", re.I)
_KIND_WORDS = {
    "warn", "act", "notice", "notices", "letter", "layoff", "layoffs", "lay", "off", "offs", "s",
    "permanentlayoff", "temporarylayoff", "closure", "closures", "closing", "close", "plant", "facility",
    "site", "mass", "permanent", "temporary", "reduction", "in", "force", "rif", "workforce", "event",
    "of", "the", "this", "has", "have", "been", "was", "is", "are",
}  # fmt: skip
_CLOSING = re.compile(r"\bclos(?:ure|ures|ing|ings|es|e)\b", re.I)
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
_ADDRESS = re.compile(r"(?:^|\s)Address: (?P<street>.+)$")
_PLACE = re.compile(r'(?:^|\s)Place in the notice: "(?P<words>[^"]*)"\.')


@dataclass(frozen=True)
class Incoming:
    """One record of a file. where: 'record 12', 'row 7'. cells: text by column of the log, only those told.

    state_fips: the state that published the notice, '' if not told. place: a place as written that may be a
    city or a county; street: of the site. remarks: sentences for the notes. why: what makes the record no
    use at all, or ''. doubtful: what makes it doubtful, or ''; rescinded: what says, but not for sure, that
    it no longer holds, or ''.
    """

    where: str
    cells: Mapping[str, str]
    format: str
    state_fips: str = ""
    place: str = ""
    street: str = ""
    remarks: tuple[str, ...] = field(default=())
    why: str = ""
    doubtful: str = ""
    rescinded: str = ""

    @property
    def year(self) -> str:
        """The year of the notice, else of the lay-off, where the date is written as in ISO 8601; or ''."""
        for column in ("announced", "effective"):
            text = self.cells.get(column, "")
            if text:
                return text[:4] if re.match(r"\d{4}-", text) else ""
        return ""

    @property
    def employer(self) -> str:
        """The employer's name as cleaned, short enough for a message."""
        return shown(self.cells.get("employer", ""), 80)


def cleaned(value: object) -> str:
    """A cell as text on one line: without '_x000D_', '&amp;' and control characters, single spaces."""
    text = "" if value is None else str(value)
    if "_x" in text or "&" in text:
        text = html.unescape(_ESCAPED.sub(" ", text))
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def employer_cells(name: object) -> tuple[str, tuple[str, ...]]:
    """An employer's name that fits its column, and the remark that holds the whole name where it does not."""
    whole = cleaned(name)
    if len(whole) <= LONGEST_EMPLOYER:
        return whole, ()
    short = whole[: LONGEST_EMPLOYER - 1].rpartition(" ")[0].rstrip(" ,;:-") + "…"
    return short, (f"Employer in full: {whole}.",)


def kind_of(texts: Iterable[str]) -> str:
    """'closure' where one of the texts speaks of closing, else 'layoff'."""
    return "closure" if any(_CLOSING.search(text) for text in texts) else "layoff"


def is_cancelled(kind: str) -> bool:
    """Whether the kind of a notice, as a list gives it, says that it no longer holds, and nothing else: not
    'Layoff - contract cancelled' or 'Layoff - not rescinded'."""
    rest, found = _CANCELLED.subn(" ", kind.casefold())
    return found > 0 and _KIND_WORDS.issuperset(re.findall(r"\w+", rest))


def doubt_of(notes: str, kind: str = "") -> str:
    """What says that a notice may no longer hold: its notes, which may speak of all of it or of a part, or a
    kind that is_cancelled does not take for sure; '' for most."""
    found = _RESCINDED.search(notes)
    if found:
        return f"its notes say '{found[0]}'."
    return f"its type '{shown(kind, 80)}' may mean that it is rescinded." if _CANCELLED.search(kind) else ""


def fips_of(state: str) -> str:
    """The FIPS code of a state's postal code or name, however it is cased; '' for none."""
    text = " ".join(state.split())
    return _FIPS_BY_POSTAL.get(text.upper(), "") or FIPS_BY_STATE.get(text.lower(), "")


@dataclass(frozen=True)
class Notes:
    """What the notes of an event say. remarks: sentences; street: the address of the site, '' if not told."""

    remarks: tuple[str, ...] = ()
    street: str = ""

    def after(self, remark: str) -> "Notes":
        """The same with a sentence before them."""
        return Notes((remark, *self.remarks), self.street)

    def text(self) -> str:
        """The notes on one line, the address at the end, where `street_of` finds it.

        Where that is too long for the column, the longest sentence is cut and ends in '…'; the address and
        the place as written are not.
        """
        parts, end = list(self.remarks), [f"Address: {self.street}"] if self.street else []
        while True:
            text = " ".join([*filter(None, parts), *end])
            over = len(text) - LONGEST["notes"]
            can_be_cut = [at for at, part in enumerate(parts) if part and not _PLACE.fullmatch(part)]
            if over <= 0 or not can_be_cut:
                return text
            longest = max(can_be_cut, key=lambda at: len(parts[at]))
            kept = parts[longest][: max(len(parts[longest]) - over - 1, 0)].rstrip()
            parts[longest] = f"{kept}…" if kept else ""


def street_of(notes: str) -> str:
    """The address that `Notes.text` wrote; '' if there is none."""
    found = _ADDRESS.search(notes)
    return found["street"] if found else ""


def place_remark(words: str) -> str:
    """A sentence that keeps a place as written, where `place_words` finds it."""
    return 'Place in the notice: "{}".'.format(words.replace('"', "'"))


def place_words(notes: str) -> str:
    """The place that `place_remark` wrote; '' if there is none."""
    found = _PLACE.search(notes)
    return found["words"] if found else ""
