import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.analysis.openings import PARTS, add_openings, group_openings


def row(soc: str, level: str = "detailed", **values: float) -> dict[str, object]:
    given = {
        "employment": 500.0, "employment_rse_pct": 10.0, "nation_base_jobs": 10_000.0,
        "nation_change_per_year": 100.0, "nation_exits_per_year": 300.0,
        "nation_transfers_per_year": 500.0, "nation_openings_per_year": 901.0,
    }  # fmt: skip
    return {"soc": soc, "soc_level": level, **given, **values}


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


def test_elsewhere_openings_are_local_jobs_times_the_nations_rates():
    # 500 jobs of 10,000: a twentieth. Change 100/20 = 5, exits 300/20 = 15, transfers 500/20 = 25; sum 45.
    # RSE 10%: 45 x (1 -+ 1.645 x 0.10) = 37.5975 and 52.4025.
    found = add_openings(frame(row("29-1141")), is_nation=False).iloc[0]
    assert found[list(PARTS)].tolist() == [5, 15, 25]
    assert found.openings_per_year == 45
    assert (found.openings_low, found.openings_high) == (pytest.approx(37.5975), pytest.approx(52.4025))
    assert found.openings_basis == "estimated"


def test_the_nations_openings_are_the_publishers():
    # The parts add up to 900; the publisher printed 901 (it rounds each), and that is what is shown.
    found = add_openings(frame(row("29-1141")), is_nation=True).iloc[0]
    assert found[list(PARTS)].tolist() == [100, 300, 500]
    assert found.openings_per_year == 901
    assert np.isnan(found.openings_low)
    assert found.openings_basis == "published"


@pytest.mark.parametrize("lacking", ["employment", "nation_base_jobs", "nation_exits_per_year"])
def test_nothing_is_estimated_from_what_is_withheld(lacking):
    found = add_openings(frame(row("29-1141", **{lacking: np.nan})), is_nation=False).iloc[0]
    assert np.isnan(found.openings_per_year)
    assert found.openings_basis == ""


def test_no_jobs_in_the_nations_base_year_gives_no_estimate():
    found = add_openings(frame(row("29-1141", nation_base_jobs=0.0)), is_nation=False).iloc[0]
    assert np.isnan(found.openings_per_year)


def test_the_interval_of_an_imprecise_estimate_does_not_fall_below_zero():
    # RSE 80%: 45 x (1 - 1.316) is below 0.
    found = add_openings(frame(row("29-1141", employment_rse_pct=80.0)), is_nation=False).iloc[0]
    assert found.openings_low == 0
    assert found.openings_high == pytest.approx(45 * 2.316)


def test_a_shrinking_occupation_keeps_its_interval_in_order():
    # change -900, exits 300, transfers 500: -100 a year in the nation, -5 here; the interval surrounds it.
    found = add_openings(frame(row("49-9045", nation_change_per_year=-900.0)), is_nation=False).iloc[0]
    assert found.openings_per_year == -5
    assert found.openings_low <= found.openings_per_year <= found.openings_high


def test_the_rows_handed_in_are_not_changed():
    rows = frame(row("29-1141"))
    before = rows.copy()
    add_openings(rows, is_nation=False)
    pd.testing.assert_frame_equal(rows, before)


def grouped(details: list[dict], groups: list[dict]) -> pd.DataFrame:
    detailed = add_openings(frame(*details), is_nation=False)
    return group_openings(detailed, frame(*groups)).set_index("soc")


def test_a_group_is_its_published_parts_and_the_rest_at_the_groups_rates():
    # Published: 500 jobs, openings 45. The group has 800 jobs; the other 300 at the group's own rates:
    # 300/40,000 x (200 + 1000 + 2000) = 24. Together 69, and 500/800 = 62.5% of the jobs are covered.
    # The area has 1,000 jobs: 69 for the 800, and 200 at all occupations' rates: 200/100,000 x 8,000 = 16.
    rates = {"nation_change_per_year": 200.0, "nation_exits_per_year": 1000.0,
             "nation_transfers_per_year": 2000.0, "nation_base_jobs": 40_000.0}  # fmt: skip
    whole = {"nation_change_per_year": 1000.0, "nation_exits_per_year": 3000.0,
             "nation_transfers_per_year": 4000.0, "nation_base_jobs": 100_000.0}  # fmt: skip
    found = grouped(
        [row("29-1141")],
        [row("29-0000", "major", employment=800.0, **rates),
         row("00-0000", "total", employment=1000.0, **whole)],
    )  # fmt: skip
    assert found.openings_per_year["29-0000"] == pytest.approx(69)
    assert found.covered_pct["29-0000"] == pytest.approx(62.5)
    assert found.openings_per_year["00-0000"] == pytest.approx(85)


def test_a_fully_published_group_is_the_sum_of_its_parts():
    found = grouped(
        [row("29-1141"), row("29-2061", employment=300.0)],
        [row("29-0000", "major", employment=800.0), row("00-0000", "total", employment=800.0)],
    )
    # 45 + 300/10,000 x 900 = 27
    assert found.openings_per_year.tolist() == pytest.approx([72, 72])
    assert found.covered_pct.tolist() == pytest.approx([100, 100])


def test_parts_whose_group_is_withheld_still_count_in_the_total_once():
    # Group 29 withholds its jobs; its published occupation (500 jobs, 45 openings) counts in the total, the
    # other 300 of 800 jobs at the total's rates: 300/10,000 x (0 + 100 + 200) = 9.
    rates = {
        "nation_change_per_year": 0.0,
        "nation_exits_per_year": 100.0,
        "nation_transfers_per_year": 200.0,
    }
    found = grouped(
        [row("29-1141")],
        [
            row("29-0000", "major", employment=np.nan),
            row("00-0000", "total", employment=800.0, **rates),
        ],
    )
    assert np.isnan(found.openings_per_year["29-0000"])
    assert found.openings_per_year["00-0000"] == pytest.approx(54)


def test_rounded_parts_above_their_group_do_not_give_negative_rests():
    found = grouped(
        [row("29-1141", employment=810.0)],
        [row("29-0000", "major", employment=800.0), row("00-0000", "total", employment=800.0)],
    )
    assert found.openings_per_year["29-0000"] == pytest.approx(810 * 0.09)
    assert found.covered_pct["29-0000"] == 100


jobs = st.one_of(st.just(float("nan")), st.floats(30, 1e6))


@given(st.lists(jobs, min_size=1, max_size=8), st.floats(1, 3), st.floats(1, 3))
def test_openings_add_up(local, rest_of_major, rest_of_total):
    """Parts <= major <= total where every rate is positive, and openings are the sum of their parts."""
    known = np.nansum(local)
    major, total = max(known, 30) * rest_of_major, max(known, 30) * rest_of_major * rest_of_total
    detailed = add_openings(
        frame(*(row(f"29-{1000 + i}", employment=n) for i, n in enumerate(local))), is_nation=False
    )
    found = group_openings(
        detailed,
        frame(row("29-0000", "major", employment=major), row("00-0000", "total", employment=total)),
    ).set_index("soc")
    parts = detailed.openings_per_year.sum()
    assert found.openings_per_year["29-0000"] >= parts * (1 - 1e-9)
    assert found.openings_per_year["00-0000"] >= found.openings_per_year["29-0000"] * (1 - 1e-9)
    np.testing.assert_allclose(found[list(PARTS)].sum(axis=1), found.openings_per_year)


def test_an_occupation_whose_rates_are_rounded_to_nothing_has_no_estimate():
    # BLS prints exits 0, transfers 0 and a change of -20 a decade: -2 openings a year would be absurd.
    frame = pd.DataFrame(
        {"soc": ["49-9045"], "employment": [100.0], "employment_rse_pct": [5.0], "nation_base_jobs": [600.0],
         "nation_change_per_year": [-2.0], "nation_exits_per_year": [0.0],
         "nation_transfers_per_year": [0.0], "nation_openings_per_year": [100.0]}
    )  # fmt: skip
    assert add_openings(frame, is_nation=False).openings_per_year.isna().all()
    assert add_openings(frame, is_nation=True).openings_per_year.tolist() == [100.0]
