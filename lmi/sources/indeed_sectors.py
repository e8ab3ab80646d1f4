"""Indeed Hiring Lab: index of job postings by sector, nation, daily. Sectors are Indeed's own.
See https://data.indeed.com/."""

from pathlib import Path

import pandas as pd

from lmi.domain.codes import NATION
from lmi.domain.source import CC_BY_4, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import indeed_files, reading

FILE = "job_postings_by_sector_US.csv"
_BUNDLED = f"{indeed_files.FOLDER}/job_postings_by_sector_US_through_2024-09.csv"

SOURCE = Source(
    id="indeed_sectors",
    publisher=indeed_files.PUBLISHER,
    title="Job postings tracker: index of job postings on Indeed by sector, nation",
    short_title="Indeed job postings index by sector",
    url="https://data.indeed.com/",
    licence=CC_BY_4,
    attribution="Indeed Hiring Lab, job postings index by sector, nation, CC BY 4.0.",
    period="daily to 27 September 2024",
    released="2024-10-03",
    cadence="weekly",
    next_due="2024-10",
    files=(RawFile(_BUNDLED, "2026-11"),),
    tables=("postings_sector_index",),
    caveats=("postings_indeed", "postings_revised", "indeed_sectors"),
)


def describe(raw: Path) -> Source:
    """SOURCE as the file below `raw` dates it."""
    paths = (indeed_files.newest_copy(raw, FILE),)
    return indeed_files.daily_source(SOURCE, paths, indeed_files.newest_day(paths))


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table postings_sector_index: total postings and, where the file has them, new ones."""
    path = indeed_files.newest_copy(raw, FILE)
    columns = {
        "date": "date", "country": "jobcountry", "index_value": "indeed_job_postings_index(_SA)?",
        "postings": "variable", "sector": "display_name",
    }  # fmt: skip
    cells = reading.read_large_csv(path, columns)
    reading.one_of(cells.country, (NATION,), path.name)
    reading.one_of(cells.postings, indeed_files.POSTINGS, path.name)
    cells["postings"] = cells.postings.map(indeed_files.POSTINGS)
    indeed_files.days(cells.date, path.name)
    cells["index_value"] = indeed_files.figures(cells.index_value, path.name, low=0)
    table = TABLE_BY_ID["postings_sector_index"]
    return {"postings_sector_index": reading.conform(cells, table, path.name)}
