"""The names of events: as written, or made of date, employer and city, so that a link keeps its event."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from hashlib import blake2b

from lmi.domain.event_columns import LONGEST_ID
from lmi.domain.plain_text import restore_text
from lmi.sources.event_values import day
from lmi.sources.staff_cells import Refused

_MOST_OF_EMPLOYER, _MOST_OF_PLACE = 30, 18


def ids_of(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The event_id of each row of cells; '' for a row that has none and tells no date or employer.

    A row without one gets it from its own cells; several of the same date, employer and city are numbered
    in the order of their cells, wherever they stand in the file. Rows that are the same have the same.
    """
    at = columns.index("event_id") if "event_id" in columns else None
    ids = [restore_text(row[at]).strip() if at is not None else "" for row in rows]
    without: defaultdict[str, list[int]] = defaultdict(list)
    for number, event_id in enumerate(ids):
        if not event_id:
            without[base_id(named(columns, rows[number]))].append(number)
    without.pop("", None)
    taken = set(ids)
    for base, numbers in without.items():
        twins: dict[tuple[str, ...], str] = {}
        for number in sorted(numbers, key=lambda number: tuple(rows[number])):
            cells = tuple(rows[number])
            if cells not in twins:
                twins[cells] = free_id(base, taken)
                taken.add(twins[cells])
            ids[number] = twins[cells]
    return ids


def named(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells that hold something by the column that their heading means, as people typed them.

    Of columns that stand twice, the first.
    """
    out: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=True):
        if name and name not in out:
            out[name] = restore_text(cell)
    return {name: text for name, text in out.items() if text}


def base_id(cells: Mapping[str, str]) -> str:
    """'2025-07-09-acme-austin' for cells by column; '' without a date that can be read or an employer."""
    try:
        announced = day(cells.get("announced", "").strip()).isoformat()
    except Refused:
        return ""
    if not cells.get("employer", "").strip():
        return ""
    place = next((cells[name] for name in ("city", "county", "area_code") if cells.get(name)), "")
    words = [
        _slug(cells["employer"], _MOST_OF_EMPLOYER) or "event",
        _slug(place.split(",")[0], _MOST_OF_PLACE),
    ]
    return "-".join([announced, *(word for word in words if word)])


def free_id(base: str, taken: Container[str]) -> str:
    """The name, or the name with the first number that nobody has."""
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base[: LONGEST_ID - len(str(number)) - 1]}-{number}"
    return found


def mark_of(cells: Sequence[str]) -> str:
    """What tells one state of a row from another: 16 hexadecimal digits."""
    return blake2b("\x1f".join(cells).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _slug(text: str, most: int) -> str:
    plain = unicodedata.normalize("NFKD", text[: 4 * most]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:most].strip("-")
