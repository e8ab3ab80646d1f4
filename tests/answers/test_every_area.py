"""Every area and the custom region: ranked without error, nothing NaN, groups that reconcile."""

import functools
import json

import numpy as np
import pytest

from lmi.analysis import demand
from lmi.analysis.openings import PARTS
from lmi.answers import export
from lmi.answers.ranking import rank
from lmi.answers.request import request_from_text

FEW_DRAWS = 20  # intervals are tested elsewhere; here it is breadth that counts


@pytest.fixture(scope="module")
def rankings(real_desk):
    """One ranking of all skill levels for each area."""
    patch = pytest.MonkeyPatch()
    patch.setattr(demand, "rank_demand", functools.partial(demand.rank_demand, draws=FEW_DRAWS))
    found = {code: rank(real_desk, request_from_text(real_desk, code, "all")) for code in real_desk.areas}
    patch.undo()
    return found


def test_every_area_is_there(rankings):
    assert len(rankings) == 584


def test_every_area_is_ranked_without_a_nan(rankings):
    for code, ranking in rankings.items():
        rows = ranking.rows
        assert len(rows) >= 50, code
        assert rows[["demand_score", "demand_rank", "rank_low", "rank_high"]].notna().all().all(), code
        assert (rows.rank_low <= rows.demand_rank).all(), code
        assert (rows.demand_rank <= rows.rank_high).all(), code
        assert rows.demand_rank.is_monotonic_increasing, code
        json.dumps(export.ranking_json(ranking, 10), allow_nan=False)
        known = rows[rows.openings_per_year.notna() & rows.openings_low.notna()]
        assert (known.openings_low <= known.openings_per_year).all(), code
        assert (known.openings_per_year <= known.openings_high).all(), code


def test_openings_of_groups_reconcile_everywhere(rankings):
    """A group holds at least its published parts, and all occupations about the sum of the groups."""
    compared = 0
    for code, ranking in rankings.items():
        here = ranking.local
        # the nation's are the publisher's, rounded to a hundred
        slack = 0.001 if code != "US" else 0.01
        parts = here.detailed.groupby("major_group").openings_per_year.sum()
        groups = here.groups.set_index("soc").openings_per_year
        majors = groups.drop("00-0000")
        known = majors[majors.notna()]
        short = known[known * (1 + slack) + 0.5 < parts.reindex(known.index).fillna(0)]
        assert short.empty, (code, short)
        total = groups["00-0000"]
        assert total > 0
        assert total * (1 + slack) + 0.5 >= parts.sum(), code
        jobs = here.groups.set_index("soc").employment
        if jobs.drop("00-0000").sum() >= 0.999 * jobs["00-0000"]:  # every group is published
            assert total == pytest.approx(majors.sum(), rel=0.002 if code != "US" else 0.01), code
            compared += 1
    assert compared > 200


def test_openings_are_the_sum_of_their_parts_everywhere(rankings):
    for ranking in rankings.values():
        if ranking.local.area.code == "US":  # the publisher's own, rounded
            continue
        rows = ranking.local.detailed
        np.testing.assert_allclose(rows[list(PARTS)].sum(axis=1, skipna=False), rows.openings_per_year)


def test_openings_are_a_plausible_share_of_jobs(rankings):
    """The nation: 18.9 million openings for 170 million jobs, 11%. A place differs by its mix only."""
    for code, ranking in rankings.items():
        total = ranking.local.total
        share = 100 * total.openings_per_year / total.employment
        assert 9 < share < 14, (code, share)


def test_pay_references_hold_everywhere(rankings):
    for code, ranking in rankings.items():
        references = ranking.local.context.references
        names = ["area_wage_median", "nation_wage_median"]
        names += ["state_wage_median"] if code != "US" else []  # the nation lies in no state
        for name in names:
            assert references[name].year > 15_000, code
            assert references[name].hour > 7, code
        assert np.isfinite(references["area_openings_per_year"].value), code
        assert 0 < references["area_growth_pct"].value < 10, code


def test_the_state_pay_of_a_metro_across_states_is_the_highest(rankings, real_desk):
    # Chicago-Naperville-Elgin lies in Illinois and Indiana
    area = real_desk.area("16980")
    pay = [rankings[state].local.total.wage_median_usd_year for state in area.state_codes]
    assert len(pay) == 2
    assert rankings["16980"].local.context.references["state_wage_median"].year == max(pay)


def test_rates_are_those_of_the_same_jobs(rankings):
    """Openings per job of an occupation differ between nation and state by the publisher's rounding only."""
    nation = rankings["US"].local.detailed.set_index("soc")
    texas = rankings["48"].local.detailed.set_index("soc").openings_rate_pct
    large = nation.nation_openings_per_year > 5000
    both = (nation.openings_rate_pct[large] / texas.reindex(nation.index[large])).dropna()
    assert len(both) > 300
    assert both.between(0.97, 1.03).all(), both[~both.between(0.97, 1.03)]


def test_the_nations_growth_is_the_published_one(rankings):
    assert rankings["US"].local.context.references["area_growth_pct"].value == 3.1
