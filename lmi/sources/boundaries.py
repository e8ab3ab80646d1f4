"""Boundaries of states and metropolitan areas, simplified for the screen: Census cartographic
boundaries of 2023. See https://www.census.gov/geographies/mapping-files.html.

Lines that two areas share are simplified once, so neighbours still fit together."""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pandas as pd

from lmi.domain.errors import BadFile
from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.sources import reading

STATES = "geo/us_states_2023.geojson"
METROS = "geo/us_cbsa_2023.geojson"

SOURCE = Source(
    id="census_boundaries",
    publisher="U.S. Census Bureau",
    title="Cartographic boundaries of states and metropolitan areas, 2023",
    short_title="Census boundaries, 2023",
    url="https://www.census.gov/geographies/mapping-files/time-series/geo/cartographic-boundary.html",
    licence=US_PUBLIC_DOMAIN,
    attribution="U.S. Census Bureau, cartographic boundary files, 2023; simplified.",
    period="2023",
    released="2024",
    cadence="as needed",
    next_due="",
    files=(RawFile(STATES, "2026-11"), RawFile(METROS, "2026-11")),
    tables=(),
    caveats=("boundaries_simplified",),
    feeds_figures=False,
)

# What the map libraries fetch for any trace with a location mode, empty: our own boundaries suffice.
TOPOLOGY_FILES = ("usa_110m.json", "world_110m.json")
_LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
_TOLERANCE_DEGREES = {"states": 0.02, "metros": 0.02}
_SMALLEST_SQUARE_DEGREES = {"states": 0.002, "metros": 0.001}

Point = tuple[float, float]
Ring = list[Point]


def parse(raw: Path, area: pd.DataFrame) -> dict[str, str]:
    """File name -> GeoJSON text: states.geojson (territories included) and metros.geojson.

    area: the table of that name; each of its states and metropolitan areas must have a boundary.
    Feature id: area code; the one property is its short name. Degrees to 3 decimals; outer rings run
    clockwise, since d3 takes the other way round for the rest of the globe.
    """
    named = area.set_index("area_code")
    is_state = named.area_type.isin(["state", "territory"])
    wanted = {"states": named[is_state], "metros": named[named.area_type == "metro"]}
    files = {"states": STATES, "metros": METROS}
    return {
        f"{layer}.geojson": _collection(raw / files[layer], rows.short_name.to_dict(), layer)
        for layer, rows in wanted.items()
    }


def empty_topology() -> str:
    """A TopoJSON file with the layers that plotly.js looks for and nothing in them."""
    layers = {name: {"type": "GeometryCollection", "geometries": []} for name in _LAYERS}
    return json.dumps({"type": "Topology", "arcs": [], "objects": layers}) + "\n"


def _collection(path: Path, names: dict[str, str], layer: str) -> str:
    shapes = read_rings(path)
    lacking = sorted(set(names) - set(shapes))
    if lacking:
        raise BadFile(
            f"{path.name}: no boundary for {', '.join(lacking[:5])}.",
            f"{len(lacking)} of {len(names)} areas that OEWS publishes lack one.",
            "Get the boundaries that this OEWS release uses and put them there.",
        )
    rings = simplify(
        {code: shapes[code] for code in sorted(names)},
        _TOLERANCE_DEGREES[layer],
        _SMALLEST_SQUARE_DEGREES[layer],
    )
    features = [
        {
            "type": "Feature",
            "id": code,
            "properties": {"name": names[code]},
            "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings[code]]},
        }
        for code in sorted(names)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, separators=(",", ":"), ensure_ascii=False) + "\n"


def read_rings(path: Path, *, holes: bool = False) -> dict[str, list[Ring]]:
    """Feature id -> its outer rings, closed. holes: whether areas may have some, which are passed over;
    BadFile if not."""
    reading.require(path)
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        rings = {}
        for feature in features:
            geometry = feature["geometry"]
            shapes = (
                geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
            )
            if not holes and any(len(polygon) != 1 for polygon in shapes):
                raise BadFile(
                    f"{path.name}: {feature['id']} has a hole.",
                    "Only outer rings were expected.",
                    "If the publisher's areas have holes now, adapt the loader.",
                )
            rings[str(feature["id"])] = [[(float(x), float(y)) for x, y in polygon[0]] for polygon in shapes]
    except (ValueError, KeyError, TypeError) as error:
        raise BadFile(
            f"{path.name} cannot be read as GeoJSON.", f"{error!r}.", reading.OBTAIN_AGAIN
        ) from error
    return rings


def signed_area(ring: Ring) -> float:
    """Area of a closed ring in square degrees, negative where it runs clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def simplify(shapes: dict[str, list[Ring]], tolerance: float, smallest: float) -> dict[str, list[Ring]]:
    """Rings with fewer points, clockwise, rounded to 3 decimals; every shape keeps its largest ring.

    tolerance: how far, in degrees, a dropped point may lie from the new line. smallest: rings below
    this many square degrees are dropped, unless they are the shape's largest.
    """
    nodes = _junctions(ring for rings in shapes.values() for ring in rings)
    out: dict[str, list[Ring]] = {}
    for code, rings in shapes.items():
        largest = max(rings, key=lambda ring: abs(signed_area(ring)))
        kept = []
        for ring in rings:
            if ring is not largest and abs(signed_area(ring)) < smallest:
                continue
            thin = _rounded(_thin_ring(ring, nodes, tolerance))
            if len(thin) < 4 or abs(signed_area(thin)) < abs(signed_area(ring)) / 2:
                thin = _rounded(ring)
            kept.append(thin if signed_area(thin) < 0 else thin[::-1])
        out[code] = kept
    return out


def _junctions(rings: Iterable[Ring]) -> set[Point]:
    """Points where lines of several shapes meet or part: those with more than two neighbours."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for a, b in pairwise(ring):
            neighbours[a].add(b)
            neighbours[b].add(a)
    return {point for point, others in neighbours.items() if len(others) != 2}


def _thin_ring(ring: Ring, nodes: set[Point], tolerance: float) -> Ring:
    """The ring with each stretch between junctions thinned by itself."""
    body = ring[:-1]
    at = [i for i, point in enumerate(body) if point in nodes] or [body.index(min(body))]
    body = body[at[0] :] + body[: at[0]]
    stops = [i - at[0] for i in at] + [len(body)]
    body.append(body[0])
    thin = [body[0]]
    for start, end in pairwise(stops):
        line = body[start : end + 1]
        flipped = line[::-1] < line  # one direction for both neighbours
        kept = _thin_line(line[::-1] if flipped else line, tolerance)
        thin += (kept[::-1] if flipped else kept)[1:]
    return thin


def _thin_line(line: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker's method; a closed line is first cut at the point farthest from its start."""
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        distances = [_distance(line[i], line[first], line[last]) for i in range(first + 1, last)]
        if not distances or max(distances) <= tolerance:
            continue
        middle = first + 1 + distances.index(max(distances))
        keep.add(middle)
        stack += [(first, middle), (middle, last)]
    return [line[i] for i in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Distance in degrees of a point from a stretch of line (or from its start, if it has no length)."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return float(((point[0] - start[0] - along * dx) ** 2 + (point[1] - start[1] - along * dy) ** 2) ** 0.5)


def _rounded(ring: Ring) -> Ring:
    """The ring at 3 decimals without repeated points."""
    points = [(round(x, 3), round(y, 3)) for x, y in ring]
    return [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
