"""A small warehouse from the fixtures, the real one from the committed bundle, and a desk for each."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from lmi.answers.desk import Desk, open_desk
from lmi.places import ROOT, Places
from lmi.sources.bundle import bundle
from lmi.warehouse import build
from lmi.warehouse.connect import Warehouse
from tests.publisher import Publisher, running

pytest_plugins = ["tests.databases"]
settings.register_profile("suite", deadline=None)  # how long something takes is measured by the bench
settings.load_profile("suite")
RAW = Path(__file__).parent / "fixtures" / "raw"
SETTINGS = ROOT / "data" / "local" / "settings.yaml"
# What somebody has refreshed or logged on this machine is no part of a test; nothing lies there.
NOTHING_REFRESHED = ROOT / "tests" / "fixtures" / "refreshed"
os.environ["LMI_REFRESHED_DIR"] = str(NOTHING_REFRESHED)
os.environ["LMI_DATABASE"] = f"sqlite:///{tempfile.mkdtemp()}/contributions.sqlite"  # one for a test run
os.environ["LMI_EVENTS_JOURNAL"] = str(NOTHING_REFRESHED / "hiring_events_journal.jsonl")


def _places(bundled: Path, builds: Path, settings: Path) -> Places:
    data = ROOT / "data"
    local = settings.parent if settings != SETTINGS else builds
    return Places(
        bundled, builds, data / "mappings", data / "rules", settings, ROOT / "pathways.yaml",
        capacity=local / "training_capacity.csv", workforce=local / "workforce",
        versions=local / "pathways", events=local / "hiring_events.csv",
        events_journal=local / "hiring_events_journal.jsonl",
        refreshed=NOTHING_REFRESHED, raw=builds / "raw",
    )  # fmt: skip


@pytest.fixture(scope="session")
def small_places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The bundle of the raw fixtures, its warehouse built; its region joins Austin and Houston."""
    folder = tmp_path_factory.mktemp("small")
    bundle(RAW, folder / "bundled", folder / "static", lambda done, steps, label: None)
    settings = SETTINGS.read_text(encoding="utf-8")
    assert '"41700"' in settings, "the fixtures have no San Antonio; its code is replaced"
    settings = settings.replace('"41700"', '"26420"').replace("R-austin-san-antonio", "R-austin-houston")
    (folder / "settings.yaml").write_text(settings, encoding="utf-8")
    places = _places(folder / "bundled", folder / "build", folder / "settings.yaml")
    build.build(places)
    return places


@pytest.fixture
def own_places(small_places: Places, tmp_path: Path) -> Places:
    """A copy of the small installation that a test may spoil."""
    folder = tmp_path / "own"
    shutil.copytree(small_places.bundled, folder / "bundled")
    shutil.copytree(small_places.build, folder / "build")
    shutil.copy(small_places.settings, folder / "settings.yaml")
    return _places(folder / "bundled", folder / "build", folder / "settings.yaml")


@pytest.fixture(scope="session")
def small_desk(small_places: Places) -> Iterator[Desk]:
    """The desk over the small warehouse."""
    warehouse = Warehouse(build.ensure(small_places))
    yield open_desk(small_places, warehouse)
    warehouse.close()


@pytest.fixture(scope="session")
def real_places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The committed bundle and settings, with the warehouse in a folder of the tests."""
    places = _places(ROOT / "data" / "bundled", tmp_path_factory.mktemp("real"), SETTINGS)
    build.build(places)
    return places


@pytest.fixture(scope="session")
def real_desk(real_places: Places) -> Iterator[Desk]:
    """The desk over the committed bundle."""
    warehouse = Warehouse(build.ensure(real_places))
    yield open_desk(real_places, warehouse)
    warehouse.close()


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """A publisher's server on this machine."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as found:
        yield found
