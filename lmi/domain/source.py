"""What a source says of itself: who publishes it, under which licence, for which period."""

from dataclasses import dataclass
from typing import Literal

Cadence = Literal[
    "weekly", "monthly", "quarterly", "yearly", "two-yearly", "ten-yearly", "as needed"
]  # fmt: skip

US_PUBLIC_DOMAIN = "US Government work, public domain"
CC_BY_4 = "CC BY 4.0"


@dataclass(frozen=True)
class RawFile:
    """One published file: its place below the raw folder and the day this copy was obtained."""

    path: str
    retrieved: str


@dataclass(frozen=True)
class Source:
    """One publisher's product at one vintage.

    period: what the figures describe. released: when the publisher put them out (ISO date or
    month). next_due: ISO month in which the next vintage is expected. Three dates, never merged.
    tables: ids of the bundled tables that come from it.
    """

    id: str
    publisher: str
    title: str
    short_title: str
    url: str
    licence: str
    attribution: str
    period: str
    released: str
    cadence: Cadence
    next_due: str
    files: tuple[RawFile, ...]
    tables: tuple[str, ...]
    caveats: tuple[str, ...] = ()
    feeds_figures: bool = True
