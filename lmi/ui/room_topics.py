"""Which occupation is talked through now, and what the projector shows of the moves."""

import streamlit as st

from lmi.analysis.room import Room, Stand
from lmi.domain.convening import MOST_MOVES
from lmi.presentation.room_board import current_topic
from lmi.presentation.room_rows import Lists
from lmi.ui import room_acts

SCREENS = {"votes": "Votes", "map": "Whole map"}
MOST_TOPICS = 8


def in_turn(room: Room, stands: tuple[Stand, ...]) -> tuple[Stand, ...]:
    """The moves in the order in which they are talked about: of those that are voted on, the ones of the
    occupation at hand first."""
    topic = current_topic(room)
    if room.state.step != "map":
        return stands
    asked = sorted(stands[:MOST_MOVES], key=lambda stand: topic not in stand.move)
    return (*asked, *stands[MOST_MOVES:])


def choose(room: Room, lists: Lists) -> None:
    """The occupations to talk through: by default those that most organizations name."""
    named = [each.soc for each in room.nominated if each.soc]
    options = list(dict.fromkeys([*named, *room.topics]))
    st.session_state["w_room_topics"] = list(room.topics)
    st.multiselect(
        "Occupations to talk through", options, key="w_room_topics", format_func=lists.title,
        max_selections=MOST_TOPICS, on_change=_choose, args=(room,),
        help="Empty: those that most organizations name. Up to eight.",
    )  # fmt: skip


def _choose(room: Room) -> None:
    """Callback: other topics, in the order of the list."""
    subject = ",".join(st.session_state["w_room_topics"])
    key = room_acts.token(room, "", "topics", subject)
    room_acts.facilitate(room.convening, "topics", key, subject)


def turn(room: Room, lists: Lists) -> None:
    """The occupation at hand and the next one; in the step of the map also what the projector shows."""
    topics, topic = room.topics, current_topic(room)
    with st.container(horizontal=True, vertical_alignment="bottom", key="room-turn"):
        st.session_state["w_room_topic"] = topic
        st.selectbox(
            "Talking about", topics, key="w_room_topic", format_func=lists.title, on_change=_turn,
            args=(room,), width=300,
        )  # fmt: skip
        place = topics.index(topic) + 1
        after = topics[place] if place < len(topics) else ""
        st.button(
            "Next occupation", key="room-next-topic", disabled=not after,
            on_click=room_acts.facilitate,
            args=(room.convening, "topic", room_acts.token(room, "", "topic", after), after),
        )  # fmt: skip
        if room.state.step == "map":
            _screen(room)


def _turn(room: Room) -> None:
    """Callback: the occupation that was chosen."""
    soc = str(st.session_state["w_room_topic"])
    room_acts.facilitate(room.convening, "topic", room_acts.token(room, "", "topic", soc), soc)


def _screen(room: Room) -> None:
    st.session_state["w_room_screen"] = room.state.screen
    st.segmented_control(
        "On the projector", list(SCREENS), key="w_room_screen", required=True,
        format_func=lambda i: SCREENS[i], on_change=_show, args=(room,),
    )  # fmt: skip


def _show(room: Room) -> None:
    """Callback: votes or map."""
    shown = str(st.session_state["w_room_screen"])
    room_acts.facilitate(room.convening, "screen", room_acts.token(room, "", "screen", shown), shown)
