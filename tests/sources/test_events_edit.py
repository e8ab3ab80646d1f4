"""Editing the hiring-events record: other lines stay as written, every change keeps who and when."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lmi.domain.errors import BadInput, LmiError
from lmi.sources import events_edit
from lmi.sources.event_journal import history
from lmi.sources.events_edit import (
    ChangedMeanwhile,
    add_event,
    add_events,
    change_event,
    remove_event,
    state_of,
)
from lmi.sources.events_file import EventLog, load_events, template
from tests.sources.small_events import AT, KNOWN, ROW

LATER = "2026-11-06T08:30:00Z"
MESSY = (
    "# kept by Ann\r\n"
    "Employer;colour;announced;Event Type;jobs;city;status;source name;event_id;logged_by;logged_at\r\n"
    "  Acme ;red;7/9/2025;Lay-off;1,200;austin;announced;TWC;a-1;;\r\n"
    "\r\n"
    "Bad;=1+1;soon;Lay-off;-3;austin;announced;TWC;a-2;;\n"
    "too;few\r\n"
    '"Bolt; Inc";blue;2025-07;closure;;dallas;rumored;"a ""b""";;;'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hiring_events.csv"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "local" / "journal.jsonl"


@pytest.fixture
def messy(path: Path) -> Path:
    path.write_bytes(MESSY.encode())
    return path


def load(path: Path, journal: Path) -> EventLog:
    return load_events(path, journal, KNOWN)


def mark_of(log: EventLog, event_id: str) -> str:
    return log.rows[log.rows.event_id == event_id]["mark"].item()


def beside(path: Path) -> list[str]:
    return [
        p.name for p in path.parent.iterdir() if p.is_file() and p != path and not p.name.endswith(".lock")
    ]


def test_the_first_event_makes_the_file_and_the_journal(path, journal):
    event_id = add_event(path, journal, ROW, KNOWN, " Ann ", AT)
    assert event_id == "2025-07-09-acme-inc-austin"
    assert path.read_bytes() == template() + (
        b'2025-07-09-acme-inc-austin,2025-07-09,,"Acme, Inc.",layoff,120,,,Austin,,,announced,,'
        b"Texas Workforce Commission,,,Ann,2026-11-05T10:00:00Z\r\n"
    )
    found = load(path, journal)
    assert (found.rows.line.tolist(), found.problems, len(found.missing), found.reverted) == ([2], (), 0, ())
    assert found.rows[["logged_by", "logged_at"]].iloc[0].tolist() == ["Ann", AT]
    (change,) = history(journal, event_id)
    assert (change.at, change.by, change.action, change.before) == (AT, "Ann", "added", None)
    assert change.after == {**ROW, "event_id": event_id, "logged_by": "Ann", "logged_at": AT}
    assert beside(path) == []


def test_names_are_numbered_and_never_given_twice(path, journal):
    first = [add_event(path, journal, ROW, KNOWN, "Ann", AT) for _ in range(2)]
    remove_event(path, journal, first[1], mark_of(load(path, journal), first[1]), "Ann", AT)
    more = add_events(path, journal, [ROW, ROW | {"event_id": "own"}, ROW], KNOWN, "Ann", AT)
    assert [*first, *more] == [
        f"2025-07-09-acme-inc-austin{end}" for end in ("", "-2", "-3")
    ] + ["own", "2025-07-09-acme-inc-austin-4"]  # fmt: skip
    assert load(path, journal).rows.event_id.is_unique
    for taken in ("own", first[1]):  # in the file; removed
        with pytest.raises(BadInput, match=f"'{taken}' is the name of another event"):
            add_event(path, journal, ROW | {"event_id": taken}, KNOWN, "Ann", AT)


def test_a_new_row_follows_the_files_own_order_and_leaves_every_byte_before_it(messy, journal):
    add_event(messy, journal, {**ROW, "employer": "Nights; Days"}, KNOWN, "Ann", AT)
    line = (
        '"Nights; Days";;2025-07-09;layoff;120;Austin;announced;Texas Workforce Commission;'
        "2025-07-09-nights-days-austin;Ann;2026-11-05T10:00:00Z\r\n"
    )
    assert messy.read_bytes() == (MESSY + "\r\n" + line).encode()
    assert load(messy, journal).rows.line.tolist() == [3, 7, 8]


def test_a_changed_row_keeps_what_is_not_named_and_every_other_line(messy, journal):
    event_id = "2025-07-01-bolt-inc-dallas"
    mark = mark_of(load(messy, journal), event_id)
    change_event(messy, journal, event_id, {"jobs": "13"}, mark, KNOWN, "Bo", LATER)
    lines = MESSY.split("\r\n")
    lines[-1] = f'"Bolt; Inc";blue;2025-07;closure;13;dallas;rumored;"a ""b""";{event_id};Bo;{LATER}'
    assert messy.read_bytes() == "\r\n".join(lines).encode()
    (change,) = history(journal, event_id)
    assert change.differences() == ["jobs: empty → 13", f"event_id: empty → {event_id}"]
    assert change.before["colour"] == change.after["colour"] == "blue"


def test_where_nothing_changes_nothing_is_written(path, journal):
    event_id = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    before = path.read_bytes(), journal.read_bytes()
    mark = mark_of(load(path, journal), event_id)
    change_event(path, journal, event_id, {"jobs": " 120 ", "notes": ""}, mark, KNOWN, "Bo", LATER)
    assert (path.read_bytes(), journal.read_bytes()) == before


def test_a_removed_row_goes_alone(messy, journal):
    mark = mark_of(load(messy, journal), "a-1")
    remove_event(messy, journal, "a-1", mark, "Ann", AT)
    lines = MESSY.splitlines(keepends=True)
    del lines[2]
    assert messy.read_bytes() == "".join(lines).encode()
    (change,) = history(journal, "a-1")
    assert (change.action, change.after, change.before["jobs"]) == ("removed", None, "1,200")


def test_somebody_who_changed_the_event_meanwhile_is_said(path, journal):
    first, second = (add_event(path, journal, ROW, KNOWN, "Ann", AT) for _ in range(2))
    stale = load(path, journal)
    change_event(path, journal, first, {"jobs": "7"}, mark_of(stale, first), KNOWN, "Bo", AT)
    before = path.read_bytes(), journal.read_bytes()
    with pytest.raises(BadInput, match=r"Somebody changed this event meanwhile.*Reload"):
        change_event(path, journal, first, {"jobs": "8"}, mark_of(stale, first), KNOWN, "Ann", AT)
    with pytest.raises(BadInput, match="Somebody changed this event meanwhile"):
        remove_event(path, journal, first, mark_of(stale, first), "Ann", AT)
    with pytest.raises(BadInput, match="There is no event 'x y'"):
        remove_event(path, journal, "x\ny", "", "Ann", AT)
    assert (path.read_bytes(), journal.read_bytes()) == before
    change_event(path, journal, second, {"jobs": "9"}, mark_of(stale, second), KNOWN, "Ann", AT)
    assert load(path, journal).rows.jobs.tolist() == [7, 9]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"jobs": "-3", "source_name": ""}, ["jobs: '-3' is not a whole number", "source_name: is empty"]),
        ({"city": "Nowhere Creek"}, ["city: 'Nowhere Creek' is not a known city"]),
        ({"employer": "a\nb"}, ["employer: 'a b' holds a line break"]),
        ({"notes": "\ud800"}, ["notes: holds a line break"]),
        ({"colour": "red", "hue": ""}, ["'colour' is not a column", "'hue' is not a column"]),
    ],
)
def test_an_event_with_problems_is_refused_with_all_of_them(path, journal, values, words):
    event_id = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    before, mark = (path.read_bytes(), journal.read_bytes()), mark_of(load(path, journal), event_id)
    with pytest.raises(BadInput) as error:
        add_event(path, journal, {**ROW, **values}, KNOWN, "Ann", AT)
    assert all(part in error.value.why for part in words)
    with pytest.raises(BadInput, match="The row was not saved"):
        change_event(path, journal, event_id, values, mark, KNOWN, "Ann", AT)
    assert (path.read_bytes(), journal.read_bytes()) == before


def test_of_several_events_all_are_added_or_none(path, journal):
    with pytest.raises(BadInput) as error:
        add_events(path, journal, [ROW, ROW | {"jobs": "0"}, ROW | {"status": "?"}], KNOWN, "Ann", AT)
    assert "Row 2, jobs: '0' is not" in error.value.why
    assert "Row 3, status: '?' is not one of" in error.value.why
    assert not path.exists()
    assert not journal.exists()
    assert add_events(path, journal, [], KNOWN, "Ann", AT) == []
    assert len(add_events(path, journal, [ROW] * 3, KNOWN, "Ann", AT)) == 3
    assert len(journal.read_text(encoding="utf-8").splitlines()) == len(load(path, journal).rows) == 3


def test_problems_of_several_events_name_them_as_they_are_called(path, journal):
    with pytest.raises(BadInput, match=r"^The row was not saved\. Line 7, jobs: 'many' is not"):
        add_events(path, journal, [ROW, ROW | {"jobs": "many"}], KNOWN, "Ann", AT, names=["Line 3", "Line 7"])


def test_events_are_not_added_to_a_record_that_changed_since_it_was_looked_at(path, journal):
    seen = state_of(path, journal)
    event_id = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    kept = path.read_bytes(), journal.read_bytes()
    with pytest.raises(ChangedMeanwhile, match="changed meanwhile; nothing was saved"):
        add_events(path, journal, [ROW], KNOWN, "Bo", AT, seen)
    assert (path.read_bytes(), journal.read_bytes()) == kept
    seen = state_of(path, journal)
    let = journal.read_bytes()
    journal.write_bytes(let + let)
    with pytest.raises(ChangedMeanwhile):
        add_events(path, journal, [ROW], KNOWN, "Bo", AT, seen)
    seen = state_of(path, journal)
    assert add_events(path, journal, [ROW], KNOWN, "Bo", AT, seen) == [f"{event_id}-2"]


def test_nobody_writes_without_a_name(path, journal):
    for by in ("", " \t"):
        with pytest.raises(BadInput, match="Every change keeps who made it"):
            add_event(path, journal, ROW, KNOWN, by, AT)
    for by, at in (("a\nb", AT), ("Ann", "noon")):
        with pytest.raises(BadInput, match="not saved"):
            add_event(path, journal, ROW, KNOWN, by, at)
    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\0\0", "not CSV text"),
        (b"employer,announced\n", "the header lacks event_type"),
        (b"employer,announced,event_type,status,source_name,city\n", "event_id, logged_by, logged_at"),
        (MESSY.replace("jobs", "count").encode(), "jobs: the file has no such column"),
    ],
)
def test_a_file_that_cannot_be_edited_is_left_alone(path, journal, content, words):
    path.write_bytes(content)
    with pytest.raises(BadInput, match=words):
        add_event(path, journal, ROW, KNOWN, "Ann", AT)
    assert (path.read_bytes(), journal.exists()) == (content, False)


def test_windows_text_stays_until_a_letter_does_not_fit(path, journal):
    old = MESSY.replace("Bolt", "Bölt").encode("cp1252")
    path.write_bytes(old)
    add_event(path, journal, {**ROW, "employer": "École"}, KNOWN, "Ann", AT)
    assert path.read_bytes().startswith(old + b"\r\n" + "École;;".encode("cp1252"))
    names = ["Ã©", "É", "日本"]  # the first would be read as another letter, the last cannot be written
    for some in (names[:2], names[2:]):
        add_events(path, journal, [{**ROW, "employer": name} for name in some], KNOWN, "Ann", AT)
    assert load(path, journal).rows.employer.tolist() == ["Acme", "Bölt; Inc", "École", *names]
    path.read_bytes().decode("utf-8-sig")


TEXTS = st.text(min_size=1, max_size=60)
OLD = [b"", MESSY.encode(), MESSY.replace("red", "mauvé").encode("cp1252")]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(employer=TEXTS, source=TEXTS, by=TEXTS, old=st.sampled_from(OLD))
def test_any_text_comes_back_as_it_was_or_is_refused_whole(path, journal, employer, source, by, old):
    path.write_bytes(old)
    journal.unlink(missing_ok=True)
    before = load(path, journal).rows.employer.tolist()
    typed = {**ROW, "employer": employer, "source_name": source}
    try:
        event_id = add_event(path, journal, typed, KNOWN, by, AT)
    except BadInput as refused:
        assert (path.read_bytes(), journal.exists()) == (old, False)
        assert any(w in refused.why for w in ("is empty", "holds a line break", "keeps who"))  # noqa: PT017
        return
    found = load(path, journal)
    assert found.rows.employer.tolist()[: len(before)] == before
    last = found.rows.iloc[-1]
    texts = employer.strip(), source.strip(), by.strip()
    assert (last.employer, last.source_name, last.logged_by, last.event_id) == (*texts, event_id)
    path.write_bytes(old)
    again = load(path, journal)  # from the journal alone
    (held,) = again.rows.query("line == 0").itertuples()
    assert (held.employer, held.source_name, held.logged_by, held.event_id) == (*texts, event_id)
    assert again.missing.employer.tolist() == [texts[0]]


@pytest.mark.parametrize("text", ["=1+1", "+49 512", "@x", "-x", "'=1", '=HYPERLINK("http://x";"y")', "\t=1"])
def test_no_cell_that_is_written_is_a_formula(path, journal, text):
    add_event(path, journal, {**ROW, "employer": text, "notes": text}, KNOWN, text, AT)
    row = path.read_text(encoding="utf-8-sig").splitlines()[1]
    assert all(not cell.lstrip('"').startswith(("=", "+", "-", "@")) for cell in row.split(","))
    found = load(path, journal).rows.iloc[0]
    assert {found.employer, found.notes, found.logged_by} == {text.strip()}


@pytest.mark.parametrize("call", ["replace", "fsync"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_record_and_journal_as_they_were(path, journal, monkeypatch, error, call):
    add_event(path, journal, ROW, KNOWN, "Ann", AT)
    before = path.read_bytes(), journal.read_bytes()
    real, failed = getattr(os, call), []

    def fail(*args: object) -> object:
        if failed:
            return real(*args)
        failed.append(call)
        raise error

    monkeypatch.setattr(os, call, fail)
    with pytest.raises((LmiError, KeyboardInterrupt)):
        add_events(path, journal, [ROW, ROW], KNOWN, "Ann", AT)
    monkeypatch.undo()
    assert failed
    assert (path.read_bytes(), journal.read_bytes()) == before
    assert beside(path) == []


def test_a_place_where_no_journal_can_be_is_said_and_the_record_stays(path, tmp_path):
    (tmp_path / "file").write_text("x")
    for journal in (tmp_path / "file" / "j", tmp_path):
        with pytest.raises(LmiError, match="cannot be written"):
            add_event(path, journal, ROW, KNOWN, "Ann", AT)
    assert not path.exists()


def test_a_journal_that_has_lost_its_last_line_end_loses_no_change(path, journal):
    path.write_bytes(template())
    older = path.read_bytes()
    first = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    path.write_bytes(older)
    for end in (b"", b"\r", b"\r\n"):
        journal.write_bytes(journal.read_bytes().rstrip(b"\r\n") + end)
        assert list(load(path, journal).missing.event_id) == [first]
    journal.write_bytes(journal.read_bytes().rstrip(b"\r\n"))
    second = add_event(path, journal, {**ROW, "employer": "Bolt"}, KNOWN, "Ben", LATER)
    assert [change.by for change in history(journal, first)] == ["Ann"]
    assert [change.by for change in history(journal, second)] == ["Ben"]


def test_what_a_program_without_the_lock_wrote_meanwhile_is_not_written_over(path, journal, monkeypatch):
    add_event(path, journal, ROW, KNOWN, "Ann", AT)
    told, check = journal.read_bytes(), events_edit._check

    def meanwhile(*args):
        check(*args)
        path.write_bytes(path.read_bytes() + b"# a note\r\n")

    monkeypatch.setattr(events_edit, "_check", meanwhile)
    with pytest.raises(BadInput, match="changed by another program"):
        add_event(path, journal, {**ROW, "employer": "Bolt"}, KNOWN, "Ben", LATER)
    assert path.read_bytes().endswith(b"# a note\r\n")
    assert journal.read_bytes() == told
