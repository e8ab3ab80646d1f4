"""North American Industry Classification System 2022: titles. See https://www.census.gov/naics/."""

from pathlib import Path

import pandas as pd

from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

TITLES = "mappings/naics_titles_2022.csv"

SOURCE = Source(
    id="census_naics",
    publisher="U.S. Census Bureau",
    title="North American Industry Classification System, 2022: titles",
    short_title="NAICS 2022",
    url="https://www.census.gov/naics/",
    licence=US_PUBLIC_DOMAIN,
    attribution="U.S. Census Bureau, NAICS 2022.",
    period="2022",
    released="2022",
    cadence="as needed",
    next_due="",
    files=(RawFile(TITLES, "2026-11"),),
    tables=("naics_title",),
    feeds_figures=False,
)


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table naics_title: two to six digits; sectors may be ranges such as 31-33."""
    path = raw / TITLES
    cells = reading.read_csv(path, {"naics": "NAICS_CODE", "naics_title": "NAICS_TITLE"})
    reading.codes(cells.naics, r"\d{2,6}|\d{2}-\d{2}", path.name)
    return {"naics_title": reading.conform(cells, TABLE_BY_ID["naics_title"], path.name)}
