"""Representation: who is missing from the jobs in demand here, and what training changes."""

import streamlit as st

from lmi.ui import address, loaders, people_panels, people_words, state, wording
from lmi.ui.widgets import answer, short_list

view = state.current()
request = view.base_request
ranking = loaders.ranking(view.key, view.desk, request)
found = loaders.representation_of(view.key, view.desk, ranking, request, view.baseline)
rows = loaders.shares_of(view.key, found, request, view.baseline, view.group)

if view.area.outside_cps:
    answer(view.heading("representation"), people_words.answer(view, found, rows), view.sentence())
    short_list("Look here instead", [("United States", address.link("representation", area="US"), "US")], "")
    st.stop()
if rows.empty:
    answer(view.heading("representation"), f"No occupation in {view.area.place} meets the rule.",
           people_words.selection(view, found))  # fmt: skip
    wording.nothing_meets(view, ranking)
    st.stop()
answer(view.heading("representation"), people_words.answer(view, found, rows),
       people_words.selection(view, found), view.audience.leads["representation"])  # fmt: skip
people_panels.controls(view, found)
people_panels.warning(found)
people_panels.gaps(view, found, rows)
people_panels.below(view, found, ranking)
people_panels.limits(view, found)
