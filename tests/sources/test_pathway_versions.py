"""Versions of pathways.yaml: drafts are saved, versions published, copied and frozen, and nothing is lost."""

import errno
import multiprocessing
import os
import re
import shutil
from pathlib import Path

import pytest

from lmi import places
from lmi.domain.errors import BadFile, BadInput, LmiError
from lmi.domain.pathways import Version
from lmi.sources import local_write
from lmi.sources.pathway_versions import (
    copy,
    digest,
    freeze,
    in_use,
    kept,
    publish,
    read,
    records,
    save,
)
from lmi.sources.pathways_edit import ChangeStep, apply
from lmi.sources.pathways_file import check_text
from tests.sources.small_pathways import SOCS, TEXT

EDITED = apply(TEXT, ChangeStep("nursing", "31-1131", note="Saved"), SOCS)
HEAD = 'version: {name: "test-1", status: draft, date: 2026-11-24, note: "For the tests."}'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "pathways.yaml"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "local" / "pathways"


def previous(folder: Path) -> list[str]:
    """What was kept of the working file, the oldest first."""
    return [file.read_bytes().decode() for file in sorted((folder / "previous").glob("*.yaml"))]


def everything(path: Path, folder: Path) -> dict[str, bytes]:
    """Every file but the lock files, by its place."""
    root = path.parent
    found = [*root.glob("*"), *folder.rglob("*")]
    return {str(f.relative_to(root)): f.read_bytes() for f in found if f.is_file() and f.suffix != ".lock"}


def on_record(folder: Path) -> dict[str, str]:
    return {version.name: version.status for version, _ in kept(folder)}


def published(path: Path, folder: Path, name: str, date: str) -> None:
    """Publish the present draft under a name."""
    text = read(path).replace('name: "test-1"', f'name: "{name}"', 1)
    path.write_bytes(text.encode())
    publish(path, folder, date, SOCS)


# ---- saving --------------------------------------------------------------------------------------------


def test_a_save_replaces_the_draft_and_keeps_what_was_there(path, folder):
    after = save(path, folder, EDITED, digest(TEXT), SOCS)
    assert path.read_bytes() == EDITED.encode()
    assert after == digest(EDITED) == digest(read(path))
    assert previous(folder) == [TEXT]
    (file,) = (folder / "previous").glob("*.yaml")
    assert re.fullmatch(rf"\d{{8}}T\d{{6}}\.\d{{6}}Z-{digest(TEXT)[:8]}\.yaml", file.name)
    save(path, folder, TEXT, after, SOCS)
    save(path, folder, EDITED, digest(TEXT), SOCS)
    assert previous(folder) == [TEXT, EDITED, TEXT]
    assert kept(folder) == []


def test_a_save_that_changes_nothing_writes_nothing(path, folder):
    before = path.stat()
    assert save(path, folder, TEXT, digest(TEXT), SOCS) == digest(TEXT)
    assert path.stat().st_ino == before.st_ino
    assert not folder.exists()


def test_every_byte_is_kept_line_ends_and_mark_included(path, folder):
    odd = "\ufeff" + EDITED.replace("\n", "\r\n") + "# é 😀\t \r\n"
    save(path, folder, odd, digest(TEXT), SOCS)
    assert path.read_bytes() == odd.encode()
    assert digest(read(path)) == digest(odd)
    publish(path, folder, "2026-11-25", SOCS)
    assert path.read_bytes().decode() == odd.replace("draft, date: 2026-11-24", "published, date: 2026-11-25")


def test_the_second_of_two_savers_is_refused(path, folder):
    loaded = digest(read(path))
    save(path, folder, EDITED, loaded, SOCS)
    files = everything(path, folder)
    theirs = apply(TEXT, ChangeStep("nursing", "31-1131", note="Theirs"), SOCS)
    with pytest.raises(BadInput, match=r"Somebody changed the pathways meanwhile.*Look at what"):
        save(path, folder, theirs, loaded, SOCS)
    with pytest.raises(BadInput, match="Somebody changed"):
        publish(path, folder, "2026-11-25", SOCS, base_digest=loaded)
    assert everything(path, folder) == files


def test_a_text_with_problems_is_refused_with_their_number(path, folder):
    bad = TEXT.replace("stage: skilled", "stage: high")
    with pytest.raises(BadFile, match=r"pathways\.yaml, line 17, .*'high' is not known.* And 1 more"):
        save(path, folder, bad, digest(TEXT), SOCS)
    for text in ("", "a: [", "\ud800", "audiences: {}\n"):
        with pytest.raises(BadFile, match=r"pathways\.yaml"):
            save(path, folder, text, digest(TEXT), SOCS)
    assert everything(path, folder) == {"pathways.yaml": TEXT.encode()}


@pytest.mark.parametrize("status", ["published", "frozen"])
def test_what_is_published_or_frozen_is_copied_not_changed(path, folder, status):
    there = TEXT.replace("status: draft", f"status: {status}")
    path.write_bytes(there.encode())
    for text in (there.replace("entry}", "entry, note: x}"), EDITED):
        with pytest.raises(BadInput) as error:
            save(path, folder, text, digest(there), SOCS)
        assert error.value.what == f"'test-1' is {status}."
        assert error.value.why == f"A {status} version is copied, not changed."
        assert error.value.next_step
    with pytest.raises(BadInput, match="copied, not changed"):
        publish(path, folder, "2026-11-25", SOCS)
    assert everything(path, folder) == {"pathways.yaml": there.encode()}


@pytest.mark.parametrize("status", ["published", "frozen"])
def test_a_draft_is_not_published_by_typing_so(path, folder, status):
    with pytest.raises(BadInput, match=f"says that it is {status}"):
        save(path, folder, EDITED.replace("status: draft", f"status: {status}"), digest(TEXT), SOCS)
    assert path.read_bytes() == TEXT.encode()


def test_a_draft_cannot_take_the_name_of_a_version_on_record(path, folder):
    published(path, folder, "2026.1", "2026-11-25")
    copy(path, folder, "2026.2", "2026-11-26", "", SOCS)
    text = read(path)
    for name in ("2026.1", "２０２６.1"):
        with pytest.raises(BadInput, match="is on record"):
            save(path, folder, text.replace('"2026.2"', f'"{name}"'), digest(text), SOCS)
    assert read(path) == text
    save(path, folder, text.replace('"2026.2"', '"2026.3"'), digest(text), SOCS)


def test_a_broken_file_is_mended_by_a_save_and_kept(path, folder):
    broken = TEXT.replace("version:", "version: [")
    path.write_bytes(broken.encode())
    save(path, folder, EDITED, digest(broken), SOCS)
    assert read(path) == EDITED
    assert previous(folder) == [broken]


def test_a_file_that_is_not_there_is_made(path, folder):
    path.unlink()
    assert read(path) == ""
    save(path, folder, TEXT, digest(""), SOCS)
    assert read(path) == TEXT
    assert not folder.exists()


# ---- publishing, copying, freezing ---------------------------------------------------------------------


def test_publishing_changes_status_and_date_and_puts_a_copy_on_record(path, folder):
    version = publish(path, folder, "2026-11-25", SOCS, base_digest=digest(TEXT))
    assert version == Version("test-1", "published", "2026-11-25", "For the tests.")
    after = TEXT.replace(HEAD, HEAD.replace("draft", "published").replace("-24", "-25"))
    assert read(path) == read(folder / "test-1.yaml") == after
    assert previous(folder) == [TEXT]
    assert kept(folder) == [(version, folder / "test-1.yaml")]
    assert check_text(after, SOCS)[1] == []


def test_publishing_can_say_another_note_and_a_repeat_keeps_the_first(path, folder):
    version = publish(path, folder, "2026-12-01", SOCS, note='Seen by\nthree "firms"')
    assert version.note == 'Seen by three "firms"'
    assert kept(folder)[0][0] == version
    assert read(path).count("\n") == TEXT.count("\n")
    path.write_bytes(TEXT.encode())  # the copy went on record, and then the process ended
    assert publish(path, folder, "2026-12-02", SOCS, note="Another") == version
    assert read(path) == read(folder / "test-1.yaml")


def test_publishing_keeps_a_note_that_is_not_changed_and_takes_out_an_empty_one(path, folder):
    for note in (None, "For the tests."):
        path.write_bytes(TEXT.encode())
        assert publish(path, folder, "2026-12-01", SOCS, note=note).note == "For the tests."
    path.write_bytes(TEXT.replace('"test-1"', '"test-2"', 1).encode())
    assert publish(path, folder, "2026-12-01", SOCS, note="").note == ""
    assert "note:" not in read(path).split("}", 1)[0]


def test_what_was_published_before_is_frozen_and_the_newest_comes_first(path, folder):
    publish(path, folder, "2026-11-25", SOCS)
    first = read(folder / "test-1.yaml")
    assert copy(path, folder, "test-2", "2026-12-01", 'New "ways": # all', SOCS) == Version(
        "test-2", "draft", "2026-12-01", 'New "ways": # all', "test-1"
    )
    assert read(folder / "test-1.yaml") == first
    assert on_record(folder) == {"test-1": "published"}
    draft = read(path)
    save(path, folder, apply(draft, ChangeStep("nursing", "31-1131", note="x"), SOCS), digest(draft), SOCS)
    publish(path, folder, "2026-12-02", SOCS)
    assert [(v.name, v.status) for v, _ in kept(folder)] == [("test-2", "published"), ("test-1", "frozen")]
    assert read(folder / "test-1.yaml") == first.replace("published", "frozen", 1)
    assert all("# first move" in text for text in [read(path), *previous(folder)])
    assert len(previous(folder)) == 4


def test_a_copy_changes_the_version_alone(path, folder):
    publish(path, folder, "2026-11-25", SOCS)
    before = read(path)
    copy(path, folder, " test  2 ", "2026-12-01", "", SOCS)
    assert read(path).splitlines()[1] == (
        'version: {name: "test 2", status: draft, date: 2026-12-01, copy_of: "test-1"}'
    )
    assert read(path).splitlines()[2:] == before.splitlines()[2:]
    assert read(path).splitlines()[0] == before.splitlines()[0]


def test_a_published_file_that_never_was_on_record_is_put_there_before_it_is_copied(path, folder):
    """As a new installation has it: pathways.yaml comes published, the folder is empty."""
    shipped = TEXT.replace("status: draft", "status: published")
    path.write_bytes(shipped.encode())
    copy(path, folder, "mine", "2026-12-01", "", SOCS)
    assert read(folder / "test-1.yaml") == shipped
    assert in_use(path, folder) == folder / "test-1.yaml"


@pytest.mark.parametrize("name", ["test-1", "Test-1"])
def test_a_copy_needs_another_name_than_a_file_that_never_was_on_record(path, folder, name):
    path.write_bytes(TEXT.replace("status: draft", "status: published").encode())
    with pytest.raises(BadInput, match="is on record"):
        copy(path, folder, name, "2026-12-01", "", SOCS)
    assert not folder.exists()


def test_only_what_is_published_or_frozen_is_copied(path, folder):
    with pytest.raises(BadInput, match=r"'test-1' is a draft\."):
        copy(path, folder, "new", "2026-12-01", "", SOCS)
    path.write_bytes(TEXT.replace("status: draft", "status: frozen").encode())
    assert copy(path, folder, "new", "2026-12-01", "", SOCS).copy_of == "test-1"


def test_freezing_takes_a_version_out_of_use_and_leaves_it_on_record(path, folder):
    with pytest.raises(BadInput, match="Only a published version is frozen"):
        freeze(path, folder)
    publish(path, folder, "2026-11-25", SOCS)
    with pytest.raises(BadInput, match="Somebody changed"):
        freeze(path, folder, base_digest=digest(TEXT))
    assert freeze(path, folder).status == "frozen"
    assert on_record(folder) == {"test-1": "frozen"}
    assert read(path) == read(folder / "test-1.yaml")
    assert in_use(path, folder) == path


def test_freezing_does_not_write_over_what_was_put_on_record(path, folder):
    publish(path, folder, "2026-11-25", SOCS)
    path.write_bytes(read(path).replace("Care for patients.", "By hand.").encode())
    freeze(path, folder)
    assert "By hand." in read(path)
    assert "By hand." not in read(folder / "test-1.yaml")


def test_a_draft_with_problems_is_not_published(path, folder):
    path.write_bytes(TEXT.replace("stage: skilled", "stage: high").encode())
    with pytest.raises(BadFile, match="'high' is not known"):
        publish(path, folder, "2026-11-25", SOCS)
    assert not folder.exists()


@pytest.mark.parametrize(
    "date", ["", "today", "2026-02-30", "2026-1-1", "２０２６-01-01", "2026-11-25T10:00"]
)
def test_a_date_that_is_none_is_refused(path, folder, date):
    with pytest.raises(BadInput, match="There is no day"):
        publish(path, folder, date, SOCS)
    path.write_bytes(TEXT.replace("status: draft", "status: published").encode())
    with pytest.raises(BadInput, match="There is no day"):
        copy(path, folder, "new", date, "", SOCS)
    assert not folder.exists()


def test_nothing_is_published_before_the_last_one(path, folder):
    publish(path, folder, "2026-11-25", SOCS)
    copy(path, folder, "test-2", "2026-11-26", "", SOCS)
    with pytest.raises(BadInput, match="'test-1' was published on 2026-11-25"):
        publish(path, folder, "2026-11-24", SOCS)
    publish(path, folder, "2026-11-25", SOCS)
    assert in_use(path, folder) == path
    assert on_record(folder) == {"test-2": "published", "test-1": "frozen"}


HOSTILE = [
    "../x", "..", ".", "", "a/b", "a\\b", "/etc/passwd", ".hidden", "x.", "con", "NUL", "com1.2026", "a\0b",
    "-x", "x" * 41, "a:b", "~root", "*", "a\u202eb",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_name_that_is_no_plain_file_name_is_refused(path, folder, name):
    publish(path, folder, "2026-11-25", SOCS)
    files = everything(path, folder)
    with pytest.raises(BadInput, match="cannot be the name of a version"):
        copy(path, folder, name, "2026-12-01", "", SOCS)
    assert everything(path, folder) == files


@pytest.mark.parametrize("name", [n for n in HOSTILE if n != "a\0b"], ids=ascii)
def test_a_draft_whose_name_is_no_file_name_is_not_published(path, folder, name):
    hostile = TEXT.replace('"test-1"', '"' + name.replace("\\", "\\\\") + '"')
    path.write_bytes(hostile.encode())
    with pytest.raises(BadFile, match=r"line 2, version\.name"):
        publish(path, folder, "2026-11-25", SOCS)
    assert everything(path, folder) == {"pathways.yaml": hostile.encode()}


@pytest.mark.parametrize("name", ["test-1", "TEST-1", "old", "OLD", "ｏｌｄ", "stray", "inside"])
def test_a_name_on_record_is_not_given_twice(path, folder, name):
    """Nor one that some disks take for the same, nor that of a file that cannot be read or was renamed."""
    published(path, folder, "old", "2026-11-25")
    copy(path, folder, "test-1", "2026-11-26", "", SOCS)
    publish(path, folder, "2026-11-27", SOCS)
    (folder / "stray.yaml").write_text("a: [")
    (folder / "renamed.yaml").write_text(TEXT.replace("test-1", "inside").replace("draft", "frozen"))
    files = everything(path, folder)
    with pytest.raises(BadInput, match=r"is on record\..*not written over"):
        copy(path, folder, name, "2026-12-01", "", SOCS)
    assert everything(path, folder) == files


def test_a_note_that_is_too_long_is_named(path, folder):
    publish(path, folder, "2026-11-25", SOCS)
    files = everything(path, folder)
    with pytest.raises(BadFile, match=r"version\.note.*up to 300 characters"):
        copy(path, folder, "new", "2026-12-01", "x" * 301, SOCS)
    assert everything(path, folder) == files


# ---- which version is shown ----------------------------------------------------------------------------


def test_the_working_file_is_shown_if_published_else_the_newest_on_record_else_the_draft(path, folder):
    assert in_use(path, folder) == path  # a draft, and nothing on record
    publish(path, folder, "2026-11-25", SOCS)
    assert in_use(path, folder) == path
    copy(path, folder, "test-2", "2026-12-01", "", SOCS)
    assert in_use(path, folder) == folder / "test-1.yaml"
    (folder / "other.yaml").write_text(TEXT.replace("test-1", "other").replace("draft", "published"))
    assert in_use(path, folder) == folder / "test-1.yaml"  # of 25 November, the other one of 24
    (folder / "frozen.yaml").write_text(TEXT.replace("2026-11-24", "2027-01-01").replace("draft", "frozen"))
    assert in_use(path, folder) == folder / "test-1.yaml"
    path.write_text("version: [")
    assert in_use(path, folder) == folder / "test-1.yaml"
    path.write_bytes(b"\xff")
    assert in_use(path, folder) == folder / "test-1.yaml"
    path.unlink()
    assert in_use(path, folder) == folder / "test-1.yaml"
    shutil.rmtree(folder)
    assert in_use(path, folder) == path


def test_files_that_cannot_be_read_are_told_and_hide_no_others(path, folder):
    publish(path, folder, "2026-11-25", SOCS)
    (folder / "bad.yaml").write_text("a: [")
    (folder / "latin.yaml").write_bytes(b"\xe9")
    (folder / "folder.yaml").mkdir()
    (folder / "status.yaml").write_text(TEXT.replace("draft", "odd"))
    (folder / ".aside.yaml").write_text("left over")
    (folder / "notes.txt").write_text("mine")
    found, problems = records(folder)
    assert [version.name for version, _ in found] == ["test-1"]
    assert [p.what.split(",")[0].split(" ")[0] for p in problems] == [
        "bad.yaml", "folder.yaml", "latin.yaml", "status.yaml",
    ]  # fmt: skip
    assert found == kept(folder)


def test_the_places_name_the_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("LMI_PATHWAY_VERSIONS", raising=False)
    assert places.here(tmp_path).versions == tmp_path / "data" / "local" / "pathways"
    monkeypatch.setenv("LMI_PATHWAY_VERSIONS", str(tmp_path / "elsewhere"))
    assert places.here(tmp_path).versions == tmp_path / "elsewhere"


# ---- nothing is lost -----------------------------------------------------------------------------------


def act(what: str, path: Path, folder: Path) -> None:
    """One of the changes, as the app makes them."""
    text = read(path)
    if what == "save":
        save(
            path,
            folder,
            apply(text, ChangeStep("nursing", "31-1131", note="Never"), SOCS),
            digest(text),
            SOCS,
        )
    elif what == "publish":
        publish(path, folder, "2026-12-09", SOCS)
    elif what == "copy":
        copy(path, folder, "test-9", "2026-12-09", "", SOCS)
    else:
        freeze(path, folder)


def stage(what: str, path: Path, folder: Path) -> None:
    """The state before a change: one version frozen, one published; for save and publish a draft on top."""
    publish(path, folder, "2026-11-25", SOCS)
    copy(path, folder, "test-2", "2026-12-01", "", SOCS)
    publish(path, folder, "2026-12-02", SOCS)
    if what in ("save", "publish"):
        copy(path, folder, "test-3", "2026-12-03", "", SOCS)


def die(what: str, path: Path, folder: Path, call: str, count: int) -> None:
    """Make a change and end without a trace at the n-th call of the operating system."""
    real, made = getattr(os, call), []

    def end(*args: object) -> object:
        made.append(args)
        return os._exit(9) if len(made) == count else real(*args)

    setattr(os, call, end)
    act(what, path, folder)
    os._exit(0)


WHOLE = re.compile(r"\A# A small file.*crossovers:\n  - \{from: 47-3013, to: 31-1131.*\}\n\Z", re.DOTALL)


@pytest.mark.parametrize("what", ["save", "publish", "copy", "freeze"])
@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_process_that_dies_at_any_point_loses_nothing_and_can_be_repeated(tmp_path, what, call):
    context, count, exits = multiprocessing.get_context("fork"), 0, []
    while not exits or exits[-1] == 9:
        count += 1
        path, folder = tmp_path / str(count) / "pathways.yaml", tmp_path / str(count) / "versions"
        path.parent.mkdir()
        path.write_bytes(TEXT.encode())
        stage(what, path, folder)
        before, names, shown = read(path), on_record(folder), read(in_use(path, folder))
        process = context.Process(target=die, args=(what, path, folder, call, count))
        process.start()
        process.join(60)
        exits.append(process.exitcode)
        held = [read(path), *previous(folder)]
        assert before in held
        assert all(WHOLE.match(text) for text in [*held, *(read(f) for _, f in kept(folder))])
        assert set(on_record(folder)) >= set(names)
        assert records(folder)[1] == []
        showing = read(in_use(path, folder))  # at every point a version is shown, the old or the new one
        new = what in ("publish", "freeze")
        assert showing == shown or (new and showing in (read(path), read(folder / "test-3.yaml")))
        if exits[-1] == 9:
            if read(path) == before:
                act(what, path, folder)  # the lock is free, what was left is no hindrance
            done = check_text(read(path), SOCS)[0].version
            assert (done.name, done.status) == {
                "save": ("test-3", "draft"), "publish": ("test-3", "published"), "copy": ("test-9", "draft"),
                "freeze": ("test-2", "frozen"),
            }[what]  # fmt: skip
            assert list(on_record(folder).values()).count("published") == (0 if what == "freeze" else 1)
    assert exits[-1] == 0
    assert exits.count(9) == {"save": 2, "publish": 4, "copy": 2, "freeze": 3}[what] * (
        1 if call == "replace" else 2
    )


@pytest.mark.parametrize("what", ["save", "publish", "copy", "freeze"])
@pytest.mark.parametrize("call", ["replace", "fsync"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_leaves_the_file_and_the_record_as_they_were(
    path, folder, monkeypatch, what, call, error
):
    stage(what, path, folder)
    before = everything(path, folder)

    def fail(*args: object) -> None:
        raise error

    monkeypatch.setattr(os, call, fail)
    with pytest.raises((LmiError, KeyboardInterrupt)) as raised:
        act(what, path, folder)
    monkeypatch.undo()
    assert everything(path, folder) == before
    if isinstance(raised.value, LmiError):
        assert raised.value.what.startswith("The pathways were not changed: ")
        assert "No space left on device" in raised.value.why
        assert raised.value.next_step
    act(what, path, folder)


def test_a_disk_that_is_full_for_the_working_file_alone_is_told_too(path, folder, monkeypatch):
    replace = os.replace

    def fail(start: Path, goal: Path) -> None:
        if Path(goal).name == "pathways.yaml":
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(start, goal)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(LmiError) as error:
        save(path, folder, EDITED, digest(TEXT), SOCS)
    assert error.value.what == "pathways.yaml cannot be written."
    assert "No space left on device" in error.value.why
    assert read(path) == TEXT
    assert previous(folder) == [TEXT]


def test_a_folder_that_cannot_be_made_is_said_in_three_parts_and_the_file_untouched(path, tmp_path):
    (tmp_path / "file").write_text("x")
    for change in (
        lambda folder: save(path, folder, EDITED, digest(TEXT), SOCS),
        lambda folder: publish(path, folder, "2026-11-25", SOCS),
    ):
        with pytest.raises(LmiError) as error:
            change(tmp_path / "file" / "versions")
        assert error.value.what.startswith("The pathways were not changed: ")
        assert error.value.why
        assert error.value.next_step
        assert read(path) == TEXT


def test_a_read_only_working_file_is_not_replaced(path, folder, monkeypatch):
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda place, mode: Path(place).name != path.name and access(place, mode)
    )
    with pytest.raises(LmiError, match="read-only"):
        save(path, folder, EDITED, digest(TEXT), SOCS)
    assert read(path) == TEXT


@pytest.mark.parametrize("what", ["save", "publish", "copy", "freeze"])
def test_every_change_waits_for_the_others(path, folder, monkeypatch, what):
    stage(what, path, folder)
    before = everything(path, folder)
    monkeypatch.setattr(local_write, "WAIT_SECONDS", 0.1)
    with local_write.locked(path), pytest.raises(LmiError, match="being written by somebody else"):
        act(what, path, folder)
    assert everything(path, folder) == before


def many(path: Path, folder: Path, who: str) -> None:
    """Ten notes, each on top of what the others saved meanwhile."""
    for number in range(10):
        while True:
            text = read(path)
            after = text.rstrip("\n") + f"\n# {who} {number}\n"
            try:
                save(path, folder, after, digest(text), SOCS)
            except BadInput:
                continue
            break


def test_two_processes_at_once_lose_no_change(path, folder):
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=many, args=(path, folder, who)) for who in ("one", "two")]
    for process in both:
        process.start()
    for process in both:
        process.join(120)
    assert [process.exitcode for process in both] == [0, 0]
    lines = read(path).removeprefix(TEXT).splitlines()
    assert sorted(lines) == sorted(f"# {who} {number}" for who in ("one", "two") for number in range(10))
    assert len(previous(folder)) == 20


def test_a_link_stays_a_link(tmp_path, folder):
    real, link = tmp_path / "shared.yaml", tmp_path / "pathways.yaml"
    real.write_bytes(TEXT.encode())
    link.symlink_to(real)
    save(link, folder, EDITED, digest(TEXT), SOCS)
    publish(link, folder, "2026-11-25", SOCS)
    assert link.is_symlink()
    assert 'note: "Saved"' in read(real)
    assert in_use(link, folder) == link
