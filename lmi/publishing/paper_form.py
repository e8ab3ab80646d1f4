"""A form on paper for rooms without phones, in black and white, with the questions that a phone asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from lmi.domain.convening import (
    ASKED_NOMINATED,
    MOST_NOMINATED,
    QUESTION_BY_ID,
    QUESTIONS,
    SIGNATURES,
    STEP_BY_ID,
    VOTES,
    Question,
)
from lmi.publishing import typst_set
from lmi.publishing.record_view import day

EMPTY_MOVES, EMPTY_PROGRAMS = 4, 4  # lines for what is not printed
MOST_PROGRAMS = 16  # printed to tick
_LINES = {"lacking": 3, "before": 2, "after": 2}  # to write on
_SIDE_BY_SIDE = {"before", "after"}  # questions that share the width


def paper_form_pdf(
    meeting: Mapping[str, Any], moves: Sequence[tuple[str, str]] = (), programs: Sequence[str] = (),
    paper: str = "us-letter",
) -> bytes:  # fmt: skip
    """A form for one person. meeting: as lmi.answers.room_record.meeting_of tells it.

    moves: titles from and to, to vote on. programs: words of those to tick. There is room for others of both.
    paper: 'us-letter' or 'a4'.
    """
    return typst_set.pdf("form", form_view(meeting, moves, programs), paper)


def form_view(
    meeting: Mapping[str, Any], moves: Sequence[tuple[str, str]], programs: Sequence[str]
) -> dict[str, Any]:
    """What the template asks for."""
    of_one = [_asked(question) for question in QUESTIONS if question.of == "soc"]
    to_the_room = [_asked(question) for question in QUESTIONS if not question.of and not question.open_list]
    return {
        "meeting": {
            "industry": meeting["industry"], "area": meeting["area"]["name"], "code": meeting["code"],
            "day": day(meeting["held_on"]), "place": meeting["place"], "rehearsal": meeting["rehearsal"],
        },
        "fewest": ASKED_NOMINATED, "most": MOST_NOMINATED,
        "nominate": STEP_BY_ID["nominate"].says, "of_one": of_one,
        "map": STEP_BY_ID["map"].says, "votes": list(VOTES.values()),
        "moves": [{"from": start, "to": goal} for start, goal in moves], "empty_moves": EMPTY_MOVES,
        "programs": {"asks": QUESTION_BY_ID["programs"].asks, "listed": list(programs)[:MOST_PROGRAMS],
                     "empty": EMPTY_PROGRAMS},
        "to_the_room": to_the_room,
        "close": STEP_BY_ID["close"].says, "signatures": list(SIGNATURES.values()),
    }  # fmt: skip


def _asked(question: Question) -> dict[str, Any]:
    return {
        "asks": question.asks, "choices": list(question.choices.values()),
        "lines": _LINES.get(question.id, 1), "whole": question.id not in _SIDE_BY_SIDE,
    }  # fmt: skip
