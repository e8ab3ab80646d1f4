"""Where the record differs from what the app wrote: a spreadsheet that saved an older copy over the file
makes rows vanish or change back."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lmi.domain.event_columns import COLUMNS, GIVEN_BY_THE_APP
from lmi.domain.plain_text import neutralise
from lmi.sources.event_cells import Columns, RowReader, Value
from lmi.sources.event_ids import named
from lmi.sources.event_journal import Change, Journal
from lmi.sources.staff_sheet import Sheet

_COMPARED = tuple(column.id for column in COLUMNS if column.id not in GIVEN_BY_THE_APP)
State = Mapping[str, str]


@dataclass(frozen=True)
class Reverted:
    """An event that the file has as it was before a change in the app. The file's state is what counts.

    line: of the file. at, by: of the last change in the app. in_file, in_journal: the cells that hold
    something, by column; in_journal None = the app removed it, and it is back.
    """

    line: int
    event_id: str
    at: str
    by: str
    in_file: State
    in_journal: State | None


class Renamed(NamedTuple):
    """Events of the journal that stand in the file under other names. rows: numbers of their rows."""

    events: set[str]
    rows: set[int]


def renamed_of(
    sheet: Sheet, ids: Sequence[str], found: Columns, journal: Journal, reader: RowReader
) -> Renamed:
    """Events whose names the file has lost, and whose last states it holds: somebody emptied event_id.

    A row stands for one event. One that has its own name, or the last state of the event of that name,
    stands for no other. ids, found: see reverted_of.
    """
    out = Renamed(set(), set())
    lacking = _lacking(ids, journal)
    if not lacking:
        return out
    wanted: defaultdict[tuple[Value, ...] | None, list[str]] = defaultdict(list)
    for change, state in zip(lacking, _states([c.after or {} for c in lacking], reader), strict=True):
        wanted[state].append(change.event_id)
    wanted.pop(None, None)
    at = sheet.columns.index("event_id") if "event_id" in sheet.columns else None
    for row, event_id in enumerate(ids):
        names = wanted.get(_typed(found, row)) if row not in found.bad else None
        is_named = at is not None and bool(sheet.rows.cells[row][at])
        if names and not _is_of(event_id, is_named, _typed(found, row), journal, reader):
            out.events.add(names.pop())
            out.rows.add(row)
    first = [c[0].before for name, c in journal.changes.items() if name not in out.events and c[0].before]
    for state in _states(first, reader) if any(wanted.values()) else ():
        if wanted.get(state):  # the app changed it under its new name since
            out.events.add(wanted[state].pop())
    return out


def _is_of(
    event_id: str, is_named: bool, typed: tuple[Value, ...], journal: Journal, reader: RowReader
) -> bool:
    """Whether a row is the event of the journal whose name it has or was given."""
    changes = journal.changes.get(event_id)
    return changes is not None and (is_named or _states([changes[-1].after or {}], reader) == [typed])


def _lacking(ids: Sequence[str], journal: Journal) -> list[Change]:
    """The last change of each event that the app wrote and whose name the file lacks."""
    present = set(ids)
    last = [changes[-1] for name, changes in journal.changes.items() if name not in present]
    return [change for change in last if change.after is not None]


def missing_of(
    sheet: Sheet, ids: Sequence[str], found: Columns, journal: Journal, reader: RowReader, renamed: Renamed
) -> list[Change]:
    """The last change of each event that the app wrote and the file lacks, or has with cells that were
    changed since so that they cannot be read. ids, found: see reverted_of.

    An event whose name stands on a line that is no row at all is not missing.
    """
    lacking = [change for change in _lacking(ids, journal) if change.event_id not in renamed.events]
    unread = _unread(sheet) if lacking else ""
    gone = [change for change in lacking if not unread or not _stands_in(unread, change.event_id)]
    return gone + _spoiled(sheet, ids, found, journal, reader)


def _spoiled(
    sheet: Sheet, ids: Sequence[str], found: Columns, journal: Journal, reader: RowReader
) -> list[Change]:
    """The last change of each event that the file has in no row that can be read, and not as the app last
    wrote it."""
    if not journal.changes or not found.bad:
        return []
    good = {event_id for row, event_id in enumerate(ids) if row not in found.bad}
    there: defaultdict[str, list[State]] = defaultdict(list)
    for row in sorted(found.bad):
        if ids[row] in journal.changes and ids[row] not in good:
            there[ids[row]].append(named(sheet.columns, sheet.rows.cells[row]))
    last = [(journal.changes[event_id][-1], states) for event_id, states in there.items()]
    changed = [change for change, states in last if change.after is not None and change.after not in states]
    read = as_columns([change.after or {} for change in changed], reader)
    return [change for row, change in enumerate(changed) if row not in read.bad]


def _unread(sheet: Sheet) -> str:
    """The lines of rows whose cells are no use."""
    lines = (sheet.lines[record.line - 1 : record.line - 1 + record.span] for record in sheet.rows.bad)
    return b"".join(line for several in lines for line in several).decode("latin-1")


def _stands_in(text: str, event_id: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(event_id)}(?![\w.-])", text) is not None


def reverted_of(
    sheet: Sheet, ids: Sequence[str], found: Columns, journal: Journal, reader: RowReader, renamed: Renamed
) -> tuple[Reverted, ...]:
    """Events of the file that equal a state before the app's last change, however they are written.

    ids, found: the events and values of the file's good rows, in their order.
    """
    out: dict[str, Reverted] = {}
    if not journal.changes:
        return ()
    for row, event_id in enumerate(ids):
        changes = journal.changes.get(event_id)
        if not changes or event_id in out or row in renamed.rows:
            continue
        last = changes[-1]
        older = [s for c in changes for s in (c.before, c.after) if s is not None and s != last.after]
        now = named(sheet.columns, sheet.rows.cells[row])
        if now == last.after or not older:
            continue
        current = None if row in found.bad else _typed(found, row)
        if _is_older(now, current, last.after, older, reader):
            out[event_id] = Reverted(sheet.rows.lines[row], event_id, last.at, last.by, now, last.after)
    return tuple(out.values())


def _is_older(
    now: State,
    current: tuple[Value, ...] | None,
    last: State | None,
    older: Sequence[State],
    reader: RowReader,
) -> bool:
    if current is None:
        return last is None and now in older
    states = [*older] if last is None else [*older, last]
    typed = _states(states, reader)
    return current in typed[: len(older)] and (last is None or typed[-1] != current)


def _states(states: Sequence[State], reader: RowReader) -> list[tuple[Value, ...] | None]:
    """Each state as it is compared; None for one that cannot be read."""
    read = as_columns(states, reader)
    return [None if row in read.bad else _typed(read, row) for row in range(len(states))]


def _typed(found: Columns, row: int) -> tuple[Value, ...]:
    return tuple(found.values[name][row] for name in _COMPARED)


def as_columns(states: Sequence[State], reader: RowReader) -> Columns:
    """States of rows as typed values. The line of a problem is the number of its state, from 1."""
    cells = {c.id: [neutralise(state.get(c.id, "").strip()) for state in states] for c in COLUMNS}
    return reader.read(range(1, len(states) + 1), cells)
