"""The events of an area: filters, sums, order."""

import numpy as np
import pandas as pd
import pytest

from lmi.answers import desk as desks
from lmi.answers.event_list import area_events
from lmi.domain.errors import BadInput
from lmi.sources import events_file

LOG = """event_id,announced,employer,event_type,jobs,naics,status,area_code,county,city,source_name,notes
a,2026-01-10,Clinic One,layoff,40,622110,announced,,Travis County,,Paper,East wing
b,2026-02-11,Robot Works,expansion,300,31-33,confirmed,12420,,Austin,Radio,
c,2026-02-12,Bank,closure,,,completed,12420,,Austin,Paper,=Not a formula
d,2026-03-01,Clinic Two,layoff,70,622110,cancelled,,Harris County,,Paper,
"""


@pytest.fixture(scope="module")
def desk(small_desk, tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "hiring_events.csv"
    path.write_text(LOG, encoding="utf-8")
    log = events_file.load_events(path, path.with_suffix(".jsonl"), small_desk.event_known)
    assert log.problems == ()
    return desks.with_events(small_desk, log, "2026-07-01")


def ids(desk, code="12420", **filters) -> str:
    return "".join(area_events(desk, desk.area(code), **filters).rows.event_id)


def test_the_newest_comes_first_wherever_it_is_asked_for(desk):
    assert ids(desk) == "cba"
    assert ids(desk, "48") == "dcba"
    assert ids(desk, "26420") == "d"
    assert ids(desk, "R-austin-houston") == "dcba"
    assert ids(desk, "14010") == ""


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"types": ("layoff", "closure")}, "dca"),
        ({"statuses": ["confirmed"]}, "b"),
        ({"since": "2026-02-11"}, "dcb"),
        ({"until": "2026-02-11"}, "ba"),
        ({"since": "2026-02-11", "until": "2026-02-11"}, "b"),
        ({"sector": "62"}, "da"),
        ({"sector": "31-33"}, "b"),
        ({"sector": "none"}, "c"),
        ({"text": "CLINIC"}, "da"),
        ({"text": "clinic east"}, "a"),
        ({"text": "east travis"}, "a"),
        ({"text": "radio"}, "b"),
        ({"text": "=not"}, "c"),
        ({"text": ".*"}, ""),
        ({"text": "clinic", "since": "2026-02-01"}, "d"),
    ],
)
def test_every_filter_leaves_what_passes_it(desk, filters, left):
    assert ids(desk, "48", **filters) == left
    assert area_events(desk, desk.area("48"), **filters).total == 4


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "yesterday", "20260101", "2026-W01-1"])
def test_a_day_that_is_none_is_refused(desk, day):
    for name in ("since", "until"):
        with pytest.raises(BadInput, match="is no day"):
            area_events(desk, desk.area("48"), **{name: day})


def test_the_sums_of_what_passes(desk):
    found = area_events(desk, desk.area("48"))
    assert (found.summary.gains, found.summary.losses, found.summary.net) == (300, 40, 260)
    assert (found.summary.uncounted, found.summary.cancelled) == (1, 1)
    assert found.industries.title.tolist() == ["Manufacturing", "62", "Industry not given"]
    assert [f"{m:%Y-%m}" for m in found.months.month] == ["2026-01", "2026-02", "2026-03"]
    places = found.counties.set_index("county_fips")
    assert places.name.to_dict() == {"48453": "Travis County", "48201": "Harris County"}
    assert places.losses.to_dict() == {"48453": 40, "48201": 0}
    assert places.longitude.between(-99, -95).all()
    assert places.latitude.between(29, 31).all()


def test_rows_as_json_tell_what_is_not_told_as_null(desk):
    row = area_events(desk, desk.area("48"), text="bank").as_json()[0]
    assert row["jobs"] is None
    assert row["jobs_counted"] is None
    assert row["naics"] is None
    assert (row["announced"], row["effective"], row["notes"]) == ("2026-02-12", None, "=Not a formula")


def test_filters_agree_with_a_plain_loop_over_many_events(desk):
    """Two thousand events drawn with a seed; the same choice row by row."""
    random = np.random.default_rng(5)
    base = desk.events.rows
    rows = base.iloc[random.integers(0, len(base), 2000)].reset_index(drop=True)
    rows["event_id"] = pd.Series([f"e{i}" for i in range(len(rows))], dtype="str")
    rows["announced"] = (np.datetime64("2024-01-01") + random.integers(0, 900, len(rows))).astype(
        "datetime64[s]"
    )
    log = events_file.EventLog(rows, (), "", (), desk.events.missing)
    many = desks.with_events(desk, log, "2026-07-01")
    found = area_events(
        many, many.area("12420"), types=("layoff",), since="2025-01-01", until="2025-12-31", text="clinic"
    )
    wanted = {
        r.event_id for r in rows.itertuples()
        if r.area_code == "12420" and r.event_type == "layoff" and f"{r.announced:%Y-%m-%d}" >= "2025-01-01"
        and f"{r.announced:%Y-%m-%d}" <= "2025-12-31"
    }  # fmt: skip
    assert set(found.rows.event_id) == wanted
    assert len(wanted) > 100
    assert found.rows.announced.is_monotonic_decreasing
