"""Finding areas by what people call them, and the areas that can be chosen."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches

import pandas as pd

from lmi.domain.codes import CUSTOM_AREA_PATTERN, NATION
from lmi.domain.selection import Area
from lmi.domain.settings import Settings

NATION_WORDS = ("nation", "usa", "us", "u.s.", "united states", "america")


def find_areas(areas: Mapping[str, Area], text: str) -> list[Area]:
    """Areas whose code or present or former name holds every word of the text; all for no text.

    Those in which every word stands as a whole come first: 'IN' is Indiana before it is Maine.
    Accents and case do not matter.
    """
    if folded(text).strip() in NATION_WORDS:
        return [areas[NATION]]
    words = folded(text).split()
    whole: list[Area] = []
    part: list[Area] = []
    for area in areas.values():
        names = folded(" ".join((area.code, area.name, area.short_name, *area.former_names, *area.states)))
        if all(word in names for word in words):
            (whole if set(words) <= set(names.split()) else part).append(area)
    return whole + part


def name_or_code(areas: Mapping[str, Area], code: str) -> str:
    """The name of an area; of one that is no more, its code and that it is no more."""
    if code in areas:
        return areas[code].name
    where = "settings" if re.fullmatch(CUSTOM_AREA_PATTERN, code) else "data"
    return f"{code} (no longer in the {where})"


def folded(text: str) -> str:
    """A name as it is compared: small letters without accents, words parted by spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    parted = re.sub(r"[\s,]+|(?<=[a-z])--?(?=[a-z])", " ", plain.lower())
    return re.sub(r"\b(saint|st\.?) ", "st ", parted)


def near_areas(areas: Mapping[str, Area], text: str, default: str) -> list[Area]:
    """The three areas whose code or name is most like the text."""
    by_text = {a.code: a for a in areas.values()} | {a.short_name: a for a in areas.values()}
    close = get_close_matches(text, list(by_text), 3, cutoff=0.4)
    found = list(dict.fromkeys(by_text[key].code for key in close)) or [NATION, default]
    return [areas[code] for code in found]


def choosable(listed: pd.DataFrame, settings: Settings) -> dict[str, Area]:
    """The published areas and the organisation's own regions, by code."""
    areas: dict[str, Area] = {}
    for row in listed.itertuples():
        former = row.former_names if isinstance(row.former_names, str) else ""
        areas[row.area_code] = Area(
            row.area_code, row.area_name, row.short_name, row.area_type,
            tuple(row.states.split()), tuple(row.state_fips.split()), (row.area_code,),
            tuple(name for name in former.split(" | ") if name),
        )  # fmt: skip
    for region in settings.regions:
        members = [areas[code] for code in region.areas]
        states = tuple(dict.fromkeys(s for m in members for s in m.states))
        codes = tuple(dict.fromkeys(s for m in members for s in m.state_codes))
        areas[region.code] = Area(
            region.code, region.name, region.name, "custom", states, codes, region.areas
        )
    return areas
