"""The desk at which questions are answered: one warehouse, the rules, the settings, the areas."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import pandas as pd

from lmi.analysis.supply import Links, number_links
from lmi.domain.capacity import Known
from lmi.domain.codes import NATION, normalise_soc
from lmi.domain.errors import BadInput
from lmi.domain.rules import RuleBook, WeightPreset
from lmi.domain.selection import Area
from lmi.domain.settings import Audience, Settings
from lmi.places import Places
from lmi.sources import audience_file, capacity_file, rule_files, settings_file, workforce_file
from lmi.sources.capacity_file import CapacityFile
from lmi.sources.workforce_file import LocalWorkforce
from lmi.warehouse import people, programs, queries
from lmi.warehouse.connect import Warehouse

NATION_WORDS = ("nation", "usa", "us", "u.s.", "united states", "america")


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
    def known_codes(self) -> Known:
        """The codes that the capacity file may name."""
        return known_codes(self.areas, self.titles, self.program_titles, self.settings.default_area)

    def area(self, code: str) -> Area:
        """The area of a code; BadInput names the nearest valid choices."""
        wanted = "US" if code.strip().upper() == "US" else code.strip()
        if wanted in self.areas:
            return self.areas[wanted]
        near = find_areas(self, wanted)[:3] or _near_codes(self, wanted)
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
    audiences = audience_file.load_audiences(places.pathways)
    settings = settings_file.load_settings(
        places.settings,
        dict(zip(listed.area_code, listed.state_fips, strict=True)),
        [a.id for a in audiences],
        skill_rules.ids(),
        demand_rules.ids(),
        [p.id for p in presets],
        list(known.soc[known.soc_level == "detailed"]),
    )
    areas, titles = _areas(listed, settings), dict(zip(known.soc, known.title, strict=True))
    codes = known_codes(areas, titles, programs.titles(warehouse), settings.default_area)
    capacity = capacity_file.load_capacity(
        places.capacity, codes.areas, codes.socs, codes.cips, codes.default_area
    )
    return Desk(
        warehouse, settings, skill_rules, demand_rules, presets, audiences, areas, _medians(warehouse),
        titles, queries.price_index(warehouse), queries.sources(warehouse),
        capacity, workforce_file.load_workforce(places.workforce),
    )  # fmt: skip


def known_codes(
    areas: Mapping[str, Area], titles: Mapping[str, str], program_titles: Mapping[str, str], default: str
) -> Known:
    """The codes that exist, for the local capacity file."""
    return Known(areas.keys(), titles.keys(), program_titles.keys(), default)


def find_areas(desk: Desk, text: str) -> list[Area]:
    """Areas whose code or present or former name holds every word of the text; all for no text.

    Those in which every word stands as a whole come first: 'IN' is Indiana before it is Maine.
    Accents and case do not matter.
    """
    if folded(text).strip() in NATION_WORDS:
        return [desk.areas[NATION]]
    words = folded(text).split()
    whole: list[Area] = []
    part: list[Area] = []
    for area in desk.areas.values():
        names = folded(" ".join((area.code, area.name, area.short_name, *area.former_names, *area.states)))
        if all(word in names for word in words):
            (whole if set(words) <= set(names.split()) else part).append(area)
    return whole + part


def folded(text: str) -> str:
    """A name as it is compared: small letters without accents, words parted by spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    parted = re.sub(r"[\s,]+|(?<=[a-z])--?(?=[a-z])", " ", plain.lower())
    return re.sub(r"\b(saint|st\.?) ", "st ", parted)


def _medians(warehouse: Warehouse) -> dict[str, tuple[float, float]]:
    found = queries.area_medians(warehouse)
    hours, years = found.wage_median_usd_hour.astype(float), found.wage_median_usd_year.astype(float)
    return dict(zip(found.area_code, zip(hours, years, strict=True), strict=True))


def _near_codes(desk: Desk, text: str) -> list[Area]:
    """The three areas whose code or name is most like the text."""
    by_text = {a.code: a for a in desk.areas.values()} | {a.short_name: a for a in desk.areas.values()}
    close = get_close_matches(text, list(by_text), 3, cutoff=0.4)
    found = list(dict.fromkeys(by_text[key].code for key in close)) or ["US", desk.settings.default_area]
    return [desk.areas[code] for code in found]


def _areas(listed: pd.DataFrame, settings: Settings) -> dict[str, Area]:
    areas: dict[str, Area] = {}
    for row in listed.itertuples():
        former = row.former_names if isinstance(row.former_names, str) else ""
        areas[row.area_code] = Area(
            row.area_code, row.area_name, row.short_name, row.area_type,
            tuple(row.states.split()), tuple(row.state_fips.split()), (row.area_code,),
            tuple(name for name in former.split(" | ") if name),
        )  # fmt: skip
    for region in settings.regions:
        members = [areas[code] for code in region.areas]
        states = tuple(dict.fromkeys(s for m in members for s in m.states))
        codes = tuple(dict.fromkeys(s for m in members for s in m.state_codes))
        areas[region.code] = Area(
            region.code, region.name, region.name, "custom", states, codes, region.areas
        )
    return areas
