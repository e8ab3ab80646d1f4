"""Unsaved changes kept on the disk: content-addressed, checked, bounded, and made anew on another file."""

import dataclasses
import errno
import json
import os
from pathlib import Path
from typing import get_args

import pytest

from lmi.domain.errors import BadFile, BadInput, LmiError
from lmi.domain.pathways import Move
from lmi.sources import pathway_drafts
from lmi.sources.pathway_drafts import Kept, Made, get, made_on, put, remake
from lmi.sources.pathways_edit import (
    AddMove,
    AddStep,
    Change,
    ChangeMove,
    ChangeStep,
    RestoreMove,
    RestoreStep,
    RetireMove,
    RetireStep,
)
from tests.sources.small_pathways import SOCS, TEXT

FILE = "pathways.yaml"
NOTE = ChangeStep("nursing", "31-1131", note="Mine: {a} \U0001f600")
EVERY: tuple[Change, ...] = (
    AddStep("nursing", "29-1141", "skilled", "n"),
    NOTE,
    RetireStep("nursing", "31-1131"),
    RestoreStep("nursing", "31-1131"),
    AddMove("", Move("31-1131", "47-2111", "advance", (1, 2.5), organisations=("A",), unchecked=("time",))),
    ChangeMove("nursing", "31-1131", "29-2061", months=(), sources=("a", "b"), license=""),
    RetireMove("nursing", "31-1131", "29-2061"),
    RestoreMove("nursing", "31-1131", "29-2061"),
)
DRAFT = Kept(TEXT + '# \u2028 "q"\r\n', TEXT, (Made("First", EVERY), Made("Second", (NOTE,))), ("left",))


def test_a_draft_comes_back_as_it_was_with_every_kind_of_change(tmp_path):
    assert {type(one) for one in EVERY} == set(get_args(Change))
    name = put(tmp_path / "new" / "drafts", DRAFT)
    assert get(tmp_path / "new" / "drafts", name) == DRAFT
    assert len(name) == 16
    assert [f.name for f in (tmp_path / "new" / "drafts").iterdir()] == [f"{name}.json"]


def test_the_same_has_the_same_id_and_anything_else_another(tmp_path):
    other = dataclasses.replace(DRAFT, left=())
    assert put(tmp_path, DRAFT) == put(tmp_path, DRAFT) != put(tmp_path, other)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    "name",
    ["../pathways", "..", "", "0" * 15, "0" * 17, "A" * 16, "/etc/passwd", "0" * 16 + "\n", "\u0660" * 16],
)
def test_what_is_no_id_never_becomes_a_path(tmp_path, monkeypatch, name):
    monkeypatch.setattr(Path, "open", lambda *a, **k: pytest.fail("a file was opened"))
    with pytest.raises(BadInput, match="is no draft of pathways"):
        get(tmp_path, name)


def test_a_draft_that_is_gone_is_named(tmp_path):
    with pytest.raises(BadInput, match="'0123456789abcdef' are not kept any more"):
        get(tmp_path, "0123456789abcdef")


def test_a_damaged_draft_is_named_and_nothing_of_it_is_used(tmp_path):
    name = put(tmp_path, DRAFT)
    file = tmp_path / f"{name}.json"
    file.write_bytes(file.read_bytes().replace(b"First", b"Fjrst"))
    with pytest.raises(BadFile, match="not what was written"):
        get(tmp_path, name)
    file.unlink()
    file.mkdir()
    with pytest.raises(BadFile, match="cannot be read"):
        get(tmp_path, name)


def forged(folder: Path, **parts: object) -> str:
    """A file whose digest is right and whose content is not what the app writes; its id."""
    data = {"text": "t", "before": "b", "made": [], "left": []} | parts
    content = json.dumps(data).encode()
    name = pathway_drafts.hashlib.sha256(content).hexdigest()[:16]
    (folder / f"{name}.json").write_bytes(content)
    return name


def made(*change: object) -> list[object]:
    return [{"words": "w", "changes": [list(change)]}]


STEP = {"pathway": "p", "soc": "s"}


@pytest.mark.parametrize(
    "parts",
    [
        {"text": 1},
        {"left": "text"},
        {"left": [1]},
        {"made": {}},
        {"made": [1]},
        {"made": [{"words": "w"}]},
        {"made": made("Path", {"pathway": "p"})},
        {"made": made("RetireStep", {"pathway": "p"})},
        {"made": made("RetireStep", STEP | {"more": "x"})},
        {"made": made("RetireStep", STEP | {"soc": {"a": 1}})},
        {"made": made("RetireStep", STEP | {"soc": [["a"]]})},
        {"made": made("AddMove", {"pathway": "p", "move": "x"})},
        {"made": made("AddMove", {"pathway": "p", "move": {"start": "x"}})},
        {"made": made("RetireStep")},
    ],
    ids=lambda p: str(p)[:60],
)
def test_only_what_the_app_writes_is_rebuilt(tmp_path, parts):
    with pytest.raises(BadFile, match="another form"):
        get(tmp_path, forged(tmp_path, **parts))
    assert get(tmp_path, forged(tmp_path, made=made("RetireStep", STEP))).made[0].changes == (
        RetireStep("p", "s"),
    )


def test_the_oldest_go_and_the_newest_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(pathway_drafts, "MOST_KEPT", 3)
    names = []
    for i in range(5):
        names.append(put(tmp_path, dataclasses.replace(DRAFT, text=str(i))))
        os.utime(tmp_path / f"{names[-1]}.json", (i, i))
    (tmp_path / ".left-aside.new").write_bytes(b"half")
    os.utime(tmp_path / ".left-aside.new", (0, 0))
    names.append(put(tmp_path, DRAFT))
    assert {f.name for f in tmp_path.iterdir()} == {f"{name}.json" for name in names[-3:]}


def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for call in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(pathway_drafts.os, call, full)
            with pytest.raises(LmiError, match=r"cannot be kept on the disk.*No space left"):
                put(tmp_path, DRAFT)
        assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LmiError, match="cannot be kept"):
        put(tmp_path / "file", DRAFT)


# ---- on another file -----------------------------------------------------------------------------------

MINE = Made("Note", (ChangeStep("nursing", "31-1131", note="Mine"),))


def drafted(*actions: Made) -> Kept:
    text = TEXT
    for action in actions:
        text = made_on(text, action.changes, SOCS, FILE)
    return Kept(text, TEXT, actions)


def test_changes_are_made_on_the_other_file_and_keep_what_it_says():
    theirs = TEXT.replace('name: "test-1"', 'name: "theirs"', 1)
    found = remake(drafted(MINE), theirs, SOCS, FILE)
    assert found.before == theirs
    assert found.text == made_on(theirs, MINE.changes, SOCS, FILE) != theirs
    assert 'name: "theirs"' in found.text
    assert (found.made, found.left) == ((MINE,), ())


def test_what_cannot_be_made_is_named_and_holds_up_nothing_else():
    add = Made("Added", (AddMove("", Move("31-1131", "47-3013", "lateral")),))
    theirs = made_on(TEXT, add.changes, SOCS, FILE)
    found = remake(drafted(add, MINE), theirs, SOCS, FILE)
    assert found.made == (MINE,)
    (line,) = found.left
    assert line.startswith("Added: The move 31-1131 → 47-3013 is in the crossovers already.")
    assert 'note: "Mine"' in found.text
    again = remake(found, TEXT, SOCS, FILE)
    assert again.left == found.left  # stays in view


def test_an_action_is_made_in_full_or_not_at_all():
    both = Made("Both", (MINE.changes[0], ChangeStep("nursing", "47-2111", note="not on it")))
    found = remake(Kept("", TEXT, (both,)), TEXT, SOCS, FILE)
    assert (found.text, found.made, len(found.left)) == (TEXT, (), 1)


def test_what_would_not_hold_together_on_the_other_file_is_left():
    alone = Made("Alone", (RetireMove("nursing", "31-1131", "29-2061"),))
    found = remake(Kept("", TEXT, (alone, MINE)), TEXT, SOCS, FILE)
    assert found.made == (MINE,)
    assert "no move leads to or from 31-1131" in found.left[0]


def test_what_stands_in_the_file_already_is_no_change():
    draft = drafted(MINE)
    found = remake(draft, draft.text, SOCS, FILE)
    assert (found.text, found.made, found.left) == (draft.text, (), ())


def test_nothing_is_made_on_a_file_with_a_mistake():
    with pytest.raises(BadFile, match="not valid YAML"):
        remake(drafted(MINE), TEXT + "\n}:", SOCS, FILE)
