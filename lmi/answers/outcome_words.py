"""Adjustments in words: what stands now, and what would stand after. The same on the page and in a record."""

from collections.abc import Sequence

from lmi.answers.desk import Desk
from lmi.domain.adjustments import FIGURES, Adjustment, Reviewed, Said
from lmi.domain.pathways import STAGE_NAMES, Move, PathwayMap

MOST_SAID = 12  # things said that are listed; the others are counted


def counted(count: int, one: str = "organization") -> str:
    """'1 organization', '3 organizations'."""
    return f"{count} {one}{'' if count == 1 else 's'}"


def title(desk: Desk, adjustment: Adjustment) -> str:
    """What an adjustment is about: an occupation, a move, or the area's programs."""
    if adjustment.kind == "programs":
        return "Preferred programs"
    if adjustment.kind.startswith("move_"):
        start, goal = adjustment.move
        return f"{desk.titles.get(start, start)} → {desk.titles.get(goal, goal)}"
    named = desk.titles.get(adjustment.subject, adjustment.subject)
    called = FIGURES.get(adjustment.text("figure"), ("",))[0]
    return f"{named}: {called.lower()}" if called else named


def before(desk: Desk, adjustment: Adjustment) -> tuple[str, ...]:
    """What stands now, without this convening."""
    if adjustment.kind.startswith("move_"):
        return _file_words(desk.draft, adjustment.move)
    if adjustment.kind == "figure":
        return (published_words(adjustment),)
    area = desk.areas.get(adjustment.area_code)
    rows = desk.adjustments.of(area, adjustment.subject) if area else ()
    others = [
        row
        for row in rows
        if row.adjustment.kind == adjustment.kind and row.adjustment.convening != adjustment.convening
    ]
    if not others:
        return ("Nothing is on record.",)
    return tuple(
        f"{row.industry}, {row.held_on}: {counted(len(row.adjustment.organisations))}." for row in others
    )


def after(desk: Desk, adjustment: Adjustment, held_on: str) -> tuple[str, ...]:
    """What would stand after it, with the organizations by name: for coordinators and the record."""
    who, count = ", ".join(adjustment.organisations), counted(len(adjustment.organisations))
    match adjustment.kind:
        case "critical":
            because = said_words(adjustment.counted("reasons"))
            lines = [f"Critical to {count} on {held_on}: {who}."]
            return (*lines, f"Because: {because}.") if because else tuple(lines)
        case "lacking":
            return (f"{count} on {held_on}: {said_words(adjustment.counted('skills'))}.",)
        case "programs":
            return (f"{count} on {held_on}: {said_words(adjustment.counted('programs'))}.",)
        case "figure":
            by = f", said by {who}" if who else ""
            return (f"Beside it: {adjusted_words(adjustment)} ({held_on}{by}).", f"Why: {adjustment.reason}")
        case "move_struck":
            return (f"Retired: {count} on {held_on} {_say(adjustment, 'no')}: {who}.",)
        case _:
            return (
                f"Validated on {held_on} by {count}: {who}.",
                *_against(adjustment),
                *_chosen(desk.draft, adjustment),
            )


def said_words(rows: Sequence[Said], most: int = MOST_SAID) -> str:
    """'It is hard to fill (3), "nobody applies" (1)': how many organizations say each."""
    told = [f"{row.words if row.id else f'“{row.words}”'} ({len(row.organisations)})" for row in rows[:most]]
    more = len(rows) - len(told)
    return ", ".join(told) + (f", and {more} more" if more > 0 else "")


def number_words(value: object, unit: str) -> str:
    """A figure as people read it; 'not published' where there is none."""
    if value is None or value == "":
        return "not published"
    if isinstance(value, str):
        return value
    number = float(value) if isinstance(value, int | float) else 0.0
    return f"${number:,.0f} a year" if unit.startswith("USD") else f"{number:,.0f}"


def adjusted_words(adjustment: Adjustment) -> str:
    """The adjusted figure."""
    return number_words(adjustment.value.get("adjusted"), adjustment.text("unit"))


def published_words(adjustment: Adjustment) -> str:
    """The figure that it stands beside, as it was then, with where it comes from."""
    found = adjustment.value.get("published")
    told = found if isinstance(found, dict) else {}
    value = number_words(told.get("value"), adjustment.text("unit"))
    where = "; ".join(str(told[key]) for key in ("basis", "source", "period", "area") if told.get(key))
    return f"{value} ({where})" if where else value


def sessions(rows: Sequence[Reviewed]) -> str:
    """'Healthcare, 2026-11-20 (4 organizations); …' for a line of evidence."""
    return "; ".join(
        f"{row.industry}, {row.held_on} ({counted(len(row.adjustment.organisations))})" for row in rows
    )


def _file_words(held: PathwayMap, pair: tuple[str, str]) -> tuple[str, ...]:
    found = [(p.name, move) for p in held.pathways for move in p.moves if move.pair == pair]
    found += [("Between pathways", move) for move in held.crossovers if move.pair == pair]
    return tuple(f"{name}: {_status(move)}." for name, move in found) or ("Not in pathways.yaml.",)


def _status(move: Move) -> str:
    if move.status != "validated":
        return move.status
    return f"validated on {move.validated_on} by {', '.join(move.organisations)}"


def _say(adjustment: Adjustment, word: str) -> str:
    return f"say{'s' if len(adjustment.organisations) == 1 else ''} {word}"


def _against(adjustment: Adjustment) -> tuple[str, ...]:
    found = adjustment.value.get("against")
    names = [str(name) for name in found] if isinstance(found, list | tuple) else []
    return (
        (f"{counted(len(names))} say{'s' if len(names) == 1 else ''} no: {', '.join(names)}.",)
        if names
        else ()
    )


def _chosen(held: PathwayMap, adjustment: Adjustment) -> tuple[str, ...]:
    pathway = held.path_by_id.get(adjustment.text("pathway"))
    stage = STAGE_NAMES.get(adjustment.text("stage"), "")
    where = pathway.name if pathway else "between pathways" if adjustment.text("pathway") else ""
    if not where:
        return ()
    return (f"In {where}{f', at the stage {stage}' if stage else ''}.",)
