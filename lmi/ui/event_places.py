"""Cities and counties by name, as the form of an event offers and reads them."""

from collections.abc import Mapping

import pandas as pd

from lmi.domain.codes import NATION, POSTAL_BY_FIPS
from lmi.ui.state import View

_COUNTY, _CITY = "county:", "city:"


def options(view: View) -> dict[str, str]:
    """Counties and cities of the area first, then those of its states: id -> name with the state.

    For the nation: counties alone; any other place can be typed.
    """
    places = view.desk.event_known.places
    states = set(view.area.state_codes)
    here = set(view.area.members)
    counties = [c for c in places.counties if c.state_fips in states or view.area.code == NATION]
    cities = [c for c in places.cities if c.state_fips in states]
    found = [(c.area_code not in here, 1, c.name, f"{_COUNTY}{c.fips}", c.state_fips) for c in counties]
    found += [(c.area_code not in here, 0, c.name, f"{_CITY}{c.name}", c.state_fips) for c in cities]
    out = {}
    for _, _, name, key, fips in sorted(found):
        state = POSTAL_BY_FIPS.get(fips, "")
        out[key if key.startswith(_COUNTY) else f"{key}, {state}"] = f"{name}, {state}"
    return out


def option_of(old: pd.Series | None, offered: Mapping[str, str]) -> str:
    """The option that an event's place is, or its place as text; '' where it has none."""
    if old is None:
        return ""
    state = POSTAL_BY_FIPS.get(str(old["state_fips"]), "")
    if pd.notna(old["city"]):
        key = f"{_CITY}{old['city']}, {state}"
        return key if key in offered else f"{old['city']}, {state}"
    if pd.notna(old["county_fips"]):
        key = f"{_COUNTY}{old['county_fips']}"
        return key if key in offered else f"{old['county']}, {state}"
    return ""


def values_of(view: View, chosen: str | None) -> dict[str, str]:
    """Area, county and city of what was chosen or typed; all empty where nothing was.

    A place that is typed is looked up when the event is saved, and refused there if it is not known.
    """
    empty = {"area_code": "", "county": "", "city": ""}
    if not chosen:
        return empty
    places = view.desk.event_known.places
    if chosen.startswith(_COUNTY):
        county = places.by_fips[chosen.removeprefix(_COUNTY)]
        return empty | {"area_code": county.area_code,
                        "county": f"{county.name}, {POSTAL_BY_FIPS[county.state_fips]}"}  # fmt: skip
    text = _with_state(view, chosen.removeprefix(_CITY))
    if places.county(text) and not places.city(text):
        return empty | {"county": text}
    if "," not in text and not places.city(text) and view.area.type in ("metro", "state"):
        return empty | {"city": text, "area_code": view.area.code}  # a small place, where the page is
    return empty | {"city": text}


def _with_state(view: View, text: str) -> str:
    """A typed place with the state of the area where it names one there and no state is written."""
    places = view.desk.event_known.places
    found = [s for s in view.area.state_codes if places.city(text, s) or places.county(text, s)]
    return text if "," in text or len(found) != 1 else f"{text}, {POSTAL_BY_FIPS[found[0]]}"
