"""The projector: only what the room says, in the sizes that are read from the back, following by itself."""

from dataclasses import replace
from html import escape

import streamlit as st

from lmi.analysis.room import Room
from lmi.answers.area_names import name_or_code
from lmi.domain.convening import Convening
from lmi.domain.errors import LmiError
from lmi.presentation.frame import Chart
from lmi.presentation.room_board import (
    PROJECTOR,
    REHEARSAL,
    asked_words,
    board,
    organisations_words,
)
from lmi.presentation.room_rows import Lists
from lmi.presentation.room_svg import image
from lmi.ui import access, convening_state, room_loaders, room_pictures, room_topics
from lmi.ui.room_style import style
from lmi.ui.state import View

EVERY_SECONDS = 1  # so that an answer is seen within two
_LAST = "_projector_last"


def page(view: View, convening: Convening) -> None:
    """The whole screen; nothing else of the app is drawn after it."""
    style()
    with st.container(key="projector"):
        _follow(view, convening)
    st.stop()


@st.fragment(run_every=EVERY_SECONDS)
def _follow(view: View, convening: Convening) -> None:
    """Draw the room; while it cannot be read, the last picture stays."""
    try:
        room = room_loaders.room(convening)
        stays = access.certainly()
        parts = _parts(view, room) if stays else []
    except LmiError as error:
        parts, stays = _kept(convening, error), True
    if not stays:  # signed out meanwhile
        st.rerun(scope="app")
    for part in parts:
        st.html(part)


def _kept(convening: Convening, error: LmiError) -> list[str]:
    """The last picture and that it is one, or what is wrong where there is none."""
    drawn_for, parts = st.session_state.get(_LAST, ("", []))
    if drawn_for == convening.id:
        return [*parts, '<p class="lmi-foot">Waiting for the database. It is tried again every second.</p>']
    return [f'<section class="lmi-board projected"><h1>{escape(error.what)}</h1>'
            f"<p>{escape(error.why)}</p><p>It is tried again every second.</p></section>"]  # fmt: skip


def _parts(view: View, room: Room) -> list[str]:
    """What is on the screen, in HTML; kept for when the room cannot be read."""
    lists, stands = room_loaders.lists(view, room), room_loaders.stands(view, room)
    step = room.state.step
    if step == "group" and room.nominated:
        parts = [_chart(room, room_pictures.grouped(view, room, lists, projected=True))]
    elif room_pictures.maps(view, room, stands):
        parts = [_chart(room, room_pictures.pathway(view, room, stands, projected=True))]
    else:
        parts = [_board(view, room, lists)]
    if step != "welcome":
        parts.append(_foot(room))
    st.session_state[_LAST] = (room.convening.id, parts)
    return parts


def _board(view: View, room: Room, lists: Lists) -> str:
    look = PROJECTOR
    if room.state.step == "welcome":
        join = convening_state.join_of(room.convening)
        area = name_or_code(view.desk.areas, room.convening.area_code)
        look = replace(look, qr=join.picture(), address=join.typed, area=area)
    return board(room, lists, look, room_topics.in_turn(room, room_loaders.stands(view, room)))


def _chart(room: Room, chart: Chart) -> str:
    """A figure of the present sizes, which the style sheet fits to the screen."""
    return (
        f'<section class="lmi-board projected" data-testid="room" data-step="{room.state.step}" '
        f'data-people="{len(room.people)}"><h1 class="unseen">{escape(chart.title)}</h1>'
        f"{image(chart, room_pictures.WIDTH, room_pictures.BESIDE)}</section>"
    )


def _foot(room: Room) -> str:
    """Who is in, and the code for those who come late."""
    code = " ".join((room.convening.code[:3], room.convening.code[3:]))
    typed = convening_state.join_of(room.convening).typed
    how = f"{typed} · " if typed else ""
    parts = [f"{organisations_words(room)}, {asked_words(room)}", f"Join: {how}{code}"]
    if room.convening.rehearsal:
        parts.insert(1, REHEARSAL)
    return f'<p class="lmi-foot">{"".join(f"<span>{escape(part)}</span>" for part in parts)}</p>'
