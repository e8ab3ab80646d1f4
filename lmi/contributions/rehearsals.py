"""Rehearsals leave no trace: their rows stand in memory only, and are deleted once one has ended."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from lmi.contributions import opened
from lmi.contributions.store import TIME, Store
from lmi.contributions.tables import (
    adjustment_reviews,
    adjustments,
    convenings,
    entries,
    participant_names,
    participants,
)

KEPT = timedelta(minutes=30)  # after its end, so that its summary can be looked at


def sweep(now: datetime | None = None) -> int:
    """Delete the rehearsals of this process that ended KEPT ago or earlier; returns how many."""
    store, before = opened.rehearsals(), ((now or datetime.now(UTC)) - KEPT).strftime(TIME)
    last = (
        select(func.max(entries.c.seq))
        .where(entries.c.kind.in_(("end", "reopen")))
        .group_by(entries.c.convening_id)
    )
    ended = select(entries.c.convening_id).where(
        entries.c.seq.in_(last), entries.c.kind == "end", entries.c.at <= before
    )
    found = store.read(lambda connection: connection.scalars(ended).all())
    for convening_id in found:
        if convening_id.startswith("r"):  # in tests both databases may be one
            erase(store, convening_id)
    return len(found)


def erase(store: Store, convening_id: str) -> None:
    """Delete a rehearsal with all that was said in it. ValueError for a convening, which is on record."""
    if not convening_id.startswith("r"):
        raise ValueError(convening_id)
    mine = select(participants.c.id).where(participants.c.convening_id == convening_id)
    proposed = select(adjustments.c.id).where(adjustments.c.convening_id == convening_id)

    def change(connection: Connection) -> None:
        connection.execute(delete(adjustment_reviews).where(adjustment_reviews.c.adjustment_id.in_(proposed)))
        connection.execute(delete(participant_names).where(participant_names.c.participant_id.in_(mine)))
        for table in (adjustments, entries, participants):
            connection.execute(delete(table).where(table.c.convening_id == convening_id))
        connection.execute(delete(convenings).where(convenings.c.id == convening_id))

    store.write(change)
