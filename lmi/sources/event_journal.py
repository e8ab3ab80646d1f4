"""The journal of the hiring events: who added, changed or removed what in the app, and when.

A file of lines of JSON beside the record, which only grows. A line is on the disk before the record
changes, so that a row can be lost neither by a crash nor by a spreadsheet that saves an older copy."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, get_args

from lmi.domain.errors import BadFile
from lmi.domain.plain_text import shown
from lmi.domain.staff_file import Problem
from lmi.sources.local_write import append_content, current_content

Action = Literal["added", "changed", "removed", "put back", "let go"]
_OF_THE_APP = {"logged_by", "logged_at"}


@dataclass(frozen=True)
class Change:
    """One change. at: ISO time in UTC. before, after: the row's cells that hold something, by column;
    None = there is no row. A row that the app let go is as the record has it."""

    at: str
    by: str
    action: Action
    event_id: str
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None

    def differences(self) -> list[str]:
        """'jobs: 50 → 60' for each column that both states tell differently."""
        if self.before is None or self.after is None:
            return []
        old, new = self.before, self.after
        names = [name for name in {**old, **new} if old.get(name, "") != new.get(name, "")]
        return [
            f"{shown(name)}: {shown(old.get(name, '')) or 'empty'} → {shown(new.get(name, '')) or 'empty'}"
            for name in names
            if name not in _OF_THE_APP
        ]


_FIELDS = tuple(field.name for field in fields(Change))


@dataclass(frozen=True)
class Journal:
    """What the journal holds. changes: event -> its changes, oldest first. whole: bytes up to the end of
    the last whole line; what follows was never acknowledged. problems: lines that are no use (line 0)."""

    changes: Mapping[str, Sequence[Change]]
    whole: int
    problems: tuple[Problem, ...] = ()


def read(content: bytes) -> Journal:
    """The journal's content. A line that is torn at the end is passed over; another is a problem."""
    changes: defaultdict[str, list[Change]] = defaultdict(list)
    problems = []
    whole = _whole(content)
    for number, line in enumerate(content[:whole].splitlines(), start=1):
        try:
            change = _change(json.loads(line))
        except (ValueError, TypeError, KeyError, RecursionError):
            if line.strip():
                why = f"line {number} of the journal cannot be read. Put back a copy of the journal."
                problems.append(Problem(0, "", "", why))
            continue
        changes[change.event_id].append(change)
    return Journal(changes, whole, tuple(problems))


def _whole(content: bytes) -> int:
    """Bytes up to the end of the last whole line; a last one that has lost only its line end is whole."""
    end = max(content.rfind(b"\n"), content.rfind(b"\r")) + 1
    try:
        _change(json.loads(content[end:]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return end
    return len(content)


def load(journal: Path) -> Journal:
    """The journal of this file; one without changes if there is none. BadFile if it cannot be read."""
    try:
        return read(journal.read_bytes())
    except FileNotFoundError:
        return read(b"")
    except OSError as error:
        raise BadFile(
            f"The journal {journal.name} cannot be read.", f"{error.strerror} ({journal.parent}).",
            "Check that it is a file, and its permissions.",
        ) from error  # fmt: skip


def history(journal: Path, event_id: str) -> list[Change]:
    """What the app did to an event, oldest first; nothing if there is no journal."""
    return list(load(journal).changes.get(event_id, ()))


def append(journal: Path, whole: int, changes: Iterable[Change]) -> None:
    """Put changes at the end, on the disk when this returns. whole: see Journal. Call it while the record
    is locked."""
    there = current_content(journal)[:whole]
    start = b"" if not there or there.endswith((b"\n", b"\r")) else b"\n"
    append_content(journal, start + b"".join(_line(change) for change in changes), whole)


def cut(journal: Path, whole: int) -> None:
    """Take back what was appended after `whole` bytes: the change that it tells was not made."""
    append_content(journal, b"", whole)


def _line(change: Change) -> bytes:
    told = {name: getattr(change, name) for name in _FIELDS}
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _change(found: Mapping[str, object]) -> Change:
    """A line as a change; ValueError, TypeError or KeyError if it is none."""
    action = found["action"]
    if action not in get_args(Action):
        raise ValueError(action)
    states = [_cells(found[name]) for name in ("before", "after")]
    texts = [found[name] for name in ("at", "by", "event_id")]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    "".join(map(str, texts)).encode()  # half a character is none: a ValueError
    at, by, event_id = map(str, texts)
    return Change(at, by, action, event_id, *states)  # type: ignore[arg-type]


def _cells(found: object) -> Mapping[str, str] | None:
    if found is None:
        return None
    if not isinstance(found, dict) or not all(isinstance(cell, str) for cell in found.values()):
        raise TypeError
    "".join([*found, *found.values()]).encode()
    return found
