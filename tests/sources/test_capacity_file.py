"""The training-capacity file: what people write is read, and every line that is no use is named."""

import csv
import hashlib
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.domain.capacity import COLUMN_BY_ID, COLUMNS, KINDS, Known
from lmi.domain.staff_file import Problem
from lmi.places import ROOT, Places, here
from lmi.sources.capacity_file import CapacityFile, load_capacity, parse, template

KNOWN = Known(
    areas=("US", "48", "06", "12420", "26420", "0100001", "R-corridor"),
    socs=("29-1141", "47-2111", "51-2092"),
    cips=("51.3801", "51.3802", "46.0302", "01.0101"),
    default_area="12420",
)
HEADER = "provider,program,cip,soc,seats,source,as_of\n"
GOOD = "ACC,Nursing,51.3801,29-1141,40,dean,2026-01-15\n"
DOCUMENT = (ROOT / "docs" / "training-capacity.md").read_text(encoding="utf-8")


def read(text: str | bytes) -> CapacityFile:
    return parse(text if isinstance(text, bytes) else text.encode(), KNOWN)


def messages(found: CapacityFile) -> list[str]:
    return [problem.line_text() for problem in found.problems]


def cell(column: str, text: str) -> tuple[object, list[str]]:
    """What one cell of an else good row is read as, and the problems."""
    row = {"provider": "ACC", "program": "N", "cip": "51.3801", "seats": "40", "source": "s",
           "as_of": "2026-01", column: text}  # fmt: skip
    out = io.StringIO()
    writer = csv.DictWriter(out, list(row))
    writer.writeheader()
    writer.writerow(row)
    found = read(out.getvalue())
    value = found.rows.iloc[0][column] if len(found.rows) else None
    return (None if not isinstance(value, str) and pd.isna(value) else value), messages(found)


def test_a_missing_file_has_no_rows_and_no_problem(tmp_path):
    found = load_capacity(tmp_path / "none.csv", [], [], [], "US")
    assert (len(found.rows), found.problems, found.stamp) == (0, (), "")
    assert list(found.rows.columns) == ["line", *COLUMN_BY_ID]


def test_a_good_row_and_its_types(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text(HEADER + GOOD, encoding="utf-8")
    found = load_capacity(path, KNOWN.areas, KNOWN.socs, KNOWN.cips, KNOWN.default_area)
    assert found.problems == ()
    assert found.stamp == hashlib.sha256(path.read_bytes()).hexdigest()
    row = found.rows.iloc[0]
    assert (row.line, row.seats, row.area_code) == (2, 40, "12420")
    assert row[["applicants", "enrolled", "cost_usd", "kind", "unitid", "length"]].isna().all()
    kinds = {name: str(kind) for name, kind in found.rows.dtypes.items()}
    assert {kinds[c] for c in ("line", "seats", "applicants", "enrolled", "finished")} == {"Int32"}
    assert kinds["cost_usd"] == "Float64"
    assert kinds == {name: str(kind) for name, kind in read("").rows.dtypes.items()}


def test_the_columns_may_stand_in_any_order_and_be_written_in_any_way():
    found = read(
        "As Of;SEATS;Cost;Provider;program;soc;Area code;source\n2026-01;7;$1,500.50;P;Q;291141;48;s\n"
    )
    assert found.problems == ()
    row = found.rows.iloc[0]
    assert (row.as_of, row.seats, row.cost_usd, row.soc, row.area_code) == (
        "2026-01",
        7,
        1500.5,
        "29-1141",
        "48",
    )
    assert pd.isna(row.cip)


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("seats", "0", 0), ("seats", "1,200", 1200), ("seats", "1000000", 1000000), ("seats", " 7 ", 7),
        ("applicants", "0", 0), ("applicants", "", None), ("enrolled", "12", 12), ("finished", "9", 9),
        ("soc", "29-1141", "29-1141"), ("soc", "291141", "29-1141"), ("soc", "29.1141", "29-1141"),
        ("soc", "29-1141.00", "29-1141"), ("soc", "29 1141", "29-1141"), ("soc", "", None),
        ("cip", "51.3801", "51.3801"), ("cip", "513801", "51.3801"), ("cip", "51.38", "51.38"),
        ("cip", "5138", "51.38"), ("cip", "1.0101", "01.0101"), ("cip", "1.01", "01.01"),
        ("area_code", "", "12420"), ("area_code", "us", "US"), ("area_code", "26420", "26420"),
        ("area_code", "6", "06"), ("area_code", "100001", "0100001"),
        ("area_code", "r-Corridor", "R-corridor"),
        ("unitid", "225511", "225511"), ("unitid", "", None),
        ("kind", "credit", "credit"), ("kind", "Non credit", "non-credit"),
        ("kind", "noncredit", "non-credit"),
        ("kind", "APPRENTICESHIP", "apprenticeship"), ("kind", "", None),
        ("cost_usd", "$4,500", 4500.0), ("cost_usd", "$ 4500.5", 4500.5), ("cost_usd", "0", 0.0),
        ("cost_usd", "", None),
        ("length", "16 weeks", "16 weeks"), ("length", "1 weeks", "1 week"),
        ("length", "9-Month", "9 months"),
        ("length", "2 years", "2 years"), ("length", "420 hours", "420 hours"),
        ("length", "3 days", "3 days"),
        ("length", "1.5 years", "1.5 years"), ("length", "", None),
        ("as_of", "2024-02-29", "2024-02-29"), ("as_of", "2026-12", "2026-12"),
        ("provider", "Ñandú “A”, Inc. 'B' 日本", "Ñandú “A”, Inc. 'B' 日本"),
        ("provider", "a" * 200, "a" * 200),
        ("provider", "'=1+1", "=1+1"), ("provider", "=1+1", "=1+1"), ("program", "+49", "+49"),
        ("source", "@x", "@x"), ("source", "''-x", "'-x"), ("source", "<b>&amp;</b>", "<b>&amp;</b>"),
        ("provider", "#1 College", "#1 College"), ("source", "s" * 300, "s" * 300),
    ],
)  # fmt: skip
def test_what_a_cell_may_hold(column, text, value):
    read_as, said = cell(column, text)
    assert said == []
    assert read_as == value
    assert type(read_as) is not bool


REFUSED = [
    ("seats", "-3", "Line 2, seats: '-3' is not a whole number from 0 to 1,000,000. Write one."),
    ("seats", "", "Line 2, seats: is empty. Write a whole number from 0 to 1,000,000."),
    ("seats", "1000001", "is not a whole number"), ("seats", "20.0", "is not a whole number"),
    ("seats", "1.000", "is not a whole number"), ("seats", "12,34", "is not a whole number"),
    ("seats", "٣", "is not a whole number"), ("seats", "many", "'many' is not a whole number"),
    ("seats", "1e3", "is not a whole number"), ("seats", "9" * 5000, "is not a whole number"),
    ("applicants", "-3",
     "Line 2, applicants: '-3' is not a whole number from 0 to 1,000,000. Write one, or leave the cell "
     "empty."),
    ("enrolled", "?", "Line 2, enrolled: '?' is not a whole number"),
    ("provider", "", "Line 2, provider: is empty."), ("provider", " ", "Line 2, provider: is empty."),
    ("program", "", "Line 2, program: is empty."), ("source", "", "Line 2, source: is empty."),
    ("as_of", "", "Line 2, as_of: is empty."),
    ("provider", "a" * 201, "has 201 characters; 200 is the most"),
    ("program", "a" * 201, "has 201 characters; 200 is the most"),
    ("source", "a" * 301, "has 301 characters; 300 is the most"),
    ("program", "a\tb", "holds a line break, a tab"), ("program", "a\u2028b", "holds a line break, a tab"),
    ("program", "a\x1bb", "holds a line break, a tab"), ("program", "a\nb", "a cell holds a line break"),
    ("cip", "", "Line 2, cip: is empty, and so is soc. Write at least one of the two."),
    ("cip", "51", "is not a CIP code such as 51.3801"), ("cip", "51.380", "is not a CIP code"),
    ("cip", "nursing", "is not a CIP code"), ("cip", "51.3809", "is not the code of a program in CIP 2020"),
    ("cip", "51.3809", "nearest: 51.3802, 51.3801"), ("cip", "51.39", "is not the code of a program"),
    ("soc", "29-1142", "is not the code of an occupation (nearest: 29-1141"),
    ("soc", "nurse", "is not a SOC code such as 29-1141. Write one, or leave the cell empty."),
    ("area_code", "99999", "is not a known area"), ("area_code", "Austin", "is not a known area"),
    ("unitid", "22551", "is not six digits such as 225511"),
    ("kind", "degree", "'degree' is not one of credit, non-credit, apprenticeship, other."),
    ("cost_usd", "-5", "is not an amount in US dollars"), ("cost_usd", "1.234,50", "is not an amount"),
    ("cost_usd", "free", "is not an amount"), ("cost_usd", "10000001", "is not an amount"),
    ("length", "a while", "is not a length such as 16 weeks"), ("length", "0 weeks", "is not a length"),
    ("length", "16", "is not a length"), ("length", "2 semesters", "hours, days, weeks, months or years"),
    ("as_of", "1/15/2026", "Line 2, as_of: '1/15/2026' is not a date such as 2026-01-15"),
    ("as_of", "Jan-26", "format the column as text"), ("as_of", "2026", "is not a date"),
    ("as_of", "2026-02-30", "does not exist in the calendar"), ("as_of", "2026-13", "does not exist"),
    ("as_of", "2026-1-5", "is not a date"), ("as_of", "0206-01", "is not between 1990 and 2100"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "text", "words"), REFUSED)
def test_what_a_cell_may_not_hold(column, text, words):
    read_as, said = cell(column, text)
    assert len(said) == 1
    assert words in said[0]
    assert said[0].startswith("Line 2")
    assert read_as is None


BAD_LINES = [
    ("ACC,Other,51.3801,29-1141,-3,dean,2026-01\n", "Line 3, seats: '-3'"),
    ("ACC,Other,51.3801,29-1141,3\n", "Line 3: the row has 5 cells; the header has 7."),
    ("ACC,Other,51.3801,29-1141,3,dean,2026-01,x\n", "Line 3: the row has 8 cells; the header has 7."),
    ('"ACC,Other,51.3801,29-1141,3,dean,2026-01\n', "Line 3: a quotation mark"),
    (f'"{"x" * 200_000}\n', "Line 3: "),
    (f"{'x' * 200_000}\n", "Line 3: the row has 1 cells"),
    (b"\x81\x8d,Other,51.3801,29-1141,3,dean,2026-01\n", "Line 3: the line is not text."),
    (
        GOOD,
        "Line 3: the same provider, program, area and date as line 2, which is kept. Correct one of the two, "
        "or remove it.",
    ),
    (" acc ,NURSING,,47-2111,9,other,2026-01-15\n", "Line 3: the same provider, program"),
]


@pytest.mark.parametrize(("line", "words"), BAD_LINES)
def test_a_bad_line_is_named_and_the_good_ones_beside_it_are_kept(line, words):
    raw = line if isinstance(line, bytes) else line.encode()
    after = GOOD.replace("Nursing", "Later").encode()
    found = read((HEADER + GOOD).encode() + raw + after)
    assert len(found.problems) == 1
    assert found.problems[0].line_text().startswith(words)
    assert found.rows.line.tolist() == [2, 4]
    assert found.rows.program.tolist() == ["Nursing", "Later"]


def test_every_problem_of_a_line_is_named():
    found = read(HEADER + ",,,,x,,2026-13\n")
    assert [problem.column for problem in found.problems] == [
        "provider", "program", "seats", "source", "as_of", "cip"
    ]  # fmt: skip
    assert len(found.rows) == 0


def test_a_cell_over_two_lines_is_one_problem_and_no_row():
    """The second line of the cell looks like a row of its own; it is none."""
    text = HEADER + GOOD + '"A\nB,Trap,51.3801,29-1141,5,dean,2026-01\nC",P,,29-1141,3,dean,2026-01\n'
    found = read(text + GOOD.replace("Nursing", "Later"))
    assert messages(found) == ["Line 3: a cell holds a line break. Write it on one line."]
    assert found.rows.line.tolist() == [2, 6]


def test_another_area_or_date_is_another_row():
    text = "provider,program,soc,area_code,seats,source,as_of\n"
    for area, as_of in (("", "2026-01"), ("26420", "2026-01"), ("", "2026-02")):
        text += f"P,Q,29-1141,{area},5,s,{as_of}\n"
    assert len(read(text).rows) == 3
    found = read(text + "P,Q,29-1141,12420,5,s,2026-01\n")  # the default area, written out
    assert [problem.line for problem in found.problems] == [5]


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b"\xef\xbb\xbf" + b,
        lambda b: b.replace(b"\n", b"\r\n"),
        lambda b: b.replace(b"\n", b"\r"),
        lambda b: b.replace(b"\n", b"\n\n"),
        lambda b: b.rstrip(b"\n"),
        lambda b: b.replace(b",", b";"),
        lambda b: b.replace(b",", b"\t"),
        lambda b: b"sep=,\r\n" + b,
        lambda b: b"# our own list, really\n\n" + b,
        lambda b: b + b"# checked by Ann,,,,,,\n,,,,,,\n",
    ],
)
def test_ways_of_saving_do_not_matter(change):
    text = (HEADER + GOOD.replace("ACC", "Collège") + GOOD.replace("ACC", "Two")).encode()
    found = read(change(text))
    assert messages(found) == []
    assert found.rows.provider.tolist() == ["Collège", "Two"]
    assert found.rows.seats.tolist() == [40, 40]


def test_windows_text_is_read_line_by_line():
    one = GOOD.replace("ACC", "Collège “A”").encode("cp1252")
    two = GOOD.replace("ACC", "Žižkov 日本").encode()
    found = read(HEADER.encode() + one + two)
    assert found.rows.provider.tolist() == ["Collège “A”", "Žižkov 日本"]


@pytest.mark.parametrize(
    ("header", "line", "words"),
    [
        ("provider,program,soc,seats,source", 1, "the header lacks as_of."),
        ("program,seats", 1, "the header lacks provider, source, as_of, cip or soc."),
        ("a,b,c", 1, "the header lacks provider"),
        ("", 1, "there is no header. Write: provider,program,kind"),
    ],
)
def test_a_header_that_lacks_something_is_one_problem_and_no_rows(header, line, words):
    found = read(f"{header}\n" + (GOOD if header else ""))
    assert found.problems[0].line_text().startswith(f"Line {line}: {words}")
    assert {problem.line for problem in found.problems} == {line}
    assert len(found.rows) == 0


def test_unknown_and_doubled_columns_are_named_and_the_rest_is_read():
    text = "provider,program,colour,soc,seats,source,as_of,seats,\nP,Q,red,29-1141,5,s,2026-01,9,note\n"
    found = read(text)
    assert [m[:45] for m in messages(found)] == [
        "Line 1: 'colour' is not a column that is read",
        "Line 1, seats: stands twice in the header; th",
        "Line 1: column 9 has no heading; its cells ar",
    ]
    assert found.rows.seats.tolist() == [5]
    assert read(text.replace(",note", ",")).problems == found.problems[:2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04\0\0", "The file: the file is not CSV text."),
        ((HEADER + GOOD).encode("utf-16"), "The file: the file is not CSV text."),
        (b"x" * 10_000_001, "The file: the file is larger than 10 MB."),
    ],
)
def test_what_is_no_csv_is_one_problem(content, words):
    found = read(content)
    assert [m.startswith(words) for m in messages(found)] == [True]
    assert len(found.rows) == 0
    assert found.stamp == hashlib.sha256(content).hexdigest()


def test_a_folder_in_the_files_place_is_a_problem(tmp_path):
    found = load_capacity(tmp_path, [], [], [], "US")
    assert messages(found)[0].startswith("The file: it cannot be read")


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda t: (HEADER + t).encode())))
def test_nothing_breaks_it_and_messages_stay_on_one_line(content):
    found = read(content)
    assert all(text.isprintable() for text in messages(found))
    assert found.rows.line.is_unique


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from([GOOD, *(str(line) for line, _ in BAD_LINES[:3]), "\n", ",,,,,,\n"]), max_size=12
    )
)
def test_every_line_is_a_row_a_problem_or_blank(lines):
    """Nothing is lost in silence."""
    found = read(HEADER + "".join(lines))
    written = [number for number, line in enumerate(lines, start=2) if line.strip(",\n")]
    assert sorted([*found.rows.line, *(problem.line for problem in found.problems)]) == written


def test_the_template_is_the_header_alone_and_lies_in_the_repository():
    assert template() == (ROOT / "data" / "local" / "training_capacity_template.csv").read_bytes()
    assert template().startswith(b"\xef\xbb\xbfprovider,program,kind,cip,soc,area_code,")
    assert template().count(b"\n") == 1
    found = read(template())
    assert (len(found.rows), found.problems) == (0, ())


@pytest.mark.parametrize("column", COLUMNS, ids=lambda c: c.id)
def test_the_document_tells_every_column(column):
    row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| {column.id}"))
    meaning = f"{column.meaning} Required." if column.required else column.meaning
    assert f"| {meaning} | {column.accepted}" in row


def test_the_documents_example_is_read():
    block = DOCUMENT.split("```csv\n")[1].split("```")[0]
    assert "EXAMPLE" in block
    found = read(block)
    assert (messages(found), len(found.rows)) == ([], 1)


def test_a_problem_of_the_whole_row_or_file():
    assert Problem(3, "", "", "x").line_text() == "Line 3: x"
    assert Problem(0, "", "", "x").line_text() == "The file: x"
    assert Problem(3, "seats", "a\nb" + "c" * 99, "x").line_text() == f"Line 3, seats: 'a b{'c' * 57}…' x"


def test_where_the_files_lie(monkeypatch, tmp_path):
    monkeypatch.delenv("LMI_CAPACITY", raising=False)
    monkeypatch.delenv("LMI_WORKFORCE", raising=False)
    places = here(tmp_path)
    assert places.capacity == tmp_path / "data" / "local" / "training_capacity.csv"
    assert places.workforce == tmp_path / "data" / "local" / "workforce"
    monkeypatch.setenv("LMI_CAPACITY", str(tmp_path / "c.csv"))
    monkeypatch.setenv("LMI_WORKFORCE", str(tmp_path / "w"))
    assert (here().capacity, here().workforce) == (tmp_path / "c.csv", tmp_path / "w")
    old_call = Places(tmp_path, tmp_path, tmp_path, tmp_path, tmp_path, tmp_path)
    assert old_call.capacity == ROOT / "data" / "local" / "training_capacity.csv"
    assert KINDS == ("credit", "non-credit", "apprenticeship", "other")
