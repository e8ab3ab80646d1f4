"""The desk at which questions are answered: one warehouse, the rules, the settings, the areas."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import count
from pathlib import Path

import pandas as pd

from lmi.analysis.similarity import Skillset, calibrated_cut, skillset
from lmi.analysis.supply import Links, number_links
from lmi.answers.area_names import choosable, find_areas, near_areas
from lmi.domain.capacity import Known
from lmi.domain.codes import NATION, normalise_soc
from lmi.domain.errors import BadFile, BadInput, LmiError
from lmi.domain.pathways import NO_PATHWAYS, PathwayMap
from lmi.domain.rules import RuleBook, WeightPreset
from lmi.domain.selection import Area
from lmi.domain.settings import Audience, Settings
from lmi.places import Places
from lmi.sources import (
    audience_file,
    capacity_file,
    last_good,
    pathway_versions,
    pathways_file,
    rule_files,
    settings_file,
    workforce_file,
    yaml_file,
)
from lmi.sources.capacity_file import CapacityFile
from lmi.sources.workforce_file import LocalWorkforce
from lmi.warehouse import pathways, people, programs, queries
from lmi.warehouse.connect import Warehouse


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
    problems: tuple[LmiError, ...] = ()  # what is wrong in a file for which the last good one stands in
    serial: int = field(default_factory=count().__next__)  # tells one desk from another in cache keys

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


def open_desk(places: Places, warehouse: Warehouse) -> Desk:
    """Load rules, audiences and settings for a warehouse; BadFile names file and line of a mistake."""
    listed, known = queries.areas(warehouse), queries.occupations(warehouse)
    skill_rules = rule_files.load_rules(places.rules / "middle_skill.yaml")
    demand_rules = rule_files.load_rules(places.rules / "in_demand.yaml")
    presets = rule_files.load_weights(places.rules / "weights.yaml")
    published = known[known.in_oews & (known.soc_level == "detailed")]
    told = _told(places, dict(zip(published.soc, published.title, strict=True)), [p.id for p in presets])
    settings = settings_file.load_settings(
        places.settings,
        dict(zip(listed.area_code, listed.state_fips, strict=True)),
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
    return Desk(
        warehouse, settings, skill_rules, demand_rules, presets, told.audiences, areas, _medians(warehouse),
        titles, queries.price_index(warehouse), queries.sources(warehouse),
        capacity, workforce_file.load_workforce(places.workforce),
        told.pathways, told.draft, told.problems,
    )  # fmt: skip


@dataclass(frozen=True)
class _Told:
    """What pathways.yaml and the versions on record hold, and what is wrong where another one stands in."""

    audiences: tuple[Audience, ...]
    pathways: PathwayMap
    draft: PathwayMap
    problems: tuple[LmiError, ...] = ()


def _told(places: Places, socs: Mapping[str, str], presets: list[str]) -> _Told:
    """pathways.yaml, or the last version of it that was good (without one, its audiences alone); and the
    pathways that are published, where that is another version."""

    def read(path: Path) -> _Told:
        file = yaml_file.load(path)  # once for both: it is the largest of the files
        held = pathways_file.read_pathways(file, socs)
        return _Told(audience_file.read_audiences(file, presets), held, held)

    try:
        found, problem = last_good.load(places.pathways, places.build / "pathways.last-good.yaml", read)
    except BadFile as error:
        alone = audience_file.load_audiences(places.pathways, presets)
        found, problem = _Told(alone, NO_PATHWAYS, NO_PATHWAYS), error
    found = replace(found, problems=(problem,)) if problem else found
    published = pathway_versions.in_use(places.pathways, places.versions)
    if published == places.pathways:
        return found
    try:
        return replace(found, pathways=pathways_file.load_pathways(published, socs))
    except BadFile as error:
        return replace(found, problems=(*found.problems, error))


def known_codes(
    areas: Mapping[str, Area], titles: Mapping[str, str], program_titles: Mapping[str, str], default: str
) -> Known:
    """The codes that exist, for the local capacity file."""
    return Known(areas.keys(), titles.keys(), program_titles.keys(), default)


def _medians(warehouse: Warehouse) -> dict[str, tuple[float, float]]:
    found = queries.area_medians(warehouse)
    hours, years = found.wage_median_usd_hour.astype(float), found.wage_median_usd_year.astype(float)
    return dict(zip(found.area_code, zip(hours, years, strict=True), strict=True))
