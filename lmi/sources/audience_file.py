"""pathways.yaml: the audiences, the words in which each is told, and what each sees first."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from lmi.domain.audience_words import WORDS
from lmi.domain.groups import GROUP_BY_ID
from lmi.domain.pathways import FILE_KEYS
from lmi.domain.requirements import EDUCATION
from lmi.domain.settings import Audience, MapDetail
from lmi.sources import yaml_file
from lmi.sources.yaml_file import Entry

PAGES = (
    "overview", "demand", "occupation", "representation", "training", "pathways", "events", "convening",
    "comments", "data",
)  # fmt: skip
PROFILE_SECTIONS = (
    "pay", "openings", "events", "demand", "requirements", "people", "skills", "training", "paths", "compare",
    "map", "figures",
)  # fmt: skip
TILES = ("in_demand", "openings", "pay", "jobs")
LISTS = ("growing", "paying", "gap", "share")
COLUMNS = (
    "rank", "occupation", "range", "in_demand", "openings", "supply_gap", "growth", "pay", "jobs",
    "concentration", "note", "code",
)  # fmt: skip
# Blocks below the main picture of a page. Limits and attributions stand on every page that has them.
BLOCKS: Mapping[str, tuple[str, ...]] = {
    "demand": ("evidence", "rules", "signals"),
    "representation": ("heat", "ladder", "pipeline"),
    "training": ("programs", "limit", "years", "completers", "capacity"),
    "pathways": ("moves", "rungs", "routes", "pathways", "editor"),
    "events": ("impact", "list", "months", "places", "signals", "digest", "editor"),
    "data": ("sources", "quality", "methods"),
}
# Parts of the address that may have a default. Regions, rules and the ways of counting may not: they
# would change what Overview and Training count.
DEFAULTS = ("weights", "edu", "pay", "view", "group", "base", "pathview")
VIEWS = ("rank", "pay", "category", "events")
PATH_VIEWS = ("map", "explore", "list")
BASES = ("all", "group", "state", "local")
_KEYS = (
    "id", "name", "asks", "headings", "leads", "profile_order", "words", "overview", "demand",
    "representation", "training", "pathways", "events", "data", "defaults", "map",
)  # fmt: skip
_SAYS = {"openings_a_year": "opening", "middle_skill": "middle-skill", "middle_skills": "middle-skill"}
_MAP = ("pay", "demand", "openings", "times", "suggested", "most")


def load_audiences(path: Path, presets: Collection[str] | None = None) -> tuple[Audience, ...]:
    """The audiences in the order of the file; BadFile names the line of a mistake.

    presets: ids that a default may name as weights; None takes any name.
    """
    return read_audiences(yaml_file.load(path), presets)


def read_audiences(file: Entry, presets: Collection[str] | None = None) -> tuple[Audience, ...]:
    """The same of a file that is read already."""
    top = file.need("audiences", FILE_KEYS)
    entries = top.need("list", ("default", "list")).entries()
    audiences = [_audience(entry, presets) for entry in entries]
    ids = [a.id for a in audiences]
    for entry, audience in zip(entries, audiences, strict=True):
        if ids.count(audience.id) > 1:
            entry.refuse(f"the id {audience.id} stands twice.", "one audience for each id")
    first = ids.index(top.need("default", ("default", "list")).choice(ids))
    missing = [key for key in WORDS if key not in audiences[first].words]
    if missing:
        entries[first].need("words", _KEYS).refuse(
            f"the default audience has no word for {', '.join(missing)}.",
            "every word once: " + ", ".join(WORDS),
        )
    return tuple(replace(a, words={**audiences[first].words, **a.words}) for a in audiences)


def _audience(entry: Entry, presets: Collection[str] | None) -> Audience:
    def text(key: str) -> str:
        return entry.need(key, _KEYS).text(r".{1,200}", "1 to 200 characters")

    overview = entry.need("overview", _KEYS)
    demand = entry.need("demand", _KEYS)
    return Audience(
        id=entry.need("id", _KEYS).text(r"[a-z]{1,20}", "1 to 20 small letters"),
        name=text("name"),
        asks=text("asks"),
        headings=_per_page(entry.need("headings", _KEYS), ("place", "occupation")),
        leads=_per_page(entry.need("leads", _KEYS), ()),
        profile_order=_several(entry.need("profile_order", _KEYS), PROFILE_SECTIONS),
        words=_words(entry),
        tiles=_each(overview.need("tiles", ("tiles", "lists")), TILES),
        lists=_each(overview.need("lists", ("tiles", "lists")), LISTS),
        columns=_columns(demand.need("columns", ("columns", "blocks"))),
        blocks={page: _blocks(entry.need(page, _KEYS), page) for page in BLOCKS},
        defaults=_defaults(entry, presets),
        map=_map(entry.need("map", _KEYS)),
    )


def _per_page(entry: Entry, filled: tuple[str, ...]) -> dict[str, str]:
    return {page: _sentence(entry.need(page, PAGES), filled) for page in PAGES}


def _sentence(entry: Entry, filled: tuple[str, ...]) -> str:
    """A sentence in which {place} and {occupation} may stand for the selection; no others in braces."""
    text = entry.text(r".{1,200}", "1 to 200 characters")
    bare = re.sub(r"\{(" + "|".join(filled) + r")\}", "", text) if filled else text
    if re.search(r"[{}]", bare):
        accepted = " and ".join(f"{{{name}}}" for name in filled) or "a text without braces"
        entry.refuse(f"'{text}' has other words in braces.", accepted)
    return text


def _words(entry: Entry) -> dict[str, str]:
    """The audience's own words; a key that is not among WORDS is refused."""
    found = entry.fields(_KEYS).get("words")
    if found is None or found.value is None:
        return {}
    return {key: _word(key, word) for key, word in found.fields(WORDS).items()}


def _word(key: str, entry: Entry) -> str:
    """A term in other words that still means the same."""
    text = entry.text(r"[^{}]{1,80}", "1 to 80 characters without braces")
    if key in _SAYS and _SAYS[key] not in text.lower():
        entry.refuse(f"'{text}' could mean something else.", f"a text that says '{_SAYS[key]}'")
    if re.search(r"vacanc|posting", text.lower()):
        entry.refuse(f"'{text}' is something else.", "openings are neither vacancies nor postings")
    return text


def _several(entry: Entry, known: tuple[str, ...]) -> tuple[str, ...]:
    """Some of the known names, none twice."""
    names = tuple(item.choice(known) for item in entry.entries())
    if len(set(names)) < len(names):
        entry.refuse("one stands twice.", "each at most once: " + ", ".join(known))
    return names


def _each(entry: Entry, known: tuple[str, ...]) -> tuple[str, ...]:
    """All of the known names, in an order of one's own."""
    names = _several(entry, known)
    if len(names) < len(known):
        entry.refuse("one is missing.", "each once: " + ", ".join(known))
    return names


def _columns(entry: Entry) -> tuple[str, ...]:
    """Columns of the ranking. Without the occupation a row says nothing; a rank never stands without
    its range, nor without the note that says which figures it lacks."""
    names = _several(entry, COLUMNS)
    if "rank" in names and not {"range", "note"} <= set(names):
        entry.refuse("'rank' stands without 'range' or 'note'.", "all three, or no 'rank'")
    if "occupation" not in names:
        entry.refuse("the column 'occupation' is missing.", "'occupation' and any of " + ", ".join(COLUMNS))
    return names


def _blocks(entry: Entry, page: str) -> tuple[str, ...]:
    keys = ("columns", "blocks") if page == "demand" else ("blocks",)
    return _several(entry.need("blocks", keys), BLOCKS[page])


def _map(entry: Entry) -> MapDetail:
    most = entry.need("most", _MAP)
    number = most.number(5, 40)
    if number != int(number):
        most.refuse(f"{number:g} is not a whole number.", "a whole number from 5 to 40")
    shown = {name: entry.need(name, _MAP).boolean() for name in _MAP if name != "most"}
    return MapDetail(**shown, most=int(number))


def _defaults(entry: Entry, presets: Collection[str] | None) -> dict[str, str]:
    """Part of the address -> its default, as the address writes it."""
    found = entry.fields(_KEYS).get("defaults")
    if found is None or found.value is None:
        return {}
    return {name: _default(name, value, presets) for name, value in found.fields(DEFAULTS).items()}


def _default(name: str, entry: Entry, presets: Collection[str] | None) -> str:
    if name == "edu":
        levels = _several(entry, EDUCATION)
        if not levels:
            entry.refuse("no level stands here.", "one or more of " + "; ".join(EDUCATION))
        return "|".join(levels)
    if name == "pay":
        return f"{entry.number(1, 1_000_000):g}"
    options = {
        "view": VIEWS, "group": tuple(GROUP_BY_ID), "base": BASES, "weights": presets, "pathview": PATH_VIEWS,
    }[name]  # fmt: skip
    if options is not None:
        return entry.choice(options)
    return entry.text(r"[a-z]{1,20}", "1 to 20 small letters")
