"""Counting hiring events: the window, the phase-in, the guard, sums. Figures worked out by hand."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.analysis import events
from lmi.domain.events import DEFAULT_TERMS, EVENT_TYPES, STATUSES, sign_of
from lmi.domain.selection import Area

COLUMNS = ("event_type", "status", "jobs", "announced", "effective", "naics", "area_code", "county_fips")


def log(*rows: tuple) -> pd.DataFrame:
    """Events as the record's reader gives them, from (event_type, status, jobs, announced, …)."""
    filled = [(*row, *[None] * (len(COLUMNS) - len(row))) for row in rows]
    out = pd.DataFrame(filled, columns=list(COLUMNS))
    for name in ("event_type", "status", "naics", "area_code", "county_fips"):
        out[name] = out[name].astype("str")
    out["jobs"] = pd.array(out.jobs, dtype="Int32")
    for name in ("announced", "effective"):
        out[name] = pd.to_datetime(out[name]).astype("datetime64[s]")
    out["happens"] = out.effective.fillna(out.announced)
    out["sign"] = pd.array([sign_of(kind) for kind in out.event_type], dtype="Int8")
    out["state_fips"] = out.county_fips.str[:2].fillna("48").astype("str")
    out["event_id"] = pd.Series([f"e{i}" for i in range(len(out))], dtype="str")
    out["socs"] = pd.Series([None] * len(out), dtype="str")
    return out


def terms(**changes):
    return dataclasses.replace(DEFAULT_TERMS, **changes)


def test_a_lay_off_within_the_year_counts_by_its_status():
    """Twelve months from 1 January lie in the year from 1 January: 120 x 0.75."""
    found = events.counted(log(("layoff", "announced", 120, "2026-01-01")), DEFAULT_TERMS, "2026-07-01")
    assert found.phase_share[0] == 1
    assert found.jobs_counted[0] == -90


def test_an_expansion_counts_as_far_as_it_comes_about_within_the_year():
    """36 months from 1 January 2026 are 1,096 days (2028 is a leap year); 365 of them are in 2026."""
    rows = log(("expansion", "completed", 1096, "2025-06-30", "2026-01-01"))
    found = events.counted(rows, DEFAULT_TERMS, "2026-07-01")
    assert found.jobs_counted[0] == pytest.approx(365)
    later = events.counted(rows, DEFAULT_TERMS, "2028-07-01")
    assert later.jobs_counted[0] == pytest.approx(366)
    assert events.counted(rows, DEFAULT_TERMS, "2030-07-01").jobs_counted[0] == 0


def test_a_longer_window_is_told_by_the_year():
    rows = log(("layoff", "completed", 730, "2026-01-01"))
    found = events.counted(rows, terms(starts_months=0, horizon_months=24), "2026-01-01")
    assert found.jobs_counted[0] == -365


def test_without_a_phase_in_the_first_day_decides():
    at_once = terms(phase_in_months={**DEFAULT_TERMS.phase_in_months, "closure": 0}, starts_months=0)
    rows = log(("closure", "completed", 50, "2026-01-01"))
    assert list(events.counted(rows, at_once, "2026-01-01").jobs_counted) == [-50]
    assert list(events.counted(rows, at_once, "2026-01-02").jobs_counted) == [0]
    assert list(events.counted(rows, at_once, "2025-01-01").jobs_counted) == [0], "the window ends before"


def test_no_count_is_not_zero_and_cancelled_is():
    rows = log(("layoff", "announced", None, "2026-06-01"), ("opening", "cancelled", 80, "2026-06-01"))
    found = events.counted(rows, DEFAULT_TERMS, "2026-07-01").jobs_counted
    assert np.isnan(found[0])
    assert found[1] == 0


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-11-25", -6, "2026-05-25"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_months_are_those_of_the_calendar(day, months, moved):
    found = events.add_months(np.array([day], dtype="datetime64[D]"), np.array([months]))
    assert str(found[0]) == moved


def test_the_window_runs_from_its_first_day_to_the_day_before_its_end():
    first, after = events.window(DEFAULT_TERMS, "2026-11-25")
    assert (str(first), str(after)) == ("2026-05-25", "2027-05-25")


@given(
    kind=st.sampled_from(list(EVENT_TYPES)),
    status=st.sampled_from(list(STATUSES)),
    jobs=st.integers(1, 200_000),
    day=st.dates(pd.Timestamp("2024-01-01").date(), pd.Timestamp("2026-12-31").date()),
    horizon=st.integers(1, 14),
)
@settings(max_examples=40, deadline=None)
def test_over_all_windows_an_event_counts_once_by_its_weight(kind, status, jobs, day, horizon):
    """Windows side by side over ten years; a window's figure is per year, so it is taken times its years."""
    rows = log((kind, status, jobs, day.isoformat()))
    total = 0.0
    for starts in range(-24, 120, horizon):
        cut = terms(starts_months=starts, horizon_months=horizon)
        total += events.counted(rows, cut, "2024-12-31").jobs_counted[0] * horizon / 12
    assert total == pytest.approx(sign_of(kind) * jobs * DEFAULT_TERMS.status_weights[status], abs=1e-6)


@pytest.mark.parametrize(
    ("change", "gains", "losses", "with_guard", "without"),
    [
        (0, 30, 0, 130, 130),
        (20, 30, 0, 110, 130),  # 20 of the 30 are the growth that is projected
        (40, 30, 0, 100, 130),
        (-10, 30, 0, 130, 130),  # no projected growth to be counted twice
        (20, 0, 15, 85, 85),
        (-10, 0, 15, 95, 85),  # 10 of the 15 are the decline that is projected
        (-20, 0, 15, 100, 85),
        (20, 30, 15, 100, 115),  # a net gain of 15, all of it projected
        (10, 30, 15, 105, 115),
        (-10, 15, 40, 85, 75),  # a net loss of 25, 10 of it projected
        (float("nan"), 30, 15, 115, 115),
    ],
)
def test_the_guard_takes_off_what_is_projected_anyway(change, gains, losses, with_guard, without):
    one = [np.array([value], dtype=float) for value in (100, change, gains, losses)]
    assert events.with_events(*one, guard=True)[0] == with_guard
    assert events.with_events(*one, guard=False)[0] == without


def test_openings_that_are_not_known_stay_unknown():
    found = events.with_events(
        np.array([np.nan]), np.array([0.0]), np.array([5.0]), np.array([0.0]), guard=True
    )
    assert np.isnan(found[0])


def area(code, kind, members=()):
    return Area(code, code, code, kind, (), (), members or (code,))


def test_where_an_event_lies():
    rows = log(
        ("layoff", "announced", 1, "2026-01-01", None, None, "12420", "48453"),
        ("layoff", "announced", 1, "2026-01-01", None, None, "48", "48299"),
        ("layoff", "announced", 1, "2026-01-01", None, None, "40", "40109"),
        ("layoff", "announced", 1, "2026-01-01", None, None, "26420", "48201"),
        ("layoff", "announced", 1, "2026-01-01", None, None, "US"),
    )
    rows.loc[4, "state_fips"] = None

    def of(*given):
        return [i for i, inside in enumerate(events.in_area(rows, area(*given))) if inside]

    assert of("US", "nation") == [0, 1, 2, 3, 4]
    assert of("48", "state") == [0, 1, 3]
    assert of("12420", "metro") == [0]
    assert of("R-two", "custom", ("12420", "26420")) == [0, 3]
    assert of("R-mixed", "custom", ("40", "12420")) == [0, 2]
    assert of("4800006", "nonmetro") == []


SOME = log(
    ("expansion", "announced", 100, "2026-03-02", None, "336110", "12420", "48453"),
    ("layoff", "confirmed", 30, "2026-03-31", None, "622110", "12420", "48491"),
    ("closure", "announced", None, "2026-05-01", None, None, "12420", "48453"),
    ("opening", "cancelled", 500, "2026-05-02", None, "334413", "12420", "48453"),
    ("contraction", "rumored", 20, "2026-05-03", None, "622310", "12420"),
)


def test_events_add_up_without_the_cancelled_ones():
    found = events.summary(SOME)
    assert (found.events, found.gains, found.losses, found.net) == (5, 100, 50, 50)
    assert (found.uncounted, found.cancelled) == (1, 1)
    assert dict(found.by_type) == {
        "expansion": 1, "opening": 1, "contraction": 1, "layoff": 1, "closure": 1,
    }  # fmt: skip


def test_events_add_up_by_month_of_the_announcement():
    found = events.months(SOME)
    assert [str(day)[:10] for day in found.month] == ["2026-03-01", "2026-05-01"]
    assert found[["gains", "losses", "net", "events", "uncounted", "cancelled"]].to_numpy().tolist() == [
        [100, 30, 70, 2, 0, 0], [0, 20, -20, 3, 1, 1],
    ]  # fmt: skip


def test_events_add_up_by_sector_and_those_without_one_come_last():
    found = events.by_industry(SOME, {"62": "Health", "31-33": "Manufacturing"})
    assert found[["sector", "title"]].to_numpy().tolist() == [
        ["31-33", "Manufacturing"], ["62", "Health"], ["none", "Industry not given"],
    ]  # fmt: skip
    assert found.net[:2].tolist() == [100, -50]
    assert pd.isna(found.net[2]), "one closure, which tells no count"


def test_a_side_without_a_count_is_unknown_and_one_without_an_event_is_none():
    untold = log(
        ("layoff", "announced", None, "2026-03-02"), ("closure", "announced", None, "2026-03-03"),
        ("opening", "cancelled", None, "2026-03-04"), ("layoff", "announced", 5, "2026-04-02"),
        ("layoff", "announced", None, "2026-04-03"), ("opening", "announced", None, "2026-04-04"),
    )  # fmt: skip
    march, april = events.months(untold).astype(object).where(lambda v: v.notna(), None).to_dict("records")
    assert (march["gains"], march["losses"], march["net"]) == (0, None, None)
    assert (march["gains_uncounted"], march["losses_uncounted"], march["uncounted"]) == (0, 2, 3)
    assert (april["gains"], april["losses"], april["net"]) == (None, 5, -5)
    found = events.summary(untold.head(3))
    assert (found.gains, found.losses, found.net, found.losses_uncounted) == (0, None, None, 2)


def test_events_add_up_by_county_where_there_is_one():
    found = events.by_county(SOME).set_index("county_fips")
    assert found.net.to_dict() == {"48453": 100, "48491": -30}
    assert found.events.to_dict() == {"48453": 3, "48491": 1}


def test_no_events_add_up_to_nothing():
    none = SOME.head(0)
    assert events.summary(none).net == 0
    assert len(events.months(none)) == len(events.by_industry(none, {})) == len(events.by_county(none)) == 0
    assert len(events.counted(none, DEFAULT_TERMS, "2026-01-01")) == 0
