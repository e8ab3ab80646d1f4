"""The signals as JSON-ready structures."""

from typing import Any

import pandas as pd

from lmi.answers.export import plain
from lmi.answers.signals import Signal, Signals


def signals_json(found: Signals, sectors: pd.DataFrame) -> dict[str, Any]:
    """An area's signals, as `signals --json` prints them: area, signals with their series, sectors, notes.
    sectors: as posting_sectors gives."""
    return {
        "area": {"code": found.area.code, "name": found.area.name},
        "signals": [signal_json(signal) for signal in found.items],
        "sectors": [
            {"sector": r.sector, "value": plain(r.value, 2), "change_3m": plain(r.change_3m, 2),
             "change_12m": plain(r.change_12m, 2), "change_unit": "%", "date": r.date, "old": bool(r.old)}
            for r in sectors.itertuples()
        ],
        "notes": list(found.notes),
    }  # fmt: skip


def signal_json(signal: Signal, *, series: bool = True) -> dict[str, Any]:
    """One signal; series: with every date and value."""
    told = {
        "id": signal.id, "name": signal.name, "area": signal.area, "area_code": signal.area_code,
        "value": plain(signal.value, 2), "unit": signal.unit, "change_3m": plain(signal.change_3m, 2),
        "change_12m": plain(signal.change_12m, 2), "change_unit": signal.change_unit,
        "trend": signal.trend or None, "trend_months": signal.trend_months, "date": signal.date,
        "old": signal.old, "preliminary": signal.preliminary, "basis": signal.basis, "source": signal.source,
        "covers": signal.covers, "note": signal.note,
    }  # fmt: skip
    if series:
        told["series"] = [
            [f"{r.date:%Y-%m-%d}", plain(r.value, 2)] for r in signal.series.itertuples(index=False)
        ]
    return told
