"""Indeed Hiring Lab: index of job postings, nation and states, daily, adjusted for the season.
See https://data.indeed.com/."""

from pathlib import Path

import pandas as pd

from lmi.domain.codes import NATION, POSTAL_BY_FIPS
from lmi.domain.source import CC_BY_4, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import indeed_files, reading

NATION_FILE, STATE_FILE = "aggregate_job_postings_US.csv", "state_job_postings_us.csv"

SOURCE = Source(
    id="indeed_postings",
    publisher=indeed_files.PUBLISHER,
    title="Job postings tracker: index of job postings on Indeed, nation and states, adjusted for the season",
    short_title="Indeed job postings index",
    url="https://data.indeed.com/",
    licence=CC_BY_4,
    attribution="Indeed Hiring Lab, job postings index, nation and states, CC BY 4.0.",
    period="daily to 14 August 2026",
    released="2026-08-19",
    cadence="weekly",
    next_due="2026-08",
    files=(
        RawFile(f"{indeed_files.FOLDER}/{NATION_FILE}", "2026-11"),
        RawFile(f"{indeed_files.FOLDER}/{STATE_FILE}", "2026-11"),
    ),
    tables=("postings_index",),
    caveats=("postings_indeed", "postings_revised"),
)
_FIPS = {postal.lower(): fips for fips, postal in POSTAL_BY_FIPS.items()}


def describe(raw: Path) -> Source:
    """SOURCE as the files below `raw` date it."""
    paths = tuple(indeed_files.newest_copy(raw, name) for name in (NATION_FILE, STATE_FILE))
    return indeed_files.daily_source(SOURCE, paths, indeed_files.newest_day(paths))


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table postings_index: total and new postings of the nation, total postings of the states."""
    return {"postings_index": pd.concat([_nation(raw), _states(raw)], ignore_index=True)}


def _nation(raw: Path) -> pd.DataFrame:
    path = indeed_files.newest_copy(raw, NATION_FILE)
    columns = {
        "date": "date", "country": "jobcountry", "index_value": "indeed_job_postings_index_SA",
        "postings": "variable",
    }  # fmt: skip
    cells = reading.read_large_csv(path, columns)
    reading.one_of(cells.country, (NATION,), path.name)
    reading.one_of(cells.postings, indeed_files.POSTINGS, path.name)
    cells["postings"] = cells.postings.map(indeed_files.POSTINGS)
    return _table(cells.assign(area_code=NATION), path.name)


def _states(raw: Path) -> pd.DataFrame:
    path = indeed_files.newest_copy(raw, STATE_FILE)
    columns = {"date": "date", "state": "state", "index_value": "indeed_job_postings_index(_SA)?"}
    cells = reading.read_large_csv(path, columns)
    cells["state"] = cells.state.str.lower()
    reading.one_of(cells.state, _FIPS, path.name)
    return _table(cells.assign(area_code=cells.state.map(_FIPS), postings="total"), path.name)


def _table(cells: pd.DataFrame, place: str) -> pd.DataFrame:
    indeed_files.days(cells.date, place)
    cells["index_value"] = indeed_files.figures(cells.index_value, place, low=0)
    return reading.conform(cells, TABLE_BY_ID["postings_index"], place)
