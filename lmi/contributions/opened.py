"""The databases in use: one of this installation, and one in memory for rehearsals, which leave no trace."""

import threading

from lmi.contributions import convenings
from lmi.contributions.store import MEMORY, Store
from lmi.domain.convening import Convening
from lmi.places import here

_lock = threading.Lock()
_open: dict[str, Store] = {}


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
    """A convening or rehearsal by its id."""
    return convenings.get(store_of(convening_id), convening_id)


def find_code(typed: object) -> Convening | None:
    """A convening or rehearsal by its join code. Limit who may try."""
    return convenings.by_code(store(), typed) or convenings.by_code(rehearsals(), typed)


def _opened(url: str) -> Store:
    with _lock:
        if url not in _open:
            _open[url] = Store(url)
        return _open[url]
