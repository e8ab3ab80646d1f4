import json
import os
import subprocess
import sys

import pytest

from lmi.places import ROOT

KEYS = {"rank", "rank_low", "rank_high", "soc", "title", "demand_score", "in_demand", "employment",
        "openings_per_year", "growth_pct", "wage_median_usd_year", "location_quotient", "components",
        "criteria", "completions_per_year", "supply_gap", "supply_ratio"}  # fmt: skip


@pytest.fixture
def rank(lmi):
    def ask(*arguments: str) -> list[dict]:
        return json.loads(lmi("rank", "--area", *arguments, "--json").out)

    return ask


def test_the_shape_is_as_agreed(rank):
    rows = rank("12420")
    assert len(rows) > 150
    for row in rows:
        assert set(row) >= KEYS
        assert 1 <= row["rank_low"] <= row["rank"] <= row["rank_high"] <= len(rows)
        assert row["in_demand"] in (True, False, None)
        assert set(row["components"]) == {"openings", "growth", "wage", "concentration", "gap"}
        assert len(row["criteria"]) == 5
        for criterion in row["criteria"]:
            assert {"name", "threshold", "value", "pass"} <= set(criterion)
    assert [row["rank"] for row in rows] == sorted(row["rank"] for row in rows)
    assert len({row["soc"] for row in rows}) == len(rows)


def test_in_demand_agrees_with_the_criteria_shown(rank):
    """The default rule asks for all of its criteria (no employer exception is set)."""
    seen = set()
    for row in rank("12420", "--skill", "all"):
        passed = [c["pass"] for c in row["criteria"]]
        expected = False if False in passed else None if None in passed else True
        assert row["in_demand"] is expected, row["soc"]
        seen.add(expected)
    assert seen == {True, False, None}


def test_every_criterion_follows_from_its_numbers(rank):
    for row in rank("12420", "--skill", "all"):
        for c in row["criteria"]:
            if c["pass"] is None:
                assert c["value"] is None or c["threshold"] is None
            else:
                assert c["op"] == ">="
                assert c["pass"] == (c["value"] >= c["threshold"])


def test_skill_rules_choose_who_is_compared(rank):
    middle, everyone = rank("12420"), rank("12420", "--skill", "all")
    assert {row["soc"] for row in middle} < {row["soc"] for row in everyone}
    assert "29-1141" not in {row["soc"] for row in middle}
    assert "29-1141" in {row["soc"] for row in everyone}
    assert "47-2111" in {row["soc"] for row in middle}


def test_a_limit_cuts_and_changes_nothing_else(rank):
    assert rank("12420", "--limit", "3") == rank("12420")[:3]
    assert rank("12420", "--limit", "0") == rank("12420")


def test_the_same_question_has_the_same_answer(rank):
    assert rank("12420") == rank("12420")


def test_weights_by_name_or_by_number(rank):
    preset = rank("12420", "--weights", "balanced")
    assert preset == rank("12420")
    scaled = rank("12420", "--weights", "openings=7,growth=4,wage=4,concentration=2,gap=3")
    assert [row["soc"] for row in scaled] == [row["soc"] for row in preset]
    only_pay = rank("12420", "--weights", "wage=1")
    assert set(only_pay[0]["components"]) == {"wage"}
    pay = [row["wage_median_usd_year"] for row in only_pay if row["wage_median_usd_year"] is not None]
    assert pay == sorted(pay, reverse=True)


def test_the_supply_gap_counts_unless_it_is_set_to_0(rank):
    balanced, without = rank("12420"), rank("12420", "--weights", "nogap")
    assert set(without[0]["components"]) == {"openings", "growth", "wage", "concentration"}
    typed = rank("12420", "--weights", "openings=40,growth=20,wage=25,concentration=15,gap=0")
    assert typed == without
    assert [row["soc"] for row in balanced] != [row["soc"] for row in without]
    only = rank("12420", "--weights", "gap=1")
    gaps = [row["supply_gap"] for row in only if row["supply_gap"] is not None]
    assert gaps == sorted(gaps, reverse=True)


def test_the_gap_of_a_row_follows_from_its_numbers(rank):
    told = 0
    for row in rank("12420"):
        if row["supply_gap"] is None:
            assert row["components"]["gap"] is None
            assert row["note"]
        else:
            told += 1
            assert row["supply_gap"] == pytest.approx(
                row["openings_per_year"] - row["completions_per_year"], abs=0.11
            )
    assert told > 100


def test_a_nonmetropolitan_area_is_ranked_without_the_gap(rank):
    rows = rank("0100001")
    assert len(rows) > 50
    assert all(row["completions_per_year"] is None and row["supply_gap"] is None for row in rows)


def test_a_rule_changes_the_verdict_not_the_rank(rank):
    one, other = rank("12420"), rank("12420", "--rules", "colorado_tier1")
    assert [row["soc"] for row in one] == [row["soc"] for row in other]
    assert [c["name"] for c in other[0]["criteria"]] == [
        "Openings a year",
        "National growth over ten years",
        "Median pay",
    ]
    assert [row["in_demand"] for row in one] != [row["in_demand"] for row in other]
    # 31.19 x 321.943 / 270.970 = 37.0573
    assert other[0]["criteria"][2]["threshold"] == pytest.approx(37.0573, abs=1e-4)


def test_the_nation_is_ranked_by_what_is_published(rank):
    rows = {row["soc"]: row for row in rank("US", "--skill", "all")}
    assert rows["29-1141"]["openings_per_year"] == 189100
    assert rows["29-1141"]["openings_basis"] == "published"
    assert rows["29-1141"]["location_quotient"] is None
    # few jobs are counted with less error: intervals are narrow
    assert sorted(r["rank_high"] - r["rank_low"] for r in rows.values())[len(rows) // 2] <= 25


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--weights", "openings=0"), "All weights are 0"),
        (("--weights", "opening=1"), "Components: openings, growth, wage, concentration, gap"),
        (("--weights", "openings=-1"), "does not fit"),
        (("--weights", "openings=nan"), "does not fit"),
        (("--weights", "openings=inf"), "does not fit"),
        (("--weights", "growth-and-pay"), "presets: balanced"),
        (("--weights", "openings=1,,wage=1"), "does not fit"),
        (("--rules", "colorado"), "colorado_tier1"),
        (("--skill", "middle"), "EDU+OJT"),
        (("--limit", "-1"), "--limit must be 0 or more"),
    ],
)
def test_what_does_not_fit_gets_one_line_and_exit_2(lmi, arguments, words):
    done = lmi("rank", "--area", "12420", *arguments, "--json", code=2)
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert words in done.err


def test_an_area_must_be_named(lmi):
    assert "--area" in lmi("rank", "--json", code=2).err
    assert lmi("rank", "--area", "12420", "--limit", "many", code=2).out == ""
    assert lmi(code=2).out == ""


class TestAreas:
    @pytest.fixture
    def areas(self, lmi):
        return lambda *text: json.loads(lmi("areas", *text, "--json").out)

    def test_all_of_them(self, areas):
        rows = areas()
        assert len(rows) == 584
        assert rows[0] == {"code": "US", "name": "United States", "type": "nation", "state": rows[0]["state"]}
        kinds = {kind: sum(row["type"] == kind for row in rows) for kind in {row["type"] for row in rows}}
        assert kinds == {"nation": 1, "state": 51, "territory": 3, "metro": 393, "nonmetro": 135, "custom": 1}

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (("Sugar", "Land"), "26420"), (("sugar land",), "26420"), (("12420",), "12420"), (("TX",), "48"),
            (("IN",), "18"), (("OR",), "41"), (("Mayagüez",), "32420"), (("mayaguez",), "32420"),
            (("Austin, TX",), "12420"), (("0100001",), "0100001"),
            (("R-austin-san-antonio",), "R-austin-san-antonio"),
        ],
    )  # fmt: skip
    def test_by_code_name_or_former_name(self, areas, text, code):
        assert areas(*text)[0]["code"] == code

    def test_nothing_found_names_what_is_near(self, lmi):
        done = lmi("areas", "Houstn", "--json", code=2)
        assert done.out == ""
        assert "26420 Houston" in done.err
        assert done.err.count("\n") == 1


def test_the_shell_gets_pure_json_and_an_exit_code(shell):
    done = shell("rank", "--area", "12420", "--limit", "2", "--json")
    assert (done.returncode, done.stderr, len(json.loads(done.stdout))) == (0, "", 2)
    done = shell("occupation", "29-9999", "--area", "12420", "--json")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_the_terminals_encoding_does_not_matter(shell):
    done = shell("areas", "Mayaguez", "--json", PYTHONIOENCODING="ascii")
    assert (done.returncode, json.loads(done.stdout)[0]["code"]) == (0, "32420")
    done = shell("occupation", "29-1141", "--area", "12420", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["facts"]["growth_pct"]["period"] == "2024–34"


def test_a_reader_that_stops_early_is_no_error(real_places):
    env = os.environ | {"LMI_BUILD_DIR": str(real_places.build)}
    child = subprocess.Popen(
        [sys.executable, "-m", "lmi", "rank", "--area", "12420", "--json"], cwd=ROOT, env=env,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    child.stdout.read(10)
    child.stdout.close()
    said = child.stderr.read().decode()
    child.stderr.close()
    child.wait()
    assert "Traceback" not in said
    assert "Exception ignored" not in said


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("LMI_SETTINGS", "organisation: {name: A, contact: ''}\ncolour: x\n", "line 2, colour"),
        ("LMI_SETTINGS", "a: [", "settings.yaml"),
        ("LMI_PATHWAYS", "audiences: 3\n", "line 1"),
    ],
)
def test_a_mistake_in_a_file_is_one_line_and_exit_2(lmi, tmp_path, monkeypatch, name, text, words):
    path = tmp_path / ("settings.yaml" if name == "LMI_SETTINGS" else "pathways.yaml")
    path.write_text(text)
    monkeypatch.setenv(name, str(path))
    done = lmi("occupation", "29-1141", "--area", "US", "--json", code=2)
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert path.name in done.err
    assert words in done.err
