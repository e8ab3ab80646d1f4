"""The parts of the Occupation page: search, pay, openings, evidence, requirements, map, figures."""

import re
from collections.abc import Callable
from difflib import get_close_matches

import pandas as pd
import streamlit as st

from lmi.answers.profile import Profile
from lmi.answers.ranking import Ranking
from lmi.domain.codes import TOTAL_SOC, is_soc, normalise_soc
from lmi.domain.errors import BadInput
from lmi.presentation import captions
from lmi.presentation.tables import csv_bytes
from lmi.ui import address, loaders, pictures, profile_more, profile_pictures, wording
from lmi.ui.state import View
from lmi.ui.widgets import (
    chart_block,
    csv_header,
    evidence_table,
    figures_frame,
    heading,
    note,
    short_list,
    unmarked,
)
from lmi.warehouse import queries

NARROW = ("demand", "requirements", "people", "training")
CLEAR_MATCH = 90  # the score of a title typed in full (see queries.search)


def chosen(view: View) -> str:
    """The occupation in the address; without one, the region's first in-demand occupation."""
    if view.soc:
        try:
            return view.desk.soc(view.soc)
        except BadInput as error:
            st.text(error.line())
    ranking = loaders.ranking(view.key, view.desk, view.base_request)
    seen = loaders.overview_of(view.key, ranking, view.base_request)
    if seen.count:
        return str(seen.top.soc.iloc[0])
    return str(ranking.rows.soc.iloc[0]) if len(ranking.rows) else "00-0000"


def search_box(view: View, profile: Profile) -> None:
    """One box for titles, other titles and codes."""
    titles = loaders.titles(view.key, view.desk)
    options = titles if profile.soc in titles else {profile.soc: profile.title, **titles}
    address.show("w_soc", profile.soc)
    st.selectbox(
        "Find an occupation by title, other title or code", list(options), key="w_soc",
        format_func=lambda soc: f"{options[soc]} ({soc})" if soc in options else soc,
        accept_new_options=True, filter_mode="contains", on_change=_search, args=(view,),
        help="Also everyday titles: type 'RN' or 'lineman' and press Enter.",
    )  # fmt: skip


def _search(view: View) -> None:
    """Callback: a listed occupation or a code is opened; other words are searched."""
    typed = str(st.session_state["w_soc"]).strip()
    st.session_state["_hits"] = None
    if is_soc(normalise_soc(typed)):
        try:
            address.put("soc", view.desk.soc(typed))
        except BadInput as error:
            st.toast(unmarked(error.line()))
        return
    found = queries.search(view.desk.warehouse, typed)
    if len(found) == 1 or (len(found) and found.score.iloc[0] >= CLEAR_MATCH > found.score.iloc[1]):
        address.put("soc", str(found.soc.iloc[0]))
    st.session_state["_hits"] = (typed, found, address.get("soc"))


def hits(view: View) -> None:
    """What a search found, as links; nothing found is said with a way on. Gone with the next choice."""
    found = st.session_state.get("_hits")
    if not found or found[2] != address.get("soc"):
        return
    typed, rows = found[:2]
    if rows.empty:
        titles = loaders.titles(view.key, view.desk)
        near = {title.lower(): soc for soc, title in titles.items()}
        close = get_close_matches(typed.lower(), list(near), 4, cutoff=0.5)
        found_near = [(titles[near[t]], address.link("occupation", soc=near[t]), near[t]) for t in close]
        short_list(
            f"No title holds '{typed[:60]}'", found_near, "Try fewer letters, or a code such as 47-2111."
        )
        return
    items = [
        (f"{row.title} ({row.soc})", address.link("occupation", soc=str(row.soc)),
         "" if row.matched == row.title else f"also: {row.matched}")
        for row in rows.itertuples()
    ]  # fmt: skip
    short_list(f"Found for '{typed[:60]}'", items, "The closest titles first, then the larger occupations.")


def elsewhere(view: View, profile: Profile) -> None:
    """Where nothing is published here: why, and profiles that do have figures."""
    if profile.row is not None:
        return
    why = profile.figures["employment"].note
    note(why)
    codes = [c for c in re.findall(r"\d{2}-\d{4}", why) if c != profile.soc and c in view.desk.titles]
    items = [(view.desk.titles[c], address.link("occupation", soc=c), c) for c in codes[:1]]
    if not codes:
        wider = [c for c in (*view.area.state_codes, "US") if c != view.area.code]
        items = [
            (
                f"{profile.title} in {view.desk.areas[c].place}",
                address.link("occupation", soc=profile.soc, area=c),
                c,
            )
            for c in wider
        ]
    short_list("Look here instead", items, "")


def living_wage_box(view: View) -> None:
    """The reader's own living wage; it is drawn wherever pay is compared."""
    address.show("w_wage", view.living_wage)
    st.number_input(
        "Living wage, $ an hour", 1.0, 500.0, step=0.5, key="w_wage", placeholder="enter yours", width=210,
        on_change=address.from_widget, args=("wage", "w_wage", lambda value: f"{value:g}" if value else ""),
        help="From a source you trust, such as the MIT Living Wage Calculator for your county. "
        "Shown as 2,080 hours where pay is by the year.",
    )  # fmt: skip


def sections(view: View, profile: Profile, ranking: Ranking) -> None:
    """The profile's blocks in the audience's order; the narrow ones two by two, where the first stands."""
    draw: dict[str, Callable[[], None]] = {
        "pay": lambda: _pay(view, profile),
        "openings": lambda: _openings(view, profile),
        "demand": lambda: _demand(view, profile, ranking),
        "requirements": lambda: _requirements(view, profile),
        "people": lambda: profile_more.people(view, profile),
        "skills": lambda: profile_more.skills(view, profile),
        "training": lambda: profile_more.training(view, profile),
        "compare": lambda: profile_more.compare(view, profile),
        "map": lambda: _map(view, profile),
        "figures": lambda: _figures(view, profile),
    }
    order = view.audience.profile_order
    narrow = [name for name in order if name in NARROW]
    for name in (n for n in order if n not in narrow[1:]):
        if name not in NARROW:
            draw[name]()
            continue
        for pair in (narrow[:2], narrow[2:]):
            for column, part in zip(st.columns(2, gap="medium"), pair, strict=True):
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
    found = {1: "In demand here", 0: "Not in demand here", -1: "Demand cannot be decided here"}[int(verdict)]
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
    st.header("What it takes to start", anchor=False)
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
    st.header("Where this work is concentrated", anchor=False)
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
    st.header("Every figure and where it comes from", anchor=False)
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
