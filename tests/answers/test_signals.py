"""The signals of an area: whose figure, how old, what it does not cover."""

import json
import shutil
from dataclasses import replace

import pandas as pd
import pytest

from lmi.analysis.signals import changed_since
from lmi.answers.desk import open_desk
from lmi.answers.signals import NOT_FETCHED, posting_sectors, signals
from lmi.answers.signals_export import signal_json, signals_json
from lmi.sources import bls_api, bls_series, refreshed
from lmi.sources.manifest import BundledFile
from lmi.sources.refreshed import Fresh
from lmi.warehouse import build
from lmi.warehouse.connect import Warehouse

DAY = "2026-11-25"


def figures() -> pd.DataFrame:
    """BLS series of the nation, Texas and Austin; the rate of September 2026 is preliminary."""
    found = []
    asked = bls_series.of_areas({"US": "", "48": "48", "12420": "48"})
    for one in asked:
        rate = one.measure == "unemployment_rate"
        for period, value in (("2025-09", 4.0), ("2026-06", 4.1), ("2026-08", None), ("2026-09", 4.4)):
            count = None if value is None else value if rate else value * 1000
            found.append((one.id, period, count, period == "2026-09"))
    columns = ["series_id", "period", "value", "preliminary"]
    rows = pd.DataFrame(found, columns=columns).astype({"value": "Float64", "preliminary": "boolean"})
    return bls_api.table(rows, asked)


@pytest.fixture(scope="module")
def desk(small_places, tmp_path_factory):
    """The small installation with BLS series fetched on a day."""
    folder = tmp_path_factory.mktemp("signals")
    places = replace(small_places, build=folder / "build", refreshed=folder / "refreshed")
    shutil.copytree(small_places.build, places.build)
    table, file = figures(), BundledFile("realtime/a.json", "2026-11-24", 1, "0" * 64)
    refreshed.keep(places.refreshed, [Fresh(bls_api.described(table), (file,), {"bls_series": table})])
    warehouse = Warehouse(build.ensure(places))
    yield open_desk(places, warehouse)
    warehouse.close()


def by_id(found) -> dict:
    return {signal.id: signal for signal in found.items}


def test_a_metro_is_shown_its_states_index_and_told_so(small_desk):
    found = by_id(signals(small_desk, small_desk.area("12420"), DAY))
    texas = found["postings"]
    assert (texas.area, texas.value, texas.date, texas.old) == ("Texas", 114.15, "2026-08-14", False)
    assert texas.note == "For all of Texas, not for Austin alone."
    assert texas.change_3m == pytest.approx(100 * (114.15 / 113.6 - 1))
    assert texas.change_12m == pytest.approx(100 * (114.15 / 114 - 1))
    assert texas.trend == "little changed"
    assert texas.source == (
        "Indeed Hiring Lab, job postings index, nation and states, CC BY 4.0; figure of 14 August 2026, "
        "released 2026-08-19, retrieved 2026-11"
    )
    own = found["postings_metro_12420"]
    assert (own.area, own.value, own.date, own.old, own.note) == (
        "Austin, TX",
        185.62,
        "2022-03-04",
        True,
        "",
    )
    new = found["postings_nation_new"]
    assert new.trend == "falling"  # 97.19 / 101.56 is 4.3% less
    assert list(found) == [
        "postings", "postings_nation", "postings_nation_new", "postings_metro_12420", "posted_pay: Retail",
        "posted_pay: Production & Manufacturing", "posted_pay: Food Preparation & Service",
    ]  # fmt: skip


def test_a_fresh_index_of_the_metro_itself_comes_first(small_desk):
    found = signals(small_desk, small_desk.area("12420"), "2022-06-01")
    assert [(s.id, s.area_code) for s in found.items[:2]] == [("postings", "12420"), ("postings_48", "48")]
    assert not found.items[0].old


def test_a_metro_of_several_states_is_shown_each_that_has_an_index(small_desk):
    found = by_id(signals(small_desk, small_desk.area("16980"), DAY))
    assert [name for name in found if name.startswith("postings")] == [
        "postings", "postings_nation", "postings_nation_new", "postings_metro_16980",
    ]  # fmt: skip
    assert found["postings"].area == "Illinois"  # these files have no Indiana


def test_posted_pay_is_judged_over_a_year_and_is_old(small_desk):
    retail = by_id(signals(small_desk, small_desk.area("US"), DAY))["posted_pay: Retail"]
    assert (retail.value, retail.date, retail.old) == (3.1622, "2026-04", True)
    assert retail.change_12m == pytest.approx(3.1622 - 2.1246)  # points
    assert (retail.change_unit, retail.trend, retail.trend_months) == ("points", "rising", 12)


def test_what_was_not_fetched_is_said(small_desk):
    found = signals(small_desk, small_desk.area("48"), DAY)
    assert NOT_FETCHED in found.notes
    assert not [s for s in found.items if s.short_source == "BLS public data API"]


def test_series_of_bls(desk):
    found = signals(desk, desk.area("12420"), DAY)
    assert NOT_FETCHED not in found.notes
    told = by_id(found)
    rate = told["LAUMT481242000000003"]
    assert (rate.name, rate.area, rate.value, rate.unit) == ("Unemployment rate", "Austin, TX", 4.4, "%")
    assert (rate.date, rate.preliminary, rate.old) == ("2026-09", True, False)
    assert rate.change_3m == pytest.approx(0.3)
    assert (rate.change_12m, rate.trend, rate.trend_months) == (pytest.approx(0.4), "rising", 12)
    assert "Not adjusted for the season" in rate.covers
    nation = told["LNS14000000"]
    assert nation.note == "For the United States, for comparison."
    assert nation.trend_months == 3
    assert "LAUST480000000000003" not in told  # Austin has its own
    jobs = told["SMU48124206500000001"]
    assert jobs.name == "Employment: private education and health services"
    assert (jobs.value, jobs.unit, jobs.change_12m) == (4_400_000, "jobs", pytest.approx(10))
    openings = told["JTS000000480000000JOL"]
    assert openings.note == "For all of Texas, not for Austin alone."
    assert "openings a year of projections" in openings.covers
    names = [signal.name for signal in found.items]
    firsts = ("Job postings on Indeed", "Unemployment rate", "Employment", "Job openings (JOLTS)")
    order = [names.index(name) for name in (*firsts, "Hires (JOLTS)", "Posted pay growth: retail")]
    assert order == sorted(order)


def test_construction_is_not_shown_twice(desk):
    names = [s.name for s in signals(desk, desk.area("48"), DAY).items]
    assert "Employment: construction" in names
    assert "Employment: mining, logging and construction" not in names


def test_an_area_whose_series_were_not_fetched_says_how(desk):
    found = signals(desk, desk.area("14010"), DAY)
    assert any("refresh realtime --area 14010" in note for note in found.notes)
    assert [s.area_code for s in found.items if s.name == "Unemployment rate"] == ["US"]


def test_a_region_of_ones_own_has_the_series_of_its_members(desk):
    found = by_id(signals(desk, desk.area("R-austin-houston"), DAY))
    assert {"postings_metro_12420", "postings_metro_26420", "LAUMT481242000000003"} <= set(found)
    assert found["LAUMT481242000000003"].note == ""


def test_a_nonmetropolitan_area_has_those_of_its_state(desk):
    found = by_id(signals(desk, desk.area("4800006"), DAY))
    assert found["LAUST480000000000003"].note.startswith("For all of Texas, not for the ")


def test_postings_are_never_called_openings(desk):
    for code in ("12420", "48", "US"):
        found = signals(desk, desk.area(code), DAY)
        for signal in found.items:
            words = " ".join((signal.name, signal.covers, signal.note, signal.source)).lower()
            if "indeed" in words:
                assert "opening" not in words
            else:
                assert "posting" not in words


def test_changed_since_a_day(desk):
    rate = by_id(signals(desk, desk.area("12420"), DAY))["LAUMT481242000000003"]
    assert changed_since(rate, "2026-08-15") == pytest.approx(0.3)
    assert changed_since(rate, pd.Timestamp("2026-10-01")) is None


def test_sectors_are_ordered_by_their_change_over_a_year(small_desk):
    rows = posting_sectors(small_desk, DAY)
    assert list(rows.sector) == ["Retail", "Loading & Stocking", "Nursing"]
    assert rows.change_12m[0] == pytest.approx(100 * (111.44 / 120.56 - 1))
    assert rows.old.all()


def test_the_json_is_whole(desk):
    found = signals(desk, desk.area("12420"), DAY)
    told = json.loads(json.dumps(signals_json(found, posting_sectors(desk, DAY)), allow_nan=False))
    assert [row["id"] for row in told["signals"]] == [s.id for s in found.items]
    texas = told["signals"][0]
    assert texas["series"][-1] == ["2026-08-14", 114.15]
    assert (texas["basis"], texas["old"], texas["covers"] != "") == ("published", False, True)
    assert "series" not in signal_json(found.items[0], series=False)
