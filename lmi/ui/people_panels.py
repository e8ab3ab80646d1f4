"""The parts of the Representation page: controls, gaps, heat map, ladder, pipeline, limits."""

import pandas as pd
import streamlit as st

from lmi.answers import people
from lmi.answers.people import Representation
from lmi.answers.ranking import Ranking
from lmi.domain.caveats import CAVEATS
from lmi.domain.groups import GROUPS
from lmi.ui import address, loaders, people_pictures, people_words
from lmi.ui.demand_panels import follow_chart
from lmi.ui.state import View
from lmi.ui.widgets import blocks, chart_block, heading, note, short_list, tiles


def controls(view: View, found: Representation) -> None:
    """One row: whose share, against what."""
    offered = loaders.baselines_of(view.key, view.desk, view.area.code)
    with st.container(horizontal=True, vertical_alignment="bottom", key="people-controls"):
        address.show("w_group", view.group)
        st.segmented_control(
            "Group", [g.id for g in GROUPS], key="w_group", required=True, label_visibility="collapsed",
            format_func=lambda i: next(g.short for g in GROUPS if g.id == i),
            on_change=address.from_widget, args=("group", "w_group"),
        )  # fmt: skip
        address.show("w_base", found.baseline.id)
        st.selectbox(
            "Held against", list(offered), key="w_base", width=420, label_visibility="collapsed",
            format_func=lambda i: f"Against {people_words.baseline_words(offered[i], view.group)}",
            on_change=address.from_widget, args=("base", "w_base"),
        )  # fmt: skip


def warning(found: Representation) -> None:
    """What a local baseline does to the gap, where the reader has picked one."""
    if found.baseline.source_id == "census_acs":
        note(CAVEATS["baseline_place"])


def gaps(view: View, found: Representation, rows: pd.DataFrame) -> None:
    """The widest gaps beside the figures in short and the occupations that cannot be told."""
    with st.container(key="split"):
        left, right = st.columns([1.95, 1], gap="medium")
    with left:
        chart = view.chart(
            "gaps", lambda: people_pictures.gap_dots(view, found, rows), view.group, view.baseline, view.soc
        )
        chart_block(chart, "gaps", view, people_words.caveats(found), follow_chart("gaps"))
    with right:
        tiles(people_words.tiles(view, found, rows))
        hidden = people_words.withheld(view, rows)
        if hidden:
            short_list(view.word("shares_withheld"), hidden, people_words.withheld_note(rows))


def below(view: View, found: Representation, ranking: Ranking) -> None:
    """What stands below the gaps, in the audience's order."""
    draw = {
        "heat": lambda: _heat(view, found),
        "ladder": lambda: _ladder(view, found, ranking),
        "pipeline": lambda: _pipeline(view, found, ranking),
    }
    blocks(draw, view.audience.blocks["representation"], view.word("more_page"))


def _heat(view: View, found: Representation) -> None:
    """All groups side by side."""
    chart = view.chart("heat", lambda: people_pictures.heat(view, found), view.baseline)
    chart_block(chart, "heat", view, people_words.caveats(found))


def _ladder(view: View, found: Representation, ranking: Ranking) -> None:
    """Shares along the rungs of a career cluster."""
    heading(view.word("ladder_heading"))
    clusters = loaders.clusters_of(view.key, view.desk)
    chosen = view.ladder if view.ladder in clusters else _leading(clusters, ranking)
    address.show("w_ladder", chosen)
    st.selectbox(
        "Career cluster", list(clusters), key="w_ladder", width=420,
        on_change=address.from_widget, args=("ladder", "w_ladder"),
        help="O*NET's 16 career clusters; an occupation may be in several.",
    )  # fmt: skip
    rungs = loaders.ladder_of(view.key, view.desk, ranking, view.base_request, chosen)
    chart = view.chart(
        "ladder",
        lambda: people_pictures.ladder(view, found, rungs, chosen),
        view.group,
        view.baseline,
        chosen,
    )
    chart_block(chart, "ladder", view, people_words.caveats(found))
    if len(rungs):
        least = rungs.covered_pct.min()
        note(
            "Rungs are typical entry education (BLS); shares are means over the occupations published here, "
            f"weighted by jobs. A published share exists for {least:.0f}% of the jobs or more on every rung."
        )


def _leading(clusters: dict[str, frozenset[str]], ranking: Ranking) -> str:
    """The cluster with the most openings in demand here; the first one where none is."""
    openings = ranking.in_demand.set_index("soc").openings_per_year.astype(float)
    sums = {name: float(openings[openings.index.isin(socs)].sum()) for name, socs in clusters.items()}
    return max(sums, key=lambda name: (sums[name], name))


def _pipeline(view: View, found: Representation, ranking: Ranking) -> None:
    """Women in training here next to women in the job."""
    heading(view.word("pipeline_heading"))
    rows = people.pipeline(found)
    if ranking.supply.reason:
        note(ranking.supply.reason)
        return
    levels = ranking.supply.levels
    chart = view.chart("pipeline", lambda: people_pictures.pipeline(view, found, rows, levels))
    chart_block(chart, "pipeline", view, people_words.pipeline_caveats())


def limits(view: View, found: Representation) -> None:
    """What the data can and cannot tell."""
    heading(view.word("shares_limits"))
    for text in people_words.caveats(found):
        note(text)
    if found.baseline.margins:
        told = ", ".join(
            f"{g.short.lower()} ±{found.baseline.margins[g.id]:.1f}"
            for g in GROUPS
            if found.baseline.margins.get(g.id, float("nan")) == found.baseline.margins.get(g.id)
        )
        note(f"Margins of error (90%) of the baseline, in points: {told}.")
