"""How many queries went to the BLS Public Data API, so that its daily limit is kept across runs.

BLS does not say at what hour its day begins, so the limit is held over any 24 hours. The file keeps times
only, never a key.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from lmi.domain.errors import LmiError

FILE_NAME = "bls_queries.json"
_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Allowance:
    """What BLS allows: series in a query, queries a day."""

    kind: str
    series: int
    queries: int


WITH_KEY = Allowance("with_key", 50, 500)
WITHOUT_KEY = Allowance("without_key", 25, 25)


class Ledger:
    """The queries of the last 24 hours with or without a key. now: the present time, with its zone."""

    def __init__(self, folder: Path, allowance: Allowance) -> None:
        self.path, self.allowance = folder / FILE_NAME, allowance

    def left(self, now: datetime) -> int:
        """How many queries may be sent now."""
        return max(self.allowance.queries - len(self._recent(now)), 0)

    def again_at(self, now: datetime, wanted: int = 1) -> datetime:
        """When so many queries may be sent, if no other is sent before."""
        recent = self._recent(now)
        over = len(recent) + min(wanted, self.allowance.queries) - self.allowance.queries
        return now if over <= 0 else recent[over - 1] + _DAY

    def require(self, now: datetime, wanted: int) -> None:
        """LmiError, saying when they may, if so many queries may not be sent now."""
        if wanted > self.allowance.queries:
            raise LmiError(
                f"{wanted} queries to BLS would be needed.",
                f"{self.allowance.queries} a day are allowed {self._words()}.",
                "Name fewer areas" + ("." if self.allowance is WITH_KEY else ", or set BLS_API_KEY."),
            )
        if wanted > self.left(now):
            free = self.again_at(now, wanted)
            raise LmiError(
                f"BLS allows {self.allowance.queries} queries in 24 hours {self._words()}.",
                f"{self.left(now)} are left and {wanted} needed; they are free again at "
                f"{free:%Y-%m-%d %H:%M} UTC.",
                "Run the command again then"
                + ("." if self.allowance is WITH_KEY else ", or set BLS_API_KEY to a free key of BLS."),
            )

    def count(self, now: datetime) -> None:
        """Count one query. Call it before the query is sent: one that fails counts too."""
        self.require(now, 1)
        times = self._all() | {self.allowance.kind: [t.isoformat() for t in [*self._recent(now), now]]}
        aside = self.path.with_name(f".{self.path.name}.new")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("w", encoding="utf-8") as file:
            json.dump(times, file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.path)

    def _words(self) -> str:
        return "with a key" if self.allowance is WITH_KEY else "without a key"

    def _recent(self, now: datetime) -> list[datetime]:
        """The times of the last 24 hours, earliest first; a time ahead of the clock counts from now."""
        try:
            times = [datetime.fromisoformat(text) for text in self._all().get(self.allowance.kind, [])]
            return sorted(min(t, now) for t in times if t > now - _DAY)
        except (TypeError, ValueError) as error:
            raise self._odd(error) from error

    def _all(self) -> dict[str, list[str]]:
        if not self.path.is_file():
            return {}
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise self._odd(error) from error
        if not isinstance(found, Mapping):
            raise self._odd(TypeError("no object"))
        return dict(found)

    def _odd(self, error: Exception) -> LmiError:
        return LmiError(
            f"{self.path.name} cannot be read, so the queries of today are not known.", f"{error}.",
            f"If none was sent in the last 24 hours, delete {self.path}.",
        )  # fmt: skip
