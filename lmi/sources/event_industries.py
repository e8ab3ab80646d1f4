"""data/mappings/employer_industry.csv: industries that this project assigns to employers whose notices name
none, where the name says it or it is widely known."""

from collections.abc import Mapping
from pathlib import Path

from lmi.domain.errors import BadFile
from lmi.sources import reading
from lmi.sources.event_names import employer_key

FILE_NAME = "employer_industry.csv"
ASSIGNED = "Industry assigned by this project from the employer's name, not in the notice."
WHYS = ("the name says it", "widely known")


def load_industries(folder: Path, naics: Mapping[str, str]) -> dict[str, str]:
    """Employer's key -> NAICS code. naics: the codes that exist. BadFile for another code or reason, or an
    employer that stands twice under whatever spelling."""
    path = folder / FILE_NAME
    cells = reading.read_csv(path, {"employer": "employer", "naics": "naics", "why": "why"})
    reading.one_of(cells.why, WHYS, path.name)
    out: dict[str, str] = {}
    for employer, code in zip(cells.employer, cells.naics, strict=True):
        key = employer_key(employer)
        if code not in naics:
            raise BadFile(
                f"{path.name}: '{code}' for {employer} is not the code of an industry.",
                "A code of NAICS 2022 was expected.", "Correct that line.",
            )  # fmt: skip
        if out.setdefault(key, code) is not code:
            raise BadFile(
                f"{path.name}: {employer} stands twice.", "One line for each employer was expected.",
                "Take one out.",
            )  # fmt: skip
    return out


def industry_of(employer: str, industries: Mapping[str, str]) -> str:
    """The NAICS code that is assigned to an employer, however its name is spelled; '' for none."""
    return industries.get(employer_key(employer), "")
