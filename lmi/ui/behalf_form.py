"""The form of one participant as it is drawn: what it asks about, and what each of its fields began with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import streamlit as st

from lmi.analysis.room import Room
from lmi.domain.convening import MOST_MOVES, QUESTION_BY_ID, Entry, move_of
from lmi.presentation.room_rows import Lists
from lmi.ui import room_acts, room_loaders
from lmi.ui.state import View

_BEGUN, _TURN = "_behalf_begun", "_behalf_turn"
Field = tuple[str, ...]  # the parts of its widget's key: what it is, and what it is about


@dataclass(frozen=True)
class Change:
    """Something to say because a field differs from what it began with. value: what the field holds; told:
    as lmi.ui.room_acts.speak takes it."""

    field: Field
    value: object
    told: dict[str, Any]


@dataclass(frozen=True)
class Form:
    """room: as it stands now, which decides what is asked. begun: what each field drawn so far began with, or
    had in it when it was kept; an answer is changed if it differs from that, whatever the participant has
    said meanwhile. A field that was drawn once stays, so that a room that changes loses nothing typed; one
    that left the screen, because other questions are chosen, begins anew."""

    view: View
    room: Room
    lists: Lists
    who: str
    turn: str
    begun: dict[Field, Any]

    def key(self, *parts: str) -> str:
        """The key of a widget."""
        return "_".join(("w_behalf", *parts, self.turn))

    def typed(self, *parts: str) -> Any:
        """What a widget holds; None where it is not drawn."""
        return st.session_state.get(self.key(*parts))

    def is_drawn(self, field: Field) -> bool:
        """Whether a field was on the screen before this run."""
        return self.key(*field) in st.session_state

    def start(self, field: Field, now: object) -> Any:
        """What a field began with: `now` where it was not on the screen before."""
        if field not in self.begun or not self.is_drawn(field):
            self.begun[field] = now
        return self.begun[field]

    def at_saving(self) -> "Form":
        """The same form on the room as it stands now, whatever it was when the form was drawn."""
        return replace(self, room=room_loaders.room(self.room.convening))

    @cached_property
    def said(self) -> Sequence[Entry]:
        """Everything that the participant said, in order."""
        return tuple(entry for entry in self.room.entries if entry.participant == self.who)

    def latest(self, kind: str, subject: str) -> Entry | None:
        """What the participant voted or signed last."""
        fits = (e for e in reversed(self.said) if (e.kind, e.subject) == (kind, subject))
        return next(fits, None)

    def subjects(self) -> Sequence[str]:
        """The occupations talked through, and those that the participant names or answered about."""
        own = (row.soc for row in self.room.nominated if row.soc and self.who in row.people)
        told = {entry.subject for entry in self.said if entry.kind == "answer"}
        answered = (soc for soc in self.room.answered if soc in told)
        drawn = (field[1] for field in self.begun if field[0] in QUESTION_BY_ID and field[1])
        return _once([*drawn, *self.room.topics, *own, *answered])

    def moves(self) -> Sequence[tuple[str, str]]:
        """The moves that all vote on, and those that the participant voted on besides."""
        asked = [">".join(stand.move) for stand in room_loaders.stands(self.view, self.room)[:MOST_MOVES]]
        own = (entry.subject for entry in self.said if entry.kind == "vote")
        drawn = (field[1] for field in self.begun if field[0] == "vote")
        return [move_of(pair) for pair in _once([*drawn, *asked, *own])]

    def change(self, field: Field, value: object, kind: str, **told: Any) -> Change:
        """Something to say; the same, once, however often the button of this form is pressed."""
        token = room_acts.token(self.room, self.who, kind, *sorted(told.items()))
        return Change(field, value, {"kind": kind, "token": token, **told})


def form_of(view: View, room: Room, who: str) -> Form:
    """The form of a participant, as it was begun; a new one where another was open before."""
    turn = f"{who}-{st.session_state.get(_TURN, 0)}"
    held = st.session_state.get(_BEGUN)
    if not held or held[0] != turn:
        held = st.session_state[_BEGUN] = (turn, {})
    return Form(view, room, room_loaders.lists(view, room), who, turn, held[1])


def is_begun() -> bool:
    """Whether somebody's form stands on the screen."""
    return _BEGUN in st.session_state


def begun_for() -> str:
    """The participant whose form was begun last; '' if none was since the tool is open."""
    turn, _ = st.session_state.get(_BEGUN, ("", {}))
    return str(turn).rpartition("-")[0]


def fill_anew() -> None:
    """From what is on record, the next time that a form is drawn."""
    if st.session_state.pop(_BEGUN, None):
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _once(subjects: Iterable[str]) -> Sequence[str]:
    return tuple(dict.fromkeys(subjects))
