"""Files that staff keep in a spreadsheet: how their columns are declared and how a problem reads."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from lmi.domain.plain_text import shown

_NEARLY = 0.85  # how alike two names are of which one may be a slip of the other, 0 to 1


@dataclass(frozen=True)
class Column:
    """A column of the file. accepted: what a cell may hold, in words that follow 'is not'."""

    id: str
    meaning: str
    accepted: str
    required: bool = False

    @property
    def advice(self) -> str:
        """What to do about a cell that is not accepted."""
        return "Write one." if self.required else "Write one, or leave the cell empty."


@dataclass(frozen=True)
class Layout:
    """The columns of a file. either: columns of which a row needs at least one. aliases: other headings
    -> column. most_bytes: how large the file may be. own_columns: whether a column that is not declared is
    somebody's own, and no problem."""

    columns: tuple[Column, ...]
    either: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    most_bytes: int = 10_000_000
    own_columns: bool = False

    @cached_property
    def by_id(self) -> dict[str, Column]:
        """The columns by their name, in order."""
        return {column.id: column for column in self.columns}

    def column_id(self, heading: str) -> str:
        """The column that a heading means, however it is written: 'As of' is as_of.

        A heading that means none comes back in the same form; '' is no heading.
        """
        flat = re.sub(r"[\s\-_]+", "_", heading.strip().lower())
        return self.aliases.get(flat, flat)

    def undeclared(self, name: str, columns: Collection[str]) -> str:
        """Why a column that is not declared is a problem; '' for somebody's own, where there may be such.
        What is nearly the name of a column that these lack is nobody's own."""
        if not self.own_columns:
            return f"is not a column that is read. Columns: {', '.join(self.by_id)}."
        near = get_close_matches(name, [c for c in self.by_id if c not in columns], 1, _NEARLY)
        return f"is not a column that is read. Did you mean {near[0]}?" if near else ""

    def lacking(self, columns: Collection[str]) -> list[str]:
        """Columns that a header must have and that these do not hold, in words."""
        needed = [column.id for column in self.columns if column.required and column.id not in columns]
        if self.either and not set(self.either) & set(columns):
            needed.append(" or ".join(self.either))
        return needed


@dataclass(frozen=True)
class Problem:
    """What is wrong at a place of the file. line: 0 = the whole file. column, value: '' = the whole row."""

    line: int
    column: str
    value: str
    why: str

    def line_text(self) -> str:
        """'Line 7, seats: '-3' is not a whole number from 0 to 1,000,000. Write one.'"""
        place = f"Line {self.line}" if self.line else "The file"
        return f"{place}, {self.said()}" if self.column else f"{place}: {self.said()}"

    def said(self) -> str:
        """The same without the line, for a row that stands in no file yet."""
        value = shown(self.value)
        quoted = f"'{value}' " if value else ""
        return f"{self.column}: {quoted}{self.why}" if self.column else f"{quoted}{self.why}"
