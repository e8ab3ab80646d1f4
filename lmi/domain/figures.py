"""A figure that can answer for itself: value, unit, basis, source, period, geography, note."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Basis = Literal["published", "estimated"]
NOT_PUBLISHED = "not published"


@dataclass(frozen=True)
class Figure:
    """One number (or category) with all that must travel with it.

    value is None where the publisher withholds it or nothing exists; note then says why. lower_bound
    marks a top-coded wage: the true value is at or above `value`. extra: what else belongs to it, as the
    command line prints it (a share's baseline, a count's award levels).
    """

    name: str
    value: float | int | str | None
    unit: str
    basis: Basis
    source: str
    period: str
    area: str
    note: str = ""
    lower_bound: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The figure as the command line prints it."""
        return {
            "value": self.value, "unit": self.unit, "basis": self.basis, "source": self.source,
            "period": self.period, "area": self.area, "note": self.note, **self.extra,
        }  # fmt: skip
