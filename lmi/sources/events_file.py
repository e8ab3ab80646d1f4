"""hiring_events.csv: expansions, relocations, lay-offs and closures, one row each, as staff log them.

Every line that cannot be used is a problem that names it; the good lines are kept. What the app logged and
the file lacks is kept too, from the journal. The columns are declared in lmi/domain/event_columns.py."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from lmi.domain.event_columns import COLUMNS, LAYOUT, LONGEST_ID
from lmi.domain.events import EventKnown
from lmi.domain.gazetteer import Gazetteer
from lmi.domain.plain_text import shown
from lmi.domain.staff_file import Problem
from lmi.sources import event_compare, event_frame, event_journal, event_slashes
from lmi.sources.event_cells import Columns, RowReader
from lmi.sources.event_compare import Reverted
from lmi.sources.event_ids import ids_of, mark_of
from lmi.sources.event_journal import Change
from lmi.sources.local_write import quiet
from lmi.sources.staff_sheet import NotASheet, Rows, is_blank, new_header, read_sheet


@dataclass(frozen=True)
class EventLog:
    """What the record holds.

    rows: one for each good event: line (Int32; 0 = held only by the journal), the declared columns
    (announced and effective datetime64[s], jobs Int32, positive), sign (Int8, +1 or -1), happens
    (effective, else announced), county_fips, state_fips (null for US), mark (of the row's cells, for
    lmi.sources.events_edit); null = not told. Of a month, the day is its first.
    stamp: tells one state of record and journal from another, '' if there is neither. columns: of the
    header. missing: events that the app logged and the file lacks, or tells no longer so that they can be
    read, as texts: event_id, at and by (of the last change), the declared columns. reverted: events that the
    file has as they were before a change.
    """

    rows: pd.DataFrame
    problems: tuple[Problem, ...]
    stamp: str
    columns: tuple[str, ...]
    missing: pd.DataFrame
    reverted: tuple[Reverted, ...] = ()


def load_events(path: Path, journal: Path, known: EventKnown) -> EventLog:
    """The record and its journal, every code and place checked. A missing file has no rows of its own."""
    with quiet(path) as real:
        told, wrong = _content(journal, "Events that only it tells do not count. ")
        content, worse = _content(real)
    if worse or (content is None and told is None):
        return _nothing((*wrong, *worse), "")
    if content is None or (told and is_blank(content)):
        content = template()
    log = _log(content, told or b"", known)
    return replace(log, problems=(*wrong, *log.problems)) if wrong else log


def parse(content: bytes, known: EventKnown) -> EventLog:
    """The content of a record without its journal; see load_events."""
    return _log(content, b"", known)


def stamp_of(content: bytes, journal: bytes = b"") -> str:
    """What tells one state of record and journal from another."""
    return hashlib.sha256(content + b"\0" + journal if journal else content).hexdigest()


def template() -> bytes:
    """An empty record with every column, for people to fill in."""
    return new_header(LAYOUT)


def _content(path: Path, more: str = "") -> tuple[bytes | None, tuple[Problem, ...]]:
    """A file's content, None if there is no file, and the problem if it cannot be read."""
    try:
        return path.read_bytes(), ()
    except FileNotFoundError:
        return None, ()
    except OSError as error:
        why = f"{path.name} cannot be read ({error.strerror}). {more}Check that it is a file and that it "
        return None, (Problem(0, "", "", f"{why}may be read."),)


def _nothing(problems: tuple[Problem, ...], stamp: str, columns: tuple[str, ...] = ()) -> EventLog:
    empty: Columns = event_compare.as_columns([], RowReader(EventKnown({}, {}, {}, Gazetteer((), ()))))
    rows = event_frame.rows_of([], [], empty.values, [])
    return EventLog(rows, problems, stamp, columns, event_frame.missing_of([]))


def _log(content: bytes, told: bytes, known: EventKnown) -> EventLog:
    stamp, journal = stamp_of(content, told), event_journal.read(told)
    try:
        sheet = read_sheet(content, LAYOUT)
    except NotASheet as error:
        return _nothing((Problem(0, "", "", str(error)),), stamp)
    problems = [*journal.problems, *sheet.problems()]
    if sheet.lacking:
        return _nothing(tuple(problems), stamp, sheet.columns)
    reader = RowReader(known)
    lines, cells, unread = sheet.rows
    ids = ids_of(sheet.columns, cells)
    found = reader.read(lines, _columns(sheet.columns, cells, ids))
    renamed = event_compare.renamed_of(sheet, ids, found, journal, reader)
    missing = event_compare.missing_of(sheet, ids, found, journal, reader, renamed)
    reverted = event_compare.reverted_of(sheet, ids, found, journal, reader, renamed)
    problems += event_slashes.problems(sheet.columns, sheet.rows)
    frame, more = _frame(sheet.rows, found, missing, reader)
    problems += [Problem(record.line, "", "", record.why) for record in unread]
    ordered = tuple(sorted([*problems, *found.problems, *more], key=lambda problem: problem.line))
    return EventLog(frame, ordered, stamp, sheet.columns, event_frame.missing_of(missing), reverted)


def _columns(
    columns: Sequence[str], rows: Sequence[Sequence[str]], ids: Sequence[str]
) -> dict[str, Sequence[str]]:
    """The declared columns of rows of cells, each row with its event's name."""
    at = {column.id: columns.index(column.id) for column in COLUMNS if column.id in columns}
    return {**{name: [row[position] for row in rows] for name, position in at.items()}, "event_id": ids}


def _frame(
    rows: Rows, found: Columns, missing: list[Change], reader: RowReader
) -> tuple[pd.DataFrame, list[Problem]]:
    """The good rows of the file and of the journal; problems of the journal's and of doubled names."""
    held = event_compare.as_columns([change.after or {} for change in missing], reader)
    problems = [_of_the_journal(problem, missing) for problem in held.problems]
    lines = [*rows.lines, *(0 for _ in missing)]
    marks = [*map(mark_of, rows.cells), *("" for _ in missing)]
    held.values["event_id"] = [change.event_id for change in missing]
    values = {name: [*found.values[name], *held.values[name]] for name in found.values}
    bad = found.bad | {row + len(rows.lines) for row in held.bad}
    keep: dict[object, int] = {}
    for row, event_id in enumerate(values["event_id"]):
        if row not in bad and keep.setdefault(event_id, row) != row:
            problems.append(_doubled(lines[row], str(event_id), lines[keep[event_id]]))
    return event_frame.rows_of(lines, marks, values, list(keep.values())), problems


def _of_the_journal(problem: Problem, missing: list[Change]) -> Problem:
    """The problem of an event that no line of the file holds."""
    event_id = shown(missing[problem.line - 1].event_id, LONGEST_ID)
    return Problem(0, problem.column, problem.value, f"{problem.why} Only the journal holds it: {event_id}.")


def _doubled(line: int, event_id: str, other: int) -> Problem:
    why = (
        f"stands on line {other} too, which is kept. Remove one of the two, or give each an event_id of its "
        "own."
    )
    return Problem(line, "event_id", event_id, why)
