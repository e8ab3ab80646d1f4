"""Pathways: where the jobs here lead, which moves are known, and how to get from one job to another."""

import streamlit as st

from lmi.ui import pathway_panels, pathway_state, pathway_words, state
from lmi.ui.widgets import answer

view = state.current()
if not view.desk.pathways.pathways:
    answer(view.heading("pathways"), "No pathway is written down yet.", view.sentence())
    st.text("Add pathways to pathways.yaml; docs/pathways.md says how.")
    st.stop()
journey = pathway_state.read(view)
answer(
    view.heading("pathways"), pathway_words.answer(view, journey.answer),
    pathway_words.selection(view, journey.answer), view.audience.leads["pathways"],
)  # fmt: skip
pathway_panels.banner(view, journey)
pathway_panels.controls(view, journey)
pathway_panels.picture(view, journey)
pathway_panels.below(view, journey)
