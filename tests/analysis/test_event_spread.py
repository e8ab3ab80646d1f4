"""The jobs of events spread over occupations: nothing is lost, nothing is counted twice."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.analysis import event_spread
from lmi.analysis.event_spread import Patterns

SHARES = {
    "100000": {"11-1021": 0.5, "29-1141": 0.3},
    "200000": {"29-1141": 0.25, "51-9141": 0.25, "49-9041": 0.25, "53-7062": 0.25},
    "300000": {"11-1021": 0.7, "53-7062": 0.35},  # cells rounded up by the publisher: 1.05
}
PATTERNS = Patterns(
    pd.DataFrame(
        [
            ("10", "100000", "One"),
            ("100000", "100000", "One"),
            ("20", "200000", "Two"),
            ("30", "300000", "3"),
        ],
        columns=["naics", "used_naics", "used_title"],
        dtype="str",
    ),
    pd.DataFrame(
        [(code, soc, share) for code, cells in SHARES.items() for soc, share in cells.items()],
        columns=["used_naics", "soc", "share"],
    ).astype({"used_naics": "str", "soc": "str"}),
)


def counted(*rows: tuple) -> pd.DataFrame:
    """Events from (jobs_counted, jobs as told, naics, socs)."""
    out = pd.DataFrame(rows, columns=["jobs_counted", "jobs", "naics", "socs"])
    out["jobs"] = pd.array(out.jobs, dtype="Int32")
    out["jobs_counted"] = out.jobs_counted.astype("float64")
    for name in ("naics", "socs"):
        out[name] = out[name].astype("str")
    return out.assign(event_id=pd.Series([f"e{i}" for i in range(len(out))], dtype="str"))


def of(*rows: tuple) -> list[tuple]:
    """The long rows of the events: (event, soc or '', jobs, how)."""
    found = event_spread.spread(counted(*rows), PATTERNS).rows().astype({"soc": "str", "how": "str"})
    found["soc"] = found.soc.fillna("")
    found["jobs"] = found.jobs.round(9)
    return sorted(found[["event_id", "soc", "jobs", "how"]].itertuples(index=False, name=None))


def test_the_pattern_of_the_industry_places_what_it_reaches():
    assert of((-50, 100, "10", None)) == [
        ("e0", "", -10.0, "unplaced"), ("e0", "11-1021", -25.0, "pattern"),
        ("e0", "29-1141", -15.0, "pattern"),
    ]  # fmt: skip


def test_titles_with_counts_take_them_and_the_rest_goes_by_the_pattern():
    """40 of 100 are welders; 60 are left for the pattern; half of all that counts."""
    assert of((50, 100, "10", "51-4121=40")) == [
        ("e0", "", 6.0, "unplaced"), ("e0", "11-1021", 15.0, "pattern"), ("e0", "29-1141", 9.0, "pattern"),
        ("e0", "51-4121", 20.0, "notice"),
    ]  # fmt: skip


def test_titles_without_counts_share_by_the_pattern_among_them():
    """0.5 and 0.3 of the industry: five eighths and three eighths of the jobs."""
    assert of((80, 80, "10", "11-1021; 29-1141")) == [
        ("e0", "11-1021", 50.0, "notice"), ("e0", "29-1141", 30.0, "notice"),
    ]  # fmt: skip


@pytest.mark.parametrize("naics", ["10", None])
def test_titles_that_the_pattern_lacks_share_equally(naics):
    assert of((80, 80, naics, "11-1021; 51-4121")) == [
        ("e0", "11-1021", 40.0, "notice"), ("e0", "51-4121", 40.0, "notice"),
    ]  # fmt: skip


def test_titles_with_and_without_counts_stand_together():
    assert of((-100, 100, None, "51-9141=40; 49-9041; 53-7062")) == [
        ("e0", "49-9041", -30.0, "notice"), ("e0", "51-9141", -40.0, "notice"),
        ("e0", "53-7062", -30.0, "notice"),
    ]  # fmt: skip


def test_counts_beyond_the_jobs_are_scaled_down_to_them():
    assert of((50, 50, "10", "51-9141=60; 49-9041=40")) == [
        ("e0", "49-9041", 20.0, "notice"), ("e0", "51-9141", 30.0, "notice"),
    ]  # fmt: skip


def test_without_industry_and_titles_all_is_unplaced():
    assert of((-12, 12, None, None)) == [("e0", "", -12.0, "unplaced")]
    assert of((-12, 12, "99", None)) == [("e0", "", -12.0, "unplaced")], "an industry without a pattern"


def test_a_pattern_of_more_than_its_total_is_scaled_down():
    assert of((105, 105, "30", None)) == [
        ("e0", "11-1021", 70.0, "pattern"), ("e0", "53-7062", 35.0, "pattern"),
    ]  # fmt: skip


def test_what_tells_no_count_or_does_not_count_spreads_nothing():
    assert of((float("nan"), None, "10", None), (0, 90, "10", "51-9141")) == []
    empty = event_spread.spread(counted((0, 90, "10", None)), PATTERNS)
    net = event_spread.net_by_occupation(empty)
    assert net.jobs_net.tolist() == [0.0]
    assert net.soc.isna().all()
    assert event_spread.events_by_occupation(empty) == {}


def test_gains_and_losses_stand_apart_and_name_their_events():
    spread = event_spread.spread(
        counted((100, 100, "10", None), (-40, 40, "20", None), (-8, 8, None, "29-1141")), PATTERNS
    )
    net = event_spread.net_by_occupation(spread)
    nurses = net[net.soc == "29-1141"].iloc[0]
    assert (nurses.gains, nurses.losses, nurses.jobs_net) == (30.0, 18.0, 12.0)
    assert net.jobs_net[net.soc.isna()].tolist() == pytest.approx([20.0])
    names = event_spread.events_by_occupation(spread)
    assert names["29-1141"] == ("e0", "e1", "e2"), "those with most jobs first"
    assert names["51-9141"] == ("e1",)
    assert names[""] == ("e0",)


SOCS = ("11-1021", "29-1141", "51-9141", "51-4121")
TITLES = st.one_of(
    st.none(),
    st.lists(st.sampled_from(SOCS), min_size=1, max_size=3, unique=True).flatmap(
        lambda socs: st.tuples(
            st.just(socs), st.lists(st.one_of(st.none(), st.integers(1, 50)), min_size=3, max_size=3)
        )
    ),
)
EVENT = st.tuples(
    st.floats(-1, 1).filter(lambda part: abs(part) > 1e-6), st.integers(1, 100_000),
    st.sampled_from([None, "10", "20", "30", "99"]), TITLES,
)  # fmt: skip
LOG = st.lists(EVENT, min_size=1, max_size=8)


def rows_of(drawn: list, times: int = 1) -> list[tuple]:
    """Drawn events as (jobs_counted, jobs, naics, socs), every number of jobs times a factor."""
    rows = []
    for part, jobs, naics, titles in drawn:
        text = None
        if titles is not None:
            pairs = zip(titles[0], titles[1], strict=False)
            text = "; ".join(soc if count is None else f"{soc}={count * times}" for soc, count in pairs)
        rows.append((part * jobs * times, jobs * times, naics, text))
    return rows


def net_of(rows: pd.DataFrame) -> pd.Series:
    net = event_spread.net_by_occupation(event_spread.spread(rows, PATTERNS))
    return net.set_index(net.soc.fillna("")).jobs_net


def assert_same(one: pd.Series, other: pd.Series) -> None:
    both = pd.concat([one, other], axis=1).fillna(0)
    assert np.allclose(both.iloc[:, 0], both.iloc[:, 1], rtol=1e-9, atol=1e-9)


@given(LOG)
@settings(max_examples=50, deadline=None)
def test_the_spread_of_each_event_sums_to_what_counts_of_it(drawn):
    rows = counted(*rows_of(drawn))
    spread = event_spread.spread(rows, PATTERNS)
    sums = spread.rows().groupby("event_id", observed=True).jobs.sum()
    for event_id, jobs in zip(rows.event_id, rows.jobs_counted, strict=True):
        assert sums[event_id] == pytest.approx(jobs, rel=1e-12, abs=1e-9)
    assert net_of(rows).sum() == pytest.approx(rows.jobs_counted.sum(), rel=1e-12, abs=1e-8)
    touched = event_spread.events_by_occupation(spread)
    long = spread.rows()
    by_soc = long.groupby(long.soc.astype("str").fillna(""), observed=True).event_id.agg(set)
    assert {soc: set(ids) for soc, ids in touched.items()} == by_soc.to_dict()
    assert set(net_of(rows).index) == {*touched, ""}


@given(LOG, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_rows_changes_nothing(drawn, random):
    rows = counted(*rows_of(drawn))
    order = list(range(len(rows)))
    random.shuffle(order)
    assert_same(net_of(rows), net_of(rows.iloc[order].reset_index(drop=True)))


@given(LOG)
@settings(max_examples=25, deadline=None)
def test_twice_the_jobs_are_twice_the_effect(drawn):
    assert_same(2 * net_of(counted(*rows_of(drawn))), net_of(counted(*rows_of(drawn, times=2))))


@given(LOG)
@settings(max_examples=25, deadline=None)
def test_an_event_told_in_two_equal_halves_is_the_same(drawn):
    halves = [row for row in rows_of(drawn) for _ in range(2)]
    assert_same(net_of(counted(*rows_of(drawn, times=2))), net_of(counted(*halves)))
