"""Three-valued logic on arrays: 1 true, 0 false, -1 unknown (Kleene)."""

import numpy as np
from numpy.typing import NDArray

Tri = NDArray[np.int8]
TRUE, FALSE, UNKNOWN = np.int8(1), np.int8(0), np.int8(-1)


def from_bool(holds: NDArray[np.bool_], known: NDArray[np.bool_]) -> Tri:
    """1 or 0 where known, -1 elsewhere."""
    return np.where(known, holds.astype(np.int8), UNKNOWN).astype(np.int8)


def at_least(parts: list[Tri], needed: int) -> Tri:
    """Whether `needed` or more parts hold: unknown only where the unknown parts decide it."""
    stack = np.stack(parts)
    sure = (stack == TRUE).sum(axis=0)
    possible = sure + (stack == UNKNOWN).sum(axis=0)
    return np.where(sure >= needed, TRUE, np.where(possible < needed, FALSE, UNKNOWN)).astype(np.int8)


def to_python(value: np.int8 | int) -> bool | None:
    """1 -> True, 0 -> False, -1 -> None."""
    return None if value == UNKNOWN else bool(value)
