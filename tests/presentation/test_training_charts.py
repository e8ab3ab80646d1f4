"""Training: what is drawn is what was given, in its order; what is not known is said, never zero."""

import itertools
import random
from dataclasses import replace
from html import unescape

import numpy as np
import pandas as pd
import pytest

from lmi.presentation import charts, theme
from lmi.presentation.balance_ground import BALANCED, FEWER, MORE
from lmi.presentation.text import block_height, measure

from . import training
from .reading import all_texts, annotation, annotations, shapes, trace, traces

HOSTILE = ["<b>x</b>", "=1+1", "École d’Ingénieurs, Université 技術大学, " * 4]
SCALES = {"desk": 1, "present": 2, "phone": 1}


def shaped(frame, layout):
    """The frame for a layout and the widths of screen that it has to hold on."""
    if layout == "phone":
        return replace(frame, phone=True), (344, 390)
    if layout == "present":
        return replace(frame, sizes=theme.PRESENT), (1500, 1920)
    return frame, (620, 960, 1600)


def occupations(count: int, seed: int = 7) -> pd.DataFrame:
    """Made-up occupations in the shape of a metro area: half of them without any completions."""
    pick = random.Random(seed)
    words = ["Registered", "Skilled", "Industrial", "Medical", "Assistants", "Technicians", "and", "Support"]
    zero = [pick.random() < 0.5 for _ in range(count)]
    return pd.DataFrame(
        {
            "soc": [f"{11 + i // 90}-{1000 + i}" for i in range(count)],
            "title": [" ".join(pick.choices(words, k=pick.randint(2, 8))) for _ in range(count)],
            "openings_per_year": [10 ** pick.uniform(0.5, 3.4) for _ in range(count)],
            "completions": [0 if none else round(10 ** pick.uniform(0, 3)) for none in zero],
            "in_demand": [pick.random() < 0.35 for _ in range(count)],
        }
    )  # fmt: skip


def boxes(chart, name, width):
    """Rectangles of the texts of that name, in pixels on a figure so wide; positions in paper units."""
    margin = chart.figure.layout.margin
    plot = width - margin.l - margin.r, chart.height - margin.t - margin.b
    found = []
    for a in chart.figure.layout.annotations:
        if a.name == name:
            lines = unescape(a.text).split("<br>")
            x, y = a.x * plot[0] + (a.xshift or 0), a.y * plot[1] + (a.yshift or 0)
            wide = max(measure(line, a.font.size) for line in lines)
            high = block_height(len(lines), a.font.size)
            left = x - {"left": 0, "center": wide / 2, "right": wide}[a.xanchor]
            low = y - {"bottom": 0, "middle": high / 2, "top": high}[a.yanchor]
            found.append((left, left + wide, low, low + high))
    return found, plot


def overlap(a, b):
    return a[0] < b[1] - 1e-6 and b[0] < a[1] - 1e-6 and a[2] < b[3] - 1e-6 and b[2] < a[3] - 1e-6


# Openings against completions


def test_balance_draws_the_figures_given_and_counts_what_is_left_out(rows, frame):
    given = training.balance_rows(rows).assign(completions=[20, 0, 900, None, 4])
    chart = charts.balance_scatter(given, frame)
    drawn = {s: (x, y) for t in chart.figure.data if t.customdata is not None and t.yaxis != "y2"
             for s, x, y in zip(t.customdata, t.x, t.y, strict=True)}  # fmt: skip
    assert drawn == {"29-1141": (480, 20), "11-1021": (460, 900)}
    (zero,) = [t for t in chart.figure.data if t.yaxis == "y2"]
    assert list(zero.customdata) == ["41-3091"]
    assert list(zero.x) == [460]
    assert list(chart.figure.layout.yaxis2.ticktext) == ["0"]
    note = annotation(chart, "source")
    assert "1 occupation without published openings" in note
    assert "1 occupation that no program leads to" in note
    assert len(chart.table) == 5


@pytest.mark.parametrize("done", [[300, 0, 900, 12, 4], [300, 460, 400, 120, 4], [0.4, 0, 900, 12, 4]])
def test_both_axes_have_the_same_limits_and_the_line_is_where_they_are_equal(rows, frame, done):
    layout = charts.balance_scatter(rows.assign(completions=done), frame).figure.layout
    assert layout.xaxis.range == layout.yaxis.range
    assert layout.xaxis.type == layout.yaxis.type
    assert layout.xaxis.ticktext == layout.yaxis.ticktext
    line = trace(charts.balance_scatter(rows.assign(completions=done), frame), "balance")
    assert list(line.x) == list(line.y)
    ends = [10**v for v in layout.xaxis.range] if layout.xaxis.type == "log" else list(layout.xaxis.range)
    assert list(line.x) == pytest.approx(ends)


def test_the_tinted_half_is_the_one_under_the_line_and_all_three_are_named(rows, frame):
    chart = charts.balance_scatter(training.balance_rows(rows), frame)
    floor = chart.figure.layout.yaxis.domain[0]
    assert chart.figure.layout.yaxis2.domain == (0, floor)
    (half,) = shapes(chart, "fewer")
    assert half.path == f"M0,0 L0,{floor} L1,1 L1,0 Z"
    assert (annotation(chart, "balance"), annotation(chart, "fewer"), annotation(chart, "more")) == (
        BALANCED, FEWER, MORE,
    )  # fmt: skip
    assert MORE == "more awards than openings"
    assert annotation(chart, "y title").startswith("Awards a year")
    assert annotation(chart, "x title").startswith("Openings a year")
    words = " ".join([*all_texts(chart), chart.alt.replace(frame.title, "")]).lower()
    assert not any(word in words for word in ("completions", "finish", "needed", "graduate"))


def test_a_narrow_range_has_linear_axes_with_zero_on_them(rows, frame):
    chart = charts.balance_scatter(rows.assign(completions=[300, 0, 350, 100, 5]), frame)
    assert chart.figure.layout.xaxis.type != "log"
    assert chart.figure.layout.yaxis.domain == (0, 1)
    assert 0 in [y for t in chart.figure.data if t.customdata is not None for y in t.y]


def test_shares_of_a_graduate_do_not_stretch_the_axes(rows, frame):
    chart = charts.balance_scatter(rows.assign(completions=[0.02, 0, 900, 12, 4]), frame)
    assert list(chart.figure.layout.yaxis2.ticktext) == ["under 1"]
    assert chart.figure.layout.xaxis.range[0] > 0


def test_in_demand_is_larger_not_only_of_another_colour(frame):
    chart = charts.balance_scatter(occupations(60), frame)
    hot, other = trace(chart, "in demand"), trace(chart, "other")
    assert min(hot.marker.size) > max(other.marker.size)
    assert hot.marker.color == theme.DEFAULT_PALETTE.accent != other.marker.color
    assert "Large dots: in demand" in annotation(chart, "source")


def named(chart):
    """Titles that are written at their dots, and those in the key."""
    key = "".join(annotations(chart, "key"))
    return annotations(chart, "point"), key


def test_the_widest_gaps_in_demand_are_named_and_the_selected_before_them(rows, frame):
    given = training.balance_rows(rows)
    points, key = named(charts.balance_scatter(given, frame))
    assert "General and Operations Managers" not in points  # wide gap, but not in demand
    assert "Registered Nurses" in points or "Registered Nurses" in key
    points, key = named(charts.balance_scatter(given, frame, selected=["11-1021"]))
    assert "General and Operations Managers" in points or "General and Operations Managers" in key
    points, key = named(charts.balance_scatter(given, frame, labels=["47-2111"]))
    assert ([*points, key]) == ["Electricians", ""]


def test_only_the_ten_widest_gaps_are_named(frame):
    given = occupations(200)
    gaps = (given.openings_per_year - given.completions).abs()[given.in_demand].sort_values(ascending=False)
    ten = set(given.title[gaps.index[:10]])
    points, key = named(charts.balance_scatter(given, frame))
    titles = {entry.replace("\u00a0", " ").split(" ", 1)[1] for entry in key.split("; ")}
    assert {*points, *titles} <= ten
    assert len({*points, *titles}) >= 5
    assert given.title[gaps.index[0]] in {*points, *titles}


@pytest.mark.parametrize("layout", ["desk", "present", "phone"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_names_of_200_dots_never_overlap_nor_hide_one_another(layout, seed, frame):
    shape, widths = shaped(frame, layout)
    chart = charts.balance_scatter(occupations(200, seed), shape)
    for width in widths:
        found, plot = boxes(chart, "point", width)
        halves = boxes(chart, "more", width)[0] + boxes(chart, "fewer", width)[0]
        assert not any(overlap(a, b) for a, b in itertools.combinations(found, 2))
        assert not any(overlap(a, b) for a in found for b in halves)
        assert all(x0 >= 0 and x1 <= plot[0] and y0 >= 0 and y1 <= plot[1] for x0, x1, y0, y1 in found)
    assert len(found) + len([n for t in chart.figure.data if t.name.startswith("number") for n in t.x]) >= 4


@pytest.mark.parametrize("layout", ["desk", "present", "phone"])
def test_every_number_has_its_name_in_the_key(layout, frame):
    given = occupations(200)
    chart = charts.balance_scatter(given, shaped(frame, layout)[0])
    titles = given.set_index("soc").title
    discs = {int(n): s for t in chart.figure.data if t.name.startswith("number")
             for n, s in zip(t.text, t.customdata, strict=True)}  # fmt: skip
    assert sorted(discs) == list(range(1, len(discs) + 1))
    key = annotation(chart, "key").replace("\u00a0", " ")
    assert key == "; ".join(f"{n} {titles[discs[n]]}" for n in sorted(discs))
    (lines,) = [a.text.split("<br>") for a in chart.figure.layout.annotations if a.name == "key"]
    assert not any(line.split(" ")[-1].isdigit() for line in lines)


def test_an_upper_bound_is_said(rows, frame):
    given = training.balance_rows(rows).rename(columns={"completions": "completions_upper_bound"})
    chart = charts.balance_scatter(given, frame, upper=True, completions="completions_upper_bound")
    assert "Awards count for every occupation that the program leads to: an upper bound." in annotation(
        chart, "source"
    )
    assert "Completions, every program whole (awards per year)" in chart.table


# Awards by year and level


def awards() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "award_year": [2020, 2020, 2021, 2021, 2023, 2023, 2024],
            "level": ["Associate's", "Certificates"] * 3 + ["Associate's"],
            "level_order": [3, 1, 3, 1, 3, 1, 3],
            "awards": [50, 20, 60, 25, None, 10, 70],
        }
    )  # fmt: skip


def test_columns_are_the_awards_with_the_lowest_level_at_the_foot(frame):
    chart = charts.award_trend(awards(), frame)
    assert [t.name for t in chart.figure.data] == ["Certificates", "Associate's"]
    assert list(trace(chart, "Associate's").y) == [50, 60, None, None, 70]
    assert list(trace(chart, "Certificates").y) == [20, 25, None, 10, 0]
    assert list(chart.figure.layout.xaxis.ticktext) == ["2020", "2021", "2022", "2023", "2024"]
    assert chart.figure.layout.yaxis.range[0] == 0
    assert chart.figure.layout.barmode == "stack"


def test_totals_stand_over_the_columns_and_empty_years_say_so(frame):
    chart = charts.award_trend(awards(), frame)
    assert annotations(chart, "total") == ["70", "85", "no figures", "at least 10", "70"]
    totals = [a for a in chart.figure.layout.annotations if a.name == "total"]
    assert [a.y for a in totals] == [70, 85, 0, 10, 70]
    assert "No figures for 2022: not the same as no awards." in annotation(chart, "source")


@pytest.mark.parametrize("layout", ["desk", "present", "phone"])
@pytest.mark.parametrize("last", [[1, 2, 3, 4], [0, 0, 0, 900], [900, 1, 1, 1], [0, 0, 0, 0]])
def test_names_of_levels_stand_beside_the_last_column_and_apart(layout, last, frame):
    names = [
        "Certificates under 1 year",
        "Certificates, 1 to 4 years",
        "Associate's degrees",
        "Bachelor's degrees",
    ]
    given = pd.DataFrame({"award_year": 2024, "level": names, "level_order": range(4), "awards": last})
    chart = charts.award_trend(given, shaped(frame, layout)[0])
    drawn = [a for a in chart.figure.layout.annotations if a.name == "level"]
    assert [a.text.replace("<br>", " ") for a in drawn] == [
        f"{n}, {v or 'none'}" for n, v in zip(names, last, strict=True)
    ]
    margin = chart.figure.layout.margin
    scale = (chart.height - margin.t - margin.b) / chart.figure.layout.yaxis.range[1]
    spans = []
    for a in drawn:
        middle = a.y * scale - a.ay
        half = block_height(1 + a.text.count("<br>"), a.font.size) / 2
        spans.append((middle - half, middle + half))
        assert max(measure(t, a.font.size) for t in a.text.split("<br>")) + a.ax <= margin.r
    assert all(a[1] <= b[0] + 1e-6 for a, b in itertools.pairwise(spans))


def test_a_fifth_level_is_refused(frame):
    five = pd.DataFrame({"award_year": 2024, "level": list("abcde"), "level_order": range(5), "awards": 1})
    with pytest.raises(theme.TooManySeries):
        charts.award_trend(five, frame)


# Bars in a given order


def words(chart):
    return annotations(chart, "value text")


def test_groups_keep_their_order_and_those_that_are_none_are_hatched(frame):
    given = pd.DataFrame(
        {
            "group": [
                "Asian",
                "White",
                "Race and ethnicity unknown",
                "U.S. nonresident",
                "Two or more races",
            ],
            "people": [31, 4811, 402, None, 5],
            "share_pct": [9.2, 36.6, 3.1, 1.1, None],
        }
    )
    chart = charts.completer_bars(given, frame)
    assert annotations(chart, "row") == given.group.tolist()
    assert list(trace(chart, "value").x) == [9.2, 36.6, 3.1, 1.1]
    assert words(chart) == [
        "9.2% (31)",
        "36.6% (4,811)",
        "3.1% (402)",
        "1.1%",
        "5 people, share not published",
    ]
    assert [bool(s) for s in trace(chart, "value").marker.pattern.shape] == [
        False,
        False,
        True,
        True,
    ]
    assert len(set(trace(chart, "value").marker.color[:2])) == 1
    assert "not a racial or ethnic group" in annotation(chart, "source")
    known = given[given.group.isin(["Asian", "White"])]
    assert "not a racial" not in annotation(charts.completer_bars(known, frame), "source")


def test_stages_keep_their_order_with_the_basis_in_words_and_the_limit_named(rows, frame):
    given = training.limit_rows(rows)
    chart = charts.limit_bars(given, frame)
    assert list(trace(chart, "value").x) == [320, 298, 241, 480]
    assert words(chart) == [
        "not known", "320, proxy: five-year peak", "298, entered by staff", "241, published; the limit",
        "480, estimated",
    ]  # fmt: skip
    accent = theme.DEFAULT_PALETTE.accent
    assert [c == accent for c in trace(chart, "value").marker.color] == [False, False, True, False]
    assert "it is not zero" in annotation(chart, "source")
    plain = charts.limit_bars(given.drop(columns="limit"), frame)
    assert set(trace(plain, "value").marker.color) == {accent}


def test_long_words_stand_over_the_bar_on_a_phone(rows, frame):
    chart = charts.limit_bars(training.limit_rows(rows), replace(frame, phone=True))
    assert annotations(chart, "row")[1].endswith(": 320, proxy: five-year peak")
    assert words(chart) == []


@pytest.mark.parametrize("layout", ["desk", "present", "phone", "half page"])
def test_huge_numbers_overflow_nothing(layout, rows, frame):
    given = training.limit_rows(rows).assign(people=[9.99e14, 1.23456789012345e15, 3e5, 12, 9e14])
    title = "Seats hold back: 999,999,999,999,999 applicants for " + "1,234," * 30
    shape = replace(shaped(frame, layout)[0], title=title)
    if layout == "half page":
        shape = replace(shape, width=430, height=430)
    chart = charts.limit_bars(given, shape)
    form, margin, layout_ = shape.format, chart.figure.layout.margin, chart.figure.layout
    wide, tall = shape.width or form.min_width, chart.height - margin.t - margin.b
    plot = wide - margin.l - margin.r
    spans = []
    for a in chart.figure.layout.annotations:
        lines = unescape(a.text).split("<br>")
        room = max(measure(t, a.font.size, bold=a.font.weight == 700) for t in lines)
        if a.name == "value text":
            assert margin.l + a.x / layout_.xaxis.range[1] * plot + a.xshift + room <= wide
            middle, half = a.y / layout_.yaxis.range[0] * tall, block_height(len(lines), a.font.size) / 2
            spans.append((middle - half, middle + half))
        else:
            assert room <= wide
    assert plot > 60 * form.unit
    assert all(a[1] <= b[0] + 0.5 for a, b in itertools.pairwise(spans))


def test_few_bars_make_a_low_figure(rows, frame):
    assert charts.limit_bars(training.limit_rows(rows), frame).height < theme.DESK.height
    assert charts.limit_bars(training.limit_rows(rows), replace(frame, height=500)).height == 500


def test_coverage_pairs_stand_one_over_the_other_with_their_words_and_the_aim(rows, frame):
    chart = charts.coverage_bars(training.coverage_rows(rows), frame)
    count, jobs = trace(chart, "of occupations"), trace(chart, "of jobs")
    assert list(count.x) == [97.4, 61.2, 40, 0]
    assert list(jobs.x) == [99.1, 78.3, 100]
    assert words(chart) == [
        "97.4% of occupations", "61.2% of occupations", "40.0% of occupations", "0% of occupations",
        "of occupations: not published", "99.1% of jobs", "78.3% of jobs", "of jobs: not published",
        "100% of jobs", "of jobs: not published",
    ]  # fmt: skip
    assert all(a < b for a, b in zip(count.y, jobs.y, strict=False))
    ticks = shapes(chart, "aim")
    assert [s.x0 for s in ticks] == [95, 80, 25]
    for tick, upper, lower in zip(ticks, [count.y[0], count.y[1], count.y[3]], [*jobs.y[:2], jobs.y[2]],
                                  strict=True):  # fmt: skip
        assert (tick.y0 + tick.y1) / 2 == pytest.approx(lower)
        assert tick.y0 > upper + count.width / 2  # the aim is not on the share by count
    assert "the lower bar" in annotation(chart, "source")
    assert annotations(chart, "row")[0].endswith("(aim 95%)")
    assert tuple(chart.figure.layout.xaxis.range) == (0, 100)


@pytest.mark.parametrize("layout", ["desk", "phone"])
def test_words_of_a_pair_have_a_line_each(layout, rows, frame):
    chart = charts.coverage_bars(training.coverage_rows(rows), shaped(frame, layout)[0])
    scale = 1.0 * (chart.height - chart.figure.layout.margin.t - chart.figure.layout.margin.b)
    scale /= chart.figure.layout.yaxis.range[0]
    ys = sorted(a.y * scale for a in chart.figure.layout.annotations if a.name == "value text")
    assert all(b - a >= 14 * 1.15 for a, b in itertools.pairwise(ys))


def test_coverage_rows_that_do_not_fit_are_counted(rows, frame):
    given = pd.concat([training.coverage_rows(rows)] * 3, ignore_index=True)
    chart = charts.coverage_bars(given, replace(frame, height=320))
    shown = len(annotations(chart, "row"))
    assert f"First {shown} of 15 rows" in annotation(chart, "source")
    assert len(chart.table) == 15


def test_earnings_are_sorted_and_say_when_they_were_measured(rows, frame):
    chart = charts.earnings_dots(
        training.earnings_rows(rows), frame, reference=50_980, reference_name="All jobs"
    )
    dots = trace(chart, "earnings")
    assert list(dots.x) == [78_210, 52_000, 44_100, 30_123]
    assert list(dots.y) == sorted(dots.y)
    assert list(dots.marker.symbol) == ["circle", "circle", "triangle-up", "circle"]
    assert words(chart) == ["$78,210", "$52,000", "$44,100, 1 year after", "$30,123", "not published"]
    (line,) = shapes(chart, "reference")
    assert line.x0 == line.x1 == 50_980
    assert annotation(chart, "reference") == "All jobs $50,980"
    assert "Triangle: measured in another year." in annotation(chart, "source")


def test_the_line_of_comparison_does_not_cross_labels_on_a_phone(rows, frame):
    chart = charts.earnings_dots(
        training.earnings_rows(rows), replace(frame, phone=True), reference=50_980, reference_name="All jobs"
    )
    dots, lines = trace(chart, "earnings").y, shapes(chart, "reference")
    assert len(lines) == 5
    assert all(s.y0 < y < s.y1 for s, y in zip(lines, dots, strict=False))


def test_earnings_beyond_fifteen_are_in_the_table(rows, frame):
    many = pd.concat([training.earnings_rows(rows)] * 4, ignore_index=True)
    chart = charts.earnings_dots(many, replace(frame, height=1200), reference=None, reference_name="")
    assert len(annotations(chart, "row")) == 15
    assert "Highest 15 of 20 programs" in annotation(chart, "source")
    assert len(chart.table) == 20
    assert not traces(chart, "reference")


# Every builder, at its limits

NUMBERS = {"awards", "people", "share_pct", "completions", "openings_per_year", "by_count_pct", "aim_pct",
           "by_employment_pct", "earnings_usd_year"}  # fmt: skip
TEXTS = {"title", "level", "institution_name", "group", "stage", "measure", "program"}
GIVEN = {
    "balance": (training.balance_rows, charts.balance_scatter),
    "trend": (training.trend_rows, charts.award_trend),
    "completers": (training.completer_rows, charts.completer_bars),
    "limit": (training.limit_rows, charts.limit_bars),
    "coverage": (training.coverage_rows, charts.coverage_bars),
    "earnings": (training.earnings_rows, charts.earnings_dots),
}


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("layout", ["desk", "present", "phone"])
@pytest.mark.parametrize("case", ["nothing known", "one row", "hostile"])
def test_every_builder_bears_every_input(name, layout, case, rows, frame):
    make, builder = GIVEN[name]
    given = make(rows)
    if case == "nothing known":
        given = given.assign(**dict.fromkeys(NUMBERS & set(given), np.nan))
    if case == "one row":
        given = given.head(1)
    (text,) = TEXTS & set(given) if len(TEXTS & set(given)) == 1 else ("level",)
    if case == "hostile":
        given = given.head(3).assign(**{text: HOSTILE})
    chart = builder(given, shaped(frame, layout)[0])
    assert len(chart.table) == len(given)
    assert frame.title in chart.alt
    everything = " ".join(a.text for a in chart.figure.layout.annotations)
    assert "<b>" not in everything
    assert "nan" not in everything.lower().replace("finan", "")
    if case == "hostile" and name not in {"balance", "trend"}:
        labels = annotations(chart, "row")
        assert all(any(label.startswith(text) for label in labels) for text in HOSTILE[:2])
