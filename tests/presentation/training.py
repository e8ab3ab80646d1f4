"""The charts of training, each made from the five rows that every chart's test shares."""

from collections.abc import Callable

import pandas as pd

from lmi.presentation import charts
from lmi.presentation.frame import Frame


def square(code: str, west: float, south: float, side: float = 1.0) -> dict:
    """A GeoJSON feature: a square, in the shape of the bundled boundaries."""
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "id": code,
        "properties": {"name": code},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
    }


METROS = {"type": "FeatureCollection", "features": [square("12420", -98, 30), square("10180", -97, 30)]}
STATES = {"type": "FeatureCollection", "features": [square("48", -104, 26, 10), square("40", -104, 36, 4)]}


def _given(rows: pd.DataFrame, values: dict[str, list[object]]) -> pd.DataFrame:
    return rows.assign(**{name: column[: len(rows)] for name, column in values.items()})


def balance_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows, {"completions": [300.0, 0.0, 900.0, 12.0, 4.0]})


def trend_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows.rename(columns={"title": "level"}), {
        "award_year": [2020, 2020, 2022, 2022, 2022], "level_order": [2, 1, 2, 1, 3],
        "level": ["Associate's degrees", "Certificates", "Associate's degrees", "Certificates", "Other"],
        "awards": [50.0, 20.0, 60.0, 5.0, None],
    })  # fmt: skip


def provider_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows.rename(columns={"title": "institution_name"}), {
        "unitid": ["100001", "100002", "100003", "100004", "100005"],
        "city": ["Austin", "Austin", None, "Round Rock", "Austin"],
        "longitude": [-97.5, -97.5, -97.2, -97.9, None], "latitude": [30.5, 30.5, 30.8, 30.1, 30.4],
        "awards": [400.0, 100.0, 25.0, 0.0, 10.0],
    })  # fmt: skip


def completer_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows.rename(columns={"title": "group"}), {
        "people": [480, 30, None, 12, 40], "share_pct": [80.0, 5.0, None, 2.0, None],
    })  # fmt: skip


def limit_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows.rename(columns={"title": "stage"}), {
        "people": [None, 320, 298, 241, 480], "limit": [False, False, False, True, False],
        "basis": ["published", "proxy: five-year peak", "entered by staff", "published", "estimated"],
    })  # fmt: skip


def coverage_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows.rename(columns={"title": "measure"}), {
        "by_count_pct": [97.4, 61.2, 40.0, 0.0, None], "by_employment_pct": [99.1, 78.3, None, 100.0, None],
        "aim_pct": [95.0, 80.0, None, 25.0, None],
    })  # fmt: skip


def earnings_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows.rename(columns={"title": "program"}), {
        "earnings_usd_year": [44_100.0, 78_210.0, 52_000.0, None, 30_123.0], "years_after": [1, 4, 4, 4, 4],
    })  # fmt: skip


def _map(rows: pd.DataFrame, frame: Frame) -> charts.Chart:
    return charts.providers_map(
        provider_rows(rows), frame, area_code="12420", level="metro", metros=METROS, states=STATES
    )


TRAINING: dict[str, Callable[[pd.DataFrame, Frame], charts.Chart]] = {
    "balance": lambda rows, frame: charts.balance_scatter(balance_rows(rows), frame, upper=True),
    "trend": lambda rows, frame: charts.award_trend(trend_rows(rows), frame),
    "providers": _map,
    "completers": lambda rows, frame: charts.completer_bars(completer_rows(rows), frame),
    "limit": lambda rows, frame: charts.limit_bars(limit_rows(rows), frame),
    "coverage": lambda rows, frame: charts.coverage_bars(coverage_rows(rows), frame),
    "earnings": lambda rows, frame: charts.earnings_dots(
        earnings_rows(rows), frame, reference=50_980, reference_name="All jobs here"
    ),
}
