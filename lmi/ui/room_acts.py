"""What a coordinator does in a convening: each act once, allowed, and refused in words."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from lmi.analysis.room import Room
from lmi.answers import room as answers
from lmi.answers import room_lists
from lmi.contributions import opened
from lmi.contributions import store as stores
from lmi.contributions.address_key import mark
from lmi.domain.convening import Convening
from lmi.domain.errors import LmiError
from lmi.presentation.room_clock import clock
from lmi.ui import access, room_loaders, state
from lmi.ui.widgets import unmarked

_REFUSED, _DONE = "_room_refused", "_room_done"
_TWICE_SECONDS = 0.7  # two steps within it are one click too many


def token(room: Room, participant: str, *parts: object) -> str:
    """The token of an act on the room as it was drawn: a double click, or the same click in two windows,
    has the same one, on whichever server. It is a mark, so no participant can foresee, and use up, a token.
    participant: '' for the facilitator."""
    last = max((e.seq for e in room.entries if e.participant == participant), default=0)
    text = json.dumps([room.convening.id, participant, last, *map(str, parts)])
    return mark(opened.store_of(room.convening.id), f"token {text}")[:32]


def attempt(act: Callable[[], object]) -> bool:
    """Do it if the visitor is a coordinator; what is refused is kept for `told`. Whether it was done."""
    for name in (_REFUSED, _DONE):
        st.session_state.pop(name, None)
    refused = access.refusal(act)
    if refused:
        st.session_state[_REFUSED] = refused
    return not refused


def done(words: str) -> None:
    """Say so on the next run, until something else is done."""
    st.session_state[_DONE] = words


def told() -> None:
    """What was refused or done last."""
    if refused := st.session_state.get(_REFUSED):
        st.error(unmarked(refused))
    elif words := st.session_state.get(_DONE):
        st.success(unmarked(words))


def facilitate(
    convening: Convening, kind: str, key: str, subject: str = "", value: Mapping[str, str] | None = None
) -> None:
    """Callback: something that the facilitator does. key: from `token`, when the button was drawn."""

    def act() -> None:
        room = room_loaders.room(convening)
        if kind == "step" and _just_begun(room):
            return
        answers.facilitate(
            opened.store_of(convening.id), room, kind, key, access.who(), _socs(), subject, value
        )

    attempt(act)


def _just_begun(room: Room) -> bool:
    """Whether the step began a moment ago, so that the second half of a double click skips none."""
    if room.state.ended or not room.state.since:
        return False
    seconds = clock(room.entries, 1, stores.now()).seconds
    return seconds is not None and not room.state.paused and seconds < _TWICE_SECONDS


def speak(convening: Convening, participant: str, says: Sequence[Mapping[str, Any]]) -> tuple[int, list[str]]:
    """Keep what a participant says, entered by the coordinator, each part by itself.

    says: kind, token and the other arguments of lmi.answers.room.speak. Returns how much was kept, and what
    was refused, in words. NotAllowed for anybody else than a coordinator.
    """
    access.require()
    desk = state.current().desk
    known = room_lists.known(desk, convening.area_code)
    store, kept, refused = opened.store_of(convening.id), 0, []
    for each in says:
        told = dict(each)
        try:
            answers.speak(
                store, room_loaders.room(convening), participant, told.pop("kind"), told.pop("token"),
                _socs(), by=access.who(), known=known, **told,
            )  # fmt: skip
            kept += 1
        except LmiError as error:
            refused.append(error.line())
    return kept, list(dict.fromkeys(refused))


def _socs() -> frozenset[str]:
    return room_lists.detailed(state.current().desk)
