"""Each builder: the values drawn are the values given, and what is withheld is said, never zero."""

import itertools
from dataclasses import replace

import pandas as pd
import pytest

from lmi.presentation import charts, theme
from lmi.presentation.maps import LQ_BINS

from .reading import annotation, annotations, shapes, trace, traces


def test_bars_are_the_rows_of_the_table(rows, frame):
    chart = charts.bars_with_intervals(rows, frame)
    bars = trace(chart, "value")
    assert list(bars.x) == chart.table["Openings (per year)"].dropna().tolist() == [480, 460, 460, 120]
    assert list(bars.customdata) == rows.soc.tolist()[:4]
    assert [x + e for x, e in zip(bars.x, bars.error_x.array, strict=True)] == [530, 505, 500, 200]
    assert [x - e for x, e in zip(bars.x, bars.error_x.arrayminus, strict=True)] == [430, 415, 420, 40]


def test_bars_end_with_value_and_interval_and_say_what_is_withheld(rows, frame):
    chart = charts.bars_with_intervals(rows, frame)
    assert [t.removeprefix("&nbsp;") for t in trace(chart, "value text").text] == [
        "480 (430–530)", "460 (415–505), tied", "460 (420–500), tied", "120 (40–200), low precision",
        "not published",
    ]  # fmt: skip
    assert "withheld by the publisher, not zero" in annotation(chart, "source")
    assert 0 not in trace(chart, "value").x


def test_low_precision_is_hollow_and_hatched(rows, frame):
    marker = trace(charts.bars_with_intervals(rows, frame), "value").marker
    assert [c == theme.PAPER for c in marker.color] == [False, False, False, True]
    assert [bool(s) for s in marker.pattern.shape] == [False, False, False, True]


def test_ties_are_bracketed(rows, frame):
    (tie,) = shapes(charts.bars_with_intervals(rows, frame), "tie")
    centres = trace(charts.bars_with_intervals(rows, frame), "value").y
    assert (tie.y0, tie.y1) == (centres[1], centres[2])


def test_highlight_takes_the_accent_and_the_rest_steps_back(rows, frame):
    frame = replace(frame, palette=theme.with_accent("#7A1FA2"))
    marker = trace(charts.bars_with_intervals(rows, frame, highlight=["41-3091"]), "value").marker
    assert list(marker.line.color) == [theme.MUTED, "#7A1FA2", theme.MUTED, theme.MUTED]


def test_bars_start_at_zero_in_the_order_given_and_are_fifteen_at_most(rows, frame):
    many = pd.concat([rows.head(3)] * 7, ignore_index=True)
    chart = charts.bars_with_intervals(many, replace(frame, height=900))
    bars = trace(chart, "value")
    assert len(bars.x) == 15
    assert list(bars.y) == sorted(bars.y)
    assert chart.figure.layout.xaxis.range[0] == 0
    assert chart.figure.layout.yaxis.range[0] > chart.figure.layout.yaxis.range[1] == 0


def test_rows_that_do_not_fit_are_counted_and_stay_in_the_table(rows, frame):
    many = pd.concat([rows.head(3)] * 5, ignore_index=True)
    chart = charts.bars_with_intervals(many, replace(frame, height=300))
    shown = len(trace(chart, "value").x)
    assert 1 <= shown < 15
    assert f"First {shown} of 15 rows" in annotation(chart, "source")
    assert len(chart.table) == 15
    assert len(annotations(chart, "row")) == shown


def test_labels_of_rows_keep_every_word_and_leave_room_for_one_another(rows, frame):
    chart = charts.bars_with_intervals(rows, frame)
    assert annotations(chart, "row") == rows.title.tolist()
    margin = chart.figure.layout.margin
    scale = (chart.height - margin.t - margin.b) / chart.figure.layout.yaxis.range[0]
    rows_drawn = [a for a in chart.figure.layout.annotations if a.name == "row"]
    half = [14 * (1.15 + 1.3 * a.text.count("<br>")) / 2 for a in rows_drawn]
    gaps = [(b.y - a.y) * scale for a, b in itertools.pairwise(rows_drawn)]
    assert all(gap >= h + k for gap, h, k in zip(gaps, half, half[1:], strict=False))


def test_category_bars_count_their_occupations(rows, frame):
    rows = rows.assign(occupations=[3, 1, 7, 2, pd.NA], at_least=[True, False, False, False, False])
    texts = trace(charts.category_bars(rows, frame), "value text").text
    assert [t.removeprefix("&nbsp;") for t in texts] == [
        "at least 480 in 3 occupations", "460 in 1 occupation", "460 in 7 occupations",
        "120 in 2 occupations", "not published",
    ]  # fmt: skip


def test_ranks_are_dots_on_lines_and_overlaps_are_explained(rows, frame):
    chart = charts.rank_ranges(rows, frame)
    assert list(trace(chart, "rank").x) == chart.table["Demand rank (1 = highest)"].dropna().tolist()
    assert [list(t.x) for t in traces(chart, "interval")] == [[1, 2], [1, 3], [2, 3], [4, 4]]
    assert [t.replace("&nbsp;", "") for t in trace(chart, "rank text").text] == [
        "1–2", "1–3", "2–3", "4", "not published",
    ]  # fmt: skip
    assert "the order is not certain" in annotation(chart, "source")


def test_scatter_draws_only_published_points_and_counts_the_rest(rows, frame):
    chart = charts.pay_openings_scatter(rows, frame, wage_line=60_000, openings_line=200)
    hot, other = trace(chart, "in demand"), trace(chart, "other")
    assert list(hot.customdata) == ["29-1141", "41-3091", "47-2111"]
    assert list(other.customdata) == ["11-1021"]
    assert list(hot.x) == [480, 460, 120]
    assert list(hot.y) == [97_890, 63_120, 58_000]
    assert "Not shown: 1 occupation without published figures." in annotation(chart, "source")
    assert list(other.marker.symbol) == ["triangle-up"]
    (corner,) = shapes(chart, "corner")
    assert (corner.x0, corner.y0) == (200, 60_000)
    assert annotation(chart, "wage line") == "Pay line $60,000"


def test_scatter_uses_a_log_axis_only_for_a_wide_range(rows, frame):
    assert charts.pay_openings_scatter(rows, frame).figure.layout.xaxis.type != "log"
    wide = rows.assign(openings_per_year=[4800.0, 460, 46, 12, 0])
    chart = charts.pay_openings_scatter(wide, frame)
    assert chart.figure.layout.xaxis.type == "log"
    assert list(chart.figure.layout.xaxis.ticktext) == ["10", "100", "1k"]
    assert "1 with no openings cannot stand on this axis." in annotation(chart, "source")


def test_scatter_leaves_out_an_occupation_without_pay(rows, frame):
    chart = charts.pay_openings_scatter(
        rows.assign(wage_median_usd_year=[pd.NA, 63_120, 70_000, 58_000, pd.NA]), frame
    )
    assert "29-1141" not in trace(chart, "in demand").customdata
    assert "Not shown: 2 occupations without published figures." in annotation(chart, "source")


def test_scatter_names_the_selected_first(rows, frame):
    chart = charts.pay_openings_scatter(rows, frame, selected=["47-2111"])
    assert annotations(chart, "point")[0] == "Electricians"


WAGES = {
    "wage_p10_usd_year": 81_230.0,
    "wage_p25_usd_year": pd.NA,
    "wage_median_usd_year": 150_000.0,
    "wage_p75_usd_year": 239_200.0,
    "wage_p90_usd_year": 239_200.0,
    "top_coded": "wage_p75_usd_year wage_p90_usd_year",
}


def test_wages_say_their_limit_and_what_is_missing(frame):
    reference = [charts.Reference("All occupations", 56_950), charts.Reference("Living wage", None)]
    chart = charts.wage_distribution(WAGES, frame, references=reference)
    assert annotations(chart, "wage") == [
        "All occupations $56,950", "10th $81,230", "Median $150,000", "75th, 90th ≥ $239,200",
    ]  # fmt: skip
    assert "Not published: 25th percentile, Living wage." in annotation(chart, "source")
    assert annotations(chart, "open end") == [""]
    assert not traces(chart, "p25 to p75")
    table = dict(zip(chart.table["Point"], chart.table["USD per year"], strict=True))
    drawn = {**dict.fromkeys(trace(chart, "wage points").x), **dict.fromkeys(trace(chart, "median").x)}
    assert set(drawn) == {table[p] for p in table if not pd.isna(table[p])} - {56_950}
    assert pd.isna(table["25th percentile"])


def test_wage_chart_is_short_and_uses_letters_where_references_do_not_fit(frame):
    many = [charts.Reference(f"A rather long name of comparison {i}", 50_000 + i) for i in range(9)]
    assert charts.wage_distribution(WAGES, frame).height < 270
    chart = charts.wage_distribution(WAGES, frame, references=many)
    assert annotations(chart, "wage")[:3] == ["A", "B", "C"]
    assert "A: A rather long name of comparison 0 $50,000" in annotation(chart, "source")


def test_split_draws_a_decline_left_of_zero(frame):
    chart = charts.openings_split(-40, 210, 240, frame)
    spans = {t.name: (t.base[0], t.base[0] + t.x[0]) for t in chart.figure.data}
    assert spans == {"Growth": (0, -40), "Exits": (0, 210), "Transfers": (210, 450)}
    assert annotations(chart, "part") == ["Decline −40", "Exits 210", "Transfers 240"]
    assert "left of zero" in annotation(chart, "source")
    assert chart.table["People or jobs per year"].tolist() == [-40, 210, 240]


def test_split_leaves_out_a_missing_part(frame):
    chart = charts.openings_split(60, pd.NA, 240, frame)
    assert [t.name for t in chart.figure.data] == ["Growth", "Transfers"]
    assert "Not published: exits." in annotation(chart, "source")


@pytest.mark.parametrize(("value", "step"), [(0.49, 0), (0.5, 1), (1.0, 2), (1.2, 3), (2.0, 4), (9, 4)])
def test_a_cut_point_belongs_to_the_step_above(value, step):
    assert LQ_BINS.index(value) == step


def area_rows():
    return pd.DataFrame(
        {
            "area_code": ["12420", "10180", "19100"],
            "short_name": ["Austin, TX", "Abilene, TX", "Dallas, TX"],
            "location_quotient": [0.79, pd.NA, 1.2],
        }
    )


def test_map_gives_withheld_areas_their_own_grey_and_name(frame):
    chart = charts.area_map(area_rows(), frame, selected="12420")
    areas = trace(chart, "areas")
    assert list(areas.z) == [2.5, 0.5, 4.5]
    fills = dict(areas.colorscale)
    assert fills[0] == theme.NOT_PUBLISHED_FILL
    assert "not published" in areas.text[1]
    assert annotations(chart, "legend")[-1] == "not published"
    assert "not published in 1" in chart.alt
    assert list(trace(chart, "selected").locations) == ["12420"]
    assert areas.geojson == "./app/static/geo/metros.geojson"
    assert trace(chart, "states").geojson == "./app/static/geo/states.geojson"
    assert chart.figure.layout.geo.visible is False
    assert chart.figure.layout.geo.projection.type == "albers usa"


def test_legend_has_a_swatch_for_every_colour_drawn(frame):
    chart = charts.area_map(area_rows(), frame)
    swatches = {s.fillcolor for s in shapes(chart, "legend")}
    assert swatches == {colour for _, colour in trace(chart, "areas").colorscale}


def test_round_bins_ascend_and_hold_about_equally_many():
    bins = charts.round_bins([*range(1, 101), pd.NA])
    assert bins.cuts == (21, 41, 61, 81)
    assert bins.labels[0] == "under 21"
    same = charts.round_bins([5, 5, 5, 5]).cuts
    assert list(same) == sorted(set(same))


def test_rule_marks_differ_in_form(rows, frame):
    rows = rows.assign(a=[True, False, None, True, True], b=[True, True, True, False, None])
    chart = charts.rule_marks(rows, frame, rules={"a": "Enough openings", "b": "Pay above the line"})
    passed, failed, unknown = (trace(chart, n) for n in ("pass", "fail", "unknown"))
    assert [len(t.x) for t in (passed, failed, unknown)] == [6, 2, 2]
    assert passed.marker.color != failed.marker.color == theme.PAPER
    assert set(unknown.text) == {"?"}
    assert chart.table["Enough openings"].tolist() == ["passes", "fails", "not known", "passes", "passes"]
    assert "1 of 5 pass every rule" in chart.alt
