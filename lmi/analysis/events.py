"""Hiring events counted and added up: what falls into the year that is looked at, by month, by industry.

An event's jobs come about evenly over the days of its phase-in, which begins on the day it takes effect
(without one, the day it was announced) and lasts whole calendar months: from 31 January one month is up to
28 February. What falls into the window counts, per year of the window:
jobs_counted = sign x jobs x status weight x days in the window / days of the phase-in x 12 / horizon_months.
A phase-in of 0 months is over on its first day.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lmi.domain.codes import NATION
from lmi.domain.events import EVENT_TYPES, EventTerms
from lmi.domain.industries import NOT_GIVEN, NOT_GIVEN_TITLE, sector_of
from lmi.domain.selection import Area

_SIDES = {"gains": 1, "losses": -1}
_COUNTS = ("events", "uncounted", "cancelled", "gains_uncounted", "losses_uncounted")


def in_area(rows: pd.DataFrame, area: Area) -> NDArray[np.bool_]:
    """Which events lie in an area. rows: area_code, state_fips; not modified.

    The nation has all; a state or territory those of its state_fips; a metropolitan or nonmetropolitan
    area those of its area_code; a custom region those of any member.
    """
    found = np.zeros(len(rows), dtype=bool)
    for code in area.members:
        if code == NATION:
            return np.ones(len(rows), dtype=bool)
        column = rows.state_fips if len(code) == 2 else rows.area_code
        found |= (column == code).fillna(False).to_numpy(dtype=bool)
    return found


def window(terms: EventTerms, as_of: str) -> tuple[NDArray, NDArray]:
    """The first day of the window and the day after its last, as datetime64[D]. as_of: ISO date."""
    today = np.array([as_of], dtype="datetime64[D]")
    first = add_months(today, np.array([terms.starts_months]))
    return first[0], add_months(today, np.array([terms.starts_months + terms.horizon_months]))[0]


def add_months(days: NDArray, months: NDArray) -> NDArray:
    """Days (datetime64[D]) moved by whole months; a day that the month lacks is the month's last."""
    month = days.astype("datetime64[M]")
    moved = month + months.astype("timedelta64[M]")
    last = (moved + 1).astype("datetime64[D]") - 1
    return np.minimum(moved.astype("datetime64[D]") + (days - month.astype("datetime64[D]")), last)


def counted(rows: pd.DataFrame, terms: EventTerms, as_of: str) -> pd.DataFrame:
    """The events with what counts of each: status_weight, phase_share and jobs_counted.

    rows: event_type, status, sign (+1, -1), jobs (null = not told), happens (datetime64); not modified.
    as_of: ISO date from which the window is counted. phase_share: the part of the phase-in within the
    window, 0 to 1. jobs_counted: jobs per year, signed; null where the event tells no count.
    """
    starts = rows.happens.to_numpy().astype("datetime64[D]")
    months = rows.event_type.map(dict(terms.phase_in_months)).to_numpy(dtype=np.int64)
    ends = np.maximum(add_months(starts, months), starts + 1)
    first, after = window(terms, as_of)
    days = (np.minimum(ends, after) - np.maximum(starts, first)).astype(np.int64).clip(min=0)
    share = days / (ends - starts).astype(np.int64)
    weight = rows.status.map(dict(terms.status_weights)).to_numpy(dtype=float)
    signed = rows.jobs.to_numpy(dtype=float, na_value=np.nan) * rows.sign.to_numpy(dtype=float)
    jobs = signed * weight * share * 12 / terms.horizon_months + 0.0
    return rows.assign(status_weight=weight, phase_share=share, jobs_counted=jobs)


def with_events(
    openings: NDArray, change_per_year: NDArray, gains: NDArray, losses: NDArray, *, guard: bool
) -> NDArray:
    """Openings a year with the events beside them, so that growth is not counted twice.

    openings: openings / year of the projection, NaN where unknown (and so the result). change_per_year:
    the growth or decline that they hold, jobs / year (unknown counts as none). gains, losses: jobs / year
    from events, both 0 or more. With the guard a net gain counts as far as it exceeds the projected growth,
    and a net loss as far as it exceeds the projected decline; without it all of it does. May fall below 0.
    """
    change = np.nan_to_num(change_per_year) if guard else np.zeros_like(gains)
    net = gains - losses
    added = np.maximum(net - np.maximum(change, 0), 0)
    taken = np.maximum(-net - np.maximum(-change, 0), 0)
    return np.asarray(openings + added - taken)


@dataclass(frozen=True)
class Summary:
    """Events added up as they stand in the log, cancelled ones left out of the sums.

    gains, losses: jobs of the events that tell a count, both 0 or more; 0 where there is no such event, None
    where there are some and none tells a count. net: gains less losses, of the counts that are told; None
    where none is. by_type: event type -> how many, in the order of EVENT_TYPES. uncounted: how many tell no
    count; cancelled: how many are. gains_uncounted, losses_uncounted: how many a sum leaves out.
    """

    events: int
    gains: int | None
    losses: int | None
    net: int | None
    by_type: Mapping[str, int]
    uncounted: int
    cancelled: int
    gains_uncounted: int
    losses_uncounted: int


def summary(rows: pd.DataFrame) -> Summary:
    """Add events up. rows: event_type, status, sign, jobs; not modified."""
    found = rows.event_type.value_counts()
    types = {name: int(found[name]) for name in EVENT_TYPES if name in found.index}
    if rows.empty:
        return Summary(0, 0, 0, 0, types, 0, 0, 0, 0)
    sums = _sums_by(rows, pd.Series(0, index=rows.index, name="all")).iloc[0]
    gains, losses, net = (None if pd.isna(sums[n]) else int(sums[n]) for n in ("gains", "losses", "net"))
    return Summary(by_type=types, gains=gains, losses=losses, net=net, **{n: int(sums[n]) for n in _COUNTS})


def months(rows: pd.DataFrame) -> pd.DataFrame:
    """Events by the month of their announcement, oldest first; months without events have no row.

    rows: announced and what `summary` needs. Returns month (datetime64, its first day), gains, losses
    (jobs, 0 or more), net, events, uncounted, cancelled, gains_uncounted, losses_uncounted (how many), with
    the meaning and the missing values of Summary; cancelled ones are in no sum of jobs.
    """
    month = rows.announced.to_numpy().astype("datetime64[M]").astype("datetime64[s]")
    return _sums_by(rows, pd.Series(month, index=rows.index, name="month")).sort_values(
        "month", ignore_index=True
    )


def by_industry(rows: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Events by sector of NAICS, the largest net first, those without an industry last.

    rows: naics and what `summary` needs. titles: sector -> title. Returns sector ('none' where not given),
    title and the sums as in `months`.
    """
    codes = rows.naics.fillna("")
    sectors = codes.map({code: sector_of(code) for code in codes.unique()})
    found = _sums_by(rows, sectors.rename("sector"))
    found.insert(1, "title", [_title(str(code), titles) for code in found.sector])
    found["size"], found["last"] = found.net.abs().fillna(0), found.sector == NOT_GIVEN
    found = found.sort_values(["last", "size", "sector"], ascending=[True, False, True], ignore_index=True)
    return found.drop(columns=["size", "last"])


def by_county(rows: pd.DataFrame) -> pd.DataFrame:
    """Events by county: county_fips and the sums as in `months`; those without a county are left out."""
    placed = rows[rows.county_fips.notna()]
    return _sums_by(placed, placed.county_fips).sort_values("county_fips", ignore_index=True)


def _title(sector: str, titles: Mapping[str, str]) -> str:
    return NOT_GIVEN_TITLE if sector == NOT_GIVEN else titles.get(sector, sector)


def _parts(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """What is added up, one value for each event; the jobs of a side are null where they are not told."""
    cancelled, jobs = rows.status == "cancelled", rows.jobs.astype("Int64")
    sides = {name: (rows.sign == sign) & ~cancelled for name, sign in _SIDES.items()}
    return {
        **{name: jobs.where(side, 0) for name, side in sides.items()},
        "events": pd.Series(1, index=rows.index), "uncounted": jobs.isna(), "cancelled": cancelled,
        **{f"{name}_uncounted": side & jobs.isna() for name, side in sides.items()},
    }  # fmt: skip


def _sums_by(rows: pd.DataFrame, key: pd.Series) -> pd.DataFrame:
    """The sums as in `months` for each value of the key."""
    name = str(key.name)
    sums = pd.DataFrame({name: key, **_parts(rows)}).groupby(name, sort=False).sum().astype("Int64")
    sums[list(_COUNTS)] = sums[list(_COUNTS)].astype("int64")
    net = sums.gains - sums.losses
    told = (sums.gains + sums.losses > 0) | (sums.gains_uncounted + sums.losses_uncounted == 0)
    sums.insert(2, "net", net.where(told))
    for side in _SIDES:  # an event is about one job at least, so a sum of 0 with events is no count
        sums[side] = sums[side].mask((sums[side] == 0) & (sums[f"{side}_uncounted"] > 0))
    return sums.reset_index()
