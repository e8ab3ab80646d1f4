"""The caches of the hiring events and signals; like those of lmi.ui.loaders, their answers are read-only."""

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lmi.answers.desk import Desk
from lmi.answers.event_digest import Digest, digest
from lmi.answers.event_impact import Impact, impact, ranking_moves
from lmi.answers.event_list import AreaEvents, area_events
from lmi.answers.ranking import Ranking
from lmi.answers.request import request_from_text
from lmi.answers.signals import Signals, posting_sectors, signals
from lmi.domain.selection import Request
from lmi.ui import loaders

if TYPE_CHECKING:
    from lmi.ui.event_state import Filters


@st.cache_resource(show_spinner=False, max_entries=64)
def events_of(key: str, _desk: Desk, area_code: str, filters: "Filters") -> AreaEvents:
    """The events of an area that pass the filters."""
    return area_events(
        _desk, _desk.area(area_code), types=filters.kinds, statuses=filters.standing, since=filters.since,
        text=filters.find, sector=filters.sector,
    )  # fmt: skip


@st.cache_resource(show_spinner=False, max_entries=128)
def impact_of(key: str, _desk: Desk, area_code: str) -> Impact:
    """What the events of an area do to its occupations in the year that is counted."""
    return impact(_desk, _desk.area(area_code))


@st.cache_resource(show_spinner=False, max_entries=64)
def moves_of(key: str, _desk: Desk, _ranking: Ranking, request: Request) -> pd.DataFrame:
    """What events do to a ranking; request is its cache key."""
    return ranking_moves(_desk, _ranking)


@st.cache_resource(show_spinner=False, max_entries=128)
def signals_of(key: str, _desk: Desk, area_code: str) -> Signals:
    """What the quick indicators say of an area."""
    return signals(_desk, _desk.area(area_code), _desk.as_of)


@st.cache_resource(show_spinner=False, max_entries=4)
def sectors_of_postings(key: str, _desk: Desk) -> pd.DataFrame:
    """Indeed's sectors of the nation; see lmi.answers.signals.posting_sectors."""
    return posting_sectors(_desk, _desk.as_of)


@st.cache_resource(show_spinner=False, max_entries=32)
def digest_of(key: str, _desk: Desk, area_code: str, since: str) -> Digest:
    """What has changed in an area since a day."""
    found = signals_of(key, _desk, area_code)
    ranking = loaders.ranking(key, _desk, request_from_text(_desk, area_code))
    return digest(_desk, _desk.area(area_code), since, found.items, ranking)


@st.cache_resource(show_spinner=False, max_entries=4)
def sectors(key: str, _desk: Desk) -> dict[str, str]:
    """Sectors of NAICS: code -> title, in the order of the codes."""
    titles = _desk.event_known.naics
    return {code: titles[code] for code in sorted(titles) if len(code) == 2 or "-" in code}
