"""What a move from one occupation to another brings and asks: pay, openings, skills, preparation."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.analysis import similarity
from lmi.analysis.similarity import Skillset
from lmi.domain.requirements import EDUCATION

READINGS = ("advance", "lateral", "sideways", "leap", "not_rated")
COLUMNS = (
    "start", "goal", "pay_start", "pay_goal", "pay_ratio", "pay_area", "openings", "skill_similarity",
    "skill_gap_pct", "zone_step", "education_step", "reading",
)  # fmt: skip
# O*NET's ranges of specific vocational preparation by job zone, at their middle, in months.
ZONE_MONTHS = {1: 2, 2: 8, 3: 18, 4: 36, 5: 72}
SHORTEST_MONTHS = 3


@dataclass(frozen=True)
class MoveRule:
    """From where on a move reads as what. similarity_cut: see lmi.analysis.similarity.calibrated_cut.

    advance_ratio: an advance pays at least that often as much. sideways_ratio: below it a computed move
    is not suggested at all. step_ratio: pay alone makes an advance from here on. leap_zones: so many
    job zones at once are a leap.
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
    nation: the same for the nation, which decides where pay is not published here. asks: indexed by soc,
    with typical_education and job_zone. pay_area: 'here', 'nation' or '' (no ratio). A top-coded
    starting pay gives no ratio; a top-coded goal gives a lower bound.
    """
    out = pd.DataFrame({"start": list(starts), "goal": list(goals)})
    local, wide = _ratio(out, here), _ratio(out, nation)
    for name, end in (("pay_start", out.start), ("pay_goal", out.goal)):
        out[name] = here.pay.reindex(end).to_numpy(dtype=float)
    out["pay_ratio"] = np.where(np.isnan(local), wide, local)
    out["pay_area"] = np.where(~np.isnan(local), "here", np.where(~np.isnan(wide), "nation", ""))
    out["openings"] = here.openings.reindex(out.goal).to_numpy(dtype=float)
    out["skill_similarity"] = similarity.similarity(skills, out.start, out.goal)
    out["skill_gap_pct"] = similarity.gap_shares(skills, out.start, out.goal)
    zones = asks.job_zone.astype(float)
    out["zone_step"] = zones.reindex(out.goal).to_numpy() - zones.reindex(out.start).to_numpy()
    rank = asks.typical_education.map({name: i for i, name in enumerate(EDUCATION)}).astype(float)
    out["education_step"] = rank.reindex(out.goal).to_numpy() - rank.reindex(out.start).to_numpy()
    out["reading"] = _readings(out, rule)
    return out[list(COLUMNS)]


def _ratio(pairs: pd.DataFrame, rows: pd.DataFrame) -> np.ndarray:
    start = rows.pay.where(~rows.pay_top_coded.astype(bool)).reindex(pairs.start).to_numpy(dtype=float)
    goal = rows.pay.reindex(pairs.goal).to_numpy(dtype=float)
    return np.divide(goal, start, out=np.full(len(pairs), np.nan), where=start > 0)


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
    return [text for text in (_pay(move, place), _skills(move, rule), _preparation(move)) if text]


def _pay(move: pd.Series, place: str) -> str:
    if np.isnan(move.pay_ratio):
        return f"Pay is not published for both jobs, neither in {place} nor in the nation."
    where = f"in {place}" if move.pay_area == "here" else f"in the nation (not published in {place})"
    change = 100 * (move.pay_ratio - 1)
    if abs(change) < 0.5:
        return f"Pays about the same {where}."
    return f"Pays {abs(change):.0f}% {'more' if change > 0 else 'less'} {where}."


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
    parts = []
    for step, one, several in (
        (move.zone_step, "job zone", "job zones"),
        (move.education_step, "level of schooling", "levels of schooling"),
    ):
        if not np.isnan(step) and step:
            count = int(abs(step))
            parts.append(f"{count} {one if count == 1 else several} {'higher' if step > 0 else 'lower'}")
    return f"Preparation: {', '.join(parts)}." if parts else ""


def suggested(moves: pd.DataFrame, rule: MoveRule) -> pd.DataFrame:
    """The computed moves worth showing: rated, skills alike, no leap, and pay not below the bound."""
    keep = moves.reading.isin(["advance", "lateral", "sideways"]) & (moves.pay_ratio >= rule.sideways_ratio)
    return moves[keep].reset_index(drop=True)


def estimated_months(zone_start: float, zone_goal: float) -> float:
    """A rough time for a computed move: how much longer the goal's job zone prepares, at least three
    months; NaN where a zone is missing. Source: O*NET job zones (specific vocational preparation)."""
    if np.isnan(zone_start) or np.isnan(zone_goal):
        return float("nan")
    return float(max(ZONE_MONTHS[int(zone_goal)] - ZONE_MONTHS[int(zone_start)], SHORTEST_MONTHS))
