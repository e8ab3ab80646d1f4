"""The tables derived for people, skills and programs, and the questions that are asked of them."""

import inspect

import pandas as pd
import pytest

from lmi.warehouse import coverage, people, programs, skills

HOSTILE = ["'; drop table completion; --", "%", "' or 1=1 --", "", "\x00", "\udcff", "😀", "a" * 10_000, "$1"]
SHARES = {f"{g}_pct" for g in ("women", "white", "black", "asian", "hispanic")}
PEOPLE = {"soc", "cps_titles", "match", "employed", "group_line", "group_title", "group_employed",
          *SHARES, *(f"group_{s}" for s in SHARES)}  # fmt: skip
HOUSTON, LEVELS = ["26420"], ["3", "5"]
RATING = {"soc", "kind", "element_id", "element_name", "importance", "level", "not_relevant", "rated_parts",
          "rated_main", "mean_importance", "sd_importance"}  # fmt: skip
OFFER = {"unitid", "institution_name", "city", "control", "longitude", "latitude", "cip", "award_level",
         "award_year", "awards", "men", "women"}  # fmt: skip
QUESTIONS = {
    (people, "shares"): ((), PEOPLE),
    (people, "workforce"): (
        (), {"area_code", "survey_year", "survey", "group_id", "people", "people_moe"},
    ),
    (people, "clusters"): ((), {"career_cluster", "soc"}),
    (skills, "ratings"): ((["29-1141"],), RATING),
    (skills, "technologies"): (
        ("29-1141",), {"technology", "commodity_title", "hot_technology", "in_demand_technology"},
    ),
    (skills, "reported_education"): (
        ("29-1141",), {"category", "category_label", "share_pct", "rated_parts"},
    ),
    (programs, "links"): ((), {"cip", "soc", "teaching"}),
    (programs, "awards"): ((HOUSTON, [2024], LEVELS), {"cip", "award_year", "awards", "women"}),
    (programs, "awards_by_level"): ((HOUSTON,), {"award_year", "award_level", "awards", "women"}),
    (programs, "offered"): ((HOUSTON, ["51.3801"]), OFFER),
    (programs, "by_institution"): (
        (HOUSTON, 2024), {"unitid", "institution_name", "award_level", "awards", "men", "women"},
    ),
    (programs, "completers"): ((HOUSTON, 2024), None),
    (programs, "earnings"): ((HOUSTON, ["51.38"]), None),
    (programs, "projected"): ((), {"soc", "openings_per_year"}),
    (coverage, "occupations"): (
        (), {"soc", "title", "employment", "projected", "match", "cps_titles", "shares_published", "rated",
             "technologies", "linked", "teaching"},
    ),
    (coverage, "programs"): (
        (2024,), {"cip", "cip_title", "awards", "linked", "military_only", "teaching_only"},
    ),
    (coverage, "institutions"): (
        (2024,),
        {"unitid", "institution_name", "awards", "in_directory", "in_state", "in_metro", "cbsa_type"},
    ),
}  # fmt: skip
PLAIN = {(people, "all_employed"), (programs, "titles"), (programs, "years"), (programs, "placed_areas")}


def test_every_question_is_asked_here():
    public = {
        (module, name) for module in (people, skills, programs, coverage)
        for name, thing in vars(module).items()
        if inspect.isfunction(thing) and thing.__module__ == module.__name__ and not name.startswith("_")
    }  # fmt: skip
    assert public == set(QUESTIONS) | PLAIN


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q[0].__name__.split('.')[-1]}.{q[1]}")
def test_a_question_returns_its_columns(small_desk, question):
    module, name = question
    arguments, columns = QUESTIONS[question]
    found = getattr(module, name)(small_desk.warehouse, *arguments)
    assert len(found) > 0
    if columns is not None:
        assert set(found.columns) == columns


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(t[:12]) for t in HOSTILE])
def test_hostile_text_is_only_text(small_desk, text):
    warehouse = small_desk.warehouse
    before = len(programs.links(warehouse))
    assert skills.ratings(warehouse, [text]).empty
    assert skills.technologies(warehouse, text).empty
    assert skills.reported_education(warehouse, text).empty
    assert programs.awards(warehouse, [text], [2024], [text]).empty
    assert programs.awards_by_level(warehouse, [text], [text]).empty
    assert programs.offered(warehouse, [text], [text]).empty
    assert programs.by_institution(warehouse, [text], 2024, [text]).empty
    assert programs.completers(warehouse, [text], 2024).empty
    assert programs.earnings(warehouse, [text], [text]).empty
    assert len(programs.links(warehouse)) == before


def test_plain_answers(small_desk):
    warehouse = small_desk.warehouse
    assert people.all_employed(warehouse).cps_title.startswith("Total")
    assert programs.years(warehouse) == [2020, 2021, 2022, 2023, 2024]
    assert programs.titles(warehouse)["51.3801"].startswith("Registered Nursing")
    assert {"US", "48", "12420", "26420", "14010"} <= programs.placed_areas(warehouse)
    assert "4800006" not in programs.placed_areas(warehouse), "counties of nonmetro areas are not bundled"


class TestPlaces:
    def frame(self, desk, sql):
        with desk.warehouse.cursor() as cursor:
            return cursor.execute(sql).df()

    def test_an_institution_counts_once_in_each_area(self, real_desk):
        rows = self.frame(real_desk, "select * from institution_area")
        assert not rows.duplicated().any()
        known = set(real_desk.areas)
        assert set(rows.area_code) <= known
        kinds = rows.area_code.map(lambda code: real_desk.areas[code].type)
        assert set(kinds) == {"nation", "state", "territory", "metro"}
        for kind in ("state", "metro"):
            assert rows[kinds == kind].unitid.is_unique, kind

    def test_a_micropolitan_institution_has_its_state_only(self, real_desk):
        """Southern New Hampshire University reports from a micropolitan area."""
        rows = self.frame(real_desk, "select area_code from institution_area where unitid = '183026'")
        assert set(rows.area_code) == {"US", "33"}

    def test_a_closed_institution_counts_in_the_nation_only(self, real_desk):
        rows = self.frame(
            real_desk,
            "select area_code from institution_area where unitid not in (select unitid from institution)",
        )
        assert len(rows) > 100
        assert set(rows.area_code) == {"US"}

    def test_all_institutions_of_metros_are_placed_in_them(self, real_desk):
        """5,141 institutions with a metro-type CBSA, all of which OEWS publishes."""
        rows = self.frame(real_desk, "select unitid from institution_area where length(area_code) = 5")
        assert len(rows) == 5141


class TestLinks:
    def test_teachers_are_told_apart_and_only_they(self, real_desk):
        links = programs.links(real_desk.warehouse)
        assert (links.teaching == links.soc.str.startswith("25-1")).all()
        assert links.teaching.sum() > 1000

    def test_no_part_of_a_combined_code_is_left(self, real_desk):
        with real_desk.warehouse.cursor() as cursor:
            parts = {code for (code,) in cursor.execute("select soc2018 from oews_soc_link").fetchall()}
        socs = set(programs.links(real_desk.warehouse).soc)
        assert not parts & socs
        assert {"31-1120", "13-1020", "29-2010", "21-1018"} <= socs

    def test_each_link_once(self, real_desk):
        assert not programs.links(real_desk.warehouse).duplicated(["cip", "soc"]).any()

    def test_spot_check_23(self, real_desk):
        links = programs.links(real_desk.warehouse)
        assert sorted(links.soc[links.cip == "51.3801"]) == ["25-1072", "29-1141"]


class TestPeople:
    def test_a_group_is_the_row_above(self, real_desk):
        rows = people.shares(real_desk.warehouse).set_index("soc")
        assert rows.group_title["31-1120"] == "Healthcare support occupations"
        assert rows.group_employed["31-1120"] > rows.employed["31-1120"]

    def test_a_row_below_50000_is_null_everywhere(self, real_desk):
        rows = people.shares(real_desk.warehouse)
        single = rows[rows["match"].isin(["own", "wider"]) & ~rows.cps_titles.str.contains("; ")]
        assert single[single.employed < 50_000][sorted(SHARES)].isna().all().all()
        assert single[single.employed >= 50_000][sorted(SHARES)].notna().all().all()

    def test_every_detailed_occupation_once(self, real_desk):
        assert people.shares(real_desk.warehouse).soc.is_unique

    def test_the_small_fixtures_agree_with_the_whole_where_the_links_are_whole(self, small_desk, real_desk):
        small = people.shares(small_desk.warehouse).set_index("soc")
        real = people.shares(real_desk.warehouse).set_index("soc")
        for soc in ("47-2111", "29-1141", "31-1120"):
            assert small.women_pct[soc] == real.women_pct[soc]


class TestCompletions:
    def test_areas_add_up(self, real_desk):
        by_area = real_desk.warehouse
        both = programs.awards(by_area, ["12420", "26420"], [2024], LEVELS).awards.sum()
        each = sum(programs.awards(by_area, [c], [2024], LEVELS).awards.sum() for c in ("12420", "26420"))
        assert both == each > 0

    def test_two_ways_to_the_same_awards(self, real_desk):
        """By program from the area table, by institution from the completions themselves."""
        for code in ("US", "48", "26420", "16220"):
            one = programs.awards_by_level(real_desk.warehouse, [code])
            one = one[one.award_year == 2024].set_index("award_level").awards
            other = (
                programs.by_institution(real_desk.warehouse, [code], 2024).groupby("award_level").awards.sum()
            )
            pd.testing.assert_series_equal(
                one.astype(float).sort_index(), other.astype(float).sort_index(), check_names=False
            )

    def test_an_institution_counts_once_in_a_state_and_its_metro_together(self, real_desk):
        """Asked for areas that overlap, the questions by institution count each award once."""
        both = programs.by_institution(real_desk.warehouse, ["48", "26420"], 2024).awards.sum()
        assert both == programs.by_institution(real_desk.warehouse, ["48"], 2024).awards.sum()
