"""Finding steps and moves in pathways.yaml as it stands, good or bad, and saying what is not there."""

from collections.abc import Iterable
from datetime import date as calendar

from lmi.domain.codes import normalise_soc
from lmi.domain.errors import BadInput
from lmi.domain.pathways import Version
from lmi.sources.pathway_lines import Place
from lmi.sources.yaml_file import Entry

_MOST_LISTED = 40


def one_line(text: str) -> str:
    """A text as the file holds it: on one line. BadInput if it cannot be saved as UTF-8."""
    flat = " ".join(text.split())
    if any("\ud800" <= letter <= "\udfff" for letter in flat):
        raise BadInput("The text holds half a character.", "It cannot be saved.", "Type it anew.")
    return flat


def entries(top: Entry, place: Place) -> list[Entry]:
    """The items of the list at a place; none where there is no list."""
    entry = top
    for part in place:
        inside = entry.value
        if isinstance(part, str):
            found = inside.get(part) if isinstance(inside, dict) else None
        else:
            found = inside[part] if isinstance(inside, list) else None
        if found is None:
            return []
        entry = found
    return entry.value if isinstance(entry.value, list) else []


def code(item: Entry, key: str) -> str:
    """The text of a code in an item, in its standard form; '' where there is none."""
    found = item.value.get(key) if isinstance(item.value, dict) else None
    return normalise_soc(found.typed) if found is not None else ""


def pair(move: Entry) -> tuple[str, str]:
    """From and to of a move."""
    return code(move, "from"), code(move, "to")


def retired(item: Entry) -> bool:
    """Whether a step or move is only kept for the record."""
    return code(item, "status") == "retired"


def pathway(top: Entry, id_: str) -> int:
    """The position of a pathway in the list; BadInput if there is none of that id."""
    ids = [code(entry, "id") for entry in entries(top, ("pathways",))]
    if not id_ or id_ not in ids:
        raise not_there(f"pathway '{id_[:60]}'", ids)
    return ids.index(id_)


def not_there(what: str, there: Iterable[str]) -> BadInput:
    """The error for something that is named and not there. there: what there is instead."""
    names = list(there)
    listed = ", ".join(names[:_MOST_LISTED]) or "none"
    more = f", … ({len(names)} in all)" if len(names) > _MOST_LISTED else ""
    return BadInput(f"There is no {what}.", f"There are: {listed}{more}.", "Reload, and choose again.")


def there(what: str, where: str, retired: bool) -> BadInput:
    """The error for something that is to be added and is there. retired: kept for the record only."""
    if retired:
        return BadInput(f"{what} is in {where} already.", "It is retired.", "Restore it, then change it.")
    return BadInput(f"{what} is in {where} already.", "Each stands once.", "Change that one.")


def must_be_live(item: Entry, what: str) -> None:
    """BadInput if a step or move is retired."""
    if retired(item):
        raise BadInput(f"{what} is retired already.", "", "Reload to see it.")


def must_be_retired(item: Entry, what: str) -> None:
    """BadInput unless a step or move is retired."""
    if not retired(item):
        raise BadInput(
            f"{what} is not retired.", "Only what is retired can be restored.", "Reload to see it."
        )


def day(date: str) -> str:
    """A date as ISO text; BadInput if there is no such day."""
    try:
        return calendar.fromisoformat(date).isoformat()
    except ValueError as error:
        raise BadInput(
            f"There is no day '{date[:20]}'.", "Accepted: a date such as 2026-11-24.", "Correct it."
        ) from error


def not_a_draft(version: Version) -> BadInput:
    """The error for changing what is published or frozen."""
    return BadInput(
        f"'{version.name}' is {version.status}.",
        f"A {version.status} version is copied, not changed.",
        "Copy it under a new name, and change the copy.",
    )
