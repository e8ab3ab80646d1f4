"""The sample of a rehearsal: the same each time, within the rules of a room, never to be taken for real."""

from dataclasses import replace

import pytest

from lmi.analysis import room_sample
from lmi.analysis.room import Room
from lmi.analysis.room_rules import check
from lmi.analysis.room_sample import SampleLists, SampleSays
from lmi.domain.convening import MOST_NOMINATED, STEPS, Convening, Entry, Participant, organisation_key

SOCS = ("29-1141", "31-1131", "51-4121", "53-3032", "43-9061", "35-2014")
MEETING = Convening("r" + "c" * 32, "ABC234", "Health", "", "12420", "2026-11-25", "", "", "Ann")
LISTS = SampleLists(
    SOCS, dict.fromkeys(SOCS, ("skill-a", "skill-b", "skill-c")), ("1:51.3801", "2:51.3801"),
    (("31-1131", "29-1141"), ("29-1141", "51-4121")), {},
)  # fmt: skip


def step(number: int, name: str) -> Entry:
    return Entry(number, MEETING.id, "", "2026-11-25T10:00:00Z", "Ann", "step", name)


def entry(number: int, says: SampleSays) -> Entry:
    value = {"choices": list(says.choices), "choice": says.choice, "words": says.words}
    return Entry(
        number, MEETING.id, says.participant, "2026-11-25T10:00:01Z", "", says.kind, says.subject,
        says.question, value,
    )  # fmt: skip


@pytest.fixture
def room() -> Room:
    """All of the sample in the welcome step."""
    people = tuple(
        Participant(f"id{p.number}", MEETING.id, f"{p.number:02}", p.name, p.organisation, p.role)
        for p in room_sample.people()
    )
    return Room(MEETING, people, ())


def test_the_sample_is_fifteen_people_of_twelve_invented_organizations():
    people = room_sample.people()
    assert len(people) == 15
    assert len({organisation_key(p.organisation) for p in people}) == 12
    assert all(p.name.startswith("Sample ") and p.organisation.startswith("Sample ") for p in people)
    assert len({p.token for p in people}) == 15
    assert people == room_sample.people()


def test_nobody_joins_twice(room):
    assert room_sample.to_join(replace(room, joined=())) == room_sample.people()
    assert [p.number for p in room_sample.to_join(replace(room, joined=room.people[:13]))] == [13, 14]
    assert room_sample.to_join(room) == ()


def test_everything_that_is_said_is_allowed_and_said_once(room):
    said = 0
    for each in STEPS[1:]:
        room = replace(room, entries=(*room.entries, step(len(room.entries) + 1, each.id)))
        for says in room_sample.to_say(room, LISTS):
            check(room, says.participant, says.kind, says.question, says.subject, says.choices,
                  says.choice, says.words, SOCS)  # fmt: skip
            room = replace(room, entries=(*room.entries, entry(len(room.entries) + 1, says)))
            said += 1
        assert room_sample.to_say(room, LISTS) == (), each.id
    assert said > 200
    for person in room.people:
        assert 2 <= len(room.nominations_of(person.id)) <= MOST_NOMINATED
    assert {s.confirmed for s in room.stands()} == {True, False}
    assert len(room.signatures) == 15


def test_the_tokens_are_short_and_differ(room):
    every = []
    for each in STEPS[1:]:
        entries = (step(1, "nominate"), *(entry(10 + i, s) for i, s in enumerate(every)))
        now = replace(room, entries=(*entries, step(9_000, each.id)))
        every += room_sample.to_say(now, LISTS)
    tokens = [says.token for says in every]
    assert len(set(tokens)) == len(tokens)
    assert all(8 <= len(t) <= 40 and t.replace("-", "").isalnum() for t in tokens)


def test_without_occupations_in_demand_nobody_names_any(room):
    room = replace(room, entries=(step(1, "nominate"),))
    assert room_sample.to_say(room, SampleLists(())) == ()


def test_the_sample_rests_before_the_first_step_and_after_the_end(room):
    assert room_sample.is_over(room)
    begun = replace(room, entries=(step(1, "nominate"),))
    assert not room_sample.is_over(begun)
    ended = replace(begun, entries=(*begun.entries, replace(step(2, ""), kind="end", subject="")))
    assert room_sample.is_over(ended)
