"""The databases in use: one of this installation, and one in memory for rehearsals, which leave no trace."""

import re
import threading
import time
from dataclasses import dataclass, field

from lmi.contributions import convenings
from lmi.contributions.store import MEMORY, Store, Unkept
from lmi.domain.convening import Convening
from lmi.places import here

AGAIN_SECONDS = 10.0  # for so long a database that could not be opened is taken to be away
_ID = re.compile(r"r?[0-9a-f]{32}")
_lock = threading.Lock()  # held for a moment only; opening takes as long as a server takes to answer


@dataclass
class _Way:
    """A database, and how it went when it was tried last."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    store: Store | None = None
    failed: tuple[str, str, str] | None = None  # what was told
    at: float = 0.0


_ways: dict[str, _Way] = {}


def store() -> Store:
    """The database of this installation, opened once. Unkept if it cannot be opened."""
    return _opened(here().database)


def rehearsals() -> Store:
    """The database of rehearsals: in memory of this process, gone with it."""
    return _opened(MEMORY)


def store_of(convening_id: str) -> Store:
    """Where a convening is kept."""
    return rehearsals() if convening_id.startswith("r") else store()


def find(convening_id: str) -> Convening | None:
    """A convening or rehearsal by its id; None if there is none, or the text cannot be an id."""
    if not _ID.fullmatch(convening_id):
        return None
    return convenings.get(store_of(convening_id), convening_id)


def find_code(typed: object) -> Convening | None:
    """A convening or rehearsal by its join code. Limit who may try."""
    return convenings.by_code(store(), typed) or convenings.by_code(rehearsals(), typed)


def _opened(url: str) -> Store:
    """The database at an address. While it is away, one caller tries it now and then, and the others are told
    at once."""
    with _lock:
        way = _ways.setdefault(url, _Way())
    if way.store is not None:
        return way.store
    if way.failed is None:
        way.turn.acquire()
    elif not way.turn.acquire(blocking=False):
        raise Unkept(*way.failed)
    try:
        if way.store is None:
            way.store = _try(way, url)
        return way.store
    finally:
        way.turn.release()


def _try(way: _Way, url: str) -> Store:
    if way.failed is not None and time.monotonic() - way.at < AGAIN_SECONDS:
        raise Unkept(*way.failed)
    try:
        return Store(url)
    except Unkept as error:
        way.failed, way.at = (error.what, error.why, error.next_step), time.monotonic()
        raise
