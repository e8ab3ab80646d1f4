"""What a convening amounts to: counts of organisations, latest answers, moves and how the room stands."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from lmi.analysis.room import Room
from lmi.analysis.room_state import State
from lmi.domain.convening import MOST_MOVES, MOST_NOMINATED, TOPICS, Participant
from tests.analysis.rooms import AIDE, CLERK, COOK, DRIVER, MEETING, NURSE, SOCS, WELDER, Talk


def named(room: Room) -> list[tuple[str, int, int]]:
    return [(row.soc or row.words[0], len(row.organisations), len(row.people)) for row in room.nominated]


def test_one_company_with_ten_people_does_not_outvote_the_room():
    ten = {f"big{number}": ("Big Corp", "BIG, Inc.", "big")[number % 3] for number in range(10)}
    talk = Talk(**ten, x="Small One", y="Small Two")
    for who in ten:
        talk.name(who, WELDER)
        talk.vote(who, AIDE, NURSE, "no")
        talk.answer(who, "critical", NURSE, "hard")
    for who in ("x", "y"):
        talk.name(who, NURSE)
        talk.vote(who, AIDE, NURSE, "yes")
        talk.answer(who, "critical", NURSE, "growth")
    room = talk.room
    assert named(room) == [(NURSE, 2, 2), (WELDER, 1, 10)]
    assert room.organisations == ("Big Corp", "Small One", "Small Two")
    (stand,) = room.stands()
    assert (stand.yes, stand.no, stand.confirmed, stand.struck) == (
        ("Small One", "Small Two"), ("Big Corp",), True, False,
    )  # fmt: skip
    assert [(row.choice, len(row.organisations)) for row in room.counted("critical", NURSE)] == [
        ("growth", 2), ("hard", 1),
    ]  # fmt: skip


def test_most_organisations_come_first_then_most_people_then_who_named_first():
    talk = Talk(a="A", a2="A", b="B", c="C")
    talk.name("a", COOK, DRIVER, NURSE)
    talk.name("a2", DRIVER)
    talk.name("b", NURSE, CLERK)
    talk.name("c", NURSE)
    assert named(talk.room) == [(NURSE, 3, 3), (DRIVER, 1, 2), (COOK, 1, 1), (CLERK, 1, 1)]
    assert talk.room.nominated[0].organisations == ("A", "B", "C")


def test_the_topics_are_those_that_most_name_unless_the_facilitator_chooses():
    talk = Talk(a="A", b="B")
    talk.name("a", *sorted(SOCS - {COOK})[:MOST_NOMINATED])
    talk.name("b", COOK)
    talk.own("b", "Something else")
    assert len(talk.room.topics) == TOPICS
    assert set(talk.room.topics) < SOCS
    talk.do("topics", f"{COOK},{NURSE},{COOK}")
    assert talk.room.topics == (COOK, NURSE)
    talk.do("topics", "")
    assert COOK not in talk.room.topics


def test_what_is_withdrawn_is_gone_and_can_be_named_again():
    talk = Talk(a="A", b="B")
    first, _ = talk.name("a", NURSE, COOK)
    talk.name("b", NURSE)
    talk.say("a", "withdraw", str(first))
    assert named(talk.room) == [(COOK, 1, 1), (NURSE, 1, 1)]
    talk.say("b", "withdraw", str(first + 1))  # not theirs: nothing happens
    assert named(talk.room) == [(COOK, 1, 1), (NURSE, 1, 1)]
    again = talk.name("a", NURSE)
    assert named(talk.room) == [(NURSE, 2, 2), (COOK, 1, 1)]
    assert [e.seq for e in talk.room.nominations_of("a")] == [first + 1, *again]


def test_taking_back_what_was_named_twice_leaves_no_double():
    talk = Talk(a="A")
    first, _ = talk.name("a", NURSE, NURSE)  # two tabs of one phone
    own = talk.own("a", "Line lead")
    talk.own("a", "LINE LEAD")
    assert named(talk.room) == [(NURSE, 1, 1), ("Line lead", 1, 1)]
    talk.say("a", "withdraw", str(first))
    talk.say("a", "withdraw", str(own))
    assert talk.room.nominated == ()


def test_nobody_names_more_than_the_most_and_taking_one_back_makes_room():
    talk = Talk(a="A")
    numbers = talk.name("a", *sorted(SOCS))
    assert len(SOCS) == MOST_NOMINATED + 1
    assert [e.seq for e in talk.room.nominations_of("a")] == numbers[:MOST_NOMINATED]
    talk.say("a", "withdraw", str(numbers[0]))
    assert [e.seq for e in talk.room.nominations_of("a")] == numbers[1:MOST_NOMINATED]
    late = talk.name("a", sorted(SOCS)[-1])
    assert [e.seq for e in talk.room.nominations_of("a")] == [*numbers[1:MOST_NOMINATED], *late]


def test_a_late_match_joins_own_words_to_the_occupation_and_the_latest_match_counts():
    talk = Talk(a="A", b="B", c="C")
    talk.name("a", NURSE)
    nurse = talk.own("b", "Floor nurse")
    lead = talk.own("c", "Line lead")
    assert named(talk.room) == [(NURSE, 1, 1), ("Floor nurse", 1, 1), ("Line lead", 1, 1)]
    talk.do("match", str(nurse), soc=WELDER)
    talk.do("match", str(lead), soc=NURSE)
    talk.do("match", str(nurse), soc=NURSE)
    (row,) = talk.room.nominated
    assert (row.soc, row.organisations, row.words) == (NURSE, ("A", "B", "C"), ("Floor nurse", "Line lead"))
    assert row.seqs == (1, nurse, lead)
    talk.say("c", "withdraw", str(lead))
    assert named(talk.room) == [(NURSE, 2, 2)]


def test_the_same_own_words_are_one_job_however_they_are_capitalised():
    talk = Talk(a="A", b="B")
    talk.own("a", "Line lead")
    talk.own("b", "LINE LEAD")
    (row,) = talk.room.nominated
    assert (row.soc, row.words, row.organisations) == ("", ("Line lead", "LINE LEAD"), ("A", "B"))
    assert talk.room.topics == ()


def test_an_organisation_that_is_spelled_otherwise_is_one_and_can_be_put_right():
    talk = Talk(a="St. David's Hospital", b="St Davids Hospital, Inc.", c="Saint David", d="Other")
    assert talk.room.organisations == ("St. David's Hospital", "Saint David", "Other")
    talk.do("organisation", "c", organisation="ST DAVID’S hospital")
    room = talk.room
    assert room.organisations == (
        "ST DAVID’S hospital",
        "Other",
    )  # what the facilitator put, not who came first
    assert set(room.organisation_of.values()) == set(room.organisations)
    talk.do("organisation", "a", organisation="St. David's")
    assert talk.room.organisation_of["a"] == "St. David's"
    talk.do("organisation", "c", organisation="Saint David College")
    assert talk.room.organisation_of["c"] == "Saint David College"


def test_of_each_person_the_latest_answer_counts_and_an_empty_one_is_none():
    talk = Talk(a="A", b="B")
    talk.answer("a", "critical", NURSE, "hard", "core")
    talk.answer("b", "critical", NURSE, "hard", words="Yes")
    talk.answer("a", "critical", NURSE, "growth", words="We grow")
    talk.answer("a", "critical", WELDER, "core")
    found = talk.room.answers("critical", NURSE)
    assert [(s.participant.id, s.organisation, s.choices, s.words) for s in found] == [
        ("a", "A", ("growth",), "We grow"), ("b", "B", ("hard",), "Yes"),
    ]  # fmt: skip
    assert [c.choice for c in talk.room.counted("critical", NURSE)] == ["growth", "hard"]
    talk.answer("a", "critical", NURSE)
    assert [s.participant.id for s in talk.room.answers("critical", NURSE)] == ["b"]
    assert talk.room.answers("critical", COOK) == ()
    assert talk.room.counted("talent") == ()


def test_moves_come_from_the_answers_the_file_and_the_votes():
    talk = Talk(a="A", a2="A", b="B", c="C")
    talk.do("topics", f"{NURSE},{AIDE}")
    talk.answer("a", "before", NURSE, AIDE, CLERK, NURSE)  # a job that leads to itself is no move
    talk.answer("a2", "after", AIDE, NURSE)
    talk.answer("b", "after", AIDE, NURSE)
    talk.vote("c", COOK, DRIVER, "yes", words="They do")
    on_file = [(AIDE, NURSE), (WELDER, NURSE), (DRIVER, COOK)]
    found = {s.move: (s.on_file, s.stated_by) for s in talk.room.stands(on_file)}
    assert found == {
        (AIDE, NURSE): (True, ("A", "B")),
        (CLERK, NURSE): (False, ("A",)),
        (WELDER, NURSE): (True, ()),  # touches a topic
        (COOK, DRIVER): (False, ()),  # voted on
    }  # (DRIVER, COOK) touches none
    assert next(iter(found)) == (AIDE, NURSE)
    assert talk.room.stands(iter(on_file)) == talk.room.stands(on_file)
    assert talk.room.stands(on_file)[-1].remarks == ("They do",)


def test_moves_are_asked_about_topic_by_topic_so_that_none_is_crowded_out():
    talk = Talk(a="A", b="B")
    talk.do("topics", f"{NURSE},{WELDER}")
    talk.answer("a", "before", NURSE, *(f"11-{n:04}" for n in range(20)))
    talk.answer("a", "after", NURSE, DRIVER)
    talk.answer("b", "after", NURSE, DRIVER)
    talk.answer("a", "before", NURSE, *(f"11-{n:04}" for n in range(20)))
    on_file = [(COOK, NURSE), (AIDE, WELDER), (CLERK, WELDER), (WELDER, DRIVER)]
    moves = [stand.move for stand in talk.room.stands(on_file)]
    assert moves[:5] == [
        (NURSE, DRIVER), (AIDE, WELDER),  # two organisations state it; on file
        (COOK, NURSE), (CLERK, WELDER), ("11-0000", NURSE),  # on file before what one states
    ]  # fmt: skip
    assert set(on_file) <= set(moves[:MOST_MOVES])
    assert len(moves) == len(set(moves)) == 25


def test_answers_about_what_nobody_names_make_no_moves():
    talk = Talk(a="A", b="B")
    (named,) = talk.name("a", NURSE)
    talk.answer("b", "before", WELDER, COOK)
    talk.answer("b", "before", NURSE, COOK)
    assert [stand.move for stand in talk.room.stands()] == [(COOK, NURSE)]
    talk.say("a", "withdraw", str(named))
    assert talk.room.stands() == ()


def test_who_is_set_aside_counts_nowhere_until_they_come_back():
    talk = Talk(eve="Evil  Corp", a="EVIL CORP", b="B")
    for who in ("eve", "b"):
        talk.name(who, NURSE)
        talk.answer(who, "critical", NURSE, "hard")
        talk.vote(who, AIDE, NURSE, "yes")
        talk.say(who, "sign", choice="yes")
    before = talk.room
    talk.do("aside", "eve")
    room = talk.room
    assert [person.id for person in room.people] == ["a", "b"]
    assert room.organisations == ("EVIL CORP", "B")  # nor does their spelling count
    assert named(room) == [(NURSE, 1, 1)]
    assert room.counted("critical", NURSE)[0].organisations == ("B",)
    assert (room.stands()[0].yes, list(room.signatures)) == (("B",), ["b"])
    assert room.organisation_of["eve"] == "EVIL CORP"
    talk.do("back", "eve")
    assert (talk.room.people, talk.room.nominated) == (before.people, before.nominated)


def test_how_an_organisation_stands_whose_people_differ():
    talk = Talk(a="A", a2="A", a3="A", b="B", b2="B", c="C", d="D", d2="D")
    for who, choice in (("a", "yes"), ("a2", "no"), ("a3", "yes"), ("b", "yes"), ("b2", "no"),
                        ("c", "unsure"), ("d", "unsure"), ("d2", "no")):  # fmt: skip
        talk.vote(who, AIDE, NURSE, choice)
    (stand,) = talk.room.stands()
    assert (stand.yes, stand.no, stand.divided, stand.unsure) == (("A",), ("D",), ("B",), ("C",))
    talk.vote("a3", AIDE, NURSE, "no")  # changed their mind
    (stand,) = talk.room.stands()
    assert (stand.yes, stand.no) == ((), ("A", "D"))
    assert stand.struck
    assert not stand.confirmed


def test_two_organisations_confirm_and_as_many_against_do_not():
    talk = Talk(a="A", b="B", c="C", d="D")
    talk.vote("a", AIDE, NURSE, "yes")
    assert not talk.room.stands()[0].confirmed
    talk.vote("b", AIDE, NURSE, "yes")
    assert talk.room.stands()[0].confirmed
    talk.vote("c", AIDE, NURSE, "no")
    assert talk.room.stands()[0].confirmed
    talk.vote("d", AIDE, NURSE, "no")
    assert not talk.room.stands()[0].confirmed
    assert not talk.room.stands()[0].struck


def test_the_last_signature_counts():
    talk = Talk(a="A", b="B")
    talk.say("a", "sign", choice="no", words="The first topic is wrong")
    talk.say("b", "sign", choice="yes")
    talk.say("a", "sign", choice="yes")
    assert {who: e.choice for who, e in talk.room.signatures.items()} == {"a": "yes", "b": "yes"}


def test_where_the_meeting_stands():
    talk = Talk()
    assert talk.room.state == State("welcome", "", False, False, "", (), False)
    talk.do("step", "discuss")
    talk.do("pause")
    talk.do("names", "hidden")
    talk.do("topics", f"{NURSE},{COOK}")
    talk.do("topic", COOK)
    state = talk.room.state
    assert state == State("discuss", talk.entries[0].at, True, True, COOK, (NURSE, COOK), False)
    talk.do("resume")
    talk.do("names", "shown")
    assert not talk.room.state.paused
    assert not talk.room.state.names_hidden
    talk.do("pause")
    talk.do("step", "map")  # who goes on has ended the pause
    assert (talk.room.state.step, talk.room.state.paused) == ("map", False)
    assert talk.room.state.screen == "votes"
    talk.do("screen", "map")
    assert talk.room.state.screen == "map"
    talk.do("end")
    assert talk.room.state.ended
    talk.do("reopen")
    assert not talk.room.state.ended


def test_an_end_ends_a_pause_too():
    talk = Talk(a="A")
    talk.do("step", "nominate")
    talk.do("pause")
    talk.do("end")
    assert not talk.room.state.paused
    talk.do("reopen")
    assert not talk.room.state.paused


def test_what_strangers_said_counts_nowhere():
    talk = Talk(a="A")
    talk.name("stranger", NURSE)
    talk.answer("stranger", "critical", NURSE, "hard")
    talk.vote("stranger", AIDE, NURSE, "yes")
    talk.say("stranger", "sign", choice="yes")
    room = talk.room
    assert (room.nominated, room.answers("critical", NURSE), dict(room.signatures)) == ((), (), {})
    assert room.stands() == ()


# Random meetings: what holds for every one of them.
WHO = ("a", "b", "c", "d", "e", "f")
ORGANISATIONS = ("Acme", "ACME, Inc.", "Beta", "Gamma LLC")
CODES = sorted(SOCS)
LINE = st.tuples(
    st.sampled_from(WHO),
    st.sampled_from(["name", "own", "withdraw", "answer", "vote", "sign", "match"]),
    st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from(["yes", "no", "unsure"]),
    st.integers(1, 30),
)  # fmt: skip
MEETINGS = st.tuples(
    st.lists(st.sampled_from(ORGANISATIONS), min_size=len(WHO), max_size=len(WHO)),
    st.lists(LINE, max_size=40),
)


def held(organisations: list[str], lines: list[tuple]) -> Talk:
    talk = Talk(**dict(zip(WHO, organisations, strict=True)))
    for who, what, one, other, choice, number in lines:
        match what:
            case "name":
                talk.name(who, one)
            case "own":
                talk.own(who, f"Job {number % 3}")
            case "withdraw":
                talk.say(who, "withdraw", str(number))
            case "answer":
                talk.answer(who, "before", one, other)
            case "vote":
                talk.vote(who, one, other, choice)
            case "sign":
                talk.say(who, "sign", choice="yes")
            case _:
                talk.do("match", str(number), soc=one)
    return talk


@given(MEETINGS)
def test_no_count_is_above_the_organisations_in_the_room(found):
    room = held(*found).room
    there = set(room.organisations)
    assert len(there) == len({o.casefold()[:4] for o in found[0]})  # Acme is one, however it is spelled
    for row in room.nominated:
        assert len(set(row.organisations)) == len(row.organisations)
        assert set(row.organisations) <= there
        assert 1 <= len(row.organisations) <= len(row.people) <= len(row.seqs)
    counts = [len(row.organisations) for row in room.nominated]
    assert counts == sorted(counts, reverse=True)
    for soc in CODES:
        for counted in room.counted("before", soc):
            assert len(set(counted.organisations)) == len(counted.organisations) <= len(there)
    for stand in room.stands():
        sides = [*stand.yes, *stand.no, *stand.divided, *stand.unsure]
        assert len(set(sides)) == len(sides)  # each stands on one side only
        assert set(sides) | set(stand.stated_by) <= there
        assert not (stand.confirmed and stand.struck)


@given(MEETINGS)
def test_nobody_names_more_than_the_most_and_nothing_twice(found):
    room = held(*found).room
    of = {who: room.nominations_of(who) for who in WHO}
    for several in of.values():
        assert len(several) <= MOST_NOMINATED
        what = Counter((e.subject, e.words.casefold()) for e in several)
        assert set(what.values()) <= {1}
    every = sorted(e.seq for several in of.values() for e in several)
    assert sorted(seq for row in room.nominated for seq in row.seqs) == every


@given(MEETINGS)
def test_a_crowd_of_one_company_changes_no_count_of_the_others(found):
    """Ten more people of the first person's company say what they say."""
    talk = held(*found)
    before = talk.room
    crowd = [Participant(f"more{n}", MEETING.id, "2026-11-25T11", "More", found[0][0], "") for n in range(10)]
    talk.people += crowd
    said = [e for e in talk.entries if e.participant == WHO[0] and e.kind in ("nominate", "answer")]
    for person in crowd:
        for entry in said:
            talk.say(person.id, entry.kind, entry.subject, entry.question, **entry.value)
    after = talk.room
    assert after.organisations == before.organisations
    mine = before.organisation_of[WHO[0]]
    assert _others(after, mine) == _others(before, mine)


def _others(room: Room, mine: str) -> list[tuple[str, set[str]]]:
    """What others than one organisation name and answer, and which they are."""
    rows = [(r.soc or r.words[0].casefold(), set(r.organisations) - {mine}) for r in room.nominated]
    rows += [
        (f"{c.choice}>{soc}", set(c.organisations) - {mine})
        for soc in CODES
        for c in room.counted("before", soc)
    ]
    return sorted((row for row in rows if row[1]), key=str)


@given(MEETINGS)
def test_the_same_meeting_read_in_another_order_is_the_same(found):
    """Nothing hangs on what was asked of it before, nor on asking for moves with a list or a stream."""
    first, second = held(*found).room, held(*found).room
    assert (first.stands([(AIDE, NURSE)]), first.signatures, first.nominated, first.topics) == (
        second.stands(iter([(AIDE, NURSE)])), second.signatures, second.nominated, second.topics,
    )  # fmt: skip
    assert second.state == first.state
