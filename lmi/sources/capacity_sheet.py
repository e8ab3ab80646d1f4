"""The training-capacity file as lines and cells, without losing a byte of what people wrote.

A line is UTF-8 or, where it is not, Windows text; cells are separated as the header line separates them."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lmi.domain.capacity import COLUMN_BY_ID, COLUMNS, EITHER, REQUIRED, CapacityProblem, column_id
from lmi.domain.plain_text import shown

BOM = b"\xef\xbb\xbf"
_DELIMITERS = (",", ";", "\t", "|")
_MOST_BYTES = 10_000_000
_MOST_LINES_OF_A_ROW = 10
_SEPARATOR_HINT = re.compile(r"sep=.", re.I)
_OPEN_QUOTE = 'a quotation mark (") is opened and not closed on this line. Correct that line.'
_BREAK = "a cell holds a line break. Write it on one line."


class NotASheet(Exception):
    """Content that is no CSV text; the message says what it is and what to do."""


@dataclass(frozen=True)
class Record:
    """A row. line: its first line, count: how many it covers. why: what makes its cells no use, or ''."""

    line: int
    count: int
    cells: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True)
class Sheet:
    """The file. bom: its byte-order mark or b''. lines: with their line ends. header: number of the
    header line, 0 if there is none. columns: what each heading means (see column_id)."""

    bom: bytes
    lines: tuple[bytes, ...]
    delimiter: str
    header: int
    columns: tuple[str, ...]

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Every row under the header, good or bad; blank lines and lines of notes ('#') are none."""
        return tuple(self._records()) if self.header else ()

    @property
    def lacking(self) -> list[str]:
        """Columns that the header must have and has not."""
        needed = [column for column in REQUIRED if column not in self.columns]
        return needed if set(EITHER) & set(self.columns) else [*needed, " or ".join(EITHER)]

    @property
    def line_end(self) -> bytes:
        """The line end that the header uses."""
        found = re.search(rb"[\r\n]+\Z", self.lines[self.header - 1]) if self.header else None
        return found[0] if found else b"\r\n"

    def problems(self) -> Iterator[CapacityProblem]:
        """What is wrong with the header."""
        if not self.header:
            yield CapacityProblem(1, "", "", f"there is no header. Write: {','.join(COLUMN_BY_ID)}")
            return
        if self.lacking:
            why = f"the header lacks {', '.join(self.lacking)}. Nothing is read until it has them."
            yield CapacityProblem(self.header, "", "", why)
        for position, name in enumerate(self.columns):
            if not name and any(len(r.cells) > position and r.cells[position] for r in self.records):
                why = f"column {position + 1} has no heading; its cells are not read. Name it or empty it."
                yield CapacityProblem(self.header, "", "", why)
            elif name and name not in COLUMN_BY_ID:
                why = f"is not a column that is read. Columns: {', '.join(COLUMN_BY_ID)}."
                yield CapacityProblem(self.header, "", name, why)
            elif name and self.columns.index(name) < position:
                why = "stands twice in the header; the first is read. Remove one."
                yield CapacityProblem(self.header, name, "", why)

    def by_column(self, record: Record) -> dict[str, str]:
        """The cells of a row by column; of columns that stand twice, the first."""
        pairs = zip(reversed(self.columns), reversed(record.cells), strict=True)
        return {name: cell for name, cell in pairs if name in COLUMN_BY_ID}

    def line_of(self, cells: Sequence[str], line_end: bytes) -> str:
        """Cells as one line of text, separated and quoted as the header is."""
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator=line_end.decode()).writerow(cells)
        return out.getvalue()

    def _records(self) -> Iterator[Record]:
        number = self.header
        while number < len(self.lines):
            record = self._record(number)
            number += record.count
            if not _is_blank(record.cells) or record.why:
                yield record

    def _record(self, index: int) -> Record:
        text = _decode(self.lines[index])
        if text is None:
            return Record(index + 1, 1, (), "the line is not text. Save the file as CSV UTF-8.")
        cells, closed = _split(text, self.delimiter)
        if not closed:
            return self._longer_record(index)
        if len(cells) != len(self.columns) and not _is_blank(cells):
            why = f"the row has {len(cells)} cells; the header has {len(self.columns)}. Correct that line."
            return Record(index + 1, 1, cells, why)
        return Record(index + 1, 1, cells)

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


def read_sheet(content: bytes) -> Sheet:
    """The file's content; NotASheet if it is no text."""
    if len(content) > _MOST_BYTES:
        raise NotASheet(
            f"the file is larger than {_MOST_BYTES // 1_000_000} MB. Remove what does not belong."
        )
    if b"\0" in content:
        raise NotASheet("the file is not CSV text. Save it as CSV UTF-8.")
    bom = BOM if content.startswith(BOM) else b""
    lines = tuple(re.findall(rb"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z", content[len(bom) :]))
    for number, line in enumerate(lines, start=1):
        text = (_decode(line) or "").strip()
        if text and not text.startswith("#") and not _SEPARATOR_HINT.fullmatch(text):
            splits = {d: tuple(column_id(cell) for cell in _split(text, d)[0]) for d in _DELIMITERS}
            best = max(_DELIMITERS, key=lambda d: len(set(splits[d]) & set(COLUMN_BY_ID)))
            return Sheet(bom, lines, best, number, splits[best])
    return Sheet(bom, lines, ",", 0, ())


def is_blank(content: bytes) -> bool:
    """Whether nothing at all is written."""
    return not content.removeprefix(BOM).strip()


def new_header() -> bytes:
    """The header line of a new file, for spreadsheets in UTF-8 with byte-order mark."""
    return BOM + ",".join(column.id for column in COLUMNS).encode() + b"\r\n"


def with_line(sheet: Sheet, at: int, count: int, text: str) -> bytes:
    """The file with `count` lines from index `at` replaced by the text ('' = taken out).

    All other bytes stay. Only a file in Windows text that cannot hold the new characters becomes UTF-8.
    """
    before, after = list(sheet.lines[:at]), list(sheet.lines[at + count :])
    if text and before and not before[-1].endswith((b"\r", b"\n")):
        before[-1] += sheet.line_end
    if sheet.bom or all(_is_utf8(line) for line in sheet.lines):
        return b"".join([sheet.bom, *before, text.encode(), *after])
    windows = _as_windows(text)
    if windows is not None:
        return b"".join([sheet.bom, *before, windows, *after])
    old = [_as_utf8(line) for line in before], [_as_utf8(line) for line in after]
    return b"".join([BOM, *old[0], text.encode(), *old[1]])


def _split(text: str, delimiter: str) -> tuple[tuple[str, ...], bool]:
    """The cells of a line, stripped, and whether every quotation mark is closed."""
    reader = csv.reader([text, ""], delimiter=delimiter)
    try:
        cells = next(reader)
    except csv.Error:  # a cell without end
        return (shown(text),), True
    return tuple(cell.strip() for cell in cells), reader.line_num == 1


def _is_blank(cells: Sequence[str]) -> bool:
    """An empty line, or a note: its only text begins with '#'."""
    return not any(cells) or (cells[0].startswith("#") and not any(cells[1:]))


def _decode(line: bytes) -> str | None:
    """A line as text without its end; None if it is no text."""
    plain = line.rstrip(b"\r\n")
    for encoding in ("utf-8", "cp1252"):
        try:
            return plain.decode(encoding)
        except UnicodeDecodeError:
            continue
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
    return encoded if _decode(encoded) == text.rstrip("\r\n") else None


def _as_utf8(line: bytes) -> bytes:
    text = _decode(line)
    end = line[len(line.rstrip(b"\r\n")) :]
    return line if text is None else text.encode() + end
