"""Axes of a scatter chart: linear, or logarithmic where a few large values would press the rest flat."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Scale:
    """An axis. low and high are its ends as drawn: log10 of the value where log is True."""

    low: float
    high: float
    log: bool

    def drawn(self, value: float) -> float:
        """The value in the units of the axis, as annotations need it."""
        return log10(value) if self.log else value

    def unit(self, value: float) -> float:
        """The place of the value along the axis, 0 to 1."""
        return (self.drawn(value) - self.low) / (self.high - self.low)

    @property
    def end(self) -> float:
        """The value at the upper end."""
        return float(10**self.high) if self.log else self.high

    def holds(self, value: float) -> bool:
        """Whether the value lies on the axis."""
        return (value > 0 or not self.log) and 0 <= self.unit(value) <= 1

    def ticks(self) -> list[float]:
        """Round values on a logarithmic axis: powers of ten, with 2 and 5 between if there are few."""
        tens = [float(10**n) for n in range(7) if self.holds(float(10**n))]
        if len(tens) >= 3:
            return tens
        return [v for n in range(7) for s in _STEPS if self.holds(v := float(s * 10**n))]


def scale_over(values: Iterable[float], *, log_from: float, zero: bool) -> Scale:
    """An axis that holds all values with a little room; zero: a linear axis starts at zero.

    Logarithmic if the largest is more than log_from times the smallest above zero.
    """
    known = sorted(values)
    positive = [v for v in known if v > 0]
    log = bool(positive) and positive[-1] / positive[0] > log_from
    if log:
        low, high = log10(positive[0]), log10(positive[-1])
    else:
        low, high = (known[0], known[-1]) if known else (0.0, 1.0)
        low = min(low, 0.0) if zero else low
    room = 0.05 * (high - low) or 1
    at_zero = zero and not log and low == 0
    return Scale(low if at_zero else low - room, high + room, log)


def round_under(value: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not above the value; 1 at least."""
    ten = 10.0 ** floor(log10(max(value, 1)))
    return max(step * ten for step in _STEPS if step * ten <= max(value, 1))
