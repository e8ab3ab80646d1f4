"""Colours must parse, stand out on white and stay apart for every reader."""

from itertools import combinations, pairwise

import plotly.io as pio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.domain.errors import BadInput
from lmi.presentation import theme

# On linear RGB: Viénot, Brettel and Mollon (1999) for protan and deutan, Machado et al. (2009) for tritan.
SEEN_AS = {
    "all three cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deutan": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
APART = 15  # distance in CIELAB; about 2.3 is just noticeable side by side


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    r, g, b = (min(max(c, 0), 1) for c in rgb)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, matrix: tuple) -> tuple[float, float, float]:
    rgb = linear(colour)
    return lab([sum(m * c for m, c in zip(row, rgb, strict=True)) for row in matrix])


def distance(one: str, other: str, matrix: tuple) -> float:
    a, b = seen(one, matrix), seen(other, matrix)
    return sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5


def test_black_on_white_has_the_contrast_that_wcag_names():
    assert theme.contrast("#000000") == pytest.approx(21)
    assert theme.contrast("#767676") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", [*theme.CATEGORICAL, theme.CONTEXT, theme.MUTED])
def test_marks_stand_out_on_white(colour):
    assert theme.contrast(colour) >= 3


@pytest.mark.parametrize("colour", [theme.TEXT, theme.SECONDARY_TEXT])
def test_text_stands_out_on_white(colour):
    assert theme.contrast(colour) >= 7


@pytest.mark.parametrize("vision", SEEN_AS)
def test_categories_stay_apart(vision):
    pairs = combinations(theme.CATEGORICAL, 2)
    assert min(distance(a, b, SEEN_AS[vision]) for a, b in pairs) >= APART


@pytest.mark.parametrize("vision", SEEN_AS)
def test_neighbouring_steps_of_the_ramp_stay_apart(vision):
    steps = [theme.NOT_PUBLISHED_FILL, *theme.RAMP]
    assert min(distance(a, b, SEEN_AS[vision]) for a, b in pairwise(steps)) >= 8


def test_ramp_darkens_and_its_lightest_step_shows_on_white():
    lights = [theme.relative_luminance(c) for c in theme.RAMP]
    assert lights == sorted(lights, reverse=True)
    assert 5 <= len(set(lights)) <= 7
    assert theme.contrast(theme.RAMP[0]) > 1.3


def test_a_fifth_series_is_refused():
    assert theme.series_colours(4) == list(theme.CATEGORICAL)
    with pytest.raises(theme.TooManySeries, match="small multiples"):
        theme.series_colours(5)


def test_accent_is_taken_or_refused_with_a_reason():
    assert theme.with_accent("#7a1fa2").accent == "#7A1FA2"
    with pytest.raises(BadInput, match="3:1"):
        theme.with_accent("#FFD700")
    with pytest.raises(BadInput, match="six hex digits"):
        theme.with_accent("gold")


@given(st.integers(0, 0xFFFFFF))
def test_every_accent_that_passes_has_the_contrast(number):
    colour = f"#{number:06X}"
    try:
        theme.check_accent(colour)
    except BadInput:
        assert theme.contrast(colour) < 3
    else:
        assert theme.contrast(colour) >= 3


def test_template_is_light_and_without_legend():
    layout = pio.templates[theme.TEMPLATE].layout
    assert (layout.paper_bgcolor, layout.plot_bgcolor) == ("#FFFFFF", "#FFFFFF")
    assert layout.showlegend is False
    assert "Arial" in layout.font.family


def test_no_text_is_smaller_than_a_fiftieth_of_the_projected_height():
    for sizes in (theme.DESK, theme.PRESENT):
        smallest = min(sizes.title, sizes.label, sizes.tick, sizes.subtitle, sizes.source)
        assert smallest * sizes.scale >= 22
        assert (sizes.width * sizes.scale, sizes.height * sizes.scale) == (1920, 1080)
