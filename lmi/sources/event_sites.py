"""Which event a notice is about: its employer, day and state, and as much of its site as is known."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from lmi.domain.gazetteer import Gazetteer, folded
from lmi.sources.event_incoming import street_of
from lmi.sources.event_names import bracket_words, employer_key, store_number, street_key

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Site:
    """What tells one event from another. employer: its key (see employer_key); day: of the notice, ISO;
    state: FIPS or ''. The rest is '' where not known: area: a metropolitan area, or the state where the
    place lies in none; county: FIPS; city, street, store, brackets (see bracket_words): as compared."""

    employer: str
    day: str
    state: str
    area: str = ""
    county: str = ""
    city: str = ""
    street: str = ""
    store: str = ""
    brackets: str = ""

    @property
    def key(self) -> Key:
        """Employer, day and state: events of different keys are never the same."""
        return self.employer, self.day, self.state

    def may_be(self, other: "Site") -> bool:
        """Whether two sites can be one: of one key, and nothing that is known of both differs."""
        return self.key == other.key and all(
            not a or not b or a == b for a, b in zip(self._known, other._known, strict=True)
        )

    def is_surely(self, other: "Site") -> bool:
        """Whether two sites that may be one share something that is known, or nothing is known of either."""
        shared = any(a and a == b for a, b in zip(self._known, other._known, strict=True))
        return self.may_be(other) and (shared or not (any(self._known) or any(other._known)))

    @property
    def _known(self) -> tuple[str, ...]:
        return self.area, self.county, self.city, self.street, self.store, self.brackets


@dataclass(frozen=True)
class Standing:
    """An event that is there already. label: how a message names it; logged: whether the log has it."""

    site: Site
    jobs: int | None
    label: str
    logged: bool = False


def site_of(
    employer: str, day: str, state: str, area_code: str, county_fips: str, city: str, street: str,
    places: Gazetteer,
) -> Site:  # fmt: skip
    """The site that these cells describe. city: counts only where it is a known one of the state."""
    cities = places.city(city, state) if city else []
    if county_fips in places.by_fips:
        area = places.by_fips[county_fips].area_code
    elif len(cities) == 1:
        area = cities[0].area_code
    else:
        area = area_code if len(area_code) == 5 else ""
    return Site(
        employer_key(employer), day, state, area, county_fips, folded(cities[0].name) if cities else "",
        street_key(street), store_number(employer), bracket_words(employer),
    )  # fmt: skip


def standing(rows: pd.DataFrame, places: Gazetteer) -> Iterator[Standing]:
    """The events of the log. rows: see EventLog.rows of lmi.sources.events_file."""
    columns = [
        "employer",
        "announced",
        "effective",
        "state_fips",
        "area_code",
        "county_fips",
        "city",
        "notes",
    ]
    texts = rows[columns].astype({"announced": "str", "effective": "str"}).fillna("")
    jobs = [None if pd.isna(count) else int(count) for count in rows.jobs]
    lines = zip(texts.itertuples(index=False, name=None), jobs, rows.event_id, strict=True)
    for (employer, announced, effective, state, area, county, city, notes), count, event_id in lines:
        day = (announced or effective)[:10]
        site = site_of(employer, day, state, area, county, city, street_of(notes), places)
        yield Standing(site, count, f"event {event_id}", logged=True)
