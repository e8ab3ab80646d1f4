"""Occupation: everything known of one occupation here, set as a one-page profile."""

import streamlit as st

from lmi.ui import loaders, profile_panels, profile_search, state, wording
from lmi.ui.widgets import answer

view = state.current()
soc = profile_search.chosen(view)
profile = loaders.profile_of(view.key, view.desk, soc, view.area.code, view.choice)
ranking = loaders.ranking(view.key, view.desk, view.base_request)

with st.container(horizontal=True, vertical_alignment="bottom", key="search-row"):
    profile_search.search_box(view, profile)
    profile_search.living_wage_box(view)
profile_search.hits(view)
answer(
    view.heading("occupation", wording.brief(view, profile.title)), wording.profile_answer(view, profile),
    wording.profile_selection(view, profile), view.audience.leads["occupation"],
)  # fmt: skip
profile_search.elsewhere(view, profile)
profile_panels.sections(view, profile, ranking)
