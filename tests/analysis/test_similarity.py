"""How alike skills are, what would be new, and from which similarity on two occupations count as alike."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.analysis import skills as page
from lmi.analysis.similarity import calibrated_cut, gap_shares, similarity, skillset

COLUMNS = ["soc", "element_id", "importance", "level", "not_relevant"]


def ratings(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


# importance x level: a = (2 x 3, 4 x 2) = (6, 8), b = (4 x 2, 3 x 2) = (8, 6), c = (5 x 1, 0).
RATED = ratings(
    ("a", "1", 2.0, 3.0, False), ("a", "2", 4.0, 2.0, False),
    ("b", "1", 4.0, 2.0, False), ("b", "2", 3.0, 2.0, False),
    ("c", "1", 5.0, 1.0, False), ("c", "2", 1.0, math.nan, True),
)  # fmt: skip


def test_the_cosine_by_hand():
    skills = skillset(RATED)
    # a.b = (48 + 48) / (10 x 10) = 0.96; a.c = 6 x 5 / (10 x 5) = 0.6; b.c = 8 x 5 / (10 x 5) = 0.8.
    found = similarity(skills, ["a", "a", "b", "a"], ["b", "c", "c", "a"])
    assert found == pytest.approx([0.96, 0.6, 0.8, 1.0])


def test_the_gap_by_hand():
    skills = skillset(RATED)
    # a -> b: 4 x max(0, 2 - 3) + 3 x max(0, 2 - 2) = 0 of 8 + 6. b -> a: 2 x 1 + 4 x 0 = 2 of 6 + 8 = 14.
    # c -> b: 4 x 1 + 3 x 2 = 10 of 14; c's second level is not relevant, which counts as 0.
    found = gap_shares(skills, ["a", "b", "c"], ["b", "a", "b"])
    assert found == pytest.approx([0, 100 * 2 / 14, 100 * 10 / 14])


def test_an_occupation_without_ratings_has_no_similarity_instead_of_none():
    skills = skillset(RATED)
    for ask in (similarity, gap_shares):
        found = ask(skills, ["a", "x", "x", "a"], ["x", "a", "x", "b"])
        assert np.isnan(found[:3]).all()
        assert not np.isnan(found[3])
        assert len(ask(skills, [], [])) == 0


def test_an_occupation_whose_every_rating_is_suppressed_is_not_rated():
    hidden = ratings(("h", "1", math.nan, math.nan, False), ("h", "2", math.nan, math.nan, False))
    skills = skillset(pd.concat([RATED, hidden], ignore_index=True))
    assert set(skills.place) == {"a", "b", "c"}
    assert np.isnan(similarity(skills, ["h"], ["a"])).all()


def test_a_suppressed_level_is_left_out_and_not_taken_for_0():
    part = ratings(("p", "1", 2.0, 3.0, False), ("p", "2", 4.0, math.nan, False))
    skills = skillset(pd.concat([RATED, part], ignore_index=True))
    # Only the first element is known of both a and p, and there they are the same.
    assert similarity(skills, ["a", "p"], ["p", "a"]) == pytest.approx([1.0, 1.0])
    # p -> b: 4 x max(0, 2 - 3) = 0, the second element unknown; b -> p: 2 x 1 of p's known 6.
    assert gap_shares(skills, ["p", "b"], ["b", "p"]) == pytest.approx([0, 100 * 2 / 6])


def test_the_cut_is_the_mean_less_one_deviation_of_pairs_inside_a_minor_group():
    skills = skillset(RATED)
    # One group: 0.96, 0.6, 0.8: mean 2.36 / 3, variance over the three.
    mean = 2.36 / 3
    sd = math.sqrt(((0.96 - mean) ** 2 + (0.6 - mean) ** 2 + (0.8 - mean) ** 2) / 3)
    together = dict.fromkeys("abc", "29-1000")
    assert calibrated_cut(skills, together) == pytest.approx(mean - sd)
    # c apart: only the pair a, b is inside a group.
    assert calibrated_cut(skills, together | {"c": "47-2000"}) == pytest.approx(0.96)
    assert math.isnan(calibrated_cut(skills, {"a": "29-1000", "b": "47-2000", "c": "51-1000"}))
    assert math.isnan(calibrated_cut(skills, {}))


levels = st.one_of(st.just(math.nan), st.floats(0.1, 7))
tables = st.lists(
    st.lists(st.tuples(st.floats(1, 5), levels), min_size=4, max_size=4), min_size=2, max_size=6
)


def table(values):
    return ratings(
        *(
            (f"o{i}", str(k), importance, level, False)
            for i, row in enumerate(values)
            for k, (importance, level) in enumerate(row)
        )
    )


@settings(deadline=None)
@given(tables)
def test_similarity_is_symmetric_and_1_with_itself(values):
    skills = skillset(table(values))
    socs = list(skills.place)
    for a in socs:
        for b in socs:
            one, other = similarity(skills, [a, b], [b, a])
            assert one == pytest.approx(other, nan_ok=True)
            assert math.isnan(one) or 0 <= one <= 1
        if not np.isnan(skills.level[skills.place[a]]).all():
            assert similarity(skills, [a], [a])[0] == pytest.approx(1)


@settings(deadline=None, max_examples=50)
@given(tables)
def test_the_gap_to_itself_is_0_and_the_same_as_on_the_occupation_page(values):
    rows = table(values).assign(element_name="", kind="skill")
    skills = skillset(rows)
    for a in skills.place:
        start = rows[rows.soc == a]
        for b in skills.place:
            goal = rows[rows.soc == b]
            expected = page.gap_share(page.directional_gap(start, goal), goal)
            found = gap_shares(skills, [a], [b])[0]
            assert found == pytest.approx(expected, abs=1e-9, nan_ok=True)
            if a == b and not math.isnan(found):
                assert found == 0
