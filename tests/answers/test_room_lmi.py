"""What the figures say of a room: withheld is never zero, estimated is told, the map follows the votes."""

import pytest

from lmi.analysis.room import Stand
from lmi.answers import room_lmi
from lmi.answers.desk import Desk
from lmi.answers.pathways import Network, network
from lmi.domain.errors import BadInput
from lmi.domain.pathways import STAGES

NURSES, AIDES, WELDERS, AUSTIN = "29-1141", "31-1131", "51-4121", "12420"


@pytest.fixture(scope="module")
def found(real_desk: Desk) -> Network:
    return network(real_desk, AUSTIN)


def stand(start: str, goal: str, yes: int = 0, no: int = 0, on_file: bool = True) -> Stand:
    names = tuple("ABCDEFGHIJ")
    return Stand((start, goal), on_file, (), names[:yes], names[yes : yes + no])


def test_a_fact_has_its_source_period_place_and_basis(real_desk, found):
    (fact,) = room_lmi.facts(real_desk, AUSTIN, [NURSES], found)
    row = found.nodes.loc[NURSES]
    assert (fact.soc, fact.title, fact.category) == (
        NURSES, "Registered Nurses", "Healthcare Practitioners and Technical Occupations",
    )  # fmt: skip
    assert (fact.jobs, fact.pay) == (row.employment, row.pay)
    assert fact.openings == pytest.approx(row.openings)
    assert fact.openings_basis == "estimated"
    assert (fact.period, fact.area) == ("May 2025", real_desk.areas[AUSTIN].name)
    assert "BLS OEWS, May 2025 (published)" in fact.source
    assert "May 2025, May 2025" not in fact.source
    assert "Openings are estimated" in fact.source


def test_the_nations_openings_are_published(real_desk):
    (fact,) = room_lmi.facts(real_desk, "US", [NURSES])
    assert fact.openings_basis == "published"
    assert "estimated" not in fact.source


def test_what_is_not_published_is_none_never_zero(real_desk, found):
    missing = found.nodes.index[found.nodes.employment.isna() & found.nodes.pay.isna()][0]
    (fact,) = room_lmi.facts(real_desk, AUSTIN, [missing], found)
    assert (fact.jobs, fact.pay, fact.openings) == (None, None, None)


def test_facts_keep_the_order_and_leave_out_what_is_no_occupation(real_desk, found):
    facts = room_lmi.facts(real_desk, AUSTIN, [WELDERS, "99-9999", NURSES, WELDERS], found)
    assert [fact.soc for fact in facts] == [WELDERS, NURSES]


def test_an_area_that_does_not_exist_is_refused(real_desk):
    with pytest.raises(BadInput):
        room_lmi.facts(real_desk, "00000", [NURSES])


def test_a_move_has_pay_similarity_and_what_is_on_file(real_desk, found):
    held = next(m for m in real_desk.pathways.moves() if m.months)
    known, other = room_lmi.moves(found, [held.pair, (WELDERS, NURSES), ("99-9999", NURSES)])
    assert known.on_file == held
    assert known.months == held.months
    assert other.on_file is None
    assert other.months is None
    assert other.pay_ratio == pytest.approx(found.nodes.pay[NURSES] / found.nodes.pay[WELDERS])
    assert other.pay_area == "here"
    assert other.similarity is not None
    assert other.alike is (other.similarity >= found.rule.similarity_cut)
    assert room_lmi.moves(found, []) == ()


def test_the_map_draws_what_is_confirmed_as_validated_and_not_what_is_struck_out(found):
    stands = [stand(AIDES, NURSES, yes=3, no=1), stand(WELDERS, NURSES, yes=1), stand(NURSES, WELDERS, no=2)]
    seen = room_lmi.room_map(found, stands, (NURSES,))
    drawn = {(r.start, r.goal): (r.status, r.organisations) for r in seen.moves.itertuples()}
    assert drawn[AIDES, NURSES] == ("validated", ("A", "B", "C"))
    assert drawn[WELDERS, NURSES][0] == "proposed"
    assert (NURSES, WELDERS) not in drawn
    assert list(seen.nodes.soc[seen.nodes.target]) == [NURSES]
    order = [STAGES.index(stage) for stage in seen.nodes.stage]
    assert order == sorted(order)
    assert seen.left_out == 0


def test_what_has_no_room_is_counted_and_leaves_no_loose_arrow(found):
    stands = [stand(AIDES, NURSES, yes=3), stand(WELDERS, NURSES, yes=1)]
    seen = room_lmi.room_map(found, stands, (NURSES,), most=2)
    assert set(seen.nodes.soc) == {NURSES, AIDES}
    assert list(zip(seen.moves.start, seen.moves.goal, strict=True)) == [(AIDES, NURSES)]
    assert seen.left_out == 1


def test_a_room_that_names_nothing_has_an_empty_map(found):
    seen = room_lmi.room_map(found, [], ())
    assert seen.nodes.empty
    assert seen.moves.empty
