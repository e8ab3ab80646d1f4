"""Times beside the lines of the explorable network, where they cover no name and no other line."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from lmi.presentation.pathway_times import Room, is_free
from lmi.presentation.text import measure

SIZE = 12  # of the words of a time, in pixels before zooming
BEND = 0.45  # share of a stretch across at which its curve begins to turn, as vis-network draws it
_HIGH = 8.0  # half of a time, up and down
_PAD = 3.0  # free beside it
_SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)  # places along a stretch, the best first
_SAMPLES = 16  # bits of a curve

Point = tuple[float, float]


def place_times(
    times: Sequence[str], paths: Sequence[Sequence[Point]], boxes: Sequence[Room]
) -> list[Point | None]:
    """The middle of each time, or None where there is no room for it.

    times: one for each path, '' for none. paths: the points that a line is drawn through from left to
    right, or right to left; its stretches are curves that leave and arrive level. boxes: left, right, upper
    and lower end of what else may not be covered.
    """
    extents = [_extents(path) for path in paths]
    owner = np.repeat(np.arange(len(paths)), [len(each) for each in extents])
    lines = np.concatenate(extents) if extents else np.empty((0, 4))
    taken = list(boxes)
    out: list[Point | None] = []
    for i, (time, path) in enumerate(zip(times, paths, strict=True)):
        others = lines[owner != i]
        spots = _spots(time, path) if time else ()
        found = next((s for s in spots if is_free(s[1], others, taken)), None)
        out.append(found[0] if found else None)
        taken += [found[1]] if found else []
    return out


def _spots(time: str, path: Sequence[Point]) -> Iterator[tuple[Point, Room]]:
    half = measure(time, SIZE) / 2 + _PAD
    for share in _SHARES:
        for a, b in pairwise(path):
            x, y = _on_curve(a, b, np.array([share]))[0].tolist()
            yield (x, y), (x - half, x + half, y - _HIGH, y + _HIGH)


def _extents(path: Sequence[Point]) -> np.ndarray:
    """Left, right, upper and lower end of every bit of line."""
    along = np.linspace(0, 1, _SAMPLES + 1)
    points = [_on_curve(a, b, along) for a, b in pairwise(path)]
    bits = [np.hstack([np.minimum(p[:-1], p[1:]), np.maximum(p[:-1], p[1:])]) for p in points]
    return np.concatenate(bits)[:, [0, 2, 1, 3]]


def _on_curve(a: Point, b: Point, along: np.ndarray) -> np.ndarray:
    """Points of a stretch: x and y for each share of the way."""
    t, (dx, dy) = along, (b[0] - a[0], b[1] - a[1])
    x = a[0] + dx * (3 * BEND * t * (1 - t) ** 2 + 3 * (1 - BEND) * t**2 * (1 - t) + t**3)
    y = a[1] + dy * (3 * t**2 * (1 - t) + t**3)
    return np.column_stack([x, y])
