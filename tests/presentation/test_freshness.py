"""Freshness of the sources: who is overdue, which dates stand where, and that every word has room."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from lmi.presentation import charts, theme
from lmi.presentation.freshness import MAX_ROWS
from lmi.presentation.text import measure

from .reading import all_texts, annotations, shapes, trace

HOSTILE = '<a href="javascript:alert(1)">x</a> & <b>$1$</b>'
LONG = "A survey of everyone, by everything, as released in full and revised again thereafter " * 4
BUILT = [  # short_title, released, next_due, overdue
    ("BLS CPS table 11, 2025", "2026-01", "2027-01", False),
    ("BLS EP, 2024–34", "2025-08-28", "2026-09", True),
    ("BLS OEWS, May 2025", "2026-05-15", "2027-05", False),
    ("Census ACS, 2018", "2019-09", "2020-09", True),
    ("College Scorecard, June 2026", "2026-06-10", "2027-06", False),
    ("NCES IPEDS, 2020–2024", "2025-09", "2026-09", True),
    ("O*NET 29.3", "2025-05", "2025-08", True),
    ("BLS CPI-U, 2013–2025", "2026-01", "2027-01", False),
]


def sources(rows=BUILT, as_of: str | None = "2026-11-24") -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["short_title", "released", "next_due", "overdue"]).assign(
        period="2025"
    )
    return made if as_of is None else made.assign(as_of=as_of)


def line(chart: charts.Chart) -> list[str]:
    """Names of the rows from the top."""
    return annotations(chart, "row")


def on_page(frame):
    return replace(frame, title="All sources are up to date", width=700)


def test_overdue_ones_come_first_the_longest_overdue_at_the_top(frame):
    chart = charts.freshness_dots(sources(), frame)
    assert line(chart) == [
        "Census ACS, 2018", "O*NET 29.3", "BLS EP, 2024–34", "NCES IPEDS, 2020–2024",
        "BLS CPI-U, 2013–2025", "BLS CPS table 11, 2025", "BLS OEWS, May 2025",
        "College Scorecard, June 2026",
    ]  # fmt: skip
    assert chart.table["Source"].tolist() == line(chart)
    assert list(chart.table) == ["Source", "Describes", "Released", "Next due", "Overdue"]


def test_overdue_is_told_by_hollow_marks_and_by_words(frame):
    chart = charts.freshness_dots(sources(), frame)
    assert [c == theme.PAPER for c in trace(chart, "released").marker.color] == [True] * 4 + [False] * 4
    words = annotations(chart, "due words")
    assert words[:2] == ["overdue since Sep 2020", "overdue since Aug 2025"]
    assert words[-1] == "next due Jun 2027"
    assert annotations(chart, "released words")[0] == "released Sep 2019"
    assert "Overdue: Census ACS, 2018 (overdue since Sep 2020); O*NET 29.3" in chart.alt
    assert "newest: College Scorecard, June 2026 (released Jun 2026)" in chart.alt


def test_a_tick_left_of_today_is_overdue_and_no_other(frame):
    chart = charts.freshness_dots(sources(as_of="2026-09-12"), frame)
    (today,) = shapes(chart, "today")
    due = trace(chart, "next due")
    assert today.x0 == today.x1 == "2026-09-12"
    assert [at for at in due.x if at < today.x0] == ["2020-09-30", "2025-08-31"]
    assert [(s.x0, s.x1) for s in shapes(chart, "late")] == [(at, today.x0) for at in due.x[:2]]
    assert annotations(chart, "today") == ["today, 12 Sep 2026"]


def test_without_a_day_of_the_look_the_clock_is_not_read(frame):
    chart = charts.freshness_dots(sources(as_of=None), frame)
    assert not shapes(chart, "today")
    assert not shapes(chart, "late")
    assert len(annotations(chart, "due words")) == len(BUILT)


def test_dots_and_ticks_stand_at_the_dates_and_hovers_tell_the_day(frame):
    rows = [("Day", "2026-05-15", "2026-12-04", False), ("Month", "2026-02", "2027-02", False),
            ("Year", "2024", "2027", False)]  # fmt: skip
    chart = charts.freshness_dots(sources(rows), frame)
    released, due = trace(chart, "released"), trace(chart, "next due")
    assert list(released.x) == ["2026-05-15", "2026-02-14", "2024-07-01"]
    assert list(due.x) == ["2026-12-04", "2027-02-28", "2027-12-31"]
    assert annotations(chart, "released words") == ["released May 2026", "released Feb 2026", "released 2024"]
    assert released.hovertext[0].split("<br>")[2:] == ["Released 15 May 2026", "Next due 4 Dec 2026"]
    low, high = chart.figure.layout.xaxis.range
    assert low < min(released.x)
    assert max(due.x) < high


def test_a_release_in_this_month_does_not_stand_after_today(frame):
    chart = charts.freshness_dots(sources([("New", "2026-11", "2027-11", False)], "2026-11-02"), frame)
    assert list(trace(chart, "released").x) == ["2026-11-02"]


@pytest.mark.parametrize("bad", ["", "soon", "2026-13", "2026-02-30", "0000-01", "9999-12", "2026-", None,
                                 float("nan"), pd.NaT, "２０２６"])  # fmt: skip
def test_what_is_no_date_has_no_mark_and_says_so(frame, bad):
    rows = [("Dated", "2025-08", "2026-09", True), ("Undated", bad, bad, False), ("Late", bad, bad, True)]
    chart = charts.freshness_dots(sources(rows), frame)
    assert line(chart) == ["Late", "Dated", "Undated"]
    assert len(trace(chart, "released").x) == len(trace(chart, "next due").x) == 1
    assert annotations(chart, "due words") == ["overdue", "overdue since Sep 2026", "no next date"]
    assert annotations(chart, "released words")[2] == "release not dated"


@pytest.mark.parametrize("count", [0, 1, 2, 8, 14])
def test_chart_is_as_tall_as_its_rows(frame, count):
    rows = (BUILT * 2)[:count]
    frame = on_page(frame)
    chart = charts.freshness_dots(sources(rows), frame)
    margin = chart.figure.layout.margin
    assert len(line(chart)) == count
    assert chart.height - margin.t - margin.b == pytest.approx(max(22 * count, 40), abs=1)
    assert chart.height < 165 + max(22 * count, 40)
    centres = [a.y for a in chart.figure.layout.annotations if a.name == "row"]
    assert all(b - a >= 21.9 for a, b in pairwise(centres))


def test_rows_that_find_no_room_are_the_last_to_fall_due_and_are_counted(frame):
    for rows, given, shown in ((BUILT * 4, frame, MAX_ROWS), (BUILT, replace(frame, height=240), 4)):
        chart = charts.freshness_dots(sources(rows), given)
        drawn = len(line(chart))
        assert 0 < drawn <= shown
        assert f"First {drawn} of {len(rows)} rows" in annotations(chart, "source")[0]
        assert line(chart)[0] == "Census ACS, 2018"
        assert len(chart.table) == len(rows)


@pytest.mark.parametrize("layout", ["page", "desk", "present", "phone"])
def test_words_have_room_and_are_whole(frame, layout):
    frame = {
        "page": replace(frame, width=700), "desk": frame, "present": replace(frame, sizes=theme.PRESENT),
        "phone": replace(frame, phone=True),
    }[layout]  # fmt: skip
    rows = [*BUILT, (LONG, "2026-05-15", "2027-05", False), (HOSTILE, "2026-01", "", False)]
    chart = charts.freshness_dots(sources(rows), frame)
    format_, margin = frame.format, chart.figure.layout.margin
    width = frame.width or format_.min_width
    assert {n.replace(" ", "") for n in line(chart)} == {str(r[0]).replace(" ", "") for r in rows}
    for each in chart.figure.layout.annotations:
        longest = max(measure(t, each.font.size, bold=each.font.weight == 700)
                      for t in re.sub("&.+?;", "&", each.text).split("<br>"))  # fmt: skip
        if each.name in ("released words", "due words"):
            assert each.xshift + longest <= margin.r
        if each.name == "row":
            assert longest <= (width if frame.phone else margin.l)
    assert width - margin.l - margin.r >= 100 * format_.unit
    tags = {tag for text in all_texts(chart) for tag in re.findall(r"<[^>]*>?", text)}
    assert tags <= {"<br>"}
    assert not any("$" in text for text in all_texts(chart))


def test_on_a_phone_the_words_stand_above_the_marks(frame):
    chart = charts.freshness_dots(sources(), replace(frame, phone=True))
    assert annotations(chart, "row note")[0] == "released Sep 2019, overdue since Sep 2020"
    assert not annotations(chart, "due words")
    bold = [a.font.weight == 700 for a in chart.figure.layout.annotations if a.name == "row"]
    assert bold == [True] * 4 + [False] * 4


@pytest.mark.parametrize("phone", [True, False])
@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-10", "2026-12"), ("2026-01", "2027-01"), ("2019-09", "2027-06"), ("1950", "2090")],
)
def test_words_on_the_axis_do_not_touch(frame, phone, first, last):
    frame = replace(frame, phone=phone, width=None if phone else 700)
    chart = charts.freshness_dots(sources([("One", first, last, False)]), frame)
    axis, margin = chart.figure.layout.xaxis, chart.figure.layout.margin
    low, high = (date.fromisoformat(at).toordinal() for at in axis.range)
    width = (frame.width or theme.PHONE.min_width) - margin.l - margin.r
    named = [
        (
            (date.fromisoformat(at).toordinal() - low) / (high - low) * width,
            measure(words, axis.tickfont.size),
        )
        for at, words in zip(axis.tickvals, axis.ticktext, strict=True)
        if words
    ]
    assert named
    assert all(b[0] - a[0] > (a[1] + b[1]) / 2 for a, b in pairwise(named))
    assert all(wide / 2 - margin.l <= x <= width + margin.r - wide / 2 for x, wide in named)
    assert len(axis.tickvals) <= 60


def test_a_source_of_which_nothing_was_fetched_is_not_overdue(frame):
    rows = [("CPS table", "2026-01", "2027-01", False), ("API", "", "2026-01", True)]
    chart = charts.freshness_dots(sources(rows).assign(retrieved=["2026-11", ""]), frame)
    assert line(chart) == ["CPS table", "API"]
    assert annotations(chart, "released words") == ["released Jan 2026", "not fetched yet"]
    assert annotations(chart, "due words") == ["next due Jan 2027", "no next date"]
    assert "None is overdue" in chart.alt
