"""WARN notices of state workforce agencies, collected as JSON: a list of records with employer, location,
warn_date, layoff_date, type, impacted, notes and link. The counts of some states and years are ten times too
large there; data/corrections/hiring_events.yaml mends them."""

import json
import re
from collections.abc import Mapping

from lmi.domain.errors import BadFile
from lmi.domain.plain_text import shown
from lmi.sources.event_incoming import (
    COLLECTED,
    Incoming,
    cleaned,
    doubt_of,
    employer_cells,
    fips_of,
    is_cancelled,
    kind_of,
)

FORMAT = "warn_json"
_FIELDS = ("employer", "location", "warn_date", "layoff_date", "impacted")
_NEXT = "Give the list as it was collected, one object for each notice."
# Publisher, and the page of its notices for records without a link.
AGENCIES: Mapping[str, tuple[str, str]] = {
    "AK": (
        "Alaska Department of Labor and Workforce Development",
        "https://jobs.alaska.gov/RR/WARN_notices.htm",
    ),
    "AL": ("Alabama Department of Commerce", "https://www.madeinalabama.com/warn-list/"),
    "AZ": (
        "Arizona Department of Economic Security",
        "https://www.azjobconnection.gov/search/warn_lookups/new",
    ),
    "CA": (
        "California Employment Development Department",
        "https://edd.ca.gov/en/jobs_and_training/Layoff_Services_WARN/",
    ),
    "DE": ("Delaware Department of Labor", "https://joblink.delaware.gov/search/warn_lookups/new"),
    "MD": ("Maryland Department of Labor", "https://labor.maryland.gov/employment/warn.shtml"),
    "ME": ("Maine Department of Labor", "https://joblink.maine.gov/search/warn_lookups/new"),
    "NM": ("New Mexico Department of Workforce Solutions", "https://www.dws.state.nm.us/"),
    "OK": (
        "Oklahoma Employment Security Commission",
        "https://www.employoklahoma.gov/Participants/s/warnnotices",
    ),
    "RI": ("Rhode Island Department of Labor and Training", "https://dlt.ri.gov/"),
    "TX": ("Texas Workforce Commission", "https://www.twc.texas.gov/data-reports/warn-notice"),
    "UT": (
        "Utah Department of Workforce Services",
        "https://jobs.utah.gov/employer/business/warnnotices.html",
    ),
    "VT": ("Vermont Department of Labor", "https://www.vermontjoblink.com/search/warn_lookups/new"),
    "WA": ("Washington State Employment Security Department", "https://esd.wa.gov/about-employees/WARN"),
}
_COUNTY = re.compile(r"County:\s*(.+)", re.I)
_NO_REMARK = re.compile(r"[\d\s&,]*|Sheet:.*|Action:.*", re.I)
_KINDS = {"TemporaryLayoff": "The notice calls the lay-off temporary."}


def is_ours(content: bytes) -> bool:
    """Whether the content is JSON and no table."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{")


def read(content: bytes, name: str) -> list[Incoming]:
    """Every record, in the order of the file; BadFile for JSON of another form. name: of the file."""
    try:
        records = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadFile(f"{name} cannot be read as JSON.", f"{shown(error)}.", _NEXT) from error
    if not isinstance(records, list):
        raise BadFile(f"{name} holds no list of notices.", f"A {type(records).__name__} was found.", _NEXT)
    first = next((r for r in records if isinstance(r, dict)), {})
    lacking = [field for field in _FIELDS if field not in first]
    if records and lacking:
        raise BadFile(
            f"{name} is not in the form of collected WARN notices.",
            f"Its records lack {', '.join(lacking)}.",
            "Give such a list, or save the notices as CSV and use --map.",
        )
    return [_incoming(f"record {number}", record) for number, record in enumerate(records, start=1)]


def _incoming(where: str, record: object) -> Incoming:
    if not isinstance(record, dict):
        return Incoming(where, {}, FORMAT, why="it is no object with the fields of a notice.")
    place = record.get("location")
    location = place if isinstance(place, dict) else {}
    named = record.get("employer")
    employer, remarks = employer_cells(named.get("name") if isinstance(named, dict) else named)
    notes = cleaned(record.get("notes"))
    county = _COUNTY.fullmatch(notes)
    said = [] if county or _NO_REMARK.fullmatch(notes) else [f"Notice: {notes.rstrip('.')}."]
    kind = str(record.get("type") or "")
    said += [_KINDS[kind]] if kind in _KINDS else []
    count, of_count = _count(record.get("impacted"))
    state = cleaned(location.get("state")).upper()
    announced, effective = cleaned(record.get("warn_date")), cleaned(record.get("layoff_date"))
    agency, page = AGENCIES.get(state, (f"State of {state}" if state else "State workforce agency", ""))
    year = (announced or effective)[:4]
    cells = {
        "announced": announced, "effective": effective, "employer": employer, "jobs": count,
        "event_type": kind_of([kind, *said]), "confidence": "medium",
        "status": "cancelled" if is_cancelled(kind) else "announced",
        "county": county[1].strip() if county else "",
        "source_name": f"{agency}, WARN notices{' ' + year if year else ''}{COLLECTED}",
        "source_url": cleaned(record.get("link")) or page,
    }  # fmt: skip
    return Incoming(
        where, {column: text for column, text in cells.items() if text}, FORMAT, fips_of(state),
        place=cleaned(location.get("municipality")), street=cleaned(location.get("street")),
        remarks=(*remarks, *said, *of_count), rescinded="" if is_cancelled(kind) else doubt_of(notes, kind),
    )  # fmt: skip


def _count(value: object) -> tuple[str, tuple[str, ...]]:
    """The number of jobs as text, '' where none is told, and what there is to say of it."""
    if value is None or value == "":
        return "", ()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value == 0:
        return "", ("The list gives 0 as the count; taken as not told.",)
    return cleaned(value), ()
