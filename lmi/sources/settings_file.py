"""data/local/settings.yaml: the organisation's own settings, validated against rules and codes."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from lmi.domain.codes import CUSTOM_AREA_PATTERN, SOC_PATTERN, area_type
from lmi.domain.rules import EmployerException
from lmi.domain.settings import Region, Settings
from lmi.sources import yaml_file
from lmi.sources.event_terms import read_terms
from lmi.sources.yaml_file import Entry

KEYS = (
    "organisation", "default_area", "default_audience", "default_skill_rule", "default_demand_rule",
    "default_weights", "living_wage_usd_hour", "living_wage_source", "colours", "target_occupations",
    "exceptions", "regions", "events", "coordinators", "database",
)  # fmt: skip
EXCEPTION_KEYS = ("soc", "area", "organisation", "date", "reason")
REGION_KEYS = ("code", "name", "areas")
_EMAIL = r"[^\s@,;<>]{1,64}@[^\s@,;<>]{1,190}\.[^\s@,;<>]{2,63}"
_DATABASE = r"|sqlite:///\S.*|postgres(ql)?(\+psycopg)?://\S+"  # where it lies is read by lmi.places


def load_settings(
    path: Path,
    area_states: Mapping[str, str],
    audiences: Collection[str],
    skill_rules: Collection[str],
    demand_rules: Collection[str],
    weights: Collection[str],
    socs: Collection[str] = (),
) -> Settings:
    """The settings, every code checked.

    area_states: area_code -> its states' FIPS separated by spaces, for all published areas; it
    tells which codes exist and which areas of a custom region would overlap. socs: the occupations
    that may be named (empty: any code of the right form).
    """
    top = yaml_file.load(path)
    fields = top.fields(KEYS)
    need = partial(top.need, known=KEYS)
    _check_database(fields.get("database"))
    regions = _regions(_list(fields, "regions"), area_states)
    known_areas = [*area_states, *(region.code for region in regions)]
    organisation = need("organisation")
    return Settings(
        organisation=organisation.need("name", ("name", "contact")).text(r".{1,80}", "1 to 80 characters"),
        contact=organisation.need("contact", ("name", "contact")).text(r".{0,120}", "up to 120 characters"),
        default_area=need("default_area").choice(known_areas),
        default_audience=need("default_audience").choice(audiences),
        default_skill_rule=need("default_skill_rule").choice(skill_rules),
        default_demand_rule=need("default_demand_rule").choice(demand_rules),
        default_weights=need("default_weights").choice(weights),
        living_wage_usd_hour=_wage(fields.get("living_wage_usd_hour")),
        living_wage_source=fields["living_wage_source"].text() if "living_wage_source" in fields else "",
        accent=_colour(need("colours").need("accent", ("accent",))),
        target_occupations=tuple(_soc(entry, socs) for entry in _list(fields, "target_occupations")),
        exceptions=tuple(_exception(entry, known_areas, socs) for entry in _list(fields, "exceptions")),
        regions=regions,
        events=read_terms(fields.get("events")),
        coordinators=_coordinators(fields),
    )


def contrast_with_white(colour: str) -> float:
    """WCAG contrast ratio of a '#rrggbb' colour against white, 1 to 21."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _wage(entry: Entry | None) -> float | None:
    return entry.number(1, 500) if entry is not None and entry.value is not None else None


def _coordinators(fields: Mapping[str, Entry]) -> tuple[str, ...]:
    accepted = "an e-mail address, such as ana@example.org"
    return tuple(entry.text(_EMAIL, accepted) for entry in _list(fields, "coordinators"))


def _check_database(entry: Entry | None) -> None:
    """Refuse what is no URL; its text, which may hold a password, is not repeated."""
    if entry is not None and re.fullmatch(_DATABASE, str(entry.value or "").strip()) is None:
        entry.refuse("that is no database.", "a URL that begins with postgresql:// or sqlite:///, or nothing")


def _list(fields: Mapping[str, Entry], key: str) -> list[Entry]:
    return fields[key].entries() if key in fields else []


def _soc(entry: Entry, socs: Collection[str]) -> str:
    soc = entry.text(SOC_PATTERN, "a SOC code such as 29-1141")
    if socs and soc not in socs:
        near = ", ".join(get_close_matches(soc, list(socs), 3))
        entry.refuse(f"no occupation has the code {soc}.", f"a detailed SOC 2018 code; nearest: {near}")
    return soc


def _date(entry: Entry) -> str:
    accepted = "a date such as 2026-10-01"
    text = entry.text(r"\d{4}-\d{2}-\d{2}", accepted)
    try:
        date.fromisoformat(text)
    except ValueError:
        entry.refuse(f"there is no day {text}.", accepted)
    return text


def _colour(entry: Entry) -> str:
    colour = entry.text(r"#[0-9A-Fa-f]{6}", "a colour such as '#0072B2', in quotes")
    if contrast_with_white(colour) < 3:
        entry.refuse(
            f"{colour} has a contrast of {contrast_with_white(colour):.1f}:1 on white.",
            "a colour with a contrast of 3:1 or more on white",
        )
    return colour


def _exception(entry: Entry, areas: Collection[str], socs: Collection[str]) -> EmployerException:
    def need(key: str) -> Entry:
        return entry.need(key, EXCEPTION_KEYS)

    return EmployerException(
        soc=_soc(need("soc"), socs),
        area_code=need("area").choice(areas),
        organisation=need("organisation").text(r".{1,120}", "1 to 120 characters"),
        date=_date(need("date")),
        reason=need("reason").text(r".{1,400}", "1 to 400 characters"),
    )


def _regions(entries: list[Entry], area_states: Mapping[str, str]) -> tuple[Region, ...]:
    regions = tuple(_region(entry, area_states) for entry in entries)
    for entry, region in zip(entries, regions, strict=True):
        if [r.code for r in regions].count(region.code) > 1:
            entry.refuse(f"the code {region.code} stands twice.", "one region for each code")
    return regions


def _region(entry: Entry, area_states: Mapping[str, str]) -> Region:
    code = entry.need("code", REGION_KEYS).text(CUSTOM_AREA_PATTERN, "a code such as R-capital-corridor")
    name = entry.need("name", REGION_KEYS).text(r".{1,80}", "1 to 80 characters")
    listed = entry.need("areas", REGION_KEYS)
    members = [item.choice(area_states) for item in listed.entries()]
    if len(set(members)) < 2 or len(set(members)) < len(members):
        listed.refuse(f"{len(members)} areas, {len(set(members))} different.", "two or more different areas")
    for item, member in zip(listed.entries(), members, strict=True):
        other = next((m for m in members if m != member and _overlap(m, member, area_states)), None)
        if other:
            item.refuse(
                f"{member} and {other} overlap, so jobs would count twice.", "areas that do not overlap"
            )
    return Region(code, name, tuple(members))


def _overlap(one: str, two: str, area_states: Mapping[str, str]) -> bool:
    """Whether two published areas share ground: the nation with all, a state with areas inside it."""
    if "US" in (one, two):
        return True
    kinds = {area_type(one), area_type(two)}
    if not kinds & {"state", "territory"} or kinds <= {"state", "territory"}:
        return False
    return bool(set(area_states[one].split()) & set(area_states[two].split()))


def is_region_code(code: str) -> bool:
    """Whether a code has the form of a custom region."""
    return re.fullmatch(CUSTOM_AREA_PATTERN, code) is not None
