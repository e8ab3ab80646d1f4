"""The jobs of hiring events spread over occupations: by the titles of the notice, else by the nation's
staffing pattern of the industry. What a pattern does not reach is 'unplaced', never dropped.

Titles win. Those with a count take it (all of them together at most the event's jobs); the rest goes by
the pattern. Titles without a count share what is left: by the pattern if it has all of them, else equally.
"""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_TITLE = re.compile(r"(\d{2}-\d{4})(?:=(\d+))?")


@dataclass(frozen=True)
class Patterns:
    """used: naics, used_naics, used_title: the published industry that stands for each code.

    shares: used_naics, soc, share of the industry's jobs in the nation (0 to 1).
    """

    used: pd.DataFrame
    shares: pd.DataFrame


@dataclass(frozen=True)
class Grid:
    """Staffing patterns as a table: cells[industry, occupation], each row sums to 1.

    The first industry ('') stands for none; the last occupation ('') for what is not placed.
    """

    industries: pd.Index
    socs: pd.Index
    cells: NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """Events by occupation, kept small: what is alike of many events stands once, in the grid.

    events: at (row of the frame that was spread), event_id, jobs (signed, counted, not 0), industry (row of
    the grid), pattern_jobs: those that go by the pattern. told: place (row of events), soc (column of the
    grid), jobs: what the notices say.
    """

    events: pd.DataFrame
    told: pd.DataFrame
    grid: Grid

    def only(self, keep: NDArray[np.bool_]) -> "Spread":
        """The same for some events. keep: one value for each row of the frame that was spread."""
        kept = keep[self.events["at"].to_numpy()]
        place = np.cumsum(kept) - 1
        told = self.told[kept[self.told.place.to_numpy()]]
        told = told.assign(place=place[told.place.to_numpy()]).reset_index(drop=True)
        return Spread(self.events[kept].reset_index(drop=True), told, self.grid)

    def rows(self) -> pd.DataFrame:
        """Every event by occupation: event_id, soc (null where unplaced; both categories), jobs (signed),
        how ('notice', 'pattern' or 'unplaced'). The jobs of an event sum to what is counted of it."""
        places, industries, socs = self._by_pattern()
        by_pattern = self.events.pattern_jobs.to_numpy()[places] * self.grid.cells[industries, socs]
        place = np.concatenate([self.told.place.to_numpy(), places])
        codes = np.concatenate([self.told.soc.to_numpy(), socs])
        codes = np.where(codes == len(self.grid.socs) - 1, -1, codes)
        how = np.where(codes < 0, 2, np.where(np.arange(len(codes)) < len(self.told), 0, 1))
        names = pd.Categorical(self.events.event_id)
        return pd.DataFrame(
            {
                "event_id": pd.Categorical.from_codes(names.codes[place], names.categories),
                "soc": pd.Categorical.from_codes(codes, self.grid.socs[:-1]),
                "jobs": np.concatenate([self.told.jobs.to_numpy(), by_pattern]),
                "how": pd.Categorical.from_codes(how, ["notice", "pattern", "unplaced"]),
            }
        )

    def _by_pattern(self) -> tuple[NDArray, NDArray, NDArray]:
        """Events that go by a pattern with each of its cells: row of events, row and column of the grid."""
        rows, columns = np.nonzero(self.grid.cells)
        size = np.bincount(rows, minlength=len(self.grid.industries))
        begin = np.cumsum(size) - size
        live = np.flatnonzero(self.events.pattern_jobs.to_numpy() != 0)
        industry = self.events.industry.to_numpy()[live]
        lengths = size[industry]
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return (
            np.repeat(live, lengths),
            np.repeat(industry, lengths),
            columns[np.repeat(begin[industry], lengths) + within],
        )


def spread(counted: pd.DataFrame, patterns: Patterns) -> Spread:
    """Spread events over occupations.

    counted: event_id, naics, socs (titles of the notice as the log writes them), jobs (as told) and
    jobs_counted; not modified. Events that tell no count, or of which nothing counts, spread nothing.
    """
    counts = counted.jobs_counted.to_numpy(dtype=float)
    at = np.flatnonzero(~np.isnan(counts) & (counts != 0))
    live = counted.iloc[at]
    titles = _titles(live)
    grid = _grid(patterns, titles.soc)
    used = dict(zip(patterns.used.naics, grid.industries.get_indexer(patterns.used.used_naics), strict=True))
    industry = live.naics.map({code: max(row, 0) for code, row in used.items()}).astype("float64").fillna(0)
    events = pd.DataFrame(
        {
            "at": at,
            "event_id": live.event_id.to_numpy(),
            "jobs": counts[at],
            "industry": industry.to_numpy(dtype=np.int64),
        }
    )
    told, by_pattern = _told(titles, events, live.jobs.to_numpy(dtype=float, na_value=np.nan), grid)
    return Spread(events.assign(pattern_jobs=events.jobs * by_pattern), told, grid)


def net_by_occupation(spread: Spread) -> pd.DataFrame:
    """What events bring and take by occupation: soc, gains, losses (both 0 or more), jobs_net; by code.

    The last row has no soc: jobs that could not be placed (0 if all were).
    """
    grid, events, told = spread.grid, spread.events, spread.told
    sums = {}
    for name, sign in (("gains", 1), ("losses", -1)):
        by_industry = _sums(events.industry, (sign * events.pattern_jobs).clip(lower=0), len(grid.industries))
        sums[name] = by_industry @ grid.cells + _sums(
            told.soc, (sign * told.jobs).clip(lower=0), len(grid.socs)
        )
    out = pd.DataFrame({"soc": grid.socs, **sums})
    out["jobs_net"] = out.gains - out.losses
    out.loc[len(out) - 1, "soc"] = None
    return out[(out.gains != 0) | (out.losses != 0) | out.soc.isna()].reset_index(drop=True)


def events_by_occupation(spread: Spread) -> dict[str, tuple[str, ...]]:
    """Which events touch each occupation: soc ('' = unplaced) -> event ids, those with most jobs first."""
    size = spread.events.assign(size=-spread.events.jobs.abs())
    order = size.sort_values(["size", "event_id"], kind="stable").index.to_numpy()
    standing = np.empty(len(order), dtype=np.int64)
    standing[order] = np.arange(len(order))
    by_pattern = (spread.events.pattern_jobs != 0).to_numpy()[order]
    touched = (spread.grid.cells != 0).T[:, spread.events.industry.to_numpy()[order]] & by_pattern
    touched[spread.told.soc.to_numpy(), standing[spread.told.place.to_numpy()]] = True
    names = spread.events.event_id.to_numpy(dtype=object)[order]
    found = np.flatnonzero(touched.any(axis=1))
    return {spread.grid.socs[soc]: tuple(names[touched[soc]]) for soc in found}


def _sums(codes: pd.Series, values: pd.Series, count: int) -> NDArray:
    return np.bincount(codes.to_numpy(), weights=values.to_numpy(), minlength=count)


def _titles(live: pd.DataFrame) -> pd.DataFrame:
    """The titles of the notices: place (row of live), soc, count (missing where not told)."""
    texts = live.socs.fillna("")
    given = np.flatnonzero((texts != "").to_numpy(dtype=bool))
    read = {text: list(dict.fromkeys(_TITLE.findall(text))) for text in texts.iloc[given].unique()}
    listed = [(place, soc, count) for place in given for soc, count in read[texts.iat[place]]]
    rows = pd.DataFrame(listed, columns=["place", "soc", "count"]).astype({"place": "int64", "soc": "str"})
    return rows.assign(count=pd.to_numeric(rows["count"], errors="coerce").astype("float64"))


def _told(
    rows: pd.DataFrame, events: pd.DataFrame, jobs: NDArray, grid: Grid
) -> tuple[pd.DataFrame, NDArray]:
    """What the notices say by title, and the part of each event (0 to 1) that is left to the pattern."""
    by_pattern = np.ones(len(events))
    rows = rows.assign(soc=grid.socs.get_indexer(rows.soc))
    if not rows.empty:
        rows["share"] = grid.cells[events.industry.to_numpy()[rows.place], rows.soc]
        rows["part"], left, shared = _parts(rows, jobs)
        by_pattern[left.index] = np.where(shared, 0.0, left)
        rows["jobs"] = rows.part * events.jobs.to_numpy()[rows.place]
        rows = rows[rows.jobs != 0]
    else:
        rows["jobs"] = 0.0
    return rows[["place", "soc", "jobs"]].reset_index(drop=True), by_pattern


def _parts(rows: pd.DataFrame, jobs: NDArray) -> tuple[pd.Series, pd.Series, pd.Series]:
    """The part of its event that each title takes; by event what the counts leave, and whether titles
    without a count share that."""
    place, open_ended = rows.place, rows["count"].isna()
    counted = rows["count"].fillna(0).groupby(place).sum()
    whole = np.maximum(counted, jobs[counted.index])
    left = (whole - counted) / whole
    shared = open_ended.groupby(place).any()
    none = (open_ended & (rows.share == 0)).groupby(place).any()
    weight = rows.share.where(~place.map(none), 1.0).where(open_ended, 0.0)
    total = weight.groupby(place).transform("sum")
    part = (rows["count"] / place.map(whole)).where(~open_ended, place.map(left) * weight / total)
    return part, left, shared


def _grid(patterns: Patterns, named: pd.Series) -> Grid:
    """The patterns, each with what it does not place, so that its shares sum to 1. named: occupations of
    the notices, which the grid has too."""
    shares = patterns.shares
    industries = pd.Index(["", *sorted(shares.used_naics.unique())], dtype="str")
    socs = pd.Index([*sorted({*shares.soc.unique(), *named.unique()}), ""], dtype="str")
    cells = np.zeros((len(industries), len(socs)))
    cells[industries.get_indexer(shares.used_naics), socs.get_indexer(shares.soc)] = shares.share
    cells /= np.maximum(cells.sum(axis=1, keepdims=True), 1.0)  # rounded cells may exceed the total
    cells[:, -1] = np.maximum(1 - cells.sum(axis=1), 0.0)
    return Grid(industries, socs, cells)
