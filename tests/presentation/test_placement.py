"""Labels never overlap, at any size of the figure between the smallest and the largest."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from lmi.presentation.placement import Box, Plot, Wish, place_labels, spread, stagger

PLOT = Plot((400, 1400), (200, 600))
unit = st.floats(0, 1)
wishes = st.lists(st.tuples(unit, unit, st.integers(20, 180), st.integers(14, 50)), max_size=25)


def rectangle(box: Box, width: float, height: float) -> tuple[float, float, float, float]:
    x, y = box.span(width, vertical=False), box.span(height, vertical=True)
    return (*x, *y)


def overlap(a: tuple, b: tuple) -> bool:
    return a[0] < b[1] - 1e-6 and b[0] < a[1] - 1e-6 and a[2] < b[3] - 1e-6 and b[2] < a[3] - 1e-6


@given(wishes, st.floats(400, 1400), st.floats(200, 600))
def test_no_two_labels_overlap_and_none_leaves_the_plot(points, width, height):
    wanted = [Wish(str(i), *p, 7) for i, p in enumerate(points)]
    boxes = [rectangle(b, width, height) for b in place_labels(wanted, PLOT).values()]
    assert not any(overlap(a, b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert all(x0 >= 0 and x1 <= width and y0 >= 0 and y1 <= height for x0, x1, y0, y1 in boxes)


@given(wishes)
def test_obstacles_and_named_points_stay_uncovered(points):
    obstacle = Box(0.5, 0.5, -60, 60, -30, 30)
    wanted = [Wish(str(i), *p, 7) for i, p in enumerate(points)]
    placed = place_labels(wanted, PLOT, obstacles=[obstacle])
    named = [Box(w.x, w.y, -7, 7, -7, 7) for w in wanted if w.key in placed]
    for width, height in ((400, 200), (1400, 600)):
        boxes = [rectangle(b, width, height) for b in placed.values()]
        blocked = [rectangle(b, width, height) for b in (obstacle, *named)]
        assert not any(overlap(a, b) for a in boxes for b in blocked)


def test_the_same_wishes_give_the_same_picture_and_the_first_comes_first():
    wanted = [Wish("a", 0.5, 0.5, 100, 20, 7), Wish("b", 0.5, 0.5, 100, 20, 7)]
    placed = place_labels(wanted, PLOT)
    assert placed == place_labels(wanted, PLOT)
    assert next(iter(placed)) == "a"
    assert not placed["a"].far


def test_a_label_that_would_cover_too_much_is_left_out():
    everywhere = [(Box(0.5, 0.5, -1e4, 1e4, -1e4, 1e4), 5.0)]
    wish = [Wish("a", 0.5, 0.5, 100, 20, 7)]
    assert place_labels(wish, PLOT, marks=everywhere, limit=4) == {}
    assert place_labels(wish, PLOT, marks=everywhere, limit=6)


spans = st.lists(st.tuples(st.floats(0, 500), st.integers(10, 90)), min_size=1, max_size=8)


@given(spans)
def test_staggered_texts_do_not_overlap_on_a_level(items):
    placed = stagger([x for x, _ in items], [w for _, w in items], (0, 500), 5)
    texts = [(m - w / 2, m + w / 2, level) for (m, level), (_, w) in zip(placed, items, strict=True)]
    assert not any(
        a[2] == b[2] and a[0] < b[1] - 1e-6 and b[0] < a[1] - 1e-6
        for i, a in enumerate(texts)
        for b in texts[:i]
    )


@given(spans)
def test_spread_texts_stay_apart_in_order_and_inside(items):
    centres, widths = [x for x, _ in items], [w for _, w in items]
    middles = spread(centres, widths, (0, 500), 5)
    if middles is None:
        assert sum(widths) + 5 * (len(widths) - 1) > 500
        return
    ends = sorted((m - w / 2, m + w / 2) for m, w in zip(middles, widths, strict=True))
    assert all(a[1] + 5 <= b[0] + 1e-6 for a, b in itertools.pairwise(ends))
    assert ends[0][0] >= -1e-6
    assert ends[-1][1] <= 500 + 1e-6


def test_texts_with_room_stay_where_they_point():
    assert spread([100, 300], [50, 50], (0, 500), 5) == [100, 300]
    assert spread([100, 110], [50, 50], (0, 500), 0) == [80, 130]
