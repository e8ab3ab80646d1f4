import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.analysis.demand import COMPONENT_FIELDS, percentile_rank, rank_demand

NAN = float("nan")
EVEN = {"openings": 1.0, "growth": 1.0, "wage": 1.0, "concentration": 1.0}
OF_ROWS = ("openings", "growth", "wage", "concentration")
COLUMNS = [*(COMPONENT_FIELDS[name] for name in OF_ROWS), "employment_rse_pct", "wage_rse_pct"]


def table(*rows: tuple[float, ...], errors: tuple[float, float] = (5.0, 2.0)) -> pd.DataFrame:
    """Rows of openings, growth, wage, concentration; socs 11-0001, 11-0002, …"""
    out = pd.DataFrame([(*r, *errors) for r in rows], columns=COLUMNS, dtype=float)
    out.insert(0, "soc", [f"11-{i:04d}" for i in range(1, len(out) + 1)])
    return out


def test_percentile_ranks_share_ties_and_skip_the_missing():
    # Four values: 10, 20, 20, 30. Average ranks 1, 2.5, 2.5, 4; (rank - 0.5) / 4.
    found = percentile_rank(np.array([[20.0, NAN, 10.0, 30.0, 20.0]]))[0]
    assert found.tolist() == pytest.approx([0.5, NAN, 0.125, 0.875, 0.5], nan_ok=True)


def test_percentile_ranks_row_by_row():
    found = percentile_rank(np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]]))
    np.testing.assert_allclose(found, [[1 / 6, 1 / 2, 5 / 6], [5 / 6, 1 / 2, 1 / 6]])


def test_the_score_is_the_weighted_mean_of_percentile_ranks():
    # Openings 10 and 20: percentiles 0.25, 0.75. Growth 5 and 1: 0.75, 0.25. Weights 3 to 1:
    # (3 x 0.25 + 0.75)/4 = 0.375 and (3 x 0.75 + 0.25)/4 = 0.625.
    found = rank_demand(table((10, 5, 1, 1), (20, 1, 1, 1)), {"openings": 3, "growth": 1})
    assert found.soc.tolist() == ["11-0002", "11-0001"]
    assert found.demand_score.tolist() == pytest.approx([0.625, 0.375])
    assert found.demand_rank.tolist() == [1, 2]
    assert "pct_wage" not in found


def test_a_missing_component_shares_its_weight_and_says_so():
    # First row has no wage: its score is the openings' percentile alone (0.75), not 0.75/2.
    rows = table((20, 0, NAN, 1), (10, 0, 500, 1))
    found = rank_demand(rows, {"openings": 1, "wage": 1}).set_index("soc")
    assert found.demand_score["11-0001"] == pytest.approx(0.75)
    assert found.demand_score["11-0002"] == pytest.approx((0.25 + 0.5) / 2)
    assert "median pay" in found.rank_note["11-0001"]
    assert found.rank_note["11-0002"] == ""
    assert np.isnan(found.pct_wage["11-0001"])


def test_what_is_missing_widens_the_interval():
    rows = table(*((n, n, n, n) for n in range(1, 21)), errors=(0.0, 0.0))
    sure = rank_demand(rows, EVEN).set_index("soc")
    rows.loc[9, "wage_median_usd_year"] = NAN
    unsure = rank_demand(rows, EVEN).set_index("soc")
    width = (unsure.rank_high - unsure.rank_low)["11-0010"]
    assert (sure.rank_high - sure.rank_low)["11-0010"] == 0
    assert width >= 4


def test_a_component_that_nobody_has_widens_nothing():
    """The nation has no location quotients: with exact figures its ranks are exact."""
    rows = table(*((n, n, n, NAN) for n in range(1, 21)), errors=(0.0, 0.0))
    found = rank_demand(rows, EVEN)
    assert (found.rank_low == found.demand_rank).all()
    assert (found.rank_high == found.demand_rank).all()


def test_larger_errors_give_wider_intervals():
    rows = [(100 + n, 1, 1000 + 10 * n, 1 + n / 100) for n in range(30)]
    narrow = rank_demand(table(*rows, errors=(1.0, 1.0)), EVEN)
    wide = rank_demand(table(*rows, errors=(30.0, 10.0)), EVEN)
    assert (wide.rank_high - wide.rank_low).mean() > 2 * (narrow.rank_high - narrow.rank_low).mean()


@pytest.mark.parametrize(
    ("component", "errors", "moves"),
    [
        ("openings", (20.0, 0.0), True), ("openings", (0.0, 20.0), False),
        ("concentration", (20.0, 0.0), True), ("concentration", (0.0, 20.0), False),
        ("wage", (0.0, 20.0), True), ("wage", (20.0, 0.0), False),
        ("growth", (20.0, 20.0), False),
    ],
)  # fmt: skip
def test_each_error_moves_what_it_belongs_to(component, errors, moves):
    """The error of jobs moves openings and concentration; that of pay moves pay; growth has none."""
    rows = table(*((100 + n, 100 + n, 100 + n, 100 + n) for n in range(20)), errors=errors)
    found = rank_demand(rows, {component: 1})
    assert ((found.rank_high - found.rank_low).max() > 3) == moves


def test_the_same_question_has_the_same_answer():
    rows = table(*((50 + n % 7, n % 3, 900 + n, 1) for n in range(40)))
    pd.testing.assert_frame_equal(rank_demand(rows, EVEN), rank_demand(rows, EVEN))
    other = rank_demand(rows, EVEN, seed=1)
    assert not other.rank_high.equals(rank_demand(rows, EVEN).rank_high)


@pytest.mark.parametrize("weights", [{}, {"openings": 0}, {"nonsense": 5}, {"openings": -1}])
def test_weights_that_weigh_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="weight above 0"):
        rank_demand(table((1, 1, 1, 1)), weights)


def test_no_rows_give_no_rows():
    found = rank_demand(table((1, 1, 1, 1)).iloc[:0], EVEN)
    assert found.empty
    assert {"demand_score", "demand_rank", "rank_low", "rank_high", "rank_note"} <= set(found.columns)


def test_all_missing_gives_no_nan_and_no_false_certainty():
    found = rank_demand(table(*[(NAN,) * 4] * 12, errors=(NAN, NAN)), EVEN)
    assert found.demand_score.tolist() == [0.0] * 12
    assert found.demand_rank.tolist() == [1] * 12
    assert (found.rank_high - found.rank_low).min() >= 8
    assert found.rank_note.str.contains("openings a year").all()


number = st.one_of(st.just(NAN), st.floats(0, 1e6), st.sampled_from([1.0, 2.0, 3.0]))
error = st.one_of(st.just(NAN), st.floats(0, 50))
rows_of_areas = st.lists(st.tuples(number, number, number, number, error, error), min_size=1, max_size=12)
weights = st.dictionaries(st.sampled_from(OF_ROWS), st.floats(0.1, 100), min_size=1)
RANKS = ["demand_rank", "rank_low", "rank_high"]


def made(rows: list[tuple[float, ...]]) -> pd.DataFrame:
    out = pd.DataFrame(rows, columns=COLUMNS, dtype=float)
    out.insert(0, "soc", [f"11-{i:04d}" for i in range(1, len(out) + 1)])
    return out


@settings(max_examples=60, deadline=None)
@given(rows_of_areas, weights)
def test_ranks_are_whole_and_lie_within_their_intervals(rows, used):
    found = rank_demand(made(rows), used, draws=30)
    assert sorted(found.soc) == sorted(made(rows).soc)
    assert found[["demand_score", *RANKS]].notna().all().all()
    assert found.demand_score.between(0, 1).all()
    assert ((found.rank_low >= 1) & (found.rank_low <= found.demand_rank)).all()
    assert ((found.demand_rank <= found.rank_high) & (found.rank_high <= len(found))).all()
    assert found.demand_rank.min() == 1
    for _, tied in found.groupby(found.demand_score.round(9)):
        assert tied.demand_rank.nunique() == 1
    # A rank is one more than the number of better scores.
    better = [(found.demand_score.round(9) > round(s, 9)).sum() for s in found.demand_score]
    assert found.demand_rank.tolist() == [1 + b for b in better]


@settings(max_examples=40, deadline=None)
@given(rows_of_areas, weights, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, used, random):
    straight = made(rows)
    order = list(range(len(straight)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(
        rank_demand(straight, used, draws=30), rank_demand(straight.iloc[order], used, draws=30)
    )


@settings(max_examples=40, deadline=None)
@given(rows_of_areas, weights, st.sampled_from([0.001, 0.25, 7.0, 1000.0]))
def test_the_scale_of_the_weights_does_not_matter(rows, used, factor):
    one = rank_demand(made(rows), used, draws=30)
    other = rank_demand(made(rows), {k: w * factor for k, w in used.items()}, draws=30)
    pd.testing.assert_frame_equal(one[["soc", *RANKS]], other[["soc", *RANKS]])


@settings(max_examples=40, deadline=None)
@given(rows_of_areas, weights)
def test_a_weight_of_zero_is_no_weight(rows, used):
    zeros = dict.fromkeys(OF_ROWS, 0.0) | used
    pd.testing.assert_frame_equal(
        rank_demand(made(rows), used, draws=20)[["soc", "demand_score", *RANKS]],
        rank_demand(made(rows), {c: zeros[c] for c in used} | zeros, draws=20)[
            ["soc", "demand_score", *RANKS]
        ],
    )


@settings(max_examples=40, deadline=None)
@given(rows_of_areas, weights, st.sampled_from([0.5, 2.0, 4.0, 1024.0]))
def test_a_larger_area_with_the_same_pattern_ranks_the_same(rows, used, factor):
    """All openings times one factor (as when all jobs are) moves no rank and no interval."""
    small, large = made(rows), made(rows)
    large["openings_per_year"] *= factor
    pd.testing.assert_frame_equal(
        rank_demand(small, used, draws=30)[["soc", *RANKS]],
        rank_demand(large, used, draws=30)[["soc", *RANKS]],
    )


@given(number, number, number, number)
@settings(max_examples=30, deadline=None)
def test_an_area_of_one_occupation_ranks_it_first(a, b, c, d):
    found = rank_demand(table((a, b, c, d)), EVEN, draws=20)
    assert found[RANKS].to_numpy().tolist() == [[1, 1, 1]]


def test_the_rows_handed_in_are_not_changed():
    rows = table((2, 1, 1, 1), (1, 1, NAN, 1))
    before = rows.copy()
    rank_demand(rows, EVEN)
    pd.testing.assert_frame_equal(rows, before)


def with_gaps(*gaps: float) -> pd.DataFrame:
    """Rows that differ in their supply gap only; NaN = no program leads to the occupation."""
    rows = table(*((10, 1, 1, 1) for _ in gaps))
    return rows.assign(supply_gap=gaps, has_program=[gap == gap for gap in gaps])


def test_the_supply_gap_moves_the_ranking_and_can_be_switched_off():
    rows = with_gaps(5.0, 80.0, -20.0)
    on = rank_demand(rows, {"openings": 1, "gap": 1})
    assert on.soc.tolist() == ["11-0002", "11-0001", "11-0003"]
    off = rank_demand(rows, {"openings": 1, "gap": 0})
    assert off.demand_rank.tolist() == [1, 1, 1]
    assert "pct_gap" not in off


def test_a_gap_that_does_not_exist_drops_out_without_widening_the_interval():
    rows = with_gaps(*range(1, 20), NAN).assign(employment_rse_pct=0.0, openings_per_year=range(20))
    found = rank_demand(rows, {"openings": 1, "gap": 1}).set_index("soc").loc["11-0020"]
    assert (found.rank_note, found.rank_low, found.rank_high) == ("", 1, 1)
    assert "No training program" in found.rank_aside
    withheld = rank_demand(rows.assign(has_program=True), {"openings": 1, "gap": 1}).set_index("soc")
    assert "supply gap" in withheld.loc["11-0020"].rank_note
    assert withheld.loc["11-0020"].rank_high > 1


def test_the_redraw_of_jobs_moves_the_gap_with_the_openings():
    # 100 +- 30% openings less 95 completions against 100 without error less 94: they change places.
    rows = with_gaps(5.0, 6.0).assign(openings_per_year=100.0, employment_rse_pct=[30.0, 0.0])
    found = rank_demand(rows, {"gap": 1}).set_index("soc")
    assert (found.rank_low["11-0001"], found.rank_high["11-0001"]) == (1, 2)
    still = rank_demand(rows.assign(employment_rse_pct=0.0), {"gap": 1}).set_index("soc")
    assert (still.rank_low["11-0001"], still.rank_high["11-0001"]) == (2, 2)
