"""The app under AppTest, on the committed bundle, with a build folder of its own."""

import html
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lmi.places import here
from lmi.warehouse import build

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "lmi" / "ui" / "shell" / "main.py"
PAGES = ("overview", "demand", "occupation", "representation", "training", "pathways", "events", "data")
Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A build folder with the warehouse of the committed bundle."""
    folder = tmp_path_factory.mktemp("build")
    before = os.environ.get("LMI_BUILD_DIR")
    os.environ["LMI_BUILD_DIR"] = str(folder)
    build.ensure(here())
    yield folder
    if before is None:
        os.environ.pop("LMI_BUILD_DIR", None)
    else:
        os.environ["LMI_BUILD_DIR"] = before


@pytest.fixture
def capacity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the capacity file of this test lies; it does not exist yet. Never one of data/local."""
    path = tmp_path / "local" / "training_capacity.csv"
    path.parent.mkdir()
    monkeypatch.setenv("LMI_CAPACITY", str(path))
    return path


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the committed record of hiring events, its journal beside it: no test writes to the former."""
    path = tmp_path / "events" / "hiring_events.csv"
    path.parent.mkdir()
    shutil.copyfile(ROOT / "hiring_events.csv", path)
    monkeypatch.setenv("LMI_EVENTS", str(path))
    monkeypatch.setenv("LMI_EVENTS_JOURNAL", str(path.with_name("journal.jsonl")))
    return path


@pytest.fixture
def own_file(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of pathways.yaml that a test may spoil, with a folder of versions of its own."""
    path = tmp_path / "pathways.yaml"
    path.write_bytes((ROOT / "pathways.yaml").read_bytes())
    monkeypatch.setenv("LMI_PATHWAYS", str(path))
    monkeypatch.setenv("LMI_PATHWAY_VERSIONS", str(tmp_path / "versions"))
    yield path
    (built / "pathways.last-good.yaml").unlink(missing_ok=True)
    shutil.rmtree(built / "drafts", ignore_errors=True)


@pytest.fixture
def open_page(built: Path, capacity: Path, record: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """open_page('demand', area='26420', …): the page after its run, no exception on it."""
    monkeypatch.setenv("LMI_BUILD_DIR", str(built))
    monkeypatch.setenv("LMI_WORKFORCE", str(capacity.parent / "workforce"))

    def opened(page: str, may_fail: bool = False, **address: str) -> AppTest:
        app = AppTest.from_file(str(MAIN), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        if page != "overview":
            app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
        assert not app.exception, [e.message for e in app.exception]
        if not may_fail:
            assert "Something needs your attention" not in [s.value for s in app.header], words(app)[-400:]
        return app

    return opened


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def texts(app: AppTest) -> str:
    """Everything a reader sees as text, joined."""
    html = [e.value for e in app.get("html")]
    return "\n".join([*html, *(t.value for t in app.text), *(s.value for s in app.header)])


def figures(app: AppTest) -> list[str]:
    """The JSON of every figure on the page."""
    return [chart.proto.spec for chart in app.get("plotly_chart")]


def words(app: AppTest) -> str:
    """What a reader sees outside figures, without markup; style and script left out."""
    shown = re.sub(r"<(style|script)>.*?</\1>", "", texts(app), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


def part(app: AppTest, name: str) -> str:
    """The 'question', 'answer' or 'selection' of the page."""
    found = re.search(rf'data-testid="{name}">(.*?)</(?:p|h1)>', texts(app), re.DOTALL)
    assert found, f"no {name} on the page"
    return html.unescape(found[1])


def figure(app: AppTest, key: str) -> dict[str, str]:
    """The words inside one figure by their role: title, subtitle, source. key: of its chart block."""
    chart = next(c for c in app.get("plotly_chart") if c.proto.id.endswith(f"{key}-plot"))
    return annotations(chart.proto.spec)


def annotations(spec: str) -> dict[str, str]:
    """Title, subtitle and source of a figure's JSON, on one line each."""
    found = json.loads(spec)["layout"]["annotations"]
    return {a["name"]: a["text"].replace("<br>", " ") for a in found if a.get("name")}


def marks(app: AppTest, key: str) -> set[str]:
    """Everything that the marks of one figure carry as custom data, as text."""
    chart = next(c for c in app.get("plotly_chart") if c.proto.id.endswith(f"{key}-plot"))
    rows = [row for trace in json.loads(chart.proto.spec)["data"] for row in trace.get("customdata") or ()]
    return {str(cell) for row in rows for cell in (row if isinstance(row, list) else [row])}
