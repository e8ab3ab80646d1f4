"""Adding, changing and removing one row of the training-capacity file, as the app does it.

A row is checked as on reading. Every other line stays exactly as people wrote it: bad lines, notes, their
own columns and order. At any moment the file is the old one or the new one."""

from collections.abc import Mapping
from pathlib import Path

from lmi.domain.capacity import LAYOUT, Known
from lmi.domain.errors import BadInput
from lmi.domain.plain_text import restore_text
from lmi.sources.capacity_cells import RowReader
from lmi.sources.capacity_file import doubled, key_of, parse, stamp_of
from lmi.sources.local_write import current_content, locked, replace_content
from lmi.sources.staff_edit import cells_with, editable, refusal
from lmi.sources.staff_sheet import Record, Sheet, with_lines


def add_row(path: Path, values: Mapping[str, str], known: Known) -> None:
    """Put a row at the end of the file; a file that is missing or empty gets its header first.

    values: column -> text as typed; a column that is left out is empty. BadInput lists every problem.
    """
    with locked(path) as real:
        content = current_content(real)
        sheet = editable(content, LAYOUT)
        cells = cells_with(sheet, None, values)
        _check(sheet, cells, known, content, line=0)
        text = sheet.line_of(cells, sheet.line_end)
        replace_content(real, with_lines(sheet, {}, text))


def replace_row(path: Path, line: int, values: Mapping[str, str], stamp: str, known: Known) -> None:
    """Change the row that begins at a line; columns that `values` leaves out keep their cells.

    stamp: of the file as it was loaded. BadInput if the file changed since, or lists every problem.
    """
    with locked(path) as real:
        content = current_content(real)
        _same(content, stamp)
        sheet = editable(content, LAYOUT)
        record = _at(sheet, line)
        cells = cells_with(sheet, record, values)
        _check(sheet, cells, known, content, line)
        replace_content(real, with_lines(sheet, sheet.replaced(record, cells)))


def remove_row(path: Path, line: int, stamp: str) -> None:
    """Take out the row that begins at a line, good or bad. BadInput if the file changed since `stamp`."""
    with locked(path) as real:
        content = current_content(real)
        _same(content, stamp)
        sheet = editable(content, LAYOUT)
        record = _at(sheet, line)
        replace_content(real, with_lines(sheet, sheet.replaced(record, None)))


def _same(content: bytes, stamp: str) -> None:
    if stamp != (stamp_of(content) if content else ""):
        raise BadInput(
            "Somebody changed the file meanwhile.",
            "It is not the file that was loaded, so the line may be another one.",
            "Reload, and make the change again.",
        )


def _at(sheet: Sheet, line: int) -> Record:
    found = next((record for record in sheet.records if record.line == line), None)
    if found is None:
        raise BadInput(f"No row begins at line {line}.", "", "Reload, and choose the row again.")
    return found


def _check(sheet: Sheet, cells: list[str], known: Known, content: bytes, line: int) -> None:
    """BadInput if the row has a problem or the key of another row. line: the row's own, 0 = a new row."""
    by_column = sheet.by_column(Record(line, 1, tuple(cells)))
    row, problems = RowReader(known).read(line, {n: restore_text(c) for n, c in by_column.items()})
    if not problems:
        others = parse(content, known).rows
        for other in others[others.line != line].to_dict("records"):
            if key_of(other) == key_of(row):
                problems = [doubled(line, int(other["line"]))]
    if problems:
        raise refusal(*(problem.said() for problem in problems))
