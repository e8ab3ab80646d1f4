"""Guessing codes: how often one address, and everybody together, may be wrong.

A whole room can share one address, so only wrong guesses count, and whoever is in a room already is never
held up.
"""

import ipaddress
import threading
from datetime import UTC, datetime, timedelta

from lmi.contributions import opened, tries
from lmi.contributions.typed import hashed
from lmi.domain.convening import Convening
from lmi.domain.errors import LmiError

MOST_HERE, MINUTES_HERE = 20, 10  # wrong guesses from one address
MOST_OVERALL, MINUTES_OVERALL = 300, 60  # from everywhere
CODE, SECRET = "code", "secret"
_turn = threading.Lock()  # one guess after the other, so that many at once do not slip through


class TooMany(LmiError):
    """More wrong guesses than are allowed. wait: seconds until the next."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        minutes = max(1, round(wait / 60 + 0.49))
        super().__init__(
            "There were too many wrong tries.",
            "So that nobody guesses their way in, no more are taken for now.",
            f"Try again in {minutes} minute{'s' if minutes > 1 else ''}, or ask the facilitator.",
        )


def convening_of(typed: object, client: str) -> Convening | None:
    """The convening with a code that somebody typed; a wrong one is counted. TooMany above the limit.

    client: the network address that it came from.
    """
    with _turn:
        check(CODE, client)
        found = opened.find_code(typed)
        if found is None:
            failed(CODE, client)
        return found


def check(what: str, client: str) -> None:
    """TooMany if there were too many wrong guesses of a kind, from this address or from everywhere."""
    store = opened.store()
    here = tries.since(store, what, MINUTES_HERE, _place(client))
    if len(here) >= MOST_HERE:
        raise TooMany(_until(here[-MOST_HERE], MINUTES_HERE))
    everywhere = tries.since(store, what, MINUTES_OVERALL)
    if len(everywhere) >= MOST_OVERALL:
        raise TooMany(_until(everywhere[-MOST_OVERALL], MINUTES_OVERALL))


def failed(what: str, client: str) -> None:
    """Count a wrong guess."""
    tries.add(opened.store(), what, _place(client))


def _place(client: str) -> str:
    """What an address is counted by: its hash; of IPv6 the network, since one line has many addresses."""
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return hashed(client)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return hashed(str(ipaddress.ip_network((address, 64), strict=False)))
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return hashed(str(mapped or address))


def _until(first: str, minutes: int) -> int:
    """Seconds until a guess is so old that it counts no more."""
    over = datetime.fromisoformat(first) + timedelta(minutes=minutes)
    return max(1, round((over - datetime.now(UTC)).total_seconds()))
