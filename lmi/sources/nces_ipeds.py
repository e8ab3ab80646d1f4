"""NCES IPEDS: awards by institution and program, completers by institution, and the directory of
institutions. See https://nces.ed.gov/ipeds/use-the-data."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd

from lmi.domain.awards import COMPLETER_LEVELS, EVERY_LEVEL
from lmi.domain.codes import CIP_PATTERN
from lmi.domain.errors import BadFile
from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import nces_directory, reading

FOLDER = "education"
TITLES = "mappings/cip2020_titles.csv"
_RETRIEVED = "2026-11"
_FIRST, _LAST = 2020, 2024

SOURCE = Source(
    id="nces_ipeds",
    publisher="National Center for Education Statistics",
    title="Integrated Postsecondary Education Data System: completions and directory, 2020–2024",
    short_title="NCES IPEDS, 2020–2024",
    url="https://nces.ed.gov/ipeds/use-the-data",
    licence=US_PUBLIC_DOMAIN,
    attribution="National Center for Education Statistics, Integrated Postsecondary Education Data System, "
    "2020–2024. The completions by program were re-processed upstream into totals by sex of first majors.",
    period="July 2019–June 2024",
    released="2025-09",
    cadence="yearly",
    next_due="2026-09",
    files=(
        *(RawFile(f"{FOLDER}/c{y}_a_totals_by_sex.parquet", _RETRIEVED) for y in range(_FIRST, _LAST + 1)),
        RawFile(f"{FOLDER}/c2023_c.csv", _RETRIEVED),
        RawFile(f"{FOLDER}/c2024_c.csv", _RETRIEVED),
        RawFile(f"{FOLDER}/hd2024.csv", _RETRIEVED),
        RawFile(TITLES, _RETRIEVED),
    ),
    tables=("completion", "completer", "institution", "program"),
    caveats=("first_majors", "ipeds_sex", "ipeds_provisional", "reporting_office", "outside_ipeds",
             "race_by_institution"),
)  # fmt: skip

_GRAND_TOTAL = "99"
_COUNTS = ("awards", "men", "women")
_AWARDS = {
    "unitid": "UNITID", "cip": "CIPCODE", "major": "MAJORNUM", "award_level": "AWLEVEL",
    "awards": "CTOTALT", "men": "CTOTALM", "women": "CTOTALW",
}  # fmt: skip
_RACES = {
    "american_indian": "CSAIANT", "asian": "CSASIAT", "black": "CSBKAAT", "hispanic": "CSHISPT",
    "pacific_islander": "CSNHPIT", "white": "CSWHITT", "two_or_more": "CS2MORT",
    "race_unknown": "CSUNKNT", "nonresident": "CSNRALT",
}  # fmt: skip
_PEOPLE = {
    "unitid": "UNITID", "completer_level": "AWLEVELC", "completers": "CSTOTLT", "men": "CSTOTLM",
    "women": "CSTOTLW", **_RACES,
}  # fmt: skip
_AWARDS_FILE = r"c(\d{4})_a(_rv)?(_totals_by_sex\.parquet|\.csv)"
_PEOPLE_FILE = r"c(\d{4})_c(_rv)?\.csv"
_DIRECTORY_FILE = r"hd(\d{4})\.csv"


def describe(raw: Path) -> Source:
    """SOURCE for the years that lie below `raw`, so that a further year says what it is."""
    awards = awards_by_year(raw)
    people = files_by_year(raw, _PEOPLE_FILE, f"{FOLDER}/c{_LAST}_c.csv")
    paths = [*awards.values(), *people.values(), _directory(raw)]
    files = (*(RawFile(f"{FOLDER}/{p.name}", _RETRIEVED) for p in paths), RawFile(TITLES, _RETRIEVED))
    if files == SOURCE.files:
        return SOURCE
    first, last = min(awards), max(awards)
    old, new = f"{_FIRST}–{_LAST}", f"{first}–{last}"
    return replace(
        SOURCE,
        title=SOURCE.title.replace(old, new),
        short_title=SOURCE.short_title.replace(old, new),
        attribution=SOURCE.attribution.replace(old, new),
        period=f"July {first - 1}–June {last}",
        released=SOURCE.released if last == _LAST else "",
        next_due=f"{last + 2}-09",
        files=files,
    )


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Tables completion, completer, institution and program.

    Completions: first majors at six digits. The grand totals (CIP 99) are left out, for they would count
    every award twice. A zero is a reported zero.
    """
    awards = awards_by_year(raw)
    people = files_by_year(raw, _PEOPLE_FILE, f"{FOLDER}/c{_LAST}_c.csv")
    parts = [
        (read_full if path.suffix.lower() == ".csv" else read_totals)(path, year)
        for year, path in awards.items()
    ]
    completion = pd.concat(parts, ignore_index=True)
    left_out: dict[str, int] = {}
    for part in parts:
        for reason, rows in part.attrs["left_out"].items():
            left_out[reason] = left_out.get(reason, 0) + rows
    completion.attrs = {"left_out": left_out}
    completers = pd.concat([read_completers(path, year) for year, path in people.items()], ignore_index=True)
    return {
        "completion": completion,
        "completer": completers,
        "institution": nces_directory.parse_institutions(_directory(raw)),
        "program": nces_directory.parse_programs(raw / TITLES),
    }


def files_by_year(raw: Path, pattern: str, expected: str) -> dict[int, Path]:
    """The files whose name has the pattern, by the year in it, earliest first.

    BadFile where there are none (`expected` is then named) or two for one year.
    """
    folder = raw / FOLDER
    found: dict[int, Path] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        hit = re.fullmatch(pattern, path.name, re.IGNORECASE)
        if hit and (twin := found.setdefault(int(hit[1]), path)) != path:
            raise BadFile(
                f"{twin.name} and {path.name} are of the same year.",
                "One file a year was expected.",
                "Keep the newer one, as the publisher revises provisional figures.",
            )
    if not found:
        reading.require(raw / expected)
    return dict(sorted(found.items()))


def awards_by_year(raw: Path) -> dict[int, Path]:
    """The files of completions by year; BadFile where a year between two others is missing."""
    found = files_by_year(raw, _AWARDS_FILE, SOURCE.files[0].path)
    for before, after in pairwise(found):
        if after != before + 1:
            raise BadFile(
                f"{found[before].name.replace(str(before), str(before + 1))} is missing.",
                f"{found[before].name} and {found[after].name} are there.",
                reading.OBTAIN_AGAIN,
            )
    return found


def read_totals(path: Path, year: int) -> pd.DataFrame:
    """Completions of one year from the totals by sex, re-processed upstream (Parquet)."""
    cells = reading.read_parquet(path, {**_AWARDS, "six_digits": "IS_CIP_6DIGIT"})
    reading.one_of(cells.six_digits, ("True", "False"), path.name)
    if (odd := (cells.six_digits == "True") == (cells.cip == _GRAND_TOTAL)).any():
        row = int(odd.to_numpy(dtype=bool).argmax())
        raise BadFile(
            f"{path.name}: IS_CIP_6DIGIT does not fit CIPCODE '{cells.cip.iloc[row]}' (data row {row + 1}).",
            f"It was expected to be true for all codes but {_GRAND_TOTAL}.",
            reading.OBTAIN_AGAIN,
        )
    return _completions(cells, path.name, year)


def read_full(path: Path, year: int) -> pd.DataFrame:
    """Completions of one year from the file C20xx_A as NCES publishes it (CSV, with races and flags)."""
    cells = reading.read_csv(path, _AWARDS, nces_directory.encoding_of(path))
    cells["award_level"] = cells.award_level.str.removeprefix("0")
    return _completions(cells, path.name, year)


def read_completers(path: Path, year: int) -> pd.DataFrame:
    """Completers of one year (C20xx_C): people, by levels that are not those of the awards."""
    out = reading.read_csv(path, _PEOPLE, nces_directory.encoding_of(path))
    out["completer_level"] = out.completer_level.str.removeprefix("0")
    reading.one_of(out.completer_level, COMPLETER_LEVELS, path.name)
    for name in ("completers", "men", "women", *_RACES):
        out[name] = reading.numbers(out[name], path.name, ())
    check_parts(out, "completers", ("men", "women"), path.name)
    check_parts(out, "completers", tuple(_RACES), path.name)
    out["award_year"] = year
    return reading.conform(out, TABLE_BY_ID["completer"], path.name)


def check_parts(table: pd.DataFrame, total: str, parts: tuple[str, ...], place: str) -> None:
    """The parts add up to the total in every row; the first row where they do not is named."""
    off = (table[list(parts)].sum(axis=1) != table[total]).to_numpy(dtype=bool)
    if off.any():
        row = table.iloc[int(off.argmax())]
        key = ", ".join(
            f"{c} {row[c]}" for c in ("unitid", "cip", "award_level", "completer_level") if c in row
        )
        raise BadFile(
            f"{place}: {total} are not the sum of {', '.join(parts)} (data row {int(row.name) + 1}: {key}).",
            f"{row[total]} against {row[list(parts)].sum()}.",
            reading.OBTAIN_AGAIN,
        )


def _completions(cells: pd.DataFrame, place: str, year: int) -> pd.DataFrame:
    """First majors at six digits as table completion; the other rows counted in attrs['left_out']."""
    reading.one_of(cells.major, ("1", "2"), place)
    reading.one_of(cells.award_level, EVERY_LEVEL, place)
    reading.codes(cells.cip, rf"{CIP_PATTERN}|{_GRAND_TOTAL}", place)
    for name in _COUNTS:
        cells[name] = reading.numbers(cells[name], place, ())
    check_parts(cells, "awards", ("men", "women"), place)
    total, second = cells.cip.isin((_GRAND_TOTAL, "99.0000")), cells.major == "2"
    kept = cells[~total & ~second].assign(award_year=year)
    out = reading.conform(kept, TABLE_BY_ID["completion"], place)
    counted = {
        f"grand totals (CIP {_GRAND_TOTAL})": int(total.sum()),
        "second majors": int((second & ~total).sum()),
    }
    out.attrs["left_out"] = {reason: rows for reason, rows in counted.items() if rows}
    return out


def _directory(raw: Path) -> Path:
    """The newest directory below `raw`."""
    return list(files_by_year(raw, _DIRECTORY_FILE, f"{FOLDER}/hd{_LAST}.csv").values())[-1]
