"""Figures of a profile that come from people and programs: shares of groups, completions, the supply gap."""

import pandas as pd

from lmi.analysis.supply import METHODS
from lmi.answers.desk import Desk
from lmi.answers.options import known
from lmi.answers.people import Baseline, baselines
from lmi.answers.supply import Supply
from lmi.domain.awards import levels_in_words
from lmi.domain.figures import Figure
from lmi.domain.groups import GROUPS, Group
from lmi.domain.selection import Area

_OWN = {"own": "", "joined": "Mean of the CPS rows named, weighted by people employed.",
        "wider": "The CPS row is wider than the occupation."}  # fmt: skip


def share_figures(desk: Desk, soc: str, area: Area, baseline_id: str = "all") -> dict[str, Figure]:
    """share_women, share_black, share_asian, share_hispanic: national shares against a baseline.

    A share below the publisher's limit is None; its note then offers the figure of its group.
    """
    offered = baselines(desk, area)
    baseline = offered[known(baseline_id, list(offered), f"baseline for {area.place}")]
    row = desk.shares.loc[soc] if soc in desk.shares.index else None
    return {f"share_{group.id}": _share(desk, group, row, baseline, soc) for group in GROUPS}


def _share(desk: Desk, group: Group, row: pd.Series | None, baseline: Baseline, soc: str) -> Figure:
    source = desk.sources.set_index("id").loc["bls_cps"]
    value = _number(row[group.share_field]) if row is not None else None
    wider = _number(row[f"group_{group.share_field}"]) if row is not None else None
    base = wider if baseline.shares is None else _number(baseline.shares[group.id])
    told = value is not None and base is not None
    gap = round(value - base, 1) if value is not None and base is not None else None
    parity = round(value / base, 3) if value is not None and base else None
    extra = {
        "published_for": None if row is None else row.cps_titles,
        "match": None if row is None else row["match"],
        "baseline": None if base is None else round(base, 1), "baseline_name": baseline.name,
        "baseline_source": baseline.source_id,
        "gap_pp": gap if told else None, "parity": parity,
        "group": None if row is None else row.group_title,
        "group_share": None if wider is None else round(wider, 1),
    }  # fmt: skip
    joined = row is not None and row["match"] == "joined"
    return Figure(
        f"share_{group.id}", None if value is None else round(value, 1), "percent",
        "estimated" if joined else "published", source.short_title, source.period, "United States",
        _share_note(row, value, wider, soc), extra=extra,
    )  # fmt: skip


def _share_note(row: pd.Series | None, value: float | None, wider: float | None, soc: str) -> str:
    if row is None:
        return "No CPS row belongs to this code." if soc.endswith("0") else "CPS has no row for it."
    if value is not None:
        named = "" if row["match"] == "own" else f" Published for: {row.cps_titles}."
        return f"{_OWN[row['match']]}{named} The nation's share; no local one is published.".strip()
    group = "" if wider is None else f" Its group, {row.group_title}: {wider:.1f}%."
    return f"Not published: fewer than 50,000 people in {row.cps_titles}.{group}"


def supply_figures(desk: Desk, soc: str, found: Supply) -> dict[str, Figure]:
    """completions_per_year, completions_upper_bound, supply_gap and supply_ratio of one occupation."""
    rows = found.rows[found.rows.soc == soc]
    row = rows.iloc[0] if len(rows) else None
    has_program = row is not None and bool(row.has_program)
    levels = levels_in_words(found.levels)
    reason = found.reason or ("" if has_program else _why_none(soc))
    sources = desk.sources.set_index("id")
    source = f"{sources.short_title['nces_ipeds']}; {sources.short_title['nces_cip_soc']}"
    extra = {"award_levels": levels, "method": METHODS[found.method], "year": found.year}
    period = f"July {found.year - 1}–June {found.year}"

    def figure(name: str, unit: str, digits: int, note: str, gap: bool = False) -> Figure:
        value = _number(row[name]) if row is not None and has_program else None
        if value is None:
            note = reason or "Openings cannot be told here, so there is no gap."
        elif found.unplaced:
            note = f"At least: institutions cannot be placed in {', '.join(found.unplaced)}. {note}"
        both = f"{sources.short_title['bls_oews']}; {sources.short_title['bls_ep']}; {source}"
        return Figure(
            name, None if value is None else round(value, digits), unit, "estimated", both if gap else source,
            period, found.area.name, note.strip(), extra=extra,
        )  # fmt: skip

    split = f"{METHODS[found.method].capitalize()}; {levels}; first majors."
    whole = f"Every graduate counted for each occupation a program leads to: an upper bound; {levels}."
    return {
        "completions_per_year": figure("completions_per_year", "awards / year", 1, split),
        "completions_upper_bound": figure("completions_upper_bound", "awards / year", 0, whole),
        "supply_gap": figure("supply_gap", "people / year", 1, f"Openings less completions. {split}", True),
        "supply_ratio": figure("supply_ratio", "ratio", 3, f"Completions over openings. {split}", True),
    }


def _why_none(soc: str) -> str:
    if soc.startswith("25-1"):
        return "Postsecondary teachers are told apart: most programs would lead to them."
    if soc.endswith("0000"):
        return "Programs lead to single occupations, not to groups."
    return "No training program leads to it directly (NCES crosswalk)."


def _number(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)  # type: ignore[arg-type]
