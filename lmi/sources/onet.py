"""O*NET: occupations, job zones, titles, related occupations and technologies; ratings of skills,
knowledge and education are in onet_ratings. See https://www.onetcenter.org/database.html.

Descriptions are not read: only codes, titles, categories and numbers."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from lmi.domain.errors import BadFile
from lmi.domain.source import CC_BY_4, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import onet_ratings, reading

FOLDER = "onet"
_RETRIEVED = "2026-11"
_SHEETS = ("Occupation Data", "Job Zones", "Alternate Titles", "Related Occupations", "Technology Skills")
_FILES = ("Read Me.txt", *(f"{sheet}.xlsx" for sheet in _SHEETS), *onet_ratings.FILES)

SOURCE = Source(
    id="onet",
    publisher="U.S. Department of Labor, Employment and Training Administration",
    title="O*NET 29.3 Database",
    short_title="O*NET 29.3",
    url="https://www.onetcenter.org/database.html",
    licence=CC_BY_4,
    attribution="Includes information from the O*NET 29.3 Database by the U.S. Department of Labor, "
    "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a "
    "trademark of USDOL/ETA. This project has changed the layout; USDOL/ETA has not approved or tested it.",
    period="release 29.3",
    released="2025-05",
    cadence="quarterly",
    next_due="2025-08",
    files=tuple(RawFile(f"{FOLDER}/{name}", _RETRIEVED) for name in _FILES),
    tables=("onet_occupation", "onet_job_zone", "onet_alternate_title", "onet_related", "onet_skill",
            "onet_technology", "onet_education"),
    caveats=("analyst_ratings",),
)  # fmt: skip

_CODE = r"O\*NET-SOC Code"


def describe(raw: Path) -> Source:
    """SOURCE for the release that the publisher's 'Read Me.txt' names."""
    path = reading.require(raw / FOLDER / "Read Me.txt")
    text = path.read_text(encoding="utf-8", errors="replace")
    hit = re.match(r"O\*NET (\d+\.\d+) Database\s+(\w+ \d{4}) Release", text)
    if hit is None:
        raise BadFile(
            f"{path.name}: no release found.",
            "The first two lines should read like 'O*NET 29.3 Database' and 'May 2025 Release'.",
            reading.OBTAIN_AGAIN,
        )
    released = datetime.strptime(hit[2], "%B %Y").date()  # noqa: DTZ007 - a month has no time zone
    months = released.year * 12 + released.month - 1 + 3
    return replace(
        SOURCE,
        title=SOURCE.title.replace("29.3", hit[1]),
        short_title=SOURCE.short_title.replace("29.3", hit[1]),
        attribution=SOURCE.attribution.replace("29.3", hit[1]),
        period=f"release {hit[1]}",
        released=f"{released:%Y-%m}",
        next_due=f"{months // 12}-{months % 12 + 1:02d}",
    )


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """The O*NET workbooks below `raw` as the tables that SOURCE names."""
    folder = raw / FOLDER
    return {
        "onet_occupation": _table(
            folder, "Occupation Data", "onet_occupation", {"onet_soc": _CODE, "onet_title": "Title"}
        ),
        "onet_job_zone": _table(
            folder, "Job Zones", "onet_job_zone",
            {"onet_soc": _CODE, "job_zone": "Job Zone", "rated_on": "Date", "domain_source": "Domain Source"},
        ),
        "onet_alternate_title": _titles(folder),
        "onet_related": _table(
            folder, "Related Occupations", "onet_related",
            {"onet_soc": _CODE, "related_onet_soc": r"Related O\*NET-SOC Code", "tier": "Relatedness Tier",
             "related_rank": "Index"},
        ),
        "onet_technology": _technology(folder),
        **onet_ratings.parse(raw),
    }  # fmt: skip


def _table(folder: Path, sheet: str, table_id: str, columns: dict[str, str]) -> pd.DataFrame:
    """A workbook whose one sheet has its name, with whole-number columns as numbers."""
    path = folder / f"{sheet}.xlsx"
    cells = reading.read_sheet(path, sheet, columns, header_row=1)
    table = TABLE_BY_ID[table_id]
    for name in table.columns:
        if table.field(name).kind == "int":
            cells[name] = reading.numbers(cells[name], path.name, missing=())
    return reading.conform(cells, table, path.name)


def _titles(folder: Path) -> pd.DataFrame:
    """Alternate titles, each once per occupation (the file lists one per title and short form)."""
    path = folder / "Alternate Titles.xlsx"
    columns = {"onet_soc": _CODE, "alternate_title": "Alternate Title"}
    cells = reading.read_sheet(path, "Alternate Titles", columns, header_row=1)
    kept = cells[cells.alternate_title != ""].drop_duplicates()
    out = reading.conform(kept, TABLE_BY_ID["onet_alternate_title"], path.name)
    out.attrs["left_out"] = {"repeated or empty titles": len(cells) - len(kept)}
    return out


def _technology(folder: Path) -> pd.DataFrame:
    path = folder / "Technology Skills.xlsx"
    cells = reading.read_sheet(
        path,
        "Technology Skills",
        {"onet_soc": _CODE, "technology": "Example", "commodity_code": "Commodity Code",
         "commodity_title": "Commodity Title", "hot_technology": "Hot Technology",
         "in_demand_technology": "In Demand"},
        header_row=1,
    )  # fmt: skip
    reading.codes(cells.commodity_code, r"\d{8}", path.name)
    for name in ("hot_technology", "in_demand_technology"):
        cells[name] = reading.flags(cells[name], path.name)
    return reading.conform(cells, TABLE_BY_ID["onet_technology"], path.name)
