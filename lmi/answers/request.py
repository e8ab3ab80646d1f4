"""From words that people type (address, command line) to a Request, and back."""

from lmi.analysis.demand import COMPONENT_FIELDS
from lmi.answers.desk import Desk
from lmi.answers.options import known
from lmi.domain.errors import BadInput
from lmi.domain.selection import Request


def request_from_text(desk: Desk, area: str, skill: str = "", rules: str = "", weights: str = "") -> Request:
    """A Request from typed text; empty parts take the settings' defaults. BadInput for what is unknown."""
    skill = skill or desk.settings.default_skill_rule
    rules = rules or desk.settings.default_demand_rule
    return Request(
        area_code=desk.area(area or desk.settings.default_area).code,
        skill_rule=known(skill, [*desk.skill_rules.ids(), "all"], "skill rule"),
        demand_rule=known(rules, desk.demand_rules.ids(), "rule"),
        weights=tuple(parse_weights(desk, weights).items()),
    )


def parse_weights(desk: Desk, text: str) -> dict[str, float]:
    """'openings=2,wage=1' or the id of a preset as component -> weight; empty = the default preset."""
    presets = {preset.id: preset.weights for preset in desk.weight_presets}
    if not text:
        return dict(presets[desk.settings.default_weights])
    if text in presets:
        return dict(presets[text])
    weights: dict[str, float] = {}
    for part in text.split(","):
        name, _, number = part.partition("=")
        try:
            value = float(number)
        except ValueError:
            value = -1.0
        if name.strip() not in COMPONENT_FIELDS or not 0 <= value <= 1_000_000:
            raise BadInput(
                f"The weight '{part[:60]}' does not fit.",
                f"Components: {', '.join(COMPONENT_FIELDS)}; presets: {', '.join(presets)}.",
                "Write NAME=NUMBER with a number from 0, such as openings=40,wage=25.",
            )
        weights[name.strip()] = value
    if not any(weights.values()):
        raise BadInput("All weights are 0.", "Nothing would be ranked.", "Give one of them a number above 0.")
    return weights


def weights_text(desk: Desk, weights: dict[str, float]) -> str:
    """The shortest text that parse_weights reads back: a preset's id, or NAME=NUMBER pairs."""
    for preset in desk.weight_presets:
        if {k: v for k, v in preset.weights.items() if v} == {k: v for k, v in weights.items() if v}:
            return preset.id
    return ",".join(f"{name}={value:g}" for name, value in weights.items())
