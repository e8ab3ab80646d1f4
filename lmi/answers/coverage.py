"""Data quality: what share of jobs, awards and institutions the facts reach, and why the rest is missing."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from lmi.answers.desk import Desk
from lmi.warehouse import coverage as facts

AIMS = {"projections": 100.0, "demographics": 95.0, "skills": 94.0, "awards_with_occupation": 96.0}


@dataclass(frozen=True)
class Measure:
    """One measure. reached, of: counts; pct: reached / of; by_employment_pct: the same by the nation's jobs
    (or by awards where `weight` says so). missing: code, name and reason of what is not reached. counted:
    what reached and of count."""

    id: str
    name: str
    reached: int
    of: int
    pct: float
    weighted_pct: float
    weight: str
    missing: pd.DataFrame
    counted: str
    parts: dict[str, dict[str, float]]

    def as_json(self) -> dict[str, Any]:
        """The measure as the command line prints it."""
        missing = [
            {"code": str(r.code), "name": str(r.name), "reason": str(r.reason)}
            for r in self.missing.itertuples(index=False)
        ]
        return {
            "id": self.id, "name": self.name, "reached": self.reached, "of": self.of,
            "by_count_pct": round(self.pct, 2), f"by_{self.weight}_pct": round(self.weighted_pct, 2),
            "aim_pct": AIMS.get(self.id), "parts": self.parts, "missing": missing,
        }  # fmt: skip


def coverage(desk: Desk) -> list[Measure]:
    """How far projections, demographics, skills and programs reach; awards with an occupation;
    institutions placed in areas."""
    jobs = facts.occupations(desk.warehouse)
    release = desk.sources.set_index("id").short_title["onet"]
    own = jobs.match.fillna("none")
    return [
        _of_jobs("projections", "Occupations with projections", jobs, jobs.projected,
                 "BLS publishes no projection under this code."),
        _of_jobs("demographics", "Occupations with published demographics", jobs, jobs.shares_published,
                 _why_no_shares(jobs), _by_match(jobs, own)),
        _of_jobs("skills", "Occupations with rated skills", jobs, jobs.rated, f"Not rated in {release}."),
        _of_jobs("programs", "Occupations that a training program leads to", jobs, jobs.linked,
                 _why_unlinked(jobs)),
        _awards(desk), _institutions(desk),
    ]  # fmt: skip


def _of_jobs(
    id_: str, name: str, jobs: pd.DataFrame, reached: pd.Series, why: pd.Series | str,
    parts: dict[str, dict[str, float]] | None = None,
) -> Measure:  # fmt: skip
    left = jobs[~reached]
    reasons = why if isinstance(why, str) else why[~reached].to_numpy()
    missing = pd.DataFrame({"code": left.soc.to_numpy(), "name": left.title.to_numpy(), "reason": reasons})
    employment = jobs.employment.astype(float)
    return Measure(
        id_, name, int(reached.sum()), len(jobs), 100 * float(reached.mean()),
        100 * float(employment[reached].sum() / employment.sum()), "employment", missing, "occupations",
        parts or {},
    )  # fmt: skip


def _by_match(jobs: pd.DataFrame, match: pd.Series) -> dict[str, dict[str, float]]:
    """Published at the occupation's own level, at a wider one, or not at all; in percent."""
    employment = jobs.employment.astype(float)
    levels = {
        "own": jobs.shares_published & match.isin(["own", "joined"]),
        "wider": jobs.shares_published & (match == "wider"),
        "none": ~jobs.shares_published,
    }
    return {
        name: {
            "by_count_pct": round(100 * float(which.mean()), 2),
            "by_employment_pct": round(100 * float(employment[which].sum() / employment.sum()), 2),
        }
        for name, which in levels.items()
    }


def _why_no_shares(jobs: pd.DataFrame) -> pd.Series:
    withheld = "Fewer than 50,000 people in the CPS row " + jobs.cps_titles.fillna("") + "."
    return withheld.where(jobs.match.notna(), "CPS table 11 has no row for it.")


def _why_unlinked(jobs: pd.DataFrame) -> pd.Series:
    reason = pd.Series("No program of the NCES crosswalk prepares for it directly.", index=jobs.index)
    return reason.mask(
        jobs.teaching, "Postsecondary teachers are told apart: most programs would lead to them."
    )


def _awards(desk: Desk) -> Measure:
    rows = facts.programs(desk.warehouse, desk.award_years[-1])
    left = rows[~rows.linked]
    missing = pd.DataFrame(
        {"code": left.cip.to_numpy(), "name": left.cip_title.to_numpy(),
         "reason": [f"The NCES crosswalk names no occupation; {int(a):,} awards." for a in left.awards]}
    )  # fmt: skip
    awards = rows.awards.astype(float)
    parts = {"teaching_only": rows.teaching_only, "military_only": rows.linked & rows.military_only}
    return Measure(
        "awards_with_occupation", "Programs and awards with an occupation", int(rows.linked.sum()), len(rows),
        100 * float(rows.linked.mean()), 100 * float(awards[rows.linked].sum() / awards.sum()), "awards",
        missing, "programs",
        {
            name: {"by_awards_pct": round(100 * float(awards[which].sum() / awards.sum()), 2)}
            for name, which in parts.items()
        },
    )  # fmt: skip


def _institutions(desk: Desk) -> Measure:
    rows = facts.institutions(desk.warehouse, desk.award_years[-1])
    left = rows[~rows.in_metro]
    awards = rows.awards.astype(float)
    missing = pd.DataFrame(
        {"code": left.unitid.to_numpy(), "name": left.institution_name.fillna(left.unitid).to_numpy(),
         "reason": [_why_outside(row) for row in left.itertuples()]}
    )  # fmt: skip
    state = rows.in_state & rows.in_directory
    return Measure(
        "institutions_in_metros", "Institutions placed in a metropolitan area", int(rows.in_metro.sum()),
        len(rows), 100 * float(rows.in_metro.mean()), 100 * float(awards[rows.in_metro].sum() / awards.sum()),
        "awards", missing, "institutions",
        {"in_a_state_or_territory": {
            "by_count_pct": round(100 * float(state.mean()), 2),
            "by_awards_pct": round(100 * float(awards[state].sum() / awards.sum()), 2)}},
    )  # fmt: skip


def _why_outside(row: Any) -> str:
    if not row.in_directory:
        return "It has left the directory, so its place is not known."
    if row.cbsa_type == "micro":
        return "It lies in a micropolitan area, which OEWS publishes as part of a nonmetropolitan area."
    return "It lies outside metropolitan areas."
