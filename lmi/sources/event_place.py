"""Where an event takes place: its area, county and city as typed, brought together or refused."""

from collections.abc import Sequence
from typing import NamedTuple

from lmi.domain.codes import NATION, POSTAL_BY_FIPS
from lmi.domain.event_columns import LAYOUT
from lmi.domain.events import EventKnown
from lmi.domain.gazetteer import City, County, split_state
from lmi.sources.staff_cells import Refused, nearest_by_beginning, without_zeros

SURE_SHARE = 0.95  # a city with so many of its addresses in an area lies in no other
_MOST_NAMED = 3
_FIPS_BY_POSTAL = {postal: fips for fips, postal in POSTAL_BY_FIPS.items()}


class Place(NamedTuple):
    """A place. county: its full name, city: without the state; None = not told. state_fips: None = US."""

    area_code: str
    county: str | None
    city: str | None
    county_fips: str | None
    state_fips: str | None


class Misplaced(Refused):
    """A place that is refused. column: of the cell that is at fault."""

    def __init__(self, column: str, why: str = "") -> None:
        self.column = column
        super().__init__(why)


class Resolver:
    """Brings area, county and city together, against the places that are known."""

    def __init__(self, known: EventKnown) -> None:
        self._areas, self._places = known.areas, known.places
        self._ordered = sorted(known.areas)
        self._states_of = {area: tuple(states.split()) for area, states in known.areas.items()}
        self._states_of |= {"": (), NATION: ()}

    def place(self, area_text: str, county_text: str, city_text: str) -> Place:
        """The place of an event; Misplaced if the three do not tell one. '' = not told.

        The area that is typed counts, unless it is a state or the nation and the county or city lies in a
        metropolitan area of it. The state is the county's, else the city's, else the area's first.
        """
        if not (area_text or county_text or city_text):
            raise Misplaced(
                "area_code", "is empty, and so are county and city. Write at least one of the three."
            )
        area = self._area(area_text) if area_text else ""
        county = self._county(county_text, area, city_text) if county_text else None
        name, city, written = self._city(city_text, area, county) if city_text else (None, None, "")
        states = self._states_of[area]
        return Place(
            area_code=self._finest(area, county, city),
            county=county.name if county else None,
            city=name,
            county_fips=county.fips if county else None,
            state_fips=(county or city).state_fips  # type: ignore[union-attr]
            if county or city
            else written or (states[0] if states else None),
        )

    def _area(self, typed: str) -> str:
        # spreadsheets drop leading zeros: 6 is 06, 100001 is 0100001
        text = without_zeros(typed)
        forms = (text, text.upper(), _FIPS_BY_POSTAL.get(text.upper(), ""), text.zfill(2), text.zfill(7))
        found = next((form for form in forms if form in self._areas), None)
        if found is None:
            near = nearest_by_beginning(text, self._ordered)
            accepted = LAYOUT.by_id["area_code"].accepted
            raise Misplaced("area_code", f"is not a known area{near}. Write {accepted}.")
        return found

    def _county(self, text: str, area: str, city_text: str) -> County:
        found = self._counties(text, area)
        if not found:
            raise Misplaced("county", "is not a known county. Correct it, or leave the cell empty.")
        if len(found) > 1 and city_text:
            states = {city.state_fips for city in self._places.city(city_text)}
            found = [county for county in found if county.state_fips in states] or found
        if len(found) > 1:
            raise Misplaced("county", _unclear(found))
        county = found[0]
        if area and not self._holds(area, county.area_code, county.state_fips):
            raise Misplaced(
                "county", f"lies in {county.area_code}, not in {area} (area_code). Correct one of the two."
            )
        return county

    def _counties(self, typed: str, area: str) -> list[County]:
        text = without_zeros(typed)
        if text.isascii() and text.isdigit():
            county = self._places.by_fips.get(text.zfill(5))
            return [county] if county else []
        found = self._places.county(text, area_code=area)
        if len(found) < 2:
            return found
        return [county for county in found if county.state_fips in self._states_of[area]] or found

    def _city(self, text: str, area: str, county: County | None) -> tuple[str | None, City | None, str]:
        """The city's name, the city if it is known and clear, and the state that is written with it.

        A city that is not known is text, where area or county tells the place without it.
        """
        name, written = split_state(text)
        states = (county.state_fips,) if county else self._states_of[area]
        if written and states and written not in states:
            where = "the county" if county else f"{area} (area_code)"
            state = POSTAL_BY_FIPS[written]
            raise Misplaced("city", f"lies in {state}, and {where} does not. Correct one of the two.")
        found = self._places.city(text, area_code=county.area_code if county else area)
        if states:
            found = [city for city in found if city.state_fips in states]
        if county is None and area in ("", NATION):
            self._must_be_clear(found)
        if len(found) != 1:
            return name, None, written
        self._must_lie_in(area, county, found[0])
        return found[0].name, found[0], written

    def _must_be_clear(self, found: list[City]) -> None:
        if not found:
            raise Misplaced(
                "city", "is not a known city. Correct it, or write the county or the area's code."
            )
        if len(found) > 1:
            raise Misplaced("city", _unclear(found))

    def _must_lie_in(self, area: str, county: County | None, city: City) -> None:
        """Misplaced if all but a few of a city's addresses lie in another area, and no county says else."""
        if not area or county or city.share < SURE_SHARE:
            return
        if not self._holds(area, city.area_code, city.state_fips):
            raise Misplaced(
                "city",
                f"lies in {city.area_code}, not in {area} (area_code). Correct one of the two, or write the "
                "county.",
            )

    def _holds(self, area: str, area_code: str, state_fips: str) -> bool:
        """Whether an area holds a county or city of that published area and state."""
        if area in (NATION, area_code, state_fips):
            return True
        return len(area) == 7 and area_code == state_fips and state_fips in self._states_of[area]

    def _finest(self, area: str, county: County | None, city: City | None) -> str:
        """The area that is typed, or the smaller one that county or city tells."""
        if len(area) in (5, 7):
            return area
        if county:
            return county.area_code
        return city.area_code if city else area


def _unclear(found: Sequence[County] | Sequence[City]) -> str:
    """Which places a name may mean, and what to write."""
    names = sorted({f"{place.name}, {POSTAL_BY_FIPS.get(place.state_fips, '?')}" for place in found})
    more = f" or {len(names) - _MOST_NAMED} others" if len(names) > _MOST_NAMED else ""
    if len(names) == 1:
        return f"may be several places called {names[0]}. Write the county or the area's code too."
    return f"may be {' or '.join(names[:_MOST_NAMED])}{more}. Write the state too, such as '{names[0]}'."
