"""Hiring events and signals: what is asked of the record in use, and of one of 100,000 events.

Processor time stands beside wall time, for a machine that does other work meanwhile."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, TypeVar

from bench import areas
from bench.desks import newest_day, open_stage_desk
from bench.questions import AIM_MS
from bench.report import Row, percentile
from bench.stage import DEFAULT_AREA, NATION, Stage
from lmi.answers.desk import Desk, with_events
from lmi.answers.event_digest import digest
from lmi.answers.event_impact import impact, ranking_moves
from lmi.answers.event_list import AreaEvents, area_events
from lmi.answers.ranking import rank
from lmi.answers.request import request_from_text
from lmi.answers.signals import signals
from lmi.domain.codes import POSTAL_BY_FIPS
from lmi.domain.event_columns import COLUMNS
from lmi.domain.events import CONFIDENCES, EVENT_TYPES, STATUSES, EventKnown
from lmi.domain.gazetteer import City, County
from lmi.domain.selection import Area
from lmi.sources.events_edit import add_event
from lmi.sources.events_file import load_events
from lmi.warehouse import queries

Answer = TypeVar("Answer")
EVENTS = 100_000
LOAD_AIM_MS, FILTER_AIM_MS, IMPACT_AIM_MS = 2_000.0, 100.0, 1_000.0
FILTERS: Mapping[str, Mapping[str, Any]] = {
    "area": {},
    "kind": {"types": ("layoff", "closure")},
    "period": {"since": "2018-01-01", "until": "2023-12-31"},
    "sector": {"sector": "31-33"},
    "text": {"text": "semiconductor notice"},
    "all five": {"types": ("layoff", "closure"), "since": "2018-01-01", "until": "2023-12-31",
                 "sector": "31-33", "text": "semiconductor notice"},
}  # fmt: skip
ADDED = {
    "employer": "Lone Star Foods", "event_type": "layoff", "announced": "2026-01-15", "jobs": "120",
    "city": "Austin, TX", "naics": "31-33", "status": "announced", "source_name": "State workforce agency",
}  # fmt: skip
ADDED_AT = "2026-01-16T09:00:00Z"
_WORDS = ("Lone Star", "Harbor", "Summit", "Prairie", "Cedar", "Blue Ridge", "Copper", "Delta", "Evergreen",
          "Granite", "Juniper", "Keystone", "Liberty", "Magnolia", "Northern", "Orchard", "Pioneer",
          "Redwood", "Sierra", "Union")  # fmt: skip
_TRADES = ("Semiconductor", "Logistics", "Health Partners", "Foods", "Aerospace", "Software", "Steel",
           "Packaging", "Dental Group", "Freight", "Biologics", "Retail", "Energy Services")  # fmt: skip
_FORMS = ("Inc.", "LLC", "Co.", "Corporation", ", L.P.", "")
_PARTS = ("USD 280 million in equipment", "jobs over three years", "notice filed with the state",
          "bumping rights do not exist", "the site stays open with fewer shifts",
          'the company says "up to" this many', "training grant agreed with the college",
          "affected workers are not represented by a union")  # fmt: skip
_CITIES = 3000  # lay-offs come from the same towns again and again
_FIRST = date(2005, 1, 3)


class Clock:
    """One question asked again and again: its wall time and its processor time, in milliseconds."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.busy: list[float] = []

    def __call__(self, ask: Callable[[], Answer]) -> Answer:
        """Ask, and keep how long the answer takes."""
        began, busy = perf_counter(), process_time()
        answer = ask()
        self.busy.append(1000 * (process_time() - busy))
        self.wall.append(1000 * (perf_counter() - began))
        return answer

    def row(self, name: str, aim: float | None = None, note: str = "") -> Row:
        """The row of the report, judged by its wall time."""
        middle, high = percentile(self.busy, 0.5), percentile(self.busy, 0.95)
        said = f"processor time: median {middle:.0f} ms, p95 {high:.0f} ms"
        return Row(name, tuple(self.wall), aim=aim, note=f"{note}; {said}" if note else said)


def measure(stage: Stage) -> list[Row]:
    """The record in use over many areas, then a large one in a folder that is gone afterwards."""
    desk = open_stage_desk(stage)
    chosen = [desk.areas[code] for code in areas.choose(queries.areas(desk.warehouse), stage.areas)]
    rows = of_areas(desk, chosen, stage.repeats(3))
    with TemporaryDirectory(prefix="lmi-bench-events-") as folder:
        rows += of_record(desk, chosen, Path(folder) / "hiring_events.csv", EVENTS, stage.repeats(5))
    desk.warehouse.close()
    return rows


def of_areas(desk: Desk, chosen: Sequence[Area], repeats: int) -> list[Row]:
    """What the pages and commands ask of the events and signals of an area, nothing cached."""
    effect, moves, said, news, whole = Clock(), Clock(), Clock(), Clock(), Clock()
    since = (date.fromisoformat(desk.as_of) - timedelta(days=365)).isoformat()
    for area in chosen:
        ranking = rank(desk, request_from_text(desk, area.code))
        for _ in range(repeats):
            effect(partial(impact, desk, area))
            moves(partial(ranking_moves, desk, ranking))
            told = said(partial(signals, desk, area, desk.as_of)).items
            news(partial(digest, desk, area, since, told, ranking))
            whole(partial(digest, desk, area, since, told))
    note = f"{len(desk.events.rows):,} events on record, as of {desk.as_of}"
    return [
        effect.row("events: impact of an area", AIM_MS, note),
        moves.row("events: moves of a ranking", AIM_MS),
        news.row("events: digest of an area", AIM_MS, "its ranking at hand"),
        whole.row("events: digest and ranking of an area"),
        said.row("signals of an area", AIM_MS),
    ]


def of_record(desk: Desk, chosen: Sequence[Area], path: Path, count: int, repeats: int) -> list[Row]:
    """A record of so many events, written to `path`: load, filters, sums, impact, one event more."""
    journal = path.with_suffix(".jsonl")
    make_file(path, count, desk.event_known)
    load, ready = Clock(), Clock()
    for _ in range(repeats):
        log = load(partial(load_events, path, journal, desk.event_known))
        large = with_events(desk, log, newest_day(log.rows))
        ready(partial(_ready, large))
    size = f"{path.stat().st_size / 2**20:.0f} MB, {len(log.rows):,} good rows, {len(log.problems)} problems"
    name = f"{count:,} events"
    rows = [load.row(f"{name}: load", LOAD_AIM_MS, size)]
    rows.append(ready.row(f"{name}: made ready", note="once a load: order, text, staffing patterns"))
    rows += _filters(large, chosen, name)
    for code in (NATION, DEFAULT_AREA):
        clock, area = Clock(), desk.areas[code]
        found = [clock(partial(impact, large, area)) for _ in range(repeats)][-1]
        note = f"{len(found.events):,} events"
        rows.append(clock.row(f"{name}: impact, {area.short_name}", IMPACT_AIM_MS, note))
    return [*rows, _append(desk, path, journal, name, repeats)]


def _ready(desk: Desk) -> tuple[object, ...]:
    return desk.event_book.rows, desk.event_book.searched, desk.event_book.spread


def _filters(desk: Desk, chosen: Sequence[Area], name: str) -> list[Row]:
    """Every filter in every area, and the sums of what is left."""
    rows, sums = [], Clock()
    for what, given in FILTERS.items():
        clock, left = Clock(), 0
        for area in chosen:
            found = clock(partial(area_events, desk, area, **given))
            sums(partial(_added_up, found))
            left += len(found.rows)
        note = f"{left / len(chosen):,.0f} events left on average"
        rows.append(clock.row(f"{name}: filter by {what}", FILTER_AIM_MS, note))
    return [*rows, sums.row(f"{name}: sums of what is left", note="months, industries, counties")]


def _added_up(found: AreaEvents) -> tuple[object, ...]:
    return found.summary, found.months, found.industries, found.counties


def _append(desk: Desk, path: Path, journal: Path, name: str, repeats: int) -> Row:
    """One event more, on the disk and in the journal."""
    clock = Clock()
    for _ in range(repeats):
        clock(partial(add_event, path, journal, ADDED, desk.event_known, "bench", ADDED_AT))
    return clock.row(f"{name}: append of one", note="locked, journal first, the record replaced")


def make_file(path: Path, count: int, known: EventKnown) -> None:
    """Write a record of so many events, the same on every call with the same codes.

    known: the codes, counties and cities that the rows name. Dates come in the ways that are accepted;
    about a seventh of the rows name their occupations, half a county, a tenth no jobs.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.id for column in COLUMNS])
        writer.writerows(_rows(Random(7), count, known))


def _rows(random: Random, count: int, known: EventKnown) -> Iterator[list[str]]:
    counties = known.places.counties
    cities = random.sample(known.places.cities, min(_CITIES, len(known.places.cities)))
    naics, socs = sorted(known.naics), sorted(known.socs)
    for number in range(count):
        employer = f"{random.choice(_WORDS)} {random.choice(_TRADES)} {number % 9973} {random.choice(_FORMS)}"
        announced = _FIRST + timedelta(days=random.randrange(7700))
        jobs = random.randrange(10, 2500) if random.random() > 0.1 else 0
        notes = f"{random.choice(_PARTS)}, file {random.randrange(10**6)}"
        yield [
            f"{announced.isoformat()}-event-{number}", _day(random, announced),
            _day(random, announced + timedelta(days=60)) if random.random() > 0.3 else "",
            employer.strip(), random.choice(list(EVENT_TYPES)), _jobs(random, jobs),
            *_place(random, counties, cities), random.choice(naics), _socs(random, socs, jobs),
            random.choice(list(STATUSES)), random.choice(["", *CONFIDENCES]),
            f"State workforce agency, list of {announced.year}",
            f"https://www.example.gov/warn/{announced.year}/{number}-{random.randrange(10**9)}", notes,
            "ann", f"2026-10-{number // 5000 % 28 + 1:02}T09:00:00Z",
        ]  # fmt: skip


def _day(random: Random, when: date) -> str:
    if random.random() > 0.4:
        return when.isoformat()
    forms = (f"{when.month}/{when.day}/{when.year}", f"{when:%d-%b-%Y}", f"{when:%B} {when.day}, {when.year}")
    return random.choice(forms)


def _jobs(random: Random, jobs: int) -> str:
    return "" if not jobs else f"{jobs:,}" if random.random() > 0.5 else str(jobs)


def _place(random: Random, counties: Sequence[County], cities: Sequence[City]) -> tuple[str, str, str]:
    """Area code, county and city; one of the last two."""
    if random.random() > 0.5:
        county = random.choice(counties)
        return county.area_code, f"{county.name}, {POSTAL_BY_FIPS[county.state_fips]}", ""
    city = random.choice(cities)
    return city.area_code, "", f"{city.name}, {POSTAL_BY_FIPS[city.state_fips]}"


def _socs(random: Random, socs: Sequence[str], jobs: int) -> str:
    if jobs < 10 or random.random() > 0.15:
        return ""
    return "; ".join(f"{soc}={jobs // 4}" for soc in random.sample(socs, min(3, len(socs))))
