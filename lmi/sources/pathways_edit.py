"""Changing pathways.yaml as the app does it: from the text before to the text after, nothing written.

Only the lines that a change concerns are touched. Whether the result holds together is asked afterwards, with
pathways_file.check_text: a new step, for one, needs a move before the whole is right."""

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lmi.domain.codes import normalise_soc
from lmi.domain.errors import BadInput
from lmi.domain.pathways import FILE_KEYS, Move
from lmi.sources import pathway_items as items
from lmi.sources.pathway_lines import LineEdit, Place, Value
from lmi.sources.pathway_values import LONGEST_MONTHS
from lmi.sources.pathways_file import MOVE_KEYS, PATHWAY_KEYS, STEP_KEYS


@dataclass(frozen=True)
class AddStep:
    """A new occupation at the end of a pathway's steps."""

    pathway: str
    soc: str
    stage: str
    note: str = ""


@dataclass(frozen=True)
class ChangeStep:
    """Another stage or note for a step. None leaves it as it is; an empty note is taken out."""

    pathway: str
    soc: str
    stage: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class RetireStep:
    """Keep a step for the record only, and the pathway's live moves to and from it; its crossovers too,
    unless the occupation is a live step of another pathway."""

    pathway: str
    soc: str


@dataclass(frozen=True)
class RestoreStep:
    """Make a retired step proposed again. Its moves are restored one by one."""

    pathway: str
    soc: str


@dataclass(frozen=True)
class AddMove:
    """A new move at the end of a pathway's moves; of the crossovers where pathway is ''."""

    pathway: str
    move: Move


@dataclass(frozen=True)
class ChangeMove:
    """Other values for a move from start to goal; crossovers where pathway is ''.

    None leaves a value as it is; '' and () take it out."""

    pathway: str
    start: str
    goal: str
    kind: str | None = None
    months: Sequence[float] | None = None
    credential: str | None = None
    license: str | None = None
    state: str | None = None
    status: str | None = None
    validated_on: str | None = None
    organisations: Sequence[str] | None = None
    sources: Sequence[str] | None = None
    unchecked: Sequence[str] | None = None
    note: str | None = None


@dataclass(frozen=True)
class RetireMove:
    """Keep a move for the record only, with its validation."""

    pathway: str
    start: str
    goal: str


@dataclass(frozen=True)
class RestoreMove:
    """Make a retired move live again: validated if it carries day and organisations, else proposed."""

    pathway: str
    start: str
    goal: str


Change = AddStep | ChangeStep | RetireStep | RestoreStep | AddMove | ChangeMove | RetireMove | RestoreMove


def apply(text: str, change: Change, titles: Mapping[str, str], name: str = "pathways.yaml") -> str:
    """The text with the change. titles: SOC code -> title, for the comment of a new step.

    BadInput if the change names what is not there, or adds what is. BadFile if the text is not YAML.
    What was typed is kept as that very text, on one line: runs of blanks and line breaks become one space.
    """
    edit = LineEdit(text, name)
    _make(edit, change, titles)
    return edit.text()


def apply_several(
    text: str, changes: Sequence[Change], titles: Mapping[str, str], name: str = "pathways.yaml"
) -> str:
    """The text with changes made one after the other, all or none; errors as in `apply`.

    Reading the text takes longest, so it is read once, unless one change builds on another.
    """
    try:
        edit = LineEdit(text, name)
        for change in changes:
            _make(edit, change, titles)
        return edit.text()
    except BadInput:
        for change in changes:
            text = apply(text, change, titles, name)
        return text


def _make(edit: LineEdit, change: Change, titles: Mapping[str, str]) -> None:
    match change:
        case AddStep() | ChangeStep() | RetireStep() | RestoreStep():
            _change_step(edit, change, titles)
        case _:
            _change_move(edit, change)


def difference(before: str, after: str, context: int = 3) -> list[tuple[str, str]]:
    """What changed, line by line: sign and line. '-' gone, '+' new, ' ' unchanged around it; '@' begins a
    part and carries the number of its first line in the new text. Empty if nothing changed."""
    old, new = before.splitlines(), after.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)  # many moves share the same lines
    out = []
    for group in matcher.get_grouped_opcodes(context):
        out.append(("@", str(group[0][3] + 1)))
        for kind, low, high, new_low, new_high in group:
            if kind == "equal":
                out += [(" ", line) for line in old[low:high]]
            else:
                out += [("-", line) for line in old[low:high]] + [
                    ("+", line) for line in new[new_low:new_high]
                ]
    return out


def _change_step(
    edit: LineEdit, change: AddStep | ChangeStep | RetireStep | RestoreStep, titles: Mapping[str, str]
) -> None:
    pathway, soc = items.pathway(edit.top, change.pathway), normalise_soc(items.one_line(change.soc))
    place: Place = ("pathways", pathway)
    steps = items.entries(edit.top, (*place, "steps"))
    found = next((i for i, step in enumerate(steps) if items.code(step, "soc") == soc), None)
    if isinstance(change, AddStep):
        if found is not None:
            raise items.there(f"The step {soc}", f"'{change.pathway}'", items.retired(steps[found]))
        step = {"soc": soc, "stage": items.one_line(change.stage), "note": items.one_line(change.note)}
        title = "".join(c for c in " ".join(titles.get(soc, "").split()) if c.isprintable())
        edit.append(place, "steps", _filled(step), PATHWAY_KEYS, flow=True, comment=title)
        return
    if found is None:
        raise items.not_there(
            f"step {soc[:60]} in '{change.pathway}'", (items.code(step, "soc") for step in steps)
        )
    here, step_entry = (*place, "steps", found), steps[found]
    if isinstance(change, ChangeStep):
        typed = {"stage": change.stage, "note": change.note}
        edit.put(here, _changed(typed), STEP_KEYS)
    elif isinstance(change, RestoreStep):
        items.must_be_retired(step_entry, f"The step {soc}")
        edit.put(here, {"status": None}, STEP_KEYS)
    else:
        items.must_be_live(step_entry, f"The step {soc}")
        edit.put(here, {"status": "retired"}, STEP_KEYS)
        _retire_moves(edit, pathway, soc)


def _retire_moves(edit: LineEdit, pathway: int, soc: str) -> None:
    """Retire the moves of a step that is being retired; those that are retired stay so."""
    lists: list[Place] = [("pathways", pathway, "moves")]
    others = [i for i in range(len(items.entries(edit.top, ("pathways",)))) if i != pathway]
    steps = (step for i in others for step in items.entries(edit.top, ("pathways", i, "steps")))
    if not any(items.code(step, "soc") == soc and not items.retired(step) for step in steps):
        lists.append(("crossovers",))
    for place in lists:
        for i, move in enumerate(items.entries(edit.top, place)):
            if soc in items.pair(move):
                edit.put((*place, i), {"status": "retired"}, MOVE_KEYS)


def _change_move(edit: LineEdit, change: AddMove | ChangeMove | RetireMove | RestoreMove) -> None:
    place: Place = ("pathways", items.pathway(edit.top, change.pathway)) if change.pathway else ()
    key, where = ("moves", f"'{change.pathway}'") if change.pathway else ("crossovers", "the crossovers")
    moves = items.entries(edit.top, (*place, key))
    ends = change.move.pair if isinstance(change, AddMove) else (change.start, change.goal)
    pair = tuple(normalise_soc(items.one_line(soc)) for soc in ends)
    said = " → ".join(pair)[:80]
    found = next((i for i, move in enumerate(moves) if items.pair(move) == pair), None)
    if isinstance(change, AddMove):
        if found is not None:
            raise items.there(f"The move {said}", where, items.retired(moves[found]))
        order = PATHWAY_KEYS if change.pathway else FILE_KEYS
        edit.append(place, key, _move_item(change.move), order, flow=not change.pathway)
        return
    if found is None:
        raise items.not_there(f"move {said} in {where}", (" → ".join(items.pair(move)) for move in moves))
    here, move = (*place, key, found), moves[found]
    if isinstance(change, ChangeMove):
        typed = {k: getattr(change, k) for k in MOVE_KEYS if k not in ("from", "to")}
        edit.put(here, _changed(typed), MOVE_KEYS)
    elif isinstance(change, RetireMove):
        items.must_be_live(move, f"The move {said}")
        edit.put(here, {"status": "retired"}, MOVE_KEYS)
    else:
        items.must_be_retired(move, f"The move {said}")
        validated = items.code(move, "validated_on") and items.entries(move, ("organisations",))
        edit.put(here, {"status": "validated" if validated else "proposed"}, MOVE_KEYS)


def _move_item(move: Move) -> dict[str, Value]:
    typed = {key: getattr(move, key) for key in MOVE_KEYS if key not in ("from", "to")}
    ends = {"from": normalise_soc(items.one_line(move.start)), "to": normalise_soc(items.one_line(move.goal))}
    return _filled({**ends, **_changed(typed)})


def _filled(values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if value is not None and value != ""}


def _changed(typed: Mapping[str, str | Sequence[float] | Sequence[str] | None]) -> dict[str, Value | None]:
    """Values to write: what is None in `typed` is left out, what is empty becomes None."""
    out: dict[str, Value | None] = {}
    for key, value in typed.items():
        if value is None:
            continue
        if isinstance(value, str):
            out[key] = items.one_line(value) or None
        elif key == "months":
            out[key] = _months(value) if value else None
        else:
            out[key] = [items.one_line(str(part)) for part in value] or None
    return out


def _months(value: Sequence) -> Value:
    if not all(isinstance(m, int | float) and math.isfinite(m) and 0 <= m <= LONGEST_MONTHS for m in value):
        raise BadInput(
            "The time is not valid.", f"Accepted: months from 0 to {LONGEST_MONTHS}.", "Correct the months."
        )
    return value[0] if len(set(value)) == 1 else list(value)
