"""What a convening proposes to change, from what was said in it. A coordinator decides whether it is changed.

Counts are of organisations. What fewer than FEWEST_TO_ADJUST of them say is on record and changes nothing.

Values by kind, each with 'organisations': those that say it.
critical: people (count), of (organisations in the room), reasons (a list of things said).
lacking: skills (a list of things said). programs: programs (a list of things said).
move_…: against (organisations that say the contrary), stated_by.
A thing said is {'id', 'words', 'organisations'}; the id is '' for own words. It is one that FEWEST_TO_ADJUST
organisations or more say. A program of the local capacity file has 'socs' and 'cips' too: what it leads to.
"""

from collections.abc import Iterable, Mapping, Sequence

from lmi.analysis.room import Room, Stand
from lmi.domain.adjustments import (
    FEWEST_TO_ADJUST,
    FIGURES,
    LONGEST_REASON,
    Adjustment,
    folded,
    texts,
    together,
)
from lmi.domain.convening import QUESTION_BY_ID
from lmi.domain.errors import BadInput

LARGEST = 1e9  # of an adjusted figure
_REASONS = {key: {"words": words} for key, words in QUESTION_BY_ID["critical"].choices.items()}


def proposals(
    room: Room, on_file: Iterable[tuple[str, str]], chosen: Mapping[str, Mapping[str, object]]
) -> tuple[Adjustment, ...]:
    """What the room proposes, in the order of KINDS; the same room always proposes the same.

    on_file: the live moves of pathways.yaml. chosen: skills and programs by id, each with its 'words' and,
    where it has them, 'socs' and 'cips'; ids that are not among them propose nothing.
    """
    return (
        *_critical(room),
        *_lacking(room, chosen),
        *_moves(room, tuple(on_file)),
        *_programs(room, chosen),
    )


def figure(
    room: Room, soc: str, name: str, adjusted: float | str, published: Mapping[str, object], reason: str,
    organisations: Sequence[str] = (),
) -> Adjustment:  # fmt: skip
    """An adjusted figure as a coordinator enters it; it stands beside the published one.

    name: of FIGURES. adjusted: a number, or a text for a figure without a unit. published: value, basis,
    source, period of the figure that it stands beside. BadInput for an unknown figure, a number that is none,
    the value that is published already, or a missing reason.
    """
    if name not in FIGURES:
        raise BadInput(f"'{name[:40]}' cannot be adjusted.", "Known: " + ", ".join(FIGURES) + ".", "Choose.")
    called, unit = FIGURES[name]
    number = isinstance(adjusted, int | float) and not isinstance(adjusted, bool)
    if number != bool(unit) or (isinstance(adjusted, str) and not adjusted):
        raise BadInput(f"{called} has no adjusted value.", "It is empty or no number.", "Enter it.")
    if number and not 0 <= float(adjusted) <= LARGEST:
        raise BadInput(f"{called} cannot be {adjusted}.", f"Accepted: 0 to {LARGEST:,.0f}.", "Correct it.")
    if adjusted == published.get("value"):
        raise BadInput(f"{called} is the same.", "It is what is published.", "Enter what the room said.")
    if not any(c.isalnum() for c in reason) or len(reason) > LONGEST_REASON:
        why = f"It is needed, up to {LONGEST_REASON} characters."
        raise BadInput("The reason is missing or too long.", why, "Write why the room says otherwise.")
    value = {
        "figure": name, "adjusted": float(adjusted) if number else adjusted, "unit": unit,
        "published": dict(published), "organisations": list(together(organisations)),
    }  # fmt: skip
    return Adjustment(room.convening.id, "figure", room.convening.area_code, soc, value, reason)


def _made(room: Room, kind: str, subject: str, **value: object) -> Adjustment:
    return Adjustment(room.convening.id, kind, room.convening.area_code, subject, value)


def _critical(room: Room) -> list[Adjustment]:
    return [
        _made(
            room, "critical", row.soc, organisations=list(row.organisations), people=len(row.people),
            of=len(room.organisations),
            reasons=_said(room, "critical", row.soc, _REASONS),
        )
        for row in room.nominated
        if row.soc and len(row.organisations) >= FEWEST_TO_ADJUST
    ]  # fmt: skip


def _lacking(room: Room, chosen: Mapping[str, Mapping[str, object]]) -> list[Adjustment]:
    found = []
    for soc in room.answered:
        if skills := _said(room, "lacking", soc, chosen):
            found.append(_made(room, "lacking", soc, organisations=_who(skills), skills=skills))
    return found


def _programs(room: Room, chosen: Mapping[str, Mapping[str, object]]) -> list[Adjustment]:
    said = _said(room, "programs", "", chosen)
    return [_made(room, "programs", "", organisations=_who(said), programs=said)] if said else []


def _moves(room: Room, on_file: tuple[tuple[str, str], ...]) -> list[Adjustment]:
    found: dict[str, list[Adjustment]] = {"move_validated": [], "move_new": [], "move_struck": []}
    for stand in room.stands(on_file):
        kind = _kind(stand)
        if kind:
            agree, against = (stand.no, stand.yes) if kind == "move_struck" else (stand.yes, stand.no)
            found[kind].append(
                _made(
                    room, kind, ">".join(stand.move), organisations=list(agree), against=list(against),
                    stated_by=list(stand.stated_by),
                )
            )  # fmt: skip
    return [adjustment for several in found.values() for adjustment in several]


def _kind(stand: Stand) -> str:
    if stand.confirmed:
        return "move_validated" if stand.on_file else "move_new"
    return "move_struck" if stand.struck and stand.on_file else ""


def _who(said: Sequence[Mapping[str, object]]) -> list[str]:
    """Those who say any of several things."""
    return list(together(*(texts(row["organisations"]) for row in said)))


def _said(
    room: Room, question: str, subject: str, chosen: Mapping[str, Mapping[str, object]]
) -> list[dict[str, object]]:
    """What enough organisations chose, most first, then what enough of them put in the same own words."""
    rows = [
        {"id": row.choice, **chosen[row.choice], "organisations": list(row.organisations)}
        for row in room.counted(question, subject)
        if row.choice in chosen and len(row.organisations) >= FEWEST_TO_ADJUST
    ]
    own: dict[str, tuple[str, list[str]]] = {}
    for said in room.answers(question, subject):
        if said.words:
            _, who = own.setdefault(folded(said.words), (said.words, []))
            who += [said.organisation] if said.organisation not in who else []
    return rows + [
        {"id": "", "words": words, "organisations": who}
        for words, who in own.values()
        if len(who) >= FEWEST_TO_ADJUST
    ]
