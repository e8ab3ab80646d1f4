"""Which event a notice is about: its employer, day and state, and as much of its site as is known."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pandas as pd

from lmi.domain.events import sign_of
from lmi.domain.gazetteer import Gazetteer, folded
from lmi.sources.event_incoming import COLLECTED, doubt_of, place_words, street_of
from lmi.sources.event_locate import is_whole_state
from lmi.sources.event_names import bracket_words, employer_key, first_word, store_number, street_key

_COLUMNS = [
    "employer", "announced", "effective", "state_fips", "area_code", "county_fips", "city", "notes",
    "source_name", "event_type",
]  # fmt: skip


@dataclass(frozen=True)
class Site:
    """What tells one event from another. employer: its key (see employer_key); day: of the notice, ISO;
    state: FIPS or ''. The rest is '' where not known: area: a metropolitan area, or the state where the
    place lies in none; county: FIPS; city, street, store, brackets (see bracket_words): as compared; words:
    the place as written where it is no known city or county; first_word: of the employer's name."""

    employer: str
    day: str
    state: str
    area: str = ""
    county: str = ""
    city: str = ""
    street: str = ""
    store: str = ""
    brackets: str = ""
    words: str = ""
    first_word: str = ""

    @property
    def is_told(self) -> bool:
        """Whether anything at all is known of the place."""
        return any(self._known) or bool(self.words)

    @property
    def is_vague(self) -> bool:
        """Whether no county, city or place as written narrows it down."""
        return not (self.county or self.city) and (not self.words or is_whole_state(self.words))

    def may_be_at(self, other: "Site") -> bool:
        """Whether an employer's two sites can be one: nothing that is known of both differs."""
        return self.employer == other.employer and self._places_agree(other)

    def is_surely(self, other: "Site") -> bool:
        """Whether two sites that may be one share something that is known."""
        return self.may_be_at(other) and self._places_share(other)

    def is_of_namesake(self, other: "Site") -> bool:
        """Whether employers whose names only begin alike are surely at one place."""
        namesakes = self.employer != other.employer and self.first_word == other.first_word
        return namesakes and self._places_agree(other) and self._places_share(other)

    def _places_agree(self, other: "Site") -> bool:
        return (
            self.state == other.state
            and all(not a or not b or a == b for a, b in zip(self._known, other._known, strict=True))
            and self._words_agree(other)
        )

    def _places_share(self, other: "Site") -> bool:
        shared = any(a and a == b for a, b in zip(self._known, other._known, strict=True))
        return shared or bool(self.words and self.words == other.words)

    def _words_agree(self, other: "Site") -> bool:
        """Different words are different sites; the words of a whole state are no site, and more words than
        the other's ('anchorage on muldoon road', 'anchorage') can mean a part of it."""
        one, two = self.words or self.city, other.words or other.city
        if not (self.words or other.words) or not one or not two or is_whole_state(f"{one}; {two}"):
            return True
        return set(one.split()) <= set(two.split()) or set(two.split()) <= set(one.split())

    @property
    def _known(self) -> tuple[str, ...]:
        return self.area, self.county, self.city, self.street, self.store, self.brackets


@dataclass(frozen=True)
class Standing:
    """An event as it is compared. effective: ISO or ''; label: how a message names it; logged: whether the
    log has it; collected: whether its source is the collection; official: whether it is a state's own
    notice; kept: whether it is (to be) in the log, not held back; gain: whether it brings jobs; void:
    whether it counts for nothing: cancelled, or an earlier state of an event that no longer counts;
    rescinded: what says, but not for sure, that it no longer holds, or ''."""

    site: Site
    effective: str
    jobs: int | None
    label: str
    logged: bool = False
    collected: bool = False
    official: bool = False
    kept: bool = True
    gain: bool = False
    void: bool = False
    rescinded: str = ""

    @property
    def compared(self) -> tuple[Site, str, int | None, bool]:
        """What of it is compared."""
        return self.site, self.effective, self.jobs, self.gain


def site_of(
    employer: str, day: str, state: str, area_code: str, county_fips: str, city: str, street: str,
    notes: str, places: Gazetteer,
) -> Site:  # fmt: skip
    """The site that these cells describe. city: counts only where it is a known one of the state. notes:
    hold the place as written where it is not known."""
    cities = places.city(city, state) if city else []
    if county_fips in places.by_fips:
        area = places.by_fips[county_fips].area_code
    elif len(cities) == 1:
        area = cities[0].area_code
    else:
        area = area_code if len(area_code) == 5 else ""
    words, at = "" if cities or county_fips else place_words(notes), street_key(street)
    if at and street_key(words) == at:
        words = ""  # the address again
    return Site(
        employer_key(employer), day, state, area, county_fips, folded(cities[0].name) if cities else "",
        at, store_number(employer), bracket_words(employer), folded(words), first_word(employer),
    )  # fmt: skip


def standing_and_former(rows: pd.DataFrame, former: pd.DataFrame | None, places: Gazetteer) -> list[Standing]:
    """The events of the log, and what they were before where that is compared otherwise. former: see
    former_rows of lmi.sources.event_changes."""
    events = list(standing(rows, places))
    if former is not None:
        seen = {event.compared for event in events}
        counted = set(rows.event_id[rows.status != "cancelled"])
        for event in sorted(standing(former, places, counted), key=lambda event: event.void):
            if event.compared not in seen:
                seen.add(event.compared)
                events.append(event)
    return events


def standing(rows: pd.DataFrame, places: Gazetteer, counted: Collection[str] = ()) -> Iterator[Standing]:
    """The events of the log. rows: see EventLog.rows of lmi.sources.events_file; with a column `since`, see
    former_rows of lmi.sources.event_changes, their earlier states. counted: the event_id of those that still
    count, where rows are earlier states."""
    texts = rows[_COLUMNS].astype({"announced": "str", "effective": "str"}).fillna("")
    jobs = [None if pd.isna(count) else int(count) for count in rows.jobs]
    labels, void = "event " + rows.event_id, rows.status == "cancelled"
    if "since" in rows:
        labels, void = labels + ", " + rows.since, ~rows.event_id.isin(counted)
    lines = zip(texts.itertuples(index=False, name=None), jobs, labels, void, strict=True)
    for cells, count, label, counts_not in lines:
        employer, announced, effective, state, area, county, city, notes, source, kind = cells
        day = (announced or effective)[:10]
        site = site_of(employer, day, state, area, county, city, street_of(notes), notes, places)
        yield Standing(
            site,
            effective[:10],
            count,
            label,
            logged=True,
            collected=source.endswith(COLLECTED),
            gain=sign_of(kind) > 0,
            void=bool(counts_not),
            rescinded=doubt_of(notes),
        )
