"""Guessing codes: how often one address, and everybody together, may be wrong.

A whole room can share one address, so only wrong guesses count; and a code passes, whatever others there have
tried, at an address that had it right before. Whoever is in a room already is never held up. Above the limits
nobody can tell from an answer whether a code is right that their address has not had.
"""

import threading
from datetime import UTC, datetime, timedelta

from lmi.contributions import known, opened, tries
from lmi.domain.convening import Convening
from lmi.domain.errors import LmiError

MOST_HERE, MINUTES_HERE = 200, 10  # wrong guesses from one address
MOST_OVERALL, MINUTES_OVERALL = 5_000, 60  # from everywhere
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
        found = opened.find_code(typed)
        if not known.is_known(found, client):
            check(CODE, client)
        if found is None:
            failed(CODE, client)
        else:
            known.make_known(found, client)
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
    """What an address is counted by."""
    return known.place(client)


def _until(first: str, minutes: int) -> int:
    """Seconds until a guess is so old that it counts no more."""
    over = datetime.fromisoformat(first) + timedelta(minutes=minutes)
    return max(1, round((over - datetime.now(UTC)).total_seconds()))
