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
Changes = Mapping[str, Sequence[Change]]


@dataclass(frozen=True)
class Removed:
    """An event that the app took out of the record. at: ISO time in UTC; by: who."""

    event_id: str
    employer: str
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
            },
            "events": [{**row, "news": news, "differences": list(said)} for row, news, said in told],
            "removed": [vars(event) for event in self.removed],
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
        _moved(desk, ranking), told, tuple(_missing(desk, area, rows, told)),
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
    """Events of the area that the app removed and that are not back."""
    present = set(desk.events.rows.event_id)
    last = [c[-1] for event_id, c in changes.items() if event_id not in present and c[-1].action == "removed"]
    if not last:
        return ()
    rows = rows_before(last, desk.event_known)
    here = set(rows.event_id[events.in_area(rows, area)])
    gone = [Removed(c.event_id, (c.before or {}).get("employer", ""), c.at, c.by) for c in last]
    return tuple(sorted((r for r in gone if r.event_id in here), key=lambda r: (r.at, r.event_id)))


def _moved(desk: Desk, ranking: Ranking) -> pd.DataFrame:
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
