"""What each real-time signal is called, measured in, compared by, and does not cover."""

from dataclasses import dataclass

from lmi.analysis.signals import ChangeUnit
from lmi.sources import bls_series

MINING_AND_CONSTRUCTION, CONSTRUCTION = "15", "20"
INDEX = "index"
_INDEED = (
    "1 February 2020 = 100. Advertisements on Indeed only: a trend, not a count. It misses jobs filled "
    "without one and leans towards office and professional work."
)


@dataclass(frozen=True)
class Kind:
    """A kind of signal. steady: a change up to it is called little changed (our rule, in change_unit).
    by_year: judged by its change over 12 months, for it is not adjusted for the season or is a growth rate;
    else over 3. covers: what it does not cover."""

    name: str
    unit: str
    change_unit: ChangeUnit
    steady: float
    source_id: str
    covers: str
    monthly: bool = True
    by_year: bool = False


POSTINGS = Kind("Job postings on Indeed", INDEX, "%", 2, "indeed_postings", _INDEED, monthly=False)
NEW_POSTINGS = Kind(
    "New job postings on Indeed", INDEX, "%", 2, "indeed_postings",
    f"Postings that have been on Indeed for seven days or less. {_INDEED}", monthly=False,
)  # fmt: skip
METRO_POSTINGS = Kind("Job postings on Indeed", INDEX, "%", 2, "indeed_metros", _INDEED, monthly=False)
POSTED_PAY = Kind(
    "Posted pay growth", "%", "points", 0.3, "indeed_wages",
    "Pay in advertisements on Indeed for the same job titles against a year before, mean of three months: "
    "not what people are paid, and the nation only.", by_year=True,
)  # fmt: skip
_RATE = "People who looked for a job in the last four weeks; those who gave up looking are not counted."
_UNADJUSTED = "Not adjusted for the season: compare with the same month a year before."
NATION_RATE = Kind("Unemployment rate", "%", "points", 0.2, "bls_api", _RATE)
LOCAL_RATE = Kind(
    "Unemployment rate", "%", "points", 0.2, "bls_api", f"{_RATE} {_UNADJUSTED}", by_year=True
)  # fmt: skip
_JOBS = "Jobs on the payrolls of employers; the self-employed, farm and household workers are not counted."
NATION_JOBS = Kind("Employment", "jobs", "%", 0.5, "bls_api", _JOBS)
LOCAL_JOBS = Kind("Employment", "jobs", "%", 0.5, "bls_api", f"{_JOBS} {_UNADJUSTED}", by_year=True)
JOB_OPENINGS = Kind(
    "Job openings (JOLTS)", "jobs", "%", 5, "bls_api",
    "Positions that employers tell BLS stand open on the last business day of the month. Not the openings a "
    "year of projections, which count growth and people who leave an occupation for good.",
)  # fmt: skip
HIRES = Kind(
    "Hires (JOLTS)", "jobs", "%", 5, "bls_api",
    "All additions to payrolls in the month, people who change employers in the same occupation included.",
)  # fmt: skip


def of_bls(measure: str, *, nation: bool) -> Kind:
    """The kind of a BLS measure for the nation or any other area."""
    return {
        bls_series.RATE: NATION_RATE if nation else LOCAL_RATE,
        bls_series.EMPLOYMENT: NATION_JOBS if nation else LOCAL_JOBS,
        bls_series.JOB_OPENINGS: JOB_OPENINGS,
        bls_series.HIRES: HIRES,
    }[measure]
