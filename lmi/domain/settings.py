"""What an organisation may set: its name, its defaults, its colours, its own regions."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Audience:
    """A kind of reader: what they ask, in which words, and what they see first."""

    id: str
    name: str
    asks: str
    headings: dict[str, str]
    leads: dict[str, str]
    profile_order: tuple[str, ...]
