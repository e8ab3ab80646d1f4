"""The desk for what is answered beside the pages: opened once per state of the warehouse and the files."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from lmi.answers.desk import Desk, open_desk
from lmi.domain.errors import LmiError
from lmi.places import Places, here
from lmi.warehouse import build
from lmi.warehouse.connect import Warehouse

LOOK_AGAIN = 2.0  # seconds for which the files are taken to be as they were
_lock = threading.Lock()


@dataclass
class _Open:
    """key: the files as they were last read. file: path and time of the warehouse of the desk in use."""

    key: tuple[str, ...] = ()
    file: tuple[str, ...] = ()
    desk: Desk | None = None
    looked: float = float("-inf")


_open = _Open()


def desk() -> Desk:
    """The desk as the files are now; a mistake in one of them leaves the last good desk in use.

    Whoever asks while another opens a new one gets the last. Raises LmiError where there is none yet.
    """
    last = _open.desk
    if last is not None and time.monotonic() - _open.looked < LOOK_AGAIN:
        return last
    if not _lock.acquire(blocking=last is None) and last is not None:
        return last
    try:
        return _look_again()
    finally:
        _lock.release()


def _look_again() -> Desk:
    places = here()
    try:
        path = _warehouse(places)
        key = (str(path), *_stamps(places, path))
        if _open.desk is None or key != _open.key:
            _open.key = key  # a file with a mistake is read once, not at every question
            _open.desk = open_desk(places, _opened(path, key[:2]))
            _open.file = key[:2]
    except LmiError:
        if _open.desk is None:
            raise
    _open.looked = time.monotonic()
    return _open.desk


def _opened(path: Path, file: tuple[str, ...]) -> Warehouse:
    """The warehouse in a file: the one that is open, unless the file is another."""
    last = _open.desk.warehouse if _open.desk else None
    if last is not None and _open.file == file:
        return last
    if last is not None and last.path == path:
        _open.desk = None
        last.close()  # a file built again under its name is read only once the old one is closed
    return Warehouse(path)


def _warehouse(places: Places) -> Path:
    """The warehouse that the pointer names; built first if there is none."""
    try:
        path = places.build / places.pointer.read_text(encoding="utf-8").strip()
    except OSError:
        return build.ensure(places)
    return path if path.is_file() else build.ensure(places)


def _stamps(places: Places, path: Path) -> list[str]:
    """Changes whenever the warehouse or a file of settings, rules or pathways is saved."""
    files = [path, places.settings, places.pathways, *sorted(places.rules.glob("*.yaml")), places.capacity,
             *sorted(places.versions.glob("*.yaml"))]  # fmt: skip
    return [str(f.stat().st_mtime_ns) if f.exists() else "-" for f in files]
