"""Which areas are asked for: always the same ones, of every kind and size."""

from collections.abc import Sequence

import pandas as pd

SHARES = {"state": 0.25, "nonmetro": 0.2}  # of what is left beside the nation; metros take the rest


def choose(listed: pd.DataFrame, count: int) -> list[str]:
    """Area codes: the nation, then states, metros and nonmetropolitan areas from largest to smallest.

    listed: area_code, area_type, jobs. Same list, same choice; row order does not matter.
    """
    if count < 1:
        raise ValueError("choose at least one area")
    chosen = list(listed.area_code[listed.area_type == "nation"])[:count]
    left = count - len(chosen)
    wanted = {kind: round(left * share) for kind, share in SHARES.items()}
    wanted["metro"] = left - sum(wanted.values())
    for kind in ("state", "metro", "nonmetro"):
        of_kind = listed[listed.area_type == kind].sort_values(["jobs", "area_code"], ascending=[False, True])
        chosen += spread(list(of_kind.area_code), wanted[kind])
    return chosen


def spread(items: Sequence[str], count: int) -> list[str]:
    """`count` items at even distances, the first and the last among them."""
    if count >= len(items):
        return list(items)
    if count <= 1:
        return list(items[:count])
    step = (len(items) - 1) / (count - 1)
    return [items[round(i * step)] for i in range(count)]
