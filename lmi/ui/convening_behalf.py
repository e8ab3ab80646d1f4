"""Answers on somebody's behalf: of one who has no phone, or from the paper form afterwards.

All questions of one participant stand on one screen. Each answer that was changed is kept by itself, so that
half a form can be saved, and one that does not fit holds up no other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from lmi.analysis.room import Room
from lmi.answers import room_lists
from lmi.contributions import convenings, opened
from lmi.contributions.typed import new_token
from lmi.domain.convening import (
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST_MOVES,
    MOST_NOMINATED,
    QUESTIONS,
    SIGNATURES,
    STEP_BY_ID,
    STEPS,
    VOTES,
    Question,
    order_of,
)
from lmi.domain.errors import LmiError
from lmi.presentation.captions import counted
from lmi.presentation.room_rows import Lists
from lmi.ui import access, room_acts, room_loaders
from lmi.ui.state import View
from lmi.ui.widgets import heading, note, unmarked

_TURN, _JOIN, _FIRST, _ALL = "_behalf_turn", "_behalf_join", "_behalf_first", "all"


def block(view: View, room: Room) -> None:
    """Choose or add a participant, choose how much of the form, fill it in."""
    heading("Answer for somebody, or type in a paper form")
    if room.state.ended:
        note("The convening has ended. To type in more, press Reopen above.")
        return
    _add(room)
    if not room.people:
        return
    names = {p.id: f"{p.name or '(deleted)'}, {room.organisation_of[p.id]}" for p in room.people}
    reached: list[str] = [s.id for s in STEPS if s.id not in ("welcome", "group") and _reached(room, s.id)]
    if st.session_state.get("w_behalf_who") not in names:
        st.session_state["w_behalf_who"] = next(iter(names))
    left, right = st.columns(2)
    who = str(left.selectbox("For", list(names), key="w_behalf_who", format_func=lambda i: names.get(i, i)))
    part = right.selectbox(
        "Questions", [_ALL, *reached], key="w_behalf_part",
        format_func=lambda i: "All that have begun" if i == _ALL else STEP_BY_ID[i].name,
    )  # fmt: skip
    if not reached:
        note("There is nothing to answer before the first step after the welcome.")
        return
    _form(view, room, who, reached if part == _ALL else [str(part)])


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

    def act() -> None:
        added, _ = convenings.join(
            opened.store_of(room.convening.id), room.convening.id, name, organisation, role, token,
            by=access.who(),
        )  # fmt: skip
        st.session_state[_JOIN] = new_token()
        st.session_state["w_behalf_who"] = added.id

    if room_acts.attempt(act):
        room_acts.done("Added to the room.")


def _form(view: View, room: Room, who: str, steps: list[str]) -> None:
    lists = room_loaders.lists(view, room)
    turn = f"{who}-{st.session_state.get(_TURN, 0)}"
    first = _first(view, room, turn)
    with st.form(f"behalf-{turn}"):
        for step in steps:
            st.html(f'<h3 class="lmi-small">{STEP_BY_ID[step].name}</h3>')  # type: ignore[index]
            _STEP[step](view, first, lists, who, turn)
        st.form_submit_button("Save what was changed", type="primary", on_click=_save,
                              args=(view, first, who, turn, tuple(steps)))  # fmt: skip


def _first(view: View, room: Room, turn: str) -> Room:
    """The room as it was when this form was drawn first, with what was saved from it: what its fields began
    with. An answer is changed if it differs from that, whatever the participant has said meanwhile."""
    begun = st.session_state.get(_FIRST)
    if not begun or begun[0] != turn:
        moves = [stand.move for stand in room_loaders.stands(view, room)[:MOST_MOVES]]
        begun = st.session_state[_FIRST] = (turn, room, moves)
    found: Room = begun[1]
    return found


def _moves() -> Sequence[tuple[str, str]]:
    """The moves that this form asks about, the same until it is drawn anew."""
    found: Sequence[tuple[str, str]] = st.session_state[_FIRST][2]
    return found


def _saved(room: Room, who: str, turn: str) -> None:
    """Take what was kept of the form into what its fields are compared with. Never hand this room to a cache:
    it lacks what others said meanwhile."""
    last = room.entries[-1].seq if room.entries else 0
    new = [e for e in room_loaders.room(room.convening).entries if e.seq > last and e.by == access.who()]
    with_it = replace(room, entries=(*room.entries, *(e for e in new if e.participant == who)))
    st.session_state[_FIRST] = (turn, with_it, _moves())


def _nominate(view: View, room: Room, lists: Lists, who: str, turn: str) -> None:
    own = [e.subject for e in room.nominations_of(who) if e.subject in lists.titles]
    st.multiselect(
        "Most critical occupations", list(lists.titles), own,
        key=f"w_behalf_named_{turn}", format_func=lists.title, max_selections=MOST_NOMINATED,
    )  # fmt: skip
    st.text_input(
        "A job that is not in the list, in own words", key=f"w_behalf_own_{turn}", max_chars=LONGEST_WORDS
    )


def _discuss(view: View, room: Room, lists: Lists, who: str, turn: str) -> None:
    for soc in _subjects(room, who):
        st.html(f'<h4 class="lmi-small">{escape(lists.title(soc))}</h4>')
        for asked in QUESTIONS:
            if asked.step == "discuss":
                _question(view, room, lists, who, turn, asked, soc)


def _subjects(room: Room, who: str) -> Sequence[str]:
    """The occupations that are talked through, and those that the participant names."""
    own = (e.subject for e in room.nominations_of(who) if e.subject != "own")
    return tuple(dict.fromkeys([*room.topics, *own]))


def _sources(view: View, room: Room, lists: Lists, who: str, turn: str) -> None:
    for asked in QUESTIONS:
        if asked.step == "sources":
            _question(view, room, lists, who, turn, asked, "")


def _question(
    view: View, room: Room, lists: Lists, who: str, turn: str, asked: Question, soc: str
) -> None:  # fmt: skip
    choices, words = _answer_now(room, who, asked.id, soc)
    known = {c: lists.choice(asked.id, c) for c in choices} | dict(_known(view, room, lists, asked, soc))
    left, right = st.columns([2, 1])
    left.multiselect(
        asked.asks, list(known), list(choices),
        key=f"w_behalf_{asked.id}_{soc}_{turn}", format_func=lambda i: known.get(i, i),
        max_selections=asked.most,
    )  # fmt: skip
    right.text_input(
        f"In own words: {asked.asks}", words, key=f"w_behalf_{asked.id}_{soc}_words_{turn}",
        max_chars=LONGEST_WORDS,
    )  # fmt: skip


def _known(view: View, room: Room, lists: Lists, asked: Question, soc: str) -> Mapping[str, str]:
    """What can be chosen, id -> words."""
    if asked.open_list == "skills":
        return dict(room_lists.skills_of(view.desk, soc))
    if asked.open_list == "programs":
        near = dict(room_lists.programs_of(view.desk, room.convening.area_code, room.topics))
        return near or lists.programs
    return lists.titles if asked.open_list == "socs" else asked.choices


def _map(view: View, room: Room, lists: Lists, who: str, turn: str) -> None:
    if not _moves():
        note("No move is proposed yet.")
    for start, goal in _moves():
        subject = f"{start}>{goal}"
        now = _latest(room, who, "vote", subject)
        st.radio(
            unmarked(f"{lists.title(start)} → {lists.title(goal)}"), list(VOTES),
            index=list(VOTES).index(now) if now else None, key=f"w_behalf_vote_{subject}_{turn}",
            format_func=lambda i: VOTES[i], horizontal=True,
        )  # fmt: skip


def _close(view: View, room: Room, lists: Lists, who: str, turn: str) -> None:
    now = _latest(room, who, "sign", "")
    st.radio(
        "Is this what was said here?", list(SIGNATURES), index=list(SIGNATURES).index(now) if now else None,
        key=f"w_behalf_sign_{turn}", format_func=lambda i: SIGNATURES[i], horizontal=True,
    )  # fmt: skip


_STEP = {"nominate": _nominate, "discuss": _discuss, "map": _map, "sources": _sources, "close": _close}


def _latest(room: Room, who: str, kind: str, subject: str) -> str:
    found = [e.choice for e in room.entries if (e.participant, e.kind, e.subject) == (who, kind, subject)]
    return found[-1] if found else ""


def _answer_now(room: Room, who: str, question: str, soc: str) -> tuple[tuple[str, ...], str]:
    for said in room.answers(question, soc):
        if said.participant.id == who:
            return said.choices, said.words
    return (), ""


def _save(view: View, room: Room, who: str, turn: str, steps: tuple[str, ...]) -> None:
    """Callback: every answer that differs from the one on record; the form is filled anew from what is kept
    unless something was refused, so that nothing typed is lost."""
    says = [each for step in steps for each in _changed(view, room, who, turn, step)]

    def act() -> None:
        kept, why = room_acts.speak(room.convening, who, says)
        if why:
            _saved(room, who, turn)
            raise LmiError(
                f"{counted(kept, 'answer')} kept, {len(says) - kept} not.", " ".join(why),
                "What was not kept still stands in the form.",
            )  # fmt: skip

    if room_acts.attempt(act):
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        room_acts.done(f"{counted(len(says), 'answer')} kept." if says else "Nothing was changed.")


def _changed(view: View, room: Room, who: str, turn: str, step: str) -> list[dict[str, Any]]:
    state = st.session_state
    if step == "nominate":
        named, own = (state.get(f"w_behalf_{field}_{turn}", "") for field in ("named", "own"))
        return _named(room, who, named, own)
    if step == "map":
        pairs = [">".join(move) for move in _moves()]
        return [
            _says(room, who, "vote", subject=pair, choice=choice)
            for pair in pairs
            if (choice := state.get(f"w_behalf_vote_{pair}_{turn}"))
            and choice != _latest(room, who, "vote", pair)
        ]
    if step == "close":
        choice = state.get(f"w_behalf_sign_{turn}")
        same = not choice or choice == _latest(room, who, "sign", "")
        return [] if same else [_says(room, who, "sign", choice=choice)]
    subjects = _subjects(room, who) if step == "discuss" else ("",)
    asked = [(q.id, soc) for soc in subjects for q in QUESTIONS if q.step == step]
    return [each for q, soc in asked for each in _answered(room, who, turn, q, soc)]


def _named(room: Room, who: str, socs: Any, words: str) -> list[dict[str, Any]]:
    """Withdraw first, so that there is room for what is new."""
    own = room.nominations_of(who)
    before, in_words = [e.subject for e in own], " ".join(str(words).split())
    gone = [e for e in own if e.subject != "own" and e.subject not in socs]
    out = [_says(room, who, "withdraw", subject=str(e.seq)) for e in gone]
    out += [_says(room, who, "nominate", subject=soc) for soc in socs if soc not in before]
    if in_words and in_words.casefold() not in [e.words.casefold() for e in own]:
        out.append(_says(room, who, "nominate", subject="own", words=words))
    return out


def _answered(room: Room, who: str, turn: str, question: str, soc: str) -> list[dict[str, Any]]:
    key = f"w_behalf_{question}_{soc}"
    if f"{key}_{turn}" not in st.session_state:
        return []
    choices = tuple(st.session_state[f"{key}_{turn}"])
    words = str(st.session_state.get(f"{key}_words_{turn}", ""))
    before = _answer_now(room, who, question, soc)
    if (set(choices), " ".join(words.split())) == (set(before[0]), " ".join(before[1].split())):
        return []
    return [_says(room, who, "answer", question=question, subject=soc, choices=choices, words=words)]


def _says(room: Room, who: str, kind: str, **told: Any) -> dict[str, Any]:
    token = room_acts.token(room, who, kind, *sorted(told.items()))
    return {"kind": kind, "token": token, **told}
