"""Levels and changes of real-time series, worked out by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.analysis.signals import is_old, level, moved, trend


def series(**values: float | None) -> pd.DataFrame:
    """series(d2026_08_14=114.15): dates as names."""
    dates = pd.to_datetime([name[1:].replace("_", "-") for name in values])
    return pd.DataFrame({"date": dates, "value": list(values.values())})


def test_an_index_against_the_same_day_3_and_12_months_before():
    found = level(
        series(d2025_08_14=100, d2026_05_14=120, d2026_08_13=1, d2026_08_14=150), "%", monthly=False
    )
    assert (found.value, f"{found.date:%Y-%m-%d}") == (150, "2026-08-14")
    assert found.change_3m == pytest.approx(25)  # 150 / 120
    assert found.change_12m == pytest.approx(50)  # 150 / 100


def test_a_day_without_a_value_takes_the_last_of_its_week():
    rows = series(d2025_08_07=90, d2026_05_08=100, d2026_05_15=1, d2026_08_14=110)
    found = level(rows, "%", monthly=False)
    assert found.change_3m == pytest.approx(10)  # 8 May is six days before 14 May
    assert found.change_12m is None  # 7 August is seven days before the 14th


def test_the_end_of_a_month_and_a_leap_day():
    assert level(series(d2026_02_28=100, d2026_05_31=104), "%", monthly=False).change_3m == pytest.approx(4)
    assert level(series(d2023_02_28=100, d2024_02_29=95), "%", monthly=False).change_12m == pytest.approx(-5)
    # by months: February ends on the 28th, November on the 30th
    assert level(series(d2025_11_30=4.0, d2026_02_28=4.5), "points", monthly=True).change_3m == 0.5


def test_points_are_differences_and_a_month_without_a_value_stays_unknown():
    rows = series(d2025_09_30=4.0, d2025_10_31=None, d2026_01_31=4.4, d2026_09_30=None)
    found = level(rows, "points", monthly=True)
    assert (found.value, found.change_3m) == (4.4, None)  # October was not published; not 0, not September
    rows = series(d2025_01_31=4.0, d2026_01_31=4.4)
    assert level(rows, "points", monthly=True).change_12m == pytest.approx(0.4)


def test_no_value_at_all():
    assert level(series(), "%", monthly=False) is None
    assert level(series(d2026_01_31=None), "%", monthly=True) is None


def test_a_change_from_nothing_is_not_known():
    assert level(series(d2026_05_14=0, d2026_08_14=5), "%", monthly=False).change_3m is None


@given(
    values=st.lists(st.floats(1, 1000), min_size=400, max_size=400),
    order=st.randoms(use_true_random=False),
    factor=st.floats(0.1, 10),
)
@settings(max_examples=10, deadline=None)
def test_neither_order_nor_scale_changes_a_percent(values, order, factor):
    rows = pd.DataFrame({"date": pd.date_range("2025-01-01", periods=400), "value": values})
    shuffled = rows.sample(frac=1, random_state=order.randint(0, 1000))
    one, other = level(rows, "%", monthly=False), level(shuffled, "%", monthly=False)
    assert one == other
    scaled = level(rows.assign(value=rows.value * factor), "%", monthly=False)
    assert scaled.change_3m == pytest.approx(one.change_3m, abs=1e-6)
    assert scaled.change_12m == pytest.approx(one.change_12m, abs=1e-6)


def test_a_move_since_a_day():
    rows = series(d2026_06_30=4.0, d2026_07_31=4.1, d2026_08_31=None, d2026_09_30=4.4)
    found = moved(rows, pd.Timestamp("2026-08-31"), "points")
    assert (f"{found.before_date:%Y-%m}", found.before, f"{found.date:%Y-%m}") == ("2026-07", 4.1, "2026-09")
    assert found.change == pytest.approx(0.3)
    assert moved(rows, pd.Timestamp("2026-07-31"), "%").change == pytest.approx(100 * 0.3 / 4.1)
    assert moved(rows, pd.Timestamp("2026-09-30"), "points") is None  # nothing newer
    assert moved(rows, pd.Timestamp("2026-06-29"), "points") is None  # nothing before
    assert moved(series(), pd.Timestamp("2026-06-29"), "points") is None


@pytest.mark.parametrize(
    ("change", "word"),
    [(2.1, "rising"), (2, "little changed"), (-2, "little changed"), (-2.1, "falling"), (None, "")],
)
def test_a_change_in_a_word(change, word):
    assert trend(change, 2) == word


def test_old_is_more_than_120_days():
    day = pd.Timestamp("2026-04-30")
    assert not is_old(day, day + pd.Timedelta(days=120))
    assert is_old(day, day + pd.Timedelta(days=121))
