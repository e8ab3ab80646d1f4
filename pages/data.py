"""Data and methods: where the figures come from, how they are made, and what they cannot say."""

from lmi.ui import data_panels, state
from lmi.ui.widgets import answer

view = state.current()
answer(view.heading("data"), data_panels.sentence(view), data_panels.where_from(view),
       view.audience.leads["data"])  # fmt: skip
data_panels.below(view)
data_panels.limits(view)
data_panels.attributions(view)
