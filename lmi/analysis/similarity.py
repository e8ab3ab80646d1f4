"""How alike two occupations' skills are, and from which point on that counts as alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Skillset:
    """O*NET's skills and knowledge of all rated occupations. place: soc -> row. importance (1-5) and level
    (0-7): one row per occupation, one column per element, NaN where suppressed."""

    place: Mapping[str, int]
    importance: Matrix
    level: Matrix

    def rows(self, socs: Sequence[str]) -> NDArray[np.int64]:
        """The row of each occupation, -1 where it is not rated."""
        return np.asarray(self._index.get_indexer(pd.Index(socs, dtype="str")), dtype=np.int64)

    @cached_property
    def _index(self) -> pd.Index:
        return pd.Index(sorted(self.place, key=self.place.__getitem__), dtype="str")

    @cached_property
    def alike(self) -> Matrix:
        """Cosine of importance x level for every pair of rows, 0 to 1, over the elements that O*NET rates
        for both; NaN where there are none."""
        weight = self.importance * self.level
        known = (~np.isnan(weight)).astype(float)
        weight = np.nan_to_num(weight)
        length = np.sqrt(weight**2 @ known.T)  # of the row's vector, over what the column's row knows too
        both = length * length.T
        cosine = np.divide(weight @ weight.T, both, out=np.full_like(both, np.nan), where=both > 0)
        return np.clip(cosine, 0, 1)

    @cached_property
    def gap(self) -> Matrix:
        """The directional skill gap from each row to each column as a share of all that the column's
        occupation asks for, in percent; NaN where it asks for nothing."""
        importance = np.nan_to_num(self.importance)
        there = np.where(np.isnan(self.level), -np.inf, self.level)  # a suppressed level adds nothing
        here = np.where(np.isnan(self.level), np.inf, self.level)
        added = np.empty((len(here), len(here)))
        for goal in range(len(here)):
            added[:, goal] = np.maximum(there[goal] - here, 0) @ importance[goal]
        asked = np.nansum(self.importance * self.level, axis=1)
        return np.divide(100 * added, asked, out=np.full_like(added, np.nan), where=asked > 0)


def skillset(ratings: pd.DataFrame) -> Skillset:
    """The ratings as matrices. ratings: soc, element_id, importance (1-5), level (0-7), not_relevant. A
    level that O*NET marks as not relevant counts as 0. An occupation whose every rating is suppressed is
    not rated."""
    level = ratings.level.astype(float)
    level = level.mask(ratings.not_relevant.astype(bool) & level.isna(), 0.0)
    rows = ratings.assign(importance=ratings.importance.astype(float), level=level)
    told = rows.groupby("soc").importance.count()
    rows = rows[rows.soc.isin(told.index[told > 0])]
    wide = {
        name: rows.pivot(index="soc", columns="element_id", values=name) for name in ("importance", "level")
    }
    place = {str(soc): i for i, soc in enumerate(wide["importance"].index)}
    return Skillset(place, *(wide[name].to_numpy(dtype=float) for name in ("importance", "level")))


def similarity(skills: Skillset, starts: Sequence[str], goals: Sequence[str]) -> Matrix:
    """Cosine of the two vectors for each pair, 0 to 1; NaN where one of them is not rated."""
    return _of_pairs(skills.alike, skills.rows(starts), skills.rows(goals))


def gap_shares(skills: Skillset, starts: Sequence[str], goals: Sequence[str]) -> Matrix:
    """The directional skill gap of each pair as a share of all that the goal asks for, in percent:
    sum of importance x max(0, level there - level here), over sum of importance x level there. NaN
    where one of them is not rated."""
    return _of_pairs(skills.gap, skills.rows(starts), skills.rows(goals))


def _of_pairs(matrix: Matrix, starts: NDArray[np.int64], goals: NDArray[np.int64]) -> Matrix:
    out = np.full(len(starts), np.nan)
    rated = (starts >= 0) & (goals >= 0)
    out[rated] = matrix[starts[rated], goals[rated]]
    return out


def calibrated_cut(skills: Skillset, minor_group: Mapping[str, str]) -> float:
    """From which similarity on two occupations count as alike: mean less one standard deviation over all
    pairs inside one SOC minor group; NaN where no group has two. Source: Nesta's rule for transitions."""
    groups: dict[str, list[int]] = {}
    for soc, row in skills.place.items():
        if soc in minor_group:
            groups.setdefault(minor_group[soc], []).append(row)
    pairs = [skills.alike[np.ix_(rows, rows)][np.triu_indices(len(rows), 1)] for rows in groups.values()]
    found = np.concatenate(pairs) if pairs else np.zeros(0)
    found = found[~np.isnan(found)]
    return float(found.mean() - found.std()) if len(found) else float("nan")
