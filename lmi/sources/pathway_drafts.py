"""Unsaved changes of pathways.yaml, kept on the disk under the digest of what they hold.

A draft is never changed: another change makes another draft. So a link that carries an id always shows the
same, and several people cannot get in each other's way. Changes are plain JSON; a closed list of types
rebuilds them."""

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import get_args
from uuid import uuid4

from lmi.domain.errors import BadFile, BadInput, LmiError
from lmi.domain.pathways import Move
from lmi.sources.pathways_edit import AddMove, Change, apply
from lmi.sources.pathways_file import as_one, check_text

MOST_KEPT = 200
_LARGEST = 20_000_000  # bytes; a draft holds two copies of the file
_ID = r"[0-9a-f]{16}"
_TYPES: Mapping[str, type[Change]] = {one.__name__: one for one in get_args(Change)}


@dataclass(frozen=True)
class Made:
    """One action of a person: in words, and the changes that it consists of, all or none."""

    words: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Kept:
    """A draft. text: of the whole file; before: the file it began from; left: actions that could not be made
    on that file, each in words with the reason."""

    text: str
    before: str
    made: tuple[Made, ...] = ()
    left: tuple[str, ...] = ()


def put(folder: Path, draft: Kept) -> str:
    """Keep a draft; returns its id, 16 hexadecimals. The oldest go where more than MOST_KEPT are there.
    LmiError if it cannot be written; then nothing is changed."""
    content = json.dumps(_plain(draft), ensure_ascii=True, sort_keys=True).encode("ascii")
    name = hashlib.sha256(content).hexdigest()[:16]
    aside = folder / f".{name}.{uuid4().hex}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, folder / f"{name}.json")  # noqa: PTH105 - the tests break this very call
    except OSError as error:
        raise LmiError(
            "The unsaved changes cannot be kept on the disk.",
            f"{error.strerror or error} ({folder}).",
            "Download the new file before you leave or reload the page.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
    _prune(folder, f"{name}.json")
    return name


def get(folder: Path, name: str) -> Kept:
    """The draft of an id. BadInput if the id is none or there is no such draft, BadFile if it is damaged."""
    if re.fullmatch(_ID, name) is None:
        raise BadInput(f"'{name[:40]}' is no draft of pathways.", "", "Showing what is saved.")
    try:
        with (folder / f"{name}.json").open("rb") as file:
            content = file.read(_LARGEST)
    except FileNotFoundError as error:
        raise BadInput(
            f"The unsaved changes '{name}' are not kept any more.", "", "Showing what is saved."
        ) from error
    except OSError as error:
        raise _damaged(name, error.strerror or str(error)) from error
    if hashlib.sha256(content).hexdigest()[:16] != name:
        raise _damaged(name, "Their content is not what was written")
    try:
        return _draft(json.loads(content))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _damaged(name, "They have another form than this version writes") from error


def remake(draft: Kept, before: str, socs: Mapping[str, str], name: str) -> Kept:
    """The same actions made on another text of the file, one by one.

    What cannot be made there, or would leave the pathways not holding together, is put to `left` with the
    reason. socs: code -> title of the occupations that may be named. BadFile if `before` has problems."""
    _, problems = check_text(before, socs, name)
    if problems:
        raise as_one(problems)
    text, made, left = before, list[Made](), list(draft.left)
    for action in draft.made:
        try:
            changed = made_on(text, action.changes, socs, name)
        except LmiError as error:
            left.append(f"{action.words}: {error.what} {error.why}".rstrip())
            continue
        if changed != text:  # else it stands in the file already
            made.append(action)
        text = changed
    return Kept(text, before, tuple(made), tuple(left))


def made_on(text: str, changes: Sequence[Change], socs: Mapping[str, str], name: str) -> str:
    """The text with changes, all or none. BadInput as in pathways_edit.apply, BadFile if the result would
    not hold together."""
    for change in changes:
        text = apply(text, change, socs, name)
    _, problems = check_text(text, socs, name)
    if problems:
        raise as_one(problems)
    return text


def _damaged(name: str, why: str) -> BadFile:
    return BadFile(f"The unsaved changes '{name}' cannot be read.", f"{why}.", "Showing what is saved.")


def _prune(folder: Path, newest: str) -> None:
    """Let the oldest go, and what a process that ended left aside."""
    with contextlib.suppress(OSError):  # another process prunes at the same time
        files = [file for file in folder.iterdir() if file.name != newest]
        files.sort(key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in files[MOST_KEPT - 1 :]:
            file.unlink(missing_ok=True)


def _plain(draft: Kept) -> dict[str, object]:
    made = [
        {"words": one.words, "changes": [[type(c).__name__, asdict(c)] for c in one.changes]}
        for one in draft.made
    ]
    return {"text": draft.text, "before": draft.before, "made": made, "left": list(draft.left)}


def _draft(data: dict[str, object]) -> Kept:
    made = tuple(
        Made(_text(one["words"]), tuple(_change(*pair) for pair in one["changes"]))
        for one in _listed(data["made"])
    )
    return Kept(
        _text(data["text"]), _text(data["before"]), made, tuple(_text(t) for t in _listed(data["left"]))
    )


def _change(name: str, values: dict[str, object]) -> Change:
    """A change of one of the types there are; ValueError or KeyError for anything else."""
    kind = _TYPES[name]
    if kind is AddMove:
        move = values["move"]
        if not isinstance(move, dict):
            raise TypeError("no move")
        return AddMove(_text(values["pathway"]), Move(**_fields(Move, move)))
    return kind(**_fields(kind, values))


def _fields(kind: type, values: dict[str, object]) -> dict:
    if set(values) != {one.name for one in fields(kind)}:
        raise ValueError(f"other fields than those of {kind.__name__}")
    return {key: _value(value) for key, value in values.items()}


def _value(value: object) -> object:
    """A text, nothing, or a list of texts or numbers as a tuple."""
    if isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
        return tuple(value)
    return None if value is None else _text(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _listed(value: object) -> list:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value
