"""What a convening proposes to change: counted by organisation, nothing of what one of them says alone."""

from dataclasses import replace

import pytest

from lmi.analysis.room_outcome import figure, proposals
from lmi.domain.adjustments import Adjustment, Review, Reviewed, accepted, standing, together, with_value
from lmi.domain.errors import BadInput
from tests.analysis.rooms import AIDE, CLERK, COOK, DRIVER, MEETING, NURSE, WELDER, Talk

CHOSEN = {
    "2.A.1.a": {"words": "Reading"}, "2.B.1": {"words": "Service"},
    "local:0123456789ab": {"words": "Aides, A College", "socs": [AIDE]},
}  # fmt: skip


def talk() -> Talk:
    return Talk(ann="Acme", bob="Acme Inc.", cy="Birch", dee="Cedar")


def said(talk: Talk, *on_file: tuple[str, str]) -> tuple[Adjustment, ...]:
    return proposals(talk.room, on_file, CHOSEN)


def kinds(found: tuple[Adjustment, ...]) -> list[tuple[str, str]]:
    return [(each.kind, each.subject) for each in found]


def test_an_empty_room_proposes_nothing() -> None:
    assert said(Talk()) == said(talk()) == ()


def test_critical_is_what_two_organisations_name_however_many_people_of_one_do() -> None:
    room = talk()
    room.name("ann", NURSE)
    room.name("bob", NURSE)  # the same company, spelled otherwise
    assert said(room) == ()
    room.name("cy", NURSE, WELDER)
    room.answer("ann", "critical", NURSE, "hard", "core")
    room.answer("cy", "critical", NURSE, "hard", words="Nobody applies.")
    (found,) = said(room)
    assert (found.kind, found.subject, found.area_code) == ("critical", NURSE, "12420")
    assert found.organisations == ("Acme", "Birch")
    assert (found.value["people"], found.value["of"]) == (3, 3)
    reasons = [(r.id, r.words, r.organisations) for r in found.counted("reasons")]
    assert reasons == [
        ("hard", "It is hard to fill", ("Acme", "Birch"))
    ]  # what one alone says is not among them


def test_skills_and_programs_are_proposed_once_two_organisations_say_the_same() -> None:
    room = talk()
    room.answer("ann", "lacking", AIDE, "2.A.1.a", "2.B.1", "unknown")
    room.answer("ann", "programs", "", "local:0123456789ab")
    assert said(room) == ()
    room.answer("dee", "lacking", AIDE, "unknown")  # no list holds it
    room.answer("dee", "programs", "", words="Our own  school")
    assert said(room) == ()  # two answer, and none says what another says
    room.answer("dee", "lacking", AIDE, "2.B.1", "unknown")
    room.answer("cy", "programs", "", words="our own school")
    lacking, programs = said(room)
    assert [(s.words, len(s.organisations)) for s in lacking.counted("skills")] == [("Service", 2)]
    assert [(p.id, p.words) for p in programs.counted("programs")] == [("", "Our own  school")]
    assert programs.counted("programs")[0].organisations == ("Cedar", "Birch")
    assert lacking.organisations == ("Acme", "Cedar")
    assert programs.organisations == ("Cedar", "Birch")
    for who in ("ann", "dee"):
        room.answer(who, "programs", "", "local:0123456789ab")
    assert said(room)[-1].counted("programs")[0].socs == (AIDE,)


def test_moves_are_validated_added_or_struck_by_the_vote() -> None:
    room = talk()
    room.name("ann", NURSE)
    for who in ("ann", "cy"):
        room.vote(who, AIDE, NURSE, "yes")
        room.vote(who, CLERK, COOK, "yes")
        room.vote(who, DRIVER, WELDER, "no")
        room.vote(who, COOK, DRIVER, "no")  # not on file: there is nothing to strike
    room.vote("dee", AIDE, NURSE, "no")
    room.vote("ann", WELDER, NURSE, "yes")  # one alone
    found = said(room, (AIDE, NURSE), (DRIVER, WELDER))
    assert kinds(found) == [
        ("move_validated", f"{AIDE}>{NURSE}"), ("move_new", f"{CLERK}>{COOK}"),
        ("move_struck", f"{DRIVER}>{WELDER}"),
    ]  # fmt: skip
    assert (found[0].organisations, found[0].value["against"]) == (("Acme", "Birch"), ["Cedar"])
    assert found[2].organisations == ("Acme", "Birch")


def test_the_same_room_proposes_the_same_under_the_same_ids() -> None:
    room = talk()
    room.name("ann", NURSE)
    room.name("cy", NURSE)
    first, again = said(room), said(room)
    assert first == again
    assert [a.id for a in first] == [a.id for a in again]
    room.name("dee", NURSE)
    (later,) = said(room)
    assert later.id != first[0].id
    assert later.about == first[0].about
    assert not later.says_as(first[0])


def test_the_same_organisations_say_the_same_in_any_order_and_by_more_people() -> None:
    room = talk()
    numbers = room.name("ann", NURSE)
    room.name("cy", NURSE)
    for who in ("ann", "cy"):
        room.answer(who, "critical", NURSE, "hard", "core")
    (before,) = said(room)
    room.name("bob", NURSE)
    room.say("ann", "withdraw", str(numbers[0]))
    room.name("ann", NURSE)
    for who in ("cy", "ann"):
        room.answer(who, "critical", NURSE, "core", "hard")
    (after,) = said(room)
    assert after.value != before.value
    assert after.says_as(before)
    room.answer("cy", "critical", NURSE, "core")
    (fewer,) = said(room)
    assert not fewer.says_as(before)


def test_who_comes_later_changes_nothing_that_was_decided() -> None:
    room = talk()
    room.name("ann", NURSE)
    room.name("cy", NURSE)
    (before,) = said(room)
    room.people.append(replace(room.people[0], id="late", organisation="Late Ltd"))
    (after,) = said(room)
    assert (before.value["of"], after.value["of"]) == (3, 4)
    assert after.says_as(before)


def test_what_the_coordinator_chooses_is_not_what_the_room_said() -> None:
    move = Adjustment("c1", "move_new", "12420", f"{AIDE}>{NURSE}", {"organisations": ["A", "B"]})
    placed = with_value(move, pathway="nursing", stage="skilled")
    assert placed.id != move.id
    assert placed.says_as(move)
    on_file_by_now = Adjustment("c1", "move_validated", "12420", move.subject, move.value)
    assert placed.says_as(on_file_by_now)
    struck = Adjustment("c1", "move_struck", "12420", move.subject, move.value)
    assert not placed.says_as(struck)
    assert placed.about == struck.about


@pytest.mark.parametrize(
    ("name", "adjusted", "why", "what"),
    [
        ("speed", 1.0, "Because", "cannot be adjusted"),
        ("openings_per_year", "many", "Because", "no adjusted value"),
        ("openings_per_year", -1.0, "Because", "cannot be"),
        ("openings_per_year", float("nan"), "Because", "cannot be"),
        ("openings_per_year", 430.0, "Because", "is the same"),
        ("openings_per_year", 600.0, " ! ", "reason is missing"),
        ("openings_per_year", 600.0, "x" * 601, "reason is missing or too long"),
        ("typical_education", "", "Because", "no adjusted value"),
        ("typical_education", 3.0, "Because", "no adjusted value"),
    ],
)
def test_an_adjusted_figure_that_does_not_fit_is_refused_in_words(
    name: str, adjusted: float | str, why: str, what: str
) -> None:
    with pytest.raises(BadInput, match=what):
        figure(talk().room, NURSE, name, adjusted, {"value": 430}, why)


def test_an_adjusted_figure_carries_the_published_one() -> None:
    published = {"value": 430, "basis": "estimated", "source": "BLS", "period": "May 2025"}
    found = figure(
        talk().room,
        NURSE,
        "openings_per_year",
        600,
        published,
        "Two wards open.",
        ["Acme", "ACME Inc", "Birch"],
    )
    assert (found.kind, found.convening, found.subject) == ("figure", MEETING.id, NURSE)
    assert found.number("adjusted") == 600.0
    assert found.value["published"] == published
    assert found.organisations == ("Acme", "Birch")
    other = figure(talk().room, NURSE, "employment", 600, published, "Two wards open.")
    assert found.about != other.about


def test_the_last_review_of_what_is_about_the_same_counts() -> None:
    def row(adjustment: Adjustment, *decisions: tuple[int, str]) -> Reviewed:
        reviews = tuple(Review(seq, adjustment.id, "", "Ann", decision) for seq, decision in decisions)
        return Reviewed(adjustment, reviews, "2026-11-20", "Health")

    old = Adjustment("c1", "critical", "12420", NURSE, {"people": 2})
    new = Adjustment("c1", "critical", "12420", NURSE, {"people": 3})
    other = Adjustment("c2", "critical", "12420", NURSE, {"people": 2})
    rehearsed = Adjustment("r1", "critical", "12420", NURSE, {"people": 2})
    rows = [row(old, (1, "accept"), (4, "decline")), row(new, (3, "accept")), row(other, (2, "accept"))]
    assert [r.adjustment for r in standing(rows)] == [old, other]
    assert [r.adjustment for r in accepted([*rows, row(rehearsed, (9, "accept"))])] == [other]
    assert [r.adjustment for r in standing([row(new), row(old, (1, "accept"))])] == [old]


def test_organisations_are_put_together_by_what_they_are_called() -> None:
    assert together(["Acme Inc.", "Birch"], ["ACME", "Cedar LLC"]) == ("Acme Inc.", "Birch", "Cedar LLC")
