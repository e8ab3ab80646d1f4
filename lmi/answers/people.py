"""Who is missing: shares of groups in an area's occupations, against the baseline that the reader picks."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.analysis import representation as shares
from lmi.answers.desk import Desk
from lmi.answers.options import known
from lmi.answers.ranking import Ranking
from lmi.domain.groups import GROUP_BY_ID, GROUPS
from lmi.domain.requirements import RUNGS
from lmi.domain.selection import Area
from lmi.warehouse import people

FEW_AWARDS = 20  # below it, a share of women among completions says nothing
_FROM_SHARES = (
    "cps_titles", "match", "employed", "group_title", "group_employed",
    *(g.share_field for g in GROUPS), *(f"group_{g.share_field}" for g in GROUPS),
)  # fmt: skip


@dataclass(frozen=True)
class Baseline:
    """What shares are held against. shares: group id -> percent; None where each occupation's own group
    is the reference. margins: 90% margins of error in points, where the publisher gives them."""

    id: str
    name: str
    source_id: str
    period: str
    shares: dict[str, float] | None
    margins: dict[str, float]
    note: str = ""


def baselines(desk: Desk, area: Area) -> dict[str, Baseline]:
    """The baselines that exist for an area, by id: all, group, state and local, in that order."""
    period = desk.sources.set_index("id").period["bls_cps"]
    everyone = {g.id: float(desk.everyone[g.share_field]) for g in GROUPS}
    found = {
        "all": Baseline("all", "All employed, nation", "bls_cps", period, everyone, {}),
        "group": Baseline("group", "The occupation's own group, nation", "bls_cps", period, None, {}),
    }
    states = tuple(code for code in area.state_codes if code in desk.areas)
    if area.type == "nation":
        states = tuple(a.code for a in desk.areas.values() if a.type == "state")
    name = "The states together" if area.type == "nation" else _state_names(desk, states)
    state = _surveyed(desk, states, "state", f"{name}, all employed") if states else None
    local = _surveyed(desk, area.members, "local", f"{area.place}, all employed")
    for extra in (state, None if area.type in {"state", "territory"} else local):
        if extra is not None:
            found[extra.id] = extra
    return found


def _state_names(desk: Desk, states: tuple[str, ...]) -> str:
    names = [desk.areas[code].name for code in states]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _surveyed(desk: Desk, codes: tuple[str, ...], id_: str, name: str) -> Baseline | None:
    """The workforce of areas together, from the newest survey that holds all of them."""
    rows = desk.workforce[desk.workforce.area_code.isin(codes)]
    whole = rows.groupby(["survey_year", "survey"]).area_code.nunique() == len(codes)
    if not len(rows) or not whole.any():
        return None
    year, survey = max(whole[whole].index)
    used = rows[(rows.survey_year == year) & (rows.survey == survey)]
    values: dict[str, float] = {}
    errors: dict[str, float] = {}
    for group, part in used.groupby("group_id"):
        whole_group = len(part) == len(codes) and bool(part.people.notna().all())
        values[str(group)] = float(part.people.sum()) if whole_group else np.nan
        errors[str(group)] = float(np.sqrt((part.people_moe.astype(float) ** 2).sum(min_count=1)))
    told = {g.id: shares.workforce_share(values, errors, g.id) for g in GROUPS}
    return Baseline(
        id_, f"{name}, {year}", "census_acs", f"{survey}, {year}",
        {group: round(share, 1) for group, (share, _) in told.items()},
        {group: margin for group, (_, margin) in told.items()},
    )  # fmt: skip


@dataclass(frozen=True)
class Representation:
    """Occupations of an area with the shares of every group.

    rows: ranking rows plus cps_titles, match, employed, group_title, <group>_pct, group_<group>_pct,
    gap_<group> (points against the baseline) and short_<group> (below it; clearly, by the interval,
    where the baseline is national). baseline: what they are held against.
    """

    area: Area
    baseline: Baseline
    rows: pd.DataFrame

    def of_group(self, group_id: str, in_demand_only: bool = True) -> pd.DataFrame:
        """One group's shares, the widest shortfall first, unpublished ones last; see
        lmi.analysis.representation.against for the columns."""
        group = GROUP_BY_ID[group_id]
        rows = self.rows
        if in_demand_only:
            rows = rows[np.array([value is True for value in rows.in_demand], dtype=bool)]
        base: pd.Series | float = rows[f"group_{group.share_field}"]
        if self.baseline.shares is not None:
            base = self.baseline.shares[group_id]
        out = shares.against(rows, rows[group.share_field], rows.employed, base)
        out["published_for"] = out.cps_titles
        out["group_share_pct"] = out[f"group_{group.share_field}"]
        return out.sort_values(["gap_pp", "soc"], na_position="last").reset_index(drop=True)


def representation(desk: Desk, ranking: Ranking, baseline_id: str = "all") -> Representation:
    """Shares of every group in the ranked occupations. BadInput for an unknown baseline."""
    area = ranking.local.area
    offered = baselines(desk, area)
    baseline = offered[known(baseline_id, list(offered), f"baseline for {area.place}")]
    rows = with_shares(desk, ranking.rows)
    for group in GROUPS:
        base = rows[f"group_{group.share_field}"].astype(float)
        if baseline.shares is not None:
            base = pd.Series(baseline.shares[group.id], index=rows.index)
        held = shares.against(rows, rows[group.share_field], rows.employed, base)
        rows[f"gap_{group.id}"] = held.gap_pp.round(1)
        below = held.gap_pp < 0
        local = baseline.source_id == "census_acs"  # then no interval tells what is clear
        rows[f"short_{group.id}"] = below if local else below & held.clear.astype(bool)
    return Representation(area, baseline, rows)


def with_shares(desk: Desk, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with who works in them, by the CPS row that each occupation belongs to."""
    found = desk.shares[list(_FROM_SHARES)].reindex(rows.soc).reset_index(drop=True)
    kept = rows.reset_index(drop=True)
    return pd.concat([kept, found], axis=1)


def clusters(desk: Desk) -> dict[str, frozenset[str]]:
    """The career clusters with their occupations."""
    found = people.clusters(desk.warehouse)
    return {str(name): frozenset(part.soc) for name, part in found.groupby("career_cluster")}


def ladder(desk: Desk, ranking: Ranking, socs: frozenset[str]) -> pd.DataFrame:
    """Shares along the rungs of typical entry education, over the given occupations published here."""
    rows = ranking.local.detailed
    rows = with_shares(desk, rows[rows.soc.isin(socs)])
    return shares.along(rows, RUNGS, tuple(g.id for g in GROUPS))


def pipeline(found: Representation) -> pd.DataFrame:
    """Women among local completions next to women in the job, for the in-demand occupations with enough
    awards: soc, title, program_pct, job_pct, job_low and job_high (90%), awards; where training lags the job
    most comes first."""
    rows = found.rows[np.array([value is True for value in found.rows.in_demand], dtype=bool)]
    rows = rows[(rows.completions_upper_bound.astype(float) >= FEW_AWARDS) & rows.women_pct.notna()]
    out = rows[["soc", "title", "match", "cps_titles"]].assign(
        program_pct=rows.completions_women_pct.astype(float), job_pct=rows.women_pct.astype(float),
        awards=rows.completions_upper_bound.astype(float),
    )  # fmt: skip
    held = shares.against(rows, rows.women_pct, rows.employed, 0.0)
    out["job_low"], out["job_high"] = held.share_low, held.share_high
    out["ahead"] = out.program_pct - out.job_pct
    return out.sort_values(["ahead", "soc"]).drop(columns="ahead").reset_index(drop=True)
