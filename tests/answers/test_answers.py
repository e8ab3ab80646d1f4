import dataclasses

import numpy as np
import pandas as pd
import pytest

from lmi.analysis import tristate
from lmi.answers import export, local
from lmi.answers.area_names import find_areas
from lmi.answers.overview import freshness, overview, weighted_median
from lmi.answers.profile import profile
from lmi.answers.ranking import judge, rank, robustness, skill_verdict
from lmi.answers.request import parse_weights, request_from_text, weights_text
from lmi.domain.errors import BadInput
from lmi.domain.rules import EmployerException

REGION = "R-austin-houston"


def ranked(desk, area="12420", **changes):
    return rank(desk, dataclasses.replace(request_from_text(desk, area, "all"), **changes))


def test_a_region_of_the_fixtures_adds_up(small_desk):
    region = local.load(small_desk, small_desk.area(REGION)).detailed.set_index("soc")
    parts = [local.load(small_desk, small_desk.area(c)).detailed.set_index("soc") for c in ("12420", "26420")]
    for soc in ("29-1141", "47-2111"):
        assert region.employment[soc] == sum(p.employment[soc] for p in parts)
    openings = sum(p.openings_per_year["29-1141"] for p in parts)
    assert region.openings_per_year["29-1141"] == pytest.approx(openings)
    assert (region.area_code == REGION).all()


def test_withheld_jobs_rank_by_what_is_left(small_desk):
    rows = ranked(small_desk, "14010").rows.set_index("soc")
    withheld = rows[rows.employment.isna()]
    assert len(withheld) >= 10
    assert withheld.rank_note.str.contains("openings a year").all()
    assert withheld.in_demand.map(lambda v: v is not True).all(), "unknown jobs cannot meet a floor of jobs"


def test_filters_choose_rows_before_they_are_ranked(small_desk):
    one = ranked(small_desk, categories=("29-0000",))
    assert set(one.rows.major_group) == {"29-0000"}
    assert one.rows.demand_rank.max() <= len(one.rows)
    paid = ranked(small_desk, wage_min_usd_year=60_000)
    assert (paid.rows.wage_median_usd_year >= 60_000).all()
    unpaid = int(ranked(small_desk).rows.wage_median_usd_year.isna().sum())
    assert paid.left_out == unpaid
    taught = ranked(small_desk, educations=("Postsecondary nondegree award",))
    assert set(taught.rows.typical_education) == {"Postsecondary nondegree award"}
    assert ranked(small_desk, categories=("99-0000",)).rows.empty


def test_an_exception_of_an_employer_counts_here_only(small_desk):
    verdict = {r.soc: r.in_demand for r in ranked(small_desk).rows.itertuples()}
    failed = next(soc for soc, value in sorted(verdict.items()) if value is False)
    stated = EmployerException(failed, "12420", "Maker", "2026-10-01", "Why")
    desk = dataclasses.replace(
        small_desk, settings=dataclasses.replace(small_desk.settings, exceptions=(stated,))
    )
    excepted = ranked(desk)
    assert excepted.rows.set_index("soc").in_demand[failed] is True
    assert any(c["pass"] is False for c in excepted.evidence(failed)), "the evidence still says what failed"
    elsewhere = ranked(desk, "26420").rows.set_index("soc")
    assert elsewhere.in_demand[failed] == ranked(small_desk, "26420").rows.set_index("soc").in_demand[failed]


def test_targets_and_a_living_wage_decide_what_was_unknown(small_desk):
    request = dataclasses.replace(request_from_text(small_desk, "12420", "all"), demand_rule="south_plains")
    assert not any(rank(small_desk, request).rows.in_demand.map(lambda v: v is True))
    settings = dataclasses.replace(
        small_desk.settings, target_occupations=("31-9092",), living_wage_usd_hour=15.0
    )
    desk = dataclasses.replace(small_desk, settings=settings)
    found = rank(desk, request)
    assert list(found.in_demand.soc) == ["31-9092"]
    dear = rank(desk, dataclasses.replace(request, living_wage_usd_hour=200.0))
    assert dear.in_demand.empty


def test_middle_skill_by_rule(small_desk):
    """Electricians: high school with an apprenticeship. LPNs: a postsecondary award. RNs: a bachelor's."""
    here = local.load(small_desk, small_desk.area("26420"))
    place = {soc: i for i, soc in enumerate(here.detailed.soc)}

    def under(rule: str, soc: str) -> bool | None:
        return tristate.to_python(skill_verdict(small_desk, here, rule)[place[soc]])

    assert [under("EDU+OJT", s) for s in ("47-2111", "29-2061", "29-1141")] == [True, True, False]
    assert [under("EDU", s) for s in ("47-2111", "29-2061", "29-1141")] == [False, True, False]
    assert [under("GROUP", s) for s in ("47-2111", "29-2061", "41-2011")] == [True, False, True]
    assert under("all", "29-1141") is True


def test_robustness_counts_the_rules_that_hold(small_desk):
    ranking = ranked(small_desk)
    found = robustness(small_desk, ranking)
    ids = small_desk.demand_rules.ids()
    for row in found.demand.to_dict("records"):
        assert row["passed"] == sum(row[i] is True for i in ids)
        assert row["every_rule"] == all(row[i] is True for i in found.decided_rules)
    assert "tennessee" not in found.decided_rules, "postings and hires are not published"
    assert "explorer" in found.decided_rules
    explorer = judge(small_desk, ranking.local, "explorer").verdict
    first = ranking.position[found.demand.soc[0]]
    assert found.demand.explorer[0] is tristate.to_python(explorer[first])


def test_a_weighted_median_by_hand():
    # Jobs 10, 20, 70 at 1, 2, 3: the 50th of 100 jobs earns 3. With 30, 30, 40: it earns 2.
    assert weighted_median(pd.Series([1, 2, 3]), pd.Series([10, 20, 70])) == 3
    assert weighted_median(pd.Series([3, 1, 2]), pd.Series([40, 30, 30])) == 2
    assert weighted_median(pd.Series([1, 2, 3]), pd.Series([45, 10, 45])) == 2
    assert weighted_median(pd.Series([np.nan, 5]), pd.Series([10, 1])) == 5
    assert weighted_median(pd.Series([np.nan]), pd.Series([10])) is None
    assert weighted_median(pd.Series([], dtype=float), pd.Series([], dtype=float)) is None


def test_the_overview_adds_up_those_in_demand(small_desk):
    ranking = ranked(small_desk)
    found = overview(ranking, top=3)
    rows = ranking.rows[[v is True for v in ranking.rows.in_demand]]
    assert found.count == len(rows) > 3
    assert found.openings == pytest.approx(rows.openings_per_year.sum())
    assert found.growth + found.exits + found.transfers == pytest.approx(found.openings)
    assert list(found.top.soc) == list(rows.nlargest(3, "openings_per_year").soc)
    assert found.pay in set(rows.wage_median_usd_year)


def test_an_overview_of_nothing(small_desk):
    found = overview(ranked(small_desk, categories=("99-0000",)))
    assert (found.count, found.openings, found.pay) == (0, 0, None)


@pytest.mark.parametrize(("today", "overdue"), [("2026-08-31", False), ("2026-10-01", True)])
def test_a_source_is_overdue_once_the_month_of_its_next_vintage_has_passed(real_desk, today, overdue):
    rows = freshness(real_desk, today).set_index("id")
    assert rows.next_due["bls_ep"] == "2026-09"
    assert rows.overdue["bls_ep"] == overdue


def test_weights_are_read_back_as_they_were_written(real_desk):
    for text in ("balanced", "pay", "shortage", "openings=3,wage=1.5", "growth=1", "gap=2"):
        assert weights_text(real_desk, parse_weights(real_desk, text)) == text
    assert weights_text(real_desk, parse_weights(real_desk, "")) == "balanced"
    typed = parse_weights(real_desk, "openings=35,growth=20,wage=20,concentration=10,gap=15")
    assert weights_text(real_desk, typed) == "balanced"
    without = parse_weights(real_desk, "openings=40,growth=20,wage=25,concentration=15")
    assert weights_text(real_desk, without) == "nogap"


@pytest.mark.parametrize(
    "text", ["openings=1e400", "openings=1;wage=2", "=1", ",", "openings=", "OPENINGS=1"]
)
def test_odd_weights_are_refused(real_desk, text):
    with pytest.raises(BadInput, match="does not fit"):
        parse_weights(real_desk, text)


def test_find_areas_puts_whole_words_first(real_desk):
    assert find_areas(real_desk.areas, "TX")[0].code == "48"
    assert find_areas(real_desk.areas, "IN")[0].name == "Indiana"
    assert len(find_areas(real_desk.areas, "")) == 584
    assert find_areas(real_desk.areas, "austin texas oregon") == []
    partial = {a.code for a in find_areas(real_desk.areas, "aust")}
    assert "12420" in partial


def test_missing_cells_are_none_in_json():
    for value in (None, float("nan"), np.nan, pd.NA, np.float64("nan")):
        assert export.plain(value) is None
    assert export.plain(np.float64(3.0)) == 3
    assert isinstance(export.plain(np.float64(3.0)), int)
    assert export.plain(2.345, 1) == 2.3
    assert export.plain("") == ""


def test_every_figure_of_a_profile_can_answer_for_itself(real_desk):
    for soc, area in (("29-1141", "12420"), ("00-0000", "US"), ("55-1011", "48"), ("31-1121", "0100001")):
        for figure in profile(real_desk, soc, area).figures.values():
            assert figure.source, figure
            assert figure.period, figure
            assert figure.area, figure
            assert figure.unit, figure
            assert figure.value is not None or figure.note, figure


def test_a_part_that_withholds_its_jobs_makes_the_region_say_at_least(real_desk):
    settings = real_desk.settings
    texas = local.load(real_desk, real_desk.area("R-austin-san-antonio")).detailed
    part = texas[(texas.parts_published == 1) & texas.employment.notna()].soc
    assert len(part) > 0
    assert settings.regions
    both = {
        code: set(local.load(real_desk, real_desk.area(code)).detailed.soc) for code in ("12420", "41700")
    }
    for soc in part[:5]:
        note = profile(real_desk, soc, "R-austin-san-antonio").figures["employment"].note
        assert "At least: published in 1 of 2 areas." in note, (soc, [soc in b for b in both.values()])
