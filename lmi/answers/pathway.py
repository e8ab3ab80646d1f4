"""One career pathway in an area: is it in demand, where it begins, how long it takes, what each rung pays
and who is missing there."""

import math
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd

from lmi.analysis import representation as shares
from lmi.answers.pathways import Network, of_moves, together
from lmi.domain.groups import GROUPS
from lmi.domain.pathways import STAGE_NAMES, STAGES, Pathway

PARITY = 0.8  # below it a group is named as missing on a rung; our rule


@dataclass(frozen=True)
class Way:
    """The quickest way from an entry point to a target. months: low and high, over the moves whose time is
    known; unknown: how many have none."""

    stops: tuple[str, ...]
    months: tuple[float, float]
    unknown: int


@dataclass(frozen=True)
class PathwayAnswer:
    """A pathway and its figures in an area.

    in_demand: True if every target is, False if one is not, None if that cannot be decided.
    targets: soc -> verdict. steps: rows of the network's nodes with soc, in the order of the file. moves:
    see Network.curated. entries: where people begin; see _entries. ways: from every entry point to every
    target that can be reached.
    """

    pathway: Pathway
    in_demand: bool | None
    targets: dict[str, bool | None]
    steps: pd.DataFrame
    moves: pd.DataFrame
    entries: tuple[str, ...]
    ways: tuple[Way, ...]
    network: Network = field(repr=False)

    @cached_property
    def rungs(self) -> pd.DataFrame:
        """What each stage pays, needs, and whom it lacks.

        One row per stage with stage, steps, pay_low, pay_high, pay_at_least (the highest is top-coded),
        openings, jobs and, per group, <group>_pct (national shares, weighted by jobs here; none where CPS
        does not reach), missing (names of groups below 0.8 of their share of all employed in the nation)
        and untold (names of groups without a share there, so that nothing is known of them).
        """
        return _rungs(self.network, self.steps)

    @cached_property
    def climb(self) -> "Climb | None":
        """One way from an entry point up to the best paid target that can be reached, with its pay and its
        time; None where there is none whose pay is published at both ends and rises."""
        rows = self.steps.set_index("soc")
        ways = [way for way in self.ways if rows.pay[way.stops[-1]] > rows.pay[way.stops[0]]]
        if not ways:
            return None
        best = min(
            ways, key=lambda w: (-rows.pay[w.stops[-1]], rows.pay[w.stops[0]], w.unknown, sum(w.months))
        )
        low, high = (float(rows.pay[soc]) for soc in (best.stops[0], best.stops[-1]))
        return Climb(best, low, high, bool(rows.pay_top_coded[best.stops[-1]]))


@dataclass(frozen=True)
class Climb:
    """A way and what it pays at both ends, USD / year. at_least: the pay at its end is top-coded."""

    way: Way
    low: float
    high: float
    at_least: bool


def pathway_answer(found: Network, pathway: Pathway) -> PathwayAnswer:
    """Everything known here of one pathway."""
    socs = [step.soc for step in pathway.live_steps]
    steps = found.nodes.loc[socs].rename_axis("soc").reset_index()
    steps["stage"] = [step.stage for step in pathway.live_steps]
    targets = {soc: found.nodes.in_demand[soc] for soc in pathway.targets}
    moves = of_moves(found, pathway.live_moves)
    entries = _entries(pathway)
    return PathwayAnswer(
        pathway, together(list(targets.values())), targets, steps, moves, entries,
        tuple(_ways(pathway, entries)), found,
    )  # fmt: skip


def _entries(pathway: Pathway) -> tuple[str, ...]:
    """Occupations of the earliest stage, and of the next one those that no move leads to: people come to
    them from school. Later ones are for those who come from elsewhere with experience."""
    reached = {m.goal for m in pathway.live_moves}
    first = min((step.column for step in pathway.live_steps), default=0)
    return tuple(
        s.soc
        for s in pathway.live_steps
        if s.column == first or (s.column == first + 1 and s.soc not in reached)
    )


def _ways(pathway: Pathway, entries: tuple[str, ...]) -> list[Way]:
    graph: nx.DiGraph = nx.DiGraph()
    known = [sum(m.months) for m in pathway.live_moves if m.months]
    longest = max(known, default=1.0)
    for move in pathway.live_moves:
        graph.add_edge(*move.pair, months=move.months, cost=sum(move.months) if move.months else longest)
    out = []
    for target in pathway.targets:
        for entry in entries:
            if entry == target or entry not in graph or target not in graph:
                continue
            try:
                stops = nx.dijkstra_path(graph, entry, target, "cost")
            except nx.NetworkXNoPath:
                continue
            times = [graph.edges[pair]["months"] for pair in pairwise(stops)]
            told = [t for t in times if t]
            total = (sum(t[0] for t in told), sum(t[1] for t in told))
            out.append(Way(tuple(stops), total, len(times) - len(told)))
    return out


def _rungs(found: Network, steps: pd.DataFrame) -> pd.DataFrame:
    names = tuple(g.id for g in GROUPS)
    held = found.desk.shares[[g.share_field for g in GROUPS]].reindex(steps.soc).reset_index(drop=True)
    if found.area.outside_cps:
        held = held.astype(float).mask(held.notna())
    rows = pd.concat([steps, held], axis=1)
    told = shares.along(rows, {stage: stage for stage in STAGES}, names, by="stage").set_index("rung")
    parts = ((stage, steps[steps.stage == stage]) for stage in STAGES)
    return pd.DataFrame([_rung(found, stage, part, told) for stage, part in parts if len(part)])


def _rung(found: Network, stage: str, part: pd.DataFrame, told: pd.DataFrame) -> dict[str, object]:
    """One stage: its pay and openings, and how the groups' shares compare. told: shares by stage."""
    pay = part.pay.dropna()
    of_group = {g: float(told[f"{g.id}_pct"].get(stage, np.nan)) for g in GROUPS}
    parity = {g: PARITY * float(found.desk.everyone[g.share_field]) for g in GROUPS}
    return {
        "stage": stage, "name": STAGE_NAMES[stage], "steps": len(part),
        "pay_low": float(pay.min()) if len(pay) else math.nan,
        "pay_high": float(pay.max()) if len(pay) else math.nan,
        "pay_missing": len(part) - len(pay),
        "pay_at_least": bool(part.pay_top_coded[pay.idxmax()]) if len(pay) else False,
        "openings": float(part.openings.sum(min_count=1)),
        "openings_missing": int(part.openings.isna().sum()),
        "jobs": float(part.employment.sum(min_count=1)),
        **{f"{group.id}_pct": share for group, share in of_group.items()},
        "missing": tuple(group.name for group, share in of_group.items() if share < parity[group]),
        "untold": tuple(group.name for group, share in of_group.items() if math.isnan(share)),
    }  # fmt: skip
