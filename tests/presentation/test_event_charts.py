"""Pictures of hiring events and postings: what stands where, how large, and in which words."""

import itertools
import random
import re
from dataclasses import replace
from datetime import date
from html import unescape
from math import hypot

import pandas as pd
import pytest

from lmi.presentation import charts, theme
from lmi.presentation.event_style import loss_colour
from lmi.presentation.scales import round_under
from lmi.presentation.text import block_height, measure
from lmi.presentation.theme import TooManySeries

from .happenings import county_rows, event_rows, log, moved_rows, posting_rows, ranked_rows, sector_rows
from .reading import all_texts, annotation, annotations, shapes, trace, traces
from .training import METROS, STATES

SINCE, UNTIL = "2023-01-01", "2026-08-31"


def many(count, seed=5, counts=True):
    """Made-up events, crowded in some months as notices are."""
    pick = random.Random(seed)
    kinds = ("layoff", "layoff", "closure", "expansion")
    states = ("confirmed", "announced", "confirmed", "rumored", "cancelled")
    start = date(2023, 1, 1).toordinal()
    return log(
        [
            {
                "employer": f"{pick.choice(('Acme', 'Hill Country', 'Lone Star'))} Works {i}",
                "event_type": pick.choice(kinds),
                "status": pick.choice(states),
                "announced": date.fromordinal(start + round(pick.betavariate(1, 2) * 1330)).isoformat(),
                "jobs": round(10 ** pick.uniform(0.5, 3.4)) if counts else None,
            }
            for i in range(count)
        ]
    )


def timeline(rows, frame, **given):
    return charts.event_timeline(frame, rows, SINCE, UNTIL, **given)


def circles(chart, width):
    """Middle and radius in pixels of every circle on a figure so wide."""
    layout = chart.figure.layout
    room = width - layout.margin.l - layout.margin.r, chart.height - layout.margin.t - layout.margin.b
    (x0, x1), (y0, y1) = layout.xaxis.range, layout.yaxis.range
    return [
        ((x - x0) / (x1 - x0) * room[0], (y - y0) / (y1 - y0) * room[1], size / 2)
        for t in [*traces(chart, "gains"), *traces(chart, "losses")]
        for x, y, size in zip(t.x, t.y, t.marker.size, strict=True)
    ], room


def name_boxes(chart, width):
    _, room = circles(chart, width)
    (x0, x1), (y0, y1) = chart.figure.layout.xaxis.range, chart.figure.layout.yaxis.range
    found = []
    for a in chart.figure.layout.annotations:
        if a.name == "point":
            lines = unescape(a.text).split("<br>")
            x = (a.x - x0) / (x1 - x0) * room[0] + a.xshift
            y = (a.y - y0) / (y1 - y0) * room[1] + a.yshift
            wide, tall = max(measure(t, a.font.size) for t in lines), block_height(len(lines), a.font.size)
            found.append((x - wide / 2, x + wide / 2, y - tall / 2, y + tall / 2))
    return found, room


def _largest(count):
    """Names of the three largest of each side that are not cancelled, as they are written."""
    live = many(count).query("status != 'cancelled'").sort_values("jobs", ascending=False)
    tops = pd.concat([live[live["sign"] == sign].head(3) for sign in (1, -1)])
    return [f"{e} {'+' if s > 0 else '−'}{j:,}" for e, s, j in zip(tops.employer, tops.sign, tops.jobs,
                                                                strict=True)]  # fmt: skip


def test_gains_stand_above_the_line_and_losses_below_at_their_day(rows, frame):
    chart = charts.event_timeline(frame, event_rows(rows), "2025-01-01", "2025-12-31")
    up, down = trace(chart, "gains"), trace(chart, "losses")
    assert dict(zip(up.customdata, up.x, strict=True)) == {"e0": date(2025, 3, 12).toordinal()}
    assert list(down.customdata) == ["e4", "e1", "e2"]
    assert list(down.x) == [date(2025, 9, 19).toordinal(), *[date(2025, 1, 15).toordinal()] * 2]
    assert all(y - size / 2 > 0 for y, size in zip(up.y, up.marker.size, strict=True))
    assert all(y + size / 2 < 0 for y, size in zip(down.y, down.marker.size, strict=True))
    bare = trace(chart, "no count")
    assert (list(bare.customdata), list(bare.marker.symbol)) == (["e3"], ["triangle-down"])
    assert bare.y[0] < 0
    assert annotations(chart, "side") == ["Announced gains", "Announced losses"]


def test_the_area_of_a_circle_is_its_jobs_and_the_key_has_the_same_scale(rows, frame):
    chart = charts.event_timeline(frame, event_rows(rows), "2025-01-01", "2025-12-31")
    both = [trace(chart, name) for name in ("gains", "losses")]
    size = {k: s for t in both for k, s in zip(t.customdata, t.marker.size, strict=True)}
    assert (size["e4"] / size["e0"]) ** 2 == pytest.approx(900 / 400)
    assert (size["e0"] / size["e1"]) ** 2 == pytest.approx(400 / 100)
    jobs = [int(t.removesuffix(" jobs").replace(",", "")) for t in annotations(chart, "key")[:2]]
    wide = [s.x1 - s.x0 for s in shapes(chart, "key")[:2]]
    for n, width in zip(jobs, wide, strict=True):
        assert (width / size["e0"]) ** 2 == pytest.approx(n / 400)


def test_rumors_are_hollow_and_cancelled_events_struck_out_in_grey(rows, frame):
    chart = charts.event_timeline(frame, event_rows(rows), "2025-01-01", "2025-12-31")
    down = trace(chart, "losses")
    look = dict(zip(down.customdata, zip(down.marker.symbol, down.marker.color, down.marker.line.color,
                                         strict=True), strict=True))  # fmt: skip
    loss = loss_colour(frame.palette)
    assert look == {"e4": ("circle", loss, loss), "e1": ("circle", theme.PAPER, loss),
                    "e2": ("circle-x", theme.PAPER, theme.CONTEXT)}  # fmt: skip
    assert annotations(chart, "key")[2:] == ["rumored", "cancelled", "no count of jobs"]
    plain = charts.event_timeline(frame, event_rows(rows.head(1)), "2025-01-01", "2025-12-31")
    assert not {"rumored", "cancelled", "no count of jobs"} & set(annotations(plain, "key"))


@pytest.mark.parametrize("layout", ["desk", "phone", "present"])
def test_no_circle_lies_over_another_and_no_name_over_a_name(layout, frame):
    sizes = theme.PRESENT if layout == "present" else theme.DESK
    chart = timeline(many(160), replace(frame, phone=layout == "phone", sizes=sizes))
    widths = {"desk": (620, 1600), "phone": (344, 420), "present": (1500, 1920)}[layout]
    for width in widths:
        placed, room = circles(chart, width)
        for (x1, y1, r1), (x2, y2, r2) in itertools.combinations(placed, 2):
            assert hypot(x1 - x2, y1 - y2) >= r1 + r2 - 0.01
        assert all(r <= y <= room[1] - r and x - r >= -15 and x + r <= room[0] + 15 for x, y, r in placed)
        found, room = name_boxes(chart, width)
        assert len(found) >= 3
        assert set(annotations(chart, "point")) & set(_largest(160))
        for a, b in itertools.combinations(found, 2):
            assert a[1] <= b[0] + 1 or b[1] <= a[0] + 1 or a[3] <= b[2] + 1 or b[3] <= a[2] + 1
        assert all(x0 >= -1 and x1 <= room[0] + 1 and y0 >= -1 and y1 <= room[1] + 1
                   for x0, x1, y0, y1 in found)  # fmt: skip


def test_the_largest_events_are_named_with_their_jobs(frame):
    told = [{"employer": "Small Shop", "jobs": 5, "announced": "2024-02-01"},
            {"employer": "Big Plant", "jobs": 2000, "event_type": "opening", "announced": "2025-09-19"},
            {"employer": "Old Mill", "jobs": 650, "announced": "2023-12-04"}]  # fmt: skip
    chart = timeline(log(told), frame)
    assert {"Big Plant +2,000", "Old Mill −650"} <= set(annotations(chart, "point"))
    assert "Largest gain: Big Plant, 2,000 jobs, 19 Sep 2025" in chart.alt
    assert "largest loss: Old Mill, 650 jobs, 4 Dec 2023" in chart.alt
    assert chart.table["Employer"].tolist() == ["Big Plant", "Small Shop", "Old Mill"]
    assert chart.table["Announced"].tolist() == ["2025-09-19", "2024-02-01", "2023-12-04"]
    assert chart.table["Kind of event"].tolist() == ["Opening", "Lay-off", "Lay-off"]


def test_two_thousand_events_are_all_there_and_few_marks_are_drawn(frame):
    given = many(2000)
    chart = timeline(given, frame)
    texts = [t for name in ("gains", "losses") for t in trace(chart, name).hovertext]
    several = [re.match(r"(\d+) smaller events? together", t) for t in texts]
    assert sum(int(m.group(1)) if m else 1 for m in several) == 2000
    jobs = sum(int(m.group(1).replace(",", "")) for t in texts for m in [re.search(r"([\d,]+) jobs?\b", t)])
    assert jobs == given["jobs"].sum()
    assert 100 < len(texts) < 700
    assert len(chart.table) == 2000
    keys = [*trace(chart, "gains").customdata, *trace(chart, "losses").customdata]
    assert sum(k != "" for k in keys) == sum(m is None for m in several)
    assert str(given.sort_values("jobs").iloc[-1]["event_id"]) in keys


def test_events_without_a_count_are_marks_on_the_line_and_nothing_is_made_up(frame):
    chart = timeline(many(60, counts=False), frame)
    assert len(trace(chart, "no count").x) == 60
    assert not trace(chart, "gains").x
    assert not trace(chart, "losses").x
    assert not annotations(chart, "point")
    assert "60 events without a count of jobs" in chart.alt
    assert all("number of jobs not told" in t for t in trace(chart, "no count").hovertext)


def test_events_outside_the_dates_are_counted_and_the_other_date_can_place_them(frame):
    told = [{"jobs": 10, "announced": "2022-12-31", "effective": "2023-02-01"}, {"jobs": 20}]
    chart = timeline(log(told), frame)
    assert list(trace(chart, "losses").customdata) == ["e1"]
    assert "1 event outside these dates not shown." in annotation(chart, "source")
    later = timeline(log(told), frame, by="happens")
    assert list(trace(later, "losses").customdata) == ["e1", "e0"]


def test_the_selected_event_has_a_dark_outline(rows, frame):
    chart = timeline(event_rows(rows), frame, selected=["e4"])
    down = trace(chart, "losses")
    edges = dict(zip(down.customdata, down.marker.line.color, strict=True))
    assert [k for k, colour in edges.items() if colour == theme.TEXT] == ["e4"]


def test_the_hover_says_who_what_when_where_how_sure_and_by_whom(frame):
    told = [{"employer": "Old Mill", "jobs": 650, "announced": "2023-12-04", "effective": "2024-02-01",
             "city": "Hutto", "county": "Williamson County", "status": "completed"}]  # fmt: skip
    (text,) = trace(timeline(log(told), frame), "losses").hovertext
    assert text.split("<br>") == [
        "Old Mill", "Lay-off: 650 jobs", "Announced 4 Dec 2023, takes effect 1 Feb 2024",
        "Hutto, Williamson County", "Status: completed", "Source: State notices",
    ]  # fmt: skip


def test_names_people_typed_are_shown_letter_by_letter(frame):
    told = [{"employer": '<b>x</b> & $1$ =HYPERLINK("a")', "jobs": 50, "county": "<i>y</i>"}]
    chart = timeline(log(told), frame)
    assert annotations(chart, "point") == ['<b>x</b> & $1$ =HYPERLINK("a") −50']
    assert {tag for text in all_texts(chart) for tag in re.findall(r"<[^>]*>?", text)} <= {"<br>"}
    assert not any("$" in text for text in all_texts(chart))


def test_months_stand_in_their_place_with_gains_up_and_losses_down(rows, frame):
    months = pd.DataFrame({"month": pd.to_datetime(["2025-04-01", "2024-12-01"]), "gains": [30, 0],
                           "losses": [10, 200], "net": [20, -200], "uncounted": [0, 3]})  # fmt: skip
    chart = charts.event_months(frame, months)
    up, down, net = (trace(chart, n) for n in ("gains", "losses", "net"))
    assert (list(up.y), list(up.customdata)) == ([30], ["2025-04"])
    assert (list(down.y), list(down.customdata)) == ([-200, -10], ["2024-12", "2025-04"])
    assert down.x[1] - down.x[0] == 4
    assert (list(net.x), list(net.y)) == (list(down.x), [-200, 20])
    assert down.marker.pattern.shape == "/"
    assert not up.marker.pattern.shape
    assert annotations(chart, "value") == ["+30", "−200", "−10"]
    assert "At least: 3 events without a count of jobs" in annotation(chart, "source")
    assert "Largest gains: 30 jobs in Apr 2025; largest losses: 200 jobs in Dec 2024" in chart.alt
    assert chart.table["Month"].tolist() == ["2025-04", "2024-12"]


def test_what_is_not_told_is_no_zero_and_has_no_mark(rows, frame):
    months = pd.DataFrame({
        "month": ["2025-03", "2025-04", "2025-05"], "gains": [0, None, 30], "losses": [None, 9, 10],
        "net": [None, -9, 20], "uncounted": [2, 1, 1], "gains_uncounted": [0, 1, 0],
        "losses_uncounted": [2, 0, 1],
    })  # fmt: skip
    net = trace(charts.event_months(frame, months), "net")
    assert list(net.y) == [-9, 20]
    assert net.hovertext[0].split("<br>")[1:] == [
        "Gained: number of jobs not told", "Lost: 9 jobs", "Net of what is counted: −9"]  # fmt: skip
    assert net.hovertext[1].split("<br>")[1:3] == ["Gained: 30 jobs", "Lost: at least 10 jobs"]
    untold = event_map(rows.assign(title=list("ABCDE")), frame)
    hovers = dict(zip(trace(untold, "counties").customdata, trace(untold, "counties").hovertext, strict=True))
    assert "<br>Gained: none<br>Lost: number of jobs not told" in hovers["48021"]


@pytest.mark.parametrize("phone", [False, True])
def test_years_are_under_their_months_and_the_largest_bars_carry_numbers_that_do_not_touch(phone, frame):
    starts = pd.date_range("2019-03-01", periods=84, freq="MS")
    months = pd.DataFrame({"month": starts, "gains": range(1000, 1084), "losses": 5000, "net": -4000})
    chart = charts.event_months(replace(frame, phone=phone), months)
    axis = chart.figure.layout.xaxis
    words = [t.rsplit("<br>")[-1] for t in axis.ticktext]
    assert {"2020", "2024"} <= set(words)
    width = (344 if phone else 620) - chart.figure.layout.margin.l - chart.figure.layout.margin.r
    slot = width / (axis.range[1] - axis.range[0])
    assert min(b - a for a, b in itertools.pairwise(axis.tickvals)) * slot >= measure("2025", 14)
    notes = [a for a in chart.figure.layout.annotations if a.name == "value"]
    for sign in (1, -1):
        spans = sorted(((a.x - axis.range[0]) * slot + a.xshift, measure(unescape(a.text), a.font.size))
                       for a in notes if (a.y > 0) == (sign > 0))  # fmt: skip
        assert spans
        assert all(b[0] - a[0] >= (a[1] + b[1]) / 2 for a, b in itertools.pairwise(spans))
        assert spans[0][0] - spans[0][1] / 2 >= -14
        assert spans[-1][0] + spans[-1][1] / 2 <= width + 14
    assert "+1,083" in annotations(chart, "value")


def test_months_of_a_short_time_carry_the_year_at_the_first_and_at_january(frame):
    starts = pd.date_range("2024-10-01", periods=6, freq="MS")
    months = pd.DataFrame({"month": starts, "gains": 5, "losses": 0, "net": 5})
    axis = charts.event_months(frame, months).figure.layout.xaxis
    assert list(axis.ticktext) == ["Oct<br>2024", "Nov", "Dec", "Jan<br>2025", "Feb", "Mar"]
    assert [b - a for a, b in itertools.pairwise(axis.tickvals)] == [1] * 5


def test_industries_are_sorted_by_net_with_the_unknown_last_in_grey(rows, frame):
    given = sector_rows(rows).assign(title=["A", "B", "Industry not given", "D", "E"])
    given.loc[2, ["losses", "net"]] = [9050, -9000]
    chart = charts.event_industries(frame, given)
    assert annotations(chart, "row") == ["A", "B", "D", "E", "Industry not given"]
    assert annotations(chart, "net") == ["+1,200", "−640", "+300", "no count", "−9,000"]
    up, down = trace(chart, "gains"), trace(chart, "losses")
    assert (list(up.customdata), list(up.x)) == (["A", "D", "Industry not given"], [2000, 300, 50])
    assert (list(down.customdata), list(down.x)) == (["A", "B", "Industry not given"], [-800, -640, -9050])
    assert up.marker.color == (frame.palette.accent, frame.palette.accent, theme.MUTED)
    assert down.marker.pattern.shape == "/"
    assert annotations(chart, "value") == ["+2,000", "−800", "−640", "+300", "+50", "−9,050"]
    assert "3 events without a count" in annotation(chart, "source")
    assert chart.table["Industry"].tolist() == ["A", "B", "D", "E", "Industry not given"]
    phone = charts.event_industries(replace(frame, phone=True), given)
    assert annotations(phone, "row")[:2] == ["A, net +1,200", "B, net −640"]


def test_at_most_fifteen_industries_and_always_the_unknown(frame):
    titles = [f"Industry {chr(65 + i)}" for i in range(19)] + ["Industry not given"]
    net = [*range(19, 0, -1), -500]
    given = pd.DataFrame({"title": titles, "gains": [max(n, 0) for n in net],
                          "losses": [max(-n, 0) for n in net], "net": net})  # fmt: skip
    chart = charts.event_industries(replace(frame, height=900), given)
    assert annotations(chart, "row") == [*titles[:14], "Industry not given"]
    assert "First 15 of 20 rows" in annotation(chart, "source")
    assert len(chart.table) == 20


def event_map(rows, frame, codes=("12420",), **given):
    return charts.event_map(frame, county_rows(rows), METROS, STATES, area_codes=codes, **given)


def test_half_circles_are_in_proportion_gains_up_and_losses_down(rows, frame):
    chart = event_map(rows, frame)

    def radius(shape):
        points = [tuple(map(float, p.split(","))) for p in shape.path[1:-1].split("L")]
        side = max(points, key=lambda p: abs(p[1]))[1]
        assert all(p[1] * side >= -0.01 for p in points)
        return side

    ups, downs = ([radius(s) for s in shapes(chart, name)] for name in ("gains", "losses"))
    assert sorted(ups) == ups[::-1] and downs == sorted(downs)  # noqa: PT018
    assert (ups[0] / ups[1]) ** 2 == pytest.approx(400 / 100, rel=0.05)
    assert (downs[0] / ups[0]) ** 2 == pytest.approx(900 / 400, rel=0.05)
    assert all(s.fillcolor == theme.PAPER for s in shapes(chart, "losses"))
    assert list(trace(chart, "counties").customdata) == ["48491", "48453", "48209", "48021"]
    assert annotations(chart, "key")[:2] == ["announced gains", "announced losses"]
    assert "1 county outside it or without a known place" in annotation(chart, "source")
    assert "At least: 2 events without a count of jobs." in annotation(chart, "source")
    assert len(chart.table) == 5


def test_counties_are_named_with_both_directions_and_rings_where_no_count_is_known(rows, frame):
    named = rows.assign(title=["Travis County", "Williamson County", "Hays County", "Bastrop County", "Q"])
    chart = event_map(named, frame)
    assert {"Travis +400 −100", "Williamson −900", "Hays +100"} <= set(annotations(chart, "point"))
    marks = trace(chart, "counties")
    assert dict(zip(marks.customdata, marks.marker.line.width, strict=True))["48021"] > 0
    assert "Largest gains: Travis County, 400 jobs; largest losses: Williamson County, 900 jobs" in chart.alt
    assert len(trace(chart, "area").x) > 4
    assert event_map(named.head(0), frame).table.empty
    far = county_rows(named).assign(longitude=[-97.5, -97.3, -90.0, -97.2, -97.4])
    shown = charts.event_map(frame, far, METROS, STATES, area_codes=["12420"])
    assert "48209" not in trace(shown, "counties").customdata
    assert "1 county outside it" in annotation(shown, "source")
    assert "7 events without a county not on the map." in annotation(
        event_map(named, frame, elsewhere=7), "source"
    )


def test_the_map_of_a_state_and_of_the_nation(rows, frame):
    state, nation = event_map(rows, frame, codes=["48"]), event_map(rows, frame, codes=["US"])
    assert len(trace(state, "area").x) > 4
    assert not traces(state, "neighbours")
    assert not traces(nation, "area")
    (left, right), (x0, x1) = (c.figure.layout.xaxis.range for c in (nation, state))
    assert right - left > 2 * (x1 - x0)
    assert len(trace(nation, "counties").x) == 4


def test_arrows_start_at_one_line_and_end_at_the_change_largest_first(rows, frame):
    named = rows.assign(title=["Technicians", "Developers", "Engineers", "Managers", "Others"])
    chart = charts.events_move(frame, moved_rows(named))
    assert annotations(chart, "row") == ["Technicians°", "Developers°", "Engineers"]
    assert [(s.x0, s.x1) for s in shapes(chart, "shaft")] == [(0, 372), (0, -110), (0, 58)]
    heads = trace(chart, "after")
    assert list(heads.marker.symbol) == ["triangle-right", "triangle-left", "triangle-right"]
    assert list(heads.customdata) == list(named["soc"][:3])
    assert annotations(chart, "value") == ["40", "412 (+372)", "2,900", "2,790 (−110)", "210", "268 (+58)"]
    source = annotation(chart, "source")
    assert "Openings not published here: Others (+12 jobs)." in source
    assert "° Less than the events announce" in source
    assert chart.table["Occupation"].tolist() == [
        "Technicians",
        "Developers",
        "Engineers",
        "Managers",
        "Others",
    ]
    assert "Technicians from 40 to 412 (+372)" in chart.alt


def test_ten_moves_at_most(frame):
    given = pd.DataFrame({"soc": [f"11-{i:04d}" for i in range(14)], "title": [f"T{i}" for i in range(14)],
                          "openings_per_year": 50.0, "with_events": [51.0 + i for i in range(14)],
                          "jobs_net": 1.0, "guarded": 0.0})  # fmt: skip
    chart = charts.events_move(frame, given)
    assert annotations(chart, "row") == [f"T{i}" for i in range(13, 3, -1)]
    assert "First 10 of 14 rows" in annotation(chart, "source")


def test_only_ranks_that_move_are_drawn_with_the_first_at_the_left(rows, frame):
    named = rows.assign(title=["Technicians", "Developers", "Assemblers", "Clerks", "Others"])
    chart = charts.ranks_move(frame, ranked_rows(named))
    assert annotations(chart, "row") == ["Technicians", "Assemblers", "Clerks"]
    assert list(trace(chart, "before").x) == [31, 9, 5]
    assert list(trace(chart, "after").x) == [12, 14, 4]
    assert list(trace(chart, "after").marker.symbol) == ["triangle-left", "triangle-right", "triangle-left"]
    assert annotations(chart, "value") == ["31", "12, up 19", "9", "14, down 5", "5", "4, up 1"]
    assert list(chart.figure.layout.xaxis.range) == [1, 31]
    assert "Technicians from rank 31 to 12, up 19" in chart.alt


def test_postings_say_their_last_value_and_the_change_over_the_year(rows, frame):
    frame = replace(frame, title="Postings", source="Source: Indeed Hiring Lab.")
    chart = charts.postings_line(frame, posting_rows(rows.assign(title="Texas")))
    # 114 / 120 = 0.95; 102 / 104 = 0.981
    assert annotations(chart, "line") == [
        "Texas 114, down 5% over the year",
        "Nation 102, down 2% over the year",
    ]
    assert trace(chart, "Texas").line.color == frame.palette.accent
    assert trace(chart, "Nation").line.color == theme.CONTEXT
    assert annotation(chart, "base") == "100 = 1 February 2020"
    assert [(s.y0, s.y1) for s in shapes(chart, "base")] == [(100, 100)]
    assert chart.table["Date"].tolist()[:2] == ["2026-08-14", "2026-08-14"]
    assert "opening" not in " ".join([*all_texts(chart), chart.alt])


def test_an_old_series_is_dashed_and_says_when_it_ends(frame):
    days = pd.date_range("2020-02-01", "2022-03-20")
    old = pd.DataFrame({"date": days, "value": 150.0, "name": "Austin"})
    now = pd.DataFrame({"date": pd.date_range("2020-02-01", "2026-08-14"), "value": 114.0, "name": "Texas"})
    chart = charts.postings_line(frame, pd.concat([old, now]))
    assert trace(chart, "Austin").line.dash == "dash"
    assert trace(chart, "Texas").line.dash == "solid"
    assert annotations(chart, "line") == ["Austin 150, ends March 2022", "Texas 114, unchanged over the year"]
    alone = charts.postings_line(frame, old, old=["Austin"])
    assert annotations(alone, "line") == ["Austin 150, ends March 2022"]
    assert "Dashed" in annotation(alone, "source")
    fresh = charts.postings_line(frame, old)
    assert annotations(fresh, "line") == ["Austin 150, unchanged over the year"]


def test_daily_data_are_thinned_and_gaps_stay_gaps(frame):
    days = pd.date_range("2020-02-01", "2026-08-14")
    values = pd.Series(range(len(days)), dtype=float)
    values[1000], values[1003] = 9000.0, -50.0
    series = pd.DataFrame({"date": days, "value": values, "name": "Texas"})
    series = series[(series["date"] < "2021-05-01") | (series["date"] > "2021-06-20")]
    line = trace(charts.postings_line(frame, series), "Texas")
    known = [v for v in line.y if v is not None]
    assert len(known) < 420
    assert (max(known), min(known)) == (9000.0, -50.0)
    assert (line.x[0], line.x[-1]) == (days[0].toordinal(), days[-1].toordinal())
    months = pd.date_range("2016-01-31", "2020-01-31", freq="ME")
    before = pd.DataFrame({"date": months, "value": 90.0, "name": "Texas"})
    longer = trace(charts.postings_line(frame, pd.concat([before, series])), "Texas")
    assert longer.y.count(None) == 1  # month ends before daily values are no gaps
    assert {m.toordinal() for m in months} <= set(longer.x)
    hole = line.y.index(None)
    assert line.y.count(None) == 1
    assert date.fromordinal(line.x[hole - 1]) == date(2021, 4, 30)
    assert date.fromordinal(line.x[hole + 1]) == date(2021, 6, 21)


def test_a_year_without_a_value_a_year_before_says_no_change(frame):
    series = pd.DataFrame({"date": ["2026-01-02", "2026-08-14"], "value": [100.0, 110.0], "name": "Texas"})
    assert annotations(charts.postings_line(frame, series), "line") == ["Texas 110"]
    five = pd.DataFrame({"date": "2026-08-14", "value": 1.0, "name": list("abcde")})
    with pytest.raises(TooManySeries):
        charts.postings_line(frame, five)


@pytest.mark.parametrize(("value", "under"), [(0.3, 1), (1, 1), (4.9, 2), (5, 5), (99, 50), (1999, 1000)])
def test_round_numbers_for_keys(value, under):
    assert round_under(value) == under


def test_losses_keep_apart_from_an_organisations_own_orange():
    assert loss_colour(theme.DEFAULT_PALETTE) == theme.CATEGORICAL[1]
    assert loss_colour(theme.with_accent("#C85000")) == theme.CATEGORICAL[0]
