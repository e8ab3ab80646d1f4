"""Graduates against openings. A program may lead to several occupations and publishes no weights, so its
graduates are apportioned; every method but the whole count hands each graduate to one occupation."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

METHODS: dict[str, str] = {
    "graduates": "graduates split over occupations by openings",
    "openings": "openings split over programs by graduates",
    "whole": "every program counted whole (upper bound)",
}
CONSERVING = ("graduates", "openings")


@dataclass(frozen=True)
class Links:
    """Programs and the occupations they prepare for, numbered once; see `number_links`.

    cips, socs: the codes. program, occupation: positions of each pair in them, without the pairs of
    postsecondary teachers. linked: which programs have any pair left.
    """

    cips: pd.Index
    socs: pd.Index
    program: NDArray[np.intp]
    occupation: NDArray[np.intp]
    linked: NDArray[np.bool_]


@dataclass(frozen=True)
class Flows:
    """What was apportioned, by method. Arrays run along the pairs of links: awards and women (of the
    pair's program), graduates (the part that the occupation gets), openings (the part of the
    occupation's openings that falls to the program). awards_teaching: awards of programs that lead to
    postsecondary teaching only. awards_unlinked: of programs without any occupation. awards_total: all,
    which is linked + teaching + unlinked.
    """

    method: str
    links: Links
    awards: NDArray
    women: NDArray
    graduates: NDArray
    openings: NDArray
    awards_total: float
    awards_linked: float
    awards_teaching: float
    awards_unlinked: float

    def frame(self) -> pd.DataFrame:
        """One row per pair whose program conferred awards: cip, soc, awards, women, graduates, openings."""
        pairs = pd.DataFrame(
            {"cip": self.links.cips[self.links.program], "soc": self.links.socs[self.links.occupation],
             "awards": self.awards, "women": self.women, "graduates": self.graduates,
             "openings": self.openings}
        )  # fmt: skip
        return pairs[self.awards > 0].reset_index(drop=True)


def number_links(links: pd.DataFrame) -> Links:
    """Links made ready for apportioning. links: cip, soc, teaching (bool), one row per pair."""
    pairs = links[~links.teaching.astype(bool)]
    cips, socs = pd.Index(links.cip.unique()), pd.Index(pairs.soc.unique())
    program = cips.get_indexer(pd.Index(pairs.cip))
    linked = np.zeros(len(cips), dtype=bool)
    linked[program] = True
    return Links(cips, socs, program, socs.get_indexer(pd.Index(pairs.soc)), linked)


def apportion(awards: pd.DataFrame, links: Links, openings: NDArray, method: str) -> Flows:
    """Split graduates over the occupations that their programs lead to.

    awards: cip, awards, women (one row per program). openings: openings a year along links.socs; below
    0 or missing counts as 0. method: 'graduates' splits a program's graduates by its occupations'
    openings; 'openings' first splits an occupation's openings over its programs by their graduates and
    hands on the graduates in the same proportion; 'whole' counts a program whole for each occupation.
    Where a program's occupations have no openings at all, they share alike. Postsecondary teachers are
    told apart. Nothing given is modified.
    """
    if method not in METHODS:
        raise ValueError(f"method is one of {', '.join(METHODS)}")
    place = links.cips.get_indexer(pd.Index(awards.cip))
    amount = awards.awards.to_numpy(dtype=float)
    known = place >= 0
    conferred, women = np.zeros(len(links.cips)), np.zeros(len(links.cips))
    conferred[place[known]] = amount[known]
    women[place[known]] = awards.women.to_numpy(dtype=float)[known]
    graduates = conferred[links.program]
    open_ = np.maximum(np.nan_to_num(openings), 0.0)[links.occupation]
    # an occupation's openings over its programs, by their graduates: what the programs are wanted for
    total = np.bincount(links.occupation, graduates, len(links.socs))[links.occupation]
    wanted = np.divide(open_ * graduates, total, out=np.zeros_like(open_), where=total > 0)
    handed = graduates
    if method != "whole":
        weight = open_ if method == "graduates" else wanted
        handed = graduates * _shares(weight, links.program, len(links.cips))
    every, linked = float(amount.sum()), float(conferred[links.linked].sum())
    teaching = float(conferred[~links.linked].sum())
    return Flows(
        method, links, graduates, women[links.program], handed, wanted, every, linked, teaching,
        every - linked - teaching,
    )  # fmt: skip


def _shares(weight: NDArray, group: NDArray, count: int) -> NDArray:
    """Each row's share of its group's weight; alike where the group has none."""
    total = np.bincount(group, weight, count)[group]
    size = np.bincount(group, minlength=count)[group]
    return np.divide(weight, total, out=1.0 / np.maximum(size, 1), where=total > 0)


def per_occupation(flows: Flows) -> pd.DataFrame:
    """Completions of every linked occupation: soc, completions_per_year (apportioned),
    completions_upper_bound (every linked program whole), completions_women_pct (of the upper bound;
    missing where it is 0), programs (that conferred awards)."""
    count, place = len(flows.links.socs), flows.links.occupation
    whole = np.bincount(place, flows.awards, count)
    women = np.bincount(place, flows.women, count)
    return pd.DataFrame(
        {"soc": flows.links.socs,
         "completions_per_year": np.bincount(place, flows.graduates, count),
         "completions_upper_bound": whole,
         "completions_women_pct": np.divide(100 * women, whole, out=np.full(count, np.nan), where=whole > 0),
         "programs": np.bincount(place, flows.awards > 0, count)}
    )  # fmt: skip


def balance(rows: pd.DataFrame, supplied: pd.DataFrame) -> pd.DataFrame:
    """Openings against completions.

    rows: soc and openings_per_year (missing where it cannot be told). supplied: as per_occupation
    gives. Returns rows plus completions_per_year, completions_upper_bound, completions_women_pct,
    programs, has_program, supply_gap (openings - completions; + = fewer finish than are needed) and
    supply_ratio (completions / openings). An occupation with programs, none of which conferred an award
    here, has 0 completions; one that no program leads to has none at all, and no gap.
    """
    place = pd.Index(supplied.soc).get_indexer(pd.Index(rows.soc))
    out = rows.copy()
    for column in supplied.columns.drop("soc"):
        values = supplied[column].to_numpy(dtype=float)
        out[column] = np.where(place >= 0, values[place], np.nan)
    out["has_program"] = place >= 0
    openings = out.openings_per_year.to_numpy(dtype=float, na_value=np.nan)
    completions = out.completions_per_year.to_numpy(dtype=float)
    out["supply_gap"] = openings - completions
    out["supply_ratio"] = np.divide(
        completions, openings, out=np.full(len(out), np.nan), where=np.nan_to_num(openings) > 0
    )
    return out


def expected_openings(
    socs: pd.Index, local: pd.DataFrame, nation: pd.DataFrame, share: float
) -> NDArray[np.float64]:
    """Openings a year along socs for apportioning: those told here; elsewhere the nation's times `share`
    (this area's share of all jobs), so that a withheld figure does not count as none.

    local: soc, openings_per_year; nation: the same for every occupation.
    """
    told = _along(socs, local)
    return np.asarray(np.where(np.isnan(told), _along(socs, nation) * share, told))


def _along(socs: pd.Index, rows: pd.DataFrame) -> NDArray[np.float64]:
    place = pd.Index(rows.soc).get_indexer(socs)
    values = rows.openings_per_year.to_numpy(dtype=float, na_value=np.nan)
    return np.where(place >= 0, values[place], np.nan)
