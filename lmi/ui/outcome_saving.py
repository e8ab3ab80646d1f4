"""Accepted moves into pathways.yaml: the difference line by line, and saving it, all or nothing."""

from html import escape

import streamlit as st

from lmi.analysis.room import Room
from lmi.answers import room_outcome
from lmi.answers.outcome_changes import Prepared, unnamed
from lmi.answers.outcome_words import counted, title
from lmi.answers.room_outcome import Item
from lmi.domain.adjustments import MOVES, Reviewed
from lmi.domain.errors import LmiError
from lmi.places import here
from lmi.sources import pathway_versions
from lmi.sources.pathways_edit import difference
from lmi.ui import address, loaders, outcome_said
from lmi.ui.state import View
from lmi.ui.widgets import note

_SIGNS = {"-": "del", "+": "ins"}


def block(view: View, room: Room, items: tuple[Item, ...]) -> None:
    """What of the accepted moves is not in pathways.yaml yet, and the button that saves it."""
    waiting = room_outcome.waiting_moves(items)
    if not waiting:
        return
    with st.container(border=True, key="outcome-saving"):
        st.html(f"<h3>{counted(len(waiting), 'accepted move')} to be saved in pathways.yaml</h3>")
        undecided = any(not item.decision and item.adjustment.kind in MOVES for item in items)
        if undecided and not st.checkbox(
            "Show the difference before every move is decided", key="outcome-show"
        ):
            return
        named = not room.state.names_hidden or st.checkbox(
            "Write the organizations' names into pathways.yaml, which everybody reads", key="outcome-names"
        )
        waiting = waiting if named else tuple(map(unnamed, waiting))
        try:
            text = pathway_versions.read(here().pathways)
            mark = " ".join((pathway_versions.digest(text), *(row.adjustment.id for row in waiting)))
            found = _prepared(f"{view.key} {mark}", view, waiting)
        except LmiError as error:
            st.text(error.line())
            return
        for row, reason in found.left:
            st.text(f"Cannot be made: {title(view.desk, row.adjustment)}. {reason.line()}")
        if found.made:
            _saving(view, room, found, named)


@st.cache_resource(show_spinner="Working out the difference", max_entries=8)
def _prepared(key: str, _view: View, _rows: tuple[Reviewed, ...]) -> Prepared:
    """The file with the accepted moves; key tells files and moves apart."""
    return room_outcome.prepare(here(), _rows, loaders.titles(_view.key, _view.desk))


def _saving(view: View, room: Room, found: Prepared, named: bool) -> None:
    """The difference and the button; without it in a rehearsal, or while the file holds no draft."""
    st.html(f'<pre class="lmi-diff" tabindex="0" data-testid="outcome-difference">{_shown(found)}</pre>')
    note(
        "The organizations' names will stand in pathways.yaml, which everybody can read on Pathways." if named
        else "Names are hidden in this room: pathways.yaml will say how many organizations, and not which."
    )  # fmt: skip
    version = view.desk.draft.version
    if room.convening.rehearsal:
        st.text("A rehearsal changes no file.")
    elif version.status != "draft":
        st.text(
            f"Version {version.name} is {version.status} and cannot be changed. Copy it to a new draft under "
            "Versions on Pathways; then save this here. What you accepted is kept."
        )
        href = escape(address.link("pathways"), quote=True)
        st.html(f'<a class="lmi-link" href="{href}" target="_self">Pathways</a>')
    else:
        st.button(
            f"Save {counted(len(found.made), 'move')} in pathways.yaml", type="primary", key="outcome-save",
            on_click=_save, args=(view, room, found),
        )  # fmt: skip


def _save(view: View, room: Room, found: Prepared) -> None:
    """Callback: put the text in the file's place, if nobody changed the file since it was shown."""
    outcome_said.attempt(
        lambda: room_outcome.save(here(), room, found, loaders.titles(view.key, view.desk)),
        f"Saved in pathways.yaml: {counted(len(found.made), 'move')}. What the file held before is kept.",
    )


def _shown(found: Prepared) -> str:
    """The difference as text: '-' before what goes, '+' before what comes."""
    lines = []
    for sign, line in difference(found.before, found.text):
        tag = _SIGNS.get(sign)
        text = escape(f"Line {line}" if sign == "@" else f"{sign} {line}")
        lines.append(f"<{tag}>{text}</{tag}>" if tag else f"<b>{text}</b>" if sign == "@" else text)
    return "\n".join(lines)
