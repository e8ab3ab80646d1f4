"""The bundle: every source parsed into one Parquet file per declared table, with sources.yaml beside
them, and the boundaries for the maps. The app runs from these files alone."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lmi.domain.errors import BadFile
from lmi.domain.source import Source
from lmi.domain.tables import TABLES, Table
from lmi.sources import (
    bls_api,
    bls_cps,
    bls_crosswalks,
    bls_ep,
    bls_oews,
    bls_soc,
    boundaries,
    census_acs,
    census_counties,
    census_delineation,
    census_naics,
    derived_links,
    ed_scorecard,
    hud_zip,
    indeed_metros,
    indeed_postings,
    indeed_sectors,
    indeed_wages,
    manifest,
    metro_names,
    nces_cip_soc,
    nces_ipeds,
    onet,
    onet_clusters,
    price_index,
    reading,
)
from lmi.sources.manifest import BundledFile, BundledSource, BundledTable, read_sources

__all__ = ["SOURCES", "BundledSource", "Product", "bundle", "read_sources"]

Parser = Callable[[Path], dict[str, pd.DataFrame]]
Progress = Callable[[int, int, str], None]


def _no_tables(raw: Path) -> dict[str, pd.DataFrame]:
    return {}


@dataclass(frozen=True)
class Product:
    """A source and its parser. describe: the source as the files themselves date it, where they do."""

    source: Source
    parse: Parser = _no_tables
    describe: Callable[[Path], Source] | None = None


SOURCES: tuple[Product, ...] = (
    Product(bls_oews.SOURCE, bls_oews.parse),
    Product(bls_ep.SOURCE, bls_ep.parse, bls_ep.describe),
    Product(onet.SOURCE, onet.parse, onet.describe),
    Product(price_index.SOURCE, price_index.parse),
    Product(bls_soc.SOURCE, bls_soc.parse),
    Product(census_delineation.SOURCE, census_delineation.parse),
    Product(metro_names.SOURCE),
    Product(boundaries.SOURCE),
    Product(census_counties.SOURCE, census_counties.parse),
    Product(hud_zip.SOURCE, hud_zip.parse),
    Product(census_naics.SOURCE, census_naics.parse),
    Product(nces_cip_soc.SOURCE, nces_cip_soc.parse),
    Product(bls_crosswalks.ONET_SOURCE, bls_crosswalks.parse_onet),
    Product(bls_crosswalks.CPS_SOURCE, bls_crosswalks.parse_cps),
    Product(bls_crosswalks.HYBRID_SOURCE, bls_crosswalks.parse_hybrid),
    Product(derived_links.SOURCE, derived_links.parse),
    Product(onet_clusters.SOURCE, onet_clusters.parse),
    Product(bls_cps.SOURCE, bls_cps.parse),
    Product(nces_ipeds.SOURCE, nces_ipeds.parse, nces_ipeds.describe),
    Product(ed_scorecard.SOURCE, ed_scorecard.parse),
    Product(census_acs.SOURCE, census_acs.parse),
    Product(indeed_postings.SOURCE, indeed_postings.parse, indeed_postings.describe),
    Product(indeed_sectors.SOURCE, indeed_sectors.parse, indeed_sectors.describe),
    Product(indeed_metros.SOURCE, indeed_metros.parse, indeed_metros.describe),
    Product(indeed_wages.SOURCE, indeed_wages.parse, indeed_wages.describe),
    Product(bls_api.SOURCE, bls_api.parse),
)
_ARROW = {"text": pa.string(), "int": pa.int32(), "float": pa.float64(), "bool": pa.bool_()}


def bundle(raw: Path, out: Path, static: Path, progress: Progress) -> list[dict[str, Any]]:
    """Parse every source below `raw` and replace the folders `out`, `static`/geo and `static`/topo.

    All is written aside first and moved into place when complete: a failure (BadFile) leaves the old
    folders untouched. The same files give the same bytes. progress: called with steps done, steps in
    all, and what comes next. Returns the records of sources.yaml.
    """
    steps = len(SOURCES) + 2
    tables: dict[str, pd.DataFrame] = {}
    for number, product in enumerate(SOURCES):
        progress(number, steps, product.source.short_title)
        tables |= product.parse(raw)
    tables["area"] = complete_areas(tables, raw)
    metros = "postings_metro_index"
    tables[metros] = indeed_metros.in_areas(tables[metros], tables["area"].area_code)
    targets = (static / "geo", static / "topo", out)
    asides = [target.with_name(f"{target.name}.new") for target in targets]
    try:
        for aside in asides:
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir(parents=True)
        progress(steps - 2, steps, "Boundaries")
        for name, text in boundaries.parse(raw, tables["area"]).items():
            (asides[0] / name).write_text(text, encoding="utf-8")
        for name in boundaries.TOPOLOGY_FILES:
            (asides[1] / name).write_text(boundaries.empty_topology(), encoding="utf-8")
        progress(steps - 1, steps, "Writing tables")
        written = {table.id: write_table(tables[table.id], table, asides[2]) for table in TABLES}
        records = [_record(product, raw, written) for product in SOURCES]
        manifest.write(records, asides[2])
        manifest.read_sources(asides[2])  # what is written can be read
        for aside, target in zip(asides, targets, strict=True):
            _replace(aside, target)
    finally:
        for aside in asides:
            shutil.rmtree(aside, ignore_errors=True)
    progress(steps, steps, "Done")
    return records


def complete_areas(tables: dict[str, pd.DataFrame], raw: Path) -> pd.DataFrame:
    """The areas of OEWS with the states that metropolitan areas lie in and their former names."""
    with_states = census_delineation.with_states(tables["area"], tables["county_area"])
    return metro_names.with_former_names(with_states, metro_names.parse_titles(raw))


def write_table(frame: pd.DataFrame, table: Table, folder: Path) -> BundledTable:
    """Write <table id>.parquet sorted by key, with the types that the field dictionary declares."""
    schema = pa.schema([pa.field(c, _ARROW[table.field(c).kind], c in table.nullable) for c in table.columns])
    ordered = frame.sort_values(list(table.key), kind="stable")
    content = pa.Table.from_pandas(ordered, schema=schema, preserve_index=False)
    path = folder / f"{table.id}.parquet"
    pq.write_table(content.replace_schema_metadata(None), path, compression="zstd", compression_level=15)
    return BundledTable(table.id, len(frame), reading.sha256(path), dict(frame.attrs.get("left_out", {})))


def _record(product: Product, raw: Path, written: dict[str, BundledTable]) -> dict[str, Any]:
    """What sources.yaml says of one source."""
    source = product.describe(raw) if product.describe else product.source
    files = []
    for file in source.files:
        path = reading.require(reading.locate(raw, file.path))
        files.append(BundledFile(file.path, file.retrieved, path.stat().st_size, reading.sha256(path)))
    return manifest.describe(source, files, [written[table] for table in source.tables])


def _replace(aside: Path, target: Path) -> None:
    """Put the folder `aside` in the place of `target`; if that fails, `target` is as it was."""
    old = target.with_name(f"{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    try:
        aside.rename(target)
    except OSError as error:
        if old.exists():
            old.rename(target)
        raise BadFile(
            f"{target} cannot be written.", f"{error}.", "Check the folder's permissions."
        ) from error
    shutil.rmtree(old, ignore_errors=True)
