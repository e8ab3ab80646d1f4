"""Rules applied to occupations: every criterion answered pass, fail or unknown, with its figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lmi.analysis import tristate
from lmi.analysis.tristate import Tri
from lmi.domain.rules import Combination, Criterion, EmployerException, Rule, Test

HOURS_PER_YEAR = 2080  # BLS: a full-time, year-round job; turns a pay line, never a published wage
COUNTS = (
    "employment", "openings_per_year", "employment_change_per_year", "employment_change_decade",
    "openings_with_events",
)  # fmt: skip
_WAGE_FIELDS = {"wage_median": "wage_median_usd_{}", "wage_entry": "wage_p10_usd_{}"}


@dataclass(frozen=True)
class Reference:
    """A figure of the area that criteria compare with: jobs or percent, or pay by hour and year."""

    value: float = float("nan")
    hour: float = float("nan")
    year: float = float("nan")


@dataclass(frozen=True)
class Context:
    """What a rule needs beside the rows.

    references: name -> Reference. price_index: year -> CPI-U annual average. wage_year: the year of
    the wages, to which dollar thresholds of earlier years are brought.
    """

    references: Mapping[str, Reference] = field(default_factory=dict)
    price_index: Mapping[int, float] = field(default_factory=dict)
    wage_year: int = 0


@dataclass(frozen=True)
class Answer:
    """One criterion over all rows: verdicts, the values compared, the thresholds and the unit."""

    criterion: Criterion
    verdict: Tri
    value: NDArray
    threshold: NDArray
    unit: NDArray


@dataclass(frozen=True)
class Verdicts:
    """One rule over all rows: the verdict per row and the answers behind it."""

    rule: Rule
    verdict: Tri
    answers: tuple[Answer, ...]

    def evidence(self, row: int) -> list[dict[str, object]]:
        """The criteria of one row: name, value, op, threshold, unit, pass, year, source, and
        printed: a dollar line as its source prints it, where it was brought to today's dollars."""
        out: list[dict[str, object]] = []
        for answer in self.answers:
            c = answer.criterion
            out.append(
                {
                    "name": c.name, "value": _plain(answer.value[row]), "op": c.op,
                    "threshold": _plain(answer.threshold[row]), "unit": str(answer.unit[row]),
                    "pass": tristate.to_python(answer.verdict[row]), "year": c.year, "source": c.source,
                    "printed": f"${c.value:,.2f} in {c.year} dollars" if c.deflate else "",
                }
            )  # fmt: skip
        return out


def evaluate(rows: pd.DataFrame, rule: Rule, context: Context) -> Verdicts:
    """The rule's verdict for each row (1 met, 0 not met, -1 unknown), with every criterion's answer.

    rows: one row per occupation with the fields that the rule names (numbers may be missing) and,
    for pay, wage_median_usd_hour/_year and wage_p10_usd_hour/_year; not modified.
    """
    answers: list[Answer] = []
    verdict = _decide(rows, rule.test, context, answers)
    return Verdicts(rule, verdict, tuple(answers))


def with_exceptions(
    verdict: Tri, socs: pd.Series, area_code: str, exceptions: tuple[EmployerException, ...]
) -> Tri:
    """The verdicts with documented employer exceptions of this area turned into 'met'."""
    excepted = socs.isin([e.soc for e in exceptions if e.area_code == area_code]).to_numpy(dtype=bool)
    return np.where(excepted, tristate.TRUE, verdict).astype(np.int8)


def _decide(rows: pd.DataFrame, test: Test, context: Context, answers: list[Answer]) -> Tri:
    if isinstance(test, Combination):
        return tristate.at_least([_decide(rows, t, context, answers) for t in test.tests], test.needed)
    if test.op == "in":
        answer = _membership(rows, test)
    elif test.field in _WAGE_FIELDS:
        answer = _pay(rows, test, context)
    else:
        answer = _number(rows, test, context)
    answers.append(answer)
    return answer.verdict


def _membership(rows: pd.DataFrame, criterion: Criterion) -> Answer:
    accepted = criterion.value if isinstance(criterion.value, tuple) else ()
    values = rows[criterion.field]
    known = values.notna().to_numpy(dtype=bool)
    verdict = tristate.from_bool(values.isin(accepted).to_numpy(dtype=bool), known)
    count = len(rows)
    threshold = np.full(count, ", ".join(accepted), dtype=object)
    return Answer(
        criterion, verdict, values.to_numpy(dtype=object), threshold, np.full(count, "", dtype=object)
    )


def _number(rows: pd.DataFrame, criterion: Criterion, context: Context) -> Answer:
    count = len(rows)
    values = (
        rows[criterion.field].to_numpy(dtype=float) if criterion.field in rows else np.full(count, np.nan)
    )
    line = _scalar(criterion.value)
    if criterion.of:
        line *= context.references.get(criterion.of, Reference()).value
    threshold = np.full(count, line)
    verdict = _compare(values, criterion.op, threshold)
    if "at_least" in rows and criterion.field in COUNTS:
        verdict = _of_lower_bounds(verdict, rows.at_least.to_numpy(dtype=bool), criterion.op)
    return Answer(criterion, verdict, values, threshold, np.full(count, criterion.unit, dtype=object))


def _of_lower_bounds(verdict: Tri, bounds: NDArray[np.bool_], op: str) -> Tri:
    """Verdicts on values that are 'at least': a bound that reaches a floor is sure, one below it is not."""
    unsure = tristate.FALSE if op in (">=", ">") else tristate.TRUE
    return np.where(bounds & (verdict == unsure), tristate.UNKNOWN, verdict).astype(np.int8)


def _pay(rows: pd.DataFrame, criterion: Criterion, context: Context) -> Answer:
    """Pay against a line: by the year if both are given so, else by the hour; wages stay as published.

    A line in dollars an hour meets a wage published only by the year as line x 2,080 hours.
    """
    column = _WAGE_FIELDS[criterion.field]
    year = rows[column.format("year")].to_numpy(dtype=float)
    hour = rows[column.format("hour")].to_numpy(dtype=float)
    factor = _scalar(criterion.value)
    if criterion.of:
        reference = context.references.get(criterion.of, Reference())
        line_year, line_hour = factor * reference.year, factor * reference.hour
        by_hour = np.isnan(year) | np.isnan(line_year)
        if np.isnan(line_year) and not np.isnan(line_hour):
            line_year = line_hour * HOURS_PER_YEAR
            by_hour = np.isnan(year) | ~np.isnan(hour)
    else:
        line_hour = factor * _inflation(criterion, context)
        line_year = line_hour * HOURS_PER_YEAR
        by_hour = ~np.isnan(hour)
    values = np.where(by_hour, hour, year)
    threshold = np.where(by_hour, line_hour, line_year)
    unit = np.where(by_hour, "USD / hour", "USD / year").astype(object)
    return Answer(criterion, _compare(values, criterion.op, threshold), values, threshold, unit)


def _inflation(criterion: Criterion, context: Context) -> float:
    """CPI-U of the wages' year over that of the threshold's year; unknown if a year is lacking."""
    if not criterion.deflate or criterion.year is None:
        return 1.0
    index = context.price_index
    return index.get(context.wage_year, float("nan")) / index.get(criterion.year, float("nan"))


def _compare(values: NDArray, op: str, threshold: NDArray) -> Tri:
    known = ~(np.isnan(values) | np.isnan(threshold))
    holds = {
        ">=": np.greater_equal, ">": np.greater, "<=": np.less_equal, "<": np.less, "==": np.equal,
    }[op](values, threshold)  # fmt: skip
    return tristate.from_bool(holds, known)


def _scalar(value: object) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")


def _plain(value: object) -> object:
    if isinstance(value, float | np.floating):
        return None if np.isnan(value) else round(float(value), 4)
    return None if value is None or value is pd.NA else value
