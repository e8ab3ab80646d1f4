"""Editing the training-capacity file: other lines stay as written, no write is lost, none is half done."""

import multiprocessing
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lmi.domain.capacity import Known
from lmi.domain.errors import BadInput, LmiError
from lmi.sources import local_write
from lmi.sources.capacity_edit import add_row, remove_row, replace_row
from lmi.sources.capacity_file import CapacityFile, load_capacity, template

KNOWN = Known(("US", "48", "12420"), ("29-1141", "47-2111"), ("51.3801", "46.0302"), "12420")
ROW = {"provider": "ACC", "program": "Nursing", "soc": "29-1141", "seats": "40", "source": "dean",
       "as_of": "2026-01"}  # fmt: skip
MESSY = (
    "# kept by Ann\r\n"
    "Seats;Program;colour;Provider;SOC;source;as of\r\n"
    "  40 ;Nursing;red;ACC;291141;dean;2026-01\r\n"
    "\r\n"
    "-3;Welding;=1+1;ACC;47-2111;dean;2026-01\n"
    "7;too;few\r\n"
    '"12";"Wiring; home";blue;ACC;47.2111;"a ""b""";2026-01'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "local" / "training_capacity.csv"


@pytest.fixture
def messy(path: Path) -> Path:
    path.parent.mkdir()
    path.write_bytes(MESSY.encode())
    return path


def load(path: Path) -> CapacityFile:
    return load_capacity(path, KNOWN.areas, KNOWN.socs, KNOWN.cips, KNOWN.default_area)


def beside(path: Path) -> list[str]:
    """Other files in the folder, the lock aside."""
    return [p.name for p in path.parent.iterdir() if p != path and not p.name.endswith(".lock")]


def test_the_first_row_makes_the_file_with_its_header(path):
    add_row(path, ROW, KNOWN)
    assert path.read_bytes() == template() + b"ACC,Nursing,,,29-1141,,,40,,,,,,dean,2026-01\r\n"
    found = load(path)
    assert (found.rows.line.tolist(), found.problems) == ([2], ())
    assert beside(path) == []


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n\n"])
def test_an_empty_file_gets_its_header_too(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    add_row(path, ROW, KNOWN)
    assert path.read_bytes().startswith(template())
    assert load(path).rows.line.tolist() == [2]


def test_a_new_row_follows_the_files_own_order_and_leaves_every_byte_before_it(messy):
    add_row(messy, {**ROW, "program": "Nights; weekends", "as_of": "2026-02"}, KNOWN)
    assert (
        messy.read_bytes()
        == (MESSY + "\r\n" + '40;"Nights; weekends";;ACC;29-1141;dean;2026-02\r\n').encode()
    )
    assert load(messy).rows.line.tolist() == [3, 7, 8]


def test_a_changed_row_keeps_what_is_not_named_and_every_other_line(messy):
    replace_row(messy, 7, {"seats": "13"}, load(messy).stamp, KNOWN)
    lines = MESSY.split("\r\n")
    lines[-1] = '13;"Wiring; home";blue;ACC;47.2111;"a ""b""";2026-01'
    assert messy.read_bytes() == "\r\n".join(lines).encode()


def test_a_bad_row_can_be_mended(messy):
    replace_row(messy, 5, {"seats": "3"}, load(messy).stamp, KNOWN)
    assert messy.read_bytes() == MESSY.replace("-3;", "3;").encode()
    replace_row(messy, 6, {**ROW, "program": "Whole"}, load(messy).stamp, KNOWN)
    assert messy.read_bytes().splitlines()[5] == b"40;Whole;;ACC;29-1141;dean;2026-01"
    assert load(messy).rows.line.tolist() == [3, 5, 6, 7]


@pytest.mark.parametrize("line", [3, 5, 6, 7])
def test_any_row_good_or_bad_can_be_removed(messy, line):
    remove_row(messy, line, load(messy).stamp)
    lines = MESSY.splitlines(keepends=True)
    del lines[line - 1]
    assert messy.read_bytes() == "".join(lines).encode()
    assert beside(messy) == []


def test_a_row_over_several_lines_goes_whole(path):
    path.parent.mkdir()
    head = ",".join(ROW) + "\n"
    path.write_text(head + '"A\nB",P,29-1141,1,s,2026-01\nC,D,29-1141,1,s,2026-01\n', encoding="utf-8")
    assert [problem.line for problem in load(path).problems] == [2]
    remove_row(path, 2, load(path).stamp)
    assert path.read_text(encoding="utf-8") == head + "C,D,29-1141,1,s,2026-01\n"


@pytest.mark.parametrize("line", [0, 1, 2, 4, 8, -1])
def test_where_no_row_begins_nothing_is_changed(messy, line):
    with pytest.raises(BadInput, match=f"No row begins at line {line}"):
        remove_row(messy, line, load(messy).stamp)
    with pytest.raises(BadInput, match="Reload"):
        replace_row(messy, line, ROW, load(messy).stamp, KNOWN)
    assert messy.read_bytes() == MESSY.encode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"seats": "-3", "source": ""}, ["seats: '-3' is not a whole number", "source: is empty"]),
        ({"soc": ""}, ["cip: is empty, and so is soc"]),
        ({"as_of": "2026-02-30"}, ["as_of: '2026-02-30' does not exist in the calendar"]),
        ({"provider": "a\nb"}, ["provider: 'a b' holds a line break"]),
        ({"provider": "\ud800"}, ["provider: holds a line break"]),
        ({"colour": "red", "hue": ""}, ["'colour' is not a column", "'hue' is not a column"]),
    ],
)
def test_a_row_with_problems_is_refused_with_all_of_them(path, values, words):
    add_row(path, {**ROW, "program": "First"}, KNOWN)
    before, stamp = path.read_bytes(), load(path).stamp
    with pytest.raises(BadInput) as error:
        add_row(path, {**ROW, **values}, KNOWN)
    for part in words:
        assert part in error.value.why
    with pytest.raises(BadInput):
        replace_row(path, 2, values, stamp, KNOWN)
    assert path.read_bytes() == before
    assert beside(path) == []


def test_a_doubled_row_is_refused_but_a_row_may_stay_itself(path):
    add_row(path, ROW, KNOWN)
    with pytest.raises(BadInput, match="area and date as line 2"):
        add_row(path, {**ROW, "provider": "acc", "area_code": "12420"}, KNOWN)
    add_row(path, {**ROW, "program": "Other"}, KNOWN)
    with pytest.raises(BadInput, match="area and date as line 3"):
        replace_row(path, 2, {"program": "Other"}, load(path).stamp, KNOWN)
    replace_row(path, 2, {"seats": "41"}, load(path).stamp, KNOWN)
    assert load(path).rows.seats.tolist() == [41, 40]


def test_a_column_that_the_file_has_not_is_said(messy):
    with pytest.raises(BadInput, match="length: the file has no such column"):
        add_row(messy, {**ROW, "program": "X", "length": "3 weeks"}, KNOWN)
    add_row(messy, {**ROW, "program": "X", "length": ""}, KNOWN)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\0\0", "not CSV text"),
        (b"provider,program\n", "the header lacks seats"),
        (b"# only a note\n", "there is no header"),
    ],
)
def test_a_file_that_cannot_be_edited_is_left_alone(path, content, words):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(BadInput, match=words):
        add_row(path, ROW, KNOWN)
    assert path.read_bytes() == content


def test_a_stale_stamp_is_refused(path):
    add_row(path, ROW, KNOWN)
    stamp = load(path).stamp
    add_row(path, {**ROW, "program": "Somebody's"}, KNOWN)
    before = path.read_bytes()
    with pytest.raises(BadInput, match=r"Somebody changed the file meanwhile.*Reload"):
        replace_row(path, 2, {"seats": "1"}, stamp, KNOWN)
    with pytest.raises(BadInput, match="Somebody changed the file meanwhile"):
        remove_row(path, 2, stamp)
    assert path.read_bytes() == before
    path.unlink()
    with pytest.raises(BadInput, match="Somebody changed the file meanwhile"):
        remove_row(path, 2, stamp)
    assert not path.exists()


def test_windows_text_stays_until_a_letter_does_not_fit(path):
    path.parent.mkdir()
    old = (",".join(ROW) + "\r\nCollège,N,29-1141,1,s,2026-01\r\n").encode("cp1252")
    path.write_bytes(old)
    add_row(path, {**ROW, "provider": "École"}, KNOWN)
    assert path.read_bytes() == old + "École,Nursing,29-1141,40,dean,2026-01\r\n".encode("cp1252")
    for provider in ("Ã©", "日本"):  # the first would be read as another letter, the second cannot be written
        add_row(path, {**ROW, "provider": provider}, KNOWN)
    assert load(path).rows.provider.tolist() == ["Collège", "École", "Ã©", "日本"]
    path.read_bytes().decode("utf-8-sig")


NAMES = st.text(min_size=1, max_size=60)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(provider=NAMES, program=NAMES, source=NAMES, old=st.sampled_from([b"", MESSY.encode(),
       MESSY.replace("red", "mauvé").encode("cp1252")]))  # fmt: skip
def test_any_text_comes_back_as_it_was_or_is_refused_whole(path, provider, program, source, old):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(old)
    before = load(path).rows.program.tolist()
    typed = {**ROW, "provider": provider, "program": program, "source": source}
    try:
        add_row(path, typed, KNOWN)
    except BadInput as refused:
        assert path.read_bytes() == old
        assert any(w in refused.why for w in ("is empty", "holds a line break", "same provider"))  # noqa: PT017
        return
    found = load(path)
    assert found.rows.program.tolist()[: len(before)] == before
    last = found.rows.iloc[-1]
    assert (last.provider, last.program, last.source) == (provider.strip(), program.strip(), source.strip())
    replace_row(path, int(last.line), {"seats": "5"}, found.stamp, KNOWN)
    assert load(path).rows.iloc[-1].provider == provider.strip()
    remove_row(path, int(last.line), load(path).stamp)
    left, text = path.read_bytes(), (MESSY if b"red" in old else MESSY.replace("red", "mauvé")) + "\r\n"
    assert left in ([template()] if not old else [old + b"\r\n", b"\xef\xbb\xbf" + text.encode()])


@pytest.mark.parametrize("text", ["=1+1", "+49 512", "@x", "-x", "'=1", '=HYPERLINK("http://x";"y")', "\t=1"])
def test_no_cell_that_is_written_is_a_formula(path, text):
    add_row(path, {**ROW, "provider": text, "source": text}, KNOWN)
    cells = path.read_text(encoding="utf-8-sig").splitlines()[1]
    assert cells.lstrip('"').startswith("'")
    assert load(path).rows.iloc[0].source == text.strip()


def twenty(path: Path, who: str) -> None:
    for number in range(20):
        add_row(path, {**ROW, "provider": who, "program": f"P{number}"}, KNOWN)


def test_two_processes_at_once_lose_no_row(path):
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=twenty, args=(path, who)) for who in ("one", "two")]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]
    found = load(path)
    assert found.problems == ()
    assert sorted(zip(found.rows.provider, found.rows.program, strict=True)) == sorted(
        (who, f"P{number}") for who in ("one", "two") for number in range(20)
    )
    assert beside(path) == []


def die(path: Path, at: str) -> None:
    """Add a row and end without a trace at a call of the operating system."""

    def end(*args: object) -> None:
        os._exit(9)

    setattr(os, at, end)
    add_row(path, {**ROW, "program": "Never"}, KNOWN)


@pytest.mark.parametrize("at", ["fsync", "replace"])
def test_a_process_that_dies_leaves_the_old_file_and_blocks_nobody(path, at):
    add_row(path, ROW, KNOWN)
    before = path.read_bytes()
    process = multiprocessing.get_context("spawn").Process(target=die, args=(path, at))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert path.read_bytes() == before
    add_row(path, {**ROW, "program": "Next"}, KNOWN)  # its lock is free, its leavings are no hindrance
    assert load(path).rows.program.tolist() == ["Nursing", "Next"]
    assert beside(path) == []


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(path, monkeypatch, error, call):
    add_row(path, ROW, KNOWN)
    before = path.read_bytes()

    def fail(*args: object) -> None:
        raise error

    monkeypatch.setattr(os, call, fail)
    with pytest.raises((LmiError, KeyboardInterrupt)) as raised:
        add_row(path, {**ROW, "program": "Never"}, KNOWN)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert beside(path) == []
    if isinstance(raised.value, LmiError):
        assert raised.value.what == "training_capacity.csv cannot be written."
        assert "No space left on device" in raised.value.why
        assert raised.value.next_step
    add_row(path, {**ROW, "program": "Next"}, KNOWN)


def test_a_place_where_no_file_can_be_is_said_in_three_parts(tmp_path):
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file" / "c.csv", tmp_path):
        with pytest.raises(LmiError) as error:
            add_row(place, ROW, KNOWN)
        assert "cannot be written" in error.value.what
        assert error.value.why
        assert error.value.next_step


def test_a_read_only_file_is_not_replaced(path, monkeypatch):
    add_row(path, ROW, KNOWN)
    before = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda place, mode: False)  # tests may run as an administrator
    with pytest.raises(LmiError, match="read-only"):
        add_row(path, {**ROW, "program": "Never"}, KNOWN)
    assert path.read_bytes() == before


def test_somebody_who_holds_the_file_for_long_is_said(path, monkeypatch):
    monkeypatch.setattr(local_write, "WAIT_SECONDS", 0.1)
    with local_write.locked(path), pytest.raises(LmiError, match="being written by somebody else"):
        add_row(path, ROW, KNOWN)
    add_row(path, ROW, KNOWN)


def test_a_link_stays_a_link_and_rights_stay(tmp_path):
    real, link = tmp_path / "shared" / "c.csv", tmp_path / "local.csv"
    add_row(real, ROW, KNOWN)
    real.chmod(0o640)
    link.symlink_to(real)
    add_row(link, {**ROW, "program": "Second"}, KNOWN)
    assert link.is_symlink()
    assert len(load(real).rows) == 2
    assert real.stat().st_mode & 0o777 == 0o640
