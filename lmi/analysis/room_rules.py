"""What may be said in a convening, and when. Whatever does not fit is refused in words, never bent."""

import re
from collections.abc import Callable, Container, Mapping

from lmi.analysis.room import Room
from lmi.domain.convening import (
    BY_PARTICIPANTS,
    BY_THE_FACILITATOR,
    MOST_NOMINATED,
    QUESTION_BY_ID,
    SIGNATURES,
    STEP_BY_ID,
    VOTES,
    Question,
    listed,
    move_of,
    order_of,
)
from lmi.domain.errors import BadInput

_ASK = "Ask the facilitator."
_ID = re.compile(r"[0-9A-Za-z.:_-]{1,40}")
# Question and subject -> what its open list holds: id -> what is kept of it with an answer that chooses it.
Known = Callable[[str, str], Mapping[str, Mapping[str, object]]]
_FROM = {"nominate": "nominate", "withdraw": "nominate", "vote": "map", "sign": "close"}
_NOT_ONCE_ENDED = frozenset(("step", "pause", "resume", "end"))
_TAKES = {
    "nominate": {"words"}, "withdraw": set(), "answer": {"question", "choices", "words"},
    "vote": {"choice", "words"}, "sign": {"choice", "words"},
}  # fmt: skip


def check(
    room: Room, participant: str, kind: str, question: str, subject: str, choices: tuple[str, ...],
    choice: str, words: str, socs: Container[str],
    known: Known | None = None,
) -> None:  # fmt: skip
    """BadInput if a participant cannot say this now.

    A step that was reached once stays open until the end, so that a late comer can catch up. What an answer
    holds can stay in it when it leaves its list. socs: the detailed occupations. words: own words,
    cleaned. known: what the lists of skills and programs hold; without it only the form is looked at.
    """
    if kind not in BY_PARTICIPANTS:
        raise BadInput("This cannot be said.", f"There is no '{kind[:20]}'.", "Reload the page.")
    if participant not in room.person:
        if participant in room.aside:
            raise BadInput("The facilitator has set you aside.", "What you say counts no more.", "Ask them.")
        raise BadInput("You are not in this room.", "It does not know you.", "Join with the code.")
    if room.state.ended:
        raise BadInput("The convening has ended.", "Nothing can be added any more.", _ASK)
    told = {"question": question, "choices": choices, "choice": choice, "words": words}
    for name in sorted({name for name, each in told.items() if each} - _TAKES[kind]):
        raise BadInput("This cannot be said.", f"'{kind}' has no {name}.", "Reload the page.")
    asked = QUESTION_BY_ID.get(question) if kind == "answer" else None
    if kind == "answer" and asked is None:
        raise BadInput("There is no such question.", f"'{question[:20]}'.", "Reload the page.")
    _check_step(room, asked.step if asked else _FROM[kind])
    match kind:
        case "nominate":
            _check_nomination(room, participant, subject, words, socs)
        case "withdraw":
            if subject not in {str(entry.seq) for entry in room.nominations_of(participant)}:
                raise BadInput("It cannot be taken back.", "You have not named it.", "Reload the page.")
        case "vote":
            _check_move(*move_of(subject), socs)
            _check_choice(choice, VOTES)
        case "sign":
            _check_for_all(subject)
            _check_choice(choice, SIGNATURES)
        case _:
            _check_answer(room, participant, asked, subject, choices, socs, known)


def check_facilitator(room: Room, kind: str, subject: str, socs: Container[str]) -> None:
    """BadInput if the facilitator cannot do this, or not once the convening has ended."""
    own = {str(e.seq) for e in room.entries if e.kind == "nominate" and e.subject == "own"}
    fits = {
        "step": subject in STEP_BY_ID, "names": subject in ("hidden", "shown"),
        "topics": all(soc in socs for soc in listed(subject)), "topic": subject in socs,
        "screen": subject in ("votes", "map"),
        "organisation": subject in room.person, "match": subject in own,
        "aside": subject in room.person, "back": subject in room.aside,
    }.get(kind, subject == "")  # fmt: skip
    if kind not in BY_THE_FACILITATOR or not fits:
        raise BadInput("This cannot be done.", f"'{kind[:20]}' with '{subject[:60]}'.", "Reload the page.")
    if room.state.ended and kind in _NOT_ONCE_ENDED:
        raise BadInput("The convening has ended.", "Its steps and its timer stand still.", "Reopen it first.")


def _reached(room: Room) -> int:
    """The furthest step that was ever begun."""
    return max((order_of(e.subject) for e in room.entries if e.kind == "step"), default=0)


def _check_step(room: Room, step: str) -> None:
    if order_of(step) > _reached(room):
        name = STEP_BY_ID[step].name
        raise BadInput("It is too early for this.", f"'{name}' has not begun.", "Wait for the facilitator.")


def _check_nomination(room: Room, participant: str, subject: str, words: str, socs: Container[str]) -> None:
    if subject == "own":
        if not words:
            raise BadInput("The job has no name.", "Nothing was typed.", "Write what it is called.")
    else:
        _check_socs((subject,), socs)
    held = room.nominations_of(participant)
    if len(held) >= MOST_NOMINATED:
        why = f"You have named {MOST_NOMINATED}, the most."
        raise BadInput("It was not added.", why, "Take one back first.")


def _check_answer(
    room: Room, participant: str, asked: Question | None, subject: str, choices: tuple[str, ...],
    socs: Container[str], known: Known | None,
) -> None:  # fmt: skip
    if asked is None:
        raise BadInput("There is no such question.", "It is unknown.", "Reload the page.")
    if asked.of == "soc":
        _check_socs((subject,), socs)
        if subject not in room.talked_about:
            raise BadInput("This occupation is not asked about.", "Nobody names it.", "Name it first.")
    else:
        _check_for_all(subject)
    if len(choices) > asked.most:
        why = f"{len(choices)} were chosen; {asked.most} is the most."
        raise BadInput("These are too many.", why, "Take some away.")
    said = (each.choices for each in room.answers(asked.id, subject) if each.participant.id == participant)
    held = next(said, ())
    new = tuple(each for each in choices if each not in held)
    if asked.open_list == "socs":
        _check_socs(new, socs)
    elif new:
        _check_listed(asked, subject, new, known)


def _check_listed(asked: Question, subject: str, choices: tuple[str, ...], known: Known | None) -> None:
    held = (
        known(asked.id, subject) if known and asked.open_list else None if asked.open_list else asked.choices
    )
    for each in choices:
        if (held is not None and each not in held) or not _ID.fullmatch(each):
            raise BadInput(
                "This cannot be chosen.", f"'{each[:40]}' is none of the choices.", "Reload the page."
            )


def _check_for_all(subject: str) -> None:
    if subject:
        raise BadInput("This question is for everybody.", "It has no occupation.", "Reload the page.")


def _check_move(start: str, goal: str, socs: Container[str]) -> None:
    _check_socs((start, goal), socs)
    if start == goal:
        raise BadInput("This is no move.", "It begins and ends at the same job.", "Choose two jobs.")


def _check_socs(codes: tuple[str, ...], socs: Container[str]) -> None:
    for soc in codes:
        if soc not in socs:
            why = f"No single occupation has the code '{soc[:20]}'."
            raise BadInput("This occupation is unknown.", why, "Choose one from the list.")


def _check_choice(choice: str, known: Container[str]) -> None:
    if choice not in known:
        raise BadInput("Nothing was chosen.", f"'{choice[:20]}' is none of the choices.", "Choose one.")
