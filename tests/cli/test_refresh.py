"""python -m lmi refresh realtime, against a server on this machine."""

import json
import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lmi.commands import refresh_run
from lmi.places import ROOT, here
from lmi.sources import _fetch, bls_api, local_write, refreshed
from lmi.sources.bls_ledger import WITHOUT_KEY, Ledger
from lmi.warehouse import build, checks, realtime
from lmi.warehouse.connect import Warehouse
from tests.conftest import RAW
from tests.publisher import Publisher, bls, broken_off

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
KEY = "0123456789abcdef-secret"
TRACKER, WAGES = "/job_postings_tracker/master/US", "/indeed-wage-tracker/main"
NATION = f"{TRACKER}/aggregate_job_postings_US.csv"
STATES = f"{TRACKER}/state_job_postings_us.csv"
METROS = f"{TRACKER}/metro_job_postings_us.csv"
SECTORS = f"{TRACKER}/job_postings_by_sector_US.csv"
PAY = f"{WAGES}/posted-wage-growth-by-sector.csv"
NAMES = ("Nursing", "Retail", "Loading & Stocking")  # of sectors


def added(name: str, *rows: str) -> bytes:
    """A file of Indeed as the fixtures have it, with further rows."""
    return (RAW / "realtime" / name).read_bytes() + "".join(f"{row}\n" for row in rows).encode()


def metros_by_index(*rows: str) -> bytes:
    """The file by metropolitan area in its later form: 14 percent above the start is an index of 114."""
    lines = added("metro_job_postings_us_through_2022-03.csv").decode().splitlines()
    cells = [line.rsplit(",", 1) for line in lines[1:]]
    older = [f"{start},{100 + float(change):.2f}" for start, change in cells]
    return "\n".join(["date,CBSA Title,cbsa_code,indeed_job_postings_index", *older, *rows, ""]).encode()


def rate(name: str, year: int, month: int) -> str | None:
    """Every series has a value, but those of construction alone, which do not exist."""
    return None if "2000000001" in name else f"{year - 2022}.{month % 10}"


@pytest.fixture
def served(publisher: Publisher) -> Publisher:
    """Indeed's files with one more day, and the BLS API."""

    nation = [f"2026-11-20,US,102.5,99,{kind} postings" for kind in ("total", "new")]
    sectors = [f"2026-11-20,US,125,total postings,{name}" for name in NAMES]
    metros = [f"2026-11-20,A,{code},140.5" for code in ("12420", "16980", "26420", "17460")]
    trades = ["Food Preparation & Service", "Production & Manufacturing", "Retail", "Therapy"]
    pay = [f"US,United States,{name},Sep-26,1,0.01,0.02" for name in trades]
    publisher.pages |= {
        NATION: added("aggregate_job_postings_US.csv", *nation),
        STATES: added("state_job_postings_us.csv", "2026-11-20,il,88", "2026-11-20,tx,116.5"),
        SECTORS: added("job_postings_by_sector_US_through_2024-09.csv", *sectors),
        METROS: metros_by_index(*metros),
        PAY: added("posted-wage-growth-by-sector.csv", *pay),
        "/bls": bls(rate),
    }
    return publisher


@pytest.fixture
def places(own_places, served, monkeypatch):
    """A small installation of its own, pointed at the server."""
    folder = own_places.build.parent
    moved = {
        "LMI_BUNDLED_DIR": own_places.bundled, "LMI_BUILD_DIR": own_places.build,
        "LMI_SETTINGS": own_places.settings, "LMI_REFRESHED_DIR": folder / "refreshed",
        "LMI_RAW_DIR": folder / "raw", "LMI_INDEED_URL": served.url, "LMI_BLS_URL": f"{served.url}/bls",
    }  # fmt: skip
    for name, value in moved.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.delenv("BLS_API_KEY", raising=False)
    limits = _fetch.Limits(read_seconds=5, total_seconds=20, attempts=2, pause_seconds=0.01)
    monkeypatch.setattr(refresh_run, "LIMITS", limits)
    monkeypatch.setattr(refresh_run, "_now", lambda: NOW)
    return here()


@pytest.fixture
def run(places, capsys):
    """Run the command in this process: run("--area", "26420", code=0) gives what it printed."""
    from lmi import __main__

    def ask(*arguments: str, code: int = 0) -> str:
        try:
            found = __main__.main(["refresh", "realtime", *arguments])
        except SystemExit as stop:
            found = stop.code
        printed = capsys.readouterr()
        assert found == code, printed.err
        return printed.out + printed.err

    return ask


def reach(places) -> dict[str, str]:
    """How far the tables in use reach."""
    warehouse = Warehouse(places.build / places.pointer.read_text().strip())
    found = realtime.newest(warehouse)
    warehouse.close()
    return found


def queries(publisher: Publisher) -> list[dict]:
    return [json.loads(body) for _, path, body in publisher.asked if path == "/bls"]


def in_all_files(places, text: str) -> list[Path]:
    files = [p for p in places.build.parent.rglob("*") if p.is_file()]
    assert len(files) > 20
    return [path for path in files if text.encode() in path.read_bytes()]


def test_all_is_fetched_kept_and_in_use(run, places, served):
    said = run()
    assert reach(places) == {
        "postings_index": "2026-11-20", "postings_sector_index": "2026-11-20",
        "postings_metro_index": "2026-11-20", "posted_wage_growth": "2026-09", "bls_series": "2026-09",
    }  # fmt: skip
    assert places.pointer.read_text().strip() == build.expected_name(places.bundled, places.refreshed)
    assert "BLS public data API: January 2025–September 2026. BLS publishes nothing under 3 of the 45" in said
    # without a key 25 series in a query, and no key sent
    asked = queries(served)
    assert [len(query["seriesid"]) for query in asked] == [25, 20]
    assert not [query for query in asked if "registrationkey" in query]
    assert int(asked[0]["endyear"]) - int(asked[0]["startyear"]) == 3
    sources = {source.id: source for source in refreshed.read(places.refreshed)}
    (metro,) = sources["indeed_metros"].files
    kept = places.raw / metro.name
    assert kept.read_bytes() == served.pages[METROS]
    assert (metro.url, metro.bytes) == (served.url + METROS, len(served.pages[METROS]))
    assert metro.sha256 == refreshed.sha256_of(served.pages[METROS])
    assert metro.retrieved == "2026-11-25"
    assert sources["indeed_metros"].tables[0].left_out == {
        "area 10420, which OEWS does not publish": 5, "area 17460, which OEWS does not publish": 6,
    }  # fmt: skip
    assert not list(places.raw.glob(".*"))
    # again, now with a revised value and another area; what was fetched before stays
    served.pages["/bls"] = bls(lambda *each: "9.9" if each[1:] == (2026, 9) else None)
    run("--area", "26420", "14010")
    held = refreshed.table_of(places.refreshed, "bls_series").set_index(["series_id", "period"]).value
    assert held["LAUMT481242000000003", "2026-09"] == 9.9
    assert held["LAUMT481242000000003", "2026-08"] == 4.8
    assert held["LAUMT482642000000003", "2026-09"] == 9.9
    assert len(refreshed.read(places.refreshed)[-1].files) == 2 + 4  # 90 series in 4 queries
    assert Ledger(places.refreshed, WITHOUT_KEY).left(NOW) == 25 - 6


def test_a_key_is_sent_and_nowhere_else(run, places, served, monkeypatch):
    monkeypatch.setenv("BLS_API_KEY", KEY)
    message = [f"The key {KEY} is invalid.", f"So is {KEY.upper()}."]
    served.pages["/bls"] = bls(rate, message=message)
    said = run()
    (query,) = queries(served)
    assert (query["registrationkey"], len(query["seriesid"])) == (KEY, 45)
    served.pages["/bls"] = bls(rate, status="REQUEST_NOT_PROCESSED", message=message)
    said += run(code=2)
    assert "The key (key) is invalid.; So is (key)." in said
    assert KEY not in said
    assert in_all_files(places, KEY) == in_all_files(places, KEY.upper()) == []
    assert reach(places)["bls_series"] == "2026-09"


def test_a_failure_that_nobody_foresaw_shows_no_key_and_stops_no_other(run, places, served, monkeypatch):
    monkeypatch.setenv("BLS_API_KEY", KEY)

    def fail(content: bytes, place: str) -> None:
        raise AttributeError(f"{KEY} in a text of a library")

    monkeypatch.setattr(bls_api, "read_answer", fail)
    said = run(code=2)
    assert "BLS public data API stays as it was." in said
    assert "(AttributeError)" in said
    assert KEY not in said
    assert reach(places)["postings_index"] == "2026-11-20"


def test_what_fails_stays_as_it_was_and_is_named(run, places, served):
    served.pages[STATES] = broken_off(served.pages[STATES])
    served.pages[METROS] = b"<!DOCTYPE html>\n<p>Sign in</p>\n"
    served.pages[SECTORS] = served.pages[SECTORS].replace(b"display_name", b"label")
    del served.pages[PAY]
    said = run(code=2)
    assert reach(places) == {
        "postings_index": "2026-08-14", "postings_sector_index": "2024-09-27",
        "postings_metro_index": "2022-03-04", "posted_wage_growth": "2026-04", "bls_series": "2026-09",
    }  # fmt: skip
    lines = {line for line in said.splitlines() if "stays as it was" in line}
    assert len(lines) == 4
    for name, why in {
        "Indeed job postings index": "broke off before its end",
        "Indeed job postings index by metro area": "It is a web page",
        "Indeed job postings index by sector": "column for sector not recognised",
        "Indeed wage tracker": "answers 404",
    }.items():
        assert [line for line in lines if line.startswith(f"lmi: {name} stays") and why in line], name


def test_a_part_of_a_file_is_not_taken_for_the_whole(run, places, served):
    """Each ends with the end of a line, and is longer than what is in use or as new."""
    served.pages[STATES] = served.pages[STATES].replace(b"2026-11-20,tx,116.5\n", b"")  # within a day
    served.pages[SECTORS] = b"".join(
        line for line in served.pages[SECTORS].splitlines(keepends=True) if b"Retail" not in line
    )
    served.pages[METROS] = served.pages[METROS].replace(b'2021-03-04,"Houston', b'2021-03-05,"Houston')
    served.pages["/bls"] = bls(rate, newest=(2026, 12))
    said = run(code=2)
    assert "LNS14000000 has '4.2' for 2026-12. Nothing after 2026-11 was expected." in said
    assert "lmi: Indeed job postings index stays as it was." in said
    assert "Texas, total postings not given for 2026-11-20, its last day." in said
    assert "lacks series that are in use. Retail, total postings." in said
    assert "Houston-Pasadena-The Woodlands, TX: 1 in all, the first 2021-03-04." in said
    assert reach(places) == {
        "postings_index": "2026-08-14", "postings_sector_index": "2024-09-27",
        "postings_metro_index": "2022-03-04", "posted_wage_growth": "2026-09",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "newest", "why"),
    [
        (lambda name, *month: "4.0" if name == "LNS14000000" else None, (2026, 10),
         "is not there; the figures in use reach 2026-09. 41 of the 42 series in use fall short."),
        (rate, (2026, 8),
         "ends 2026-08; the figures in use reach 2026-09. 42 of the 42 series in use fall short."),
    ],
)  # fmt: skip
def test_a_part_of_the_answer_of_bls_leaves_its_old_figures(run, places, served, value, newest, why):
    run()
    before = refreshed.table_of(places.refreshed, "bls_series")
    served.pages["/bls"] = bls(value, newest=newest)
    served.pages[NATION] += b"2026-11-21,US,103,99,total postings\n2026-11-21,US,103,99,new postings\n"
    served.pages[STATES] += b"2026-11-21,il,88\n2026-11-21,tx,116.5\n"
    said = run(code=2)
    assert (
        "lmi: BLS public data API stays as it was. The answer of BLS lacks figures that are in use." in said
    )
    assert why in said
    assert "publishes nothing" not in said
    assert refreshed.table_of(places.refreshed, "bls_series").equals(before)
    assert reach(places)["postings_index"] == "2026-11-21"


def test_what_no_build_would_take_is_found_before_and_stops_nothing_else(run, places, served):
    served.pages[NATION] += b"2999-01-01,US,1,1,total postings\n2999-01-01,US,1,1,new postings\n"
    served.pages[SECTORS] = served.pages[SECTORS].replace(b",125,", b",1e999,", 1)
    served.pages[METROS] = served.pages[METROS].replace(b"12420,100.00\n", b"12420,99\n")
    served.pages["/bls"] = bls(lambda name, year, month: "-5" if (year, month) == (2026, 3) else "4.1")
    said = run(code=2)
    assert "reaches into the future. It ends 2999-01-01; today is 2026-11-25." in said
    assert "'1e999' is out of range" in said
    assert "does not start at 100. Austin-Round Rock-San Marcos, TX stands at 99 on 2020-02-01." in said
    assert "LNS14000000 has '-5' for 2026-03" in said
    assert "Nothing that was fetched" not in said
    assert reach(places)["posted_wage_growth"] == "2026-09"
    assert "bls_series" not in reach(places)


def test_another_refresh_is_running(run, places, served, monkeypatch):
    monkeypatch.setattr(local_write, "WAIT_SECONDS", 0.05)
    with local_write.locked(places.refreshed / "sources.yaml"):
        said = run(code=2)
    assert "Another refresh is running." in said
    assert "Wait for it to end" in said
    assert served.asked == []
    monkeypatch.setenv("LMI_REFRESHED_DIR", str(places.settings / "below"))  # of a file
    said = run(code=2)
    assert "below cannot be written. Not a directory." in said
    assert "set LMI_REFRESHED_DIR to another folder" in said


def test_a_full_disk_is_named_and_nothing_changes(run, places, served, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_fetch, "download", full)
    monkeypatch.setattr(refreshed.bundle, "write_table", full)
    before = places.pointer.read_text()
    said = run(code=2)
    assert said.count("No space left on device") == 5
    assert "Indeed wage tracker stays as it was. What was fetched cannot be written." in said
    assert "Nothing that was fetched is in use." in said
    assert places.pointer.read_text() == before
    assert refreshed.read(places.refreshed) == []


def test_the_limit_of_queries_holds_across_runs_and_an_older_file_is_not_taken(run, places, served):
    served.pages[PAY] = b"".join(served.pages[PAY].splitlines(keepends=True)[:4])  # of April 2025
    ledger = Ledger(places.refreshed, WITHOUT_KEY)
    for _ in range(24):
        ledger.count(NOW)
    said = run(code=2)
    assert queries(served) == []  # two would be needed: none is sent
    assert "1 are left and 2 needed; they are free again at " in said
    assert "It ends 2025-04, the other 2026-04" in said
    assert reach(places)["posted_wage_growth"] == "2026-04"
    assert reach(places)["postings_index"] == "2026-11-20"


def test_a_build_that_refuses_leaves_all_as_it_was(run, places, monkeypatch):
    monkeypatch.setattr(checks, "CHECKS", (("no figure is fetched", "select 1"),))
    before = places.pointer.read_text()
    said = run(code=2)
    assert "Nothing that was fetched is in use." in said
    assert "no figure is fetched" in said
    assert places.pointer.read_text() == before
    assert refreshed.read(places.refreshed) == []


def test_a_dry_run_asks_nobody_and_writes_nothing(run, places, served):
    said = run("--dry-run", "--area", "26420")
    assert served.asked == []
    assert not places.refreshed.exists()
    assert f"{served.url}{METROS}" in said
    assert "59 series of US, 48, 12420, 26420 in 3 queries without a key; 25 of 25 queries are left" in said


def test_an_unknown_area_is_named_before_anything_is_fetched(run, served):
    assert "No area '99999'" in run("--area", "99999", code=2)
    assert served.asked == []


def test_killed_in_the_middle(run, places, served):
    """Kill -9 while a file is coming; the data in use stays, and the next run completes and cleans up."""
    coming, late = threading.Event(), threading.Event()
    whole = served.pages[METROS]

    def hang(request) -> None:
        request.send_response(200)
        request.end_headers()
        request.wfile.write(whole[:30])
        request.wfile.flush()
        coming.set()
        late.wait(30)

    served.pages[METROS] = hang
    before = places.pointer.read_text()
    child = subprocess.Popen(
        [sys.executable, "-m", "lmi", "refresh", "realtime"], cwd=ROOT, env=os.environ, stderr=subprocess.PIPE
    )
    assert coming.wait(60)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    late.set()
    assert child.returncode == -signal.SIGKILL
    assert places.pointer.read_text() == before
    assert refreshed.read(places.refreshed) == []
    assert list(places.raw.glob(".refresh-*"))
    served.pages[METROS] = whole
    run()
    assert reach(places)["postings_metro_index"] == "2026-11-20"
    assert not list(places.raw.glob(".refresh-*"))


def test_the_app_takes_the_new_data_up_and_outlives_a_broken_folder(run, places):
    """As a page's run does: the expected name follows both manifests; a broken one leaves the last build."""
    from lmi.ui import loaders

    run()
    problems: list = []
    path = loaders._current(places, problems)
    assert path.name == build.expected_name(places.bundled, places.refreshed)
    assert problems == []
    (places.refreshed / "sources.yaml").write_text("sources: [")
    assert loaders._current(places, problems) == path
    assert "refreshed" in problems[0].what
    assert "It is fetched anew." in run()
    assert reach(places)["bls_series"] == "2026-09"
    path = loaders._current(places, problems)
    assert path.name == build.expected_name(places.bundled, places.refreshed)
    assert len(problems) == 1
