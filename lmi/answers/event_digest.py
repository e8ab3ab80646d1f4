"""What has changed in an area since a day: events, the ranking under them, signals; and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lmi.analysis import events
from lmi.analysis.events import Summary
from lmi.analysis.signals import changed_since
from lmi.answers.desk import Desk
from lmi.answers.event_digest_text import markdown
from lmi.answers.event_impact import ranking_moves
from lmi.answers.event_list import rows_json
from lmi.answers.event_notes import reach
from lmi.answers.export import plain
from lmi.answers.options import iso_day
from lmi.answers.ranking import Ranking, rank
from lmi.answers.request import request_from_text
from lmi.answers.signals import Signal
from lmi.domain.selection import Area
from lmi.sources.event_changes import changes_since, rows_before
from lmi.sources.event_journal import Change

MOST_MOVES = 10
LEAST_MOVE = 0.5  # openings a year; below it a rank moves only because others do
_PLACE = ("area_code", "county", "city")
Changes = Mapping[str, Sequence[Change]]


@dataclass(frozen=True)
class Removed:
    """An event that is no longer in the record, as the journal tells. at: ISO time in UTC; by: who took it
    out, or let it go after a spreadsheet had lost it."""

    event_id: str
    employer: str
    at: str
    by: str


@dataclass(frozen=True)
class MovedAway:
    """An event that was in the area and is now in another. to, area_code: the name and code of that one;
    at: ISO time in UTC; by: who moved it."""

    event_id: str
    employer: str
    to: str
    area_code: str
    at: str
    by: str


@dataclass(frozen=True)
class Digest:
    """What is new in an area.

    since, as_of: ISO dates; window: first and last day that count for the ranking. events: rows of
    lmi.answers.event_book.EventBook.rows that are new, newest first, with news ('announced', 'logged' or
    'changed' since then) and differences: what the app changed, in words. summary: of those announced since.
    moves: as ranking_moves gives, the occupations whose rank all events on record move most, at most
    MOST_MOVES, and only those whose openings they move too. signals: id, name, area, value, unit, date,
    change (since then), change_unit, source, old. missing: what cannot be told, in sentences.
    """

    area: Area
    since: str
    as_of: str
    window: tuple[str, str]
    events: pd.DataFrame
    summary: Summary
    removed: tuple[Removed, ...]
    moved_away: tuple[MovedAway, ...]
    moves: pd.DataFrame
    signals: tuple[Mapping[str, Any], ...]
    missing: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The digest as `events digest --json` prints it."""
        told = zip(rows_json(self.events), self.events.news, self.events.differences, strict=True)
        moves = self.moves.to_dict("records")
        return {
            "area": {"code": self.area.code, "name": self.area.name, "type": self.area.type},
            "since": self.since, "as_of": self.as_of,
            "window": {"from": self.window[0], "to": self.window[1]},
            "announced": {
                "events": self.summary.events, "gains": self.summary.gains, "losses": self.summary.losses,
                "net": self.summary.net, "without_count": self.summary.uncounted,
                "cancelled": self.summary.cancelled, "by_type": dict(self.summary.by_type),
                "gains_without_count": self.summary.gains_uncounted,
                "losses_without_count": self.summary.losses_uncounted,
            },
            "events": [{**row, "news": news, "differences": list(said)} for row, news, said in told],
            "removed": [vars(event) for event in self.removed],
            "moved_away": [vars(event) for event in self.moved_away],
            "ranking_moves": [{name: plain(value, 4) for name, value in row.items()} for row in moves],
            "signals": [dict(signal) for signal in self.signals],
            "missing": list(self.missing),
        }  # fmt: skip

    def as_markdown(self) -> str:
        """The digest as Markdown; typed text stays text in it."""
        return markdown(self.as_json())


def digest(
    desk: Desk, area: Area, since: str, signals: Iterable[Signal] = (), ranking: Ranking | None = None
) -> Digest:
    """What has changed in an area since a day. since: ISO date, that day included; signals: of the area;
    ranking: the area's usual one, worked out where it is not given (most of the time that it takes).

    BadInput for a day that is none.
    """
    day, book = iso_day(since), desk.event_book
    changes = changes_since(desk.event_journal, day) if desk.event_journal is not None else {}
    rows = _new(book.rows[book.within(area)], changes, day)
    announced = rows[rows.news == "announced"]
    told = tuple(_signal(signal, day) for signal in signals)
    if ranking is None:
        ranking = rank(desk, request_from_text(desk, area.code))
    return Digest(
        area, day, desk.as_of, book.window(), rows, events.summary(announced), _removed(desk, area, changes),
        _moved_away(desk, area, changes), _rank_moves(desk, ranking), told,
        tuple(_missing(desk, area, rows, told)),
    )  # fmt: skip


def _new(rows: pd.DataFrame, changes: Changes, day: str) -> pd.DataFrame:
    """The rows that are new, with news and differences."""
    announced = rows.announced.dt.strftime("%Y-%m-%d") >= day
    touched = rows.event_id.isin(list(changes)) | (rows.logged_at.fillna("").str[:10] >= day)
    out = rows[announced | touched].reset_index(drop=True)
    news, said = [], []
    for event_id, fresh in zip(out.event_id, announced[announced | touched], strict=True):
        known = changes.get(event_id, ())
        said.append([text for change in known for text in change.differences()])
        logged = not known or known[0].action == "added"
        news.append("announced" if fresh else "logged" if logged else "changed")
    return out.assign(news=pd.Series(news, dtype="str"), differences=pd.Series(said, dtype="object"))


def _removed(desk: Desk, area: Area, changes: Changes) -> tuple[Removed, ...]:
    """Events of the area whose last change left no row, and that are not back."""
    present = set(desk.events.rows.event_id)
    gone = {i: c[-1] for i, c in changes.items() if i not in present and c[-1].after is None}
    here = _from_here(desk, area, [[*_moves(changes[i]), last][0] for i, last in gone.items()])
    last = sorted((gone[change.event_id] for change in here), key=lambda c: (c.at, c.event_id))
    return tuple(Removed(c.event_id, (c.before or {}).get("employer", ""), c.at, c.by) for c in last)


def _moved_away(desk: Desk, area: Area, changes: Changes) -> tuple[MovedAway, ...]:
    """Events that were in the area before their place was changed, and are on record elsewhere."""
    moves = {event_id: its for event_id, known in changes.items() if (its := _moves(known))}
    book = desk.event_book
    elsewhere = book.rows[~book.within(area) & book.rows.event_id.isin(list(moves))]
    here = _from_here(desk, area, [moves[event_id][0] for event_id in elsewhere.event_id])
    now = elsewhere.set_index("event_id").loc[[change.event_id for change in here]]
    found = []
    for event_id, code, employer in zip(now.index, now.area_code, now.employer, strict=True):
        last, to = moves[event_id][-1], desk.areas[code].name if code in desk.areas else code
        found.append(MovedAway(event_id, employer, to, code, last.at, last.by))
    return tuple(sorted(found, key=lambda event: (event.at, event.event_id)))


def _moves(changes: Sequence[Change]) -> list[Change]:
    """The changes of an event's place."""
    return [
        c for c in changes
        if c.before and c.after and any(c.before.get(name, "") != c.after.get(name, "") for name in _PLACE)
    ]  # fmt: skip


def _from_here(desk: Desk, area: Area, changes: Sequence[Change]) -> list[Change]:
    """Those of the changes, one an event, before which the event was in the area."""
    if not changes:
        return []
    rows = rows_before(changes, desk.event_known)
    here = set(rows.event_id[events.in_area(rows, area)])
    return [change for change in changes if change.event_id in here]


def _rank_moves(desk: Desk, ranking: Ranking) -> pd.DataFrame:
    """The occupations of a ranking whose rank moves most, and whose openings move."""
    moves = ranking_moves(desk, ranking)
    size = (moves.rank_after - moves.rank_before).abs()
    touched = (moves.with_events - moves.openings).abs() >= LEAST_MOVE
    order = moves.assign(size=size)[(size > 0) & touched]
    order = order.sort_values(["size", "rank_before"], ascending=[False, True])
    return order.head(MOST_MOVES).drop(columns="size").reset_index(drop=True)


def _signal(signal: Signal, day: str) -> Mapping[str, Any]:
    return {
        "id": signal.id, "name": signal.name, "area": signal.area, "value": plain(signal.value),
        "unit": signal.unit, "date": signal.date, "change": plain(changed_since(signal, day)),
        "change_unit": signal.change_unit, "source": signal.source, "old": signal.old,
    }  # fmt: skip


def _missing(
    desk: Desk, area: Area, rows: pd.DataFrame, told: Sequence[Mapping[str, Any]]
) -> list[str]:  # fmt: skip
    book = desk.event_book
    said = reach(book.rows[book.within(area)], area, desk.areas, desk.as_of)
    untold = int(rows.jobs.isna().sum())
    if untold:
        said.append(f"{_counted(untold, 'event')} here without a count of jobs: in no sum.")
    problems = len(desk.events.problems)
    if problems:
        said.append(f"{_counted(problems, 'problem')} in the record: what cannot be used is left out.")
    old = [f"{signal['name']} ({signal['area']}, {signal['date']})" for signal in told if signal["old"]]
    if old:
        said.append(f"Old figures: {'; '.join(old)}.")
    if not told:
        said.append("No signal is at hand for this area.")
    return said


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
