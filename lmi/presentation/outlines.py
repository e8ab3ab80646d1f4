"""Boundaries as plain lines: projected here, so that names can be measured and nothing is fetched.

Equal-area conic (Albers) everywhere, centred on the area shown; the nation has Alaska and Hawaii as insets.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, radians, sin, sqrt
from typing import Any, Protocol

Geo = Mapping[str, Any]
Point = tuple[float, float]
_FINEST = 900  # an outline keeps no detail smaller than this part of the window


class Projection(Protocol):
    """Longitude and latitude to a flat map; None for a place that is not on it."""

    def at(self, lon: float, lat: float) -> Point | None:
        """The place on the map."""


@dataclass(frozen=True)
class Albers:
    """Equal-area conic: parallels south and north are true to scale, lon0 points up."""

    lon0: float
    lat0: float
    south: float
    north: float
    scale: float = 1.0
    move: Point = (0.0, 0.0)

    @cached_property
    def _cone(self) -> tuple[float, float, float]:
        n = (sin(radians(self.south)) + sin(radians(self.north))) / 2 or 1e-6
        c = cos(radians(self.south)) ** 2 + 2 * n * sin(radians(self.south))
        return n, c, sqrt(max(c - 2 * n * sin(radians(self.lat0)), 0)) / n

    def at(self, lon: float, lat: float) -> Point:
        """The place on the map; the unit is the radius of the Earth."""
        n, c, rho0 = self._cone
        theta = n * radians((lon - self.lon0 + 180) % 360 - 180)
        rho = sqrt(max(c - 2 * n * sin(radians(lat)), 0)) / n
        x, y = rho * sin(theta), rho0 - rho * cos(theta)
        return x * self.scale + self.move[0], y * self.scale + self.move[1]


class National:
    """The fifty states: Alaska (at about a third of the scale) and Hawaii below the south-west."""

    _main = Albers(-96.0, 38.5, 29.5, 45.5)
    _alaska = Albers(-154.0, 60.0, 55.0, 65.0, 0.34, (-0.3, -0.195))
    _hawaii = Albers(-157.3, 20.6, 8.0, 18.0, 1.0, (-0.16, -0.205))

    def at(self, lon: float, lat: float) -> Point | None:
        """The place on the map; territories have none."""
        if lat > 50 and (lon < -128 or lon > 170):
            return self._alaska.at(lon, lat)
        if lat < 30 and -179 < lon < -150:
            return self._hawaii.at(lon, lat) if lon > -161.5 and lat > 18 else None
        return self._main.at(lon, lat) if -126 < lon < -66 and 24 < lat < 50 else None


@dataclass(frozen=True)
class Window:
    """The part of the flat map that is shown."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """Of the window, in units of the map."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Of the window, in units of the map."""
        return self.top - self.bottom

    def holds(self, point: Point) -> bool:
        """Whether the point lies in it."""
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top

    def grown(self, share: float) -> "Window":
        """With so much of the larger side added all round."""
        by = share * max(self.width, self.height)
        return Window(self.left - by, self.right + by, self.bottom - by, self.top + by)


def window_around(points: Iterable[Point]) -> Window:
    """The smallest window that holds the points."""
    xs, ys = zip(*points, strict=True)
    return Window(min(xs), max(xs), min(ys), max(ys))


def rings(geo: Geo | None, codes: Collection[str] | None = None) -> Iterator[tuple[str, list[Point]]]:
    """Every closed line of the features of a GeoJSON with its id; codes: of these features only."""
    for feature in (geo or {}).get("features", ()):
        code, shape = str(feature.get("id", "")), feature.get("geometry") or {}
        if codes is None or code in codes:
            parts = shape.get("coordinates", [])
            for part in [parts] if shape.get("type") == "Polygon" else parts:
                for ring in part:
                    yield code, [(float(p[0]), float(p[1])) for p in ring]


def local_projection(places: Sequence[Point]) -> Albers:
    """A projection for an area that holds these longitudes and latitudes."""
    first = places[0][0]
    lons = [first + (lon - first + 180) % 360 - 180 for lon, _ in places]  # over the date line
    lats = [lat for _, lat in places]
    low, high = min(lats), max(lats)
    sixth = (high - low) / 6
    return Albers((min(lons) + max(lons)) / 2, (low + high) / 2, low + sixth, high - sixth)


def lines_in(
    geo: Geo | None, projection: Projection, window: Window, without: Collection[str] = ()
) -> tuple[list[float | None], list[float | None]]:
    """The outlines that reach into the window as x and y with gaps (None) between them."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    fine = max(window.width, window.height) / _FINEST
    for code, ring in rings(geo):
        flat = [p for p in (projection.at(*place) for place in ring) if p is not None]
        if code in without or len(flat) < 3 or not _touches(flat, window):
            continue
        kept = _thinned(flat, fine)
        if len(kept) > 3:
            xs += [*(x for x, _ in kept), None]
            ys += [*(y for _, y in kept), None]
    return xs, ys


def _touches(flat: Sequence[Point], window: Window) -> bool:
    box = window_around(flat)
    return not (
        box.right < window.left or box.left > window.right
        or box.top < window.bottom or box.bottom > window.top
    )  # fmt: skip


def _thinned(flat: Sequence[Point], fine: float) -> list[Point]:
    """Without points closer than `fine` to the one before; closed."""
    kept = [flat[0]]
    for point in flat[1:-1]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= fine:
            kept.append(point)
    return [(round(x, 6), round(y, 6)) for x, y in [*kept, flat[0]]]
