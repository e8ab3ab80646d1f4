"""What an occupation asks for, what sets it apart, and what somebody from another one would have to add."""

import numpy as np
import pandas as pd

IMPORTANT = 3.0  # O*NET's own word for 3 on the scale of importance
DISTINCT_SD = 1.0  # that much above the mean of all occupations, in standard deviations


def most_important(ratings: pd.DataFrame, kind: str, count: int = 10) -> pd.DataFrame:
    """The most important elements of one occupation, highest first, ties by name.

    ratings: element_id, element_name, kind, importance (1-5, missing where suppressed),
    mean_importance, sd_importance. Adds distinct_sd: how far above the mean of all occupations, in
    standard deviations. kind: 'skill' or 'knowledge'.
    """
    rows = _with_distinction(ratings[(ratings.kind == kind) & ratings.importance.notna()])
    return rows.sort_values(["importance", "element_name"], ascending=[False, True]).head(count)


def most_distinguishing(ratings: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """Skills and knowledge that matter here (importance 3 or more) and stand out most against all
    occupations (one standard deviation or more above their mean), the most distinguishing first."""
    rows = _with_distinction(ratings[ratings.importance.notna()])
    rows = rows[(rows.importance >= IMPORTANT) & (rows.distinct_sd >= DISTINCT_SD)]
    return rows.sort_values(["distinct_sd", "element_name"], ascending=[False, True]).head(count)


def _with_distinction(rows: pd.DataFrame) -> pd.DataFrame:
    spread = rows.sd_importance.astype(float)
    above = (rows.importance.astype(float) - rows.mean_importance.astype(float)) / spread.where(spread > 0)
    return rows.assign(distinct_sd=above)


def directional_gap(start: pd.DataFrame, goal: pd.DataFrame) -> pd.DataFrame:
    """What a worker of one occupation would have to add for another: per element
    contribution = importance in the goal x max(0, level in the goal - level at the start).

    start, goal: element_id, element_name, kind, importance, level (0-7), not_relevant. A level that
    O*NET marks as not relevant counts as 0; one that it suppresses leaves the element out. Returns
    element_id, element_name, kind, importance_to, level_from, level_to, contribution, the largest
    first; elements without a step up have contribution 0.
    """
    columns = ["element_id", "level", "not_relevant"]
    both = goal.merge(start[columns], on="element_id", suffixes=("", "_from"))
    level_to, level_from = (
        _level(both.level, both.not_relevant),
        _level(both.level_from, both.not_relevant_from),
    )
    out = pd.DataFrame(
        {"element_id": both.element_id, "element_name": both.element_name, "kind": both.kind,
         "importance_to": both.importance.astype(float), "level_from": level_from, "level_to": level_to}
    )  # fmt: skip
    out["contribution"] = out.importance_to * np.maximum(out.level_to - out.level_from, 0)
    out = out[out.contribution.notna()]
    return out.sort_values(["contribution", "element_name"], ascending=[False, True]).reset_index(drop=True)


def _level(level: pd.Series, not_relevant: pd.Series) -> pd.Series:
    return level.astype(float).mask(not_relevant.astype(bool) & level.isna(), 0.0)


def gap_share(gap: pd.DataFrame, goal: pd.DataFrame) -> float:
    """The directional gap as a share of all that the goal asks for (importance x level), in percent."""
    asked = float((goal.importance.astype(float) * _level(goal.level, goal.not_relevant)).sum())
    return 100 * float(gap.contribution.sum()) / asked if asked > 0 else float("nan")
