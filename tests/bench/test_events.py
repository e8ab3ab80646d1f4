"""The record that is measured holds what its aims speak of, and every question asked of it is asked."""

from datetime import date

import pandas as pd
import pytest

from bench import events, pages
from bench.desks import newest_day
from bench.events import FILTERS, Clock, make_file
from lmi.answers.desk import with_events
from lmi.answers.event_digest import digest
from lmi.answers.event_list import area_events
from lmi.answers.ranking import rank
from lmi.answers.request import request_from_text
from lmi.places import ROOT
from lmi.sources.events_file import load_events

COUNT = 600


@pytest.fixture(scope="module")
def record(small_desk, tmp_path_factory):
    path = tmp_path_factory.mktemp("record") / "hiring_events.csv"
    make_file(path, COUNT, small_desk.event_known)
    return path


@pytest.fixture(scope="module")
def desk(small_desk, record):
    log = load_events(record, record.with_suffix(".jsonl"), small_desk.event_known)
    assert (len(log.rows), log.problems) == (COUNT, ())
    return with_events(small_desk, log, newest_day(log.rows))


def test_the_record_is_the_same_every_time_and_of_many_kinds(small_desk, record, desk, tmp_path):
    make_file(tmp_path / "again.csv", COUNT, small_desk.event_known)
    assert (tmp_path / "again.csv").read_bytes() == record.read_bytes()
    rows = desk.events.rows
    assert rows.event_type.nunique() == 7
    for column in ("jobs", "effective", "county", "city", "socs"):
        assert 0 < rows[column].notna().sum() < COUNT, column


@pytest.mark.parametrize("name", sorted(set(FILTERS) - {"area", "all five"}))
def test_every_filter_that_is_measured_leaves_some_events_and_not_all(desk, name):
    found = area_events(desk, desk.area("US"), **FILTERS[name])
    assert 0 < len(found.rows) < found.total == COUNT


def test_all_five_are_all_the_filters():
    single = [given for name, given in FILTERS.items() if name != "all five"]
    assert FILTERS["all five"] == {name: value for given in single for name, value in given.items()}


def test_a_record_is_measured_from_its_load_to_one_event_more(small_desk, tmp_path):
    path = tmp_path / "hiring_events.csv"
    chosen = [small_desk.area(code) for code in ("US", "48")]
    rows = {row.name: row for row in events.of_record(small_desk, chosen, path, 200, 2)}
    assert [(row.aim, len(row.samples)) for row in rows.values()] == [
        (2000, 2), (None, 2), *[(100, 2)] * len(FILTERS), (None, 2 * len(FILTERS)), (1000, 2), (1000, 2),
        (None, 2),
    ]  # fmt: skip
    assert "200 good rows, 0 problems" in rows["200 events: load"].note
    log = load_events(path, path.with_suffix(".jsonl"), small_desk.event_known)
    assert len(log.rows) == 202, "each append is one event more"
    assert log.rows.employer.iloc[-1] == events.ADDED["employer"]


def test_every_question_is_asked_in_every_area(desk):
    rows = events.of_areas(desk, [desk.area(code) for code in ("US", "12420", "14010")], 1)
    assert [(row.aim, len(row.samples)) for row in rows] == [
        (50, 3), (50, 3), (50, 3), (None, 3), (50, 3),
    ]  # fmt: skip
    assert f"{COUNT:,} events on record, as of {desk.as_of}" in rows[0].note


def test_the_digest_is_the_same_with_its_ranking_at_hand(desk):
    area = desk.area("12420")
    ranking = rank(desk, request_from_text(desk, area.code))
    given, worked_out = (digest(desk, area, "2025-01-01", ranking=r).as_json() for r in (ranking, None))
    assert given["ranking_moves"]
    assert given == worked_out


def test_the_day_is_that_of_the_newest_announcement_or_today():
    rows = pd.DataFrame({"announced": pd.to_datetime(["2025-03-04", "2026-01-02", "2024-12-31"])})
    assert newest_day(rows) == "2026-01-02"
    assert date.fromisoformat(newest_day(rows.head(0))) > date(2026, 1, 2)


def test_processor_time_stands_beside_wall_time(monkeypatch):
    wall, busy = iter([10.0, 10.5, 20.0, 20.1]), iter([1.0, 1.25, 2.0, 2.05])
    monkeypatch.setattr(events, "perf_counter", lambda: next(wall))
    monkeypatch.setattr(events, "process_time", lambda: next(busy))
    clock = Clock()
    assert [clock(lambda: "first"), clock(lambda: "second")] == ["first", "second"]
    row = clock.row("a question", 400, "of two")
    assert row.samples == pytest.approx((500, 100))
    assert row.met is False, "the aim is for wall time"
    assert row.note == "of two; processor time: median 150 ms, p95 240 ms"  # 50 and 250


def test_every_page_is_measured():
    assert set(pages.PAGES) == {path.stem for path in (ROOT / "pages").glob("*.py")}
