"""What stands out, and what a worker of one occupation would have to add for another."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.analysis.skills import directional_gap, gap_share, most_distinguishing, most_important

COLUMNS = ["element_id", "element_name", "kind", "importance", "level", "not_relevant", "mean_importance",
           "sd_importance"]  # fmt: skip


def ratings(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


RATED = ratings(
    ("1", "Reading", "skill", 4.0, 4.0, False, 3.5, 0.5),
    ("2", "Repairing", "skill", 3.0, 2.0, False, 2.0, 0.5),
    ("3", "Speaking", "skill", 4.0, 4.0, False, 3.0, 1.0),
    ("4", "Science", "skill", 2.9, 3.0, False, 1.0, 0.5),
    ("5", "Biology", "knowledge", 4.5, 5.0, False, 4.0, 0.0),
    ("6", "Hidden", "skill", math.nan, math.nan, False, 2.0, 0.5),
)


def test_the_most_important_are_in_order_with_ties_by_name():
    found = most_important(RATED, "skill")
    assert list(found.element_name) == ["Reading", "Speaking", "Repairing", "Science"]
    assert list(most_important(RATED, "skill", 2).element_name) == ["Reading", "Speaking"]
    assert list(most_important(RATED, "knowledge").element_name) == ["Biology"]


def test_how_far_an_element_stands_out_by_hand():
    found = most_important(RATED, "skill").set_index("element_name").distinct_sd
    # (4.0 - 3.5) / 0.5 = 1; (3.0 - 2.0) / 0.5 = 2; (4.0 - 3.0) / 1.0 = 1.
    assert found[["Reading", "Repairing", "Speaking"]].to_list() == pytest.approx([1.0, 2.0, 1.0])


def test_what_sets_it_apart_must_matter():
    """Science stands out by 3.8 deviations, but 2.9 is less than important; Biology has no spread."""
    assert list(most_distinguishing(RATED).element_name) == ["Repairing", "Reading", "Speaking"]
    just = RATED.assign(importance=RATED.importance.replace(4.0, 3.999))
    assert list(most_distinguishing(just).element_name) == ["Repairing"]


START = ratings(
    ("1", "Reading", "skill", 3.0, 4.0, False, 0, 1),
    ("2", "Repairing", "skill", 1.0, math.nan, True, 0, 1),
    ("3", "Speaking", "skill", 4.0, 5.0, False, 0, 1),
    ("4", "Science", "skill", 4.0, math.nan, False, 0, 1),
)
GOAL = ratings(
    ("1", "Reading", "skill", 4.0, 4.5, False, 0, 1),
    ("2", "Repairing", "skill", 3.0, 2.0, False, 0, 1),
    ("3", "Speaking", "skill", 5.0, 3.0, False, 0, 1),
    ("4", "Science", "skill", 4.0, 4.0, False, 0, 1),
    ("5", "Biology", "knowledge", 4.0, 4.0, False, 0, 1),
)


def test_the_directional_gap_by_hand():
    found = directional_gap(START, GOAL).set_index("element_name")
    # Repairing: 3 x (2 - 0), not relevant at the start. Reading: 4 x 0.5. Speaking: a step down is no step.
    assert found.contribution.to_dict() == {"Repairing": 6.0, "Reading": 2.0, "Speaking": 0.0}
    assert list(found.index) == ["Repairing", "Reading", "Speaking"]
    assert found.level_from["Repairing"] == 0
    assert "Science" not in found.index, "a suppressed level leaves the element out"
    assert "Biology" not in found.index, "an element that only one of them has"


def test_the_gap_has_a_direction():
    back = directional_gap(GOAL, START).set_index("element_name").contribution
    # Speaking 4 x (5 - 3) = 8; Reading: 4.0 < 4.5; Repairing: not relevant there, so level 0.
    assert back.to_dict() == {"Speaking": 8.0, "Reading": 0.0, "Repairing": 0.0}


def test_nothing_is_added_to_stay():
    assert directional_gap(GOAL, GOAL).contribution.sum() == 0


def test_the_share_of_the_gap_by_hand():
    # asked: 4 x 4.5 + 3 x 2 + 5 x 3 + 4 x 4 + 4 x 4 = 71; 8 / 71 = 11.27%.
    assert gap_share(directional_gap(START, GOAL), GOAL) == pytest.approx(100 * 8 / 71)
    nothing = GOAL.assign(level=0.0)
    assert math.isnan(gap_share(directional_gap(START, nothing), nothing))


levels = st.lists(st.tuples(st.floats(1, 5), st.floats(0, 7), st.floats(0, 7)), min_size=1, max_size=20)


@given(levels)
def test_a_gap_is_never_negative_and_never_more_than_is_asked(cells):
    ids = [str(i) for i in range(len(cells))]
    base = pd.DataFrame({"element_id": ids, "element_name": ids, "kind": "skill", "not_relevant": False})
    goal = base.assign(importance=[c[0] for c in cells], level=[c[1] for c in cells])
    start = base.assign(importance=1.0, level=[c[2] for c in cells])
    found = directional_gap(start, goal)
    assert (found.contribution >= 0).all()
    assert found.contribution.is_monotonic_decreasing
    asked = float((goal.importance * goal.level).sum())
    if asked > 1e-9:
        assert -1e-9 <= gap_share(found, goal) <= 100 + 1e-6
    np.testing.assert_allclose(
        directional_gap(start.sample(frac=1, random_state=1), goal).contribution, found.contribution
    )
