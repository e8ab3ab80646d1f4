"""Core-based statistical areas and their counties (OMB, July 2023), and what they tell about the
metropolitan areas of OEWS: the states these lie in. See https://www.census.gov/programs-surveys/metro-micro.html."""

from pathlib import Path

import pandas as pd

from lmi.domain.codes import POSTAL_BY_FIPS
from lmi.domain.errors import BadFile
from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

DELINEATION = "geo/list1_2023.xlsx"

SOURCE = Source(
    id="census_delineation",
    publisher="U.S. Census Bureau; U.S. Office of Management and Budget",
    title="Core-based statistical areas, July 2023 (OMB Bulletin 23-01)",
    short_title="Census CBSA delineation, July 2023",
    url="https://www.census.gov/geographies/reference-files/time-series/demo/metro-micro/"
    "delineation-files.html",
    licence=US_PUBLIC_DOMAIN,
    attribution="U.S. Census Bureau, delineation files, July 2023.",
    period="July 2023",
    released="2023-07",
    cadence="as needed",
    next_due="",
    files=(RawFile(DELINEATION, "2026-11"),),
    tables=("county_area",),
    feeds_figures=False,
)

_TYPES = {"Metropolitan Statistical Area": "metro", "Micropolitan Statistical Area": "micro"}


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table county_area. Rows without state and county codes are the publisher's notes and drop out."""
    path = raw / DELINEATION
    cells = reading.read_sheet(
        path,
        "List 1",
        {"cbsa_code": "CBSA Code", "cbsa_name": "CBSA Title",
         "cbsa_type": "Metropolitan/Micropolitan Statistical Area", "county_name": "County/County Equivalent",
         "state_name": "State Name", "state_fips": "FIPS State Code", "county": "FIPS County Code",
         "central": "Central/Outlying County"},
        header_row=3,
    )  # fmt: skip
    is_note = (cells.state_fips == "") & (cells.county == "") & (cells.county_name == "")
    out = cells[~is_note].reset_index(drop=True)
    reading.codes(out.cbsa_code, r"\d{5}", path.name)
    reading.codes(out.state_fips, r"\d{2}", path.name)
    out["county_fips"] = out.state_fips + reading.codes(out.county, r"\d{3}", path.name)
    out["cbsa_type"] = reading.one_of(out.cbsa_type, _TYPES, path.name).map(_TYPES)
    out["central"] = reading.one_of(out.central, ("Central", "Outlying"), path.name) == "Central"
    return {"county_area": reading.conform(out, TABLE_BY_ID["county_area"], path.name)}


def with_states(area: pd.DataFrame, county_area: pd.DataFrame) -> pd.DataFrame:
    """Areas whose metropolitan rows name every state that their counties lie in.

    area, county_area: the tables of that name; not modified. States that the title names come first
    in the title's order, others follow by FIPS code. BadFile for a metropolitan area without counties.
    """
    fips_of = county_area.groupby("cbsa_code").state_fips.unique()
    out = area.copy()
    for index, row in out[out.area_type == "metro"].iterrows():
        if row.area_code not in fips_of.index:
            raise BadFile(
                f"{Path(DELINEATION).name}: no counties for metropolitan area {row.area_code}.",
                f"OEWS publishes {row.area_name}, so the delineation must list its counties.",
                "Get the delineation that this OEWS release uses and put it there.",
            )
        lies_in = sorted(fips_of[row.area_code])
        named = [fips for fips in row.state_fips.split() if fips in lies_in]
        ordered = [*named, *(fips for fips in lies_in if fips not in named)]
        out.loc[index, "state_fips"] = " ".join(ordered)
        out.loc[index, "states"] = " ".join(POSTAL_BY_FIPS[fips] for fips in ordered)
    return reading.conform(out, TABLE_BY_ID["area"], "area")
