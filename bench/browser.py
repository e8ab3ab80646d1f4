"""What a person at a browser waits for: real Chromium, every host but this machine blocked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from bench import server
from bench.report import Row
from bench.stage import NotMeasured, Stage, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = {"overview": "", "demand": "demand", "occupation": "occupation", "data": "data"}
REGIONS = (
    "Boise City, ID", "Toledo, OH", "Casper, WY", "Denver-Aurora-Centennial, CO", "Fresno, CA",
    "Rochester, MN", "Tucson, AZ",
)  # fmt: skip
AIM_MS = 500.0
TIMEOUT_MS = 30_000
FLAGS = ["--no-sandbox", "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]

_DRAWN = """needsChart => {
  const app = document.querySelector('[data-testid=stApp]');
  const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
  return app && app.dataset.testScriptState === 'notRunning'
    && document.querySelector('[data-testid=answer]')
    && (!needsChart || charts.length > 0) && charts.every(c => c.querySelector('.main-svg text'));
}"""
# Starts the clock at the Enter key and stops it when answer and first chart both say something else.
_ARM = """() => {
  const seen = () => ['[data-testid=answer]', '[data-testid=stPlotlyChart]'].map(q => {
    const found = document.querySelector(q);
    if (!found) return '';
    const svgs = [...found.querySelectorAll('.main-svg')];
    if (svgs.length) return svgs.map(s => s.textContent).join('|');
    return q.includes('Plotly') ? '' : found.textContent;
  });
  const before = seen();
  window.__bench = new Promise(resolve => {
    document.addEventListener('keydown', event => {
      const began = event.timeStamp;
      const look = () => {
        const now = seen();
        if (now.every((text, i) => text && text !== before[i])) resolve(performance.now() - began);
        else requestAnimationFrame(look);
      };
      look();
    }, {capture: true, once: true});
  });
}"""

_AWAIT = """limit => Promise.race([
  window.__bench, new Promise((_, no) => setTimeout(() => no(new Error('Timeout')), limit)),
])"""


def measure(stage: Stage) -> list[Row]:
    """First loads and changes of region; rows without figures where there is no browser."""
    try:
        return _measure(stage, chromium())
    except NotMeasured as error:
        return [Row("browser", aim=AIM_MS, judged="median", note=f"not measured: {error}")]


def _measure(stage: Stage, executable: str) -> list[Row]:
    with server.app(stage) as port, _launched(executable) as browser:
        address = f"http://127.0.0.1:{port}/"
        rows = [
            _row("browser: first visit of all", lambda: [_load(browser, address, "overview")],
                 note="fresh server, empty browser cache, until the chart is drawn")
        ]  # fmt: skip
        for name in PAGES:
            rows.append(
                _row(f"browser: {name}, first load", lambda n=name: [  # type: ignore[misc]
                    _load(browser, address, n) for _ in range(stage.repeats(5))])
            )  # fmt: skip
        for name in ("overview", "demand", "occupation"):
            rows += _regions(browser, address, name, stage.repeats(len(REGIONS)))
    return rows


def _regions(browser: "Browser", address: str, name: str, count: int) -> list[Row]:
    """Changes to regions that nobody has looked at, then back through the same ones."""
    page = _opened(browser)
    try:
        page.goto(address + PAGES[name])
        page.wait_for_function(_DRAWN, arg=True, timeout=TIMEOUT_MS)
        label = f"browser: {name}, change of region"
        new = _row(
            f"{label}, first seen", lambda: [_change(page, r) for r in REGIONS[:count]], AIM_MS,
            "Enter key until answer and chart show the new region",
        )  # fmt: skip
        again = _row(f"{label}, seen before", lambda: [_change(page, r) for r in REGIONS[:count]], AIM_MS)
        return [new, again]
    finally:
        page.context.close()


def _row(name: str, take: Callable[[], list[float]], aim: float | None = None, note: str = "") -> Row:
    """A row of what `take` measures; without figures where the page does not get there."""
    from playwright.sync_api import Error

    try:
        return Row(name, tuple(take()), aim=aim, judged="median", note=note)
    except Error as error:
        reason = "it took too long" if "Timeout" in str(error) else type(error).__name__
        return Row(name, aim=aim, judged="median", note=f"not measured: {reason}")


@contextmanager
def _launched(executable: str) -> Iterator["Browser"]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise NotMeasured("playwright is not installed") from None
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        except Error as error:
            raise NotMeasured("Chromium did not start") from error
        try:
            yield browser
        finally:
            browser.close()


def _opened(browser: "Browser") -> "Page":
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.set_default_timeout(TIMEOUT_MS)
    return context.new_page()


def _load(browser: "Browser", address: str, name: str) -> float:
    """Milliseconds from the request until the page says it is done and its charts are drawn."""
    page = _opened(browser)
    try:
        began = perf_counter()
        page.goto(address + PAGES[name], wait_until="commit")
        page.wait_for_function(_DRAWN, arg=name != "data", timeout=TIMEOUT_MS)
        return 1000 * (perf_counter() - began)
    finally:
        page.context.close()


def _change(page: "Page", region: str) -> float:
    """Choose a region by typing its name; milliseconds until answer and chart have changed."""
    box = page.locator("[data-testid=stSidebar] [data-testid=stSelectbox] input").first
    box.click()
    box.fill(region)
    page.wait_for_timeout(150)
    page.evaluate(_ARM)
    box.press("Enter")
    spent = float(page.evaluate(_AWAIT, TIMEOUT_MS))
    page.wait_for_function(_DRAWN, arg=True, timeout=TIMEOUT_MS)
    page.wait_for_timeout(200)
    return spent
