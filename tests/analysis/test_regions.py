import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.analysis.regions import union
from lmi.domain.fields import WAGE_COLUMNS

NAN = float("nan")
NATION = pd.DataFrame({"soc": ["00-0000", "29-1141", "47-2111"], "employment": [1_000_000, 30_000, 10_000]})


def row(area: str, soc: str, employment: float, **values: object) -> dict[str, object]:
    level = "total" if soc == "00-0000" else "detailed"
    base = {"area_code": area, "soc": soc, "soc_level": level, "employment": employment,
            "employment_rse_pct": 10.0, "wage_rse_pct": 2.0, "pay_basis": "both",
            "top_coded": None}  # fmt: skip
    return base | dict.fromkeys(WAGE_COLUMNS, NAN) | values


def joined(*rows: dict[str, object], members: int = 2) -> pd.DataFrame:
    return union(pd.DataFrame(list(rows)), NATION, members).set_index("soc")


TOTALS = (row("A", "00-0000", 1000), row("B", "00-0000", 3000))


def test_jobs_add_up_and_wages_are_weighted_by_jobs():
    # 100 jobs at 60,000 and 300 at 80,000: 400 jobs, (6 + 24) m / 400 = 75,000; by the hour 29 and 39: 36.50.
    found = joined(
        *TOTALS,
        row("A", "29-1141", 100, wage_median_usd_year=60_000.0, wage_median_usd_hour=29.0),
        row("B", "29-1141", 300, wage_median_usd_year=80_000.0, wage_median_usd_hour=39.0),
    ).loc["29-1141"]
    assert (found.employment, found.wage_median_usd_year, found.wage_median_usd_hour) == (400, 75_000, 36.5)
    assert (found.parts_published, found.members) == (2, 2)


def test_concentration_is_computed_anew():
    # 400 of 4,000 jobs here (10%) against 30,000 of 1,000,000 (3%): 3.33.
    found = joined(*TOTALS, row("A", "29-1141", 100), row("B", "29-1141", 300)).loc["29-1141"]
    assert found.location_quotient == 3.33
    assert found.jobs_per_1000 == pytest.approx(100)


def test_errors_combine_as_those_of_independent_samples():
    # Standard errors 10 and 30 jobs: root of 1,000 = 31.6 of 400 jobs = 7.9%.
    found = joined(*TOTALS, row("A", "29-1141", 100), row("B", "29-1141", 300)).loc["29-1141"]
    assert found.employment_rse_pct == 7.9
    # pay: root(200 squared + 600 squared) / 400 = 1.58
    assert found.wage_rse_pct == 1.6


def test_a_withheld_part_makes_the_sum_at_least():
    found = joined(
        *TOTALS,
        row("A", "29-1141", 100, wage_median_usd_year=60_000.0),
        row("B", "29-1141", NAN, wage_median_usd_year=90_000.0),
    ).loc["29-1141"]
    assert (found.employment, found.parts_published, found.members) == (100, 1, 2)
    assert found.wage_median_usd_year == 60_000, "pay without known jobs has no weight"


def test_nothing_published_stays_nothing():
    found = joined(*TOTALS, row("A", "29-1141", NAN), row("B", "29-1141", NAN)).loc["29-1141"]
    assert (
        found[["employment", "wage_median_usd_year", "location_quotient", "employment_rse_pct"]].isna().all()
    )
    assert found.parts_published == 0


def test_a_top_code_of_one_part_marks_the_union():
    found = joined(
        *TOTALS,
        row("A", "29-1141", 100, wage_p90_usd_year=239_200.0, top_coded="wage_p90_usd_year"),
        row("B", "29-1141", 100, wage_p90_usd_year=200_000.0),
    ).loc["29-1141"]
    assert found.top_coded == "wage_p90_usd_year"
    assert found.wage_p90_usd_year == 219_600


jobs = st.one_of(st.just(NAN), st.integers(30, 100_000).map(float))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(jobs, jobs), min_size=1, max_size=5), st.sampled_from([2, 3, 10]))
def test_more_jobs_in_the_same_pattern_leave_every_concentration_unchanged(parts, factor):
    def region(times: float) -> pd.DataFrame:
        rows = [*TOTALS]
        rows = [row(r["area_code"], r["soc"], r["employment"] * times * 1000) for r in rows]
        for area, (nurses, electricians) in zip("ABCDE", parts, strict=False):
            rows += [row(area, "29-1141", nurses * times), row(area, "47-2111", electricians * times)]
        return joined(*rows, members=len(parts))

    one, more = region(1), region(factor)
    pd.testing.assert_series_equal(one.location_quotient, more.location_quotient)
    pd.testing.assert_series_equal(one.employment_rse_pct, more.employment_rse_pct)
    known = [n for n, _ in parts if not np.isnan(n)]
    assert one.parts_published["29-1141"] == len(known)
    if known:
        assert one.employment["29-1141"] == sum(known)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(30, 10_000), st.integers(20_000, 200_000)), min_size=1, max_size=6))
def test_a_mean_wage_lies_between_the_parts(parts):
    rows = [row(f"A{i}", "29-1141", n, wage_median_usd_year=float(w)) for i, (n, w) in enumerate(parts)]
    found = joined(*TOTALS, *rows).wage_median_usd_year["29-1141"]
    assert min(w for _, w in parts) - 5 <= found <= max(w for _, w in parts) + 5


def test_the_union_of_one_area_is_that_area():
    found = joined(
        row("A", "00-0000", 1000), row("A", "29-1141", 100, wage_median_usd_year=61_230.0), members=1
    )
    assert found.employment["29-1141"] == 100
    assert found.wage_median_usd_year["29-1141"] == 61_230
    assert found.employment_rse_pct["29-1141"] == 10
