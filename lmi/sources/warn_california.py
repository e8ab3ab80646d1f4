"""WARN notices of the California Employment Development Department: its workbook of a fiscal year. Headings
hold line breaks and the sheet's name differs from year to year, so the sheet is found by its headings.
See https://edd.ca.gov/en/jobs_and_training/Layoff_Services_WARN/."""

import re

from lmi.sources.event_incoming import Incoming, doubt_of, employer_cells, is_cancelled, kind_of
from lmi.sources.event_workbook import Found, records

FORMAT = "warn_california"
HEADINGS = ("Notice Date", "Effective Date", "Company", "Layoff/ Closure", "No. Of Employees")
_AGENCY = "California Employment Development Department"
_PAGE = "https://edd.ca.gov/en/jobs_and_training/Layoff_Services_WARN/"
_STATE = "06"
_TEMPORARY = re.compile(r"\btemporary\b", re.I)


def read(found: Found) -> list[Incoming]:
    """Every row of the workbook's table, in its order."""
    return [_incoming(number, row) for number, row in records(found)]


def _incoming(number: int, row: dict[str, str]) -> Incoming:
    employer, remarks = employer_cells(row["company"])
    announced, effective, kind = row["notice date"], row["effective date"], row["layoff/ closure"]
    told, year = row["no. of employees"], (announced or effective)[:4]
    said = ["The notice calls the lay-off temporary."] if _TEMPORARY.search(kind) else []
    said += ["The notice gives 0 as the count; taken as not told."] if told == "0" else []
    cells = {
        "announced": announced, "effective": effective, "employer": employer,
        "jobs": "" if told == "0" else told,
        "event_type": kind_of([kind]), "confidence": "high",
        "status": "cancelled" if is_cancelled(kind) else "announced",
        "county": row.get("county/parish", ""),
        "source_name": f"{_AGENCY}, WARN notices{' ' + year if year else ''}", "source_url": _PAGE,
    }  # fmt: skip
    address = row.get("address", "")
    return Incoming(
        f"row {number}", {column: text for column, text in cells.items() if text}, FORMAT, _STATE,
        place=address, street=address, remarks=(*remarks, *said),
        rescinded="" if is_cancelled(kind) else doubt_of("", kind),
    )  # fmt: skip
