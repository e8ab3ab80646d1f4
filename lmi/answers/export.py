"""Answers as JSON-ready structures and as plain text for a terminal."""

from typing import Any

import numpy as np
import pandas as pd

from lmi.answers.profile import Profile
from lmi.answers.ranking import Ranking

COMPONENTS = ("openings", "growth", "wage", "concentration")


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
        "area": {"code": area.code, "name": area.name, "type": area.type},
        "skill": profile.skill,
        "facts": facts,
    }


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
        "note": row.rank_note, "criteria": criteria,
    }  # fmt: skip


def plain(value: Any, digits: int | None = None) -> Any:
    """A cell as JSON takes it: missing as None, whole numbers as int."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, float | np.floating):
        number = float(value) if digits is None else round(float(value), digits)
        return int(number) if number.is_integer() else number
    return value


def as_text(answer: Any) -> str:
    """Plain lines for a terminal: a table for a list, name and value for a mapping."""
    if isinstance(answer, list):
        flat = [{k: v for k, v in row.items() if not isinstance(v, list | dict)} for row in answer]
        return (pd.DataFrame(flat).to_string(index=False, na_rep="–") if flat else "nothing found") + "\n"
    lines = [f"{answer['title']} ({answer['soc']}), {answer['area']['name']}"]
    for name, fact in answer["facts"].items():
        value = "not published" if fact["value"] is None else fact["value"]
        shown = f"{value:,}" if isinstance(value, int | float) else value
        lines.append(
            f"  {name:28} {shown} {fact['unit']} · {fact['basis']} · {fact['source']} {fact['note']}"
        )
    return "\n".join(lines) + "\n"
