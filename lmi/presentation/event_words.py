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

    def amount(self, noun: str = "job") -> str:
        """'at least 1,240 jobs'; noun: 'job' or, where it was said before, ''."""
        told = counted(self.jobs, noun) if noun else format_count(self.jobs)
        return f"{'at least ' if self.uncounted else ''}{told}"

    def words(self, kind: str, noun: str = "job") -> str:
        """'losses of 1,240 jobs', or that none of them tells a count."""
        if self.jobs:
            return f"{kind} of {self.amount(noun)}"
        return f"{kind} without a count ({counted(self.uncounted, 'event')})"


def timeline_finding(
    rows: pd.DataFrame, place: str = "", since: str | date = "", chosen: str = "on record"
) -> str:
    """Whether announced gains or losses outweigh: 'Lay-offs announced since … outweigh hiring: …'.

    rows: event_type, sign, jobs, status; cancelled events are left out. place: as it follows 'in'; since:
    ISO day; both may be left out. chosen: which events these are, as it follows 'hiring events'. A side
    'outweighs' only if events without a count on the other side cannot turn it; rumors are named where they
    are in.
    """
    kept = rows[rows["status"].astype(str) != "cancelled"]
    start = _in(place) + (f" since {_month(since)}" if since else "")
    gains, losses = _side(kept, 1), _side(kept, -1)
    rumored = bool((kept["status"].astype(str) == "rumored").any())
    tail = ", rumors included" if rumored else ""
    if rows.empty:
        return f"No hiring event is on record{start}"
    if kept.empty:
        return _cancelled(len(rows), f"{chosen}{start}")
    if not gains.jobs and not losses.jobs:
        return f"{counted(len(kept), 'hiring event')} {chosen}{start}, none with a count of jobs"
    if not losses.events:
        return f"Announced{start}: {gains.words('gains')}, no losses{tail}"
    if not gains.events:
        return f"Announced{start}: {losses.words('losses')}, no gains{tail}"
    return _compared(gains, losses, start, _loss_words(kept)) + tail


def _cancelled(events: int, which: str) -> str:
    """That all of one or more events are cancelled."""
    if events == 1:
        return f"The one hiring event {which} is cancelled"
    return f"All {format_count(events)} hiring events {which} are cancelled"


def _compared(gains: _Side, losses: _Side, start: str, name: str) -> str:
    first, second = (losses, gains) if losses.jobs >= gains.jobs else (gains, losses)
    if first.jobs == second.jobs or second.uncounted:
        kinds = ("losses", "gains") if first is losses else ("gains", "losses")
        return f"Announced{start}: {first.words(kinds[0])}, {second.words(kinds[1], '')}"
    said = f"{first.amount()} against {second.amount('')}"
    if first is losses:
        return f"{name} announced{start} outweigh hiring: {said}"
    return f"Hiring announced{start} outweighs {name[0].lower()}{name[1:]}: {said}"


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
    """The months with the largest announced losses and gains. months: month, gains, losses and, if there,
    uncounted, gains_uncounted and losses_uncounted."""
    parts: list[str] = []
    for column in ("losses", "gains"):
        known = [r for r in months.to_dict("records") if number(r[column])]
        if known:
            top = max(known, key=lambda r: (number(r[column]), month_of(r["month"])))
            least = "at least " if number(top.get(f"{column}_uncounted", top.get("uncounted"))) else ""
            amount = format_count(top[column]) if parts else counted(round(float(top[column])), "job")
            where = "" if parts else f" announced{_in(place)}"
            parts.append(f"largest {column}{where}: {least}{amount} in {_month(top['month'])}")
    if not parts:
        return f"No month has a count of jobs{_in(place)}"
    said = "; ".join(parts)
    return said[0].upper() + said[1:]


def industries_finding(sectors: pd.DataFrame, place: str = "") -> str:
    """The industries with the largest net gain and loss. sectors: title, net (missing = no event tells a
    count); uncounted, if there."""
    known = sectors[sectors["title"].astype(str) != NOT_GIVEN_TITLE]
    found = _extremes_of(known, "title", place)
    if found:
        return found
    if known.empty:
        return f"No event{_in(place)} tells its industry"
    return _level(known["net"], "industry", place)


def map_finding(places: pd.DataFrame, place: str = "") -> str:
    """The counties with the largest net gain and loss. places: name, net (missing = no event tells a count);
    uncounted, if there."""
    found = _extremes_of(places, "name", "")
    if found:
        return found
    if places.empty:
        return f"No event{_in(place)} tells its county"
    return _level(places["net"], "county", place)


def _level(net: pd.Series, kind: str, place: str) -> str:
    """Where no net is to be named: each is 0 or, where no event tells a count, missing."""
    if net.isna().all():
        return f"No event{_in(place)} with a known {kind} tells how many jobs it is about"
    said = f"n no {kind}{_in(place)} do announced gains and losses differ"
    return f"As far as counts are told, i{said}" if net.isna().any() else f"I{said}"


def _extremes_of(rows: pd.DataFrame, name: str, place: str) -> str:
    """'Largest net gain announced: Manufacturing, 2,160 jobs; largest net loss: Information, 640'."""
    parts, kept = [], rows.to_dict("records")
    for kind, sign in (("gain", 1), ("loss", -1)):
        side = [r for r in kept if (number(r["net"]) or 0) * sign > 0]
        if side:
            top = max(side, key=lambda r: (abs(float(r["net"])), str(r[name])))
            first = "largest net" if len(side) > 1 else "net"
            parts.append((round(abs(float(top["net"]))), f"{first} {kind}", top))
    parts.sort(key=lambda part: -part[0])
    said: list[str] = []
    for amount, words, top in parts:
        where = "" if said else f" announced{_in(place)}"
        told = format_count(amount) if said else counted(amount, "job")
        open_ = " counted" if number(top.get("uncounted")) else ""
        said.append(f"{words}{where}: {top[name]}, {told}{open_}")
    found = "; ".join(said)
    return found[:1].upper() + found[1:]


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
