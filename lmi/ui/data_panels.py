"""The parts of the Data and methods page."""

import streamlit as st

from lmi.domain.caveats import CAVEATS
from lmi.domain.codes import NATION
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count
from lmi.ui import loaders, pictures
from lmi.ui.state import View
from lmi.ui.widgets import blocks, chart_block, heading, note

EXAMPLE = "47-2111"  # electricians: published in most areas
LIMITS = (
    "excludes_self_employed", "three_year_pool", "suppressed_cells", "openings_not_vacancies",
    "national_rates", "nation_universe", "openings_interval", "national_growth",
    "rank_interval", "rse_of_mean", "typical_education",
    "in_demand_not_wioa", "boundaries_simplified", "cpi_2025_eleven_months", "at_least",
    "national_shares", "groups_overlap", "cps_sampling", "cps_universe", "cps_2025_eleven_months", "acs_2018",
    "first_majors", "ipeds_provisional", "ipeds_sex", "reporting_office", "outside_ipeds", "graduates_move",
    "apportioned", "scorecard_national", "race_by_institution", "capacity_proxy", "analyst_ratings",
    "events_announced", "events_beside", "postings_indeed", "postings_revised", "postings_metros",
    "indeed_sectors", "posted_pay", "bls_monthly",
)  # fmt: skip

FORMULAS = (
    "Representation: gap = share in the occupation − baseline, in percentage points; parity = share ÷ "
    "baseline; people short of parity = jobs here × the gap. An occupation belongs to the CPS row that holds "
    "it; a wider row is named; a combined occupation takes the mean of its rows, weighted by people.",
    "Supply: a program's graduates are split over its occupations by their openings here (graduates split); "
    "or an occupation's openings over its programs by their graduates, and graduates follow (openings "
    "split); or every program counts whole for each occupation, an upper bound. Gap = openings − "
    "completions; ratio = completions ÷ openings. Where openings cannot be told here, the nation's at this "
    "area's share of all jobs stand for them in the split. Postsecondary teachers are told apart.",
    "Skills: importance and level as O*NET rates them; distinguishing = importance of 3 or more and at least "
    "one standard deviation above the mean of all occupations; directional skill gap = Σ importance in the "
    "goal × the levels to be added.",
    "Pathways: pay ratio = median pay of the goal ÷ median pay of the start, both here (both of the nation "
    "where one is not published here). Skill similarity = cosine of O*NET's importance × level; the cut is "
    "the mean less one standard deviation over pairs inside one SOC minor group. A move is an advance if it "
    "pays at least as much and asks for more preparation, or pays 10% more; sideways if it pays less; a leap "
    "if skills are below the cut or it climbs two job zones. A pathway is in demand if all its target jobs "
    "are.",
    "Hiring events: jobs counted a year = jobs × sign × weight of the status × the part of the phase-in "
    "within the window × 12 ÷ months of the window; they go to the occupations that the notice names, else "
    "by the national staffing pattern of the industry (share = its jobs ÷ the industry's). Openings with "
    "events = openings + what of the net jobs goes beyond the projected growth or decline. A layer "
    "beside the openings, which stay as they are.",
    "Signals: the change of a daily index compares the newest value with that of the same day three and "
    "twelve months before; monthly series likewise.",
)


def sentence(view: View) -> str:
    """How many sources, how many areas, and which are overdue."""
    fresh = loaders.freshness_of(view.key, view.desk, loaders.today())
    late = list(fresh.short_title[fresh.overdue])
    published = sum(area.type != "custom" for area in view.desk.areas.values())
    tail = f" {counted(len(late), 'source')} should have a newer release." if late else ""
    return (
        f"{len(view.desk.sources)} published sources describe {published} areas of the United States.{tail}"
    )


def where_from(view: View) -> str:
    """Whether all stands in the app as it was shipped, or some was refreshed since."""
    waiting = list(view.desk.sources.short_title[view.desk.sources.retrieved == ""])
    if waiting:
        return f"All sources are bundled with the app but {', '.join(waiting)}, which a refresh fetches"
    return "Sources are bundled with the app, or were fetched by a refresh"


def below(view: View) -> None:
    """Sources, reach and methods, in the audience's order."""
    draw = {
        "sources": lambda: _sources(view),
        "quality": lambda: _quality(view),
        "methods": lambda: _methods(view),
    }
    blocks(draw, view.audience.blocks["data"], view.word("more_page"))


def _sources(view: View) -> None:
    """A table of the sources: what, period, the three dates, licence."""
    columns = {
        "short_title": "Source", "period": "Describes", "released": "Released", "next_due": "Next due",
        "licence": "Licence", "retrieved": "Retrieved", "cadence": "Cadence", "publisher": "Publisher",
        "rows": "Rows", "url": "Publisher's page",
    }  # fmt: skip
    told = view.desk.sources[list(columns)].replace({"retrieved": {"": "not fetched"}})
    st.dataframe(
        told.rename(columns=columns), hide_index=True, key="sources",
        alt="Table: every source with period, dates and licence", height="content",
        column_config={"Publisher's page": st.column_config.LinkColumn(display_text="open")},
    )  # fmt: skip


def _quality(view: View) -> None:
    """How far the facts reach, as bars, and what is missing with the reason."""
    heading(view.word("reach_heading"))
    measures = loaders.coverage_of(view.key, view.desk)
    chart = view.chart("coverage", lambda: pictures.coverage_chart(view, measures))
    chart_block(chart, "coverage", view)
    for measure in measures:
        if len(measure.missing):
            with st.expander(f"{measure.name}: {len(measure.missing)} not reached, and why"):
                st.dataframe(
                    measure.missing.rename(columns={"code": "Code", "name": "Name", "reason": "Reason"}),
                    hide_index=True, key=f"missing-{measure.id}", alt=f"Table: {measure.name}, not reached",
                )  # fmt: skip
    problems = list(view.desk.local_workforce.problems)
    problems += [problem.line_text() for problem in view.desk.capacity.problems]
    if problems:
        st.header("Local files: what could not be read", anchor=False)
        for text in problems:
            st.text(text)


def _methods(view: View) -> None:
    """Short texts with the formula and one worked example from the region shown."""
    heading(view.word("methods_heading"))
    note(worked_example(view))
    note(
        "Demand rank: each occupation's percentile rank within the compared set, by openings, growth, "
        "median pay and location quotient; their weighted mean is the score. A component that is not "
        f"published drops out and the row says so. {CAVEATS['rank_interval']}"
    )
    for text in FORMULAS:
        note(text)
    with st.expander("Middle-skill definitions"):
        for rule in view.desk.skill_rules.rules:
            note(f"{rule.id}: {rule.says} Source: {rule.source}")
        note(
            "Two more definitions are in use in the field and not offered: by what job holders have "
            "attained, and by a knowledge-skills-training index; neither gives a list of occupations from "
            "published figures."
        )
    with st.expander("In-demand rules"):
        for rule in view.desk.demand_rules.rules:
            note(f"{rule.name}: {rule.says} Source: {rule.source}")
        note("Dollar lines of earlier years are brought to the year of the wages with the CPI-U.")


def worked_example(view: View) -> str:
    """Openings of one occupation here, step by step with the figures used."""
    found = loaders.profile_of(view.key, view.desk, EXAMPLE, view.area.code, view.choice)
    nation = loaders.projection_of(view.key, view.desk, EXAMPLE)
    base, span = float(nation.base_jobs), int(nation.target_year) - int(nation.base_year)
    change = float(nation.employment_change) / span
    exits, transfers, openings_there = (
        format_count(nation[name]) for name in ("exits_per_year", "transfers_per_year", "openings_per_year")
    )
    formula = (
        "Openings a year = net change + labor force exits + occupational transfers. "
        f"For {found.title.lower()} in the nation: {format_count(change)} + {exits} + {transfers} = "
        f"{openings_there} (BLS, {span}-year average). "
    )
    jobs, openings = found.value("employment"), found.value("openings_per_year")
    if view.area.code == NATION:
        return formula
    if jobs is None or openings is None:
        return f"{formula}In {view.area.place} their jobs are not published, so openings are not estimated."
    return (
        f"{formula}In {view.area.place}: {format_count(jobs)} jobs × ({openings_there} ÷ "
        f"{format_count(base)} jobs in {nation.base_year}) ≈ {format_count(openings)} "
        "openings a year, estimated."
    )


def limits(view: View) -> None:
    """What the figures cannot say."""
    heading(view.word("limits_heading"))
    for caveat in LIMITS:
        note(CAVEATS[caveat])


def attributions(view: View) -> None:
    """The attribution that each licence asks for."""
    st.header("Attribution", anchor=False)
    for text in view.desk.sources.attribution:
        note(text)
