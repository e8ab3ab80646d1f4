"""The last good content of a file stands in for a broken one."""

import os
import threading
from pathlib import Path

import pytest

from lmi.domain.errors import BadFile
from lmi.sources import last_good, yaml_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pathways.yaml"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "build" / "pathways.last-good.yaml"


def number(path: Path) -> float:
    """The reader of these tests: a file with one number."""
    return yaml_file.load(path).need("a", ("a",)).number()


def test_a_good_file_is_read_and_kept_byte_by_byte(path, kept):
    path.write_bytes(b"# mine\r\na: 1\r\n")
    assert last_good.load(path, kept, number) == (1, None)
    assert kept.read_bytes() == b"# mine\r\na: 1\r\n"
    path.write_bytes(b"a: 2\n")
    assert last_good.load(path, kept, number) == (2, None)
    assert kept.read_bytes() == b"a: 2\n"
    assert [p.name for p in kept.parent.iterdir()] == [kept.name]


@pytest.mark.parametrize("broken", [b"a: x\n", b"a: [\n", b"\xff\n", b"", None])
def test_a_broken_or_missing_file_is_told_and_the_last_good_one_read(path, kept, broken):
    path.write_bytes(b"a: 1\n")
    last_good.load(path, kept, number)
    path.unlink() if broken is None else path.write_bytes(broken)
    found, problem = last_good.load(path, kept, number)
    assert found == 1
    assert isinstance(problem, BadFile)
    assert problem.what.startswith("pathways.yaml")
    assert kept.read_bytes() == b"a: 1\n"  # the broken one is never kept
    path.write_bytes(b"a: 3\n")
    assert last_good.load(path, kept, number) == (3, None)


@pytest.mark.parametrize("content", [None, b"a: y\n", b"\xff"])
def test_without_a_good_one_the_problem_of_the_present_file_is_raised(path, kept, content):
    if content is not None:
        kept.parent.mkdir()
        kept.write_bytes(content)
    path.write_bytes(b"a: x\n")
    with pytest.raises(BadFile, match=r"pathways\.yaml, line 1, a: x"):
        last_good.load(path, kept, number)


def test_a_file_that_cannot_be_read_is_a_bad_file(path, kept):
    path.write_bytes(b"a: 1\n")
    last_good.load(path, kept, number)
    path.unlink()
    path.mkdir()
    found, problem = last_good.load(path, kept, number)
    assert found == 1
    assert "cannot be read" in problem.what


def test_a_file_that_changes_while_it_is_read_is_not_kept(path, kept):
    path.write_bytes(b"a: 1\n")

    def slow(place: Path) -> float:
        found = number(place)
        path.write_bytes(b"a: broken since\n")
        return found

    assert last_good.load(path, kept, slow) == (1, None)
    assert not kept.exists()


def test_where_nothing_can_be_kept_the_file_is_still_read(path, tmp_path, monkeypatch):
    path.write_bytes(b"a: 1\n")
    (tmp_path / "file").write_text("x")
    assert last_good.load(path, tmp_path / "file" / "kept.yaml", number) == (1, None)

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    kept = tmp_path / "build" / "kept.yaml"
    assert last_good.load(path, kept, number) == (1, None)
    assert list(kept.parent.iterdir()) == []  # nothing half written stays


def test_what_is_kept_is_never_half_written(path, kept, monkeypatch):
    path.write_bytes(b"a: 1\n")
    last_good.load(path, kept, number)
    seen = []
    replace = os.replace

    def watched(start: Path, goal: Path) -> None:
        seen.append((kept.read_bytes(), Path(start).read_bytes()))
        replace(start, goal)

    monkeypatch.setattr(os, "replace", watched)
    path.write_bytes(b"a: 2\n")
    last_good.load(path, kept, number)
    last_good.load(path, kept, number)  # the same once more: nothing to keep
    assert seen == [(b"a: 1\n", b"a: 2\n")]


def test_threads_keep_without_taking_each_others_file(path, kept, monkeypatch):
    """Each thread stops between writing aside and replacing until the other is there too."""
    path.write_bytes(b"a: 1\n")
    both, starts = threading.Barrier(2, timeout=20), []
    replace = os.replace

    def together(start: Path, goal: Path) -> None:
        starts.append(start)
        both.wait()
        replace(start, goal)

    monkeypatch.setattr(os, "replace", together)
    results: list = []
    threads = [
        threading.Thread(target=lambda: results.append(last_good.load(path, kept, number))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [(1, None), (1, None)]
    assert len(set(starts)) == 2
    assert kept.read_bytes() == b"a: 1\n"
