"""Graduates over occupations: worked by hand, and what must hold for any programs and openings."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.analysis import supply
from lmi.analysis.supply import CONSERVING, METHODS

# Program 01 leads to A and B, program 02 to B only; 03 only to postsecondary teaching; 09 is in no link.
LINKS = pd.DataFrame(
    [("01.0101", "11-0001", False), ("01.0101", "11-0002", False), ("01.0101", "25-1011", True),
     ("02.0202", "11-0002", False), ("03.0303", "25-1011", True)],
    columns=["cip", "soc", "teaching"],
)  # fmt: skip
AWARDS = pd.DataFrame(
    [("01.0101", 100, 40), ("02.0202", 50, 50), ("03.0303", 30, 10), ("09.0909", 20, 5)],
    columns=["cip", "awards", "women"],
)
OPENINGS = {"11-0001": 30.0, "11-0002": 10.0}


def split(method, awards=AWARDS, openings=OPENINGS, links=LINKS):
    numbered = supply.number_links(links)
    along = np.array([openings.get(soc, np.nan) for soc in numbered.socs], dtype=float)
    return supply.apportion(awards, numbered, along, method)


def completions(flows):
    return supply.per_occupation(flows).set_index("soc").completions_per_year


def test_graduates_by_hand():
    # 100 of program 01 by openings 30 : 10 = 75 and 25; program 02 hands all 50 to B: 75.
    found = completions(split("graduates"))
    assert found.to_dict() == pytest.approx({"11-0001": 75.0, "11-0002": 75.0})


def test_openings_by_hand():
    # A's 30 openings fall to program 01 alone. B's 10 over its programs by graduates, 100 : 50, so 6.667
    # and 3.333. Program 01 is wanted for 36.667: its graduates go 30/36.667 to A = 81.818, 18.182 to B.
    flows = split("openings")
    assert completions(flows).to_dict() == pytest.approx({"11-0001": 81.8181818, "11-0002": 68.1818182})
    wanted = flows.frame().set_index(["cip", "soc"]).openings
    assert wanted["01.0101", "11-0001"] == pytest.approx(30)
    assert wanted["01.0101", "11-0002"] == pytest.approx(20 / 3)
    assert wanted["02.0202", "11-0002"] == pytest.approx(10 / 3)


def test_the_formula_of_definitions_section_6():
    """O_c = sum over s of O_s x G_c / sum of G of the programs linked to s."""
    found = split("graduates").frame().groupby("cip").openings.sum()
    assert found.to_dict() == pytest.approx({"01.0101": 30 + 10 * 100 / 150, "02.0202": 10 * 50 / 150})


def test_whole_by_hand():
    # A: all 100. B: 100 + 50.
    assert completions(split("whole")).to_dict() == {"11-0001": 100.0, "11-0002": 150.0}
    assert "whole" not in CONSERVING
    assert {*CONSERVING, "whole"} == set(METHODS)


@pytest.mark.parametrize("method", METHODS)
def test_what_was_counted_adds_up(method):
    flows = split(method)
    assert (flows.awards_total, flows.awards_linked) == (200, 150)
    assert (flows.awards_teaching, flows.awards_unlinked) == (30, 20)


@pytest.mark.parametrize("method", METHODS)
def test_teachers_never_receive_graduates(method):
    flows = split(method, openings=OPENINGS | {"25-1011": 1_000_000.0})
    assert "25-1011" not in set(supply.per_occupation(flows).soc)
    assert "25-1011" not in set(flows.frame().soc)


def test_women_are_those_of_all_its_programs():
    found = supply.per_occupation(split("graduates")).set_index("soc")
    # A: 40 of 100. B: (40 + 50) of (100 + 50) = 60%.
    assert found.completions_women_pct.to_dict() == pytest.approx({"11-0001": 40.0, "11-0002": 60.0})
    assert found.programs.to_dict() == {"11-0001": 1, "11-0002": 2}
    assert found.completions_upper_bound.to_dict() == {"11-0001": 100, "11-0002": 150}


@pytest.mark.parametrize("method", CONSERVING)
@pytest.mark.parametrize("none", [0.0, -25.0, math.nan], ids=["zero", "falling", "missing"])
def test_without_openings_a_program_splits_alike(method, none):
    found = completions(split(method, openings={"11-0001": none, "11-0002": none}))
    # 01: 50 and 50; 02: all 50 to B.
    assert found.to_dict() == pytest.approx({"11-0001": 50.0, "11-0002": 100.0})


@pytest.mark.parametrize("method", CONSERVING)
def test_negative_openings_take_nothing(method):
    found = completions(split(method, openings={"11-0001": 30.0, "11-0002": -10.0}))
    assert found.to_dict() == pytest.approx({"11-0001": 100.0, "11-0002": 50.0})


@pytest.mark.parametrize("method", METHODS)
def test_a_reported_zero_is_no_program_at_work(method):
    none = AWARDS.assign(awards=[0, 50, 30, 20], women=[0, 50, 10, 5])
    flows = split(method, awards=none)
    found = supply.per_occupation(flows).set_index("soc")
    assert found.completions_per_year["11-0001"] == 0
    assert found.programs["11-0001"] == 0
    assert math.isnan(found.completions_women_pct["11-0001"])
    assert set(flows.frame().cip) == {"02.0202"}


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="graduates, openings, whole"):
        split("balanced")


def test_nothing_given_is_modified():
    awards, links = AWARDS.copy(), LINKS.copy()
    for method in METHODS:
        split(method)
    pd.testing.assert_frame_equal(awards, AWARDS)
    pd.testing.assert_frame_equal(links, LINKS)


class TestBalance:
    ROWS = pd.DataFrame(
        [("11-0001", 30.0), ("11-0002", math.nan), ("11-0003", 12.0), ("11-0004", 0.0)],
        columns=["soc", "openings_per_year"],
    )

    def found(self):
        supplied = supply.per_occupation(split("graduates"))
        extra = pd.DataFrame([("11-0004", 5.0, 5.0, 50.0, 1)], columns=supplied.columns)
        return supply.balance(self.ROWS, pd.concat([supplied, extra])).set_index("soc")

    def test_gap_and_ratio_by_hand(self):
        # 30 openings, 75 completions: 45 more finish than are needed; 75 / 30 = 2.5 a place.
        row = self.found().loc["11-0001"]
        assert (row.supply_gap, row.supply_ratio) == (-45.0, 2.5)

    def test_openings_that_are_not_told_leave_no_gap(self):
        row = self.found().loc["11-0002"]
        assert row.completions_per_year == 75
        assert math.isnan(row.supply_gap)
        assert math.isnan(row.supply_ratio)

    def test_without_a_program_there_are_no_completions_rather_than_zero(self):
        row = self.found().loc["11-0003"]
        assert not row.has_program
        assert math.isnan(row.completions_per_year)
        assert math.isnan(row.completions_upper_bound)
        assert math.isnan(row.supply_gap)

    def test_no_openings_have_a_gap_and_no_ratio(self):
        row = self.found().loc["11-0004"]
        assert row.supply_gap == -5
        assert math.isnan(row.supply_ratio)

    def test_rows_keep_their_order_and_are_not_modified(self):
        before = self.ROWS.copy()
        assert list(self.found().index) == list(self.ROWS.soc)
        pd.testing.assert_frame_equal(before, self.ROWS)


def test_withheld_openings_are_expected_at_the_nations_rate():
    socs = pd.Index(["11-0001", "11-0002", "11-0003", "11-0004"])
    local = pd.DataFrame({"soc": ["11-0001", "11-0002"], "openings_per_year": [7.0, math.nan]})
    nation = pd.DataFrame(
        {"soc": ["11-0001", "11-0002", "11-0003"], "openings_per_year": [900.0, 200.0, 400.0]}
    )
    # Told: 7. Withheld: 200 x 1%. Not listed here: 400 x 1%. Known to nobody: missing.
    found = supply.expected_openings(socs, local, nation, 0.01)
    np.testing.assert_allclose(found, [7.0, 2.0, 4.0, math.nan])


CIPS = [f"{n:02}.0{n:03}" for n in range(1, 9)]
SOCS = [*(f"11-{n:04}" for n in range(1, 8)), "25-1011", "25-1022"]
pairs = st.lists(st.tuples(st.sampled_from(CIPS), st.sampled_from(SOCS)), min_size=1, unique=True)
graduates = st.lists(
    st.tuples(st.sampled_from([*CIPS, "99.0001"]), st.integers(0, 100_000)),
    min_size=1, unique_by=lambda item: item[0],
)  # fmt: skip
openings = st.dictionaries(
    st.sampled_from(SOCS), st.one_of(st.floats(-1e4, 1e6), st.just(math.nan), st.just(0.0))
)


def made(pairs, conferred):
    links = pd.DataFrame(pairs, columns=["cip", "soc"])
    links["teaching"] = links.soc.str.startswith("25-1")
    awards = pd.DataFrame(conferred, columns=["cip", "awards"])
    return links, awards.assign(women=awards.awards // 2)


@settings(max_examples=150, deadline=None)
@given(pairs, graduates, openings, st.sampled_from(CONSERVING))
def test_every_graduate_goes_to_one_occupation(pairs, conferred, open_, method):
    links, awards = made(pairs, conferred)
    flows = split(method, awards, open_, links)
    assert float(flows.graduates.sum()) == pytest.approx(flows.awards_linked, rel=1e-9, abs=1e-6)
    by_program = flows.frame().groupby("cip").graduates.sum()
    given = awards.set_index("cip").awards
    for cip, handed in by_program.items():
        assert handed == pytest.approx(given[cip], rel=1e-9)
    assert (flows.graduates >= 0).all()
    total = flows.awards_linked + flows.awards_teaching + flows.awards_unlinked
    assert flows.awards_total == total == awards.awards.sum()


@settings(max_examples=150, deadline=None)
@given(pairs, graduates, openings)
def test_openings_are_handed_on_whole_where_anybody_finishes(pairs, conferred, open_):
    links, awards = made(pairs, conferred)
    flows = split("openings", awards, open_, links)
    given = awards.set_index("cip").awards
    real = links[~links.teaching]
    finishing = set(real.soc[real.cip.map(given).fillna(0) > 0])
    expected = sum(max(np.nan_to_num(open_.get(soc, 0.0)), 0.0) for soc in finishing)
    assert float(flows.openings.sum()) == pytest.approx(expected, rel=1e-9, abs=1e-6)
    by_occupation = flows.frame().groupby("soc").openings.sum()
    for soc in finishing:
        asked = max(np.nan_to_num(open_.get(soc, 0.0)), 0.0)
        assert by_occupation[soc] == pytest.approx(asked, rel=1e-9, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(pairs, graduates, openings, st.sampled_from(CONSERVING))
def test_the_whole_count_is_an_upper_bound(pairs, conferred, open_, method):
    links, awards = made(pairs, conferred)
    found = supply.per_occupation(split(method, awards, open_, links))
    whole = completions(split("whole", awards, open_, links))
    assert (found.completions_per_year <= found.completions_upper_bound * (1 + 1e-12) + 1e-9).all()
    np.testing.assert_allclose(whole[found.soc], found.completions_upper_bound)


@settings(max_examples=100, deadline=None)
@given(pairs, graduates, openings, st.sampled_from(list(METHODS)), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(pairs, conferred, open_, method, random):
    links, awards = made(pairs, conferred)
    one = completions(split(method, awards, open_, links))
    seed = random.randrange(2**31)
    other = completions(
        split(
            method, awards.sample(frac=1, random_state=seed), open_, links.sample(frac=1, random_state=seed)
        )
    )
    assert one.to_dict() == pytest.approx(other.to_dict())


@settings(max_examples=100, deadline=None)
@given(pairs, graduates, openings, st.sampled_from(list(METHODS)), st.sampled_from([0.001, 3.0, 1e4]))
def test_scaling(pairs, conferred, open_, method, factor):
    """All openings times a factor change no share; twice the graduates are twice the completions."""
    links, awards = made(pairs, conferred)
    one = completions(split(method, awards, open_, links))
    larger = completions(split(method, awards, {s: v * factor for s, v in open_.items()}, links))
    assert one.to_dict() == pytest.approx(larger.to_dict(), rel=1e-6, abs=1e-6)
    twice = completions(split(method, awards.assign(awards=awards.awards * 2), open_, links))
    assert twice.to_dict() == pytest.approx((one * 2).to_dict(), rel=1e-6, abs=1e-6)
