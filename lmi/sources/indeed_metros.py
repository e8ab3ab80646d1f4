"""Indeed Hiring Lab: index of job postings by metropolitan area, daily. The form up to 2022 gives the
percent change since 1 February 2020, the later one an index. See https://data.indeed.com/."""

import re
from pathlib import Path

import pandas as pd

from lmi.domain.errors import BadFile
from lmi.domain.source import CC_BY_4, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import indeed_files, reading

FILE = "metro_job_postings_us.csv"
_BUNDLED = f"{indeed_files.FOLDER}/metro_job_postings_us_through_2022-03.csv"
_CHANGE = "pct_chng_feb_1"
_VALUE = f"{_CHANGE}|indeed_job_postings_index(_SA)?"

SOURCE = Source(
    id="indeed_metros",
    publisher=indeed_files.PUBLISHER,
    title="Job postings tracker: index of job postings on Indeed by metropolitan area",
    short_title="Indeed job postings index by metro area",
    url="https://data.indeed.com/",
    licence=CC_BY_4,
    attribution="Indeed Hiring Lab, job postings index by metropolitan area, CC BY 4.0.",
    period="daily to 4 March 2022",
    released="2022-03-09",
    cadence="weekly",
    next_due="2022-03",
    files=(RawFile(_BUNDLED, "2026-11"),),
    tables=("postings_metro_index",),
    caveats=("postings_indeed", "postings_revised", "postings_metros"),
)


def describe(raw: Path) -> Source:
    """SOURCE as the file below `raw` dates it."""
    paths = (indeed_files.newest_copy(raw, FILE),)
    return indeed_files.daily_source(SOURCE, paths, indeed_files.newest_day(paths))


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table postings_metro_index under the codes of the file; see in_areas for those that OEWS has."""
    path = indeed_files.newest_copy(raw, FILE)
    cells = reading.read_large_csv(path, {"date": "date", "area_code": "cbsa_code", "index_value": _VALUE})
    reading.codes(cells.area_code, r"\d{5}", path.name)
    indeed_files.days(cells.date, path.name)
    base = indeed_files.BASE if _is_change(path) else 0
    values = indeed_files.figures(cells.index_value, path.name, low=-base)
    cells["index_value"] = (base + values).round(2) if base else values
    return {"postings_metro_index": reading.conform(cells, TABLE_BY_ID["postings_metro_index"], path.name)}


def in_areas(metros: pd.DataFrame, area_codes: pd.Series) -> pd.DataFrame:
    """The rows of areas that OEWS publishes; the others are counted by code in attrs['left_out'].

    metros: table postings_metro_index under any codes, not modified. area_codes: those of table area.
    BadFile where no area is left.
    """
    known = metros.area_code.isin(area_codes)
    if not known.any():
        raise BadFile(
            "The job postings by metropolitan area name no area that OEWS publishes.",
            f"Their codes begin with {', '.join(metros.area_code.drop_duplicates()[:3])}.",
            reading.OBTAIN_AGAIN,
        )
    out = metros[known].reset_index(drop=True)
    gone = metros.area_code[~known].value_counts().sort_index()
    out.attrs["left_out"] = {f"area {code}, which OEWS does not publish": int(n) for code, n in gone.items()}
    return out


def _is_change(path: Path) -> bool:
    with path.open(encoding="utf-8-sig") as file:
        return re.search(_CHANGE, file.readline(), re.IGNORECASE) is not None
