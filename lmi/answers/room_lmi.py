"""What the labor-market information says of what a room talks about: figures, moves and the map of both."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from lmi.analysis.room import Stand
from lmi.answers import room_lists
from lmi.answers.desk import Desk
from lmi.answers.legs import LEG_COLUMNS
from lmi.answers.pathway_picture import stage_asked
from lmi.answers.pathways import Network, network
from lmi.domain.codes import NATION
from lmi.domain.pathways import STAGES, Move

MOST_DRAWN = 12  # occupations on the map of a room: what can be read from the back
_NODE = ("title", "pay", "pay_top_coded", "openings", "in_demand")


@dataclass(frozen=True)
class Fact:
    """What is known of one occupation in an area. None: not published, or not known; never zero.

    category: title of its SOC major group. jobs: wage and salary jobs. openings: a year. pay: median, USD a
    year; pay_at_least: the true value is at or above it. in_demand: by the rule in use. education: usual at
    entry, '' where not told. area, period: of jobs and pay. openings_basis: 'published' for the nation,
    else 'estimated'.
    """

    soc: str
    title: str
    category: str
    jobs: float | None
    openings: float | None
    pay: float | None
    pay_at_least: bool
    in_demand: bool | None
    education: str
    area: str
    period: str
    openings_basis: str
    source: str


@dataclass(frozen=True)
class MoveFact:
    """What is known of one move. pay_ratio: pay of the goal ÷ pay of the start, None where it cannot be
    told; pay_area: 'here', 'nation' or ''. similarity: of skills, 0 to 1, alike from the calibrated cut on
    (both None where O*NET rates one of them not). months: the usual time, as the pathways tell it. on_file:
    the move in pathways.yaml, None if it has none."""

    start: str
    goal: str
    pay_ratio: float | None
    pay_area: str
    pay_at_least: bool
    similarity: float | None
    alike: bool | None
    months: tuple[float, float] | None
    on_file: Move | None


@dataclass(frozen=True)
class RoomMap:
    """The map of a room as lmi.presentation.pathway_map takes it. left_out: occupations without room."""

    nodes: pd.DataFrame
    moves: pd.DataFrame
    left_out: int


def facts(desk: Desk, area_code: str, socs: Iterable[str], found: Network | None = None) -> tuple[Fact, ...]:
    """The figures of some occupations in an area, in their order; codes that are no detailed occupation are
    left out. found: the network of the area where somebody has it already. BadInput for an unknown area."""
    seen = network(desk, area_code) if found is None else found
    area = seen.area
    sources = desk.sources.set_index("id")
    basis = "published" if area.code == NATION else "estimated"
    text = source_line(desk, area_code)
    return tuple(
        Fact(
            soc, str(row.title), room_lists.category(desk, soc), _known(row.employment), _known(row.openings),
            _known(row.pay), bool(row.pay_top_coded),
            None if row.in_demand is None or pd.isna(row.in_demand) else bool(row.in_demand),
            str(row.education) if isinstance(row.education, str) else "",
            area.name, str(sources.period["bls_oews"]), basis, text,
        )
        for soc, row in ((soc, seen.nodes.loc[soc]) for soc in dict.fromkeys(socs) if soc in seen.nodes.index)
    )  # fmt: skip


def source_line(desk: Desk, area_code: str) -> str:
    """Where the figures of `facts` come from, for which period and place, and what is estimated."""
    area = desk.area(area_code)
    oews, ep = _dated(desk, "bls_oews"), _dated(desk, "bls_ep")
    if area.code == NATION:
        return f"{area.name}. Jobs and pay: {oews} (published). Openings: {ep} (published)."
    used = "estimated for the union of areas" if area.type == "custom" else "published"
    return (
        f"{area.name}. Jobs and pay: {oews} ({used}). Openings are estimated: jobs here × the nation's "
        f"rates, {ep}."
    )


def _dated(desk: Desk, source_id: str) -> str:
    row = desk.sources.set_index("id").loc[source_id]
    name, period = str(row.short_title), str(row.period)
    return name if period in name else f"{name}, {period}"


def moves(found: Network, pairs: Iterable[tuple[str, str]]) -> tuple[MoveFact, ...]:
    """What is known of some moves, in their order; those of unknown occupations are left out."""
    wanted = [p for p in dict.fromkeys(pairs) if set(p) <= set(found.nodes.index)]
    if not wanted:
        return ()
    rows = found.figures([start for start, _ in wanted], [goal for _, goal in wanted])
    held = {move.pair: move for move in found.map.moves()}
    return tuple(_move(row, held.get((row.start, row.goal)), found) for row in rows.itertuples())


def _move(row: object, on_file: Move | None, found: Network) -> MoveFact:
    told = row._asdict()  # type: ignore[attr-defined]
    alike = _known(told["skill_similarity"])
    return MoveFact(
        told["start"], told["goal"], _known(told["pay_ratio"]), told["pay_area"], bool(told["pay_at_least"]),
        alike, None if alike is None else alike >= found.rule.similarity_cut,
        on_file.months if on_file else None, on_file,
    )  # fmt: skip


def on_file(desk: Desk) -> list[tuple[str, str]]:
    """The moves of pathways.yaml that are not retired."""
    return [move.pair for move in desk.pathways.moves()]


def room_map(
    found: Network, stands: Sequence[Stand], topics: Sequence[str], most: int = MOST_DRAWN
) -> RoomMap:
    """The map of what a room says: its topics, and what they are joined to by the moves with most support.

    A move that the room confirms is drawn as validated, with the organizations that say yes; one that it
    strikes out is not drawn. At most `most` occupations.
    """
    known = set(found.nodes.index)
    live = [s for s in stands if not s.struck and set(s.move) <= known]
    order = sorted(live, key=lambda s: -len({*s.yes, *s.stated_by}))
    ends = [soc for stand in order for soc in stand.move]
    every = list(dict.fromkeys([*(t for t in topics if t in known), *ends]))
    shown = every[:most]
    drawn = [s for s in order if set(s.move) <= set(shown)]
    nodes = found.nodes.loc[shown, list(_NODE)].rename_axis("soc").reset_index()
    stages = [found.map.stages.get(soc) or stage_asked(found, soc) for soc in shown]
    nodes = nodes.assign(stage=stages, target=nodes.soc.isin(list(topics)), origin="pathway")
    nodes = nodes.iloc[[i for stage in STAGES for i, s in enumerate(stages) if s == stage]]
    return RoomMap(nodes.reset_index(drop=True), _arrows(found, drawn), len(every) - len(shown))


def _arrows(found: Network, stands: Sequence[Stand]) -> pd.DataFrame:
    pairs = [stand.move for stand in stands]
    rows = found.figures([start for start, _ in pairs], [goal for _, goal in pairs])
    held = {move.pair: move for move in found.map.moves()}
    said = [_said(stand, held.get(stand.move)) for stand in stands]
    more = pd.DataFrame(said, columns=[c for c in LEG_COLUMNS if c not in rows.columns])
    return pd.concat([rows, more], axis=1)


def _said(stand: Stand, move: Move | None) -> Mapping[str, object]:
    low, high = (move.months if move else None) or (math.nan, math.nan)
    validated = stand.confirmed or (move is not None and move.status == "validated")
    return {
        "origin": "pathways", "status": "validated" if validated else "proposed",
        "kind": move.kind if move else "", "months_low": low, "months_high": high, "months_estimated": False,
        "credential": move.credential if move else "", "license": move.license if move else "",
        "state": move.state if move else "", "crossover": False,
        "organisations": tuple(dict.fromkeys([*stand.yes, *stand.stated_by])), "validated_on": "",
        "sources": (), "unchecked": (), "note": "",
    }  # fmt: skip


def _known(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)  # type: ignore[arg-type, call-overload]
