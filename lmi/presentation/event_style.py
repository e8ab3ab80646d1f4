"""How hiring events look everywhere: colours of gains and losses, counts with their sign, words on hover."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import pandas as pd

from lmi.domain.events import EVENT_TYPES, STATUSES
from lmi.presentation.captions import counted
from lmi.presentation.dates import month_words
from lmi.presentation.formats import format_count, number
from lmi.presentation.frame import hover
from lmi.presentation.theme import CATEGORICAL, CONTEXT, Palette

Look = Literal["solid", "hollow", "struck"]
NO_COUNT = "number of jobs not told"
_APART = 120  # two colours closer than this in RGB could be taken for one another


def gain_colour(palette: Palette) -> str:
    """Of jobs gained."""
    return palette.accent


def loss_colour(palette: Palette) -> str:
    """Of jobs lost: orange, or blue where the organisation's own accent is close to orange."""
    orange, blue = CATEGORICAL[1], CATEGORICAL[0]
    own, other = (bytes.fromhex(c[1:]) for c in (palette.accent, orange))
    distance = sum((a - b) ** 2 for a, b in zip(own, other, strict=True)) ** 0.5
    return orange if distance > _APART else blue


def look_of(status: object) -> Look:
    """Hollow while it is a rumor, struck out when cancelled, else solid."""
    return "hollow" if status == "rumored" else "struck" if status == "cancelled" else "solid"


def colour_of(sign: int, look: Look, palette: Palette) -> str:
    """Of a mark: that of gains or losses; what was cancelled is grey."""
    if look == "struck":
        return CONTEXT
    return gain_colour(palette) if sign > 0 else loss_colour(palette)


def signed_jobs(jobs: object) -> str:
    """Jobs with their sign: '+2,000', '−110', '0'; 'not published' where missing."""
    n, text = number(jobs), format_count(jobs)
    return f"+{text}" if n is not None and n > 0 and text != "0" else text


def jobs_words(jobs: object) -> str:
    """'1 job', '2,000 jobs', or that the number is not told."""
    n = number(jobs)
    return NO_COUNT if n is None else counted(round(n), "job")


def sum_words(jobs: object, uncounted: object = 0) -> str:
    """Jobs of one side: 'none', '40 jobs', 'at least 40 jobs', or that no event of the side tells a count.

    jobs: missing = not told; uncounted: how many events of the side tell no count.
    """
    least = "at least " if number(jobs) and number(uncounted) else ""
    return "none" if number(jobs) == 0 else f"{least}{jobs_words(jobs)}"


def uncounted_sides(row: Mapping[str, object]) -> tuple[float, float]:
    """How many events without a count the sums of a row leave out of gains and of losses; 0 if not given."""
    gains, losses = (number(row.get(f"{side}_uncounted")) or 0.0 for side in ("gains", "losses"))
    return gains, losses


def told(value: object) -> str:
    """A text cell, '' where nothing is given."""
    return "" if value is None or pd.isna(value) else str(value).strip()  # type: ignore[call-overload]


def day_words(day: object) -> str:
    """'9 Jul 2025' of a date or timestamp, '' where missing."""
    if day is None or pd.isna(day):  # type: ignore[call-overload]
        return ""
    at = pd.Timestamp(day).date()  # type: ignore[arg-type]
    return f"{at.day} {month_words(at)}"


def month_of(value: object) -> date:
    """The first day of the month of a date, a timestamp or ISO text such as '2025-07'."""
    at = pd.Timestamp(value)  # type: ignore[arg-type]
    return date(at.year, at.month, 1)


def event_hover(row: Mapping[str, object]) -> str:
    """All that matters of one event, escaped: who, what, when, where, how sure, who says so."""
    kind = EVENT_TYPES.get(told(row["event_type"]), told(row["event_type"]))
    status = STATUSES.get(told(row["status"]), told(row["status"]))
    starts = day_words(row.get("effective"))
    where = ", ".join(t for t in (told(row.get("city")), told(row.get("county"))) if t)
    return hover(
        told(row["employer"]), f"{kind}: {jobs_words(row['jobs'])}",
        f"Announced {day_words(row['announced'])}" + (f", takes effect {starts}" if starts else ""),
        where, f"Status: {status.lower()}", f"Source: {told(row.get('source_name'))}",
    )  # fmt: skip
