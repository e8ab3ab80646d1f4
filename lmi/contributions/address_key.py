"""Marks: what an address or a browser is counted by, so that nobody can tell from a mark whose it is.

The key to them is a random one that stands in the database, so all processes that share it make the same
marks, and marks of one database tell nothing about those of another."""

import hashlib
import hmac
import secrets
import threading
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, insert, select

from lmi.contributions import store as stores
from lmi.contributions.store import Store
from lmi.contributions.tables import keys

_NAME = "marks"
_known: WeakKeyDictionary[Store, bytes] = WeakKeyDictionary()
_knows = threading.Lock()


def mark(store: Store, text: str) -> str:
    """The mark of a text: HMAC-SHA256 with the key of the database, in hex.

    The first call in a process reads the key, or makes it; so do not call it within a change."""
    key = _key(store)
    return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _key(store: Store) -> bytes:
    with _knows:
        known = _known.get(store)
    if known is None:
        known = bytes.fromhex(store.read(_kept) or store.write(_kept_or_made))
        with _knows:
            _known[store] = known
    return known


def _kept(connection: Connection) -> str:
    return str(connection.scalar(select(keys.c.value).where(keys.c.name == _NAME)) or "")


def _kept_or_made(connection: Connection) -> str:
    """The key; where two processes make one at the same moment, the second is made to look again."""
    if found := _kept(connection):
        return found
    made = secrets.token_hex(32)
    connection.execute(insert(keys).values(name=_NAME, at=stores.now(), value=made))
    return made
