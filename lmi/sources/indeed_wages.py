"""Indeed Hiring Lab: yearly growth of the pay that job postings advertise, by sector, nation, monthly.
See https://github.com/hiring-lab/indeed-wage-tracker."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from lmi.domain.codes import NATION
from lmi.domain.days import SHORT_MONTHS, in_words, month_after
from lmi.domain.source import CC_BY_4, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import indeed_files, reading

FILE = "posted-wage-growth-by-sector.csv"
_PATH = f"{indeed_files.FOLDER}/{FILE}"
_MISSING = ("NA", "")

SOURCE = Source(
    id="indeed_wages",
    publisher=indeed_files.PUBLISHER,
    title="Wage tracker: yearly growth of posted pay by sector, nation",
    short_title="Indeed wage tracker",
    url="https://github.com/hiring-lab/indeed-wage-tracker",
    licence=CC_BY_4,
    attribution="Indeed Hiring Lab, wage tracker by sector, CC BY 4.0.",
    period="monthly to April 2026",
    released="2026-05-26",
    cadence="monthly",
    next_due="2026-06",
    files=(RawFile(_PATH, "2026-11"),),
    tables=("posted_wage_growth",),
    caveats=("posted_pay", "indeed_sectors"),
)


def describe(raw: Path) -> Source:
    """SOURCE as the file below `raw` dates it."""
    path = indeed_files.newest_copy(raw, FILE)
    newest = str(_months(reading.read_large_csv(path, {"period": "month"}).period, path.name).max())
    period = f"monthly to {in_words(newest)}"
    if period == SOURCE.period:
        return SOURCE
    return replace(SOURCE, period=period, released="", next_due=month_after(newest, 2))


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table posted_wage_growth: United States only; growth in percent, NA is null."""
    path = indeed_files.newest_copy(raw, FILE)
    columns = {
        "country": "jobcountry", "sector": "sector", "period": "month", "observations": "n_obs",
        "pay_growth_pct": "posted_wage_growth_yoy", "pay_growth_3mo_pct": "posted_wage_growth_yoy_3moavg",
    }  # fmt: skip
    cells = reading.read_large_csv(path, columns)
    reading.codes(cells.country, r"[A-Z]{2}", path.name)
    cells = cells[cells.country == NATION].reset_index(drop=True)
    cells["period"] = _months(cells.period, path.name)
    reading.codes(cells.observations, r"\d{1,9}", path.name)
    cells["observations"] = reading.numbers(cells.observations, path.name, ())
    for name in ("pay_growth_pct", "pay_growth_3mo_pct"):
        cells[name] = (indeed_files.figures(cells[name], path.name, _MISSING) * 100).round(4)
    table = TABLE_BY_ID["posted_wage_growth"]
    return {"posted_wage_growth": reading.conform(cells, table, path.name)}


def _months(column: pd.Series, place: str) -> pd.Series:
    """'Apr-26' as 2026-04."""
    reading.codes(column, rf"({'|'.join(SHORT_MONTHS)})-\d{{2}}", place)
    numbers = {name: f"{number:02d}" for number, name in enumerate(SHORT_MONTHS, start=1)}
    return "20" + column.str[4:] + "-" + column.str[:3].map(numbers)
