"""The record of a convening as JSON: who took part, what was said, counted by organization, and the figures
published of the same. The same room, figures and pathways always give the same record."""

from collections.abc import Iterable, Sequence
from typing import Any

from lmi.analysis.room import Room
from lmi.answers.desk import Desk
from lmi.answers.room_chosen import told_before
from lmi.answers.room_record_changes import changes, moves_on_file
from lmi.answers.room_record_facts import facts_of
from lmi.answers.room_record_said import Telling
from lmi.answers.room_times import visits
from lmi.domain.adjustments import Reviewed
from lmi.domain.convening import (
    ASKED_NOMINATED,
    FEWEST_ORGANISATIONS,
    MOST_MOVES,
    MOST_NOMINATED,
    MOST_ORGANISATIONS,
    SIGNATURES,
    Convening,
)
from lmi.domain.errors import BadInput


def record_of(
    desk: Desk, room: Room, adjustments: Iterable[Reviewed] = (), *, names: bool = False
) -> dict[str, Any]:
    """Everything of one convening, ready for JSON; see the keys below.

    adjustments: what came of it, with their reviews. names: also the people's names, the facilitator's, and
    who took part and said what where the facilitator hid that from the room; else organizations only, or
    their number.
    """
    came_of_it = tuple(adjustments)
    telling = Telling(desk, room, names, moves_on_file(desk, came_of_it), told_before(came_of_it))
    named = telling.nominations()
    socs = [row["soc"] for group in named for row in group["occupations"] if row["soc"]]
    return {
        "meeting": meeting_of(desk, room.convening, names=names) | _state(room, names),
        "counts": _counts(room),
        "participants": _participants(room, names),
        "steps": visits(room),
        "nominations": named,
        "topics": telling.topics(),
        "moves": telling.moves(),
        "sources": telling.to_the_room(),
        "signatures": _signatures(room, telling),
        "adjustments": changes(telling, came_of_it),
        "lmi": facts_of(desk, room.convening.area_code, socs),
    }


def moves_for_paper(desk: Desk, room: Room, most: int = MOST_MOVES) -> tuple[tuple[str, str], ...]:
    """Titles of the moves that a printed form asks about: those that are voted on, in their
    order."""
    stands = room.stands([move.pair for move in desk.pathways.moves()])
    pairs = [stand.move for stand in stands][:most]
    return tuple((desk.titles.get(start, start), desk.titles.get(goal, goal)) for start, goal in pairs)


def meeting_of(desk: Desk, convening: Convening, *, names: bool = False) -> dict[str, Any]:
    """What a convening is about, and where and when; names: also who called it."""
    cluster = {c.id: c.name for c in desk.pathways.clusters}.get(convening.cluster, convening.cluster)
    try:
        area = desk.area(convening.area_code)
        place = {"code": area.code, "name": area.name, "short_name": area.short_name}
    except BadInput:  # an own region that the settings no longer hold
        code = convening.area_code
        place = {"code": code, "name": code, "short_name": code}
    called = {"created_by": convening.created_by} if names else {}
    return {
        "id": convening.id, "code": convening.code, "industry": convening.industry, "cluster": cluster,
        "area": place, "held_on": convening.held_on, "place": convening.place,
        "rehearsal": convening.rehearsal, "created_at": convening.created_at, **called,
    }  # fmt: skip


def _state(room: Room, names: bool) -> dict[str, Any]:
    last = room.entries[-1] if room.entries else None
    ends = [entry.at for entry in room.entries if entry.kind == "end"]
    return {
        "ended": room.state.ended,
        "ended_at": ends[-1] if ends and room.state.ended else None,
        "names_hidden": room.state.names_hidden,
        "numbers_only": room.state.names_hidden and not names,
        "entries": len(room.entries),
        "last_entry_at": last.at if last else None,
    }


def _counts(room: Room) -> dict[str, Any]:
    """Organizations and people: in the room, naming occupations, signing; against what is asked for."""
    several = [room.nominations_of(person.id) for person in room.people]
    naming = [person.id for person, theirs in zip(room.people, several, strict=True) if theirs]
    enough = [theirs for theirs in several if len(theirs) >= ASKED_NOMINATED]
    present = len(room.organisations)
    return {
        "organizations": present,
        "people": len(room.people),
        "asked_for": {"fewest": FEWEST_ORGANISATIONS, "most": MOST_ORGANISATIONS},
        "within": FEWEST_ORGANISATIONS <= present <= MOST_ORGANISATIONS,
        "organizations_naming": len({room.organisation_of[each] for each in naming}),
        "people_naming": len(naming),
        "people_naming_as_asked": len(enough),
        "occupations_asked_of_each": {"fewest": ASKED_NOMINATED, "most": MOST_NOMINATED},
        "occupations_named": len(room.nominated),
    }


def _participants(room: Room, names: bool) -> list[dict[str, Any]]:
    """Who took part, by organization in the order in which they came; nobody where names are hidden."""
    if room.state.names_hidden and not names:
        return []
    rank = {organisation: i for i, organisation in enumerate(room.organisations)}
    people = sorted(room.people, key=lambda person: rank[room.organisation_of[person.id]])
    return [
        {"organization": room.organisation_of[person.id], "role": person.role,
         **({"name": person.name} if names else {}), "joined_at": person.joined_at,
         "entered_by_the_facilitator": bool(person.joined_by)}
        for person in people
    ]  # fmt: skip


def _signatures(room: Room, telling: Telling) -> dict[str, Any]:
    """Who signed what was said, who says that something is wrong and what, and who did neither."""
    signed = [(room.organisation_of[who], entry) for who, entry in room.signatures.items()]
    without = [o for o in room.organisations if o not in {organisation for organisation, _ in signed}]
    remarks = [
        {"organization": telling.whose(organisation), "words": entry.words, "said_at": entry.at}
        for organisation, entry in signed
        if entry.words
    ]
    return {
        "choices": [
            {"id": choice, "words": words, "people": sum(entry.choice == choice for _, entry in signed),
             **telling.by([o for o, entry in signed if entry.choice == choice]),
             "last_said_at": _latest(entry.at for _, entry in signed if entry.choice == choice)}
            for choice, words in SIGNATURES.items()
        ],
        "not_signed": telling.by(without),
        "remarks": remarks,
    }  # fmt: skip


def _latest(times: Iterable[str]) -> str | None:
    found: Sequence[str] = sorted(times)
    return found[-1] if found else None
