"""Wrong guesses are counted by kind, place and time, and let go when they are old."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from lmi.contributions import tries
from lmi.contributions.store import Store
from lmi.contributions.tables import tries as table


@pytest.fixture
def db(store: Store) -> Store:
    """A database in which nobody has guessed."""
    store.write(lambda connection: connection.execute(table.delete()))
    return store


def guessed(store: Store, minutes: float, what: str = "code", who: str = "here") -> None:
    """A wrong guess, made so many minutes ago."""
    at = (datetime.now(UTC) - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    store.write(lambda connection: connection.execute(insert(table).values(at=at, what=what, who=who)))


def test_only_the_kind_the_place_and_the_last_minutes_count(db):
    for minutes in (30, 9, 1):
        guessed(db, minutes)
    guessed(db, 2, who="there")
    guessed(db, 2, what="secret")
    tries.add(db, "code", "here")
    assert len(tries.since(db, "code", 10, "here")) == 3
    found = tries.since(db, "code", 10)
    assert len(found) == 4
    assert found == sorted(found)
    assert len(tries.since(db, "code", 60)) == 5


def test_old_ones_of_the_kind_are_let_go(db):
    days = 24 * 60 * (tries.DAYS_KEPT + 1)
    guessed(db, days)
    guessed(db, days, what="passcode")
    tries.add(db, "code", "here")
    left = db.read(lambda connection: connection.scalars(select(table.c.what).order_by(table.c.seq)).all())
    assert list(left) == ["passcode", "code"]
