"""Sorting the notices of an import: each is new, a duplicate, suspicious or refused, and says why.

The order of the notices in a file does not change which are new. Of several that may be one event, the one
that says most stands, whichever comes first; what the log has already stays."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from lmi.domain.codes import POSTAL_BY_FIPS
from lmi.domain.event_columns import LAYOUT, PLACE
from lmi.domain.events import LOSSES, EventKnown, sign_of
from lmi.domain.plain_text import neutralise, shown
from lmi.sources import event_doubts, event_slashes
from lmi.sources.event_cells import Columns, RowReader
from lmi.sources.event_corrections import Correction, corrected
from lmi.sources.event_doubts import Facts
from lmi.sources.event_incoming import Incoming, Notes, street_of
from lmi.sources.event_industries import Industry, industry_of
from lmi.sources.event_locate import Located, locate
from lmi.sources.event_names import is_update
from lmi.sources.event_same import ONE_NOTICE_DAYS, Kind, Register
from lmi.sources.event_sites import Site, Standing, site_of, standing, standing_and_former

_PAGER = re.compile(
    r"(?:[«»‹›<>|….,\s]|\b(?:[0-9]{1,4}|of|pages?|first|prev(?:ious)?|next|last)\b)+", re.I
)  # the words of a list's pages


@dataclass(frozen=True)
class Outcome:
    """What became of a notice. cells: as the log would hold them, complete but for refused ones. why: in
    plain words, '' for a new one. state_fips: of its place, '' if not known. day: of the notice as in ISO
    8601, '' if it cannot be read. repeats: whether it repeats an event that is there, or one of the file that
    is held back too. notes: those of the cells, not yet shortened."""

    notice: Incoming
    kind: Kind
    cells: Mapping[str, str]
    why: str = ""
    state_fips: str = ""
    day: str = ""
    repeats: bool = False
    notes: Notes = field(default_factory=Notes)


@dataclass(frozen=True)
class Sifted:
    """Every notice of a file once, in its order."""

    outcomes: tuple[Outcome, ...]

    def of(self, kind: Kind) -> list[Outcome]:
        """The outcomes of one kind, in the order of the file."""
        return [outcome for outcome in self.outcomes if outcome.kind == kind]


@dataclass(frozen=True)
class _Candidate:
    """A notice whose cells are sound. at: its position in the file."""

    at: int
    notice: Incoming
    cells: Mapping[str, str]
    notes: Notes
    site: Site
    facts: Facts
    cancelled: bool
    doubts: tuple[str, ...] = ()

    @property
    def effective(self) -> str:
        """The day of effect as in ISO 8601, '' if not told."""
        return self.facts.effective.isoformat() if self.facts.effective else ""

    def order(self) -> tuple[object, ...]:
        """What sorts sound notices before doubtful ones, and then the one that says most, of equal ones the
        cancelled one; of waves the first, and of what may be one notice under two dates the earlier."""
        site, facts = self.site, self.facts
        return (
            bool(self.doubts) or is_update(self.cells["employer"]), facts.jobs is None,
            not self.effective, not site.county, not site.city, not site.street, site.is_vague,
            not self.cancelled, self.effective, site.day,
            -(facts.jobs or 0), sorted(self.cells.items()), self.at,
        )  # fmt: skip

    def standing(self) -> Standing:
        """The notice as it is compared with events."""
        official = self.cells.get("confidence") == "high"
        return Standing(
            self.site, self.effective, self.facts.jobs, self.notice.where, official=official,
            gain=sign_of(self.cells["event_type"]) > 0, void=self.cancelled, rescinded=self.notice.rescinded,
        )  # fmt: skip

    def noted(self, remark: str) -> "_Candidate":
        """The same with a sentence before its notes."""
        notes = self.notes.after(remark)
        return replace(self, notes=notes, cells={**self.cells, "notes": notes.text()})


def sift(
    notices: Sequence[Incoming],
    existing: pd.DataFrame,
    known: EventKnown,
    corrections: Sequence[Correction] = (),
    today: date = date(2100, 1, 1),
    industries: Mapping[str, Industry] | None = None,
    former: pd.DataFrame | None = None,
) -> Sifted:
    """Sort notices against each other and the log. BadFile where a correction no longer fits the file.

    existing: rows of the log, see EventLog of lmi.sources.events_file; not modified. today: later notices are
    suspicious. industries: employer's key -> industry for notices that name none.
    former: earlier states of events, see former_rows of lmi.sources.event_changes; not new again.
    """
    mended = corrected(notices, corrections)
    outcomes: dict[int, Outcome] = {}
    for at, notice in enumerate(mended):
        why = _no_use(notice)
        if why:
            outcomes[at] = Outcome(notice, "refused", notice.cells, why)
    rest = [(at, notice) for at, notice in enumerate(mended) if at not in outcomes]
    located = [locate(notice, known.places) for _, notice in rest]
    told = [
        _cells(notice, place, known, industries or {})
        for (_, notice), place in zip(rest, located, strict=True)
    ]
    columns = _read([cells for cells, _ in told], known)
    candidates = []
    for number, ((at, notice), (cells, notes)) in enumerate(zip(rest, told, strict=True)):
        if number in columns.bad:
            why, day = _problems(columns, number), columns.values["announced"][number]
            announced, state = day.isoformat() if isinstance(day, date) else "", located[number].state_fips
            outcomes[at] = Outcome(notice, "refused", cells, why, state, announced)
        else:
            candidates.append(_candidate(at, notice, cells, notes, columns, number, known))
    judged = _judged(candidates, today, event_slashes.first_days([notice.cells for notice in mended]))
    for candidate, outcome in _sorted_out(judged, standing_and_former(existing, former, known.places)):
        outcomes[candidate.at] = outcome
    return Sifted(tuple(outcomes[at] for at in range(len(mended))))


def _no_use(notice: Incoming) -> str:
    """Why a record is no notice at all; '' for one that may be."""
    employer = notice.cells.get("employer", "")
    if notice.why:
        return notice.why
    if not employer:
        return "it names no employer."
    if _is_pager(employer):
        return f"'{notice.employer}' is no employer but the numbers of a list's pages."
    if not any(c.isalpha() for c in employer):
        return f"'{notice.employer}' is no employer's name."
    if not notice.cells.get("announced") and not notice.cells.get("effective"):
        return "it has no date at all, neither of the notice nor of the lay-off."
    return ""


def _is_pager(text: str) -> bool:
    """Whether a text is what stands below a list of several pages: '« 1 2 3 … 10 »', 'Page 1 of 7'."""
    numbers = len(re.findall(r"[0-9]+", text))
    is_sure = numbers > 1 or not any(c.isalpha() for c in text) or any(c in "«»‹›<>|…" for c in text)
    return numbers > 0 and is_sure and _PAGER.fullmatch(text) is not None


def _cells(
    notice: Incoming, place: Located, known: EventKnown, industries: Mapping[str, Industry]
) -> tuple[dict[str, str], Notes]:
    """The cells of the log for a notice, and what is in their notes."""
    given = dict(notice.cells) if not place.state_fips else _without_place(notice.cells)
    cells = {**given, **place.cells}
    remarks = [*notice.remarks, *place.remarks]
    states = known.areas.get(cells.get("area_code", ""), "").split()
    if len(states) > 1 and place.state_fips in POSTAL_BY_FIPS:  # a name may mean a place in each of them
        for column in ("county", "city"):
            if column in cells:
                cells[column] = f"{cells[column]}, {POSTAL_BY_FIPS[place.state_fips]}"
    if not cells.get("announced"):
        cells["announced"] = cells["effective"]
        remarks.append("The notice's date is not told; the day of effect stands for it.")
    industry = None if cells.get("naics") else industry_of(cells["employer"], industries)
    if industry:
        cells["naics"] = industry.naics
        remarks.append(industry.remark)
    notes = Notes(tuple(remarks), place.street)
    cells["notes"] = notes.text()
    return {column: text for column, text in cells.items() if text}, notes


def _without_place(cells: Mapping[str, str]) -> dict[str, str]:
    return {column: text for column, text in cells.items() if column not in PLACE}


def _read(rows: Sequence[Mapping[str, str]], known: EventKnown) -> Columns:
    names = sorted({column for row in rows for column in row})
    texts = {name: [neutralise(row.get(name, "")) for row in rows] for name in names}
    return RowReader(known).read(range(len(rows)), texts)


def _problems(columns: Columns, number: int) -> str:
    found = [p for p in columns.problems if p.line == number]
    return " ".join(
        f"{p.column} '{shown(p.value)}' {p.why}" if p.value else f"{p.column} {p.why}" for p in found
    )


def _candidate(
    at: int, notice: Incoming, cells: Mapping[str, str], notes: Notes, columns: Columns, number: int,
    known: EventKnown,
) -> _Candidate:  # fmt: skip
    values = {name: column[number] for name, column in columns.values.items()}
    announced, effective, jobs = values["announced"], values["effective"], values["jobs"]
    assert isinstance(announced, date)  # a row without it is refused
    facts = Facts(
        str(values["state_fips"] or ""), announced, effective if isinstance(effective, date) else None,
        jobs if isinstance(jobs, int) else None, values["event_type"] in LOSSES,
        bool(notice.cells.get("announced")),
    )  # fmt: skip
    site = site_of(
        str(values["employer"]), announced.isoformat(), facts.state, str(values["area_code"]),
        str(values["county_fips"] or ""), str(values["city"] or ""), notes.street,
        cells.get("notes", ""), known.places,
    )  # fmt: skip
    return _Candidate(at, notice, cells, notes, site, facts, values["status"] == "cancelled")


def _judged(candidates: Sequence[_Candidate], today: date, first: Mapping[str, str]) -> list[_Candidate]:
    """The candidates with what is doubtful in them, and with a word on a lay-off before its notice. first:
    see event_slashes.doubts."""
    group = event_doubts.grouped(candidate.facts for candidate in candidates)
    out = []
    for candidate in candidates:
        notice, facts = candidate.notice, candidate.facts
        found = [*filter(None, (notice.doubtful, notice.rescinded))]
        found += event_doubts.doubts(facts, group, today)
        found += event_slashes.doubts(notice.cells, first)
        lag = event_doubts.lag_remark(facts)
        out.append(replace(candidate.noted(lag) if lag else candidate, doubts=tuple(found)))
    return out


def resembles(values: Mapping[str, str], existing: pd.DataFrame, known: EventKnown) -> str:
    """Why cells as somebody typed them look like an event on record, as an import says it; '' if they do
    not, or cannot be read. existing: see sift, without the event that they change. Nothing else is judged.
    """
    cells = {column: text.strip() for column, text in values.items() if column in LAYOUT.by_id}
    columns = _read([cells], known)
    if columns.bad:
        return ""
    notes = Notes((), street_of(cells.get("notes", "")))
    mine = _candidate(0, Incoming("", cells, ""), cells, notes, columns, 0, known)
    apart = (existing.announced - pd.Timestamp(mine.facts.announced)).abs()
    near = existing[apart <= pd.Timedelta(days=ONE_NOTICE_DAYS)]
    verdict = Register(standing(near, known.places)).verdict(replace(mine.standing(), official=False))
    return verdict.why


def _in_turn(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The order in which they are looked at. A cancelled one comes after all that hold, because it may be of
    any of them; but not where an equal one holds."""
    holding = {candidate.standing().compared for candidate in candidates if not candidate.cancelled}
    return sorted(candidates, key=lambda c: (c.cancelled and c.standing().compared not in holding, c.order()))


def _sorted_out(
    candidates: Sequence[_Candidate], events: Iterable[Standing]
) -> Iterable[tuple[_Candidate, Outcome]]:
    """Each candidate with its outcome; sound ones that say most are looked at first. events: of the log."""
    there = Register(events)
    there.meet(candidate.standing() for candidate in candidates)
    for candidate in _in_turn(candidates):
        mine = candidate.standing()
        kind, why, note, repeats = there.verdict(mine)
        doubts = [*candidate.doubts, *_of_update(candidate.cells, mine, there)]
        if kind == "new" and doubts:
            kind, why = "suspicious", " ".join(doubts)
        twin = there.held_back(mine) if kind == "suspicious" else ""
        if twin:
            why += f" It repeats {twin}, which is held back too."
        told = candidate.noted(note) if note else candidate
        if kind != "duplicate":
            there.add(replace(mine, kept=kind == "new"))
        state, day = candidate.facts.state, candidate.facts.announced.isoformat()
        yield told, Outcome(told.notice, kind, told.cells, why, state, day, repeats or bool(twin), told.notes)


def _of_update(cells: Mapping[str, str], mine: Standing, there: Register) -> list[str]:
    """What a notice that calls itself an update updates, as a doubt."""
    if not is_update(cells["employer"]):
        return []
    event = there.updated(mine)
    return [f"it calls itself the update of an earlier notice{': ' + event if event else ''}."]
