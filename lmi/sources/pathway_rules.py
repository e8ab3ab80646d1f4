"""What must hold between the parts of pathways.yaml: no duplicates, no orphans, no loops, sources that
exist, and stages that agree."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import networkx as nx

from lmi.domain.errors import BadFile
from lmi.domain.pathways import STAGES, Cluster, Move, Pathway, Reference, Step
from lmi.sources.yaml_file import Entry

T = TypeVar("T")


@dataclass(frozen=True)
class Placed(Generic[T]):
    """A value and the place where it stands."""

    entry: Entry
    value: T


@dataclass(frozen=True)
class Route:
    """A pathway with the places of its parts. whole: everything in it could be read; what could not is
    left out, or "" in the pathway."""

    pathway: Pathway
    targets: list[Placed[str]]
    steps: list[Placed[Step]]
    moves: list[Placed[Move]]
    whole: bool

    @property
    def named(self) -> bool:
        """Whether its id and name could be read."""
        return bool(self.pathway.id and self.pathway.name)


@dataclass(frozen=True)
class Found:
    """Everything that could be read of a file."""

    clusters: list[Placed[Cluster]]
    routes: list[Placed[Route]]
    crossovers: list[Placed[Move]]
    sources: list[Placed[Reference]]


def problems(found: Found, socs: Mapping[str, str]) -> list[BadFile]:
    """Every rule that the parts break, one error for each place."""
    out = _Problems()
    out.no_doubles(found.clusters, lambda c: c.id, "cluster id")
    out.no_doubles(found.sources, lambda s: s.id, "source id")
    out.no_doubles(found.routes, lambda r: r.pathway.id, "pathway id")
    out.no_doubles(found.routes, lambda r: r.pathway.name, "pathway name")
    sources = [s.value.id for s in found.sources]
    for placed in found.routes:
        _pathway(out, placed, [c.value.id for c in found.clusters], socs)
    for move in [*(m for r in found.routes for m in r.value.moves), *found.crossovers]:
        _move(out, move, sources)
    stages = _stages(out, found, socs)
    for move in [*(m for r in found.routes for m in r.value.moves), *found.crossovers]:
        _direction(out, move, stages, socs)
    _crossovers(out, found, socs)
    _loops(out, found, socs)
    return out.errors


class _Problems:
    """The rules that are broken, in the order in which they were found."""

    def __init__(self) -> None:
        self.errors: list[BadFile] = []

    def add(self, entry: Entry, wrong: str, accepted: str) -> None:
        """Keep one broken rule with its place."""
        try:
            entry.refuse(wrong, accepted)
        except BadFile as error:
            self.errors.append(error)

    def no_doubles(self, placed: Sequence[Placed[T]], key: Callable[[T], object], what: str) -> None:
        """Keep every item whose key an earlier one has; a key of "" could not be read and has no double."""
        first: dict[object, int] = {}
        for item in placed:
            name = key(item.value)
            if name and name in first:
                self.add(item.entry, f"the {what} {_shown(name)} stands twice (first in line {first[name]}).",
                         "each once")  # fmt: skip
            first.setdefault(name, item.entry.line)


def _shown(name: object) -> str:
    return " → ".join(map(str, name)) if isinstance(name, tuple) else f"'{name}'"


def _part(entry: Entry, key: str) -> Entry:
    """The place of a value inside an item; of the item where it has no such key."""
    return entry.value.get(key, entry) if isinstance(entry.value, dict) else entry


def _named(soc: str, socs: Mapping[str, str]) -> str:
    return f"{soc} {socs.get(soc, '')}".strip()


def _pathway(out: _Problems, placed: Placed[Route], clusters: Iterable[str], socs: Mapping[str, str]) -> None:
    route, known = placed.value, list(clusters)
    pathway = route.pathway
    if pathway.cluster and pathway.cluster not in known:
        out.add(_part(placed.entry, "cluster"), f"no cluster has the id '{pathway.cluster[:60]}'.",
                ", ".join(dict.fromkeys(known)) or "a cluster of the list above")  # fmt: skip
    if route.whole and not route.steps:
        out.add(placed.entry, f"the pathway '{pathway.id}' has no steps.", "one step or more")
    if route.whole and not pathway.targets:
        out.add(placed.entry, f"the pathway '{pathway.id}' has no target.", "one of its steps or more")
    out.no_doubles(route.targets, str, "target")
    out.no_doubles(route.steps, lambda s: s.soc, "step")
    out.no_doubles(route.moves, lambda m: m.pair, "move")
    steps = {step.value.soc: step.value for step in route.steps}
    live = {soc for soc, step in steps.items() if step.status != "retired"}
    if not route.whole:
        return
    for target in route.targets:
        if target.value in steps and target.value not in live:
            out.add(target.entry, f"{_named(target.value, socs)} is a goal of '{pathway.id}' and is retired.",
                    "a goal that is not retired; choose another target in the file first")  # fmt: skip
        elif target.value not in live:
            out.add(target.entry, f"{_named(target.value, socs)} is not a step of '{pathway.id}'.",
                    "a step of the pathway that is not retired")  # fmt: skip
    for move in route.moves:
        _ends(out, move, pathway.id, steps, live, socs)
    _orphans(out, route, live, socs)


def _ends(
    out: _Problems,
    move: Placed[Move],
    pathway: str,
    steps: Mapping[str, Step],
    live: set[str],
    socs: Mapping[str, str],
) -> None:
    for soc in dict.fromkeys(move.value.pair):
        if soc not in steps:
            accepted = f"steps of the pathway: {', '.join(steps)}; moves to others belong under crossovers"
            out.add(move.entry, f"{_named(soc, socs)} is not a step of '{pathway}'.", accepted)
        elif soc not in live and not move.value.retired:
            out.add(move.entry, f"the step {_named(soc, socs)} is retired.", "a retired move, or a live step")


def _orphans(out: _Problems, route: Route, live: set[str], socs: Mapping[str, str]) -> None:
    joined = {soc for move in route.pathway.live_moves for soc in move.pair}
    for step in route.steps:
        soc = step.value.soc
        if soc in live and soc not in joined and len(live) > 1:
            out.add(step.entry, f"no move leads to or from {_named(soc, socs)}.",
                    "at least one move of this pathway for each step, or status: retired")  # fmt: skip


def _move(out: _Problems, placed: Placed[Move], sources: Sequence[str]) -> None:
    move = placed.value
    if move.start == move.goal:
        out.add(placed.entry, f"{move.start} leads to itself.", "two different occupations")
    for name in move.sources:
        if name not in sources:
            out.add(_part(placed.entry, "sources"), f"no source has the id '{name[:60]}'.",
                    ", ".join(sources[:40]) or "no source, as the file lists none")  # fmt: skip
    told = {"time": move.months, "credential": move.credential, "license": move.license}
    given = [name for name, value in told.items() if value]
    open_ = [name for name in given if name not in move.unchecked]
    if open_ and not move.sources:
        out.add(placed.entry, f"no source is named for the {' and the '.join(open_)}.",
                f"a source, or unchecked: [{', '.join(given)}]")  # fmt: skip
    if move.status == "validated" and not (move.validated_on and move.organisations):
        out.add(_part(placed.entry, "status"), "a validated move lacks its day or its organisations.",
                "validated_on and organisations, or status: proposed")  # fmt: skip
    if move.status == "proposed" and (move.validated_on or move.organisations):
        out.add(_part(placed.entry, "status"), "a proposed move carries a validation.",
                "status: validated, or neither validated_on nor organisations")  # fmt: skip


def _stages(out: _Problems, found: Found, socs: Mapping[str, str]) -> dict[str, str]:
    stages: dict[str, tuple[str, str]] = {}
    for route in found.routes:
        for step in route.value.steps:
            soc, stage = step.value.soc, step.value.stage
            if step.value.status == "retired":
                continue
            other, where = stages.setdefault(soc, (stage, route.value.pathway.id))
            if other != stage:
                out.add(step.entry, f"{_named(soc, socs)} is '{stage}' here and '{other}' in '{where}'.",
                        "the same stage on every pathway")  # fmt: skip
    return {soc: stage for soc, (stage, _) in stages.items()}


def _direction(
    out: _Problems, placed: Placed[Move], stages: Mapping[str, str], socs: Mapping[str, str]
) -> None:
    move = placed.value
    if move.retired or move.start not in stages or move.goal not in stages:
        return
    start, goal = STAGES.index(stages[move.start]), STAGES.index(stages[move.goal])
    said = (
        f"from '{STAGES[start]}' ({_named(move.start, socs)}) to '{STAGES[goal]}' ({_named(move.goal, socs)})"
    )
    if move.kind == "advance" and goal < start:
        out.add(
            _part(placed.entry, "kind"), f"an advance leads back, {said}.", "a later stage or the same one"
        )
    if move.kind == "lateral" and goal != start:
        out.add(
            _part(placed.entry, "kind"),
            f"a lateral move leads {said}.",
            "two steps of one stage, or kind: advance",
        )


def _crossovers(out: _Problems, found: Found, socs: Mapping[str, str]) -> None:
    out.no_doubles(found.crossovers, lambda m: m.pair, "crossover")
    live = {s.value.soc for r in found.routes for s in r.value.steps if s.value.status != "retired"}
    inside = {m.value.pair: r.value.pathway.id for r in found.routes for m in r.value.moves}
    whole = all(r.value.whole for r in found.routes)
    for placed in found.crossovers:
        move = placed.value
        for soc in dict.fromkeys(move.pair):
            if whole and not move.retired and soc not in live:
                out.add(
                    placed.entry, f"{_named(soc, socs)} is a step of no pathway.", "steps of two pathways"
                )
        if move.pair in inside:
            out.add(placed.entry, f"the move stands in '{inside[move.pair]}' already.", "each move once")


def _loops(out: _Problems, found: Found, socs: Mapping[str, str]) -> None:
    """Advancing moves must come to an end: each loop is named once, at one of its moves."""
    graph: nx.DiGraph = nx.DiGraph()
    for placed in [*(m for r in found.routes for m in r.value.moves), *found.crossovers]:
        move = placed.value
        if move.kind == "advance" and not move.retired and move.start != move.goal:
            graph.add_edge(*move.pair, entry=placed.entry)
    while True:
        try:
            loop = nx.find_cycle(graph)
        except nx.NetworkXNoCycle:
            return
        last = max(loop, key=lambda pair: graph.edges[pair[:2]]["entry"].line)
        chain = " → ".join(_named(pair[0], socs) for pair in loop)
        first = _named(loop[0][0], socs)
        out.add(graph.edges[last[:2]]["entry"], f"advancing moves go round in a loop: {chain} → {first}.",
                "moves that lead up and never back; use kind: lateral inside a stage")  # fmt: skip
        graph.remove_edge(*last[:2])
