"""The sentences of a meeting's record."""

from collections.abc import Mapping, Sequence
from typing import Any

from lmi.presentation.formats import format_count, format_money
from lmi.presentation.room_critical import job_words, most_critical

_FIGURES = {
    "employment": "Jobs", "openings_per_year": "Openings a year", "wage_median_usd_year": "Median pay a year",
}  # fmt: skip
_MOST_TITLES = 3  # of one sentence
_MOST_SAID = 5  # things said of one change


def number_of(count: int, thing: str) -> str:
    """'1 organization', '2 organizations'; people are '1 person', '2 people'."""
    several = "people" if thing == "person" else f"{thing}s"
    return f"{count:,} {thing if count == 1 else several}"


def listed(names: Sequence[str]) -> str:
    """Names one after another; those that hold a comma make semicolons needed."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def figure_words(name: str) -> str:
    """What a figure of the labor-market information is called."""
    return _FIGURES.get(name, name)


def finding(record: Mapping[str, Any]) -> str:
    """The one thing: which occupations most organizations call critical, and how many do."""
    rows = [row for group in record["nominations"] for row in group["occupations"]]
    present = record["counts"]["organizations"]
    if not rows:
        return "Nobody has named an occupation."
    found = most_critical(
        (job_words(row["soc"], row["title"], row["title"]), row["organizations"]) for row in rows
    )
    first, most = found.jobs, found.organisations
    room = f"{most:,} of {number_of(present, 'organization')}"
    if most == present > 1:
        room = f"all {present:,} organizations in the room"
    if most == 1 and len(first) > 1:
        return f"{len(first):,} jobs were named as critical, each by one organization."
    if len(first) > _MOST_TITLES:
        return f"{len(first):,} occupations are each critical to {room}."
    verb = "is critical" if len(first) == 1 and not first[0].endswith("s") else "are critical"
    each = " each" if len(first) > 1 else ""
    return f"{_and(first)} {verb.replace(' ', each + ' ' if each else ' ', 1)} to {room}."


def took_part(counts: Mapping[str, Any]) -> str:
    """Who took part, against what is asked for."""
    asked = counts["asked_for"]
    said = (
        f"{number_of(counts['organizations'], 'organization')} "
        f"({number_of(counts['people'], 'person')}) took part; "
        f"{asked['fewest']} to {asked['most']} are asked for"
    )
    if counts["organizations"] < asked["fewest"]:
        return f"{said}, so this is fewer than a convening should have."
    return f"{said}."


def source_lines(record: Mapping[str, Any]) -> list[str]:
    """Where the labor-market figures come from: one line for each figure, source, period, area and basis."""
    found: dict[str, None] = {}
    for facts in record["lmi"]["occupations"].values():
        for name, figure in facts["figures"].items():
            found[f"{figure_words(name)}: {figure['source']} ({figure['basis']}), {figure['area']}"] = None
    rule = f"In demand: by the rule “{record['lmi']['rule']}” of this explorer, not a designation by a board"
    return [*found, rule] if found else []


def change_words(row: Mapping[str, Any]) -> str:
    """What one adjustment says, in a sentence without its full stop."""
    value, about = row["value"], " to ".join(row["titles"])
    match row["kind"]:
        case "figure":
            published = value.get("published", {})
            was = _amount(published.get("value"), value["unit"])
            origin = ", ".join(str(published[k]) for k in ("basis", "source") if published.get(k))
            beside = f"{was} ({origin})" if origin else was
            return (
                f"{about}. {row['figure_words']}: {_amount(value['adjusted'], value['unit'])} beside {beside}"
            )
        case "critical":
            return f"{about}: critical to {row['organizations']:,} of {value.get('of', '?')} organizations"
        case "lacking" | "programs":
            said = [item["words"] for item in value.get("skills", value.get("programs", ()))]
            more = f" and {len(said) - _MOST_SAID:,} more" if len(said) > _MOST_SAID else ""
            return f"{about}{': ' if about else ''}{'; '.join(said[:_MOST_SAID])}{more}"
    against = value.get("against", {}).get("organizations", 0)
    return f"{about}{f', {against:,} against' if against else ''}"


def _amount(value: object, unit: str) -> str:
    if isinstance(value, str):
        return value
    if not unit.startswith("USD"):
        return format_count(value)
    return f"{format_money(value)} {unit.removeprefix('USD ').replace('/', 'a')}"


def _and(titles: Sequence[str]) -> str:
    if len(titles) == 1:
        return titles[0]
    return f"{', '.join(titles[:-1])} and {titles[-1]}"
