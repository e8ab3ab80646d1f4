"""Training: where people train for the jobs in demand here, whether it is enough, and what holds it back."""

import streamlit as st

from lmi.ui import loaders, state, training_panels, training_words, wording
from lmi.ui.widgets import answer, heading, short_list
from lmi.ui.wording import look_wider

view = state.current()
ranking = loaders.ranking(view.key, view.desk, view.base_request)
supply = ranking.supply

answer(view.heading("training"), training_words.answer(view, ranking),
       training_words.selection(view, supply), view.audience.leads["training"])  # fmt: skip
if supply.reason or ranking.rows.empty:
    short_list("Look here instead", look_wider(view, "training"), "")
    if ranking.rows.empty:
        wording.nothing_meets(view, ranking)
    st.stop()
training_panels.controls(view)
soc = training_panels.selected(view, ranking)
training_panels.balance(view, ranking, soc)

found = loaders.training_of(view.key, view.desk, supply, view.area.code, soc, supply.method, supply.levels)
heading(f"{view.word('training_for')} {found.title}: {training_words.levels(found)}")
training_panels.chooser(view, ranking, soc)
training_panels.below(view, found, ranking)
