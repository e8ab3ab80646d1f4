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
from lmi.sources.event_sift import resembles, sift
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
    "ak": (65, 64, 0, 1, 0), "al": (1032, 1000, 1, 31, 0), "az": (730, 708, 1, 21, 0),
    "ca": (2248, 1173, 0, 43, 1032), "de": (15, 15, 0, 0, 0), "md": (59, 58, 0, 1, 0),
    "me": (90, 86, 1, 3, 0), "nm": (6, 6, 0, 0, 0), "ok": (211, 192, 13, 6, 0),
    "ri": (122, 97, 0, 22, 3), "tx": (2414, 2136, 228, 48, 2), "ut": (273, 76, 0, 0, 197),
    "vt": (96, 92, 1, 3, 0), "wa": (185, 145, 0, 0, 40),
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
    for state in ("ca", "wa", "ri", "ok", "az"):
        first = planned(state_file(state))
        again = planned(state_file(state), log_of(first.rows())).counts
        assert (again["new"], again["suspicious"]) == (0, first.counts["suspicious"])
        rows = [{**row, "event_id": f"e{n}"} for n, row in enumerate(first.rows(with_suspicious=True))]
        asked_for = planned(state_file(state), log_of(rows)).counts
        assert (asked_for["new"], asked_for["suspicious"]) == (0, 0)


def test_the_collection_adds_none_of_what_the_workbook_has():
    official = planned(event_file("tx_warn-act-listings-2023-twc.xlsx"))
    log = log_of(official.rows())
    assert official.counts["new"] == 49
    after = planned(state_file("tx"), log)
    assert after.counts["new"] == COUNTS["tx"][1] - 49
    assert keys_of(log).isdisjoint(keys_of(log_of(after.rows())))
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
    assert "Industry assigned by this project (widely known), not in the notice." in tesla["notes"]
    (seton,) = [row for row in rows if row["employer"].startswith("Promises")]
    assert "(the employer's name says it), not in the notice." in seton["notes"]
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


def test_waves_of_one_notice_are_events_of_their_own():
    first = "Acme,2022-07-08,2022-10-01,40,,Austin,TX,1 Main St,layoff,A"
    later = "Acme,2022-07-08,2022-12-01,40,,Austin,TX,1 Main St,layoff,A"
    fewer = "Acme,2022-07-08,2023-01-15,7,,Austin,TX,1 Main St,layoff,A"
    undated = "Acme,2022-07-08,,40,,Austin,TX,1 Main St,layoff,A"
    other = "Acme,2022-07-08,2022-10-01,50,,Austin,TX,1 Main St,layoff,A"
    outcomes = listed(undated, fewer, later, first)
    assert kinds(outcomes) == ["duplicate", "new", "new", "new"]
    wave = "Another wave of the notice of 2022-07-08. Address: 1 Main St"
    assert [o.cells["notes"] for o in outcomes[1:]] == [wave, wave, "Address: 1 Main St"]
    log = log_of(o.cells for o in listed(first))
    assert kinds(listed(first, later, other, log=log)) == ["duplicate", "new", "suspicious"]
    assert kinds(listed(later, log=log_of(o.cells for o in listed(undated)))) == ["duplicate"]


def test_another_effective_date_in_a_later_file_is_held_back_and_names_the_event():
    first = "Acme,2026-09-01,2026-11-01,450,,Austin,TX,,layoff,A"
    moved = first.replace("11-01", "11-15")
    log = log_of(o.cells for o in listed(first))
    (outcome,) = listed(moved, log=log)
    assert (outcome.kind, outcome.why) == (
        "suspicious", "the same employer, day, place and count as event 2026-09-01-acme-austin, whose "
        "effective date is 2026-11-01: another date of the same notice, or another wave of it.",
    )  # fmt: skip
    assert kinds(listed(first, moved, log=log)) == ["duplicate", "new"]  # two waves of one file
    earlier = first.replace("11-01", "10-01")  # which is looked at before the event that the file has too
    assert kinds(listed(earlier, first, log=log)) == ["new", "duplicate"]
    both = log_of(o.cells for o in listed(first, moved))
    assert kinds(listed(first, moved, log=both)) == ["duplicate", "duplicate"]
    others = (
        moved.replace(",450,", ",451,"),
        moved.replace("Austin", "Dallas"),
        moved.replace("09-01", "09-02"),
    )
    assert kinds(listed(*others, log=log)) == ["new"] * 3


def test_a_notice_under_a_longer_name_is_held_back_where_all_else_agrees():
    row = "Amazon.com Services LLC,2026-09-01,2026-11-01,45,,Austin,TX,,layoff,A"
    log = log_of(o.cells for o in listed(row))
    longer = row.replace("Amazon.com Services LLC", "Amazon Services")
    (outcome,) = listed(longer, log=log)
    assert (outcome.kind, outcome.why) == (
        "suspicious", "the same day, place, effective date and count as event 2026-09-01-amazon-com-services-"
        "llc-austin, whose employer's name begins alike: it may be one notice under two names.",
    )  # fmt: skip
    others = (
        longer.replace("Amazon", "Amazing"), longer.replace(",45,", ",46,"), longer.replace("11-01", "11-02"),
        longer.replace("Austin", "Dallas"), longer.replace("09-01", "09-02"), longer.replace(",45,", ",,"),
    )  # fmt: skip
    assert [kinds(listed(other, log=log)) for other in others] == [["new"]] * 6
    assert kinds(listed(row, longer, log=log)) == ["duplicate", "new"]  # the file tells the two apart


def test_californias_workbook_lists_each_wave_on_its_row():
    report = planned(event_file("ca_warn_report_fy2022-23.xlsx"))
    assert tuple(report.counts.values()) == (1049, 1047, 1, 1, 0, 0)
    assert sum("Another wave of the notice of" in o.cells["notes"] for o in report.outcomes) == 65


def test_one_notice_under_two_dates_is_held_back_and_names_the_other():
    rows = [f"Acme,2022-{day},2022-12-02,9,,Newark,CA,,layoff,A" for day in ("06-15", "07-30", "07-31")]
    log = log_of(o.cells for o in listed(rows[0]))
    day_45, day_46 = listed(*rows[1:], log=log)
    assert (day_45.kind, day_45.why) == (
        "suspicious", "the same employer, place, effective date and count as event 2022-06-15-acme-newark, "
        "whose notice is of 2022-06-15: it may be one notice under two dates.",
    )  # fmt: skip
    assert day_46.kind == "new"
    others = (
        rows[1].replace(",9,", ",8,"), rows[1].replace("12-02", "12-03"), rows[1].replace("Newark", "Fresno"),
    )  # fmt: skip
    assert kinds(listed(*others, log=log)) == ["new"] * 3


def test_the_collection_and_the_workbook_of_california_tell_no_event_twice():
    workbook, collection = event_file("ca_warn_report_fy2022-23.xlsx"), state_file("ca")
    there = planned(workbook).rows()
    after = planned(collection, log_of(there))
    twice = [o for o in after.outcomes if "under two dates" in o.why]
    assert (len(twice), sum(int(o.cells["jobs"]) for o in twice)) == (31, 1712)
    amgen = next(o for o in twice if o.notice.employer == "Amgen")
    assert (amgen.day, "event 2022-06-15-amgen-newark" in amgen.why) == ("2022-07-08", True)


def test_a_states_own_list_that_meets_the_collection_says_that_confidence_can_be_raised():
    log = log_of(planned(state_file("tx"), areas={"12420"}, since="2023-01-01").rows())
    met = [o for o in planned(event_file("tx_warn-act-listings-2023-twc.xlsx"), log).outcomes if o.why]
    assert len(met) == 9
    assert all(
        o.why.endswith(
            "The record has the collection's count; its confidence can be raised on the page Hiring events."
        )
        for o in met
    )
    again = planned(state_file("tx"), log, areas={"12420"}, since="2023-01-01").outcomes
    assert not any("raised" in o.why for o in again)


def test_an_update_names_the_event_that_it_updates():
    earlier = "Acme,2025-06-01,2025-08-01,40,,Austin,TX,,layoff,A"
    update = "Acme (Updated),2025-07-09,2025-08-09,90,,Austin,TX,,layoff,A"
    last = listed(earlier, earlier.replace("06-01", "05-01").replace("40", "30"), update)[2]
    assert (last.kind, last.why) == (
        "suspicious", "it calls itself the update of an earlier notice: line 2 of 2025-06-01 (40 there, "
        "90 here).",
    )  # fmt: skip
    elsewhere = listed(earlier.replace("Austin", "Dallas"), earlier.replace("06-01", "07-10"), update)[2]
    assert elsewhere.why == "it calls itself the update of an earlier notice."


def test_a_duplicate_is_never_of_a_row_that_is_held_back():
    sound = "Acme,2025-07-09,,90,,Austin,TX,,layoff,A"
    other = "Acme,2025-07-09,,70,,Austin,TX,,layoff,A"
    file = read_content((HEADINGS + "\n".join([sound, other, other, other])).encode(), "x.csv", read_map(""))
    report = planned(file)
    assert kinds(report.outcomes) == ["new", "suspicious", "suspicious", "suspicious"]
    repeats = ["It repeats line 3, which is held back too." in o.why for o in report.outcomes]
    assert repeats == [False, False, True, True]
    assert len(report.rows()) == 1
    assert sorted(row["jobs"] for row in report.rows(with_suspicious=True)) == ["70", "90"]


def test_places_that_are_not_known_are_told_apart_by_their_words():
    def outcomes(*places):
        return kinds(listed(*(f'Acme,2025-07-09,,{n},,"{p}",WA,,layoff,A' for n, p in enumerate(places, 3))))

    assert outcomes("Tukwila", "Seattle") == ["new", "new"]
    assert outcomes("Club on Muldoon Road", "Club on Old Seward Hwy") == ["new", "new"]
    assert outcomes("Seattle", "Seattle on Muldoon Road") == ["new", "suspicious"]
    assert outcomes("Tukwila", "TUKWILA") == ["suspicious", "new"]
    assert outcomes("Tukwila", "Various locations") == ["new", "suspicious"]
    first = listed("Acme,2025-07-09,,3,,Tukwila,WA,,layoff,A")
    log = log_of(o.cells for o in first)  # the words are in the notes and found there
    again = [f"Acme,2025-07-09,,3,,{place},WA,,layoff,A" for place in ("tukwila", "Burien Mall")]
    assert kinds(listed(*again, log=log)) == ["duplicate", "new"]


def test_an_address_in_place_of_a_city_is_compared_as_an_address():
    places = ("1 Main St Nowhereville", "1 Main Street, Nowhereville")
    rows = [f'Acme,2025-07-09,,3,,"{place}",WA,"{place}",layoff,A' for place in places]
    assert sorted(kinds(listed(*rows))) == ["duplicate", "new"]


def test_without_any_place_only_equal_counts_are_the_same_event():
    row = "Acme,2025-07-09,,{},,,OK,,layoff,A"
    one, two = listed(row.format(""), row.format(""))
    assert (one.kind, two.kind) == ("new", "suspicious")
    assert two.why.endswith("as line 2, and no place is told of either (no count there, no count here).")
    assert kinds(listed(row.format(40), row.format(40), row.format(30))) == ["new", "duplicate", "suspicious"]
    log = log_of([one.cells])  # the record's own event is met again, and the other is still held back
    assert kinds(listed(row.format(""), row.format(""), log=log)) == ["duplicate", "suspicious"]


def test_a_place_that_says_too_little_is_not_taken_for_the_same():
    outcomes = listed(
        "Acme,2025-07-09,,40,,Austin,TX,,layoff,A", "Acme,2025-07-09,,40,,Statewide,TX,,layoff,A"
    )
    assert kinds(outcomes) == ["new", "suspicious"]
    assert "too little is told of the place" in outcomes[1].why
    assert outcomes[1].cells["area_code"] == "48"
    assert outcomes[1].cells["notes"] == 'Place in the notice: "Statewide".'


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
        ("Page 1 of 7,2025-07-09,,3,,Austin,TX,,layoff,A", "refused", "numbers of a list's pages"),
        ("‹ 4 › Next,2025-07-09,,3,,Austin,TX,,layoff,A", "refused", "numbers of a list's pages"),
        ("‹›,2025-07-09,,3,,Austin,TX,,layoff,A", "refused", "'‹›' is no employer's name"),
        ("‹Acme›,2025-07-09,,3,,Austin,TX,,layoff,A", "new", ""),
        ("…and Sons 1 2,2025-07-09,,3,,Austin,TX,,layoff,A", "new", ""),
        ("First 5,2025-07-09,,3,,Austin,TX,,layoff,A", "new", ""),
        (",2025-07-09,,3,,Austin,TX,,layoff,A", "refused", "names no employer"),
        ("Acme,,,3,,Austin,TX,,layoff,A", "refused", "no date at all"),
        ("Acme,,2025-07-09,3,,Austin,TX,,layoff,A", "suspicious", "no date of the notice"),
        ("Acme,2025-02-30,,3,,Austin,TX,,layoff,A", "refused", "announced '2025-02-30' does not exist"),
        ("Acme,1930-03-30,,3,,Austin,TX,,layoff,A", "refused", "announced '1930-03-30' is not between 1988"),
        ("Acme,2025-07-09,,-3,,Austin,TX,,layoff,A", "refused", "jobs '-3' is not a whole number"),
        ("Acme,2025-07-09,,3,,Springfield,,,layoff,A", "refused", "city 'Springfield' may be"),
        ("Acme,2025-07-09,,3,,Austin,TX,,party,A", "refused", "event_type 'party'"),
        ("Acme,2025-07-09,,10001,,Austin,TX,,layoff,A", "suspicious", "10,001 jobs are more than 10,000"),
        ("Acme,2026-11-26,,3,,Austin,TX,,layoff,A", "suspicious", "its notice date 2026-11-26 lies ahead."),
        ("Acme,2026-11-25,2029-11-24,3,,Austin,TX,,layoff,A", "new", ""),
        ("Acme,2026-11-25,2029-12-01,3,,Austin,TX,,layoff,A", "suspicious", "more than 3 years ahead"),
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
    even = [*counts_of(2024, [0, 0, 0, 1, 0]), *counts_of(2025, [0])]
    assert kinds(listed(*even)) == ["new"] * 40  # a list that rounds: 80% in the other year


def test_a_small_year_is_held_back_where_chance_hardly_makes_all_its_counts_end_in_0():
    usual = counts_of(2024, [1, 5, 7, 3, 9])  # none of 20
    small = counts_of(2025, [0])
    assert kinds(listed(*usual, *small[:4])) == ["new"] * 20 + ["suspicious"] * 4
    assert kinds(listed(*usual, *small[:3])) == ["new"] * 23  # too few to tell
    assert kinds(listed(*usual[1:], *small[:4])) == ["new"] * 23  # too few beside them
    often = counts_of(2024, [0, 1, 3, 5])  # 5 of 20: (6/22)^5 is 0.0015 and (6/22)^6 is 0.0004
    assert kinds(listed(*often, *small[:5])) == ["new"] * 25
    assert kinds(listed(*often, *small[:6])) == ["new"] * 20 + ["suspicious"] * 6


def test_rhode_islands_2025_and_a_count_beyond_all_others_are_held_back():
    held = [o for o in planned(state_file("ri")).outcomes if o.day[:4] == "2025" or "6,080" in o.why]
    found = sorted((int(o.cells["jobs"]), o.kind) for o in held if "jobs" in o.cells)
    assert found == [(jobs, "suspicious") for jobs in (20, 200, 1050, 1250, 6080)]
    assert [o.why for o in held if "1050" in o.cells.values()] == [
        "nearly all counts of its state in 2025 end in 0, those of other years do not, as if ten times too "
        "large."
    ]


def test_a_state_whose_counts_all_end_in_0_is_held_back_and_other_states_are_not():
    outcomes = listed(*counts_of(2025, [0]), *counts_of(2025, [3], state="AL"))
    assert kinds(outcomes) == ["suspicious"] * 20 + ["new"] * 20


def test_a_count_far_above_all_others_of_a_state_is_held_back():
    rows = [f"Firm {i},2025-03-01,,{i % 7 + 11},,,TX,,layoff,A" for i in range(400)]
    assert set(kinds(listed(*rows, "Acme,2025-03-02,,68,,,TX,,layoff,A"))) == {"new"}  # 4 times 17
    one = listed(*rows, "Acme,2025-03-02,,69,,,TX,,layoff,A")[-1]
    assert (one.kind, one.why) == (
        "suspicious", "69 jobs are more than 4 times 17, the next lower count of its state in this file.",
    )  # fmt: skip
    assert set(kinds(listed(*rows[:48], "Acme,2025-03-02,,69,,,TX,,layoff,A"))) == {"new"}  # 49: too few
    more = [
        f"Acme {word},2025-03-02,,{jobs},,,TX,,layoff,A"
        for word, jobs in zip("ABC", (60, 200, 341), strict=True)
    ]
    assert kinds(listed(*rows, *more))[-3:] == ["new", "new", "suspicious"]  # of more than 20 times 17


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


def key_of(event):
    return event.site.employer, event.site.state, event.site.day


def keys_of(rows):
    return {key_of(event) for event in standing(rows, nation().places)}


def first_days(notices):
    """Key -> the key with the first day of what may be one notice under several dates; of all the others
    their own."""
    outcomes = sift(notices, empty_log(), nation(), corrections(), TODAY).outcomes
    cells = [{**o.cells, "event_id": f"e{n}"} for n, o in enumerate(outcomes) if o.kind != "refused"]
    events = sorted(standing(log_of(cells), nation().places), key=key_of)
    first = {key_of(event): key_of(event) for event in events}
    for event in events:
        for later in events:
            same = key_of(event)[:2] == key_of(later)[:2] and event.effective == later.effective
            days = date.fromisoformat(later.site.day) - date.fromisoformat(event.site.day)
            if same and event.jobs == later.jobs and 0 < days.days <= 45:
                joined = {first[key_of(event)], first[key_of(later)]}
                first = {key: min(joined) if root in joined else root for key, root in first.items()}
    return first


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
    one, two = (keys_of(log_of(imported(b, imported(a, [])))) for a, b in ((first, second), (second, first)))
    of_notice = first_days(notices) if one != two else {}
    assert {of_notice.get(key, key) for key in one} == {of_notice.get(key, key) for key in two}


def test_a_notice_of_another_shape_is_not_changed():
    notices = list(state_file("nm").incoming)
    before = [replace(n) for n in notices]
    sift(notices, empty_log(), nation(), corrections(), date(2026, 1, 1))
    assert notices == before


def test_a_gain_is_no_duplicate_of_a_loss():
    found = listed("Acme,2026-01-05,,50,,Austin,TX,,expansion,A", "Acme,2026-01-05,,50,,Austin,TX,,layoff,A")
    assert kinds(found) == ["new", "new"]


def test_a_value_in_a_reason_is_short():
    long = "9" * 100_000
    report = planned(
        read_content(f"{HEADINGS}Acme,2025-07-09,,{long},,{long},TX,,layoff,A\n".encode(), "x", read_map(""))
    )
    (outcome,) = report.outcomes
    assert outcome.kind == "refused"
    assert len(outcome.why) < 500
    assert len(str(report.as_json())) < 2_000


FORM = {
    "employer": "ACME Incorporated", "announced": "7/9/2025", "event_type": "layoff", "jobs": "40",
    "city": "Austin, TX", "status": "announced", "source_name": "Paper", "confidence": "high",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "the same employer, day and place as event e1."),
        ({"jobs": ""}, "the same employer, day and place as event e1 (40 there, no count here)."),
        ({"jobs": "41"}, "with another count (40 there, 41 here: a correction, or another part of it)."),
        ({"announced": "2025-08-01", "effective": "2025-09-30"}, "it may be one notice under two dates."),
        ({"announced": "2025-08-24", "effective": "2025-09-30"}, ""),  # 46 days later
        ({"effective": "2025-10-30"}, "another date of the same notice, or another wave of it."),
        ({"effective": "2025-10-30", "jobs": "41"}, ""),  # another wave
        ({"employer": "Acme Labs", "effective": "2025-09-30"}, "it may be one notice under two names."),
        ({"event_type": "expansion"}, ""),
        ({"city": "Dallas, TX"}, ""),
        ({"notes": "Address: 2 Elm St"}, ""),
        ({"jobs": "20000", "employer": "Beta (Updated)"}, ""),  # doubts, but of no event on record
        ({"announced": "soon"}, ""),
    ],
)
def test_what_is_typed_is_compared_with_the_record_alone(changed, words):
    held = {
        **FORM, "event_id": "e1", "employer": "Acme", "effective": "2025-09-30",
        "notes": "Address: 1 Main St", "source_name": "A (as collected)",
    }  # fmt: skip
    said = resembles(FORM | changed, log_of([held]), nation())
    assert said.endswith(words)
    assert bool(said) == bool(words)


def test_states_are_read_by_name_and_no_county_stands_for_a_city_of_its_name():
    found = listed(
        "Acme,2026-01-05,,50,,Austin,Minnesota,,layoff,A", "Bolt,2026-01-05,,50,,Austin,,,layoff,A",
        "Cord,2026-01-05,,50,,Austin,texas,,layoff,A",
    )  # fmt: skip
    assert kinds(found) == ["new", "refused", "new"]
    assert [o.cells["area_code"] for o in found if o.kind == "new"] == ["27", "12420"]


def test_notes_that_are_too_long_are_cut_where_they_were_typed_and_nothing_else_is():
    typed, street = "x" * 1983, "2 Elm Street"
    rows = [
        f"Wordy,2026-09-01,2026-08-20,30,Austin,TX,{street},layoff,A,{typed}",
        f"Wordy,2026-09-01,2026-10-20,30,Austin,TX,{street},layoff,A,{typed * 2}",
        f"Wordy,2026-09-02,2026-08-20,20000,Nowhereville,TX,{street},layoff,A,{typed}",
    ]
    heading = HEADINGS.replace("County,", "").replace("Source", "Source,Notes")
    file = read_content((heading + "\n".join(rows)).encode(), "list.csv", read_map(""))
    report = planned(file)
    assert kinds(report.outcomes) == ["new", "new", "suspicious"]
    log = log_of(report.rows(with_suspicious=True))
    assert set(log.notes.str.len()) == {2000}
    assert [note[:12] for note in log.notes] == ["The lay-off ", "Another wave", "Doubtful at "]
    assert all(f"x… {'Place in' if n == 2 else 'Address: '}" in note for n, note in enumerate(log.notes))
    assert log.notes[2].endswith('x… Place in the notice: "Nowhereville". Address: 2 Elm Street')
    assert kinds(planned(file, log).outcomes) == ["duplicate"] * 3


def test_a_cancelled_notice_is_no_duplicate_of_an_event_that_still_counts():
    holds, cancelled = (
        f"Acme,2025-07-09,,40,,Austin,TX,,{kind},A" for kind in ("layoff", "Layoff RESCINDED")
    )
    both = listed(holds, cancelled)
    assert [(o.kind, o.cells["status"]) for o in both] == [("duplicate", "announced"), ("new", "cancelled")]
    log = log_of([listed(holds)[0].cells])
    (late,) = listed(cancelled, log=log)
    assert (late.kind, late.why) == (
        "suspicious", "the same employer, day and place as event 2025-07-09-acme-austin. It is cancelled "
        "here and not there: change its status on the page Hiring events.",
    )  # fmt: skip
    log = log_of([both[1].cells])
    assert kinds(listed(holds, cancelled, log=log)) == ["duplicate", "duplicate"]


MAIN = "Acme,2026-01-05,2026-03-05,60,,Austin,TX,100 Main St,{},A"
OAK = "Acme,2026-01-05,2026-04-05,30,,Austin,TX,900 Oak St,{},A"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (  # no count, no street
            (MAIN.format("layoff"), OAK.format("layoff"), "Acme,2026-01-05,,,,Austin,TX,,Layoff rescinded,A"),
            ["new", "new", "suspicious"],
        ),
        (  # it says more than the lay-offs, of which it can be either
            (
                "Acme,2026-01-05,,,,Austin,TX,100 Main St,layoff,A",
                "Acme,2026-01-05,,,,Austin,TX,900 Oak St,layoff,A",
                "Acme,2026-01-05,2026-03-05,60,Travis,Austin,TX,,Layoff rescinded,A",
            ),
            ["new", "new", "suspicious"],
        ),
        ((MAIN.format("layoff"), OAK.format("Layoff rescinded")), ["new", "new"]),  # a wave of its own
        ((MAIN.format("layoff"), MAIN.format("Layoff rescinded")), ["duplicate", "new"]),
    ],
)
def test_a_cancelled_notice_takes_the_place_of_its_equal_alone(rows, found):
    assert kinds(listed(*rows)) == found
    assert kinds(listed(*reversed(rows))) == found[::-1]


def test_a_rescission_in_the_notes_is_no_duplicate_and_is_added_once_at_most():
    heading = HEADINGS.replace("Source", "Source,Notes")
    plain, noted = (f"{MAIN.format('layoff')},{notes}\n" for notes in ("", "Rescinded on 2/1"))
    both = read_content((heading + noted + plain).encode(), "list.csv", read_map(""))
    report = planned(both)
    assert [(o.kind, o.why) for o in report.outcomes] == [
        ("suspicious", "the same employer, day and place as line 3. But its notes say 'Rescinded'. If it is, "
         "change the event's status on the page Hiring events."),
        ("new", ""),
    ]  # fmt: skip
    rows = report.rows(with_suspicious=True)
    assert len(rows) == 1
    again = planned(both, log_of(rows))
    assert kinds(again.outcomes) == ["suspicious", "duplicate"]
    assert again.rows(with_suspicious=True) == []
    void = log_of([{**rows[0], "status": "cancelled"}])
    assert kinds(planned(both, void).outcomes) == ["duplicate", "duplicate"]
    alone = read_content((heading + noted).encode(), "list.csv", read_map(""))
    known = log_of(planned(alone).rows(with_suspicious=True))
    assert kinds(planned(alone, known).outcomes) == ["duplicate"]  # the event's own notes say it


def test_a_type_that_may_mean_a_rescission_is_held_back_and_known_again():
    row = MAIN.format("Layoff due to contract cancellation")
    file = read_content((HEADINGS + row).encode(), "list.csv", read_map(""))
    (row,) = planned(file).rows(with_suspicious=True)
    assert (row["status"], row["confidence"]) == ("announced", "low")
    assert kinds(planned(file, log_of([row])).outcomes) == ["duplicate"]
    assert kinds(planned(file, log_of([{**row, "notes": "Typed"}])).outcomes) == ["suspicious"]


def test_a_rescission_of_a_later_day_names_the_event_that_still_counts():
    held = MAIN.format("layoff")
    row = "Acme,2026-02-25,,60,,Austin,TX,,Layoff rescinded,A"
    log = log_of(o.cells for o in listed(held))
    (late,) = listed(row, log=log)
    assert (late.kind, late.why) == (
        "suspicious", "it is cancelled, and event 2026-01-05-acme-austin of 2026-01-05 (60 there, 60 here) "
        "still counts. If that is what it cancels, change its status on the page Hiring events.",
    )  # fmt: skip
    bare = "Acme,2026-01-05,,,,Austin,TX,,layoff,A"  # which says less and is looked at first all the same
    assert kinds(listed(row, bare)) == ["suspicious", "new"]
    others = (
        row.replace("Austin", "Dallas"), row.replace("2026-02-25", "2026-01-02"),
        row.replace("Layoff rescinded", "layoff"),
    )  # fmt: skip
    assert [kinds(listed(other, log=log)) for other in others] == [["new"]] * 3
    assert kinds(listed(row, held.replace("2026-01-05", "2025-01-05"))) == ["new", "new"]  # over a year
    void = log_of([{**o.cells, "status": "cancelled"} for o in listed(held)])
    assert kinds(listed(row, log=void)) == ["new"]


def test_a_part_of_a_code_that_oews_combines_is_that_code():
    said = "employer,announced,event_type,jobs,city,status,source_name,socs\n"
    rows = "".join(
        f'Firm {soc},2026-07-09,layoff,40,"Austin, TX",announced,A,{soc}=40\n'
        for soc in ("31-1121", "31-1122", "51-2092", "13-1021", "29-2011", "39-7011")
    )
    report = planned(read_content((said + rows).encode(), "list.csv", read_map("")))
    assert log_of(report.rows()).socs.tolist() == [
        "13-1020=40", "29-2010=40", "31-1120=40", "31-1120=40", "39-7010=40", "51-2090=40",
    ]  # fmt: skip
