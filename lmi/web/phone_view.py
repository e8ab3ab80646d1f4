"""What a participant's phone shows of a convening: one card for each question that is open to them."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from lmi.analysis.room import Room
from lmi.answers import room_lists
from lmi.answers.desk import Desk
from lmi.answers.room_chosen import chosen, words_of
from lmi.domain.convening import (
    MOST_MOVES,
    MOST_NOMINATED,
    QUESTION_BY_ID,
    QUESTIONS,
    SIGNATURES,
    STEP_BY_ID,
    STEPS,
    VOTES,
    Entry,
    Question,
    move_of,
    order_of,
)

MOST_PROGRAMS = 10  # shown; more are found by typing
Card = dict[str, Any]
Move = tuple[str, str]


class PhoneView:
    """One state of a room as phones show it; what all of them share is worked out once."""

    def __init__(self, room: Room, desk: Desk) -> None:
        self.room, self.desk = room, desk

    def stamp_of(self, participant: str) -> str:
        """Changes whenever this participant's phone has to show something else."""
        mine = self._said_by.get(participant, ())
        person = self.room.person[participant]
        known = f"{person.name}\n{self.room.organisation_of[participant]}"
        return f"{self._digest}-{mine[-1].seq if mine else 0}-{_short(known)}"

    def of(self, participant: str) -> dict[str, object]:
        """Everything that the phone shows; see `shared` and `_mine`."""
        return {"stamp": self.stamp_of(participant), **self.shared, **self._mine(participant)}

    @cached_property
    def shared(self) -> dict[str, object]:
        """Where the meeting stands, and every question that is open: those of all steps reached so far."""
        state, meeting = self.room.state, self.room.convening
        talked = state.step == "discuss" and state.topic in self.room.topics
        return {
            "step": state.step, "topic": state.topic if talked else "",
            "paused": state.paused, "ended": state.ended,
            "meeting": {"industry": meeting.industry, "place": meeting.place, "held_on": meeting.held_on,
                        "rehearsal": meeting.rehearsal},
            "steps": [{"id": s.id, "name": s.name, "says": s.says} for s in STEPS[: self._reached + 1]],
            "cards": [card for step in STEPS[: self._reached + 1] for card in self._cards(step.id)],
        }  # fmt: skip

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The moves to vote on; see Room.stands."""
        return self._every_move[:MOST_MOVES]

    def may_vote(self, move: Move) -> bool:
        """Whether it is one that the room or the pathways hold; not anybody's invention."""
        return move in self._votable

    @cached_property
    def _every_move(self) -> tuple[Move, ...]:
        return tuple(stand.move for stand in self.room.stands(self._on_file))

    @cached_property
    def _votable(self) -> frozenset[Move]:
        return frozenset((*self._on_file, *self._every_move))

    @cached_property
    def _on_file(self) -> tuple[Move, ...]:
        return tuple(move.pair for move in self.desk.pathways.moves())

    @cached_property
    def _reached(self) -> int:
        began = (e.subject for e in self.room.entries if e.kind == "step" and e.subject in STEP_BY_ID)
        return max((order_of(step) for step in began), default=0)

    @cached_property
    def _digest(self) -> str:
        return _short(json.dumps(self.shared, ensure_ascii=True, sort_keys=True))

    @cached_property
    def _said_by(self) -> Mapping[str, Sequence[Entry]]:
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.room.entries:
            if entry.participant:
                found[entry.participant].append(entry)
        return found

    def _title(self, soc: str) -> str:
        return room_lists.titles(self.desk).get(soc) or self.desk.titles.get(soc, soc)

    def _cards(self, step: str) -> list[Card]:
        match step:
            case "nominate":
                return [{"id": "nominate", "step": step, "kind": "nominate", "asks": STEP_BY_ID[step].says,
                         "most": MOST_NOMINATED}]  # fmt: skip
            case "discuss":
                asked = [q for q in QUESTIONS if q.step == step]
                return [self._answer(q, soc) for soc in self.room.topics for q in asked]
            case "map":
                return [self._vote(move) for move in self.moves]
            case "sources":
                return [self._answer(q, "") for q in QUESTIONS if q.step == step]
            case "close":
                return [{"id": "sign", "step": step, "kind": "sign", "subject": "",
                         "asks": STEP_BY_ID[step].says, "choices": _pairs(SIGNATURES)}]  # fmt: skip
        return []

    def _answer(self, asked: Question, soc: str) -> Card:
        """A question with choices to tick; `list` says what else can be found by typing."""
        choices = {
            "": lambda: _pairs(asked.choices),
            "skills": lambda: list(room_lists.skills_of(self.desk, soc)),
            "programs": self._programs,
            "socs": list,
        }[asked.open_list]()
        return {
            "id": f"answer {asked.id} {soc}".strip(), "step": asked.step, "kind": "answer",
            "question": asked.id, "subject": soc, "about": self._title(soc) if soc else "",
            "asks": asked.asks, "choices": choices,
            "list": asked.open_list if asked.open_list in ("socs", "programs") else "",
        }  # fmt: skip

    def _vote(self, move: Move) -> Card:
        return {
            "id": f"vote {'>'.join(move)}", "step": "map", "kind": "vote", "subject": ">".join(move),
            "from": self._title(move[0]), "to": self._title(move[1]), "asks": "Do people move so?",
            "choices": _pairs(VOTES),
        }  # fmt: skip

    def _programs(self) -> list[tuple[str, str]]:
        """Those that lead to the occupations talked through; where there are none, the area's largest."""
        area, topics = self.room.convening.area_code, self.room.topics
        found = room_lists.programs_of(self.desk, area, topics) if topics else ()
        return list((found or room_lists.programs_of(self.desk, area))[:MOST_PROGRAMS])

    def _mine(self, participant: str) -> dict[str, object]:
        """Who it is, and what they said: the latest answer by card, and the names of what they chose."""
        answers: dict[str, dict[str, object]] = {}
        for entry in self._said_by.get(participant, ()):
            if entry.kind in ("answer", "vote", "sign"):
                card = " ".join(part for part in (entry.kind, entry.question, entry.subject) if part)
                answers[card] = {
                    "choices": list(entry.choices), "choice": entry.choice, "words": entry.words,
                }  # fmt: skip
        named = self.room.nominations_of(participant)
        return {
            "me": {"name": self.room.person[participant].name,
                   "organisation": self.room.organisation_of[participant]},
            "answers": answers,
            "named": [{"seq": e.seq, "soc": e.subject, "words": e.words,
                       "title": e.words if e.subject == "own" else self._title(e.subject)} for e in named],
            "names": self._names(answers),
        }  # fmt: skip

    def _names(self, answers: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
        """Titles of the occupations and words of the programs that were chosen from the long lists."""
        names: dict[str, str] = {}
        for card, answer in answers.items():
            kind, _, rest = card.partition(" ")
            asked = QUESTION_BY_ID.get(rest.partition(" ")[0]) if kind == "answer" else None
            keys = [str(each) for each in answer["choices"]]  # type: ignore[attr-defined]
            if asked and asked.open_list == "socs":
                names |= {soc: self._title(soc) for soc in keys}
            elif asked and asked.open_list == "programs":
                names |= {key: self._program_words.get(key, key) for key in keys}
        return names

    @cached_property
    def _program_words(self) -> Mapping[str, str]:
        """Of every program that somebody chose, also where it has left the list."""
        return words_of(chosen(self.desk, self.room, {}, "programs"))


def checked_move(subject: object) -> Move:
    """The move that a vote names; ('', '') for anything else."""
    return move_of(subject) if isinstance(subject, str) and len(subject) < 40 else ("", "")


def _pairs(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return list(words.items())


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
