"""A running app and a real browser that may reach nothing but this machine."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    Dialog,
    Page,
    Playwright,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[2]
# Streamlit asks these below a deep link's path before it finds the right ones: harmless, see its source.
HARMLESS = ("/_stcore/health", "/_stcore/host-config")
# No name or address but this machine's can be looked up: nothing is asked of others even where a page tries.
# A route would do that too, but would switch off the browser's cache.
ONLY_HERE = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         f"--host-resolver-rules={ONLY_HERE}"]  # fmt: skip
DESKTOP = ViewportSize(width=1280, height=720)
# What stands behind everything is as dark as the scheme asks.
GROUND = """scheme => {
    const ground = document.querySelector("[data-testid=stApp]") || document.body;
    const [red, green, blue] = getComputedStyle(ground).backgroundColor.match(/\\d+/g).map(Number);
    const shade = Math.max(red, green, blue);
    return shade > 0 && (shade < 60) === (scheme === "dark");
}"""
STANDING = """() => Promise.all([document.fonts.ready, ...document.getAnimations()
    .filter(a => a.effect.getTiming().iterations !== Infinity).map(a => a.finished.catch(() => {}))])"""
expect.set_options(timeout=20_000)  # two cores carry the app, the browser and another test

PASSCODE = "four words for browsers"
HOSTILE = "<script>alert(1)</script> **College** =1+1"
CAPACITY = f"""provider,program,kind,cip,soc,area_code,seats,applicants,enrolled,source,as_of
"{HOSTILE}","<img src=x onerror=alert(1)>",credit,46.0302,47-2111,12420,120,300,115,"{HOSTILE}",2026-10-01
"""


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of local files of the running app: a capacity file with one hostile entry, no surveys, a
    copy of the record of hiring events."""
    folder = tmp_path_factory.mktemp("local")
    shutil.copyfile(ROOT / "hiring_events.csv", folder / "hiring_events.csv")
    (folder / "training_capacity.csv").write_text(CAPACITY, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def app_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running app builds its warehouse; empty before the first page is opened."""
    return tmp_path_factory.mktemp("build")


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory, local: Path, app_build: Path) -> Iterator[str]:
    """The app on a free port, with a build folder of its own so that the first start builds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (tmp_path_factory.mktemp("app") / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
        env=os.environ | {"LMI_PASSCODE": PASSCODE,
                          "LMI_BUILD_DIR": str(app_build),
                          "LMI_CAPACITY": str(local / "training_capacity.csv"),
                          "LMI_WORKFORCE": str(local / "workforce"),
                          "LMI_EVENTS": str(local / "hiring_events.csv"),
                          "LMI_EVENTS_JOURNAL": str(local / "hiring_events_journal.jsonl")},
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def _wait_until_healthy(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the app stopped while starting"
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the app did not become healthy within a minute")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = os.environ.get("LMI_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        if os.environ.get("LMI_REQUIRE_BROWSER"):
            pytest.fail("no Chromium: install Debian's package chromium or set LMI_CHROMIUM")
        pytest.skip("no Chromium on this machine: install one or set LMI_CHROMIUM to its path")
    started = playwright.chromium.launch(executable_path=found, args=FLAGS)
    yield started
    started.close()


class Watched:
    """A page whose requests, messages and dialogs are kept; the browser reaches no other host."""

    def __init__(self, page: Page, url: str) -> None:
        self.url, self.page = url, page
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.dialogs: list[str] = []
        page.context.on("request", self._asked)  # those of pages that the page opens too
        self._listeners: dict[str, Callable] = {
            "console": lambda m: self.errors.append(m.text) if m.type == "error" else None,
            "pageerror": lambda e: self.errors.append(str(e)),
            "requestfailed": self._failed,
            "response": lambda r: self.errors.append(f"{r.status} {r.url}") if r.status >= 400 else None,
            "dialog": self._told,
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.outside.append(request.url)

    def _failed(self, request: Request) -> None:
        if "ERR_ABORTED" not in str(request.failure):
            self.errors.append(f"{request.failure} {request.url}")

    def _told(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def leave(self) -> None:
        """Leave to the next test nothing but the files that the browser keeps: a new page costs twice."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        self.page.context.remove_listener("request", self._asked)
        if self.page.url.startswith(self.url):
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.page.goto("about:blank")
        self.page.unroute_all()
        self.page.set_viewport_size(DESKTOP)
        self.page.emulate_media(color_scheme="light")
        for other in self.page.context.pages:
            if other is not self.page:
                other.close()
        self.page.bring_to_front()
        self.page.context.clear_cookies()

    def open(self, address: str, charts: bool = True) -> Page:
        """Go to an address and wait until the run is over and the charts, if it has any, are drawn."""
        self.page.goto(f"{self.url}/{address}")
        self.settle(charts and "pathview" not in address)
        return self.page

    def another_tab(self, address: str) -> Page:
        """A second tab with an address, the first one in front again: a tab behind another draws nothing, and
        its lists and clicks wait for that."""
        other = self.page.context.new_page()
        other.goto(f"{self.url}/{address}")
        self.page.bring_to_front()
        return other

    def sign_in(self, name: str = "Tess Ortiz") -> None:
        """Become a coordinator, as one does."""
        self.page.goto(f"{self.url}/sign-in?back=/data")
        self.page.get_by_label("Your name or initials").fill(name)
        self.page.get_by_label("Passcode").fill(PASSCODE)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"{self.url}/data")

    def settle(self, charts: bool = True) -> None:
        """Wait until the script has run and the answer and charts stand there."""
        self.page.wait_for_selector('[data-testid="answer"]', timeout=60_000)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
        if charts:
            self.page.wait_for_selector(".js-plotly-plot .main-svg", timeout=30_000)
        self.page.wait_for_timeout(400)

    def objections(self) -> dict[str, list[tuple[str, list[str]]]]:
        """What axe finds in the light and in the dark scheme: rules with the places where they are broken."""
        found = {scheme: self._objections(scheme) for scheme in ("light", "dark")}
        return {scheme: flaws for scheme, flaws in found.items() if flaws}

    def _objections(self, scheme: Literal["light", "dark"]) -> list[tuple[str, list[str]]]:
        """A colour on its way from one scheme to the other is nobody's choice: nothing moves any more."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.wait_for_function(GROUND, arg=scheme)
        self.page.evaluate(STANDING)
        found = Axe().run(self.page).response["violations"]
        return [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found]

    def real_errors(self) -> list[str]:
        """Console errors without Streamlit's two look-ups below a deep link."""
        named = [e for e in self.errors if not (e.startswith("404 ") and e.endswith(HARMLESS))]
        echoes = "Failed to load resource: the server responded with a status of 404"
        harmless = sum(e.startswith("404 ") and e.endswith(HARMLESS) for e in self.errors)
        other = [e for e in named if not e.startswith(echoes)]
        return other + ["404 without a name"] * max(0, sum(e.startswith(echoes) for e in named) - harmless)


@pytest.fixture(scope="session")
def at_a_desk(browser: Browser) -> Iterator[Page]:
    """The page of every test at a desk."""
    context = browser.new_context(viewport=DESKTOP, accept_downloads=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def watched(at_a_desk: Page, app_url: str) -> Iterator[Watched]:
    seen = Watched(at_a_desk, app_url)
    yield seen
    seen.leave()


@pytest.fixture
def phone(browser: Browser, app_url: str) -> Iterator[Watched]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True,
        user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 Safari/604.1",
    )  # fmt: skip
    yield Watched(context.new_page(), app_url)
    context.close()
