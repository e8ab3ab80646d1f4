"""The parts of the Demand page: controls, table, evidence."""

from collections.abc import Callable
from dataclasses import replace
from html import escape

import streamlit as st

from lmi.analysis.demand import COMPONENT_FIELDS, COMPONENT_NAMES
from lmi.answers.ranking import Ranking, Robustness
from lmi.answers.request import weights_text
from lmi.domain.requirements import EDUCATION
from lmi.presentation.charts import Chart
from lmi.presentation.formats import format_money
from lmi.ui import (
    address,
    event_loaders,
    event_pictures,
    loaders,
    outcome_marks,
    pictures,
    signal_panels,
    wording,
)
from lmi.ui.state import View
from lmi.ui.widgets import blocks, chart_block, evidence_table, heading, note, unmarked

FILTERS = ("weights", "cat", "edu", "pay", "supply", "levels")
GAP_WEIGHT = 15  # of the supply gap where it is switched on
PICTURES = {
    "rank": "Ranking", "pay": "Pay and openings", "category": "By category", "events": "With hiring events",
}  # fmt: skip


def selected(view: View, ranking: Ranking) -> str:
    """The occupation in focus: the one in the address if it is ranked, else the first."""
    if ranking.rows.empty:
        return ""
    socs = set(ranking.rows.soc)
    return view.soc if view.soc in socs else str(ranking.rows.soc.iloc[0])


def controls(view: View) -> None:
    """One row: what picture, filters, weights; a chip for each filter that is not at its default."""
    with st.container(horizontal=True, vertical_alignment="center"):
        address.show("w_view", view.picture)
        st.segmented_control(
            "Picture", list(PICTURES), key="w_view", format_func=lambda i: PICTURES[i],
            label_visibility="collapsed", on_change=address.from_widget, args=("view", "w_view"),
            required=True,
        )  # fmt: skip
        _filters(view)
        _weights(view)
        for label, parts in _chips(view):
            st.button(
                label,
                icon=":material/close:",
                on_click=address.drop,
                args=(parts, view.audience.defaults),
                key=f"chip-{parts[0]}",
            )
        if any(address.get(name) for name in FILTERS):
            st.button(unmarked(view.word("reset")), on_click=address.clear, args=(FILTERS,), key="reset")


def _filters(view: View) -> None:
    everyone = loaders.ranking(
        view.key, view.desk, replace(view.request, categories=(), educations=(), wage_min_usd_year=0)
    ).local.detailed
    groups = everyone.drop_duplicates("major_group").set_index("major_group").major_title.sort_index()
    present = set(everyone.typical_education.dropna())
    educations = [level for level in EDUCATION if level in present]
    with st.popover(unmarked(view.word("filters")), icon=":material/filter_list:"):
        address.show("w_cat", [c for c in view.request.categories if c in groups.index])
        st.multiselect(
            "Category", list(groups.index), key="w_cat",
            format_func=lambda soc: str(groups.get(soc, soc)).removesuffix(" Occupations"),
            on_change=address.from_widget, args=("cat", "w_cat", ",".join), placeholder="All categories",
        )  # fmt: skip
        address.show("w_edu", [e for e in view.request.educations if e in educations])
        st.multiselect(
            "Typical entry education", educations, key="w_edu",
            on_change=address.from_widget, placeholder="All levels",
            args=("edu", "w_edu", lambda found: "|".join(found) or view.nothing("edu")),
        )  # fmt: skip
        address.show("w_pay", int(view.request.wage_min_usd_year))
        st.number_input(
            "Lowest median pay, $ a year", 0, 1_000_000, step=5_000, key="w_pay",
            on_change=address.from_widget,
            args=("pay", "w_pay", lambda value: f"{value}" if value else view.nothing("pay")),
        )  # fmt: skip


def _weights(view: View) -> None:
    desk = view.desk
    presets = {preset.id: preset for preset in desk.weight_presets}
    now = dict(view.request.weights)
    text = weights_text(desk, now)
    with st.popover(unmarked(view.word("weights")), icon=":material/tune:"):
        options = [*presets] if text in presets else [*presets, "own"]
        address.show("w_preset", text if text in presets else "own")
        st.selectbox(
            "Preset", options, key="w_preset",
            format_func=lambda i: presets[i].name if i in presets else "Your own weights",
            on_change=_use_preset,
        )  # fmt: skip
        address.show("w_gap", now.get("gap", 0) > 0)
        st.toggle("Count the supply gap", key="w_gap", on_change=_switch_gap, args=(now,),
                  help="Openings less completions, as on the Training page.")  # fmt: skip
        for name in COMPONENT_FIELDS:
            address.show(f"w_weight_{name}", round(now.get(name, 0)))
            st.slider(
                COMPONENT_NAMES[name].capitalize(), 0, 100, key=f"w_weight_{name}", on_change=_use_sliders
            )
        st.caption("A weighted mean of percentile ranks within the compared occupations.")


def _use_preset() -> None:
    chosen = st.session_state["w_preset"]
    if chosen != "own":
        address.put("weights", chosen)


def _switch_gap(now: dict[str, float]) -> None:
    """Callback: the supply gap counts, or its weight is shared among the rest."""
    weights = now | {"gap": GAP_WEIGHT if st.session_state["w_gap"] else 0}
    if any(weights.values()):
        address.put("weights", ",".join(f"{name}={value:g}" for name, value in weights.items()))
    else:
        st.toast("At least one weight must be above 0, so the last ones stay in use.")


def _use_sliders() -> None:
    weights = {name: st.session_state[f"w_weight_{name}"] for name in COMPONENT_FIELDS}
    if not any(weights.values()):
        st.toast("At least one weight must be above 0, so the last ones stay in use.")
    else:
        address.put("weights", ",".join(f"{name}={value}" for name, value in weights.items()))


def _chips(view: View) -> list[tuple[str, tuple[str, ...]]]:
    """(label, parts of the address that it stands for) of every filter that is not at its default."""
    request = view.request
    chips: list[tuple[str, tuple[str, ...]]] = []
    if request.categories:
        chips.append((f"Categories: {len(request.categories)}", ("cat",)))
    if request.educations:
        chips.append((f"Education: {len(request.educations)}", ("edu",)))
    if request.wage_min_usd_year:
        chips.append((f"Pay from {unmarked(format_money(request.wage_min_usd_year))}", ("pay",)))
    if request.supply_method != "graduates" or request.award_levels:
        chips.append(("Supply gap counted otherwise", ("supply", "levels")))
    if request.weights != view.base_request.weights:
        text = weights_text(view.desk, dict(request.weights))
        names = {preset.id: preset.name for preset in view.desk.weight_presets}
        chips.append((f"Weights: {unmarked(names.get(text, 'your own'))}", ("weights",)))
    return chips


def picture(view: View, ranking: Ranking, soc: str) -> tuple[Chart, str]:
    """The chosen picture of the ranking and the key of its block."""
    if view.picture == "pay":
        return view.chart(
            "demand-pay", lambda: pictures.pay_and_openings(view, ranking, soc), soc
        ), "demand-pay"
    if view.picture == "category":
        return view.chart(
            "demand-category", lambda: pictures.category_chart(view, ranking)
        ), "demand-category"
    if view.picture == "events":
        found = event_loaders.impact_of(view.key, view.desk, view.area.code)
        moves = event_loaders.moves_of(view.key, view.desk, ranking, view.request)
        if (moves.rank_before != moves.rank_after).any():
            return view.chart(
                "demand-events", lambda: event_pictures.ranks(view, found, moves)
            ), "demand-events"
        st.text(
            "No hiring event on record moves a rank here in the year that is counted, so the ranking stands:"
        )
    return view.chart("demand-rank", lambda: pictures.ranking_chart(view, ranking, soc), soc), "demand-rank"


def follow_chart(key: str) -> Callable[[], None] | None:
    """Callback: a click on a mark puts its occupation into the address, and the table follows."""
    if key == "demand-category":
        return None

    def follow() -> None:
        points = st.session_state[f"{key}-plot"].selection.points
        found = [str(p.get("customdata", "")) for p in points if p.get("customdata")]
        if found:
            address.put("soc", found[0].strip("[]'\""))

    return follow


def below(view: View, ranking: Ranking, soc: str) -> None:
    """What stands below the ranking, in the audience's order: why, and what other rules say."""
    draw = {
        "evidence": lambda: _evidence(view, ranking, soc), "rules": lambda: _rules(view, ranking),
        "signals": lambda: signal_panels.strip(view),
    }  # fmt: skip
    blocks(draw, view.audience.blocks["demand"], view.word("more_page"))


def _rules(view: View, ranking: Ranking) -> None:
    """The occupations under every in-demand rule, or under every middle-skill definition."""
    heading(view.word("rules_heading"))
    robust = loaders.robustness_of(view.key, view.desk, ranking, view.request)
    kind = st.segmented_control(
        "Rules to compare", ["demand", "skill"], default="demand", key="w_robust", required=True,
        format_func=lambda i: {"demand": "In-demand rules", "skill": "Middle-skill definitions"}[i],
    )  # fmt: skip
    chart = view.chart(f"rules-{kind}", lambda: pictures.rules_chart(view, robust, str(kind)))
    chart_block(chart, f"rules-{kind}", view, wording.ranking_caveats(view))
    if kind == "demand":
        _every_rule(view, robust)


def _evidence(view: View, ranking: Ranking, soc: str) -> None:
    """Each criterion of the rule for the chosen occupation, and the way to its profile."""
    heading(wording.why_heading(view, ranking, soc))
    rule = view.desk.demand_rules[view.request.demand_rule]
    evidence_table(ranking.evidence(soc), wording.shown)
    outcome_marks.evidence(view, soc)
    for exception in view.desk.settings.exceptions:
        if exception.soc == soc and exception.area_code == view.area.code:
            st.text(
                f"In demand by documented employer exception: {exception.organisation}, {exception.date}: "
                f"{exception.reason}"
            )
    note(f"{rule.name}: {rule.says} Source: {rule.source}")
    title = ranking.rows[ranking.rows.soc == soc].title.iloc[0]
    href = address.link("occupation", soc=soc)
    st.html(
        f'<a class="lmi-link" href="{escape(href, quote=True)}" target="_self">'
        f"{escape(view.word('open_profile'))} {escape(str(title))}</a>"
    )


def _every_rule(view: View, robust: Robustness) -> None:
    """The occupations that hold under every rule that can be decided here."""
    names = [view.desk.demand_rules[i].name for i in robust.decided_rules]
    held = list(robust.demand.title[robust.demand.every_rule])
    undecided = [r.name for r in view.desk.demand_rules.rules if r.id not in robust.decided_rules]
    note(f"In demand under every rule ({'; '.join(names)}): {'; '.join(held) if held else 'none'}.")
    if undecided:
        note(
            f"Cannot be decided here, as a criterion has no figure: {'; '.join(undecided)}. "
            "See the rule's own text under 'Rules in use'."
        )
