"""WARN notices of the Texas Workforce Commission: its yearly workbook, one row for each notice.
See https://www.twc.texas.gov/data-reports/warn-notice."""

from lmi.sources.event_incoming import Incoming, cleaned, employer_cells, kind_of
from lmi.sources.event_workbook import Found, records

FORMAT = "warn_texas"
HEADINGS = ("NOTICE_DATE", "JOB_SITE_NAME", "COUNTY_NAME", "TOTAL_LAYOFF_NUMBER", "LayOff_Date", "CITY_NAME")
_AGENCY, _PAGE, _STATE = (
    "Texas Workforce Commission",
    "https://www.twc.texas.gov/data-reports/warn-notice",
    "48",
)


def read(found: Found) -> list[Incoming]:
    """Every row of the workbook's table, in its order."""
    return [_incoming(number, row) for number, row in records(found)]


def _incoming(number: int, row: dict[str, str]) -> Incoming:
    employer, remarks = employer_cells(row["job_site_name"])
    announced, effective = row["notice_date"], row["layoff_date"]
    year = (announced or effective)[:4]
    told = cleaned(row["total_layoff_number"])
    cells = {
        "announced": announced, "effective": effective, "employer": employer,
        "jobs": "" if told == "0" else told,
        "event_type": kind_of([]), "status": "announced", "confidence": "high",
        "county": row["county_name"],
        "source_name": f"{_AGENCY}, WARN notices{' ' + year if year else ''}", "source_url": _PAGE,
    }  # fmt: skip
    zero = ("The notice gives 0 as the count; taken as not told.",) if told == "0" else ()
    return Incoming(
        f"row {number}", {column: text for column, text in cells.items() if text}, FORMAT, _STATE,
        place=row["city_name"], remarks=(*remarks, *zero),
    )  # fmt: skip
