"""Counties and cities by name, and the published area that each belongs to."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lmi.domain.codes import POSTAL_BY_FIPS

_FIPS_BY_POSTAL = {postal: fips for fips, postal in POSTAL_BY_FIPS.items()}
_MARKS = re.compile(r"[^\w\s]")
_FULL = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_KIND = re.compile(r"\s+(county|parish|borough|census area|municipality|municipio|planning region)$")


@dataclass(frozen=True)
class County:
    """A county or its equivalent. area_code: its metropolitan area, or else its state's code."""

    fips: str
    name: str
    state_fips: str
    area_code: str


@dataclass(frozen=True)
class City:
    """A place of the postal service. area_code: the metropolitan area of most of its addresses, or else
    its state's code; share: of how many (0-1)."""

    name: str
    state_fips: str
    area_code: str
    share: float


class Gazetteer:
    """Looks places up by name, however they are written; an unclear name finds several."""

    def __init__(self, counties: Iterable[County], cities: Iterable[City]) -> None:
        self.counties = tuple(counties)
        self.cities = tuple(cities)
        self.by_fips = {county.fips: county for county in self.counties}
        self._counties: dict[str, list[County]] = defaultdict(list)
        self._cities: dict[str, list[City]] = defaultdict(list)
        for county in self.counties:
            self._counties[_KIND.sub("", folded(county.name))].append(county)
        for city in self.cities:
            self._cities[folded(city.name)].append(city)

    def county(self, text: str, state_fips: str = "", area_code: str = "") -> list[County]:
        """The counties of a name: 'Travis', 'Travis County', 'Travis County, TX'. state_fips, area_code:
        narrow the search where they help ('' = anywhere)."""
        name, state = split_state(text)
        found = self._counties.get(_KIND.sub("", folded(name)), [])
        found = [c for c in found if (state or state_fips or c.state_fips) == c.state_fips]
        here = [c for c in found if c.area_code == area_code]
        return here if area_code and here else found

    def city(self, text: str, state_fips: str = "", area_code: str = "") -> list[City]:
        """The cities of a name: 'Round Rock', 'Round Rock, TX'; see county."""
        name, state = split_state(text)
        found = self._cities.get(folded(name), [])
        found = [c for c in found if (state or state_fips or c.state_fips) == c.state_fips]
        here = [c for c in found if c.area_code == area_code]
        return here if area_code and here else found


def folded(name: str) -> str:
    """A name without case, accents, points and doubled spaces: 'St. Louis' is 'saint louis'."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in name if not unicodedata.combining(c))
    words = _MARKS.sub(" ", name.casefold().replace("'", "")).split()
    return " ".join([_FULL.get(word, word) for word in words])


def split_state(text: str) -> tuple[str, str]:
    """The name and the state's FIPS code of 'Travis County, TX'; '' where no state is written."""
    name, comma, last = text.rpartition(",")
    fips = _FIPS_BY_POSTAL.get(last.strip().upper(), "")
    return (name.strip(), fips) if comma and fips else (text.strip(), "")
