"""A small convening, as phones and facilitator make one: four people of three organizations."""

from collections.abc import Callable
from itertools import count

from lmi.analysis.room import Room
from lmi.answers import room_lists
from lmi.answers.desk import Desk
from lmi.answers.room import facilitate, room_of, speak
from lmi.contributions import convenings
from lmi.contributions.store import Store
from lmi.domain.convening import Convening

NURSE, LPN, ASSISTANT, WELDER = "29-1141", "29-2061", "31-9092", "51-4121"
PROGRAM = "222992:51.3801"
FORMULA = '=HYPERLINK("http://x.example","pay")'
HOSTILE = "<b>bold</b> #strong[x] $x$ \\ *a* _b_ `c` 💉 שלום مرحبا 你好 Łukasz"
NAMES = ("Ann Onymous", "Bo Peep", "Cy Clone", "Di Agram")


class Meeting:
    """A convening under way: `say` as a person does, `lead` as the facilitator does."""

    def __init__(self, desk: Desk, store: Store, *, rehearsal: bool = False, industry: str = "Hospitals"):
        self.desk, self.store, self.tokens = desk, store, count(1)
        self.convening: Convening = convenings.create(
            store, industry, "12420", "2026-11-25", "Austin, Workforce Center", "Fay Cilitator",
            "token-of-it", "healthcare", rehearsal=rehearsal,
        )  # fmt: skip
        self.people: dict[str, str] = {}

    @property
    def room(self) -> Room:
        """The room as it stands."""
        return room_of(self.store, self.convening)

    def token(self) -> str:
        """The next token."""
        return f"token-{next(self.tokens):06}"

    def join(self, name: str, organisation: str, role: str = "Recruiter") -> str:
        """Somebody comes in; gives their id."""
        person, _ = convenings.join(self.store, self.convening.id, name, organisation, role, self.token())
        self.people[name] = person.id
        return person.id

    def say(self, name: str, kind: str, **what: object) -> int:
        """A person says something."""
        socs = room_lists.detailed(self.desk)
        return speak(self.store, self.room, self.people[name], kind, self.token(), socs, **what)

    def lead(self, kind: str, subject: str = "", **value: str) -> int:
        """The facilitator does something."""
        socs = room_lists.detailed(self.desk)
        return facilitate(
            self.store, self.room, kind, self.token(), "Fay Cilitator", socs, subject, value or None
        )


def held(desk: Desk, store: Store, **how: object) -> Meeting:
    """The whole meeting, up to the signatures.

    Nurses: named by all three organizations (four people), assistants by one (two people of it), welders by
    one, and one job in own words. The move from LPN to nurse is stated by one and confirmed 2 to 1; that
    from nurse to welder is struck, 0 to 2.
    """
    found = Meeting(desk, store, **how)
    ann, bo, cy, di = NAMES
    found.join(ann, "Seton, Inc.", "Chief Nurse")
    found.join(bo, "seton", "")
    found.join(cy, "St. David's")
    found.join(di, FORMULA[:60])
    found.lead("step", "nominate")
    for name in NAMES:
        found.say(name, "nominate", subject=NURSE)
    for name in (ann, bo):
        found.say(name, "nominate", subject=ASSISTANT)
    found.say(cy, "nominate", subject=WELDER)
    found.say(di, "nominate", subject="own", words=HOSTILE)
    found.lead("step", "group")
    found.lead("step", "discuss")
    _answers(found)
    found.lead("step", "map")
    _votes(found.say)
    found.lead("step", "sources")
    found.say(ann, "answer", question="programs", choices=[PROGRAM])
    found.say(cy, "answer", question="talent", choices=["referral", "colleges"], words=FORMULA)
    found.lead("step", "close")
    found.say(ann, "sign", choice="yes")
    found.say(di, "sign", choice="no", words="The welders are missing.")
    return found


def _answers(found: Meeting) -> None:
    ann, bo, cy, di = NAMES
    skill = room_lists.skills_of(found.desk, NURSE)[0][0]
    for name in (ann, bo, cy):
        found.say(name, "answer", question="critical", subject=NURSE, choices=["hard", "core"])
    found.say(di, "answer", question="critical", subject=NURSE, choices=["hard"], words=HOSTILE)
    found.say(cy, "answer", question="lacking", subject=NURSE, choices=[skill], words="a" * 600)
    found.say(di, "answer", question="before", subject=NURSE, choices=[LPN])


def _votes(say: Callable[..., int]) -> None:
    ann, bo, cy, di = NAMES
    for name, choice in ((ann, "yes"), (bo, "unsure"), (cy, "yes"), (di, "no")):
        say(name, "vote", subject=f"{LPN}>{NURSE}", choice=choice)
    for name in (cy, di):
        say(name, "vote", subject=f"{NURSE}>{WELDER}", choice="no", words="Never seen.")
