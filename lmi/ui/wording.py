"""The sentences of the pages, computed from the answers. They claim no more than the figures do."""

import re

import streamlit as st

from lmi.answers.profile import Profile
from lmi.answers.ranking import Ranking
from lmi.domain.caveats import CAVEATS
from lmi.domain.codes import NATION
from lmi.domain.figures import Figure
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count, format_money, format_pct, number
from lmi.ui import address
from lmi.ui.state import View

LABELS = {
    "employment": "Jobs here", "employment_rse_pct": "Relative standard error of jobs",
    "location_quotient": "Location quotient", "wage_rse_pct": "Relative standard error of the mean wage",
    "openings_per_year": "Openings a year", "employment_change_per_year": "of which growth",
    "exits_per_year": "of which labor force exits", "transfers_per_year": "of which occupational transfers",
    "growth_pct": "Projected growth over ten years", "typical_education": "Typical entry education",
    "work_experience": "Work experience in a related occupation",
    "on_the_job_training": "On-the-job training", "job_zone": "O*NET job zone",
    "share_women": "Women, national share", "share_black": "Black or African American, national share",
    "share_asian": "Asian, national share", "share_hispanic": "Hispanic or Latino, national share",
    "completions_per_year": "Completions a year, apportioned",
    "completions_upper_bound": "Completions a year, every program whole",
    "supply_gap": "Supply gap: openings less completions", "supply_ratio": "Completions for each opening",
    "event_jobs_per_year": "Jobs by hiring events, net",
    "openings_with_events": "Openings with hiring events",
}  # fmt: skip
_POINTS = {"mean": "Mean", "p10": "10th percentile", "p25": "25th percentile", "median": "Median",
           "p75": "75th percentile", "p90": "90th percentile"}  # fmt: skip
LABELS |= {
    f"wage_{point}_usd_{per}": f"{words} wage, by the {per}"
    for per in ("hour", "year")
    for point, words in _POINTS.items()
}


def shown(value: object, unit: str) -> str:
    """A value with its unit as people read it; 'not published' for a missing one."""
    if isinstance(value, str):
        return value
    n = number(value)
    if n is None:
        return "not published"
    if unit.startswith("USD"):
        return f"{format_money(n)} {'an hour' if 'hour' in unit else 'a year'}"
    if unit in ("%", "percent"):
        return format_pct(n)
    if unit == "listed":
        return "listed" if n else "not listed"
    return (
        f"{format_count(n)} a year" if "year" in unit else f"{n:,.2f}" if unit == "ratio" else format_count(n)
    )


def shown_figure(figure: Figure) -> str:
    """A figure with its unit; a top-coded wage as '≥'."""
    text = shown(figure.value, figure.unit)
    return f"≥ {text}" if figure.lower_bound else text


def brief(view: View, title: str) -> str:
    """A long SOC title for a sentence: without its exceptions, unless that is another title's name."""
    short = re.split(r",? Except ", title)[0]
    return title if short in view.desk.titles.values() else short


def noun(view: View, count: int) -> str:
    """'38 middle-skill occupations', or '38 occupations' where all skill levels are compared."""
    kind = "occupation" if view.request.skill_rule == "all" else "middle_skill"
    return counted(count, view.word(kind), view.word(f"{kind}s"))


def rule_words(name: str) -> str:
    """'Explorer rule' as it is, another rule's name with 'rule' after it."""
    return name if name.endswith("rule") else f"{name} rule"


def undecided(ranking: Ranking) -> str:
    """How many occupations the rule cannot judge here, because a figure is withheld; '' for none."""
    count = sum(value is None for value in ranking.rows.in_demand)
    return f"; {format_count(count)} cannot be judged" if count else ""


def demand_answer(view: View, ranking: Ranking) -> str:
    """How many meet the rule, and who ranks highest, with ties said."""
    rows = ranking.rows
    if rows.empty:
        return f"No occupation in {view.area.place} matches these filters."
    count = len(ranking.in_demand)
    rule = rule_words(view.desk.demand_rules[view.request.demand_rule].name)
    lead = f"{count} of {noun(view, len(rows))} {'meets' if count == 1 else 'meet'} the {rule}."
    if not count:
        lead = f"None of {noun(view, len(rows))} meets the {rule}."
    complete = rows[rows.rank_note == ""]
    if complete.empty:
        return lead
    first = complete.iloc[0]
    ties = complete[(complete.rank_low <= first.rank_high) & (complete.soc != first.soc)]
    overlap = f"; their range overlaps those of {counted(len(ties), 'other')}" if len(ties) else ""
    name = brief(view, str(first.title))
    if int(first.demand_rank) > 1:
        return f"{lead} Of those with all figures published, {name} rank highest{overlap}."
    return f"{lead} {name} rank first by demand{overlap}."


def why_heading(view: View, ranking: Ranking, soc: str) -> str:
    """The question that the evidence answers."""
    row = ranking.rows[ranking.rows.soc == soc].iloc[0]
    state = {True: "in demand", False: "not in demand"}.get(row.in_demand, "undecided")
    title = str(row.title)
    return f"Why {brief(view, title)} are {state}"


def profile_answer(view: View, profile: Profile) -> str:
    """Jobs, openings and pay in one sentence; what is withheld is said."""
    jobs, openings = profile.value("employment"), profile.value("openings_per_year")
    per = "hour" if profile.row is not None and profile.row.pay_basis == "hour" else "year"
    pay = profile.figures[f"wage_median_usd_{per}"]
    if jobs is None and pay.value is None:
        return f"No figures are published for it in {view.area.place}."
    about = "" if view.area.code == NATION else "about "
    parts = [
        f"{format_count(jobs)} jobs" if jobs is not None else "number of jobs not published",
        f"{about}{format_count(openings, significant=3)} {view.word_inside('openings_a_year')}"
        if openings is not None
        else "openings cannot be estimated",
        f"{view.word_inside('median_pay')} {shown_figure(pay)}"
        if pay.value is not None
        else f"{view.word_inside('median_pay')} not published",
    ]
    sentence = ", ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def profile_selection(view: View, profile: Profile) -> str:
    """What the profile is about, in the words of exports."""
    kind = "" if view.area.type in {"nation", "state", "territory", "nonmetro"} else f" {view.area.kind}"
    period = view.desk.sources.set_index("id").short_title["bls_oews"]
    return f"{profile.title} ({profile.soc}) · {view.area.short_name}{kind} · {period}"


def openings_caveats(view: View) -> list[str]:
    """Caveats of openings, for exports."""
    ids = ["excludes_self_employed", "suppressed_cells", "openings_not_vacancies", "in_demand_not_wioa"]
    if view.area.code == NATION:
        ids.append("nation_universe")
    else:
        ids += ["national_rates", "openings_interval", "national_growth"]
    if view.area.type == "custom":
        ids.append("custom_region")
    return [CAVEATS[i] for i in ids]


def ranking_caveats(view: View) -> list[str]:
    """Caveats of the ranking, for exports."""
    return [*openings_caveats(view), CAVEATS["rank_interval"], CAVEATS["rse_of_mean"]]


def look_wider(view: View, page: str) -> list[tuple[str, str, str]]:
    """The area's states and the nation as links to the same page: (name, address, code)."""
    wider = [c for c in (*view.area.state_codes, NATION) if c != view.area.code and c in view.desk.areas]
    return [(view.desk.areas[code].name, address.link(page, area=code), code) for code in wider]


def nothing_meets(view: View, ranking: Ranking) -> None:
    """An empty result: what, why, and a button that does something about it."""
    rows = ranking.rows
    if rows.empty:
        st.text("The filters leave no occupation.")
        st.button(
            "Reset filters", type="primary", on_click=address.drop,
            args=(("cat", "edu", "pay"), view.audience.defaults),
        )  # fmt: skip
        return
    fails: dict[str, int] = {}
    for soc in rows.soc:
        for item in ranking.evidence(soc):
            fails[str(item["name"])] = fails.get(str(item["name"]), 0) + (item["pass"] is not True)
    worst = max(fails, key=lambda name: fails[name])
    st.text(
        f"The criterion that stops most of them is '{worst}': {fails[worst]} of {len(rows)} do not meet it "
        "or cannot be judged."
    )
    st.button(
        "Use the Explorer rule", on_click=address.put, args=("rules", "explorer"), type="primary",
        disabled=view.request.demand_rule == "explorer",
    )  # fmt: skip
