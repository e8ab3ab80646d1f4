"""What the room said, for its record: occupations named, answers, moves, each with its organizations."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lmi.analysis.room import Nominated, Room, Stand
from lmi.answers import room_chosen, room_lists
from lmi.answers.desk import Desk
from lmi.domain.convening import QUESTIONS, Question

OWN = "In their own words"  # the category of jobs that nobody has matched with an occupation


@dataclass(frozen=True)
class Telling:
    """Tells a room as JSON. names: also who said what where the facilitator hid that from the room.
    on_file: the moves that were on the pathways when the room met. before: see room_chosen.told_before."""

    desk: Desk
    room: Room
    names: bool = False
    on_file: tuple[tuple[str, str], ...] = ()
    before: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def by(self, organisations: Sequence[str]) -> dict[str, Any]:
        """How many organizations, and which ones where they may be told."""
        once = list(dict.fromkeys(organisations))
        return {"organizations": len(once), "named": [] if self._hidden else once}

    def whose(self, organisation: str) -> str:
        """An organization beside its own words; '' where that may not be told."""
        return "" if self._hidden else organisation

    def title(self, soc: str) -> str:
        """The title of an occupation; its code where it has none any more."""
        return self.desk.titles.get(soc, soc)

    def nominations(self) -> list[dict[str, Any]]:
        """Occupations named, by category; most organizations first, in the category and among categories."""
        groups: defaultdict[str, list[Nominated]] = defaultdict(list)
        for row in self.room.nominated:
            groups[room_lists.category(self.desk, row.soc) if row.soc else OWN].append(row)
        told = [
            {"category": name, **self.by([o for row in rows for o in row.organisations]),
             "occupations": [self._nominated(row) for row in rows]}
            for name, rows in groups.items()
        ]  # fmt: skip
        return sorted(told, key=lambda group: (group["category"] == OWN, -group["organizations"]))

    def topics(self) -> list[dict[str, Any]]:
        """The occupations that were talked through, and others that were answered about, with the answers to
        each question."""
        asked = [question for question in QUESTIONS if question.of == "soc"]
        named = {row.soc: row for row in self.room.nominated}
        answered = set(self.room.answered)
        more = [soc for soc in (*named, *self.room.answered) if soc in answered]
        return [
            {"soc": soc, "title": self.title(soc), "category": room_lists.category(self.desk, soc),
             **self.by(named[soc].organisations if soc in named else ()),
             "questions": [self._question(question, soc) for question in asked]}
            for soc in dict.fromkeys((*self.room.topics, *more))
        ]  # fmt: skip

    def to_the_room(self) -> list[dict[str, Any]]:
        """Questions that are of no single occupation: programs, sources of people, recruiting."""
        return [self._question(question, "") for question in QUESTIONS if not question.of]

    def moves(self) -> list[dict[str, Any]]:
        """Every move that answers state, that is on file beside a topic, or that was voted on."""
        return [self._move(stand) for stand in self.room.stands(self.on_file)]

    @property
    def _hidden(self) -> bool:
        return self.room.state.names_hidden and not self.names

    def _nominated(self, row: Nominated) -> dict[str, Any]:
        at = [self._at[seq] for seq in row.seqs]
        return {
            "soc": row.soc, "title": self.title(row.soc) if row.soc else (row.words or ("",))[0],
            "own_words": list(row.words), **self.by(row.organisations), "people": len(row.people),
            "first_said_at": min(at), "last_said_at": max(at),
        }  # fmt: skip

    def _question(self, question: Question, soc: str) -> dict[str, Any]:
        """One question with what was chosen and said. Counts are of organizations."""
        answers = self.room.answers(question.id, soc)
        known = self._words(question, soc)
        last = {choice: said.at for said in sorted(answers, key=lambda s: s.at) for choice in said.choices}
        return {
            "id": question.id, "asks": question.asks, "people": len(answers),
            **self.by([said.organisation for said in answers]),
            "counted": [
                {"id": row.choice, "words": known[row.choice], **self.by(row.organisations),
                 "last_said_at": last[row.choice]}
                for row in self.room.counted(question.id, soc)
                if row.choice in known
            ],
            "own_words": [
                {"organization": self.whose(said.organisation), "words": said.words, "said_at": said.at}
                for said in answers
                if said.words
            ],
        }  # fmt: skip

    def _words(self, question: Question, soc: str) -> Mapping[str, str]:
        match question.open_list:
            case "skills" | "programs":
                found = room_chosen.chosen(self.desk, self.room, self.before, question.id, soc)
                return room_chosen.words_of(found)
            case "socs":
                return self.desk.titles
        return question.choices

    @cached_property
    def _at(self) -> Mapping[int, str]:
        return {entry.seq: entry.at for entry in self.room.entries}

    @cached_property
    def _voted_at(self) -> Mapping[str, str]:
        return {entry.subject: entry.at for entry in self.room.entries if entry.kind == "vote"}

    def _move(self, stand: Stand) -> dict[str, Any]:
        start, goal = stand.move
        sides = {"yes": stand.yes, "no": stand.no, "divided": stand.divided, "unsure": stand.unsure}
        outcome = "confirmed" if stand.confirmed else "struck" if stand.struck else "undecided"
        return {
            "from": start, "from_title": self.title(start), "to": goal, "to_title": self.title(goal),
            "on_file": stand.on_file, "stated_by": self.by(stand.stated_by),
            **{side: self.by(organisations) for side, organisations in sides.items()},
            "outcome": outcome if any(sides.values()) else "not voted on",
            "remarks": list(stand.remarks),
            "last_voted_at": self._voted_at.get(">".join(stand.move)),
        }  # fmt: skip
