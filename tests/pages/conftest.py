"""The app under AppTest, on the committed bundle, with a build folder of its own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lmi.places import here
from lmi.warehouse import build

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "lmi" / "ui" / "shell" / "main.py"
PAGES = ("overview", "demand", "occupation", "data")
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
def open_page(built: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """open_page('demand', area='26420', …): the page after its run, no exception on it."""
    monkeypatch.setenv("LMI_BUILD_DIR", str(built))

    def opened(page: str, may_fail: bool = False, **address: str) -> AppTest:
        app = AppTest.from_file(str(MAIN), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        if page != "overview":
            app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
        assert not app.exception, [e.message for e in app.exception]
        if not may_fail:
            assert "Something needs your attention" not in [s.value for s in app.header], texts(app)
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
