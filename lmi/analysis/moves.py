"""What a move from one occupation to another brings and asks: pay, openings, skills, preparation."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lmi.analysis import similarity
from lmi.analysis.similarity import Skillset
from lmi.domain.requirements import EDUCATION, TRAINING

READINGS = ("advance", "lateral", "sideways", "leap", "not_rated")
COLUMNS = (
    "start", "goal", "pay_start", "pay_goal", "pay_ratio", "pay_area", "pay_at_least", "openings",
    "skill_similarity", "skill_gap_pct", "zone_step", "education_step", "reading",
)  # fmt: skip
# O*NET's ranges of specific vocational preparation by job zone, at their middle, in months.
ZONE_MONTHS = {1: 2, 2: 8, 3: 18, 4: 36, 5: 72}
# The usual length of full-time study after high school, in months, in the order of EDUCATION.
SCHOOL_MONTHS = dict(zip(EDUCATION, (0, 0, 12, 12, 24, 48, 72, 96), strict=True))
# A school award below the bachelor's degree is for one trade: who changes trades earns another one.
OWN_AWARD = ("Postsecondary nondegree award", "Associate's degree")
BACHELOR = "Bachelor's degree"
# On-the-job training as BLS defines it (to a month, to a year, longer), at a usual length, in months.
TRAINING_MONTHS = dict(zip(TRAINING, (0, 1, 6, 24, 12, 48), strict=True))
SHORTEST_MONTHS = 3


@dataclass(frozen=True)
class MoveRule:
    """From where on a move reads as what. similarity_cut: see lmi.analysis.similarity.calibrated_cut.

    advance_ratio: an advance pays at least that often as much; what pays less is 'sideways, may cost
    pay'. sideways_ratio: below it a computed move is not suggested at all, and one of the pathways says
    how much it costs. step_ratio: pay alone makes an advance from here on. leap_zones: so many job zones
    at once are a leap.
    """

    similarity_cut: float
    advance_ratio: float = 1.0
    sideways_ratio: float = 0.75
    step_ratio: float = 1.10
    leap_zones: int = 2


def move_figures(
    starts: Sequence[str],
    goals: Sequence[str],
    here: pd.DataFrame,
    nation: pd.DataFrame,
    asks: pd.DataFrame,
    skills: Skillset,
    rule: MoveRule,
) -> pd.DataFrame:
    """One row per pair with COLUMNS.

    here: indexed by soc, with pay (USD / year; missing where not published), pay_top_coded, openings.
    nation: pay and pay_top_coded of the nation, which decide where there is no ratio here. asks: indexed
    by soc, with typical_education and job_zone. pay_start, pay_goal: here. pay_area: 'here', 'nation'
    or '' (no ratio). A top-coded starting pay gives no ratio; a top-coded goal gives a lower bound
    (pay_at_least). What is unknown is missing, never 0.
    """
    out = pd.DataFrame({"start": list(starts), "goal": list(goals)})
    local, wide = (_ratio(out, rows) for rows in (here, nation))
    from_here = ~np.isnan(local.ratio)
    start, goal = here.index.get_indexer(out.start), here.index.get_indexer(out.goal)
    pay = here.pay.to_numpy(dtype=float)
    out["pay_start"], out["pay_goal"] = _at(pay, start), _at(pay, goal)
    out["pay_ratio"] = np.where(from_here, local.ratio, wide.ratio)
    out["pay_area"] = np.where(from_here, "here", np.where(np.isnan(wide.ratio), "", "nation"))
    out["pay_at_least"] = np.where(from_here, local.at_least, wide.at_least) & out.pay_ratio.notna()
    out["openings"] = _at(here.openings.to_numpy(dtype=float), goal)
    out["skill_similarity"] = similarity.similarity(skills, out.start, out.goal)
    out["skill_gap_pct"] = similarity.gap_shares(skills, out.start, out.goal)
    start, goal = asks.index.get_indexer(out.start), asks.index.get_indexer(out.goal)
    zones = asks.job_zone.to_numpy(dtype=float, na_value=np.nan)
    rank = asks.typical_education.map({name: i for i, name in enumerate(EDUCATION)})
    levels = rank.to_numpy(dtype=float, na_value=np.nan)
    out["zone_step"] = _at(zones, goal) - _at(zones, start)
    out["education_step"] = _at(levels, goal) - _at(levels, start)
    out["reading"] = _readings(out, rule)
    return out[list(COLUMNS)]


@dataclass(frozen=True)
class _Ratios:
    """Pay at the goal over pay at the start, and whether that is a lower bound."""

    ratio: NDArray[np.float64]
    at_least: NDArray[np.bool_]


def _ratio(pairs: pd.DataFrame, rows: pd.DataFrame) -> _Ratios:
    pay, top = rows.pay.to_numpy(dtype=float), rows.pay_top_coded.to_numpy(dtype=bool)
    start, goal = rows.index.get_indexer(pairs.start), rows.index.get_indexer(pairs.goal)
    before, after = _at(np.where(top, np.nan, pay), start), _at(pay, goal)
    ratio = np.divide(after, before, out=np.full(len(pairs), np.nan), where=before > 0)
    return _Ratios(ratio, _at(top.astype(float), goal) == 1)


def _at(values: NDArray[np.float64], places: NDArray[np.intp]) -> NDArray[np.float64]:
    """The values at some places; NaN at place -1."""
    return np.where(places >= 0, np.append(values, np.nan)[places], np.nan)


def _readings(moves: pd.DataFrame, rule: MoveRule) -> np.ndarray:
    ratio, alike = moves.pay_ratio.to_numpy(), moves.skill_similarity.to_numpy()
    zone, education = moves.zone_step.to_numpy(), moves.education_step.to_numpy()
    unknown = np.isnan(ratio) | np.isnan(alike)
    leap = (alike < rule.similarity_cut) | (zone >= rule.leap_zones)
    up = (zone > 0) | (education > 0) | (ratio >= rule.step_ratio)
    return np.select(
        [unknown, leap, ratio < rule.advance_ratio, up],
        ["not_rated", "leap", "sideways", "advance"],
        "lateral",
    )


def reasons(move: pd.Series, rule: MoveRule, place: str) -> list[str]:
    """Why a move reads as it does, in plain words. move: a row of move_figures."""
    return [text for text in (_pay(move, rule, place), _skills(move, rule), _preparation(move)) if text]


def _pay(move: pd.Series, rule: MoveRule, place: str) -> str:
    if np.isnan(move.pay_ratio):
        return (
            f"Pay cannot be compared: no yearly figures for both jobs, neither in {place} nor in the nation."
        )
    where = f"in {place}" if move.pay_area == "here" else f"in the nation (no figures for both in {place})"
    change = 100 * (move.pay_ratio - 1)
    if move.pay_ratio < rule.sideways_ratio:
        lost = 100 * (1 - rule.sideways_ratio)
        return f"Pays {-change:.0f}% less {where}: over {lost:.0f}% less, so it would not be suggested."
    if abs(change) < 0.5 and not move.pay_at_least:
        return f"Pays about the same {where}."
    bound = ("at least " if change > 0 else "at most ") if move.pay_at_least else ""
    return f"Pays {bound}{abs(change):.0f}% {'more' if change > 0 else 'less'} {where}."


def _skills(move: pd.Series, rule: MoveRule) -> str:
    if np.isnan(move.skill_similarity):
        return "O*NET has not rated the skills of both jobs."
    alike = move.skill_similarity >= rule.similarity_cut
    word = "alike" if alike else "far apart"
    sign = "at or above" if alike else "below"
    return (
        f"Skills are {word}: similarity {move.skill_similarity:.2f}, {sign} the cut of "
        f"{rule.similarity_cut:.2f}; {move.skill_gap_pct:.0f}% of what the job asks for would be new."
    )


def _preparation(move: pd.Series) -> str:
    parts, unknown = [], []
    for step, one, several in (
        (move.zone_step, "job zone", "job zones"),
        (move.education_step, "level of schooling", "levels of schooling"),
    ):
        if np.isnan(step):
            unknown.append(one)
        elif step:
            count = int(abs(step))
            parts.append(f"{count} {one if count == 1 else several} {'higher' if step > 0 else 'lower'}")
    parts += [f"{name} not known for both" for name in unknown]
    return f"Preparation: {', '.join(parts) or 'the same job zone and schooling'}."


def suggested(moves: pd.DataFrame, rule: MoveRule) -> pd.DataFrame:
    """The computed moves worth showing: rated, skills alike, no leap, and pay not below the bound."""
    keep = moves.reading.isin(["advance", "lateral", "sideways"]) & (moves.pay_ratio >= rule.sideways_ratio)
    return moves[keep].reset_index(drop=True)


def estimated_months(moves: pd.DataFrame, asks: pd.DataFrame) -> NDArray[np.float64]:
    """A rough time for computed moves, in months: the longest of how much longer the goal prepares by its job
    zone, its schooling, its on-the-job training, and three months; NaN where the zones are not known.

    moves: start and goal. asks: indexed by soc, with job_zone, typical_education and on_the_job_training.
    Schooling: a certificate or associate's degree in full, a bachelor's degree less what the start asks for,
    a graduate degree at least from the bachelor's on, for it is made for one profession. Our own estimate
    from O*NET's job zones and BLS's categories; time to apply is not in it.
    """
    start, goal = asks.index.get_indexer(moves.start), asks.index.get_indexer(moves.goal)
    zone = asks.job_zone.map(ZONE_MONTHS).to_numpy(dtype=float, na_value=np.nan)
    school = asks.typical_education.map(SCHOOL_MONTHS).to_numpy(dtype=float, na_value=np.nan)
    own = asks.typical_education.isin(OWN_AWARD).to_numpy()
    trained = asks.on_the_job_training.map(TRAINING_MONTHS).to_numpy(dtype=float, na_value=np.nan)
    by_zone = _at(zone, goal) - _at(zone, start)
    further = np.fmax(_at(school, goal) - _at(school, start), _at(school, goal) - SCHOOL_MONTHS[BACHELOR])
    by_school = np.where(own[goal], _at(school, goal), further)
    others = np.fmax(np.nan_to_num(by_school), np.nan_to_num(_at(trained, goal)))
    return np.maximum(np.maximum(by_zone, others), SHORTEST_MONTHS)
