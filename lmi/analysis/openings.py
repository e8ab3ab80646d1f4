"""Openings a year and their three parts: growth, labor-force exits, occupational transfers.

annual openings = net employment change per year + exits + transfers (BLS Employment Projections).
The nation's are published. Elsewhere they are estimated: local OEWS employment times the nation's
yearly rates for the occupation (EP parts / EP base-year employment).
"""

import numpy as np
import pandas as pd

PARTS = ("employment_change_per_year", "exits_per_year", "transfers_per_year")
Z90 = 1.645  # half-width of a two-sided 90% interval in standard errors


def add_openings(rows: pd.DataFrame, is_nation: bool) -> pd.DataFrame:
    """Rows with the three parts, openings_per_year, its 90% interval and basis.

    rows: one row per soc with employment (jobs, OEWS, local), employment_rse_pct and the nation's
    nation_base_jobs, nation_change_per_year, nation_exits_per_year, nation_transfers_per_year; not
    modified. Returns a copy with the columns of PARTS, openings_per_year, openings_low,
    openings_high, openings_basis ('published', 'estimated' or '' where nothing can be said: jobs not
    published, or an occupation so small that BLS rounds its exits and transfers to 0).
    The interval carries only the sampling error of local employment; the nation's published
    openings have none.
    """
    out = rows.copy()
    base = out.nation_base_jobs.to_numpy(dtype=float)
    jobs = out.employment.to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.ones_like(jobs) if is_nation else np.where(base > 0, jobs / base, np.nan)
    for part, nation in zip(
        PARTS, ("nation_change_per_year", "nation_exits_per_year", "nation_transfers_per_year"), strict=True
    ):
        out[part] = out[nation].to_numpy(dtype=float) * scale
    if not is_nation:  # rounded to nothing by the publisher: no rate to apply
        no_rate = (out.nation_exits_per_year == 0) & (out.nation_transfers_per_year == 0)
        out.loc[no_rate, list(PARTS)] = np.nan
    out["openings_per_year"] = out[list(PARTS)].sum(axis=1, skipna=False)
    if is_nation:  # the publisher's own sum, rounded by it
        published = out.nation_openings_per_year.to_numpy(dtype=float)
        out["openings_per_year"] = published
        margin = np.full_like(jobs, np.nan)
    else:
        margin = Z90 * out.employment_rse_pct.to_numpy(dtype=float) / 100
    spread = out.openings_per_year.abs() * margin
    floor = np.minimum(out.openings_per_year, 0)  # below 0 only where the estimate itself is
    out["openings_low"] = np.maximum(out.openings_per_year - spread, floor)
    out["openings_high"] = out.openings_per_year + spread
    known = out.openings_per_year.notna()
    out["openings_basis"] = np.where(known, "published" if is_nation else "estimated", "")
    return out


def group_openings(detailed: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Local openings of SOC major groups and of all occupations, which reconcile with their parts.

    detailed: local detailed rows from add_openings, with soc, employment and PARTS. groups: local
    rows of soc_level 'major' and 'total' with the nation's columns as in add_openings. A group is the
    sum of its published occupations plus its unpublished rest at the group's own national rates, so
    that group >= sum of its parts and nothing is counted twice. Returns soc, PARTS, openings_per_year
    (estimated), and covered_pct: the share of the group's jobs whose occupations are published.
    """
    detailed = detailed[detailed.openings_per_year.notna() | detailed.employment.isna()]
    by_major = detailed.assign(major=detailed.soc.str[:2] + "-0000").groupby("major")
    published = by_major[["employment", *PARTS]].sum(min_count=1)
    majors = groups[groups.soc_level == "major"].set_index("soc")
    total = groups[groups.soc_level == "total"].set_index("soc")
    filled = _with_rest(majors, published.reindex(majors.index).fillna(0.0))
    outside = published[~published.index.isin(majors.index[majors.employment.notna()])]
    within = filled[filled.employment.notna()]
    together = pd.concat([within[["employment", *PARTS]], outside[["employment", *PARTS]]]).sum()
    whole = _with_rest(total, pd.DataFrame([together] * len(total), index=total.index))
    shown = pd.concat([filled, whole])
    covered = pd.concat([published.employment, pd.Series(detailed.employment.sum(), index=total.index)])
    share = covered.reindex(shown.index) / shown.employment
    shown["covered_pct"] = (100 * share).clip(upper=100)  # rounded parts may add up to more
    shown["openings_per_year"] = shown[list(PARTS)].sum(axis=1, skipna=False)
    return shown.rename_axis("soc").reset_index()


def _with_rest(groups: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Group rows: what is known of their members plus the remaining jobs at the group's rates."""
    out = pd.DataFrame({"employment": groups.employment.astype(float)}, index=groups.index)
    rest = (out.employment - parts.employment).clip(lower=0)
    for part, nation in zip(
        PARTS, ("nation_change_per_year", "nation_exits_per_year", "nation_transfers_per_year"), strict=True
    ):
        out[part] = parts[part] + rest * groups[nation].astype(float) / groups.nation_base_jobs.astype(float)
    return out
