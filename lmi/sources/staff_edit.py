"""What every file that staff keep needs when the app writes a row of it: see capacity_edit, events_edit."""

from collections.abc import Mapping

from lmi.domain.errors import BadInput
from lmi.domain.plain_text import neutralise, shown
from lmi.domain.staff_file import Layout
from lmi.sources.staff_sheet import NotASheet, Record, Sheet, is_blank, new_header, read_sheet


def editable(content: bytes, layout: Layout) -> Sheet:
    """The file to be edited; one that is empty gets its header. BadInput if its header does not let a
    row be written."""
    try:
        sheet = read_sheet(new_header(layout) if is_blank(content) else content, layout)
    except NotASheet as error:
        raise refusal(f"The file: {error}") from error
    if sheet.lacking:
        raise refusal(*(problem.line_text() for problem in sheet.problems()))
    return sheet


def cells_with(sheet: Sheet, old: Record | None, values: Mapping[str, str]) -> list[str]:
    """The cells to write: the old row's, or empty ones, with the new values put in their columns.

    values: column -> text as typed. BadInput for a column that is not declared, or that the file lacks
    and that would hold something.
    """
    kept = old is not None and not old.why
    cells = list(old.cells) if old is not None and kept else [""] * len(sheet.columns)
    refused = []
    for name, value in values.items():
        column = sheet.layout.column_id(name)
        if column not in sheet.layout.by_id:
            refused.append(f"'{shown(name)}' is not a column. Columns: {', '.join(sheet.layout.by_id)}.")
        elif column in sheet.columns:
            cells[sheet.columns.index(column)] = neutralise(value.strip())
        elif value.strip():
            refused.append(
                f"{column}: the file has no such column. Add it to the header line, or leave it empty."
            )
    if refused:
        raise refusal(*refused)
    return cells


def refusal(*problems: str) -> BadInput:
    """The error of a row that has these problems."""
    return BadInput("The row was not saved.", " ".join(problems), "Correct that, and save again.")
