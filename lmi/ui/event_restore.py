"""What the record cannot tell: lines that are not read, events it has lost, changes it has gone back on."""

from datetime import UTC, datetime

import streamlit as st

from lmi.domain.errors import LmiError
from lmi.places import here
from lmi.presentation.captions import counted
from lmi.sources import events_edit
from lmi.ui import access
from lmi.ui.state import View
from lmi.ui.widgets import unmarked

MOST_TOLD = 12
_BY, _SAID, _NAME = "_event_by", "_event_restored", "w_event_restorer"


def problems(view: View) -> None:
    """Lines that cannot be used; the others are in use."""
    name = here().events.name
    if not here().events.exists():
        st.text(f"{name} is not there, so no event is read. The first event that is logged makes it.")
    found = [problem.line_text() for problem in view.desk.events.problems]
    if not found:
        return
    if view.desk.events.rows.empty:
        with st.container(border=True, key="events-unread"):
            st.text(f"No event of {name} could be read, so none counts:")
            for text in found[:MOST_TOLD]:
                st.text(text)
        return
    told = "1 cell or line" if len(found) == 1 else f"{len(found):,} cells or lines"
    verb = "is" if len(found) == 1 else "are"
    with st.expander(unmarked(f"{told} of {here().events.name} {verb} not read; the rest is in use")):
        for text in found[:MOST_TOLD]:
            st.text(text)
        if len(found) > MOST_TOLD:
            st.text(f"And {len(found) - MOST_TOLD} more: python -m lmi events check lists them all.")


def missing(view: View) -> None:
    """Events that the app logged and the file lacks, as when a spreadsheet saved an older copy over it."""
    log = view.desk.events
    said = st.session_state.pop(_SAID, None)
    if said:
        st.error(unmarked(said))
    is_for = access.allowed() and "editor" in view.audience.blocks["events"]
    if not is_for or (log.missing.empty and not log.reverted):
        return
    with st.container(border=True, key="events-missing"):
        if len(log.missing):
            ids = [str(i) for i in log.missing.event_id]
            st.text(
                f"{here().events.name} lacks {counted(len(ids), 'event')} logged here, or a readable line of "
                "each, perhaps because a spreadsheet changed cells or saved an older copy over it. What is "
                "lacking still counts:"
            )
            for row in log.missing.head(MOST_TOLD).itertuples():
                st.text(f"{row.announced}: {row.employer} ({row.by}, {row.at})")
            st.text_input("Your name or initials", access.who(), key=_NAME, max_chars=80, width=260)
            with st.container(horizontal=True):
                st.button("Put them back", type="primary", on_click=_put_back, args=(ids,))
                sure = st.checkbox("Yes, they were taken out on purpose", key="w_let_go")
                st.button("Let them go", on_click=_let_go, args=(ids,), disabled=not sure)
        for change in log.reverted[:MOST_TOLD]:
            st.text(
                f"{change.event_id}: the file has it as it was before {change.by} changed it on {change.at}. "
                "The file counts; change it again if that was not meant."
            )


def _put_back(ids: list[str]) -> None:
    _do(lambda now, by: events_edit.put_back(here().events, here().events_journal, ids, by, now))


def _let_go(ids: list[str]) -> None:
    _do(lambda now, by: events_edit.let_go(here().events, here().events_journal, ids, by, now))


def _do(act) -> None:  # type: ignore[no-untyped-def]
    """Callback: do it in the name that was typed, or under which this session has logged before."""
    by = str(st.session_state.get(_NAME) or st.session_state.get(_BY) or "").strip()
    if not by:
        st.session_state[_SAID] = "Write your name or initials: every change keeps who made it."
        return
    try:
        access.require()
        act(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), by)
    except LmiError as error:
        st.session_state[_SAID] = error.line()
