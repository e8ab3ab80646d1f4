"""Times on the arrows of a pathway map, where there is room for them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from lmi.presentation.frame import Canvas
from lmi.presentation.pathway_arrows import Point, Route
from lmi.presentation.pathway_boxes import Grid
from lmi.presentation.pathway_sheet import Sheet
from lmi.presentation.text import block_height, measure, plain
from lmi.presentation.theme import PAPER, TEXT

_TRIES = (0.5, *(0.5 + side * step / 24 for step in range(1, 11) for side in (-1, 1)))  # places along a curve
_PAD = 0.5  # of white around a time

Room = tuple[float, float, float, float]  # left, right, upper and lower end in pixels


def draw_times(sheet: Sheet, routes: Sequence[Route], grid: Grid, canvas: Canvas) -> int:
    """Times on the arrows where they cover no box, no other arrow and no other time; how many found none."""
    taken: list[Room] = []
    lines = [(route, _extents(route)) for route in routes]
    missed = 0
    for route in routes:
        if not route.arrow.time:
            continue
        others = np.array([e for other, extents in lines if other is not route for e in extents])
        spot = next((s for s in _spots(route, grid, canvas) if is_free(s[1], others, taken)), None)
        if spot is None:
            missed += 1
            continue
        (x, y), room = spot
        taken.append(room)
        sheet.add_annotation(
            name="time", text=plain(route.arrow.time), showarrow=False, borderpad=_PAD * canvas.u,
            bgcolor=PAPER, x=round(x, 2), y=round(y, 2), xanchor="center", yanchor="middle",
            font={"size": canvas.sizes.source, "color": TEXT},
        )  # fmt: skip
    return missed


def _extents(route: Route) -> list[Room]:
    """Left, right, upper and lower end of every bit of line."""
    return [
        (min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1]))
        for piece in route.pieces
        for a, b in pairwise(piece)
    ]


def _spots(route: Route, grid: Grid, canvas: Canvas) -> Iterator[tuple[Point, Room]]:
    """Places along the arrow where its time fits between two layers, the best first."""
    if route.arc:
        return
    size, u = canvas.sizes.source, canvas.u
    wide, high = measure(route.arrow.time, size) / 2 + _PAD * u, block_height(1, size) / 2 + _PAD * u
    for share in _TRIES:
        for piece in reversed(route.pieces):
            inner = piece[1:-1]
            x, y = inner[round(share * (len(inner) - 1))]
            left, right = min(inner[0][0], inner[-1][0]), max(inner[0][0], inner[-1][0])
            if x - wide >= left and x + wide <= right:
                yield (x, y), (x - wide, x + wide, y - high, y + high)


def is_free(room: Room, lines: np.ndarray, taken: Sequence[Room]) -> bool:
    """Whether nothing else is drawn there. lines: one row for each, as taken."""
    left, right, upper, lower = room
    for rows in (lines, np.array(taken)):
        if (
            len(rows)
            and (
                (rows[:, 0] < right) & (left < rows[:, 1]) & (rows[:, 2] < lower) & (upper < rows[:, 3])
            ).any()
        ):
            return False
    return True
