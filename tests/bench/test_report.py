"""The report says what was measured, whether the aim is met, and nothing of the machine's identity."""

import getpass
import json
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench import report
from bench.report import Row

STARTED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_percentile_interpolates_between_neighbours():
    # ordered 0 10 20 30 40: the 95th percentile lies at place 3.8, so 30 + 0.8 * 10
    assert report.percentile([40, 0, 20, 10, 30], 0.95) == pytest.approx(38)
    assert report.percentile([7], 0.95) == 7


@pytest.mark.parametrize(
    ("judged", "met"),
    [("median", True), ("p95", True), ("max", False)],
)
def test_each_row_is_judged_by_the_figure_its_aim_names(judged, met):
    samples = tuple([10.0] * 99 + [60.0])
    assert Row("a", samples, aim=50, judged=judged).met is met


def test_without_an_aim_or_a_measurement_nothing_is_met_or_missed():
    assert Row("a", (1.0,)).met is None
    assert Row("a", (), aim=50).met is None


def test_table_shows_figures_aim_verdict_and_what_was_not_measured():
    text = report.table(
        [
            Row("quick", (10.0, 20.0, 30.0), aim=50, judged="median"),
            Row("slow", (2.5,), "s", 2, "max", note="three waves"),
            Row("browser", aim=500, note="not measured: no Chromium on this machine"),
        ]
    )
    lines = text.splitlines()
    assert lines[0].split() == ["name", "median", "p95", "max", "aim", "met?"]
    assert lines[2].split() == [
        "quick",
        "20",
        "ms",
        "29",
        "ms",
        "30",
        "ms",
        "<",
        "50",
        "ms",
        "(median)",
        "yes",
    ]
    assert lines[3].endswith("NO")
    assert "not measured" in lines[4]
    assert "  slow: three waves" in lines
    assert len({len(line.rstrip()) for line in lines[:2]}) == 1, "the columns line up"


def test_json_holds_figures_and_versions_and_no_identity(tmp_path: Path):
    path = report.write(tmp_path / "results", STARTED, {"areas": 3}, [Row("quick", (10.0, 20.0), aim=50)])
    assert path.name == "20260102T030405Z.json"
    text = path.read_text(encoding="utf-8")
    content = json.loads(text)
    assert content["rows"][0] | {"samples": []} == {
        "name": "quick", "unit": "ms", "median": 15.0, "p95": 19.5, "max": 20.0, "aim": 50,
        "judged_by": "p95", "met": True, "note": "", "samples": [],
    }  # fmt: skip
    assert set(content["machine"]) == {"cores", "system", "python", "libraries"}
    assert {"streamlit", "duckdb", "pandas"} <= set(content["machine"]["libraries"])
    strings = [content["started"], content["machine"]["system"], *content["machine"]["libraries"].values()]
    for secret in (socket.gethostname(), str(Path.home()), str(Path.cwd()), str(tmp_path)):
        assert secret not in text
    assert getpass.getuser() not in strings
    assert "/" not in text.replace("USD / ", "")
