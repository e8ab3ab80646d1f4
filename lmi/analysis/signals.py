"""How a real-time series stands: its level, its change over 3 and 12 months, and that in a word."""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

ChangeUnit = Literal["%", "points"]
RISING, FALLING, STEADY = "rising", "falling", "little changed"
OLD_DAYS = 120
_Known = tuple[NDArray[np.datetime64], NDArray[np.float64]]  # days and values, in order
_LATEST_DAYS = 7  # a day without a value takes the last one of the week that ends with it


@dataclass(frozen=True)
class Level:
    """The last published value of a series and its changes. date: the day, or the last day of the month.
    change_3m, change_12m: in the unit of the change; None where nothing was published that long before."""

    date: pd.Timestamp
    value: float
    change_3m: float | None
    change_12m: float | None


@dataclass(frozen=True)
class Move:
    """From one published value to a later one; change in percent or in points."""

    before_date: pd.Timestamp
    before: float
    date: pd.Timestamp
    value: float
    change: float


class Told(Protocol):
    """What a signal tells of its series: date (datetime) and value, and the unit of its changes."""

    @property
    def series(self) -> pd.DataFrame:
        """date, value."""

    @property
    def change_unit(self) -> ChangeUnit:
        """'%' or 'points'."""


def level(series: pd.DataFrame, unit: ChangeUnit, *, monthly: bool) -> Level | None:
    """The last value and its changes; None for a series without a value.

    series: date (datetime, one row a day or, monthly, the last day of each month) and value (may be
    missing); any order, not modified. The change over 3 months holds the last value against that of the
    same day of the month 3 months before (that month's last day, if it is shorter; if the day has no
    value, the last one within the week up to it). Of monthly series it is the same against the month 3
    months before, which must have a value. unit: '%' = percent of the earlier value, 'points' =
    difference. Postings indices are means of seven days as published; nothing is smoothed here.
    """
    days, values = known = _known(series)
    if not len(days):
        return None
    now = float(values[-1])
    changes = [_change(_before(known, months, monthly), now, unit) for months in (3, 12)]
    return Level(pd.Timestamp(days[-1]), now, *changes)


def moved(series: pd.DataFrame, since: pd.Timestamp, unit: ChangeUnit) -> Move | None:
    """From the last value up to a day to the last value of all; None if there is none before, or none
    after. series: as in level."""
    days, values = _known(series)
    first = int(np.searchsorted(days, np.datetime64(since, "D"), "right")) - 1
    if first < 0 or first == len(days) - 1:
        return None
    change = _change(float(values[first]), float(values[-1]), unit)
    if change is None:
        return None
    return Move(
        pd.Timestamp(days[first]), float(values[first]), pd.Timestamp(days[-1]), float(values[-1]), change
    )


def changed_since(signal: Told, date: str | pd.Timestamp) -> float | None:
    """The change from the signal's last value up to a day (YYYY-MM-DD) to its newest one, in its own unit;
    None if it has no newer one, or none before."""
    move = moved(signal.series, pd.Timestamp(date), signal.change_unit)
    return None if move is None else move.change


def trend(change: float | None, steady: float) -> str:
    """A change in a word: rising, falling, or little changed if it is no larger than `steady`; '' if it is
    not known."""
    if change is None:
        return ""
    if abs(change) <= steady:
        return STEADY
    return RISING if change > 0 else FALLING


def is_old(date: pd.Timestamp, as_of: pd.Timestamp) -> bool:
    """Whether a figure describes a day or month that ended more than 120 days before the day of the look."""
    return bool((as_of - date).days > OLD_DAYS)


def _known(series: pd.DataFrame) -> _Known:
    """Published values by day, in order."""
    values = series["value"].to_numpy(dtype=float, na_value=np.nan)
    days = series["date"].to_numpy(dtype="datetime64[D]")
    told = ~np.isnan(values)
    order = np.argsort(days[told], kind="stable")
    return days[told][order], values[told][order]


def _before(known: _Known, months: int, monthly: bool) -> float | None:
    """The value so many months before the last one."""
    days, values = known
    month = days[-1].astype("datetime64[M]") - months
    if monthly:
        each = days.astype("datetime64[M]")
        at = int(np.searchsorted(each, month, "right")) - 1
        return float(values[at]) if at >= 0 and each[at] == month else None
    first = month.astype("datetime64[D]")
    length = (month + 1).astype("datetime64[D]") - first
    day = first + min(days[-1] - days[-1].astype("datetime64[M]"), length - 1)
    at = int(np.searchsorted(days, day, "right")) - 1
    return float(values[at]) if at >= 0 and day - days[at] < np.timedelta64(_LATEST_DAYS, "D") else None


def _change(before: float | None, now: float, unit: ChangeUnit) -> float | None:
    if before is None:
        return None
    if unit == "points":
        return now - before
    return 100 * (now / before - 1) if before > 0 else None
