"""Choosing among known options, with the options named where the choice is none of them."""

import re
from datetime import date

from lmi.domain.errors import BadInput


def known(value: str, options: list[str], what: str) -> str:
    """The value itself if it is an option; BadInput lists the options otherwise."""
    if value not in options:
        raise BadInput(f"No {what} '{value[:60]}'.", f"Known: {', '.join(options)}.", "Choose one of them.")
    return value


def iso_day(text: str) -> str:
    """A day as typed, such as 2026-01-31; BadInput where it is none."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is None:
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadInput(
            f"'{text[:60]}' is no day.", "Year, month and day were expected.", "Write it as 2026-01-31."
        ) from None
