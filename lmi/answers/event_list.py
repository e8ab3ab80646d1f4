"""The events of an area that pass filters, and what they add up to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from lmi.analysis import events
from lmi.analysis.events import Summary
from lmi.answers.desk import Desk
from lmi.answers.export import plain
from lmi.answers.options import iso_day
from lmi.domain.selection import Area
from lmi.warehouse import event_places

_LISTED = (
    "event_id", "announced", "effective", "employer", "event_type", "jobs", "jobs_counted", "area_code",
    "county", "city", "naics", "socs", "status", "confidence", "source_name", "source_url", "notes",
    "logged_by", "logged_at",
)  # fmt: skip


@dataclass(frozen=True)
class AreaEvents:
    """Events of an area, the newest announcement first.

    rows: as in lmi.answers.event_book.EventBook.rows. total: how many the area has without filters.
    """

    area: Area
    rows: pd.DataFrame
    total: int
    titles: Mapping[str, str]
    desk: Desk

    @cached_property
    def summary(self) -> Summary:
        """Gains, losses and counts; cancelled events are in no sum of jobs."""
        return events.summary(self.rows)

    @cached_property
    def months(self) -> pd.DataFrame:
        """By month of the announcement; see lmi.analysis.events.months."""
        return events.months(self.rows)

    @cached_property
    def industries(self) -> pd.DataFrame:
        """By sector of NAICS; see lmi.analysis.events.by_industry."""
        return events.by_industry(self.rows, self.titles)

    @cached_property
    def counties(self) -> pd.DataFrame:
        """By county: county_fips, name, longitude, latitude (degrees), gains, losses, net, events."""
        found = events.by_county(self.rows)
        known = self.desk.event_known.places.by_fips
        middles = event_places.county_middles(self.desk.warehouse)
        names = [known[fips].name if fips in known else fips for fips in found.county_fips]
        at = [middles.get(fips, (np.nan, np.nan)) for fips in found.county_fips]
        found.insert(1, "name", pd.Series(names, dtype="str"))
        found.insert(2, "longitude", [x for x, _ in at])
        found.insert(3, "latitude", [y for _, y in at])
        return found

    def as_json(self) -> list[dict[str, object]]:
        """The rows as `events list --json` prints them."""
        return rows_json(self.rows)


def rows_json(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Events as JSON takes them: days as ISO text, what is not told as None."""
    listed = rows[list(_LISTED)].copy()
    for name in ("announced", "effective"):
        listed[name] = listed[name].dt.strftime("%Y-%m-%d")
    return [{key: plain(value) for key, value in row.items()} for row in listed.to_dict("records")]


def area_events(
    desk: Desk,
    area: Area,
    types: Collection[str] = (),
    statuses: Collection[str] = (),
    since: str = "",
    until: str = "",
    text: str = "",
    sector: str = "",
) -> AreaEvents:
    """The events of an area that pass every filter; an empty filter passes all.

    types, statuses: of lmi.domain.events. since, until: ISO dates of the announcement, both included.
    text: words that all stand somewhere in employer, place, notes, source or id, in any case. sector: of
    NAICS, or 'none' for events without an industry. BadInput for a date that is none.
    """
    book = desk.event_book
    rows = book.rows
    keep = book.within(area)
    total = int(keep.sum())
    if types:
        keep &= rows.event_type.isin(list(types)).to_numpy(dtype=bool)
    if statuses:
        keep &= rows.status.isin(list(statuses)).to_numpy(dtype=bool)
    if sector:
        keep &= (rows.sector == sector).to_numpy(dtype=bool)
    days = rows.announced.to_numpy()
    if since:
        keep &= days >= np.datetime64(iso_day(since))
    if until:
        keep &= days <= np.datetime64(iso_day(until))
    for word in text.casefold().split():
        place = np.flatnonzero(keep)
        hit = book.searched.iloc[place].str.contains(word, regex=False).to_numpy(dtype=bool)
        keep[place[~hit]] = False
    return AreaEvents(area, rows[keep].reset_index(drop=True), total, desk.event_known.naics, desk)
