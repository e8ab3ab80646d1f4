"""Events as tables: lists of values as the columns that the rest of the product works with."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from lmi.domain.event_columns import COLUMNS
from lmi.domain.events import EVENT_TYPES, sign_of
from lmi.sources.event_cells import Value
from lmi.sources.event_journal import Change

_DAYS = ("announced", "effective")
_DECLARED = tuple(column.id for column in COLUMNS)
_EPOCH, _NO_DAY = date(1970, 1, 1).toordinal(), np.iinfo("int64").min
_PLACE = ("county_fips", "state_fips")


def rows_of(
    lines: Sequence[int], marks: Sequence[str], values: Mapping[str, Sequence[Value]], keep: Sequence[int]
) -> pd.DataFrame:
    """The table EventLog.rows. lines, marks, values: one per row; keep: numbers of the rows it has."""
    data: dict[str, object] = {"line": pd.array(lines, dtype="Int32")}
    for name in _DECLARED:
        data[name] = _column(name, values[name])
    frame = pd.DataFrame(data)
    signs = {name: sign_of(name) for name in EVENT_TYPES}
    frame["sign"] = pd.array([signs.get(str(kind)) for kind in values["event_type"]], dtype="Int8")
    frame["happens"] = frame.effective.fillna(frame.announced)
    for name in _PLACE:
        frame[name] = _column(name, values[name])
    frame["mark"] = _column("mark", marks)
    return frame if len(keep) == len(lines) else frame.take(keep).reset_index(drop=True)


def missing_of(changes: Sequence[Change]) -> pd.DataFrame:
    """The table EventLog.missing: the last change of each event, and its cells as texts."""
    told = [(change, change.after or {}) for change in changes]
    data: dict[str, list[str | None]] = {
        "event_id": [change.event_id for change, _ in told],
        "at": [change.at for change, _ in told],
        "by": [change.by for change, _ in told],
    }
    for name in _DECLARED[1:]:
        data[name] = [cells.get(name) for _, cells in told]
    return pd.DataFrame(data, dtype="str")


def _column(name: str, values: Sequence[Value]) -> object:
    if name in _DAYS:
        days = [day.toordinal() - _EPOCH if isinstance(day, date) else _NO_DAY for day in values]
        return np.array(days, dtype="int64").view("datetime64[D]").astype("datetime64[s]")
    if name == "jobs":
        return pd.array(values, dtype="Int32")
    return pd.array(pa.array(values, pa.large_string()), dtype="str")  # twice as fast as from a list
