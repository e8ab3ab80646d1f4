"""What a pathway map shows: which jobs find room, what lies beside them, and that no arrow hangs loose."""

from dataclasses import replace
from pathlib import Path

import pytest

from lmi.answers.desk import Desk
from lmi.answers.pathway import PathwayAnswer, pathway_answer
from lmi.answers.pathway_picture import MOST_BESIDE, picture
from lmi.answers.pathways import Network, network
from lmi.domain.pathways import STAGES
from lmi.sources.pathways_file import check_pathways
from lmi.warehouse import pathways as warehouse

FIXTURE = Path(__file__).parents[1] / "fixtures" / "pathways.yaml"


@pytest.fixture(scope="module")
def found(real_desk: Desk) -> Network:
    """Austin with the two small pathways of the fixture."""
    rows = warehouse.requirements(real_desk.warehouse)
    held, problems = check_pathways(FIXTURE, dict(zip(rows.soc, rows.title, strict=True)))
    assert held
    assert not problems
    return network(real_desk, "12420", pathway_map=held)


@pytest.fixture(scope="module")
def nursing(found: Network) -> PathwayAnswer:
    return pathway_answer(found, found.map.path_by_id["nursing"])


def test_the_map_holds_the_pathway_and_what_a_cross_over_joins_to_it(found, nursing):
    seen = picture(found, nursing, 20, suggested=False)
    own = seen.nodes[seen.nodes.origin == "pathway"]
    assert list(own.soc) == ["31-1131", "29-2061", "29-1141"]
    assert list(own.stage) == ["entry", "trained", "skilled"]
    assert list(own.soc[own.target]) == ["29-1141"]
    beside = seen.nodes[seen.nodes.origin == "neighbour"]
    assert list(beside.soc) == ["47-3013"]  # helpers of electricians, by the fixture's one cross-over
    assert list(beside.stage) == ["entry"]
    assert set(zip(seen.moves.start, seen.moves.goal, strict=True)) == {
        ("31-1131", "29-2061"), ("29-2061", "29-1141"), ("47-3013", "31-1131"),
    }  # fmt: skip
    assert set(seen.moves.status) == {"proposed", "validated"}
    assert seen.moves.organisations.iloc[1] == ("One Hospital", "Two Hospital")
    assert seen.left_out == 0


def test_without_room_the_targets_stay_then_what_is_in_demand(found, nursing):
    seen = picture(found, nursing, 2, suggested=False)
    assert list(seen.nodes.soc) == ["29-2061", "29-1141"]  # nursing assistants are not in demand here
    assert seen.left_out == 1
    assert list(zip(seen.moves.start, seen.moves.goal, strict=True)) == [("29-2061", "29-1141")]
    alone = picture(found, nursing, 1, suggested=False)
    assert list(alone.nodes.soc) == ["29-1141"]  # the target
    assert alone.moves.empty


def test_suggestions_lead_from_the_pathway_to_jobs_in_demand(found, nursing):
    plain, more = (picture(found, nursing, 20, suggested=on) for on in (False, True))
    added = more.moves[more.moves.status == "suggested"]
    assert len(added) >= 2
    new = set(more.nodes.soc) - set(plain.nodes.soc)
    assert 0 < len(new) <= MOST_BESIDE
    assert all(found.nodes.in_demand[soc] is True for soc in new)
    own = {"31-1131", "29-2061", "29-1141"}
    assert set(added.start[added.goal.isin(new)]) <= own  # not from the neighbour
    held = {move.pair for move in found.map.moves()}
    assert not held & set(zip(added.start, added.goal, strict=True))
    assert added.months_estimated.all()


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5, 7, 20])
@pytest.mark.parametrize("suggested", [False, True])
def test_no_more_jobs_than_asked_for_and_no_loose_arrow(found, most, suggested):
    for pathway in found.map.pathways:
        seen = picture(found, pathway_answer(found, pathway), most, suggested)
        assert len(seen.nodes) <= most
        drawn = set(seen.nodes.soc)
        assert seen.nodes.soc.is_unique
        assert set(seen.moves.start) <= drawn
        assert set(seen.moves.goal) <= drawn
        column = {
            soc: STAGES.index(stage) for soc, stage in zip(seen.nodes.soc, seen.nodes.stage, strict=True)
        }
        assert list(column.values()) == sorted(column.values())
        new = {soc for soc in drawn if not found.nodes.stage[soc]}
        for start, goal in zip(seen.moves.start, seen.moves.goal, strict=True):
            if goal in new:
                assert column[goal] >= column[start]


def test_a_retired_move_is_neither_drawn_nor_suggested_again(real_desk, found, nursing):
    pathway = nursing.pathway
    first = replace(pathway.moves[0], status="retired")
    held = replace(
        found.map, pathways=(replace(pathway, moves=(first, *pathway.moves[1:])), found.map.pathways[1])
    )
    changed = network(real_desk, "12420", pathway_map=held)
    seen = picture(changed, pathway_answer(changed, held.pathways[0]), 20, suggested=True)
    assert first.pair not in set(zip(seen.moves.start, seen.moves.goal, strict=True))


def test_withheld_pay_stays_withheld(found):
    seen = picture(found, pathway_answer(found, found.map.path_by_id["electrical"]), 20, suggested=False)
    helpers = seen.nodes[seen.nodes.soc == "47-3013"].iloc[0]
    assert helpers.pay != helpers.pay  # not published in Austin, and never 0
    assert helpers.in_demand is None
