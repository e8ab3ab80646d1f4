"""What the files of Indeed Hiring Lab have in common: where a copy lies, its dates, what it says of itself.
See https://github.com/hiring-lab/job_postings_tracker."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from lmi.domain.days import day_after, in_words
from lmi.domain.errors import BadFile
from lmi.domain.source import RawFile, Source
from lmi.sources import reading

FOLDER = "realtime"
PUBLISHER = "Indeed Hiring Lab"
POSTINGS = {"total postings": "total", "new postings": "new"}
BASE, BASE_DAY = 100.0, "2020-02-01"  # the index on that day
_WEEK_AND_DELAY = 12  # days from the last day of a file to the next weekly release


def newest_copy(raw: Path, name: str) -> Path:
    """Where the file lies below `raw`: under its own name, or an older copy named NAME_through_YYYY-MM.csv.

    Where there is none, the path that it should have.
    """
    path = raw / FOLDER / name
    stem = re.escape(Path(name).stem)
    older = [p for p in path.parent.glob("*.csv") if re.fullmatch(rf"{stem}_through_\d{{4}}-\d{{2}}", p.stem)]
    return path if path.is_file() or not older else max(older)


def days(column: pd.Series, place: str) -> pd.Series:
    """The column itself, if every value is a day as YYYY-MM-DD; BadFile otherwise."""
    reading.codes(column, r"\d{4}-\d{2}-\d{2}", place)
    unique = column.drop_duplicates()
    wrong = pd.to_datetime(unique, format="%Y-%m-%d", errors="coerce").isna()
    if wrong.any():
        raise BadFile(
            f"{place}, {column.name}: '{unique[wrong].iloc[0]}' is no day of the calendar.",
            "Days as YYYY-MM-DD were expected.",
            reading.OBTAIN_AGAIN,
        )
    return column


def figures(
    column: pd.Series, place: str, missing: Sequence[str] = (), low: float | None = None
) -> pd.Series:  # fmt: skip
    """As reading.numbers gives; BadFile also for an infinite number, or one below `low`."""
    values = reading.numbers(column, place, missing)
    odd = values.isin([math.inf, -math.inf]) | (False if low is None else (values < low).fillna(False))
    if odd.any():
        row = int(odd.to_numpy().argmax())
        raise BadFile(
            f"{place}, {column.name}: '{column.iloc[row]}' is out of range (data row {row + 1}).",
            f"A finite number{'' if low is None else f' of {low:g} or more'} was expected.",
            reading.OBTAIN_AGAIN,
        )
    return values


def daily_source(source: Source, paths: tuple[Path, ...], newest: str) -> Source:
    """The source as its files date it. source: as the bundled copy is described; newest: their last day.

    The day of release is known only of the bundled copy; the files carry none.
    """
    period = f"daily to {in_words(newest)}"
    retrieved = {Path(file.path).name: file.retrieved for file in source.files}
    files = tuple(RawFile(f"{FOLDER}/{p.name}", retrieved.get(p.name, "")) for p in paths)
    if period == source.period:
        return replace(source, files=files)
    return replace(
        source, period=period, released="", next_due=day_after(newest, _WEEK_AND_DELAY)[:7], files=files
    )


def require_whole(path: Path) -> None:
    """A downloaded file ends with the end of a line, as all of them do; BadFile for a part of one, or for a
    web page in its place."""
    with path.open("rb") as file:
        start = file.read(200).lstrip(b"\xef\xbb\xbf \r\n\t")
        file.seek(-1, 2)
        end = file.read(1)
    if start.startswith(b"<"):
        why = "It is a web page."
    elif end != b"\n":
        why = "Its last line breaks off."
    else:
        return
    raise BadFile(f"{path.name} is not the file that was asked for.", why, "Run the command again later.")


def newest_day(paths: tuple[Path, ...]) -> str:
    """The last day that all the files reach."""
    lasts = []
    for path in paths:
        cells = reading.read_large_csv(path, {"date": "date"})
        lasts.append(str(days(cells.date, path.name).max()))
    return min(lasts)
