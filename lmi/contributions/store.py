"""The database of what people say: SQLite by default, PostgreSQL by its URL. Same tables, same code.

A write is acknowledged once it is on disk. Writers on SQLite wait for each other from the first read on
(BEGIN IMMEDIATE), so nothing is decided on what has changed meanwhile. Those of one process queue up for a
lock of its own before: SQLite lets who waits try again only now and then, and some wait for seconds."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, quote_plus

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from lmi.domain.errors import LmiError

T = TypeVar("T")
_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_146_203  # of PostgreSQL, while the tables are brought up to date
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"  # of every moment: UTC, ISO 8601 with microseconds
MEMORY = "sqlite://"
_PRAGMAS = (
    "busy_timeout=15000", "journal_mode=wal", "synchronous=full", "foreign_keys=on", "secure_delete=on",
)  # fmt: skip
_TRIES = 3  # of a change that meets another with the same token
_REACH_SECONDS = 5  # to reach a server of PostgreSQL


class Unkept(LmiError):
    """What was said could not be written or read."""


class Store:
    """One database. Safe to share between threads."""

    def __init__(self, url: str) -> None:
        """Open the database and bring its tables up to date. Unkept if it cannot be opened.

        url: 'sqlite:///FILE', 'sqlite://' (in memory, gone with this object), or 'postgresql://…'.
        """
        try:
            self._url = _address(url)
            self.engine = _engine(self._url)
            self._turn = threading.RLock()
            self._waits = (_in_memory(self._url), self._url.get_backend_name() == "sqlite")  # to read, write
            self._within(_bring_up_to_date, writes=True)
        except CommandError as error:
            raise Unkept(
                f"The database of contributions cannot be opened ({self._named()}).",
                "Its tables are of a newer version than this one, or not of this product.",
                "Install the newer version, or name another database.",
            ) from error
        except (SQLAlchemyError, ArgumentError, OSError, ImportError) as error:
            raise self._failed("cannot be opened", error) from error

    def read(self, ask: Callable[[Connection], T]) -> T:
        """What a question finds, all of it in one state of the database."""
        try:
            return self._within(ask, writes=False)
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            raise self._failed("cannot be read", error) from error

    def write(self, change: Callable[[Connection], T]) -> T:
        """Make a change, all of it or nothing; it is on disk when this returns.

        Where another change with the same token came between, it is made again from its first question on.
        IntegrityError passes through if that does not help: a token that was used before.
        """
        for left in reversed(range(_TRIES)):
            try:
                return self._within(change, writes=True)
            except IntegrityError:
                if not left:
                    raise
            except SQLAlchemyError as error:
                raise self._failed("did not take it", error) from error
        raise AssertionError("the last try returns or raises")

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def _within(self, run: Callable[[Connection], T], *, writes: bool) -> T:
        options: dict[str, Any] = {"lmi_writes": writes}
        if not writes and self.engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"  # all questions see the same state
        turn: Any = self._turn if self._waits[writes] else nullcontext()
        with turn, self.engine.connect() as plain:
            connection = plain.execution_options(**options)
            with connection.begin():
                return run(connection)

    def _named(self) -> str:
        """The address without what is secret in it."""
        url = getattr(self, "_url", None)
        return url.set(query={}).render_as_string(hide_password=True) if url else "the address"

    def _failed(self, what: str, error: Exception) -> Unkept:
        why = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
        for secret in _secrets(getattr(self, "_url", None)):
            why = why.replace(secret, "(password)")
        return Unkept(
            f"The database of contributions {what} ({self._named()}).",
            why[:200],
            "Check LMI_DATABASE or 'database' in the settings, that the folder can be written, and that the "
            "server runs; then try again. Nothing that was confirmed is lost.",
        )


def now() -> str:
    """This moment, UTC, ISO 8601 with microseconds."""
    return moment(timedelta())


def moment(after: timedelta) -> str:
    """A moment so long after this one, before it if negative, as the tables hold it."""
    return (datetime.now(UTC) + after).strftime(TIME)


def for_update(connection: Connection, table: str, key: str) -> None:
    """Let other writers who ask for the same row of a table wait until this change is done."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT id FROM {table} WHERE id = :key FOR UPDATE"), {"key": key})  # noqa: S608


def _address(text_of_it: str) -> URL:
    """The URL as SQLAlchemy reads it; ArgumentError for any other text, without repeating it."""
    try:
        url = make_url(text_of_it)
    except ValueError as error:
        raise ArgumentError("The address is not written as a URL.") from error
    if url.drivername == "postgres":  # as many providers write it
        url = url.set(drivername="postgresql")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise ArgumentError(f"'{url.get_backend_name()}' is not supported: only sqlite and postgresql are.")
    return url


def _in_memory(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def _secrets(url: URL | None) -> list[str]:
    """What may not be told of an address, as it is and as it is written in a URL."""
    if url is None:
        return []
    found = [str(url.password or "")]
    found += [str(value) for name, value in url.query.items() if "password" in name]
    return [each for secret in found for each in (secret, quote_plus(secret), quote(secret)) if secret]


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        reach = {} if "connect_timeout" in url.query else {"connect_timeout": _REACH_SECONDS}
        return create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=10, connect_args=reach)
    in_memory = _in_memory(url)
    if not in_memory:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 15}, **options)

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        writes = connection.get_execution_options().get("lmi_writes")
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine


def _bring_up_to_date(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
