"""Adding, changing and removing events in hiring_events.csv, as the app does it.

A row is checked as on reading. Every other line stays exactly as people wrote it. What is done stands in the
journal, on the disk, before the record changes; at any moment the record is the old one or the new one."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lmi.domain.errors import BadInput, LmiError
from lmi.domain.event_columns import COLUMNS, GIVEN_BY_THE_APP, LAYOUT, LONGEST_OTHER
from lmi.domain.events import EventKnown
from lmi.domain.plain_text import neutralise, shown
from lmi.sources import event_journal
from lmi.sources.event_cells import RowReader
from lmi.sources.event_ids import base_id, free_id, ids_of, mark_of, named
from lmi.sources.event_journal import Action, Change, Journal
from lmi.sources.event_values import clock
from lmi.sources.local_write import current_content, locked, quiet, replace_content
from lmi.sources.staff_cells import Refused, check_characters, check_length
from lmi.sources.staff_edit import cells_with, editable, refusal
from lmi.sources.staff_sheet import Record, Sheet, with_lines

State = Mapping[str, str]


@dataclass(frozen=True)
class _Held:
    """Record and journal while they are locked. ids: the event of each good row of the sheet."""

    real: Path
    journal_path: Path
    content: bytes
    sheet: Sheet
    ids: Sequence[str]
    journal: Journal

    def rows(self, event_id: str) -> list[Record]:
        """The good rows of an event; several if people gave two the same name."""
        lines, cells, _ = self.sheet.rows
        found = [row for row, name in enumerate(self.ids) if name == event_id]
        return [Record(lines[row], 1, cells[row]) for row in found]

    def state(self, record: Record) -> State:
        """The cells of a row that hold something, by column."""
        return named(self.sheet.columns, record.cells)

    def last(self, event_id: str) -> Change | None:
        """What the app did to an event last."""
        changes = self.journal.changes.get(event_id)
        return changes[-1] if changes else None

    def write(self, content: bytes, changes: Sequence[Change]) -> None:
        """Journal first, then record; if that fails and says so, the journal is as it was. A program that
        does not know the lock may have written meanwhile; what it wrote is not written over."""
        if current_content(self.real) != self.content:
            raise BadInput(
                f"{self.real.name} was changed by another program at this moment.", "Nothing was saved.",
                "Save again.",
            )  # fmt: skip
        try:
            event_journal.append(self.journal_path, self.journal.whole, changes)
            if content != self.content:
                replace_content(self.real, content)
        except BaseException:
            with contextlib.suppress(LmiError):
                if current_content(self.real) == self.content:
                    event_journal.cut(self.journal_path, self.journal.whole)
            raise


class ChangedMeanwhile(BadInput):
    """Somebody wrote the record or its journal between reading and writing; nothing was saved."""


def state_of(path: Path, journal: Path) -> str:
    """What tells record and journal as they are now from what they are after anybody wrote them."""
    with quiet(path) as real:
        return _state(current_content(real), current_content(journal))


def _state(content: bytes, told: bytes) -> str:
    return sha256(sha256(content).digest() + told).hexdigest()


def add_event(
    path: Path, journal: Path, values: Mapping[str, str], known: EventKnown, by: str, at: str
) -> str:
    """Put an event at the end of the record; see add_events. Returns its event_id."""
    return add_events(path, journal, [values], known, by, at)[0]


def add_events(
    path: Path, journal: Path, rows: Sequence[Mapping[str, str]], known: EventKnown, by: str, at: str,
    seen: str = "", names: Sequence[str] = (),
) -> list[str]:  # fmt: skip
    """Put events at the end of the record, all of them or none; returns their event_ids.

    rows: column -> text as typed; a column that is left out is empty. An event without event_id gets one.
    A record that is missing or empty gets its header first. by, at: who and when (ISO, UTC); they are kept
    with the rows and in the journal. seen: see state_of; ChangedMeanwhile if somebody wrote since. names:
    what a problem calls each row, such as 'Line 7'. BadInput lists every problem.
    """
    signed = _signed(by, at)
    if not rows:
        return []
    with _held(path, journal, seen) as held:
        cells = [cells_with(held.sheet, None, {**values, **signed}) for values in rows]
        _named_apart(held, cells)
        _check(held.sheet, cells, known, names)
        states = [named(held.sheet.columns, row) for row in cells]
        end = held.sheet.line_end
        text = "".join(held.sheet.line_of(row, end) for row in cells)
        changes = [_change(signed, "added", state["event_id"], None, state) for state in states]
        held.write(with_lines(held.sheet, {}, text), changes)
    return [state["event_id"] for state in states]


def change_event(
    path: Path,
    journal: Path,
    event_id: str,
    values: Mapping[str, str],
    mark: str,
    known: EventKnown,
    by: str,
    at: str,
) -> None:
    """Change an event; columns that `values` leaves out keep their cells.

    mark: of the row as it was loaded. BadInput if the row changed since, or lists every problem. Where the
    cells are what they were, nothing is written.
    """
    signed = _signed(by, at)
    with _held(path, journal) as held:
        record = _chosen(held, event_id, mark)
        cells = cells_with(held.sheet, record, {**values, "event_id": event_id, **signed})
        before, after = held.state(record), named(held.sheet.columns, cells)
        if {**before, **signed} == after:
            return
        _check(held.sheet, [cells], known)
        content = with_lines(held.sheet, held.sheet.replaced(record, cells))
        held.write(content, [_change(signed, "changed", event_id, before, after)])


def remove_event(path: Path, journal: Path, event_id: str, mark: str, by: str, at: str) -> None:
    """Take an event out of the record. mark: see change_event. BadInput if the row changed since."""
    signed = _signed(by, at)
    with _held(path, journal) as held:
        record = _chosen(held, event_id, mark)
        content = with_lines(held.sheet, held.sheet.replaced(record, None))
        held.write(content, [_change(signed, "removed", event_id, held.state(record), None)])


def put_back(path: Path, journal: Path, event_ids: Sequence[str], by: str, at: str) -> None:
    """Make events of the record what the app last made them: a lost row is written again, one that
    changed back is changed, one that came back is taken out. BadInput if there is nothing to put back."""
    signed = _signed(by, at)
    with _held(path, journal) as held:
        changed: dict[int, str] = {}
        added, changes = "", []
        for event_id in dict.fromkeys(event_ids):
            last, rows = _differing(held, event_id)
            cells = None if last.after is None else _cells_of(held.sheet, rows, last.after)
            for row in rows if cells is None else rows[:1]:
                changed |= held.sheet.replaced(row, cells)
            if not rows and cells is not None:
                added += held.sheet.line_of(cells, held.sheet.line_end)
            before = held.state(rows[0]) if rows else None
            changes.append(_change(signed, "put back", event_id, before, last.after))
        held.write(with_lines(held.sheet, changed, added), changes)


def let_go(path: Path, journal: Path, event_ids: Sequence[str], by: str, at: str) -> None:
    """Accept events as the record has them, or that it lacks them; the record stays as it is.

    BadInput if the record has them as the app last made them.
    """
    signed = _signed(by, at)
    with _held(path, journal) as held:
        changes = []
        for event_id in dict.fromkeys(event_ids):
            last, rows = _differing(held, event_id)
            after = held.state(rows[0]) if rows else None
            changes.append(_change(signed, "let go", event_id, last.after, after))
        held.write(held.content, changes)


@contextlib.contextmanager
def _held(path: Path, journal: Path, seen: str = "") -> Iterator[_Held]:
    """Record and journal for as long as nobody else writes them. seen: see add_events."""
    with locked(path) as real:
        content, written = current_content(real), current_content(journal)
        if seen and seen != _state(content, written):
            why = "Somebody wrote it after it was read."
            raise ChangedMeanwhile(f"{real.name} changed meanwhile; nothing was saved.", why, "Run it again.")
        sheet = editable(content, LAYOUT)
        lacking = [column for column in GIVEN_BY_THE_APP if column not in sheet.columns]
        if lacking:
            raise refusal(f"the file lacks {', '.join(lacking)}. Add this to its header line.")
        told = event_journal.read(written)
        yield _Held(real, journal, content, sheet, ids_of(sheet.columns, sheet.rows.cells), told)


def _signed(by: str, at: str) -> dict[str, str]:
    """Who and when, as the columns of the record hold it."""
    name = by.strip()
    if not name:
        raise BadInput("Nobody is named.", "Every change keeps who made it.", "Write your name or initials.")
    try:
        check_characters(name)
        check_length(name, LONGEST_OTHER)
        return {"logged_by": name, "logged_at": clock(at)}
    except Refused as error:
        raise refusal(f"logged_by or logged_at: '{shown(name)}', '{shown(at)}' {error}") from error


def _change(
    signed: Mapping[str, str], action: Action, event_id: str, before: State | None, after: State | None
) -> Change:
    return Change(signed["logged_at"], signed["logged_by"], action, event_id, before, after)


def _chosen(held: _Held, event_id: str, mark: str) -> Record:
    """The row of an event as somebody saw it; BadInput if it is no longer so."""
    rows = held.rows(event_id)
    for row in rows:
        if mark_of(row.cells) == mark:
            return row
    if rows and mark:
        why = "It is not as it was when it was loaded."
        raise BadInput("Somebody changed this event meanwhile.", why, "Reload, and make the change again.")
    last = held.last(event_id)
    if last is not None and last.after is not None:
        raise BadInput(
            f"The file does not hold {event_id} so that it can be read.",
            "A spreadsheet may have saved an older copy; only the journal holds the event.",
            "Put it back first.",
        )
    why = "Somebody may have removed it meanwhile."
    raise BadInput(f"There is no event '{shown(event_id)}'.", why, "Reload, and choose the event again.")


def _differing(held: _Held, event_id: str) -> tuple[Change, list[Record]]:
    """What the app did last to an event, and its rows of the file; BadInput if they are the same."""
    last, rows = held.last(event_id), held.rows(event_id)
    states: list[State | None] = [held.state(row) for row in rows]
    if last is None or (states or [None]) == [last.after]:
        raise BadInput(
            f"'{shown(event_id)}' does not differ from what was logged in the app.",
            "Somebody may have put it back or let it go meanwhile.",
            "Reload.",
        )
    return last, rows


def _cells_of(sheet: Sheet, rows: Sequence[Record], state: State) -> list[str]:
    """The cells of a row in that state. What the file has no column for must be none of the declared."""
    cells = list(rows[0].cells) if rows else [""] * len(sheet.columns)
    for position, name in enumerate(sheet.columns):
        if name and sheet.columns.index(name) == position:
            cells[position] = neutralise(state.get(name, ""))
    lost = [column.id for column in COLUMNS if column.id in state and column.id not in sheet.columns]
    if lost:
        raise refusal(f"the file lacks {', '.join(lost)}. Add this to its header line.")
    return cells


def _named_apart(held: _Held, rows: Sequence[list[str]]) -> None:
    """Give each new row an event_id of its own, in its cells; BadInput for one that another event has."""
    at = held.sheet.columns.index("event_id")
    taken = {*held.ids, *held.journal.changes}
    refused = []
    for cells in rows:
        state = named(held.sheet.columns, cells)
        event_id = state.get("event_id", "")
        if event_id in taken and event_id:
            refused.append(f"event_id: '{shown(event_id)}' is the name of another event. Leave it empty.")
        elif not event_id:
            event_id = free_id(base, taken) if (base := base_id(state)) else ""
        cells[at] = neutralise(event_id)
        taken.add(event_id)
    if refused:
        raise refusal(*refused)


def _check(sheet: Sheet, rows: Sequence[Sequence[str]], known: EventKnown, names: Sequence[str] = ()) -> None:
    """BadInput with every problem of new rows; of several, or of rows with names, each names its row."""
    at = {column.id: sheet.columns.index(column.id) for column in COLUMNS if column.id in sheet.columns}
    cells = {name: [row[position] for row in rows] for name, position in at.items()}
    found = RowReader(known).read(range(1, len(rows) + 1), cells)
    if found.problems:
        called = names or ([f"Row {n}" for n in range(1, len(rows) + 1)] if len(rows) > 1 else ())
        raise refusal(*(f"{called[p.line - 1]}, {p.said()}" if called else p.said() for p in found.problems))
