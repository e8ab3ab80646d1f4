"""Organizations behind validated moves: each once, and never more than is known."""

import pytest

from lmi.analysis.validated import organisations_behind
from lmi.domain.pathways import Move

OF_MAY = "of 2026-05-01, convening 0a1b2c3d (not named)"
OF_JUNE = "of 2026-06-01, convening 9e8f7a6b (not named)"


def move(goal: str, *organisations: str, status: str = "validated") -> Move:
    return Move("31-1131", goal, "advance", status=status, organisations=organisations)


@pytest.mark.parametrize(
    ("moves", "behind"),
    [
        ([move("29-1141", "Acme Inc."), move("29-2061", "ACME")], (1, False)),
        ([move("29-1141", "Acme"), move("29-2061", "Birch", status="proposed")], (1, False)),
        ([move("29-1141", "organization 1 (not named)", "organization 2 (not named)")], (2, True)),
        # 1 and 2 of May can be 1 of June, and Acme can be any of them.
        ([move("29-1141", *(f"organization {n} {OF_MAY}" for n in (1, 2)), f"organization 1 {OF_JUNE}")],
         (2, True)),
        ([move("29-1141", "Acme", f"organization 1 {OF_MAY}"), move("29-2061", f"organization 1 {OF_MAY}")],
         (1, True)),
        ([move("29-1141", "Acme", "Birch", f"organization 1 {OF_MAY}")], (2, True)),
        ([], (0, False)),
    ],
)  # fmt: skip
def test_an_organization_counts_once_and_a_number_is_no_name(moves, behind):
    assert organisations_behind(moves) == behind
