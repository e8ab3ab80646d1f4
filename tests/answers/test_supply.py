"""Openings against completions on the committed bundle: reconciled everywhere, right where it is known."""

import math

import numpy as np
import pandas as pd
import pytest

from lmi.analysis.supply import CONSERVING, METHODS, expected_openings
from lmi.answers import local
from lmi.answers.supply import levels_of, supply
from lmi.domain.awards import AWARD_LEVELS, EVERY_LEVEL, SUB_BACCALAUREATE
from lmi.domain.errors import BadInput
from lmi.warehouse import programs

REGION = "R-austin-san-antonio"
ALL_AWARDS = 5_459_862


def found(desk, area="US", method="graduates", levels=EVERY_LEVEL):
    return supply(desk, local.load(desk, desk.area(area)), method, levels)


def rows_of(desk, area="US", method="graduates", levels=EVERY_LEVEL):
    return found(desk, area, method, levels).rows.set_index("soc")


def check_conservation(answer):
    """What was counted is what was handed out, plus what goes to no occupation."""
    totals, code = answer.totals, answer.area.code
    parts = ("awards_to_occupations", "awards_teaching_only", "awards_without_occupation")
    assert totals["awards_total"] == sum(totals[part] for part in parts), code
    told = totals["completions_where_openings_are_told"]
    untold = totals["completions_where_openings_are_not_told"]
    assert told + untold == pytest.approx(totals["completions_sum"]), code
    openings = ("openings_with_program", "openings_of_teachers", "openings_without_program")
    assert sum(totals[part] for part in openings) == pytest.approx(totals["openings_total"], abs=0.3), code
    if answer.method in CONSERVING:
        assert totals["completions_sum"] == pytest.approx(totals["awards_to_occupations"]), code
    else:
        assert totals["completions_sum"] >= totals["awards_to_occupations"], code
    with_program = answer.rows[answer.rows.has_program]
    bound = with_program.completions_upper_bound
    assert (with_program.completions_per_year <= bound + 1e-6).all(), code
    assert not with_program.soc.str.startswith("25-1").any(), code
    rows = answer.rows
    gap = (rows.openings_per_year - rows.completions_per_year).astype(float)
    np.testing.assert_allclose(rows.supply_gap.astype(float), gap, atol=1e-9)


@pytest.fixture(scope="module")
def locals_(real_desk):
    return {
        area.code: local.load(real_desk, area)
        for number, area in enumerate(real_desk.areas.values())
        if area.type in {"nation", "state", "territory", "custom"} or number % 9 == 0
    }


@pytest.mark.parametrize("method", METHODS)
def test_nothing_is_lost_in_any_state(real_desk, locals_, method):
    states = [here for here in locals_.values() if here.area.type == "state"]
    assert len(states) == 51
    for here in states:
        check_conservation(supply(real_desk, here, method))
        check_conservation(supply(real_desk, here, method, SUB_BACCALAUREATE))


@pytest.mark.parametrize("method", METHODS)
def test_nothing_is_lost_in_metros_territories_and_the_region(real_desk, locals_, method):
    placed = [h for h in locals_.values() if {*h.area.members} & real_desk.placed_areas]
    others = [h for h in placed if h.area.type in {"metro", "territory", "custom"}]
    assert len(others) > 40
    for here in others:
        check_conservation(supply(real_desk, here, method))


@pytest.mark.parametrize("method", METHODS)
def test_nothing_is_lost_in_the_nation(real_desk, method):
    answer = found(real_desk, method=method)
    check_conservation(answer)
    assert answer.totals["awards_total"] == ALL_AWARDS
    # Worked out from the publishers' files with plain pandas.
    assert answer.totals["awards_to_occupations"] == 4_697_438
    assert answer.totals["awards_teaching_only"] == 540_386
    assert answer.totals["awards_without_occupation"] == 222_038


def test_the_states_and_territories_add_up_to_the_nation(real_desk):
    """All awards lie in some state or territory but those of institutions that have left the directory or
    lie in a territory that OEWS does not publish: 99.98% (data quality)."""
    nation = programs.awards_by_level(real_desk.warehouse, ["US"])
    codes = [a.code for a in real_desk.areas.values() if a.type in {"state", "territory"}]
    parts = programs.awards_by_level(real_desk.warehouse, codes)
    of = [frame.groupby("award_year").awards.sum()[2024] for frame in (parts, nation)]
    assert 0.9995 < of[0] / of[1] <= 1


class TestThePublishedFigures:
    """Definitions, section 6: the national files of 2024, all award levels."""

    @pytest.mark.parametrize(
        ("soc", "handed", "whole", "openings"),
        [("47-2111", 14_845, 30_349, 81_000), ("49-9021", 31_479, 32_648, 40_100)],
    )
    def test_electricians_and_hvac(self, real_desk, soc, handed, whole, openings):
        row = rows_of(real_desk).loc[soc]
        assert round(row.completions_per_year) == handed
        assert row.completions_upper_bound == whole
        assert row.openings_per_year == openings
        assert row.supply_gap == pytest.approx(openings - handed, abs=1)
        assert row.supply_ratio == pytest.approx(handed / openings, abs=1e-4)

    def test_nurses(self, real_desk):
        row = rows_of(real_desk).loc["29-1141"]
        assert row.completions_upper_bound == 308_770
        # with teachers apart, what nursing programs gave to teachers (12,492) is the nurses'
        assert row.completions_per_year == pytest.approx(298_412.8, abs=0.1)
        assert row.supply_gap < 0

    def test_openings_split_over_programs(self, real_desk):
        """Plain pandas on the publishers' files: 17,844.9, 30,846.1 and 280,729.5."""
        rows = rows_of(real_desk, method="openings").completions_per_year
        assert rows["47-2111"] == pytest.approx(17_844.9, abs=0.1)
        assert rows["49-9021"] == pytest.approx(30_846.1, abs=0.1)
        assert rows["29-1141"] == pytest.approx(280_729.5, abs=0.1)

    def test_home_health_aides_get_their_programs_through_the_bridge(self, real_desk):
        """The crosswalk holds 31-1121 and 31-1122; projections and OEWS hold 31-1120."""
        rows = rows_of(real_desk)
        row = rows.loc["31-1120"]
        assert (row.has_program, row.completions_upper_bound, row.openings_per_year) == (True, 1704, 765_800)
        assert not {"31-1121", "31-1122"} & set(rows.index)

    def test_occupations_that_only_the_projections_hold_keep_their_openings(self, real_desk):
        """EP prints 2,200 openings a year for legislators, whom OEWS leaves out."""
        row = rows_of(real_desk).loc["11-1031"]
        assert row.openings_per_year == 2_200

    def test_every_opening_of_the_projections_is_counted(self, real_desk):
        assert found(real_desk).totals["openings_total"] == pytest.approx(18_861_600, abs=1)


def test_no_graduate_of_an_upper_level_counts_as_middle_skill(real_desk):
    rows = rows_of(real_desk, levels=SUB_BACCALAUREATE)
    everyone = rows_of(real_desk)
    bound = rows.completions_upper_bound.dropna()
    assert (bound <= everyone.completions_upper_bound.reindex(bound.index)).all()
    assert rows.completions_upper_bound["29-1141"] < everyone.completions_upper_bound["29-1141"]


def test_levels_follow_the_skill_rule_unless_chosen():
    assert levels_of("EDU") == levels_of("all", "sub") == SUB_BACCALAUREATE
    assert levels_of("all") == levels_of("EDU", "all") == EVERY_LEVEL
    assert set(SUB_BACCALAUREATE) == {"20", "21", "2", "4", "3"}
    with pytest.raises(BadInput, match="sub, all"):
        levels_of("EDU", "bachelor")


def test_award_levels_are_named_right():
    """NCES: 20 and 21 are the short certificates; 17, 18 and 19 the doctorates."""
    named = {level.code: level.label for level in AWARD_LEVELS}
    assert "less than 12 weeks" in named["20"]
    assert "12 weeks to less than 1 year" in named["21"]
    assert "1 to less than 2 years" in named["2"]
    assert "2 to less than 4 years" in named["4"]
    assert [named[c].split(",")[0] for c in ("17", "18", "19")] == ["Doctorate"] * 3
    assert ["research" in named["17"], "professional" in named["18"], "other" in named["19"]] == [True] * 3
    assert EVERY_LEVEL == ("20", "21", "2", "4", "3", "5", "6", "7", "8", "17", "18", "19")


NONMETRO = "0100001"


@pytest.mark.parametrize("method", METHODS)
def test_a_nonmetropolitan_area_has_no_completions_and_says_why(real_desk, method):
    answer = found(real_desk, NONMETRO, method)
    assert answer.flows is None
    assert answer.totals == {}
    assert "counties of nonmetropolitan areas" in answer.reason
    assert "Choose the state" in answer.reason
    assert len(answer.rows) > 100
    for column in ("completions_per_year", "completions_upper_bound", "supply_gap", "supply_ratio"):
        assert answer.rows[column].isna().all(), column
    assert not answer.rows.has_program.any()
    assert answer.rows.openings_per_year.notna().any()


def test_a_metro_without_an_institution_says_so(real_desk):
    empty = [
        a for a in real_desk.areas.values() if a.type == "metro" and a.code not in real_desk.placed_areas
    ]
    assert len(empty) == 3
    for area in empty:
        answer = found(real_desk, area.code)
        assert answer.reason == f"No institution of the directory lies in {area.place}."
        assert answer.rows.completions_per_year.isna().all()


@pytest.mark.parametrize("levels", [EVERY_LEVEL, SUB_BACCALAUREATE], ids=["all", "sub"])
def test_a_region_is_the_sum_of_its_members(real_desk, levels):
    members = real_desk.area(REGION).members
    whole = found(real_desk, REGION, "whole", levels)
    parts = [found(real_desk, code, "whole", levels) for code in members]
    assert whole.unplaced == ()
    assert whole.totals["awards_total"] == sum(part.totals["awards_total"] for part in parts)
    bounds = [part.rows.set_index("soc").completions_upper_bound for part in parts]
    together = pd.concat(bounds, axis=1).sum(axis=1, min_count=1).dropna()
    region = whole.rows.set_index("soc").completions_upper_bound.reindex(together.index)
    pd.testing.assert_series_equal(region, together, check_names=False)


def test_an_unplaced_member_is_named(real_desk):
    from dataclasses import replace

    area = replace(real_desk.area(REGION), members=("12420", NONMETRO))
    here = replace(local.load(real_desk, real_desk.area("12420")), area=area)
    answer = supply(real_desk, here)
    assert answer.unplaced == (NONMETRO,)
    assert answer.totals["awards_total"] == found(real_desk, "12420").totals["awards_total"]


def test_withheld_openings_never_count_as_none(real_desk):
    """Where the nation has openings, the split expects some here too, told or not."""
    here = local.load(real_desk, real_desk.area("16220"))
    share = float(here.total.employment) / real_desk.jobs["US"]
    expected = pd.Series(
        expected_openings(real_desk.links.socs, here.detailed, real_desk.projected, share),
        index=real_desk.links.socs,
    )
    nation = real_desk.projected.set_index("soc").openings_per_year.astype(float)
    wanted = nation.reindex(expected.index).fillna(0) > 0
    told = here.detailed.set_index("soc").openings_per_year.astype(float)
    untold = wanted & told.reindex(expected.index).isna()
    assert untold.sum() > 300, "most occupations are withheld in a small metro"
    assert (expected[untold] > 0).all()
    pd.testing.assert_series_equal(
        expected[untold], (nation * share)[expected[untold].index], check_names=False
    )


def test_openings_that_are_not_told_get_graduates_and_no_gap(real_desk):
    rows = rows_of(real_desk, "16220")
    untold = rows[rows.openings_per_year.isna() & rows.has_program]
    assert untold.completions_per_year.sum() > 1
    assert untold.supply_gap.isna().all()
    assert untold.supply_ratio.isna().all()


def test_an_occupation_with_programs_elsewhere_has_none_finishing_here(real_desk):
    """A program exists, nobody finished here: 0. No program exists: not known, never 0."""
    rows = rows_of(real_desk, "16220")
    none = rows[rows.has_program & (rows.completions_upper_bound == 0)]
    assert len(none) > 50
    assert (none.completions_per_year == 0).all()
    without = rows[~rows.has_program]
    assert len(without) > 20
    assert without.completions_per_year.isna().all()


def test_the_answer_is_the_same_whatever_the_order_of_the_rows(real_desk):
    from dataclasses import replace

    here = local.load(real_desk, real_desk.area("12420"))
    mixed = replace(here, detailed=here.detailed.sample(frac=1, random_state=3).reset_index(drop=True))
    for method in METHODS:
        one = supply(real_desk, here, method).rows.set_index("soc").completions_per_year.sort_index()
        other = supply(real_desk, mixed, method).rows.set_index("soc").completions_per_year.sort_index()
        pd.testing.assert_series_equal(one, other)


def test_the_small_fixtures_conserve_too(small_desk):
    for code in ("US", "48", "12420", "26420", "14010", "R-austin-houston"):
        for method in METHODS:
            check_conservation(found(small_desk, code, method))


def test_an_unknown_method_names_the_known_ones(real_desk):
    with pytest.raises(BadInput, match="graduates, openings, whole"):
        found(real_desk, "48", "balanced")


def test_women_among_completions_are_a_share(real_desk):
    rows = rows_of(real_desk)
    share = rows.completions_women_pct.dropna()
    assert share.between(0, 100).all()
    assert math.isclose(share["29-1141"], women_of("29-1141", real_desk), rel_tol=1e-9)


def women_of(soc, desk):
    links = programs.links(desk.warehouse)
    cips = list(links.cip[(links.soc == soc) & ~links.teaching])
    rows = programs.awards(desk.warehouse, ["US"], [2024], EVERY_LEVEL)
    mine = rows[rows.cip.isin(cips)]
    return 100 * float(mine.women.sum()) / float(mine.awards.sum())
