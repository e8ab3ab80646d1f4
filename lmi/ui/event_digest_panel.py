"""What has changed in an area since a day: events, occupations they move, signals."""

import json
from datetime import date

import pandas as pd
import streamlit as st

from lmi.answers.event_digest import Digest
from lmi.domain.errors import BadInput
from lmi.domain.events import EARLIEST_YEAR
from lmi.presentation import captions
from lmi.ui import address, event_loaders
from lmi.ui.state import View
from lmi.ui.widgets import heading

USUAL_MONTHS, MOST_LISTED = 12, 10
FIRST_DAY = date(EARLIEST_YEAR, 1, 1)


def block(view: View) -> None:
    """The digest with the day to choose, to read and to take along."""
    heading(view.word("events_digest_heading"))
    today = view.desk.as_of
    usual = (pd.Timestamp(today) - pd.DateOffset(months=USUAL_MONTHS)).date()
    chosen = _day(address.get("since"), usual, date.fromisoformat(today))
    address.show("w_since", chosen)
    st.date_input(
        "Since", key="w_since", min_value=FIRST_DAY, max_value=date.fromisoformat(today), width=180,
        on_change=address.from_widget, args=("since", "w_since"),
    )  # fmt: skip
    try:
        found = event_loaders.digest_of(view.key, view.desk, view.area.code, chosen.isoformat())
    except BadInput as error:
        st.text(error.line())
        return
    with st.container(key="digest"):
        st.markdown(below_heading(found.as_markdown()))
    name = captions.file_name(view.area.short_name, "what changed since", chosen.isoformat())
    with st.container(horizontal=True):
        st.download_button("Markdown", data=found.as_markdown, file_name=f"{name}.md", mime="text/markdown",
                           on_click="ignore", key="digest-md")  # fmt: skip
        st.download_button("JSON", data=lambda: as_text(found), file_name=f"{name}.json",
                           mime="application/json", on_click="ignore", key="digest-json")  # fmt: skip


def below_heading(text: str) -> str:
    """The digest without its own title, its headings one level down, and the first of each long list."""
    out: list[str] = []
    listed = 0
    for line in [*text.splitlines()[1:], ""]:
        if not line.startswith("- ") and listed > MOST_LISTED:
            out.append(f"- and {listed - MOST_LISTED} more, in the files below")
        listed = listed + 1 if line.startswith("- ") else 0
        if listed <= MOST_LISTED:
            out.append(f"#{line}" if line.startswith("## ") else line)
    return "\n".join(out)


def as_text(found: Digest) -> str:
    """The digest as JSON."""
    return json.dumps(found.as_json(), ensure_ascii=False, indent=2)


def _day(text: str, usual: date, last: date) -> date:
    """The day in the address, or the usual one where it is none or cannot be chosen."""
    try:
        found = date.fromisoformat(text) if text else usual
    except ValueError:
        st.text(f"'{text[:20]}' is not a day such as 2026-01-31. Showing since {usual}.")
        return usual
    if FIRST_DAY <= found <= last:
        return found
    st.text(f"'{text[:20]}' is not a day from {FIRST_DAY} to {last}. Showing since {usual}.")
    return usual
