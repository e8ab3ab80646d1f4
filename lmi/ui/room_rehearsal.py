"""A rehearsal: sample participants who join and answer while the facilitator practises. Kept in memory."""

from lmi.analysis import room_sample
from lmi.analysis.room import Room
from lmi.analysis.room_sample import SampleLists
from lmi.answers import room as answers
from lmi.answers import room_lists
from lmi.contributions import convenings, opened
from lmi.domain.convening import Convening
from lmi.domain.selection import Request
from lmi.ui import loaders, room_loaders
from lmi.ui.state import View

JOIN_AT_ONCE, SAY_AT_ONCE = 3, 20  # a second, so that it looks like a room
_OCCUPATIONS, _PROGRAMS, _MOVES = 12, 8, 20


def advance(view: View, convening: Convening) -> None:
    """Let the sample participants go on with what the present step asks of them. Only in a rehearsal."""
    if not convening.rehearsal or convening.area_code not in view.desk.areas:
        return
    store, room = opened.rehearsals(), room_loaders.room(convening)
    if room.state.ended or room.state.paused:
        return
    waiting = room_sample.to_join(room)
    for person in waiting[:JOIN_AT_ONCE]:
        convenings.join(store, convening.id, person.name, person.organisation, person.role, person.token)
    if waiting or room_sample.is_over(room):
        return
    socs = room_lists.detailed(view.desk)
    for says in room_sample.to_say(room, _lists(view, room))[:SAY_AT_ONCE]:
        answers.speak(
            store, room, says.participant, says.kind, says.token, socs, question=says.question,
            subject=says.subject, choices=says.choices, choice=says.choice, words=says.words,
        )  # fmt: skip


def _lists(view: View, room: Room) -> SampleLists:
    desk, near = view.desk, dict[str, list[str]]()
    for start, goal in (move.pair for move in desk.pathways.moves()):
        near.setdefault(goal, []).append(start)
        near.setdefault(start, []).append(goal)
    programs = room_lists.programs_of(desk, room.convening.area_code, room.topics)
    return SampleLists(
        in_demand(view, room.convening)[:_OCCUPATIONS],
        {soc: [key for key, _ in room_lists.skills_of(desk, soc)] for soc in room.topics},
        [key for key, _ in programs[:_PROGRAMS]],
        [stand.move for stand in room_loaders.stands(view, room)[:_MOVES]],
        near,
    )


def in_demand(view: View, convening: Convening) -> tuple[str, ...]:
    """The occupations in demand in the convening's area, those with most openings first; of its field where
    it has one and any of that field is in demand."""
    usual = view.base_request
    request = Request(
        convening.area_code, usual.skill_rule, usual.demand_rule, usual.weights,
        living_wage_usd_hour=usual.living_wage_usd_hour, supply_method=usual.supply_method,
        award_levels=usual.award_levels,
    )  # fmt: skip
    rows = loaders.ranking(view.key, view.desk, request).in_demand
    rows = rows.sort_values("openings_per_year", ascending=False)
    every = tuple(str(soc) for soc in rows.soc if soc in room_lists.detailed(view.desk))
    steps = (s.soc for p in view.desk.pathways.in_cluster(convening.cluster) for s in p.live_steps)
    field = set(steps)
    own = tuple(soc for soc in every if soc in field)
    return own if len(own) >= 3 else every
