"""A spreadsheet that empties event_id makes no event count twice."""

from pathlib import Path

import pytest

from lmi.sources.events_edit import add_event, change_event, remove_event
from lmi.sources.events_file import EventLog, load_events
from tests.sources.small_events import AT, KNOWN, ROW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hiring_events.csv"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


@pytest.fixture
def event_id(path, journal) -> str:
    """An event that was renamed after it was logged."""
    made = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    mark = load_events(path, journal, KNOWN).rows["mark"].item()
    change_event(path, journal, made, {"employer": "Beta"}, mark, KNOWN, "Ann", AT)
    return made


def emptied(path: Path, *names: str) -> None:
    """Take the names of events out of their cells, and write dates as spreadsheets do."""
    text = path.read_bytes()
    for name in names:
        assert b"\n" + name.encode() + b"," in text
        text = text.replace(b"\n" + name.encode() + b",", b"\n,")
    path.write_bytes(text.replace(b"2025-07-09", b"7/9/2025"))


def state(log: EventLog) -> tuple[list[str], int, int]:
    return log.rows.event_id.tolist(), len(log.missing), len(log.reverted)


def test_an_emptied_name_is_not_missing(path, journal, event_id):
    emptied(path, event_id)
    assert state(load_events(path, journal, KNOWN)) == (["2025-07-09-beta-austin"], 0, 0)
    path.write_bytes(path.read_bytes().replace(b"120", b"121"))  # another state is another event
    assert load_events(path, journal, KNOWN).missing.event_id.tolist() == [event_id]


def test_neither_is_it_without_the_column(path, journal, event_id):
    lines = path.read_bytes().decode("utf-8-sig").splitlines()
    path.write_text("\n".join(line.partition(",")[2] for line in lines), encoding="utf-8")
    assert state(load_events(path, journal, KNOWN)) == (["2025-07-09-beta-austin"], 0, 0)


def test_it_stays_so_when_the_app_changes_or_removes_it_under_its_new_name(path, journal, event_id):
    emptied(path, event_id)
    row = load_events(path, journal, KNOWN).rows.iloc[0]
    change_event(path, journal, row.event_id, {"jobs": "7"}, row["mark"], KNOWN, "Ann", AT)
    log = load_events(path, journal, KNOWN)
    assert (state(log), log.rows.jobs.item()) == (([row.event_id], 0, 0), 7)
    remove_event(path, journal, row.event_id, log.rows["mark"].item(), "Ann", AT)
    assert state(load_events(path, journal, KNOWN)) == ([], 0, 0)


def test_a_name_that_now_means_another_row_hides_nothing(path, journal, event_id):
    """The first event's old name is made anew for the second one's row."""
    second = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    assert second == f"{event_id}-2"
    emptied(path, event_id, second)
    assert state(load_events(path, journal, KNOWN)) == (["2025-07-09-beta-austin", event_id], 0, 0)


def test_a_row_stands_for_one_event_and_not_beside_its_own(path, journal):
    first, second, third = (add_event(path, journal, ROW, KNOWN, "Ann", AT) for _ in range(3))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2]))  # an older copy: the first alone, with its name
    assert load_events(path, journal, KNOWN).missing.event_id.tolist() == [second, third]
    emptied(path, first)  # it gets the same name again
    assert load_events(path, journal, KNOWN).missing.event_id.tolist() == [second, third]
    path.write_bytes(lines[0] + lines[1].replace(first.encode(), b"mine"))
    assert len(load_events(path, journal, KNOWN).missing) == 2
