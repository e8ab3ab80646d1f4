"""The rule files in data/rules: middle-skill rules, in-demand rules, weight presets."""

from pathlib import Path

from lmi.domain.requirements import CATEGORIES
from lmi.domain.rules import Combination, Criterion, Rule, RuleBook, Test, WeightPreset
from lmi.sources import yaml_file
from lmi.sources.yaml_file import Entry

CRITERION_KEYS = ("field", "name", "op", "value", "unit", "of", "year", "deflate", "source")
RULE_KEYS = ("id", "name", "short", "says", "source", "test")
OPERATORS = ("in", "==", ">=", ">", "<=", "<")
TEXT_FIELDS = ("typical_education", "on_the_job_training", "work_experience", "major_group")
NUMBER_FIELDS = (
    "employment", "openings_per_year", "growth_pct", "employment_change_per_year",
    "employment_change_decade", "wage_median", "wage_entry", "location_quotient", "job_zone",
    "openings_rate_pct", "postings_rate_pct", "hires_rate_pct", "target_occupation",
    "event_jobs_per_year", "openings_with_events", "employers_critical",
)  # fmt: skip
REFERENCES = (
    "area_openings_per_year", "area_employment", "area_growth_pct", "area_wage_median",
    "state_wage_median", "nation_wage_median", "living_wage", "area_openings_rate_pct",
    "area_postings_rate_pct", "area_hires_rate_pct",
)  # fmt: skip
WAGE_FIELDS = ("wage_median", "wage_entry")
WAGE_REFERENCES = ("area_wage_median", "state_wage_median", "nation_wage_median", "living_wage")
COMPONENTS = ("openings", "growth", "wage", "concentration", "gap")


def load_rules(path: Path) -> RuleBook:
    """A rule file as a RuleBook; BadFile names the line of a mistake."""
    top = yaml_file.load(path)
    keys = ("default", "rules")
    rules = tuple(_rule(entry) for entry in top.need("rules", keys).entries())
    ids = [rule.id for rule in rules]
    for entry, rule_id in zip(top.need("rules", keys).entries(), ids, strict=True):
        if ids.count(rule_id) > 1:
            entry.refuse(f"the id {rule_id} stands twice.", "one rule for each id")
    return RuleBook(rules, top.need("default", keys).choice(ids))


def load_weights(path: Path) -> tuple[WeightPreset, ...]:
    """The weight presets, the default one first."""
    top = yaml_file.load(path)
    keys, preset_keys = ("default", "presets"), ("id", "name", "weights")
    presets = []
    for entry in top.need("presets", keys).entries():
        weights = {
            name: value.number(0, 1000)
            for name, value in entry.need("weights", preset_keys).fields(COMPONENTS).items()
        }
        if not sum(weights.values()):
            entry.refuse("all weights are 0.", "at least one weight above 0")
        name = entry.need("name", preset_keys).text()
        presets.append(WeightPreset(entry.need("id", preset_keys).text(), name, weights))
    ids = [p.id for p in presets]
    for entry, preset_id in zip(top.need("presets", keys).entries(), ids, strict=True):
        if ids.count(preset_id) > 1:
            entry.refuse(f"the id {preset_id} stands twice.", "one preset for each id")
    default = top.need("default", keys).choice(ids)
    return tuple(sorted(presets, key=lambda p: p.id != default))


def _rule(entry: Entry) -> Rule:
    def text(key: str) -> str:
        return entry.need(key, RULE_KEYS).text(r"(?s).+", "text")

    return Rule(
        text("id"),
        text("name"),
        text("short"),
        text("says"),
        text("source"),
        _test(entry.need("test", RULE_KEYS)),
    )


def _test(entry: Entry) -> Test:
    known = ("all", "any", "at_least", *CRITERION_KEYS)
    fields = entry.fields(known)
    combined = [key for key in ("all", "any", "at_least") if key in fields]
    if combined and len(fields) > 1:
        other = next(key for key in fields if key != combined[0])
        fields[other].refuse(
            f"'{other}' stands beside '{combined[0]}'.", "one of them; nest the tests instead"
        )
    for key in ("all", "any"):
        if key in fields:
            tests = tuple(_test(item) for item in fields[key].entries())
            if not tests:
                fields[key].refuse("no test stands here.", "one or more tests")
            return Combination(tests, len(tests) if key == "all" else 1)
    if "at_least" in fields:
        inner = fields["at_least"]
        tests = tuple(_test(item) for item in inner.need("of", ("count", "of")).entries())
        return Combination(tests, int(inner.need("count", ("count", "of")).number(1, len(tests))))
    return _criterion(entry)


def _criterion(entry: Entry) -> Criterion:
    fields = entry.fields(CRITERION_KEYS)
    name = entry.need("field", CRITERION_KEYS).choice(TEXT_FIELDS + NUMBER_FIELDS)
    op = entry.need("op", CRITERION_KEYS).choice(OPERATORS)
    value = entry.need("value", CRITERION_KEYS)
    if (op == "in") != (name in TEXT_FIELDS):
        entry.refuse(f"'{op}' does not fit {name}.", "'in' for text fields, a comparison for numbers")
    of = fields["of"].choice(REFERENCES) if "of" in fields else ""
    unit = fields["unit"].text() if "unit" in fields else ""
    if of and (name in WAGE_FIELDS) != (of in WAGE_REFERENCES):
        fields["of"].refuse(f"{name} cannot be compared with {of}.", "pay with pay, numbers with numbers")
    if name in WAGE_FIELDS and not of and unit != "USD / hour":
        entry.refuse(f"the unit of {name} is '{unit}'.", "'USD / hour' for a line in dollars")
    year = fields.get("year")
    deflate = fields["deflate"].boolean() if "deflate" in fields else False
    if deflate and year is None:
        entry.refuse("deflate without a year.", "the year of the dollars")
    return Criterion(
        field=name,
        name=entry.need("name", CRITERION_KEYS).text(r"(?s).+", "text"),
        op=op,  # type: ignore[arg-type]
        value=tuple(_accepted(v, name) for v in value.entries()) if op == "in" else value.number(),
        unit=unit,
        of=of,
        year=int(year.number(1990, 2100)) if year else None,
        deflate=deflate,
        source=fields["source"].text() if "source" in fields else "",
    )


def _accepted(entry: Entry, field: str) -> str:
    """A text that the field can hold: a published category, or the code of a major group."""
    if field in CATEGORIES:
        return entry.choice(CATEGORIES[field])
    return entry.text(r"\d{2}-0000", "a SOC major group such as 29-0000")
