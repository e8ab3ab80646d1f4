"""Dates as publishers give them: a day, a month or a year, in numbers and in words."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class When:
    """A day, a month or a year, as published: its first and its last day."""

    first: date
    last: date

    def words(self, *, exact: bool = False) -> str:
        """'2026' or 'May 2026'; exact: with the day where it is known."""
        if self.last - self.first > timedelta(days=31):
            return str(self.first.year)
        day = f"{self.first.day} " if exact and self.first == self.last else ""
        return day + month_words(self.first)


def month_words(day: date) -> str:
    """'May 2026'."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def when_of(value: object) -> When | None:
    """The day, month or year written as ISO; None for anything else."""
    text = value if isinstance(value, str) else ""
    if not re.fullmatch(r"(19|20)\d\d(-\d\d){0,2}", text.strip(), re.ASCII):
        return None
    parts = [int(p) for p in text.split("-")]
    try:
        first = date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    month = first.month if len(parts) > 1 else 12
    day = first.day if len(parts) > 2 else monthrange(first.year, month)[1]
    return When(first, date(first.year, month, day))
