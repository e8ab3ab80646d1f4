"""The timer of a step: how long it has run, without its pauses, against the minutes that it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lmi.analysis.room_state import state_of
from lmi.domain.convening import Entry


@dataclass(frozen=True)
class Clock:
    """A step's time. seconds: run so far, None before it began. minutes: what the guide gives it."""

    seconds: float | None
    minutes: int
    paused: bool = False

    @property
    def over(self) -> bool:
        """Whether more than its minutes have gone."""
        return self.seconds is not None and self.seconds > 60 * self.minutes

    @property
    def words(self) -> str:
        """'7:32 of 10:00'; '10:00' before it began."""
        whole = f"{self.minutes}:00"
        return whole if self.seconds is None else f"{_minutes(self.seconds)} of {whole}"

    @property
    def left(self) -> str:
        """What is left, or by how much it is over, in words."""
        if self.seconds is None:
            return "not begun"
        rest = 60 * self.minutes - self.seconds
        told = f"{_minutes(rest)} left" if rest >= 0 else f"{_minutes(-rest)} over"
        return f"paused, {told}" if self.paused else told


def clock(entries: Sequence[Entry], minutes: int, now: str) -> Clock:
    """The timer of the step that is on. entries: of the convening, in order. now: UTC, ISO 8601; after the
    convening has ended, time stands still."""
    begun: datetime | None = None
    run, since = 0.0, None
    for entry in entries:
        at = _time(entry.at)
        if entry.kind == "step":
            begun, run, since = at, 0.0, at
        elif begun is not None and entry.kind in ("pause", "end") and since is not None:
            run, since = run + (at - since).total_seconds(), None
        elif begun is not None and entry.kind in ("resume", "reopen") and since is None:
            since = at
    if begun is None:
        return Clock(None, minutes)
    if since is not None:
        run += (_time(now) - since).total_seconds()
    return Clock(max(run, 0.0), minutes, paused=state_of(entries).paused)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _minutes(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02}"
