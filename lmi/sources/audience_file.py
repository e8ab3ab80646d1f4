"""pathways.yaml: the audiences and the words in which each is told."""

import re
from pathlib import Path

from lmi.domain.pathways import FILE_KEYS
from lmi.domain.settings import Audience
from lmi.sources import yaml_file
from lmi.sources.yaml_file import Entry

PAGES = ("overview", "demand", "occupation", "representation", "training")
PROFILE_SECTIONS = (
    "pay", "openings", "demand", "requirements", "people", "skills", "training", "compare", "map", "figures",
)  # fmt: skip
_KEYS = ("id", "name", "asks", "headings", "leads", "profile_order")


def load_audiences(path: Path) -> tuple[Audience, ...]:
    """The audiences in the order of the file; BadFile names the line of a mistake."""
    top = yaml_file.load(path).need("audiences", FILE_KEYS)
    entries = top.need("list", ("default", "list")).entries()
    audiences = tuple(_audience(entry) for entry in entries)
    ids = [a.id for a in audiences]
    for entry, audience in zip(entries, audiences, strict=True):
        if ids.count(audience.id) > 1:
            entry.refuse(f"the id {audience.id} stands twice.", "one audience for each id")
    top.need("default", ("default", "list")).choice(ids)
    return audiences


def _audience(entry: Entry) -> Audience:
    def text(key: str) -> str:
        return entry.need(key, _KEYS).text(r".{1,200}", "1 to 200 characters")

    order = entry.need("profile_order", _KEYS)
    sections = tuple(item.choice(PROFILE_SECTIONS) for item in order.entries())
    if sorted(sections) != sorted(PROFILE_SECTIONS):
        order.refuse("a section is missing or stands twice.", "each once: " + ", ".join(PROFILE_SECTIONS))
    return Audience(
        id=entry.need("id", _KEYS).text(r"[a-z]{1,20}", "1 to 20 small letters"),
        name=text("name"),
        asks=text("asks"),
        headings=_per_page(entry.need("headings", _KEYS)),
        leads=_per_page(entry.need("leads", _KEYS)),
        profile_order=sections,
    )


def _per_page(entry: Entry) -> dict[str, str]:
    return {page: _sentence(entry.need(page, PAGES)) for page in PAGES}


def _sentence(entry: Entry) -> str:
    """A sentence in which {place} and {occupation} stand for the selection, and nothing else in braces."""
    text = entry.text(r".{1,200}", "1 to 200 characters")
    if re.search(r"[{}]", re.sub(r"\{(place|occupation)\}", "", text)):
        entry.refuse(f"'{text}' has other words in braces.", "{place} and {occupation}")
    return text
