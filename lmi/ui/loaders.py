"""Every cache of the app. Keys hold the build and the settings' stamp; answers are read-only."""

import json
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lmi.answers.completions import completers
from lmi.answers.coverage import Measure, coverage
from lmi.answers.desk import Desk, open_desk, with_events
from lmi.answers.overview import Overview, freshness, overview
from lmi.answers.people import Baseline, Representation, baselines, clusters, ladder, representation
from lmi.answers.profile import Choice, Profile, profile
from lmi.answers.ranking import Ranking, Robustness, rank, robustness
from lmi.answers.skills import Comparison, compare
from lmi.answers.supply import Supply
from lmi.answers.training import Training, training
from lmi.domain.errors import LmiError
from lmi.domain.selection import Request
from lmi.places import Places, here
from lmi.presentation.charts import Chart
from lmi.sources import events_file
from lmi.ui import outcome_loaders
from lmi.warehouse import build, connect, queries
from lmi.warehouse.connect import Warehouse

log = logging.getLogger("lmi")
_building = threading.Lock()
_last_good: dict[str, Desk] = {}


@st.cache_resource(show_spinner=False, max_entries=3, on_release=Warehouse.close)
def _warehouse(path: str, modified_ns: int) -> Warehouse:
    """One open warehouse per file; modified_ns tells a rebuilt file of the same name apart."""
    return Warehouse(Path(path))


@st.cache_resource(show_spinner=False, max_entries=4)
def _desk(path: str, modified_ns: int, stamp: str) -> Desk:
    return open_desk(here(), _warehouse(path, modified_ns))


@st.cache_resource(show_spinner=False, max_entries=4)
def _with_events(key: str, events: str, day: str, _base: Desk) -> Desk:
    """The desk with the events as they are now, counted from a day; `events` tells their states apart."""
    log = events_file.load_events(here().events, here().events_journal, _base.event_known)
    return with_events(_base, log, day)


def desk() -> tuple[Desk, list[LmiError]]:
    """The desk for the warehouse and settings as they are now, and what is wrong with either.

    A mistake in settings or rules, or a bundle that cannot be built, leaves the last good ones in
    use and is reported. Raises where there is nothing to fall back on.
    """
    places = here()
    problems: list[LmiError] = []
    path = _current(places, problems)
    modified = path.stat().st_mtime_ns
    try:
        base = _desk(str(path), modified, settings_stamp(places))
        found = _with_events(stamp(base), events_stamp(places), today(), base)
        found = outcome_loaders.with_adjusted(stamp(found), found, problems)
        _last_good["desk"] = found
    except LmiError as error:
        fallback = _last_good.get("desk")
        if fallback is None or fallback.warehouse.path != path:
            raise
        problems.append(error)
        found = fallback
    return found, [*problems, *found.problems]


def _current(places: Places, problems: list[LmiError]) -> Path:
    """The warehouse to read; built first, with progress on the page, if it is not there."""
    try:
        return _ensured(places)
    except LmiError as error:
        try:
            older = places.build / places.pointer.read_text(encoding="utf-8").strip()
        except OSError:
            raise error from None
        if not older.is_file():
            raise
        problems.append(error)
        return older


def _ensured(places: Places) -> Path:
    dated = [(str(p), _modified(p / "sources.yaml")) for p in (places.bundled, places.refreshed)]
    name = _expected(*dated[0], *dated[1])
    path = places.build / name
    if path.is_file() and places.pointer.is_file() and places.pointer.read_text().strip() == name:
        return path
    return rebuild(places, again=False)


@st.cache_resource(show_spinner=False, max_entries=4)
def _expected(bundled: str, modified_ns: int, refreshed: str, refreshed_ns: int) -> str:
    """Name of the warehouse that belongs to the data; worked out once per version of its manifests."""
    return build.expected_name(Path(bundled), Path(refreshed))


def _modified(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def rebuild(places: Places, again: bool = True) -> Path:
    """Build with a progress bar on the page; sessions that come meanwhile wait for the same build."""
    area = st.empty()
    with area.container():
        st.markdown("#### Preparing the data")
        st.caption("This happens once, and again whenever the bundled data changes.")
        bar = st.progress(0.0, text="Starting")
        with _building:
            if again:  # a rebuilt file of the same name is read anew only once the old one is closed
                _desk.clear()
                _warehouse.clear()
                connect.close_every(places.build)  # the phones' too
            path = (build.build if again else build.ensure)(places, drawn_on(bar))
    area.empty()
    return path


def drawn_on(bar: DeltaGenerator) -> build.Progress:
    """Progress of a build as a bar on the page."""

    def draw(done: int, total: int, what: str) -> None:
        bar.progress(min(done / total, 1.0), text=what)

    return draw


def settings_stamp(places: Places) -> str:
    """Changes whenever a settings or rule file is saved."""
    files = [places.settings, places.pathways, *sorted(places.rules.glob("*.yaml")), places.capacity,
             places.workforce, *sorted(places.workforce.glob("*")),
             *sorted(places.versions.glob("*.yaml"))]  # fmt: skip
    return " ".join(str(f.stat().st_mtime_ns) if f.exists() else "-" for f in files)


def events_stamp(places: Places) -> str:
    """Changes whenever the record of events or its journal is written."""
    stats = [f.stat() for f in (places.events, places.events_journal) if f.exists()]
    return " ".join(f"{s.st_mtime_ns}-{s.st_size}-{s.st_ino}" for s in stats)


def stamp(found: Desk) -> str:
    """The cache key of everything that is computed at a desk."""
    return f"{found.warehouse.build_id} {found.serial}"


@st.cache_resource(show_spinner=False, max_entries=128)
def ranking(key: str, _desk: Desk, request: Request) -> Ranking:
    """The ranking of a request; shared, never to be changed."""
    return rank(_desk, request)


@st.cache_resource(show_spinner=False, max_entries=128)
def overview_of(key: str, _ranking: Ranking, request: Request) -> Overview:
    """The overview of a ranking; request is its cache key."""
    return overview(_ranking)


@st.cache_resource(show_spinner=False, max_entries=64)
def robustness_of(key: str, _desk: Desk, _ranking: Ranking, request: Request) -> Robustness:
    """Every rule over a ranking; request is its cache key."""
    return robustness(_desk, _ranking)


@st.cache_resource(show_spinner=False, max_entries=128)
def profile_of(key: str, _desk: Desk, soc: str, area_code: str, choice: Choice) -> Profile:
    """The profile of an occupation in an area."""
    return profile(_desk, soc, area_code, choice)


@st.cache_resource(show_spinner=False, max_entries=64)
def representation_of(
    key: str, _desk: Desk, _ranking: Ranking, request: Request, baseline: str
) -> Representation:
    """Shares of every group in the ranked occupations; request is the ranking's cache key."""
    return representation(_desk, _ranking, baseline)


@st.cache_resource(show_spinner=False, max_entries=64)
def shares_of(key: str, _found: Representation, request: Request, baseline: str, group: str) -> pd.DataFrame:
    """One group's shares in the occupations in demand; request and baseline are the cache key."""
    return _found.of_group(group)


@st.cache_resource(show_spinner=False, max_entries=64)
def ladder_of(key: str, _desk: Desk, _ranking: Ranking, request: Request, cluster: str) -> pd.DataFrame:
    """Shares along the rungs of a career cluster; request is the ranking's cache key."""
    return ladder(_desk, _ranking, clusters_of(key, _desk)[cluster])


@st.cache_resource(show_spinner=False, max_entries=256)
def baselines_of(key: str, _desk: Desk, area_code: str) -> dict[str, Baseline]:
    """What shares can be held against in an area."""
    return baselines(_desk, _desk.area(area_code))


@st.cache_resource(show_spinner=False, max_entries=4)
def clusters_of(key: str, _desk: Desk) -> dict[str, frozenset[str]]:
    """Career clusters with their occupations."""
    return clusters(_desk)


@st.cache_resource(show_spinner=False, max_entries=128)
def training_of(
    key: str, _desk: Desk, _supply: Supply, area_code: str, soc: str, method: str, levels: tuple[str, ...]
) -> Training:
    """The training for an occupation in an area; method and levels are the supply's cache key."""
    return training(_desk, _desk.area(area_code), soc, _supply, levels)


@st.cache_resource(show_spinner=False, max_entries=64)
def completers_of(key: str, _desk: Desk, area_code: str, levels: tuple[str, ...]) -> pd.DataFrame:
    """Completers of an area by institution and level; shared, never to be changed."""
    return completers(_desk, _desk.area(area_code), levels)


@st.cache_resource(show_spinner=False, max_entries=64)
def comparison_of(key: str, _desk: Desk, socs: tuple[str, ...]) -> Comparison:
    """Occupations side by side."""
    return compare(_desk, socs)


@st.cache_resource(show_spinner=False, max_entries=4)
def coverage_of(key: str, _desk: Desk) -> list[Measure]:
    """How far the facts reach."""
    return coverage(_desk)


def today() -> str:
    """Today's date in UTC, ISO form; the one clock of the pages."""
    return datetime.now(UTC).strftime("%Y-%m-%d")


def on_phone() -> bool:
    """Whether the browser says it is a phone's; charts are then drawn tall and narrow."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


@st.cache_resource(show_spinner=False, max_entries=4)
def titles(key: str, _desk: Desk) -> dict[str, str]:
    """Titles of the occupations that OEWS publishes, by code: what the search box lists."""
    found = queries.occupations(_desk.warehouse)
    detailed = found[found.in_oews & (found.soc_level == "detailed")].sort_values("title")
    return dict(zip(detailed.soc, detailed.title, strict=True))


@st.cache_resource(show_spinner=False, max_entries=4)
def freshness_of(key: str, _desk: Desk, date: str) -> pd.DataFrame:
    """The sources and whether their next vintage is overdue on a date."""
    return freshness(_desk, date)


@st.cache_resource(show_spinner=False, max_entries=8)
def projection_of(key: str, _desk: Desk, soc: str) -> pd.Series:
    """The nation's projection of one occupation."""
    return queries.projection(_desk.warehouse, soc).iloc[0]


@st.cache_resource(show_spinner=False, max_entries=128)
def other_titles(key: str, _desk: Desk, soc: str) -> list[str]:
    """What else an occupation is called."""
    return queries.alternate_titles(_desk.warehouse, soc, 10)


@st.cache_resource(show_spinner=False, max_entries=64)
def everywhere(key: str, _desk: Desk, soc: str) -> pd.DataFrame:
    """One occupation in every area; shared, never to be changed."""
    return queries.everywhere(_desk.warehouse, soc)


@st.cache_resource(show_spinner=False)
def boundaries() -> dict[str, dict[str, object]]:
    """The bundled boundaries of metropolitan areas ('metros') and states ('states'), as GeoJSON."""
    folder = Path(__file__).parent / "shell" / "static" / "geo"
    return {
        name: json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))
        for name in ("metros", "states")
    }


@st.cache_resource(show_spinner=False, max_entries=256)
def drawn(key: tuple[object, ...], _make: Callable[[], Chart]) -> Chart:
    """A chart, drawn once per key; shared, never to be changed. The key holds all that it shows."""
    return _make()
