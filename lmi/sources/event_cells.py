"""Rows of hiring_events.csv: their cells as typed values, or what is wrong with each of them.

Cells are read column by column, and a text that stands in many rows is read once."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from lmi.domain.event_columns import COLUMNS, LAYOUT, LONGEST, LONGEST_OTHER, PLACE
from lmi.domain.events import EventKnown
from lmi.domain.plain_text import restore_text
from lmi.domain.staff_file import Problem
from lmi.sources.event_place import Misplaced, Place, Resolver
from lmi.sources.event_values import PLAIN, Codes, readers, words
from lmi.sources.staff_cells import Refused, check_characters, check_length

Value = str | int | date | None
_DEFAULTS: Mapping[str, Value] = {"confidence": "medium"}
_NOWHERE = Place("", None, None, None, None)


class Columns(NamedTuple):
    """Rows as typed values. values: column -> one value per row, None = not told or no use; the declared
    columns, county_fips and state_fips. problems: of every row. bad: numbers of the rows that have one."""

    values: dict[str, Sequence[Value]]
    problems: list[Problem]
    bad: set[int]


class RowReader:
    """Reads rows against the codes and places that exist."""

    def __init__(self, known: EventKnown) -> None:
        self._codes, self._resolver = Codes(known), Resolver(known)
        self._readers = readers(self._codes)

    def read(self, lines: Sequence[int], cells: Mapping[str, Sequence[str]]) -> Columns:
        """Rows with their problems. lines: the line of each row, for the problems. cells: column -> the
        cells of the rows, stripped, as they stand in the file; a column that is left out is empty."""
        out = Columns({}, [], set())
        empty = [""] * len(lines)
        for column in COLUMNS:
            if column.id not in PLACE:
                self._column(column.id, lines, cells.get(column.id, empty), out)
        self._places(lines, [cells.get(column, empty) for column in PLACE], out)
        self._jobs_named(lines, out)
        out.problems.sort(key=lambda problem: problem.line)
        return out

    def value(self, column: str, cell: str) -> Value:
        """The value of a cell, the place aside; None = not told. Refused if it cannot be read."""
        about = LAYOUT.by_id[column]
        text = restore_text(cell).strip()
        if not text:
            if about.required:
                raise Refused(f"is empty. Write {about.accepted}.")
            return _DEFAULTS.get(column)
        check_characters(text)
        if column in self._readers:
            return self._readers[column](text)
        check_length(text, LONGEST.get(column, LONGEST_OTHER))
        return text

    def _column(self, column: str, lines: Sequence[int], cells: Sequence[str], out: Columns) -> None:
        refused: dict[str, str] = {}

        @cache
        def value(cell: str) -> Value:
            try:
                return self.value(column, cell)
            except Refused as error:
                refused[cell] = words(column, error)
                return None

        plain = PLAIN.get(column)
        out.values[column] = (
            [cell if plain(cell) else value(cell) for cell in cells] if plain else [value(c) for c in cells]
        )
        if refused:
            for row, cell in enumerate(cells):
                if cell in refused:
                    _note(out, row, Problem(lines[row], column, restore_text(cell), refused[cell]))

    def _places(self, lines: Sequence[int], cells: Sequence[Sequence[str]], out: Columns) -> None:
        """Area, county and city of every row. cells: the three columns."""
        refused: dict[tuple[str, ...], Problem] = {}

        @cache
        def place(area: str, county: str, city: str) -> Place:
            found = self._place([restore_text(cell).strip() for cell in (area, county, city)])
            if isinstance(found, Place):
                return found
            refused[area, county, city] = found
            return _NOWHERE

        places = list(map(place, *cells))
        for position, name in enumerate(Place._fields):
            out.values[name] = [place[position] for place in places]
        if refused:
            for row, triple in enumerate(zip(*cells, strict=True)):
                if triple in refused:
                    found = refused[triple]
                    _note(out, row, Problem(lines[row], found.column, found.value, found.why))

    def _place(self, texts: Sequence[str]) -> Place | Problem:
        """The place, or a problem that has no line yet."""
        for column, text in zip(PLACE, texts, strict=True):
            try:
                check_characters(text)
                check_length(text, LONGEST_OTHER)
            except Refused as error:
                return Problem(0, column, text, str(error))
        try:
            return self._resolver.place(*texts)
        except Misplaced as error:
            return Problem(0, error.column, texts[PLACE.index(error.column)], str(error))

    def _jobs_named(self, lines: Sequence[int], out: Columns) -> None:
        """Jobs that occupations are given must not be more than the event's."""
        told = self._codes.jobs_told
        if not told:
            return
        for row, (socs, jobs) in enumerate(zip(out.values["socs"], out.values["jobs"], strict=True)):
            named = told.get(str(socs))
            if named is None or row in out.bad:
                continue
            if jobs is None:
                why = f"tells {named:,} jobs, and jobs is empty. Write the event's jobs too."
                _note(out, row, Problem(lines[row], "socs", str(socs), why))
            elif named > int(str(jobs)):
                why = f"tells {named:,} jobs, more than the event's {jobs:,} (jobs). Correct one of the two."
                _note(out, row, Problem(lines[row], "socs", str(socs), why))


def _note(out: Columns, row: int, problem: Problem) -> None:
    out.problems.append(problem)
    out.bad.add(row)
