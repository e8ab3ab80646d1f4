"""Answers on somebody's behalf: of one who has no phone, or from the paper form afterwards.

All questions of one participant stand on one screen. Each answer that was changed is kept by itself, so that
half a form can be saved, and one that does not fit holds up no other.
"""

from collections.abc import Sequence
from html import escape

import streamlit as st

from lmi.analysis.room import Room
from lmi.contributions import convenings, opened
from lmi.contributions.typed import new_secret, new_token
from lmi.domain.convening import LONGEST_NAME, STEP_BY_ID, STEPS, order_of
from lmi.domain.errors import BadInput, LmiError
from lmi.presentation.captions import counted
from lmi.ui import access, behalf_form, room_acts, room_loaders, room_people
from lmi.ui.behalf_fields import inputs
from lmi.ui.behalf_form import Change, Form
from lmi.ui.state import View
from lmi.ui.widgets import heading, note

_JOIN, _SECRET, _ALL = "_behalf_join", "_behalf_secret", "all"


def block(view: View, room: Room) -> None:
    """Choose or add a participant, choose how much of the form, fill it in."""
    heading("Answer for somebody, or type in a paper form")
    if "w_behalf_part" not in st.session_state:  # the tool was not on the screen before
        behalf_form.fill_anew()
    if room.state.ended:
        note("The convening has ended. To type in more, press Reopen above.")
        if not behalf_form.is_begun():
            return
    else:
        _add(room)
    if not room.people and not behalf_form.is_begun():
        return
    reached: list[str] = [s.id for s in STEPS if s.id not in ("welcome", "group") and _reached(room, s.id)]
    who, part = _choose(room, reached)
    if not reached:
        note("There is nothing to answer before the first step after the welcome.")
        return
    if not who:
        note(_nobody(room))
        return
    _form(behalf_form.form_of(view, room, who), reached if part == _ALL else [part])


def _choose(room: Room, reached: Sequence[str]) -> tuple[str, str]:
    """For whom, which is kept by id however they are called by now, and which questions. '' for one who was
    set aside while their form was open: nobody else takes their place."""
    names = {who: words for who, words in room_people.labels(room).items() if who in room.person}
    held = st.session_state.get("w_behalf_who", next(iter(names), None))
    held = st.session_state["w_behalf_who"] = held if held in names else None
    left, right = st.columns(2)
    who = left.selectbox(
        "For", list(names), index=0 if held else None, placeholder="Choose somebody", key="w_behalf_who",
        format_func=lambda i: names.get(i, i),
    )  # fmt: skip
    part = right.selectbox(
        "Questions", [_ALL, *reached], key="w_behalf_part",
        format_func=lambda i: "All that have begun" if i == _ALL else STEP_BY_ID[i].name,
    )  # fmt: skip
    return str(who or ""), str(part)


def _nobody(room: Room) -> str:
    """Why no form is drawn."""
    gone = behalf_form.begun_for()
    if gone not in room.aside:
        return "Nobody is chosen. Choose for whom you answer."
    name = room_people.labels(room)[gone]
    return f"{name}, has been set aside, and what was not saved is gone. Choose for whom you answer now."


def _reached(room: Room, step: str) -> bool:
    return order_of(step) <= max((order_of(e.subject) for e in room.entries if e.kind == "step"), default=0)


def _add(room: Room) -> None:
    """Somebody who takes part without a phone."""
    token = st.session_state.setdefault(_JOIN, new_token())
    with st.expander("Add somebody", expanded=not room.people), st.form(f"behalf-add-{token}"):
        first, second, third = st.columns(3)
        first.text_input("Name", key=f"w_add_name_{token}", max_chars=LONGEST_NAME)
        second.text_input("Organization", key=f"w_add_org_{token}", max_chars=LONGEST_NAME)
        third.text_input("Role (optional)", key=f"w_add_role_{token}", max_chars=LONGEST_NAME)
        st.form_submit_button("Add to the room", on_click=_join, args=(room, token))


def _join(room: Room, token: str) -> None:
    """Callback: a new participant, entered by the coordinator; once, however often it is pressed."""
    name, organisation, role = (
        str(st.session_state.get(f"w_add_{field}_{token}", "")) for field in ("name", "org", "role")
    )

    secret = st.session_state.setdefault(f"{_SECRET}_{token}", new_secret())

    def act() -> None:
        added, _ = convenings.join(
            opened.store_of(room.convening.id), room.convening.id, name, organisation, role, token,
            by=access.who(), secret=secret,
        )  # fmt: skip
        st.session_state[_JOIN] = new_token()
        st.session_state["w_behalf_who"] = added.id

    if room_acts.attempt(act):
        room_acts.done("Added to the room.")


def _form(form: Form, steps: Sequence[str]) -> None:
    with st.form(f"behalf-{form.turn}"):
        for step in steps:
            st.html(f'<h3 class="lmi-small">{STEP_BY_ID[step].name}</h3>')  # type: ignore[index]
            for title, several in inputs(form, step).items():
                if title:
                    st.html(f'<h4 class="lmi-small">{escape(title)}</h4>')
                for each in several:
                    each.draw(form)
        st.form_submit_button(
            "Save what was changed", type="primary", on_click=_save, args=(form, tuple(steps)),
            disabled=form.room.state.ended,
        )  # fmt: skip


def _save(form: Form, steps: tuple[str, ...]) -> None:
    """Callback: every answer that differs from what its field began with; the form is filled anew from what
    is kept unless something was refused, so that nothing typed is lost."""
    changes, why = _changes(form, steps)
    found = len(changes) + len(why)

    def act() -> None:
        kept = []
        for change in changes:
            _, refused = room_acts.speak(form.room.convening, form.who, [change.told])
            why.extend(refused)
            kept += [] if refused else [change]
        if why:
            form.begun.update({change.field: change.value for change in kept})
            stays = form.who in room_loaders.room(form.room.convening).person
            raise LmiError(
                f"{counted(len(kept), 'answer')} kept, {found - len(kept)} not.",
                " ".join(dict.fromkeys(why)), "What was not kept still stands in the form." if stays else "",
            )  # fmt: skip

    if room_acts.attempt(act):
        behalf_form.fill_anew()
        room_acts.done(f"{counted(found, 'answer')} kept." if found else "Nothing was changed.")


def _changes(form: Form, steps: tuple[str, ...]) -> tuple[list[Change], list[str]]:
    """What is to be said, and what only half of is there, in words."""
    changes: list[Change] = []
    why: list[str] = []
    for each in (each for step in steps for several in inputs(form, step).values() for each in several):
        try:
            changes += each.changes(form)
        except BadInput as error:
            why.append(error.line())
    return changes, why
