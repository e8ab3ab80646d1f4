"""Adjustments on record and their reviews: an adjustment is never changed, a review is a row of its own."""

import json
from collections import defaultdict

from sqlalchemy import Connection, Row, func, insert, select

from lmi.contributions import store as stores
from lmi.contributions.store import Store
from lmi.contributions.tables import adjustment_reviews as reviews
from lmi.contributions.tables import adjustments, convenings
from lmi.contributions.typed import cleaned, token_of
from lmi.domain.adjustments import (
    DECISIONS,
    KINDS,
    LONGEST_NOTE,
    LONGEST_REASON,
    Adjustment,
    Review,
    Reviewed,
    accepted,
    standing,
)
from lmi.domain.errors import BadInput

MOST_OF_ONE = 2_000  # adjustments of one convening
_ASKED = (
    select(adjustments, convenings.c.held_on, convenings.c.industry, convenings.c.place)
    .join(convenings, adjustments.c.convening_id == convenings.c.id)
    .order_by(adjustments.c.at, adjustments.c.id)
)


def propose(store: Store, adjustment: Adjustment, by: str) -> str:
    """Put an adjustment on record without a review; returns its id. The same content is kept once.

    BadInput for a kind that does not exist, a missing name, a reason that is too long, or too many.
    """
    values = _values(adjustment, by)

    def add(connection: Connection) -> str:
        _keep(connection, values)
        return adjustment.id

    return store.write(add)


def review(
    store: Store, adjustment: Adjustment, decision: str, note: str, by: str, token: str, seen: int = 0
) -> int:
    """Keep a decision on an adjustment, which comes on record with it; returns the review's number.

    decision: of DECISIONS. seen: the number of the last review about the same that the coordinator saw, 0 for
    none: BadInput if there is a newer one. The same token again returns the review that it made; BadInput
    where that was of another adjustment or decision.
    """
    if decision not in DECISIONS:
        raise BadInput("Nothing was decided.", f"'{decision[:20]}'.", "Accept or decline it.")
    values, key = _values(adjustment, by), token_of(token)
    row = {
        "adjustment_id": adjustment.id, "at": stores.now(), "by": values["by"], "decision": decision,
        "note": cleaned(note, LONGEST_NOTE, "The note", lines=True), "token": key,
    }  # fmt: skip

    def add(connection: Connection) -> int:
        stores.for_update(connection, "convenings", adjustment.convening)
        if known := connection.execute(select(reviews).where(reviews.c.token == key)).first():
            if (known.adjustment_id, known.decision) != (adjustment.id, decision):
                raise BadInput("The token is not valid.", "It was used before.", "Reload the page.")
            return int(known.seq)
        if _last(connection, adjustment) > seen:
            why = "Somebody else decided on it meanwhile."
            raise BadInput("It was not kept.", why, "Look at what was decided, then decide again.")
        _keep(connection, values)
        return int(connection.execute(insert(reviews).values(row).returning(reviews.c.seq)).scalar_one())

    return store.write(add)


def of(store: Store, convening_id: str) -> list[Reviewed]:
    """Every adjustment of one convening with its reviews, also those that a later one replaced; see
    lmi.domain.adjustments.standing."""
    return store.read(lambda connection: _read(connection, convening_id))


def every_accepted(store: Store) -> tuple[Reviewed, ...]:
    """What counts now, of all convenings, in the order in which it came on record."""
    return accepted(store.read(_read))


def stamp(store: Store) -> tuple[int, int]:
    """Changes whenever somebody decides: how many reviews there are, and the number of the last."""
    asked = select(func.count(), func.coalesce(func.max(reviews.c.seq), 0))
    count, last = store.read(lambda connection: connection.execute(asked).one())
    return int(count), int(last)


def _values(adjustment: Adjustment, by: str) -> dict[str, str]:
    if adjustment.kind not in KINDS:
        raise BadInput("This cannot be adjusted.", f"'{adjustment.kind[:20]}'.", "Reload the page.")
    reason = cleaned(
        adjustment.reason, LONGEST_REASON, "The reason", needed=adjustment.kind == "figure", lines=True
    )
    if reason != adjustment.reason:
        raise BadInput("The reason is not clean.", "It holds signs that do not print.", "Type it again.")
    return {
        "id": adjustment.id, "convening_id": adjustment.convening, "at": stores.now(),
        "by": cleaned(by, 80, "Your name", needed=True), "kind": adjustment.kind,
        "area_code": adjustment.area_code, "subject": cleaned(adjustment.subject, 400, "The subject"),
        "value": json.dumps(dict(adjustment.value), ensure_ascii=False, sort_keys=True), "reason": reason,
        "token": adjustment.id,
    }  # fmt: skip


def _keep(connection: Connection, values: dict[str, str]) -> None:
    """Add an adjustment unless it is there."""
    stores.for_update(connection, "convenings", values["convening_id"])
    if connection.scalar(select(convenings.c.id).where(convenings.c.id == values["convening_id"])) is None:
        raise BadInput("There is no such convening.", values["convening_id"][:40], "Reload the page.")
    if connection.scalar(select(adjustments.c.id).where(adjustments.c.id == values["id"])) is not None:
        return
    there = select(func.count()).where(adjustments.c.convening_id == values["convening_id"])
    if (connection.scalar(there) or 0) >= MOST_OF_ONE:
        why = f"{MOST_OF_ONE:,} adjustments of one convening are the most."
        raise BadInput("Nothing more can be kept.", why, "Hold another convening.")
    connection.execute(insert(adjustments).values(values))


def _last(connection: Connection, adjustment: Adjustment) -> int:
    """The number of the last review of anything about the same, 0 for none."""
    rows = _read(connection, adjustment.convening)
    same = [row for row in standing(rows) if row.adjustment.about == adjustment.about]
    return max((row.last.seq for row in same if row.last), default=0)


def _read(connection: Connection, convening_id: str = "") -> list[Reviewed]:
    asked, heard = _ASKED, select(reviews).order_by(reviews.c.seq)
    if convening_id:
        asked = asked.where(adjustments.c.convening_id == convening_id)
        ids = select(adjustments.c.id).where(adjustments.c.convening_id == convening_id)
        heard = heard.where(reviews.c.adjustment_id.in_(ids))
    decided = defaultdict(list)
    for row in connection.execute(heard):
        decided[row.adjustment_id].append(
            Review(row.seq, row.adjustment_id, row.at, row.by, row.decision, row.note)
        )
    return [
        Reviewed(_adjustment(row), tuple(decided[row.id]), row.held_on, row.industry, row.place)
        for row in connection.execute(asked)
    ]


def _adjustment(row: Row) -> Adjustment:
    value = json.loads(row.value)
    return Adjustment(
        row.convening_id, row.kind, row.area_code, row.subject, value if isinstance(value, dict) else {},
        row.reason, row.at, row.by,
    )  # fmt: skip
