"""Refreshed tables over bundled ones."""

from dataclasses import replace

import pytest

from lmi.domain.errors import BadFile
from lmi.sources import bls_cps, indeed_wages, manifest, refreshed
from lmi.sources.manifest import BundledFile
from lmi.sources.refreshed import Fresh
from lmi.warehouse import build, queries, realtime
from lmi.warehouse.connect import Warehouse
from tests.conftest import RAW


@pytest.fixture
def places(own_places):
    return replace(own_places, refreshed=own_places.build / "refreshed")


def keep(places, retrieved: str, source=indeed_wages.SOURCE) -> None:
    """Posted pay of Therapy only, obtained on a day."""
    table = indeed_wages.parse(RAW)["posted_wage_growth"]
    table = table[table.sector == "Therapy"].reset_index(drop=True)
    file = BundledFile("realtime/a.csv", retrieved, 5, "0" * 64)
    described = replace(source, period="of the test", tables=("posted_wage_growth",))
    refreshed.keep(places.refreshed, [Fresh(described, (file,), {"posted_wage_growth": table})])


def sectors(places) -> set[str]:
    warehouse = Warehouse(build.ensure(places))
    found = set(realtime.posted_pay(warehouse).sector)
    warehouse.close()
    return found


def test_the_copy_obtained_later_is_used(places):
    assert build.expected_name(places.bundled, places.refreshed) == build.expected_name(places.bundled)
    before = sectors(places)
    assert len(before) == 4
    keep(places, "2026-10-31")  # the bundled one is of 2026-11
    name = build.expected_name(places.bundled, places.refreshed)
    assert name != build.expected_name(places.bundled)
    assert sectors(places) == before
    keep(places, "2026-11-25")
    assert build.expected_name(places.bundled, places.refreshed) != name
    assert sectors(places) == {"Therapy"}
    warehouse = Warehouse(build.ensure(places))
    told = queries.sources(warehouse).set_index("id")
    warehouse.close()
    assert told.period["indeed_wages"] == "of the test"
    assert told.retrieved["indeed_wages"] == "2026-11-25"
    assert told.retrieved["bls_api"] == ""  # nothing obtained yet
    assert told["rows"]["bls_api"] == 0


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: next(folder.glob("*.parquet")).unlink(), "it is missing"),
        (lambda folder: next(folder.glob("*.parquet")).write_bytes(b"x"), "SHA-256 differs"),
        (lambda folder: (folder / manifest.FILE_NAME).write_text("sources: ["), "cannot be read as YAML"),
        (lambda folder: (folder / manifest.FILE_NAME).write_text("[]"), "names no source"),
    ],
)
def test_what_is_broken_there_is_refused_and_the_warehouse_in_use_stays(places, spoil, words):
    keep(places, "2026-11-25")
    build.ensure(places)
    before = places.pointer.read_text()
    keep(places, "2026-11-26")
    spoil(places.refreshed)
    with pytest.raises(BadFile) as error:
        build.build(places)
    assert words in error.value.line()
    assert "refreshed" in error.value.what
    assert "refresh realtime" in error.value.next_step
    assert places.pointer.read_text() == before
    warehouse = Warehouse(places.build / before.strip())
    assert set(realtime.posted_pay(warehouse).sector) == {"Therapy"}
    warehouse.close()


def test_a_source_of_another_version_is_refused(places):
    keep(places, "2026-11-25", bls_cps.SOURCE)
    with pytest.raises(BadFile, match="bls_cps is not one of this version"):
        build.build(places)


def test_how_far_the_series_reach(small_places):
    warehouse = Warehouse(build.ensure(small_places))
    assert realtime.newest(warehouse) == {
        "postings_index": "2026-08-14", "postings_sector_index": "2024-09-27",
        "postings_metro_index": "2022-03-04", "posted_wage_growth": "2026-04",
    }  # fmt: skip
    warehouse.close()
