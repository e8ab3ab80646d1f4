"""Rows of the report: figures, the aim, whether it is met; as a table and as JSON."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any, Literal

LIBRARIES = ("streamlit", "duckdb", "pandas", "numpy", "pyarrow", "plotly", "websockets", "playwright")
HEADINGS = ("name", "median", "p95", "max", "aim", "met?")
Judge = Literal["median", "p95", "max"]


@dataclass(frozen=True)
class Row:
    """One figure. samples: as measured, in `unit`; aim: none = for information.

    judged: which of the three figures the aim is for. note: what the figure stands for, or why
    there is none.
    """

    name: str
    samples: tuple[float, ...] = ()
    unit: str = "ms"
    aim: float | None = None
    judged: Judge = "p95"
    note: str = ""

    def figure(self, which: Judge) -> float | None:
        """The median, the 95th percentile or the maximum; None where nothing was measured."""
        if not self.samples:
            return None
        if which == "median":
            return median(self.samples)
        return max(self.samples) if which == "max" else percentile(self.samples, 0.95)

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without an aim or a measurement."""
        value = self.figure(self.judged)
        return None if self.aim is None or value is None else value < self.aim

    def as_json(self) -> dict[str, Any]:
        """The row as it is written to the results file."""
        figures = {w: _rounded(self.figure(w)) for w in ("median", "p95", "max")}
        return {
            "name": self.name, "unit": self.unit, **figures, "aim": self.aim, "judged_by": self.judged,
            "met": self.met, "note": self.note, "samples": [round(s, 3) for s in self.samples],
        }  # fmt: skip


def percentile(samples: Sequence[float], share: float) -> float:
    """The share-quantile, interpolated between neighbours."""
    ordered = sorted(samples)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def table(rows: Sequence[Row]) -> str:
    """The rows as an aligned table, notes below it."""
    lines = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADINGS))]
    shown = [
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    shown.insert(1, "  ".join("-" * w for w in widths))
    notes = [f"  {row.name}: {row.note}" for row in rows if row.note]
    return "\n".join([*shown, *(["", "Notes", *notes] if notes else [])])


def _cells(row: Row) -> tuple[str, ...]:
    figures = [amount(row.figure(w), row.unit) for w in ("median", "p95", "max")]
    if not row.samples:
        figures = ["not measured", "", ""]
    aim = "" if row.aim is None else f"< {amount(row.aim, row.unit)} ({row.judged})"
    met = {True: "yes", False: "NO", None: ""}[row.met]
    return (row.name, *figures, aim, met)


def amount(value: float | None, unit: str) -> str:
    """A figure with its unit, to three significant digits or whole."""
    if value is None:
        return ""
    number = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{number} {unit}".strip()


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def load() -> float | None:
    """How many processes were running or waiting over the last minute, where the system tells."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def machine() -> dict[str, Any]:
    """What kind of machine and which versions; nothing that tells which one."""
    found: dict[str, str] = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "libraries": found,
    }


def write(folder: Path, started: datetime, options: Mapping[str, Any], rows: Sequence[Row]) -> Path:
    """Write the results as <UTC timestamp>.json; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{started:%Y%m%dT%H%M%SZ}.json"
    content = {
        "started": f"{started:%Y-%m-%dT%H:%M:%SZ}",
        "machine": machine(),
        "options": dict(options),
        "rows": [row.as_json() for row in rows],
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
