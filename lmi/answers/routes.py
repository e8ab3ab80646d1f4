"""Ways from one occupation to another, and what is one move away, in an area."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.analysis import routes as analysis
from lmi.analysis.moves import COLUMNS
from lmi.answers.pathways import Network
from lmi.domain.errors import BadInput

MOST_ROUTES = 3
LEG_COLUMNS = (
    *COLUMNS, "origin", "status", "kind", "months_low", "months_high", "months_estimated", "credential",
    "license", "state", "crossover",
)  # fmt: skip


@dataclass(frozen=True)
class RouteAnswer:
    """One way. stops: rows of the network's nodes with soc. legs: one row per move with LEG_COLUMNS;
    months_estimated: from job zones, not from the pathways. months: low and high in all, over the moves
    with a time; unknown: how many have none. lowest_pay: of the jobs after the first; None if one of them
    is not published here."""

    stops: pd.DataFrame
    legs: pd.DataFrame
    months: tuple[float, float]
    unknown: int
    lowest_pay: float | None

    @property
    def estimated(self) -> bool:
        """Whether any part of the time is an estimate."""
        return bool(self.legs.months_estimated.any())


@dataclass(frozen=True)
class Routes:
    """The best ways by time, pay and steps; empty lists where there is none."""

    start: str
    goal: str
    best: dict[str, list[RouteAnswer]]

    @property
    def any(self) -> bool:
        """Whether there is a way at all."""
        return any(self.best.values())


def every_move(found: Network, suggested: bool = True) -> pd.DataFrame:
    """Moves with LEG_COLUMNS: those of the pathways, then the computed ones if asked for."""
    held = found.curated.assign(origin="pathways", months_estimated=False)
    if not suggested:
        return held[list(LEG_COLUMNS)]
    more = found.suggested.rename(columns={"months": "months_low"})
    more = more.assign(
        months_high=more.months_low, months_estimated=True, origin="suggested", status="suggested",
        kind="", credential="", license="", state="", crossover=False,
    )  # fmt: skip
    return pd.concat([held[list(LEG_COLUMNS)], more[list(LEG_COLUMNS)]], ignore_index=True)


def routes(found: Network, start: str, goal: str, suggested: bool = True) -> Routes:
    """The best few ways from one occupation to another. BadInput for an occupation without figures or for
    one and the same."""
    for soc in (start, goal):
        if soc not in found.nodes.index:
            raise BadInput(
                f"{soc} {found.desk.titles.get(soc, '')} is a group or has no figures of its own.",
                "Routes lead between single occupations that OEWS publishes.",
                "Choose a detailed occupation such as 29-1141.",
            )
    if start == goal:
        raise BadInput(f"From {start} to itself there is nothing to do.", "", "Choose two occupations.")
    moves = every_move(found, suggested)
    walk = _walkable(found, moves)
    place = {pair: i for i, pair in enumerate(zip(moves.start, moves.goal, strict=True))}
    best = {}
    for by in analysis.BY:
        ways = analysis.best_routes(walk, start, goal, by, MOST_ROUTES)
        best[by] = [_answer(found, moves, place, way) for way in ways]
    return Routes(start, goal, best)


def _walkable(found: Network, moves: pd.DataFrame) -> analysis.Network:
    following: dict[str, dict[str, float]] = {}
    middle = (moves.months_low.to_numpy(dtype=float) + moves.months_high.to_numpy(dtype=float)) / 2
    for start, goal, months in zip(moves.start, moves.goal, middle, strict=True):
        following.setdefault(start, {}).setdefault(goal, float(months))
    return analysis.Network(following, found.nodes.pay.to_dict())


def _answer(
    found: Network, moves: pd.DataFrame, place: dict[tuple[str, str], int], way: analysis.Route
) -> RouteAnswer:
    pairs = list(zip(way.stops, way.stops[1:], strict=False))
    legs = moves.iloc[[place[pair] for pair in pairs]].reset_index(drop=True)
    low, high = (float(np.nansum(legs[name].astype(float))) for name in ("months_low", "months_high"))
    lowest = None if math.isnan(way.lowest_pay) else way.lowest_pay
    stops = found.nodes.loc[list(way.stops)].rename_axis("soc").reset_index()
    return RouteAnswer(stops, legs, (low, high), way.unknown, lowest)


@dataclass(frozen=True)
class Neighbours:
    """What is one move away. onward: where people can go from here; before: how people get here. Rows of
    every_move, the pathways' own first, then by reading and pay."""

    soc: str
    onward: pd.DataFrame
    before: pd.DataFrame


_ORDER = {"advance": 0, "lateral": 1, "leap": 2, "sideways": 3, "not_rated": 4}


def neighbours(found: Network, soc: str, suggested: bool = True, most: int = 12) -> Neighbours:
    """The moves from and to an occupation; at most `most` computed ones each way."""
    moves = every_move(found, suggested)

    def told(rows: pd.DataFrame, other: str) -> pd.DataFrame:
        rows = rows.assign(
            _origin=rows.origin != "pathways", _reading=rows.reading.map(_ORDER), _pay=-rows.pay_ratio
        ).sort_values(["_origin", "_reading", "_pay", other])
        rows = rows[~rows._origin | (rows._origin.cumsum() <= most)]
        return rows[list(LEG_COLUMNS)].reset_index(drop=True)

    return Neighbours(soc, told(moves[moves.start == soc], "goal"), told(moves[moves.goal == soc], "start"))
