"""A convening of employers: its steps, what is asked in each, and the dated entries that it is made of.

Adapted to the facilitation guide 'Critical Occupations and LMI Validation' (Building Industry-Driven Career
Pathway Systems in Colorado, 2016). Nothing that was said is ever changed: a correction is a later entry.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from unicodedata import category, normalize

MOST_NOMINATED, ASKED_NOMINATED = 5, 3  # occupations that each participant names
FEWEST_ORGANISATIONS, MOST_ORGANISATIONS = 12, 25  # whom a convening asks for
MOST_PARTICIPANTS = 300  # of one convening
MOST_JOINS = 120  # a minute, of one convening
MOST_ENTRIES, MOST_A_MINUTE = 2_000, 120  # of one participant; a phone sends what waited all at once
LONGEST_NAME, LONGEST_WORDS = 80, 600  # characters
MOST_CHOICES, MOST_SOCS = 30, 8  # of one answer; of one that names occupations, each of which makes a move
MOST_MOVES = 16  # that are voted on; on phones, on paper and in the form alike
TOPICS = 5  # occupations that are talked through, unless the facilitator chooses

StepId = Literal["welcome", "nominate", "group", "discuss", "map", "sources", "close"]


@dataclass(frozen=True)
class Step:
    """One part of the meeting. minutes: what its timer starts from. says: what the room is asked."""

    id: StepId
    name: str
    says: str
    minutes: int


STEPS: tuple[Step, ...] = (
    Step("welcome", "Welcome", "Join with your phone, and say for whom you speak.", 10),
    Step("nominate", "Critical occupations", "Which three to five occupations are most critical to you?", 10),
    Step("group", "What the room names", "These are the occupations that the room calls critical.", 10),
    Step("discuss", "Occupation by occupation", "Why critical, what is lacking, who comes and goes?", 30),
    Step("map", "Pathway map", "Is this how people move? Vote on each move.", 20),
    Step("sources", "Programs and recruiting", "Whom do you train with, and where do you find people?", 15),
    Step("close", "Summary and sign-off", "Is this what was said here?", 10),
)  # fmt: skip
STEP_BY_ID: Mapping[str, Step] = {step.id: step for step in STEPS}


def order_of(step: str) -> int:
    """The number of a step, from 0."""
    return [each.id for each in STEPS].index(step)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Question:
    """What is asked. step: when. of: what its subject is: an occupation ('soc') or the room ('').

    choices: id -> words; where `open_list` says what else can be chosen ('skills' of the occupation, 'socs',
    'programs' of the area), the ids come from there. Own words can always be added.
    """

    id: str
    step: StepId
    asks: str
    of: Literal["", "soc"] = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    open_list: Literal["", "skills", "socs", "programs"] = ""

    @property
    def most(self) -> int:
        """How many can be chosen."""
        return MOST_SOCS if self.open_list == "socs" else MOST_CHOICES


QUESTIONS: tuple[Question, ...] = (
    Question(
        "critical", "discuss", "What makes it critical?", "soc",
        {
            "core": "The business cannot run without it", "hard": "It is hard to fill",
            "growth": "We need more of them", "retiring": "People are about to retire",
            "turnover": "People leave soon", "licence": "It needs a license or certificate",
            "changing": "The work is changing", "gateway": "Other jobs are filled from it",
        },
    ),
    Question("lacking", "discuss", "What do entry-level candidates lack?", "soc", open_list="skills"),
    Question("before", "discuss", "From which jobs do people come into it?", "soc", open_list="socs"),
    Question("after", "discuss", "To which jobs do people advance from it?", "soc", open_list="socs"),
    Question("programs", "sources", "Which programs do you prefer?", open_list="programs"),
    Question(
        "talent", "sources", "Where do you find people?", "",
        {
            "referral": "Employees who refer others", "schools": "High schools", "colleges": "Colleges",
            "apprentices": "Apprenticeships", "agencies": "Staffing agencies", "boards": "Job boards",
            "workforce": "Workforce board, job center", "community": "Community organizations",
            "veterans": "Veterans", "reentry": "People coming back from prison",
            "inside": "Our own employees", "competitors": "Other employers",
        },
    ),
    Question(
        "practices", "sources", "How do you recruit and keep people?", "",
        {
            "skills": "Hire for skills, not degrees", "training": "Train after hiring",
            "tuition": "Pay for training", "internships": "Internships", "raises": "Raise starting pay",
            "schedule": "Flexible schedules", "benefits": "Child care, transport and other help",
            "ladder": "A written career ladder", "bonus": "Sign-on or referral bonus",
            "outreach": "Reach out to groups that are missing",
        },
    ),
)  # fmt: skip
QUESTION_BY_ID: Mapping[str, Question] = {question.id: question for question in QUESTIONS}

_LEGAL_FORMS = frozenset(
    ("inc", "llc", "llp", "ltd", "co", "corp", "corporation", "company", "incorporated", "the", "lp", "plc")
)
_UNSEEN = re.compile("[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # marks that show nothing
VOTES: Mapping[str, str] = {"yes": "Yes, people move so", "no": "No, they do not", "unsure": "I cannot say"}
SIGNATURES: Mapping[str, str] = {"yes": "Yes, this is what was said", "no": "No, something is wrong"}

# What an entry can be, and who may make it. The subject of each kind is given beside it.
BY_PARTICIPANTS: Mapping[str, str] = {
    "nominate": "SOC code of a detailed occupation, or 'own' for a job in own words",
    "withdraw": "number (seq) of the participant's own nomination",
    "answer": "SOC code, or '' for a question to the room",
    "vote": "a move: 'SOC>SOC'",
    "sign": "''",
}
BY_THE_FACILITATOR: Mapping[str, str] = {
    "step": "id of the step that begins",
    "pause": "''",
    "resume": "''",
    "names": "'hidden' or 'shown'",
    "topics": "SOC codes of the occupations to talk through, joined by ','; '' = those that most name",
    "topic": "SOC code of the one that is talked through now",
    "screen": "'votes' or 'map': what the projector shows of the moves",
    "match": "number (seq) of a nomination in own words; value['soc'] is what is meant",
    "organisation": "id of a participant; value['organisation'] is how the organisation is to be called",
    "aside": "id of a participant, who counts nowhere from then on",
    "back": "id of a participant who was set aside and counts again",
    "end": "'' (nothing can be said any more)",
    "reopen": "''",
}


@dataclass(frozen=True)
class Convening:
    """One meeting. id: 32 hex digits, with 'r' before it for a rehearsal. code: what participants type.
    held_on: ISO date. cluster: of pathways.yaml, '' for none. created_at: UTC, ISO 8601."""

    id: str
    code: str
    industry: str
    cluster: str
    area_code: str
    held_on: str
    place: str
    created_at: str
    created_by: str

    @property
    def rehearsal(self) -> bool:
        """Whether it is only practised: kept in memory, never on record."""
        return self.id.startswith("r")


@dataclass(frozen=True)
class Participant:
    """One person in the room. name: '' once it was deleted. joined_by: '' for themself, else who did it."""

    id: str
    convening: str
    joined_at: str
    name: str
    organisation: str
    role: str
    joined_by: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing that was said or done, in the order of `seq`. participant: '' for the facilitator.

    by: '' for the participant, else the facilitator who entered it. value: {'choices': [...], 'words': str,
    'choice': str, 'soc': str, 'organisation': str, 'kept': {…}}, each only where it belongs. at: UTC, ISO.
    """

    seq: int
    convening: str
    participant: str
    at: str
    by: str
    kind: str
    subject: str
    question: str = ""
    value: Mapping[str, object] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Own words, as typed."""
        return str(self.value.get("words", ""))

    @property
    def choice(self) -> str:
        """The one thing chosen."""
        return str(self.value.get("choice", ""))

    @property
    def choices(self) -> tuple[str, ...]:
        """The several things chosen."""
        found = self.value.get("choices", ())
        return tuple(str(each) for each in found) if isinstance(found, list | tuple) else ()

    @property
    def kept(self) -> Mapping[str, Mapping[str, object]]:
        """What was chosen from a list that can change, by id, as the list had it: 'words', and of a program
        of the local capacity file its 'socs' and 'cips'."""
        found = self.value.get("kept")
        return found if isinstance(found, Mapping) else {}


def move_of(subject: str) -> tuple[str, str]:
    """The two SOC codes of a vote's subject 'SOC>SOC'."""
    start, _, goal = subject.partition(">")
    return start, goal


def organisation_key(name: str) -> str:
    """What tells organisations apart, however they are spelled: letters with their marks and digits, without
    signs that show nothing and without legal forms."""
    seen = "".join(c for c in name if category(c) != "Cf" and not _UNSEEN.match(c))
    plain = normalize("NFKC", normalize("NFKC", seen).casefold()).replace("'", "").replace("’", "")
    words = "".join(c if c.isalnum() or category(c).startswith("M") else " " for c in plain).split()
    return " ".join(word for word in words if word not in _LEGAL_FORMS) or " ".join(words)


def set_aside(entries: Iterable[Entry]) -> frozenset[str]:
    """The ids of participants whom the facilitator has set aside. entries: in order."""
    last = {entry.subject: entry.kind for entry in entries if entry.kind in ("aside", "back")}
    return frozenset(who for who, kind in last.items() if kind == "aside")


def standing_nominations(entries: Iterable[Entry]) -> dict[int, Entry]:
    """Number -> what one participant names. entries: theirs, in order.

    What they name already, and what is beyond the most, was never added; so taking one back leaves no double.
    """
    named: dict[int, Entry] = {}
    for entry in entries:
        if entry.kind == "withdraw" and entry.subject.isdecimal():
            named.pop(int(entry.subject), None)
        if entry.kind == "nominate" and len(named) < MOST_NOMINATED and not is_named(entry, named.values()):
            named[entry.seq] = entry
    return named


def is_named(entry: Entry, among: Iterable[Entry]) -> bool:
    """Whether a nomination is among others: the same occupation, or a job in own words however it is
    capitalised."""
    return _what(entry) in map(_what, among)


def _what(entry: Entry) -> tuple[str, str]:
    return entry.subject, entry.words.casefold() if entry.subject == "own" else ""


def listed(subject: str) -> Sequence[str]:
    """The codes of a subject that joins several by ','."""
    return tuple(code for code in subject.split(",") if code)
