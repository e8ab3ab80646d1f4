"""How alike two occupations' skills are, and from which point on that counts as alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Skillset:
    """O*NET's skills and knowledge of all rated occupations. place: soc -> row. vectors: importance x
    level, each row of length 1. importance and level: as rated, NaN where suppressed."""

    place: Mapping[str, int]
    vectors: Matrix
    importance: Matrix
    level: Matrix

    def rows(self, socs: Sequence[str]) -> NDArray[np.int64]:
        """The row of each occupation, -1 where it is not rated."""
        return np.array([self.place.get(soc, -1) for soc in socs], dtype=np.int64)


def skillset(ratings: pd.DataFrame) -> Skillset:
    """The ratings as matrices. ratings: soc, element_id, importance (1-5), level (0-7), not_relevant. A
    level that O*NET marks as not relevant counts as 0."""
    level = ratings.level.astype(float)
    level = level.mask(ratings.not_relevant.astype(bool) & level.isna(), 0.0)
    rows = ratings.assign(importance=ratings.importance.astype(float), level=level)
    wide = {
        name: rows.pivot(index="soc", columns="element_id", values=name) for name in ("importance", "level")
    }
    importance, levels = (wide[name].to_numpy(dtype=float) for name in ("importance", "level"))
    weight = np.nan_to_num(importance * levels)
    length = np.sqrt((weight**2).sum(axis=1, keepdims=True))
    vectors = np.divide(weight, length, out=np.zeros_like(weight), where=length > 0)
    place = {str(soc): i for i, soc in enumerate(wide["importance"].index)}
    return Skillset(place, vectors, importance, levels)


def similarity(skills: Skillset, starts: Sequence[str], goals: Sequence[str]) -> Matrix:
    """Cosine of the two vectors for each pair, 0 to 1; NaN where one of them is not rated."""
    a, b = skills.rows(starts), skills.rows(goals)
    alike = np.einsum("ij,ij->i", skills.vectors[a], skills.vectors[b]) if len(a) else np.zeros(0)
    return np.where((a >= 0) & (b >= 0), alike, np.nan)


def gap_shares(skills: Skillset, starts: Sequence[str], goals: Sequence[str]) -> Matrix:
    """The directional skill gap of each pair as a share of all that the goal asks for, in percent:
    sum of importance x max(0, level there - level here), over sum of importance x level there."""
    a, b = skills.rows(starts), skills.rows(goals)
    if not len(a):
        return np.zeros(0)
    step = np.maximum(skills.level[b] - skills.level[a], 0)
    added = np.nansum(skills.importance[b] * step, axis=1)
    asked = np.nansum(skills.importance[b] * skills.level[b], axis=1)
    share = np.divide(100 * added, asked, out=np.full(len(a), np.nan), where=asked > 0)
    return np.where((a >= 0) & (b >= 0), share, np.nan)


def calibrated_cut(skills: Skillset, minor_group: Mapping[str, str]) -> float:
    """From which similarity on two occupations count as alike: mean less one standard deviation over all
    pairs inside one SOC minor group."""
    groups: dict[str, list[int]] = {}
    for soc, row in skills.place.items():
        if soc in minor_group:
            groups.setdefault(minor_group[soc], []).append(row)
    pairs = []
    for rows in groups.values():
        alike = skills.vectors[rows] @ skills.vectors[rows].T
        pairs.append(alike[np.triu_indices(len(rows), 1)])
    found = np.concatenate(pairs) if pairs else np.zeros(0)
    return float(found.mean() - found.std()) if len(found) else float("nan")
