"""Build a new warehouse beside the old one, check it, then point to it.

A kill at any moment leaves the old one in use: the file is written under a name that nothing reads,
and the pointer is replaced in one step at the very end.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from lmi.domain.errors import BadFile, LmiError
from lmi.domain.tables import TABLES
from lmi.places import Places
from lmi.sources import manifest
from lmi.sources.manifest import BundledSource
from lmi.warehouse import checks, overlay, schema
from lmi.warehouse.overlay import Chosen

Progress = Callable[[int, int, str], None]
_UNWRITABLE = (duckdb.IOException, duckdb.TransactionException)  # a full disk stops a write or a commit
_STALE_SECONDS = 3600  # an unfinished build older than this was killed


def expected_name(bundled: Path, refreshed: Path | None = None) -> str:
    """File name of the warehouse that belongs to this bundle, the refreshed data, if any, and this version
    of the schema."""
    sources = bundled / manifest.FILE_NAME
    if not sources.is_file():
        raise BadFile(
            "data/bundled/sources.yaml is missing.",
            "The bundled data is part of the project and was expected there.",
            overlay.RESTORE,
        )
    newer = refreshed / manifest.FILE_NAME if refreshed else None
    content = sources.read_bytes() + (newer.read_bytes() if newer and newer.is_file() else b"")
    digest = hashlib.sha256(content + schema.fingerprint().encode()).hexdigest()
    return f"lmi-{digest[:16]}.duckdb"


def build(places: Places, progress: Progress = lambda done, total, what: None) -> Path:
    """Make the warehouse of the data as it is, check it, point to it; returns its path."""
    name = expected_name(places.bundled, places.refreshed)
    chosen = overlay.choose(places)
    try:
        return _build(places, name, chosen, progress)
    except (OSError, *_UNWRITABLE, duckdb.FatalException) as error:
        why = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise LmiError(
            "The warehouse cannot be written.",
            f"{why} ({places.build}).",
            "Make that folder writable and free some space, or set LMI_BUILD_DIR to another folder.",
        ) from error


def _build(places: Places, name: str, chosen: Chosen, progress: Progress) -> Path:
    """Fill a file that nothing reads, move it to its name, point to it."""
    places.build.mkdir(parents=True, exist_ok=True)
    working = places.build / f".building-{os.getpid()}-{secrets.token_hex(4)}.duckdb"
    try:
        _fill(working, chosen, progress)
        final = places.build / name
        working.replace(final)
        publish(final, places.pointer)
    finally:
        for leftover in (working, working.with_name(working.name + ".wal")):
            leftover.unlink(missing_ok=True)
    _clear(places, keep=name)
    progress(1, 1, "Ready")
    return final


def publish(warehouse: Path, pointer: Path) -> None:
    """Point to a warehouse: readers see the old name or the new one, never half."""
    temporary = pointer.with_name(f"{pointer.name}.{secrets.token_hex(4)}.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(warehouse.name + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(pointer)


def _fill(path: Path, chosen: Chosen, progress: Progress) -> None:
    steps = len(TABLES) + len(schema.DERIVED) + 2
    with duckdb.connect(str(path), config={"autoinstall_known_extensions": "false"}) as con:
        for number, table in enumerate(TABLES):
            progress(number, steps, f"Loading {table.doc.split(':')[0].split('.')[0]}")
            _load(con, table.id, chosen)
        for number, (name, sql) in enumerate(schema.DERIVED.items(), start=len(TABLES)):
            progress(number, steps, f"Deriving {name.replace('_', ' ')}")
            con.execute(sql)
        _record_sources(con, chosen.sources)
        progress(steps - 2, steps, "Checking figures")
        checks.run(con)
        progress(steps - 1, steps, "Writing")
        con.execute("checkpoint")


def _load(con: duckdb.DuckDBPyConnection, table_id: str, chosen: Chosen) -> None:
    path = chosen.paths[table_id]
    table = next(t for t in TABLES if t.id == table_id)
    columns = ", ".join(table.columns)
    order = f" order by {schema.ORDER_BY[table_id]}" if table_id in schema.ORDER_BY else ""
    con.execute(schema.create_statement(table))
    try:
        con.execute(f"insert into {table_id} select {columns} from read_parquet($1){order}", [str(path)])  # noqa: S608
    except duckdb.Error as error:
        if isinstance(error, _UNWRITABLE) and path.name not in str(error):
            raise  # it is the warehouse that cannot be written
        raise BadFile(
            f"{chosen.shown(table_id)} cannot be loaded.",
            f"{str(error).splitlines()[0]}.",
            chosen.mend(table_id),
        ) from error


def _record_sources(con: duckdb.DuckDBPyConnection, sources: tuple[BundledSource, ...]) -> None:
    con.execute(
        "create table source (id varchar, publisher varchar, title varchar, short_title varchar, "
        "url varchar, licence varchar, attribution varchar, period varchar, released varchar, "
        "cadence varchar, next_due varchar, retrieved varchar, caveats varchar, feeds_figures boolean, "
        "rows integer)"
    )
    con.executemany(
        f"insert into source values ({', '.join(['?'] * 15)})",  # noqa: S608
        [
            [s.id, s.publisher, s.title, s.short_title, s.url, s.licence, s.attribution, s.period,
             s.released, s.cadence, s.next_due, s.retrieved, " ".join(s.caveats),
             s.feeds_figures, sum(table.rows for table in s.tables)]
            for s in sources
        ],
    )  # fmt: skip


def _clear(places: Places, keep: str) -> None:
    """Remove warehouses of other bundles but the newest one, and builds that were killed."""
    finished = sorted(
        (p for p in places.build.glob("lmi-*.duckdb") if p.name != keep),
        key=lambda p: p.stat().st_mtime,
        reverse=True,
    )
    killed = [
        p
        for p in [*places.build.glob(".building-*"), *places.build.glob("*.tmp")]
        if time.time() - p.stat().st_mtime > _STALE_SECONDS
    ]
    for path in [*finished[1:], *killed]:
        path.unlink(missing_ok=True)


def ensure(places: Places, progress: Progress = lambda done, total, what: None) -> Path:
    """The warehouse of the present data, built first if it is not there or not the one in use."""
    name = expected_name(places.bundled, places.refreshed)
    try:
        current = places.pointer.read_text(encoding="utf-8").strip()
    except OSError:
        current = ""
    path = places.build / name
    if path.is_file() and current == name:
        return path
    return build(places, progress)
