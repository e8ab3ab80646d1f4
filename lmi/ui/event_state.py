"""Which events the page shows: the filters in the address, and the rows that pass them."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from lmi.answers.event_list import AreaEvents
from lmi.domain.events import EVENT_TYPES, STATUSES
from lmi.ui import address, event_loaders
from lmi.ui.state import View

PERIODS = {"12": "Last 12 months", "24": "Last 24 months", "36": "Last 36 months", "all": "All on record"}
USUAL_PERIOD = "36"
FILTERS = ("period", "kinds", "standing", "sector", "find")
EXPORTED = (
    "event_id", "announced", "effective", "employer", "event_type", "jobs", "jobs_counted", "area_code",
    "county", "city", "naics", "socs", "status", "confidence", "source_name", "source_url", "notes",
    "logged_by", "logged_at",
)  # fmt: skip
NO_SECTOR = "none"  # in the address: events whose industry is not given


@dataclass(frozen=True)
class Filters:
    """What the reader picks. period: months back, or 'all'. since: ISO date, '' = from the first event.

    kinds: event types; standing: statuses; sector: a sector of NAICS, or NO_SECTOR; find: words of
    employer, place or notes. Empty = any.
    """

    period: str
    since: str
    kinds: tuple[str, ...]
    standing: tuple[str, ...]
    sector: str
    find: str


@dataclass(frozen=True)
class Seen:
    """The filters, the events that pass them, and the event that is looked at ('' = none)."""

    filters: Filters
    events: AreaEvents
    event_id: str

    @property
    def rows(self) -> pd.DataFrame:
        """The events, newest first."""
        return self.events.rows


def read(view: View) -> Seen:
    """The filters that the address asks for, with what is not known named on the page."""
    wrong: list[str] = []
    period = address.get("period") or USUAL_PERIOD
    if period not in PERIODS:
        wrong.append(f"No period '{period[:20]}'. Known: {', '.join(PERIODS)}.")
        period = USUAL_PERIOD
    kinds = _known("kinds", list(EVENT_TYPES), wrong)
    standing = _known("standing", list(STATUSES), wrong)
    sector = address.get("sector")
    if sector not in ("", NO_SECTOR, *event_loaders.sectors(view.key, view.desk)):
        wrong.append(f"No sector '{sector[:20]}'. Sectors are codes of NAICS such as 62 or 31-33.")
        sector = ""
    filters = Filters(period, _since(view.desk.as_of, period), kinds, standing, sector, address.get("find"))
    found = event_loaders.events_of(view.key, view.desk, view.area.code, filters)
    chosen = _event(view, set(found.rows.event_id), wrong)
    for text in wrong:
        st.text(text)
    return Seen(filters, found, chosen)


def _event(view: View, offered: set[str], wrong: list[str]) -> str:
    """The event in the address, '' where there is none or it is not among those that are shown."""
    chosen = address.get("event")
    if chosen in offered:
        return chosen
    if chosen in set(view.desk.events.rows.event_id):
        wrong.append(f"The event '{chosen}' is on record, but not in this region and with these filters.")
    elif chosen:
        wrong.append(f"No event '{chosen[:64]}' is on record.")
    return ""


def _known(name: str, options: list[str], wrong: list[str]) -> tuple[str, ...]:
    asked = address.get_all(name)
    for value in asked:
        if value not in options:
            wrong.append(f"'{value[:30]}' is not one of {', '.join(options)}.")
    return tuple(value for value in options if value in asked)


def _since(today: str, period: str) -> str:
    """The first day of the period, '' for all."""
    if period == "all":
        return ""
    day = pd.Timestamp(date.fromisoformat(today)) - pd.DateOffset(months=int(period))
    return day.date().isoformat()
