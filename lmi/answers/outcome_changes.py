"""Accepted moves of a convening as changes of pathways.yaml; nothing is written here.

What stands in the file already is no change, so the same adjustments can be made again at any time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lmi.domain.adjustments import Adjustment, Reviewed, together, with_value
from lmi.domain.errors import BadInput, LmiError
from lmi.domain.pathways import STAGES, Move, Pathway, PathwayMap
from lmi.sources import pathways_edit as edit
from lmi.sources.pathways_file import as_one, check_text

CROSSOVERS = "crossovers"  # stands for the moves between pathways where a pathway is chosen
_EDITOR = "Add the jobs in the editor on Pathways first, then save this again."


@dataclass(frozen=True)
class Place:
    """Where a new move can stand. pathway: its id, or CROSSOVERS. adds: the occupation that becomes a new
    step there, '' for none; stages: which it may have, the likeliest first."""

    pathway: str
    name: str
    adds: str = ""
    stages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """A text of the file with adjustments made. made: those that change it; done: those that stand in it
    already; left: those that cannot be made, each with the reason. All of a move or nothing of it."""

    before: str
    text: str
    made: tuple[Reviewed, ...] = ()
    done: tuple[Reviewed, ...] = ()
    left: tuple[tuple[Reviewed, LmiError], ...] = ()


def unnamed(row: Reviewed) -> Reviewed:
    """The same with a number in place of each organisation's name, for a file that everybody reads. The
    number names its convening, so that those of two convenings stay apart."""
    return replace(row, adjustment=_unnamed(row.adjustment, row.held_on))


def places(held: PathwayMap, move: tuple[str, str]) -> tuple[Place, ...]:
    """Where a new move fits; () where neither end is on a pathway, or it would lead to an earlier stage."""
    if _standing(held, move):
        return ()  # it is brought back where it stood
    start, goal = (held.stages.get(soc) for soc in move)
    if start and goal:
        if STAGES.index(goal) < STAGES.index(start):
            return ()
        both = [p for p in held.of_occupation(move[0]) if p in held.of_occupation(move[1])]
        return tuple(Place(p.id, p.name) for p in both) or (Place(CROSSOVERS, "Between pathways"),)
    if not (start or goal):
        return ()
    known, new = (move[0], move[1]) if start else (move[1], move[0])
    at = STAGES.index(held.stages[known])
    stages = STAGES[at:] if start else STAGES[: at + 1]
    likely = (*stages[1:2], stages[0], *stages[2:]) if start else stages[::-1]
    return tuple(Place(p.id, p.name, new, likely) for p in held.of_occupation(known))


def changes(held: PathwayMap, adjustment: Adjustment, held_on: str) -> tuple[edit.Change, ...]:
    """What an accepted move changes in a file; () where the file says so already.

    held_on: day of the convening. BadInput where a new move fits nowhere, or not where it was chosen.
    """
    there = _standing(held, adjustment.move)
    if adjustment.kind == "move_struck":
        return tuple(edit.RetireMove(where, *move.pair) for where, move in there if not move.retired)
    if there:
        return tuple(
            change for where, move in there for change in _validated(where, move, adjustment, held_on)
        )
    return _added(held, adjustment, held_on)


def prepare(text: str, rows: Sequence[Reviewed], socs: Mapping[str, str], name: str) -> Prepared:
    """The text of the file with accepted moves. socs: code -> title of the occupations that can be named.

    BadFile if the text has problems before anything is changed.
    """
    held, problems = check_text(text, socs, name)
    if held is None or problems:
        raise as_one(problems)
    done, left, todo = list[Reviewed](), list[tuple[Reviewed, LmiError]](), dict[str, edit.Change]()
    fitting: list[Reviewed] = []
    for row in rows:
        try:
            steps = changes(held, row.adjustment, row.held_on)
        except LmiError as error:
            left.append((row, error))
            continue
        (fitting if steps else done).append(row)
        todo |= {repr(step): step for step in steps}  # a job that two moves add is added once
    if not fitting:
        return Prepared(text, text, (), tuple(done), tuple(left))
    try:
        after = _made(text, list(todo.values()), socs, name)
        return Prepared(text, after, tuple(fitting), tuple(done), tuple(left))
    except LmiError:
        after, made, more = _one_by_one(text, held, fitting, socs, name)
        return Prepared(text, after, tuple(made), tuple(done), (*left, *more))


def is_done(held: PathwayMap, row: Reviewed) -> bool:
    """Whether a move stands in the file as it was accepted."""
    try:
        return changes(held, row.adjustment, row.held_on) == ()
    except LmiError:
        return False


def _made(text: str, steps: Sequence[edit.Change], socs: Mapping[str, str], name: str) -> str:
    after = edit.apply_several(text, steps, socs, name)
    _, problems = check_text(after, socs, name)
    if problems:
        raise as_one(problems)
    return after


def _one_by_one(
    text: str, held: PathwayMap, rows: Sequence[Reviewed], socs: Mapping[str, str], name: str
) -> tuple[str, list[Reviewed], list[tuple[Reviewed, LmiError]]]:
    made, left = list[Reviewed](), list[tuple[Reviewed, LmiError]]()
    for row in rows:
        try:
            after = _made(text, changes(held, row.adjustment, row.held_on), socs, name)
        except LmiError as error:
            left.append((row, error))
            continue
        made.append(row)
        text, (again, _) = after, check_text(after, socs, name)
        held = again or held
    return text, made, left


def _standing(held: PathwayMap, pair: tuple[str, str]) -> list[tuple[str, Move]]:
    """Every place at which a move stands, the live ones; where there is none, the retired ones."""
    found = [(p.id, move) for p in held.pathways for move in p.moves if move.pair == pair]
    found += [("", move) for move in held.crossovers if move.pair == pair]
    return [each for each in found if not each[1].retired] or found


def _unnamed(adjustment: Adjustment, held_on: str) -> Adjustment:
    where = f"of {held_on}, convening {adjustment.convening[:8]} (not named)"
    numbers = range(1, len(adjustment.organisations) + 1)
    return with_value(adjustment, organisations=[f"organization {n} {where}" for n in numbers])


def _unnamed_before(adjustment: Adjustment) -> list[str]:
    """The numbers as they were written before they named their convening."""
    return [f"organization {n} (not named)" for n in range(1, len(adjustment.organisations) + 1)]


def _validated(where: str, move: Move, adjustment: Adjustment, held_on: str) -> list[edit.Change]:
    numbers = _unnamed(adjustment, held_on).organisations
    others = move.organisations
    if adjustment.organisations == numbers and move.validated_on == held_on:
        before = _unnamed_before(adjustment)
        others = tuple(each for each in others if each not in before)
    firms = together(others, adjustment.organisations)
    there = move.organisations in (firms, together(move.organisations, numbers))
    day = max(move.validated_on, held_on)
    if (move.status, move.validated_on) == ("validated", day) and there:
        return []
    back: list[edit.Change] = [edit.RestoreMove(where, *move.pair)] if move.retired else []
    confirmed = edit.ChangeMove(where, *move.pair, status="validated", validated_on=day, organisations=firms)
    return [*back, confirmed]


def _added(held: PathwayMap, adjustment: Adjustment, held_on: str) -> tuple[edit.Change, ...]:
    start, goal = adjustment.move
    fitting = places(held, (start, goal))
    if not fitting:
        raise _unfitting(held, start, goal)
    chosen = adjustment.text("pathway")
    place = next((p for p in fitting if p.pathway == chosen), fitting[0] if not chosen else None)
    if place is None:
        raise BadInput(
            f"The move does not fit into '{chosen[:60]}'.", "The file has changed.", "Choose anew."
        )
    steps: list[edit.Change] = []
    stages = dict(held.stages)
    if place.adds:
        pathway = held.path_by_id[place.pathway]
        wanted = adjustment.text("stage")
        stages[place.adds] = wanted if wanted in place.stages else place.stages[0]
        steps.append(_step(pathway, place.adds, stages[place.adds]))
    where = "" if place.pathway == CROSSOVERS else place.pathway
    kind = "lateral" if stages[start] == stages[goal] else "advance"
    move = Move(
        start, goal, kind, status="validated", validated_on=held_on, organisations=adjustment.organisations
    )
    return (*steps, edit.AddMove(where, move))


def _step(pathway: Pathway, soc: str, stage: str) -> edit.Change:
    """The occupation as a step: a new one, or a retired one that comes back."""
    if any(step.soc == soc for step in pathway.steps):
        return edit.RestoreStep(pathway.id, soc)
    return edit.AddStep(pathway.id, soc, stage)


def _unfitting(held: PathwayMap, start: str, goal: str) -> BadInput:
    if held.stages.get(start) and held.stages.get(goal):
        why = "On the pathways it would lead from a later stage to an earlier one."
        return BadInput("The move fits nowhere.", why, "Change the stages in the editor on Pathways first.")
    return BadInput("The move fits nowhere.", "Neither job stands on a pathway.", _EDITOR)
