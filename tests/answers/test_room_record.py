"""The record of a convening: everything that was said, counted by organization, and nobody's name unasked."""

import json
from types import SimpleNamespace

import pytest

from lmi.analysis.room import Room
from lmi.answers.profile import profile
from lmi.answers.room_record import record_of
from lmi.answers.room_record_changes import moves_on_file
from lmi.answers.room_times import visits
from lmi.contributions.store import Store
from lmi.domain.adjustments import Adjustment, Review, Reviewed
from lmi.domain.convening import Convening, Entry, Participant
from tests.publishing.meeting import (
    ASSISTANT,
    FORMULA,
    HOSTILE,
    LPN,
    NAMES,
    NURSE,
    PROGRAM,
    WELDER,
    Meeting,
    held,
)


@pytest.fixture(scope="module")
def meeting(small_desk):
    return held(small_desk, Store("sqlite://"))


@pytest.fixture(scope="module")
def record(small_desk, meeting):
    return record_of(small_desk, meeting.room)


def occupations(record):
    return {row["soc"]: row for group in record["nominations"] for row in group["occupations"]}


def test_it_is_json_and_always_the_same(small_desk, meeting, record):
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    assert text == json.dumps(record_of(small_desk, meeting.room), ensure_ascii=False)


def test_what_when_and_where(record, meeting):
    told = record["meeting"]
    assert told["industry"] == "Hospitals"
    assert told["area"]["code"] == "12420"
    assert told["area"]["name"].startswith("Austin")
    assert (told["held_on"], told["place"]) == ("2026-11-25", "Austin, Workforce Center")
    assert told["code"] == meeting.convening.code
    assert told["rehearsal"] is False
    assert told["entries"] == len(meeting.room.entries)


def test_counts_are_of_organizations_against_what_is_asked_for(record):
    counts = record["counts"]
    assert (counts["organizations"], counts["people"]) == (3, 4)
    assert counts["asked_for"] == {"fewest": 12, "most": 25}
    assert counts["within"] is False
    assert (counts["organizations_naming"], counts["people_naming"]) == (3, 4)
    assert counts["people_naming_as_asked"] == 0, "everybody named two; three are asked for"


def test_nominations_by_category_each_with_organizations_and_people(record):
    found = occupations(record)
    assert (found[NURSE]["organizations"], found[NURSE]["people"]) == (3, 4)
    assert found[NURSE]["named"][:2] == ["Seton, Inc.", "St. David's"]
    assert (found[ASSISTANT]["organizations"], found[ASSISTANT]["people"]) == (1, 2), "one company of two"
    groups = [group["category"] for group in record["nominations"]]
    assert groups[0] == "Healthcare Practitioners and Technical Occupations"
    assert groups[-1] == "In their own words"
    assert found[""]["title"] == HOSTILE


def test_answers_with_their_words(record):
    (topic,) = [topic for topic in record["topics"] if topic["soc"] == NURSE]
    asked = {question["id"]: question for question in topic["questions"]}
    assert [(row["id"], row["organizations"]) for row in asked["critical"]["counted"]] == [
        ("hard", 3), ("core", 2),
    ]  # fmt: skip
    assert asked["critical"]["counted"][0]["words"] == "It is hard to fill"
    assert asked["critical"]["own_words"][0] == asked["critical"]["own_words"][0] | {
        "organization": FORMULA, "words": HOSTILE,
    }  # fmt: skip
    assert asked["lacking"]["counted"][0]["words"] == "Medicine and Dentistry", "the name, not O*NET's id"
    assert asked["before"]["counted"][0]["words"] == "Licensed Practical and Licensed Vocational Nurses"
    assert asked["after"]["organizations"] == 0


def test_programs_and_recruiting_in_words(record):
    asked = {question["id"]: question for question in record["sources"]}
    (program,) = asked["programs"]["counted"]
    assert program["id"] == PROGRAM
    assert program["words"] == "Registered Nursing/Registered Nurse, Austin Community College District"
    assert [row["words"] for row in asked["talent"]["counted"]] == ["Employees who refer others", "Colleges"]


def test_moves_with_votes_by_organization(record):
    moves = {(move["from"], move["to"]): move for move in record["moves"]}
    up, away = moves[LPN, NURSE], moves[NURSE, WELDER]
    # Seton's two people: one yes, one unsure = yes
    assert (up["yes"]["organizations"], up["no"]["organizations"], up["outcome"]) == (2, 1, "confirmed")
    assert up["stated_by"]["named"] == [FORMULA]
    assert (away["no"]["organizations"], away["outcome"]) == (2, "struck")
    assert away["remarks"] == ["Never seen.", "Never seen."]
    assert away["last_voted_at"]


def test_signatures(record):
    signed = record["signatures"]
    assert [(row["id"], row["organizations"]) for row in signed["choices"]] == [("yes", 1), ("no", 1)]
    assert signed["not_signed"]["named"] == ["St. David's"]
    assert signed["remarks"][0]["words"] == "The welders are missing."


def test_the_market_beside_it_is_what_the_profile_says(small_desk, record):
    for soc in (NURSE, WELDER):
        figures = profile(small_desk, soc, "12420").figures
        told = record["lmi"]["occupations"][soc]
        for name, figure in told["figures"].items():
            assert figure["value"] == figures[name].value
            assert {figure[k] for k in ("source", "period", "area", "basis")} <= set(figure.values())
            assert all(figure[key] for key in ("source", "period", "area", "basis"))
        assert told["in_demand"] in (True, False, None)
    assert record["lmi"]["rule"]


def texts(told) -> set[str]:
    if isinstance(told, str):
        return {told}
    if isinstance(told, dict):
        return set().union(*map(texts, told.values()), set())
    return set().union(*map(texts, told), set()) if isinstance(told, list) else set()


def test_names_of_people_only_where_asked_for(small_desk, meeting, record):
    people = {*NAMES, "Fay Cilitator"}
    assert not people & texts(record)
    named = record_of(small_desk, meeting.room, names=True)
    assert people <= texts(named)
    assert named["participants"][0] | {"name": "Ann Onymous"} == named["participants"][0]


def test_what_the_facilitator_hid_is_told_in_numbers_only(small_desk):
    hidden = held(small_desk, Store("sqlite://"))
    hidden.lead("names", "hidden")
    told = record_of(small_desk, hidden.room)
    assert told["counts"]["organizations"] == 3
    assert told["participants"] == []
    assert told["meeting"]["numbers_only"]
    assert not {"Seton, Inc.", "St. David's", "Chief Nurse"} & texts(told)
    assert {row["organization"] for row in told["signatures"]["remarks"]} == {""}
    assert occupations(told)[NURSE]["organizations"] == 3
    coordinators = record_of(small_desk, hidden.room, names=True)
    assert occupations(coordinators)[NURSE]["named"][0] == "Seton, Inc."
    assert coordinators["participants"][0]["role"] == "Chief Nurse"
    assert not coordinators["meeting"]["numbers_only"]


def test_an_area_that_is_no_more_and_an_empty_room(small_desk):
    empty = Meeting(small_desk, Store("sqlite://"))
    gone = Convening(**{**vars(empty.convening), "area_code": "R-gone", "held_on": "someday"})
    told = record_of(small_desk, Room(gone, (), ()))
    assert told["meeting"]["area"] == {"code": "R-gone", "name": "R-gone", "short_name": "R-gone"}
    assert told["nominations"] == []
    assert told["steps"] == []
    assert told["lmi"]["occupations"] == {}


class TestAdjustments:
    def made(self, meeting, kind, subject, **value):
        return Adjustment(
            meeting.convening.id, kind, "12420", subject,
            {"organisations": ["St. David's", "Seton"], **value},
            at="2026-11-26T10:00:00Z", by="Fay Cilitator",
        )  # fmt: skip

    def reviewed(self, made, *decisions):
        reviews = [
            Review(i, made.id, f"2026-11-2{6 + i}T10:00:00Z", "Fay Cilitator", decision, f"note {i}")
            for i, decision in enumerate(decisions, 1)
        ]
        return Reviewed(made, tuple(reviews), "2026-11-25", "Hospitals")

    def test_each_with_its_review(self, small_desk, meeting):
        reasons = [{"id": "hard", "words": "It is hard to fill", "organisations": ["Seton"]}]
        critical = self.made(meeting, "critical", NURSE, of=3, reasons=reasons)
        rows = [
            self.reviewed(critical, "decline", "accept"),
            self.reviewed(self.made(meeting, "programs", "")),
        ]
        first, second = record_of(small_desk, meeting.room, rows)["adjustments"]
        assert (first["kind"], first["titles"], first["organizations"]) == (
            "critical",
            ["Registered Nurses"],
            2,
        )
        assert (first["decision"], first["note"], first["decided_at"][:10]) == (
            "accepted", "note 2", "2026-11-28",
        )  # fmt: skip
        assert first["value"]["reasons"][0]["organizations"] == 1
        assert (second["decision"], second["decided_at"]) == ("waits for review", None)
        assert "Fay Cilitator" not in texts([first, second])
        named = record_of(small_desk, meeting.room, rows, names=True)["adjustments"][0]
        assert named["decided_by"] == "Fay Cilitator"

    def test_what_it_changed_on_the_pathways_is_not_taken_for_what_was_there(self, small_desk, meeting):
        """Moves that it added are new in its record, those that it struck were on file, for ever."""
        rows = [
            self.reviewed(self.made(meeting, "move_new", "29-2061>29-1141")),
            self.reviewed(self.made(meeting, "move_struck", "29-1141>51-4121")),
        ]
        pairs = [(LPN, NURSE), (ASSISTANT, NURSE)]  # on the pathways today
        pathways = SimpleNamespace(moves=lambda: [SimpleNamespace(pair=pair) for pair in pairs])
        found = moves_on_file(SimpleNamespace(pathways=pathways), rows)
        assert found == ((ASSISTANT, NURSE), (NURSE, WELDER))
        moves = {(m["from"], m["to"]): m for m in record_of(small_desk, meeting.room, rows)["moves"]}
        assert moves[NURSE, WELDER]["on_file"] is True
        assert moves[LPN, NURSE]["on_file"] is False


class TestSteps:
    def room(self, *entries, joined="2026-11-25T15:00:00Z"):
        person = Participant("p", "c", joined, "Ann", "Seton", "")
        about = Convening("c", "ABC234", "Hospitals", "", "12420", "2026-11-25", "", joined, "Fay")
        told = [
            Entry(i, "c", "", f"2026-11-25T15:{minute:02}:00Z", "Fay", kind, subject)
            for i, (minute, kind, subject) in enumerate(entries, 1)
        ]
        return Room(about, (person,) if joined else (), tuple(told))

    def told(self, *entries):
        return [(row["step"], row["minutes"]) for row in visits(self.room(*entries))]

    def test_each_with_its_length(self):
        assert self.told((10, "step", "nominate"), (22, "step", "group")) == [
            ("welcome", 10.0), ("nominate", 12.0), ("group", None),
        ]  # fmt: skip

    def test_pauses_do_not_count_and_two_at_once_are_one(self):
        assert self.told(
            (10, "step", "nominate"), (12, "pause", ""), (13, "pause", ""), (20, "resume", ""),
            (21, "resume", ""), (25, "step", "group"), (26, "pause", ""), (30, "end", ""),
        ) == [("welcome", 10.0), ("nominate", 7.0), ("group", 1.0)]  # fmt: skip

    def test_going_back_and_reopening_are_visits_of_their_own(self):
        assert self.told(
            (5, "step", "group"), (6, "step", "nominate"), (9, "end", ""), (20, "reopen", ""),
            (21, "end", ""),
        ) == [("welcome", 5.0), ("group", 1.0), ("nominate", 3.0), ("nominate", 1.0)]  # fmt: skip
