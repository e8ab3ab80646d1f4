"""hiring_events.csv: what people write is read, and every line that is no use is named."""

import csv
import hashlib
import io
import random
from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.domain.event_columns import COLUMNS, LAYOUT
from lmi.domain.events import EVENT_TYPES
from lmi.domain.plain_text import neutralise
from lmi.places import here
from lmi.sources.event_cells import RowReader
from lmi.sources.event_values import PLAIN
from lmi.sources.events_file import EventLog, load_events, parse, stamp_of, template
from lmi.sources.staff_sheet import NotASheet, read_sheet
from tests.sources.small_events import KNOWN, ROW

HEADER = "employer,announced,event_type,jobs,city,status,source_name\n"
GOOD = '"Acme, Inc.",2025-07-09,layoff,120,Austin,announced,TWC\n'


def read(text: str | bytes) -> EventLog:
    return parse(text if isinstance(text, bytes) else text.encode(), KNOWN)


def messages(found: EventLog) -> list[str]:
    return [problem.line_text() for problem in found.problems]


def file_of(*rows: dict[str, str]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def only(**cells: str) -> pd.Series:
    """The one row of a file that has a good event with these cells."""
    found = read(file_of(ROW | cells))
    assert messages(found) == []
    return found.rows.iloc[0]


def refused(**cells: str) -> str:
    """The one problem of such a row."""
    found = read(file_of(ROW | cells))
    assert len(found.rows) == 0
    assert len(found.problems) == 1, messages(found)
    return messages(found)[0]


def test_a_good_row_and_its_types():
    found = read(file_of(ROW | {"effective": "9/1/2025", "socs": "51-9141=40;499041=12", "naics": "336110"}))
    assert messages(found) == []
    row = found.rows.iloc[0].to_dict()
    mark = row.pop("mark")
    assert len(mark) == 16
    assert {name: value for name, value in row.items() if not pd.isna(value)} == {
        "line": 2, "event_id": "2025-07-09-acme-inc-austin", "announced": datetime(2025, 7, 9),  # noqa: DTZ001
        "effective": datetime(2025, 9, 1), "employer": "Acme, Inc.", "event_type": "layoff", "jobs": 120,  # noqa: DTZ001
        "area_code": "12420", "city": "Austin", "naics": "336110", "socs": "51-9141=40; 49-9041=12",
        "status": "announced", "confidence": "medium", "source_name": "Texas Workforce Commission",
        "sign": -1, "happens": datetime(2025, 9, 1), "state_fips": "48",  # noqa: DTZ001
    }  # fmt: skip
    kinds = {name: str(kind) for name, kind in found.rows.dtypes.items()}
    assert list(kinds) == [
        "line", *(c.id for c in COLUMNS), "sign", "happens", "county_fips", "state_fips", "mark"
    ]  # fmt: skip
    days = {"announced", "effective", "happens"}
    assert {kinds.pop(name) for name in days} == {"datetime64[s]"}
    assert (kinds.pop("line"), kinds.pop("jobs"), kinds.pop("sign")) == ("Int32", "Int32", "Int8")
    assert set(kinds.values()) == {"str"}
    for empty in (read(""), read(template()), read("a,b\n1,2\n")):
        assert empty.rows.dtypes.equals(found.rows.dtypes)
        assert len(empty.rows) == len(empty.missing) == 0


def test_what_is_not_told_is_null_and_never_zero():
    row = only(jobs="", city="", area_code="48")
    told = {
        "jobs",
        "effective",
        "county",
        "city",
        "naics",
        "socs",
        "source_url",
        "notes",
        "logged_by",
        "logged_at",
    }
    assert row[[*told, "county_fips"]].isna().all()
    assert row.happens == row.announced


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        ("announced", {
            "2025-07-09": "2025-07-09", "2025-7-9": "2025-07-09", "7/9/2025": "2025-07-09",
            "07/09/2025": "2025-07-09", "7/9/25": "2025-07-09", "1/2/88": "1988-01-02",
            "9-Jul-2025": "2025-07-09", "9-Jul-25": "2025-07-09", "09 July 2025": "2025-07-09",
            "July 9, 2025": "2025-07-09", "Sept. 9, 2025": "2025-09-09", "JUL 9 2025": "2025-07-09",
            "2025-07": "2025-07-01", "July 2025": "2025-07-01", "Jul-2025": "2025-07-01",
            "Jul-25": "2025-07-01", "Sept-88": "1988-09-01",
            "2025/07/09": "2025-07-09", "2025-07-09 00:00:00": "2025-07-09",
            "2025-07-09T00:00:00Z": "2025-07-09", "2025-07-09 00:00:00+00:00": "2025-07-09",
            "7/9/2025 0:00": "2025-07-09", "7/9/2025 12:00:00 AM": "2025-07-09",
            "7/9/25 12:00 am": "2025-07-09", "2/29/2024": "2024-02-29", "12/31/2060": "2060-12-31",
        }),
        ("jobs", {"1": 1, "1,200": 1200, "200000": 200_000, " 7 ": 7, "1200.0": 1200, "1,200.00": 1200,
                  "1200.000": 1200, "1,200.000": 1200, "60.0000": 60, "1.0000": 1}),
        ("event_type", {
            **{name: name for name in EVENT_TYPES}, **{label: name for name, label in EVENT_TYPES.items()},
            "RELOCATION IN": "relocation_in", "relocation-out": "relocation_out", "lay-off": "layoff",
            "Lay off": "layoff",
        }),
        ("status", {"Rumoured": "rumored", "canceled": "cancelled", "COMPLETED": "completed"}),
        ("confidence", {"": "medium", "High": "high", "low": "low"}),
        ("naics", {"336110": "336110", "31-33": "31-33", "31–33": "31-33", "32": "31-33", "11": "11",
                   "11.0": "11", "336000": "336", "330000": "31-33", "336110.0": "336110"}),
        ("socs", {
            "51-9141": "51-9141", "51-9141; 49-9041": "51-9141; 49-9041",
            "519141,49.9041": "51-9141; 49-9041",
            "51-9141=1; 49-9041=119;": "51-9141=1; 49-9041=119",
            "31-1121": "31-1120", "31-1121; 311122": "31-1120",
            "31-1121=40; 49-9041=5; 31-1122=2": "31-1120=42; 49-9041=5",
            "Nov-22": "11-2022", "Nov-3031": "11-3031", "11-3031;": "11-3031",
        }),
        ("source_url", {"https://twc.texas.gov/a?b=(c)#d": "https://twc.texas.gov/a?b=(c)#d",
                        "HTTP://x": "HTTP://x"}),
        ("event_id", {"2025-a_b.C": "2025-a_b.C", "a" * 64: "a" * 64}),
        ("logged_at", {"2026-01-15T14:30:05Z": "2026-01-15T14:30:05Z",
                       "1/15/2026 14:30": "2026-01-15T14:30:00Z",
                       "1/15/2026 9:05": "2026-01-15T09:05:00Z", "2026-01-15": "2026-01-15"}),
        ("employer", {"'=1+1": "=1+1", "=1+1": "=1+1", "''-x": "'-x", "#1 Steel": "#1 Steel",
                      "é" * 200: "é" * 200}),
        ("notes", {"שלום עולם": "שלום עולם", "👩‍🏭 shift": "👩‍🏭 shift", "<b>*a*</b>": "<b>*a*</b>",
                   "n" * 2000: "n" * 2000, "+49 512": "+49 512", "@x": "@x"}),
    ],
)  # fmt: skip
def test_what_a_cell_may_hold(column, texts):
    for text, value in texts.items():
        found = only(**{column: text})[column]
        assert (found.strftime("%Y-%m-%d") if column == "announced" else found) == value, text


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        ("announced", {
            "": "announced: is empty. Write a date of 1988 to 2060 such as 2025-07-09, 7/9/2025 (month",
            "2025-02-30": "does not exist in the calendar", "23/7/2025": "calendar (the month comes first)",
            "45847": "is a spreadsheet's number of a day. Format the column as a date there",
            "1987-12-31": "is not between 1988 and 2060", "2108-01-01": "is not between 1988 and 2060",
            "Jul-70": "is not between 1988 and 2060", "2025": "is not a date", "soon": "is not a date",
            "July 26": "is not a date", "Nov 15": "is not a date", "Sep. 26": "is not a date",
            "9-Foo-2025": "is not a date", "٢٠٢٥-٠٧-٠٩": "is not a date", "2025-07-09 14:00": "is not a date",
            "7/9/2025 12:00": "is not a date", "7/9/2025 12:00:00 PM": "is not a date",
        }),
        ("jobs", {
            "-5": "Line 2, jobs: '-5' is not a whole number from 1 to 200,000 (the type of the event gives "
                  "the sign). Write one, or leave the cell empty.",
            "0": "is not a whole number from 1", "200001": "is not a whole number", "12.5": "is not a whole",
            "0.0": "is not a whole", "1.200": "Write 1200 or 1,200", "2.000": "Write 2000 or 2,000",
            "60.000": "Write 60000 or 60,000", "0.000": "is not a whole number", "12.": "is not a whole",
            "1" + ".000" * 2_000: "is not a whole", "1" + ",000" * 2_000: "is not a whole",
            "1e3": "is not a whole", "٣": "is not a whole", "many": "is not a whole",
        }),
        ("event_type", {"": "event_type: is empty. Write one of expansion,",
                        "hiring": "'hiring' is not one of"}),
        ("status", {"": "status: is empty", "maybe": "is not one of rumored, announced"}),
        ("confidence", {"50%": "is not one of high, medium, low"}),
        ("naics", {"336190": "is not the code of an industry", "3360": "is not the code of an industry",
                   "990000": "is not the code of an industry",
                   "336111": "is not the code of an industry in NAICS 2022 (nearest: 336110, 336120, 336)",
                   "3": "is not a NAICS code", "cars": "is not a NAICS code"}),
        ("socs", {"51-9142": "names 51-9142, which is not the code of an occupation in OEWS (nearest: 51-91",
                  "31-1121; 31-1121": "names 31-1120 twice (31-1121 is part of it)",
                  "31-1120=9; 31-1121=1": "names 31-1120 twice (31-1121 is part of it)",
                  "31-1121=1; 31-1120=9": "names 31-1120 twice", "31-1121=40; 31-1122": "of some occupations",
                  "31-1121=100; 31-1122=21": "tells 121 jobs, more than the event's 120",
                  "Nov-31": "took for a date: 11-3031 or 11-9031. Write the code with a semicolon behind it",
                  "Jul-26": "is not SOC codes", "Nov 22": "is not SOC codes",
                  "51-9141; 51-9141": "names 51-9141 twice",
                  "51-9141=40; 49-9041": "of some occupations only",
                  "51-9141=0": "not a whole number from 1", "welder": "is not SOC codes",
                  "51-9141=100; 49-9041=21": "tells 121 jobs, more than the event's 120"}),
        ("source_url", {"javascript:alert(1)": "is not a web address", "ftp://x": "is not a web address",
                        "https://": "is not a web address", "https://a b": "is not a web address",
                        'https://a"onload': "is not a web address",
                        "https://x/" + "a" * 2000: "has 2010 characters"}),
        ("event_id", {"a b": "is not a name of 1 to 64 letters", "../x": "is not a name",
                      "a" * 65: "is not a name"}),
        ("employer", {"": "employer: is empty", "a" * 201: "has 201 characters; 200 is the most",
                      "a\tb": "a tab"}),
        ("notes", {"a\u2028b": "holds a line break", "a\x1bb": "control character",
                   "n" * 2001: "2000 is the most"}),
        ("source_name", {"": "source_name: is empty"}), ("logged_at", {"noon": "is not a date or a time"}),
    ],
)  # fmt: skip
def test_what_a_cell_may_not_hold(column, texts):
    for text, words in texts.items():
        said = refused(**{column: text})
        assert words in said, said
        assert said.startswith(f"Line 2, {column}: ")


def test_jobs_of_occupations_need_the_jobs_of_the_event():
    assert "tells 40 jobs, and jobs is empty" in refused(jobs="", socs="51-9141=40")
    assert only(jobs="", socs="51-9141").socs == "51-9141"


@pytest.mark.parametrize(
    ("area", "county", "city", "place"),
    [
        ("", "", "Austin", ("12420", None, "Austin", None, "48")),
        ("", "", "round rock, tx", ("12420", None, "Round Rock", None, "48")),
        ("", "Travis", "", ("12420", "Travis County", None, "48453", "48")),
        ("", "travis county, TX", "", ("12420", "Travis County", None, "48453", "48")),
        ("", "1001", "", ("01", "Autauga County", None, "01001", "01")),
        ("12420", "", "", ("12420", None, None, None, "48")),
        ("TX", "", "", ("48", None, None, None, "48")),
        ("1", "", "", ("01", None, None, None, "01")),
        ("1.0", "", "", ("01", None, None, None, "01")),
        ("12420.0", "48453.0", "", ("12420", "Travis County", None, "48453", "48")),
        ("100001", "", "", ("0100001", None, None, None, "01")),
        ("us", "", "", ("US", None, None, None, None)),
        ("US", "", "Dallas", ("19100", None, "Dallas", None, "48")),
        ("48", "Travis", "", ("12420", "Travis County", None, "48453", "48")),
        ("48", "", "Brenham", ("48", None, "Brenham", None, "48")),
        ("48", "Washington", "", ("48", "Washington County", None, "48477", "48")),
        ("4800004", "Washington", "", ("4800004", "Washington County", None, "48477", "48")),
        ("", "Washington", "Brenham", ("48", "Washington County", "Brenham", "48477", "48")),
        ("28140", "", "", ("28140", None, None, None, "29")),  # two states: the first
        ("28140", "", "Kansas City", ("28140", None, "Kansas City", None, "29")),
        ("28140", "", "Kansas City, KS", ("28140", None, "Kansas City", None, "20")),
        ("28140", "Jackson", "Kansas City", ("28140", "Jackson County", "Kansas City", "29095", "29")),
        ("12420", "", "Nowhere Creek", ("12420", None, "Nowhere Creek", None, "48")),
        ("", "Travis", "Nowhere Creek, TX", ("12420", "Travis County", "Nowhere Creek", "48453", "48")),
        ("19100", "", "Salado", ("19100", None, "Salado", None, "48")),  # four tenths of it lie elsewhere
        ("19100", "Dallas", "Round Rock", ("19100", "Dallas County", "Round Rock", "48113", "48")),
    ],
)
def test_where_an_event_is(area, county, city, place):
    row = only(area_code=area, county=county, city=city)
    found = row[["area_code", "county", "city", "county_fips", "state_fips"]]
    assert tuple(None if pd.isna(value) else value for value in found) == place


@pytest.mark.parametrize(
    ("area", "county", "city", "words"),
    [
        ("", "", "", "area_code: is empty, and so are county and city. Write at least one of the three."),
        ("12421", "", "", "area_code: '12421' is not a known area (nearest: 12420)"),
        ("", "Travers", "", "county: 'Travers' is not a known county"),
        ("", "99999", "", "county: '99999' is not a known county"),
        ("", "Washington", "", "county: 'Washington' may be Washington County, KS or Washington County, TX. "
         "Write the state too, such as 'Washington County, KS'."),
        ("19100", "Travis", "", "county: 'Travis' lies in 12420, not in 19100 (area_code). Correct one of "
         "the two."),
        ("20", "Travis County", "", "county: 'Travis County' lies in 12420, not in 20 (area_code)"),
        ("4800004", "Travis", "", "county: 'Travis' lies in 12420, not in 4800004 (area_code)"),
        ("", "", "Springfield", "city: 'Springfield' may be Springfield, IL or Springfield, MO. Write the "
         "state"),
        ("", "", "Nowhere Creek", "city: 'Nowhere Creek' is not a known city. Correct it, or write the "
         "county"),
        ("19100", "", "Round Rock", "city: 'Round Rock' lies in 12420, not in 19100 (area_code)."),
        ("12420", "", "Beaumont, KS", "city: 'Beaumont, KS' lies in KS, and 12420 (area_code) does not."),
        ("", "Travis", "Beaumont, KS", "city: 'Beaumont, KS' lies in KS, and the county does not."),
        ("", "Travis\tCounty", "", "county: 'Travis County' holds a line break, a tab"),
    ],
)  # fmt: skip
def test_where_no_event_can_be(area, county, city, words):
    assert words in refused(area_code=area, county=county, city=city)


def test_every_problem_of_a_line_is_named_and_the_rest_loads():
    found = read(HEADER + GOOD + "X,soon,hiring,-1,Nowhere Creek,,\n" + GOOD.replace("Acme", "Bolt"))
    assert [(p.line, p.column) for p in found.problems] == [
        (3, name) for name in ("announced", "event_type", "jobs", "status", "source_name", "city")
    ]
    assert found.rows.line.tolist() == [2, 4]


BAD_LINES = {
    "X,2025-07-09,layoff\n": "Line 3: the row has 3 cells; the header has 7.",
    GOOD.replace("\n", ",x\n"): "Line 3: the row has 8 cells; the header has 7.",
    '"X,2025-07-09,layoff,1,Austin,announced,TWC\n': "Line 3: a quotation mark",
    f'"{"x" * 10_000_000}",2025-07-09,layoff,1,Austin,announced,TWC\n': "Line 3: the row has 1 cells",
    f"{'x' * 10_000_000}\n": "Line 3: the row has 1 cells",
    GOOD.replace("TWC", '"TWC'): "Line 3: a quotation mark",
    HEADER: "Line 3, announced: 'announced' is not a date",
}


@pytest.mark.parametrize(
    "line", BAD_LINES, ids=["short", "long", "quote", "10 MB quoted", "10 MB", "last quote", "header"]
)
def test_a_bad_line_is_named_and_the_good_ones_beside_it_are_kept(line):
    found = read(HEADER + GOOD + line + GOOD.replace("Acme", "Bolt"))
    assert {problem.line for problem in found.problems} == {3}
    assert messages(found)[0].startswith(BAD_LINES[line])
    assert found.rows.line.tolist() == [2, 4]
    last = read(HEADER + GOOD + line.rstrip("\n"))
    assert messages(last)[0].startswith(BAD_LINES[line])
    assert last.rows.line.tolist() == [2]


def test_a_line_that_is_no_text_and_a_cell_over_two_lines():
    found = read(
        (HEADER + GOOD).encode() + b"\x81\x8d,x\n" + b'"A\nB",2025-07-09,layoff,1,Austin,announced,T\n'
    )
    assert messages(found) == [
        "Line 3: the line is not text. Save the file as CSV UTF-8.",
        "Line 4: a cell holds a line break. Write it on one line.",
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b"\xef\xbb\xbf" + b,
        lambda b: b.decode().encode("cp1252"),
        lambda b: b.replace(b"\n", b"\r\n"),
        lambda b: b.replace(b"\n", b"\r"),
        lambda b: b.replace(b"\n", b"\n\n"),
        lambda b: b.rstrip(b"\n"),
        lambda b: b.replace(b", Inc", b"^").replace(b",", b";").replace(b"^", b", Inc"),
        lambda b: b.replace(b", Inc", b"^").replace(b",", b"\t").replace(b"^", b", Inc"),
        lambda b: b"sep=,\r\n" + b,
        lambda b: b"# our own list\n\n" + b + b"# checked by Ann,,,,,,\n,,,,,,\n",
    ],
)
def test_ways_of_saving_do_not_matter(change):
    found = read(change((HEADER + GOOD + GOOD.replace("Acme", "Café")).encode()))
    assert messages(found) == []
    assert found.rows.employer.tolist() == ["Acme, Inc.", "Café, Inc."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ((HEADER + GOOD).encode("utf-16"), "The file: the file is not CSV text. Save it as CSV UTF-8."),
        ((HEADER + GOOD).encode() + b"\0", "The file: the file is not CSV text."),
        (b"PK\x03\x04\0\0", "The file: the file is not CSV text."),
        (b"", "Line 1: there is no header. Write: event_id,announced,"),
        (b"employer,announced\n",
         "Line 1: the header lacks event_type, status, source_name, area_code or county or city."),
        ((HEADER + GOOD).replace(",", "^").encode(), "Line 1: the header lacks announced, employer"),
    ],
)  # fmt: skip
def test_what_is_no_record_is_said_and_has_no_rows(content, words):
    found = read(content)
    assert messages(found)[0].startswith(words)
    assert {p.line for p in found.problems} <= {0, 1}
    assert len(found.rows) == 0
    assert found.stamp == hashlib.sha256(content).hexdigest()


def test_a_larger_file_than_anybody_writes_is_refused_whole():
    assert LAYOUT.most_bytes == 200_000_000
    with pytest.raises(NotASheet, match="larger than 1 MB"):
        read_sheet(b"x" * 1_000_001, replace(LAYOUT, most_bytes=1_000_000))


def test_a_missing_file_is_no_problem_and_a_folder_in_its_place_is_one(tmp_path):
    found = load_events(tmp_path / "none.csv", tmp_path / "none.jsonl", KNOWN)
    assert (len(found.rows), found.problems, found.stamp, len(found.missing)) == (0, (), "", 0)
    assert list(tmp_path.iterdir()) == []
    (said,) = messages(load_events(tmp_path, tmp_path / "j", KNOWN))
    assert said.startswith(f"The file: {tmp_path.name} cannot be read (Is a directory).")


def test_of_two_events_of_one_name_the_first_is_kept():
    rows = [ROW | {"event_id": "a"}, ROW | {"event_id": "b"}, ROW | {"event_id": "a", "jobs": "5"}]
    found = read(file_of(*rows))
    assert found.rows.event_id.tolist() == ["a", "b"]
    assert messages(found)[0].startswith("Line 4, event_id: 'a' stands on line 2 too, which is kept.")
    mended = read(file_of(rows[0] | {"jobs": "-5"}, *rows[1:]))  # a bad row is no event
    assert mended.rows.line.tolist() == [3, 4]


def test_a_name_is_made_of_the_row_and_does_not_depend_on_its_place():
    rows = [
        ROW | {"jobs": "1"}, ROW | {"jobs": "2"}, ROW | {"city": "", "county": "Travis County, TX"},
        ROW | {"employer": "Ñandú & Sons (東京)" + "x" * 90, "city": "Round Rock, TX"},
        ROW | {"employer": "東京"},
        ROW | {"event_id": "2025-07-09-acme-inc-austin", "jobs": "3"},
    ]  # fmt: skip
    rows = [{"event_id": "", "county": "", **row} for row in rows]
    found = read(file_of(*rows)).rows
    assert found.event_id.tolist() == [
        "2025-07-09-acme-inc-austin-2", "2025-07-09-acme-inc-austin-3", "2025-07-09-acme-inc-travis-county",
        "2025-07-09-nandu-sons-xxxxxxxxxxxxxxxxxxx-round-rock", "2025-07-09-event-austin",
        "2025-07-09-acme-inc-austin",
    ]  # fmt: skip
    assert found.event_id.str.len().max() <= 64
    other = read(file_of(*reversed(rows))).rows
    assert dict(zip(other.event_id, other.jobs, strict=True)) == dict(
        zip(found.event_id, found.jobs, strict=True)
    )
    twice = read(file_of(rows[0], rows[0]))
    assert [p.line for p in twice.problems] == [3]


def test_another_header_order_and_own_columns():
    header = "Source Name;colour;STATUS;Event type;Announced;city;employer\n"
    found = read(header + "TWC;red;Announced;Lay-off;2025-07;Austin;A\n")
    assert messages(found) == []
    assert found.rows.employer.tolist() == ["A"]
    assert messages(read("job,state,My effective date," + HEADER + "1,TX,x," + GOOD)) == []
    assert messages(read(HEADER.replace("jobs", "job") + GOOD)) == [
        "Line 1: 'job' is not a column that is read. Did you mean jobs?"
    ]


LINES = [GOOD, GOOD.replace("120", "-3"), "X,2025\n", '"open,\n', "\n", ",,,,,,\n", "# note\n",
         'a"b,"c,2025-07-09,layoff,1,Austin,announced\n', GOOD.replace("Acme", '""Q""'),
         '"A\nB",,,,,,\n']  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_every_line_is_a_row_a_problem_or_blank(lines):
    """Nothing is lost in silence, and no line is read otherwise because of its neighbors above."""
    text = HEADER + "".join(lines)
    found = read(text)
    told = {*found.rows.line, *(problem.line for problem in found.problems)}
    for number, line in enumerate(text.split("\n")[1:], start=2):
        blank = not line.strip(",") or line.startswith("#")
        assert blank or number in told or number - 1 in told
        if line == GOOD.rstrip("\n") and number in found.rows.line.tolist():
            assert found.rows[found.rows.line == number].employer.item() == "Acme, Inc."


@settings(max_examples=50, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda t: (HEADER + GOOD + t).encode())))
def test_nothing_breaks_it_and_messages_stay_on_one_line(content):
    found = read(content)
    assert all(text.isprintable() for text in messages(found))
    assert found.rows.event_id.is_unique


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.lists(st.sampled_from(["1", "2", "-3", "x", ""]), max_size=8))
def test_the_order_of_the_rows_does_not_matter(seed, jobs):
    rows = [ROW | {"jobs": count, "employer": f"E{number // 2}"} for number, count in enumerate(jobs)]
    mixed = random.Random(seed).sample(rows, len(rows))
    one, other = (read(file_of(ROW, *some)) for some in (rows, mixed))
    drop = ["line", "mark"]
    frames = [log.rows.drop(columns=drop).sort_values("event_id", ignore_index=True) for log in (one, other)]
    pd.testing.assert_frame_equal(*frames)
    said = [sorted((p.column, p.value, p.why.split("line")[0]) for p in log.problems) for log in (one, other)]
    assert said[0] == said[1]


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(PLAIN)), st.one_of(st.text(max_size=30), st.from_regex(r"https?://\S{1,9}")))
def test_the_short_way_through_a_cell_is_the_long_one(column, text):
    """Cells that are taken as they are would be the same if they were looked at closely."""
    for cell in (text.strip(), neutralise(text.strip())):
        if PLAIN[column](cell):
            assert RowReader(KNOWN).value(column, cell) == cell


def test_the_template_is_the_header_alone_and_every_column_says_what_it_holds():
    assert template().startswith(
        b"\xef\xbb\xbfevent_id,announced,effective,employer,event_type,jobs,area_code,"
    )
    assert (template().count(b"\n"), messages(read(template()))) == (1, [])
    assert all(column.meaning.endswith(".") and column.accepted for column in COLUMNS)
    assert [c.id for c in COLUMNS if c.required] == [
        "announced", "employer", "event_type", "status", "source_name"
    ]  # fmt: skip


def test_a_stamp_tells_record_and_journal_apart():
    assert len({stamp_of(b"a"), stamp_of(b"a", b"b"), stamp_of(b"ab"), stamp_of(b"b", b"a")}) == 4


def test_where_record_and_journal_lie(monkeypatch, tmp_path):
    for name in ("LMI_EVENTS", "LMI_EVENTS_JOURNAL"):
        monkeypatch.delenv(name, raising=False)
    assert here(tmp_path).events == tmp_path / "hiring_events.csv"
    assert here(tmp_path).events_journal == tmp_path / "data" / "local" / "hiring_events_journal.jsonl"
    monkeypatch.setenv("LMI_EVENTS", str(tmp_path / "e.csv"))
    monkeypatch.setenv("LMI_EVENTS_JOURNAL", str(tmp_path / "j"))
    assert (here().events, here().events_journal) == (tmp_path / "e.csv", tmp_path / "j")
