"""Words computed from data: findings that claim no more than the figures allow, sources, names."""

import re
import unicodedata
from collections.abc import Sequence

import pandas as pd

from lmi.domain.source import Source
from lmi.presentation.formats import (
    format_count,
    format_money,
    format_pct,
    format_range,
    number,
)
from lmi.presentation.frame import alt_text

INTERVALS = {
    "openings_per_year": ("openings_low", "openings_high"),
    "employment": ("employment_low", "employment_high"),
}
_LONGEST_NAME = 100
_UNSURE = {False: "their ranges overlap", True: "their error is not known"}
_LONGEST_TITLE = 110


def lead_finding(
    rows: pd.DataFrame,
    value_col: str,
    unit_text: str,
    place: str = "",
    *,
    label: str = "title",
    measure: str = "openings",
    low: str | None = None,
    high: str | None = None,
    significant: int | None = None,
) -> str:
    """Who comes first, in words that the 90% intervals allow.

    rows: label, value_col and its interval columns, in any order; low and high default to the
    columns known for value_col. unit_text follows the number: '480 a year'. 'lead' is said only if the
    first one's interval lies wholly above the second's.
    """
    low_col, high_col = INTERVALS.get(value_col, ("", ""))
    low_col, high_col = low or low_col, high or high_col
    known = rows[rows[value_col].notna()]
    where = f" in {place}" if place else ""
    if known.empty:
        return f"No {measure}{where} are published"
    known = _largest_first(known, value_col, label)
    first = known.iloc[0]
    amount = format_count(first[value_col], significant=significant)
    if len(known) == 1:
        return f"{first[label]}{where}: {amount} {unit_text}"
    second = known.iloc[1]
    floor, ceiling = number(first.get(low_col)), number(second.get(high_col))
    if floor is not None and ceiling is not None and floor > ceiling:
        return _shorter(
            f"{first[label]} lead {measure}{where}: {amount} {unit_text}",
            f"{first[label]} lead {measure}: {amount} {unit_text}",
        )
    other = format_count(second[value_col], significant=significant)
    amounts = f"about {amount} and {other}" if amount != other else f"about {amount} each"
    rest = f"top {measure}{where}: {amounts} {unit_text}; {_UNSURE[floor is None or ceiling is None]}"
    return _shorter(f"{first[label]} and {second[label]} {rest}", f"Two occupations {rest}")


def _largest_first(rows: pd.DataFrame, value_col: str, label: str) -> pd.DataFrame:
    keys = ["soc", label] if "soc" in rows else [label]
    return rows.sort_values([value_col, *keys], ascending=[False, *[True] * len(keys)])


def _shorter(full: str, short: str) -> str:
    """The full sentence unless it would need more than two lines as a title."""
    return full if len(full) <= _LONGEST_TITLE else short


def source_line(
    sources: Sequence[Source | tuple[Source, str]],
    basis_notes: Sequence[str] = (),
    retrieved: str = "",
    build: str = "",
) -> str:
    """'Source: BLS OEWS, May 2025 (published); …' and what this project did to the figures.

    sources: each with, optionally, how its figures are used ('published', 'national rates'; the
    default is 'published'). basis_notes: sentences. retrieved: ISO date. build: id of the release.
    """
    named = []
    for each in sources:
        source, use = each if isinstance(each, tuple) else (each, "published")
        name = source.short_title.strip()
        if source.period and source.period not in name:
            name = f"{name}, {source.period}"
        named.append(f"{name} ({use})" if use else name)
    dates = [f"retrieved {retrieved}" if retrieved else "", f"release {build}" if build else ""]
    last = "; ".join(d for d in dates if d)
    sentences = [f"Source: {'; '.join(named)}" if named else "", *basis_notes, last[:1].upper() + last[1:]]
    return " ".join(s.strip().rstrip(".") + "." for s in sentences if s.strip())


def slug(text: str) -> str:
    """Text as a part of a file name: ASCII letters and digits in lower case, joined by '-'."""
    flat = unicodedata.normalize("NFKD", text.replace("–", "-").replace("—", "-"))
    ascii_text = flat.encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")


def file_name(*parts: str) -> str:
    """A file name without ending: 'austin-tx_in-demand-openings_may-2025'."""
    name = "_".join(s for s in (slug(p) for p in parts) if s)
    return name[:_LONGEST_NAME].rstrip("-_") or "chart"


def counted(n: int, singular: str, plural: str = "") -> str:
    """A count with its noun: '1 occupation', '38 occupations'."""
    return f"{format_count(n)} {singular if n == 1 else plural or singular + 's'}"


__all__ = [
    "INTERVALS", "alt_text", "counted", "file_name", "format_count", "format_money", "format_pct",
    "format_range", "lead_finding", "slug", "source_line",
]  # fmt: skip
