"""What hiring events do to one occupation, on its profile: a layer beside its openings."""

import pandas as pd
import streamlit as st

from lmi.answers.event_impact import Impact
from lmi.answers.profile import Profile
from lmi.domain.events import EVENT_TYPES, STATUSES
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count
from lmi.ui import address, event_loaders, event_pictures, event_words
from lmi.ui.state import View
from lmi.ui.widgets import heading, note, short_list

MOST_EVENTS = 6


def block(view: View, profile: Profile) -> None:
    """Openings without and with events, and the events that move them most."""
    heading(view.word("events_profile_heading"))
    found = event_loaders.impact_of(view.key, view.desk, view.area.code)
    if profile.level != "detailed":
        st.text("Events are told for single occupations.")
        return
    rows = found.occupations[found.occupations.soc == profile.soc]
    if rows.empty:
        told = "moves it in the year that is counted" if len(found.events) else "is on record here"
        st.text(f"No hiring event {told}.")
        return
    st.text(sentence(rows.iloc[0]))
    jobs = of_occupation(found, profile.soc)
    known = found.events.set_index("event_id")
    items = [
        (
            f"{known.employer[i]}, {EVENT_TYPES[known.event_type[i]].lower()}, "
            f"{STATUSES[known.status[i]].lower()}, {known.announced[i]:%B %Y}",
            address.link("events", event=str(i), period="all"),
            f"{amount:+,.1f}".replace("-", "−"),
        )
        for i, amount in jobs.head(MOST_EVENTS).items()
    ]
    more = len(jobs) - len(items)
    short_list("Jobs of this occupation a year, by event", items, f"And {more} more." if more > 0 else "")
    note(event_pictures.impact_source(view, found))


def of_occupation(found: Impact, soc: str) -> pd.Series:
    """Jobs a year by event_id, the largest first."""
    rows = found.spread.rows()
    own = rows[rows.soc == soc].groupby("event_id", observed=True).jobs.sum()
    return own.reindex(own.abs().sort_values(ascending=False, kind="stable").index)


def sentence(row: pd.Series) -> str:
    """'About +67 jobs a year from 2 events: openings 239 without them, 305 with them.'"""
    events = counted(len(row.events), "event")
    size = event_words.signed(float(row.jobs_net))
    if pd.isna(row.openings_per_year):
        return f"About {size} jobs a year from {events}; its openings are not estimated here."
    before, after = (format_count(row[c], significant=3) for c in ("openings_per_year", "with_events"))
    tail = (
        ""
        if round(float(row.guarded)) == 0
        else (f" {event_words.signed(float(row.guarded))} of them are growth or decline projected anyway.")
    )
    return f"About {size} jobs a year from {events}: openings {before} without them, {after} with them.{tail}"
