"""BLS Consumer Price Index, all urban consumers: series CUUR0000SA0 (US city average, all items,
1982-84=100), annual averages, kept in this repository. See https://www.bls.gov/cpi/."""

from pathlib import Path

import pandas as pd

from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

INDEX = "data/mappings/price_index.csv"

SOURCE = Source(
    id="price_index",
    publisher="U.S. Bureau of Labor Statistics",
    title="Consumer Price Index for All Urban Consumers (CUUR0000SA0), annual averages 2013–2025, "
    "typed in from the published series",
    short_title="BLS CPI-U, 2013–2025",
    url="https://www.bls.gov/cpi/",
    licence=US_PUBLIC_DOMAIN,
    attribution="U.S. Bureau of Labor Statistics, Consumer Price Index, series CUUR0000SA0.",
    period="2013–2025",
    released="2026-01",
    cadence="yearly",
    next_due="2027-01",
    files=(RawFile(INDEX, "2026-11"),),
    tables=("price_index",),
    caveats=("cpi_2025_eleven_months",),
)


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table price_index, from the file in this repository; `raw` holds no copy."""
    path = reading.locate(raw, INDEX)
    cells = reading.read_csv(path, {"year": "year", "cpi_u": "cpi_u", "months": "months"})
    for name in cells.columns:
        cells[name] = reading.numbers(cells[name], path.name, missing=())
    return {"price_index": reading.conform(cells, TABLE_BY_ID["price_index"], path.name)}
