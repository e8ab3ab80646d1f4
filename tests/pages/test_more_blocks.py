"""The blocks that came with people and programs: on Occupation, Overview, Demand and Data."""

import html
import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Open, annotations, figure, figures, part, texts, words

PLUMBER, HVAC, NURSE, DEVELOPER = "47-2152", "49-9021", "29-1141", "15-1252"


def shares(app: AppTest) -> dict[str, list[str]]:
    """Group -> share, baseline, gap and parity as shown."""
    rows = re.findall(r'<tr><th scope="row">([^<]*workers|Women)</th>(.*?)(?=<tr>|</tbody>)', texts(app))
    return {name: [html.unescape(c) for c in re.findall(r'<td class="n">(.*?)</td>', cells)]
            for name, cells in rows}  # fmt: skip


def keys(app: AppTest) -> list[str]:
    return [re.sub(r".*-(?=[a-z])", "", c.proto.id.removesuffix("-plot")) for c in app.get("plotly_chart")]


def titles(app: AppTest) -> list[str]:
    return [annotations(spec)["title"] for spec in figures(app)]


def test_who_works_in_it_reckons_gap_and_parity_from_the_two_shares(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="47-2111")
    found = shares(app)
    assert len(found) == 4
    for share, baseline, gap, parity in found.values():
        ours, theirs = float(share.rstrip("%")), float(baseline.rstrip("%"))
        assert float(gap.replace("−", "-")) == pytest.approx(ours - theirs, abs=0.06)
        assert float(parity) == pytest.approx(ours / theirs, abs=0.011)
    assert "no local one is published" in words(app)
    assert "BLS CPS table 11, 2025 (national)" in words(app)


def test_a_share_that_is_not_published_offers_its_group(open_page: Open) -> None:
    found = shares(open_page("occupation", area="48", soc="17-3011"))
    share, baseline, gap, parity = found["Women"]
    assert re.fullmatch(r"not published; its group [\d.]+%", share)
    assert baseline == "47.1%"
    assert (gap, parity) == ("–", "–")


def test_a_baseline_in_the_address_holds_on_the_profile(open_page: Open) -> None:
    nation = shares(open_page("occupation", area="12420", soc="47-2111"))
    app = open_page("occupation", area="12420", soc="47-2111", base="state")
    assert "Texas, all employed, 2018" in words(app)
    assert shares(app)["Women"][0] == nation["Women"][0]
    assert shares(app)["Women"][1] != nation["Women"][1]


def test_a_group_of_occupations_has_no_share_of_its_own(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="29-0000")
    assert "Shares are shown for single occupations, not for groups." in words(app)
    assert "O*NET rates single occupations, not groups." in words(app)
    assert shares(app) == {}


def test_skills_are_drawn_with_their_release_and_can_be_ordered_otherwise(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="47-2111")
    assert figure(app, "skills-top")["title"].startswith("What matters most for electricians: ")
    assert "O*NET 29.3" in figure(app, "skills-top")["source"]
    assert "people in the job report" in figure(app, "education")["subtitle"]
    app.button_group(key="w_skill_kind").set_value("apart").run()
    assert figure(app, "skills-apart")["title"].startswith("What sets electricians apart most: ")


def test_what_is_not_rated_is_said_and_not_drawn(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc=DEVELOPER)
    assert "not rated in O*NET 29.3" in texts(app)
    assert "O*NET" in texts(app)
    assert not any("What matters most" in t or "sets" in t for t in titles(app))
    assert "Technology: " in texts(app)  # which the release does list


def test_compare_starts_with_words_and_takes_three_more(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="47-2111")
    assert "Choose an occupation to see both side by side" in words(app)
    app.multiselect(key="w_compare").set_value([PLUMBER, HVAC, NURSE]).run()
    assert app.session_state["compare"] == f"{PLUMBER},{HVAC},{NURSE}"
    told = figure(app, "compare")
    assert told["title"].startswith("Electricians beside Plumbers")
    for soc in ("47-2111", PLUMBER, HVAC, NURSE):
        assert soc in told["subtitle"]
    gaps = [t for t in titles(app) if t.startswith("From electricians to ")]
    assert len(gaps) == 3
    assert "Skill gap, directional" in words(app)


def test_a_skill_gap_has_a_direction(open_page: Open) -> None:
    def gap(start: str, goal: str) -> int:
        app = open_page("occupation", area="12420", soc=start, compare=goal)
        title = figure(app, f"gap-{goal}")["title"]
        found = re.search(r": (\d+)% of what the job asks for is to be added", title)
        return int(found[1]) if found else 0

    assert gap("47-2111", NURSE) > gap(NURSE, "47-2111") > 0


def test_a_compared_occupation_without_ratings_is_named_and_no_gap_drawn(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="47-2111", compare=DEVELOPER)
    assert "Not rated in O*NET 29.3: Software Developers." in words(app)
    assert not any(t.startswith("From electricians to") for t in titles(app))


def test_what_does_not_exist_in_compare_is_named_and_the_rest_shown(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="47-2111", compare=f"99-9999,{PLUMBER},<b>x</b>")
    said = [t.value for t in app.text]
    assert any(t.startswith("No occupation '99-9999'") for t in said)
    assert any("'<b>x</b>'" in t for t in said)
    assert figure(app, "compare")["title"].startswith("Electricians beside Plumbers")
    assert "<b>x</b>" not in "".join(e.value for e in app.get("html"))


def test_more_than_three_in_compare_are_not_dropped_in_silence(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="47-2111", compare=f"{PLUMBER},{HVAC},{NURSE},31-9092")
    assert len(app.multiselect(key="w_compare").value) == 3
    assert any("31-9092" in t.value or "three" in t.value or "four" in t.value for t in app.text)


def test_a_group_in_compare_is_not_dropped_in_silence(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="47-2111", compare="29-0000")
    assert any("29-0000" in t.value for t in app.text)


def test_where_to_train_tells_the_same_as_the_training_page(open_page: Open) -> None:
    profile = open_page("occupation", area="48", soc="29-2061")
    training = open_page("training", area="48", soc="29-2061")
    table = next(d.value for d in training.dataframe if "IPEDS institution" in d.value.columns)
    largest = table.sort_values("Awards (per year)", ascending=False).iloc[0]
    assert f"{html.escape(largest.Institution)}</th>" in texts(profile)
    whole = int(table["Awards (per year)"].sum())
    assert f"at most {whole:,}, every program whole" in words(profile)
    assert "soc=29-2061" in re.search(r'href="(\./training\?[^"]*)"', texts(profile))[1]  # type: ignore[index]


def test_a_place_without_completions_says_why_on_the_profile(open_page: Open) -> None:
    app = open_page("occupation", area="0100004", soc="47-2111")
    assert "Institutions cannot be placed" in words(app)
    table = next(d.value for d in app.dataframe if "Figure" in d.value.columns).set_index("Figure")
    assert table.Value["Completions a year, apportioned"] == "not published"


def test_every_figure_of_supply_and_shares_names_its_source_and_basis(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="47-2111")
    table = next(d.value for d in app.dataframe if "Figure" in d.value.columns).set_index("Figure")
    assert table.Basis["Women, national share"] == "published"
    assert table.Geography["Women, national share"] in ("United States", "Nation", "the nation")
    assert table.Basis["Completions a year, apportioned"] == "estimated"
    assert "IPEDS" in table.Source["Completions a year, apportioned"]
    gap = table.loc["Supply gap: openings less completions"]
    assert gap.Basis == "estimated"


def test_the_overview_has_four_lists_that_link_on(open_page: Open) -> None:
    app = open_page("overview", area="12420")
    heads = re.findall(r'<section class="lmi-list"><h2>(.*?)</h2>', texts(app))
    assert len(heads) == 4
    assert heads[-1] == "Widest representation gap: women"
    lists = dict(re.findall(r"<h2>(.*?)</h2><ol>(.*?)</ol>", texts(app), re.DOTALL))
    for head, page in (("Widest supply gap", "training"), (heads[-1], "representation")):
        links = re.findall(r'href="(.*?)"', lists[head])
        assert links
        assert all(link.startswith(f"./{page}?") and "soc=" in link for link in links)
        assert not re.search(r"\bnan\b", lists[head])
        assert "not published" not in lists[head]
    other = open_page("overview", area="12420", group="hispanic")
    assert "Widest representation gap: Hispanic or Latino workers" in texts(other)


@pytest.mark.parametrize("area", ["0100004", "25020"])
def test_a_list_without_figures_is_left_out(open_page: Open, area: str) -> None:
    found = texts(open_page("overview", area=area))
    if area == "0100004":
        assert "Widest supply gap" not in found
    assert "<ol></ol>" not in found


@pytest.mark.parametrize("area", ["72", "25020"])
def test_outside_of_what_cps_covers_no_national_share_is_listed(open_page: Open, area: str) -> None:
    """The Representation page says that the shares say nothing of Puerto Rico; Overview must not use them."""
    assert "Widest representation gap" not in texts(open_page("overview", area=area))


def test_the_supply_gap_can_be_switched_off_and_on(open_page: Open) -> None:
    app = open_page("demand", area="12420")
    assert app.toggle(key="w_gap").value is True

    def order() -> list[str]:
        table = next(d.value for d in app.dataframe if "Rank" in d.value.columns)
        return list(table[next(c for c in table.columns if c in ("Occupation", "Title"))])

    before = order()
    app.toggle(key="w_gap").set_value(False).run()
    assert "gap=0" in app.session_state["weights"]
    assert any(b.label.startswith("Weights:") for b in app.button)
    assert order() != before
    app.toggle(key="w_gap").set_value(True).run()
    assert order() == before


def test_the_supply_method_moves_the_ranking_and_is_kept_in_links(open_page: Open) -> None:
    plain = open_page("demand", area="12420")
    whole = open_page("demand", area="12420", supply="whole")
    table = [next(d.value for d in a.dataframe if "Rank" in d.value.columns) for a in (plain, whole)]
    assert not table[0].equals(table[1])
    assert "supply=whole" in texts(whole)


def test_coverage_is_drawn_and_what_is_missing_has_a_reason(open_page: Open) -> None:
    app = open_page("data")
    assert "How far the facts reach" in words(app)
    told = figure(app, "coverage")
    assert told["title"]
    assert "Source: " in told["source"]
    missing = [d.value for d in app.dataframe if list(d.value.columns) == ["Code", "Name", "Reason"]]
    assert missing
    for table in missing:
        assert table.Reason.str.len().min() > 10
        assert table.Code.is_unique
    named = [e.label for e in app.expander if "not reached, and why" in e.label]
    assert len(named) == len(missing)
    for label, table in zip(named, missing, strict=True):
        assert int(re.search(r": ([\d,]+) not reached", label)[1].replace(",", "")) == len(table)  # type: ignore[index]


def test_methods_and_limits_tell_of_people_and_programs(open_page: Open) -> None:
    said = words(open_page("data"))
    for claim in ("parity = share ÷ baseline", "an upper bound", "directional skill gap",
                  "Non-credit courses, apprenticeships",
                  "Postsecondary teachers are told apart"):  # fmt: skip
        assert claim in said
    for who in ("Current Population Survey, table 11", "Integrated Postsecondary Education Data System",
                "College Scorecard", "American Community Survey 2018"):  # fmt: skip
        assert who in said


def test_no_figure_of_the_new_blocks_holds_a_raw_number_format(open_page: Open) -> None:
    for page in ("occupation", "training", "representation"):
        for spec in figures(open_page(page, area="25020")):
            drawn = json.dumps([a["text"] for a in json.loads(spec)["layout"]["annotations"]])
            assert not re.search(r"\bnan\b|\bNone\b|\d\.\d{5,}|inf%", drawn), drawn[:300]


def test_the_same_numbers_stand_on_the_overview_and_the_pages_it_links_to(open_page: Open) -> None:
    overview = texts(open_page("overview", area="12420"))
    first = re.search(r"Widest supply gap</h2><ol><li><a href=\"(.*?)\".*?>(.*?)</a><span>([\d,]+)", overview)
    assert first
    soc = re.search(r"soc=(\d\d-\d{4})", first[1])
    assert soc
    app = open_page("occupation", area="12420", soc=soc[1])
    assert f"{first[3]} more openings than completions a year" in words(app)
    assert part(app, "answer")
