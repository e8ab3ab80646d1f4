"""The demand ranking: a weighted mean of percentile ranks, with a 90% interval for each rank."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

COMPONENT_FIELDS = {
    "openings": "openings_per_year",
    "growth": "growth_pct",
    "wage": "wage_median_usd_year",
    "concentration": "location_quotient",
    "gap": "supply_gap",
}
COMPONENT_NAMES = {
    "openings": "openings a year", "growth": "growth", "wage": "median pay",
    "concentration": "concentration here", "gap": "supply gap",
}  # fmt: skip
ASIDE = "No training program leads to it, so the supply gap does not count."
DRAWS = 500
SEED = 20_250_501
_SMALLEST_FACTOR = 0.05  # a redraw never turns an estimate negative


def rank_demand(
    rows: pd.DataFrame, weights: Mapping[str, float], draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """Rank the compared occupations by demand, highest first.

    rows: one row per soc (filter by skill before ranking) with the columns of COMPONENT_FIELDS and
    employment_rse_pct, wage_rse_pct; numbers may be missing; not modified. has_program (bool), if
    there: False where no training program leads to the occupation, so that a supply gap does not
    exist for it. weights: component -> weight, any scale; components left out weigh nothing. Returns
    the rows, best first (ties by soc), plus demand_score (0-1), demand_rank (1 = highest, ties share),
    rank_low and rank_high (5th and 95th percentile of the simulated ranks), pct_<component>
    (percentile rank, 0-1, missing where the figure is), rank_note naming what was missing and
    rank_aside saying what does not apply. A missing component drops out and its weight is shared
    among the rest; in the simulation it is drawn from all possible places, which widens the interval,
    unless all rows lack it. A gap that does not exist drops out without a draw. Sources: BLS OEWS
    (jobs, pay, errors), BLS Employment Projections (growth, rates), NCES IPEDS (completions).
    """
    used = _used(weights)
    out = rows.sort_values("soc").reset_index(drop=True)
    if out.empty:
        columns = ["demand_score", "demand_rank", "rank_low", "rank_high", "rank_note", "rank_aside"]
        return out.assign(**{c: pd.Series(dtype="float64") for c in columns})
    values = {name: out[COMPONENT_FIELDS[name]].to_numpy(dtype=float) for name in used}
    percentiles = {name: percentile_rank(v[None, :])[0] for name, v in values.items()}
    score = _weighted(percentiles, used)
    for name, percentile in percentiles.items():
        out[f"pct_{name}"] = percentile
    out["demand_score"] = score
    out["demand_rank"] = _ranks(score[None, :])[0]
    none = _not_applicable(out, values)
    simulated = _simulate(out, values, used, draws, seed, none)
    low, high = np.quantile(simulated, (0.05, 0.95), axis=0, method="nearest")
    out["rank_low"] = np.minimum(low, out.demand_rank.to_numpy()).astype(int)
    out["rank_high"] = np.maximum(high, out.demand_rank.to_numpy()).astype(int)
    out["rank_note"] = _notes(values, none)
    out["rank_aside"] = np.where(none.get("gap", np.zeros(len(out), dtype=bool)), ASIDE, "")
    return out.sort_values(["demand_rank", "soc"]).reset_index(drop=True)


def standing(rows: pd.DataFrame, weights: Mapping[str, float]) -> NDArray[np.int64]:
    """The demand_rank of each row, in the order of the rows, without intervals; see rank_demand."""
    percentiles = {
        name: percentile_rank(rows[COMPONENT_FIELDS[name]].to_numpy(dtype=float)[None, :])[0]
        for name in _used(weights)
    }
    return _ranks(_weighted(percentiles, _used(weights))[None, :])[0]


def _used(weights: Mapping[str, float]) -> dict[str, float]:
    """The components that weigh something."""
    used = {name: float(w) for name, w in weights.items() if w > 0 and name in COMPONENT_FIELDS}
    if not used:
        raise ValueError(f"give a weight above 0 to one of {', '.join(COMPONENT_FIELDS)}")
    return used


def _not_applicable(rows: pd.DataFrame, values: Mapping[str, NDArray]) -> dict[str, NDArray[np.bool_]]:
    """Component -> where it does not exist: the supply gap of occupations without a program."""
    if "gap" not in values or "has_program" not in rows:
        return {}
    return {"gap": ~rows.has_program.to_numpy(dtype=bool) & np.isnan(values["gap"])}


def percentile_rank(values: NDArray) -> NDArray:
    """Row-wise percentile rank (average rank - 0.5) / n among the values that are there; ties share.

    values: draws x occupations, NaN = missing (missing in one row = missing in all). Same shape back.
    """
    out = np.full(values.shape, np.nan)
    present = ~np.isnan(values[0])
    count = int(present.sum())
    if not count:
        return out
    known = np.ascontiguousarray(values[:, present])
    order = np.argsort(known, axis=1)
    ordered = np.take_along_axis(known, order, axis=1)
    shared = np.broadcast_to((np.arange(count) + 0.5) / count, ordered.shape).copy()
    tied = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
    if tied.size:
        shared[tied] = _shared_places(ordered[tied])
    ranks = np.empty_like(shared)
    np.put_along_axis(ranks, order, shared, axis=1)
    out[:, present] = ranks
    return out


def _shared_places(ordered: NDArray) -> NDArray:
    """Percentile ranks of sorted rows in which equal values share the mean of their places."""
    count = ordered.shape[1]
    position = np.arange(count)
    changes = ordered[:, 1:] != ordered[:, :-1]
    edge = np.ones((len(ordered), 1), dtype=bool)
    starts, ends = np.hstack([edge, changes]), np.hstack([changes, edge])
    first = np.maximum.accumulate(np.where(starts, position, 0), axis=1)
    last = np.minimum.accumulate(np.where(ends, position, count)[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(((first + last) / 2 + 0.5) / count)


def _weighted(percentiles: Mapping[str, NDArray], weights: Mapping[str, float]) -> NDArray:
    """Weighted mean over the components that are there; 0 where none is."""
    total = sum(np.where(np.isnan(p), 0, p * weights[name]) for name, p in percentiles.items())
    weight = sum(np.where(np.isnan(p), 0, weights[name]) for name, p in percentiles.items())
    return np.asarray(np.divide(total, weight, out=np.zeros_like(total), where=weight > 0))


def _ranks(scores: NDArray) -> NDArray[np.int64]:
    """Row-wise rank, 1 = highest score; equal scores (to 1e-9) share the best rank."""
    rounded = np.round(scores, 9)
    order = np.argsort(-rounded, axis=1)
    ordered = np.take_along_axis(rounded, order, axis=1)
    starts_run = np.ones(ordered.shape, dtype=bool)
    starts_run[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first = np.maximum.accumulate(np.where(starts_run, np.arange(scores.shape[1]), 0), axis=1) + 1
    ranks = np.empty_like(first)
    np.put_along_axis(ranks, order, first, axis=1)
    return ranks


def _simulate(
    rows: pd.DataFrame,
    values: Mapping[str, NDArray],
    weights: Mapping[str, float],
    draws: int,
    seed: int,
    none: Mapping[str, NDArray[np.bool_]],
) -> NDArray[np.int64]:
    """Ranks in `draws` redraws of jobs and pay within their published relative standard errors.

    One factor for jobs moves openings and concentration together (openings that the publisher prints
    stay as they are) and so the supply gap; one for pay moves the wage. A component that no occupation
    has (the nation's concentration) says nothing and is left out.
    """
    random = np.random.default_rng(seed)
    shape = (draws, len(rows))

    def factor(column: str) -> NDArray:
        error = rows[column].fillna(0).to_numpy(dtype=float) / 100
        return np.maximum(1 + error * random.standard_normal(shape), _SMALLEST_FACTOR)

    jobs, pay = factor("employment_rse_pct"), factor("wage_rse_pct")
    printed = rows.get("openings_basis", pd.Series("", rows.index)).eq("published").to_numpy(dtype=bool)
    scale = {"openings": np.where(printed, 1.0, jobs), "concentration": jobs, "wage": pay}
    told = {name: value for name, value in values.items() if not np.isnan(value).all()} or values
    drawn = {}
    for name, value in told.items():
        if name == "gap":
            moved = rows[COMPONENT_FIELDS["openings"]].to_numpy(dtype=float) * (scale["openings"] - 1)
            drawn[name] = percentile_rank(value + moved)
        elif name in scale:
            drawn[name] = percentile_rank(value * scale[name])
        else:
            drawn[name] = np.broadcast_to(percentile_rank(value[None, :]), shape).copy()
        missing = np.isnan(value) & ~none.get(name, np.zeros(len(rows), dtype=bool))
        drawn[name][:, missing] = random.random((draws, int(missing.sum())))
    return _ranks(_weighted(drawn, weights))


def _notes(values: Mapping[str, NDArray], none: Mapping[str, NDArray[np.bool_]]) -> list[str]:
    """Per row: which components were missing, in words; empty where none was. A component that no row
    has (the nation is the yardstick of concentration) is nothing that one of them lacks, nor is one
    that does not exist for it."""
    count = len(next(iter(values.values())))
    values = {name: value for name, value in values.items() if not np.isnan(value).all()} or values
    notes = []
    for row in range(count):
        missing = [
            COMPONENT_NAMES[name]
            for name, value in values.items()
            if np.isnan(value[row]) and not (name in none and none[name][row])
        ]
        notes.append(f"Ranked without {', '.join(missing)}: no figure here." if missing else "")
    return notes
