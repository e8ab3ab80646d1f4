"""The parts of the Occupation page: pay, openings, evidence, requirements, map, figures."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from lmi.answers.profile import Profile
from lmi.answers.ranking import Ranking
from lmi.domain.codes import TOTAL_SOC
from lmi.presentation import captions
from lmi.presentation.tables import csv_bytes
from lmi.ui import (
    event_profile,
    loaders,
    outcome_profile,
    pathway_profile,
    pictures,
    profile_more,
    profile_pictures,
    wording,
)
from lmi.ui.state import View
from lmi.ui.widgets import (
    chart_block,
    csv_header,
    evidence_table,
    figures_frame,
    heading,
    note,
    unmarked,
)

NARROW = ("demand", "requirements", "people", "training")
BEFORE_EMPLOYERS = 2  # blocks of the audience that stand before what employers said


def sections(view: View, profile: Profile, ranking: Ranking) -> None:
    """The profile's blocks in the audience's order; those that it leaves out, folded below."""
    draw: dict[str, Callable[[], None]] = {
        "pay": lambda: _pay(view, profile),
        "openings": lambda: _openings(view, profile),
        "demand": lambda: _demand(view, profile, ranking),
        "requirements": lambda: _requirements(view, profile),
        "people": lambda: profile_more.people(view, profile),
        "skills": lambda: profile_more.skills(view, profile),
        "training": lambda: profile_more.training(view, profile),
        "events": lambda: event_profile.block(view, profile),
        "compare": lambda: profile_more.compare(view, profile),
        "paths": lambda: pathway_profile.block(view, profile),
        "map": lambda: _map(view, profile),
        "figures": lambda: _figures(view, profile),
    }
    shown = list(view.audience.profile_order)
    outcome_profile.mark(view, profile)
    if said := outcome_profile.said(view, profile):
        draw["employers"] = lambda: outcome_profile.block(view, profile, said)
        shown.insert(BEFORE_EMPLOYERS, "employers")
    _in_order(draw, shown)
    rest = [name for name in draw if name not in shown]
    if rest:
        with st.expander(unmarked(view.word("more_occupation"))):
            _in_order(draw, rest)


def _in_order(draw: Mapping[str, Callable[[], None]], order: Sequence[str]) -> None:
    """Blocks one below the other; the narrow ones two by two, where the first of them stands."""
    narrow = [name for name in order if name in NARROW]
    for name in (n for n in order if n not in narrow[1:]):
        if name not in NARROW:
            draw[name]()
            continue
        for pair in (narrow[:2], narrow[2:]):
            if len(pair) == 1:
                draw[pair[0]]()
                continue
            for column, part in zip(st.columns(2, gap="medium"), pair, strict=False):
                with column:
                    draw[part]()


def _pay(view: View, profile: Profile) -> None:
    if profile.row is None:
        return
    chart = view.chart("pay", lambda: profile_pictures.pay_chart(view, profile), profile.soc)
    chart_block(chart, "pay", view)


def _openings(view: View, profile: Profile) -> None:
    if profile.row is None:
        return
    if profile.value("openings_per_year") is None:
        st.header("Openings cannot be estimated here", anchor=False)
        note(profile.figures["openings_per_year"].note)
        return
    chart = view.chart("openings", lambda: profile_pictures.openings_chart(view, profile), profile.soc)
    chart_block(chart, "openings", view, wording.openings_caveats(view))


def _demand(view: View, profile: Profile, ranking: Ranking) -> None:
    rule = view.desk.demand_rules[view.request.demand_rule]
    if profile.soc not in ranking.position:
        st.header("Is it in demand here?", anchor=False)
        st.text(
            "A rule judges single occupations that are published here."
            if profile.level == "detailed"
            else "A rule judges single occupations, not groups."
        )
        return
    evidence = ranking.evidence(profile.soc)
    verdict = ranking.verdicts.verdict[ranking.position[profile.soc]]
    found = view.word({1: "demand_yes", 0: "demand_no"}.get(int(verdict), "demand_unknown"))
    heading(f"{found}, by the {wording.rule_words(rule.name)}")
    evidence_table(evidence, wording.shown, str(profile.row.top_coded) if profile.row is not None else "")
    ranked = ranking.rows[ranking.rows.soc == profile.soc]
    if len(ranked):
        row = ranked.iloc[0]
        span = f"{row.rank_low}–{row.rank_high}" if row.rank_low != row.rank_high else f"{row.rank_low}"
        st.text(
            f"Demand rank {span} of {len(ranking.rows)} ({view.desk.skill_name(view.request.skill_rule)})."
        )
    note(pictures.openings_source(view.desk, view.area))


def _requirements(view: View, profile: Profile) -> None:
    heading(view.word("requirements_heading"))
    names = ("typical_education", "work_experience", "on_the_job_training", "job_zone")
    rows = [
        {"Requirement": wording.LABELS[n], "Typical": wording.shown_figure(profile.figures[n])
         if profile.figures[n].value is not None else "not assigned", "Note": profile.figures[n].note}
        for n in names
    ]  # fmt: skip
    table = pd.DataFrame(rows).set_index("Requirement")
    st.table(table if (table.Note != "").any() else table.drop(columns="Note"))
    note(_skill_words(view, profile))
    called = loaders.other_titles(view.key, view.desk, profile.soc)
    if called:
        note(f"Also called: {', '.join(called)}.")
    sources = "; ".join(dict.fromkeys(profile.figures[n].source for n in names))
    note(f"Source: {sources} (published, national).")


def _skill_words(view: View, profile: Profile) -> str:
    """By which definitions the occupation is middle-skill, and which cannot be decided."""
    names = view.desk.skill_rules
    met = [names[i].name for i, value in profile.skill.items() if value]
    unknown = [names[i].name for i, value in profile.skill.items() if value is None]
    if profile.level != "detailed":
        return "Middle-skill definitions judge single occupations, not groups."
    text = (
        f"Middle-skill: {'; '.join(met)}."
        if met
        else "Not middle-skill by any definition that can be decided."
    )
    return text + (f" Not decidable here: {'; '.join(unknown)}." if unknown else "")


def _map(view: View, profile: Profile) -> None:
    if profile.soc == TOTAL_SOC:
        return
    heading(view.word("map_heading"))
    level = st.segmented_control(
        "Areas on the map", ["metro", "state"], default="metro", key="w_level", required=True,
        format_func=lambda i: {"metro": "Metro areas", "state": "States"}[i], label_visibility="collapsed",
    )  # fmt: skip
    everywhere = loaders.everywhere(view.key, view.desk, profile.soc)
    chart = view.chart(
        f"map-{level}", lambda: profile_pictures.map_chart(view, profile, everywhere, str(level)), profile.soc
    )
    chart_block(chart, f"map-{level}", view, table_height=420)
    hidden = everywhere[everywhere.area_type == "nonmetro"]
    known = int(hidden.location_quotient.notna().sum())
    note(
        f"Not on the map: Puerto Rico and the territories, and {known} nonmetropolitan areas that publish a "
        "location quotient too but whose boundaries are not bundled. Choose them as a region."
    )


def _figures(view: View, profile: Profile) -> None:
    heading(view.word("figures_heading"))
    frame = figures_frame(profile.figures.values(), wording.shown_figure, wording.LABELS)
    st.dataframe(
        frame, hide_index=True, key="figures", alt=f"Table: every figure of {profile.title}", height=420
    )
    name = captions.file_name(view.area.short_name, profile.title, "figures")

    def as_csv() -> bytes:
        header = csv_header(
            f"All figures of {profile.title} ({profile.soc})", wording.profile_selection(view, profile),
            pictures.openings_source(view.desk, view.area), view, wording.openings_caveats(view),
        )  # fmt: skip
        rows = pd.DataFrame(
            [
                {"figure": f.name, "value": f.value, "unit": f.unit, "basis": f.basis, "source": f.source,
                 "period": f.period, "geography": f.area, "top_coded": f.lower_bound, "note": f.note}
                for f in profile.figures.values()
            ]
        )  # fmt: skip
        return csv_bytes(rows, header)

    st.download_button(
        "All figures as CSV", data=as_csv, file_name=f"{name}.csv",
        mime="text/csv", on_click="ignore", key="figures-csv",
    )  # fmt: skip
