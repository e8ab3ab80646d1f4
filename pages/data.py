"""Data and methods: where the figures come from, how they are made, and what they cannot say."""

from lmi.ui import data_panels, state
from lmi.ui.widgets import answer

view = state.current()
answer("Where do the figures come from?", data_panels.sentence(view), "All sources are bundled with the app",
       "Nothing is fetched while you look.")  # fmt: skip
data_panels.sources(view)
data_panels.quality(view)
data_panels.methods(view)
data_panels.limits()
data_panels.attributions(view)
