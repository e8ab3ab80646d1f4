"""The map of providers: true places, circles in proportion, names apart, nothing fetched."""

import itertools
import json
import random
from dataclasses import replace
from html import unescape
from math import cos, hypot, radians

import pandas as pd
import pytest

from lmi.places import ROOT
from lmi.presentation import charts, theme
from lmi.presentation.outlines import Albers, National, local_projection, rings, window_around
from lmi.presentation.text import block_height, measure

from . import training
from .reading import annotation, annotations, shapes, trace, traces

GEO = ROOT / "lmi/ui/shell/static/geo"


@pytest.fixture(scope="module")
def bundled():
    return {
        layer: json.loads((GEO / f"{layer}.geojson").read_text(encoding="utf-8"))
        for layer in ("metros", "states")
    }


def institutions(count, west=-98.2, south=29.9, seed=3):
    """Made-up institutions, crowded as in a city."""
    pick = random.Random(seed)
    return pd.DataFrame(
        {
            "unitid": [str(100000 + i) for i in range(count)],
            "institution_name": [f"College of {'Applied ' * (i % 4)}Arts {i}" for i in range(count)],
            "city": "Austin",
            "longitude": [west + pick.gauss(0.4, 0.15) for _ in range(count)],
            "latitude": [south + pick.gauss(0.4, 0.15) for _ in range(count)],
            "awards": [round(10 ** pick.uniform(0.5, 4)) for _ in range(count)],
        }
    )


def austin(rows, frame, **given):
    shape = {"area_code": "12420", "level": "metro", "metros": training.METROS, "states": training.STATES}
    return charts.providers_map(rows, frame, **shape | given)


def picture(chart, width):
    """Pixels of a unit of the map and the size of the picture on a figure so wide, as Plotly fits it."""
    layout = chart.figure.layout
    room = width - layout.margin.l - layout.margin.r, chart.height - layout.margin.t - layout.margin.b
    spans = [axis.range[1] - axis.range[0] for axis in (layout.xaxis, layout.yaxis)]
    return min(r / s for r, s in zip(room, spans, strict=True)), room


def names(chart, width):
    scale, room = picture(chart, width)
    axes = chart.figure.layout.xaxis.range, chart.figure.layout.yaxis.range
    found = []
    for a in chart.figure.layout.annotations:
        if a.name == "point":
            lines = unescape(a.text).split("<br>")
            x, y = (
                side / 2 + (at - sum(ends) / 2) * scale + shift
                for side, at, ends, shift in zip(room, (a.x, a.y), axes, (a.xshift, a.yshift), strict=True)
            )
            wide, high = max(measure(t, a.font.size) for t in lines), block_height(len(lines), a.font.size)
            found.append((x - wide / 2, x + wide / 2, y - high / 2, y + high / 2))
    return found, room


def test_circles_are_the_institutions_given_largest_first_and_the_rest_is_counted(rows, frame):
    chart = austin(training.provider_rows(rows), frame)
    circles = trace(chart, "institutions")
    assert list(circles.customdata) == ["100001", "100002", "100003"]
    assert "Not on the map: 2 institutions without a known place or awards" in annotation(chart, "source")
    assert "400 awards a year" in circles.hovertext[0]
    assert "Austin" in circles.hovertext[0]
    assert chart.table["Awards (per year)"].tolist() == [400, 100, 25, 10, 0]
    assert "Most awards: Registered Nurses, Austin, 400" in chart.alt


def test_the_area_of_a_circle_is_in_proportion_to_its_awards(rows, frame):
    size = dict(zip(*[trace(austin(training.provider_rows(rows), frame), "institutions")[k]
                      for k in ("customdata", "marker.size")], strict=True))  # fmt: skip
    assert (size["100001"] / size["100002"]) ** 2 == pytest.approx(400 / 100)
    assert (size["100001"] / size["100003"]) ** 2 == pytest.approx(400 / 25)


def test_the_key_of_sizes_has_circles_of_the_same_scale(rows, frame):
    chart = austin(training.provider_rows(rows), frame)
    said = [float(t.removesuffix(" awards a year").replace(",", "")) for t in annotations(chart, "size")]
    widths = [s.x1 - s.x0 for s in shapes(chart, "size")]
    largest = trace(chart, "institutions").marker.size[0]
    for awards, width in zip(said, widths, strict=True):
        assert (width / largest) ** 2 == pytest.approx(awards / 400)
    assert annotations(chart, "size")[0].endswith("awards a year")


def test_the_area_is_in_the_middle_with_its_outline_and_its_neighbours(rows, frame):
    chart = austin(training.provider_rows(rows), frame)
    xs = [x for x in trace(chart, "area").x if x is not None]
    left, right = chart.figure.layout.xaxis.range
    assert left < min(xs) < max(xs) < right
    assert (min(xs) + max(xs)) / 2 == pytest.approx((left + right) / 2)
    ys = [y for y in trace(chart, "area").y if y is not None]
    low, high = chart.figure.layout.yaxis.range
    assert (max(ys) - min(ys)) / (high - low) > 0.85
    assert len(trace(chart, "neighbours").x) > 3
    assert len(trace(chart, "states").x) > 3
    assert chart.figure.layout.yaxis.scaleanchor == "x"


@pytest.mark.parametrize("size", [(430, 430), (430, 560), (980, 430), (980, 560), (1400, 560), (344, None)])
@pytest.mark.parametrize("code", ["48", "06", "72", "02"])
def test_the_outline_and_every_circle_are_whole_at_every_shape(size, code, frame, bundled):
    border = [p for _, ring in rings(bundled["states"], {code}) for p in ring]
    ends = [min(border), max(border), min(border, key=lambda p: p[1]), max(border, key=lambda p: p[1])]
    given = institutions(4).assign(
        longitude=[p[0] for p in ends], latitude=[p[1] for p in ends], awards=[900, 900, 800, 70]
    )
    phone = size[1] is None
    shape = replace(frame, phone=phone, width=None if phone else 430, height=size[1])
    chart = charts.providers_map(given, shape, area_code=code, level="state", **bundled)
    circles, area, layout = trace(chart, "institutions"), trace(chart, "area"), chart.figure.layout
    scale, _ = picture(chart, size[0])
    for axis, points, outline in ((layout.xaxis, circles.x, area.x), (layout.yaxis, circles.y, area.y)):
        assert axis.constrain == "domain"  # a widened range would stay so when the screen changes
        low, high = axis.range
        assert all(low <= v <= high for v in outline if v is not None)
        for at, wide in zip(points, circles.marker.size, strict=True):
            assert low <= at - wide / 2 / scale
            assert at + wide / 2 / scale <= high


@pytest.mark.parametrize("codes", [("12420", "41700"), ["35", "48"], ("12420", "40"), ("12420", "35620")])
def test_every_member_of_a_region_is_outlined_and_in_the_picture(codes, frame, bundled):
    level = "metro" if any(len(c) == 5 for c in codes) else "state"
    chart = charts.providers_map(institutions(5), frame, area_code=codes, level=level, **bundled)
    area, layout = trace(chart, "area"), chart.figure.layout
    lines = [len(ring) for geo in bundled.values() for _, ring in rings(geo, codes)]
    assert 2 <= area.x.count(None) <= len(lines)
    for axis, values in ((layout.xaxis, area.x), (layout.yaxis, area.y)):
        known = [v for v in values if v is not None]
        assert axis.range[0] < min(known) < max(known) < axis.range[1]
    one = charts.providers_map(institutions(5), frame, area_code=codes[:1], level=level, **bundled)
    assert len(trace(one, "area").x) < len(area.x)
    assert "No boundary" not in annotation(chart, "source")


def test_a_member_without_a_boundary_is_said_and_its_circles_are_in_the_picture(rows, frame):
    given = training.provider_rows(rows).assign(longitude=[-97.5, -97.5, -90.0, -97.9, None])
    chart = austin(given, frame, area_code=["12420", "4800006"])
    assert "No boundary is known for part of this area." in annotation(chart, "source")
    assert len(trace(chart, "institutions").x) == 3


def test_one_code_alone_or_in_a_list_is_the_same_map(rows, frame):
    given = training.provider_rows(rows)
    one, listed = austin(given, frame), austin(given, frame, area_code=["12420"])
    assert one.figure.to_json() == listed.figure.to_json()


@pytest.mark.parametrize(
    ("awards", "key"),
    [([70, 22], ["70 awards a year", "20"]), ([1316, 1], ["1,500 awards a year", "150"]),
     ([9], ["9 awards a year"]), ([7, 7], ["7 awards a year"]), ([400, 96], ["400 awards a year", "100"])],
)  # fmt: skip
def test_the_key_shows_sizes_near_those_drawn(awards, key, frame, bundled):
    given = institutions(len(awards)).assign(awards=awards)
    assert annotations(austin(given, frame, **bundled), "size") == key


def test_a_neighbour_out_of_sight_is_not_sent(rows, frame, bundled):
    chart = austin(training.provider_rows(rows), frame, metros=bundled["metros"], states=bundled["states"])
    drawn = sum(len(t.x) for t in chart.figure.data)
    assert drawn < 1500  # all 393 metropolitan areas have more than 8,000 points
    assert len(chart.figure.to_json()) < 60_000


def test_institutions_at_one_place_stay_apart_and_a_note_says_so(rows, frame):
    given = training.provider_rows(rows)
    chart = austin(given, frame)
    circles = trace(chart, "institutions")
    (x0, y0), (x1, y1) = [(circles.x[i], circles.y[i]) for i in (0, 1)]
    scale, _ = picture(chart, 620)
    assert hypot(x1 - x0, y1 - y0) * scale >= 4
    assert "Circles at one place are drawn side by side." in annotation(chart, "source")
    alone = austin(given.assign(longitude=[-97.5, -97.4, -97.2, -97.9, None]), frame)
    assert "side by side" not in annotation(alone, "source")


@pytest.mark.parametrize("layout", ["desk", "present", "phone"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_names_never_overlap_and_stay_in_the_picture(layout, seed, frame, bundled):
    sizes = theme.PRESENT if layout == "present" else theme.DESK
    shape = replace(frame, phone=layout == "phone", sizes=sizes)
    chart = austin(institutions(60, seed=seed), shape, **bundled)
    widths = {"desk": (620, 960, 1600), "present": (1500, 1920), "phone": (344, 390)}[layout]
    for width in widths:
        found, room = names(chart, width)
        assert not any(
            a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
            for a, b in itertools.combinations(found, 2)
        )
        assert all(x0 >= -1 and x1 <= room[0] + 1 and y0 >= -1 and y1 <= room[1] + 1
                   for x0, x1, y0, y1 in found)  # fmt: skip
    assert len(found) + len(trace(chart, "number").x) >= 2


def test_the_largest_are_named_or_numbered_with_a_key(frame, bundled):
    given = institutions(60)
    chart = austin(given, frame, **bundled)
    first = given.sort_values(["awards", "unitid"], ascending=[False, True]).iloc[0]
    key = "".join(annotations(chart, "key")).replace("\u00a0", " ")
    words = f"{first.institution_name}, {first.awards:,}"
    assert words in [*annotations(chart, "point"), *[k.split(" ", 1)[1] for k in key.split("; ") if k]]
    numbers = trace(chart, "number")
    titles = given.set_index("unitid")
    assert key == "; ".join(
        f"{n} {titles.institution_name[u]}, {titles.awards[u]:,}"
        for n, u in zip(numbers.text, numbers.customdata, strict=True)
    )


def test_without_a_boundary_the_circles_stand_on_plain_ground_and_a_note_says_so(rows, frame):
    given = training.provider_rows(rows)
    chart = charts.providers_map(given, frame, area_code="4800006", level="metro")
    assert "No boundary is known for this area." in annotation(chart, "source")
    assert len(trace(chart, "institutions").x) == 3
    assert shapes(chart, "ground")
    assert not traces(chart, "area")


def test_nothing_to_draw_is_said(rows, frame):
    given = training.provider_rows(rows).assign(longitude=None)
    chart = charts.providers_map(given, frame, area_code="99999", level="state")
    assert "No institution with a known place and awards." in annotation(chart, "source")
    assert "No institution is on the map" in chart.alt


def test_far_away_institutions_are_counted_not_drawn(rows, frame):
    given = training.provider_rows(rows).assign(longitude=[-97.5, -97.5, -70.0, -97.9, None])
    chart = austin(given, frame)
    assert list(trace(chart, "institutions").customdata) == ["100001", "100002"]
    assert "1 institution outside the map" in annotation(chart, "source")


@pytest.mark.parametrize(
    ("code", "lon", "lat"), [("72", -66.1, 18.4), ("02", -149.9, 61.2), ("15", -157.9, 21.3)]
)
def test_islands_and_alaska_have_a_map_of_their_own(code, lon, lat, rows, frame, bundled):
    given = training.provider_rows(rows).head(1).assign(longitude=lon, latitude=lat)
    chart = charts.providers_map(given, frame, area_code=code, level="state", **bundled)
    xs, ys = (chart.figure.layout[axis].range for axis in ("xaxis", "yaxis"))
    point = trace(chart, "institutions")
    assert xs[0] < point.x[0] < xs[1]
    assert ys[0] < point.y[0] < ys[1]
    assert xs[1] - xs[0] < 0.7  # Alaska crosses the date line and must not become as wide as the world
    assert len(trace(chart, "area").x) > 20


def test_the_nation_has_alaska_and_hawaii_but_not_the_territories(rows, frame, bundled):
    given = training.provider_rows(rows).assign(
        longitude=[-97.5, -149.9, -157.9, -66.1, -82.0], latitude=[30.5, 61.2, 21.3, 18.4, 40.0], awards=50.0
    )
    chart = charts.providers_map(given, frame, area_code="US", level="nation", **bundled)
    points = trace(chart, "institutions")
    assert len(points.x) == 4
    assert "1 institution outside the map" in annotation(chart, "source")
    (left, right), (low, high) = (chart.figure.layout[axis].range for axis in ("xaxis", "yaxis"))
    assert all(left < x < right and low < y < high for x, y in zip(points.x, points.y, strict=True))
    assert "No boundary" not in annotation(chart, "source")


def test_only_the_largest_of_very_many_are_drawn(frame, bundled):
    given = institutions(450)
    chart = austin(given, frame, **bundled)
    assert len(trace(chart, "institutions").x) == 400
    assert "50 institutions with fewer awards" in annotation(chart, "source")
    assert len(chart.table) == 450


def test_names_from_people_are_shown_letter_by_letter(rows, frame):
    given = training.provider_rows(rows).head(3)
    given["institution_name"] = ["<b>x</b>", "=1+1", "École d’Ingénieurs, 技術大学, " * 5]
    chart = austin(given, frame)
    texts = [*annotations(chart, "point"), *annotations(chart, "key")]
    assert any("<b>x</b>, 400" in t for t in texts)
    assert not any("<b>" in a.text for a in chart.figure.layout.annotations)
    assert not any("<b>" in t for t in trace(chart, "institutions").hovertext)


def test_the_projection_keeps_areas():
    albers = local_projection([(-98.0, 30.0), (-97.0, 31.0)])

    def area(south, north):
        corners = [albers.at(*p) for p in ((-98, south), (-97.9, south), (-97.9, north), (-98, north))]
        pairs = zip(corners, corners[1:] + corners[:1], strict=True)
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2

    for low in (25, 30, 45):
        true = radians(0.1) ** 2 * cos(radians(low + 0.05))
        assert area(low, low + 0.1) == pytest.approx(true, rel=1e-3)


def test_the_date_line_is_crossed():
    alaska = local_projection([(-179.0, 52.0), (179.0, 52.0), (-140.0, 70.0)])
    one, other = alaska.at(-179.9, 52.0), alaska.at(179.9, 52.0)
    assert hypot(one[0] - other[0], one[1] - other[1]) < 0.01
    assert isinstance(alaska, Albers)


def test_every_state_lies_in_the_window_of_the_nation(bundled, rows, frame):
    chart = charts.providers_map(
        training.provider_rows(rows).head(1), frame, area_code="US", level="nation", **bundled
    )
    (left, right), (low, high) = (chart.figure.layout[axis].range for axis in ("xaxis", "yaxis"))
    national = National()
    for code, ring in rings(bundled["states"]):
        flat = [p for p in (national.at(*place) for place in ring) if p]
        if flat:
            box = window_around(flat)
            assert left <= box.left, code
            assert box.right <= right, code
            assert low <= box.bottom, code
            assert box.top <= high, code
