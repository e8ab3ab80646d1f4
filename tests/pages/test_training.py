"""Training: openings against completions, by the method and levels in the address, and reconciled."""

import re

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Open, figure, figures, marks, part, texts, words

NONMETRO = ("0100004", "4800006")
PLACED = ("12420", "14010", "25020", "48", "US", "R-austin-san-antonio", "72")


def totals(app: AppTest) -> dict[str, int]:
    """The table of totals: what was counted -> how many."""
    table = re.search(r'data-testid="totals">(.*?)</table>', texts(app), re.DOTALL)
    assert table, "no table of totals"
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td class="n">(.*?)</td>', table[1], re.DOTALL)
    return {what.strip(): int(count.replace(",", "")) for what, count in rows}


def tiles(app: AppTest) -> dict[str, tuple[str, str]]:
    """Label -> (value, what it stands on)."""
    return {
        label: (value, note)
        for label, value, note in re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)<small>([^<]*)</small>", texts(app))
    }


def numbers(sentence: str) -> list[float]:
    return [float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*\.?\d*", sentence)]


@pytest.mark.parametrize("area", PLACED)
def test_question_answer_selection_and_sources(open_page: Open, area: str) -> None:
    app = open_page("training", area=area)
    assert part(app, "question").endswith("and is it enough?")
    assert "certificates and associate's degrees, 2024" in part(app, "selection")
    finish, openings, occupations, few = numbers(part(app, "answer"))[:4]
    assert finish >= 0
    assert openings > 0
    assert few <= occupations
    assert "Source: NCES IPEDS" in figure(app, "balance")["source"]
    for key in ("providers", "limit", "trend", "completers"):
        assert "NCES IPEDS" in figure(app, key)["source"]
    assert "nan" not in words(app).split()


def test_the_answer_the_tiles_and_the_chart_say_the_same(open_page: Open) -> None:
    app = open_page("training", area="12420")
    table = next(d.value for d in app.dataframe if "In demand by the rule" in d.value.columns)
    openings, completions = "Openings (per year)", "Completions (awards per year)"
    mine = table[table["In demand by the rule"].astype(bool) & table[openings].notna()
                 & table[completions].notna()]  # fmt: skip
    finish, needed, occupations, few = numbers(part(app, "answer"))[:4]
    assert occupations == len(mine)
    assert finish == pytest.approx(mine[completions].sum(), rel=0.02)
    assert needed == pytest.approx(mine[openings].sum(), rel=0.005)
    assert few == int((mine[completions] < 0.5 * mine[openings]).sum())
    shown = tiles(app)
    assert numbers(shown["Per opening"][0])[0] == pytest.approx(
        mine[completions].sum() / mine[openings].sum(), abs=0.006
    )
    assert (
        f"{int((mine[completions] < mine[openings]).sum())} of {len(mine)}" in figure(app, "balance")["title"]
    )
    assert numbers(shown["None reported here"][0])[0] == int((mine[completions] == 0).sum())


@pytest.mark.parametrize("method", ["graduates", "openings"])
@pytest.mark.parametrize("area", ["12420", "25020", "US", "72", "R-austin-san-antonio"])
def test_the_totals_reconcile(open_page: Open, area: str, method: str) -> None:
    """Each number is rounded by itself, so a sum of three may be off by one or two."""
    t = totals(open_page("training", area=area, supply=method))
    whole, linked, teaching, none = list(t.values())[:4]
    assert whole == pytest.approx(linked + teaching + none, abs=2)
    handed = t["Handed to occupations"]
    assert handed == pytest.approx(linked, abs=1)
    told, untold = t["of which openings can be told here"], t["of which openings are not published here"]
    assert handed == pytest.approx(told + untold, abs=2)
    assert t["Openings a year, all occupations told"] == pytest.approx(
        t["= in occupations that a program leads to"] + t["+ of postsecondary teachers"]
        + t["+ in occupations without a program"], abs=2,
    )  # fmt: skip


def test_the_awards_of_the_totals_are_those_of_the_warehouse(open_page: Open) -> None:
    from lmi.places import here
    from lmi.warehouse import build
    from lmi.warehouse.connect import Warehouse

    app = open_page("training", area="12420")
    st.cache_resource.clear()  # one connection to a file at a time
    warehouse = Warehouse(build.ensure(here()))
    counted = (
        warehouse.cursor()
        .execute(
            "select sum(awards) as n from completion c join institution_area a using (unitid)"
            " where area_code = '12420' and award_year = 2024 and award_level in ('20','21','2','4','3')"
        )
        .fetchone()[0]
    )
    warehouse.close()
    assert next(iter(totals(app).values())) == counted


def test_the_whole_count_is_more_than_the_graduates_and_says_so(open_page: Open) -> None:
    app = open_page("training", area="12420", supply="whole")
    t = totals(app)
    assert t["Handed to occupations"] > t["= of programs that lead to an occupation"]
    assert "upper bound" in words(app)
    assert "upper bound" in figure(app, "balance")["subtitle"] + figure(app, "balance")["source"]
    assert part(app, "answer").startswith("At most ")


def test_the_whole_count_is_not_called_apportioned(open_page: Open) -> None:
    note = tiles(open_page("training", area="12420", supply="whole"))["Completions"][1]
    assert "apportioned" not in note, note


def test_the_openings_of_the_nation_are_published_everywhere_on_the_page(open_page: Open) -> None:
    app = open_page("training", area="US")
    assert "published openings" in figure(app, "balance")["source"]
    assert "estimated" not in tiles(app)["Openings a year"][1]


def test_a_method_changes_address_sentence_and_figure(open_page: Open) -> None:
    app = open_page("training", area="12420")
    seen = {part(app, "answer")}
    specs = {figures(app)[0]}
    for method in ("openings", "whole"):
        app.button_group(key="w_supply").set_value(method).run()
        assert app.session_state["supply"] == method
        seen.add(part(app, "answer"))
        specs.add(figures(app)[0])
    assert len(specs) == 3
    assert len(seen) == 3


def test_award_levels_change_address_selection_and_figure(open_page: Open) -> None:
    app = open_page("training", area="12420")
    before = totals(app), figures(app)[0]
    app.selectbox(key="w_levels").set_value("all").run()
    assert app.session_state["levels"] == "all"
    assert "all award levels" in part(app, "selection")
    after = totals(app)
    assert next(iter(after.values())) > next(iter(before[0].values()))
    assert figures(app)[0] != before[1]
    assert "all award levels" in figure(app, "balance")["source"].lower()


def test_all_skill_levels_count_all_award_levels(open_page: Open) -> None:
    assert "all award levels" in part(open_page("training", area="12420", skill="all"), "selection")


@pytest.mark.parametrize(
    ("name", "value"), [("supply", "z"), ("levels", "q"), ("supply", "<i>whole</i>"), ("levels", "=1+1")]
)
def test_what_the_address_gets_wrong_is_named(open_page: Open, name: str, value: str) -> None:
    app = open_page("training", area="12420", **{name: value})
    called = {"supply": "way of counting graduates", "levels": "set of award levels"}[name]
    notice = next(t.value for t in app.text if t.value.startswith(f"No {called} "))
    assert f"'{value}'" in notice
    assert part(app, "answer") == part(open_page("training", area="12420"), "answer")
    assert re.search(r"Showing \S.*\.", notice), f"the default is not named: {notice!r}"


@pytest.mark.parametrize("area", NONMETRO)
def test_a_nonmetropolitan_area_says_why_and_links_on(open_page: Open, area: str) -> None:
    app = open_page("training", area=area)
    assert "Institutions cannot be placed in" in part(app, "answer")
    assert figures(app) == []
    state = area[:2]
    assert re.search(rf'href="\./training\?[^"]*area={state}"', texts(app).replace("&amp;", "&") + '"')
    assert "area=US" in texts(app)


@pytest.mark.parametrize("area", NONMETRO)
def test_a_nonmetropolitan_area_has_all_other_pages(open_page: Open, area: str) -> None:
    for page in ("overview", "demand", "occupation"):
        assert len(part(open_page(page, area=area), "answer")) > 20
    app = open_page("occupation", area=area, soc="47-2111")
    assert "Institutions cannot be placed in" in words(app)


def test_an_occupation_of_the_address_is_in_focus_and_can_be_changed(open_page: Open) -> None:
    app = open_page("training", area="12420", soc="29-2061")
    assert "Training for Licensed Practical" in texts(app)
    assert "29-2061" in figure(app, "limit")["subtitle"]
    app.selectbox(key="w_training_soc").set_value("47-2152").run()
    assert app.session_state["soc"] == "47-2152"
    assert "Training for Plumbers" in texts(app)
    assert "47-2152" in figure(app, "trend")["subtitle"]
    assert "47-2152" in marks(app, "balance")


@pytest.mark.parametrize("area", ["12420", "25020"])
def test_every_link_of_the_widest_gaps_opens(open_page: Open, area: str) -> None:
    app = open_page("training", area=area)
    listed = re.search(r"<h2>Widest gaps in demand</h2>(.*?)</section>", texts(app), re.DOTALL)
    assert listed
    for soc, title, figure_ in re.findall(r"soc=(\d\d-\d{4})[^>]*>(.*?)</a><span>(.*?)</span>", listed[1]):
        opened = open_page("training", area=area, soc=soc)
        assert f"Training for {title.removesuffix(' *')}" in texts(opened)
        if figure_.startswith("0 for"):
            assert "No institution in" in words(opened) or "No awards reported" in str(figures(opened))


def test_an_occupation_without_a_program_is_told(open_page: Open) -> None:
    app = open_page("training", area="12420", soc="25-1072")  # postsecondary teachers are told apart
    assert "No program here leads to it" in words(app) or "No program leads to it here" in words(app)
    assert "Training for Nursing Instructors" in texts(app)


def test_awards_of_the_chosen_occupation_agree_in_table_trend_map_and_sentence(open_page: Open) -> None:
    app = open_page("training", area="48", soc="29-2061")
    programs = next(d.value for d in app.dataframe if "Provider" in d.value.columns)
    places = next(d.value for d in app.dataframe if "IPEDS institution" in d.value.columns)
    trend = next(d.value for d in app.dataframe if "Level of award" in d.value.columns)
    last = int(programs["2024"].sum())
    assert last == places["Awards (per year)"].sum()
    assert last == trend[trend["Academic year ending"] == 2024]["Awards (per year)"].sum()
    assert f"of its {last:,} awards" in words(app)
    assert figure(app, "trend")["title"].startswith(f"{last:,} awards in 2024")
    years = programs["2020–2024"]
    assert last == sum(row[-1] for row in years)


def test_earnings_that_are_not_published_are_said_and_not_drawn(open_page: Open) -> None:
    app = open_page("training", area="30020", soc="49-9021")
    assert "What graduates earn is not published" in texts(app)
    programs = next(d.value for d in app.dataframe if "Provider" in d.value.columns)
    money = programs.columns[-1]
    assert programs[money].isna().all()
    assert not (programs[money] == 0).any()


def test_nobody_has_entered_seats_and_the_stand_in_is_named(open_page: Open) -> None:
    app = open_page("training", area="12420", soc="47-2111")
    assert "Nobody has entered seats for Electricians in Austin yet." in texts(app)
    table = next(d.value for d in app.dataframe if "Stage" in d.value.columns).set_index("Stage")
    assert "proxy" in table.Basis["Seats"]
    for stage in ("Applicants", "Enrolled"):
        assert table.isna().loc[stage, "People"], "what nobody told is not a number"


def test_each_page_of_an_audience_asks_its_own_question(open_page: Open) -> None:
    for page in ("representation", "training"):
        asked = {
            part(open_page(page, area="12420", audience=a), "question")
            for a in ("coordinators", "educators", "employers", "policymakers")
        }
        assert len(asked) == 4
