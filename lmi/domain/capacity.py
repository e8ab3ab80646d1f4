"""Training capacity as staff write it down: the columns of the file, what is accepted, how a problem
reads."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from lmi.domain.plain_text import shown

MOST_PEOPLE = 1_000_000
MOST_USD = 10_000_000
LONGEST_NAME, LONGEST_SOURCE = 200, 300
KINDS = ("credit", "non-credit", "apprenticeship", "other")


@dataclass(frozen=True)
class CapacityColumn:
    """A column of the file. accepted: what a cell may hold, in words that follow 'is not'."""

    id: str
    meaning: str
    accepted: str
    required: bool = False

    @property
    def advice(self) -> str:
        """What to do about a cell that is not accepted."""
        return "Write one." if self.required else "Write one, or leave the cell empty."


_PEOPLE = f"a whole number from 0 to {MOST_PEOPLE:,}"
_NAME = f"a text of 1 to {LONGEST_NAME} characters on one line"
COLUMNS: tuple[CapacityColumn, ...] = (
    CapacityColumn("provider", "Who trains.", _NAME, required=True),
    CapacityColumn("program", "Name of the program.", _NAME, required=True),
    CapacityColumn("kind", "Kind of program.", f"one of {', '.join(KINDS)}"),
    CapacityColumn(
        "cip",
        "Field of study, CIP 2020; four digits stand for the whole group.",
        "a CIP code such as 51.3801, or 51.38 for the whole group",
    ),
    CapacityColumn("soc", "Occupation it prepares for, SOC 2018.", "a SOC code such as 29-1141"),
    CapacityColumn(
        "area_code",
        "Where it is offered; empty = the default area of the settings.",
        "an area code: US, a state such as 48, a metropolitan area such as 12420, a region of the settings",
    ),
    CapacityColumn("unitid", "The institution's number in IPEDS.", "six digits such as 225511"),
    CapacityColumn("seats", "People it can take in a year.", _PEOPLE, required=True),
    CapacityColumn("applicants", "People who applied in a year.", _PEOPLE),
    CapacityColumn("enrolled", "People who started in a year.", _PEOPLE),
    CapacityColumn(
        "finished", "People who finished in a year; empty = as IPEDS counts the program, if it does.", _PEOPLE
    ),
    CapacityColumn(
        "cost_usd",
        "Tuition and fees of the whole program, US dollars.",
        f"an amount in US dollars from 0 to {MOST_USD:,}, such as 4500 or $4,500",
    ),
    CapacityColumn(
        "length",
        "How long it takes.",
        "a length such as 16 weeks (a number and hours, days, weeks, months or years)",
    ),
    CapacityColumn(
        "source",
        "Who said so, and where.",
        f"a text of 1 to {LONGEST_SOURCE} characters on one line",
        required=True,
    ),
    CapacityColumn(
        "as_of",
        "The day or month for which it holds.",
        "a date such as 2026-01-15, or a month such as 2026-01",
        required=True,
    ),
)
COLUMN_BY_ID: dict[str, CapacityColumn] = {column.id: column for column in COLUMNS}
REQUIRED: tuple[str, ...] = tuple(column.id for column in COLUMNS if column.required)
EITHER: tuple[str, str] = ("cip", "soc")
_ALIASES = {"cost": "cost_usd"}


@dataclass(frozen=True)
class CapacityProblem:
    """What is wrong at a place of the file. line: 0 = the whole file. column, value: '' = the whole row."""

    line: int
    column: str
    value: str
    why: str

    def line_text(self) -> str:
        """'Line 7, seats: '-3' is not a whole number from 0 to 1,000,000. Write one.'"""
        place = f"Line {self.line}" if self.line else "The file"
        return f"{place}, {self.said()}" if self.column else f"{place}: {self.said()}"

    def said(self) -> str:
        """The same without the line, for a row that stands in no file yet."""
        value = shown(self.value)
        quoted = f"'{value}' " if value else ""
        return f"{self.column}: {quoted}{self.why}" if self.column else f"{quoted}{self.why}"


@dataclass(frozen=True)
class Known:
    """The codes that exist, and the area of a row that names none."""

    areas: Collection[str]
    socs: Collection[str]
    cips: Collection[str]
    default_area: str


def column_id(heading: str) -> str:
    """The column that a heading means, however it is written: 'As of' is as_of, 'cost' is cost_usd.

    A heading that means none comes back in the same form; '' is no heading.
    """
    flat = re.sub(r"[\s\-_]+", "_", heading.strip().lower())
    return _ALIASES.get(flat, flat)
