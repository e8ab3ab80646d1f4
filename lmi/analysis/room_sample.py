"""The sample participants of a rehearsal: who they are, and what they say when. Nothing of it is real.

Everything follows from the place of a person in the list, so that a rehearsal runs the same way each time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lmi.analysis.room import Room
from lmi.domain.convening import QUESTIONS, Question, order_of

LABEL = "Sample"  # what every name begins with
_ROLES = ("Human resources", "Operations", "Owner", "Training lead", "Department manager")
_LETTERS = "ABCDEFGHIJKL"  # one organisation each
_SECOND = (0, 4, 7)  # organisations that send two people
_NAMED = 4  # occupations that each of them nominates
_WORDS = "Sample remark: candidates need more practice before the first day."


@dataclass(frozen=True)
class SamplePerson:
    """One invented participant. number: from 0."""

    number: int
    name: str
    organisation: str
    role: str

    @property
    def token(self) -> str:
        """By which they join; the same each time, so that nobody joins twice."""
        return f"sample-joins-{self.number:02}"


@dataclass(frozen=True)
class SampleSays:
    """One thing that a sample participant says, as lmi.answers.room.speak takes it."""

    participant: str
    kind: str
    token: str
    question: str = ""
    subject: str = ""
    choices: tuple[str, ...] = ()
    choice: str = ""
    words: str = ""


@dataclass(frozen=True)
class SampleLists:
    """What the sample chooses from. socs: occupations in demand here, those with most openings first.
    skills: SOC code -> ids. programs: ids. moves: those that are voted on. near: SOC code -> occupations that
    people come from or go to."""

    socs: tuple[str, ...]
    skills: Mapping[str, Sequence[str]] = field(default_factory=dict)
    programs: Sequence[str] = ()
    moves: Sequence[tuple[str, str]] = ()
    near: Mapping[str, Sequence[str]] = field(default_factory=dict)


def people() -> tuple[SamplePerson, ...]:
    """Fifteen people of twelve invented organisations."""
    places = [*range(len(_LETTERS)), *_SECOND]
    return tuple(
        SamplePerson(
            i, f"{LABEL} Person {i + 1}", f"{LABEL} Employer {_LETTERS[at]}", _ROLES[i % len(_ROLES)]
        )
        for i, at in enumerate(places)
    )


def to_join(room: Room) -> tuple[SamplePerson, ...]:
    """Those who are not in the room yet."""
    there = {person.name for person in room.joined}
    return tuple(person for person in people() if person.name not in there)


def to_say(room: Room, lists: SampleLists) -> tuple[SampleSays, ...]:
    """What the sample participants have to say in the step that is on, and have not said yet, in an order in
    which each takes a turn."""
    by_name = {person.name: person for person in room.people}
    there = [(p.number, by_name[p.name].id) for p in people() if p.name in by_name]
    said = {(e.participant, e.kind, e.question, e.subject) for e in room.entries if e.participant}
    turns: list[tuple[int, SampleSays]] = []
    for number, participant in there:
        own = [
            says
            for says in _of(room, lists, number, participant)
            if (participant, says.kind, says.question, says.subject) not in said
        ]
        turns += enumerate(own)
    return tuple(says for _, says in sorted(turns, key=lambda turn: turn[0]))


def _of(room: Room, lists: SampleLists, number: int, who: str) -> list[SampleSays]:
    match room.state.step:
        case "nominate" | "group":
            return [_says(who, number, "nominate", subject=soc) for soc in _named(lists, number)]
        case "discuss":
            asked = [q for q in QUESTIONS if q.step == "discuss"]
            return [_answer(lists, number, who, q, soc) for soc in room.topics for q in asked]
        case "map":
            return [
                _says(who, number, "vote", subject=">".join(move), choice=_vote(number, i))
                for i, move in enumerate(lists.moves)
            ]
        case "sources":
            return [_answer(lists, number, who, q, "") for q in QUESTIONS if q.step == "sources"]
        case "close":
            return [_says(who, number, "sign", choice="yes" if number != 13 else "no",
                          words="" if number != 13 else "Sample remark: one move is missing.")]  # fmt: skip
    return []


def _named(lists: SampleLists, number: int) -> list[str]:
    """The first few occupations are on everybody's mind, the others on some."""
    socs = lists.socs
    picks = [number % 3, 1 + number % 4, 3 + (2 * number) % 5, 5 + (3 * number) % 7]
    return list(dict.fromkeys(socs[at % len(socs)] for at in picks[:_NAMED])) if socs else []


def _answer(lists: SampleLists, number: int, who: str, asked: Question, soc: str) -> SampleSays:
    near = [code for code in lists.near.get(soc, lists.socs) if code != soc]
    from_list: Mapping[str, Sequence[str]] = {
        "": tuple(asked.choices), "skills": lists.skills.get(soc, ()), "programs": lists.programs,
        "socs": near[::-1] if asked.id == "after" else near,
    }  # fmt: skip
    options = list(from_list[asked.open_list])[:6]
    chosen = [options[(number * step + step) % len(options)] for step in (1, 2)] if options else []
    words = _WORDS if not chosen or (asked.id == "lacking" and number % 6 == 0) else ""
    return _says(
        who,
        number,
        "answer",
        question=asked.id,
        subject=soc,
        choices=tuple(dict.fromkeys(chosen)),
        words=words,
    )


def _vote(number: int, move: int) -> str:
    """Most agree, some do not; every fourth move is doubted."""
    if (number + move) % 7 == 6:
        return "unsure"
    doubted = move % 4 == 3
    return "no" if (number + move) % (2 if doubted else 8) == 1 else "yes"


def _says(who: str, number: int, kind: str, *, question: str = "", subject: str = "",
          choices: tuple[str, ...] = (), choice: str = "", words: str = "") -> SampleSays:  # fmt: skip
    about = subject.replace(">", "-").replace(".", "-")
    token = f"sample-{number:02}-{kind[:4]}-{question[:4]}-{about}".rstrip("-")
    return SampleSays(who, kind, token[:40], question, subject, choices, choice, words)


def is_over(room: Room) -> bool:
    """Whether the sample has nothing to do: before the first step and after the end."""
    return room.state.ended or order_of(room.state.step) < 1
