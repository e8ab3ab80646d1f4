"""Workbooks with hiring events: every sheet as text, and the sheet and row in which a table begins."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from lmi.domain.errors import BadFile
from lmi.sources import event_workbook_size
from lmi.sources.event_incoming import cleaned
from lmi.sources.reading import cell_text

_PACKED = b"PK\x03\x04"
_SIGNATURES = (_PACKED, b"\xd0\xcf\x11\xe0")
_ROWS_TO_SEARCH = 30
Rows = list[list[str]]


@dataclass(frozen=True)
class Found:
    """A table in a workbook. header: index of its row of headings in rows; headings: cleaned."""

    sheet: str
    rows: Rows
    header: int
    headings: tuple[str, ...]


def is_workbook(content: bytes) -> bool:
    """Whether the content is a spreadsheet workbook."""
    return content.startswith(_SIGNATURES)


def sheets(content: bytes, name: str) -> dict[str, Rows]:
    """Sheet name -> its rows of text cells, row 1 first; dates as in ISO 8601. BadFile if it is damaged, or
    too large to be laid out."""
    if content.startswith(_PACKED):
        event_workbook_size.check(content, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            sheet: [
                [_text(c) for c in row]
                for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            ]
            for sheet in book.sheet_names
        }
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise BadFile(
            f"{name} cannot be read as a workbook.", f"{error}.", "Save it again as .xlsx or as CSV."
        ) from error


def find(book: dict[str, Rows], score: Callable[[Sequence[str]], int]) -> Found | None:
    """The table whose row of headings scores highest, of equal ones the first; None where all score 0.

    score: how good a row of cleaned cells is as a row of headings; 0 = it is none.
    """
    best, most = None, 0
    for sheet, rows in book.items():
        for at, row in enumerate(rows[:_ROWS_TO_SEARCH]):
            headings = tuple(cleaned(cell) for cell in row)
            points = score(headings)
            if points > most:
                best, most = Found(sheet, rows, at, headings), points
    return best


def with_headings(wanted: Sequence[str]) -> Callable[[Sequence[str]], int]:
    """A score that is 1 for a row which holds every wanted heading, however cased, else 0."""
    needed = {heading.casefold() for heading in wanted}
    return lambda row: int(needed <= {cell.casefold() for cell in row})


def records(found: Found) -> list[tuple[int, dict[str, str]]]:
    """Number of the row in the sheet and cleaned cells by casefolded heading, for every row that is not
    empty; of headings that stand twice the first counts."""
    names = [heading.casefold() for heading in found.headings]
    out = []
    for number, row in enumerate(found.rows[found.header + 1 :], start=found.header + 2):
        cells = {
            name: cleaned(cell) for name, cell in zip(reversed(names), reversed(row), strict=True) if name
        }
        if any(cells.values()):
            out.append((number, cells))
    return out


def _text(cell: object) -> str:
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else cell_text(cell)
