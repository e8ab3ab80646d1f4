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
from lmi.presentation.explorer_words import flat
from lmi.presentation.pathway_explorer import explorer_html

COLUMNS = [
    ("entry", "Entry", "short training"),
    ("trained", "Trained", "a certificate"),
    ("skilled", "Skilled", "a license"),
    ("advanced", "Advanced", "a bachelor's degree"),
]
WORDS = {
    "move_proposed": "Proposed", "move_validated": "Validated by employers", "move_suggested": "Suggested",
    "reading_advance": "Advance", "reading_lateral": "Lateral", "reading_sideways": "Sideways",
    "reading_leap": "Leap", "reading_not_rated": "Not rated", "in_demand": "In demand",
    "median_pay": "Median pay", "openings_a_year": "Openings a year",
}  # fmt: skip
ALL = MapDetail(pay=True, demand=True, openings=True, times=True, suggested=True, most=30)
ACCENT = "#0072B2"
HOSTILE = [
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "<!--<script>", "\"quotes' & &amp;",
    "مساعد تمريض", "Nurses " * 43, '<a href="https://example.org">href</a>',
    "{{ x }} ${x} [[library]] [[data]]",
    "javascript:alert(1)", "\u2028 line \u2029 ends",
]  # fmt: skip


def job(soc: str, stage: str, **other: object) -> dict[str, object]:
    """A row of nodes, in full."""
    return {
        "soc": soc, "title": f"Job {soc}", "stage": stage, "pay": 50_000.0, "pay_top_coded": False,
        "openings": 100.0, "in_demand": True, "target": False, "origin": "pathway", **other,
    }  # fmt: skip


def move(start: str, goal: str, **other: object) -> dict[str, object]:
    """A row of moves, in full."""
    return {
        "start": start, "goal": goal, "status": "proposed", "reading": "advance", "kind": "advance",
        "pay_ratio": 1.2, "pay_area": "here", "months_low": 6.0, "months_high": 12.0, "credential": "",
        "license": "", "organisations": (), "crossover": False, **other,
    }  # fmt: skip


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
    assert not any("label" in edge for edge in asked["edges"])
    assert by_id(data_of(document()))["A"]["label"] == "Job A\n$50,000\n400 a year"


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
    assert [c["head"] for c in data["columns"]] == ["Entry", "Trained", "Skilled", "Advanced"]
    for column, (stage, _, under) in zip(data["columns"], COLUMNS, strict=True):
        assert column["sub"] == under
        inside = {soc for soc in stages if column["left"] < nodes[soc]["x"] < column["right"]}
        assert inside == {soc for soc, own in stages.items() if own == stage}
    lone = data_of(document(NODES[NODES.stage == "skilled"], NO_MOVES))
    assert [c["head"] for c in lone["columns"]] == ["Skilled"]


def test_times_stand_where_they_cover_nothing():
    many = pd.DataFrame(
        [job(f"{s}{i}", stage) for s, stage in (("a", "entry"), ("b", "trained")) for i in range(6)]
    )
    moves = pd.DataFrame([move(f"a{i}", f"b{j}") for i in range(6) for j in range(6)])
    data = data_of(document(many, moves))
    nodes, told = by_id(data), [e for e in data["edges"] if "label" in e]
    assert 3 < len(told) < len(moves)
    middles = [
        ((nodes[e["from"]]["x"] + nodes[e["to"]]["x"]) / 2, (nodes[e["from"]]["y"] + nodes[e["to"]]["y"]) / 2)
        for e in told
    ]
    for i, (x, y) in enumerate(middles):
        assert told[i]["label"] == "6–12 mo"
        for other_x, other_y in middles[i + 1 :]:
            assert abs(x - other_x) >= 40 or abs(y - other_y) >= 12
    assert all("Typical time: 6–12 months" in tip["lines"] for tip in data["moves"])


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
        "lateral", "thin",
    ]  # fmt: skip
    few = data_of(document(NODES[:1], NO_MOVES))["legend"]
    assert [key["mark"] for key in few] == ["yes", "sizes"]
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
