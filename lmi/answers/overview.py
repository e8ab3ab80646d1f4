"""The answer at a glance: how many occupations, how many openings, what they pay, how fresh it is."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.answers.desk import Desk
from lmi.answers.ranking import Ranking

VAGUE_PAY_PCT = 20  # a relative standard error above this keeps a wage out of the list of best paid
LEADING = ("growth_pct", "wage_median_usd_year", "supply_gap")
PARTS = ("employment_change_per_year", "exits_per_year", "transfers_per_year")


@dataclass(frozen=True)
class Overview:
    """The in-demand occupations of a ranking, added up.

    openings and parts: sums over them (people a year). jobs: their employment. pay: the
    employment-weighted median of their median wages (USD / year; an estimate). area_pay: the area's
    published median over all occupations. unpaid: how many of them publish no annual
    median. leaders: column -> the first occupations by it, as (soc, title, value).
    at_least: some of the jobs are published in part of a custom region only, so the sums are lower bounds.
    """

    count: int
    openings: float
    growth: float
    exits: float
    transfers: float
    jobs: float
    pay: float | None
    area_pay: float
    unpaid: int
    top: pd.DataFrame
    leaders: dict[str, list[tuple[str, str, float]]]
    at_least: bool


def overview(ranking: Ranking, top: int = 15) -> Overview:
    """Add up the in-demand occupations; `top` of them by openings, ties by code."""
    rows = ranking.in_demand
    growth, exits, transfers = (float(rows[part].sum()) for part in PARTS)
    largest = rows.sort_values(["openings_per_year", "soc"], ascending=[False, True]).head(top)
    return Overview(
        count=len(rows),
        openings=float(rows.openings_per_year.sum()),
        growth=growth,
        exits=exits,
        transfers=transfers,
        jobs=float(rows.employment.sum()),
        pay=weighted_median(rows.wage_median_usd_year, rows.employment),
        area_pay=float(ranking.local.total.wage_median_usd_year),
        unpaid=int(rows.wage_median_usd_year.isna().sum()),
        top=largest.reset_index(drop=True),
        at_least=bool("at_least" in rows and rows.at_least.astype(bool).any()),
        leaders={column: _leaders(rows, column) for column in LEADING},
    )


def _leaders(rows: pd.DataFrame, column: str, count: int = 4) -> list[tuple[str, str, float]]:
    """The first occupations by a column as (soc, title, value); ties by code."""
    sure = rows.wage_rse_pct <= VAGUE_PAY_PCT if column.startswith("wage") else True
    few = rows.loc[rows[column].notna() & sure, ["soc", "title", column]]
    few = few.sort_values([column, "soc"], ascending=[False, True]).head(count)
    return [(str(soc), str(title), float(value)) for soc, title, value in few.itertuples(index=False)]


def weighted_median(values: pd.Series, weights: pd.Series) -> float | None:
    """The value at which half of the weight lies below; None where nothing is known."""
    known = pd.DataFrame({"value": values, "weight": weights}).astype(float).dropna().sort_values("value")
    if known.empty or known.weight.sum() <= 0:
        return None
    share = known.weight.cumsum().to_numpy() / known.weight.sum()
    return float(known.value.iloc[int(np.searchsorted(share, 0.5))])


def freshness(desk: Desk, today: str) -> pd.DataFrame:
    """The sources that feed figures, with `overdue`: the month of the next vintage has passed.

    today: ISO date. Returns id, short_title, period, released, next_due, retrieved, url, overdue.
    """
    rows = desk.sources[desk.sources.feeds_figures].copy()
    due = rows.next_due.fillna("")
    rows["overdue"] = (due != "") & (due < today[:7])
    columns = ["id", "short_title", "period", "released", "next_due", "retrieved", "url", "overdue"]
    return rows[columns].reset_index(drop=True)
