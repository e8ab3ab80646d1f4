"""BLS Employment Projections: the nation's projected jobs, separations, openings and entry
requirements by occupation. See https://www.bls.gov/emp/."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from lmi.domain.codes import SOC_PATTERN
from lmi.domain.errors import BadFile
from lmi.domain.requirements import CATEGORIES
from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

FOLDER = "projections"
WORKBOOK = f"{FOLDER}/occupation_2024-2034.xlsx"
_RETRIEVED = "2026-11"

SOURCE = Source(
    id="bls_ep",
    publisher="U.S. Bureau of Labor Statistics",
    title="Employment Projections, 2024–34",
    short_title="BLS EP, 2024–34",
    url="https://www.bls.gov/emp/data/occupational-data.htm",
    licence=US_PUBLIC_DOMAIN,
    attribution="U.S. Bureau of Labor Statistics, Employment Projections program, 2024–34.",
    period="2024–34",
    released="2025-08-28",
    cadence="yearly",
    next_due="2026-09",
    files=(RawFile(WORKBOOK, _RETRIEVED),),
    tables=("projection",),
    caveats=("national_growth", "openings_not_vacancies", "typical_education"),
)

# BLS's categories in its own order, lowest first.
_NOT_AVAILABLE = "—"  # em dash
_HEADER_ROW = 2
_SPAN = r"\d{4}[–-]\d{2}"
_OPENINGS = rf"Occupational openings, {_SPAN} annual average"
_KEYS = {
    "soc": r"\d{4} National Employment Matrix code", "title": r"\d{4} National Employment Matrix title",
    "line_type": "Occupation type",
}  # fmt: skip
_THOUSANDS_1_2 = {
    "employment_change": rf"Employment change, numeric, {_SPAN}", "openings_per_year": _OPENINGS,
}  # fmt: skip
_PERCENT_1_2 = {
    "growth_pct": rf"Employment change, percent, {_SPAN}",
    "self_employed_pct": r"Percent self employed, \d{4}",
}
_TEXT_1_2 = {
    "typical_education": "Typical education needed for entry",
    "work_experience": "Work experience in a related occupation",
    "on_the_job_training": "Typical on-the-job training needed to attain competency in the occupation",
}
_THOUSANDS_1_10 = {
    "exits_per_year": rf"Labor force exits, {_SPAN} annual average",
    "transfers_per_year": rf"Occupational transfers, {_SPAN} annual average",
    "separations_per_year": rf"Total occupational separations, {_SPAN} annual average",
    "openings_again": _OPENINGS,
}
_PERCENT_1_10 = {
    "exit_rate_pct": rf"Labor force exit rate, {_SPAN} annual average",
    "transfer_rate_pct": rf"Occupational transfer rate, {_SPAN} annual average",
}


def find_workbook(raw: Path) -> Path:
    """The newest occupation_YYYY-YYYY.xlsx below `raw`; BadFile if there is none."""
    found = sorted((raw / FOLDER).glob("occupation_[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9].xlsx"))
    return reading.require(found[-1] if found else raw / WORKBOOK)


def describe(raw: Path) -> Source:
    """SOURCE for the cycle that the workbook's headings name, so that the next cycle says what it is."""
    path = find_workbook(raw)
    base, target = read_years(path, "Table 1.2")
    period = f"{base}–{target % 100:02d}"
    if period == SOURCE.period:
        return SOURCE
    return replace(
        SOURCE,
        title=SOURCE.title.replace(SOURCE.period, period),
        short_title=SOURCE.short_title.replace(SOURCE.period, period),
        attribution=SOURCE.attribution.replace(SOURCE.period, period),
        period=period,
        released="",
        next_due=f"{base + 2}-09",
        files=(RawFile(f"{FOLDER}/{path.name}", _RETRIEVED),),
    )


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Tables 1.2 and 1.10 joined on the occupation code (table projection).

    Published thousands become jobs and people. Where BLS prints a dash the value is null; the word
    None is a category. BadFile where the two tables differ or the openings do not add up.
    """
    path = find_workbook(raw)
    years = read_years(path, "Table 1.2")
    wide = {"base_jobs": f"Employment, {years[0]}", "projected_jobs": f"Employment, {years[1]}"}
    left = _read_table(path, "Table 1.2", _KEYS, wide | _THOUSANDS_1_2, _PERCENT_1_2, _TEXT_1_2)
    right = _read_table(path, "Table 1.10", {"soc": _KEYS["soc"]}, _THOUSANDS_1_10, _PERCENT_1_10, {})
    alone = sorted(set(left.soc) ^ set(right.soc))
    if alone or read_years(path, "Table 1.10") != years:
        raise BadFile(
            f"{path.name}: Tables 1.2 and 1.10 do not fit together.",
            f"Codes in one only: {', '.join(alone[:5]) or 'none'}; both must cover {years[0]} to {years[1]}.",
            reading.OBTAIN_AGAIN,
        )
    out = left.merge(right, on="soc", validate="one_to_one")
    out["area_code"], out["base_year"], out["target_year"] = "US", years[0], years[1]
    reading.one_of(out.line_type, ("Line item", "Summary"), f"{path.name}, Table 1.2")
    check_openings(out, path.name)
    return {"projection": reading.conform(out, TABLE_BY_ID["projection"], path.name)}


def read_years(path: Path, sheet: str) -> tuple[int, int]:
    """Base and target year from the headings 'Employment, YYYY' of a sheet."""
    header = reading.sheet_rows(path, sheet)[_HEADER_ROW - 1 : _HEADER_ROW]
    cells = header[0] if header else []
    years = sorted(int(hit[1]) for cell in cells if (hit := re.fullmatch(r"Employment, (\d{4})", cell)))
    if len(years) != 2 or years[0] == years[1]:
        raise BadFile(
            f"{path.name}, sheet '{sheet}', row {_HEADER_ROW}: projection years not recognised.",
            f"Two headings 'Employment, YYYY' were expected, found {len(years)}.",
            "If BLS changed the layout, adapt the loader; else get the file again.",
        )
    return years[0], years[1]


def check_openings(table: pd.DataFrame, place: str) -> None:
    """Openings of every line item are the yearly net change plus separations, and both tables agree.

    table: projection with openings_again (Table 1.10). Published to 100 jobs, hence the tolerance.
    """
    lines = table[table.line_type == "Line item"].reset_index(drop=True)
    yearly = lines.employment_change / (lines.target_year - lines.base_year)
    off = (lines.openings_per_year - (yearly + lines.separations_per_year)).abs()
    off = off.combine((lines.openings_per_year - lines.openings_again).abs(), max)
    if (off > 106).any():  # half a unit each of openings and separations (50 + 50) and change / 10 (5)
        worst = lines.iloc[int(off.to_numpy(dtype=float).argmax())]
        raise BadFile(
            f"{place}: openings of {worst.soc} do not add up.",
            "Openings must equal yearly net change plus separations in both tables: "
            f"{worst.openings_per_year:,.0f} and {worst.openings_again:,.0f} against "
            f"{worst.employment_change:,.0f} / {worst.target_year - worst.base_year} "
            f"+ {worst.separations_per_year:,.0f}.",
            reading.OBTAIN_AGAIN,
        )


def _read_table(
    path: Path, sheet: str, keys: dict[str, str], thousands: dict[str, str], percent: dict[str, str],
    text: dict[str, str],
) -> pd.DataFrame:  # fmt: skip
    """One sheet with numbers as numbers; rows without a code are the publisher's notes and drop out."""
    cells = reading.read_sheet(path, sheet, {**keys, **thousands, **percent, **text}, _HEADER_ROW)
    place = f"{path.name}, {sheet}"
    is_note = (cells.soc == "") & (cells[list(thousands)] == "").all(axis=1)
    out = cells[~is_note].reset_index(drop=True)
    reading.codes(out.soc, SOC_PATTERN, place)
    for name in thousands:
        out[name] = (reading.numbers(out[name], place, (_NOT_AVAILABLE,)) * 1000).round(0)
    for name in percent:
        out[name] = reading.numbers(out[name], place, (_NOT_AVAILABLE,))
    for name in text:
        reading.one_of(out[name], (*CATEGORIES[name], _NOT_AVAILABLE), place)
        out[name] = out[name].replace({_NOT_AVAILABLE: ""})
    return out
