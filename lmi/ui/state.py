"""What this run is about: the desk, the area, the audience and the request, read from the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from lmi.analysis.supply import METHODS
from lmi.answers.area_names import find_areas, folded
from lmi.answers.desk import Desk
from lmi.answers.profile import Choice
from lmi.answers.request import parse_weights
from lmi.answers.skills import MOST_COMPARED
from lmi.answers.supply import LEVEL_SETS
from lmi.domain.errors import BadInput
from lmi.domain.groups import GROUP_BY_ID
from lmi.domain.requirements import EDUCATION
from lmi.domain.selection import Area, Request, sentence
from lmi.domain.settings import Audience
from lmi.presentation.charts import Chart
from lmi.sources.audience_file import DEFAULTS, VIEWS
from lmi.ui import address, loaders

DEMAND_FILTERS = ("weights", "cat", "edu", "pay")
CALLED = {
    "base": "baseline", "supply": "way of counting graduates", "levels": "set of award levels",
    "skill": "middle-skill rule", "rules": "in-demand rule", "view": "picture",
}  # fmt: skip


@dataclass(frozen=True)
class View:
    """The selection of one run. notices: what in the address was not understood. group, baseline: whose
    share is shown, and against what. ladder: a career cluster. compare: occupations set beside `soc`.
    picture: which one Demand shows. usual_group, usual_baseline: the same without the audience's defaults,
    for the pages whose figures no audience changes."""

    desk: Desk
    key: str
    area: Area
    audience: Audience
    request: Request
    soc: str
    living_wage: float | None
    phone: bool
    notices: tuple[str, ...]
    group: str = "women"
    baseline: str = "all"
    ladder: str = ""
    compare: tuple[str, ...] = ()
    picture: str = "rank"
    usual_group: str = "women"
    usual_baseline: str = "all"

    @property
    def base_request(self) -> Request:
        """The request without the filters and weights of the Demand page."""
        return Request(
            self.area.code, self.request.skill_rule, self.request.demand_rule,
            tuple(parse_weights(self.desk, "").items()), living_wage_usd_hour=self.living_wage,
            supply_method=self.request.supply_method, award_levels=self.request.award_levels,
        )  # fmt: skip

    @property
    def choice(self) -> Choice:
        """What the reader has picked for profiles."""
        request = self.request
        return Choice(request.skill_rule, request.supply_method, request.award_levels, self.usual_baseline)

    def chart(self, name: str, make: Callable[[], Chart], *parts: object) -> Chart:
        """A chart of this view, drawn once: `parts` are what it shows beyond the request."""
        return loaders.drawn((self.key, name, self.request, self.phone, *parts), make)

    def sentence(self, *filters: str) -> str:
        """The selection in words."""
        rule = self.desk.demand_rules[self.request.demand_rule].name
        return sentence(self.area, self.desk.skill_name(self.request.skill_rule), rule, filters)

    def heading(self, page: str, occupation: str = "") -> str:
        """The page's question in the audience's words."""
        return self.audience.headings[page].format(place=self.area.place, occupation=occupation)

    def word(self, key: str) -> str:
        """A term in the audience's words; see lmi.domain.audience_words."""
        return self.audience.words[key]

    def word_inside(self, key: str) -> str:
        """The same inside a sentence: with a small letter first, unless it is an abbreviation."""
        word = self.audience.words[key]
        return word if word[:2].isupper() else word[:1].lower() + word[1:]

    def nothing(self, name: str) -> str:
        """What a part of the address says when the reader wants no value there."""
        return address.ANY if name in self.audience.defaults else ""


def read(desk: Desk) -> View:
    """The view that the address asks for; what does not exist is replaced by its default and named."""
    notices: list[str] = []
    settings = desk.settings
    area = _area(desk, notices)
    audience_ids = [a.id for a in desk.audiences]
    audience = _choice("audience", audience_ids, settings.default_audience, notices)
    audience_of = desk.audiences[audience_ids.index(audience)]
    given = audience_of.defaults
    skill = _choice("skill", [*desk.skill_rules.ids(), "all"], settings.default_skill_rule, notices)
    rules = _choice("rules", desk.demand_rules.ids(), settings.default_demand_rule, notices)
    living_wage = _number(address.get("wage"), 1, 500, notices) or settings.living_wage_usd_hour
    request = Request(
        area.code, skill, rules, _weights(desk, address.asked("weights", given), notices),
        _categories(desk, notices),
        _educations(address.asked("edu", given), notices),
        _number(address.asked("pay", given), 0, 1_000_000, notices) or 0,
        living_wage,
        _choice("supply", list(METHODS), "graduates", notices),
        _choice("levels", list(LEVEL_SETS), "", notices),
    )  # fmt: skip
    offered = loaders.baselines_of(loaders.stamp(desk), desk, area.code)
    usual_group = _choice("group", list(GROUP_BY_ID), "women", notices)
    usual_baseline = _choice("base", list(offered), "all", notices)
    group = _given("group", list(GROUP_BY_ID), usual_group, given)
    baseline = _given("base", list(offered), usual_baseline, given)
    picture = _given("view", list(VIEWS), _choice("view", list(VIEWS), "rank", notices), given)
    compare, ladder = _compared(desk, notices), _ladder(desk, notices)
    return View(
        desk, loaders.stamp(desk), area, audience_of, request,
        address.get("soc"), living_wage, loaders.on_phone(), tuple(notices), group, baseline,
        ladder, compare, picture=picture, usual_group=usual_group, usual_baseline=usual_baseline,
    )  # fmt: skip


def current() -> View:
    """The view of this run, put there by the frame."""
    view: View = st.session_state["_view"]
    return view


def _area(desk: Desk, notices: list[str]) -> Area:
    wanted = address.get("area")
    if not wanted:
        return desk.areas[desk.settings.default_area]
    try:
        return desk.area(wanted)
    except BadInput as error:
        default = desk.areas[desk.settings.default_area]
        notices.append(f"{error.what} {error.why} Showing {default.name}.")
        return default


def places(desk: Desk, text: str) -> list[str]:
    """Codes of the places that a typed text can mean: one where it is clear, several to choose among.

    A code is clear; then come areas of just that name and metro areas with that first city.
    """
    if text in desk.areas:
        return [text]
    found = find_areas(desk.areas, text)
    wanted = folded(text)
    meant = [a.code for a in found if wanted in (folded(a.name), folded(a.short_name))]
    meant += [a.code for a in found if a.type == "metro" and folded(a.place) == wanted]
    return list(dict.fromkeys(meant)) or [a.code for a in found]


def _choice(name: str, options: list[str], default: str, notices: list[str]) -> str:
    value = address.get(name)
    if not value or value in options:
        return value or default
    if value == address.ANY and name in DEFAULTS:
        return default
    words, shown = CALLED.get(name, name), default or "the usual one"
    notices.append(f"No {words} '{value[:60]}'. Known: {', '.join(options)}. Showing {shown}.")
    return default


def _given(name: str, options: list[str], usual: str, defaults: Mapping[str, str]) -> str:
    """The audience's default where the address says nothing and the default is offered here."""
    default = defaults.get(name, "")
    return default if not address.get(name) and default in options else usual


def _ladder(desk: Desk, notices: list[str]) -> str:
    """The career cluster in the address; '' where there is none or no such one."""
    value = address.get("ladder")
    if value and value not in loaders.clusters_of(loaders.stamp(desk), desk):
        notices.append(f"No career cluster '{value[:60]}'. Showing the one with the most openings in demand.")
        return ""
    return value


def _compared(desk: Desk, notices: list[str]) -> tuple[str, ...]:
    """The occupations set beside another one; what is no occupation is named."""
    found = []
    for text in address.get_all("compare"):
        try:
            soc = desk.soc(text)
        except BadInput as error:
            notices.append(error.line())
            continue
        if soc in loaders.titles(loaders.stamp(desk), desk):
            found.append(soc)
        else:
            notices.append(f"{soc} {desk.titles[soc]} is not compared: only single occupations are.")
    several = tuple(dict.fromkeys(found))
    if len(several) > MOST_COMPARED - 1:
        left = ", ".join(several[MOST_COMPARED - 1 :])
        notices.append(f"Only three occupations can stand beside another; left out: {left}.")
    return several[: MOST_COMPARED - 1]


def _categories(desk: Desk, notices: list[str]) -> tuple[str, ...]:
    asked = address.get_all("cat")
    known = tuple(c for c in asked if c.endswith("-0000") and c in desk.titles)
    for code in asked:
        if code not in known:
            notices.append(f"No category '{code[:30]}'. Categories are SOC major groups such as 29-0000.")
    return known


def _educations(text: str, notices: list[str]) -> tuple[str, ...]:
    asked = tuple(e for e in text.split("|") if e)
    for name in asked:
        if name not in EDUCATION:
            notices.append(f"No entry education '{name[:40]}'. Known: {'; '.join(EDUCATION)}.")
    return tuple(e for e in asked if e in EDUCATION)


def _number(text: str, low: float, high: float, notices: list[str]) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if low <= value <= high:
        return value
    notices.append(f"'{text[:30]}' is not a number from {low:,.0f} to {high:,.0f}, so it is left out.")
    return None


def _weights(desk: Desk, text: str, notices: list[str]) -> tuple[tuple[str, float], ...]:
    try:
        return tuple(parse_weights(desk, text).items())
    except BadInput as error:
        notices.append(f"{error.what} {error.why} The default weights are used.")
        return tuple(parse_weights(desk, "").items())
