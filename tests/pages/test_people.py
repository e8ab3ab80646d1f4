"""Representation: its sentence, figures and address agree; what is not published is said, never 0."""

import re

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Open, annotations, figure, figures, marks, part, texts, words

BLOCKS = ("gaps", "heat", "ladder", "pipeline")


def gaps_table(app: AppTest) -> pd.DataFrame:
    """The rows behind the chart of gaps."""
    return next(d.value for d in app.dataframe if "Gap (percentage points)" in d.value.columns)


def hidden_list(app: AppTest) -> str:
    found = re.search(r"<h2>Not published for</h2>(.*?)</section>", texts(app), re.DOTALL)
    return found[1] if found else ""


def tile(app: AppTest, label: str) -> str:
    found = re.search(rf"<dt>{re.escape(label)}</dt><dd>(.*?)<small>(.*?)</small>", texts(app))
    assert found, f"no tile '{label}'"
    return found[1]


SHORT = re.compile(
    r"Nationally, (?P<group>.*) clearly fall short in (?P<short>\d+) of (?P<known>\d+) occupations in "
    r"demand; (?:among the widest gaps|the widest gap): (?P<first>.*), (?P<share>[\d.]+)% against "
    r"(?P<base>[\d.]+)%\."
)


@pytest.mark.parametrize("area", ["12420", "14010", "48", "US", "R-austin-san-antonio"])
def test_four_figures_each_with_their_sources(open_page: Open, area: str) -> None:
    app = open_page("representation", area=area)
    assert part(app, "question").startswith("Who is missing from the jobs in demand in ")
    assert SHORT.fullmatch(part(app, "answer"))
    assert "BLS CPS table 11, 2025" in part(app, "selection")
    for key in BLOCKS:
        told = figure(app, key)
        assert "Source: " in told["source"]
        assert "BLS CPS table 11, 2025 (published, national)" in told["source"]
    assert "NCES IPEDS" in figure(app, "pipeline")["source"]
    assert "(published)" not in figure(app, "gaps")["source"].replace("(published, national)", "")


def test_the_sentence_the_tile_the_title_and_the_rows_agree(open_page: Open) -> None:
    app = open_page("representation", area="12420")
    said = SHORT.fullmatch(part(app, "answer"))
    assert said
    rows = gaps_table(app)
    known = rows[rows["Women (%)"].notna()]
    below = known[known["Share, high end of 90% interval (%)"] < float(said["base"])]
    assert (len(below), len(known)) == (int(said["short"]), int(said["known"]))
    assert re.search(
        rf"in {said['short']} of {said['known']} \S*\s?occupations", figure(app, "gaps")["title"]
    )
    assert tile(app, "Clearly short of parity") == f"{said['short']} of {said['known']}"
    first = known.iloc[0]
    assert (first.Occupation, first["Women (%)"]) == (said["first"], float(said["share"]))
    assert list(known["Gap (percentage points)"]) == sorted(known["Gap (percentage points)"])


def test_each_group_has_its_own_sentence_figure_and_address(open_page: Open) -> None:
    app = open_page("representation", area="12420")
    seen = set()
    names = {"black": "Black or African American workers", "asian": "Asian workers",
             "hispanic": "Hispanic or Latino workers", "women": "Women"}  # fmt: skip
    for group, name in names.items():
        app.button_group(key="w_group").set_value(group).run()
        assert app.session_state["group"] == group
        said = part(app, "answer")
        assert name in said.replace("women", "Women")
        assert name in figure(app, "gaps")["title"]
        assert f"{name} (%)" in gaps_table(app).columns
        seen.add(said)
    assert len(seen) == 4


def test_a_state_baseline_changes_address_sentence_figure_and_says_what_it_does(open_page: Open) -> None:
    app = open_page("representation", area="12420", group="hispanic")
    before = part(app, "answer"), gaps_table(app)
    app.selectbox(key="w_base").set_value("state").run()
    assert app.session_state["base"] == "state"
    assert part(app, "answer") != before[0]
    assert not gaps_table(app).equals(before[1])
    told = figure(app, "gaps")
    assert "Texas, all employed, 2018" in told["source"]
    assert "American Community Survey" in told["source"] or "ACS" in told["source"]
    margin = re.search(r"Margins of error \(90%\) of the baseline.*hispanic ±(\d+\.\d)", words(app))
    assert margin
    assert 0 < float(margin[1]) < 5


def test_the_own_group_as_baseline_holds_each_occupation_against_another_share(open_page: Open) -> None:
    app = open_page("representation", area="12420", base="group")
    rows = gaps_table(app)
    reference = [c for c in rows.columns if c.startswith("The occupation's own group")]
    assert len(reference) == 1
    assert rows[reference[0]].nunique() > 3
    shares, gap = rows["Women (%)"] - rows[reference[0]], rows["Gap (percentage points)"]
    assert (shares - gap).abs().max() < 0.051


def test_each_baseline_named_is_one_that_exists(open_page: Open) -> None:
    texas = open_page("representation", area="48").selectbox(key="w_base").options
    assert len(texas) == 3  # all, own group, state; a metropolitan survey is not bundled
    assert any(o.startswith("Against All employed, nation: 47.1%") for o in texas)
    two = open_page("representation", area="16980").selectbox(key="w_base").options  # Chicago, IL-IN
    assert any("Illinois and Indiana" in o for o in two)


def test_a_share_that_is_not_published_is_said_with_its_groups_figure(open_page: Open) -> None:
    app = open_page("representation", area="48", skill="all")
    count = int(tile(app, "Not published"))
    assert count > 6
    listed = re.findall(r"<span>(.*?)</span>", hidden_list(app))
    assert len(listed) == 6
    assert all(re.fullmatch(r"[1-9][\d.]*% in its group|no group's figure", entry) for entry in listed)
    codes = set(re.findall(r"soc=(\d\d-\d{4})", hidden_list(app)))
    assert not codes & marks(app, "gaps")


def test_the_rows_said_to_be_in_the_table_are_in_the_table(open_page: Open) -> None:
    app = open_page("representation", area="48", skill="all")
    said = re.search(r"(\d+) more are in the table", words(app))
    assert said
    rows = gaps_table(app)
    hidden = rows[rows["Women (%)"].isna()]
    assert len(hidden) >= int(said[1]), "the page sends readers to rows that its table does not hold"


def test_nothing_that_is_withheld_is_a_zero(open_page: Open) -> None:
    from lmi.answers.desk import open_desk
    from lmi.places import here
    from lmi.warehouse import build
    from lmi.warehouse.connect import Warehouse

    app = open_page("representation", area="48", skill="all")
    warehouse = Warehouse(build.ensure(here()))
    published = open_desk(here(), warehouse).shares.women_pct
    warehouse.close()
    rows = gaps_table(app).set_index("SOC code")
    zero = rows[rows["Women (%)"] == 0]
    assert (published[zero.index] == 0).all()
    known = rows["Women (%)"].dropna()
    assert (published[known.index] - known).abs().max() == 0


def test_choosing_a_career_cluster_enters_the_address_and_the_title(open_page: Open) -> None:
    app = open_page("representation", area="12420")
    box = app.selectbox(key="w_ladder")
    assert len(box.options) == 16
    box.set_value("Manufacturing").run()
    assert app.session_state["ladder"] == "Manufacturing"
    assert figure(app, "ladder")["title"].startswith("Manufacturing, nationally: ")
    reopened = open_page("representation", area="12420", ladder="Manufacturing")
    assert figure(reopened, "ladder")["title"] == figure(app, "ladder")["title"]


@pytest.mark.parametrize(
    ("name", "value", "words_for_it", "shown"),
    [("group", "x", "group", "women"), ("base", "y", "baseline", "all"),
     ("group", "<b>women</b>", "group", "women"), ("base", "local", "baseline", "all")],
)  # fmt: skip
def test_what_the_address_gets_wrong_is_named_and_a_default_used(
    open_page: Open, name: str, value: str, words_for_it: str, shown: str
) -> None:
    app = open_page("representation", area="12420", **{name: value})
    notice = next(t.value for t in app.text if t.value.startswith(f"No {words_for_it} "))
    assert f"'{value}'" in notice
    assert f"Showing {shown}" in notice
    assert part(app, "answer") == part(open_page("representation", area="12420"), "answer")
    assert "<b>women" not in "".join(e.value for e in app.get("html"))


def test_an_unknown_career_cluster_is_named_and_never_markup(open_page: Open) -> None:
    app = open_page("representation", area="12420", ladder="<b>x</b>")
    plain = open_page("representation", area="12420")
    assert figure(app, "ladder")["title"] == figure(plain, "ladder")["title"]
    assert not any("<b>x</b>" in e.value for e in app.get("html"))
    assert any("<b>x</b>" in t.value for t in app.text), "a cluster that does not exist is not named"


def test_a_rule_that_nothing_meets_leads_on(open_page: Open) -> None:
    app = open_page("representation", area="25020", rules="colorado_tier1")
    said = part(app, "answer")
    assert len(said) > 20
    if "No occupation" in said:
        assert any(b.label == "Use the Explorer rule" for b in app.button)
        assert figures(app) == []


def test_a_nonmetropolitan_area_has_gaps_and_says_why_it_has_no_completions(open_page: Open) -> None:
    app = open_page("representation", area="0100004")
    assert "clearly fall short" in part(app, "answer") or "In none of" in part(app, "answer")
    assert "counties of nonmetropolitan areas are not in the bundled data" in words(app)
    titles = [annotations(spec)["title"] for spec in figures(app)]
    assert len(titles) == 3  # no figure of completions


def test_small_print_says_what_the_figures_cannot_tell(open_page: Open) -> None:
    said = words(open_page("representation", area="12420"))
    for claim in ("no such figures are published for local jobs", "the groups overlap",
                  "The 90% intervals are our estimate",
                  "Nothing is published below 50,000 people"):  # fmt: skip
        assert claim in said


def test_an_occupation_of_the_address_that_is_not_drawn_does_not_grey_the_rest(open_page: Open) -> None:
    """The address carries the occupation of another page; where no dot is its own, none steps back."""
    plain = open_page("representation", area="12420")
    other = open_page("representation", area="12420", soc="29-1141")  # not a middle-skill occupation
    assert "29-1141" not in marks(other, "gaps")
    assert figures(other)[0] == figures(plain)[0]


def test_the_occupation_of_the_address_stands_out(open_page: Open) -> None:
    plain = open_page("representation", area="12420")
    drawn = sorted(code for code in marks(plain, "gaps") if code[2:3] == "-")
    assert len(drawn) > 5
    assert figures(open_page("representation", area="12420", soc=drawn[0]))[0] != figures(plain)[0]


def test_puerto_rico_is_told_that_the_shares_say_nothing_of_it(open_page: Open) -> None:
    app = open_page("representation", area="72")
    assert "CPS table 11 covers the 50 states" in part(app, "answer")
    assert "Puerto Rico" in part(app, "answer")
    metro = open_page("representation", area="25020")  # Guayama, the smallest metropolitan area
    assert "CPS table 11 covers the 50 states" in part(metro, "answer")
    profile = open_page("occupation", area="72", soc="47-2111")
    assert "CPS table 11 covers the 50 states" in words(profile)
