from itertools import product

import numpy as np
import pytest

from lmi.analysis import tristate

T, F, U = 1, 0, -1


def decide(parts: tuple[int, ...], needed: int) -> int:
    return int(tristate.at_least([np.array([p], dtype=np.int8) for p in parts], needed)[0])


@pytest.mark.parametrize(
    ("parts", "all_of", "any_of"),
    [
        ((T, T), T, T), ((T, F), F, T), ((F, F), F, F),
        ((T, U), U, T), ((F, U), F, U), ((U, U), U, U),
    ],
)  # fmt: skip
def test_all_and_any_follow_kleene(parts, all_of, any_of):
    assert decide(parts, len(parts)) == all_of
    assert decide(parts, 1) == any_of
    assert decide(parts[::-1], len(parts)) == all_of


@pytest.mark.parametrize(
    ("parts", "verdict"),
    [((T, T, U), T), ((T, F, F), F), ((T, U, F), U), ((U, U, F), U), ((U, F, F), F), ((T, U, U), U)],
)
def test_two_of_three(parts, verdict):
    assert decide(parts, 2) == verdict


def test_unknown_is_answered_only_if_every_possible_truth_agrees():
    """By brute force: replace each unknown by both truths; a verdict is sure where all of them agree."""
    for parts in product((T, F, U), repeat=3):
        for needed in (1, 2, 3):
            unknown = [i for i, p in enumerate(parts) if p == U]
            outcomes = set()
            for guess in product((T, F), repeat=len(unknown)):
                filled = list(parts)
                for place, value in zip(unknown, guess, strict=True):
                    filled[place] = value
                outcomes.add(sum(filled) >= needed)
            expected = U if len(outcomes) == 2 else int(outcomes.pop())
            assert decide(parts, needed) == expected, (parts, needed)


def test_rows_are_judged_each_for_itself():
    one, two = np.array([T, F, U], dtype=np.int8), np.array([T, T, T], dtype=np.int8)
    assert tristate.at_least([one, two], 2).tolist() == [T, F, U]


def test_from_and_to_python():
    found = tristate.from_bool(np.array([True, False, True]), np.array([True, True, False]))
    assert [tristate.to_python(v) for v in found] == [True, False, None]
