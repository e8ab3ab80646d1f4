"""What changed in an area since a day, from the record, its journal, the ranking and the signals."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest

from lmi.answers import desk as desks
from lmi.answers.event_digest import digest
from lmi.domain.errors import BadInput
from lmi.sources import events_edit, events_file

COLUMNS = (
    "event_id", "announced", "employer", "event_type", "jobs", "naics", "socs", "status", "area_code", "city",
    "source_name", "source_url", "logged_by", "logged_at",
)  # fmt: skip
ROWS = (
    "new,2026-06-10,New *Plant* <b>x</b>,expansion,90,,,announced,12420,Austin,[Paper](http://a.b),"
    "https://a.b/c?d=(e),,2026-06-11",
    "old,2026-01-10,Old Works,layoff,40,,,announced,12420,Austin,Paper,,,2026-01-11",
    "late,2026-02-10,Late Inc,closure,,,,announced,12420,Austin,Paper,,,2026-06-02",
    "far,2026-06-10,Far Away,layoff,70,,,announced,26420,Houston,Paper,,,2026-06-11",
)
HOSPITAL = {"employer": "Hospital", "event_type": "closure", "jobs": "20000", "announced": "2026-05-20",
            "naics": "622", "socs": "47-2111=3000", "status": "completed", "area_code": "12420",
            "source_name": "Paper"}  # fmt: skip


@pytest.fixture(scope="module")
def desk(small_desk, tmp_path_factory):
    """Austin: one new event, one old, one logged late; in the app one was added, changed and one removed."""
    folder = tmp_path_factory.mktemp("digest")
    path, journal = folder / "hiring_events.csv", folder / "journal.jsonl"
    path.write_text("\n".join([",".join(COLUMNS), *ROWS, ""]), encoding="utf-8")
    known = small_desk.event_known

    def mark(event_id: str) -> str:
        rows = events_file.load_events(path, journal, known).rows.set_index("event_id")
        return str(rows.mark[event_id])

    added = events_edit.add_event(path, journal, HOSPITAL, known, "Ana", "2026-05-21T10:00:00Z")
    other = HOSPITAL | {"employer": "Gone_Co", "jobs": "5", "socs": ""}
    gone = events_edit.add_event(path, journal, other, known, "Ana", "2026-03-01T10:00:00Z")
    events_edit.change_event(
        path, journal, added, HOSPITAL | {"jobs": "30000"}, mark(added), known, "Bo", "2026-06-05T10:00:00Z"
    )
    events_edit.remove_event(path, journal, gone, mark(gone), "Bo", "2026-06-06T10:00:00Z")
    log = events_file.load_events(path, journal, known)
    assert log.problems == ()
    found = desks.with_events(small_desk, log, "2026-07-01")
    object.__setattr__(found, "event_journal", journal)
    return found


def signal(**changes):
    days = pd.to_datetime(["2026-05-01", "2026-06-01", "2026-06-30"])
    series = pd.DataFrame({"date": days, "value": [100.0, 110.0, 121.0]})
    made = {
        "id": "postings", "name": "Job postings", "area": "Texas", "value": 121.0, "unit": "index",
        "date": "2026-06-30", "change_unit": "%", "source": "Publisher", "old": False, "series": series,
    }  # fmt: skip
    return SimpleNamespace(**made | changes)


def test_events_are_new_by_their_day_or_by_what_was_done_to_them(desk):
    found = digest(desk, desk.area("12420"), "2026-06-01", [signal()])
    news = found.events.set_index("employer").news.to_dict()
    assert news == {"New *Plant* <b>x</b>": "announced", "Late Inc": "logged", "Hospital": "changed"}
    changed = found.events.set_index("employer").differences["Hospital"]
    assert changed == ["jobs: 20000 → 30000"]
    assert [(event.employer, event.by, event.at[:10]) for event in found.removed] == [
        ("Gone_Co", "Bo", "2026-06-06")
    ]
    assert (found.summary.events, found.summary.gains, found.summary.losses) == (1, 90, 0)
    assert digest(desk, desk.area("12420"), "2026-05-21").events.news.tolist().count("logged") == 2
    assert digest(desk, desk.area("14010"), "2026-06-01").removed == ()


def test_what_was_let_go_taken_out_again_or_moved_is_told_where_it_was(small_desk, tmp_path):
    path, journal, known = tmp_path / "hiring_events.csv", tmp_path / "journal.jsonl", small_desk.event_known
    path.write_text("\n".join([",".join(COLUMNS), ""]), encoding="utf-8")

    def add(employer: str) -> str:
        row = HOSPITAL | {"employer": employer, "socs": "", "city": "Austin"}
        return events_edit.add_event(path, journal, row, known, "Ana", "2026-05-01T10:00:00Z")

    def mark(event_id: str) -> str:
        return str(events_file.load_events(path, journal, known).rows.set_index("event_id").mark[event_id])

    moved, back = add("Mover *Co*"), add("Back")
    before = path.read_bytes()
    lost = add("Lost")
    whole = path.read_bytes()
    path.write_bytes(before)  # by a spreadsheet
    events_edit.let_go(path, journal, [lost], "Bo", "2026-06-02T10:00:00Z")
    events_edit.remove_event(path, journal, back, mark(back), "Bo", "2026-06-03T10:00:00Z")
    path.write_bytes(before)
    events_edit.put_back(path, journal, [back], "Cy", "2026-06-04T10:00:00Z")
    place = {"city": "", "area_code": "26420"}
    events_edit.change_event(path, journal, moved, place, mark(moved), known, "Di", "2026-06-05T10:00:00Z")

    def told(code: str):
        desk = desks.with_events(small_desk, events_file.load_events(path, journal, known), "2026-07-01")
        object.__setattr__(desk, "event_journal", journal)
        return digest(desk, desk.area(code), "2026-06-01")

    found = told("12420")
    assert [(e.employer, e.by) for e in found.removed] == [("Lost", "Bo"), ("Back", "Cy")]
    assert [(e.employer, e.area_code, e.by) for e in found.moved_away] == [("Mover *Co*", "26420", "Di")]
    assert found.as_json()["moved_away"][0]["to"].startswith("Houston")
    assert "## Moved away\n\n- Mover \\*Co\\*, to Houston\\-" in found.as_markdown()
    assert told("48").moved_away == ()
    path.write_bytes(whole)  # all are back
    assert (told("12420").removed, told("12420").moved_away) == ((), ())
    events_edit.put_back(path, journal, [moved], "Di", "2026-06-06T10:00:00Z")
    events_edit.remove_event(path, journal, moved, mark(moved), "Ed", "2026-06-07T10:00:00Z")
    assert [(e.employer, e.by) for e in told("12420").removed] == [("Mover *Co*", "Ed")]
    assert told("26420").removed == ()


@pytest.mark.parametrize(
    ("rows", "sums"),
    [
        (("layoff,", "closure,"), "2 events were announced: no gains, losses without a count."),
        (("layoff,", "layoff,1", "opening,20"),
         "3 events were announced: gains of 20 jobs, losses of at least 1 job."),
    ],
)  # fmt: skip
def test_a_side_without_a_count_is_no_zero(small_desk, tmp_path, rows, sums):
    lines = ["announced,employer,source_name,status,area_code,event_type,jobs"]
    lines += [f"2026-06-{10 + i},Acme {i},Paper,announced,48,{row}" for i, row in enumerate(rows)]
    log = events_file.parse("\n".join(lines).encode(), small_desk.event_known)
    desk = desks.with_events(small_desk, log, "2026-07-01")
    found = digest(desk, desk.area("48"), "2026-06-01")
    assert sums in found.as_markdown()
    answer = found.as_json()["announced"]
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    assert (answer["losses"] is None) == ("losses without" in sums)


def test_signals_move_since_the_day_and_old_ones_are_named(desk):
    found = digest(desk, desk.area("12420"), "2026-06-01", [signal(), signal(name="Metro", old=True)])
    assert found.signals[0]["change"] == pytest.approx(10)  # 110 -> 121
    assert any("Old figures: Metro (Texas, 2026-06-30)" in said for said in found.missing)
    assert any("1 event here without a count" in said for said in found.missing)
    assert "No signal is at hand for this area." in digest(desk, desk.area("12420"), "2026-06-01").missing


def test_the_ranks_that_move_are_those_of_occupations_whose_openings_move(desk):
    moves = digest(desk, desk.area("12420"), "2026-06-01").moves
    assert "47-2111" in set(moves.soc)
    assert ((moves.with_events - moves.openings).abs() >= 0.5).all()
    assert (moves.rank_before != moves.rank_after).all()


def test_the_digest_as_json(desk):
    answer = digest(desk, desk.area("12420"), "2026-06-01", [signal()]).as_json()
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    assert answer["announced"]["gains"] == 90
    assert {event["news"] for event in answer["events"]} == {"announced", "logged", "changed"}
    assert answer["removed"][0]["employer"] == "Gone_Co"


def test_typed_text_stays_text_in_markdown(desk):
    text = digest(
        desk, desk.area("12420"), "2026-06-01", [signal(), signal(value=3.0, unit="%")]
    ).as_markdown()
    assert text.startswith("# What changed in Austin")
    assert "1 event was announced: gains of 90 jobs, no losses." in text
    assert "New \\*Plant\\* \\<b\\>x\\</b\\>" in text
    assert "[\\[Paper\\]\\(http\\://a\\.b\\)](<https://a.b/c?d=%28e%29>)" in text
    assert "## Removed\n\n- Gone\\_Co, by Bo on 2026-06-06" in text
    assert "Job postings, Texas: 121.0 index (2026-06-30); +10.0%." in text
    assert "Job postings, Texas: 3.0% (2026-06-30); +10.0%." in text


def test_nothing_new_is_said_so(desk):
    found = digest(desk, desk.area("14010"), "2026-06-01")
    assert found.events.empty
    assert "No event was announced." in found.as_markdown()


def test_a_day_that_is_none_is_refused(desk):
    with pytest.raises(BadInput, match="is no day"):
        digest(desk, desk.area("12420"), "June")


def test_a_day_in_the_future_finds_nothing_new(desk):
    assert digest(desk, desk.area("12420"), "2030-01-01").events.empty
