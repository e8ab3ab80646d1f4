"""What a pathway map shows: the jobs and moves of a pathway, and what lies one move beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lmi.answers import legs
from lmi.answers.pathway import PathwayAnswer
from lmi.answers.pathways import Network, of_moves
from lmi.domain.pathways import STAGES
from lmi.domain.requirements import EDUCATION

MOST_BESIDE = 3  # jobs of other pathways, and as many suggested ones
MOST_SUGGESTED = 6  # computed moves on a map; the rest stands beside each job and in the routes
_NODE = ("title", "pay", "pay_top_coded", "openings", "in_demand")
_TRAINED = {"Moderate-term on-the-job training": 1, "Long-term on-the-job training": 2, "Apprenticeship": 2}


@dataclass(frozen=True)
class Picture:
    """What is drawn. nodes: one row per job with soc, title, stage, pay (USD / year), pay_top_coded,
    openings (per year), in_demand (True, False, None), target, origin ('pathway' or 'neighbour'), stages
    in order. moves: rows with lmi.answers.legs.LEG_COLUMNS, between them.
    left_out: jobs of the pathway that there was no room for."""

    nodes: pd.DataFrame
    moves: pd.DataFrame
    left_out: int


def picture(found: Network, answer: PathwayAnswer, most: int, suggested: bool) -> Picture:
    """The map of a pathway with at most `most` jobs: its own first (targets, then those in demand, then by
    openings), then those that a cross-over joins to it. suggested: also computed moves, among its jobs and
    to jobs in demand beside it."""
    own = _own(answer, most)
    shown = [str(soc) for soc in own.soc]
    crossing = of_moves(found, found.map.crossovers_of(set(shown)))
    beside = _beside(found, crossing, shown, min(MOST_BESIDE, most - len(shown)))
    computed = found.suggested.iloc[:0]
    if suggested:
        computed = _computed(found, shown, beside, min(MOST_BESIDE, most - len(shown) - len(beside)))
    more = [soc for soc in dict.fromkeys(computed.goal) if soc not in shown and soc not in beside]
    moves = _moves(found, answer, crossing, computed, {*shown, *beside, *more})
    stages = {soc: str(found.nodes.stage[soc]) for soc in [*shown, *beside]}
    stages |= {soc: _stage(found, soc, computed, stages) for soc in more}
    nodes = found.nodes.loc[[*shown, *beside, *more], list(_NODE)].rename_axis("soc").reset_index()
    targets = set(answer.pathway.targets)
    nodes = nodes.assign(
        stage=[stages[soc] for soc in nodes.soc],
        target=nodes.soc.isin(targets),
        origin=["pathway" if soc in shown else "neighbour" for soc in nodes.soc],
    )
    order = nodes.stage.map({stage: i for i, stage in enumerate(STAGES)})
    nodes = nodes.iloc[order.argsort(kind="stable")].reset_index(drop=True)
    return Picture(nodes, moves, len(answer.steps) - len(own))


def _own(answer: PathwayAnswer, most: int) -> pd.DataFrame:
    """The jobs of the pathway that matter most, in the order of the file."""
    steps = answer.steps
    if len(steps) <= most:
        return steps
    weight = pd.DataFrame(
        {
            "target": steps.soc.isin(answer.pathway.targets),
            "demand": [value is True for value in steps.in_demand],
            "openings": steps.openings.fillna(-1),
        }
    )
    kept = weight.sort_values(["target", "demand", "openings"], ascending=False, kind="stable").index[:most]
    return steps.loc[sorted(kept)]


def _beside(found: Network, crossing: pd.DataFrame, shown: Sequence[str], room: int) -> list[str]:
    """The other ends of cross-overs, those in demand first, then by openings."""
    ends = [soc for pair in zip(crossing.start, crossing.goal, strict=True) for soc in pair]
    others = [soc for soc in dict.fromkeys(ends) if soc not in shown]
    return _best(found, others)[: max(room, 0)]


def _best(found: Network, socs: Sequence[str]) -> list[str]:
    rows = found.nodes.loc[list(socs)]
    rows = rows.assign(demand=[value is not True for value in rows.in_demand], openings=-rows.openings)
    return [str(soc) for soc in rows.sort_values(["demand", "openings"], kind="stable").index]


def _computed(found: Network, shown: Sequence[str], beside: Sequence[str], room: int) -> pd.DataFrame:
    """The few suggested moves that say most: from each job of the pathway at most one, to a job shown or to
    one in demand beside it; advances first, then jobs in demand, then the most alike."""
    rows = found.suggested
    rows = rows[rows.start.isin(list(shown)) & rows.reading.isin(["advance", "lateral"])]
    demand = [found.nodes.in_demand[soc] is True for soc in rows.goal]
    rows = rows.assign(_up=rows.reading == "advance", _demand=demand)
    rows = rows[rows.goal.isin([*shown, *beside]) | (rows._up & rows._demand)]
    order = ["_up", "_demand", "skill_similarity"]
    rows = rows.sort_values([*order, "start", "goal"], ascending=[False, False, False, True, True])
    inside = rows.goal.isin([*shown, *beside])
    goals = list(dict.fromkeys(rows.goal[~inside]))[: max(room, 0)]
    rows = rows[inside | rows.goal.isin(goals)].drop_duplicates("start").head(MOST_SUGGESTED)
    return rows.drop(columns=["_up", "_demand"]).reset_index(drop=True)


def _moves(
    found: Network, answer: PathwayAnswer, crossing: pd.DataFrame, computed: pd.DataFrame, drawn: set[str]
) -> pd.DataFrame:
    rows = legs.legs(pd.concat([answer.moves, crossing], ignore_index=True), computed)
    return rows[rows.start.isin(drawn) & rows.goal.isin(drawn)].reset_index(drop=True)


def _stage(found: Network, soc: str, computed: pd.DataFrame, stages: dict[str, str]) -> str:
    """The column of a job off the pathways: by what it asks for, and not before where people come from."""
    own = STAGES.index(stage_asked(found, soc))
    starts = [STAGES.index(stages[s]) for s in computed.start[computed.goal == soc] if s in stages]
    return STAGES[max([own, *starts])]


def stage_asked(found: Network, soc: str) -> str:
    """The stage of a job by the schooling and training that it asks for."""
    education, trained = found.nodes.education[soc], found.desk.requirements.on_the_job_training[soc]
    rank = EDUCATION.index(education) if education in EDUCATION else 0
    schooled = 0 if rank < 2 else 1 if rank < 4 else 2 if rank < 5 else 3
    return STAGES[max(schooled, _TRAINED.get(trained, 0))]
