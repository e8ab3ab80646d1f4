"""Choosing among known options, with the options named where the choice is none of them."""

from lmi.domain.errors import BadInput


def known(value: str, options: list[str], what: str) -> str:
    """The value itself if it is an option; BadInput lists the options otherwise."""
    if value not in options:
        raise BadInput(f"No {what} '{value[:60]}'.", f"Known: {', '.join(options)}.", "Choose one of them.")
    return value
