"""A file that is imported again brings back nothing that was corrected or removed in the app meanwhile."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lmi.sources.event_changes import former_rows
from lmi.sources.event_columns_map import read_map
from lmi.sources.event_import import plan, read_content
from lmi.sources.events_edit import add_events, change_event, let_go, put_back, remove_event
from lmi.sources.events_file import load_events
from tests.sources.small_events import KNOWN

FILE = read_content(
    b"employer,announced,effective,event_type,jobs,city,status,source_name\n"
    b"Acme,2026-07-09,2026-09-01,layoff,40,Austin,announced,A\n"
    b"Bolt,2026-07-09,2026-09-01,layoff,41,Austin,announced,A\n"
    b"Cord,2026-07-09,2026-09-01,layoff,42,Austin,announced,A\n",
    "list.csv",
    read_map(""),
)
AT, LATER = "2026-07-10T08:00:00Z", "2026-07-20T08:00:00Z"


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "hiring_events.csv", tmp_path / "journal.jsonl"


def planned(places, former: bool = True):
    log = load_events(*places, KNOWN)
    earlier = former_rows(places[1], KNOWN) if former else None
    return plan(FILE, log.rows, KNOWN, (), date(2026, 11, 25), former=earlier)


def imported(places) -> list[str]:
    return add_events(*places, planned(places).rows(), KNOWN, "import", AT)


def changed(places, event_id: str, **cells: str) -> None:
    rows = load_events(*places, KNOWN).rows.set_index("event_id")
    change_event(*places, event_id, cells, rows.loc[event_id, "mark"], KNOWN, "Ann", LATER)


def removed(places, event_id: str) -> None:
    rows = load_events(*places, KNOWN).rows.set_index("event_id")
    remove_event(*places, event_id, rows.loc[event_id, "mark"], "Ann", LATER)


def test_what_was_changed_or_removed_does_not_come_back(places):
    first, second, third = imported(places)
    changed(places, first, announced="2026-03-09")
    changed(places, second, employer="Nut & Bolt")
    removed(places, third)
    assert planned(places, former=False).counts["new"] == 3
    assert [(o.kind, o.why) for o in planned(places).outcomes] == [
        ("duplicate", f"the same employer, day and place as event {name}, which was {what} in the app by Ann "
                      "on 2026-07-20.")
        for name, what in ((first, "changed"), (second, "changed"), (third, "removed"))
    ]  # fmt: skip


def test_a_rescission_meets_what_an_event_was_while_it_counts(places):
    first, second, third = imported(places)
    changed(places, first, jobs="35")
    changed(places, second, status="cancelled", jobs="36")
    removed(places, third)
    rescinded = tuple(
        replace(notice, cells={**notice.cells, "status": "cancelled"}) for notice in FILE.incoming
    )
    log, former = load_events(*places, KNOWN), former_rows(places[1], KNOWN)
    file = replace(FILE, incoming=rescinded)
    one, *others = plan(file, log.rows, KNOWN, (), date(2026, 11, 25), former=former).outcomes
    assert (one.kind, f"event {first}, which was changed" in one.why) == ("suspicious", True)
    assert [other.kind for other in others] == ["duplicate", "duplicate"]


def test_every_earlier_state_counts_and_not_only_the_last(places):
    first = imported(places)[0]
    for employer in ("Alpha", "Beta", "Gamma"):
        changed(places, first, employer=employer)
    assert [o.kind for o in planned(places).outcomes] == ["duplicate"] * 3
    removed(places, first)
    assert planned(places).outcomes[0].why.endswith("which was removed in the app by Ann on 2026-07-20.")
    told = former_rows(places[1], KNOWN)
    assert sorted(told.employer[told.event_id == first]) == ["Acme", "Alpha", "Beta", "Gamma"]


def test_what_was_changed_or_let_go_outside_the_app_does_not_come_back_either(places):
    first, second, third = imported(places)
    path = places[0]
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], lines[1].replace(b",Acme,", b",Other,"), lines[3]]))
    let_go(*places, [second], "Bo", LATER)
    one, two, three = planned(places).outcomes
    assert {one.kind, two.kind, three.kind} == {"duplicate"}
    assert one.why.endswith(f"event {first}, as it was logged in the app by import on 2026-07-10.")
    assert two.why.endswith(f"event {second}, which was removed in the app by Bo on 2026-07-20.")
    assert three.why.endswith(f"event {third}.")


def test_an_event_that_is_as_it_was_is_named_without_its_history(places):
    first = imported(places)[0]
    whole = places[0].read_bytes()
    removed(places, first)
    places[0].write_bytes(whole)  # a spreadsheet saved an older copy
    assert planned(places).outcomes[0].why.endswith(f"event {first}.")
    put_back(*places, [first], "Bo", LATER)
    assert (
        planned(places)
        .outcomes[0]
        .why.endswith(f"{first}, which was removed in the app by Bo on 2026-07-20.")
    )


def test_what_no_state_was_is_new(places):
    add_events(*places, planned(places).rows()[:1], KNOWN, "import", AT)
    assert [o.kind for o in planned(places).outcomes] == ["duplicate", "new", "new"]
    assert len(former_rows(places[1].with_name("none"), KNOWN)) == 0
