"""Openings against completions in one area: apportioned by the chosen method, with reconciled totals."""

from dataclasses import dataclass

import pandas as pd

from lmi.analysis import supply as apportioning
from lmi.analysis.supply import METHODS, Flows
from lmi.answers.desk import Desk
from lmi.answers.local import Local
from lmi.answers.options import known
from lmi.domain.awards import EVERY_LEVEL, SUB_BACCALAUREATE
from lmi.domain.codes import NATION
from lmi.domain.selection import Area
from lmi.warehouse import programs

COLUMNS = (
    "completions_per_year", "completions_upper_bound", "completions_women_pct", "programs", "has_program",
    "supply_gap", "supply_ratio",
)  # fmt: skip
LEVEL_SETS: dict[str, tuple[str, ...]] = {"sub": SUB_BACCALAUREATE, "all": EVERY_LEVEL}


@dataclass(frozen=True)
class Supply:
    """Completions of an area's programs over its occupations.

    levels: award levels counted. year: in which the academic year ends. rows: one row per occupation
    that has openings here or gets graduates: soc, title, openings_per_year (missing where it cannot be
    told) and COLUMNS. flows: which program's graduates went where; None where institutions cannot be
    placed, for the reason given. unplaced: members of a custom region that have no completions.
    """

    area: Area
    method: str
    levels: tuple[str, ...]
    year: int
    rows: pd.DataFrame
    flows: Flows | None
    reason: str
    unplaced: tuple[str, ...]

    @property
    def totals(self) -> dict[str, float]:
        """What was counted, and where it went; awards_total = the three parts that follow it."""
        if self.flows is None:
            return {}
        rows, flows = self.rows, self.flows
        teaching = rows.soc.str.startswith("25-1")
        told = rows.openings_per_year.notna()
        given = float(rows.completions_per_year.sum())
        return {
            "awards_total": flows.awards_total,
            "awards_to_occupations": flows.awards_linked,
            "awards_teaching_only": flows.awards_teaching,
            "awards_without_occupation": flows.awards_unlinked,
            "completions_sum": round(given, 6),
            "completions_where_openings_are_told": round(float(rows.completions_per_year[told].sum()), 6),
            "completions_where_openings_are_not_told": round(
                float(rows.completions_per_year[~told].sum()), 6
            ),
            "openings_total": round(float(rows.openings_per_year.sum()), 1),
            "openings_with_program": round(float(rows.openings_per_year[rows.has_program].sum()), 1),
            "openings_of_teachers": round(float(rows.openings_per_year[teaching].sum()), 1),
            "openings_without_program": round(
                float(rows.openings_per_year[~rows.has_program & ~teaching].sum()), 1
            ),
        }


def levels_of(skill_rule: str, chosen: str = "") -> tuple[str, ...]:
    """The award levels that count: those chosen ('sub', 'all'), else those of the skill rule's band."""
    if chosen:
        return LEVEL_SETS[known(chosen, list(LEVEL_SETS), "set of award levels")]
    return EVERY_LEVEL if skill_rule == "all" else SUB_BACCALAUREATE


def supply(
    desk: Desk, here: Local, method: str = "graduates", levels: tuple[str, ...] = EVERY_LEVEL
) -> Supply:
    """Completions of the newest year over the occupations of an area. BadInput for an unknown method."""
    known(method, list(METHODS), "method")
    area, year = here.area, desk.award_years[-1]
    local = here.detailed[["soc", "title", "openings_per_year"]]
    members = [code for code in area.members if code in desk.placed_areas]
    unplaced = tuple(code for code in area.members if code not in desk.placed_areas)
    if not members:
        empty = local.assign(**dict.fromkeys(COLUMNS, float("nan")))
        empty["has_program"] = False
        return Supply(area, method, levels, year, empty, None, why_unplaced(area), unplaced)
    conferred = programs.awards(desk.warehouse, members, [year], levels)
    weights = apportioning.expected_openings(
        desk.links.socs, local, desk.projected, float(here.total.employment) / desk.jobs[NATION]
    )
    flows = apportioning.apportion(conferred, desk.links, weights, method)
    supplied = apportioning.per_occupation(flows)
    elsewhere = supplied.soc[~supplied.soc.isin(local.soc)]
    unlisted = pd.DataFrame({"soc": elsewhere, "openings_per_year": float("nan")})
    if area.code == NATION:  # projected, though OEWS has no jobs for them
        unlisted = desk.projected[~desk.projected.soc.isin(local.soc)]
    unlisted = unlisted.assign(title=[desk.titles[soc] for soc in unlisted.soc])
    everyone = pd.concat([local, unlisted], ignore_index=True) if len(unlisted) else local
    rows = apportioning.balance(everyone, supplied)
    return Supply(area, method, levels, year, rows, flows, "", unplaced)


def why_unplaced(area: Area) -> str:
    """Why an area has no completions."""
    return (
        f"Institutions cannot be placed in {area.place}: the counties of nonmetropolitan areas are not in "
        "the bundled data. Choose the state."
        if area.type == "nonmetro"
        else f"No institution of the directory lies in {area.place}."
    )
