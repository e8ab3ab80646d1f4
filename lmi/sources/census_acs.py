"""American Community Survey 2018, 1-year: employed people by sex, race and ethnicity, states. Also what
every file in the Census API's layout shares: areas, missing values, survey and year."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from lmi.domain.codes import NATION, POSTAL_BY_FIPS
from lmi.domain.errors import BadFile
from lmi.domain.groups import ACS_TOTAL, ALL_EMPLOYED, GROUPS
from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

_FOLDER = "demographics/acs2018_states"
_TABLES = ("C24010", "B24010B", "B24010D", "B24010I")
FILES = {table: f"{_FOLDER}/acs1_2018_states_{table}.csv" for table in _TABLES}

SOURCE = Source(
    id="census_acs",
    publisher="U.S. Census Bureau",
    title="American Community Survey 2018, 1-year: employed people by sex, race and ethnicity, states",
    short_title="Census ACS, 2018",
    url="https://data.census.gov/",
    licence=US_PUBLIC_DOMAIN,
    attribution="U.S. Census Bureau, American Community Survey 2018, 1-year estimates.",
    period="2018",
    released="2019-09",
    cadence="yearly",
    next_due="2020-09",
    files=tuple(RawFile(path, "2026-11") for path in FILES.values()),
    tables=("workforce",),
    caveats=("acs_2018",),
)

VARIABLES: dict[str, str] = {ALL_EMPLOYED: ACS_TOTAL, **{group.id: group.acs_variable for group in GROUPS}}
_JAM_VALUES = tuple(f"-{digit * 9}" for digit in "235689")  # -222222222 … -999999999
MISSING = ("", "null", *_JAM_VALUES, "N", "(X)", "-", "**", "***", "*****")
AREAS_ACCEPTED = "0100000US, 0400000US48 (states) or 310…00US12420 (metropolitan areas)"
_GEO_IDS = {
    "nation": re.compile(r"010(?:00)?00US"),
    "state": re.compile(r"040(?:00)?00US(\d{2})"),
    "metro": re.compile(r"310(?:[0-9A-Z]{2})?00US(\d{5})"),
}
_SURVEYS = (re.compile(r"acs([15])_(\d{4})(?!\d)", re.I), re.compile(r"ACS[DS]T([15])Y(\d{4})(?!\d)", re.I))


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table workforce: one row for each area and group. What is not published is null, never 0."""
    frames = [_group(raw, group_id, variable) for group_id, variable in VARIABLES.items()]
    out = pd.concat(frames, ignore_index=True)
    larger = larger_than_all(out)
    if larger.any():
        example = out[larger].iloc[0]
        raise BadFile(
            f"{_FOLDER}: group {example.group_id} of area {example.area_code} is larger than all employed.",
            f"It has {example.people} people.",
            reading.OBTAIN_AGAIN,
        )
    return {"workforce": reading.conform(out, TABLE_BY_ID["workforce"], _FOLDER)}


def area_code(geo_id: str) -> str | None:
    """The area of a GEO_ID: nation, a state, a metropolitan area of any vintage; None for any other.

    The two characters before 'US' name a part of the area (urban, rural…); only '00', the whole, counts.
    """
    if _GEO_IDS["nation"].fullmatch(geo_id):
        return NATION
    state = _GEO_IDS["state"].fullmatch(geo_id)
    if state:
        return state[1] if state[1] in POSTAL_BY_FIPS else None
    metro = _GEO_IDS["metro"].fullmatch(geo_id)
    return metro[1] if metro else None


def survey_and_year(file_name: str) -> tuple[str, int] | None:
    """Survey and year that a file's name tells: acs1_2018… or, as data.census.gov names it, ACSDT1Y2018…"""
    for pattern in _SURVEYS:
        found = pattern.search(file_name)
        if found and 2005 <= int(found[2]) <= 2100:
            return f"ACS {found[1]}-year", int(found[2])
    return None


def larger_than_all(workforce: pd.DataFrame) -> pd.Series:
    """True for the rows of a group with more people than all employed of the same area and survey."""
    key = ["area_code", "survey_year", "survey"]
    everyone = workforce[workforce.group_id == ALL_EMPLOYED].set_index(key).people.rename("everyone")
    beside = workforce.join(everyone, on=key)
    return (beside.people > beside.everyone).fillna(False).astype(bool)


def _group(raw: Path, group_id: str, variable: str) -> pd.DataFrame:
    path = raw / FILES[variable.split("_")[0]]
    columns = {"geo_id": "GEO_ID", "people": f"{variable}E", "people_moe": f"{variable}M"}
    cells = reading.read_csv(path, columns)
    survey = survey_and_year(path.name)
    if survey is None:
        raise BadFile(f"{path.name} names no survey and year.", "acs1_2018… was expected.", "Rename it.")
    return pd.DataFrame(
        {
            "area_code": list(_areas(cells.geo_id, path.name)),
            "survey_year": survey[1],
            "survey": survey[0],
            "group_id": group_id,
            "people": reading.numbers(cells.people, path.name, MISSING),
            "people_moe": reading.numbers(cells.people_moe, path.name, MISSING),
        }
    )


def _areas(geo_ids: pd.Series, file_name: str) -> Iterator[str]:
    for row, geo_id in enumerate(geo_ids, start=2):
        area = area_code(geo_id)
        if area is None:
            raise BadFile(
                f"{file_name}, row {row}: GEO_ID '{geo_id}' is no area that is used here.",
                f"Accepted: {AREAS_ACCEPTED}.",
                "Leave that row out, or get the file again.",
            )
        yield area
