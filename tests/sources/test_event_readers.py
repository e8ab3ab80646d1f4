"""Files of notices as records: the collected JSON, two states' workbooks, and any table."""

import gzip
import json

import pytest

from lmi.domain.errors import BadFile, BadInput
from lmi.sources.event_columns_map import ColumnMap, propose, read_map
from lmi.sources.event_import import read_any, read_content
from tests.sources.event_nation import EVENTS, event_file, state_file

TABLE = "Company,WARN Date,City,State,Number of Employees\n"
ROW = "Acme,2025-07-09,Austin,TX,12\n"


def table(text: str | bytes, said: str = "", name: str = "list.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return read_content(content, name, read_map(said))


def test_the_collected_json_tells_what_the_log_needs():
    intel = next(n for n in state_file("tx").incoming if n.where == "record 147")
    assert intel.cells == {
        "announced": "2025-07-09", "effective": "2025-07-15", "employer": "Intel Corporation", "jobs": "1100",
        "event_type": "layoff", "status": "announced", "confidence": "medium", "county": "Travis",
        "source_name": "Texas Workforce Commission, WARN notices 2025 (as collected)",
        "source_url": "https://www.twc.texas.gov/sites/default/files/oei/docs/warn-act-listings-2025-twc.xlsx",
    }  # fmt: skip
    assert (intel.state_fips, intel.place, intel.remarks) == ("48", "Austin", ())


def test_closures_are_known_by_their_type_or_notes():
    by_type = next(n for n in state_file("al").incoming if n.employer == "MONARCH WINDOWS & DOORS")
    by_notes = next(n for n in state_file("ak").incoming if "Notice: Store closure." in n.remarks)
    assert (by_type.cells["event_type"], by_notes.cells["event_type"]) == ("closure", "closure")
    assert by_type.cells["source_url"] == "https://www.madeinalabama.com/warn-list/"  # it has no link


def test_a_count_of_zero_is_not_told():
    yellow = next(n for n in state_file("az").incoming if n.where == "record 606")
    assert "jobs" not in yellow.cells
    assert yellow.remarks == ("The list gives 0 as the count; taken as not told.",)


def test_long_names_are_cut_and_kept_in_the_remarks():
    long = [n for n in state_file("ak").incoming if n.cells["employer"].endswith("…")]
    assert len(long) == 2
    assert all(len(n.cells["employer"]) <= 200 for n in long)
    assert all(n.remarks[0].startswith(f"Employer in full: {n.cells['employer'][:-1]}") for n in long)


def test_texas_prints_one_row_for_each_notice():
    file = event_file("tx_warn-act-listings-2023-twc.xlsx")
    assert (file.format, len(file.incoming)) == ("warn_texas", 49)
    first = file.incoming[0]
    assert (first.where, first.cells["employer"], first.cells["jobs"]) == ("row 2", "Walmart #1258", "1047")
    assert (first.cells["announced"], first.cells["effective"]) == ("2023-03-31", "2023-06-02")
    assert first.cells["confidence"] == "high"


def test_california_is_found_by_its_headings_though_they_hold_line_breaks():
    file = event_file("ca_warn_report_fy2022-23.xlsx")
    assert (file.format, len(file.incoming)) == ("warn_california", 1049)
    amgen, second = file.incoming[:2]
    assert [amgen.cells[name] for name in ("employer", "jobs", "event_type", "county", "announced")] == [
        "Amgen", "2", "closure", "Alameda County", "2022-06-15",
    ]  # fmt: skip
    assert amgen.street == "7999 Gateway Blvd #320 Newark CA 94560"
    assert second.cells["employer"] == "Assembled Financial Technology, LLC"


def test_the_name_of_file_and_sheet_do_not_matter(tmp_path, edit_workbook):
    path = tmp_path / "any name"
    path.write_bytes((EVENTS / "tx_warn-act-listings-2023-twc.xlsx").read_bytes())
    edit_workbook(path, {"Sheet1": "Notices 2026", "NOTICE_DATE": "Notice_Date"})
    assert read_any(path).incoming == event_file("tx_warn-act-listings-2023-twc.xlsx").incoming


def test_a_workbook_of_another_form_is_read_as_a_table(tmp_path, edit_workbook):
    path = tmp_path / "tx.xlsx"
    path.write_bytes((EVENTS / "tx_warn-act-listings-2023-twc.xlsx").read_bytes())
    edit_workbook(path, {"JOB_SITE_NAME": "Company", "TOTAL_LAYOFF_NUMBER": "Affected Workers"})
    file = read_any(path)
    assert (file.format, len(file.incoming)) == ("table", 49)
    walmart = file.incoming[0]
    assert walmart.cells["jobs"] == "1047"
    assert walmart.cells["announced"] == "2023-03-31"
    assert (walmart.cells["event_type"], walmart.cells["source_name"]) == ("layoff", "File tx.xlsx")


def test_columns_are_proposed_by_their_headings():
    headings = ["County/Parish", "WARN Date", "Company", "No. Of Employees", "Layoff Date", "Web", "Remarks"]
    assert propose(headings) == {
        "employer": "Company", "announced": "WARN Date", "effective": "Layoff Date",
        "jobs": "No. Of Employees", "county": "County/Parish", "notes": "Remarks",
    }  # fmt: skip
    assert propose(["Business Name", "Notice Date", "# Affected Employees"])["jobs"] == "# Affected Employees"


@pytest.mark.parametrize(
    ("headings", "taken", "others"),
    [
        ("Number of Employees,Number of Employees Affected", "Number of Employees Affected",
         ("Number of Employees",)),
        ("Headcount,Workers,# Laid Off", "# Laid Off", ("Headcount", "Workers")),
        ("Total Employees,No. of Impacted Workers", "No. of Impacted Workers", ("Total Employees",)),
        ("Employees,Layoff Number,New Jobs", "Layoff Number", ("New Jobs", "Employees")),
        ("# of Workers,Layoff Date,Layoff,Loss", "# of Workers", ()),
    ],
)  # fmt: skip
def test_those_who_lose_their_jobs_are_counted_and_not_the_whole_staff(headings, taken, others):
    file = table(f"Company,WARN Date,State,{headings}\nAcme,2025-07-09,TX{',7' * len(headings.split(','))}\n")
    assert (file.columns.headings["jobs"], file.columns.passed_over) == (taken, others)


@pytest.mark.parametrize(
    "jobs", ["Affected Workers", "Employees,Separation Date", "Jobs,Layoff Date", "Workers,Closure"]
)
def test_a_list_that_speaks_of_lay_offs_has_lay_offs_and_that_is_marked_as_assumed(jobs):
    cells = ",7" * len(jobs.split(","))
    file = table(f"Company,Notice Date,State,{jobs}\nAcme,2025-07-09,TX{cells}\n")
    assert file.columns.fixed == {"event_type": "layoff", "status": "announced"}
    assert file.columns.assumed == ("event_type", "status")
    said = table(f"Company,Notice Date,State,{jobs}\nAcme,2025-07-09,TX{cells}\n", "event_type:=closure")
    assert said.columns.assumed == ("status",)


def test_what_people_say_overrules_the_proposal():
    said = 'employer=Parent,event_type:=closure,"jobs=Workers, all",state:=TX'
    file = table('Company,Parent,Date,Town,"Workers, all"\nShop 1,Acme,2025-07-09,Austin,12\n', said)
    (notice,) = file.incoming
    assert (notice.cells["employer"], notice.cells["event_type"], notice.cells["jobs"]) == (
        "Acme",
        "closure",
        "12",
    )
    assert (notice.state_fips, notice.place) == ("48", "Austin")
    assert file.columns.fixed == {"event_type": "closure", "state": "TX", "status": "announced"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("jobs", "no mapping of a column"),
        ("job=Workers", "did you mean jobs"),
        ("jobs=Workers", "has no heading 'Workers' for jobs"),
        ("jobs=Company,jobs:=3", "names jobs twice"),
    ],
)
def test_a_mapping_that_does_not_fit_says_so(said, words):
    with pytest.raises(BadInput, match=words):
        table(TABLE + ROW, said)


@pytest.mark.parametrize(
    "headings",
    ["Date,New jobs", "Notice Date,New Jobs", "WARN Date,Jobs Created", "Notice Date,Number of Jobs",
     "Notice Date,Number of Employees"],
)  # fmt: skip
def test_a_table_that_tells_no_kind_of_event_asks_for_it(headings):
    with pytest.raises(BadInput, match=r"No column is recognised for event_type") as asked:
        table(f"Company,City,{headings}\nAcme,Austin,2025-07-09,12\n")
    assert '--map "event_type:=layoff", or expansion for new jobs' in str(asked.value.next_step)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_do_not_matter(encoding, end):
    text = (
        "List of lay-offs\n\n" + TABLE.replace(",", ";") + ROW.replace(",", ";").replace("Acme", "Café")
    ).replace("\n", end)
    (notice,) = table(text.encode(encoding)).incoming
    assert (notice.where, notice.cells["employer"], notice.cells["jobs"]) == ("line 4", "Café", "12")


def test_rows_that_are_broken_are_named_and_the_rest_is_read():
    huge = "x" * 200_000
    text = (
        TABLE + "Acme,2025-07-09,Austin\n" + 'Beta,2025-07-09,"Austin,TX,12\n' + ROW + "\n,,,,\n"
        + f"{huge},2025-07-09,Austin,TX,12\n" + '"Two\nlines",2025-07-09,Austin,TX,7\n'
        + "'=1+1,2025-07-09,Austin,TX,3\n"
    )  # fmt: skip
    notices = table(text).incoming
    assert [(n.where, n.why.split(";")[0].split(".")[0]) for n in notices] == [
        ("line 2", "it has 3 cells"),
        ("line 3", 'a quotation mark (") is opened and not closed'),
        ("line 4", ""),
        ("line 7", "a cell is longer than 131,072 characters"),
        ("line 8", ""),
        ("line 10", ""),
    ]
    assert [n.cells["employer"] for n in notices if not n.why] == ["Acme", "Two lines", "=1+1"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\0\0\0\1Company,Date\0", "is no text"),
        (b"PK\x03\x04 and no more", "cannot be read as a workbook"),
        (b"one,two\n1,2\n", "no row of headings is recognised"),
        (b'{"rows": []}', "holds no list of notices"),
        (b'[{"employer": ', "cannot be read as JSON"),
        (b'[{"company": "Acme"}]', "lack employer, location"),
    ],
)
def test_what_is_no_list_of_notices_says_so(content, words):
    with pytest.raises(BadFile, match=words):
        read_content(content, "some.file", ColumnMap())


def test_numbers_are_read_as_programs_write_them():
    text = "Company,Date,Workers,County,Industry,cbsa,type\nA,2025-07-09,1200.0,48453.0,62.0,12420.0,layoff\n"
    cells = table(text).incoming[0].cells
    assert [cells[name] for name in ("jobs", "county", "naics", "area_code")] == [
        "1200", "48453", "62", "12420",
    ]  # fmt: skip
    assert "jobs" not in table(text.replace("1200.0", "0.00")).incoming[0].cells


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_json_of_other_programs_is_read_too(encoding):
    content = gzip.decompress((EVENTS / "warn_json" / "nm.json.gz").read_bytes())
    file = read_content(content.decode().encode(encoding), "nm.json", ColumnMap())
    assert file.incoming == state_file("nm").incoming
    with pytest.raises(BadFile, match="cannot be read as JSON"):
        read_content('[{"employer": '.encode(encoding), "nm.json", ColumnMap())


def test_odd_records_of_json_are_no_reason_to_stop():
    good = {"employer": {"name": " Acme_x000D_\tInc "}, "location": None, "warn_date": "2025-07-09",
            "layoff_date": None, "impacted": 3.0}  # fmt: skip
    file = read_content(json.dumps([good, 7, {**good, "employer": None}]).encode(), "x", ColumnMap())
    assert [n.cells.get("employer", "") for n in file.incoming] == ["Acme Inc", "", ""]
    assert [bool(n.why) for n in file.incoming] == [False, True, False]
    assert file.incoming[0].cells["jobs"] == "3"


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadFile, match=r"gone.csv cannot be read"):
        read_any(tmp_path / "gone.csv")


@pytest.mark.parametrize(
    ("kind", "status", "notes", "read", "doubtful"),
    [
        ("Layoff - RESCINDED", "", "", "cancelled", ""),
        ("Layoff Rescinded", "Announced", "", "cancelled", ""),
        ("Closure (withdrawn)", "", "", "cancelled", ""),
        ("Layoff, canceled", "Canceled", "", "cancelled", ""),
        ("Rescinded", "", "", "cancelled", ""),
        ("WARN - Rescission", "announced", "", "cancelled", ""),
        ("Layoff", "Withdrawn", "", "cancelled", ""),
        ("Layoff, rescinded", "confirmed", "", "confirmed", "its type is 'Layoff, rescinded' and its status"),
        ("Layoff", "announced", "Rescinded on 9/1", "announced", "its notes say 'Rescinded'."),
        ("Layoff", "announced", "A contract was cancelled", "announced", ""),
        ("WARN notice: mass layoff has been rescinded", "", "", "cancelled", ""),
        ("Layoff due to contract cancellation", "announced", "", "announced", "its type 'Layoff due to"),
        ("Closure - funding withdrawn", "announced", "", "announced", "its type 'Closure - funding"),
        ("Layoff - not rescinded", "announced", "", "announced", "its type 'Layoff - not rescinded' may"),
    ],
)  # fmt: skip
def test_a_notice_that_no_longer_holds_is_cancelled_or_doubtful(kind, status, notes, read, doubtful):
    row = f'Acme,2025-07-09,Austin,TX,12,"{kind}",{status},{notes}\n'
    (notice,) = table(TABLE.replace("\n", ",Type,Status,Notes\n") + row).incoming
    assert (notice.cells.get("event_type"), notice.cells["status"]) == (
        "closure" if "Closure" in kind else "layoff", read,
    )  # fmt: skip
    assert notice.rescinded.startswith(doubtful)
    assert bool(notice.rescinded) == bool(doubtful)


@pytest.mark.parametrize(
    ("date", "kind"),
    [("WARN Date", "Expansion cancelled"), ("WARN Date", "Postponed"), ("Date", "Rescinded")],
)
def test_a_cancelled_event_of_no_told_kind_is_a_lay_off_only_in_a_list_of_them(date, kind):
    file = table(f"Company,{date},City,State,Type\nAcme,2025-07-09,Austin,TX,{kind}\n")
    assert file.incoming[0].cells["event_type"] == kind


def test_collected_notices_that_no_longer_hold_are_cancelled_or_doubtful():
    record = {
        "employer": {"name": "Acme"}, "location": {"state": "TX"}, "warn_date": "2025-07-09",
        "layoff_date": None, "impacted": 7, "type": "Layoff rescinded", "notes": None,
    }  # fmt: skip
    noted = {**record, "type": "Closure", "notes": "Rescinded in part"}
    first, second = table(json.dumps([record, noted])).incoming
    assert (first.cells["status"], first.rescinded) == ("cancelled", "")
    assert (second.cells["status"], second.rescinded) == ("announced", "its notes say 'Rescinded'.")
