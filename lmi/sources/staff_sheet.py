"""A CSV file that staff keep, as lines and cells, without losing a byte of what people wrote.

A line is UTF-8 or, where it is not, Windows text; cells are separated as the header line separates them."""

import contextlib
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

from lmi.domain.plain_text import shown
from lmi.domain.staff_file import Layout, Problem

BOM = b"\xef\xbb\xbf"
_DELIMITERS = (",", ";", "\t", "|")
_MOST_LINES_OF_A_ROW = 10
_MOST_OF_A_CELL = 131_072  # characters, as the csv module has it
_SEPARATOR_HINT = re.compile(r"sep=.", re.I)
_OPEN_QUOTE = 'a quotation mark (") is opened and not closed on this line. Correct that line.'
_BREAK = "a cell holds a line break. Write it on one line."


class NotASheet(Exception):
    """Content that is no CSV text; the message says what it is and what to do."""


class Record(NamedTuple):
    """A row. line: its first line. span: how many lines it covers. why: what makes its cells no use, or
    nothing."""

    line: int
    span: int
    cells: tuple[str, ...]
    why: str = ""


class Rows(NamedTuple):
    """The rows of a file. lines, cells: of each good row, which is one line; bad: the other rows. Lists
    of plain values: they cost a large file much less than a record for each of its rows."""

    lines: list[int]
    cells: list[tuple[str, ...]]
    bad: list[Record]


@dataclass(frozen=True)
class Sheet:
    """The file. layout: its declared columns. bom: its byte-order mark or b''. lines: with their line
    ends. header: number of the header line, 0 if there is none. columns: what each heading means (see
    Layout.column_id)."""

    layout: Layout
    bom: bytes
    lines: tuple[bytes, ...]
    delimiter: str
    header: int
    columns: tuple[str, ...]

    @cached_property
    def rows(self) -> Rows:
        """The rows under the header; blank lines and lines of notes ('#') are none."""
        out = Rows([], [], [])
        index = self.header or len(self.lines)
        while index < len(self.lines):
            index = self._good_rows(index, out)
            if index < len(self.lines):
                index += self._other_row(index, out)
        return out

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Every row under the header, good or bad, in the order of their lines."""
        good = map(Record, self.rows.lines, repeat(1), self.rows.cells)
        return tuple(sorted([*good, *self.rows.bad], key=lambda record: record.line))

    @property
    def lacking(self) -> list[str]:
        """Columns that the header must have and has not."""
        return self.layout.lacking(self.columns)

    @property
    def line_end(self) -> bytes:
        """The line end that the header uses."""
        found = re.search(rb"[\r\n]+\Z", self.lines[self.header - 1]) if self.header else None
        return found[0] if found else b"\r\n"

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the header."""
        declared = self.layout.by_id
        if not self.header:
            yield Problem(1, "", "", f"there is no header. Write: {','.join(declared)}")
            return
        if self.lacking:
            why = f"the header lacks {', '.join(self.lacking)}. Nothing is read until it has them."
            yield Problem(self.header, "", "", why)
        for position, name in enumerate(self.columns):
            if not name and any(len(r.cells) > position and r.cells[position] for r in self.records):
                why = f"column {position + 1} has no heading; its cells are not read. Name it or empty it."
                yield Problem(self.header, "", "", why)
            elif name and name not in declared:
                if why := self.layout.undeclared(name, self.columns):
                    yield Problem(self.header, "", name, why)
            elif name and self.columns.index(name) < position:
                why = "stands twice in the header; the first is read. Remove one."
                yield Problem(self.header, name, "", why)

    def by_column(self, record: Record) -> dict[str, str]:
        """The cells of a row by declared column; of columns that stand twice, the first."""
        pairs = zip(reversed(self.columns), reversed(record.cells), strict=True)
        return {name: cell for name, cell in pairs if name in self.layout.by_id}

    def line_of(self, cells: Sequence[str], line_end: bytes) -> str:
        """Cells as one line of text, separated and quoted as the header is."""
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator=line_end.decode()).writerow(cells)
        return out.getvalue()

    def replaced(self, record: Record, cells: Sequence[str] | None) -> dict[int, str]:
        """What with_lines needs to give a row other cells; None = to take it out."""
        first = record.line - 1
        text = "" if cells is None else self.line_of(cells, self._end_of(record))
        return {first: text, **{first + more: "" for more in range(1, record.span)}}

    def _end_of(self, record: Record) -> bytes:
        """The line end of a row; b'' if the file ends with it."""
        last = self.lines[record.line + record.span - 2]
        return last[len(last.rstrip(b"\r\n")) :]

    def _good_rows(self, index: int, out: Rows) -> int:
        """Take good rows from a line on, in one go; the index of the line at which they end."""
        reader, width = csv.reader(self._texts(index), delimiter=self.delimiter), len(self.columns)
        with contextlib.suppress(csv.Error):  # a quotation mark that nothing closes
            for count, row in enumerate(reader, start=1):
                if reader.line_num != count or len(row) != width:
                    break
                cells = tuple(map(str.strip, row))
                if _is_blank(cells):
                    break
                index += 1
                out.lines.append(index)
                out.cells.append(cells)
        return index

    def _texts(self, index: int) -> Iterator[str]:
        """Lines as text, up to one that is no text or too long; then an empty one, so that a quotation mark
        that is open at the end is seen."""
        for at in range(index, len(self.lines)):
            text = _decode(self.lines[at])
            if text is None or len(text) >= _MOST_OF_A_CELL:
                break
            yield text
        yield ""

    def _other_row(self, index: int, out: Rows) -> int:
        """Look closely at the row that begins at a line; how many lines it covers."""
        text = _decode(self.lines[index])
        if text is None:
            bad = Record(index + 1, 1, (), "the line is not text. Save the file as CSV UTF-8.")
            out.bad.append(bad)
            return 1
        cells, closed = _split(text, self.delimiter)
        if not closed:
            bad = self._longer_record(index)
        elif _is_blank(cells):
            return 1
        elif len(cells) == len(self.columns):
            out.lines.append(index + 1)
            out.cells.append(cells)
            return 1
        else:
            why = f"the row has {len(cells)} cells; the header has {len(self.columns)}. Correct that line."
            bad = Record(index + 1, 1, cells, why)
        out.bad.append(bad)
        return bad.span

    def _longer_record(self, index: int) -> Record:
        """A row that goes on in the next lines, if they close its quotation mark and fill the columns."""
        text = ""
        for count, line in enumerate(self.lines[index : index + _MOST_LINES_OF_A_ROW], start=1):
            text += (_decode(line) or "") + "\n"
            cells, closed = _split(text.rstrip("\n"), self.delimiter)
            if closed:
                if len(cells) == len(self.columns):
                    return Record(index + 1, count, cells, _BREAK)
                break
        return Record(index + 1, 1, (), _OPEN_QUOTE)


def read_sheet(content: bytes, layout: Layout) -> Sheet:
    """The file's content; NotASheet if it is no text."""
    if len(content) > layout.most_bytes:
        most = layout.most_bytes // 1_000_000
        raise NotASheet(f"the file is larger than {most} MB. Remove what does not belong.")
    if b"\0" in content:
        raise NotASheet("the file is not CSV text. Save it as CSV UTF-8.")
    bom = BOM if content.startswith(BOM) else b""
    lines = tuple(content[len(bom) :].splitlines(keepends=True))
    for number, line in enumerate(lines, start=1):
        text = (_decode(line) or "").strip()
        if text and not text.startswith("#") and not _SEPARATOR_HINT.fullmatch(text):
            splits = {d: tuple(layout.column_id(cell) for cell in _split(text, d)[0]) for d in _DELIMITERS}
            best = max(_DELIMITERS, key=lambda d: len(set(splits[d]) & set(layout.by_id)))
            return Sheet(layout, bom, lines, best, number, splits[best])
    return Sheet(layout, bom, lines, ",", 0, ())


def is_blank(content: bytes) -> bool:
    """Whether nothing at all is written."""
    return not content.removeprefix(BOM).strip()


def new_header(layout: Layout) -> bytes:
    """The header line of a new file, for spreadsheets in UTF-8 with byte-order mark."""
    return BOM + ",".join(column.id for column in layout.columns).encode() + b"\r\n"


def with_lines(sheet: Sheet, changed: Mapping[int, str], added: str = "") -> bytes:
    """The file with the lines at some indexes replaced by texts ('' = taken out), and a text at its end.

    All other bytes stay. Only a file in Windows text that cannot hold the new characters becomes UTF-8.
    """
    parts: list[bytes | str] = [changed.get(at, line) for at, line in enumerate(sheet.lines)]
    if added:
        last = next((part for part in reversed(parts) if part), None)
        if last is not None and last[-1:] not in ("\r", "\n", b"\r", b"\n"):
            parts.append(sheet.line_end)
        parts.append(added)
    if sheet.bom or all(_is_utf8(line) for line in sheet.lines):
        return b"".join([sheet.bom, *(p.encode() if isinstance(p, str) else p for p in parts)])
    windows = [_as_windows(part) if isinstance(part, str) else part for part in parts]
    if None not in windows:
        return b"".join([sheet.bom, *(part for part in windows if part is not None)])
    return b"".join([BOM, *(p.encode() if isinstance(p, str) else _as_utf8(p) for p in parts)])


def _split(text: str, delimiter: str) -> tuple[tuple[str, ...], bool]:
    """The cells of a line, stripped, and whether every quotation mark is closed."""
    reader = csv.reader([text, ""], delimiter=delimiter)
    try:
        cells = next(reader)
    except csv.Error:  # a cell without end
        return (shown(text),), True
    return tuple(map(str.strip, cells)), reader.line_num == 1


def _is_blank(cells: Sequence[str]) -> bool:
    """An empty line, or a note: its only text begins with '#'."""
    if cells and cells[0][:1] not in ("", "#"):
        return False
    return not any(cells) or (cells[0].startswith("#") and not any(cells[1:]))


def _decode(line: bytes) -> str | None:
    """A line as text without its end; None if it is no text."""
    plain = line.rstrip(b"\r\n")
    try:
        return plain.decode()
    except UnicodeDecodeError:
        return _from_windows(plain)


def _from_windows(plain: bytes) -> str | None:
    try:
        return plain.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as_windows(text: str) -> bytes | None:
    """The text in Windows encoding, if it can be written and is read back as the same text."""
    try:
        encoded = text.encode("cp1252")
    except UnicodeEncodeError:
        return None
    read_back = [_decode(line) for line in encoded.splitlines()]
    return encoded if read_back == re.split(r"\r\n|\r|\n", text.rstrip("\r\n")) else None


def _as_utf8(line: bytes) -> bytes:
    text = _decode(line)
    end = line[len(line.rstrip(b"\r\n")) :]
    return line if text is None else text.encode() + end
