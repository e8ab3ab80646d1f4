"""Convenings to count, made by hand: who takes part and what they say, one line each."""

from itertools import count
from typing import Any

from lmi.analysis.room import Room
from lmi.domain.convening import Convening, Entry, Participant

MEETING = Convening(
    "c" * 32, "ABC234", "Health", "", "12420", "2026-11-25", "", "2026-11-25T08:00:00Z", "Ann"
)
NURSE, AIDE, WELDER, DRIVER, CLERK, COOK = (
    "29-1141", "31-1131", "51-4121", "53-3032", "43-9061", "35-2014",
)  # fmt: skip
SOCS = frozenset((NURSE, AIDE, WELDER, DRIVER, CLERK, COOK))


class Talk:
    """A meeting as it goes on. People are called by a letter and the organisation that they speak for."""

    def __init__(self, **organisations: str) -> None:
        """organisations: participant -> organisation, in the order in which they come."""
        self.people = [
            Participant(
                key, MEETING.id, f"2026-11-25T09:00:00.{number:06}Z", key.title(), organisation, "Boss"
            )
            for number, (key, organisation) in enumerate(organisations.items())
        ]
        self.entries: list[Entry] = []
        self._seq = count(1)

    @property
    def room(self) -> Room:
        """The meeting as it stands."""
        return Room(MEETING, tuple(self.people), tuple(self.entries))

    def say(self, who: str, kind: str, subject: str = "", question: str = "", **value: Any) -> int:
        """One entry; its number."""
        number = next(self._seq)
        at = f"2026-11-25T10:{number // 60:02}:{number % 60:02}.000000Z"
        entry = Entry(number, MEETING.id, who, at, "" if who else "Ann", kind, subject, question, value)
        self.entries.append(entry)
        return number

    def do(self, kind: str, subject: str = "", **value: str) -> int:
        """What the facilitator does."""
        return self.say("", kind, subject, **value)

    def name(self, who: str, *socs: str) -> list[int]:
        """Nominations of detailed occupations."""
        return [self.say(who, "nominate", soc) for soc in socs]

    def own(self, who: str, words: str) -> int:
        """A nomination in own words."""
        return self.say(who, "nominate", "own", words=words)

    def answer(self, who: str, question: str, subject: str, *choices: str, words: str = "") -> int:
        """An answer."""
        return self.say(who, "answer", subject, question, choices=list(choices), words=words)

    def vote(self, who: str, start: str, goal: str, choice: str, words: str = "") -> int:
        """A vote on a move."""
        return self.say(who, "vote", f"{start}>{goal}", choice=choice, words=words)
