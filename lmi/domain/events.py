"""Hiring events as staff log them: kinds, statuses, the columns of the record, how jobs are counted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from lmi.domain.gazetteer import Gazetteer

GAINS: Mapping[str, str] = {
    "expansion": "Expansion", "opening": "Opening", "relocation_in": "Relocation in",
}  # fmt: skip
LOSSES: Mapping[str, str] = {
    "relocation_out": "Relocation out", "contraction": "Contraction", "layoff": "Lay-off",
    "closure": "Closure",
}  # fmt: skip
EVENT_TYPES: Mapping[str, str] = {**GAINS, **LOSSES}
STATUSES: Mapping[str, str] = {
    "rumored": "Rumored", "announced": "Announced", "confirmed": "Confirmed", "completed": "Completed",
    "cancelled": "Cancelled",
}  # fmt: skip
CONFIDENCES: Mapping[str, str] = {"high": "High", "medium": "Medium", "low": "Low"}
MOST_JOBS = 200_000  # no single site in the United States employs more
EARLIEST_YEAR, LATEST_YEAR = 1988, 2060  # the WARN Act is of 1988; plans do not reach further


@dataclass(frozen=True)
class EventTerms:
    """How an event's jobs are counted in the year that is looked at; set in the settings file.

    status_weights: status -> 0 to 1. phase_in_months: event type -> months over which its jobs come
    about evenly, from the day it takes effect. starts_months: where the window begins, counted from
    today (-6 = half a year ago); horizon_months: how long it is; figures are per year of it. guard:
    whether growth (or decline) that the projection has already is taken off before events are added.
    """

    status_weights: Mapping[str, float]
    phase_in_months: Mapping[str, int]
    starts_months: int = -6
    horizon_months: int = 12
    guard: bool = True


DEFAULT_TERMS = EventTerms(
    status_weights={"rumored": 0.25, "announced": 0.75, "confirmed": 0.9, "completed": 1.0, "cancelled": 0.0},
    phase_in_months={
        "expansion": 36, "opening": 36, "relocation_in": 24, "relocation_out": 12, "contraction": 12,
        "layoff": 12, "closure": 12,
    },
)  # fmt: skip


@dataclass(frozen=True)
class EventKnown:
    """The codes and names that an event may use. areas: code -> FIPS of its states, separated by spaces.

    naics, socs: code -> title; socs are the detailed occupations that OEWS publishes. combined: SOC 2018
    code -> the code of socs under which OEWS publishes it together with others.
    """

    areas: Mapping[str, str]
    naics: Mapping[str, str]
    socs: Mapping[str, str]
    places: Gazetteer
    combined: Mapping[str, str] = field(default_factory=dict)


def sign_of(event_type: str) -> int:
    """+1 for a kind of event that brings jobs, -1 for one that takes them."""
    return 1 if event_type in GAINS else -1


def known_types(types: Collection[str]) -> list[str]:
    """The event types among the given texts, in the order of this module."""
    return [name for name in EVENT_TYPES if name in types]
