"""The map of a pathway, measured as it is drawn: boxes, words and arrows in pixels at several widths."""

import random
from dataclasses import replace
from html import unescape
from itertools import combinations, pairwise

import numpy as np
import pytest

from lmi.presentation import charts, theme
from lmi.presentation.text import block_height, measure

from .pathways import COLUMNS, DETAIL, STAGES, WORDS, move, node, nursing, tables
from .reading import all_texts, annotation, annotations, shapes, specification, trace, traces

HOSTILE = (
    '<img src=x onerror="alert(1)">', "</script><script>alert(1)</script>", "javascript:alert('$x$')",
    "&lt;b&gt; &amp; {template} %{x}", "مساعد تمريض معتمد في المستشفى", "Word " * 60, "x" * 300,
)  # fmt: skip
SHAPED = [("desk", 620), ("desk", 1016), ("wide", 1016), ("wide", 1600), ("present", 1500), ("present", 1920)]


def draw(given, frame, **asked):
    options = {"columns": COLUMNS, "words": WORDS, "detail": DETAIL} | asked
    return charts.pathway_map(*given, frame, **options)


def shaped(frame, layout):
    if layout == "present":
        return replace(frame, sizes=theme.PRESENT)
    return replace(frame, width=1016) if layout == "wide" else frame


def network(count: int, seed: int = 3):
    """A made-up pathway of so many jobs with long and short titles, advances and laterals."""
    pick = random.Random(seed)
    words = ["First-Line", "Supervisors", "of", "Technologists", "and", "Repairers", "Medical", "Aides"]
    nodes = [
        node(
            f"{i:02}-0000", " ".join(pick.choices(words, k=pick.randint(1, 9))), STAGES[i * 4 // count],
            in_demand=pick.choice([True, False, None]), target=i > count - 3,
        )
        for i in range(count)
    ]  # fmt: skip
    pairs = {tuple(sorted(pick.sample(range(count), 2))) for _ in range(round(1.4 * count)) if count > 1}
    same = {(a, b) for a, b in pairs if nodes[a]["stage"] == nodes[b]["stage"]}
    moves = [
        move(nodes[a]["soc"], nodes[b]["soc"], kind="lateral" if (a, b) in same else "advance")
        for a, b in sorted(pairs)
    ]
    return tables(nodes, moves)


def plot(chart, width):
    """Left margin and width of the plot on a figure so wide."""
    margin = chart.figure.layout.margin
    return margin.l, width - margin.l - margin.r


def rectangles(chart, width, name="box"):
    """Left, right, top, bottom of the shapes of that name, in pixels of the figure."""
    left, wide = plot(chart, width)
    top = chart.figure.layout.margin.t
    found = []
    for s in shapes(chart, name):
        middle = left + (s.xanchor or 0) * wide
        scaled = s.xsizemode != "pixel"
        x0, x1 = (left + s.x0 * wide, left + s.x1 * wide) if scaled else (middle + s.x0, middle + s.x1)
        found.append((x0, x1, top - s.y0, top - s.y1))
    return found


def texts(chart, width, *names):
    """Left, right, top, bottom of the texts of those names, in pixels of the figure."""
    left, wide = plot(chart, width)
    top = chart.figure.layout.margin.t
    found = []
    for a in chart.figure.layout.annotations:
        if a.name not in names:
            continue
        bold = a.font.weight == 700
        lines = [measure(unescape(t), a.font.size, bold=bold) for t in a.text.split("<br>")]
        high = block_height(len(lines), a.font.size)
        if a.xref == "paper":
            x, y = left + a.x * wide + (a.xshift or 0), top - a.yshift
            found.append((x, x + max(lines), y, y + high))
        else:
            x = left + a.x / chart.figure.layout.xaxis.range[1] * wide
            y, half = top + a.y, max(lines) / 2
            found.append((x - half, x + half, y - high / 2, y + high / 2))
    return found


def curves(chart, width):
    """Every line of every move between layers as points in pixels of the figure."""
    left, wide = plot(chart, width)
    top, end = chart.figure.layout.margin.t, chart.figure.layout.xaxis.range[1]
    found = []
    for each in traces(chart, "move"):
        piece = []
        for x, y in zip(each.x, each.y, strict=True):
            if x is None or np.isnan(x):
                found.append(piece)
                piece = []
            else:
                piece.append((left + x / end * wide, top + y))
    return found


def overlap(a, b):
    return a[0] < b[1] - 1e-6 and b[0] < a[1] - 1e-6 and a[2] < b[3] - 1e-6 and b[2] < a[3] - 1e-6


def inside(a, b):
    return a[0] >= b[0] - 1e-6 and a[1] <= b[1] + 1e-6 and a[2] >= b[2] - 1e-6 and a[3] <= b[3] + 1e-6


def flat(text):
    return " ".join(text.split())


# Geometry


@pytest.mark.parametrize(("layout", "width"), SHAPED)
@pytest.mark.parametrize("count", [1, 2, 7, 20, 30])
def test_boxes_do_not_overlap_and_stand_on_the_picture(frame, layout, width, count):
    chart = draw(network(count), shaped(frame, layout))
    boxes = rectangles(chart, width)
    assert len(boxes) == count
    assert not any(overlap(a, b) for a, b in combinations(boxes, 2))
    bottom = chart.height - chart.figure.layout.margin.b
    assert all(0 <= x0 < x1 <= width and chart.figure.layout.margin.t <= y0 for x0, x1, y0, _ in boxes)
    assert all(y1 <= bottom + 1e-6 for *_, y1 in boxes)


@pytest.mark.parametrize("layout", ["desk", "wide", "present", "phone"])
def test_the_words_of_a_job_stand_in_its_box(frame, layout):
    given = tables([node(f"{i}0-0000", title, STAGES[i % 4], in_demand=None if i % 2 else True)
                    for i, title in enumerate((*HOSTILE, "Registered Nurses"))], [])  # fmt: skip
    asked = replace(frame, phone=True) if layout == "phone" else shaped(frame, layout)
    chart = draw(given, asked)
    width = {"desk": 620, "wide": 1016, "present": 1500, "phone": 344}[layout]
    boxes, words = rectangles(chart, width), texts(chart, width, "job", "figures")
    assert len(words) == 2 * len(boxes)
    assert all(sum(inside(w, b) for b in boxes) == 1 for w in words)
    assert not any(overlap(a, b) for a, b in combinations(words, 2))
    assert {a.font.size for a in chart.figure.layout.annotations if a.name == "job"} == {asked.format.label}


@pytest.mark.parametrize(("layout", "width"), SHAPED)
def test_an_arrow_crosses_no_box_but_those_of_its_own_ends(frame, layout, width):
    chart = draw(network(20), shaped(frame, layout))
    boxes = rectangles(chart, width)
    for piece in curves(chart, width):
        for (x0, y0), (x1, y1) in pairwise(piece[1:-1]):  # the ends lie under the boxes they belong to
            part = (min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1) + 0.01)
            assert not any(overlap(part, box) for box in boxes)


def test_heads_at_a_busy_box_do_not_overlap(frame):
    """Nine jobs of two stages lead to one: its box grows so that every head can be told from the next."""
    nodes = [node(f"{i}", "Job", STAGES[i % 2]) for i in range(9)]
    moves = [move(f"{i}", "goal") for i in range(9)]
    chart = draw(tables([*nodes, node("goal", "Goal", "skilled")], moves), frame)
    tips = sorted(-float(s.path[1:].split("L")[0].split(",")[1]) for s in shapes(chart, "head"))
    assert len(tips) == 9
    assert all(after - before >= 9 for before, after in pairwise(tips))


@pytest.mark.parametrize(("layout", "width"), SHAPED)
def test_an_arrow_reaches_its_boxes_on_every_screen(frame, layout, width):
    """Between its first and last point a line is drawn; both lie within a box or over a helper point."""
    given = tables([node("1", "One", "entry"), node("2", "Two", "trained"), node("3", "Three", "advanced")],
                   [move("1", "2"), move("2", "3")])  # fmt: skip
    chart = draw(given, shaped(frame, layout))
    boxes = rectangles(chart, width)
    ends = [(x, x, y, y + 0.01) for piece in curves(chart, width) for x, y in (piece[0], piece[-1])]
    assert len(ends) == 4
    assert all(any(inside(end, box) for box in boxes) for end in ends)


def fan():
    """Four jobs that lead to four others each: where arrows cross there is no room for times."""
    nodes = [node(f"{stage}{i}", "Job", stage) for stage in STAGES[:2] for i in range(4)]
    return tables(nodes, [move(f"entry{a}", f"trained{b}") for a in range(4) for b in range(4)])


@pytest.mark.parametrize(("layout", "width"), SHAPED)
@pytest.mark.parametrize("given", [network(12), fan()], ids=["network", "fan"])
def test_times_cover_no_box_no_other_time_and_no_arrow_but_their_own(frame, layout, width, given):
    chart = draw(given, shaped(frame, layout))
    times = texts(chart, width, "time")
    assert not any(overlap(a, b) for a, b in combinations([*times, *rectangles(chart, width)], 2))
    for time in times:
        met = [
            piece
            for piece in curves(chart, width)
            if any(
                overlap(time, (min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1) + 0.01))
                for (x0, y0), (x1, y1) in pairwise(piece)
            )
        ]
        assert len(met) == 1


def test_times_are_drawn_where_there_is_room_and_only_if_asked_for(frame):
    given = tables([node("1", "One", "entry"), node("2", "Two", "trained")], [move("1", "2")])
    wide = replace(frame, width=1016)
    assert annotations(draw(given, wide), "time") == ["12–18 mo"]
    silent = draw(given, wide, detail=replace(DETAIL, times=False))
    assert annotations(silent, "time") == []
    assert not any("mo" in text.split() for text in annotations(silent, "source"))


def test_a_third_of_the_times_find_room_where_arrows_stand_close(frame):
    nodes, moves = network(24, seed=2)
    drawn = annotations(draw((nodes, moves), replace(frame, width=940)), "time")
    assert 3 * len(drawn) >= len(moves) > 30


def test_a_title_is_wrapped_at_about_18_letters_and_never_cut(frame):
    given = tables([node("29-2061", "Licensed Practical and Licensed Vocational Nurses", "entry")], [])
    chart = draw(given, replace(frame, width=1016))
    (title,) = [a for a in chart.figure.layout.annotations if a.name == "job"]
    assert max(map(len, title.text.split("<br>"))) <= 20
    assert annotations(chart, "job") == ["Licensed Practical and Licensed Vocational Nurses"]


def test_twenty_jobs_fit_a_slide_at_a_size_that_reads(frame):
    """Twenty jobs of ordinary names in four stages; a saved picture is 1080 pixels high."""
    names = ["Registered Nurses", "Electricians", "Medical and Health Services Managers", "Paramedics",
             "Computer Numerically Controlled Tool Operators"]  # fmt: skip
    nodes = [node(f"{i:02}-0000", names[i % 5], STAGES[i // 5]) for i in range(20)]
    moves = [move(f"{i:02}-0000", f"{i + 5:02}-0000") for i in range(15)]
    chart = draw(tables(nodes, moves), replace(frame, width=1016))
    assert theme.DESK.label * 1080 / chart.height >= 22


@pytest.mark.parametrize("width", [None, 700, 1016])
def test_a_saved_picture_is_never_narrower_than_the_map(frame, width):
    """The picture is 16:9 at the height of the chart, which is a multiple of 9 so that nothing is cut."""
    row = tables([node(stage, "Job", stage) for stage in STAGES], [move(*ends) for ends in pairwise(STAGES)])
    for given in (row, network(1), network(3), network(12)):
        chart = draw(given, replace(frame, width=width))
        assert chart.height % 9 == 0
        saved = max(chart.height, 414) // 9 * 16
        boxes = rectangles(chart, saved)
        assert not any(overlap(a, b) for a, b in combinations(boxes, 2))
        assert max(b[1] for b in boxes) <= saved
        assert max(t[1] for t in texts(chart, saved, "title", "stage", "key")) <= saved


# What is told


def test_every_state_of_demand_has_a_form_of_its_own_that_needs_no_colour(frame):
    nodes = [node("1", "Yes", "entry", in_demand=True), node("2", "No", "trained", in_demand=False),
             node("3", "Who knows", "skilled", in_demand=None)]  # fmt: skip
    chart = draw(tables(nodes, []), frame)
    bars, boxes = rectangles(chart, 620, "bar"), rectangles(chart, 620)
    assert len(bars) == 1
    assert inside(bars[0], boxes[annotations(chart, "job").index("Yes")])
    marks = [s for s in shapes(chart, "demand") if s.yanchor == 1]
    assert sorted(s.fillcolor for s in marks) == sorted([theme.DEFAULT_PALETTE.accent, theme.PAPER])
    assert len(annotations(chart, "demand")) == 2  # the question mark in the box and in the legend
    assert annotations(chart, "key") == ["In demand", "Not in demand", "Demand not known"]


def test_status_is_told_by_the_line_and_support_by_its_width(frame):
    chart = draw(nursing(), frame)
    dashes = {each.line.dash for each in traces(chart, "move")}
    assert len(dashes) == 3
    assert "solid" in dashes
    solid = next(t for t in traces(chart, "move") if t.line.dash == "solid")
    assert all(solid.line.width > t.line.width for t in traces(chart, "move") if t is not solid)
    assert "Thicker arrows" in " ".join(annotations(chart, "source"))
    assert {"Validated", "Proposed", "Suggested", "Step up", "Step across"} <= set(annotations(chart, "key"))


def test_a_lateral_has_a_hollow_head_and_every_move_has_one(frame):
    heads = shapes(draw(nursing(), frame), "head")
    assert len(heads) == 5
    assert sum(head.fillcolor == theme.PAPER for head in heads) == 2


def test_the_legend_explains_only_what_occurs(frame):
    chart = draw(tables([node("1", "One", "entry"), node("2", "Two", "trained")], [move("1", "2")]), frame)
    assert annotations(chart, "key") == ["In demand", "Proposed"]
    no_demand = draw(tables([node("1", "One", "entry")], []), frame, detail=replace(DETAIL, demand=False))
    assert annotations(no_demand, "key") == []
    assert shapes(no_demand, "bar") == []


def test_goals_and_jobs_of_other_pathways_stand_out(frame):
    chart = draw(nursing(), frame)
    boxes = dict(zip(annotations(chart, "job"), shapes(chart, "box"), strict=True))
    assert boxes["Registered Nurses"].line.width > 2 * boxes["Nursing Assistants"].line.width
    assert boxes["Childcare Workers"].fillcolor == theme.LAND
    assert boxes["Nursing Assistants"].fillcolor == theme.PAPER
    assert {"Goal of the pathway", "On another pathway"} <= set(annotations(chart, "key"))


def test_what_is_withheld_says_so_and_is_never_zero(frame):
    chart = draw(nursing(), frame)
    said = dict(zip(annotations(chart, "job"), annotations(chart, "figures"), strict=True))
    assert said["Childcare Workers"] == "pay and openings not published"
    assert "≥ $239,200" in said["Nurse Anesthetists"]
    assert "openings not published" in said["Nurse Anesthetists"]
    half = draw(tables([node("1", "One", "entry", pay=float("nan"))], []), frame)
    assert flat(annotations(half, "figures")[0]) == "pay not published 726 openings a year"
    assert not any("$0" in text or " 0 a year" in text for text in said.values())
    hover = [unescape(t) for t in trace(chart, "jobs").hovertext if "Childcare" in t]
    assert "Median pay: not published<br>Openings a year: not published" in hover[0]


def test_a_node_tells_what_the_audience_asks_for(frame):
    one = tables([node("1", "One", "entry")], [])
    told = {
        (True, True): "$60,390 · 726 a year", (True, False): "$60,390",
        (False, True): "726 openings a year", (False, False): "In demand",
    }  # fmt: skip
    for (pay, openings), words in told.items():
        chart = draw(one, frame, detail=replace(DETAIL, pay=pay, openings=openings))
        assert [flat(t) for t in annotations(chart, "figures")] == [words]
    bare = replace(DETAIL, pay=False, openings=False, demand=False)
    assert annotations(draw(one, frame, detail=bare), "figures") == []


def test_a_move_tells_all_that_is_known_of_it(frame):
    hovers = [unescape(text) for text in trace(draw(nursing(), frame), "moves").hovertext]
    found = {tuple(text.split("<br>")[:2]): text for text in hovers}
    told = found["From: Nursing Assistants", "To: Licensed Practical and Licensed Vocational Nurses"]
    for words in (
        "Step up. Validated.", "35% more pay here", "Typical time: 12–18 months",
        "License: Vocational nurse license", "Supported by: One Hospital, Two Hospital",
    ):  # fmt: skip
        assert words in told
    assert "Pay cannot be compared" in found["From: Nursing Assistants", "To: Childcare Workers"]
    back = found["From: Childcare Workers", "To: Nursing Assistants"]
    assert "35% more pay nationally" in back
    assert "Leads to another pathway" in back


def test_openings_are_named_in_the_box_where_there_is_room_and_under_the_map_always(frame):
    said = {}
    for openings in (807.0, 22_000.0):
        given = tables(
            [node(s, "Job", s, pay=239_200.0, pay_top_coded=True, openings=openings) for s in STAGES], []
        )
        chart = draw(given, replace(frame, width=940))
        said[openings] = {flat(t) for t in annotations(chart, "figures")}
        assert "In the boxes: median pay a year and openings a year." in annotation(chart, "source")
    assert said == {807.0: {"≥ $239,200 807 openings a year"}, 22_000.0: {"≥ $239,200 22,000 a year"}}
    phone = draw(tables([node("1", "Job", "entry")], []), replace(frame, phone=True))
    assert [flat(t) for t in annotations(phone, "figures")] == ["$60,390 · 726 openings a year"]
    assert "In the boxes: median pay a year and openings a year." in annotation(phone, "source")
    pay = draw(given, frame, detail=replace(DETAIL, openings=False))
    assert "In the boxes" not in annotation(pay, "source")


def rough():
    """A move whose time the pathway tells, and one whose time is a rough estimate."""
    nodes, moves = tables(
        [node("1", "One", "entry"), node("2", "Two", "trained"), node("3", "Three", "skilled")],
        [move("1", "2"), move("2", "3", status="suggested", months_low=12.0, months_high=12.0)],
    )
    return nodes, moves.assign(months_estimated=[False, True])


def test_an_estimated_time_is_marked_wherever_it_is_told(frame):
    chart = draw(rough(), replace(frame, width=1016))
    assert sorted(annotations(chart, "time")) == ["12–18 mo", "~12 mo"]
    assert "~: rough estimate." in annotation(chart, "source")
    hovers = {text.split("<br>")[0]: text for text in trace(chart, "moves").hovertext}
    assert "Typical time: 12–18 months" in hovers["From: One"]
    assert "Rough estimate: 12 months" in hovers["From: Two"]
    assert "Typical" not in hovers["From: Two"]
    assert list(chart.table["Time is a rough estimate"]) == [False, True]
    phone = draw(rough(), replace(frame, phone=True))
    assert annotations(phone, "lead") == ["Two, 12–18 mo", "Three, ~12 mo"]
    assert "~: rough estimate." in annotation(phone, "source")


def test_a_sign_that_does_not_occur_is_not_explained(frame):
    nodes, moves = rough()
    told = moves.drop(columns="months_estimated")
    for given, detail in (((nodes, told), DETAIL), ((nodes, moves), replace(DETAIL, times=False))):
        for phone in (False, True):
            chart = draw(given, replace(frame, width=1016, phone=phone), detail=detail)
            assert "~" not in "".join(all_texts(chart))


def test_a_ratio_that_is_a_lower_bound_is_told_as_one(frame):
    nodes, moves = rough()
    for ratio, words in (
        (1.31, "At least 31% more pay here"), (0.9, "At most 10% less pay here"),
        (1.0, "At least the same pay here"),
    ):  # fmt: skip
        bound = moves.assign(pay_ratio=ratio, pay_at_least=[True, False])
        chart = draw((nodes, bound), frame)
        hovers = [t.split("<br>") for t in trace(chart, "moves").hovertext]
        assert [words in text for text in hovers] == [True, False]
        assert list(chart.table["Pay after ÷ before is at least this"]) == [True, False]
    assert list(draw(rough(), frame).table["Pay after ÷ before is at least this"]) == [False, False]


def test_the_table_gives_openings_with_one_decimal(frame):
    given = tables([node("1", "One", "entry", openings=519.935_7), node("2", "Two", "trained")],
                   [move("1", "2")])  # fmt: skip
    table = draw(given, frame).table
    assert list(table["Openings a year, from"]) == [519.9]


def test_a_click_on_a_box_gives_its_code(frame):
    """The marks that answer to a click lie in the box of their job, from side to side."""
    for asked in (620, 1016):
        chart = draw(nursing(), replace(frame, width=asked))
        margin = chart.figure.layout.margin
        width = chart.figure.layout.xaxis.range[1] + margin.l + margin.r  # the narrowest it is made for
        (left, wide), end = plot(chart, width), chart.figure.layout.xaxis.range[1]
        marks = trace(chart, "jobs")
        boxes = dict(zip(sorted(nursing()[0].soc), [None] * 5, strict=True))
        for soc, x, y, size in zip(marks.customdata, marks.x, marks.y, marks.marker.size, strict=True):
            px, py = left + x / end * wide, chart.figure.layout.margin.t + y
            (box,) = [b for b in rectangles(chart, width) if b[0] <= px <= b[1] and b[2] <= py <= b[3]]
            boxes[soc] = boxes[soc] or box
            assert boxes[soc] == box
            assert py - size / 2 >= box[2] - 0.02
            assert py + size / 2 <= box[3] + 0.02
        assert len(set(boxes.values())) == 5
        assert marks.marker.opacity == marks.unselected.marker.opacity == 0


def test_the_job_looked_at_is_ringed(frame):
    chart = draw(nursing(), frame, selected="29-1141")
    (ring,) = rectangles(chart, 620, "selected")
    box = rectangles(chart, 620)[annotations(chart, "job").index("Registered Nurses")]
    assert inside(box, ring)
    assert shapes(draw(nursing(), frame), "selected") == []


def test_stages_without_jobs_have_no_column(frame):
    chart = draw(tables([node("1", "One", "entry"), node("2", "Two", "skilled")], [move("1", "2")]), frame)
    assert annotations(chart, "stage") == ["Start", "Skilled"]
    assert len(shapes(chart, "between")) == 1


# The table and the words beside it


def test_the_table_has_a_row_for_every_move_and_every_job_without_one(frame):
    nodes, moves = nursing()
    table = draw((nodes, moves), frame).table
    assert len(table) == 6
    first = table[(table.From == "Nursing Assistants") & (table.Status == "Validated")].iloc[0]
    assert first["To"] == "Licensed Practical and Licensed Vocational Nurses"
    assert (first["Time, low (months)"], first["Time, high (months)"]) == (12, 18)
    assert first["Pay after ÷ before (ratio)"] == 1.35
    assert first["Pay compared in"] == "this area"
    assert (first["Credential"], first["License"]) == ("Certificate", "Vocational nurse license")
    assert (first["Median pay, from (USD per year)"], first["Openings a year, to"]) == (38_550, 726)
    assert (first["In demand, from"], first["In demand, to"]) == ("no", "yes")
    (alone,) = table[table.Status == "no move"].to_dict("records")
    assert alone["From"] == "Nurse Anesthetists"
    assert alone["Pay given as 'at or above', from"] is True
    withheld = table[table.From == "Childcare Workers"].iloc[0]
    assert np.isnan(withheld["Median pay, from (USD per year)"])
    assert withheld["In demand, from"] == "not known"


def test_alt_text_counts_and_names_goals_and_the_ends_of_pay(frame):
    alt = draw(nursing(), frame).alt
    for words in ("Layered map of 5 jobs in 3 stages with 5 moves", "1 validated, 3 proposed, 1 suggested",
                  "Goals: Registered Nurses", "$38,550 (Nursing Assistants)", "≥ $239,200"):  # fmt: skip
        assert words in alt


# Text is text


@pytest.mark.parametrize("phone", [False, True])
def test_text_of_any_kind_is_shown_letter_by_letter(frame, phone):
    nodes = [node(f"{i}", title, STAGES[i % 4]) for i, title in enumerate(HOSTILE)]
    moves = [move(str(a), str(a + 1), credential=HOSTILE[a], license=HOSTILE[a], organisations=(HOSTILE[a],))
             for a in range(3)]  # fmt: skip
    chart = draw(tables(nodes, moves), replace(frame, phone=phone))
    for text in all_texts(chart):
        assert "<" not in text.replace("<br>", "")
        assert "$" not in text
    shown = {"".join(t.split()) for t in annotations(chart, "job")}
    assert shown == {"".join(title.split()) for title in HOSTILE}
    told = " ".join(unescape(t) for t in trace(chart, "jobs").hovertext)
    assert all(flat(title) in told for title in HOSTILE)


# A phone


def test_on_a_phone_stages_stand_one_below_the_other_and_nothing_overlaps(frame):
    chart = draw(network(20), replace(frame, phone=True))
    for width in (344, 390):
        boxes = rectangles(chart, width)
        assert len(boxes) == 20
        assert all(box[0] == boxes[0][0] and box[1] == boxes[0][1] for box in boxes)
        heads = texts(chart, width, "stage", "stage-about")
        assert not any(overlap(a, b) for a, b in combinations([*boxes, *heads], 2))
        words = texts(chart, width, "job", "figures", "lead")
        assert all(sum(inside(w, b) for b in boxes) == 1 for w in words)
        assert not any(overlap(a, b) for a, b in combinations(words, 2))
    stages = [a.yshift for a in chart.figure.layout.annotations if a.name == "stage"]
    assert stages == sorted(stages, reverse=True)
    assert len(stages) == 4


def test_on_a_phone_every_box_says_where_its_job_leads(frame):
    chart = draw(nursing(), replace(frame, phone=True))
    leads = annotations(chart, "lead")
    assert len(leads) == 5
    assert "Licensed Practical and Licensed Vocational Nurses, 12–18 mo" in leads
    assert "Registered Nurses" in leads  # a suggestion without a time
    assert len([s for s in shapes(chart, "lead") if s.type == "line"]) == 5
    assert set(trace(chart, "jobs").customdata) == set(nursing()[0].soc)


# The edges


@pytest.mark.parametrize("layout", ["desk", "wide", "present", "phone"])
@pytest.mark.parametrize("count", [0, 1, 4])
def test_few_jobs_no_moves_and_separate_parts_make_a_map(frame, layout, count):
    given = tables([node(f"{i}", f"Job {i}", STAGES[0]) for i in range(count)], [])
    asked = replace(frame, phone=True) if layout == "phone" else shaped(frame, layout)
    chart = draw(given, asked)
    assert annotations(chart, "job") == [f"Job {i}" for i in range(count)]
    assert len(chart.table) == count


def test_the_order_of_rows_changes_nothing(frame):
    nodes, moves = network(14)
    first = draw((nodes, moves), frame)
    again = draw((nodes.sample(frac=1, random_state=5), moves.sample(frac=1, random_state=5)), frame)
    assert specification(first.figure) == specification(again.figure)
    assert first.table.equals(again.table)


def test_what_cannot_be_drawn_is_refused(frame):
    with pytest.raises(ValueError, match="No column"):
        draw(tables([node("1", "One", "elsewhere")], []), frame)
    with pytest.raises(ValueError, match="twice"):
        draw(tables([node("1", "One", "entry"), node("1", "Again", "entry")], []), frame)
    with pytest.raises(KeyError):
        draw(tables([node("1", "One", "entry")], [move("1", "2")]), frame)
