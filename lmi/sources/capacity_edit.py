"""Adding, changing and removing one row of the training-capacity file, as the app does it.

A row is checked as on reading. Every other line stays exactly as people wrote it: bad lines, notes, their
own columns and order. At any moment the file is the old one or the new one."""

from collections.abc import Mapping
from pathlib import Path

from lmi.domain.capacity import COLUMN_BY_ID, Known, column_id
from lmi.domain.errors import BadInput
from lmi.domain.plain_text import neutralise, restore_text, shown
from lmi.sources.capacity_cells import RowReader
from lmi.sources.capacity_file import doubled, key_of, parse, stamp_of, template
from lmi.sources.capacity_sheet import NotASheet, Record, Sheet, is_blank, read_sheet, with_line
from lmi.sources.local_write import current_content, locked, replace_content


def add_row(path: Path, values: Mapping[str, str], known: Known) -> None:
    """Put a row at the end of the file; a file that is missing or empty gets its header first.

    values: column -> text as typed; a column that is left out is empty. BadInput lists every problem.
    """
    with locked(path) as real:
        content = current_content(real)
        sheet = _sheet(template() if is_blank(content) else content)
        cells = _cells(sheet, None, values)
        _check(sheet, cells, known, content, line=0)
        text = sheet.line_of(cells, sheet.line_end)
        replace_content(real, with_line(sheet, len(sheet.lines), 0, text))


def replace_row(path: Path, line: int, values: Mapping[str, str], stamp: str, known: Known) -> None:
    """Change the row that begins at a line; columns that `values` leaves out keep their cells.

    stamp: of the file as it was loaded. BadInput if the file changed since, or lists every problem.
    """
    with locked(path) as real:
        content = current_content(real)
        _same(content, stamp)
        sheet = _sheet(content)
        record = _at(sheet, line)
        cells = _cells(sheet, record, values)
        _check(sheet, cells, known, content, line)
        last = sheet.lines[record.line + record.count - 2]
        text = sheet.line_of(cells, last[len(last.rstrip(b"\r\n")) :])
        replace_content(real, with_line(sheet, record.line - 1, record.count, text))


def remove_row(path: Path, line: int, stamp: str) -> None:
    """Take out the row that begins at a line, good or bad. BadInput if the file changed since `stamp`."""
    with locked(path) as real:
        content = current_content(real)
        _same(content, stamp)
        sheet = _sheet(content)
        record = _at(sheet, line)
        replace_content(real, with_line(sheet, record.line - 1, record.count, ""))


def _same(content: bytes, stamp: str) -> None:
    if stamp != (stamp_of(content) if content else ""):
        raise BadInput(
            "Somebody changed the file meanwhile.",
            "It is not the file that was loaded, so the line may be another one.",
            "Reload, and make the change again.",
        )


def _sheet(content: bytes) -> Sheet:
    """The file to be edited; BadInput if its header does not let a row be written."""
    try:
        sheet = read_sheet(content)
    except NotASheet as error:
        raise _refusal(f"The file: {error}") from error
    if sheet.lacking:
        raise _refusal(*(problem.line_text() for problem in sheet.problems()))
    return sheet


def _at(sheet: Sheet, line: int) -> Record:
    found = next((record for record in sheet.records if record.line == line), None)
    if found is None:
        raise BadInput(f"No row begins at line {line}.", "", "Reload, and choose the row again.")
    return found


def _cells(sheet: Sheet, old: Record | None, values: Mapping[str, str]) -> list[str]:
    """The cells to write: the old row's, or empty ones, with the new values put in their columns."""
    kept = old is not None and not old.why
    cells = list(old.cells) if old is not None and kept else [""] * len(sheet.columns)
    refused = []
    for name, value in values.items():
        column = column_id(name)
        if column not in COLUMN_BY_ID:
            refused.append(f"'{shown(name)}' is not a column. Columns: {', '.join(COLUMN_BY_ID)}.")
        elif column in sheet.columns:
            cells[sheet.columns.index(column)] = neutralise(value.strip())
        elif value.strip():
            refused.append(
                f"{column}: the file has no such column. Add it to the header line, or leave it empty."
            )
    if refused:
        raise _refusal(*refused)
    return cells


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
        raise _refusal(*(problem.said() for problem in problems))


def _refusal(*problems: str) -> BadInput:
    return BadInput("The row was not saved.", " ".join(problems), "Correct that, and save again.")
