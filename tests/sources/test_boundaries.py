import json

import pandas as pd
import pytest

from lmi.domain.errors import BadFile
from lmi.sources import boundaries

# Two squares that share the line x = 1, which bends by 0.004 degrees at y = 0.5. Both run clockwise.
LEFT = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.004, 0.5), (1.0, 0.0), (0.0, 0.0)]
RIGHT = [(1.0, 0.0), (1.004, 0.5), (1.0, 1.0), (2.0, 1.0), (2.0, 0.0), (1.0, 0.0)]
ISLET = [(5.0, 5.0), (5.0, 5.01), (5.01, 5.01), (5.01, 5.0), (5.0, 5.0)]


def test_a_shared_line_is_simplified_once():
    out = boundaries.simplify({"L": [LEFT], "R": [RIGHT]}, tolerance=0.01, smallest=0.001)
    assert (1.004, 0.5) not in out["L"][0] + out["R"][0]
    fine = boundaries.simplify({"L": [LEFT], "R": [RIGHT]}, tolerance=0.001, smallest=0.001)
    assert (1.004, 0.5) in fine["L"][0]
    assert (1.004, 0.5) in fine["R"][0]


def test_neighbours_keep_the_same_points_though_they_run_the_other_way():
    # Two equal bends: whichever is met first is kept, and then the other is within tolerance.
    line = [(1.0, 0.0), (1.02, 0.25), (1.0, 0.5), (1.02, 0.75), (1.0, 1.0)]
    left, right = [(0.0, 0.0), (0.0, 1.0), *line[::-1], (0.0, 0.0)], [*line, (2.0, 1.0), (2.0, 0.0), line[0]]
    out = boundaries.simplify({"L": [left], "R": [right]}, tolerance=0.015, smallest=0.001)
    kept = [set(out[code][0]) & set(line) for code in "LR"]
    assert kept[0] == kept[1]
    assert len(kept[0]) == 3  # both ends and one bend


def test_a_point_where_three_areas_meet_stays_though_the_line_is_straight_there():
    above = [(0.0, 1.0), (0.0, 2.0), (2.0, 2.0), (2.0, 1.0), (1.0, 1.0), (0.0, 1.0)]
    out = boundaries.simplify({"A": [above], "L": [LEFT], "R": [RIGHT]}, tolerance=0.01, smallest=0.001)
    assert (1.0, 1.0) in out["A"][0]
    assert (1.0, 1.0) not in boundaries.simplify({"A": [above]}, tolerance=0.01, smallest=0.001)["A"][0]


def test_outer_rings_run_clockwise_whatever_the_file_has():
    out = boundaries.simplify({"L": [LEFT[::-1]]}, tolerance=0.01, smallest=0.001)
    assert boundaries.signed_area(out["L"][0]) == pytest.approx(-1.0)
    assert boundaries.signed_area(LEFT) == pytest.approx(-1.002)  # 1 + the bend's 0.004 / 2


def test_small_islands_go_unless_they_are_all_there_is():
    both = boundaries.simplify({"A": [LEFT, ISLET], "B": [ISLET]}, tolerance=0.01, smallest=0.001)
    assert len(both["A"]) == 1
    assert len(both["B"]) == 1
    assert abs(boundaries.signed_area(both["B"][0])) == pytest.approx(0.0001)  # not thinned to nothing


def test_a_closed_line_keeps_its_corners():
    ring = boundaries.simplify({"A": [LEFT]}, tolerance=0.01, smallest=0.001)["A"][0]
    assert ring[0] == ring[-1]
    assert set(ring) == {(0, 0), (0, 1), (1, 1), (1, 0)}


def area(*codes: str) -> pd.DataFrame:
    kinds = [{2: "state", 5: "metro"}[len(code)] for code in codes]
    names = [f"A {code}" for code in codes]
    return pd.DataFrame({"area_code": codes, "area_type": kinds, "short_name": names})


def test_only_the_areas_asked_for_with_code_and_name(raw):
    out = boundaries.parse(raw, area("48", "26420"))
    states, metros = (json.loads(out[f"{layer}.geojson"])["features"] for layer in ("states", "metros"))
    assert [(f["id"], f["properties"]) for f in states] == [("48", {"name": "A 48"})]
    assert [f["id"] for f in metros] == ["26420"]
    for feature in (*states, *metros):
        for polygon in feature["geometry"]["coordinates"]:
            assert boundaries.signed_area(polygon[0]) < 0


def test_an_area_without_boundary_is_refused(raw):
    with pytest.raises(BadFile, match=r"us_cbsa_2023.geojson: no boundary for 99998"):
        boundaries.parse(raw, area("48", "99998"))


def test_files_in_another_form_are_refused(copied, truncate):
    path = copied / boundaries.STATES
    content = json.loads(path.read_text())
    square = [[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 1]]
    content["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [square, hole]}
    path.write_text(json.dumps(content))
    with pytest.raises(BadFile, match=r"has a hole"):
        boundaries.parse(copied, area("48"))
    truncate(path)
    with pytest.raises(BadFile, match=r"us_states_2023.geojson cannot be read as GeoJSON"):
        boundaries.parse(copied, area("48"))


def test_the_empty_topology_has_the_layers_plotly_asks_for():
    content = json.loads(boundaries.empty_topology())
    assert content["type"] == "Topology"
    assert content["arcs"] == []
    assert set(content["objects"]) == {
        "coastlines",
        "land",
        "ocean",
        "lakes",
        "rivers",
        "countries",
        "subunits",
    }
    assert all(
        layer == {"type": "GeometryCollection", "geometries": []} for layer in content["objects"].values()
    )
