"""Skills and education: ratings as O*NET gives them, 'not rated' where it gives none."""

import itertools
from dataclasses import replace

import pandas as pd
import pytest

from lmi.presentation import charts, theme
from lmi.presentation.skill_matrix import diameter
from lmi.presentation.theme import TooManySeries

from .reading import annotation, annotations, shapes, trace

HOSTILE = ["<b>x</b>", "=1+1", "Ünïcödé " * 25]
LAYOUTS = ("desk", "present", "phone")
OCCUPATIONS = [("29-1141", "Registered Nurses"), ("31-9092", "Medical Assistants")]


def lay(frame, layout):
    sizes = theme.PRESENT if layout == "present" else theme.DESK
    return replace(frame, phone=layout == "phone", sizes=sizes)


@pytest.fixture
def importance() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "element_name": ["Psychology", "Mathematics", "Mathematics"],
            "kind": ["Knowledge", "Knowledge", "Skill"],
            "importance": [4.58, 3.0, None],
            "mean_importance": [2.4, 3.2, 2.9],
            "distinct": [True, False, False],
        }
    )


def test_importance_runs_from_one_and_marks_the_mean(importance, frame):
    chart = charts.importance_bars(importance, frame)
    bars = trace(chart, "importance")
    assert [bars.base + x for x in bars.x] == pytest.approx([4.58, 3.0])
    assert tuple(chart.figure.layout.xaxis.range) == (1, 5)
    ticks = shapes(chart, "mean")
    assert [t.x0 for t in ticks] == [2.4, 3.2, 2.9]
    assert [(t.y0 + t.y1) / 2 for t in ticks][:2] == pytest.approx(list(bars.y))
    assert annotations(chart, "key") == ["mean of all occupations"]


def test_importance_says_in_words_what_sets_apart_and_what_is_not_rated(importance, frame):
    chart = charts.importance_bars(importance, frame)
    assert annotations(chart, "value") == ["4.6 ◆ distinguishing", "3.0", "not rated"]
    assert list(trace(chart, "importance").marker.color) == [frame.palette.accent, theme.MUTED]
    assert "Not rated: O*NET gives no rating" in annotation(chart, "source")
    assert [t.replace("\xa0", " ") for t in annotations(chart, "row")] == [
        "Psychology · knowledge", "Mathematics · knowledge", "Mathematics · skill",
    ]  # fmt: skip
    one = charts.importance_bars(importance.head(2), frame)
    assert annotations(one, "row") == ["Psychology", "Mathematics"]


def test_value_stands_clear_of_bar_and_mean(importance, frame):
    chart = charts.importance_bars(importance, frame)
    values = [a.x for a in chart.figure.layout.annotations if a.name == "value"]
    assert values == [4.58, 3.2, 2.9]


@pytest.fixture
def gaps() -> pd.DataFrame:
    """In no order: contributions 3.0, 8.1 (4.5 x 1.8), none, and one not rated at the start."""
    return pd.DataFrame(
        {
            "element_name": ["Writing", "Psychology", "Administrative", "Biology"],
            "level_from": [3.0, 3.4, 4.6, None],
            "level_to": [4.0, 5.2, 3.8, 4.4],
            "importance_to": [3.0, 4.5, 3.5, 4.0],
            "contribution": [3.0, 8.1, 0.0, None],
        }
    )


def test_gaps_go_from_start_to_goal_the_largest_contribution_first(gaps, frame):
    chart = charts.skill_gap_bars(gaps, frame, start="Medical Assistants", goal="Registered Nurses")
    assert annotations(chart, "row") == ["Psychology", "Writing", "Administrative", "Biology"]
    assert [(s.x0, s.x1) for s in shapes(chart, "gain")] == [(3.4, 5.2), (3.0, 4.0), (4.6, 3.8)]
    goal = trace(chart, "goal")
    assert list(goal.x) == [5.2, 4.0, 3.8, 4.4]
    assert list(goal.marker.symbol) == [*["triangle-right"] * 2, "triangle-left", "triangle-right"]
    assert list(trace(chart, "start").x) == [3.4, 3.0, 4.6]
    assert annotations(chart, "value") == [
        "3.4", "5.2", "3.0", "4.0", "3.8", "4.6", "4.4 (start not rated)",
    ]  # fmt: skip
    assert annotations(chart, "key") == ["Medical Assistants", "Registered Nurses"]
    note = annotation(chart, "source")
    assert "Grey, pointing left: nothing to gain." in note
    assert "Not rated" in note
    assert chart.table["Skill or knowledge"].tolist() == annotations(chart, "row")


def test_gaps_are_twelve_at_most_and_the_rest_is_counted(gaps, frame):
    many = pd.concat([gaps] * 5, ignore_index=True)
    chart = charts.skill_gap_bars(many, replace(frame, height=1200), start="A", goal="B")
    assert len(annotations(chart, "row")) == 12
    assert len(chart.table) == 20
    assert "First 12 of 20 rows" in annotation(chart, "source")


@pytest.fixture
def matrix() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "element_name": ["Psychology", "Writing"],
            "kind": ["Knowledge", "Skill"],
            "importance_29-1141": [4.6, 3.0],
            "importance_31-9092": [3.0, None],
        }
    )


def test_matrix_prints_every_rating_beside_its_dot(matrix, frame):
    chart = charts.skill_matrix(matrix, frame, occupations=OCCUPATIONS)
    dots = trace(chart, "importance")
    assert list(zip(dots.x, dots.customdata, strict=True)) == [
        (0, "29-1141"), (1, "31-9092"), (0, "29-1141"),
    ]  # fmt: skip
    assert annotations(chart, "value") == ["4.6", "3.0", "3.0", "not rated"]
    assert annotations(chart, "head") == ["Registered Nurses", "Medical Assistants"]
    assert dots.marker.size[0] > dots.marker.size[1] == dots.marker.size[2]
    assert dots.marker.color[0] != dots.marker.color[1]
    assert list(chart.table.columns)[-1] == "Medical Assistants (1–5)"
    assert "Registered Nurses: Psychology 4.6" in chart.alt


def test_area_of_a_dot_grows_evenly():
    areas = [diameter(v) ** 2 for v in (1, 2, 3, 4, 5)]
    steps = [b - a for a, b in itertools.pairwise(areas)]
    assert steps == pytest.approx([steps[0]] * 4)


def test_matrix_refuses_a_fifth_occupation(matrix, frame):
    with pytest.raises(TooManySeries):
        charts.skill_matrix(matrix, frame, occupations=[(str(i), str(i)) for i in range(5)])


@pytest.fixture
def education() -> pd.DataFrame:
    labels = ["High school", "Some college", "Associate's degree", "Bachelor's degree"]
    return pd.DataFrame({"category_label": labels, "share_pct": [2.1, 4.9, 47.5, None]})


def test_education_keeps_the_order_of_levels(education, frame):
    chart = charts.education_bars(education, frame)
    assert annotations(chart, "row") == education.category_label.tolist()
    bars = trace(chart, "share")
    assert list(bars.x) == [2.1, 4.9, 47.5]
    assert list(bars.y) == sorted(bars.y)
    assert annotations(chart, "value") == ["2.1%", "4.9%", "47.5%", "not published"]
    assert "Not published does not mean zero." in annotation(chart, "source")
    assert chart.figure.layout.xaxis.range[0] == 0
    assert "Largest: Associate's degree, 47.5%; smallest: High school, 2.1%" in chart.alt
    full = charts.education_bars(education.head(3), frame)
    assert "Not published" not in annotation(full, "source")


def build(name, rows, frame):
    if name == "importance":
        return charts.importance_bars(rows, frame)
    if name == "gaps":
        return charts.skill_gap_bars(rows, frame, start=HOSTILE[0], goal=HOSTILE[2])
    if name == "matrix":
        return charts.skill_matrix(rows, frame, occupations=OCCUPATIONS)
    return charts.education_bars(rows, frame)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["importance", "gaps", "matrix", "education"])
def test_odd_rows_make_a_chart_all_the_same(name, layout, request, frame):
    rows = request.getfixturevalue(name)
    frame = lay(frame, layout)
    numbers = list(rows.select_dtypes("number").columns)
    words = "category_label" if name == "education" else "element_name"
    for odd in (
        rows.head(0),
        rows.head(1),
        rows.assign(**dict.fromkeys(numbers, float("nan"))),
        rows.assign(**dict.fromkeys(numbers, pd.NA)),
        rows.assign(**{words: (HOSTILE * 2)[: len(rows)]}),
    ):
        chart = build(name, odd, frame)
        assert len(chart.table) == len(odd)
        assert len(chart.alt) > 20
        assert chart.figure.to_json()
