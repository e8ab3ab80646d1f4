"""Writing a file that staff keep: one writer at a time, and at any moment the old file or the new one."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from lmi.domain.errors import LmiError

WAIT_SECONDS = 10.0
_PAUSE_SECONDS = 0.02


@contextlib.contextmanager
def locked(path: Path) -> Iterator[Path]:
    """Hold the file against other writers, in this process and others; yields its real path.

    The lock lies on a hidden file beside it, which stays, and ends with the process that holds it.
    """
    real = Path(os.path.realpath(path))
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(_lock_of(real), os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise not_writable(real, error) from error
    try:
        try:
            _wait(handle, real)
        except OSError as error:
            raise not_writable(real, error) from error
        try:
            yield real
        finally:
            _unlock(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def quiet(path: Path) -> Iterator[Path]:
    """Keep writers away while files that belong together are read; yields the file's real path.

    Where nobody ever wrote, or a writer does not end, the files are read as they are.
    """
    real = Path(os.path.realpath(path))
    try:
        handle = os.open(_lock_of(real), os.O_RDWR)
    except OSError:
        yield real
        return
    held = False
    try:
        with contextlib.suppress(LmiError, OSError):
            _wait(handle, real)
            held = True
        yield real
    finally:
        if held:
            _unlock(handle)
        os.close(handle)


def current_content(real: Path) -> bytes:
    """The file's bytes; none if there is no file."""
    try:
        return real.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise not_writable(real, error) from error


def replace_content(real: Path, content: bytes) -> None:
    """Put the content in the file's place in one step. Call it while the file is locked."""
    aside = real.with_name(f".{real.name}.new")
    try:
        if real.exists() and not os.access(real, os.W_OK):
            raise PermissionError(13, "The file is read-only")
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            if real.exists():
                aside.chmod(real.stat().st_mode & 0o777)
            os.fsync(file.fileno())
        os.replace(aside, real)  # noqa: PTH105 - the tests break this very call
    except OSError as error:
        raise not_writable(real, error) from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # some network drives cannot; the file is in its place
        _sync_folder(real.parent)


def append_content(real: Path, content: bytes, keep: int) -> None:
    """Put the content behind the first `keep` bytes of a file, on the disk when this returns. Call it
    while the file that it belongs to is locked."""
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        is_new = not real.exists()
        with real.open("ab") as file:
            file.truncate(keep)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise not_writable(real, error) from error
    if is_new:
        with contextlib.suppress(OSError):  # some network drives cannot; the file is in its place
            _sync_folder(real.parent)


def not_writable(real: Path, error: OSError) -> LmiError:
    """The error of a file that could not be written."""
    return LmiError(
        f"{real.name} cannot be written.",
        f"{error.strerror or error} ({real.parent}). The file is as it was.",
        "Close it in other programs, check the folder's permissions, and save again.",
    )


def _lock_of(real: Path) -> Path:
    return real.with_name(f".{real.name}.lock")


def _wait(handle: int, real: Path) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while not _try_lock(handle):
        if time.monotonic() > end:
            raise LmiError(
                f"{real.name} is being written by somebody else.",
                f"It was not free within {WAIT_SECONDS:g} seconds.",
                "Save again in a moment.",
            )
        time.sleep(_PAUSE_SECONDS)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

    def _sync_folder(folder: Path) -> None:
        """Windows has no such call."""

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

    def _sync_folder(folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
