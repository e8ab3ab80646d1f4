"""The document of the explorable network: its data, its texts, and that nothing in it asks the network."""

import itertools
import json
import math
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.domain.errors import BadInput
from lmi.domain.settings import MapDetail
from lmi.presentation import explorer_page, theme
from lmi.presentation.explorer_times import place_times
from lmi.presentation.explorer_words import flat
from lmi.presentation.pathway_explorer import explorer_html
from lmi.presentation.text import measure
from tests.presentation import pathways

COLUMNS = pathways.COLUMNS
WORDS = pathways.WORDS | {
    "move_validated": "Validated by employers", "reading_advance": "Advance", "reading_lateral": "Lateral",
    "reading_leap": "Leap", "reading_not_rated": "Not rated",
}  # fmt: skip
ALL = pathways.DETAIL
ACCENT = "#0072B2"
HOSTILE = [
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "<!--<script>", "\"quotes' & &amp;",
    "مساعد تمريض", "Nurses " * 43, '<a href="https://example.org">href</a>',
    "{{ x }} ${x} [[library]] [[data]]",
    "javascript:alert(1)", "\u2028 line \u2029 ends",
]  # fmt: skip


def job(soc: str, stage: str, **other: object) -> dict[str, object]:
    """A row of nodes, in full."""
    return pathways.node(soc, f"Job {soc}", stage, pay=50_000.0, openings=100.0) | other


def move(start: str, goal: str, **other: object) -> dict[str, object]:
    """A row of moves, in full."""
    return pathways.move(start, goal, pay_ratio=1.2, months_low=6.0, months_high=12.0) | other


NODES = pd.DataFrame(
    [
        job("A", "entry", openings=400.0),
        job("B", "trained", in_demand=False),
        job("C", "skilled", openings=math.nan, in_demand=None, pay=math.nan),
        job("D", "advanced", target=True, openings=50.0, pay=239_200.0, pay_top_coded=True),
        job("E", "trained", origin="neighbour", openings=200.0),
        job("F", "skilled", title="Job beside C"),
    ]
)
MOVES = pd.DataFrame(
    [
        move("A", "B", organisations=("St. Mary's", "Mercy")),
        move("A", "D", status="validated"),
        move("B", "C", status="suggested", kind="", months_low=math.nan, months_high=math.nan),
        move("B", "E", kind="lateral", crossover=True, credential="Certificate", license="State license"),
        move("C", "D", pay_ratio=math.nan, pay_area=""),
        move("E", "F", pay_ratio=0.9, pay_area="nation"),
    ]
)
NO_MOVES = MOVES.iloc[:0]


def document(nodes: pd.DataFrame = NODES, moves: pd.DataFrame = MOVES, **other: object) -> str:
    """The document with the texts above, unless others are given."""
    given = {
        "columns": COLUMNS, "words": WORDS, "detail": ALL, "links": {"A": "./occupation?soc=A"},
        "accent": ACCENT, "title": "Nursing", "filename": "nursing", **other,
    }  # fmt: skip
    return explorer_html(nodes, moves, **given)


def data_of(text: str) -> dict:
    """The data in a document, cut out as a browser does: up to the first end of a script."""
    start = '<script type="application/json" id="data">'
    return json.loads(text[text.index(start) + len(start) :].split("</script", 1)[0])


def by_id(data: dict) -> dict[str, dict]:
    return {node["id"]: node for node in data["nodes"]}


def edges_of(data: dict, start: str, goal: str) -> list[dict]:
    """The stretches of a move, from start to goal."""
    found = []
    for number in {e["move"] for e in data["edges"]}:
        chain = [e for e in data["edges"] if e["move"] == number]
        if (chain[0]["from"], chain[-1]["to"]) == (start, goal):
            found = chain
    return found


class Elements(HTMLParser):
    """Every element of a document with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found.append((tag, dict(attrs)))


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=120))
def test_any_title_reaches_the_document_as_the_same_text(text):
    check_title(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_title_reaches_the_document_as_the_same_text(text):
    check_title(text)
    check_title(text, dark=True)


def check_title(text: str, dark: bool = False) -> None:
    nodes = NODES.assign(title=[text, *NODES.title[1:]])
    page = document(nodes, title=text, dark=dark, words=WORDS | {"in_demand": text})
    data = data_of(page)
    assert data["jobs"]["A"]["title"] == flat(text)
    assert data["title"] == flat(text)
    assert f"From: {flat(text)}" in data["moves"][0]["lines"]
    bare = "".join(flat(text).split()) or "A"
    assert "".join(by_id(data)["A"]["label"].split()).startswith(bare)  # never cut
    assert len(Elements(page).found) == len(Elements(document()).found)
    raw = page[page.index('id="data">') + 10 :].split("</script", 1)[0]
    assert not set(raw) & set("<>&\u2028\u2029")


def test_the_parts_of_the_template_are_put_in_once_whatever_the_texts_say():
    page = document(NODES.assign(title="[[library]] [[data]] [[script]]"), title="[[library]]")
    assert page.count("@license") == document().count("@license") > 0
    assert "[[library]]" in page
    assert page.count('id="data"') == 1


def test_the_document_fetches_nothing_and_may_not():
    elements = Elements(document(dark=True)).found
    assert [tag for tag, _ in elements].count("script") == 3
    for tag, given_attributes in elements:
        assert tag not in {"link", "img", "iframe", "base", "object"}
        assert not set(given_attributes) & {"src", "href", "srcset", "data", "action"}
    policy = next(a["content"] for _, a in elements if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert not re.search(r"https?:|\*|unsafe-eval", policy)
    assert "sourceMappingURL" not in document()
    assert not re.search(r"url\(\s*['\"]?https?:|@import", document())


def test_no_text_goes_where_pyvis_or_vis_would_read_markup():
    data = data_of(document())
    for part in (*data["nodes"], *data["edges"]):
        assert "title" not in part
        assert not part.get("font", {}).get("multi", False)


def test_area_is_in_proportion_to_openings_for_dots_and_squares():
    nodes = by_id(data_of(document()))
    area = {soc: math.pi * nodes[soc]["size"] ** 2 for soc in ("A", "B")}
    area["E"] = 4 * nodes["E"]["size"] ** 2  # a square of half side size
    assert nodes["E"]["shape"] == "square"
    assert area["A"] / area["B"] == pytest.approx(4)
    assert area["E"] / area["B"] == pytest.approx(2)


def test_withheld_figures_are_neither_zero_nor_left_unsaid():
    data = data_of(document())
    node, lines = by_id(data)["C"], data["jobs"]["C"]["lines"]
    assert node["shape"] == "diamond"
    assert node["size"] <= min(by_id(data)[soc]["size"] for soc in "ABDF")
    assert node["color"]["background"] == theme.PAPER
    assert "pay not published" in node["label"]
    assert {"Median pay: not published", "Openings a year: not published", "Demand not known"} <= set(lines)
    assert not re.search(r"\b0\b", node["label"] + " ".join(lines))
    assert "≥ $239,200" in by_id(data)["D"]["label"]


def test_demand_shows_without_colour():
    data = data_of(document())
    nodes = by_id(data)
    assert nodes["A"]["color"]["background"] == ACCENT
    assert nodes["B"]["color"] == {"background": theme.PAPER, "border": theme.TEXT}
    assert not nodes["B"]["shapeProperties"]["borderDashes"]
    assert nodes["C"]["shapeProperties"]["borderDashes"]
    plain = data_of(document(detail=MapDetail(True, False, False, True, True, 30)))
    assert all(node["color"]["background"] != ACCENT for node in plain["nodes"] if node["id"] in "ABCDEF")
    assert not {key["mark"] for key in plain["legend"]} & {"yes", "no", "unknown"}


def test_a_label_tells_what_the_audience_asks_for():
    asked = data_of(document(detail=MapDetail(False, True, False, False, True, 30)))
    assert by_id(asked)["A"]["label"] == "Job A"
    assert not times_of(asked)
    assert by_id(data_of(document()))["A"]["label"] == "Job A\n$50,000\n400 openings a year"


def test_goals_stand_out():
    nodes = by_id(data_of(document()))
    assert nodes["D"]["borderWidth"] > nodes["A"]["borderWidth"]


def test_lines_tell_the_status_and_what_crosses():
    data = data_of(document())
    line = {pair: edges_of(data, *pair)[0] for pair in zip(MOVES.start, MOVES.goal, strict=True)}
    proposed, validated, suggested = line["A", "B"], line["A", "D"], line["B", "C"]
    assert validated["dashes"] is False
    assert proposed["dashes"][0] > suggested["dashes"][0]
    assert suggested["color"]["color"] != proposed["color"]["color"] == validated["color"]["color"]
    assert line["B", "E"]["width"] < proposed["width"]
    assert edges_of(data, "B", "E")[-1]["arrows"]["to"]["type"] != proposed["arrows"]["to"]["type"]


def test_a_move_over_several_columns_is_one_line_that_passes_other_jobs():
    data = data_of(document())
    chain, nodes = edges_of(data, "A", "D"), by_id(data)
    assert len(chain) > 2
    for one, other in itertools.pairwise(chain):
        assert one["to"] == other["from"]
        assert not one["arrows"]["to"]["enabled"]
    assert chain[-1]["arrows"]["to"]["enabled"]
    for edge in chain[:-1]:
        point = nodes[edge["to"]]
        assert point["size"] == 0
        for soc in "ABCDEF":
            lines = nodes[soc]["label"].count("\n") + 1
            top, bottom = (
                nodes[soc]["y"] - nodes[soc]["size"],
                nodes[soc]["y"] + nodes[soc]["size"] + 14 * lines,
            )
            assert abs(point["x"] - nodes[soc]["x"]) > 60 or not top < point["y"] < bottom


def test_moves_within_a_layer_bend_around_the_labels():
    nodes = pd.DataFrame([job("A", "entry"), job("B", "entry")])
    data = data_of(document(nodes, pd.DataFrame([move("A", "B"), move("B", "A")])))
    places = by_id(data)
    sides = {number: places[f"{number}/1"]["x"] - places["A"]["x"] for number in (0, 1)}
    assert sides[0] == -sides[1]
    assert abs(sides[0]) > 66  # half of a label of 18 characters


def test_stages_are_columns_from_left_to_right_with_their_headers():
    data = data_of(document())
    nodes = by_id(data)
    stages = dict(zip(NODES.soc, NODES.stage, strict=True))
    assert [c["head"] for c in data["columns"]] == ["Start", "Trained", "Skilled", "Advanced"]
    for column, (stage, _, under) in zip(data["columns"], COLUMNS, strict=True):
        assert column["sub"] == under
        inside = {soc for soc in stages if column["left"] < nodes[soc]["x"] < column["right"]}
        assert inside == {soc for soc, own in stages.items() if own == stage}
    lone = data_of(document(NODES[NODES.stage == "skilled"], NO_MOVES))
    assert [c["head"] for c in lone["columns"]] == ["Skilled"]


def times_of(data: dict) -> list[dict]:
    """The nodes that are words of a time."""
    return [node for node in data["nodes"] if "move" in node]


def covers(one: tuple, other: tuple) -> bool:
    """Whether two boxes (left, top, right, bottom) overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def curve(data: dict, number: int, samples: int = 40) -> list[tuple[float, float]]:
    """Points of a move as vis-network draws it: level cubic curves from point to point."""
    nodes, out = by_id(data), []
    for edge in (e for e in data["edges"] if e["move"] == number):
        a, b = nodes[edge["from"]], nodes[edge["to"]]
        bend = edge["smooth"]["roundness"] * (b["x"] - a["x"])
        for k in range(samples + 1):
            t = k / samples
            parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            xs, ys = (a["x"], a["x"] + bend, b["x"] - bend, b["x"]), (a["y"], a["y"], b["y"], b["y"])
            out.append(tuple(sum(p * v for p, v in zip(parts, each, strict=True)) for each in (xs, ys)))
    return out


def crowd() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two columns of four, each with moves to two, and jobs with long names further right."""
    stages = [stage for stage, _, _ in COLUMNS]
    title = "Licensed Practical and Licensed Vocational Nurses"
    jobs = [job(f"{s[0]}{i}", s, title=title) for s in stages for i in range(4)]
    pairs = [(f"{a[0]}{i}", f"{b[0]}{(i + k) % 4}") for a, b in itertools.pairwise(stages)
             for i in range(4) for k in range(2)]  # fmt: skip
    far = [(f"e{i}", f"a{i}") for i in range(2)]
    return pd.DataFrame(jobs), pd.DataFrame([move(*pair) for pair in (*pairs, *far)])


def test_times_stand_on_their_own_line_and_cover_no_name_no_time_and_no_other_line():
    data = data_of(document(*crowd()))
    nodes, told = by_id(data), times_of(data)
    assert 6 < len(told) < len(data["moves"])
    rooms = []
    for node in nodes.values():
        if node["id"] in data["jobs"]:
            lines, x, bottom = node["label"].split("\n"), node["x"], node["y"] + node["size"]
            half = max(measure(line, 14) for line in lines) / 2
            rooms += [(x - half, bottom, x + half, bottom + 14 * len(lines))]
    for time in told:
        half = measure(time["label"], 12) / 2
        room = (time["x"] - half, time["y"] - 7, time["x"] + half, time["y"] + 7)
        assert not any(covers(room, other) for other in rooms)
        rooms.append(room)
        met = {n for n in range(len(data["moves"])) for x, y in curve(data, n) if covers(room, (x, y, x, y))}
        assert met == {time["move"]}
        assert time["label"] == "6–12 mo"
    assert all("Typical time: 6–12 months" in tip["lines"] for tip in data["moves"])


def test_times_on_lines_close_to_each_other_stand_one_beside_the_other():
    paths = [[(0.0, y), (400.0, y)] for y in (0.0, 12.0)]
    (x0, y0), (x1, y1) = place_times(["6–12 mo"] * 2, paths, [])
    assert (y0, y1) == (0.0, 12.0)
    assert abs(x0 - x1) >= measure("6–12 mo", 12)
    assert place_times(["6–12 mo"], [[(0.0, 0.0), (30.0, 90.0)]], [(0.0, 30.0, 0.0, 90.0)]) == [None]


def test_an_estimated_time_is_marked_on_its_line_in_its_tip_and_explained():
    data = data_of(document(moves=MOVES.assign(months_estimated=[True, *[False] * 5])))
    labels = {node["move"]: node["label"] for node in times_of(data)}
    first = next(n for n, tip in enumerate(data["moves"]) if tip["lines"][:2] == ["From: Job A", "To: Job B"])
    assert labels.pop(first) == "~6–12 mo"
    assert set(labels.values()) == {"6–12 mo"}
    lines = data["moves"][first]["lines"]
    assert "Rough estimate: 6–12 months" in lines
    assert not any("Typical time" in line for line in lines)
    assert data["legend"][-1] == {"mark": "words", "words": "~: rough estimate"}
    assert "~" not in json.dumps(data_of(document()), ensure_ascii=False)


def test_a_tip_says_where_pay_is_a_lower_bound():
    data = data_of(document(moves=MOVES.assign(pay_at_least=True)))
    assert "At least 20% more pay here" in data["moves"][0]["lines"]


def test_a_name_hides_the_lines_behind_it():
    for dark in (False, True):
        data = data_of(document(dark=dark))
        for node in (*(by_id(data)[soc] for soc in "ABCDEF"), *times_of(data)):
            font = node["font"]
            assert font["background"] == font["strokeColor"] == data["look"]["paper"]
            assert font["strokeWidth"] > 0


def test_labels_side_by_side_stay_apart_however_many_openings():
    for openings, line in ((10_000.0, "10,000 openings a year"), (765_800.0, "765,800 a year")):
        nodes = pd.DataFrame([job("A", "entry", openings=openings), job("B", "trained", openings=openings)])
        found = by_id(data_of(document(nodes, NO_MOVES)))
        assert found["A"]["label"].split("\n")[-1] == line
        assert measure(line, 14) < found["B"]["x"] - found["A"]["x"]


def test_the_extent_holds_the_moves_beside_the_outer_columns():
    nodes = pd.DataFrame([job("A", "entry"), job("B", "entry")])
    data = data_of(document(nodes, pd.DataFrame([move("A", "B"), move("B", "A")])))
    for node in data["nodes"]:
        assert data["box"]["left"] <= node["x"] <= data["box"]["right"]


def test_the_caption_is_given_as_plain_lines_and_stands_nowhere_on_the_page():
    page = document(caption=("Jobs by stage", HOSTILE[1], " ", "Source: OEWS\nMay 2025"))
    assert data_of(page)["caption"] == ["Jobs by stage", HOSTILE[1], "Source: OEWS May 2025"]
    assert page.count("Jobs by stage") == 1
    assert len(Elements(page).found) == len(Elements(document()).found)
    assert data_of(document())["caption"] == []


def test_a_tip_tells_all_that_is_known_of_a_move():
    tips = {tuple(t["lines"][:2]): t for t in data_of(document())["moves"]}
    first = tips["From: Job A", "To: Job B"]
    assert first["title"] == "Proposed"
    assert first["lines"][2:] == [
        "Advance", "20% more pay here", "Typical time: 6–12 months", "Supported by: St. Mary's, Mercy",
    ]  # fmt: skip
    second = tips["From: Job B", "To: Job E"]["lines"]
    assert {"Credential: Certificate", "License: State license"} <= set(second)
    assert "10% less pay nationally" in tips["From: Job E", "To: Job beside C"]["lines"]
    assert not any("Typical time" in line for line in tips["From: Job B", "To: Job C"]["lines"])


def test_the_legend_explains_what_occurs_and_nothing_else():
    marks = [key["mark"] for key in data_of(document())["legend"]]
    assert marks == [
        "yes", "no", "unknown", "sizes", "diamond", "target", "square", "validated", "proposed", "suggested",
        "lateral", "thin", "words",
    ]  # fmt: skip
    few = data_of(document(NODES[:1], NO_MOVES))["legend"]
    assert [key["mark"] for key in few] == ["yes", "sizes", "words"]
    assert few[2]["words"] == "Under each job: median pay a year and openings a year"
    assert few[1]["words"] == "Area: openings a year, at most 400"
    script = explorer_page._asset("explorer.js")
    assert all(re.search(rf"^      {mark}: ", script, re.MULTILINE) for mark in marks)


def test_small_marks_of_one_size_are_said_to_be_alike():
    nodes = pd.DataFrame(
        [job("A", "entry", openings=10_000.0), *(job(s, "entry", openings=9.0) for s in "BC")]
    )
    words = next(k["words"] for k in data_of(document(nodes, NO_MOVES))["legend"] if k["mark"] == "sizes")
    assert words == "Area: openings a year, at most 10,000, under 459 alike"


@pytest.mark.parametrize("dark", [False, True])
def test_text_and_marks_stand_out_from_the_background(dark):
    for accent in (ACCENT, "#000000", "#D55E00"):
        look = explorer_page.look_of(accent, dark)
        assert min(theme.contrast(c, look.paper) for c in (look.text, look.quiet)) >= 4.5
        assert min(theme.contrast(c, look.paper) for c in (look.line, look.accent)) >= 3
    assert (theme.relative_luminance(look.paper) < 0.1) == dark


def test_the_image_of_a_dark_page_is_for_paper():
    dark, light = data_of(document(dark=True)), data_of(document())
    assert dark["print"]["nodes"] == light["nodes"]
    assert dark["print"]["edges"] == light["edges"]
    assert dark["print"]["look"] == light["look"] != dark["look"]
    assert dark["nodes"] != light["nodes"]
    assert "print" not in light


def test_an_accent_that_is_no_colour_is_refused():
    for dark in (False, True):
        with pytest.raises(BadInput):
            document(accent="red;} body{display:none", dark=dark)


def test_only_known_jobs_have_links():
    data = data_of(document(links={"A": "./occupation?soc=A", "Z": "./occupation?soc=Z"}))
    assert {soc: tip["href"] for soc, tip in data["jobs"].items() if tip["href"]} == {
        "A": "./occupation?soc=A"
    }


def test_the_network_says_itself():
    alt = data_of(document())["alt"]
    assert alt.startswith("Nursing. Network, 6 jobs. Moves: 1 validated, 4 proposed, 1 suggested.")
    assert "Goals: Job D" in alt


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_or_one_job_without_moves_is_drawn(count):
    data = data_of(document(NODES[:count], NO_MOVES))
    assert len(data["nodes"]) == count
    assert data["edges"] == []
    assert data["box"]["right"] > data["box"]["left"]


def test_the_order_of_the_rows_changes_nothing():
    assert document(NODES[::-1], MOVES[::-1]) == document()
