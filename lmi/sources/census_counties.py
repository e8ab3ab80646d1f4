"""Counties of the United States and where they lie: names and cartographic boundaries of 2023 from the
Census. See https://www.census.gov/geographies/mapping-files.html."""

from itertools import pairwise
from pathlib import Path

import pandas as pd

from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading
from lmi.sources.boundaries import Point, Ring, read_rings, signed_area

NAMES = "geo/county_names_2023.csv"
BOUNDARIES = "geo/us_counties_2023.geojson"

SOURCE = Source(
    id="census_counties",
    publisher="U.S. Census Bureau",
    title="Counties and their equivalents, 2023: names and cartographic boundaries",
    short_title="Census counties, 2023",
    url="https://www.census.gov/geographies/mapping-files/time-series/geo/cartographic-boundary.html",
    licence=US_PUBLIC_DOMAIN,
    attribution="U.S. Census Bureau, cartographic boundary files, 2023.",
    period="2023",
    released="2024",
    cadence="as needed",
    next_due="",
    files=(RawFile(NAMES, "2026-11"), RawFile(BOUNDARIES, "2026-11")),
    tables=("county",),
    caveats=("county_middles",),
    feeds_figures=False,
)

# Where a city stands beside a county of the same name; the Census numbers such cities from 510.
_INDEPENDENT_CITIES = ("24", "29", "51")


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table county: names without 'County' as the file has them, but independent cities with 'city', and
    the middle of each; null where no boundary is published."""
    path = raw / NAMES
    columns = {"county_fips": "COUNTY_FIPS", "state_fips": "STATE_FIPS", "county_name": "COUNTY_NAME"}
    out = reading.read_csv(path, columns)
    reading.codes(out.county_fips, r"\d{5}", path.name)
    reading.codes(out.state_fips, r"\d{2}", path.name)
    middles = {fips: middle(rings) for fips, rings in read_rings(raw / BOUNDARIES, holes=True).items()}
    out["longitude"] = [middles[fips][0] if fips in middles else None for fips in out.county_fips]
    out["latitude"] = [middles[fips][1] if fips in middles else None for fips in out.county_fips]
    is_city = out.state_fips.isin(_INDEPENDENT_CITIES) & (out.county_fips.str[2:] >= "510")
    bare = is_city & ~out.county_name.str.casefold().str.endswith("city")
    out["county_name"] = out.county_name.mask(bare, out.county_name + " city")
    return {"county": reading.conform(out, TABLE_BY_ID["county"], path.name)}


def middle(rings: list[Ring]) -> Point:
    """Longitude and latitude (degrees, 4 decimals) of the balance point of closed rings.

    Rings on both sides of the 180th meridian are joined across it.
    """
    across = max(x for ring in rings for x, _ in ring) - min(x for ring in rings for x, _ in ring) > 180
    joined = [[(x - 360 if across and x > 0 else x, y) for x, y in ring] for ring in rings]
    joined = [ring for ring in joined if signed_area(ring)]  # slivers that lost their width to rounding
    weights = [abs(signed_area(ring)) for ring in joined]
    centers = [_center(ring) for ring in joined]
    whole = sum(weights)
    x = sum(w * c[0] for w, c in zip(weights, centers, strict=True)) / whole
    y = sum(w * c[1] for w, c in zip(weights, centers, strict=True)) / whole
    return round(x + 360 if x < -180 else x, 4), round(y, 4)


def _center(ring: Ring) -> Point:
    """The balance point of one closed ring."""
    area, x, y = 0.0, 0.0, 0.0
    x0, y0 = ring[0]  # near the ring, so that nothing is lost in large products
    for (ax, ay), (bx, by) in pairwise(ring):
        cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        area += cross
        x += cross * (ax + bx - 2 * x0)
        y += cross * (ay + by - 2 * y0)
    return x0 + x / (3 * area), y0 + y / (3 * area)
