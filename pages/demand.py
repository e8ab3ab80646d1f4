"""Demand: the whole ranking, why an occupation is or is not in demand, and how sure that is."""

import streamlit as st

from lmi.ui import demand_panels, demand_table, loaders, state, wording
from lmi.ui.widgets import answer, chart_block

view = state.current()
ranking = loaders.ranking(view.key, view.desk, view.request)
selected = demand_panels.selected(view, ranking)

answer(view.heading("demand"), wording.demand_answer(view, ranking), view.sentence(),
       view.audience.leads["demand"])  # fmt: skip
demand_panels.controls(view)
if ranking.rows.empty:
    wording.nothing_meets(view, ranking)
    st.stop()
with st.container(key="split"):
    left, right = st.columns([1.95, 1], gap="medium")
with left:
    chart, key = demand_panels.picture(view, ranking, selected)
    chart_block(chart, key, view, wording.ranking_caveats(view), demand_panels.follow_chart(key))
with right:
    demand_table.table(view, ranking, selected)
demand_panels.below(view, ranking, selected)
