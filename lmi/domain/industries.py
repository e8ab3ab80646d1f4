"""Sectors of NAICS: the first two digits of an industry's code, three of them written as ranges."""

RANGES = {
    "31": "31-33", "32": "31-33", "33": "31-33", "44": "44-45", "45": "44-45", "48": "48-49", "49": "48-49",
}  # fmt: skip
NOT_GIVEN = "none"  # stands for a sector where the industry of an event is not given
NOT_GIVEN_TITLE = "Industry not given"


def sector_of(naics: str) -> str:
    """The sector of an industry: '334413' is in '31-33'; NOT_GIVEN for an empty code."""
    if not naics:
        return NOT_GIVEN
    return RANGES.get(naics[:2], naics[:2])
