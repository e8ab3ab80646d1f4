"""A form for an adjusted figure: what the room says, beside what is published, with the reason."""

from collections.abc import Mapping

import streamlit as st

from lmi.analysis.room import Room
from lmi.analysis.room_outcome import figure
from lmi.answers.outcome_words import number_words
from lmi.contributions import adjustments, opened
from lmi.contributions.typed import cleaned
from lmi.domain.adjustments import FIGURES, LONGEST_REASON
from lmi.domain.figures import Figure
from lmi.domain.requirements import CATEGORIES
from lmi.ui import access, loaders, outcome_said
from lmi.ui.state import View
from lmi.ui.widgets import note

_KEYS = ("soc", "name", "number", "choice", "who", "why")


def form(view: View, room: Room) -> None:
    """Choose an occupation and a figure, see what is published, enter what the room says and why."""
    code = room.convening.area_code
    if code not in view.desk.areas:
        return
    with st.expander("Enter an adjusted figure"):
        named = [row.soc for row in room.nominated if row.soc]
        socs = list(dict.fromkeys([*room.topics, *named]))
        if not socs:
            note("Figures of occupations that the room names can be adjusted; it has named none yet.")
            return
        keys = {name: f"adjust-{name}-{room.convening.id[:12]}" for name in _KEYS}
        left, right = st.columns(2)
        titles = view.desk.titles
        soc = left.selectbox("Occupation", socs, key=keys["soc"], format_func=lambda s: titles.get(s, s))
        name = right.selectbox("Figure", list(FIGURES), key=keys["name"], format_func=lambda n: FIGURES[n][0])
        found = _published(view, str(soc), code, str(name))
        st.text(_beside(found))
        _value(str(name), keys)
        st.multiselect(
            "Which organizations say so", list(room.organisations), key=keys["who"],
            placeholder="Choose those that say it",
        )  # fmt: skip
        st.text_area("Reason", key=keys["why"], max_chars=LONGEST_REASON, height=80)
        st.button(
            "Put it up for decision", key="adjust-propose", on_click=_propose,
            args=(room, str(soc), str(name), found.as_json(), keys),
        )  # fmt: skip
        note("It is listed above, to be accepted or declined, and never takes the place of the figure.")


def _published(view: View, soc: str, area_code: str, name: str) -> Figure:
    return loaders.profile_of(view.key, view.desk, soc, area_code, view.choice).figures[name]


def _beside(found: Figure) -> str:
    value = number_words(found.value, found.unit)
    basis = f"{found.basis}; " if found.value is not None else ""
    return f"On record: {value} ({basis}{found.source}; {found.period}; {found.area})."


def _value(name: str, keys: Mapping[str, str]) -> None:
    called, unit = FIGURES[name]
    if unit:
        st.number_input(f"{called}, as the room says ({unit})", 0.0, 1e9, None, 1.0, key=keys["number"])
    else:
        st.selectbox(f"{called}, as the room says", list(CATEGORIES[name]), index=None, key=keys["choice"])


def _propose(
    room: Room, soc: str, name: str, published: Mapping[str, object], keys: Mapping[str, str]
) -> None:
    """Callback: put the adjusted figure on record, to be decided on; the fields are emptied."""
    state = st.session_state
    number = bool(FIGURES[name][1])

    def put() -> None:
        typed = state.get(keys["number" if number else "choice"])
        why = cleaned(state.get(keys["why"]), LONGEST_REASON, "The reason", needed=True, lines=True)
        kept = {part: published[part] for part in ("value", "unit", "basis", "source", "period", "area")}
        made = figure(
            room, soc, name, "" if typed is None else typed, kept, why, state.get(keys["who"]) or ()
        )
        adjustments.propose(opened.store_of(room.convening.id), made, access.who())

    if outcome_said.attempt(put, "The adjusted figure is listed below, to be decided on."):
        for part in ("number", "choice", "who", "why"):
            state.pop(keys[part], None)
