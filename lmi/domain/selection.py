"""What is being looked at. One sentence says it: subtitle, alt text, CSV header and file name agree."""

from dataclasses import dataclass

from lmi.domain.codes import AreaType
from lmi.domain.groups import NOT_IN_CPS


@dataclass(frozen=True)
class Area:
    """An area that can be chosen. members: the published areas behind it (itself, or a union's parts)."""

    code: str
    name: str
    short_name: str
    type: AreaType
    states: tuple[str, ...]
    state_codes: tuple[str, ...]
    members: tuple[str, ...]
    former_names: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of area in a word or two, for sentences."""
        return {
            "nation": "nation", "state": "state", "territory": "territory", "metro": "metro area",
            "nonmetro": "nonmetropolitan area", "custom": "custom region",
        }[self.type]  # fmt: skip

    @property
    def outside_cps(self) -> bool:
        """Whether it lies outside what CPS covers: Puerto Rico and the territories."""
        return bool(self.state_codes) and all(code in NOT_IN_CPS for code in self.state_codes)

    @property
    def place(self) -> str:
        """The area in a sentence: 'Austin', 'Texas', 'the Northeast Alabama nonmetro area'."""
        if self.type == "nation":
            return "the United States"
        if self.type == "metro":
            return self.short_name.rsplit(",", 1)[0]
        if self.type == "nonmetro":
            return f"the {self.short_name} area"
        return f"the {self.name}" if self.type == "custom" else self.short_name


@dataclass(frozen=True)
class Request:
    """What a ranking is asked for; all of it stands in the address.

    skill_rule: a middle-skill rule or 'all'. categories: major groups, educations: typical entry
    education; empty = all. wage_min_usd_year: lowest median pay, 0 = any. weights: component, weight.
    supply_method: how completions are apportioned. award_levels: 'sub', 'all' or '' = the skill rule's.
    """

    area_code: str
    skill_rule: str
    demand_rule: str
    weights: tuple[tuple[str, float], ...]
    categories: tuple[str, ...] = ()
    educations: tuple[str, ...] = ()
    wage_min_usd_year: float = 0
    living_wage_usd_hour: float | None = None
    supply_method: str = "graduates"
    award_levels: str = ""


def sentence(area: Area, skill_name: str, demand_name: str = "", filters: tuple[str, ...] = ()) -> str:
    """The selection in words: 'Austin, TX metro area · middle-skill by entry requirements · …'."""
    kind = "" if area.type in {"nation", "state", "territory", "nonmetro"} else f" {area.kind}"
    parts = [f"{area.short_name}{kind}", skill_name, demand_name, *filters]
    return " · ".join(part for part in parts if part)
