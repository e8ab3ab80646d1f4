"""Hiring events from any table, CSV or workbook, whose columns are recognised by their headings."""

import csv
import re
from collections.abc import Iterator, Sequence

from lmi.domain.errors import BadFile
from lmi.domain.events import EVENT_TYPES
from lmi.domain.plain_text import restore_text, shown
from lmi.sources.event_columns_map import ColumnMap, propose, settled
from lmi.sources.event_incoming import (
    Incoming,
    cleaned,
    doubt_of,
    employer_cells,
    fips_of,
    is_cancelled,
    kind_of,
)
from lmi.sources.event_job_headings import speaks_of_layoffs
from lmi.sources.event_workbook import Found
from lmi.sources.staff_cells import without_zeros

FORMAT = "table"
_DELIMITERS = (",", ";", "\t", "|")
_ROWS_TO_SEARCH = 30
_MOST_LINES_OF_A_ROW = 10
_LAYOFF = re.compile(r"lay\s?-?\s?off|reduction in force|\brif\b", re.I)
_PLACING = ("state", "street", "city")
_NUMBERS = ("jobs", "naics", "area_code", "county")
Row = tuple[int, Sequence[str], str]


def read_text(content: bytes, name: str, said: ColumnMap) -> tuple[list[Incoming], ColumnMap]:
    """The rows of a CSV file in any usual encoding and with any usual separator, and how its columns were
    read. BadFile if it is no text or no row of headings is recognised; BadInput as in `settled`."""
    text = decoded(content, name)
    lines = re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z", text)
    best: tuple[int, int, str, list[str]] | None = None
    for at, line in enumerate(lines[:_ROWS_TO_SEARCH]):
        for delimiter in _DELIMITERS:
            headings = _cells([line], delimiter)[0]
            points = score(headings, said)
            if points > (best[0] if best else 0):
                best = (points, at, delimiter, headings)
    if best is None:
        raise unrecognised(name)
    _, at, delimiter, headings = best
    rows = list(_rows(lines, at + 1, delimiter, len(headings)))
    return _incoming(headings, rows, "line", name, said)


def read_found(found: Found, name: str, said: ColumnMap) -> tuple[list[Incoming], ColumnMap]:
    """The rows of a table in a workbook, and how its columns were read; see `read_text`."""
    below = enumerate(found.rows[found.header + 1 :], start=found.header + 2)
    rows: list[Row] = [(number, row, "") for number, row in below if any(row)]
    return _incoming(found.headings, rows, "row", name, said)


def score(headings: Sequence[str], said: ColumnMap) -> int:
    """How good a row is as a row of headings: how many columns it gives; 0 below two."""
    plain = [cleaned(heading) for heading in headings]
    known = len(propose(plain)) + sum(heading in plain for heading in said.headings.values())
    return known if known > 1 else 0


def decoded(content: bytes, name: str) -> str:
    """The text of a file: UTF-16 by its mark or its first letter, else UTF-8, else Windows text."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadFile(f"{name} is no text.", "CSV, JSON or a workbook was expected.", "Save it as CSV UTF-8.")


def is_wide(content: bytes) -> bool:
    """Whether the content begins as UTF-16 does."""
    return _encodings(content)[0].startswith("utf-16")


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\0" in content[:2]:
        return ("utf-16-be",) if content[:1] == b"\0" else ("utf-16-le",)
    return ("utf-8-sig", "cp1252")


def unrecognised(name: str) -> BadFile:
    """The error of a table without headings that are recognised."""
    return BadFile(
        f"{name}: no row of headings is recognised.",
        "Headings such as Company, Notice Date, City and Number of Employees were expected near the top.",
        'Write a row of headings above the data, or name the columns: --map "employer=…,announced=…".',
    )


def _cells(lines: Sequence[str], delimiter: str) -> tuple[list[str], bool]:
    """The cells of a row, and whether every quotation mark is closed in these lines. Cells are none where
    one of them is too long."""
    reader = csv.reader([*lines, ""], delimiter=delimiter)
    try:
        cells = next(reader)
    except csv.Error:
        return [], True
    return cells, reader.line_num <= len(lines)


def _rows(lines: Sequence[str], start: int, delimiter: str, width: int) -> Iterator[Row]:
    """Line number, cells and what is wrong with each row that is not blank."""
    at = start
    while at < len(lines):
        cells, closed = _cells(lines[at : at + 1], delimiter)
        span = 1 if closed else _span(lines, at, delimiter, width)
        if span > 1:
            cells, _ = _cells(lines[at : at + span], delimiter)
        why = ""
        if not closed and span == 1:
            why = 'a quotation mark (") is opened and not closed.'
        elif not cells and lines[at].strip():
            why = "a cell is longer than 131,072 characters."
        elif len(cells) != width:
            why = f"it has {len(cells)} cells; the headings are {width}."
        if any(cell.strip() for cell in cells) or (why and lines[at].strip()):
            yield at + 1, cells, why
        at += span


def _span(lines: Sequence[str], at: int, delimiter: str, width: int) -> int:
    """How many lines a row covers that is open at the end of its first: 1 if none of the next closes it so
    that it fills the columns."""
    for span in range(2, min(_MOST_LINES_OF_A_ROW, len(lines) - at) + 1):
        cells, closed = _cells(lines[at : at + span], delimiter)
        if closed:
            return span if len(cells) == width else 1
    return 1


def _incoming(
    headings: Sequence[str], rows: Sequence[Row], unit: str, name: str, said: ColumnMap
) -> tuple[list[Incoming], ColumnMap]:
    plain = [cleaned(heading) for heading in headings]
    columns = settled(plain, said)
    at = {column: plain.index(heading) for column, heading in columns.headings.items()}
    layoffs = speaks_of_layoffs(plain, columns.headings.get("jobs", ""))
    out = []
    for number, cells, why in rows:
        told = {**columns.fixed, **{column: cells[i] for column, i in at.items() if i < len(cells)}}
        out.append(_record(f"{unit} {number}", told, name, why, layoffs))
    return out, columns


def _record(where: str, told: dict[str, str], name: str, why: str, layoffs: bool) -> Incoming:
    texts = {column: restore_text(cleaned(text)) for column, text in told.items()}
    texts |= {column: without_zeros(texts[column]) for column in _NUMBERS if column in texts}
    employer, remarks = employer_cells(texts.get("employer", ""))
    remarks = (*remarks, *([texts["notes"]] if texts.get("notes") else []))
    industry = texts.get("naics", "")
    if industry and not industry[:1].isdigit():
        texts["naics"], remarks = "", (*remarks, f"Industry as given: {industry.rstrip('.')}.")
    kind = texts.get("event_type", "")
    status, doubtful = _status(kind, texts.get("status", ""), texts.get("notes", ""))
    texts |= {"employer": employer, "event_type": _kind(kind, layoffs), "status": status}
    texts.setdefault("confidence", "medium")
    texts["source_name"] = texts.get("source_name") or f"File {name}"
    zero = texts.get("jobs") == "0"
    if zero:
        texts["jobs"], remarks = "", (*remarks, "The file gives 0 as the count; taken as not told.")
    cells = {c: text for c, text in texts.items() if text and c not in (*_PLACING, "notes")}
    return Incoming(
        where, cells, FORMAT, fips_of(texts.get("state", "")), texts.get("city", ""),
        texts.get("street", ""), remarks, why, rescinded=doubtful,
    )  # fmt: skip


def _status(kind: str, status: str, notes: str) -> tuple[str, str]:
    """How far an event has come, and what makes that doubtful: its type or notes may say that the notice no
    longer holds."""
    if is_cancelled(status):
        return "cancelled", ""
    if not is_cancelled(kind):
        return status, doubt_of(notes, kind)
    if status.casefold() in ("", "announced"):
        return "cancelled", ""
    return status, f"its type is '{shown(kind)}' and its status '{shown(status)}'."


def _kind(text: str, layoffs: bool) -> str:
    """The kind of event that a cell means; a text of another meaning stays for the check to refuse.

    layoffs: whether the headings are those of a list of lay-offs, in which 'Rescinded' alone is of one.
    """
    plain = re.sub(r"[\s-]+", "_", text.strip().casefold())
    if plain in EVENT_TYPES or plain.replace("_", "") == "layoff":
        return "layoff" if plain.replace("_", "") == "layoff" else plain
    if kind_of([text]) == "closure":
        return "closure"
    return "layoff" if _LAYOFF.search(text) or (layoffs and is_cancelled(text)) else text
