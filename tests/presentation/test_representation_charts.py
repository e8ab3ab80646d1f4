"""Who works where: the values drawn are the values given, in the order given, and nothing overlaps."""

import itertools
from dataclasses import replace

import pandas as pd
import pytest

from lmi.presentation import charts, theme
from lmi.presentation.frame import Frame
from lmi.presentation.heat import cell_colour, round_bound, text_colour
from lmi.presentation.text import measure, wrap
from lmi.presentation.theme import TooManySeries

from .reading import annotation, annotations, shapes, trace, traces

HOSTILE = ["<b>x</b>", "=1+1", "Ünïcödé " * 25, "A" * 90, "$x$ & <a href='y'>"]
GROUPS = [("women", "Women"), ("black", "Black"), ("asian", "Asian")]
LAYOUTS = ("desk", "present", "phone")


def lay(frame: Frame, layout: str) -> Frame:
    sizes = theme.PRESENT if layout == "present" else theme.DESK
    return replace(frame, phone=layout == "phone", sizes=sizes)


@pytest.fixture
def shares() -> pd.DataFrame:
    """CPS 2025: electricians and carpenters as published, one wider title, one not published."""
    return pd.DataFrame(
        {
            "soc": ["47-2111", "47-2031", "49-9098", "29-1141", "23-1021"],
            "title": ["Electricians", "Carpenters", "Helpers", "Registered Nurses", "Judges"],
            "share_pct": [3.5, 3.1, 8.0, 86.0, None],
            "share_low": [2.5, None, 6.0, 84.5, None],
            "share_high": [4.5, None, 10.0, 87.5, None],
            "baseline_pct": [47.1] * 5,
            "gap_pp": [-43.6, -44.0, -39.1, 38.9, None],
            "published_for": [
                "Electricians",
                "Carpenters",
                "Other repair workers",
                "Registered nurses",
                None,
            ],
            "match": ["own", "joined", "wider", "own", "group"],
        }
    )


def share_chart(rows, frame, **more):
    return charts.share_dots(rows, frame, group_name="Women", baseline_name="All employed", **more)


def spans(chart, name: str, size: float):
    """Top and bottom of each text of a name, in pixels of the plot from its upper edge."""
    found = []
    for a in chart.figure.layout.annotations:
        if a.name == name:
            tall = size * (1.15 + 1.3 * a.text.count("<br>"))
            found.append((a.y - (a.yshift or 0) - tall / 2, a.y - (a.yshift or 0) + tall / 2))
    return found


def test_share_dots_draw_the_shares_their_intervals_and_the_way_to_the_baseline(shares, frame):
    chart = share_chart(shares, frame)
    dots, gap = trace(chart, "share"), trace(chart, "gap")
    assert list(dots.x) == [3.5, 3.1, 8.0, 86.0]
    assert list(dots.customdata) == ["47-2111", "47-2031", "49-9098", "29-1141"]
    assert list(dots.error_x.array) == [1.0, None, 2.0, 1.5]
    assert list(dots.error_x.arrayminus) == [1.0, None, 2.0, 1.5]
    assert [b + x for b, x in zip(gap.base, gap.x, strict=True)] == pytest.approx([3.5, 3.1, 8.0, 86.0])
    assert set(gap.base) == {47.1}
    assert list(dots.y) == sorted(dots.y)


def test_share_dots_write_share_and_gap_and_never_zero_for_what_is_missing(shares, frame):
    chart = share_chart(shares, frame)
    assert annotations(chart, "value") == [
        "3.5% (−43.6 points)", "3.1% (−44.0 points)", "8.0% (−39.1 points)", "86.0% (+38.9 points)",
    ]  # fmt: skip
    assert 0 not in trace(chart, "share").x
    note = annotation(chart, "source")
    assert "1 row without a published share: in the table. Not published does not mean zero." in note
    assert chart.table["Occupation"].tolist()[4] == "Judges"
    none = share_chart(shares.tail(1), frame)
    assert annotations(none, "value") == ["not published"]


def test_share_table_holds_jobs_people_short_and_the_wider_group(shares, frame):
    more = shares.assign(
        employment=[5310, 3010, 200, 9000, 12], people_short=[2315.16, 1324.4, 78.2, 0.0, None],
        parity=[0.07431, 0.06582, 0.16985, 1.82591, None], group_title="Construction trades",
        group_share_pct=4.2, other=1,
    )  # fmt: skip
    table = share_chart(more, frame).table
    assert table["Jobs here"].tolist() == [5310, 3010, 200, 9000, 12]
    assert table["People short of parity here, estimated"].tolist()[:3] == [2315.2, 1324.4, 78.2]
    assert table["Parity (share ÷ comparison)"].tolist()[:2] == [0.074, 0.066]
    assert {"Group of occupations", "Share in the group of occupations (%)"} <= set(table.columns)
    assert "Other" not in table
    assert "Jobs here" not in share_chart(shares, frame).table


def test_one_baseline_is_one_named_line_and_several_are_ticks(shares, frame):
    chart = share_chart(shares, frame)
    (line,) = shapes(chart, "baseline")
    assert (line.x0, line.x1, line.yref) == (47.1, 47.1, "paper")
    assert annotation(chart, "baseline") == "All employed 47.1%"
    chart = share_chart(shares.assign(baseline_pct=[47.1, 40, 41, 42, 43]), frame)
    ticks, centres = shapes(chart, "baseline"), trace(chart, "share").y
    assert [t.x0 for t in ticks] == [47.1, 40, 41, 42]
    assert [(t.y0 + t.y1) / 2 for t in ticks][:4] == pytest.approx(list(centres))
    assert annotations(chart, "key") == ["All employed"]
    assert not annotations(chart, "baseline")


def test_wider_titles_are_hollow_and_named_where_there_is_room(shares, frame):
    chart = share_chart(shares, frame)
    assert [c == theme.PAPER for c in trace(chart, "share").marker.color] == [False, False, True, False]
    assert "Hollow: the share is published for a wider group of occupations." in annotation(chart, "source")
    assert annotations(chart, "row note")[0] == "Published for: Other repair workers"
    many = pd.concat([shares.assign(match="wider", published_for="A group of many words")] * 3)
    tight = share_chart(many, frame)
    assert not annotations(tight, "row note")
    own = share_chart(shares.assign(match="own"), frame)
    assert "Hollow" not in annotation(own, "source")


def test_selected_occupations_take_the_accent_and_bold(shares, frame):
    chart = share_chart(shares, frame, selected=["29-1141"])
    colours = list(trace(chart, "share").marker.line.color)
    assert colours == [theme.MUTED] * 3 + [frame.palette.accent]
    weights = [a.font.weight for a in chart.figure.layout.annotations if a.name == "row"]
    assert weights == [400, 400, 400, 700]


def test_share_axis_starts_at_zero_and_ends_by_a_hundred(shares, frame):
    low, high = share_chart(shares, frame).figure.layout.xaxis.range
    assert low == 0
    assert 87.5 < high <= 100
    low, high = share_chart(shares.assign(share_high=100.0), frame).figure.layout.xaxis.range
    assert high == 100


def test_rows_beyond_fifteen_stay_in_the_table_and_are_counted(shares, frame):
    many = pd.concat([shares] * 5, ignore_index=True)
    chart = share_chart(many, replace(frame, height=1200))
    assert len(annotations(chart, "row")) == 15
    assert len(chart.table) == 25
    assert "First 15 of 20 rows; all are in the table." in annotation(chart, "source")
    assert "5 rows without a published share: in the table." in annotation(chart, "source")
    assert chart.table["Published at level of"].tolist()[:3] == [
        "this occupation", "several published occupations, joined", "a wider occupation",
    ]  # fmt: skip
    assert {"Women (%)", "All employed (%)"} <= set(chart.table.columns)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_labels_of_rows_never_meet(shares, frame, layout):
    shares["title"] = [*HOSTILE[2:4], "Short", "Short", "Medium sized title of an occupation"]
    frame = lay(frame, layout)
    chart = share_chart(shares, frame)
    scale = (chart.height - chart.figure.layout.margin.t - chart.figure.layout.margin.b) / (
        chart.figure.layout.yaxis.range[0]
    )
    assert scale == pytest.approx(1, abs=0.01), "rows are planned in pixels"
    texts = sorted(spans(chart, "row", frame.format.tick) + spans(chart, "row note", frame.format.source))
    assert all(a[1] <= b[0] + 0.5 for a, b in itertools.pairwise(texts))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("chosen", ["shares", "pipeline"])
def test_values_stay_on_the_narrowest_screen(shares, frame, layout, chosen):
    frame = lay(frame, layout)
    pairs = shares.rename(columns={"share_pct": "program_pct", "share_high": "job_pct"})
    chart = share_chart(shares, frame) if chosen == "shares" else charts.pipeline_dots(pairs, frame)
    form, margin = frame.format, chart.figure.layout.margin
    low, high = chart.figure.layout.xaxis.range
    plot = form.min_width - margin.l - margin.r
    assert plot > 100 * form.unit
    for text in (a for a in chart.figure.layout.annotations if a.name == "value"):
        at = margin.l + (text.x - low) / (high - low) * plot + text.xshift
        wide = measure(text.text, form.tick)
        first, last = (at, at + wide) if text.xanchor == "left" else (at - wide, at)
        assert first >= margin.l - 90 * form.unit
        assert 0 <= first <= last <= form.min_width


@pytest.fixture
def gaps() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "soc": ["47-2111", "47-2031", "29-1141"],
            "title": ["Electricians", "Carpenters", "Registered Nurses"],
            "gap_women": [-43.6, -44.0, 38.9],
            "gap_black": [-3.4, -6.9, 0.0],
            "gap_asian": [-4.5, None, 2.04],
        }
    )


def test_heat_writes_signed_gaps_row_by_row_and_names_its_colours(gaps, frame):
    chart = charts.gap_heat(gaps, frame, groups=GROUPS)
    texts, cells = trace(chart, "gap"), trace(chart, "cell")
    assert list(texts.text) == ["−43.6", "−3.4", "−4.5", "−44.0", "−6.9", "n.p.", "+38.9", "0.0", "+2.0"]
    assert list(texts.x) == [0, 1, 2] * 3
    assert list(cells.customdata) == [soc for soc in gaps.soc for _ in range(3)]
    assert annotations(chart, "head") == ["Women", "Black", "Asian"]
    assert annotations(chart, "key") == ["− below parity", "+ above parity"]
    assert "n.p.: not published." in annotation(chart, "source")
    assert "n.p." not in annotation(charts.gap_heat(gaps.head(1), frame, groups=GROUPS), "source")
    assert list(cells.marker.color)[5] == theme.NOT_PUBLISHED_FILL
    assert len(chart.table) == 3
    assert chart.table["Asian (points)"].isna().tolist() == [False, True, False]


def test_heat_colours_are_symmetric_capped_and_white_at_parity():
    assert cell_colour(0, 20) == "#FFFFFF"
    assert cell_colour(-20, 20) == cell_colour(-45, 20) != cell_colour(-10, 20)
    red, _, blue = (int(cell_colour(-20, 20)[i : i + 2], 16) for i in (1, 3, 5))
    assert red > blue
    red, _, blue = (int(cell_colour(20, 20)[i : i + 2], 16) for i in (1, 3, 5))
    assert blue > red
    assert cell_colour(None, 20) == theme.NOT_PUBLISHED_FILL


@pytest.mark.parametrize("gap", [None, *range(-60, 61, 1)])
def test_every_number_reads_on_its_cell(gap):
    fill = cell_colour(gap, 30)
    ink = theme.SECONDARY_TEXT if gap is None else text_colour(fill)
    assert theme.contrast(fill, ink) >= 4.5


def test_heat_uses_the_inks_that_were_checked(gaps, frame):
    chart = charts.gap_heat(gaps, frame, groups=GROUPS)
    fills, inks = trace(chart, "cell").marker.color, trace(chart, "gap").textfont.color
    assert all(theme.contrast(f, i) >= 4.5 for f, i in zip(fills, inks, strict=True))


@pytest.mark.parametrize(
    ("gaps", "bound"), [([], 5), ([1, -2], 5), ([-9, 7, 3, 9, -40], 10), ([-45, 44], 30)]
)
def test_the_colour_is_full_at_a_round_gap_that_holds_most_cells(gaps, bound):
    assert round_bound(gaps) == bound


def test_heat_cells_lie_apart_and_inside(gaps, frame):
    many = pd.concat([gaps] * 5, ignore_index=True)
    for layout in LAYOUTS:
        chart = charts.gap_heat(many, lay(frame, layout), groups=GROUPS)
        cells = trace(chart, "cell")
        rows = sorted({(y - w / 2, y + w / 2) for y, w in zip(cells.y, cells.width, strict=True)})
        assert rows[0][0] >= 0
        assert rows[-1][1] <= chart.figure.layout.yaxis.range[0]
        assert all(a[1] < b[0] for a, b in itertools.pairwise(rows))


def test_heads_that_would_break_become_letters_that_the_note_explains(gaps, frame):
    groups = [("women", "Incomprehensibilities"), ("black", "Counterrevolutionary"), ("asian", "Asian")]
    chart = charts.gap_heat(gaps, replace(frame, phone=True), groups=groups)
    assert annotations(chart, "head") == ["A", "B", "C"]
    assert "A: Incomprehensibilities; B: Counterrevolutionary; C: Asian." in annotation(chart, "source")


@pytest.fixture
def ladder() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rung": ["High school or less", "Certificate", "Associate's degree", "Bachelor's or more"],
            "jobs": [184_300, 41_200, None, 310_400],
            "women_pct": [38.2, 55.1, 61.3, 50.4],
            "black_pct": [14.8, 15.0, None, 9.7],
            "asian_pct": [3.9, 4.4, 6.8, None],
        }
    )


def test_ladder_lines_break_where_a_share_is_missing_and_say_so(ladder, frame):
    chart = charts.ladder_lines(ladder, frame, groups=GROUPS, baseline={"women": 47.1})
    lines = traces(chart, "share")
    assert [list(line.y) for line in lines] == [
        [38.2, 55.1, 61.3, 50.4], [14.8, 15.0, None, 9.7], [3.9, 4.4, 6.8, None],
    ]  # fmt: skip
    assert not any(line.connectgaps for line in lines)
    assert len({line.marker.symbol for line in lines}) == 3
    note = annotation(chart, "source")
    assert "Not published: Black (Associate's degree); Asian (Bachelor's or more)." in note
    assert "the group's share of all employed" in note
    (dotted,) = traces(chart, "baseline")
    assert set(dotted.y) == {47.1}
    assert chart.figure.layout.yaxis.range[0] == 0


def test_ladder_names_lines_at_their_ends_and_rungs_with_their_jobs(ladder, frame):
    chart = charts.ladder_lines(ladder, frame, groups=GROUPS)
    assert annotations(chart, "last") == ["Women 50.4%", "Black 9.7%", "Asian"]
    assert annotations(chart, "first") == ["38.2%", "14.8%", "3.9%"]
    assert annotations(chart, "rung") == ladder.rung.tolist()
    assert annotations(chart, "jobs")[2:] == ["jobs not published", "310,400 jobs"]
    leader = [a.arrowcolor for a in chart.figure.layout.annotations if a.name == "last"]
    assert leader[2] != theme.CONTEXT, "no line may point at a share that is not published"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_ends_of_lines_never_overlap(ladder, frame, layout):
    close = ladder.assign(women_pct=10.0, black_pct=10.2, asian_pct=9.9)
    frame = lay(frame, layout)
    chart = charts.ladder_lines(close, frame, groups=GROUPS)
    margin, top = chart.figure.layout.margin, chart.figure.layout.yaxis.range[1]
    tall = chart.height - margin.t - margin.b
    for name in ("first", "last"):
        boxes = []
        for a in (a for a in chart.figure.layout.annotations if a.name == name):
            middle = tall * (1 - a.y / top) + a.ay
            half = frame.format.tick * (1.15 + 1.3 * a.text.count("<br>")) / 2
            boxes.append((middle - half, middle + half))
        boxes.sort()
        assert len(boxes) == 3
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(boxes))


def test_ladder_on_a_phone_numbers_long_rungs_and_keys_its_lines(ladder, frame):
    chart = charts.ladder_lines(ladder, replace(frame, phone=True), groups=GROUPS)
    assert annotations(chart, "rung") == ["1", "2", "3", "4"]
    assert "2: Certificate, 41,200 jobs" in annotation(chart, "source")
    assert annotations(chart, "key") == ["Women", "Black", "Asian"]


def test_ladder_refuses_a_fifth_group(ladder, frame):
    with pytest.raises(TooManySeries):
        charts.ladder_lines(ladder, frame, groups=[(str(i), str(i)) for i in range(5)])


@pytest.fixture
def pairs() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "soc": ["47-2111", "29-1141", "49-3023"],
            "title": ["Electricians", "Registered Nurses", "Mechanics"],
            "program_pct": [7.5, 84.0, None],
            "job_pct": [3.5, 86.0, 1.8],
            "awards": [120, 1, 20],
        }
    )


def test_pipeline_draws_circle_and_diamond_with_both_values(pairs, frame):
    chart = charts.pipeline_dots(pairs, frame)
    training, job = trace(chart, "program"), trace(chart, "job")
    assert list(training.x) == [7.5, 84.0]
    assert list(job.x) == [3.5, 86.0, 1.8]
    assert {training.marker.symbol, job.marker.symbol} == {"circle", "diamond"}
    between = shapes(chart, "between")
    assert [(s.x0, s.x1) for s in between] == [(7.5, 3.5), (84.0, 86.0)]
    texts = [a for a in chart.figure.layout.annotations if a.name == "value"]
    assert [(a.text, a.xanchor) for a in texts] == [
        ("7.5% here", "right"), ("3.5% job", "left"), ("84.0% here", "right"), ("86.0% job", "left"),
        ("1.8%", "left"),
    ]  # fmt: skip
    assert annotations(chart, "key") == ["women in training here", "women in the job, nationally"]
    assert annotations(chart, "row note") == ["120 awards", "1 award", "20 awards"]
    assert "the other share is not published" in annotation(chart, "source")
    assert "Widest difference: Electricians, 7.5% in training here, 3.5% in the job" in chart.alt


def test_marks_that_meet_have_their_values_in_words_in_a_constant_order(pairs, frame):
    given = pairs.assign(program_pct=[29.2, 29.1, 10.0], job_pct=[29.1, 29.2, 90.0])
    texts = [a for a in charts.pipeline_dots(given, frame).figure.layout.annotations if a.name == "value"]
    assert [(a.text, a.xanchor) for a in texts] == [
        ("29.2% here", "right"), ("29.1% job", "left"), ("29.1% here", "right"), ("29.2% job", "left"),
        ("10.0%", "right"), ("90.0%", "left"),
    ]  # fmt: skip
    assert all((a.xshift < 0) == (a.xanchor == "right") for a in texts)


@pytest.mark.parametrize("name", ["heat", "pipeline"])
def test_a_share_of_a_wider_group_is_marked_and_explained(name, request, frame):
    rows = request.getfixturevalue({"heat": "gaps", "pipeline": "pairs"}[name])
    note = "° The share is published for a wider group of occupations."
    chart = build(name, rows.assign(match=["wider", "joined", "group"]), frame)
    assert [t.endswith("\u00a0°") for t in annotations(chart, "row")] == [True, False, True]
    assert note in annotation(chart, "source")
    assert list(chart.table["Occupation"]) == list(rows.title)
    own = build(name, rows.assign(match="own"), frame)
    assert "°" not in " ".join([*annotations(own, "row"), annotation(own, "source")])
    assert "°" not in " ".join(annotations(build(name, rows, frame), "row"))


def test_the_mark_of_a_wider_group_never_stands_alone_on_a_line():
    for width in range(110, 300):
        assert "°" not in wrap("Heating, Air Conditioning, and Refrigeration Mechanics\u00a0°", width, 14)


def build(name: str, rows: pd.DataFrame, frame: Frame) -> charts.Chart:
    if name == "shares":
        return share_chart(rows, frame)
    if name == "heat":
        return charts.gap_heat(rows, frame, groups=GROUPS)
    if name == "ladder":
        return charts.ladder_lines(rows, frame, groups=GROUPS, baseline={"women": 47.1})
    return charts.pipeline_dots(rows, frame)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["shares", "heat", "ladder", "pipeline"])
def test_odd_rows_make_a_chart_all_the_same(name, layout, request, frame):
    rows = request.getfixturevalue({"heat": "gaps", "pipeline": "pairs"}.get(name, name))
    frame = lay(frame, layout)
    numbers = list(rows.select_dtypes("number").columns)
    words = "rung" if name == "ladder" else "title"
    for odd in (
        rows.head(0),
        rows.head(1),
        rows.assign(**dict.fromkeys(numbers, float("nan"))),
        rows.assign(**dict.fromkeys(numbers, pd.NA)),
        rows.assign(**{words: HOSTILE[: len(rows)]}),
    ):
        chart = build(name, odd, frame)
        assert len(chart.table) == len(odd)
        assert len(chart.alt) > 20
        assert chart.figure.to_json()


def test_a_chart_of_few_rows_is_no_taller_than_it_needs(shares, frame):
    one, two = (share_chart(shares.head(n), frame) for n in (1, 2))
    assert one.height < two.height < theme.DESK.height
    assert share_chart(shares.head(1), replace(frame, height=500)).height == 500
    assert share_chart(pd.concat([shares] * 3), frame).height == theme.DESK.height


def test_a_ladder_of_one_rung_says_each_share_once(ladder, frame):
    chart = charts.ladder_lines(ladder.head(1), frame, groups=GROUPS)
    assert annotations(chart, "last") == ["Women 38.2%", "Black 14.8%", "Asian 3.9%"]
    assert not annotations(chart, "first")
