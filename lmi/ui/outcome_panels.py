"""The end of a convening: what it proposes to change, before and after, accepted or declined one by one."""

import hashlib
from collections import Counter
from html import escape

import streamlit as st

from lmi.analysis.room import Room
from lmi.answers import room_outcome
from lmi.answers.room_outcome import Item
from lmi.contributions import adjustments, opened
from lmi.domain.adjustments import DECISIONS, KINDS, LONGEST_NOTE, MOVES, SUPERSEDED
from lmi.domain.pathways import STAGE_NAMES
from lmi.ui import access, outcome_figure, outcome_said, outcome_saving
from lmi.ui.state import View
from lmi.ui.widgets import heading, note, unmarked


def block(view: View, room: Room) -> None:
    """What one convening changes. Coordinators decide; everybody else sees what was accepted."""
    rows = adjustments.of(opened.store_of(room.convening.id), room.convening.id)
    items = room_outcome.outcome(view.desk, room, rows)
    heading("What this convening changes")
    if not access.allowed():
        outcome_said.accepted(view, items)
        return
    outcome_said.told()
    _progress(room, items)
    unfolded = next((item.adjustment.kind for kind in KINDS for item in items
                     if item.adjustment.kind == kind and not item.decision), "")  # fmt: skip
    for kind, called in KINDS.items():
        several = [item for item in items if item.adjustment.kind == kind]
        if several:
            _group(view, room, called, several, unfolded == kind)
    outcome_figure.form(view, room)
    outcome_saving.block(view, room, items)


def _progress(room: Room, items: tuple[Item, ...]) -> None:
    if not items:
        note(
            "Nothing is proposed yet: an occupation that two organizations name, a move that two confirm or "
            "strike, and what two say of skills or programs is proposed here."
        )
        return
    done = [item for item in items if item.decision]
    states = Counter(item.standing for item in items)
    replaced = f"{states[SUPERSEDED]} {SUPERSEDED}, " if states[SUPERSEDED] else ""
    st.html(
        f'<p data-testid="outcome-progress"><b>{len(done)} of {len(items)} decided</b>: '
        f"{states['accepted']} accepted, {replaced}{states['declined']} declined, "
        f"{len(items) - len(done)} to be decided.</p>"
    )
    st.progress(len(done) / len(items))
    if room.convening.rehearsal:
        note(
            "This is a rehearsal: what you decide is kept for now, and reaches neither figures nor pathways."
        )


def _group(view: View, room: Room, called: str, items: list[Item], unfolded: bool) -> None:
    waiting = sum(not item.decision for item in items)
    state = f"{waiting} to be decided" if waiting else "all decided"
    with st.expander(f"{called}: {len(items)}, {state}", expanded=unfolded):
        for item in items:
            with st.container(key=f"outcome-{_mark(item)}"):
                told, decision = st.columns([2, 1], gap="medium")
                with told:
                    _said(item)
                with decision:
                    _decision(view, room, item)


def _mark(item: Item) -> str:
    """What tells the widgets of one proposal apart, anew after every decision."""
    about = "\n".join((*item.adjustment.about, item.adjustment.id))
    return f"{hashlib.sha256(about.encode('utf-8', 'replace')).hexdigest()[:12]}-{item.seen}"


def _said(item: Item) -> None:
    """One proposal: before and after, and where it stands."""
    st.html(
        f'<section class="lmi-path"><h3>{escape(item.title)}</h3></section>'
        '<table class="lmi-evidence"><thead><tr><th scope="col">Before</th><th scope="col">After</th></tr>'
        f"</thead><tbody><tr><td>{_lines(item.before)}</td><td>{_lines(item.after)}</td></tr></tbody></table>"
    )
    for line in outcome_said.standing(item):
        st.text(line)


def _decision(view: View, room: Room, item: Item) -> None:
    """The note and the two buttons; of a new move, where it goes."""
    mark, about = _mark(item), unmarked(item.title)
    place, stage = _place(view, item, mark)
    st.text_input(
        f"Note on {about}", key=f"note-{mark}", max_chars=LONGEST_NOTE, placeholder="Why, if wanted"
    )
    with st.container(horizontal=True):
        for decision, label in (("accept", "Accept"), ("decline", "Decline")):
            st.button(
                label, key=f"{decision}-{mark}",
                disabled=item.decision == decision and not (decision == "accept" and item.superseded),
                type="primary" if decision == "accept" and not item.decision else "secondary",
                on_click=_decide, args=(room, item, decision, f"note-{mark}", place, stage),
            )  # fmt: skip


def _lines(lines: tuple[str, ...]) -> str:
    return "<br>".join(escape(line) for line in lines)


def _place(view: View, item: Item, mark: str) -> tuple[str, str]:
    """Keys of the fields that say where a new move goes; '' where there is no choice."""
    if item.adjustment.kind != "move_new" or not item.places or item.decision == "accept":
        return "", ""
    places = {place.pathway: place for place in item.places}
    where = st.selectbox(
        "Pathway",
        list(places),
        key=f"place-{mark}",
        format_func=lambda i: places[i].name if i in places else i,
    )
    place = places.get(str(where), item.places[0])
    if not place.adds:
        return f"place-{mark}", ""
    named = unmarked(view.desk.titles.get(place.adds, place.adds))
    st.selectbox(
        f"Stage of {named}, which is new there", list(place.stages), key=f"stage-{mark}",
        format_func=lambda i: STAGE_NAMES.get(i, i),
    )  # fmt: skip
    return f"place-{mark}", f"stage-{mark}"


def _decide(room: Room, item: Item, decision: str, typed: str, place: str, stage: str) -> None:
    """Callback: keep the decision with its note."""

    def field(key: str) -> str:
        return str(st.session_state.get(key) or "") if key else ""

    def keep() -> None:
        by, words = access.who(), field(typed)
        told = "\n".join((item.adjustment.id, str(item.seen), decision, by, words))
        token = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:40]
        room_outcome.decide(room, item, decision, words, by, token, field(place), field(stage))

    verb = DECISIONS[decision]
    tail = (
        " Save it in pathways.yaml below." if decision == "accept" and item.adjustment.kind in MOVES else ""
    )
    outcome_said.attempt(keep, f"{item.title}: {verb}.{tail}")
