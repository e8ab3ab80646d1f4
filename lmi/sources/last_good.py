"""A file that people edit and that the app cannot do without: its last good content stands in for a
broken one."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from lmi.domain.errors import BadFile

T = TypeVar("T")


def load(path: Path, kept: Path, read: Callable[[Path], T]) -> tuple[T, BadFile | None]:
    """The file as read, or its last good content and what is wrong with the present one.

    kept: where the last good content is held. BadFile if there is none, or it is of no use either.
    """
    before = _content(path)
    try:
        found = read(path)
    except BadFile as problem:
        try:
            return read(kept), problem
        except BadFile:
            raise problem from None
    if before is not None and before == _content(path) != _content(kept):
        _keep(before, kept)
    return found, None


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _keep(content: bytes, kept: Path) -> None:
    """Put the content aside in one step; where that cannot be done, nothing is kept."""
    aside = kept.with_name(f".{kept.name}.{uuid4().hex}")  # threads of one process may keep at once
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            aside.write_bytes(content)
            os.replace(aside, kept)  # noqa: PTH105 - one call, one step
        finally:
            aside.unlink(missing_ok=True)
