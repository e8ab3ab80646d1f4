"""Earlier official titles of metropolitan areas, as Indeed Hiring Lab's metro file of 2022 carries them
(delineations before July 2023), so that an area is found under its old name too. See https://data.indeed.com/."""

from pathlib import Path

import pandas as pd

from lmi.domain.source import CC_BY_4, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

POSTINGS = "realtime/metro_job_postings_us_through_2022-03.csv"

SOURCE = Source(
    id="metro_names",
    publisher="Indeed Hiring Lab",
    title="Metropolitan area titles before July 2023, from the metro job postings tracker",
    short_title="Earlier metro titles (Indeed Hiring Lab)",
    url="https://data.indeed.com/",
    licence=CC_BY_4,
    attribution="Indeed Hiring Lab, job postings tracker (area titles only), CC BY 4.0.",
    period="as of March 2022",
    released="2022-03-09",
    cadence="as needed",
    next_due="",
    files=(RawFile(POSTINGS, "2026-11"),),
    tables=(),
    feeds_figures=False,
)


def parse_titles(raw: Path) -> pd.DataFrame:
    """Columns area_code, title: one row per metropolitan area of the file."""
    path = raw / POSTINGS
    cells = reading.read_csv(path, {"area_code": "cbsa_code", "title": "CBSA Title"})
    titles = cells.drop_duplicates().reset_index(drop=True)
    reading.codes(titles.area_code, r"\d{5}", path.name)
    return titles


def with_former_names(area: pd.DataFrame, titles: pd.DataFrame) -> pd.DataFrame:
    """Areas with former_names where a title differs from today's; titles of vanished codes drop out.

    area: the table of that name; titles: see parse_titles. Neither is modified.
    """
    today = dict(zip(area.area_code, area.area_name, strict=True))
    former: dict[str, list[str]] = {}
    for code, title in zip(titles.area_code, titles.title, strict=True):
        if code in today and title != today[code]:
            former.setdefault(code, []).append(title)
    out = area.copy()
    out["former_names"] = [" | ".join(sorted(former.get(code, []))) for code in out.area_code]
    return reading.conform(out, TABLE_BY_ID["area"], Path(POSTINGS).name)
