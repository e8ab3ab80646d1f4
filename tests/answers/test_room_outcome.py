"""The outcome of a convening: decided item by item, and what was accepted gets into pathways.yaml whole."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lmi.analysis.room import Room
from lmi.analysis.room_outcome import figure
from lmi.answers import employers_said, outcome_changes, room_lists, room_outcome
from lmi.answers.adjusted import Adjusted
from lmi.answers.desk import Desk, with_adjustments
from lmi.answers.outcome_changes import CROSSOVERS, Place, changes, places, prepare, unnamed
from lmi.answers.room_outcome import Item
from lmi.answers.room_record_changes import changes as told_changes
from lmi.answers.room_record_said import Telling
from lmi.contributions import adjustments, opened
from lmi.contributions.typed import new_token
from lmi.domain.adjustments import Adjustment, Review, Reviewed, together
from lmi.domain.errors import BadFile, BadInput, LmiError
from lmi.domain.pathways import PathwayMap
from lmi.places import Places
from lmi.sources import capacity_file
from lmi.sources.pathways_edit import RetireMove, apply
from lmi.sources.pathways_file import check_text
from tests.analysis.rooms import AIDE, MEETING, NURSE, Talk
from tests.contributions.test_adjustments import meeting
from tests.sources.small_pathways import SOCS, TEXT

LPN, MEDICAL, ELECTRICIAN, HELPER, HOME = "29-2061", "31-9092", "47-2111", "47-3013", "31-1120"
DAY = "2026-11-25"


def held(text: str = TEXT) -> PathwayMap:
    found, problems = check_text(text, SOCS)
    assert found
    assert not problems, problems[0].line()
    return found


def move(kind: str, start: str, goal: str, *firms: str, **chosen: str) -> Reviewed:
    value = {"organisations": list(firms or ("Acme", "Birch")), "against": [], **chosen}
    told = Adjustment(MEETING.id, kind, "12420", f"{start}>{goal}", value)
    return Reviewed(told, (Review(1, told.id, "2026-11-25T12:00:00Z", "Ann", "accept"),), DAY, "Health")


def made(*rows: Reviewed, text: str = TEXT) -> tuple[PathwayMap, outcome_changes.Prepared]:
    found = prepare(text, rows, SOCS, "pathways.yaml")
    return held(found.text), found


def test_a_confirmed_move_is_validated_with_day_and_organisations() -> None:
    after, found = made(move("move_validated", AIDE, LPN))
    (one,) = [m for m in after.path_by_id["nursing"].moves if m.pair == (AIDE, LPN)]
    assert (one.status, one.validated_on, one.organisations) == ("validated", DAY, ("Acme", "Birch"))
    assert (one.months, one.credential, one.sources) == (
        (12, 18),
        "Vocational nursing certificate",
        ("board",),
    )
    assert "# first move" in found.text
    again, second = made(move("move_validated", AIDE, LPN), text=found.text)
    assert second.text == found.text
    assert (len(second.made), len(second.done)) == (0, 1)
    assert again == after


def test_a_move_can_be_validated_without_names_and_is_then_done() -> None:
    named = move("move_validated", LPN, NURSE, "Acme", "Birch", "Cedar")
    after, found = made(unnamed(named))
    (one,) = [m for m in after.path_by_id["nursing"].moves if m.pair == (LPN, NURSE)]
    where = f"of {DAY}, convening {MEETING.id[:8]} (not named)"
    numbers = tuple(f"organization {n} {where}" for n in (1, 2, 3))
    assert one.organisations == ("One Hospital", "Two Hospital", *numbers)
    assert "Acme" not in found.text
    assert changes(after, named.adjustment, DAY) == ()
    assert changes(after, unnamed(named).adjustment, DAY) == ()


def test_two_convenings_without_names_are_told_apart_on_one_day_too() -> None:
    first = unnamed(move("move_validated", AIDE, LPN, "A", "B", "C"))
    second = move("move_validated", AIDE, LPN, "D", "E")
    second = unnamed(replace(second, adjustment=replace(second.adjustment, convening="d" * 32)))
    _, found = made(first)
    after, _ = made(second, text=found.text)
    (one,) = [m for m in after.path_by_id["nursing"].moves if m.pair == (AIDE, LPN)]
    assert len(together(one.organisations)) == 5


def test_numbers_that_did_not_name_their_convening_stand_for_it_and_for_no_other() -> None:
    def behind(text: str, row: Reviewed) -> list[str]:
        after, found = made(row, text=text)
        assert len(found.made) == 1
        again, second = made(row, text=found.text)
        assert (again, len(second.done)) == (after, 1)
        return [
            name.partition(" of ")[0]
            for m in after.path_by_id["nursing"].moves
            if m.pair == (AIDE, LPN)
            for name in m.organisations
        ]

    three = move("move_validated", AIDE, LPN, "A", "B", "C")
    old = made(unnamed(three))[1].text.replace(f" of {DAY}, convening {MEETING.id[:8]}", "")
    numbers = [f"organization {n}" for n in (1, 2, 3, 4)]
    before = [f"{number} (not named)" for number in numbers[:3]]
    assert behind(old, unnamed(three)) == numbers[:3]
    assert behind(old, unnamed(move("move_validated", AIDE, LPN, "A", "B", "C", "D"))) == numbers
    for day in (DAY, "2026-10-01"):
        other = replace(move("move_validated", AIDE, LPN, "Y1", "Y2"), held_on=day)
        assert behind(old, other) == [*before, "Y1", "Y2"]
    assert behind(old, unnamed(other)) == [*before, *numbers[:2]]


def test_a_move_that_was_validated_before_keeps_its_organisations_and_takes_the_later_day() -> None:
    after, _ = made(move("move_validated", LPN, NURSE, "ONE HOSPITAL INC", "Birch"))
    (one,) = [m for m in after.path_by_id["nursing"].moves if m.pair == (LPN, NURSE)]
    assert one.organisations == ("One Hospital", "Two Hospital", "Birch")
    assert one.validated_on == DAY
    older = replace(move("move_validated", LPN, NURSE, "One Hospital"), held_on="2020-01-01")
    assert changes(held(), older.adjustment, older.held_on) == ()


def test_a_new_move_goes_where_it_fits() -> None:
    now = held()
    assert places(now, (AIDE, NURSE)) == (Place("nursing", "Nursing"),)
    assert places(now, (HELPER, LPN)) == (Place(CROSSOVERS, "Between pathways"),)
    assert places(now, (LPN, MEDICAL)) == (
        Place("nursing", "Nursing", MEDICAL, ("skilled", "trained", "advanced")),
    )
    assert places(now, (MEDICAL, LPN)) == (Place("nursing", "Nursing", MEDICAL, ("trained", "entry")),)
    assert places(now, (MEDICAL, HOME)) == ()  # neither is on a pathway
    assert places(now, (NURSE, AIDE)) == ()  # it would lead back
    assert places(now, (AIDE, LPN)) == ()  # it is there


@pytest.mark.parametrize(
    ("row", "where", "kind"),
    [
        (move("move_new", AIDE, NURSE), "nursing", "advance"),
        (move("move_new", LPN, MEDICAL, stage="trained"), "nursing", "lateral"),
        (move("move_new", LPN, MEDICAL, stage="entry"), "nursing", "advance"),  # 'entry' cannot be: skilled
        (move("move_new", MEDICAL, LPN, pathway="nursing", stage="entry"), "nursing", "advance"),
        (move("move_new", HELPER, LPN), "", "advance"),
        (move("move_new", AIDE, HELPER, pathway=CROSSOVERS), "", "lateral"),
    ],
)
def test_a_new_move_is_added_validated(row: Reviewed, where: str, kind: str) -> None:
    after, _ = made(row)
    moves = after.path_by_id[where].moves if where else after.crossovers
    (one,) = [m for m in moves if m.pair == row.adjustment.move]
    assert (one.status, one.validated_on, one.organisations, one.kind) == (
        "validated", DAY, ("Acme", "Birch"), kind,
    )  # fmt: skip
    assert outcome_changes.is_done(after, row)


def test_a_struck_move_is_retired_and_comes_back_when_another_room_confirms_it() -> None:
    row = move("move_struck", HELPER, AIDE)
    after, found = made(row)
    assert [m.status for m in after.crossovers] == ["retired"]
    back, _ = made(move("move_new", HELPER, AIDE), text=found.text)
    assert [(m.status, m.organisations) for m in back.crossovers] == [("validated", ("Acme", "Birch"))]


def test_a_move_of_two_pathways_is_changed_in_both() -> None:
    twice = TEXT.replace("crossovers:\n", "", 1).rsplit("  - {from: 47-3013", 1)[0]
    nursing = twice.split("pathways:\n")[1].split("  - id: electrical")[0]
    text = twice + nursing.replace("id: nursing", "id: ward").replace('"Nursing"', '"Ward"')
    after, _ = made(move("move_validated", AIDE, LPN), text=text)
    assert [p.moves[0].status for p in after.pathways] == ["validated", "proposed", "validated"]
    after, _ = made(
        move("move_validated", AIDE, LPN), move("move_new", AIDE, NURSE, pathway="ward"), text=text
    )
    assert [len(p.moves) for p in after.pathways] == [2, 1, 3]


def test_what_cannot_be_made_is_left_with_its_reason_and_the_others_are_made() -> None:
    orphan = move("move_struck", HELPER, ELECTRICIAN)  # the electricians' only move
    back = move("move_new", NURSE, AIDE)
    good = move("move_validated", AIDE, LPN)
    after, found = made(orphan, back, good)
    assert found.made == (good,)
    left = {row.adjustment.kind: error.line() for row, error in found.left}
    assert sorted(left) == ["move_new", "move_struck"]
    assert "no move leads to or from" in left["move_struck"]
    assert "from a later stage to an earlier one" in left["move_new"]
    assert after.path_by_id["electrical"].moves[0].status == "proposed"


def test_two_new_moves_to_the_same_new_job_add_it_once() -> None:
    rows = (move("move_new", LPN, MEDICAL, stage="skilled"), move("move_new", AIDE, MEDICAL))
    after, found = made(*rows)
    assert found.left == ()
    assert [s.soc for s in after.path_by_id["nursing"].steps].count(MEDICAL) == 1
    assert len(after.path_by_id["nursing"].moves) == 4


def test_a_file_with_a_mistake_is_named() -> None:
    with pytest.raises(BadFile):
        prepare(
            TEXT.replace("stage: entry", "stage: start", 1), [move("move_validated", AIDE, LPN)], SOCS, "p"
        )


@pytest.fixture
def desk(small_desk: Desk) -> Desk:
    """The small desk with the small pathways, on which the room's jobs stand."""
    return replace(small_desk, pathways=held(), draft=held())


@pytest.fixture
def own(tmp_path: Path, small_places: Places, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A pathways.yaml and a database of its own."""
    path = tmp_path / "pathways.yaml"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("LMI_DATABASE", f"sqlite:///{tmp_path}/contributions.sqlite")
    return replace(small_places, pathways=path, versions=tmp_path / "versions")


def room(*, rehearsal: bool = False) -> Talk:
    """A convening that is on record, with four organisations."""
    where = meeting(opened.rehearsals() if rehearsal else opened.store(), DAY, rehearsal=rehearsal)

    class Here(Talk):
        @property
        def room(self) -> Room:
            return replace(super().room, convening=where)

    talk = Here(ann="Acme", bob="Birch", cy="Cedar", dee="Dale")
    for who in ("ann", "bob", "cy"):
        talk.name(who, NURSE)
        talk.answer(who, "critical", NURSE, "hard")
        talk.vote(who, AIDE, LPN, "yes")
    return talk


def rows(talk: Talk) -> list[Reviewed]:
    where = talk.room.convening.id
    return adjustments.of(opened.store_of(where), where)


def decided(desk: Desk, talk: Talk, number: int, decision: str = "accept", **chosen: str) -> None:
    item = room_outcome.outcome(desk, talk.room, rows(talk))[number]
    room_outcome.decide(talk.room, item, decision, "Said so", "Ann", new_token(), **chosen)


def test_items_tell_before_and_after_and_what_was_decided(desk: Desk, own: Places) -> None:
    talk = room()
    critical, validated = room_outcome.outcome(desk, talk.room, rows(talk))
    assert critical.title == "Registered Nurses"
    assert critical.before == ("Nothing is on record.",)
    assert critical.after == (
        f"Critical to 3 organizations on {DAY}: Acme, Birch, Cedar.", "Because: It is hard to fill (3).",
    )  # fmt: skip
    assert validated.before == ("Nursing: proposed.",)
    assert validated.after == (f"Validated on {DAY} by 3 organizations: Acme, Birch, Cedar.",)
    assert (critical.decision, critical.seen, validated.in_file) == ("", 0, False)
    decided(desk, talk, 0)
    decided(desk, talk, 1, "decline")
    critical, validated = room_outcome.outcome(desk, talk.room, rows(talk))
    assert (critical.decision, validated.decision) == ("accept", "decline")
    assert room_outcome.waiting_moves((critical, validated)) == ()
    told = room_outcome.as_json(desk, talk.room, rows(talk))
    assert (told["proposed"], told["accepted"], told["declined"], told["waiting"]) == (2, 1, 1, 0)
    assert [(a["decision"], a["note"], a["decided_by"]) for a in told["adjustments"]] == [
        ("accepted", "Said so", "Ann"),
        ("declined", "Said so", "Ann"),
    ]


def test_what_the_room_says_later_is_to_be_decided_again(desk: Desk, own: Places) -> None:
    talk = room()
    decided(desk, talk, 0)
    talk.name("dee", NURSE)
    (critical, _) = room_outcome.outcome(desk, talk.room, rows(talk))
    assert (critical.changed, critical.decision) == (True, "")
    assert len(critical.adjustment.organisations) == 4
    assert len(adjustments.every_accepted(opened.store())[0].adjustment.organisations) == 3
    decided(desk, talk, 0)
    assert [len(r.adjustment.organisations) for r in adjustments.every_accepted(opened.store())] == [4]
    for who in ("ann", "bob", "cy"):
        talk.vote(who, AIDE, LPN, "unsure")
    assert len(room_outcome.outcome(desk, talk.room, rows(talk))) == 1  # nobody decided on the move


def test_a_second_figure_for_the_same_can_be_decided(desk: Desk, own: Places) -> None:
    talk = room()
    for adjusted in (500.0, 600.0):
        made = figure(talk.room, NURSE, "openings_per_year", adjusted, {"value": 430}, "Two wards open.")
        adjustments.propose(opened.store(), made, "Ann")
        (new,) = [
            item
            for item in room_outcome.outcome(desk, talk.room, rows(talk))
            if item.adjustment.number("adjusted") == adjusted
        ]
        room_outcome.decide(talk.room, new, "accept", "", "Ann", new_token())
    with pytest.raises(BadInput, match="Somebody else decided on it meanwhile"):
        room_outcome.decide(talk.room, new, "decline", "", "Bo", new_token())
    counts = [r.adjustment.number("adjusted") for r in adjustments.every_accepted(opened.store())]
    assert counts == [600.0]


def test_a_figure_that_is_declined_changes_nothing_and_one_that_is_replaced_can_be_accepted_again(
    desk: Desk, own: Places
) -> None:
    talk = room()

    def items() -> dict[float, Item]:
        found = room_outcome.outcome(desk, talk.room, rows(talk))
        return {
            float(i.adjustment.number("adjusted") or 0): i for i in found if i.adjustment.kind == "figure"
        }

    def decide(adjusted: float, decision: str) -> None:
        room_outcome.decide(talk.room, items()[adjusted], decision, "", "Ann", new_token())

    for adjusted in (500.0, 700.0):
        made = figure(talk.room, NURSE, "openings_per_year", adjusted, {"value": 430}, "Two wards open.")
        adjustments.propose(opened.store(), made, "Ann")
    decide(500, "accept")
    decide(700, "decline")
    assert {key: item.standing for key, item in items().items()} == {500: "accepted", 700: "declined"}
    assert counting() == [500]
    decide(700, "accept")
    assert {key: item.standing for key, item in items().items()} == {500: "superseded", 700: "accepted"}
    assert {
        r["value"]["adjusted"]: r["decision"] for r in told_changes(Telling(desk, talk.room), rows(talk))
    } == {
        500: "superseded",
        700: "accepted",
    }
    assert counting() == [700]
    decide(500, "accept")
    assert counting() == [500]
    decide(500, "decline")
    assert counting() == [700]


def counting() -> list[float | None]:
    return [row.adjustment.number("adjusted") for row in adjustments.every_accepted(opened.store())]


def test_a_struck_move_that_was_saved_is_still_what_the_room_proposes(desk: Desk, own: Places) -> None:
    talk = room()
    for who in ("ann", "bob", "cy"):
        talk.vote(who, HELPER, AIDE, "no")
    decided(desk, talk, 2)
    waiting = room_outcome.waiting_moves(room_outcome.outcome(desk, talk.room, rows(talk)))
    after = held(room_outcome.prepare(own, waiting, SOCS).text)
    item = room_outcome.outcome(replace(desk, pathways=after, draft=after), talk.room, rows(talk))[-1]
    assert (item.adjustment.kind, item.decision, item.in_file) == ("move_struck", "accept", True)
    assert not item.withdrawn


def test_a_program_that_left_the_list_stays_in_record_outcome_and_profile(desk: Desk, own: Places) -> None:
    head = "provider,program,kind,cip,soc,area_code,seats,source,as_of\n"

    def at(provider: str) -> Desk:
        line = f"{provider},Nurse aide class,non-credit,,31-1131,12420,20,call,2026-11-01\n"
        read = capacity_file.parse((head + line).encode(), desk.known_codes)
        return replace(desk, capacity=read, serial=-len(provider))

    before, after = at("Goodwil"), at("Goodwill")
    (key,) = (key for key, _ in room_lists.programs_of(before, "12420") if key.startswith("local:"))
    talk = room()
    known = room_lists.known(before, "12420")
    kept = {key: known("programs", "")[key]}
    for who in ("ann", "bob"):
        talk.say(who, "answer", "", "programs", choices=[key], kept=kept)
    (item,) = [i for i in room_outcome.outcome(before, talk.room, []) if i.adjustment.kind == "programs"]
    room_outcome.decide(talk.room, item, "accept", "", "Ann", new_token())
    (item,) = [
        i for i in room_outcome.outcome(after, talk.room, rows(talk)) if i.adjustment.kind == "programs"
    ]
    assert (item.decision, item.withdrawn) == ("accept", False)
    asked = Telling(after, talk.room).to_the_room()[0]
    assert [(c["words"], c["organizations"]) for c in asked["counted"]] == [("Nurse aide class, Goodwil", 2)]
    said = with_adjustments(after, Adjusted(adjustments.every_accepted(opened.store()), DAY))
    found = employers_said.of_occupation(said, said.area("12420"), "31-1131")
    assert [row.adjustment.kind for row in found] == ["programs"]


@pytest.mark.parametrize("area", ["12420", "R-renamed"])
def test_a_choice_without_words_is_told_by_its_id_or_as_one_that_is_no_longer_there(
    desk: Desk, own: Places, area: str
) -> None:
    talk = room()
    college = next(key for key, _ in room_lists.programs_of(desk, "12420"))
    lost = "local:0123456789ab"
    for who in ("ann", "bob"):
        talk.answer(who, "programs", "", college, lost)
    where = replace(talk.room, convening=replace(talk.room.convening, area_code=area))
    counted = Telling(desk, where).to_the_room()[0]["counted"]
    assert {c["id"]: c["words"] for c in counted} == {
        college: dict(room_lists.programs_of(desk, "12420"))[college],
        lost: "A program that is no longer on the list",
    }
    (item,) = [i for i in room_outcome.outcome(desk, where, []) if i.adjustment.kind == "programs"]
    assert [said.id for said in item.adjustment.counted("programs")] == [college, lost]


def test_answers_about_what_nobody_names_any_more_stand_in_record_and_outcome(
    desk: Desk, own: Places
) -> None:
    talk = room()
    (named,) = talk.name("dee", AIDE)
    for who in ("ann", "bob"):
        talk.answer(who, "lacking", AIDE, words="Lifting")
    talk.say("dee", "withdraw", str(named))
    assert AIDE not in talk.room.topics
    assert AIDE in talk.room.talked_about
    assert AIDE in [topic["soc"] for topic in Telling(desk, talk.room).topics()]
    proposed = room_outcome.outcome(desk, talk.room, [])
    assert AIDE in [i.adjustment.subject for i in proposed if i.adjustment.kind == "lacking"]


def test_an_id_that_no_list_holds_is_proposed_and_recorded_nowhere(desk: Desk, own: Places) -> None:
    talk, call = room(), "Call.John-Smith:303-555-0100"
    for who in ("ann", "bob"):
        talk.answer(who, "lacking", NURSE, "2.C.5.a", call)
        talk.answer(who, "programs", "", call)
    told = json.dumps(room_outcome.as_json(desk, talk.room, rows(talk)))
    assert "Medicine and Dentistry" in told
    assert call not in told
    telling = Telling(desk, talk.room)
    assert call not in json.dumps([telling.topics(), telling.to_the_room()])


def test_an_accepted_move_is_saved_and_stays_one_item(desk: Desk, own: Places) -> None:
    talk = room()
    talk.vote("ann", AIDE, NURSE, "yes")
    talk.vote("bob", AIDE, NURSE, "yes")
    decided(desk, talk, 1)
    decided(desk, talk, 2, pathway="nursing")
    items = room_outcome.outcome(desk, talk.room, rows(talk))
    waiting = room_outcome.waiting_moves(items)
    assert [row.adjustment.kind for row in waiting] == ["move_validated", "move_new"]
    ready = room_outcome.prepare(own, waiting, SOCS)
    assert own.pathways.read_text(encoding="utf-8") == TEXT, "nothing is written before it is saved"
    room_outcome.save(own, talk.room, ready, SOCS)
    after = held(own.pathways.read_text(encoding="utf-8"))
    assert [(m.status, len(m.organisations)) for m in after.path_by_id["nursing"].moves] == [
        ("validated", 3), ("validated", 2), ("validated", 2),
    ]  # fmt: skip
    assert [p.read_text(encoding="utf-8") for p in (own.versions / "previous").iterdir()] == [TEXT]
    later = replace(desk, pathways=after, draft=after)
    items = room_outcome.outcome(later, talk.room, rows(talk))
    assert [(i.adjustment.kind, i.decision, i.in_file) for i in items] == [
        ("critical", "", False), ("move_validated", "accept", True), ("move_new", "accept", True),
    ]  # fmt: skip
    assert room_outcome.waiting_moves(items) == ()


def test_a_file_that_changed_meanwhile_is_refused_and_what_was_accepted_can_be_saved_later(
    desk: Desk, own: Places
) -> None:
    talk = room()
    decided(desk, talk, 1)
    waiting = room_outcome.waiting_moves(room_outcome.outcome(desk, talk.room, rows(talk)))
    ready = room_outcome.prepare(own, waiting, SOCS)
    other = apply(TEXT, RetireMove("", HELPER, AIDE), SOCS)
    own.pathways.write_text(other, encoding="utf-8")
    with pytest.raises(BadInput, match="Somebody changed the pathways meanwhile"):
        room_outcome.save(own, talk.room, ready, SOCS)
    assert own.pathways.read_text(encoding="utf-8") == other
    assert room_outcome.waiting_moves(room_outcome.outcome(desk, talk.room, rows(talk))) == waiting
    room_outcome.save(own, talk.room, room_outcome.prepare(own, waiting, SOCS), SOCS)
    after = held(own.pathways.read_text(encoding="utf-8"))
    assert [m.status for m in after.crossovers] == ["retired"]
    assert after.path_by_id["nursing"].moves[0].status == "validated"


def test_a_write_that_fails_or_a_published_file_leaves_file_and_record_as_they_are(
    desk: Desk, own: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = room()
    decided(desk, talk, 1)
    waiting = room_outcome.waiting_moves(room_outcome.outcome(desk, talk.room, rows(talk)))
    ready = room_outcome.prepare(own, waiting, SOCS)
    own.versions.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(LmiError, match="cannot be written"):
        room_outcome.save(own, talk.room, ready, SOCS)
    own.versions.unlink()
    assert own.pathways.read_text(encoding="utf-8") == TEXT
    published = TEXT.replace("status: draft", "status: published")
    own.pathways.write_text(published, encoding="utf-8")
    with pytest.raises(BadInput):
        room_outcome.save(own, talk.room, room_outcome.prepare(own, waiting, SOCS), SOCS)
    assert own.pathways.read_text(encoding="utf-8") == published
    assert [row.decision for row in rows(talk)] == ["accept"]


def test_a_rehearsal_reaches_neither_file_nor_database(desk: Desk, own: Places) -> None:
    talk = room(rehearsal=True)
    decided(desk, talk, 0)
    decided(desk, talk, 1)
    items = room_outcome.outcome(desk, talk.room, rows(talk))
    assert [item.decision for item in items] == ["accept", "accept"]
    ready = room_outcome.prepare(own, room_outcome.waiting_moves(items), SOCS)
    with pytest.raises(BadInput, match="rehearsal"):
        room_outcome.save(own, talk.room, ready, SOCS)
    assert own.pathways.read_text(encoding="utf-8") == TEXT
    assert not Path(str(own.pathways.parent / "contributions.sqlite")).exists()
    assert adjustments.every_accepted(opened.rehearsals()) == ()


def test_skills_and_programs_are_told_by_their_names(desk: Desk, own: Places) -> None:
    talk = room()
    (skill, called), (program, words) = (
        room_lists.skills_of(desk, NURSE)[0],
        room_lists.programs_of(desk, "12420")[0],
    )
    for who in ("ann", "bob"):
        talk.answer(who, "lacking", NURSE, skill)
        talk.answer(who, "programs", "", program)
    items = {item.adjustment.kind: item for item in room_outcome.outcome(desk, talk.room, rows(talk))}
    assert items["lacking"].after == (f"2 organizations on {DAY}: {called} (2).",)
    assert items["programs"].after == (f"2 organizations on {DAY}: {words} (2).",)
