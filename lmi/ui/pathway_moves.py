"""The forms for moves: what one takes and who has confirmed it, and new ones."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from lmi.domain.pathways import Move, Pathway, PathwayMap
from lmi.sources import pathways_edit as edit
from lmi.ui import loaders, pathway_draft, pathway_fields
from lmi.ui.pathway_forms import Told, marked, titled
from lmi.ui.state import View

_FIRST_DAY = date(2000, 1, 1)
_LISTS = ("months", "organisations", "sources", "unchecked")
_CALLED = {
    "validated_on": "day of validation",
    "organisations": "organizations",
    "unchecked": "what is not checked",
}


def change_move(view: View, held: PathwayMap, pathway: Pathway, tell: Told) -> None:
    """What a move takes and who has confirmed it; retire it, or bring a retired one back."""
    socs = {step.soc for step in pathway.steps}
    crossing = [m for m in held.crossovers if socs & set(m.pair)]
    places = {m.pair: (pathway.id, m) for m in pathway.moves} | {m.pair: ("", m) for m in crossing}
    if not places:
        st.text("This pathway has no moves yet.")
        return
    names = {pair: _arrow(view, pair) for pair in places}
    pair = st.selectbox(
        "Move", list(places), key=f"w_move-{pathway.id}", format_func=lambda p: names.get(p, str(p))
    )
    where, move = places.get(pair, next(iter(places.values())))
    name, mark = names[move.pair], marked(f"{where}-{move.start}-{move.goal}", move)
    if move.retired:
        st.text("This move is retired: it is kept for the record, not shown and not suggested again.")
        back = [edit.RestoreMove(where, *move.pair)]
        st.button("Bring it back", key=f"restore-{mark}", on_click=tell, args=(back, f"{name} brought back"))
        return
    with st.form(f"move-{mark}"):
        pathway_fields.draw(held, move, mark)
        _validation(move, mark)
        save, retire = st.columns(2)
        save.form_submit_button(
            "Apply", type="primary", on_click=_changed, args=(where, move, mark, name, tell)
        )
        gone = [edit.RetireMove(where, *move.pair)]
        retire.form_submit_button("Retire this move", on_click=tell, args=(gone, f"{name} retired"))


def _changed(where: str, move: Move, mark: str, name: str, tell: Told) -> None:
    """Callback: only what differs is changed, so that it can be made on another person's file too."""
    values, confirmed = pathway_fields.entered(move, mark), _confirmed(mark)
    if values is None or confirmed is None:
        return
    typed = values | confirmed
    new: dict[str, Any] = {
        key: value or (() if key in _LISTS else "")
        for key, value in typed.items()
        if value != getattr(move, key)
    }
    words = ", ".join(_CALLED.get(key, key) for key in new)
    tell([edit.ChangeMove(where, *move.pair, **new)], f"{name} changed: {words}")


def _validation(move: Move, mark: str) -> None:
    """Who confirmed the move, and when: today at the latest."""
    one, two, three = st.columns([1, 1, 2])
    one.selectbox(
        "Status", ["proposed", "validated"], index=int(move.status == "validated"), key=f"status-{mark}"
    )
    before = date.fromisoformat(move.validated_on) if move.validated_on else None
    last = date.fromisoformat(loaders.today())
    two.date_input(
        "Validated on", before, min_value=min(before or _FIRST_DAY, _FIRST_DAY),
        max_value=max(before or last, last), key=f"day-{mark}",
    )  # fmt: skip
    three.text_area("Organizations, one a line", "\n".join(move.organisations), key=f"orgs-{mark}", height=68)


def _confirmed(mark: str) -> dict | None:
    """Status, day and organizations as typed; None, and the reason kept, where they cannot be."""
    if st.session_state[f"status-{mark}"] == "proposed":
        return {"status": "proposed", "validated_on": "", "organisations": ()}
    day: date | None = st.session_state[f"day-{mark}"]
    lines: Sequence[str] = str(st.session_state[f"orgs-{mark}"]).splitlines()
    firms = tuple(line.strip() for line in lines if line.strip())
    if day is None or not firms:
        said = (
            "A validated move needs the day under 'Validated on' and at least one name under 'Organizations'."
        )
        pathway_draft.refuse([said])
        return None
    if day.isoformat() > loaders.today():
        said = f"'Validated on' says {day.isoformat()}, which is still to come."
        pathway_draft.refuse([f"{said} Choose the day on which it was confirmed."])
        return None
    return {"status": "validated", "validated_on": day.isoformat(), "organisations": firms}


def add_move(view: View, held: PathwayMap, pathway: Pathway, tell: Told) -> None:
    """A new arrow inside the pathway, or across to another one."""
    own = [step.soc for step in pathway.live_steps]
    every = titled(view, list(dict.fromkeys([*own, *held.stages])))
    mark = marked(f"arrow-{pathway.id}", (pathway.moves, held.crossovers))
    with st.form(f"add-{mark}"):
        left, right = st.columns(2)
        left.selectbox("From", list(every), key=f"from-{mark}", format_func=lambda i: every[i])
        right.selectbox(
            "To", list(every), index=min(1, len(every) - 1), key=f"to-{mark}", format_func=lambda i: every[i]
        )
        pathway_fields.draw(held, Move("", "", "advance"), mark)
        st.form_submit_button("Add", type="primary", on_click=_added, args=(view, pathway, mark, tell))


def _added(view: View, pathway: Pathway, mark: str, tell: Told) -> None:
    """Callback: the move, across pathways where one of its ends is no job of this one."""
    pair = (st.session_state[f"from-{mark}"], st.session_state[f"to-{mark}"])
    values = pathway_fields.entered(Move("", "", "advance"), mark)
    if values is None:
        return
    where = pathway.id if set(pair) <= {step.soc for step in pathway.live_steps} else ""
    tell([edit.AddMove(where, Move(*pair, **values))], f"{_arrow(view, pair)} added")


def _arrow(view: View, pair: tuple[str, str]) -> str:
    return " → ".join(f"{view.desk.titles[soc]} ({soc})" for soc in pair)
