"""The charts of hiring events and postings, each made from the five rows that every chart's test shares."""

from collections.abc import Callable

import pandas as pd

from lmi.presentation import charts
from lmi.presentation.frame import Frame

from .training import METROS, STATES

_TEXTS = ("event_id", "employer", "event_type", "status", "county", "city", "source_name")
GAINS = ("expansion", "opening", "relocation_in")


def log(rows: list[dict]) -> pd.DataFrame:
    """Rows of a log of events with the types that the log has; what is not given is missing."""
    given = [
        {"event_id": f"e{i}", "employer": f"Employer {i}", "event_type": "layoff", "status": "confirmed",
         "announced": "2025-01-15", "effective": None, "jobs": None, "county": "Travis County", "city": None,
         "source_name": "State notices"} | row
        for i, row in enumerate(rows)
    ]  # fmt: skip
    frame = pd.DataFrame(given, columns=[*_TEXTS, "announced", "effective", "jobs"])
    for name in _TEXTS:
        frame[name] = frame[name].astype("str")
    for name in ("announced", "effective"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    frame["jobs"] = pd.to_numeric(frame["jobs"]).astype("Int32")
    frame["sign"] = [1 if kind in GAINS else -1 for kind in frame["event_type"]]
    return frame.assign(happens=frame["effective"].fillna(frame["announced"]))


def event_rows(rows: pd.DataFrame) -> pd.DataFrame:
    told = [
        {"event_type": "expansion", "jobs": 400, "announced": "2025-03-12"},
        {"jobs": 100, "status": "rumored"}, {"jobs": 25, "status": "cancelled"},
        {"announced": "2025-06-01"}, {"jobs": 900, "announced": "2025-09-19", "event_type": "closure"},
    ]  # fmt: skip
    return log([each | {"employer": name} for each, name in zip(told, rows["title"], strict=False)])


def _given(rows: pd.DataFrame, values: dict[str, list[object]]) -> pd.DataFrame:
    return rows.assign(**{name: column[: len(rows)] for name, column in values.items()})


def month_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows, {
        "month": ["2024-11", "2024-12", "2025-02", "2025-03", "2025-04"], "gains": [0, 20, 400, 30, 0],
        "losses": [100, 20, 50, 0, None], "net": [-100, 0, 350, 30, None], "uncounted": [0, 0, 0, 0, 2],
        "losses_uncounted": [0, 0, 0, 0, 2],
    })  # fmt: skip


def sector_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows, {
        "sector": ["31-33", "51", "54", "62", "72"], "gains": [2000, 0, 50, 300, 0],
        "losses": [800, 640, 50, 0, None], "net": [1200, -640, 0, 300, None], "uncounted": [0, 1, 0, 0, 2],
        "losses_uncounted": [0, 1, 0, 0, 2],
    })  # fmt: skip


def county_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows.rename(columns={"title": "name"}), {
        "county_fips": ["48453", "48491", "48209", "48021", "48055"],
        "longitude": [-97.5, -97.3, -97.8, -97.2, None], "latitude": [30.5, 30.8, 30.2, 30.2, 30.4],
        "gains": [400, 0, 100, 0, 10], "losses": [100, 900, 0, None, 0], "net": [300, -900, 100, None, 10],
        "events": [4, 2, 1, 1, 1], "uncounted": [0, 1, 0, 1, 0], "losses_uncounted": [0, 1, 0, 1, 0],
    })  # fmt: skip


def moved_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows, {
        "openings_per_year": [40.0, 2900.0, 210.0, 100.0, None],
        "with_events": [412.0, 2790.0, 268.0, 100.0, None],
        "jobs_net": [390.0, -180.0, 58.0, 3.0, 12.0], "guarded": [18.0, -70.0, 0.0, 3.0, None],
    })  # fmt: skip


def ranked_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return _given(rows, {
        "rank_before": [31.0, 1.0, 9.0, 5.0, None], "rank_after": [12.0, 1.0, 14.0, 4.0, None],
        "jobs_net": [390.0, 0.0, -42.0, 0.0, None],
    })  # fmt: skip


def posting_rows(rows: pd.DataFrame) -> pd.DataFrame:
    first = str(next(iter(rows["title"]), "Texas"))
    return _given(rows, {
        "date": ["2025-08-14", "2026-02-14", "2026-08-14", "2025-08-14", "2026-08-14"],
        "value": [120.0, 118.0, 114.0, 104.0, 102.0], "name": [first, first, first, "Nation", "Nation"],
    })  # fmt: skip


def _timeline(rows: pd.DataFrame, frame: Frame) -> charts.Chart:
    return charts.event_timeline(frame, event_rows(rows), "2025-01-01", "2025-12-31")


def _map(rows: pd.DataFrame, frame: Frame) -> charts.Chart:
    return charts.event_map(frame, county_rows(rows), METROS, STATES, area_codes=["12420"], elsewhere=3)


HAPPENINGS: dict[str, Callable[[pd.DataFrame, Frame], charts.Chart]] = {
    "timeline": _timeline,
    "months": lambda rows, frame: charts.event_months(frame, month_rows(rows)),
    "industries": lambda rows, frame: charts.event_industries(frame, sector_rows(rows)),
    "event map": _map,
    "moves": lambda rows, frame: charts.events_move(frame, moved_rows(rows)),
    "rank moves": lambda rows, frame: charts.ranks_move(frame, ranked_rows(rows)),
    "postings": lambda rows, frame: charts.postings_line(frame, posting_rows(rows)),
}
