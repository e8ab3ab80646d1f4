"""The app under AppTest, on the committed bundle, with a build folder of its own."""

import functools
import html
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from lmi.places import Places
from lmi.ui import access

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "lmi" / "ui" / "shell" / "main.py"
PAGES = (
    "overview", "demand", "occupation", "representation", "training", "pathways", "events", "convening",
    "comments", "data",
)  # fmt: skip
Open = Callable[..., AppTest]
COORDINATOR = "Tess Ortiz"  # the name of whoever opens a page, a coordinator unless a test says otherwise


@pytest.fixture(scope="session")
def built(real_places: Places, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder with the warehouse of the committed bundle."""
    return Path(shutil.copytree(real_places.build, tmp_path_factory.mktemp("pages") / "build"))


@pytest.fixture(scope="session", autouse=True)
def _packages_are_looked_through_once() -> Iterator[None]:
    """Streamlit looks through all that is installed, for components, whenever a page is opened."""
    with pytest.MonkeyPatch.context() as patch:
        once = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _a_run_is_waited_for() -> Iterator[None]:
    """AppTest looks every millisecond whether a run has ended, which slows the run itself."""

    def wait(runner: LocalScriptRunner, timeout: float) -> None:
        thread = runner._script_thread
        assert thread is not None
        thread.join(timeout)
        if thread.is_alive():
            runner.request_stop()
            raise RuntimeError(f"the run of the page took longer than {timeout} s")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        yield


@pytest.fixture(scope="session")
def local(built: Path) -> Path:
    """The folder of what staff keep: the committed record of hiring events and nothing else."""
    folder = built.parent / "local"
    folder.mkdir()
    shutil.copy2(ROOT / "hiring_events.csv", folder)
    return folder


@pytest.fixture(autouse=True)
def _elsewhere(built: Path, local: Path) -> Iterator[None]:
    """No page reads or writes where staff do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LMI_BUILD_DIR", str(built))
        patch.setenv("LMI_CAPACITY", str(local / "training_capacity.csv"))
        patch.setenv("LMI_WORKFORCE", str(local / "workforce"))
        patch.setenv("LMI_EVENTS", str(local / "hiring_events.csv"))
        patch.setenv("LMI_EVENTS_JOURNAL", str(local / "journal.jsonl"))
        yield


@pytest.fixture(autouse=True)
def _a_coordinator_looks(monkeypatch_access: pytest.MonkeyPatch) -> None:
    """Whoever opens a page is a coordinator, unless a test says otherwise."""
    monkeypatch_access.setattr(access, "role", lambda: "coordinator")
    monkeypatch_access.setattr(access, "who", lambda: COORDINATOR if access.role() == "coordinator" else "")


@pytest.fixture
def monkeypatch_access() -> Iterator[pytest.MonkeyPatch]:
    """A patch of its own: a test that asks for `monkeypatch` itself gets empty caches."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture
def capacity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the capacity file of this test lies; it does not exist yet. Never one of data/local."""
    path = tmp_path / "local" / "training_capacity.csv"
    path.parent.mkdir()
    monkeypatch.setenv("LMI_CAPACITY", str(path))
    monkeypatch.setenv("LMI_WORKFORCE", str(path.parent / "workforce"))
    return path


@pytest.fixture
def record(local: Path) -> Iterator[Path]:
    """The record of hiring events as committed, its journal beside it; put back where a test changed it."""
    path, journal = local / "hiring_events.csv", local / "journal.jsonl"
    before = path.stat().st_mtime_ns
    yield path
    if journal.exists() or path.stat().st_mtime_ns != before:
        shutil.copy2(ROOT / "hiring_events.csv", path)
        journal.unlink(missing_ok=True)


@pytest.fixture
def whole_file(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of pathways.yaml that a test may spoil, with a folder of versions of its own."""
    path = tmp_path / "pathways.yaml"
    path.write_bytes((ROOT / "pathways.yaml").read_bytes())
    monkeypatch.setenv("LMI_PATHWAYS", str(path))
    monkeypatch.setenv("LMI_PATHWAY_VERSIONS", str(tmp_path / "versions"))
    yield path
    (built / "pathways.last-good.yaml").unlink(missing_ok=True)
    shutil.rmtree(built / "drafts", ignore_errors=True)


@pytest.fixture
def own_file(whole_file: Path) -> Path:
    """The same with four of its pathways, as reading all of them takes most of a run."""
    short = shortened(
        whole_file.read_text(encoding="utf-8"), ("nursing", "electrical", "plumbing", "building")
    )
    whole_file.write_text(short, encoding="utf-8")
    return whole_file


def shortened(text: str, keep: tuple[str, ...]) -> str:
    """A file of pathways with those of the ids, and with the moves between them, word for word."""
    head, entries = text.split("\npathways:\n")
    entries, moves = entries.split("\ncrossovers:\n")
    pathways = re.split(r"^(?=  - id: )", entries, flags=re.MULTILINE)
    kept = "".join(p for p in pathways if re.match(rf"  - id: (?:{'|'.join(keep)})\n", p))
    jobs = set(re.findall(r"soc: (\d\d-\d{4})", kept))
    between = "".join(
        m for m in re.split(r"^(?=  - )", moves, flags=re.MULTILINE)
        if m and set(re.findall(r"(?:from|to): (\d\d-\d{4})", m)) <= jobs
    )  # fmt: skip
    assert jobs
    assert between
    return f"{head}\npathways:\n{kept}\ncrossovers:\n{between}"


@pytest.fixture
def open_page(record: Path) -> Open:
    """open_page('demand', area='26420', …): the page of a link after its run, no exception on it."""

    def opened(page: str, may_fail: bool = False, **address: str) -> AppTest:
        app = AppTest.from_file(str(MAIN), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        if page != "overview":
            app.switch_page(str(ROOT / "pages" / f"{page}.py"))
        return sound(app.run(), may_fail)

    return opened


def sound(app: AppTest, may_fail: bool = False) -> AppTest:
    """The page, on which neither an exception nor, unless it may, an error of ours stands."""
    assert not app.exception, [e.message for e in app.exception]
    if not may_fail:
        assert "Something needs your attention" not in [s.value for s in app.header], words(app)[-400:]
    return app


@pytest.fixture(scope="module", autouse=True)
def _caches_of_a_module() -> None:
    """No file of tests meets the places of another one."""
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def _fresh_caches(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with files or settings of its own begins and ends with empty caches; the others share them, as
    the visitors of one app do."""
    own = "monkeypatch" in request.fixturenames
    if own:
        st.cache_resource.clear()
    yield
    if own:
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
