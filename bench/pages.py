"""Script-run time of each page through AppTest, in a process of its own: `python -m bench.pages`."""

import json
import subprocess
import sys
from time import perf_counter
from typing import Any

from bench.report import Row
from bench.stage import DEFAULT_AREA, NATION, ROOT, SMALL_METRO, NotMeasured, Stage

MAIN = ROOT / "lmi" / "ui" / "shell" / "main.py"
PAGES = (
    "overview", "demand", "occupation", "representation", "training", "pathways", "events", "convening",
    "comments", "data",
)  # fmt: skip
AREAS = {DEFAULT_AREA: "large metro", SMALL_METRO: "small metro", NATION: "nation"}
AIM_MS = 300.0
WARM_RUNS = 12
TIMEOUT_S = 60


def measure(stage: Stage) -> list[Row]:
    """Cold (caches empty) and warm runs of every page in three areas."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.pages", str(stage.repeats(WARM_RUNS))]
    done = subprocess.run(
        command, cwd=ROOT, env=stage.environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise NotMeasured(f"the pages did not run: {last.split(':')[0][:60]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    rows = [Row("page: first run of all", (found["first"],), note="a new process: imports, warehouse, page")]
    for page in PAGES:
        rows += _rows(page, found["pages"][page])
    return rows


def _rows(page: str, timed: dict[str, Any]) -> list[Row]:
    if failed := timed.get("failed"):
        return [Row(f"page: {page}, warm", aim=AIM_MS, note=f"not measured: {failed}")]
    of_each = "; ".join(f"{AREAS[a]} {sorted(w)[len(w) // 2]:.0f}" for a, w in timed["warm"].items())
    every = tuple(ms for warm in timed["warm"].values() for ms in warm)
    return [
        Row(f"page: {page}, cold", tuple(timed["cold"]), note="caches empty, modules loaded"),
        Row(f"page: {page}, warm", every, aim=AIM_MS, note=f"median in ms: {of_each}"),
    ]


def _clock(run: Any, **options: Any) -> tuple[float, Any]:
    began = perf_counter()
    test = run(timeout=TIMEOUT_S, **options)
    spent = 1000 * (perf_counter() - began)
    if test.exception:
        raise NotMeasured(f"the page raised {test.exception[0].message[:60]}")
    return spent, test


def _page(page: str, area: str, warm_runs: int) -> tuple[float, list[float]]:
    """One cold run of a page and `warm_runs` warm ones."""
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    test = AppTest.from_file(str(MAIN))
    test.query_params["area"] = area
    _clock(test.run)
    if page != "overview":
        test.switch_page(str(ROOT / "pages" / f"{page}.py"))
        _clock(test.run)
    st.cache_resource.clear()
    st.cache_data.clear()
    cold, _ = _clock(test.run)
    return cold, [_clock(test.run)[0] for _ in range(warm_runs)]


def run_all(warm_runs: int) -> dict[str, Any]:
    """All pages in all areas; a page that fails is named and the rest goes on."""
    from streamlit.testing.v1 import AppTest

    first, _ = _clock(AppTest.from_file(str(MAIN)).run)
    pages: dict[str, Any] = {}
    for page in PAGES:
        timed: dict[str, Any] = {"cold": [], "warm": {}}
        try:
            for area in AREAS:
                cold, timed["warm"][area] = _page(page, area, warm_runs)
                timed["cold"].append(cold)
        except NotMeasured as error:
            timed["failed"] = str(error)
        pages[page] = timed
    return {"first": first, "pages": pages}


if __name__ == "__main__":
    print(json.dumps(run_all(int(sys.argv[1]))))
