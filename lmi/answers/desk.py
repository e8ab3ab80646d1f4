"""The desk at which questions are answered: one warehouse, the rules, the settings, the areas."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd

from lmi.analysis.similarity import Skillset, calibrated_cut, skillset
from lmi.analysis.supply import Links, number_links
from lmi.answers import pathway_files
from lmi.answers.adjusted import NOTHING, Adjusted
from lmi.answers.area_names import choosable, find_areas, near_areas
from lmi.answers.event_book import EventBook
from lmi.answers.held import Held
from lmi.domain.capacity import Known
from lmi.domain.codes import NATION, normalise_soc
from lmi.domain.errors import BadInput, LmiError
from lmi.domain.events import EventKnown
from lmi.domain.pathways import PathwayMap
from lmi.domain.rules import RuleBook, WeightPreset
from lmi.domain.selection import Area
from lmi.domain.settings import Audience, Settings
from lmi.places import Places
from lmi.sources import capacity_file, events_file, rule_files, settings_file, workforce_file
from lmi.sources.capacity_file import CapacityFile
from lmi.sources.events_file import EventLog
from lmi.sources.workforce_file import LocalWorkforce
from lmi.warehouse import event_places, pathways, people, programs, queries
from lmi.warehouse.connect import Warehouse

_SERIALS = count().__next__
_EVENT_KNOWN: Held[EventKnown] = Held(2)


@dataclass(frozen=True)
class Desk:
    """All that a question needs; made once per warehouse and settings file."""

    warehouse: Warehouse
    settings: Settings
    skill_rules: RuleBook
    demand_rules: RuleBook
    weight_presets: tuple[WeightPreset, ...]
    audiences: tuple[Audience, ...]
    areas: dict[str, Area]
    medians: dict[str, tuple[float, float]]  # area -> median pay of all jobs by the hour and the year
    titles: dict[str, str]  # every code that can be asked for -> its title
    price_index: dict[int, float]
    sources: pd.DataFrame
    capacity: CapacityFile
    local_workforce: LocalWorkforce
    pathways: PathwayMap  # the version in use
    draft: PathwayMap  # pathways.yaml itself
    event_known: EventKnown  # the codes and names that an event may use
    events: EventLog
    as_of: str = ""  # ISO date from which the events' year is counted; '' = no event counts
    event_journal: Path | None = None  # the changes of events that the app made
    problems: tuple[LmiError, ...] = ()  # what is wrong in a file for which the last good one stands in
    adjustments: Adjusted = NOTHING  # what convenings changed, as accepted
    serial: int = field(default_factory=_SERIALS)  # tells one desk from another in cache keys

    @cached_property
    def event_book(self) -> EventBook:
        """The events counted on the day, by area and occupation."""
        return EventBook(self.events.rows, self.settings.events, self.as_of, self.warehouse)

    @cached_property
    def jobs(self) -> dict[str, float]:
        """All jobs of every area (OEWS)."""
        listed = queries.areas(self.warehouse)
        return dict(zip(listed.area_code, listed.jobs.astype(float), strict=True))

    @cached_property
    def links(self) -> Links:
        """Programs and the occupations they prepare for, ready for apportioning."""
        return number_links(programs.links(self.warehouse))

    @cached_property
    def program_titles(self) -> dict[str, str]:
        """Title of every instructional program by CIP code."""
        return programs.titles(self.warehouse)

    @cached_property
    def award_years(self) -> list[int]:
        """Years of the completions, oldest first."""
        return programs.years(self.warehouse)

    @cached_property
    def placed_areas(self) -> frozenset[str]:
        """Areas in which institutions can be placed."""
        return programs.placed_areas(self.warehouse)

    @cached_property
    def projected(self) -> pd.DataFrame:
        """The nation's openings of every occupation: soc, openings_per_year."""
        return programs.projected(self.warehouse)

    @cached_property
    def shares(self) -> pd.DataFrame:
        """Every occupation with the CPS row it belongs to; see lmi.warehouse.people.shares."""
        return people.shares(self.warehouse).set_index("soc")

    @cached_property
    def everyone(self) -> pd.Series:
        """The CPS row of all employed people."""
        return people.all_employed(self.warehouse)

    @cached_property
    def workforce(self) -> pd.DataFrame:
        """Employed people by area and group: the bundled survey, with what staff supply."""
        return pd.concat([people.workforce(self.warehouse), self.local_workforce.rows], ignore_index=True)

    @cached_property
    def skillset(self) -> Skillset:
        """O*NET's skills and knowledge of all rated occupations."""
        return skillset(pathways.all_ratings(self.warehouse))

    @cached_property
    def similarity_cut(self) -> float:
        """From which similarity on occupations count as alike."""
        return calibrated_cut(self.skillset, pathways.minor_groups(self.warehouse))

    @cached_property
    def related(self) -> pd.DataFrame:
        """O*NET's related occupations: start, goal, related_rank."""
        return pathways.related(self.warehouse)

    @cached_property
    def requirements(self) -> pd.DataFrame:
        """What every detailed occupation asks for, indexed by soc."""
        return pathways.requirements(self.warehouse).set_index("soc")

    @cached_property
    def nation_pay(self) -> pd.DataFrame:
        """The nation's pay, indexed by soc: pay, pay_top_coded."""
        rows = queries.local_rows(self.warehouse, (NATION,)).set_index("soc")
        top = rows.top_coded.fillna("").astype(str).str.contains("wage_median_usd_year")
        return pd.DataFrame({"pay": rows.wage_median_usd_year.astype(float), "pay_top_coded": top})

    @cached_property
    def known_codes(self) -> Known:
        """The codes that the capacity file may name."""
        return known_codes(self.areas, self.titles, self.program_titles, self.settings.default_area)

    def area(self, code: str) -> Area:
        """The area of a code; BadInput names the nearest valid choices."""
        wanted = "US" if code.strip().upper() == "US" else code.strip()
        if wanted in self.areas:
            return self.areas[wanted]
        near = find_areas(self.areas, wanted)[:3] or near_areas(
            self.areas, wanted, self.settings.default_area
        )
        raise BadInput(
            f"No area '{wanted[:60]}'.",
            "Nearest: " + "; ".join(f"{a.code} {a.name}" for a in near) + ".",
            "Codes: US, 2-digit state, 5-digit metro area, 7-digit nonmetropolitan area. "
            "List them: python -m lmi areas TEXT.",
        )

    def soc(self, text: str) -> str:
        """A SOC code that can be asked for; BadInput names the nearest valid choices."""
        wanted = normalise_soc(text)
        known = queries.occupations(self.warehouse)
        if wanted in set(known.soc):
            return wanted
        found = queries.search(self.warehouse, wanted, 3)
        if found.empty:
            folded = known[known.in_oews].assign(folded=known.title.str.lower())
            pool = list(known.soc) if wanted[:1].isdigit() else list(folded.folded)
            close = get_close_matches(wanted.lower(), pool, 3, cutoff=0.4) or ["29-1141"]
            found = folded[folded.soc.isin(close) | folded.folded.isin(close)].head(3)
        near = "; ".join(f"{row.soc} {row.title}" for row in found.itertuples())
        raise BadInput(
            f"No occupation '{wanted[:60]}'.", f"Nearest: {near}.", "Use a SOC 2018 code such as 29-1141."
        )

    def skill_name(self, rule_id: str) -> str:
        """The skill rule in words, for the selection sentence."""
        if rule_id == "all":
            return "all skill levels"
        rule = self.skill_rules[rule_id]
        return f"middle-skill {rule.name[0].lower()}{rule.name[1:]}"


def open_desk(places: Places, warehouse: Warehouse, as_of: str = "") -> Desk:
    """Load rules, audiences, settings and events for a warehouse; BadFile names file and line of a mistake.

    as_of: see Desk. A row of the events that does not fit, or a record that cannot be read, is a problem
    within Desk.events.
    """
    listed, known = queries.areas(warehouse), queries.occupations(warehouse)
    skill_rules = rule_files.load_rules(places.rules / "middle_skill.yaml")
    demand_rules = rule_files.load_rules(places.rules / "in_demand.yaml")
    presets = rule_files.load_weights(places.rules / "weights.yaml")
    published = known[known.in_oews & (known.soc_level == "detailed")]
    socs = dict(zip(published.soc, published.title, strict=True))
    told = pathway_files.told(places, socs, [p.id for p in presets])
    area_states = dict(zip(listed.area_code, listed.state_fips, strict=True))
    settings = settings_file.load_settings(
        places.settings,
        area_states,
        [a.id for a in told.audiences],
        skill_rules.ids(),
        demand_rules.ids(),
        [p.id for p in presets],
        list(known.soc[known.soc_level == "detailed"]),
    )
    areas, titles = choosable(listed, settings), dict(zip(known.soc, known.title, strict=True))
    codes = known_codes(areas, titles, programs.titles(warehouse), settings.default_area)
    capacity = capacity_file.load_capacity(
        places.capacity, codes.areas, codes.socs, codes.cips, codes.default_area
    )
    events_known = event_known(warehouse, area_states, socs)
    log = events_file.load_events(places.events, places.events_journal, events_known)
    return Desk(
        warehouse, settings, skill_rules, demand_rules, presets, told.audiences, areas, _medians(warehouse),
        titles, queries.price_index(warehouse), queries.sources(warehouse),
        capacity, workforce_file.load_workforce(places.workforce),
        told.pathways, told.draft, events_known, log, as_of, places.events_journal, told.problems,
    )  # fmt: skip


def with_events(desk: Desk, log: EventLog, as_of: str) -> Desk:
    """A desk with another log or day, and all else that this one has already worked out; its serial is
    its own. Quick, so that an edit of the log reloads nothing else."""
    held = _worked_out(desk)
    before = held.pop("event_book", None)
    book = EventBook(log.rows, desk.settings.events, as_of, desk.warehouse, before)
    found = replace(desk, events=log, as_of=as_of, serial=_SERIALS())
    vars(found).update(held, event_book=book)
    return found


def with_adjustments(desk: Desk, found: Adjusted) -> Desk:
    """A desk with what convenings changed, and all else that this one has already worked out; its serial is
    its own."""
    other = replace(desk, adjustments=found, serial=_SERIALS())
    vars(other).update(_worked_out(desk))
    return other


def _worked_out(desk: Desk) -> dict[str, Any]:
    """What cached_property has kept of a desk."""
    named = {f.name for f in fields(Desk)}
    return {name: value for name, value in vars(desk).items() if name not in named}


def event_known(warehouse: Warehouse, area_states: Mapping[str, str], socs: Mapping[str, str]) -> EventKnown:
    """What an event may name, worked out once for a warehouse, from which all of it comes. area_states: area
    code -> FIPS of its states; socs: published -> title."""

    def make() -> EventKnown:
        industries, places = event_places.industries_known(warehouse), event_places.gazetteer(warehouse)
        combined = event_places.occupations_combined(warehouse)
        return EventKnown(area_states, industries, socs, places, combined)

    return _EVENT_KNOWN.get(warehouse.build_id, make)


def known_codes(
    areas: Mapping[str, Area], titles: Mapping[str, str], program_titles: Mapping[str, str], default: str
) -> Known:
    """The codes that exist, for the local capacity file."""
    return Known(areas.keys(), titles.keys(), program_titles.keys(), default)


def _medians(warehouse: Warehouse) -> dict[str, tuple[float, float]]:
    found = queries.area_medians(warehouse)
    hours, years = found.wage_median_usd_hour.astype(float), found.wage_median_usd_year.astype(float)
    return dict(zip(found.area_code, zip(hours, years, strict=True), strict=True))
