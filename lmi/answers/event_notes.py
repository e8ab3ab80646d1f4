"""What must be said beside the effect of hiring events: what is not counted, and what stands for what."""

from collections.abc import Mapping, Sequence

import pandas as pd

from lmi.analysis.event_spread import Spread
from lmi.domain.days import in_words
from lmi.domain.events import EventTerms
from lmi.domain.selection import Area

_MOST_INDUSTRIES = 8
MOST_PLACES = 4  # from more of them, a state or the nation is taken to be covered
SILENT_DAYS = 120  # after so many days without news, the newest day is named
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
    told: Sequence[str] = (),
) -> tuple[str, ...]:
    """Sentences for an area. events: with jobs_counted, naics, used_naics, used_title; spread: of them;
    occupations: as in Impact; titles: NAICS -> title. told: what is said first."""
    said = [*told, *_events(events, area)]
    if len(spread.events):
        said += [PATTERNS, *_parents(events, spread, titles), WITHHELD]
        if terms.guard:
            said.append(
                "Openings with events hold only what of an occupation's net jobs goes beyond its projected "
                "growth or decline, so that nothing counts twice; the net jobs are not reduced."
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


def newest(events: pd.DataFrame) -> str:
    """The day of the newest event, in words; '' where there is none. events: announced."""
    return "" if events.empty else in_words(events.announced.max().strftime("%Y-%m-%d"))


def only_from(events: pd.DataFrame, area: Area, areas: Mapping[str, Area]) -> str:
    """The few places inside a wider area from which all its events come, in words; '' where they are the
    area's own, or come from many places. events: area_code."""
    if area.type not in {"nation", "state", "territory", "custom"}:
        return ""
    codes = list(dict.fromkeys(events.area_code))
    if not 0 < len(codes) <= MOST_PLACES or set(codes) & {area.code, *area.state_codes}:
        return ""
    names = [areas[code].place if code in areas else code for code in codes]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def reach(events: pd.DataFrame, area: Area, areas: Mapping[str, Area], as_of: str) -> list[str]:
    """How far the log reaches, in sentences: only few places of a wide area, and only up to a day.

    events: all on record for the area; areas: by code; as_of: ISO date of the look.
    """
    said = []
    where = only_from(events, area, areas)
    if where:
        said.append(f"Only events of {where} are on record; most of {area.place} is not told.")
    if len(events) and as_of:
        silent = (pd.Timestamp(as_of) - events.announced.max()).days
        if silent > SILENT_DAYS:
            said.append(f"The newest event on record is of {newest(events)}; later ones are not known.")
    return said


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
    other = []
    for naics, used, used_title in zip(rows.naics, rows.used_naics, rows.used_title, strict=True):
        title = titles.get(naics, "")
        if naics.rstrip("0") != used.rstrip("0") and title != used_title:
            name = f"{naics} {title}".strip()
            other.append(f"{name}: no pattern is published; that of {used} {used_title} stands for it.")
    said += other[:_MOST_INDUSTRIES]
    if len(other) > _MOST_INDUSTRIES:
        said.append(f"And {len(other) - _MOST_INDUSTRIES} more industries by a wider one's pattern.")
    return said


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
