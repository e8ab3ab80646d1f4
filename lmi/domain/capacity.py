"""Training capacity as staff write it down: the columns of the file and what is accepted."""

from collections.abc import Collection
from dataclasses import dataclass

from lmi.domain.staff_file import Column, Layout

MOST_PEOPLE = 1_000_000
MOST_USD = 10_000_000
LONGEST_NAME, LONGEST_SOURCE = 200, 300
KINDS = ("credit", "non-credit", "apprenticeship", "other")


_PEOPLE = f"a whole number from 0 to {MOST_PEOPLE:,}"
_NAME = f"a text of 1 to {LONGEST_NAME} characters on one line"
COLUMNS: tuple[Column, ...] = (
    Column("provider", "Who trains.", _NAME, required=True),
    Column("program", "Name of the program.", _NAME, required=True),
    Column("kind", "Kind of program.", f"one of {', '.join(KINDS)}"),
    Column(
        "cip",
        "Field of study, CIP 2020; four digits stand for the whole group.",
        "a CIP code such as 51.3801, or 51.38 for the whole group",
    ),
    Column("soc", "Occupation it prepares for, SOC 2018.", "a SOC code such as 29-1141"),
    Column(
        "area_code",
        "Where it is offered; empty = the default area of the settings.",
        "an area code: US, a state such as 48, a metropolitan area such as 12420, a region of the settings",
    ),
    Column("unitid", "The institution's number in IPEDS.", "six digits such as 225511"),
    Column("seats", "People it can take in a year.", _PEOPLE, required=True),
    Column("applicants", "People who applied in a year.", _PEOPLE),
    Column("enrolled", "People who started in a year.", _PEOPLE),
    Column(
        "finished", "People who finished in a year; empty = as IPEDS counts the program, if it does.", _PEOPLE
    ),
    Column(
        "cost_usd",
        "Tuition and fees of the whole program, US dollars.",
        f"an amount in US dollars from 0 to {MOST_USD:,}, such as 4500 or $4,500",
    ),
    Column(
        "length",
        "How long it takes.",
        "a length such as 16 weeks (a number and hours, days, weeks, months or years)",
    ),
    Column(
        "source",
        "Who said so, and where.",
        f"a text of 1 to {LONGEST_SOURCE} characters on one line",
        required=True,
    ),
    Column(
        "as_of",
        "The day or month for which it holds.",
        "a date such as 2026-01-15, or a month such as 2026-01",
        required=True,
    ),
)
EITHER: tuple[str, str] = ("cip", "soc")
LAYOUT = Layout(COLUMNS, EITHER, {"cost": "cost_usd"})
COLUMN_BY_ID: dict[str, Column] = LAYOUT.by_id


@dataclass(frozen=True)
class Known:
    """The codes that exist, and the area of a row that names none."""

    areas: Collection[str]
    socs: Collection[str]
    cips: Collection[str]
    default_area: str
