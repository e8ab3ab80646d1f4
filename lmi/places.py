"""Where the product keeps its files. One place, so that tests and deployments can move them."""

import functools
import os
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_LOCAL = Path("data") / "local"
_CAPACITY, _WORKFORCE = _LOCAL / "training_capacity.csv", _LOCAL / "workforce"
_VERSIONS = _LOCAL / "pathways"
_REFRESHED, _RAW = Path("data") / "refreshed", Path("data") / "raw"
_DATABASE = _LOCAL / "contributions.sqlite"
_DATABASE_LINE = re.compile(
    r"""^database:[ \t]*(["']?)([^"'\s#][^"'\n]*?)?\1[ \t]*(?:[ \t]#.*)?$""", re.MULTILINE
)
_EVENTS, _EVENTS_JOURNAL = Path("hiring_events.csv"), _LOCAL / "hiring_events_journal.jsonl"


@dataclass(frozen=True)
class Places:
    """Folders and files of one installation."""

    bundled: Path
    build: Path
    mappings: Path
    rules: Path
    settings: Path
    pathways: Path
    capacity: Path = ROOT / _CAPACITY
    workforce: Path = ROOT / _WORKFORCE
    versions: Path = ROOT / _VERSIONS
    events: Path = ROOT / _EVENTS
    events_journal: Path = ROOT / _EVENTS_JOURNAL
    refreshed: Path = ROOT / _REFRESHED
    raw: Path = ROOT / _RAW
    database: str = f"sqlite:///{ROOT / _DATABASE}"

    @property
    def pointer(self) -> Path:
        """The file that names the warehouse in use."""
        return self.build / "CURRENT"


def here(root: Path = ROOT) -> Places:
    """The places below a project root; LMI_BUILD_DIR moves the builds, LMI_SETTINGS the settings,
    LMI_CAPACITY the training capacity, LMI_WORKFORCE the folder of workforce files, LMI_PATHWAYS the
    pathways that are worked on, LMI_PATHWAY_VERSIONS the folder of their versions on record, LMI_EVENTS
    the record of hiring events, LMI_EVENTS_JOURNAL the journal of its changes, LMI_REFRESHED_DIR the
    tables that were refreshed, LMI_RAW_DIR the files as published, LMI_DATABASE (a URL) what people say,
    which the line 'database' of the settings moves too."""
    settings = Path(os.environ.get("LMI_SETTINGS", root / _LOCAL / "settings.yaml"))
    return Places(
        bundled=Path(os.environ.get("LMI_BUNDLED_DIR", root / "data" / "bundled")),
        build=Path(os.environ.get("LMI_BUILD_DIR", root / "data" / "build")),
        mappings=root / "data" / "mappings",
        rules=root / "data" / "rules",
        settings=settings,
        pathways=Path(os.environ.get("LMI_PATHWAYS", root / "pathways.yaml")),
        capacity=Path(os.environ.get("LMI_CAPACITY", root / _CAPACITY)),
        workforce=Path(os.environ.get("LMI_WORKFORCE", root / _WORKFORCE)),
        versions=Path(os.environ.get("LMI_PATHWAY_VERSIONS", root / _VERSIONS)),
        events=Path(os.environ.get("LMI_EVENTS", root / _EVENTS)),
        events_journal=Path(os.environ.get("LMI_EVENTS_JOURNAL", root / _EVENTS_JOURNAL)),
        refreshed=Path(os.environ.get("LMI_REFRESHED_DIR", root / _REFRESHED)),
        raw=Path(os.environ.get("LMI_RAW_DIR", root / _RAW)),
        database=os.environ.get("LMI_DATABASE") or _named(settings) or f"sqlite:///{root / _DATABASE}",
    )


def _named(settings: Path) -> str:
    """The database that the settings name, '' for none. Only that line is read, so that a mistake elsewhere
    in the file does not move what people have said."""
    try:
        state = settings.stat()
    except OSError:
        return ""
    return _database_line(settings, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=8)
def _database_line(settings: Path, _modified_ns: int, _size: int) -> str:
    try:
        found = _DATABASE_LINE.search(settings.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""
    name = (found[2] or "").strip() if found else ""
    return "" if name in ("null", "~") else name
