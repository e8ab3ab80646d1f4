"""Custom regions: a union of published areas, aggregated honestly.

Jobs are sums; a part that is withheld makes the sum 'at least'. Wages are employment-weighted means
of the published figures (a mean of medians is an approximation, and said to be). The location
quotient is computed anew; errors combine as those of independent samples.
"""

import numpy as np
import pandas as pd

from lmi.domain.fields import WAGE_COLUMNS


def union(rows: pd.DataFrame, nation: pd.DataFrame, members: int) -> pd.DataFrame:
    """One row per soc for the union of the areas in `rows`.

    rows: OEWS rows of all member areas (area_code, soc, soc_level, employment, errors, wages; numbers
    may be missing). nation: the nation's rows (soc, employment). members: number of areas. Returns soc,
    soc_level, employment, employment_rse_pct, location_quotient, jobs_per_1000, wage_rse_pct, wages,
    pay_basis, top_coded, parts_published: in how many members employment is published, and at_least:
    not in all, so that jobs are a lower bound (and the location quotient is left out).
    """
    jobs = rows.employment.astype(float)
    known = jobs.notna()
    grouped = rows.soc
    out = rows.groupby("soc", sort=True)[["soc_level"]].first()
    out["employment"] = jobs.groupby(grouped).sum(min_count=1)
    out["parts_published"] = known.groupby(grouped).sum().astype(int)
    out["members"] = members
    out["at_least"] = out.parts_published < members
    spread = (jobs * rows.employment_rse_pct.astype(float) / 100) ** 2
    unsure = (known & rows.employment_rse_pct.isna()).groupby(grouped).any()
    out["employment_rse_pct"] = 100 * np.sqrt(spread.groupby(grouped).sum(min_count=1)) / out.employment
    for column in WAGE_COLUMNS:
        out[column] = _weighted_mean(rows[column].astype(float), jobs, grouped)
        out[column] = out[column].round(2 if column.endswith("hour") else -1)
    wage_spread = (jobs * rows.wage_rse_pct.astype(float)) ** 2
    paid = jobs.where(rows.wage_rse_pct.notna() & known).groupby(grouped).sum(min_count=1)
    out["wage_rse_pct"] = (np.sqrt(wage_spread.groupby(grouped).sum(min_count=1)) / paid).round(1)
    out["employment_rse_pct"] = out.employment_rse_pct.round(1).mask(unsure)
    out["pay_basis"] = rows.groupby("soc").pay_basis.first()
    out["top_coded"] = rows.groupby("soc").top_coded.agg(_all_marks)
    total = out.employment.get("00-0000", np.nan)
    nation_jobs = nation.set_index("soc").employment.astype(float)
    share_of_nation = nation_jobs / nation_jobs.get("00-0000", np.nan)
    out["jobs_per_1000"] = 1000 * out.employment / total
    out["location_quotient"] = (
        (out.employment / total / share_of_nation.reindex(out.index)).mask(out.at_least).round(2)
    )
    return out.reset_index()


def _weighted_mean(values: pd.Series, jobs: pd.Series, soc: pd.Series) -> pd.Series:
    """Employment-weighted mean over the members where both figures are published."""
    both = values.notna() & jobs.notna()
    top = (values * jobs).where(both).groupby(soc).sum(min_count=1)
    return top / jobs.where(both).groupby(soc).sum(min_count=1)


def _all_marks(marks: pd.Series) -> str:
    """Every wage column that any member publishes only as 'at or above'."""
    found = {column for cell in marks.dropna() for column in cell.split()}
    return " ".join(c for c in WAGE_COLUMNS if c in found)
