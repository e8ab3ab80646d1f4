"""Which data a build is made of: every table from the bundle, or from the refreshed folder where its
source there was obtained later."""

from dataclasses import dataclass
from pathlib import Path

from lmi.domain.errors import BadFile
from lmi.domain.tables import TABLES
from lmi.places import Places
from lmi.sources import manifest, refreshed
from lmi.sources.manifest import BundledSource
from lmi.sources.reading import sha256

RESTORE = "Restore data/bundled from version control, or make it: python -m lmi bundle --raw DIR."


@dataclass(frozen=True)
class Chosen:
    """The sources of a build and, for every declared table, its file; whole and as described."""

    sources: tuple[BundledSource, ...]
    paths: dict[str, Path]
    refreshed: frozenset[str]  # tables that do not come from the bundle

    def shown(self, table_id: str) -> str:
        """The file of a table as a message names it."""
        folder = "data/refreshed" if table_id in self.refreshed else "data/bundled"
        return f"{folder}/{self.paths[table_id].name}"

    def mend(self, table_id: str) -> str:
        """What mends a table's file."""
        return refreshed.MEND if table_id in self.refreshed else RESTORE


def choose(places: Places) -> Chosen:
    """The data for a build; BadFile for a missing or changed file, or a refreshed source that does not fit
    this version."""
    sources = {source.id: source for source in manifest.read_sources(places.bundled)}
    paths = {table.id: places.bundled / f"{table.id}.parquet" for table in TABLES}
    newer = set()
    for source in refreshed.read(places.refreshed):
        if _is_newer(source, sources.get(source.id), places.refreshed):
            sources[source.id] = source
            newer |= {table.id for table in source.tables}
            paths |= {t.id: refreshed.path_of(places.refreshed, t) for t in source.tables}
    chosen = Chosen(tuple(sources.values()), paths, frozenset(newer))
    _check(chosen)
    return chosen


def _is_newer(source: BundledSource, bundled: BundledSource | None, folder: Path) -> bool:
    """Whether it was obtained later than the bundled copy; BadFile where its tables are others."""
    tables = {table.id for table in source.tables}
    if bundled is None or tables != {table.id for table in bundled.tables}:
        raise BadFile(
            f"{folder}: the source {source.id} is not one of this version.",
            f"It has the tables {', '.join(sorted(tables)) or 'none'}.",
            refreshed.MEND,
        )
    return source.retrieved > bundled.retrieved


def _check(chosen: Chosen) -> None:
    """Every declared table is there, and its file is the one that sources.yaml describes."""
    listed = {table.id: table.sha256 for source in chosen.sources for table in source.tables}
    for table in TABLES:
        path = chosen.paths[table.id]
        if table.id not in listed or not path.is_file():
            found = "it is missing" if table.id in listed else "sources.yaml does not list it"
            raise BadFile(
                f"{chosen.shown(table.id)}: {found}.", f"Table {table.id} needs it.", chosen.mend(table.id)
            )
        if sha256(path) != listed[table.id]:
            raise BadFile(
                f"{chosen.shown(table.id)} is not the file that sources.yaml describes.",
                "Its SHA-256 differs: it is truncated or was changed.",
                chosen.mend(table.id),
            )
