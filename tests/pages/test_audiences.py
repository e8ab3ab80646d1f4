"""Every audience on every page: its own words, order and default filters; the same numbers."""

import html
import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lmi.domain.settings import Audience
from lmi.places import ROOT
from lmi.sources import audience_file
from lmi.ui.demand_table import NAMED, TABLE_COLUMNS
from tests.pages.conftest import PAGES, Open, figures, part, texts, words

AUDIENCES = {a.id: a for a in audience_file.load_audiences(ROOT / "pathways.yaml")}
EXPLICIT = {
    "area": "12420", "soc": "47-2111", "weights": "pay", "edu": "Postsecondary nondegree award",
    "pay": "30000", "view": "category", "group": "women", "base": "state",
}  # fmt: skip


def turn_to(app: AppTest, audience: str) -> Audience:
    """Show the open page to another audience."""
    app.text_input(key="audience").set_value(audience).run()
    assert not app.exception, [e.message for e in app.exception]
    assert "Something needs your attention" not in [s.value for s in app.header], words(app)[-400:]
    return AUDIENCES[audience]


def tiles(app: AppTest) -> list[tuple[str, str]]:
    """Label and figure of every tile of the answer; the strip of signals is none of them."""
    blocks = re.findall(r'data-testid="tiles">(.*?)</div>', texts(app), re.DOTALL)
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)<", "".join(blocks))
    return [(html.unescape(label), value) for label, value in found]


def rows(app: AppTest) -> list[str]:
    """The rows of every table as JSON, in an order of their own."""
    return sorted(frame.value.to_json(orient="split") for frame in app.dataframe)


def cells(app: AppTest) -> list[str]:
    """Every cell with a figure in the tables that are not data frames."""
    return sorted(re.findall(r'<td class="n">(.*?)</td>', texts(app)))


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d,.]*\d|\d", text)


def seen(app: AppTest) -> dict[str, object]:
    """Every number on the page, whatever its order and its name."""
    return {
        "figures": sorted(figures(app)), "rows": rows(app), "cells": cells(app),
        "tiles": sorted(value for _, value in tiles(app)), "answer": numbers(part(app, "answer")),
    }  # fmt: skip


# The map of Pathways shows each audience another detail: tests/pages/test_pathways.py holds its numbers.
@pytest.mark.parametrize("page", [page for page in PAGES if page != "pathways"])
def test_an_audience_has_its_own_words_and_the_same_numbers(open_page: Open, page: str) -> None:
    """All of the selection stands in the address, so nothing that is counted may differ."""
    app = open_page(page, **EXPLICIT)
    plain, questions, word_sets = seen(app), set(), set()
    for name in AUDIENCES:
        audience = turn_to(app, name)
        question, said = part(app, "question"), texts(app)
        assert question.startswith(audience.headings[page].split("{")[0])
        assert html.escape(audience.leads[page]) in said
        assert seen(app) == plain, name
        questions.add(question)
        word_sets.add(words(app))
    assert len(word_sets) == len(AUDIENCES)
    if page != "representation":  # students and job seekers ask the same there
        assert len(questions) == len(AUDIENCES)


@pytest.mark.parametrize("page", ["overview", "training", "occupation", "data"])
def test_no_default_reaches_a_page_without_a_filter(open_page: Open, page: str) -> None:
    """Without a word in the address, what these pages count is the same for everybody."""
    app = open_page(page, area="26420")
    plain = seen(app)
    for name in AUDIENCES:
        turn_to(app, name)
        assert seen(app) == plain, name


def test_the_overview_puts_first_what_the_audience_asks_for(open_page: Open) -> None:
    app = open_page("overview", area="12420")
    labels = {"in_demand": "in_demand", "openings": "openings_a_year", "pay": "typical_pay", "jobs": "jobs"}
    lists = {"growing": "growing", "paying": "paying", "gap": "supply_gap_list", "share": "share_gap_list"}
    orders = set()
    for name in AUDIENCES:
        audience = turn_to(app, name)
        found = [label.split(", ")[0] if tile == "jobs" else label
                 for tile, (label, _) in zip(audience.tiles, tiles(app), strict=True)]  # fmt: skip
        if name != "policymakers":  # 'Typical pay, against all jobs'
            assert found == [audience.words[labels[tile]] for tile in audience.tiles]
        headings = [html.unescape(h) for h in re.findall(r'lmi-list"><h2>(.*?)</h2>', texts(app))]
        assert [h.split(": ")[0] for h in headings] == [audience.words[lists[i]] for i in audience.lists]
        split = re.search(r"<dt>([^<]*)</dt><dd>[^<]*<span class=\"lmi-split\"", texts(app))
        assert split, "the bar of the openings"
        assert html.unescape(split[1]) == audience.words["openings_a_year"]
        orders.add((audience.tiles, audience.lists))
    assert len(orders) > 4


def chips(app: AppTest) -> list[str]:
    return [b.label for b in app.button if str(b.key).startswith("chip-")]


def test_default_filters_are_chips_that_can_be_taken_away(open_page: Open) -> None:
    app = open_page("demand", area="12420", audience="educators")
    assert chips(app) == ["Education: 3", "Weights: Widest supply gap"]
    assert not [b for b in app.button if b.key == "reset"]
    app.button(key="chip-edu").click().run()
    assert app.text_input(key="edu").value == "any"
    assert chips(app) == ["Weights: Widest supply gap"]
    app.button(key="chip-weights").click().run()
    assert chips(app) == []
    assert app.text_input(key="weights").value == "any"
    app.button(key="reset").click().run()
    assert app.text_input(key="edu").value == ""
    assert chips(app) == ["Education: 3", "Weights: Widest supply gap"]


def test_a_link_with_any_reopens_the_view_without_the_default(open_page: Open) -> None:
    plain = open_page("demand", area="12420")
    bare = open_page("demand", area="12420", audience="educators", edu="any", weights="any")
    assert chips(bare) == []
    assert figures(bare)[0] == figures(plain)[0]
    assert "No " not in "".join(t.value for t in bare.text[:1])


def test_the_filter_boxes_let_a_default_go_too(open_page: Open) -> None:
    app = open_page("demand", area="12420", audience="students")
    assert len(app.multiselect(key="w_edu").value) >= 3
    app.multiselect(key="w_edu").set_value([]).run()
    assert app.text_input(key="edu").value == "any"
    assert "Education" not in " ".join(chips(app))


def test_the_empty_view_offers_a_way_out_of_default_filters(open_page: Open) -> None:
    app = open_page("demand", area="30020", audience="educators", pay="900000")
    next(b for b in app.button if b.label == "Reset filters").click().run()
    assert "matches these filters" not in part(app, "answer")


def test_defaults_choose_picture_and_baseline(open_page: Open) -> None:
    app = open_page("demand", area="12420", audience="jobseekers")
    assert app.text_input(key="view").value == ""
    keys = [c.proto.id for c in app.get("plotly_chart")]
    assert any(k.endswith("demand-pay-plot") for k in keys)
    app.text_input(key="view").set_value("rank").run()
    assert any(c.proto.id.endswith("demand-rank-plot") for c in app.get("plotly_chart"))


def test_a_default_baseline_holds_where_it_is_offered_and_only_on_its_page(
    open_page: Open, capacity: Path
) -> None:
    people = open_page("representation", area="12420", audience="policymakers")
    assert people.selectbox(key="w_base").value == "all"  # no survey of the metro area is bundled
    assert "No baseline" not in words(people)
    survey = capacity.parent / "workforce" / "acs1_2024_metros.csv"
    survey.parent.mkdir()
    survey.write_text(
        "GEO_ID,NAME,C24010_001E,C24010_001M,C24010_038E,C24010_038M\n"
        "310M700US12420,Austin,1300000,9000,590000,7000\n", encoding="utf-8",
    )  # fmt: skip
    people = open_page("representation", area="12420", audience="policymakers")
    assert people.selectbox(key="w_base").value == "local"
    assert "Austin" in part(people, "answer")
    overview = seen(open_page("overview", area="12420", audience="policymakers"))
    assert overview == seen(open_page("overview", area="12420"))


def test_a_wrong_picture_is_named(open_page: Open) -> None:
    assert "No picture 'cube'" in words(open_page("demand", area="12420", view="cube"))


def test_the_table_starts_with_the_audiences_columns_in_its_words(open_page: Open) -> None:
    app = open_page("demand", area="12420")
    for name in AUDIENCES:
        audience = turn_to(app, name)
        table = next(d for d in app.dataframe if "Rank" in d.value.columns)
        fields = [TABLE_COLUMNS[NAMED[column][0]] for column in audience.columns]
        assert list(table.proto.column_order) == fields
        config = json.loads(table.proto.columns)
        labels = [config[field]["label"] for field in fields]
        assert labels == [audience.words[NAMED[column][1]] for column in audience.columns]
        assert len(set(labels)) == len(labels)
        assert len(table.value.columns) == len(TABLE_COLUMNS)  # the others can be shown from the toolbar


def test_what_is_left_out_of_a_profile_is_folded_and_complete(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="47-2111")
    names = {
        "requirements": "requirements_heading", "people": "people_heading", "training": "train_heading",
        "compare": "compare_heading", "map": "map_heading", "figures": "figures_heading",
    }  # fmt: skip
    for name in AUDIENCES:
        audience = turn_to(app, name)
        folded = [e for e in app.expander if e.label == audience.words["more_occupation"]]
        assert len(folded) == (set(audience.profile_order) != set(audience_file.PROFILE_SECTIONS))
        inside = "".join(e.value for e in folded[0].get("html")) if folded else ""
        for section, word in names.items():
            heading = f'<h2 class="lmi-heading">{html.escape(audience.words[word], quote=True)}</h2>'
            assert heading in texts(app), (name, section)
            assert (heading in inside) == (section not in audience.profile_order), (name, section)
    assert AUDIENCES["coordinators"].profile_order == (*dict.fromkeys(audience_file.PROFILE_SECTIONS),)


def test_coordinators_see_everything_in_place() -> None:
    everything = AUDIENCES["coordinators"]
    assert set(everything.columns) == set(audience_file.COLUMNS)
    assert everything.blocks == audience_file.BLOCKS
    assert everything.defaults == {}


def test_caveats_stand_on_every_audience(open_page: Open) -> None:
    for page, word in (("representation", "shares_limits"), ("data", "limits_heading")):
        app = open_page(page, area="12420")
        for name in AUDIENCES:
            audience = turn_to(app, name)
            folded = "".join(h.value for e in app.expander for h in e.get("html"))
            assert html.escape(audience.words[word]) in texts(app)
            assert html.escape(audience.words[word]) not in folded


HOSTILE = "<b>opening middle-skill</b> **word**"


def test_words_are_never_markup(open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = (ROOT / "pathways.yaml").read_text(encoding="utf-8")
    for key, word in AUDIENCES["coordinators"].words.items():
        told = told.replace(f"        {key}: {word}\n", f'        {key}: "{HOSTILE} {key}"\n', 1)
    told = told.replace("blocks: [evidence, rules]", "blocks: []", 1)
    path = tmp_path / "pathways.yaml"
    path.write_text(told, encoding="utf-8")
    monkeypatch.setenv("LMI_PATHWAYS", str(path))
    for page in PAGES:
        app = open_page(page, area="12420", soc="47-2111", edu="Associate's degree")
        markup = "".join(e.value for e in app.get("html"))  # st.text shows its text as it is
        assert "<b>opening" not in markup, page
        if page not in ("convening", "comments"):  # they have words of an audience on buttons, if at all
            assert html.escape("<b>opening") in markup, page
        assert not [h.value for h in app.header if "word**" in h.value], page
        for label in [*(b.label for b in app.button), *(e.label for e in app.expander)]:
            assert "**word" not in label, label
