"""What the app changed in the record, from the journal: since a day, and what events were before."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from lmi.domain.event_columns import GIVEN_BY_THE_APP
from lmi.domain.events import EventKnown
from lmi.domain.plain_text import shown
from lmi.sources import event_compare, event_frame, event_journal
from lmi.sources.event_cells import RowReader
from lmi.sources.event_journal import Change


def changes_since(journal: Path, day: str) -> dict[str, list[Change]]:
    """Event -> its changes on that day (ISO date, UTC) or later, oldest first; empty without a journal."""
    found = event_journal.load(journal).changes
    recent = {event_id: [c for c in changes if c.at[:10] >= day] for event_id, changes in found.items()}
    return {event_id: changes for event_id, changes in recent.items() if changes}


def rows_before(changes: Sequence[Change], known: EventKnown) -> pd.DataFrame:
    """Events as they were before a change, as rows of EventLog; states that cannot be read are left out."""
    return _rows([(change.event_id, change.before or {}, "") for change in changes], known)


def former_rows(journal: Path, known: EventKnown) -> pd.DataFrame:
    """Every state of an event that the journal tells, as rows of EventLog, with a column `since`: what
    became of it, in words that follow the event's name, such as 'which was removed in the app by Ann on
    2026-11-05'. States that cannot be read are left out."""
    told = [
        (event_id, state, since)
        for event_id, changes in event_journal.load(journal).changes.items()
        for state, since in _states(changes)
    ]
    return _rows(told, known)


def _states(changes: Sequence[Change]) -> Iterator[tuple[Mapping[str, str], str]]:
    """Each state of an event once, and what became of it. An event that was let go without a row counts as
    removed."""
    last = changes[-1]
    found: dict[frozenset[tuple[str, str]], tuple[Mapping[str, str], str]] = {}
    for change, later in zip(changes, [*changes[1:], None], strict=True):
        for state, end in ((change.before, change), (change.after, later)):
            if state is None:
                continue
            if last.after is None:
                since = f"which was removed {_by(last)}"
            else:
                since = f"which was changed {_by(end)}" if end else f"as it was logged {_by(last)}"
            cells = frozenset((name, text) for name, text in state.items() if name not in GIVEN_BY_THE_APP)
            found[cells] = state, since
    yield from found.values()


def _by(change: Change) -> str:
    return f"in the app by {shown(change.by)} on {shown(change.at[:10])}"


def _rows(told: Sequence[tuple[str, Mapping[str, str], str]], known: EventKnown) -> pd.DataFrame:
    """States as rows. told: event_id, cells by column, and what stands in `since`."""
    held = event_compare.as_columns([cells for _, cells, _ in told], RowReader(known))
    values = {**held.values, "event_id": [event_id for event_id, _, _ in told]}
    keep = [row for row in range(len(told)) if row not in held.bad]
    rows = event_frame.rows_of([0] * len(told), [""] * len(told), values, keep)
    return rows.assign(since=pd.array([told[row][2] for row in keep], dtype="str"))
