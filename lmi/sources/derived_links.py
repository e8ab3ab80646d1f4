"""Two crosswalks that BLS does not publish, worked out from its files: the codes that OEWS combines,
and the titles of CPS table 11."""

from pathlib import Path

import pandas as pd

from lmi.domain.source import RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

COMBINED = "mappings/derived_oews2025_aggregate_to_soc2018.csv"
CPS_TITLES = "mappings/derived_cps2025_title_to_soc2018.csv"

SOURCE = Source(
    id="derived_links",
    publisher="Own work from U.S. Bureau of Labor Statistics files",
    title="Links from OEWS May 2025 codes and CPS 2025 titles to SOC 2018",
    short_title="Own links from BLS files",
    url="https://www.bls.gov/emp/documentation/crosswalks.htm",
    licence="Own work from public-domain files",
    attribution="Worked out from the BLS SOC 2018 structure, OES 2019 hybrid structure and CPS crosswalk.",
    period="OEWS May 2025, CPS 2025",
    released="2026-11",
    cadence="as needed",
    next_due="",
    files=(RawFile(COMBINED, "2026-11"), RawFile(CPS_TITLES, "2026-11")),
    tables=("oews_soc_link", "cps_soc_link"),
    caveats=("crosswalk_no_weights",),
    feeds_figures=False,
)


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Tables oews_soc_link and cps_soc_link."""
    path = raw / COMBINED
    columns = {"soc": "oews_code", "soc2018": "soc2018_code", "basis_of_link": "basis"}
    combined = reading.conform(reading.read_csv(path, columns), TABLE_BY_ID["oews_soc_link"], path.name)
    return {"oews_soc_link": combined, "cps_soc_link": _cps_titles(raw / CPS_TITLES)}


def _cps_titles(path: Path) -> pd.DataFrame:
    """One row per CPS title and SOC code; a title without any code is left out and counted."""
    columns = {"cps_title": "cps_title", "match_kind": "match_kind", "soc2018": "soc2018_detailed_codes"}
    cells = reading.read_csv(path, columns)
    cells["soc2018"] = cells.soc2018.str.split(";")
    linked = cells.explode("soc2018")
    linked["soc2018"] = linked.soc2018.str.strip()
    kept = linked[linked.soc2018 != ""]
    out = reading.conform(kept, TABLE_BY_ID["cps_soc_link"], path.name)
    out.attrs["left_out"] = {"CPS titles without a SOC code": len(linked) - len(kept)}
    return out
