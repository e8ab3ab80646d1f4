"""What must be said beside the effect of hiring events: what is not counted, and what stands for what."""

from collections.abc import Mapping

import pandas as pd

from lmi.analysis.event_spread import Spread
from lmi.domain.events import EventTerms
from lmi.domain.selection import Area

_MOST_INDUSTRIES = 8
PATTERNS = (
    "Occupations are estimated: titles that a notice names win, else the industry's national staffing "
    "pattern (BLS OEWS) stands for the employer's own."
)
WITHHELD = "What BLS withholds of a pattern, and events without an industry, stay unplaced."


def notes(
    events: pd.DataFrame,
    spread: Spread,
    occupations: pd.DataFrame,
    terms: EventTerms,
    area: Area,
    titles: Mapping[str, str],
) -> tuple[str, ...]:
    """Sentences for an area. events: with jobs_counted, naics, used_naics, used_title; spread: of them;
    occupations: as in Impact; titles: NAICS -> title."""
    said = [*_events(events, area)]
    if len(spread.events):
        said += [PATTERNS, *_parents(events, spread, titles), WITHHELD]
        if terms.guard:
            said.append(
                "Openings with events hold only the gains beyond an occupation's projected growth and the "
                "losses beyond its projected decline, so that nothing counts twice; jobs_net is not reduced."
            )
        hidden = int(occupations.openings_per_year.isna().sum())
        if hidden:
            said.append(f"{_count(hidden, 'occupation')} that events touch: openings are not estimated here.")
    return tuple(said)


def _events(events: pd.DataFrame, area: Area) -> list[str]:
    if events.empty:
        return [f"No hiring event is on record for {area.name}.", *_beyond(area)]
    untold = int(events.jobs.isna().sum())
    outside = int((events.jobs_counted == 0).sum())
    said = []
    if untold:
        said.append(f"{_count(untold, 'event')} of {len(events):,} without a count of jobs: not counted.")
    if outside:
        said.append(f"{_count(outside, 'event')} of {len(events):,} outside the period or cancelled: 0 jobs.")
    return [*said, *_beyond(area)]


def _beyond(area: Area) -> list[str]:
    """What the log cannot tell for this kind of area."""
    if area.type == "nonmetro":
        return [
            "Events outside metropolitan areas are kept by state; only those entered under this area's own "
            "code are here."
        ]
    return []


def _parents(events: pd.DataFrame, spread: Spread, titles: Mapping[str, str]) -> list[str]:
    """Which published industry stands for one that is not published, where events go by it."""
    by_pattern = spread.events.event_id[spread.events.pattern_jobs != 0]
    rows = events[events.event_id.isin(by_pattern)]
    said = []
    none = int(rows.used_naics.isna().sum())
    if none:
        said.append(f"{_count(none, 'event')} without an industry: no occupation is named for their jobs.")
    rows = rows[rows.used_naics.notna()].drop_duplicates("naics").sort_values("naics")
    same = rows.naics.str.rstrip("0") == rows.used_naics.str.rstrip("0")
    other = rows[~same & (rows.naics.map(dict(titles)).astype("str").fillna("") != rows.used_title)]
    for row in other.head(_MOST_INDUSTRIES).itertuples():
        name = titles.get(str(row.naics), "")
        said.append(
            f"{f'{row.naics} {name}'.strip()}: no pattern is published; that of {row.used_naics} "
            f"{row.used_title} stands for it."
        )
    if len(other) > _MOST_INDUSTRIES:
        said.append(f"And {len(other) - _MOST_INDUSTRIES} more industries by a wider one's pattern.")
    return said


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
