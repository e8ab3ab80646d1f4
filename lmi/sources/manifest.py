"""sources.yaml: what the bundled tables say of their origin. Written last by the bundle, read by the
warehouse."""

import re
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from lmi.domain.caveats import CAVEATS
from lmi.domain.errors import BadFile
from lmi.domain.source import Source
from lmi.domain.tables import TABLE_BY_ID

FILE_NAME = "sources.yaml"
_HEADER = "# Written by the bundle command; edit the source modules instead.\n"
_DATE = r"(\d{4}(-\d{2}(-\d{2})?)?)?"
_MEND = "Run the bundle command again, or restore the committed bundle."


@dataclass(frozen=True)
class BundledFile:
    """One published file that the tables were made from. name: its path below the raw folder. url: where
    it was fetched from; empty for the bundle's."""

    name: str
    retrieved: str
    bytes: int
    sha256: str
    url: str = ""


@dataclass(frozen=True)
class BundledTable:
    """One Parquet file of the bundle. left_out: rows not kept, counted by reason."""

    id: str
    rows: int
    sha256: str
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class BundledSource:
    """A source as bundled: lmi.domain.source.Source with its files and tables as they were found."""

    id: str
    publisher: str
    title: str
    short_title: str
    url: str
    licence: str
    attribution: str
    period: str
    released: str
    cadence: str
    next_due: str
    caveats: tuple[str, ...]
    feeds_figures: bool
    files: tuple[BundledFile, ...]
    tables: tuple[BundledTable, ...]

    @property
    def retrieved(self) -> str:
        """The day or month in which the newest of its files was obtained; empty without a file."""
        return max((file.retrieved for file in self.files), default="")


def describe(source: Source, files: list[BundledFile], tables: list[BundledTable]) -> dict[str, Any]:
    """A source with its files and tables as plain values, in the order that sources.yaml has."""
    record = {item.name: getattr(source, item.name) for item in fields(BundledSource)}
    record["caveats"] = list(source.caveats)
    record["files"] = [
        {key: value for key, value in asdict(file).items() if key != "url" or value} for file in files
    ]
    record["tables"] = [
        {key: value for key, value in asdict(table).items() if key != "left_out" or value} for table in tables
    ]
    return record


def write(records: list[dict[str, Any]], folder: Path) -> None:
    """Write sources.yaml; the same records give the same bytes."""
    (folder / FILE_NAME).write_text(content_of(records), encoding="utf-8")


def content_of(records: list[dict[str, Any]]) -> str:
    """The content of sources.yaml for records as describe gives them."""
    return _HEADER + yaml.safe_dump({"sources": records}, sort_keys=False, allow_unicode=True, width=100)


def read_sources(bundled: Path) -> list[BundledSource]:
    """The sources of a bundle folder; BadFile where sources.yaml is missing or not as it should be.

    Every table that lmi.domain.tables declares must come from exactly one source. The Parquet files
    themselves are not read: compare them with BundledTable.sha256 before use.
    """
    sources = _sources(bundled / FILE_NAME)
    found = sorted(table.id for source in sources for table in source.tables)
    if found != sorted(TABLE_BY_ID):
        odd = sorted(set(found) ^ set(TABLE_BY_ID)) or [t for t in found if found.count(t) > 1]
        raise BadFile(
            f"{FILE_NAME}: tables are not those of this version.",
            f"Each declared table must come from one source; see {', '.join(odd)}.",
            _MEND,
        )
    return sources


def read_some(folder: Path) -> list[BundledSource]:
    """The sources of a folder that need not hold every table; none where it has no sources.yaml."""
    return _sources(folder / FILE_NAME) if (folder / FILE_NAME).exists() else []


def _sources(path: Path) -> list[BundledSource]:
    """Every entry of a sources.yaml, checked one by one."""
    if not path.is_file():
        raise BadFile(f"{FILE_NAME} is missing.", f"It was expected at {path}.", _MEND)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadFile(f"{FILE_NAME} cannot be read as YAML.", f"{error}", _MEND) from error
    listed = content.get("sources") if isinstance(content, dict) else None
    if not isinstance(listed, list) or not listed:
        raise BadFile(f"{FILE_NAME} names no source.", "A list 'sources' was expected.", _MEND)
    return [_source(item, number) for number, item in enumerate(listed, start=1)]


def _source(item: object, number: int) -> BundledSource:
    """One entry of sources.yaml, checked."""
    place = f"source {number}"
    entry = _record(item, {f.name for f in fields(BundledSource)}, set(), place)
    place = f"source {number} ({entry['id']})"
    plain = {key: value for key, value in entry.items() if key not in {"caveats", "files", "tables"}}
    for key, value in plain.items():
        if not isinstance(value, bool if key == "feeds_figures" else str):
            raise _odd(place, f"{key} is {value!r}.")
    for key in ("released", "next_due"):
        if not re.fullmatch(_DATE, plain[key]):
            raise _odd(place, f"{key} is '{plain[key]}', not an ISO date or month.")
    for key in ("caveats", "files", "tables"):
        if not isinstance(entry[key], list):
            raise _odd(place, f"{key} is no list.")
    unknown = [code for code in entry["caveats"] if code not in CAVEATS]
    if unknown:
        raise _odd(place, f"caveat {unknown[0]} has no sentence.")
    files = [_record(f, {"name", "retrieved", "bytes", "sha256"}, {"url"}, place) for f in entry["files"]]
    tables = [_record(t, {"id", "rows", "sha256"}, {"left_out"}, place) for t in entry["tables"]]
    for part in (*files, *tables):
        if not re.fullmatch(r"[0-9a-f]{64}", str(part["sha256"])):
            raise _odd(place, f"sha256 of {part.get('name') or part.get('id')} is '{part['sha256']}'.")
    return BundledSource(
        **plain,
        caveats=tuple(entry["caveats"]),
        files=tuple(BundledFile(**file) for file in files),
        tables=tuple(BundledTable(**table) for table in tables),
    )


def _record(item: object, needed: set[str], optional: set[str], place: str) -> dict[str, Any]:
    if not isinstance(item, dict) or not needed <= set(item) <= needed | optional:
        keys = sorted(map(str, item)) if isinstance(item, dict) else [repr(item)[:60]]
        raise _odd(place, f"{', '.join(sorted(needed))} were expected, found {', '.join(keys)}.")
    return item


def _odd(place: str, why: str) -> BadFile:
    return BadFile(f"{FILE_NAME}: {place} is not in the form it should have.", why, _MEND)
