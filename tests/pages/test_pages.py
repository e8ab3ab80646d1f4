"""Every page in a large metro, a small one with many withheld cells, the nation and a custom region."""

import html
import json
import re
from pathlib import Path

import pytest

from tests.pages.conftest import PAGES, ROOT, Open, figures, sound, texts

AREAS = {"large": "26420", "small": "30020", "withheld": "14010", "smallest": "25020", "nation": "US",
         "nonmetro": "4800006", "state": "48", "territory": "72",
         "custom": "R-austin-san-antonio"}  # fmt: skip


def answer(app: object) -> str:
    found = re.search(r'data-testid="answer">(.*?)</p>', texts(app), re.DOTALL)  # type: ignore[arg-type]
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS.keys())
@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_its_answer_and_its_source(open_page: Open, page: str, area: str) -> None:
    app = open_page(page, area=area)
    assert len(answer(app)) > 20
    for spec in figures(app):
        words = {a.get("name"): a["text"] for a in json.loads(spec)["layout"]["annotations"]}
        assert "Source: " in words["source"].replace("<br>", " ")
        assert words["title"]
    assert not re.search(r"\bnan\b", answer(app).lower())
    assert "None" not in answer(app)


def test_who_goes_from_page_to_page_sees_what_a_link_shows(open_page: Open) -> None:
    app = open_page("overview", area="26420", soc="47-2111")
    for page in (*PAGES[1:], PAGES[0]):
        app = sound(app.switch_page(str(ROOT / "pages" / f"{page}.py")).run())
        linked = open_page(page, area="26420", soc="47-2111")
        assert answer(app) == answer(linked)
        assert question(app) == question(linked)
        assert figures(app) == figures(linked)


def test_every_chart_has_a_text_alternative(open_page: Open) -> None:
    for page in PAGES:
        for chart in open_page(page, area="26420").get("plotly_chart"):
            assert len(chart.proto.alt) > 40


def test_the_overview_counts_what_the_command_line_counts(
    open_page: Open, capsys: pytest.CaptureFixture[str]
) -> None:
    from lmi.__main__ import main

    assert main(["rank", "--area", "12420", "--json"]) == 0
    ranked = json.loads(capsys.readouterr().out)
    demanded = [row for row in ranked if row["in_demand"] is True]
    said = answer(open_page("overview", area="12420"))
    assert said.startswith(f"{len(demanded)} middle-skill occupations meet")
    total = sum(row["openings_per_year"] for row in demanded)
    shown = int(re.search(r"about ([\d,]+) openings", said)[1].replace(",", ""))  # type: ignore[index]
    assert shown == pytest.approx(total, rel=0.005)


def test_the_nation_is_published_and_not_about(open_page: Open) -> None:
    app = open_page("overview", area="US")
    assert "about" not in answer(app)
    assert "(published)" in texts(app)


def test_withheld_figures_are_said_not_shown_as_zero(open_page: Open) -> None:
    app = open_page("occupation", area="30020", soc="49-9041")
    assert "jobs not published" in answer(app)
    table = next(d.value for d in app.dataframe if "Figure" in d.value.columns)
    jobs = table[table.Figure == "Jobs here"].iloc[0]
    assert jobs.Value == "not published"
    assert "Oklahoma" in jobs.Note


def test_a_top_coded_wage_is_at_least(open_page: Open) -> None:
    app = open_page("occupation", area="01", soc="29-1249")
    assert "median pay ≥ $239,200" in answer(app)
    assert "≥ $239,200" in json.dumps(json.loads(figures(app)[0]), ensure_ascii=False).replace("&#36;", "$")


def test_an_hourly_occupation_is_drawn_by_the_hour(open_page: Open) -> None:
    assert "an hour" in answer(open_page("occupation", area="US", soc="27-2011"))


@pytest.mark.parametrize("audience", ["students", "jobseekers", "educators", "employers", "policymakers"])
def test_an_audience_changes_words_and_no_number(open_page: Open, audience: str) -> None:
    plain = open_page("overview", area="26420")
    told = open_page("overview", area="26420", audience=audience)
    question = re.compile(r'data-testid="question">(.*?)</h1>')
    assert question.search(texts(plain))[1] != question.search(texts(told))[1]  # type: ignore[index]
    numbers = re.compile(r"[\d,]*\d")
    assert numbers.findall(answer(plain)) == numbers.findall(answer(told))


@pytest.mark.parametrize(
    "rule", ["colorado_tier1", "colorado_tier2", "ohio", "tennessee", "washington", "south_plains"]
)
def test_every_rule_gives_an_answer(open_page: Open, rule: str) -> None:
    for page in ("overview", "demand"):
        assert answer(open_page(page, area="30020", rules=rule))


@pytest.mark.parametrize("skill", ["EDU", "GROUP", "WAGE", "FED", "JZ", "all"])
def test_every_skill_rule_gives_an_answer(open_page: Open, skill: str) -> None:
    said = answer(open_page("demand", area="26420", skill=skill))
    assert ("middle-skill" in said) == (skill != "all")


def test_filters_that_leave_nothing_offer_a_way_back(open_page: Open) -> None:
    app = open_page("demand", area="30020", pay="900000")
    assert "matches these filters" in answer(app)
    reset = next(b for b in app.button if b.label == "Reset filters")
    reset.click().run()
    assert "rank" in answer(app)


def test_own_weights_change_the_order_and_are_shown_as_a_chip(open_page: Open) -> None:
    app = open_page("demand", area="26420", weights="wage=1")
    table = next(d.value for d in app.dataframe if "Rank" in d.value.columns)
    pay = table["Median pay"].dropna()
    assert list(pay) == sorted(pay, reverse=True)
    assert any(b.label.startswith("Weights:") for b in app.button)


def test_what_the_address_gets_wrong_is_named(open_page: Open) -> None:
    app = open_page("demand", area="99999", rules="nobody", pay="much", weights="luck=3")
    said = texts(app)
    assert "No area '99999'" in said
    assert "No in-demand rule 'nobody'" in said
    assert "'much' is not a number" in said
    assert "luck" in said
    assert "Austin" in answer(app) or "Austin" in said


def test_the_living_wage_is_drawn(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="47-2111", wage="21.5")
    assert "Living wage" in "".join(figures(app)).replace("<br>", " ")


def test_a_group_of_occupations_has_a_profile(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="29-0000")
    assert "62,410 jobs" in answer(app)


def test_a_mistake_in_the_settings_keeps_the_last_good_ones(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lmi.places import ROOT

    settings = tmp_path / "settings.yaml"
    good = (ROOT / "data" / "local" / "settings.yaml").read_text(encoding="utf-8")
    settings.write_text(good.replace('default_area: "12420"', 'default_area: "26420"'), encoding="utf-8")
    monkeypatch.setenv("LMI_SETTINGS", str(settings))
    app = open_page("overview")
    assert "Houston" in texts(app)
    settings.write_text(good.replace("#0072B2", "#FFFF99"), encoding="utf-8")
    app.run()
    said = texts(app)
    assert "Houston" in said
    assert "settings.yaml, line" in said
    assert "contrast" in said


def test_a_mistake_in_the_settings_at_the_start_is_told_in_three_parts(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lmi.ui import loaders

    settings = tmp_path / "settings.yaml"
    settings.write_text("organisation: {name: X\n", encoding="utf-8")
    monkeypatch.setenv("LMI_SETTINGS", str(settings))
    monkeypatch.setattr(loaders, "_last_good", {})
    app = open_page("overview", may_fail=True)
    assert "Something needs your attention" in [s.value for s in app.header]
    assert "settings.yaml" in texts(app)


def test_a_corrupt_warehouse_is_told_and_mended_by_the_button(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lmi.places import here
    from lmi.warehouse import build

    folder = tmp_path / "build"
    monkeypatch.setenv("LMI_BUILD_DIR", str(folder))
    path = build.ensure(here())
    path.write_bytes(b"not a database" * 1000)
    open_with = open_page
    monkeypatch.setenv("LMI_BUILD_DIR", str(folder))
    app = open_with("overview", may_fail=True)
    assert "cannot be read" in texts(app)
    next(b for b in app.button if b.label == "Build the data again").click().run()
    assert "meet the Explorer rule" in texts(app)


def test_a_title_is_only_shortened_where_it_stays_its_own(open_page: Open) -> None:
    surgeons = open_page("occupation", area="01", soc="29-1249")
    assert "Surgeons, All Other" in texts(surgeons)
    sales = open_page("occupation", area="12420", soc="41-4012")
    assert "Except Technical and Scientific Products" in question(sales)
    services = open_page("occupation", area="12420", soc="41-3091")
    assert "Sales Representatives of Services in Austin" in question(services)


def question(app: object) -> str:
    found = re.search(r'data-testid="question">(.*?)</h1>', texts(app))  # type: ignore[arg-type]
    assert found
    return html.unescape(found[1])


def test_an_occupation_published_under_another_code_leads_there(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="31-1121")
    assert "ask for that code" in texts(app)
    assert "soc=31-1120" in texts(app)


def test_an_occupation_without_figures_here_leads_to_the_state(open_page: Open) -> None:
    app = open_page("occupation", area="30020", soc="29-1249")
    assert "No figures are published for it in Lawton" in answer(app)
    assert "area=40" in texts(app)


def test_what_is_ranked_on_part_of_the_figures_is_never_the_finding(open_page: Open) -> None:
    app = open_page("demand", area="30020")
    spec = json.loads(figures(app)[0])
    title = next(a["text"] for a in spec["layout"]["annotations"] if a.get("name") == "title")
    assert "Industrial Machinery" not in title
    assert "figures withheld" in json.dumps(spec)
    assert "Industrial Machinery" not in answer(app)


def test_the_nation_is_ranked_on_all_it_has(open_page: Open) -> None:
    app = open_page("demand", area="US")
    assert "rank first by demand" in answer(app)
    words = {a.get("name"): a["text"] for a in json.loads(figures(app)[0])["layout"]["annotations"]}
    assert "Nothing to rank" not in words["title"]
    assert "withheld" not in figures(app)[0]


def test_figures_of_a_region_published_in_part_say_at_least(open_page: Open) -> None:
    app = open_page("occupation", area="R-austin-san-antonio", soc="49-9081")
    table = next(d.value for d in app.dataframe if "Figure" in d.value.columns).set_index("Figure")
    assert "At least: published in 1 of 2 areas" in table.Note["Jobs here"]
    assert "At least: jobs are published in 1 of 2 areas" in table.Note["Openings a year"]
    assert table.Value["Location quotient"] == "not published"
    assert "1 of 2 areas" in table.Note["Location quotient"]


def test_ranks_on_part_of_the_figures_do_not_lend_their_place(open_page: Open) -> None:
    app = open_page("demand", area="22660")  # the first ranks of Fort Collins lack jobs and openings
    assert "Of those with all figures published" in answer(app)
    words = {a.get("name"): a["text"] for a in json.loads(figures(app)[0])["layout"]["annotations"]}
    assert words["title"].startswith("Of those with all figures published")


def test_typed_text_is_disarmed_where_markdown_is_read() -> None:
    from lmi.ui.widgets import unmarked

    assert unmarked("[x](http://y) **b** $a$ :red[c]") == (r"\[x\]\(http\://y\) \*\*b\*\* \$a\$ \:red\[c\]")
