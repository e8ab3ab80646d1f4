"""What holds for every chart: words inside the figure, rows beside it, nothing fetched, nothing run."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from lmi.presentation import charts, theme
from lmi.presentation.frame import Frame, plot_config

from .happenings import HAPPENINGS
from .pathways import pathway
from .people import PEOPLE
from .reading import all_texts, annotation, specification
from .training import TRAINING

HOSTILE = '<a href="javascript:alert(1)">x</a> & <b>$1$</b>'
RULES = {"enough": "Enough openings", "paid": "Pay above the line"}


def sources() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "short_title": ["BLS OEWS", "O*NET", "IPEDS"],
            "period": ["May 2025", "2025", "2023–24"],
            "released": ["2026-05-15", "2025-08", None],
            "next_due": ["2027-05", "2025-11", None],
            "overdue": [False, True, False],
        }
    )


def areas() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": ["12420", "10180", "19100"],
            "short_name": ["Austin, TX", "Abilene, TX", "Dallas, TX"],
            "location_quotient": [0.79, pd.NA, 1.2],
        }
    )


def build(name: str, rows: pd.DataFrame, frame: Frame) -> charts.Chart:
    if name in PEOPLE:
        return PEOPLE[name](rows, frame)
    if name in HAPPENINGS:
        return HAPPENINGS[name](rows, frame)
    if name in TRAINING:
        return TRAINING[name](rows, frame)
    if name == "bars":
        return charts.bars_with_intervals(rows, frame, highlight=["29-1141"])
    if name == "ranks":
        return charts.rank_ranges(rows, frame)
    if name == "scatter":
        return charts.pay_openings_scatter(rows, frame, wage_line=55_000, openings_line=150)
    if name == "wages":
        wages = {"wage_p10_usd_year": 40_000, "wage_median_usd_year": 60_000, "wage_p90_usd_year": pd.NA}
        line = charts.Reference("All occupations", 56_950)
        return charts.wage_distribution(wages, frame, references=[line])
    if name == "split":
        return charts.openings_split(-40, 210, 240, frame)
    if name == "categories":
        return charts.category_bars(rows.assign(occupations=[3, 1, 7, 2, pd.NA]), frame)
    if name == "map":
        return charts.area_map(areas(), frame, selected="12420")
    if name == "pathway":
        return pathway(rows, frame)
    if name == "rules":
        marked = rows.assign(enough=[True, True, False, None, True], paid=[True, False, None, True, True])
        return charts.rule_marks(marked, frame, rules=RULES)
    return charts.freshness_dots(sources(), frame)


NAMES = (
    "bars", "ranks", "scatter", "wages", "split", "categories", "map", "rules", "freshness",
    "pathway", *PEOPLE, *TRAINING, *HAPPENINGS,
)  # fmt: skip


@pytest.fixture(params=NAMES)
def name(request) -> str:
    return request.param


@pytest.mark.parametrize("layout", ["desk", "phone", "present"])
def test_words_stand_in_the_figure_and_beside_it(name, layout, rows, frame):
    sizes = theme.PRESENT if layout == "present" else theme.DESK
    frame = replace(frame, phone=layout == "phone", sizes=sizes)
    chart = build(name, rows, frame)
    assert annotation(chart, "title") == chart.title == frame.title
    assert annotation(chart, "subtitle") == chart.subtitle == frame.subtitle
    assert annotation(chart, "source").endswith(chart.source)
    assert chart.source == frame.source
    assert chart.filename == frame.filename
    assert chart.figure.layout.height == chart.height
    assert frame.title in chart.alt
    assert len(chart.table) > 0
    assert not any("_" in str(c) for c in chart.table.columns)


def test_house_template_is_used(name, rows, frame):
    figure = build(name, rows, frame).figure
    assert figure.layout.template.layout.paper_bgcolor == "#FFFFFF"
    assert figure.layout.template.layout.font.family == theme.FONT


def test_title_takes_two_lines_at_most_at_a_size_that_still_reads(name, rows, frame):
    long = (
        "Registered Nurses and General and Operations Managers top openings in Austin, TX: about 480 and 460"
    )
    chart = build(name, rows, replace(frame, title=long))
    (title,) = [a for a in chart.figure.layout.annotations if a.name == "title"]
    assert title.text.count("<br>") == 1
    assert title.font.size >= 18


def test_text_from_people_is_shown_letter_by_letter(name, rows, frame):
    rows = rows.assign(title=[HOSTILE, *rows["title"][1:]])
    frame = replace(frame, title=HOSTILE, subtitle=HOSTILE, source=HOSTILE)
    chart = build(name, rows, frame)
    assert annotation(chart, "title") == HOSTILE
    tags = {tag for text in all_texts(chart) for tag in re.findall(r"<[^>]*>?", text)}
    assert tags <= {"<br>"}
    assert not any("$" in text for text in all_texts(chart) if name != "scatter")


def test_nothing_is_fetched_from_outside(name, rows, frame):
    assert not re.findall(r"(?:https?:)?//[\w.-]+", str(specification(build(name, rows, frame).figure)))


def test_input_is_left_as_it_was_and_the_same_input_gives_the_same_figure(name, rows, frame):
    before = rows.copy(deep=True)
    first, second = (build(name, rows, frame) for _ in range(2))
    pd.testing.assert_frame_equal(rows, before)
    assert specification(first.figure) == specification(second.figure)


def test_nothing_is_cut_at_the_edges(name, rows, frame):
    """Title, subtitle, plot and source lie one under the other at the height of the figure."""
    chart = build(name, rows, frame)
    margin = chart.figure.layout.margin
    plot = chart.height - margin.t - margin.b
    assert plot >= 20
    edge = {a.name: a for a in chart.figure.layout.annotations}
    assert 0 < edge["subtitle"].yshift < edge["title"].yshift <= margin.t
    assert -margin.b < edge["source"].yshift < 0
    lines = 1 + edge["subtitle"].text.count("<br>")
    assert edge["subtitle"].yshift >= theme.DESK.subtitle * 1.15 * lines


def test_an_empty_frame_of_rows_still_makes_a_chart(frame, rows):
    none = rows.head(0).assign(occupations=[], enough=[], paid=[])
    for chart in (
        charts.bars_with_intervals(none, frame),
        charts.rank_ranges(none, frame),
        charts.pay_openings_scatter(none, frame),
        charts.category_bars(none, frame),
        charts.rule_marks(none, frame, rules=RULES),
        charts.area_map(areas().head(0), frame),
        charts.freshness_dots(sources().head(0), frame),
        charts.wage_distribution({}, frame),
        charts.openings_split(None, None, None, frame),
        pathway(none, frame),
        *(make(none, frame) for make in PEOPLE.values()),
        *(make(none, frame) for make in TRAINING.values()),
        *(make(none, frame) for make in HAPPENINGS.values()),
    ):
        assert chart.title == frame.title
        assert len(chart.alt) > 20


def test_image_is_1920_by_1080_and_only_the_download_button_is_left():
    config = plot_config("austin")
    options = config["toImageButtonOptions"]
    assert (options["width"] * options["scale"], options["height"] * options["scale"]) == (1920, 1080)
    assert options["filename"] == "austin"
    assert config["displaylogo"] is False
    assert config["topojsonURL"].startswith("./app/static/")
    assert "toImage" not in config["modeBarButtonsToRemove"]
    assert plot_config("austin", svg=True)["toImageButtonOptions"]["format"] == "svg"
