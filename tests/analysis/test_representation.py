"""Shares against a baseline: points, parity, people, intervals, ladders; missing stays missing."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.analysis import representation
from lmi.analysis.representation import against, along, share_error, workforce_share

ROWS = pd.DataFrame(
    {"soc": ["47-2111", "29-1141", "11-1031", "33-9011"], "employment": [1000.0, 500.0, 80.0, None]}
)
SHARE = pd.Series([3.5, 87.3, np.nan, 47.1])
PEOPLE = pd.Series([1_063_000, 3_528_000, 18_000, 100_000])


def by_soc(baseline=47.1):
    return against(ROWS, SHARE, PEOPLE, baseline).set_index("soc")


def test_electricians_and_nurses_by_hand():
    found = by_soc()
    # 3.5 - 47.1 = -43.6 points; 3.5 / 47.1 = 0.0743; 1,000 jobs x 43.6% = 436 women short.
    assert found.gap_pp["47-2111"] == pytest.approx(-43.6)
    assert found.parity["47-2111"] == pytest.approx(0.0743, abs=1e-4)
    assert found.people_short["47-2111"] == pytest.approx(436)
    # 87.3 - 47.1 = 40.2; 87.3 / 47.1 = 1.8535; nobody short.
    assert found.gap_pp["29-1141"] == pytest.approx(40.2)
    assert found.parity["29-1141"] == pytest.approx(1.8535, abs=1e-4)
    assert found.people_short["29-1141"] == 0


def test_parity_is_one_and_the_gap_zero_at_the_baseline():
    row = by_soc().loc["33-9011"]
    assert (row.gap_pp, row.parity) == (0.0, 1.0)
    assert not row.clear
    assert math.isnan(row.people_short), "the jobs are not known"


def test_a_share_that_is_not_published_leaves_nothing():
    row = by_soc().loc["11-1031"]
    for column in ("share_pct", "share_low", "share_high", "gap_pp", "parity", "people_short"):
        assert math.isnan(row[column]), column
    assert not row.clear


def test_a_missing_baseline_leaves_the_share():
    found = by_soc(pd.Series([47.1, math.nan, 47.1, 0.0]))
    assert found.share_pct["29-1141"] == 87.3
    assert math.isnan(found.gap_pp["29-1141"])
    assert not found.clear["29-1141"]
    assert math.isnan(found.parity["33-9011"]), "nothing is a multiple of 0"


def test_the_interval_by_hand():
    # p = 0.5, 100,000 people: sqrt(1,000 x 0.25 / 100,000) = 5 points; 90%: 8.225.
    assert share_error(np.array([50.0]), np.array([100_000.0]))[0] == pytest.approx(5.0)
    found = against(ROWS.head(1), pd.Series([50.0]), pd.Series([100_000]), 47.1)
    assert found.share_low[0] == pytest.approx(50 - 8.225)
    assert found.share_high[0] == pytest.approx(50 + 8.225)
    assert not found.clear[0]
    assert against(ROWS.head(1), pd.Series([50.0]), pd.Series([100_000]), 41.7).clear[0]
    assert not against(ROWS.head(1), pd.Series([50.0]), pd.Series([100_000]), 41.8).clear[0]


def test_intervals_stay_between_0_and_100_and_need_people():
    found = against(ROWS.head(2), pd.Series([0.5, 99.5]), pd.Series([50_000, 50_000]), 50.0)
    assert found.share_low[0] == 0
    assert found.share_high[1] == 100
    assert math.isnan(share_error(np.array([50.0]), np.array([0.0]))[0])
    assert math.isnan(share_error(np.array([50.0]), np.array([np.nan]))[0])


def test_the_rows_given_are_not_modified():
    before = ROWS.copy()
    by_soc()
    pd.testing.assert_frame_equal(before, ROWS)


@given(
    st.lists(st.tuples(st.floats(0, 100), st.integers(50_000, 5_000_000)), min_size=1, max_size=12),
    st.floats(1, 99),
)
def test_gap_and_parity_agree(cells, baseline):
    share, people = pd.Series([s for s, _ in cells]), pd.Series([p for _, p in cells])
    rows = pd.DataFrame({"soc": range(len(cells)), "employment": 100.0})
    found = against(rows, share, people, baseline)
    assert ((found.gap_pp < 0) == (found.parity < 1)).all() or (found.gap_pp.abs() < 1e-9).any()
    assert (found.share_low <= found.share_pct + 1e-9).all()
    assert (found.share_pct <= found.share_high + 1e-9).all()
    np.testing.assert_allclose(found.people_short, np.maximum(-found.gap_pp, 0))


def test_the_workforce_of_texas_in_2018():
    """ACS 2018, C24010: 6,163,329 of 13,491,168 employed are women: 45.684%."""
    share, _ = workforce_share({"all": 13_491_168, "women": 6_163_329}, {}, "women")
    assert share == pytest.approx(100 * 6_163_329 / 13_491_168)


def test_the_margin_of_a_proportion_by_hand():
    # People 1,000 +- 50, of them 400 +- 40. p = 0.4; sqrt(40^2 - 0.4^2 x 50^2) / 1,000
    # = sqrt(1,600 - 400) / 1,000 = 3.4641 points.
    share, margin = workforce_share({"all": 1000, "g": 400}, {"all": 50, "g": 40}, "g")
    assert (share, margin) == (pytest.approx(40), pytest.approx(3.4641, abs=1e-4))
    # Where the difference is negative (10^2 - 0.4^2 x 50^2 = -300) it is the sum: sqrt(100 + 400) = 2.2361.
    assert workforce_share({"all": 1000, "g": 400}, {"all": 50, "g": 10}, "g")[1] == pytest.approx(
        2.2361, abs=1e-4
    )


@pytest.mark.parametrize("people", [{"all": 100}, {"g": 5}, {"all": 0, "g": 0}, {"all": math.nan, "g": 3},
                                    {"all": 100, "g": math.nan}])  # fmt: skip
def test_a_workforce_that_is_not_published_has_no_share(people):
    assert all(math.isnan(value) for value in workforce_share(people, {}, "g"))


RUNGS = {"No formal educational credential": "Low", "High school diploma or equivalent": "Low",
         "Bachelor's degree": "High"}  # fmt: skip


def test_a_ladder_by_hand():
    rows = pd.DataFrame(
        [("High school diploma or equivalent", 100.0, 10.0, 20.0),
         ("No formal educational credential", 300.0, 50.0, np.nan),
         ("High school diploma or equivalent", 100.0, np.nan, np.nan),
         ("Bachelor's degree", np.nan, 90.0, 5.0),
         ("Doctoral or professional degree", 50.0, 60.0, 5.0)],
        columns=["typical_education", "employment", "women_pct", "black_pct"],
    )  # fmt: skip
    found = along(rows, RUNGS, ("women", "black"))
    # (100 x 10 + 300 x 50) / 400 = 40; 400 of 500 jobs have a share: 80%. Black: only the first row.
    assert found.to_dict("records") == [
        {
            "rung": "Low",
            "jobs": 500.0,
            "occupations": 3,
            "covered_pct": 80.0,
            "women_pct": 40.0,
            "black_pct": 20.0,
        }
    ]


def test_a_rung_without_any_published_share_says_so():
    rows = pd.DataFrame(
        {"typical_education": ["Bachelor's degree"], "employment": [10.0], "women_pct": [np.nan]}
    )
    found = along(rows, RUNGS, ("women",)).iloc[0]
    assert (found.jobs, found.covered_pct) == (10.0, 0.0)
    assert math.isnan(found.women_pct)


def test_an_empty_ladder_keeps_its_columns():
    rows = pd.DataFrame({"typical_education": [], "employment": [], "women_pct": []})
    found = along(rows, RUNGS, ("women",))
    assert list(found.columns) == ["rung", "jobs", "occupations", "covered_pct", "women_pct"]
    assert found.empty


def test_the_rungs_keep_the_order_of_the_ladder():
    rows = pd.DataFrame(
        {"typical_education": ["Bachelor's degree", "No formal educational credential"],
         "employment": [10.0, 10.0], "women_pct": [1.0, 2.0]}
    )  # fmt: skip
    assert list(along(rows, RUNGS, ("women",)).rung) == ["Low", "High"]


def test_the_rule_of_the_interval_is_the_one_that_is_written_down():
    assert representation.Z90 == 1.645
    assert representation.PEOPLE_PER_EFFECTIVE_RESPONSE == 1000
