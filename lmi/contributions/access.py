"""Who is signed in as a coordinator, and how often the passcode may be tried.

A browser keeps a secret of which only a hash is stored, worked out together with the number of the passcode,
so that another passcode ends every sign-in made with the former one."""

import re
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Row, delete, func, insert, select

from lmi.contributions import passcode
from lmi.contributions import store as stores
from lmi.contributions.address_key import mark
from lmi.contributions.store import Store
from lmi.contributions.tables import sign_ins, sign_outs, tries
from lmi.contributions.typed import cleaned, hashed, new_secret
from lmi.domain.errors import BadInput, LmiError

COOKIE = "lmi_coordinator"  # what a signed-in browser keeps: a secret, nothing else
HOURS = 12  # that a sign-in holds
OF_ONE, MINUTES_OF_ONE = 5, 15  # wrong passcodes of one address, within so many minutes
OF_ALL, MINUTES_OF_ALL = 50, 60
DAYS_KNOWN = 30  # for so long an address that has signed in is not held up by what others try
_TRIED, _RIGHT = "passcode", "passcode right"
_SECRET = re.compile(r"[\w-]{40,64}", re.ASCII)
_KEPT_S, _MOST_KEPT = 3.0, 500  # how long, and of how many, a process remembers who is signed in

_form = {"on": True}
_known: WeakKeyDictionary[Store, dict[str, tuple[float, str]]] = WeakKeyDictionary()
_knows = threading.Lock()


class TooManyTries(LmiError):
    """The passcode was tried too often. wait_s: seconds until it may be tried again."""

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        minutes = max(1, -(-wait_s // 60))
        super().__init__(
            "The passcode was not looked at.", "A wrong passcode was typed too often.",
            f"Try again in {minutes} minute{'s' if minutes > 1 else ''}.",
        )  # fmt: skip


def use_form(on: bool) -> None:
    """Whether passcodes are in use in this process; not where an organization's own sign-in is set up and
    LMI_PASSCODE is not."""
    _form["on"] = on
    forget()


def form_is_on() -> bool:
    """Whether a passcode signs anybody in."""
    return _form["on"]


def sign_in(store: Store, typed: str, name: str, client: str) -> str:
    """The secret for the browser of a coordinator who typed the passcode; it holds for HOURS.

    client: the address from which it was typed. BadInput for a wrong passcode or a missing name, with the
    same words and work whether or not there is a passcode; TooManyTries beyond the limits.
    """
    who = cleaned(name, 80, "Your name", needed=True)
    place = mark(store, f"passcode from {client}")
    store.write(lambda connection: _count_try(connection, place))
    passcode.settle(store)
    row = store.read(passcode.newest) if form_is_on() else None
    if not passcode.is_right(row, typed) or row is None:
        raise BadInput(
            "You are not signed in.", "The passcode is not right.",
            "Type it again, or ask whoever runs the app.",
        )  # fmt: skip
    secret, at = new_secret(), stores.now()
    kept = {"id": _id(row, secret), "at": at, "until": stores.moment(timedelta(hours=HOURS)), "who": who}

    def add(connection: Connection) -> None:
        connection.execute(insert(sign_ins).values(kept))
        connection.execute(insert(tries).values(at=at, what=_RIGHT, who=place))

    store.write(add)
    return secret


def signed_in(store: Store, secret: object) -> str:
    """The name of the coordinator whose browser keeps this secret; '' if there is none, or it has ended.

    A process remembers the answer for a few seconds, as every run of every page asks."""
    if not isinstance(secret, str) or not _SECRET.fullmatch(secret) or not form_is_on():
        return ""
    key, at = hashed(secret), time.monotonic()
    with _knows:
        then, who = _known.get(store, {}).get(key, (0.0, ""))
    if who and at - then < _KEPT_S:
        return who
    found = store.read(lambda connection: _sign_in(connection, secret))
    with _knows:
        kept = _known.setdefault(store, {})
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept.pop(key, None)
        if found is not None:
            kept[key] = (at, str(found.who))
    return "" if found is None else str(found.who)


def sign_out(store: Store, secret: object) -> None:
    """End a sign-in; nothing happens where there is none."""
    if not isinstance(secret, str) or not _SECRET.fullmatch(secret):
        return

    def end(connection: Connection) -> None:
        passcode.alone(connection)
        found = _sign_in(connection, secret)
        if found is not None:
            connection.execute(insert(sign_outs).values(sign_in_id=found.id, at=stores.now()))

    store.write(end)
    with _knows:
        _known.get(store, {}).pop(hashed(secret), None)


def forget() -> None:
    """Let this process look up anew who is signed in."""
    with _knows:
        _known.clear()


def _count_try(connection: Connection, place: str) -> None:
    """Count one more try, which no longer counts once the passcode turns out right. TooManyTries beyond the
    limits."""
    passcode.alone(connection)
    old = tries.c.what.in_((_TRIED, _RIGHT)) & (tries.c.at < stores.moment(-timedelta(days=DAYS_KNOWN)))
    connection.execute(delete(tries).where(old))
    known = select(func.count()).where(
        tries.c.what == _RIGHT, tries.c.who == place, tries.c.at > stores.moment(-timedelta(days=DAYS_KNOWN))
    )
    wait = _wait(connection, OF_ONE, MINUTES_OF_ONE, place)
    if not wait and not connection.scalar(known):
        wait = _wait(connection, OF_ALL, MINUTES_OF_ALL)
    if wait:
        raise TooManyTries(wait)
    connection.execute(insert(tries).values(at=stores.now(), what=_TRIED, who=place))


def _wait(connection: Connection, most: int, minutes: int, place: str = "") -> int:
    """Seconds to wait before another try, 0 if none; of one place, or of all together."""
    since = stores.moment(-timedelta(minutes=minutes))
    whose = [tries.c.who == place] if place else []
    asked = select(tries.c.at, tries.c.what, tries.c.who).where(
        tries.c.what.in_((_TRIED, _RIGHT)), tries.c.at > since, *whose
    )
    wrong = _wrong(connection.execute(asked.order_by(tries.c.at, tries.c.seq)).all())
    if len(wrong) < most:
        return 0
    free = datetime.fromisoformat(wrong[-most].at) + timedelta(minutes=minutes)
    return max(1, int((free - datetime.now(UTC)).total_seconds()) + 1)


def _wrong(rows: Sequence[Row]) -> list[Row]:
    """The tries among rows in order of time that did not turn out right."""
    wrong: list[Row] = []
    for row in rows:
        if row.what == _TRIED:
            wrong.append(row)
        elif mine := [one for one in wrong if one.who == row.who]:
            wrong.remove(mine[-1])
    return wrong


def _id(row: Row, secret: str) -> str:
    """Under what a sign-in with the passcode of a row is kept."""
    return hashed(f"{row.seq} {secret}")


def _sign_in(connection: Connection, secret: str) -> Row | None:
    """A sign-in that has not ended, made with the passcode that counts now."""
    row = passcode.newest(connection)
    if row is None:
        return None
    asked = (
        select(sign_ins)
        .outerjoin(sign_outs)
        .where(sign_ins.c.id == _id(row, secret), sign_ins.c.until > stores.now())
        .where(sign_outs.c.sign_in_id.is_(None))
    )
    return connection.execute(asked).first()
