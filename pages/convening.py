"""Convening: employers say which occupations are critical, what is lacking, and how people move."""

from lmi.ui import access, convening_desk, convening_list, convening_state, room_projector, state

view = state.current()
convening = convening_state.chosen()
if convening is None:
    convening_list.page(view)
elif not access.allowed():
    convening_list.closed(view, convening)
elif convening_state.projected():
    room_projector.page(view, convening)
else:
    convening_desk.page(view, convening)
