"""python -m lmi occupation on the committed bundle: the publishers' own values, units and notes."""

import json

import pytest

from lmi.domain.codes import TOTAL_SOC

WANTED = {
    "employment", "employment_rse_pct", "location_quotient", "wage_median_usd_hour", "wage_median_usd_year",
    "wage_p10_usd_year", "wage_p25_usd_year", "wage_p75_usd_year", "wage_p90_usd_year", "openings_per_year",
    "employment_change_per_year", "exits_per_year", "transfers_per_year", "growth_pct", "typical_education",
    "work_experience", "on_the_job_training", "job_zone", "share_women", "share_black", "share_asian",
    "share_hispanic", "completions_per_year", "completions_upper_bound", "supply_gap", "supply_ratio",
}  # fmt: skip


@pytest.fixture(scope="module")
def told():
    """What the command has said, by its arguments."""
    return {}


@pytest.fixture
def facts(lmi, told):
    """facts("47-2111", "US"): what the command says; asked once, read by many tests."""

    def ask(soc: str, area: str) -> dict:
        if (soc, area) not in told:
            told[soc, area] = lmi("occupation", soc, "--area", area, "--json").out
        return json.loads(told[soc, area])

    return ask


@pytest.mark.parametrize(
    ("area", "soc", "values"),
    [
        ("26420", "00-0000", {"employment": 3289720}),
        ("26420", "29-1141", {"employment": 65910, "wage_median_usd_year": 99830}),
        ("26420", "29-1141", {"location_quotient": 0.92}),
        ("26420", "47-2111", {"employment": 19730, "wage_median_usd_year": 59180}),
        ("26420", "47-2111", {"wage_p90_usd_year": 84470}),
        ("26420", "25-2021", {"wage_median_usd_hour": None, "wage_median_usd_year": 64500}),
        ("48", "29-1141", {"employment": 271380, "wage_median_usd_year": 95970}),
        ("US", "29-1141", {"employment": 3379720, "wage_median_usd_year": 97550}),
        ("US", "27-2011", {"wage_median_usd_hour": 29.05, "wage_median_usd_year": None}),
        # EP: (3,557.1 - 3,391.0) thousand over ten years; 189.1 thousand openings a year
        ("US", "29-1141", {"openings_per_year": 189100, "employment_change_per_year": 16610, "job_zone": 4}),
        ("US", "47-2111", {"openings_per_year": 81000, "growth_pct": 9.5}),
        ("US", "47-2111", {"on_the_job_training": "Apprenticeship"}),
        ("US", "31-1120", {"openings_per_year": 765800, "employment_change_per_year": 73980}),
        ("US", "53-3032", {"job_zone": 2}),
        ("US", "29-1171", {"job_zone": 5}),
        # EP lists them although OEWS does not
        ("US", "11-1031", {"employment": None, "openings_per_year": 2200, "growth_pct": 3.4}),
    ],
)  # fmt: skip
def test_published_values(facts, area, soc, values):
    found = facts(soc, area)
    assert (found["soc"], found["area"]["code"]) == (soc, area)
    assert {name: found["facts"][name]["value"] for name in values} == values


def test_separations_of_electricians(facts):
    # EP Table 1.10: 73.2 thousand separations a year
    found = facts("47-2111", "US")["facts"]
    assert found["exits_per_year"]["value"] + found["transfers_per_year"]["value"] == pytest.approx(
        73_200, abs=100
    )


def test_the_shape_is_as_agreed(facts):
    found = facts("29-1141", "26420")
    assert set(found) == {
        "soc", "title", "level", "area", "skill", "facts", "skills", "skills_note", "technologies",
        "education_reported", "programs", "programs_note", "employers",
    }  # fmt: skip
    assert found["area"] == {"code": "26420", "name": "Houston-Pasadena-The Woodlands, TX", "type": "metro"}
    assert found["skill"] == dict.fromkeys(["EDU+OJT", "EDU", "GROUP", "WAGE", "FED", "JZ"], False)
    assert set(found["facts"]) >= WANTED
    for name, fact in found["facts"].items():
        assert {"value", "unit", "basis", "source", "period", "note"} <= set(fact), name
        assert fact["basis"] in {"published", "estimated"}
        assert fact["source"]
        assert fact["period"]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("employment", "jobs"), ("employment_rse_pct", "%"), ("location_quotient", "ratio"),
        ("growth_pct", "%"),
        ("wage_median_usd_hour", "USD / hour"), ("wage_median_usd_year", "USD / year"),
        ("openings_per_year", "openings / year"), ("exits_per_year", "people / year"),
        ("typical_education", "category"), ("job_zone", "job zone"),
        ("share_women", "percent"), ("share_hispanic", "percent"), ("completions_per_year", "awards / year"),
        ("supply_gap", "people / year"), ("supply_ratio", "ratio"),
    ],
)  # fmt: skip
def test_units(facts, name, unit):
    assert facts("29-1141", "26420")["facts"][name]["unit"] == unit


def test_local_openings_are_estimated_and_say_how(facts):
    here, nation = facts("29-1141", "26420")["facts"], facts("29-1141", "US")["facts"]
    # 65,910 x 189.1 / 3,391.0 = 3,675.5 but for the publisher's rounding of the parts
    assert here["openings_per_year"]["value"] == pytest.approx(65_910 * 189.1 / 3391.0, rel=1e-3)
    assert here["openings_per_year"]["basis"] == "estimated"
    assert "national" in here["openings_per_year"]["note"] or "nation's" in here["openings_per_year"]["note"]
    assert (nation["openings_per_year"]["basis"], nation["openings_per_year"]["note"]) == ("published", "")
    parts = ("employment_change_per_year", "exits_per_year", "transfers_per_year")
    assert sum(here[p]["value"] for p in parts) == pytest.approx(here["openings_per_year"]["value"], abs=0.2)
    assert "not a local projection" in here["growth_pct"]["note"]
    assert here["growth_pct"]["area"] == "United States"


def test_pay_by_the_year_or_hour_only_is_said(facts):
    assert "by the year only" in facts("25-2021", "26420")["facts"]["wage_median_usd_hour"]["note"]
    assert "by the hour only" in facts("27-2011", "US")["facts"]["wage_median_usd_year"]["note"]


def test_a_top_coded_wage_keeps_its_meaning(facts):
    """Emergency medicine physicians in Alabama: every percentile is at or above the limit."""
    found = facts("29-1214", "01")["facts"]["wage_median_usd_year"]
    assert (found["value"], found["at_least"]) == (239_200, True)
    assert "At or above 239,200" in found["note"]
    nurses = facts("29-1141", "US")["facts"]["wage_median_usd_year"]
    assert "at_least" not in nurses


def test_withheld_employment_names_the_states_figure_and_does_not_take_it(facts):
    texas = facts("17-1012", "48")["facts"]["employment"]["value"]
    found = facts("17-1012", "12420")["facts"]
    assert found["employment"]["value"] is None
    assert f"Texas: {texas:,} jobs" in found["employment"]["note"]
    assert found["openings_per_year"]["value"] is None
    assert "Texas" in found["openings_per_year"]["note"]


def test_an_occupation_that_the_area_does_not_list_names_where_it_is(facts):
    found = facts("53-5011", "10180")  # sailors in Abilene
    assert found["facts"]["employment"]["value"] is None
    assert "BLS publishes no figures for it in Abilene, TX. Texas: " in found["facts"]["employment"]["note"]
    assert found["facts"]["typical_education"]["value"]


def test_a_code_within_another_points_to_it(facts):
    found = facts("31-1121", "12420")["facts"]
    for name in ("employment", "wage_median_usd_year", "openings_per_year"):
        assert found[name]["value"] is None
        assert "31-1120" in found[name]["note"]


def test_a_group_of_one_occupation_points_to_it(facts):
    assert "29-1141" in facts("29-1140", "US")["facts"]["employment"]["note"]


AREAS = ["US", "48", "12420", "0100001", "R-austin-san-antonio", "72"]


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("soc", [TOTAL_SOC, "29-0000"])
def test_groups_have_figures_everywhere(facts, area, soc):
    found = facts(soc, area)
    values = {name: fact["value"] for name, fact in found["facts"].items()}
    assert found["level"] in {"total", "major"}
    assert values["employment"] > 0
    assert values["openings_per_year"] > 0
    assert values["wage_median_usd_year"] > 10_000
    assert found["skill"] == dict.fromkeys(found["skill"])
    parts = sum(values[p] for p in ("employment_change_per_year", "exits_per_year", "transfers_per_year"))
    assert parts == pytest.approx(values["openings_per_year"], rel=0.002)
    expected = "published" if area == "US" else "estimated"
    assert found["facts"]["openings_per_year"]["basis"] == expected


@pytest.mark.parametrize(("soc", "level"), [("29-1000", "minor"), ("29-1210", "broad")])
def test_minor_and_broad_groups_stand_for_the_nation(facts, soc, level):
    found = facts(soc, "US")
    assert found["level"] == level
    assert found["facts"]["employment"]["value"] > 0
    elsewhere = facts(soc, "48")["facts"]["employment"]
    assert elsewhere["value"] is None
    assert "United States: " in elsewhere["note"]


def test_a_custom_region_adds_jobs_and_says_what_it_is(facts):
    union = facts("29-1141", "R-austin-san-antonio")
    parts = [facts("29-1141", code)["facts"] for code in ("12420", "41700")]
    jobs = [p["employment"]["value"] for p in parts]
    pay = [p["wage_median_usd_year"]["value"] for p in parts]
    found = union["facts"]
    assert found["employment"]["value"] == sum(jobs)
    mean = sum(j * w for j, w in zip(jobs, pay, strict=True)) / sum(jobs)
    assert found["wage_median_usd_year"]["value"] == pytest.approx(mean, abs=5)
    assert found["employment"]["basis"] == found["wage_median_usd_year"]["basis"] == "estimated"
    assert "Sum over 2 areas" in found["employment"]["note"]
    assert "weighted mean" in found["wage_median_usd_year"]["note"]
    assert union["area"]["type"] == "custom"


@pytest.mark.parametrize("typed", ["291141", "29-1141.00", "29.1141"])
def test_a_code_may_be_typed_in_other_ways(facts, typed):
    assert facts(typed, "us")["soc"] == "29-1141"


@pytest.mark.parametrize(
    ("soc", "area", "words"),
    [
        ("29-1141", "99999", "No area '99999'"), ("29-1141", "", "No area"),
        ("29-1141", "austin", "12420 Austin"),
        ("29-1141", "sugar land", "26420 Houston"), ("29-1141", "1242", "12420"),
        ("29-1141", "TX", "48 Texas"),
        ("29-1142", "48", "29-1141 Registered Nurses"), ("nurse", "48", "29-1141 Registered Nurses"),
        ("99-9999", "48", "No occupation '99-9999'"), ("", "48", "No occupation"),
        ("'; drop table area", "48", "No occupation"), ("29-1141", "'; drop table", "No area"),
        ("x" * 10_000, "48", "No occupation"),
        ("\udcff", "48", "No occupation"), ("29-1141", "\udcff", "No area"),
        ("😀", "48", "No occupation"), ("%", "48", "No occupation"),
    ],
)  # fmt: skip
def test_what_does_not_exist_gets_one_line_and_exit_2(lmi, soc, area, words):
    done = lmi("occupation", soc, "--area", area, "--json", code=2)
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert done.err.startswith("lmi: ")
    assert words in done.err
    assert len(done.err) < 400


def test_plain_text_says_the_same(lmi):
    said = lmi("occupation", "29-1141", "--area", "26420").out
    assert said.startswith("Registered Nurses (29-1141), Houston-Pasadena-The Woodlands, TX\n")
    assert "65,910 jobs" in said
    assert "not published" in lmi("occupation", "25-2021", "--area", "26420").out
