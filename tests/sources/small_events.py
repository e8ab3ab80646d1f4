"""A handful of codes and places, and an event that they hold, for the tests of the hiring-events record."""

from lmi.domain.events import EventKnown
from lmi.domain.gazetteer import City, County, Gazetteer

KNOWN = EventKnown(
    areas={
        "US": "", "01": "01", "17": "17", "20": "20", "29": "29", "48": "48", "12420": "48", "19100": "48",
        "28140": "29 20", "4800004": "48", "0100001": "01",
    },
    naics={
        "11": "Farming", "31-33": "Manufacturing", "336": "Vehicles", "336110": "Cars", "336120": "Trucks",
    },
    socs={
        "49-9041": "Machinery mechanics", "51-9141": "Semiconductor technicians", "51-2092": "Assemblers",
        "31-1120": "Home health and personal care aides", "11-2022": "Sales managers",
        "11-3031": "Financial managers", "11-9031": "Preschool administrators", "11-1031": "Legislators",
    },
    places=Gazetteer(
        [
            County("48453", "Travis County", "48", "12420"),
            County("48113", "Dallas County", "48", "19100"), County("48477", "Washington County", "48", "48"),
            County("20201", "Washington County", "20", "20"),
            County("29095", "Jackson County", "29", "28140"),
            County("01001", "Autauga County", "01", "01"),
        ],
        [
            City("Austin", "48", "12420", 0.99), City("Round Rock", "48", "12420", 1.0),
            City("Dallas", "48", "19100", 1.0), City("Salado", "48", "12420", 0.6),
            City("Kansas City", "29", "28140", 1.0), City("Kansas City", "20", "28140", 1.0),
            City("Springfield", "17", "17", 1.0), City("Springfield", "29", "29", 1.0),
            City("Brenham", "48", "48", 1.0), City("Beaumont", "20", "20", 1.0),
        ],
    ),
    combined={"31-1121": "31-1120", "31-1122": "31-1120"},
)  # fmt: skip
ROW = {
    "employer": "Acme, Inc.", "announced": "2025-07-09", "event_type": "layoff", "jobs": "120",
    "city": "Austin", "status": "announced", "source_name": "Texas Workforce Commission",
}  # fmt: skip
AT = "2026-11-05T10:00:00Z"
