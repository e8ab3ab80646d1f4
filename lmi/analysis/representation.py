"""Who is missing: shares of groups in occupations against a baseline, with what they can and can't say."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lmi.domain.groups import PEOPLE_PER_EFFECTIVE_RESPONSE

Z90 = 1.645
LEAST_COVERED_PCT = 50.0  # of a rung's jobs, for its shares to be told


def against(
    rows: pd.DataFrame, share: pd.Series, people: pd.Series, baseline: pd.Series | float
) -> pd.DataFrame:
    """Shares of a group set against a baseline.

    rows: one row per occupation with employment (jobs, may be missing); not modified. share: the
    group's share in percent, missing where it is not published. people: employed people behind the
    share. baseline: the reference share in percent, one for all or one per row. Returns rows plus
    share_pct, share_low and share_high (90%, estimated), baseline_pct, gap_pp (share - baseline),
    parity (share / baseline), people_short (jobs here x the gap where the share falls short, else 0),
    and clear (the interval leaves out the baseline). A missing share leaves all of them missing.
    Sources: BLS CPS table 11; formulas as in the field (inclusion ratio, percentage points).
    """
    out = rows.copy()
    values = share.to_numpy(dtype=float, na_value=np.nan)
    base = np.broadcast_to(np.asarray(baseline, dtype=float), values.shape)
    error = share_error(values, people.to_numpy(dtype=float, na_value=np.nan))
    out["share_pct"] = values
    out["share_low"] = np.clip(values - Z90 * error, 0, 100)
    out["share_high"] = np.clip(values + Z90 * error, 0, 100)
    out["baseline_pct"] = base
    out["gap_pp"] = values - base
    out["parity"] = np.divide(values, base, out=np.full(values.shape, np.nan), where=base > 0)
    jobs = out.employment.to_numpy(dtype=float, na_value=np.nan)
    out["people_short"] = jobs * np.maximum(-out.gap_pp.to_numpy(dtype=float), 0) / 100
    known = ~np.isnan(values) & ~np.isnan(base)
    outside = (out.share_low > base) | (out.share_high < base)
    out["clear"] = np.where(known, outside, False)
    return out


def share_error(share_pct: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Standard error of a share in percentage points, estimated: sqrt(1,000 x p x (1 - p) / people)."""
    p = np.clip(share_pct / 100, 0, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = PEOPLE_PER_EFFECTIVE_RESPONSE * p * (1 - p) / np.where(people > 0, people, np.nan)
    return np.asarray(100 * np.sqrt(variance))


def workforce_share(people: Mapping[str, float], moe: Mapping[str, float], group: str) -> tuple[float, float]:
    """A group's share of an area's employed in percent, and its 90% margin of error (Census formula).

    people, moe: 'all' and the group, in people. NaN where either is not published.
    """
    total, part = people.get("all", np.nan), people.get(group, np.nan)
    if not total or np.isnan(total) or np.isnan(part):
        return float("nan"), float("nan")
    share = part / total
    within = moe.get(group, np.nan) ** 2 - (share * moe.get("all", np.nan)) ** 2
    if within < 0:  # the Census Bureau's rule where the difference is negative
        within = moe.get(group, np.nan) ** 2 + (share * moe.get("all", np.nan)) ** 2
    return 100 * share, 100 * float(np.sqrt(within)) / total


def along(
    rows: pd.DataFrame, rungs: Mapping[str, str], groups: tuple[str, ...], by: str = "typical_education"
) -> pd.DataFrame:
    """Shares of the groups on each rung of a ladder, weighted by the jobs here.

    rows: one row per occupation with the column `by`, employment and <group>_pct. rungs: value of `by`
    -> rung, in the ladder's order. Returns one row per rung that has jobs: rung, jobs (all jobs
    with a known number), occupations, covered_pct (share of those jobs with a published share) and
    <group>_pct (missing where shares are published for less than half of the jobs).
    """
    placed = rows.assign(rung=rows[by].map(dict(rungs)), jobs=rows.employment.astype(float))
    placed = placed[placed.rung.notna() & (placed.jobs > 0)]
    out = []
    for rung in dict.fromkeys(rungs.values()):
        part = placed[placed.rung == rung]
        if part.empty:
            continue
        first = part[f"{groups[0]}_pct"].notna()
        row: dict[str, object] = {
            "rung": rung, "jobs": float(part.jobs.sum()), "occupations": len(part),
            "covered_pct": 100 * float(part.jobs[first].sum()) / float(part.jobs.sum()),
        }  # fmt: skip
        enough = float(str(row["covered_pct"])) >= LEAST_COVERED_PCT
        for group in groups:
            known = part[part[f"{group}_pct"].notna()]
            weight = known.jobs.to_numpy(dtype=float)
            shares = known[f"{group}_pct"].to_numpy(dtype=float)
            row[f"{group}_pct"] = (
                float(np.average(shares, weights=weight)) if len(known) and enough else np.nan
            )
        out.append(row)
    columns = ["rung", "jobs", "occupations", "covered_pct", *(f"{group}_pct" for group in groups)]
    return pd.DataFrame(out, columns=columns)
