"""A workbook that would not fit into memory is refused before it is read."""

import struct
import zipfile
from pathlib import Path

import pytest

from lmi.domain.errors import BadFile
from lmi.sources import event_workbook_size
from lmi.sources.event_workbook import sheets
from tests.sources.event_nation import EVENTS

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path: Path):
    """The bytes of a workbook of Texas with something put at the end of its sheet's cells, or into parts."""

    def made(cells: str = "", **parts: bytes) -> bytes:
        with zipfile.ZipFile(EVENTS / "tx_warn-act-listings-2023-twc.xlsx") as old:
            texts = {name: old.read(name) for name in old.namelist()}
        texts[SHEET] = texts[SHEET].replace(b"</sheetData>", f"{cells}</sheetData>".encode())
        path = tmp_path / "book.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name, text in (texts | parts).items():
                new.writestr(name, text)
        return path.read_bytes()

    return made


@pytest.mark.parametrize(
    ("cells", "corner"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "row 1,048,576, column 16,384"),
        (f'<row r="1048576">{"<c/>" * 19}<c><v>1</v></c></row>', "row 1,048,576, column 20 "),
        ("<row r='900000'><c r='AA900000' t='inlineStr'><is><t>x</t></is></c></row>", "column 27"),
    ],
)
def test_a_cell_far_out_is_named(book, cells, corner):
    with pytest.raises(BadFile, match=rf"{corner}.*larger than 20,000,000 cells, the most\. Take out"):
        sheets(book(cells), "b.xlsx")


def test_cells_that_hold_nothing_and_long_lists_are_no_reason(book):
    plain = sheets(book(), "b.xlsx")
    assert sheets(book('<row r="1048576"><c r="XFD1048576" s="1"/></row>'), "b.xlsx") == plain
    far = sheets(book('<row r="3000"><c r="A3000"><v>1</v></c></row>'), "b.xlsx")
    assert [len(rows) for rows in far.values()] == [3000]


def test_the_unpacked_size_counts_whatever_the_header_tells(book, monkeypatch):
    monkeypatch.setattr(event_workbook_size, "MOST_BYTES", 3_000_000)
    content = book(**{"xl/media/a.png": b"\0" * 2_000_000, "docProps/more.xml": b" " * 2_000_000})
    assert len(content) < 100_000
    size = struct.pack("<I", 2_000_000)
    for told in (content, content.replace(size, struct.pack("<I", 10))):
        with pytest.raises(BadFile, match="Unpacked it is larger than 3 MB, the most"):
            sheets(told, "b.xlsx")
    assert sheets(book(**{"xl/media/a.png": b"\0" * 2_000_000}), "b.xlsx")


def test_what_is_damaged_or_of_another_form_says_so(book, tmp_path):
    whole = book()
    other = tmp_path / "other.ods"
    with zipfile.ZipFile(other, "w") as made:
        made.writestr("content.xml", "<office/>")
    for content, words in (
        (other.read_bytes(), "holds no sheet of an .xlsx"),
        (book("</row>"), "mismatched tag"),
        (whole[: len(whole) // 2], "not a zip file"),
        (whole.replace(b"PK\x03\x04", b"PK\x03\x05", 2).replace(b"PK\x03\x05", b"PK\x03\x04", 1), "."),
    ):
        with pytest.raises(BadFile, match=f"b.xlsx cannot be read as a workbook.*{words}"):
            sheets(content, "b.xlsx")
