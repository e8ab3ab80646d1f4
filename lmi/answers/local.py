"""One area's occupations with openings, and the references that rules compare with."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.analysis import regions
from lmi.analysis.criteria import Context, Reference
from lmi.analysis.events import with_events
from lmi.analysis.openings import add_openings, group_openings
from lmi.answers.desk import Desk
from lmi.domain.codes import NATION, TOTAL_SOC
from lmi.domain.selection import Area
from lmi.warehouse import queries


@dataclass(frozen=True)
class Local:
    """An area as rules and rankings see it.

    detailed: one row per published detailed occupation; beside its openings event_jobs_per_year (net jobs
    that hiring events bring; missing where the area has no event that tells a count) and
    openings_with_events (the openings alone where it has none), and employers_critical (organizations on
    record that call it critical; see lmi.answers.adjusted). groups: major groups and the total, with
    openings that reconcile with the detailed ones. total: the row of all occupations.
    """

    area: Area
    detailed: pd.DataFrame
    groups: pd.DataFrame
    total: pd.Series
    context: Context


def load(desk: Desk, area: Area, living_wage: float | None = None) -> Local:
    """The area's rows from the warehouse, with openings and what is derived from them."""
    rows = area_rows(desk, area)
    nation = area.code == NATION
    rows = add_openings(rows, nation)
    detailed = rows[rows.soc_level == "detailed"].reset_index(drop=True)
    groups = rows[rows.soc_level.isin(["major", "total"])].reset_index(drop=True)
    if not nation:
        local = group_openings(detailed, groups).set_index("soc")
        groups = groups.set_index("soc")
        for column in ("openings_per_year", "employment_change_per_year", "exits_per_year",
                       "transfers_per_year", "covered_pct"):  # fmt: skip
            groups[column] = local[column]
        groups["openings_low"] = groups["openings_high"] = np.nan
        groups = groups.reset_index()
    total = groups[groups.soc == TOTAL_SOC].iloc[0]
    detailed = _beside(_derived(detailed, desk, nation), desk, area)
    context = Context(
        _references(desk, area, total, detailed, living_wage), desk.price_index, wage_year(desk)
    )
    return Local(area, detailed, groups, total, context)


def area_rows(desk: Desk, area: Area) -> pd.DataFrame:
    """Published rows of an area; for a custom region the honest union of its members' rows."""
    rows = queries.local_rows(desk.warehouse, area.members)
    if area.type != "custom":
        return rows
    together = regions.union(rows, queries.national_jobs(desk.warehouse), len(area.members))
    fixed = rows.drop_duplicates("soc").set_index("soc")
    carried = [c for c in fixed.columns if c not in together.columns and c != "area_code"]
    return together.merge(fixed[carried].reset_index(), on="soc").assign(area_code=area.code)


def wage_year(desk: Desk) -> int:
    """The calendar year of the OEWS wages, from the source's own period ('May 2025')."""
    period = desk.sources.set_index("id").period.get("bls_oews", "")
    return int(period.split()[-1])


def _derived(detailed: pd.DataFrame, desk: Desk, nation: bool) -> pd.DataFrame:
    """Columns that rules use; openings stand against jobs of the same universe (the nation's: BLS EP)."""
    out = detailed.copy()
    out["employment_change_decade"] = out.employment_change_per_year * 10
    jobs = (out.nation_base_jobs if nation else out.employment).astype(float)
    out["openings_rate_pct"] = 100 * out.openings_per_year / jobs.where(jobs > 0)
    targets = desk.settings.target_occupations
    out["target_occupation"] = out.soc.isin(targets).astype(float) if targets else np.nan
    return out


def _beside(detailed: pd.DataFrame, desk: Desk, area: Area) -> pd.DataFrame:
    """What hiring events bring and take, and what employers say, beside openings that stay as they are."""
    detailed = detailed.assign(employers_critical=desk.adjustments.organisations(area, detailed.soc))
    changes = desk.event_book.changes(area)
    openings = detailed.openings_per_year.to_numpy(dtype=float)
    if changes is None:
        return detailed.assign(event_jobs_per_year=np.nan, openings_with_events=openings)
    found = changes.reindex(detailed.soc).fillna(0.0)
    moved = with_events(
        openings, detailed.employment_change_per_year.to_numpy(dtype=float), found.gains.to_numpy(),
        found.losses.to_numpy(), guard=desk.settings.events.guard,
    )  # fmt: skip
    return detailed.assign(event_jobs_per_year=found.jobs_net.to_numpy(), openings_with_events=moved)


def _references(
    desk: Desk, area: Area, total: pd.Series, detailed: pd.DataFrame, living_wage: float | None
) -> dict[str, Reference]:
    """Reference figures of the area. The state's wage is the highest of the states the area lies in."""
    states = [desk.medians[code] for code in area.state_codes if code in desk.medians]
    nation = desk.medians[NATION]
    unknown = (float("nan"), float("nan"))
    state = max(states, key=lambda wage: wage[1]) if states else unknown  # the nation lies in no state
    jobs = float(total.employment)
    growth = 1000 * float(total.employment_change_per_year) / jobs
    line = living_wage if living_wage is not None else desk.settings.living_wage_usd_hour
    return {
        "area_employment": Reference(jobs),
        "area_openings_per_year": Reference(float(total.openings_per_year)),
        "area_growth_pct": Reference(float(total.growth_pct) if area.code == NATION else growth),
        "area_openings_rate_pct": Reference(float(detailed.openings_rate_pct.median())),
        "area_wage_median": Reference(
            hour=float(total.wage_median_usd_hour), year=float(total.wage_median_usd_year)
        ),
        "state_wage_median": Reference(hour=state[0], year=state[1]),
        "nation_wage_median": Reference(hour=nation[0], year=nation[1]),
        "living_wage": Reference(hour=line) if line else Reference(),
    }
