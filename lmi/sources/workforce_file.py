"""data/local/workforce/: a newer or a metropolitan baseline that staff supply, in the Census API's layout.

Good rows are kept; everything else is a problem that names file, line and what is accepted. See
docs/workforce-files.md."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from lmi.domain.codes import NATION, POSTAL_BY_FIPS
from lmi.domain.groups import ACS_TOTAL, ALL_EMPLOYED
from lmi.domain.plain_text import shown
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading
from lmi.sources.census_acs import (
    AREAS_ACCEPTED,
    MISSING,
    VARIABLES,
    area_code,
    larger_than_all,
    survey_and_year,
)
from lmi.sources.workforce_cells import Cells, Unreadable, read_cells

_TABLE = TABLE_BY_ID["workforce"]
_SUFFIXES = (".csv", ".json", ".txt")
_LEFT_ALONE = re.compile(r"\..*|~.*|readme.*|.*-Column-Metadata\.csv|.*-Table-Notes\.txt", re.I)
_METRO = "metropolitan statistical area/micropolitan statistical area"
_GEOGRAPHIES = ("us", "state", _METRO)
_VARIABLE = re.compile(r"[A-Z]+\d+[A-Z]*(?:_C\d+)?_\d+(?:E|M|EA|MA|PE|PM|PEA|PMA)?", re.I)
_MOST_PEOPLE = 1_000_000_000
_MOST_PROBLEMS_OF_A_FILE = 50

Area = tuple[str, int, str]  # area_code, survey_year, survey
Found = tuple[int | None, int | None]  # people, margin of error


@dataclass(frozen=True)
class LocalWorkforce:
    """What lies in the folder. rows: the columns of table workforce. problems: messages for staff."""

    rows: pd.DataFrame
    problems: tuple[str, ...]


@dataclass
class _Gathered:
    """Values of all files so far, each with the place where it was first read."""

    values: dict[tuple[Area, str], Found] = field(default_factory=dict)
    places: dict[tuple[Area, str], str] = field(default_factory=dict)

    def put(self, area: Area, group_id: str, found: Found, place: str) -> str:
        """Keep a value; the problem in words if the same cell is already there with another one."""
        key = (area, group_id)
        if self.values.setdefault(key, found) == found:
            self.places.setdefault(key, place)
            return ""
        return (
            f"{place}: {VARIABLES[group_id]} of {area[0]}, {area[2]} {area[1]}, differs from "
            f"{self.places[key]}, which is kept. Leave only one of the two."
        )


def load_workforce(folder: Path) -> LocalWorkforce:
    """Every file in the folder, joined by area, year and survey. No folder: no rows and no problem."""
    gathered, problems = _Gathered(), []
    for path in _files(folder):
        problems += _few(list(_read(path, gathered)), shown(path.name))
    problems += _without_total(gathered)
    rows = _frame(gathered)
    larger = larger_than_all(rows)
    for row in rows[larger].itertuples():
        place = gathered.places[((row.area_code, row.survey_year, row.survey), row.group_id)]
        problems.append(
            f"{place}: {VARIABLES[row.group_id]}E is {row.people:,}, more than all employed people of "
            f"{row.area_code} ({ACS_TOTAL}E). That group is left out; check both values."
        )
    kept = rows[~larger].sort_values(list(_TABLE.key), ignore_index=True)
    return LocalWorkforce(reading.conform(kept, _TABLE, folder.name), tuple(problems))


def _files(folder: Path) -> list[Path]:
    """The files that are meant to be read; notes and hidden files are left alone."""
    if not folder.is_dir():
        return []
    return [p for p in sorted(folder.iterdir()) if p.is_file() and not _LEFT_ALONE.fullmatch(p.name)]


def _read(path: Path, gathered: _Gathered) -> Iterator[str]:
    """Read one file into `gathered`; its problems in words."""
    name = shown(path.name)
    if path.suffix.lower() not in _SUFFIXES:
        yield f"{name}: this kind of file is not read. Accepted: .csv and .json from the Census Bureau."
        return
    survey = survey_and_year(path.name)
    if survey is None:
        yield (
            f"{name}: the name does not tell survey and year. Rename it so that it begins like "
            "acs1_2023_ (1-year survey of 2023) or acs5_2023_ (5-year survey ending in 2023)."
        )
        return
    try:
        cells = read_cells(path)
        columns = _columns(cells.header)
    except Unreadable as error:
        yield f"{name}: {error}"
        return
    if not cells.rows:
        yield f"{name}: there is no row under the header. Get the file again."
    for place, row in cells.rows:
        where = f"{name}, {place}"
        yield from _row(cells, row, where, survey, columns, gathered)


def _columns(header: tuple[str, ...]) -> dict[str, tuple[int, int | None]]:
    """Group -> positions of its estimate and margin; Unreadable if the file holds none or no area."""
    for cell in {cell for cell in header if cell and header.count(cell) > 1}:
        raise Unreadable(f"the heading {shown(cell)} stands twice in the header. Leave one of them.")
    if "GEO_ID" not in header:
        geographies = [cell for cell in header if cell and cell != "NAME" and not _VARIABLE.fullmatch(cell)]
        if len(geographies) != 1 or geographies[0] not in _GEOGRAPHIES:
            said = ", ".join(shown(cell) for cell in geographies) or "none"
            raise Unreadable(
                f"the header names the geography: {said}. Accepted: GEO_ID, or one of "
                f"{'; '.join(_GEOGRAPHIES)}."
            )
    found = {}
    for group_id, variable in VARIABLES.items():
        if f"{variable}E" in header:
            margin = header.index(f"{variable}M") if f"{variable}M" in header else None
            found[group_id] = (header.index(f"{variable}E"), margin)
    if not found:
        accepted = ", ".join(f"{variable}E" for variable in VARIABLES.values())
        raise Unreadable(f"the header has none of the variables that are used. Accepted: {accepted}.")
    return found


def _row(
    cells: Cells,
    row: tuple[str, ...] | None,
    where: str,
    survey: tuple[str, int],
    columns: dict[str, tuple[int, int | None]],
    gathered: _Gathered,
) -> Iterator[str]:
    width = len(cells.header)
    if row is None or len(row) < width or any(row[width:]):  # empty cells at the end do no harm
        count = "no" if row is None else len(row)
        yield f"{where}: it has {count} cells; the header has {width}. Correct that row."
        return
    code, typed, accepted = _area(cells.header, row)
    if code is None:
        yield f"{where}: '{shown(typed)}' is no area that is used here. Accepted: {accepted}."
        return
    area = (code, survey[1], survey[0])
    for group_id, (estimate, margin) in columns.items():
        try:
            found = (_count(row[estimate]), None if margin is None else _count(row[margin]))
        except ValueError as error:
            yield f"{where}, {VARIABLES[group_id]}: {error} Accepted: a whole number, or an empty cell."
            continue
        doubled = gathered.put(area, group_id, found, where)
        if doubled:
            yield doubled


def _area(header: tuple[str, ...], row: tuple[str, ...]) -> tuple[str | None, str, str]:
    """The area of a row, None if it is none that is used; the text that names it; what is accepted."""
    if "GEO_ID" in header:
        typed = row[header.index("GEO_ID")]
        return area_code(typed), typed, AREAS_ACCEPTED
    kind = next(kind for kind in _GEOGRAPHIES if kind in header)
    typed = row[header.index(kind)]
    if kind == "us":
        return (NATION if typed == "1" else None), typed, "1 in the column us"
    if kind == "state":
        return (typed if typed in POSTAL_BY_FIPS else None), typed, "two digits, such as 06 or 48"
    metro = re.fullmatch(r"[0-9]{5}", typed)
    return (typed if metro else None), typed, "the five digits of a metropolitan area, such as 12420"


def _count(text: str) -> int | None:
    """A number of people; None where it is not published; ValueError for any other text."""
    plain = text.lstrip("±").strip().removesuffix(".0")
    if plain in MISSING:
        return None
    if re.fullmatch(r"[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3}", plain):
        people = int(plain.replace(",", ""))
        if people <= _MOST_PEOPLE:
            return people
    raise ValueError(f"'{shown(text)}' is not a number of people.")


def _without_total(gathered: _Gathered) -> Iterator[str]:
    """Take out areas without the number of all employed people; one problem for each survey and year."""
    areas = sorted({area for area, _ in gathered.values})
    lacking = [a for a in areas if not gathered.values.get((a, ALL_EMPLOYED), (None, None))[0]]
    out = set(lacking)
    for key in [key for key in gathered.values if key[0] in out]:
        del gathered.values[key]
    for year, survey in sorted({area[1:] for area in lacking}):
        codes = [area[0] for area in lacking if area[1:] == (year, survey)]
        more = f" and {len(codes) - 5} more" if len(codes) > 5 else ""
        yield (
            f"{survey} {year}: no number of all employed people for {', '.join(codes[:5])}{more}, so no "
            f"share can be made there. Add table C24010 ({ACS_TOTAL}E) of the same survey and year."
        )


def _frame(gathered: _Gathered) -> pd.DataFrame:
    records: Iterable[tuple] = (
        (*area, group_id, *found) for (area, group_id), found in gathered.values.items()
    )
    frame = pd.DataFrame(list(records), columns=list(_TABLE.columns))
    return reading.conform(frame, _TABLE, "workforce")


def _few(problems: list[str], name: str) -> list[str]:
    """The first problems of a file and how many more there are."""
    if len(problems) <= _MOST_PROBLEMS_OF_A_FILE:
        return problems
    rest = len(problems) - _MOST_PROBLEMS_OF_A_FILE
    return [*problems[:_MOST_PROBLEMS_OF_A_FILE], f"{name}: {rest} more rows have problems."]
