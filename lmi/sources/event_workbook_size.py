"""How large a workbook is once it is unpacked and laid out, told before anything of that size is made.

A small file can stand for a table of billions of cells: packed text grows a thousandfold, and one cell far
out makes a sheet as large as all that lies before it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from lmi.domain.errors import BadFile

MOST_BYTES = 300_000_000  # of all its parts, unpacked
MOST_CELLS = 20_000_000  # rows times columns, of all its sheets
_PIECE = 1 << 16
_LOCAL_HEADER = 30  # bytes before the name of a part
_SAVE_AGAIN = "Save it again as .xlsx or as CSV."
_TOO_LARGE = f"Take out what lies far from the table. {_SAVE_AGAIN}"
_CELL = re.compile(r"([A-Z]{1,9})[A-Z]*([0-9]{1,9})[0-9]*")


class _Stop(Exception):
    """Nothing more of this part needs to be read."""


def check(content: bytes, name: str) -> None:
    """BadFile if a packed workbook is too large to be read, is no .xlsx, or is damaged. name: of the file."""
    unpacked, cells, sheets = 0, 0, 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = book.infolist()
        for part in parts:
            sheet = _Sheet()
            for piece in _unpacked(content, part):
                unpacked += len(piece)
                if unpacked > MOST_BYTES:
                    most = f"{MOST_BYTES // 1_000_000} MB"
                    raise _refusal(name, f"Unpacked it is larger than {most}, the most.", _TOO_LARGE)
                sheet.feed(piece)
                if cells + sheet.cells > MOST_CELLS:
                    why = f"A cell in {sheet.corner} makes it larger than {MOST_CELLS:,} cells, the most."
                    raise _refusal(name, why, _TOO_LARGE)
            cells, sheets = cells + sheet.cells, sheets + sheet.is_one
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError) as error:
        raise _refusal(name, f"{error}.", _SAVE_AGAIN) from error
    if not sheets:
        raise _refusal(name, "It is packed like a workbook, and holds no sheet of an .xlsx.", _SAVE_AGAIN)


def _refusal(name: str, why: str, todo: str) -> BadFile:
    return BadFile(f"{name} cannot be read as a workbook.", why, todo)


def _unpacked(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part in pieces, up to its real end, whatever size its header tells. BadZipFile for other packings."""
    at = part.header_offset + _LOCAL_HEADER
    header = content[part.header_offset : at]
    if len(header) < _LOCAL_HEADER or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("A part of it is packed in a way that is not known")
    at += int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(content)[at : at + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[start : start + _PIECE]) for start in range(0, len(packed), _PIECE))
        return
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for start in range(0, len(packed), _PIECE):
        rest = bytes(packed[start : start + _PIECE])
        while rest and not stream.eof:
            yield stream.decompress(rest, _PIECE)
            rest = stream.unconsumed_tail
    yield stream.flush()


class _Sheet:
    """The extent of a sheet, from its XML as it comes in; a part that is no sheet has none."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._root
        self.is_one = self._ended = False
        self._row = self._column = self._rows = self._columns = 0
        self.corner = ""

    @property
    def cells(self) -> int:
        """Rows times columns, from the first cell to the last."""
        return self._rows * self._columns

    def feed(self, piece: bytes) -> None:
        """Take in the next piece; ExpatError if a sheet is damaged."""
        if self._ended:
            return
        try:
            self._parser.Parse(piece, False)
        except _Stop:
            self._ended = True
        except expat.ExpatError:
            if self.is_one:
                raise
            self._ended = True  # a picture, or other parts that are not XML

    def _root(self, name: str, _: dict[str, str]) -> None:
        if name.rpartition(" ")[2] != "worksheet":
            raise _Stop
        self._parser.StartElementHandler, self.is_one = self._element, True

    def _element(self, name: str, told: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        if kind == "row":
            number = told.get("r", "")
            self._row, self._column = int(number[:9]) if number.isdecimal() else self._row + 1, 0
        elif kind == "c":
            place = _CELL.fullmatch(told.get("r", "").upper())
            self._column = _number(place[1]) if place else self._column + 1
            self._row = int(place[2]) if place else self._row
        elif kind in ("v", "is", "f"):
            if self._row > self._rows or self._column > self._columns:
                self.corner = f"row {self._row:,}, column {self._column:,}"
            self._rows, self._columns = max(self._row, self._rows), max(self._column, self._columns)


def _number(letters: str) -> int:
    """The number of a column: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
