"""The series of the BLS Public Data API that are asked for, by area: unemployment rate (LAUS, CPS),
employment by industry (CES), job openings and hires (JOLTS). See https://www.bls.gov/help/hlpforma.htm."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lmi.domain.codes import NATION, area_type

RATE, EMPLOYMENT, JOB_OPENINGS, HIRES = "unemployment_rate", "employment", "job_openings", "hires"
MEASURES = (RATE, EMPLOYMENT, JOB_OPENINGS, HIRES)
IN_THOUSANDS = frozenset({EMPLOYMENT, JOB_OPENINGS, HIRES})
ALL_INDUSTRIES = "00"
INDUSTRIES: Mapping[str, str] = {
    ALL_INDUSTRIES: "All industries but farms",
    "10": "Mining and logging",
    "15": "Mining, logging and construction",
    "20": "Construction",
    "30": "Manufacturing",
    "40": "Trade, transportation and utilities",
    "50": "Information",
    "55": "Financial activities",
    "60": "Professional and business services",
    "65": "Private education and health services",
    "70": "Leisure and hospitality",
    "80": "Other services",
    "90": "Government",
}
_NOT_NATIONAL = frozenset({"15"})  # published where mining or construction alone is not
_ELEMENTS = {JOB_OPENINGS: "JO", HIRES: "HI"}


@dataclass(frozen=True)
class Series:
    """One series. measure: one of MEASURES; industry: a supersector of INDUSTRIES."""

    id: str
    area_code: str
    measure: str
    industry: str = ALL_INDUSTRIES


def of_area(area_code: str, first_state: str = "") -> tuple[Series, ...]:
    """The series of the nation, a state or a metropolitan area; none for any other.

    first_state: FIPS of the state that BLS files a metropolitan area under, the first in its name.
    """
    kind = area_type(area_code)
    if kind == "nation":
        rate = Series("LNS14000000", NATION, RATE)
        jobs = [
            Series(f"CES{code}00000001", NATION, EMPLOYMENT, code)
            for code in INDUSTRIES
            if code not in _NOT_NATIONAL
        ]
        return (rate, *jobs, *_jolts(NATION, "00"))
    if kind == "state":
        rate = Series(f"LAUST{area_code}0000000000003", area_code, RATE)
        return (rate, *_local_jobs(area_code, area_code, "00000"), *_jolts(area_code, area_code))
    if kind == "metro" and first_state:
        rate = Series(f"LAUMT{first_state}{area_code}00000003", area_code, RATE)
        return (rate, *_local_jobs(area_code, first_state, area_code))
    return ()


def of_areas(first_states: Mapping[str, str]) -> tuple[Series, ...]:
    """The series of several areas, each once. first_states: area code -> its first state ('' if none)."""
    found = (series for code, state in first_states.items() for series in of_area(code, state))
    return tuple({series.id: series for series in found}.values())


def in_queries(series: Iterable[Series], most: int) -> list[tuple[Series, ...]]:
    """The series in groups of at most so many."""
    listed = tuple(series)
    return [listed[start : start + most] for start in range(0, len(listed), most)]


def _local_jobs(area_code: str, state: str, area: str) -> list[Series]:
    """State and area CES, not adjusted for the season."""
    return [Series(f"SMU{state}{area}{code}00000001", area_code, EMPLOYMENT, code) for code in INDUSTRIES]


def _jolts(area_code: str, state: str) -> list[Series]:
    """Levels over all industries and sizes of establishment, adjusted for the season."""
    return [
        Series(f"JTS000000{state}0000000{element}L", area_code, measure)
        for measure, element in _ELEMENTS.items()
    ]
