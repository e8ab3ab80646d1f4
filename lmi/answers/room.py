"""A convening as it stands, and saying something in it: the one way in for phones, facilitator and paper."""

from collections.abc import Container, Mapping, Sequence

from lmi.analysis.room import Room
from lmi.analysis.room_rules import Known, check, check_facilitator
from lmi.contributions import convenings
from lmi.contributions.store import Store
from lmi.contributions.typed import cleaned
from lmi.domain.convening import LONGEST_NAME, LONGEST_WORDS, QUESTION_BY_ID, Convening
from lmi.domain.errors import BadInput

_LONGEST_SUBJECT = 400  # characters; some forty occupations


def room_of(store: Store, convening: Convening) -> Room:
    """The convening with its people and entries, read in full."""
    heard = tuple(convenings.said(store, convening.id))
    return Room(
        convening, tuple(convenings.people(store, convening.id)), heard
    )  # all who spoke are among them


def speak(
    store: Store, room: Room, participant: str, kind: str, token: str, socs: Container[str], *,
    question: str = "", subject: object = "", choices: object = (), choice: object = "", words: object = "",
    by: str = "", known: Known | None = None,
) -> int:  # fmt: skip
    """Keep what a participant says; returns the number of the entry. BadInput, in words, if it does not fit.

    What comes from outside may be of any type. The same token again keeps nothing twice. by: who enters it on
    their behalf, '' for themself. socs: codes of the detailed occupations. known: what the lists of skills
    and programs hold, as lmi.answers.room_lists.known; to be given wherever a person can send anything. What
    they say of a choice is kept with the answer, since they can change.
    """
    before = convenings.kept(store, room.convening.id, participant, token)
    if before:
        return before
    kind, question = cleaned(kind, 20, "The kind"), cleaned(question, 20, "The question")
    who = cleaned(by, LONGEST_NAME, "Your name")
    about = cleaned(subject, 40, "The subject")
    chosen = _several(choices)
    one = cleaned(choice, 20, "The choice")
    own = cleaned(words, LONGEST_WORDS, "Your text", lines=True)
    check(room, participant, kind, question, about, chosen, one, own, socs, known)
    told = {"choices": list(chosen), "choice": one, "words": own}
    value: dict[str, object] = {name: each for name, each in told.items() if each}
    if kept := _kept(question, about, chosen, known):
        value["kept"] = kept
    return convenings.say(store, room.convening.id, participant, kind, about, value, token, question, who)


def facilitate(
    store: Store, room: Room, kind: str, token: str, by: str, socs: Container[str], subject: str = "",
    value: Mapping[str, str] | None = None,
) -> int:  # fmt: skip
    """Keep what the facilitator does; returns the number of the entry. BadInput if it does not fit."""
    before = convenings.kept(store, room.convening.id, "", token)
    if before:
        return before
    subject = cleaned(subject, _LONGEST_SUBJECT, "The choice of occupations")
    check_facilitator(room, kind, subject, socs)
    given, told = value or {}, {}
    if kind == "match":
        told["soc"] = cleaned(given.get("soc"), 20, "The occupation")
        if told["soc"] not in socs:
            raise BadInput("This occupation is unknown.", f"'{told['soc']}'.", "Choose one from the list.")
    if kind == "organisation":
        named = given.get("organisation")
        told["organisation"] = cleaned(named, LONGEST_NAME, "The organization", needed=True)
    who = cleaned(by, LONGEST_NAME, "Your name", needed=True)
    return convenings.say(store, room.convening.id, "", kind, subject, told, token, by=who)


def _kept(
    question: str, subject: str, chosen: Sequence[str], known: Known | None
) -> dict[str, Mapping[str, object]]:
    """What the lists of skills and programs say of the choices of an answer."""
    asked = QUESTION_BY_ID.get(question)
    if not (known and chosen and asked and asked.open_list in ("skills", "programs")):
        return {}
    listed = known(question, subject)
    return {each: listed[each] for each in chosen if each in listed}


def _several(choices: object) -> tuple[str, ...]:
    if not isinstance(choices, Sequence) or isinstance(choices, str):
        raise BadInput(
            "The choices are no list.", f"They are of the kind {type(choices).__name__}.", "Reload."
        )
    return tuple(dict.fromkeys(cleaned(each, 40, "A choice", needed=True) for each in list(choices)[:200]))
