"""Everything known of one occupation in one area: figures that answer for themselves."""

from dataclasses import dataclass

import pandas as pd

from lmi.analysis import criteria, tristate
from lmi.analysis.openings import add_openings
from lmi.answers import local
from lmi.answers.desk import Desk
from lmi.answers.local import Local
from lmi.answers.profile_events import event_figures
from lmi.answers.profile_figures import FigureMaker
from lmi.answers.profile_people import share_figures, supply_figures
from lmi.answers.skills import Skills, skills
from lmi.answers.supply import Supply, levels_of, supply
from lmi.domain.codes import NATION
from lmi.domain.fields import WAGE_COLUMNS
from lmi.domain.figures import Figure
from lmi.domain.selection import Area
from lmi.warehouse import queries


@dataclass(frozen=True)
class Choice:
    """What the reader picks for a profile. skill_rule: an occupation that it calls middle-skill is held
    against awards below the bachelor's degree, any other against all; levels ('sub', 'all') overrides."""

    skill_rule: str
    method: str = "graduates"
    levels: str = ""
    baseline: str = "all"


@dataclass(frozen=True)
class Profile:
    """One occupation (or group) in one area.

    row: the area's own row of the local frame, None where the area publishes none. skill: rule id ->
    True, False or None (a rule that needs a figure not published here, or a group of occupations).
    supply: completions of all occupations here, at the award levels that fit this one. skills: what
    O*NET says it asks for.
    """

    soc: str
    title: str
    level: str
    area: Area
    figures: dict[str, Figure]
    skill: dict[str, bool | None]
    row: pd.Series | None
    local: Local
    supply: Supply
    skills: Skills

    def value(self, name: str) -> float | None:
        """A figure's value as a number; None where it is withheld."""
        value = self.figures[name].value
        return float(value) if isinstance(value, int | float) else None


def profile(desk: Desk, soc_text: str, area_code: str, choice: Choice | None = None) -> Profile:
    """Answer for an occupation or group in an area. BadInput for an unknown code or choice."""
    choice = choice or Choice(desk.settings.default_skill_rule)
    area, soc = desk.area(area_code), desk.soc(soc_text)
    about = queries.occupation(desk.warehouse, soc).iloc[0]
    here = local.load(desk, area)
    everyone = pd.concat([here.detailed, here.groups])
    found = everyone[everyone.soc == soc]
    if found.empty and area.code == NATION:  # minor and broad groups stand for the nation only
        rows = local.area_rows(desk, area)
        found = add_openings(rows[rows.soc == soc], is_nation=True)
    row = found.iloc[0] if len(found) else None
    figures = FigureMaker(desk, area, about, row).all()
    skill = _skill(desk, here, soc)
    levels = levels_of("all" if not skill.get(choice.skill_rule) else choice.skill_rule, choice.levels)
    supplied = supply(desk, here, choice.method, levels)
    figures |= share_figures(desk, soc, area, choice.baseline) | supply_figures(desk, soc, supplied)
    figures |= event_figures(desk, soc, about.soc_level, area, row)
    return Profile(
        soc, about.title, about.soc_level, area, figures, skill, row, here, supplied, skills(desk, soc)
    )


def _skill(desk: Desk, here: Local, soc: str) -> dict[str, bool | None]:
    """Every middle-skill rule for one occupation; an occupation not published here is judged by what
    the nation publishes of its requirements, and unknown where the rule needs local pay."""
    rows = here.detailed[here.detailed.soc == soc]
    if rows.empty:
        about = queries.occupation(desk.warehouse, soc)
        if about.iloc[0].soc_level != "detailed":
            return dict.fromkeys(desk.skill_rules.ids())
        wages = {name: float("nan") for name in WAGE_COLUMNS}
        rows = about.assign(**wages)
    return {
        rule.id: tristate.to_python(criteria.evaluate(rows, rule, here.context).verdict[0])
        for rule in desk.skill_rules.rules
    }
