"""The desk with what convenings changed, read anew whenever a coordinator has decided something."""

import logging
import time

import streamlit as st

from lmi.answers import adjusted
from lmi.answers.desk import Desk, with_adjustments
from lmi.contributions import adjustments, opened
from lmi.contributions.store import Unkept
from lmi.domain.errors import LmiError
from lmi.places import here

log = logging.getLogger("lmi")
WAIT_SECONDS = 30.0  # after a failure, before the database is tried again
_last_good: dict[str, adjusted.Adjusted] = {}
_failed: dict[str, tuple[float, Unkept]] = {}  # by address of the database


def with_adjusted(key: str, base: Desk, problems: list[LmiError]) -> Desk:
    """The desk with the adjustments that count now; key: its stamp.

    A database that cannot be read is added to `problems`, and what was read last stays in use.
    """
    url = here().database
    when, error = _failed.get(url, (0.0, None))
    if error is None or time.monotonic() - when > WAIT_SECONDS:
        try:
            found = _adjusted(key, f"{url} {_stamp()}", base)
        except Unkept as failure:
            log.warning("%s", failure.line())
            _failed[url] = (time.monotonic(), failure)
            error = failure
        else:
            _failed.pop(url, None)
            _last_good[url] = found.adjustments
            return found
    problems.append(error)
    return _held(key, url, id(_last_good.get(url)), base)


def _stamp() -> str:
    """Changes whenever somebody decides; '' where nobody ever did."""
    if not adjusted.exists():
        return ""
    count, last = adjustments.stamp(opened.store())
    return f"{count} {last}" if count else ""


@st.cache_resource(show_spinner=False, max_entries=4)
def _adjusted(key: str, seen: str, _base: Desk) -> Desk:
    """The desk with the adjustments of one state of one database; the same desk where there are none."""
    if seen.endswith(" "):
        return _base
    return with_adjustments(_base, adjusted.load(_base.as_of))


@st.cache_resource(show_spinner=False, max_entries=4)
def _held(key: str, url: str, seen: int, _base: Desk) -> Desk:
    """The desk with the adjustments that were read last; seen tells these apart."""
    last = _last_good.get(url)
    return with_adjustments(_base, last) if last and last.rows else _base
