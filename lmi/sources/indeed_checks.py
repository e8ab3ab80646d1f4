"""Whether what was fetched of Indeed Hiring Lab may take the place of what is in use. Its files always hold
all of every series, so one that lacks a series or a day of it is a part of a file."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

import pandas as pd

from lmi.domain.errors import BadFile
from lmi.domain.tables import Table
from lmi.sources import indeed_files

_IN_SOME_DAYS = "Nothing is to be done; run the command again in some days."
_KEPT_UP = (
    "Run the command again in some days. A series that the publisher has given up can only be left out of a "
    "new bundle: python -m lmi bundle --raw DIR."
)
_SHOWN = 3


def require_usable(
    table: Table, fetched: pd.DataFrame, held: pd.DataFrame, today: date, areas: Mapping[str, str]
) -> None:
    """BadFile, saying what is wrong, where the fetched rows may not replace those that are held.

    table: the declaration of both frames, which are not modified. today: UTC; one day of grace is given.
    areas: area code -> name, of all known areas.
    """
    time = "date" if "date" in table.key else "period"
    if fetched.empty:
        raise BadFile("What was fetched holds no figure.", f"Table {table.id} would be empty.", _KEPT_UP)
    newest, reached = str(fetched[time].max()), "" if held.empty else str(held[time].max())
    _require_past(newest, today)
    if newest < reached:
        raise BadFile(
            "What was fetched is older than what is in use.", f"It ends {newest}, the other {reached}.",
            _IN_SOME_DAYS,
        )  # fmt: skip
    if "area_code" in table.key:
        _require_known(fetched, areas)
    if "index_value" in table.columns:
        _require_base(fetched, areas)
    _require_whole(table, time, fetched, held, areas)


def _require_past(newest: str, today: date) -> None:
    """newest: day or month."""
    last = (today + timedelta(days=1)).isoformat() if len(newest) > len("YYYY-MM") else f"{today:%Y-%m}"
    if newest > last:
        raise BadFile(
            "What was fetched reaches into the future.", f"It ends {newest}; today is {today}.",
            "Check the clock of this machine; if it is right, run the command again in some days.",
        )  # fmt: skip


def _require_known(fetched: pd.DataFrame, areas: Collection[str]) -> None:
    unknown = fetched.area_code[~fetched.area_code.isin(list(areas))].unique()
    if len(unknown):
        raise BadFile("What was fetched names an unknown area.", f"{_listed(unknown)}.", _IN_SOME_DAYS)


def _require_base(fetched: pd.DataFrame, areas: Mapping[str, str]) -> None:
    off = fetched[(fetched.date == indeed_files.BASE_DAY) & (fetched.index_value != indeed_files.BASE)]
    if len(off):
        row = off.iloc[0]
        name = areas.get(row.area_code, row.area_code) if "area_code" in row else row.sector
        raise BadFile(
            f"The index that was fetched does not start at {indeed_files.BASE:g}.",
            f"{name} stands at {row.index_value:g} on {indeed_files.BASE_DAY}.",
            _IN_SOME_DAYS,
        )


def _require_whole(
    table: Table, time: str, fetched: pd.DataFrame, held: pd.DataFrame, areas: Mapping[str, str]
) -> None:
    """Every series that is held is there, with all its days, and ends with the file if it did so."""
    series = [name for name in table.key if name != time]
    unit = "day" if time == "date" else "month"

    def names(rows: pd.DataFrame) -> str:
        found = rows[series].drop_duplicates().sort_values(series)
        return _listed([_name(row, areas) for row in found.to_dict("records")])

    def missing(rows: pd.DataFrame, among: pd.DataFrame, key: list[str]) -> pd.DataFrame:
        both = rows[key].merge(among[key].drop_duplicates(), how="left", on=key, indicator=True)
        return both[both._merge == "left_only"]

    gone = missing(held, fetched, series)
    if len(gone):
        raise BadFile("What was fetched lacks series that are in use.", f"{names(gone)}.", _KEPT_UP)
    lost = missing(held, fetched, [*series, time])
    if len(lost):
        why = f"{names(lost)}: {len(lost)} in all, the first {lost[time].min()}."
        raise BadFile(f"What was fetched lacks {unit}s that are in use.", why, _KEPT_UP)
    to_the_end = held.loc[held[time] == held[time].max(), series]
    short = missing(to_the_end, fetched[fetched[time] == fetched[time].max()], series)
    if len(short):
        why = f"{names(short)} not given for {fetched[time].max()}, its last {unit}."
        raise BadFile("What was fetched ends in the middle.", why, _KEPT_UP)


def _name(row: Mapping[str, str], areas: Mapping[str, str]) -> str:
    kinds = {kind: words for words, kind in indeed_files.POSTINGS.items()}
    texts = {"area_code": areas, "postings": kinds}
    return ", ".join(texts.get(column, {}).get(value, value) for column, value in row.items())


def _listed(names: Collection[str]) -> str:
    shown = "; ".join(list(names)[:_SHOWN])
    return shown + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
