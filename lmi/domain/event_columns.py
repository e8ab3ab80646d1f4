"""The columns of hiring_events.csv: what each means, what it may hold, and how long a text may be."""

from lmi.domain.events import (
    CONFIDENCES,
    EARLIEST_YEAR,
    EVENT_TYPES,
    LATEST_YEAR,
    MOST_JOBS,
    STATUSES,
)
from lmi.domain.staff_file import Column, Layout

LONGEST_ID = 64
LONGEST = {"employer": 200, "notes": 2000, "source_url": 2000, "socs": 2000}
LONGEST_OTHER = 300

_DAY = (
    f"a date of {EARLIEST_YEAR} to {LATEST_YEAR} such as 2025-07-09, 7/9/2025 (month first), 9-Jul-2025 or "
    "July 9, 2025; a month such as 2025-07 stands for its first day"
)


def _text(column: str) -> str:
    return f"a text of 1 to {LONGEST.get(column, LONGEST_OTHER):,} characters on one line"


COLUMNS: tuple[Column, ...] = (
    Column(
        "event_id",
        "The event's own name; empty = made of date, employer and city.",
        f"a name of 1 to {LONGEST_ID} letters (a to z), digits, points, hyphens or underscores, such as "
        "2025-07-09-acme-austin",
    ),
    Column("announced", "The day of the notice or announcement.", _DAY, required=True),
    Column("effective", "The day from which jobs come or go; empty = not told.", _DAY),
    Column("employer", "Who hires or lays off.", _text("employer"), required=True),
    Column("event_type", "What happens.", f"one of {', '.join(EVENT_TYPES)}", required=True),
    Column(
        "jobs",
        "How many jobs, always positive; empty = not told.",
        f"a whole number from 1 to {MOST_JOBS:,} (the type of the event gives the sign)",
    ),
    Column(
        "area_code",
        "Where; a metropolitan area, or else the state. Empty = as the county or city tells.",
        "an area code: US, a state such as 48, a metropolitan area such as 12420",
    ),
    Column("county", "Where, more closely.", "a county such as Travis County, or Travis County, TX"),
    Column("city", "Where, more closely.", "a city such as Round Rock, or Round Rock, TX"),
    Column(
        "naics",
        "The employer's industry, NAICS 2022, two to six digits; empty = not known.",
        "a NAICS code such as 336110, 3361 or 31-33",
    ),
    Column(
        "socs",
        "Occupations that the notice names, SOC 2018, with their jobs where told.",
        "SOC codes such as 51-9141; 49-9041, or with jobs: 51-9141=40; 49-9041=12",
    ),
    Column("status", "How far it has come.", f"one of {', '.join(STATUSES)}", required=True),
    Column("confidence", "How sure it is; empty = medium.", f"one of {', '.join(CONFIDENCES)}"),
    Column("source_name", "Who says so.", _text("source_name"), required=True),
    Column("source_url", "Where to read it.", "a web address that begins with http:// or https://"),
    Column("notes", "What else is known.", _text("notes")),
    Column("logged_by", "Who wrote the row; the app fills it in.", _text("logged_by")),
    Column(
        "logged_at",
        "When, in UTC; the app fills it in.",
        "a date or a time such as 2026-01-15 or 2026-01-15T14:30:00Z",
    ),
)
PLACE: tuple[str, ...] = ("area_code", "county", "city")
GIVEN_BY_THE_APP: tuple[str, ...] = ("event_id", "logged_by", "logged_at")
LAYOUT = Layout(COLUMNS, PLACE, most_bytes=200_000_000, own_columns=True)
