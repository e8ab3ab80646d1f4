"""What an organisation may set: its name, its defaults, its colours, its own regions."""

from collections.abc import Mapping
from dataclasses import dataclass

from lmi.domain.events import DEFAULT_TERMS, EventTerms
from lmi.domain.rules import EmployerException


@dataclass(frozen=True)
class Region:
    """A named union of published areas, code 'R-…'."""

    code: str
    name: str
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Settings:
    """The settings file, validated against rules and codes; see data/local/settings.yaml."""

    organisation: str
    contact: str
    default_area: str
    default_audience: str
    default_skill_rule: str
    default_demand_rule: str
    default_weights: str
    living_wage_usd_hour: float | None
    living_wage_source: str
    accent: str
    target_occupations: tuple[str, ...] = ()
    exceptions: tuple[EmployerException, ...] = ()
    regions: tuple[Region, ...] = ()
    events: EventTerms = DEFAULT_TERMS
    coordinators: tuple[str, ...] = ()  # e-mail addresses of those who may edit once they have signed in


@dataclass(frozen=True)
class MapDetail:
    """How much a pathway map tells: what stands in a node, on an arrow, and how many nodes at most."""

    pay: bool
    demand: bool
    openings: bool
    times: bool
    suggested: bool
    most: int


@dataclass(frozen=True)
class Audience:
    """A kind of reader: what they ask, in which words, and what they see first. It changes no number.

    words: every term of lmi.domain.audience_words, the default audience's where it has none of its own.
    profile_order, blocks (by page): what stands in place, in that order; what is left out stands folded
    below. tiles, lists: of Overview; columns: of the ranking, the others hidden. defaults: part of the
    address -> its value where the address has none.
    """

    id: str
    name: str
    asks: str
    headings: Mapping[str, str]
    leads: Mapping[str, str]
    profile_order: tuple[str, ...]
    words: Mapping[str, str]
    tiles: tuple[str, ...]
    lists: tuple[str, ...]
    columns: tuple[str, ...]
    blocks: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, str]
    map: MapDetail
