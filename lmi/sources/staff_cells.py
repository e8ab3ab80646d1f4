"""What readers of the cells of a staff file share: how a cell is refused, characters that no cell holds."""

import re
from bisect import bisect_left
from collections.abc import Sequence

WHOLE = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,3}")
_WITH_ZEROS = re.compile(r"([0-9][0-9,]*)\.0+")
_POINT_AND_THREE = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3}")
# control characters, halves of characters, line and paragraph breaks
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")


class Refused(Exception):
    """Why a cell is not accepted, in words that follow the quoted cell; '' = the column's own words."""


def check_characters(text: str) -> None:
    """Refused if a text holds a character that does not belong into one line of text."""
    if not text.isprintable() and _NO_TEXT.search(text):
        raise Refused("holds a line break, a tab or another control character. Write it without.")


def check_length(text: str, most: int) -> None:
    """Refused if a text is too long."""
    if len(text) > most:
        raise Refused(f"has {len(text)} characters; {most} is the most. Shorten it.")


def check_point(text: str) -> None:
    """Refused if a point may set off thousands: '1.200' is 1200 in some countries and 1.2 in others."""
    if _POINT_AND_THREE.fullmatch(text):
        digits = text.replace(".", "")
        raise Refused(
            "is not a whole number: its point may set off thousands or decimals. "
            f"Write {digits} or {int(digits):,} if it means thousands."
        )


def without_zeros(text: str) -> str:
    """'1200' for '1200.0' or '1200.000', as programs write whole numbers; any other text as it is. '1.000'
    may mean a thousand and stays; see check_point."""
    found = _WITH_ZEROS.fullmatch(text)
    return found[1] if found and not _POINT_AND_THREE.fullmatch(text) else text


def nearest_by_beginning(code: str, known: Sequence[str], most: int = 3) -> str:
    """' (nearest: 541511, 541512)': the codes that begin most like this one, '' if none has half of it.

    known: the codes in order.
    """
    at = bisect_left(known, code)
    around = known[max(at - most, 0) : at + most]
    begin = {other: _alike(code, other) for other in around}
    near = sorted(
        (other for other in around if 2 * begin[other] >= len(code)), key=lambda other: (-begin[other], other)
    )
    return f" (nearest: {', '.join(near[:most])})" if near else ""


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
