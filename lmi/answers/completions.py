"""Awards conferred in an area: in all, by level and by institution; and who the completers are."""

from typing import Any

import pandas as pd

from lmi.answers.desk import Desk
from lmi.answers.supply import why_unplaced
from lmi.domain.awards import AWARD_LEVELS, COMPLETER_LEVELS
from lmi.domain.errors import BadInput
from lmi.domain.selection import Area
from lmi.warehouse import programs

RACES = {
    "hispanic": "Hispanic or Latino", "white": "White", "black": "Black or African American",
    "asian": "Asian", "american_indian": "American Indian or Alaska Native",
    "pacific_islander": "Native Hawaiian or Pacific Islander", "two_or_more": "Two or more races",
    "nonresident": "US nonresident", "race_unknown": "Not known",
}  # fmt: skip


def members_placed(desk: Desk, area: Area) -> list[str]:
    """The published areas behind an area in which institutions can be placed; BadInput if none."""
    members = [code for code in area.members if code in desk.placed_areas]
    if not members:
        raise BadInput(
            f"No completions for {area.name}.", why_unplaced(area), "Ask for the state or the nation."
        )
    return members


def cips_of(desk: Desk, text: str) -> tuple[str, ...]:
    """The six-digit programs that a code means: 51.3801, 513801, or a group: 51.38, 51. BadInput for none."""
    digits = text.strip().replace(".", "")
    wanted = digits if len(digits) <= 2 else f"{digits[:2]}.{digits[2:]}"
    found = tuple(c for c in desk.program_titles if digits.isdigit() and c.startswith(wanted))
    if len(digits) in {2, 4, 6} and found:
        return found
    near = [c for c in desk.program_titles if c.startswith(wanted[:2])][:3] or ["51.3801"]
    raise BadInput(
        f"No program '{text.strip()[:30]}'.",
        "Nearest: " + "; ".join(f"{c} {desk.program_titles[c]}" for c in near) + ".",
        "Use a CIP 2020 code of six digits such as 51.3801, or of four or two for a whole group.",
    )


def year_of(desk: Desk, text: str) -> int:
    """A year of the completions, the newest for ''; BadInput lists them."""
    years = {str(year): year for year in desk.award_years}
    if not text:
        return desk.award_years[-1]
    if text.strip() not in years:
        raise BadInput(
            f"No completions of '{text.strip()[:20]}'.", f"Years: {', '.join(years)}.", "Choose one of them."
        )
    return years[text.strip()]


def completions(desk: Desk, area: Area, cip: str = "", year: str = "") -> dict[str, Any]:
    """Awards of one year: awards_total, men, women, by_award_level[] and by_institution[]."""
    members, when = members_placed(desk, area), year_of(desk, year)
    cips = cips_of(desk, cip) if cip else None
    rows = programs.by_institution(desk.warehouse, members, when, cips)
    counts = rows[["awards", "men", "women"]].astype(int)
    by_level = counts.awards.groupby(rows.award_level).sum()
    named = rows.institution_name.where(rows.institution_name.notna(), rows.unitid)
    places = pd.concat([rows.unitid, named.rename("name"), counts], axis=1)
    places = places.groupby(["unitid", "name"], as_index=False)[["awards", "men", "women"]].sum()
    places = places.sort_values(["awards", "unitid"], ascending=[False, True])
    return {
        "area": {"code": area.code, "name": area.name, "type": area.type},
        "year": when,
        "cip": cip or None,
        "awards_total": int(counts.awards.sum()),
        "men": int(counts.men.sum()),
        "women": int(counts.women.sum()),
        "by_award_level": [
            {"level": int(x.code), "label": x.label, "awards": int(by_level[x.code])}
            for x in AWARD_LEVELS
            if x.code in by_level.index
        ],
        "by_institution": [
            {"unitid": str(r.unitid), "name": str(r.name), "awards": int(r.awards), "women": int(r.women)}
            for r in places.itertuples(index=False)
        ],
    }  # fmt: skip


def completers(desk: Desk, area: Area, levels: tuple[str, ...]) -> pd.DataFrame:
    """Completers of the newest year by institution and level (codes of COMPLETER_LEVELS): unitid,
    institution_name, completer_level, level, completers, men, women and the columns of RACES."""
    rows = programs.completers(desk.warehouse, members_placed(desk, area), desk.award_years[-1])
    rows = rows[rows.completer_level.isin(levels)]
    return rows.assign(level=rows.completer_level.map(COMPLETER_LEVELS)).reset_index(drop=True)


def by_race(rows: pd.DataFrame) -> pd.DataFrame:
    """Completers added up by race and ethnicity, in the publisher's groups: group, people, share_pct."""
    total = float(rows.completers.sum())
    people = [float(rows[column].sum()) for column in RACES]
    shares = [100 * count / total if total else float("nan") for count in people]
    return pd.DataFrame({"group": list(RACES.values()), "people": people, "share_pct": shares})
