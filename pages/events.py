"""Hiring events: who adds and cuts jobs here, from which source, and what that does to demand."""

from lmi.ui import event_panels, event_state, event_words, state
from lmi.ui.widgets import answer

view = state.current()
seen = event_state.read(view)

answer(view.heading("events"), event_words.answer(view, seen), event_words.selection(view, seen),
       view.audience.leads["events"])  # fmt: skip
event_panels.controls(view, seen)
event_panels.warnings(view)
event_panels.timeline(view, seen)
event_panels.below(view, seen)
