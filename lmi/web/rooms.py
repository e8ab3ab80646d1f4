"""The rooms that phones ask about: read once per change and shared by all who look.

A hundred phones ask about seventy times a second; the database is asked at most once per FRESH.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from lmi.analysis.room import Room
from lmi.answers.held import Held
from lmi.contributions import convenings, opened
from lmi.contributions.store import Store
from lmi.contributions.typed import hashed
from lmi.domain.convening import Convening, Participant

MOST_ROOMS, MOST_PEOPLE = 8, 2_000
FRESH = 0.2  # seconds for which a room is taken to be as it was, unless a phone said something
KNOWN = 5.0  # seconds for which a convening is taken to be there
Stamp = tuple[int, int, int]


@dataclass
class _Kept:
    stamp: Stamp | None = None
    room: Room | None = None
    looked: float = float("-inf")
    turn: threading.Lock = field(default_factory=threading.Lock)


_lock = threading.Lock()
_rooms: OrderedDict[tuple[int, str], _Kept] = OrderedDict()
_people: Held[str] = Held(MOST_PEOPLE)
_there: dict[str, tuple[float, Store, Convening]] = {}


class _NobodyError(Exception):
    """No participant has this secret; not kept."""


def find(convening_id: str) -> tuple[Store, Convening] | None:
    """A convening or rehearsal by its id, and where it is kept; None if there is none."""
    known = _there.get(convening_id)
    if known and time.monotonic() - known[0] < KNOWN:
        return known[1], known[2]
    found, store = opened.find(convening_id), opened.store_of(convening_id)
    with _lock:
        if len(_there) >= MOST_ROOMS:
            _there.clear()
        if found is not None:
            _there[convening_id] = (time.monotonic(), store, found)
    return None if found is None else (store, found)


def room(store: Store, convening: Convening, *, fresh: bool = False) -> Room:
    """The convening as it stands, or stood FRESH ago. Only what is new is read.

    fresh: look now; for those who say something.
    """
    kept = _kept(store, convening.id)
    with kept.turn:
        moment = time.monotonic()
        if kept.room is not None and not fresh and moment - kept.looked < FRESH:
            return kept.room
        stamp = convenings.stamp(store, convening.id)
        if kept.room is None or stamp != kept.stamp:
            kept.room = _read(store, convening, stamp, kept)
            kept.stamp = stamp
        kept.looked = moment
        return kept.room


def changed(store: Store, convening_id: str) -> None:
    """A phone has said something: whoever looks next sees it."""
    _kept(store, convening_id).looked = float("-inf")


def who_has(store: Store, convening_id: str, secret: str) -> str:
    """The id of the participant whose phone keeps a secret; '' for any other text."""

    def find() -> str:
        found: Participant | None = convenings.who_has(store, convening_id, secret)
        if found is None:
            raise _NobodyError
        return found.id

    try:
        return _people.get((id(store), convening_id, hashed(secret)), find)
    except _NobodyError:
        return ""


def forget(store: Store, convening_id: str) -> None:
    """Read a convening anew when somebody asks next."""
    with _lock:
        _rooms.pop((id(store), convening_id), None)


def _kept(store: Store, convening_id: str) -> _Kept:
    with _lock:
        kept = _rooms.setdefault((id(store), convening_id), _Kept())
        _rooms.move_to_end((id(store), convening_id))
        while len(_rooms) > MOST_ROOMS:
            _rooms.popitem(last=False)
        return kept


def _read(store: Store, convening: Convening, stamp: Stamp, kept: _Kept) -> Room:
    before = kept.room
    if before is None or kept.stamp is None or stamp[0] < kept.stamp[0] or before.convening != convening:
        people = tuple(convenings.people(store, convening.id))
        return Room(convening, people, tuple(convenings.said(store, convening.id)))
    same_people = stamp[2] == kept.stamp[2]
    people = before.joined if same_people else tuple(convenings.people(store, convening.id))
    last = before.entries[-1].seq if before.entries else 0
    return Room(convening, people, (*before.entries, *convenings.said(store, convening.id, last)))
