"""What the facilitator reaches for beside the steps: answer for somebody, names, own words, the record."""

from collections.abc import Callable

import streamlit as st

from lmi.analysis.room import Room
from lmi.contributions import convenings, opened
from lmi.domain.convening import LONGEST_NAME, order_of
from lmi.ui import convening_behalf, convening_record, room_acts, room_loaders
from lmi.ui.state import View
from lmi.ui.widgets import heading, note, unmarked

_TOOLS = {
    "behalf": "Answer for somebody", "people": "People and organizations",
    "own": "Jobs in own words", "record": "Record and paper form",
}  # fmt: skip


def block(view: View, room: Room) -> None:
    """One tool at a time; what comes of the convening in its last step and after it."""
    draw: dict[str, Callable[[], None]] = {
        "behalf": lambda: convening_behalf.block(view, room),
        "people": lambda: _people(room),
        "own": lambda: _own_words(view, room),
        "record": lambda: convening_record.block(view, room),
    }
    shown = st.segmented_control(
        "Tools", list(_TOOLS), key="w_room_tool", format_func=lambda i: _TOOLS[i],
    )  # fmt: skip
    if shown in draw:
        draw[str(shown)]()
    if room.state.ended or order_of(room.state.step) == order_of("close"):
        convening_record.outcome(view, room)


def _people(room: Room) -> None:
    """Who is in; how an organization is called; names that somebody wants deleted."""
    heading("People and organizations")
    if not room.people:
        note("Nobody is in the room yet.")
        return
    st.dataframe(
        [
            {
                "Name": person.name or "(deleted)", "Organization": room.organisation_of[person.id],
                "As typed": person.organisation, "Role": person.role,
                "Joined by": person.joined_by or "themself",
            }
            for person in room.people
        ],
        hide_index=True, key="room-people", alt="Table: who is in the room",
    )  # fmt: skip
    names = {person.id: _called(room, person.id) for person in room.people}
    with st.form("room-organisation", clear_on_submit=True):
        who = st.selectbox("Person", list(names), format_func=lambda i: names.get(i, i), key="w_org_who")
        st.text_input(
            "Their organization is to be called", key="w_org_name", max_chars=LONGEST_NAME,
            placeholder=room.organisations[0],
            help="Two spellings of one organization count as two until they are called alike.",
        )  # fmt: skip
        with st.container(horizontal=True):
            st.form_submit_button("Call it so", on_click=_rename, args=(room,))
            st.form_submit_button(
                "Delete this person's name", on_click=_forget, args=(room,),
                help="What they said stays, under the name of the organization.",
            )  # fmt: skip
    del who


def _called(room: Room, participant: str) -> str:
    person = room.person[participant]
    return f"{person.name or '(deleted)'}, {room.organisation_of[participant]}"


def _rename(room: Room) -> None:
    """Callback: another name for somebody's organization."""
    who, name = str(st.session_state["w_org_who"]), str(st.session_state["w_org_name"])
    key = room_acts.token(room, "", "organisation", who, name)
    room_acts.facilitate(room.convening, "organisation", key, who, {"organisation": name})


def _forget(room: Room) -> None:
    """Callback: delete a person's name."""
    who = str(st.session_state["w_org_who"])
    store = opened.store_of(room.convening.id)
    if room_acts.attempt(lambda: convenings.forget_name(store, who)):
        room_acts.done("The name is deleted.")


def _own_words(view: View, room: Room) -> None:
    """Jobs that nobody found in the list: the facilitator says which occupation is meant."""
    heading("Jobs in own words")
    waiting = [each for each in room.nominated if not each.soc]
    if not waiting:
        note("Every job that was named is an occupation of the list.")
        return
    titles = room_loaders.brief_titles(view)
    for each in waiting:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            key = f"w_match_{each.seqs[0]}"
            st.selectbox(
                unmarked(f"“{each.words[0]}” is"), list(titles), key=key, index=None, width=420,
                format_func=lambda soc: titles.get(soc, soc), placeholder="Choose an occupation",
            )  # fmt: skip
            st.button("Match", key=f"match-{each.seqs[0]}", on_click=_match, args=(room, each.seqs, key))


def _match(room: Room, seqs: tuple[int, ...], key: str) -> None:
    """Callback: an occupation for every nomination that was put in the same words."""
    soc = st.session_state.get(key)
    if not soc:
        return
    for seq in seqs:
        token = room_acts.token(room, "", "match", seq, soc)
        room_acts.facilitate(room.convening, "match", token, str(seq), {"soc": str(soc)})
