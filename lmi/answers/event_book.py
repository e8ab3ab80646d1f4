"""The hiring events of a desk, made ready once: counted, in order, spread over occupations by area."""

from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lmi.analysis import event_spread, events
from lmi.analysis.event_spread import Patterns, Spread
from lmi.domain.events import EventTerms
from lmi.domain.industries import sector_of
from lmi.domain.selection import Area
from lmi.warehouse import staffing
from lmi.warehouse.connect import Warehouse

_SEARCHED = ("employer", "city", "county", "notes", "source_name", "event_id")


class EventBook:
    """What one log says on one day, for every area.

    rows: see lmi.sources.events_file.EventLog; as_of: ISO date, '' = no day is given and nothing counts.
    before: the book that this one replaces; what it has read of the warehouse is read from there.
    """

    def __init__(
        self,
        rows: pd.DataFrame,
        terms: EventTerms,
        as_of: str,
        warehouse: Warehouse,
        before: Self | None = None,
    ) -> None:
        self._rows, self.terms, self.as_of, self._warehouse = rows, terms, as_of, warehouse
        self._changes: dict[str, pd.DataFrame | None] = {}
        self._held: Patterns | None = None if before is None else vars(before).get("patterns")

    @cached_property
    def rows(self) -> pd.DataFrame:
        """All events, newest announcement first, with sector ('none' = not given), status_weight,
        phase_share and jobs_counted; see lmi.analysis.events.counted."""
        rows = self._rows.sort_values(["announced", "event_id"], ascending=[False, True], ignore_index=True)
        codes = rows.naics.fillna("")
        rows["sector"] = codes.map({code: sector_of(code) for code in codes.unique()})
        if not self.as_of:
            return rows.assign(status_weight=np.nan, phase_share=np.nan, jobs_counted=np.nan)
        return events.counted(rows, self.terms, self.as_of)

    @cached_property
    def searched(self) -> pd.Series:
        """The text of every event in which words are looked for, without case; in the order of rows."""
        parts = [self.rows[name].fillna("") for name in _SEARCHED]
        return parts[0].str.cat(parts[1:], sep="\n").str.casefold()

    @cached_property
    def patterns(self) -> Patterns:
        """The staffing patterns of every industry in the log."""
        codes = set(self._rows.naics.dropna().unique())
        if self._held is not None and codes <= set(self._held.used.naics):
            return self._held
        used = staffing.nearest(self._warehouse, sorted(codes))
        return Patterns(used, staffing.shares(self._warehouse, list(used.used_naics)))

    @cached_property
    def spread(self) -> Spread:
        """All events over occupations; see lmi.analysis.event_spread."""
        return event_spread.spread(self.rows, self.patterns)

    def window(self) -> tuple[str, str]:
        """The first and the last day that count, as ISO dates; ('', '') where no day is given."""
        if not self.as_of:
            return "", ""
        first, after = events.window(self.terms, self.as_of)
        return str(first), str(after - 1)

    def within(self, area: Area) -> NDArray[np.bool_]:
        """Which rows lie in an area."""
        return events.in_area(self.rows, area)

    def changes(self, area: Area) -> pd.DataFrame | None:
        """What events bring and take by occupation in an area, indexed by soc: gains, losses, jobs_net.

        Jobs / year. None where no event of the area tells a count; jobs without an occupation are left out.
        """
        if area.code not in self._changes:
            self._changes[area.code] = self._changed(area)
        return self._changes[area.code]

    def _changed(self, area: Area) -> pd.DataFrame | None:
        if self._rows.empty or not self.as_of:
            return None
        within = self.within(area)
        if not self.rows.jobs_counted[within].notna().any():
            return None
        net = event_spread.net_by_occupation(self.spread.only(within))
        return net[net.soc.notna()].set_index("soc")
