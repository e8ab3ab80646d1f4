"""Where an incoming notice is: the county and city that its words mean, and the published area."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from lmi.domain.gazetteer import City, County, Gazetteer, split_state
from lmi.sources.event_incoming import Incoming, place_remark

_WHOLE_STATE = re.compile(r"\b(?:state[- ]?wide|various|multiple|several|remote)\b", re.I)
_ZIP = re.compile(r"[\s,]+(?:[A-Za-z]{2}[\s,.]+)?\d{5}(?:-\d{4})?\s*$")
_PART_OF_ADDRESS = re.compile(r"\d|^(?:bldg|building|ste|suite|unit|fl|floor|rm|room|apt|dept)\b", re.I)
_MOST_WORDS = 4
_Place = TypeVar("_Place", City, County)


@dataclass(frozen=True)
class Located:
    """cells: area_code, county, city of the log, as far as known. county_fips, state_fips: '' if not known.
    sure: whether county or city decided the area. street: of the site. remarks: what was not understood."""

    cells: Mapping[str, str]
    county_fips: str
    state_fips: str
    sure: bool
    street: str
    remarks: tuple[str, ...]


def is_whole_state(words: str) -> bool:
    """Whether a place as written means all of a state or places that it does not name."""
    return _WHOLE_STATE.search(words) is not None


def locate(notice: Incoming, places: Gazetteer) -> Located:
    """The place of a notice. A county decides its area, else a city; a name that is neither, or that means
    several places, leaves the state, and a remark keeps the words. Without any of them the cells stay as
    they are, for the check to refuse."""
    city, street = _city(notice, places)
    county = _county(notice, places, city)
    unknown = county is None and city is None and not notice.cells.get("county")
    if unknown and notice.place and not places.city(notice.place):
        county = _only([c for c in places.county(notice.place, notice.state_fips) if _same_state(c, notice)])
    city_here = city if city and (county is None or city.state_fips == county.state_fips) else None
    decided: County | City | None = county or city_here
    state = decided.state_fips if decided else notice.state_fips
    cells = {
        "area_code": notice.cells.get("area_code", "") or (decided.area_code if decided else state),
        "county": county.name if county else "",
        "city": city_here.name if city_here else "",
    }
    if not state:
        cells |= {"county": notice.cells.get("county", ""), "city": notice.place}
    told = [] if county or not state else [notice.cells.get("county", "")]
    told += [] if city_here or not state or (county and not notice.cells.get("county")) else [notice.place]
    words = [text.rstrip(".") for text in told if any(c.isalpha() for c in text)]
    remarks = (place_remark("; ".join(words)),) if words else ()
    return Located(
        {column: text for column, text in cells.items() if text}, county.fips if county else "", state,
        decided is not None, street, remarks,
    )  # fmt: skip


def _city(notice: Incoming, places: Gazetteer) -> tuple[City | None, str]:
    """The city of a notice, and its street without the city. Of an address the longest end that is one."""
    name = _ZIP.sub("", notice.place).strip(" ,")
    street = notice.street
    if not name or is_whole_state(name):
        return None, street
    bare, state = split_state(name)
    if state and notice.state_fips and state != notice.state_fips:
        return None, street  # the address of an office elsewhere
    found = places.city(name, notice.state_fips)
    is_address = name != notice.place or _PART_OF_ADDRESS.search(name)
    if found or not is_address:
        return _likeliest(found, notice, places), street
    words = bare.split()
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        found = places.city(" ".join(words[-count:]), state or notice.state_fips)
        if found:
            if street == notice.place:
                street = " ".join(words[:-count]).strip(" ,")
            return _likeliest(found, notice, places), street
    return None, street


def _likeliest(found: list[City], notice: Incoming, places: Gazetteer) -> City | None:
    """The only city found, or the only one in a state that has a county of the notice's name."""
    county = notice.cells.get("county", "")
    if len(found) > 1 and county:
        states = {c.state_fips for c in places.county(county, notice.state_fips)}
        found = [c for c in found if c.state_fips in states]
    return _only(found)


def _county(notice: Incoming, places: Gazetteer, city: City | None) -> County | None:
    """The only county of the notice's name in its state, or in the state of its city."""
    name = notice.cells.get("county", "")
    if not name:
        return None
    return _only(places.county(name, notice.state_fips or (city.state_fips if city else "")))


def _same_state(county: County, notice: Incoming) -> bool:
    return not notice.state_fips or county.state_fips == notice.state_fips


def _only(found: list[_Place]) -> _Place | None:
    return found[0] if len(found) == 1 else None
