"""Two people, a spreadsheet and a crash never lose an event."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from lmi.domain.errors import BadFile, BadInput
from lmi.places import ROOT
from lmi.sources import events_edit, local_write
from lmi.sources.event_changes import former_rows
from lmi.sources.event_journal import Change, history, read
from lmi.sources.events_edit import add_event, add_events, change_event, let_go, put_back, remove_event
from lmi.sources.events_file import EventLog, load_events, template
from tests.sources.small_events import AT, KNOWN, ROW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hiring_events.csv"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "local" / "journal.jsonl"


def load(path: Path, journal: Path) -> EventLog:
    return load_events(path, journal, KNOWN)


def mark_of(log: EventLog, event_id: str) -> str:
    return log.rows[log.rows.event_id == event_id]["mark"].item()


def writer(path: Path, journal: Path, who: str, count: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.sources.event_writer", str(path), str(journal), who, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_fifty_appends_of_five_processes_at_once_lose_nothing(path, journal):
    path.write_bytes(template() + b"mine,2025-01-02,,By hand,closure,5,,,Dallas,,,confirmed,,Ann,,,,\r\n")
    processes = [writer(path, journal, f"w{number}", 10) for number in range(5)]
    told = [process.communicate(timeout=120)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0] * 5
    acknowledged = [event_id for ids in told for event_id in ids]
    found = load(path, journal)
    assert len(set(acknowledged)) == 50
    assert sorted(found.rows.event_id) == sorted([*acknowledged, "mine"])
    assert set(found.rows.notes.dropna()) == {f"w{w} {n}" for w in range(5) for n in range(10)}
    assert (found.problems, len(found.missing), found.reverted) == ((), 0, ())
    assert found.rows.line.tolist() == list(range(2, 53))
    assert {
        change.action for changes in read(journal.read_bytes()).changes.values() for change in changes
    } == {"added"}


def test_a_process_that_is_killed_leaves_every_acknowledged_event(path, journal):
    """SIGKILL at some point of an append, again and again; the next process goes on."""
    random_points, acknowledged = random.Random(3), []
    for turn in range(6):
        process = writer(path, journal, f"w{turn}", 10_000)
        acknowledged += [process.stdout.readline().strip() for _ in range(3 + turn)]
        time.sleep(random_points.random() * 0.01)
        process.send_signal(signal.SIGKILL)
        acknowledged += process.stdout.read().split("\n")[:-1]
        assert process.wait(60) == -signal.SIGKILL
        process.stdout.close()
        found = load(path, journal)
        in_file = found.rows[found.rows.line > 0].event_id
        assert set(acknowledged) <= set(in_file)
        assert len(in_file) <= len(acknowledged) + turn + 1  # the one that was under way, at most
        assert found.problems == ()
        assert len(found.missing) <= turn + 1
        assert read(journal.read_bytes()).problems == ()
    last = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    assert last in set(load(path, journal).rows.event_id)


DIE = """
import os, sys
from pathlib import Path
from lmi.sources.events_edit import add_event
from tests.sources.small_events import AT, KNOWN, ROW
calls = []
real = getattr(os, sys.argv[3])
def end(*args):
    calls.append(args)
    if len(calls) == int(sys.argv[4]):
        os._exit(9)
    return real(*args)
setattr(os, sys.argv[3], end)
add_event(Path(sys.argv[1]), Path(sys.argv[2]), ROW, KNOWN, "Ann", AT)
"""


@pytest.mark.parametrize(("call", "number"), [("fsync", 1), ("fsync", 2), ("replace", 1)])
def test_what_the_journal_has_and_the_record_not_is_still_there(path, journal, call, number):
    """A crash after the journal is written and before the record is in its place."""
    first = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    before = path.read_bytes()
    command = [sys.executable, "-c", DIE, str(path), str(journal), call, str(number)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 9
    assert path.read_bytes() == before
    found = load(path, journal)
    assert found.rows.line.tolist() == [2, 0]
    assert found.missing.event_id.tolist() == [f"{first}-2"]
    put_back(path, journal, [f"{first}-2"], "Bo", AT)
    assert load(path, journal).rows.line.tolist() == [2, 3]
    assert [change.action for change in history(journal, f"{first}-2")] == ["added", "put back"]


@pytest.mark.parametrize("torn", [b'{"at": "2026', b"\0\0\0", b'{"at": 1}'])
def test_a_torn_last_line_of_the_journal_is_passed_over_and_then_cut(path, journal, torn):
    first = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    whole = journal.read_bytes()
    journal.write_bytes(whole + torn)
    assert load(path, journal).problems == ()
    add_event(path, journal, ROW, KNOWN, "Ann", AT)
    assert journal.read_bytes().startswith(whole + b'{"at": "2026-11-05T10:00:00Z"')
    assert [change.event_id for change in history(journal, first)] == [first]


def test_a_line_of_the_journal_that_cannot_be_read_is_named_and_the_others_count(path, journal):
    first = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    lines = journal.read_bytes()
    for bad in (b"x", b"[]", b"3", b'{"at": "a"}', lines.strip().replace(b'"added"', b'"eaten"'),
                lines.strip().replace(b'"before": null', b'"before": [1]'), b"[" * 100_000,
                lines.strip().replace(b'"Acme, Inc."', rb'"\ud800"'),
                lines.strip().replace(b'"event_id": "', rb'"event_id": "\udfff'),
                lines.strip().replace(b'"Austin"', b'"\xed\xa0\x80"')):  # fmt: skip
        journal.write_bytes(bad + b"\n" + lines)
        found = load(path, journal)
        assert [problem.line_text() for problem in found.problems] == [
            "The file: line 1 of the journal cannot be read. Put back a copy of the journal."
        ]
        assert (found.rows.event_id.tolist(), len(found.missing)) == ([first], 0)


def test_a_journal_that_cannot_be_read_is_named_and_the_record_loads(path, journal):
    first = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    journal.unlink()
    journal.mkdir()
    found = load(path, journal)
    assert found.rows.event_id.tolist() == [first]
    (said,) = [problem.line_text() for problem in found.problems]
    assert said.startswith("The file: journal.jsonl cannot be read (Is a directory). Events that only it")
    for ask in (lambda: history(journal, first), lambda: former_rows(journal, KNOWN)):
        with pytest.raises(BadFile, match=r"The journal journal\.jsonl cannot be read"):
            ask()
    path.unlink()
    assert [len(load(path, journal).problems), len(load(path, journal).rows)] == [1, 0]


def test_a_spreadsheet_that_saves_an_older_copy_over_the_file_loses_nothing(path, journal):
    kept, changed, gone = add_events(path, journal, [ROW | {"employer": e} for e in "ABC"], KNOWN, "Ann", AT)
    older = path.read_bytes()
    log = load(path, journal)
    change_event(path, journal, changed, {"jobs": "500"}, mark_of(log, changed), KNOWN, "Bo", AT)
    remove_event(path, journal, gone, mark_of(log, gone), "Bo", AT)
    new = add_event(path, journal, ROW | {"employer": "D", "notes": "'=1"}, KNOWN, "Bo", AT)
    newest = path.read_bytes()
    path.write_bytes(older.replace(b"2025-07-09,,", b"7/9/2025,,"))  # as spreadsheets rewrite dates

    found = load(path, journal)
    assert dict(zip(found.rows.event_id, found.rows.line, strict=True)) == {
        kept: 2,
        changed: 3,
        gone: 4,
        new: 0,
    }
    assert found.rows[found.rows.event_id == changed].jobs.item() == 120  # the file counts
    (lost,) = found.missing[["event_id", "by", "employer", "notes"]].to_numpy().tolist()
    assert lost == [new, "Bo", "D", "'=1"]
    assert found.rows[found.rows.event_id == new].notes.item() == "'=1"
    back, returned = found.reverted
    assert (back.event_id, back.line, back.in_file["jobs"], back.in_journal["jobs"]) == (
        changed,
        3,
        "120",
        "500",
    )
    assert (returned.event_id, returned.in_journal, returned.by) == (gone, None, "Bo")

    put_back(path, journal, [new, changed, gone], "Cy", AT)
    found = load(path, journal)
    assert (found.problems, len(found.missing), found.reverted) == ((), 0, ())
    assert path.read_bytes() == newest.replace(
        b"%s,2025-07-09,," % kept.encode(), b"%s,7/9/2025,," % kept.encode()
    )
    assert [change.action for change in history(journal, changed)] == ["added", "changed", "put back"]
    with pytest.raises(BadInput, match="does not differ from what was logged"):
        put_back(path, journal, [new], "Cy", AT)


def test_what_is_let_go_is_not_asked_about_again(path, journal):
    kept, changed = add_events(path, journal, [ROW, ROW | {"employer": "B"}], KNOWN, "Ann", AT)
    older = path.read_bytes()
    change_event(
        path, journal, changed, {"jobs": "500"}, mark_of(load(path, journal), changed), KNOWN, "Bo", AT
    )
    new = add_event(path, journal, ROW, KNOWN, "Bo", AT)
    path.write_bytes(older)
    for edit in (remove_event, change_event):
        with pytest.raises(BadInput, match=r"only the journal holds the event\. Put it back first"):
            edit(path, journal, new, *(("",) if edit is remove_event else ({}, "", KNOWN)), "Bo", AT)
    let_go(path, journal, [new, changed], "Cy", AT)
    found = load(path, journal)
    assert path.read_bytes() == older
    assert (found.rows.event_id.tolist(), len(found.missing), found.reverted) == ([kept, changed], 0, ())
    last = history(journal, changed)[-1]
    assert (last.action, last.before["jobs"], last.after["jobs"]) == ("let go", "500", "120")
    for unknown in (new, "nothing"):
        with pytest.raises(BadInput):
            let_go(path, journal, [unknown], "Cy", AT)


def test_what_people_do_in_the_spreadsheet_is_simply_what_it_is(path, journal):
    """A row that the app never touched may go; one that it logged may change to something new."""
    path.write_bytes(template() + b"mine,2025-01-02,,By hand,closure,5,,,Dallas,,,confirmed,,Ann,,,,\r\n")
    logged = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    text = path.read_bytes()
    path.write_bytes(text.replace(b",120,", b",121,").replace(b"mine", b"#mine").replace(b"#mine", b"other"))
    found = load(path, journal)
    assert (found.rows.event_id.tolist(), len(found.missing), found.reverted) == (["other", logged], 0, ())
    change_event(path, journal, logged, {"jobs": "122"}, mark_of(found, logged), KNOWN, "Bo", AT)
    path.write_bytes(path.read_bytes().replace(b",122,", b",130,"))
    assert load(path, journal).reverted == ()
    path.write_bytes(path.read_bytes().replace(b",130,", b",121,"))
    (back,) = load(path, journal).reverted  # what was typed by hand before the app changed it
    assert (back.in_file["jobs"], back.in_journal["jobs"]) == ("121", "122")


def test_a_row_that_a_spreadsheet_only_writes_otherwise_did_not_change_back(path, journal):
    event_id = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    for jobs in ("500", "120"):
        mark = mark_of(load(path, journal), event_id)
        change_event(path, journal, event_id, {"jobs": jobs}, mark, KNOWN, "Bo", AT)
    path.write_bytes(path.read_bytes().replace(b",2025-07-09,", b",7/9/2025,"))
    assert load(path, journal).reverted == ()
    path.write_bytes(path.read_bytes().replace(b",120,", b',"500",'))
    assert [back.event_id for back in load(path, journal).reverted] == [event_id]


def test_an_event_on_a_line_that_cannot_be_read_is_not_missing(path, journal):
    first, second = (add_event(path, journal, ROW, KNOWN, "Ann", AT) for _ in range(2))
    whole = path.read_bytes()
    for spoiled in (
        whole.replace(b",layoff", b",,layoff", 1),
        whole.replace(b"2025-07-09,,", b'2025-07-09,,"', 1),
    ):
        path.write_bytes(spoiled)
        found = load(path, journal)
        assert (found.rows.event_id.tolist(), len(found.missing)) == ([second], 0)
        assert {problem.line for problem in found.problems} == {2}
    assert first != second


def test_an_event_whose_cells_a_spreadsheet_spoiled_counts_and_can_be_put_back(path, journal):
    first, second = (
        add_event(path, journal, ROW | {"socs": "11-3031", "jobs": jobs}, KNOWN, "Ann", AT)
        for jobs in ("120", "130")
    )
    whole = path.read_bytes()
    spoiled = whole.replace(b"11-3031", b"Nov-31", 1).replace(b",120,", b",125,")
    path.write_bytes(spoiled)
    found = load(path, journal)
    rows = sorted(zip(found.rows.event_id, found.rows.line, found.rows.jobs, strict=True))
    assert (rows, found.missing.event_id.tolist()) == ([(first, 0, 120), (second, 3, 130)], [first])
    assert [problem.line for problem in found.problems] == [2]
    with pytest.raises(BadInput, match=r"only the journal holds the event\. Put it back first"):
        change_event(path, journal, first, {"jobs": "7"}, "", KNOWN, "Bo", AT)
    put_back(path, journal, [first], "Bo", AT)
    assert path.read_bytes() == whole
    path.write_bytes(spoiled.replace(b"Nov-31", b"11-3031;"))  # mended by hand
    found = load(path, journal)
    assert (found.rows.line.tolist(), found.rows.jobs.tolist(), len(found.missing)) == ([2, 3], [125, 130], 0)
    path.write_bytes(spoiled)
    let_go(path, journal, [first], "Bo", AT)
    found = load(path, journal)
    assert (found.rows.event_id.tolist(), len(found.missing), len(found.problems)) == ([second], 0, 1)


def test_without_the_record_the_journal_tells_it_and_puts_it_back(path, journal):
    ids = add_events(path, journal, [ROW, ROW], KNOWN, "Ann", AT)
    whole = path.read_bytes()
    for content in (None, b"", b"\xef\xbb\xbf"):
        path.unlink(missing_ok=True) if content is None else path.write_bytes(content)
        found = load(path, journal)
        assert (found.rows.event_id.tolist(), found.rows.line.tolist()) == (ids, [0, 0])
    put_back(path, journal, ids, "Bo", AT)
    assert path.read_bytes() == whole
    path.write_bytes(b"employer\n")  # with a header that is no use nothing is known to be missing
    assert len(load(path, journal).missing) == 0


def test_a_journaled_event_whose_codes_exist_no_more_is_a_problem_and_not_lost(path, journal):
    event_id = add_event(path, journal, ROW, KNOWN, "Ann", AT)
    text = journal.read_text(encoding="utf-8").replace('"Austin"', '"Atlantis"')
    journal.write_text(text, encoding="utf-8")
    path.unlink()
    found = load(path, journal)
    assert (len(found.rows), found.missing.city.tolist()) == (0, ["Atlantis"])
    assert found.problems[0].line_text().startswith("The file, city: 'Atlantis' is not a known city")
    assert found.problems[0].line_text().endswith(f"Only the journal holds it: {event_id}.")


def test_own_columns_and_doubled_names_survive_being_put_back(path, journal):
    path.write_bytes(template().replace(b"notes", b"notes,colour,notes"))
    event_id = add_event(path, journal, ROW | {"notes": "n"}, KNOWN, "Ann", AT)
    path.write_bytes(path.read_bytes().replace(b",n,,", b",n,red,"))
    change_event(
        path, journal, event_id, {"jobs": "5"}, mark_of(load(path, journal), event_id), KNOWN, "Bo", AT
    )
    whole = path.read_bytes()
    assert b",n,red,,Bo," in whole
    path.write_bytes(whole.splitlines(keepends=True)[0])
    put_back(path, journal, [event_id], "Bo", AT)
    assert path.read_bytes() == whole


def test_who_reads_while_somebody_writes_sees_no_event_missing(path, journal, monkeypatch):
    """Between journal and record the writer is held up; a reader waits for it."""
    add_event(path, journal, ROW, KNOWN, "Ann", AT)
    begun, real = threading.Event(), events_edit.replace_content

    def slow(*args: object) -> None:
        begun.set()
        time.sleep(0.2)
        real(*args)

    monkeypatch.setattr(events_edit, "replace_content", slow)
    thread = threading.Thread(target=add_event, args=(path, journal, ROW, KNOWN, "Bo", AT))
    thread.start()
    assert begun.wait(30)
    found = load(path, journal)
    thread.join(30)
    assert (found.rows.line.tolist(), len(found.missing)) == ([2, 3], 0)


def test_a_reader_does_not_wait_for_ever(path, journal, monkeypatch):
    add_event(path, journal, ROW, KNOWN, "Ann", AT)
    monkeypatch.setattr(local_write, "WAIT_SECONDS", 0.05)
    with local_write.locked(path):
        assert load(path, journal).rows.line.tolist() == [2]
    real = os.open

    def read_only(place: object, flags: int, *rest: int) -> int:
        if flags & os.O_RDWR:
            raise OSError(30, "Read-only file system")
        return real(place, flags, *rest)

    monkeypatch.setattr(os, "open", read_only)
    assert load(path, journal).rows.line.tolist() == [2]


def test_what_a_change_differs_in():
    change = Change(
        AT, "Ann", "changed", "a", {"jobs": "5", "notes": "x", "logged_by": "Bo"}, {"jobs": "6", "city": "A"}
    )
    assert change.differences() == ["jobs: 5 → 6", "notes: x → empty", "city: empty → A"]
    assert Change(AT, "Ann", "added", "a", None, {"jobs": "6"}).differences() == []
