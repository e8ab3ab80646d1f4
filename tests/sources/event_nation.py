"""What an import is checked against, of the whole nation, and logs made of what an import would add."""

import csv
import gzip
import io
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from lmi.domain.events import EventKnown
from lmi.domain.plain_text import neutralise
from lmi.places import ROOT
from lmi.sources import events_file
from lmi.sources.event_columns_map import ColumnMap
from lmi.sources.event_corrections import Correction, load_corrections
from lmi.sources.event_import import ReadFile, read_any, read_content
from lmi.warehouse import event_places
from lmi.warehouse.connect import Warehouse

BUNDLED = ROOT / "data" / "bundled"
EVENTS = Path(__file__).resolve().parents[1] / "fixtures" / "events"
TODAY = date(2026, 11, 25)
_TABLES = ("area", "county", "county_area", "city_area", "naics_title", "oews_occupation", "oews_soc_link")


@cache
def nation() -> EventKnown:
    """The areas, industries, occupations and places of the committed bundle."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "few.duckdb"
        with duckdb.connect(str(path)) as con:
            con.execute("create table employment_wage (soc varchar)")
            for name in _TABLES:
                con.execute(
                    f"create table {name} as from read_parquet($1)", [str(BUNDLED / f"{name}.parquet")]
                )
            areas = con.execute("select area_code, state_fips from area").fetchall()
            socs = con.execute(
                "select soc, title from oews_occupation where soc_level = 'detailed'"
            ).fetchall()
        warehouse = Warehouse(path)
        try:
            places, naics = event_places.gazetteer(warehouse), event_places.industries_known(warehouse)
            combined = event_places.occupations_combined(warehouse)
        finally:
            warehouse.close()
    return EventKnown(dict(areas), naics, dict(socs), places, combined)


@cache
def corrections() -> tuple[Correction, ...]:
    return load_corrections(ROOT / "data" / "corrections")


@cache
def state_file(state: str) -> ReadFile:
    """All notices of a state in the collected JSON."""
    content = gzip.decompress((EVENTS / "warn_json" / f"{state}.json.gz").read_bytes())
    return read_content(content, f"{state}.json", ColumnMap())


@cache
def event_file(name: str) -> ReadFile:
    return read_any(EVENTS / name)


def log_of(rows: Iterable[Mapping[str, str]]) -> pd.DataFrame:
    """The log, as it is read back, that holds these cells; every row is good."""
    text = io.StringIO()
    names = events_file.template().decode("utf-8-sig").strip().split(",")
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: neutralise(cell) for name, cell in row.items()} for row in rows)
    log = events_file.parse(text.getvalue().encode(), nation())
    assert log.problems == ()
    return log.rows


@cache
def empty_log() -> pd.DataFrame:
    return log_of([])
