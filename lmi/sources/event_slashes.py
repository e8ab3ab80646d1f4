"""Dates such as 9/7/2026: read month first, unless another date of their column has the day first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lmi.domain.staff_file import Problem
from lmi.sources.event_values import SLASHES
from lmi.sources.staff_sheet import Rows

COLUMNS = ("announced", "effective")


def day_first(texts: Iterable[str]) -> str:
    """The first text that can only be a date with the day first, such as 13/7/2026; '' for none."""
    return next((text for text in texts if _is(text, range(13, 32))), "")


def is_unclear(text: str) -> bool:
    """Whether a text is another date with the day first than with the month first."""
    return _is(text, range(1, 13))


def first_days(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Column -> day_first of its cells. rows: cells by column, only those told."""
    return {column: day_first(cells.get(column, "") for cells in rows) for column in COLUMNS}


def doubts(cells: Mapping[str, str], first: Mapping[str, str]) -> list[str]:
    """Why a notice's dates are doubtful. cells: as told. first: see first_days."""
    return [
        f"{column} '{cells[column]}': day and month cannot be told apart: another date of this column, "
        f"{other}, has the day first."
        for column, other in first.items()
        if other and is_unclear(cells.get(column, ""))
    ]


def problems(columns: Sequence[str], rows: Rows) -> Iterator[Problem]:
    """A problem for each column of the record in which day and month cannot be told apart."""
    for column in COLUMNS:
        if column not in columns:
            continue
        at = columns.index(column)
        texts = [cells[at] for cells in rows.cells]
        other = day_first(texts)
        unclear = [line for line, text in zip(rows.lines, texts, strict=True) if other and is_unclear(text)]
        if unclear:
            others = f" and {len(unclear) - 1:,} others" if len(unclear) > 1 else ""
            why = (
                f"has the day first. In this column, day and month of line {unclear[0]}{others} cannot be "
                "told apart; they are read month first. Write such dates as 2026-07-13."
            )
            yield Problem(0, column, other, why)


def _is(text: str, firsts: range) -> bool:
    """Whether a text is two different numbers and a year, the first of these, the second a month."""
    found = SLASHES.fullmatch(text) if "/" in text else None
    if found is None:
        return False
    first, second = int(found[1]), int(found[2])
    return first in firsts and 1 <= second <= 12 and first != second
