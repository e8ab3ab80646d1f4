"""Sorting the notices of an import: new, duplicate, suspicious or refused, each with its reason."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.places import ROOT
from lmi.sources.event_columns_map import read_map
from lmi.sources.event_import import plan, read_content
from lmi.sources.event_industries import ASSIGNED, load_industries
from lmi.sources.event_sift import sift
from lmi.sources.event_sites import standing
from tests.sources.event_nation import (
    TODAY,
    corrections,
    empty_log,
    event_file,
    log_of,
    nation,
    state_file,
)  # fmt: skip

# read, new, duplicate, suspicious, refused
COUNTS = {
    "ak": (65, 62, 0, 3, 0), "al": (1032, 996, 2, 34, 0), "az": (730, 708, 8, 14, 0),
    "ca": (2248, 1165, 3, 48, 1032), "de": (15, 15, 0, 0, 0), "md": (59, 58, 0, 1, 0),
    "me": (90, 86, 2, 2, 0), "nm": (6, 6, 0, 0, 0), "ok": (211, 192, 19, 0, 0),
    "ri": (122, 102, 0, 17, 3), "tx": (2414, 2135, 230, 47, 2), "ut": (273, 76, 0, 0, 197),
    "vt": (96, 92, 1, 3, 0), "wa": (185, 142, 0, 3, 40),
}  # fmt: skip
HEADINGS = "Employer,Announced,Effective,Jobs,County,City,State,Address,Type,Source\n"


def planned(file, log=None, **more):
    return plan(file, empty_log() if log is None else log, nation(), corrections(), TODAY, **more)


def listed(*rows: str, log=None):
    """The outcomes of a table with these rows."""
    content = (HEADINGS + "\n".join(rows) + "\n").encode()
    return planned(read_content(content, "list.csv", read_map("")), log).outcomes


def kinds(outcomes):
    return [outcome.kind for outcome in outcomes]


@pytest.mark.parametrize("state", COUNTS)
def test_every_row_of_a_states_file_is_accounted_for(state):
    report = planned(state_file(state))
    counts = report.counts
    assert tuple(counts.values()) == (*COUNTS[state], 0)
    assert counts["read"] == sum(counts[kind] for kind in ("new", "duplicate", "suspicious", "refused"))
    assert [o.notice.where for o in report.outcomes] == [f"record {n + 1}" for n in range(counts["read"])]
    assert all(bool(o.why) == (o.kind != "new") for o in report.outcomes)
    rows = log_of(report.rows())  # the log takes every new row as it is
    assert len(rows) == counts["new"]


def test_a_second_import_adds_nothing_and_neither_do_the_doubtful_rows():
    for state in ("ca", "wa", "ri"):
        first = planned(state_file(state))
        again = planned(state_file(state), log_of(first.rows())).counts
        assert (again["new"], again["suspicious"]) == (0, first.counts["suspicious"])
        asked_for = planned(state_file(state), log_of(first.rows(with_suspicious=True))).counts
        assert (asked_for["new"], asked_for["suspicious"]) == (0, 0)


def test_the_collection_adds_none_of_what_the_workbook_has():
    official = planned(event_file("tx_warn-act-listings-2023-twc.xlsx"))
    log = log_of(official.rows())
    assert official.counts["new"] == 49
    after = planned(state_file("tx"), log)
    assert after.counts["new"] == COUNTS["tx"][1] - 49
    keys = {event.site.key for event in standing(log, nation().places)}
    assert keys.isdisjoint(event.site.key for event in standing(log_of(after.rows()), nation().places))
    again = [o for o in after.outcomes if (o.notice.employer, o.day) == ("Walmart #1258", "2023-03-31")]
    assert {(o.kind, o.why) for o in again} == {
        ("duplicate", "the same employer, day and place as event 2023-03-31-walmart-1258-fort-worth.")
    }


def test_corrected_counts_reach_the_log():
    (intel,) = [
        r
        for r in planned(state_file("tx")).rows()
        if r["employer"].startswith("Intel") and r["announced"] == "2025-07-09"
    ]
    assert (intel["jobs"], intel["confidence"], intel["area_code"], intel["county"], intel["city"]) == (
        "110", "low", "12420", "Travis County", "Austin",
    )  # fmt: skip
    assert "Count divided by ten" in intel["notes"]


def test_area_and_date_narrow_the_import():
    report = planned(state_file("tx"), areas={"12420"}, since="2024-01-01")
    days = [row["announced"] for row in report.rows()]
    # 35 notices of 2024, one of which calls itself an update, 22 of 2025 and 2 of 2026
    assert [sum(day.startswith(year) for day in days) for year in ("2024", "2025", "2026")] == [34, 22, 2]
    assert {row["area_code"] for row in report.rows()} == {"12420"}
    assert report.counts["outside"] == 2414 - len(report.outcomes)


def test_industries_are_assigned_from_the_committed_table_and_said():
    industries = load_industries(ROOT / "data" / "mappings", nation().naics)
    rows = planned(state_file("tx"), areas={"12420"}, since="2024-01-01", industries=industries).rows()
    (tesla,) = [row for row in rows if row["employer"] == "Tesla"]
    assert (tesla["naics"], tesla["jobs"]) == ("336110", "2688")
    assert ASSIGNED in tesla["notes"]
    assert all((ASSIGNED in row.get("notes", "")) == ("naics" in row) for row in rows)
    assert [row.get("naics") for row in rows if row["employer"].startswith("Museum")] == [None]


def test_one_event_in_many_spellings_is_one():
    log = log_of(o.cells for o in listed("Acme Corp,2025-07-09,,40,Travis,Austin,TX,,layoff,A"))
    outcomes = listed(
        "ACME,7/9/2025,,40,Travis County,AUSTIN,TX,,layoff,B",
        "The Acme Company (Austin),9-Jul-2025,2025-08-01,40,,Austin,TX,1 Main St,closure,C",
        '"Acme, Inc.","July 9, 2025",,,"Travis County, TX",,TX,,layoff,D',
        "Acme,2025-07-10,,40,Travis,Austin,TX,,layoff,other day",
        "Acme,2025-07-09,,40,Williamson,Round Rock,TX,,layoff,other county",
        "Acme Labs,2025-07-09,,40,Travis,Austin,TX,,layoff,other employer",
        log=log,
    )
    assert kinds(outcomes) == ["duplicate", "duplicate", "duplicate", "new", "new", "new"]
    assert outcomes[2].why.endswith("as event 2025-07-09-acme-corp-austin (40 there, no count here).")


def test_another_count_is_held_back_and_ten_times_the_logs_count_is_the_same():
    log = log_of(o.cells for o in listed("Acme,2025-07-09,,40,Travis,Austin,TX,,layoff,A"))
    outcomes = listed(
        "Acme,2025-07-09,,400,Travis,Austin,TX,,layoff,B", "Acme,2025-07-09,,4,Travis,Austin,TX,,layoff,B",
        "Acme,2025-07-09,,70,Travis,Austin,TX,,layoff,B", log=log,
    )  # fmt: skip
    assert kinds(outcomes) == ["duplicate", "duplicate", "suspicious"]
    assert "400 here: one is ten times the other" in outcomes[0].why
    assert "with another count (40 there, 70 here" in outcomes[2].why


def test_sites_of_one_employer_on_one_day_stay_apart():
    outcomes = listed(
        "Acme,2025-07-09,,40,,Austin,TX,1 Main St,layoff,A",
        "Acme,2025-07-09,,40,,Austin,TX,2 Main Street,layoff,A",
        "Acme (North),2025-07-10,,7,,Austin,TX,,layoff,A",
        "Acme (South),2025-07-10,,7,,Austin,TX,,layoff,A",
        "Acme #12,2025-07-11,,7,,Austin,TX,,layoff,A",
        "Acme #14,2025-07-11,,7,,Austin,TX,,layoff,A",
    )
    assert kinds(outcomes) == ["new"] * 6
    log = log_of(o.cells for o in outcomes if o.kind == "new")  # the address is in the notes and found there
    assert kinds(listed("ACME,2025-07-09,,40,,Austin,TX,2 N. MAIN,layoff,C", log=log)) == ["duplicate"]
    assert kinds(listed("Acme,2025-07-09,,40,,Austin,TX,3 Main Street,layoff,C", log=log)) == ["new"]


def test_a_place_that_says_too_little_is_not_taken_for_the_same():
    outcomes = listed(
        "Acme,2025-07-09,,40,,Austin,TX,,layoff,A", "Acme,2025-07-09,,40,,Statewide,TX,,layoff,A"
    )
    assert kinds(outcomes) == ["new", "suspicious"]
    assert "too little is told of the place" in outcomes[1].why
    assert outcomes[1].cells["area_code"] == "48"
    assert outcomes[1].cells["notes"] == "Place in the notice: Statewide."


def test_places_of_a_metro_in_two_states_keep_their_state():
    outcomes = listed(
        "Acme,2025-07-09,,3,Bristol,,RI,,layoff,A", "Acme,2025-07-09,,3,Bristol,,MA,,layoff,A",
        "Acme,2025-07-09,,3,,Kansas City,MO,,layoff,A", "Acme,2025-07-09,,3,,Kansas City,KS,,layoff,A",
    )  # fmt: skip
    assert kinds(outcomes) == ["new"] * 4
    rows = log_of(o.cells for o in outcomes)
    assert rows.area_code.tolist() == ["39300", "39300", "28140", "28140"]
    assert rows.state_fips.tolist() == ["44", "25", "29", "20"]


@pytest.mark.parametrize(
    ("row", "kind", "words"),
    [
        ("1\t2\t3,2025-07-09,,3,,Austin,TX,,layoff,A", "refused", "numbers of a list's pages"),
        ("« 1 2 3 »,2025-07-09,,3,,Austin,TX,,layoff,A", "refused", "numbers of a list's pages"),
        (",2025-07-09,,3,,Austin,TX,,layoff,A", "refused", "names no employer"),
        ("Acme,,,3,,Austin,TX,,layoff,A", "refused", "no date at all"),
        ("Acme,,2025-07-09,3,,Austin,TX,,layoff,A", "suspicious", "no date of the notice"),
        ("Acme,2025-02-30,,3,,Austin,TX,,layoff,A", "refused", "announced '2025-02-30' does not exist"),
        ("Acme,1930-03-30,,3,,Austin,TX,,layoff,A", "refused", "announced '1930-03-30' is not between 1988"),
        ("Acme,2025-07-09,,-3,,Austin,TX,,layoff,A", "refused", "jobs '-3' is not a whole number"),
        ("Acme,2025-07-09,,3,,Springfield,,,layoff,A", "refused", "city 'Springfield' may be"),
        ("Acme,2025-07-09,,3,,Austin,TX,,party,A", "refused", "event_type 'party'"),
        ("Acme,2025-07-09,,10001,,Austin,TX,,layoff,A", "suspicious", "10,001 jobs are more than 10,000"),
        ("Acme,2029-12-01,,3,,Austin,TX,,layoff,A", "suspicious", "more than 3 years ahead"),
        ("Acme,2025-07-09,2028-08-01,3,,Austin,TX,,layoff,A", "suspicious", "more than 3 years apart"),
        ("Acme,2025-07-09,2025-01-09,3,,Austin,TX,,layoff,A", "suspicious", "181 days before the notice"),
        ("Acme (Updated),2025-07-09,,3,,Austin,TX,,layoff,A", "suspicious", "update of an earlier notice"),
        ("Acme,2025-07-09,2025-01-10,3,,Austin,TX,,layoff,A", "new", ""),
        ("Acme,2025-07-09,,0,,Austin,TX,,layoff,A", "new", ""),
    ],
)
def test_what_is_refused_or_held_back_says_why(row, kind, words):
    (outcome,) = listed(row)
    assert (outcome.kind, words in outcome.why) == (kind, True)


def test_a_lag_before_the_notice_is_told_and_a_zero_is_no_count():
    lag, zero = listed(
        "Acme,2025-07-09,2025-07-06,3,,Austin,TX,,layoff,A", "Beta,2025-07-09,,0,,Austin,TX,,layoff,A"
    )
    assert lag.cells["notes"] == "The lay-off date lies 3 days before the notice."
    assert "jobs" not in zero.cells


def counts_of(year, last_digits, state="TX"):
    """Rows of 20 employers with counts from 100 to 297 that end in these digits, in turn."""
    counts = [10 * i + 100 + last_digits[i % len(last_digits)] for i in range(20)]
    return [f"Firm {i},{year}-03-01,,{count},,,{state},,layoff,A" for i, count in enumerate(counts)]


def test_a_year_whose_counts_nearly_all_end_in_0_is_held_back():
    rows = [*counts_of(2024, [1, 5, 0, 7, 3]), *counts_of(2025, [0])]
    outcomes = listed(*rows)
    assert kinds(outcomes) == ["new"] * 20 + ["suspicious"] * 20
    assert "counts of its state in 2025 end in 0, those of other years do not" in outcomes[20].why
    assert kinds(listed(*rows[:-1])) == ["new"] * 39  # 19 are too few to tell
    even = [*counts_of(2024, [0, 0, 0, 1, 0]), *counts_of(2025, [0])]
    assert kinds(listed(*even)) == ["new"] * 40  # a list that rounds: 80% in the other year


def test_a_state_whose_counts_all_end_in_0_is_held_back_and_other_states_are_not():
    outcomes = listed(*counts_of(2025, [0]), *counts_of(2025, [3], state="AL"))
    assert kinds(outcomes) == ["suspicious"] * 20 + ["new"] * 20


def test_a_count_far_above_all_others_of_a_state_is_held_back():
    rows = [f"Firm {i},2025-03-01,,{i % 7 + 11},,,TX,,layoff,A" for i in range(120)]
    assert set(kinds(listed(*rows, "Acme,2025-03-02,,340,,,TX,,layoff,A"))) == {"new"}  # 20 times 17
    assert kinds(listed(*rows, "Acme,2025-03-02,,341,,,TX,,layoff,A"))[-1] == "suspicious"


def test_of_several_the_one_that_says_most_stands_wherever_it_is():
    bare = "Acme,2025-07-09,,,,Austin,TX,,layoff,A"
    full = "Acme,2025-07-09,,40,Travis,Austin,TX,1 Main St,layoff,A"
    assert kinds(listed(bare, full)) == ["duplicate", "new"]
    assert kinds(listed(full, bare)) == ["new", "duplicate"]


def test_a_doubtful_notice_does_not_stand_in_the_way_of_a_sound_one():
    doubtful = "Acme (Updated),2025-07-09,,90,Travis,Austin,TX,,layoff,A"
    sound = "Acme,2025-07-09,,40,Travis,Austin,TX,,layoff,A"
    assert kinds(listed(doubtful, sound)) == ["suspicious", "new"]
    assert kinds(listed(sound, doubtful)) == ["new", "suspicious"]


@pytest.fixture(scope="module")
def groups():
    """Real notices in groups of one employer and day, those first that have several."""
    workbook = event_file("ca_warn_report_fy2022-23.xlsx")
    seen: dict[tuple[str, str], list] = {}
    for file in (state_file("tx"), state_file("ca"), workbook):
        for notice in file.incoming:
            if "announced" in notice.cells:
                seen.setdefault((notice.employer.casefold(), notice.cells["announced"]), []).append(notice)
    several = [group for group in seen.values() if len(group) > 1]
    return [*several, *[group for group in seen.values() if len(group) == 1][::40]]


def keys_of(rows):
    return {event.site.key for event in standing(rows, nation().places)}


def imported(notices, log_rows):
    """The cells in the log after an import."""
    log = log_of(log_rows)
    outcomes = sift(notices, log, nation(), corrections(), TODAY).outcomes
    return [*log_rows, *(o.cells for o in outcomes if o.kind == "new")]


def sorted_cells(rows):
    return sorted(sorted(row.items()) for row in rows)


@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_order_does_not_matter_and_twice_adds_nothing(groups, data):
    some = data.draw(st.lists(st.integers(0, len(groups) - 1), min_size=2, max_size=12, unique=True))
    notices = data.draw(st.permutations([notice for at in some for notice in groups[at][:12]]))
    once = imported(notices, [])
    shuffled = data.draw(st.permutations(notices))
    assert sorted_cells(imported(shuffled, [])) == sorted_cells(once)
    assert len(imported(notices, once)) == len(once)
    cut = data.draw(st.integers(0, len(notices)))
    first, second = notices[:cut], notices[cut:]
    there = keys_of(log_of(imported(second, imported(first, []))))
    assert there == keys_of(log_of(imported(first, imported(second, []))))


def test_a_notice_of_another_shape_is_not_changed():
    notices = list(state_file("nm").incoming)
    before = [replace(n) for n in notices]
    sift(notices, empty_log(), nation(), corrections(), date(2026, 1, 1))
    assert notices == before
