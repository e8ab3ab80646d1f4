"""The form in which staff log an event or correct one, and what the record holds of its changes."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from lmi.domain.errors import LmiError
from lmi.domain.events import CONFIDENCES, EVENT_TYPES, STATUSES
from lmi.places import here
from lmi.sources import event_journal, event_sift, events_edit, events_file
from lmi.sources.event_values import day
from lmi.sources.staff_cells import Refused
from lmi.ui import access, event_places
from lmi.ui.event_state import Seen
from lmi.ui.state import View
from lmi.ui.widgets import heading, note, unmarked

NEW = ""
_SAID, _OPEN, _BEGUN, _TURN = "_event_said", "_event_open", "_event_begun", "_event_turn"
_SHOWN, _LIKE = "_event_shown", "_event_like"


def editor(view: View, seen: Seen) -> None:
    """Add an event, change or remove one, and see who changed what."""
    if not access.allowed():
        access.invite("Log an event, or correct one", "events")
        return
    heading("Log an event, or correct one")
    said = st.session_state.pop(_SAID, None)
    if said:
        st.success(unmarked(said))
    st.download_button(
        "Empty record", data=events_file.template, file_name="hiring_events.csv", mime="text/csv",
        on_click="ignore", key="event-template",
        help="The record is hiring_events.csv: it can be edited in a spreadsheet too.",
    )  # fmt: skip
    rows = seen.rows
    names = {str(r.event_id): f"{r.happens:%Y-%m-%d}: {r.employer}" for r in rows.itertuples()}
    looked_at = seen.event_id if seen.event_id in names else NEW
    if st.session_state.get(_SHOWN) != looked_at or st.session_state.get("w_event_row") not in {NEW, *names}:
        st.session_state[_SHOWN] = st.session_state["w_event_row"] = looked_at
    chosen = str(
        st.selectbox(
            "Event", [NEW, *names], key="w_event_row", filter_mode="contains",
            format_func=lambda i: names.get(i, "A new event"),
        )
    )  # fmt: skip
    now = rows[rows.event_id == chosen].iloc[0] if chosen in names else None
    old, turn = _begun(chosen, now)
    if old is not None and now is not None and str(old["mark"]) != str(now["mark"]):
        st.warning(
            "Somebody changed this event since you chose it, so it cannot be saved as it stands below. Copy "
            "what you need, then load it again."
        )
        st.button("Load it again", on_click=_begin_again)
    _form(view, old, chosen, f"{chosen}-{turn}")
    if old is not None:
        _changes(chosen)


def _begun(event_id: str, now: pd.Series | None) -> tuple[pd.Series | None, int]:
    """The event as it was when it was chosen, from which the form was filled, and the number of the turn."""
    begun = st.session_state.get(_BEGUN)
    if not begun or begun[0] != event_id:
        begun = st.session_state[_BEGUN] = (event_id, now)
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    return begun[1], int(st.session_state[_TURN])


def _begin_again() -> None:
    """Callback: forget what was begun, so that the fields are filled anew from the record."""
    st.session_state.pop(_BEGUN, None)


def _form(view: View, old: pd.Series | None, event_id: str, turn: str) -> None:
    with st.form(f"event-{turn}"):
        values = _what(old, turn) | _where(view, old, turn) | _how_sure(old, turn)
        by = st.text_input(
            "Your name or initials", st.session_state.get("_event_by", access.who()), key=f"event-by-{turn}",
            max_chars=80, help="Kept with the event, so that others know whom to ask.",
        )  # fmt: skip
        first, second, third = st.columns(3)
        like = _likeness(turn)
        save = first.form_submit_button("Save", type="primary")
        remove = old is not None and second.form_submit_button("Remove this event")
        sure = old is not None and third.checkbox("Yes, remove it", key=f"event-sure-{turn}")
    if save and _is_ready(view, values, by) and (like or event_id != NEW or _is_new(view, values, turn)):
        _write(view, event_id, old, values, by)
    elif remove and not sure:
        st.warning("Tick 'Yes, remove it' to remove the event.")
    elif remove and _is_signed(by):
        _write(view, event_id, old, None, by)


def _likeness(turn: str) -> bool:
    """Whether the event is to be saved although it looks like one on record; asked only if it does."""
    begun, why = st.session_state.get(_LIKE, ("", ""))
    if begun != turn:
        return False
    st.warning(
        f"It looks like an event on record: {unmarked(why)} Change it, or tick the box and save again."
    )
    return st.checkbox("It is another event: save it too", key=f"event-like-{turn}")


def _is_new(view: View, values: Mapping[str, str], turn: str) -> bool:
    """Whether nothing on record looks like a new event; else the form asks, and keeps what was typed."""
    st.session_state.pop(_LIKE, None)
    why = event_sift.resembles(values, view.desk.events.rows, view.desk.event_known)
    if why:
        st.session_state[_LIKE] = (turn, why)
        st.rerun()
    return True


def _what(old: pd.Series | None, turn: str) -> dict[str, str]:
    """Employer, kind, jobs and days."""
    first, second, third, fourth, fifth = st.columns([2, 1.2, 0.8, 1, 1])
    values = {"employer": first.text_input("Employer", _of(old, "employer"), key=f"event-employer-{turn}",
                                           max_chars=200)}  # fmt: skip
    values["event_type"] = _choose(second, "What happens", EVENT_TYPES, _of(old, "event_type"), turn, "type")
    values["jobs"] = third.text_input(
        "Jobs (if told)", _of(old, "jobs"), key=f"event-jobs-{turn}", max_chars=12,
        help="How many, as announced. A lay-off is a whole number too: what happens gives the sign.",
    )  # fmt: skip
    for place, name, label, tip in (
        (fourth, "announced", "Announced", "The day of the notice, such as 2026-07-09."),
        (fifth, "effective", "Takes effect (if told)", "The day it begins; left empty, the notice's day."),
    ):
        values[name] = place.text_input(label, _of(old, name), key=f"event-{name}-{turn}", max_chars=20,
                                        help=tip, placeholder="2026-07-09")  # fmt: skip
    return values


def _where(view: View, old: pd.Series | None, turn: str) -> dict[str, str]:
    """Place and industry, typed by name."""
    first, second, third = st.columns(3)
    options = event_places.options(view)
    at = event_places.option_of(old, options)
    if at and at not in options:
        options = {at: at, **options}
    chosen = first.selectbox(
        "City or county", list(options), index=list(options).index(at) if at else None,
        key=f"event-place-{turn}", format_func=lambda i: options.get(i, i), filter_mode="contains",
        accept_new_options=True, placeholder="Type a city or county",
        help="In another state, with the state: 'Tulsa, OK'. A name not in the list counts in this region.",
    )  # fmt: skip
    titles = view.desk.event_known.naics
    naics = _of(old, "naics")
    industry = second.selectbox(
        "Industry (if known)", list(titles), index=list(titles).index(naics) if naics in titles else None,
        key=f"event-naics-{turn}", format_func=lambda i: f"{titles.get(i, i)} ({i})",
        filter_mode="contains", placeholder="Type a name or a NAICS code",
        help="It decides to which occupations the jobs go.",
    )  # fmt: skip
    socs = third.text_input(
        "Occupations named in the notice (if any)", _of(old, "socs"), key=f"event-socs-{turn}", max_chars=300,
        help="SOC codes, with their jobs where told: '51-9141=40; 49-9041=12'. They win over the industry.",
        placeholder="51-9141=40; 49-9041=12",
    )  # fmt: skip
    told = {"naics": "" if industry is None else str(industry), "socs": socs}
    if old is not None and (chosen or "") == at:
        return told  # the place stays as it is written, with its county and its city
    return told | event_places.values_of(view, None if chosen is None else str(chosen))


def _how_sure(old: pd.Series | None, turn: str) -> dict[str, str]:
    """Status, confidence, source and notes."""
    first, second, third, fourth = st.columns([1, 1, 1.5, 2])
    values = {
        "status": _choose(first, "Status", STATUSES, _of(old, "status") or "announced", turn, "status"),
        "confidence": _choose(
            second, "How sure is the count?", CONFIDENCES, _of(old, "confidence") or "medium", turn, "surety"
        ),
        "source_name": third.text_input("Source", _of(old, "source_name"), key=f"event-source-{turn}",
                                        max_chars=300, help="Who says so: a notice, a paper, a call."),
        "source_url": fourth.text_input("Link to it (if any)", _of(old, "source_url"),
                                        key=f"event-url-{turn}", max_chars=2000, placeholder="https://"),
    }  # fmt: skip
    values["notes"] = st.text_input(
        "Notes (if any)", _of(old, "notes"), key=f"event-notes-{turn}", max_chars=2000
    )
    return values


def _choose(place: object, label: str, options: Mapping[str, str], value: str, turn: str, key: str) -> str:
    names = list(options)
    return str(
        place.selectbox(  # type: ignore[attr-defined]
            label, names, index=names.index(value) if value in names else 0, key=f"event-{key}-{turn}",
            format_func=lambda i: options[i],
        )
    )  # fmt: skip


def _of(old: pd.Series | None, name: str) -> str:
    """A cell of the event as the form shows it; '' of a new one."""
    if old is None or pd.isna(old[name]):
        return ""
    value = old[name]
    return value.strftime("%Y-%m-%d") if isinstance(value, pd.Timestamp) else str(value)


def _is_ready(view: View, values: Mapping[str, str], by: str) -> bool:
    """Whether the notice's day is past and somebody signs; what is no day is refused with the rest."""
    try:
        to_come = day(values["announced"].strip()).isoformat() > view.desk.as_of
    except Refused:
        to_come = False
    if to_come:
        st.error("Announced: the day lies ahead. Write the day of the notice; 'Takes effect' may lie ahead.")
    return not to_come and _is_signed(by)


def _is_signed(by: str) -> bool:
    if not by.strip():
        st.error("Write your name or initials: every change keeps who made it.")
    return bool(by.strip())


def _write(
    view: View, event_id: str, old: pd.Series | None, values: Mapping[str, str] | None, by: str
) -> None:  # fmt: skip
    """Save, change or remove; what is refused is said beside the form, and nothing typed is lost. Of an
    event on record only what was changed is written: the rest stays as it stands in the file."""
    places, known, now = here(), view.desk.event_known, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    mark = "" if old is None else str(old["mark"])
    if old is not None and values is not None:
        values = {name: value for name, value in values.items() if value.strip() != _of(old, name)}
    st.session_state["_event_by"] = by
    try:
        access.require()
        if values is None:
            events_edit.remove_event(places.events, places.events_journal, event_id, mark, by, now)
        elif event_id == NEW:
            events_edit.add_event(places.events, places.events_journal, values, known, by, now)
        else:
            events_edit.change_event(
                places.events, places.events_journal, event_id, values, mark, known, by, now
            )
    except LmiError as error:
        st.error(unmarked(error.line()))
        return
    st.session_state[_SAID] = f"The event is {'removed' if values is None else 'saved'}."
    st.session_state[_OPEN] = True
    st.session_state.pop("w_event_row", None)
    _begin_again()
    st.rerun()


def _changes(event_id: str) -> None:
    """Who changed what, and when."""
    found = event_journal.history(here().events_journal, event_id)
    if not found:
        note("This event was not logged or changed in the app; the record's own columns say who and when.")
        return
    frame = pd.DataFrame(
        [{"When": c.at, "Who": c.by, "What": c.action, "Changed": "; ".join(c.differences())} for c in found]
    )
    st.dataframe(frame, hide_index=True, key="event-history", alt="Table: changes of this event")
