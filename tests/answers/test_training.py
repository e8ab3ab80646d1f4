"""Where to train: programs, who offers them, who finishes, what graduates earn, what holds it back."""

from dataclasses import replace

import numpy as np
import pandas as pd

from lmi.answers import local
from lmi.answers.supply import supply
from lmi.answers.training import GONE, entries, programs_of, training
from lmi.domain.awards import CREDENTIAL_AWARDS, EVERY_LEVEL, SUB_BACCALAUREATE
from lmi.sources.capacity_file import parse
from lmi.warehouse import programs

HOUSTON = "26420"


def trained(desk, soc, area=HOUSTON, levels=EVERY_LEVEL):
    place = desk.area(area)
    return training(desk, place, soc, supply(desk, local.load(desk, place), levels=levels), levels)


def test_spot_check_20(real_desk):
    """Nursing in Houston, 2024: 3,157 awards, 2,696 to women, 988 associate's, 1,976 bachelor's."""
    offers = trained(real_desk, "29-1141").offers
    rows = offers[offers.cip == "51.3801"]
    assert (rows.awards.sum(), rows.women.sum()) == (3157, 2696)
    assert rows.awards[rows.award_level == "3"].sum() == 988
    assert rows.awards[rows.award_level == "5"].sum() == 1976


def test_spot_check_21(real_desk):
    """Electrician programs in Houston: 53 awards in 2020, 332 in 2024."""
    offers = trained(real_desk, "47-2111").offers
    rows = offers[offers.cip == "46.0302"]
    years = np.array([[value or 0 for value in row] for row in rows.by_year]).sum(axis=0)
    assert (years[0], years[-1]) == (53, 332)


def test_programs_that_lead_to_an_occupation(real_desk):
    assert "51.3801" in programs_of(real_desk, "29-1141")
    assert "47.0201" in programs_of(real_desk, "49-9021")
    assert programs_of(real_desk, "31-1120"), "a combined code takes its parts' programs"
    assert programs_of(real_desk, "25-1072") == (), "postsecondary teachers are told apart"
    assert programs_of(real_desk, "29-0000") == ()
    assert programs_of(real_desk, "00-0000") == ()


def test_what_is_shown_adds_up(real_desk):
    found = trained(real_desk, "29-1141")
    assert found.years == (2020, 2021, 2022, 2023, 2024)
    assert found.by_year[-1] == found.offers.awards.sum() == found.women[1]
    assert found.women[0] == found.offers.women.sum()
    assert found.providers.awards.sum() == found.offers.awards.sum()
    assert (found.providers.awards > 0).all()
    trend = found.trend.groupby("award_year").awards.sum()
    assert trend.to_list() == found.by_year
    assert list(found.trend.level.unique()) == [
        "Certificates under 1 year", "Certificates of 1 to 4 years", "Associate's degrees",
        "Bachelor's and above",
    ]  # fmt: skip


def test_the_whole_count_of_the_supply_is_the_training_shown(real_desk):
    for soc in ("29-1141", "47-2111", "49-9021", "31-1120"):
        found = trained(real_desk, soc)
        assert found.supplied.completions_upper_bound == found.by_year[-1], soc


def test_a_reported_zero_is_not_a_year_without_report(real_desk):
    """San Jacinto's nursing bachelor's: nothing reported in 2020, a zero in 2021, then graduates."""
    offers = trained(real_desk, "29-1141").offers
    row = offers[(offers.unitid == "227979") & (offers.cip == "51.3801") & (offers.award_level == "5")].iloc[
        0
    ]
    assert row.by_year == [None, 0, 22, 33, 18]


def test_no_offer_is_made_of_nothing(real_desk):
    for soc in ("29-1141", "47-2111"):
        offers = trained(real_desk, soc).offers
        assert all(any(value is not None for value in row) for row in offers.by_year)
        none = offers[offers.awards == 0]
        assert none.women_pct.isna().all()
        assert offers.women_pct.dropna().between(0, 100).all()


def test_a_closed_institution_is_named_as_such(real_desk):
    found = trained(real_desk, "47-2111", "US")
    gone = found.offers[found.offers.institution_name.str.contains(GONE)]
    assert len(gone) > 5
    row = gone[gone.unitid == "144485"].iloc[0]
    assert row.institution_name == "144485, no longer in the directory"
    assert row.by_year[-1] is None
    assert pd.isna(row.city)
    assert not set(gone.unitid) & set(found.providers.unitid), "nobody finishes there now"
    assert not trained(real_desk, "47-2111").offers.institution_name.str.contains(GONE).any()


class TestEarnings:
    def test_spot_check_28(self, real_desk):
        """University of Houston, 51.38, bachelor's: $91,276, four years after."""
        offers = trained(real_desk, "29-1141").offers
        row = offers[
            (offers.unitid == "225511") & (offers.cip == "51.3801") & (offers.award_level == "5")
        ].iloc[0]
        assert (row.earnings_usd_year, row.years_after) == (91_276, 4)

    def test_only_at_the_right_credential(self, real_desk):
        """Its master's and doctorates in the same program group publish no earnings."""
        offers = trained(real_desk, "29-1141").offers
        mine = offers[(offers.unitid == "225511") & (offers.award_level != "5")]
        assert len(mine) >= 3
        assert mine.earnings_usd_year.isna().all()

    def test_every_figure_is_one_that_the_scorecard_prints(self, real_desk):
        found = trained(real_desk, "29-1141", "48")
        printed = {
            (row.unitid, row.cip4, level): row.earnings_usd_year
            for row in programs.earnings(real_desk.warehouse, ["48"], ["51.38"]).itertuples()
            for level in CREDENTIAL_AWARDS[row.credential_level]
        }
        told = found.offers[found.offers.earnings_usd_year.notna()]
        assert len(told) > 50
        for row in told.itertuples():
            assert printed[row.unitid, row.cip[:5], row.award_level] == row.earnings_usd_year
        untold = found.offers[found.offers.earnings_usd_year.isna()]
        assert not {(r.unitid, r.cip[:5], r.award_level) for r in untold.itertuples()} & set(printed)

    def test_levels_chosen_leave_out_the_others(self, real_desk):
        found = trained(real_desk, "29-1141", levels=SUB_BACCALAUREATE)
        assert set(found.offers.award_level) <= set(SUB_BACCALAUREATE)
        assert set(found.earnings.credential_level) <= {"1", "2"}


class TestWithoutTraining:
    def test_an_occupation_without_a_program(self, real_desk):
        soc = next(s for s in ("35-3023", "41-2031", "13-1074") if not programs_of(real_desk, s))
        found = trained(real_desk, soc)
        assert (found.cips, len(found.offers), found.limit.kind) == ((), 0, "no_program")
        assert found.evidence.completions is None
        assert found.trend.empty

    def test_a_nonmetropolitan_area_is_not_one_in_which_nobody_finishes(self, real_desk):
        """Institutions cannot be placed there: completions are not known, which is not 0."""
        found = trained(real_desk, "29-1141", "0100001")
        assert found.offers.empty
        assert found.evidence.completions is None
        assert "Nobody has finished" not in found.limit.why


HEADER = "provider,program,kind,cip,soc,area_code,unitid,seats,applicants,enrolled,source,as_of"


def with_capacity(desk, *lines):
    content = "\n".join([HEADER, *lines]).encode()
    capacity = parse(content, desk.known_codes)
    assert capacity.problems == ()
    return replace(desk, capacity=capacity)


class TestEntries:
    def test_by_occupation_by_program_and_by_group(self, real_desk):
        desk = with_capacity(
            real_desk,
            f"A,By SOC,credit,,49-9021,{HOUSTON},,20,,,x,2026-01",
            f"B,By CIP,credit,47.0201,,{HOUSTON},,30,,,x,2026-01",
            f"C,By group,credit,47.02,,{HOUSTON},,40,,,x,2026-01",
            f"D,Other program,credit,51.3801,,{HOUSTON},,50,,,x,2026-01",
            "E,Elsewhere,credit,47.0201,,12420,,60,,,x,2026-01",
            f"F,Other occupation,credit,,47-2111,{HOUSTON},,70,,,x,2026-01",
        )
        area = desk.area(HOUSTON)
        listed = entries(desk, area, "49-9021", programs_of(desk, "49-9021"))
        assert list(listed.provider) == ["A", "B", "C"]
        assert list(entries(desk, desk.area("US"), "49-9021", programs_of(desk, "49-9021")).provider) == []

    def test_a_region_has_the_entries_of_its_members(self, real_desk):
        desk = with_capacity(
            real_desk,
            "A,One,credit,,49-9021,12420,,20,,,x,2026-01",
            "B,Two,credit,,49-9021,41700,,30,,,x,2026-01",
            "C,Three,credit,,49-9021,R-austin-san-antonio,,40,,,x,2026-01",
        )
        listed = entries(desk, desk.area("R-austin-san-antonio"), "49-9021", ())
        assert list(listed.provider) == ["A", "B", "C"]

    def test_seats_add_up_only_if_every_entry_tells_them(self, real_desk):
        desk = with_capacity(
            real_desk,
            f"A,One,credit,,47-2111,{HOUSTON},,20,50,18,x,2026-01",
            f"B,Two,credit,,47-2111,{HOUSTON},,30,,28,x,2026-01",
        )
        found = trained(desk, "47-2111")
        assert (found.evidence.seats, found.evidence.enrolled, found.evidence.applicants) == (50, 46, None)
        # 46 of 50 seats taken is 92%; who finished from these entries is not known
        assert found.evidence.finished is None
        assert (found.limit.kind, found.limit.proxy) == ("seats", False)

    def test_finishers_of_an_institutions_own_program(self, real_desk):
        """An institution reports its awards: they are held against its seats, not those of all Houston."""
        offers = trained(real_desk, "47-2111").offers
        largest = offers[offers.cip == "46.0302"].groupby("unitid").awards.sum()
        unitid, own = largest.idxmax(), int(largest.max())
        assert 0 < own < offers.awards.sum()
        desk = with_capacity(real_desk, f"X,Y,credit,46.0302,,{HOUSTON},{unitid},{own},,,x,2026-01")
        found = trained(desk, "47-2111")
        assert found.evidence.finished == own
        assert (found.limit.kind, found.limit.proxy) == ("seats", False)

    def test_without_entries_the_peak_stands_for_seats(self, real_desk):
        found = trained(real_desk, "47-2111")
        assert found.evidence.seats is None
        assert found.evidence.peak == max(found.by_year)
        assert found.limit.proxy

    def test_enough_finish_for_the_openings(self, real_desk):
        """HVAC in Houston: about 770 finish for about 725 openings a year."""
        found = trained(real_desk, "49-9021")
        assert found.evidence.apportioned >= found.evidence.openings
        assert found.limit.kind == "none"


def test_the_fixtures_show_the_same_houston(small_desk):
    found = trained(small_desk, "29-1141")
    rows = found.offers[found.offers.cip == "51.3801"]
    assert (rows.awards.sum(), rows.women.sum()) == (3157, 2696)
