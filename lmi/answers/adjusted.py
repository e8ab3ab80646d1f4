"""Accepted adjustments of all convenings, as figures and pathways are told with them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lmi.contributions import adjustments, opened
from lmi.domain.adjustments import COUNTED_MONTHS, MOVES, Reviewed, together
from lmi.domain.selection import Area
from lmi.places import here

_SQLITE = "sqlite:///"


@dataclass(frozen=True)
class Critical:
    """An occupation that employers called critical. organisations: of all convenings that count, each once.
    rows: those convenings, the newest first."""

    organisations: tuple[str, ...]
    rows: tuple[Reviewed, ...]

    @property
    def newest(self) -> str:
        """Day of the newest convening, ISO."""
        return self.rows[0].held_on


@dataclass(frozen=True)
class Adjusted:
    """What was accepted. as_of: ISO date from which the months that count are taken, '' = nothing counts."""

    rows: tuple[Reviewed, ...] = ()
    as_of: str = ""

    def within(self, area: Area) -> tuple[Reviewed, ...]:
        """What holds for an area: its own convenings, and of a region of one's own those of its parts."""
        codes = {area.code, *area.members}
        return tuple(row for row in self._newest_first if row.adjustment.area_code in codes)

    def of(self, area: Area, soc: str) -> tuple[Reviewed, ...]:
        """What was accepted about an occupation, the newest convening first."""
        return tuple(row for row in self.within(area) if row.adjustment.subject == soc)

    def of_move(self, start: str, goal: str) -> tuple[Reviewed, ...]:
        """What was accepted about a move, anywhere, the newest convening first."""
        return self._moves.get((start, goal), ())

    def critical(self, area: Area) -> Mapping[str, Critical]:
        """Occupations that were called critical within the months that count, by SOC code."""
        found: defaultdict[str, list[Reviewed]] = defaultdict(list)
        for row in self.within(area):
            if row.adjustment.kind == "critical" and self.counts(row):
                found[row.adjustment.subject].append(row)
        return {
            soc: Critical(together(*(r.adjustment.organisations for r in rows)), tuple(rows))
            for soc, rows in found.items()
        }

    def counts(self, row: Reviewed) -> bool:
        """Whether a convening lies within the last COUNTED_MONTHS."""
        return bool(self.as_of) and row.held_on >= _months_before(self.as_of, COUNTED_MONTHS)

    def organisations(self, area: Area, socs: Iterable[str]) -> NDArray[np.float64]:
        """How many organisations on record call each occupation critical; 0 = none on record."""
        found = self.critical(area) if self.rows else {}
        return np.array([len(found[s].organisations) if s in found else 0 for s in socs], dtype=float)

    @cached_property
    def _newest_first(self) -> tuple[Reviewed, ...]:
        return tuple(sorted(self.rows, key=lambda row: row.held_on, reverse=True))

    @cached_property
    def _moves(self) -> Mapping[tuple[str, str], tuple[Reviewed, ...]]:
        found: defaultdict[tuple[str, str], list[Reviewed]] = defaultdict(list)
        for row in self._newest_first:
            if row.adjustment.kind in MOVES:
                found[row.adjustment.move].append(row)
        return {move: tuple(rows) for move, rows in found.items()}


NOTHING = Adjusted()


def exists() -> bool:
    """Whether there is a database to read; one that nobody has made yet is not made for reading."""
    url = here().database
    return not url.startswith(_SQLITE) or Path(url.removeprefix(_SQLITE)).exists()


def load(as_of: str) -> Adjusted:
    """What the database of this installation holds; Unkept if it cannot be read."""
    return Adjusted(adjustments.every_accepted(opened.store()) if exists() else (), as_of)


def _months_before(day: str, months: int) -> str:
    then = date.fromisoformat(day)
    years, month = divmod(then.year * 12 + then.month - 1 - months, 12)
    return f"{years:04d}-{month + 1:02d}-{min(then.day, 28):02d}"
