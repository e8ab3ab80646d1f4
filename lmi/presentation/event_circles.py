"""Hiring events as circles that rest on the line of time: read, put together where many, packed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import pandas as pd

from lmi.presentation.captions import counted
from lmi.presentation.dates import month_words
from lmi.presentation.event_style import Look, event_hover, jobs_words, look_of, signed_jobs, told
from lmi.presentation.frame import hover

_MONTHS, _QUARTERS = 48, 144  # a time longer than this puts small events together by quarter, by year
_GAP = 1.0  # between circles, in pixels at desk size


@dataclass(frozen=True)
class Circle:
    """One event, or several small ones of one time. day: as ordinal; y: pixels from the line of time.

    jobs None: not told. together: how many events it stands for; more than one has no key.
    """

    key: str
    day: float
    sign: int
    look: Look
    jobs: float | None
    name: str
    hover: str
    together: int = 1
    radius: float = 0.0
    y: float = 0.0

    @property
    def label(self) -> str:
        """Employer and jobs."""
        return f"{self.name} {signed_jobs(self.sign * (self.jobs or 0))}"


def dated(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """The dated rows with day (ordinal of the column `by`), look and count, those with most jobs first."""
    days = pd.to_datetime(rows[by])
    given = rows.assign(
        day=[float("nan") if pd.isna(d) else float(d.toordinal()) for d in days],
        look=[look_of(told(s)) for s in rows["status"]],
        count=pd.to_numeric(rows["jobs"]).astype("float64"),
    )
    given = given[given["day"].notna()]
    return given.sort_values(
        ["count", "day", "event_id"], ascending=[False, True, True], na_position="last", kind="stable"
    )


def circles_of(given: pd.DataFrame, most: int) -> list[Circle]:
    """The `most` largest events one by one; the smaller put together by time, direction and look.

    given: as `dated` makes it, with a count in every row.
    """
    single = [_single(row) for row in given.head(most).to_dict("records")]
    rest = given.iloc[most:]
    return single if rest.empty else [*single, *_together(rest, _step(given), "smaller event")]


def marks_of(given: pd.DataFrame, most: int) -> list[Circle]:
    """Events without a count: one by one, or together where there are more than `most`."""
    if len(given) <= most:
        return [_single(row) for row in given.to_dict("records")]
    return _together(given, _step(given), "event")


def _single(row: dict) -> Circle:
    jobs = None if pd.isna(row["count"]) else float(row["count"])
    name = told(row["employer"])
    return Circle(
        str(row["event_id"]), row["day"], int(row["sign"]), row["look"], jobs, name, event_hover(row)
    )


def _step(given: pd.DataFrame) -> str:
    """How long a time small events share: a month, a quarter or a year."""
    months = (given["day"].max() - given["day"].min()) / 30.4
    return "M" if months <= _MONTHS else "Q" if months <= _QUARTERS else "Y"


def _together(rest: pd.DataFrame, step: str, noun: str) -> list[Circle]:
    days = pd.to_datetime([pd.Timestamp.fromordinal(int(d)) for d in rest["day"]])
    grouped = rest.assign(time=days.to_period(step)).groupby(["time", "sign", "look"], sort=True)
    found = []
    for (time, sign, look), part in grouped:
        jobs = None if part["count"].isna().all() else float(part["count"].sum())
        start, end = time.start_time, time.end_time
        middle = (start.toordinal() + end.toordinal()) / 2
        words = str(start.year) if step == "Y" else month_words(start)
        words += f"–{month_words(end)}" if step == "Q" else ""
        kind = "gain" if sign > 0 else "loss"
        told_as = hover(f"{counted(len(part), noun)} together, {words}",
                        f"{jobs_words(jobs)}, {kind}")  # fmt: skip
        found.append(Circle("", middle, int(sign), look, jobs, "", told_as, len(part)))
    return found


@dataclass(frozen=True)
class Stack:
    """Circles in their places. up, down: pixels that the gains and the losses reach from the line."""

    circles: list[Circle]
    up: float
    down: float
    enlarged: bool = False


def pack(circles: Sequence[Circle], scale: float, largest: float, least: float, start: float) -> Stack:
    """Every circle as near to the line as the larger ones leave room; none over another.

    scale: pixels a day on the narrowest picture. largest: radius of the most jobs in pixels; least: of
    the smallest drawn. start: pixels between the line and the circles.
    """
    most = max((c.jobs or 0 for c in circles), default=0) or 1
    factor, done = largest / sqrt(most), dict[int, list[Circle]]({1: [], -1: []})
    for circle in sorted(circles, key=lambda c: (-(c.jobs or 0), c.day, c.key)):
        radius = max(factor * sqrt(circle.jobs or 0), least)
        side = done[circle.sign]
        height = _lowest(circle.day * scale, radius, side, scale, start)
        side.append(replace(circle, radius=radius, y=circle.sign * height))
    up, down = (max((abs(c.y) + c.radius for c in done[s]), default=0.0) for s in (1, -1))
    enlarged = any(factor * sqrt(c.jobs or 0) < least for c in circles)
    return Stack([*done[1], *done[-1]], up, down, enlarged)


def _lowest(x: float, radius: float, side: Sequence[Circle], scale: float, start: float) -> float:
    """The smallest height at which the circle is free of the others."""
    blocked = []
    for other in side:
        reach, across = radius + other.radius + _GAP, abs(other.day * scale - x)
        if across < reach:
            up = sqrt(reach * reach - across * across)
            blocked.append((abs(other.y) - up, abs(other.y) + up))
    height = radius + start
    for low, high in sorted(blocked):
        if low >= height:
            break
        height = max(height, high)
    return height
