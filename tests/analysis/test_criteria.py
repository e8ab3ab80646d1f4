import numpy as np
import pandas as pd
import pytest

from lmi.analysis import criteria, tristate
from lmi.analysis.criteria import Context, Reference
from lmi.domain.rules import Combination, Criterion, EmployerException, Rule

NAN = float("nan")
INDEX = {2014: 236.736, 2025: 321.943}
WAGES = ("wage_median_usd_hour", "wage_median_usd_year", "wage_p10_usd_hour", "wage_p10_usd_year")


def rows(**columns: list[object]) -> pd.DataFrame:
    out = pd.DataFrame(columns)
    return out.assign(**{name: NAN for name in WAGES if name not in out})


def verdicts(frame: pd.DataFrame, test: Criterion | Combination, **context: object) -> list[bool | None]:
    rule = Rule("R", "R", "R", "R", "R", test)
    found = criteria.evaluate(frame, rule, Context(**context))
    return [tristate.to_python(v) for v in found.verdict]


def evidence(frame: pd.DataFrame, test: Criterion, **context: object) -> dict[str, object]:
    return criteria.evaluate(frame, Rule("R", "R", "R", "R", "R", test), Context(**context)).evidence(0)[0]


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [
        (">", False, False, True), (">=", False, True, True), ("<", True, False, False),
        ("<=", True, True, False), ("==", False, True, False),
    ],
)  # fmt: skip
def test_the_edge_of_every_comparison(op, below, at, above):
    frame = rows(openings_per_year=[39.999, 40.0, 40.001, NAN])
    assert verdicts(frame, Criterion("openings_per_year", "x", op, 40.0)) == [below, at, above, None]


def test_a_list_of_accepted_texts():
    frame = rows(typical_education=["Associate's degree", "Bachelor's degree", None, "associate's degree"])
    test = Criterion("typical_education", "x", "in", ("Associate's degree", "Some college, no degree"))
    assert verdicts(frame, test) == [True, False, None, False]


def test_a_threshold_may_be_a_share_of_a_figure_of_the_area():
    # 0.0005 of 139,842 openings is 69.921.
    test = Criterion("openings_per_year", "x", ">=", 0.0005, of="area_openings_per_year")
    frame = rows(openings_per_year=[69.92, 69.93])
    references = {"area_openings_per_year": Reference(139_842.0)}
    assert verdicts(frame, test, references=references) == [False, True]
    assert evidence(frame, test, references=references)["threshold"] == 69.921


def test_a_reference_that_is_not_known_decides_nothing():
    test = Criterion("openings_per_year", "x", ">=", 0.5, of="area_hires_rate_pct")
    assert verdicts(rows(openings_per_year=[1e9]), test) == [None]


def test_a_field_that_is_not_there_decides_nothing():
    assert verdicts(rows(soc=["11-1011"]), Criterion("hires_rate_pct", "x", ">=", 1.0)) == [None]


SEATTLE = Criterion("wage_median", "x", ">=", 17.0, unit="USD / hour", year=2014, deflate=True)


def test_a_line_of_2014_is_brought_to_the_year_of_the_wages():
    # 17 x 321.943 / 236.736 = 23.1187
    frame = rows(wage_median_usd_hour=[23.11, 23.12])
    assert verdicts(frame, SEATTLE, price_index=INDEX, wage_year=2025) == [False, True]
    shown = evidence(frame, SEATTLE, price_index=INDEX, wage_year=2025)
    assert shown["threshold"] == pytest.approx(23.1187, abs=5e-5)
    assert (shown["unit"], shown["year"]) == ("USD / hour", 2014)


def test_an_hourly_line_meets_pay_published_by_the_year_at_2080_hours():
    # 23.11870 x 2,080 = 48,086.9
    frame = rows(wage_median_usd_year=[48_080.0, 48_090.0])
    assert verdicts(frame, SEATTLE, price_index=INDEX, wage_year=2025) == [False, True]
    assert evidence(frame, SEATTLE, price_index=INDEX, wage_year=2025)["unit"] == "USD / year"


def test_without_the_index_of_a_year_the_line_is_unknown():
    assert verdicts(rows(wage_median_usd_hour=[99.0]), SEATTLE, price_index={}, wage_year=2025) == [None]
    assert verdicts(rows(wage_median_usd_hour=[99.0]), SEATTLE, price_index=INDEX, wage_year=2031) == [None]


def test_a_line_is_not_deflated_unless_asked():
    line = Criterion("wage_median", "x", ">=", 17.0, unit="USD / hour", year=2014)
    assert verdicts(rows(wage_median_usd_hour=[17.0]), line, price_index=INDEX, wage_year=2025) == [True]


def test_withheld_pay_is_unknown():
    assert verdicts(rows(soc=["29-1141"]), SEATTLE, price_index=INDEX, wage_year=2025) == [None]


class TestPayAgainstTheAreas:
    test = Criterion("wage_median", "x", ">=", 0.8, of="area_wage_median")
    references = {"area_wage_median": Reference(hour=25.0, year=52_000.0)}  # noqa: RUF012

    def test_by_the_year_where_both_are_published(self):
        # 0.8 x 52,000 = 41,600
        frame = rows(wage_median_usd_year=[41_590.0, 41_600.0], wage_median_usd_hour=[99.0, 1.0])
        assert verdicts(frame, self.test, references=self.references) == [False, True]

    def test_by_the_hour_where_no_annual_wage_exists(self):
        frame = rows(wage_median_usd_hour=[19.99, 20.0])
        assert verdicts(frame, self.test, references=self.references) == [False, True]
        assert evidence(frame, self.test, references=self.references)["unit"] == "USD / hour"


def test_entry_pay_is_the_tenth_percentile():
    test = Criterion("wage_entry", "x", ">", 1.0, of="living_wage")
    references = {"living_wage": Reference(hour=20.0)}
    # by the hour; by the year against 20 x 2,080 = 41,600; medians do not count
    frame = rows(
        wage_p10_usd_hour=[20.0, 20.01, NAN, NAN], wage_p10_usd_year=[50_000.0, NAN, 41_600.0, 41_610.0],
        wage_median_usd_hour=[90.0] * 4,
    )  # fmt: skip
    assert verdicts(frame, test, references=references) == [False, True, False, True]


def test_combinations_nest():
    high_school = Criterion("typical_education", "x", "in", ("High school diploma or equivalent",))
    training = Criterion("on_the_job_training", "x", "in", ("Apprenticeship",))
    some_college = Criterion("typical_education", "x", "in", ("Some college, no degree",))
    rule = Combination((some_college, Combination((high_school, training), 2)), 1)
    frame = rows(
        typical_education=["Some college, no degree", *["High school diploma or equivalent"] * 3],
        on_the_job_training=[None, "Apprenticeship", "None", None],
    )
    assert verdicts(frame, rule) == [True, True, False, None]


def test_evidence_lists_every_criterion_in_order_without_nan():
    rule = Combination(
        (Criterion("employment", "jobs", ">=", 50.0), Criterion("growth_pct", "growth", ">=", 0.0)), 2
    )
    found = criteria.evaluate(
        rows(employment=[NAN], growth_pct=[1.23456]), Rule("R", "R", "R", "R", "R", rule), Context()
    )
    blank = {"op": ">=", "threshold": 0.0, "unit": "", "year": None, "source": "", "printed": ""}
    assert found.evidence(0) == [
        blank | {"name": "jobs", "value": None, "threshold": 50.0, "pass": None},
        blank | {"name": "growth", "value": 1.2346, "pass": True},
    ]


def test_an_employer_exception_counts_in_its_area_only():
    verdict = np.array([0, 0, -1, 1], dtype=np.int8)
    socs = pd.Series(["51-2092", "47-2111", "51-2092", "29-1141"])
    stated = (EmployerException("51-2092", "12420", "Maker", "2026-10-01", "Hiring"),)
    assert criteria.with_exceptions(verdict, socs, "12420", stated).tolist() == [1, 0, 1, 1]
    assert criteria.with_exceptions(verdict, socs, "26420", stated).tolist() == [0, 0, -1, 1]


def test_pay_by_the_hour_only_against_a_reference_by_the_year_only_is_unknown():
    test = Criterion("wage_median", "x", ">=", 0.8, of="area_wage_median")
    references = {"area_wage_median": Reference(year=52_000.0)}
    assert verdicts(rows(wage_median_usd_hour=[50.0]), test, references=references) == [None]


def test_a_lower_bound_below_a_floor_decides_nothing():
    # 'At least 40' may be 60: unknown. 'At least 70' is 50 or more for sure. An exact 40 fails.
    rule = Rule("R", "R", "R", "R", "R", Criterion("employment", "jobs", ">=", 50.0))
    frame = rows(employment=[40.0, 70.0, 40.0]).assign(at_least=[True, True, False])
    assert list(criteria.evaluate(frame, rule, Context()).verdict) == [-1, 1, 0]
