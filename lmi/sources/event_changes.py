"""What the app changed in the record since a day, from the journal."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lmi.domain.events import EventKnown
from lmi.sources import event_compare, event_frame, event_journal
from lmi.sources.event_cells import RowReader
from lmi.sources.event_journal import Change
from lmi.sources.local_write import current_content


def changes_since(journal: Path, day: str) -> dict[str, list[Change]]:
    """Event -> its changes on that day (ISO date, UTC) or later, oldest first; empty without a journal."""
    found = event_journal.read(current_content(journal)).changes
    recent = {event_id: [c for c in changes if c.at[:10] >= day] for event_id, changes in found.items()}
    return {event_id: changes for event_id, changes in recent.items() if changes}


def rows_before(changes: Sequence[Change], known: EventKnown) -> pd.DataFrame:
    """Events as they were before a change, as rows of EventLog; states that cannot be read are left out."""
    held = event_compare.as_columns([change.before or {} for change in changes], RowReader(known))
    values = {**held.values, "event_id": [change.event_id for change in changes]}
    keep = [row for row in range(len(changes)) if row not in held.bad]
    return event_frame.rows_of([0] * len(changes), [""] * len(changes), values, keep)
