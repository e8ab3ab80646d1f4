"""Findings of the pictures of hiring events and postings, in words that claim no more than is logged."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from lmi.domain.industries import NOT_GIVEN_TITLE
from lmi.presentation.captions import counted
from lmi.presentation.event_style import month_of
from lmi.presentation.formats import format_count, format_pct, number

_FLAT = 0.5  # percent: a smaller change reads as none
_KINDS = {"layoff": "lay-offs", "closure": "closures", "relocation_out": "relocations away",
          "contraction": "contractions"}  # fmt: skip


@dataclass(frozen=True)
class _Side:
    """Gains or losses of a log: jobs of the events with a count, and how many events there are."""

    jobs: int
    events: int
    uncounted: int

    def words(self, verb: str, noun: str) -> str:
        """'at least 1,240 jobs lost'; noun: 'job' or, where it was said before, ''."""
        if not self.jobs:
            return f"{counted(self.uncounted, 'event')} without a count of jobs"
        amount = counted(self.jobs, noun) if noun else format_count(self.jobs)
        return f"{'at least ' if self.uncounted else ''}{amount} {verb}"


def timeline_finding(rows: pd.DataFrame, place: str = "", since: str | date = "") -> str:
    """Whether gains or losses outweigh in the log, with both sums: 'Lay-offs outweigh hiring since …'.

    rows: event_type, sign, jobs, status; cancelled events are left out. place: as it follows 'in'; since:
    ISO day; both may be left out. A side 'outweighs' only if events without a count on the other side
    cannot turn it; rumors are named where they are in.
    """
    kept = rows[rows["status"].astype(str) != "cancelled"]
    start = _in(place) + (f" since {_month(since)}" if since else "")
    gains, losses = _side(kept, 1), _side(kept, -1)
    rumored = bool((kept["status"].astype(str) == "rumored").any())
    tail = ", rumors included" if rumored else ""
    if not gains.events and not losses.events:
        return f"No hiring events are logged{start}"
    if not gains.jobs and not losses.jobs:
        return f"{counted(len(kept), 'hiring event')} logged{start}, none with a count of jobs"
    if not losses.events:
        return f"Hiring events logged{start}: {gains.words('added', 'job')}, no losses{tail}"
    if not gains.events:
        return f"Hiring events logged{start}: {losses.words('lost', 'job')}, no gains{tail}"
    return _compared(gains, losses, start, _loss_words(kept)) + tail


def _compared(gains: _Side, losses: _Side, start: str, name: str) -> str:
    first, second = (losses, gains) if losses.jobs >= gains.jobs else (gains, losses)
    verbs = ("lost", "added") if first is losses else ("added", "lost")
    said = f"{first.words(verbs[0], 'job')}, {second.words(verbs[1], '')}"
    if first.jobs == second.jobs or second.uncounted:
        return f"Hiring events logged{start}: {said}"
    who = f"{name} outweigh hiring" if first is losses else f"Hiring outweighs {name[0].lower()}{name[1:]}"
    return f"{who}{start}: {said}"


def _loss_words(kept: pd.DataFrame) -> str:
    """'Lay-offs' where all losses are of that kind, else 'Losses'."""
    kinds = set(kept.loc[kept["sign"] < 0, "event_type"].astype(str))
    words = _KINDS.get(next(iter(kinds)), "losses") if len(kinds) == 1 else "losses"
    return words[0].upper() + words[1:]


def _side(rows: pd.DataFrame, sign: int) -> _Side:
    part = rows[rows["sign"] == sign]
    return _Side(int(part["jobs"].fillna(0).sum()), len(part), int(part["jobs"].isna().sum()))


def _month(value: object) -> str:
    return pd.Timestamp(month_of(value)).strftime("%B %Y")


def _in(place: str) -> str:
    return f" in {place}" if place else ""


def months_finding(months: pd.DataFrame, place: str = "") -> str:
    """The months with most jobs lost and gained. months: month, gains, losses and, if there, uncounted."""
    parts: list[str] = []
    for verb, column in (("lost", "losses"), ("gained", "gains")):
        known = [r for r in months.to_dict("records") if number(r[column])]
        if known:
            top = max(known, key=lambda r: (number(r[column]), month_of(r["month"])))
            least = "at least " if number(top.get("uncounted")) else ""
            where = "" if parts else _in(place)
            amount = f"{least}{format_count(top[column])}"
            parts.append(f"most jobs {verb}{where} in {_month(top['month'])}: {amount}")
    if not parts:
        return f"No month has a count of jobs{_in(place)}"
    said = "; ".join(parts)
    return said[0].upper() + said[1:]


def industries_finding(sectors: pd.DataFrame, place: str = "") -> str:
    """The industries with the largest net gain and loss. sectors: title, net; uncounted, if there."""
    known = sectors[sectors["title"].astype(str) != NOT_GIVEN_TITLE]
    found = _extremes_of(known, "title", place)
    if found:
        return found
    if known.empty:
        return f"No event{_in(place)} tells its industry"
    return f"No industry{_in(place)} gains or loses jobs on balance"


def map_finding(places: pd.DataFrame, place: str = "") -> str:
    """The counties with the largest net gain and loss. places: name, gains, losses; uncounted, if there."""
    net = places["gains"].fillna(0) - places["losses"].fillna(0)
    found = _extremes_of(places.assign(net=net), "name", "")
    if found:
        return found
    if places.empty:
        return f"No event{_in(place)} tells its county"
    return f"No county{_in(place)} gains or loses jobs on balance"


def _extremes_of(rows: pd.DataFrame, name: str, place: str) -> str:
    """'Manufacturing gains most: 2,160 jobs; Information loses most: 640', counting what has a count."""
    parts, kept = [], rows.to_dict("records")
    for verb, sign in (("gains", 1), ("loses", -1)):
        side = [r for r in kept if (number(r["net"]) or 0) * sign > 0]
        if side:
            top = max(side, key=lambda r: (abs(float(r["net"])), str(r[name])))
            amount = round(abs(float(top["net"])))
            most = " most" if len(side) > 1 else ""
            parts.append((amount, f"{top[name]} {verb}{most}", bool(number(top.get("uncounted")))))
    parts.sort(key=lambda part: -part[0])
    said: list[str] = []
    for amount, words, open_ in parts:
        told = format_count(amount) if said else counted(amount, "job")
        said.append(f"{words}{'' if said else _in(place)}: {told}{' counted' if open_ else ''}")
    return "; ".join(said) + (" (net)" if said else "")


def moves_finding(rows: pd.DataFrame, place: str = "") -> str:
    """The occupation whose openings the events move most.

    rows: title, openings_per_year, with_events (a year).
    """
    known = rows[rows["openings_per_year"].notna() & rows["with_events"].notna()]
    change = (known["with_events"].astype(float) - known["openings_per_year"].astype(float)).round(1)
    moved = known.assign(_size=change.abs(), _change=change)
    moved = moved[moved["_size"] > 0].sort_values(["_size", "title"], ascending=[False, True])
    if moved.empty:
        return f"Hiring events{_in(place)} move no occupation's openings"
    top = moved.iloc[0]
    before, after = (format_count(top[c]) for c in ("openings_per_year", "with_events"))
    said = f"{before} openings a year without them, {after} with them"
    return f"Hiring events{_in(place)} move {top['title']} most: {said}"


def ranks_finding(rows: pd.DataFrame, place: str = "") -> str:
    """How many occupations events lift and lower. rows: title, rank_before, rank_after (1 = highest)."""
    known = rows[rows["rank_before"].notna() & rows["rank_after"].notna()]
    rise = known["rank_before"].astype(float) - known["rank_after"].astype(float)
    up, down = int((rise > 0).sum()), int((rise < 0).sum())
    if not up and not down:
        return f"Hiring events{_in(place)} leave the ranking as it is"
    parts = [f"{counted(up, 'occupation')} {_verb(up)} higher" if up else "",
             f"{down if up else counted(down, 'occupation')} {'' if up else _verb(down) + ' '}lower"
             if down else ""]  # fmt: skip
    moved = known.assign(_size=rise.abs(), _rise=rise)
    top = moved.sort_values(["_size", "title"], ascending=[False, True]).iloc[0]
    way = "rise" if top["_rise"] > 0 else "fall"
    told = f"{top['title']} {way} most, from {top['rank_before']:.0f} to {top['rank_after']:.0f}"
    return f"With hiring events{_in(place)} {' and '.join(p for p in parts if p)}; {told}"


def _verb(n: int) -> str:
    return "ranks" if n == 1 else "rank"


def postings_finding(
    name: str, value: float, change_12m: float | None, *, ended: str | date | None = None
) -> str:
    """How postings stand against February 2020 and a year ago. name: the place, as it follows 'in'.

    value: the index, 1 February 2020 = 100. change_12m: percent, None where not known. ended: the last
    day of a series that is no longer published, which is told in the past tense.
    """
    level = value - 100
    if abs(level) < _FLAT:
        where = "level with February 2020"
    else:
        where = f"{format_pct(abs(level), decimals=0)} {'above' if level > 0 else 'below'} February 2020"
    if ended is not None:
        return f"Postings on Indeed in {name} were {where} when the series ended, in {_month(ended)}"
    over = "" if change_12m is None else f", and {change_words(change_12m)} over the year"
    return f"Postings on Indeed in {name} are {where}{over}"


def change_words(change: float) -> str:
    """'up 14%', 'down 3%', 'unchanged' of a change in percent."""
    if abs(change) < _FLAT:
        return "unchanged"
    return f"{'up' if change > 0 else 'down'} {format_pct(abs(change), decimals=0)}"
