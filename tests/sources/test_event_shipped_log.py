"""The log that is shipped: hiring_events.csv for the Austin area since 2023."""

import pandas as pd
import pytest

from lmi.places import ROOT
from lmi.sources import events_file
from lmi.sources.event_import import plan
from lmi.sources.event_industries import ASSIGNED, load_industries
from tests.sources.event_nation import TODAY, corrections, event_file, nation, state_file


@pytest.fixture(scope="module")
def log():
    return events_file.parse((ROOT / "hiring_events.csv").read_bytes(), nation())


def test_every_row_is_good_lies_in_austin_and_names_its_source(log):
    assert log.problems == ()
    assert len(log.rows) == 94
    assert set(log.rows.area_code) == {"12420"}
    assert set(log.rows.county_fips) <= {"48021", "48055", "48209", "48453", "48491"}
    assert log.rows.announced.min().year == 2023
    assert log.rows.source_url.str.startswith("https://").all()
    assert log.rows.source_name.notna().all()
    collected = log.rows.source_name.str.endswith("(as collected)")
    assert (collected == ((log.rows.sign == -1) & (log.rows.confidence != "high"))).all()
    assert collected.sum() == 80


def test_it_adds_up_to_what_the_files_say(log):
    # summed apart from the import: notices of the five counties that are not repeated word for word and do
    # not call themselves updates, those of 2025 divided by ten; and the five announcements
    per_year = log.rows.groupby([log.rows.announced.dt.year, "sign"]).jobs.agg(["size", "sum"])
    assert {key: tuple(row) for key, row in per_year.iterrows()} == {
        (2023, -1): (31, 5865), (2023, 1): (3, 294), (2024, -1): (34, 5048),
        (2025, -1): (22, 1481), (2025, 1): (2, 2400), (2026, -1): (2, 258),
    }  # fmt: skip


def test_counts_that_were_divided_are_marked(log):
    divided = log.rows.notes.fillna("").str.contains("Count divided by ten")
    assert (divided == ((log.rows.announced.dt.year == 2025) & (log.rows.sign == -1))).all()
    assert (log.rows.confidence[divided] == "low").all()
    assert (log.rows.confidence[~divided] != "low").all()


def test_an_industry_that_no_notice_names_is_said_to_be_ours(log):
    losses = log.rows[log.rows.sign == -1]
    assert (losses.naics.notna() == losses.notes.fillna("").str.contains(ASSIGNED, regex=False)).all()
    assert losses.naics.notna().sum() == 40


def test_an_effective_date_that_staff_correct_is_asked_about_and_not_counted_twice(log):
    expedia = log.rows.employer.str.startswith("Expedia") & (log.rows.effective == "2026-04-01")
    assert expedia.sum() == 1
    rows = log.rows.assign(effective=log.rows.effective.mask(expedia, pd.Timestamp("2026-05-01")))
    again = plan(state_file("tx"), rows, nation(), corrections(), TODAY, None, {"12420"}, "2023-01-01")
    assert (again.counts["new"], again.counts["duplicate"]) == (0, 119)
    (held,) = [o for o in again.outcomes if "another date of the same notice" in o.why]
    assert held.notice.employer.startswith("Expedia")


@pytest.mark.parametrize(
    ("name", "found"),
    [("tx_warn-act-listings-2023-twc.xlsx", 9), ("tx", 120), ("expansions_austin.csv", 5)],
)
def test_importing_its_files_again_adds_nothing(log, name, found):
    file = event_file(name) if "." in name else state_file(name)
    industries = load_industries(ROOT / "data" / "mappings", nation().naics)
    again = plan(file, log.rows, nation(), corrections(), TODAY, industries, {"12420"}, "2023-01-01")
    assert (again.counts["new"], again.counts["duplicate"]) == (0, found)
