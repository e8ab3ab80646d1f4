"""Numbers as text, one way everywhere."""

from math import floor, log10

import pandas as pd

from lmi.domain.figures import NOT_PUBLISHED


def number(value: object) -> float | None:
    """A cell as a float, or None where it is missing (None, NaN or pd.NA)."""
    if value is None or pd.isna(value):
        return None
    return float(value)  # type: ignore[arg-type]


def format_count(value: object, *, significant: int | None = None) -> str:
    """A count with thousands separators; a decimal only below 10; optionally rounded to digits."""
    n = number(value)
    if n is None:
        return NOT_PUBLISHED
    if significant and n:
        n = round(n, significant - 1 - floor(log10(abs(n))))
    text = f"{n:,.0f}" if abs(n) >= 9.95 else f"{n:,.1f}".removesuffix(".0")
    return "0" if text == "-0" else text.replace("-", "−")


def format_money(value: object, *, top_coded: bool = False) -> str:
    """US dollars, without cents from 100 on; '≥' marks a top-coded amount."""
    n = number(value)
    if n is None:
        return NOT_PUBLISHED
    text = f"${abs(n):,.0f}" if abs(n) >= 99.995 else f"${abs(n):,.2f}"
    return ("≥ " if top_coded else "") + ("−" if n < 0 else "") + text


def format_pct(value: object, *, decimals: int = 1, signed: bool = False) -> str:
    """A percentage that is already in percent: 4.2 -> '4.2%'."""
    n = number(value)
    if n is None:
        return NOT_PUBLISHED
    text = f"{abs(n):,.{decimals}f}%"
    zero = float(text[:-1].replace(",", "")) == 0
    sign = "" if zero else "−" if n < 0 else "+" if signed else ""
    return sign + text


def format_range(low: object, high: object, *, significant: int | None = None) -> str:
    """Two counts joined by an en dash; one count where both read the same."""
    if number(low) is None or number(high) is None:
        return NOT_PUBLISHED
    first, last = (format_count(v, significant=significant) for v in (low, high))
    return first if first == last else f"{first}–{last}"
