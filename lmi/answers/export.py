"""Answers as JSON-ready structures and as plain text for a terminal."""

from typing import Any

import numpy as np
import pandas as pd

from lmi.analysis.supply import CONSERVING, METHODS
from lmi.answers.people import Representation
from lmi.answers.profile import Profile
from lmi.answers.ranking import Ranking
from lmi.answers.skills import Skills
from lmi.answers.supply import Supply
from lmi.answers.training import Training
from lmi.domain.awards import levels_in_words
from lmi.domain.selection import Area

COMPONENTS = ("openings", "growth", "wage", "concentration", "gap")


def profile_json(profile: Profile) -> dict[str, Any]:
    """soc, title, area, skill and facts, as `occupation --json` prints them."""
    facts = {}
    for name, figure in profile.figures.items():
        facts[name] = figure.as_json() | ({"at_least": True} if figure.lower_bound else {})
    area = profile.area
    return {
        "soc": profile.soc,
        "title": profile.title,
        "level": profile.level,
        "area": _area(area),
        "skill": profile.skill,
        "facts": facts,
        "skills": _skills(profile.skills),
        "skills_note": profile.skills.note,
        "technologies": [
            {"name": t.technology, "category": t.commodity_title, "hot": bool(t.hot_technology),
             "in_demand": bool(t.in_demand_technology)}
            for t in profile.skills.technologies.itertuples()
        ],
        "education_reported": [
            {"level": e.category_label, "share_pct": plain(e.share_pct, 2)}
            for e in profile.skills.education.itertuples()
        ],
    }  # fmt: skip


def _skills(found: Skills) -> list[dict[str, Any]]:
    """Skills and knowledge, the most important first, with how far each stands out."""
    apart = set(found.distinguishing.element_id)
    rows = found.important.sort_values(["importance", "element_name"], ascending=[False, True])
    return [
        {"name": r.element_name, "kind": r.kind, "importance": plain(r.importance, 2),
         "level": plain(r.level, 2), "mean_importance": plain(r.mean_importance, 2),
         "distinct_sd": plain(r.distinct_sd, 2), "distinguishing": r.element_id in apart}
        for r in rows.itertuples()
    ]  # fmt: skip


def programs_json(found: Training) -> list[dict[str, Any]]:
    """The programs that lead to an occupation here, as `occupation --json` prints them: largest first."""
    out: dict[str, dict[str, Any]] = {
        cip: {"cip": cip, "title": title, "year": found.latest, "awards": 0, "women": 0, "institutions": {}}
        for cip, title in found.program_titles.items()
    }
    for offer in found.offers[found.offers.awards > 0].itertuples():
        program = out[str(offer.cip)]
        program["awards"] += int(offer.awards)
        program["women"] += int(offer.women)
        who = (str(offer.unitid), str(offer.institution_name))
        program["institutions"][who] = program["institutions"].get(who, 0) + int(offer.awards)
    for program in out.values():
        places = sorted(program["institutions"].items(), key=lambda item: (-item[1], item[0]))
        program["institutions"] = [{"unitid": u, "name": n, "awards": a} for (u, n), a in places]
        if not found.placed:  # not none: not known
            program |= {"awards": None, "women": None}
    return sorted(out.values(), key=lambda program: (-(program["awards"] or 0), program["cip"]))


def gaps_json(found: Representation, group: str, in_demand_only: bool) -> dict[str, Any]:
    """One group's shares against the baseline, as `gaps --json` prints them; the widest shortfall first."""
    rows = found.of_group(group, in_demand_only)
    base = found.baseline
    listed = [
        {"soc": r.soc, "title": r.title, "in_demand": r.in_demand, "employment": plain(r.employment),
         "share_pct": plain(r.share_pct, 1), "unit": "percent", "published_for": plain(r.published_for),
         "match": plain(r.match), "baseline_pct": plain(r.baseline_pct, 1), "gap_pp": plain(r.gap_pp, 1),
         "parity": plain(r.parity, 3), "people_short": plain(r.people_short, 0),
         "interval_90": [plain(r.share_low, 1), plain(r.share_high, 1)], "clear": bool(r.clear),
         "group": plain(r.group_title), "group_share_pct": plain(r.group_share_pct, 1),
         "note": "" if r.share_pct == r.share_pct else "Not published: fewer than 50,000 people."}
        for r in rows.itertuples()
    ]  # fmt: skip
    return {
        "area": _area(found.area), "group": group,
        "baseline": {"id": base.id, "name": base.name, "period": base.period,
                     "share_pct": None if base.shares is None else plain(base.shares[group], 1)},
        "basis": {"share_pct": "published, national", "people_short": "estimated"},
        "occupations": listed,
    }  # fmt: skip


def supply_json(found: Supply) -> dict[str, Any]:
    """Openings against completions with the reconciled totals, as `supply --json` prints them."""
    rows = found.rows[found.rows.has_program | found.rows.openings_per_year.notna()]
    rows = rows.sort_values(["supply_gap", "soc"], ascending=[False, True], na_position="last")
    return {
        "area": _area(found.area), "year": found.year, "method": found.method,
        "method_name": METHODS[found.method], "award_levels": levels_in_words(found.levels),
        "conserves": found.method in CONSERVING, "totals": found.totals, "note": found.reason,
        "occupations": [
            {"soc": r.soc, "title": r.title, "openings_per_year": plain(r.openings_per_year, 1),
             "completions_per_year": plain(r.completions_per_year, 4),
             "completions_upper_bound": plain(r.completions_upper_bound, 0),
             "supply_gap": plain(r.supply_gap, 1), "supply_ratio": plain(r.supply_ratio, 3),
             "has_program": bool(r.has_program)}
            for r in rows.itertuples()
        ],
    }  # fmt: skip


def _area(area: Area) -> dict[str, str]:
    return {"code": area.code, "name": area.name, "type": area.type}


def ranking_json(ranking: Ranking, limit: int = 0) -> list[dict[str, Any]]:
    """The ranked occupations, as `rank --json` prints them; limit 0 = all."""
    rows = ranking.rows.head(limit) if limit else ranking.rows
    return [_ranked(ranking, row) for _, row in rows.iterrows()]


def _ranked(ranking: Ranking, row: pd.Series) -> dict[str, Any]:
    criteria = [
        {key: item[key] for key in ("name", "op", "threshold", "value", "unit", "pass", "year", "source")}
        for item in ranking.evidence(row.soc)
    ]
    return {
        "rank": int(row.demand_rank), "rank_low": int(row.rank_low), "rank_high": int(row.rank_high),
        "soc": row.soc, "title": row.title, "demand_score": round(float(row.demand_score), 4),
        "in_demand": row.in_demand,
        "employment": plain(row.employment), "openings_per_year": plain(row.openings_per_year, 1),
        "openings_basis": row.openings_basis, "growth_pct": plain(row.growth_pct),
        "wage_median_usd_year": plain(row.wage_median_usd_year),
        "location_quotient": plain(row.location_quotient),
        "components": {c: plain(row[f"pct_{c}"], 4) for c in COMPONENTS if f"pct_{c}" in row.index},
        "completions_per_year": plain(row.completions_per_year, 1),
        "supply_gap": plain(row.supply_gap, 1), "supply_ratio": plain(row.supply_ratio, 3),
        "event_jobs_per_year": plain(row.event_jobs_per_year, 1),
        "openings_with_events": None if pd.isna(row.event_jobs_per_year)
        else plain(row.openings_with_events, 1),
        "employers_critical": plain(row.employers_critical),
        "note": " ".join(part for part in (row.rank_note, row.rank_aside) if part), "criteria": criteria,
    }  # fmt: skip


def plain(value: Any, digits: int | None = None) -> Any:
    """A cell as JSON takes it: missing as None, whole numbers as int."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        number = float(value) if digits is None else round(float(value), digits)
        return int(number) if number.is_integer() else number
    return value


def as_text(answer: Any) -> str:
    """Plain lines for a terminal: a table for a list, name and value for a mapping, a profile by figures."""
    if isinstance(answer, list):
        flat = [{k: v for k, v in row.items() if not isinstance(v, list | dict)} for row in answer]
        return (pd.DataFrame(flat).to_string(index=False, na_rep="–") if flat else "nothing found") + "\n"
    if "facts" not in answer:
        return "".join(_part_as_text(name, value) for name, value in answer.items())
    lines = [f"{answer['title']} ({answer['soc']}), {answer['area']['name']}"]
    for name, fact in answer["facts"].items():
        value = "not published" if fact["value"] is None else fact["value"]
        shown = f"{value:,}" if isinstance(value, int | float) else value
        lines.append(
            f"  {name:28} {shown} {fact['unit']} · {fact['basis']} · {fact['source']} {fact['note']}"
        )
    return "\n".join(lines) + "\n"


def _part_as_text(name: str, value: Any) -> str:
    """One part of an answer: its lists as tables, its mappings as lines."""
    if isinstance(value, list):
        return f"\n{name}\n{as_text(value)}"
    if isinstance(value, dict):
        inner = "; ".join(f"{k} {v}" for k, v in value.items() if v is not None)
        return f"{name}: {inner}\n"
    return f"{name}: {'–' if value is None else value}\n"
