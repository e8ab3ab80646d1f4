"""data/mappings/employer_industry.csv: industries that this project assigns to employers whose notices name
none, where the name says it or it is widely known."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from lmi.domain.errors import BadFile
from lmi.sources import reading
from lmi.sources.event_names import employer_key

FILE_NAME = "employer_industry.csv"
ASSIGNED = "Industry assigned by this project"
WHYS: Mapping[str, str] = {
    "the name says it": "the employer's name says it", "widely known": "widely known",
}  # fmt: skip


class Industry(NamedTuple):
    """An industry that this project assigns. naics: its code; why: one of WHYS."""

    naics: str
    why: str

    @property
    def remark(self) -> str:
        """The sentence for the notes."""
        return f"{ASSIGNED} ({WHYS[self.why]}), not in the notice."


def load_industries(folder: Path, naics: Mapping[str, str]) -> dict[str, Industry]:
    """Employer's key -> industry. naics: the codes that exist. BadFile for another code or reason, or an
    employer that stands twice under whatever spelling."""
    path = folder / FILE_NAME
    cells = reading.read_csv(path, {"employer": "employer", "naics": "naics", "why": "why"})
    reading.one_of(cells.why, tuple(WHYS), path.name)
    out: dict[str, Industry] = {}
    for employer, code, why in zip(cells.employer, cells.naics, cells.why, strict=True):
        key = employer_key(employer)
        if code not in naics:
            raise BadFile(
                f"{path.name}: '{code}' for {employer} is not the code of an industry.",
                "A code of NAICS 2022 was expected.", "Correct that line.",
            )  # fmt: skip
        if key in out:
            raise BadFile(
                f"{path.name}: {employer} stands twice.", "One line for each employer was expected.",
                "Take one out.",
            )  # fmt: skip
        out[key] = Industry(code, why)
    return out


def industry_of(employer: str, industries: Mapping[str, Industry]) -> Industry | None:
    """The industry that is assigned to an employer, however its name is spelled; None for none."""
    return industries.get(employer_key(employer))
