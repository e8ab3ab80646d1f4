"""The block `events` of the settings file: how hiring events are counted."""

from collections.abc import Iterable, Mapping

from lmi.domain.events import DEFAULT_TERMS, EVENT_TYPES, STATUSES, EventTerms
from lmi.sources.yaml_file import Entry

KEYS = ("status_weights", "phase_in_months", "starts_months", "horizon_months", "guard")
MOST_PHASE_IN, MOST_START, MOST_HORIZON = 240, 120, 120  # months


def read_terms(entry: Entry | None) -> EventTerms:
    """The terms; what is left out is as in DEFAULT_TERMS. BadFile names the line of a mistake."""
    usual = DEFAULT_TERMS
    if entry is None or entry.value is None:
        return usual
    found = entry.fields(KEYS)
    weights = {key: value.number(0, 1) for key, value in _by_name(found, "status_weights", STATUSES).items()}
    months = {
        key: _whole(value, 0, MOST_PHASE_IN)
        for key, value in _by_name(found, "phase_in_months", EVENT_TYPES).items()
    }
    starts, horizon = found.get("starts_months"), found.get("horizon_months")
    return EventTerms(
        status_weights={**usual.status_weights, **weights},
        phase_in_months={**usual.phase_in_months, **months},
        starts_months=usual.starts_months if starts is None else _whole(starts, -MOST_START, MOST_START),
        horizon_months=usual.horizon_months if horizon is None else _whole(horizon, 1, MOST_HORIZON),
        guard=found["guard"].boolean() if "guard" in found else usual.guard,
    )


def _by_name(found: Mapping[str, Entry], key: str, names: Iterable[str]) -> Mapping[str, Entry]:
    return found[key].fields(names) if key in found and found[key].value is not None else {}


def _whole(entry: Entry, low: int, high: int) -> int:
    number = entry.number(low, high)
    if not number.is_integer():
        entry.refuse(f"{number:g} is not valid.", f"a whole number of months from {low} to {high}")
    return int(number)
