"""Databases for the tests: SQLite files, and PostgreSQL where it is there or has to be.

PostgreSQL is the empty database that LMI_TEST_POSTGRES names, else a server that the tests start themselves
from the programs of this machine (Debian: package postgresql), one for each process of tests, with its files
in a temporary folder. Each test gets a schema of its own.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from lmi.contributions.store import Store

BACKENDS = ("sqlite", "postgresql")
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=150")
_ELSEWHERE = Path("/usr/lib/postgresql")  # where Debian puts the server's programs


def _programs() -> Path | None:
    """The folder of initdb and postgres."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(_ELSEWHERE.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


def _user() -> str | None:
    """As whom the server runs: it refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def _absent(why: str) -> None:
    if os.environ.get("LMI_REQUIRE_POSTGRES"):
        pytest.fail(f"PostgreSQL is required here: {why}")
    pytest.skip(f"no PostgreSQL: {why}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    if given := os.environ.get("LMI_TEST_POSTGRES"):
        yield given
        return
    programs = _programs()
    if programs is None:
        _absent("the package postgresql is not installed, and LMI_TEST_POSTGRES names no database")
        return
    user, folder = _user(), Path(tempfile.mkdtemp(prefix="lmipg"))
    if user:
        shutil.chown(folder, user)
    try:
        yield from _served(programs, folder, user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _served(programs: Path, folder: Path, user: str | None) -> Iterator[str]:
    data, quiet = folder / "data", {"LC_ALL": "C", "PATH": os.environ["PATH"]}
    made = [programs / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync"]
    group = pwd.getpwnam(user).pw_gid if user else None
    as_user = {"user": user, "group": group, "extra_groups": [] if user else None, "cwd": folder,
               "env": quiet, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}  # fmt: skip
    told = subprocess.run(made, check=False, **as_user)
    assert told.returncode == 0, told.stdout.decode()
    settings = [part for setting in _FAST for part in ("-c", setting)]
    serving = [programs / "postgres", "-D", data, "-k", folder, "-h", "", *settings]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(serving, preexec_fn=_end_with_us, **(as_user | {"stdout": log}))
        try:
            url = f"postgresql://tests@/postgres?host={folder}"
            _wait(url, process, folder / "log")
            yield url
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(30)


def _end_with_us() -> None:
    """Where the system can (Linux): the server ends when the tests are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    engine = create_engine(url)
    deadline = time.monotonic() + 60
    while True:
        try:
            engine.connect().close()
            engine.dispose()
            return
        except OperationalError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.02)


@pytest.fixture(scope="session")
def new_url(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], str]]:
    """A function that gives, for 'sqlite' or 'postgresql', the URL of a database with nothing in it."""
    schemas: list[tuple[str, str]] = []

    def make(backend: str) -> str:
        if backend == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('database')}/contributions.sqlite"
        server, schema = request.getfixturevalue("postgres"), f"lmi_{uuid4().hex}"
        _do(server, f"create schema {schema}")
        schemas.append((server, schema))
        own = make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
        return own.render_as_string(hide_password=False)

    yield make
    for server, schema in schemas if os.environ.get("LMI_TEST_POSTGRES") else ():  # ours goes as a whole
        _do(server, f"drop schema {schema} cascade")


def _do(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session", params=BACKENDS)
def store(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> Iterator[Store]:
    """A database, once of each kind; shared by the tests of a process, so each makes its own convening."""
    opened = Store(new_url(request.param))
    yield opened
    opened.close()


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> str:
    """The URL of a database with nothing in it, once of each kind."""
    return new_url(request.param)
