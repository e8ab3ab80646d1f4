"""The moves of an area's network as one table, and ready for walking."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from lmi.analysis import routes as analysis
from lmi.analysis.moves import COLUMNS

# What a pathways file may say of a move besides; a computed move has none of it.
_SAID: Mapping[str, object] = {
    "organisations": (), "validated_on": "", "sources": (), "unchecked": (), "note": "",
}  # fmt: skip
LEG_COLUMNS = (
    *COLUMNS, "origin", "status", "kind", "months_low", "months_high", "months_estimated", "credential",
    "license", "state", "crossover", *_SAID,
)  # fmt: skip


@dataclass(frozen=True)
class Walk:
    """moves: rows with LEG_COLUMNS. place: (start, goal) -> its row. graph: the same for finding routes."""

    moves: pd.DataFrame
    place: dict[tuple[str, str], int]
    graph: analysis.Network


def legs(curated: pd.DataFrame, suggested: pd.DataFrame | None) -> pd.DataFrame:
    """Moves with LEG_COLUMNS: those of the pathways, then the computed ones if there are any.

    curated, suggested: as in lmi.answers.pathways.Network. origin: 'pathways' or 'suggested'.
    months_estimated: the time is a rough estimate, not told by the pathways.
    """
    held = curated.assign(origin="pathways", months_estimated=False)[list(LEG_COLUMNS)]
    if suggested is None or suggested.empty:
        return held
    more = computed(suggested)
    return more if held.empty else pd.concat([held, more], ignore_index=True)


def computed(suggested: pd.DataFrame) -> pd.DataFrame:
    """Computed moves with LEG_COLUMNS. suggested: as in lmi.answers.pathways.Network."""
    marked = suggested.assign(
        origin="suggested", status="suggested", kind="", credential="", months_estimated=True,
        crossover=False, **{name: [value] * len(suggested) for name, value in _SAID.items()},
    )  # fmt: skip
    return marked[list(LEG_COLUMNS)]


def walk(moves: pd.DataFrame, pay: pd.Series) -> Walk:
    """Moves made ready. moves: see legs. pay: USD / year by soc. A time is the middle of low and high."""
    following: dict[str, dict[str, float]] = {}
    middle = (moves.months_low.to_numpy(dtype=float) + moves.months_high.to_numpy(dtype=float)) / 2
    for start, goal, months in zip(moves.start, moves.goal, middle, strict=True):
        following.setdefault(start, {}).setdefault(goal, float(months))
    place = {pair: i for i, pair in enumerate(zip(moves.start, moves.goal, strict=True))}
    rough = frozenset(zip(*(moves[end][moves.months_estimated] for end in ("start", "goal")), strict=True))
    return Walk(moves, place, analysis.Network(following, pay.to_dict(), rough))
