"""Guesses that were wrong: how many lately, from where, so that nobody guesses by the thousand."""

from datetime import timedelta

from sqlalchemy import Connection, delete, func, insert, select

from lmi.contributions import store as stores
from lmi.contributions.store import Store
from lmi.contributions.tables import tries

DAYS_KEPT = 2


def since(store: Store, what: str, minutes: int, who: str = "") -> list[str]:
    """When there was a wrong guess of a kind in the last minutes, oldest first (UTC, ISO 8601).

    who: only from there ('' = from anywhere).
    """
    from_then = stores.moment(-timedelta(minutes=minutes))
    asked = select(tries.c.at).where(tries.c.what == what, tries.c.at >= from_then)
    if who:
        asked = asked.where(tries.c.who == who)
    return list(store.read(lambda connection: connection.scalars(asked.order_by(tries.c.at)).all()))


def add(store: Store, what: str, who: str) -> None:
    """Keep that there was one. Those of the kind that are too old to count are let go."""

    def change(connection: Connection) -> None:
        old = (tries.c.what == what) & (tries.c.at < stores.moment(-timedelta(days=DAYS_KEPT)))
        if connection.scalar(select(func.count()).where(old)):
            connection.execute(delete(tries).where(old))
        connection.execute(insert(tries).values(at=stores.now(), what=what, who=who))

    store.write(change)
