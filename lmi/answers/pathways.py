"""Career pathways in an area: what each move brings and asks, and which pathways lead to jobs in demand."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lmi.analysis import moves as analysis
from lmi.analysis import tristate
from lmi.analysis.moves import MoveRule
from lmi.answers import legs, local
from lmi.answers.desk import Desk
from lmi.answers.legs import Walk
from lmi.answers.ranking import judge
from lmi.domain.pathways import Move, PathwayMap
from lmi.domain.selection import Area

_CURATED = (
    "kind", "status", "months_low", "months_high", "credential", "license", "state", "sources", "unchecked",
    "note", "organisations", "validated_on", "crossover",
)  # fmt: skip


@dataclass(frozen=True)
class Network:
    """All occupations of an area and the moves between them.

    nodes: indexed by soc, every detailed occupation that OEWS publishes anywhere: title, pay (USD / year),
    pay_top_coded, openings (per year), employment, in_demand (True, False, None = unknown), education,
    job_zone, stage ('' off the pathways). curated: one row per live move of the pathways, with
    lmi.analysis.moves.COLUMNS and what the file says of it. rule: from where on a move reads as what.
    """

    desk: Desk
    area: Area
    map: PathwayMap
    demand_rule: str
    nodes: pd.DataFrame
    curated: pd.DataFrame
    rule: MoveRule
    serial: int = field(default_factory=count().__next__)  # tells one network from another in cache keys

    @cached_property
    def suggested(self) -> pd.DataFrame:
        """Computed moves: O*NET's related occupations that pass the cuts, without those that the pathways
        hold, retired ones included. Columns as lmi.analysis.moves.COLUMNS; months_low and months_high, a
        rough estimate: the shortest time that the pathways tell for the goal, else by schooling and training;
        license and state, as the pathways tell them for the goal."""
        held = {m.pair for p in self.map.pathways for m in p.moves} | {m.pair for m in self.map.crossovers}
        pairs = self.desk.related
        new = ~(pairs.start + pairs.goal).isin([start + goal for start, goal in held])
        found = analysis.suggested(self.figures(pairs.start[new], pairs.goal[new]), self.rule)
        return _as_told(found, analysis.estimated_months(found, self.desk.requirements), self.map)

    @cached_property
    def walk(self) -> Walk:
        """Every move, those of the pathways and the computed ones."""
        return legs.walk(legs.legs(self.curated, self.suggested), self.nodes.pay)

    @cached_property
    def curated_walk(self) -> Walk:
        """The moves of the pathways alone."""
        return legs.walk(legs.legs(self.curated, None), self.nodes.pay)

    def figures(self, starts: Sequence[str], goals: Sequence[str]) -> pd.DataFrame:
        """The figures of any moves; see lmi.analysis.moves.move_figures."""
        return analysis.move_figures(
            starts, goals, self.nodes, self.desk.nation_pay, self._asks, self.desk.skillset, self.rule
        )

    @cached_property
    def _asks(self) -> pd.DataFrame:
        return self.nodes.rename(columns={"education": "typical_education"})

    def title(self, soc: str) -> str:
        """The title of an occupation."""
        return str(self.desk.titles[soc])

    def node(self, soc: str) -> pd.Series:
        """What is known here of an occupation."""
        return self.nodes.loc[soc]

    def reasons(self, move: pd.Series) -> list[str]:
        """Why a move reads as it does."""
        return analysis.reasons(move, self.rule, self.area.place)


def _as_told(found: pd.DataFrame, months: NDArray[np.float64], held: PathwayMap) -> pd.DataFrame:
    """Computed moves with the times and licenses that the pathways tell for their goals."""
    times: dict[str, tuple[float, float]] = {}
    licences: dict[str, tuple[str, str]] = {}
    for move in held.moves():
        if move.months and sum(move.months) < sum(times.get(move.goal, (math.inf, math.inf))):
            times[move.goal] = move.months
        if move.license:
            licences.setdefault(move.goal, (move.license, move.state))
    told = [times.get(goal, (guess, guess)) for goal, guess in zip(found.goal, months, strict=True)]
    needs = [licences.get(goal, ("", "")) for goal in found.goal]
    return found.assign(
        months_low=[low for low, _ in told], months_high=[high for _, high in told],
        license=[name for name, _ in needs], state=[state for _, state in needs],
    )  # fmt: skip


def network(
    desk: Desk,
    area_code: str,
    demand_rule: str = "",
    living_wage: float | None = None,
    pathway_map: PathwayMap | None = None,
) -> Network:
    """The occupations and moves of an area. BadInput for an unknown area or rule. pathway_map: another
    version than the one in use."""
    area = desk.area(area_code)
    held = desk.pathways if pathway_map is None else pathway_map
    here = local.load(desk, area, living_wage)
    rule_id = demand_rule or desk.settings.default_demand_rule
    verdicts = judge(desk, here, rule_id)
    demand = pd.Series(
        [tristate.to_python(v) for v in verdicts.verdict], index=here.detailed.soc, dtype=object
    )
    nodes = _nodes(desk, here.detailed, demand, held)
    rule = MoveRule(desk.similarity_cut)
    empty = Network(desk, area, held, rule_id, nodes, pd.DataFrame(), rule)
    return Network(desk, area, held, rule_id, nodes, _curated(empty), rule)


def _nodes(desk: Desk, rows: pd.DataFrame, demand: pd.Series, held: PathwayMap) -> pd.DataFrame:
    asks = desk.requirements
    found = rows.set_index("soc").reindex(asks.index)
    top_coded = found.top_coded.fillna("").astype(str).str.contains("wage_median_usd_year")
    return pd.DataFrame(
        {
            "title": asks.title,
            "pay": found.wage_median_usd_year.astype(float),
            "pay_top_coded": top_coded,
            "openings": found.openings_per_year.astype(float),
            "employment": found.employment.astype(float),
            "in_demand": demand.reindex(asks.index).where(demand.reindex(asks.index).notna(), None),
            "education": asks.typical_education,
            "job_zone": asks.job_zone.astype(float),
            "stage": [held.stages.get(soc, "") for soc in asks.index],
        }
    )


def _curated(found: Network) -> pd.DataFrame:
    moves = list(found.map.moves())
    crossing = {m.pair for m in found.map.live_crossovers}
    figures = found.figures([m.start for m in moves], [m.goal for m in moves])
    return _with_said(figures, moves, crossing)


def _with_said(figures: pd.DataFrame, moves: list[Move], crossing: set[tuple[str, str]]) -> pd.DataFrame:
    said = pd.DataFrame([_said(move, move.pair in crossing) for move in moves], columns=list(_CURATED))
    return pd.concat([figures, said], axis=1)


def _said(move: Move, crossover: bool) -> tuple[object, ...]:
    low, high = move.months or (math.nan, math.nan)
    return (
        move.kind, move.status, low, high, move.credential, move.license, move.state, move.sources,
        move.unchecked, move.note, move.organisations, move.validated_on, crossover,
    )  # fmt: skip


def of_moves(found: Network, moves: Iterable[Move]) -> pd.DataFrame:
    """The rows of some moves, in their order, as those moves say (two pathways may tell one move
    differently). Columns as Network.curated."""
    place = {pair: i for i, pair in enumerate(zip(found.curated.start, found.curated.goal, strict=True))}
    crossing = {m.pair for m in found.map.live_crossovers}
    wanted = [m for m in moves if m.pair in place]
    figures = found.curated.iloc[[place[m.pair] for m in wanted]][list(analysis.COLUMNS)]
    return _with_said(figures.reset_index(drop=True), wanted, crossing)


def together(verdicts: Sequence[object]) -> bool | None:
    """Whether all are in demand: False as soon as one is not, None if that cannot be decided."""
    if any(v is False for v in verdicts):
        return False
    return True if verdicts and all(v is True for v in verdicts) else None


def between(found: Network, starts: Sequence[str], within: set[str]) -> pd.DataFrame:
    """Suggested moves among occupations: from one of `starts`, to one of `within`."""
    rows = found.suggested
    return rows[rows.start.isin(list(starts)) & rows.goal.isin(list(within))].reset_index(drop=True)
