"""What an occupation asks for, and what it would take to come from another one."""

from dataclasses import dataclass

import pandas as pd

from lmi.analysis import skills as analysis
from lmi.answers.desk import Desk
from lmi.warehouse import skills as facts

MOST_COMPARED = 4


@dataclass(frozen=True)
class Skills:
    """Skills, knowledge, technology and reported education of one occupation.

    important: skills and knowledge by importance, at most ten of each kind; distinguishing: those that
    stand out most against all occupations. note: why there are no ratings, or how they were put
    together; '' where they are O*NET's own.
    """

    soc: str
    title: str
    ratings: pd.DataFrame
    important: pd.DataFrame
    distinguishing: pd.DataFrame
    technologies: pd.DataFrame
    education: pd.DataFrame
    note: str

    @property
    def rated(self) -> bool:
        """Whether O*NET rates the occupation's skills."""
        return len(self.ratings) > 0


def skills(desk: Desk, soc: str) -> Skills:
    """Everything O*NET says an occupation asks for."""
    ratings = facts.ratings(desk.warehouse, [soc])
    kinds = [analysis.most_important(ratings, kind) for kind in ("skill", "knowledge")]
    important = pd.concat(kinds, ignore_index=True)
    apart = analysis.most_distinguishing(ratings)
    return Skills(
        soc, desk.titles[soc], ratings, important, apart, facts.technologies(desk.warehouse, soc),
        facts.reported_education(desk.warehouse, soc), _note(desk, ratings),
    )  # fmt: skip


def _note(desk: Desk, ratings: pd.DataFrame) -> str:
    release = desk.sources.set_index("id").short_title["onet"]
    if ratings.empty:
        return f"Not rated in {release}."
    parts, main = int(ratings.rated_parts.max()), bool(ratings.rated_main.all())
    if main and parts == 1:
        return ""
    what = (
        "occupations counted under this code" if main else "finer occupations; the code itself is not rated"
    )
    return f"Mean of {parts} O*NET {what}." if parts > 1 else "From one finer O*NET occupation: a stand-in."


@dataclass(frozen=True)
class Comparison:
    """Up to four occupations side by side. matrix: element_name, kind and importance_<soc> for each
    (missing = not rated). gaps: for every occupation but the first, what a worker of the
    first would have to add; shares: that gap as a share of all the goal asks for, in percent."""

    occupations: tuple[tuple[str, str], ...]
    matrix: pd.DataFrame
    gaps: dict[str, pd.DataFrame]
    shares: dict[str, float]
    unrated: tuple[str, ...]


def compare(desk: Desk, socs: tuple[str, ...], count: int = 14) -> Comparison:
    """Occupations side by side: the elements that matter most to any of them, and the directional gaps."""
    chosen = tuple(dict.fromkeys(socs))[:MOST_COMPARED]
    ratings = facts.ratings(desk.warehouse, chosen)
    wide = ratings.pivot_table(index=["element_name", "kind"], columns="soc", values="importance")
    wide = wide.reindex(columns=list(chosen))
    if len(wide):
        spread = (wide.max(axis=1) - wide.min(axis=1)).fillna(0)
        top = wide.assign(order=wide.max(axis=1) + spread).sort_values("order", ascending=False)
        wide = top.drop(columns="order").head(count)
    rated = [soc for soc in chosen if (ratings.soc == soc).any()]
    start = ratings[ratings.soc == chosen[0]]
    gaps, parts = {}, {}
    for soc in rated if chosen[0] in rated else []:
        if soc != chosen[0]:
            goal = ratings[ratings.soc == soc]
            gaps[soc] = analysis.directional_gap(start, goal)
            parts[soc] = analysis.gap_share(gaps[soc], goal)
    named = tuple((soc, desk.titles[soc]) for soc in chosen)
    wide.columns = pd.Index([f"importance_{soc}" for soc in wide.columns])
    return Comparison(
        named, wide.reset_index(), gaps, parts, tuple(desk.titles[s] for s in chosen if s not in rated)
    )
