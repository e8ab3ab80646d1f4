"""The facilitator's page: left the steps and the timer, middle what the room says, right the figures."""

from dataclasses import replace
from html import escape

import streamlit as st

from lmi.analysis.room import Room, Stand
from lmi.answers.area_names import name_or_code
from lmi.contributions import known
from lmi.contributions import store as stores
from lmi.domain.convening import STEP_BY_ID, STEPS, Convening, order_of
from lmi.domain.errors import LmiError
from lmi.presentation.room_board import (
    FACILITATOR,
    REHEARSAL,
    asked_words,
    board,
    day_words,
    heard_words,
    organisations_words,
)
from lmi.presentation.room_clock import clock
from lmi.presentation.room_rows import Lists
from lmi.ui import (
    access,
    address,
    convening_state,
    convening_tools,
    room_acts,
    room_figures,
    room_loaders,
    room_pictures,
    room_rehearsal,
    room_topics,
)
from lmi.ui.room_style import style
from lmi.ui.state import View
from lmi.ui.widgets import answer, chart_block, unmarked

EVERY_SECONDS = 1
_PHASE, _KNOWN = "_room_phase", "_room_known_at"


def page(view: View, convening: Convening) -> None:
    """The live part, which follows by itself, and below it the tools, which do not."""
    style()
    _know_the_room(convening)
    room_rehearsal.advance(view, convening)
    room = room_loaders.room(convening)
    st.session_state[_PHASE] = phase(room)
    _live(view, convening)
    convening_tools.block(view, room)


def _know_the_room(convening: Convening) -> None:
    """Once a tab: the address of the facilitator, often that of the whole room, is known to have the code, so
    that nobody there can shut the others out by wrong ones."""
    here = (convening.id, st.context.ip_address)
    if here[1] and st.session_state.get(_KNOWN) != here:
        st.session_state[_KNOWN] = here
        known.make_known(convening, here[1])


def phase(room: Room) -> tuple[object, ...]:
    """What the tools below depend on: when it changes, the whole page is drawn again."""
    return room.state.step, room.state.ended, room.topics, len(room.people)


@st.fragment(run_every=EVERY_SECONDS)
def _live(view: View, convening: Convening) -> None:
    try:
        room_rehearsal.advance(view, convening)
        room = room_loaders.room(convening)
        if phase(room) != st.session_state.get(_PHASE) or not access.allowed():
            st.session_state[_PHASE] = phase(room)
            st.rerun(scope="app")
        _draw(view, room)
    except LmiError as error:
        st.error(unmarked(f"{error.line()} It is tried again every second."))


def _draw(view: View, room: Room) -> None:
    convening = room.convening
    lists, stands = room_loaders.lists(view, room), room_loaders.stands(view, room)
    area = name_or_code(view.desk.areas, convening.area_code)
    about = [area, day_words(convening.held_on), convening.place]
    practised = f" {REHEARSAL}." if convening.rehearsal else ""
    question = f"{'Rehearsal' if convening.rehearsal else 'Convening'}: {convening.industry}"
    answer(question, heard_words(room, lists, stands), " · ".join(filter(None, about)), practised.strip())
    room_acts.told()
    with st.container(key="room-columns"):
        left, middle, right = st.columns([1.15, 3.1, 1.6], gap="medium")
    with left:
        _steps(room)
    with middle:
        _said(view, room, lists, stands)
    with right:
        room_figures.panel(view, room, lists, room_topics.in_turn(room, stands))


def _steps(room: Room) -> None:
    """The steps, the timer, the buttons, who is in."""
    state, at = room.state, order_of(room.state.step)
    items = []
    for number, step in enumerate(STEPS):
        now = ' aria-current="step"' if number == at else ""
        kind = "now" if number == at else "done" if number < at else "ahead"
        items.append(f'<li class="{kind}"{now}>{escape(step.name)}</li>')
    time = clock(room.entries, STEP_BY_ID[state.step].minutes, stores.now())  # type: ignore[index]
    over = " over" if time.over else ""
    st.html(
        f'<nav class="lmi-steps" aria-label="Steps"><ol>{"".join(items)}</ol></nav>'
        f'<p class="lmi-clock{over}" role="timer"><strong>{time.words}</strong> {escape(time.left)}</p>'
    )
    _buttons(room)
    code = f"{room.convening.code[:3]} {room.convening.code[3:]}"
    st.html(
        f'<div class="lmi-in"><p><strong>{escape(organisations_words(room))}</strong>, '
        f'{escape(asked_words(room))}</p><p>Code <strong class="code">{escape(code)}</strong></p></div>'
    )
    _projector(room.convening)


def _buttons(room: Room) -> None:
    """One primary button; the others beside each other."""
    state, at = room.state, order_of(room.state.step)
    if state.ended:
        _button(room, "Reopen", "reopen", primary=True)
        return
    if not state.since:
        _button(room, "Start the timer", "step", STEPS[0].id)
    if at < len(STEPS) - 1:
        _button(room, "Next step", "step", STEPS[at + 1].id, primary=True)
    else:
        _button(room, "End the convening", "end", primary=True)
    first, second = st.columns(2, gap="small")
    with first:
        _button(room, "Back", "step", STEPS[max(at - 1, 0)].id, key="back", disabled=at == 0)
    with second:
        _button(
            room, "Resume" if state.paused else "Pause", "resume" if state.paused else "pause", key="pause",
            disabled=not state.since,
        )  # fmt: skip
    first, second = st.columns([1.75, 1], gap="small")
    with first:
        _button(
            room, "Show names" if state.names_hidden else "Hide names", "names",
            "shown" if state.names_hidden else "hidden", key="names",
        )  # fmt: skip
    with second:
        if at < len(STEPS) - 1:
            _button(room, "End", "end")


def _button(
    room: Room, label: str, kind: str, subject: str = "", *, primary: bool = False, key: str = "",
    disabled: bool = False,
) -> None:  # fmt: skip
    st.button(
        label, key=f"room-{key or label.lower().replace(' ', '-')}", width="stretch", disabled=disabled,
        type="primary" if primary else "secondary", on_click=room_acts.facilitate,
        args=(room.convening, kind, room_acts.token(room, "", kind, subject), subject),
    )  # fmt: skip


def _projector(convening: Convening) -> None:
    join = convening_state.join_of(convening)
    href = escape(convening_state.link(convening.id, convening_state.PROJECTOR), quote=True)
    near = (
        ""
        if join.reachable
        else '<p class="lmi-source">This window, and so the code, leads to this machine alone. For phones, '
        "start the app with --server.address 0.0.0.0 and open it by the machine's network address.</p>"
    )
    out = escape(address.link("convening", meeting="", show=""), quote=True)
    st.html(
        f'<p><a class="lmi-link" href="{href}" target="_blank" rel="noopener">Open the projector view</a></p>'
        f'<p><a class="lmi-link" href="{out}" target="_self">All convenings</a></p>{near}'
    )


def _said(view: View, room: Room, lists: Lists, stands: tuple[Stand, ...]) -> None:
    """The middle: what the room says, and what steers it."""
    step, look = room.state.step, FACILITATOR
    if step == "welcome":
        join = convening_state.join_of(room.convening)
        area = name_or_code(view.desk.areas, room.convening.area_code)
        look = replace(look, qr=join.picture(), address=join.typed, area=area)
    if step == "group":
        room_topics.choose(room, lists)
    if step in ("discuss", "map") and room.topics:
        room_topics.turn(room, lists)
    if step == "group" and room.nominated:
        chart_block(room_pictures.grouped(view, room, lists), "room-grouped", view)
        return
    if room_pictures.maps(view, room, stands):
        chart_block(room_pictures.pathway(view, room, stands), "pathway-room", view)
    st.html(board(room, lists, look, room_topics.in_turn(room, stands)))
