"""The folder of refreshed tables, laid out like the bundle: what `refresh` fetched since, with its own
sources.yaml. A table's file carries a part of its hash in its name, so that the one step in which
sources.yaml is replaced puts all new tables in use."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from lmi.domain.errors import BadFile, LmiError
from lmi.domain.source import Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import bundle, manifest, reading
from lmi.sources.manifest import BundledFile, BundledSource, BundledTable

MEND = "Run python -m lmi refresh realtime again, or delete that folder: the bundled data is used then."


@dataclass(frozen=True)
class Fresh:
    """A source as it was just fetched: how it describes itself now, its files and its tables."""

    source: Source
    files: tuple[BundledFile, ...]
    tables: Mapping[str, pd.DataFrame]


def read(folder: Path) -> list[BundledSource]:
    """What the folder holds; nothing if it does not exist. BadFile, naming the folder, where it is odd."""
    try:
        found = manifest.read_some(folder)
    except BadFile as error:
        raise BadFile(f"{folder}: {error.what}", error.why, MEND) from error
    names = [source.id for source in found]
    if len(set(names)) < len(names):
        raise BadFile(f"{folder}: a source is listed twice.", f"Sources: {', '.join(names)}.", MEND)
    return found


def path_of(folder: Path, table: BundledTable) -> Path:
    """Where the folder keeps a table."""
    return folder / f"{table.id}-{table.sha256[:16]}.parquet"


def table_of(folder: Path, table_id: str) -> pd.DataFrame:
    """A table of the folder with its declared types; no rows where the folder has none that can be used."""
    declared = TABLE_BY_ID[table_id]
    for source in _readable(folder):
        for table in source.tables:
            if table.id == table_id:
                path = path_of(folder, table)
                return reading.conform(pd.read_parquet(path), declared, path.name)
    return reading.conform(pd.DataFrame(columns=list(declared.columns)), declared, table_id)


def files_of(folder: Path, source_id: str) -> tuple[BundledFile, ...]:
    """The published files that a source of the folder was made from."""
    return next((source.files for source in _readable(folder) if source.id == source_id), ())


def sha256_of(content: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def keep(folder: Path, fresh: Sequence[Fresh]) -> None:
    """Put fetched sources in use beside those that the folder has; they replace the same ones.

    At any moment the folder is what it was or what it will be. LmiError where it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = _readable(folder)
        records = {source.id: _again(source) for source in before}
        for each in fresh:
            written = [_write(folder, name, each.tables[name]) for name in each.source.tables]
            records[each.source.id] = manifest.describe(each.source, list(each.files), written)
        replace_manifest(folder, manifest.content_of(list(records.values())).encode())
    except OSError as error:
        raise not_writable(folder, error) from error
    _clear(folder, before)


def not_writable(folder: Path, error: OSError) -> LmiError:
    """The error of the folder where it cannot be written."""
    return LmiError(
        f"{folder} cannot be written.", f"{error.strerror or error}. The data in use is as it was.",
        "Make that folder writable and free some space, or set LMI_REFRESHED_DIR to another folder.",
    )  # fmt: skip


def replace_manifest(folder: Path, content: bytes | None) -> None:
    """Put a content in the place of sources.yaml in one step; None: remove it."""
    path = folder / manifest.FILE_NAME
    if content is None:
        path.unlink(missing_ok=True)
        return
    aside = folder / f".{manifest.FILE_NAME}.{uuid4().hex}"
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def manifest_content(folder: Path) -> bytes | None:
    """sources.yaml as it is, to be put back if need be; None where there is none."""
    path = folder / manifest.FILE_NAME
    return path.read_bytes() if path.is_file() else None


def _readable(folder: Path) -> list[BundledSource]:
    """The sources whose tables are whole and fit this version; a folder that cannot be read starts anew."""
    try:
        found = read(folder)
    except BadFile:
        return []
    return [
        source
        for source in found
        if all(
            table.id in TABLE_BY_ID
            and path_of(folder, table).is_file()
            and reading.sha256(path_of(folder, table)) == table.sha256
            for table in source.tables
        )
    ]


def _again(source: BundledSource) -> dict[str, Any]:
    record = asdict(source)
    record["caveats"] = list(source.caveats)
    for key, optional in (("files", "url"), ("tables", "left_out")):
        record[key] = [
            {name: value for name, value in part.items() if name != optional or value} for part in record[key]
        ]
    return record


def _write(folder: Path, table_id: str, frame: pd.DataFrame) -> BundledTable:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".table-") as aside:
        written = bundle.write_table(frame, TABLE_BY_ID[table_id], Path(aside))
        path = path_of(folder, written)
        with (Path(aside) / f"{table_id}.parquet").open("rb") as file:
            os.fsync(file.fileno())
        (Path(aside) / f"{table_id}.parquet").replace(path)
    return written


def _clear(folder: Path, before: Sequence[BundledSource]) -> None:
    """Remove the files of neither this state nor the one before, which a build may still be reading."""
    used = {path_of(folder, t).name for s in [*before, *read(folder)] for t in s.tables}
    for path in folder.glob("*.parquet"):
        if path.name not in used:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
