"""The sentences of the Training page. They claim no more than the figures do."""

import pandas as pd

from lmi.analysis.supply import CONSERVING
from lmi.answers.ranking import Ranking
from lmi.answers.supply import Supply
from lmi.answers.training import Training
from lmi.domain.awards import levels_in_words
from lmi.domain.caveats import CAVEATS
from lmi.domain.codes import NATION
from lmi.domain.requirements import EDUCATION
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count, format_pct
from lmi.ui import address
from lmi.ui.state import View
from lmi.ui.wording import brief

FEW = 0.5  # awards per opening: below it, fewer than half as many awards as openings
LIMITS = {
    "none": "At least as many awards as openings",
    "seats": "The limit seems to be seats",
    "finishers": "The limit seems to be finishers",
    "applicants": "The limit seems to be applicants",
    "admission": "Applicants are there, seats stay empty",
    "empty": "Seats are not the limit",
    "unknown": "It cannot be told yet",
    "no_program": "No program leads to it here",
}
PROXY = "seats are not known here, so the five-year peak stands for them"


def told(ranking: Ranking) -> pd.DataFrame:
    """In-demand occupations for which both openings and completions can be told."""
    rows = ranking.in_demand
    return rows[rows.has_program.astype(bool) & rows.openings_per_year.notna()]


def answer(view: View, ranking: Ranking) -> str:
    """How many awards for how many openings, and in how many occupations they are few."""
    rows = told(ranking)
    if ranking.supply.reason:
        return ranking.supply.reason
    if rows.empty:
        return f"No occupation in demand in {view.area.place} has a training program that leads to it."
    finish = float(rows.completions_per_year.sum())
    openings = float(rows.openings_per_year.sum())
    few = int((rows.supply_ratio.astype(float) < FEW).sum())
    whole = ranking.supply.method not in CONSERVING
    amount = f"{format_count(finish, significant=2)} awards"
    amount = f"At most {amount}, each program counted whole," if whole else f"About {amount}"
    kinds = counted(len(rows), view.word("occupation"), view.word("occupations"))
    return (
        f"{amount} for {format_count(openings, significant=3)} {view.word_inside('openings_a_year')} in "
        f"{kinds} in demand; in {few} fewer than half as many awards as openings."
    )


def selection(view: View, supply: Supply) -> str:
    """The selection with the award levels and the year of the completions."""
    return view.sentence(f"{levels_in_words(supply.levels)}, {supply.year}")


def tiles(view: View, ranking: Ranking) -> list[tuple[str, str, str]]:
    """Openings, completions, and where no program is."""
    rows = told(ranking)
    openings, finish = float(rows.openings_per_year.sum()), float(rows.completions_per_year.sum())
    none = ranking.in_demand[~ranking.in_demand.has_program.astype(bool)]
    silent = rows[rows.completions_upper_bound.astype(float) == 0]
    ratio = finish / openings if openings else float("nan")
    split = ranking.supply.method in CONSERVING
    basis, word = "published" if view.area.code == NATION else "estimated", view.word
    return [
        (word("openings_a_year"), format_count(openings, significant=3),
         f"{basis}; not all need a new graduate"),
        (word("completions"), format_count(finish, significant=3),
         f"awards, July {ranking.supply.year - 1}–June {ranking.supply.year}, "
         + ("apportioned" if split else "graduates counted several times")),
        (word("per_opening"), "–" if ratio != ratio else f"{ratio:.2f}", "completions ÷ openings, together"),
        (word("none_reported"), format_count(len(silent)),
         f"of those with a program; {len(none)} {'has' if len(none) == 1 else 'have'} none anywhere"),
    ]  # fmt: skip


def widest(view: View, ranking: Ranking, count: int = 6) -> list[tuple[str, str, str]]:
    """The widest gaps among in-demand occupations: (title, link, figure)."""
    rows = told(ranking).sort_values(["supply_gap", "soc"], ascending=[False, True]).head(count)
    return [
        (
            brief(view, str(row.title))
            + _on_the_job(str(row.typical_education), str(row.on_the_job_training)),
            address.link("training", soc=str(row.soc)),
            f"{format_count(row.completions_per_year, significant=2)} for "
            f"{format_count(row.openings_per_year, significant=2)}",
        )
        for row in rows.itertuples()
    ]


def _on_the_job(education: str, training: str) -> str:
    """A mark for occupations that are typically entered without a program and learned on the job."""
    return " *" if education in EDUCATION[:2] and training not in ("None", "Apprenticeship") else ""


def totals(view: View, supply: Supply) -> list[tuple[str, str, str]]:
    """The totals, reconciled: what, how many, what it means."""
    t = supply.totals
    whole = t["completions_sum"] / t["awards_to_occupations"] if t["awards_to_occupations"] else float("nan")
    handed = (
        "each graduate once"
        if supply.method in CONSERVING
        else f"each graduate {whole:.1f} times: an upper bound that must not be added up"
    )
    return [
        (f"Awards in {view.area.place}", _n(t["awards_total"]), levels_in_words(supply.levels)),
        ("= of programs that lead to an occupation", _n(t["awards_to_occupations"]), "NCES crosswalk"),
        ("+ of programs that lead to postsecondary teaching only", _n(t["awards_teaching_only"]),
         "liberal arts above all; told apart"),
        ("+ of programs without a civilian occupation", _n(t["awards_without_occupation"]), ""),
        ("Handed to occupations", _n(t["completions_sum"]), handed),
        ("  of which openings can be told here", _n(t["completions_where_openings_are_told"]), ""),
        ("  of which openings are not published here", _n(t["completions_where_openings_are_not_told"]), ""),
        ("Openings a year, all occupations told", _n(t["openings_total"]), ""),
        ("= in occupations that a program leads to", _n(t["openings_with_program"]), ""),
        ("+ of postsecondary teachers", _n(t["openings_of_teachers"]), "told apart"),
        ("+ in occupations without a program", _n(t["openings_without_program"]), ""),
    ]  # fmt: skip


def _n(value: float) -> str:
    return format_count(round(value))


def limit_heading(found: Training) -> str:
    """The answer to: seats, finishers or applicants?"""
    words = LIMITS[found.limit.kind]
    return f"{words}: {PROXY}" if found.limit.proxy else words


def limit_note(found: Training) -> str:
    """Why, and what would tell it better."""
    text = found.limit.why.rstrip(".") + "."
    if not len(found.entries):
        text += " Nobody has entered seats for it here. " + CAVEATS["capacity_proxy"]
    return text


def levels(found: Training) -> str:
    """The award levels counted, in words."""
    return levels_in_words(found.levels)


def women(found: Training) -> str:
    """Women's share of the newest completions."""
    women, awards = found.women
    if not awards:
        return f"No awards were reported in {found.latest}."
    return f"Women received {format_pct(100 * women / awards)} of its {format_count(awards)} awards."


def caveats() -> list[str]:
    """What completions can and cannot say."""
    ids = ("apportioned", "first_majors", "ipeds_provisional", "reporting_office", "outside_ipeds",
           "graduates_move", "openings_not_vacancies", "national_rates")  # fmt: skip
    return [CAVEATS[i] for i in ids]


def program_caveats() -> list[str]:
    """What the figures of single programs can and cannot say."""
    ids = ("first_majors", "ipeds_provisional", "ipeds_sex", "reporting_office", "outside_ipeds",
           "scorecard_national")  # fmt: skip
    return [CAVEATS[i] for i in ids]
