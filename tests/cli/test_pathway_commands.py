"""pathways check, list, route and next."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from lmi.places import ROOT

FIXTURE = Path(__file__).parents[1] / "fixtures" / "pathways.yaml"
AREAS = ["US", "48", "12420", "30020", "0100001", "72", "R-austin-san-antonio"]
AIDE, LPN, NURSE, ELECTRICIAN = "31-1131", "29-2061", "29-1141", "47-2111"


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """The pathways of the fixture with the audiences of the product, as one file in use."""
    audiences = yaml.safe_load((ROOT / "pathways.yaml").read_text(encoding="utf-8"))["audiences"]
    path = tmp_path_factory.mktemp("pathways") / "pathways.yaml"
    text = yaml.safe_dump({"audiences": audiences}, allow_unicode=True, sort_keys=False)
    path.write_text(text + FIXTURE.read_text(encoding="utf-8"), encoding="utf-8")
    return path


@pytest.fixture
def pathways(lmi, whole, monkeypatch):
    """Run a command below 'pathways' with the whole file in use."""
    monkeypatch.setenv("LMI_PATHWAYS", str(whole))
    return lambda *arguments, code=0: lmi("pathways", *arguments, code=code)


@pytest.fixture
def ask(pathways):
    """The same with --json; only pure JSON may stand on standard output."""

    def refuse(name):
        raise AssertionError(f"{name} is not JSON")

    return lambda *arguments: json.loads(pathways(*arguments, "--json").out, parse_constant=refuse)


class TestCheck:
    def test_a_file_in_order_is_counted(self, pathways):
        said = pathways("check")
        assert said.out == (
            "pathways.yaml is in order: 2 clusters, 2 pathways, 5 occupations, 3 moves, 1 crossovers; "
            "version test-1 (draft).\n"
        )
        assert said.err == ""

    def test_a_file_that_is_named_may_lack_audiences_the_one_in_use_may_not(self, lmi, monkeypatch):
        assert "in order" in lmi("pathways", "check", str(FIXTURE)).out
        monkeypatch.setenv("LMI_PATHWAYS", str(FIXTURE))
        assert "'audiences' is missing" in lmi("pathways", "check", code=2).err

    def test_every_problem_stands_on_a_line_of_its_own_with_its_number(self, pathways, tmp_path):
        text = FIXTURE.read_text(encoding="utf-8")
        lines = text.splitlines()
        text = text.replace("soc: 31-1131", "soc: 31-9999").replace("kind: lateral", "kind: sideways")
        text = text.replace("cluster: trades", "cluster: nothing")
        path = tmp_path / "broken.yaml"
        path.write_text(text, encoding="utf-8")
        said = pathways("check", str(path), code=2)
        assert said.out == ""
        found = said.err.splitlines()
        assert len(found) >= 3
        assert all(line.startswith("lmi: broken.yaml, line ") for line in found)
        for part, words in (("soc: 31-1131", "31-9999"), ("cluster: trades", "nothing"),
                            ("kind: lateral", "sideways")):  # fmt: skip
            number = next(i for i, line in enumerate(lines, 1) if part in line)
            assert any(f"line {number}," in line and words in line for line in found), part

    def test_a_mistake_among_the_audiences_is_found_too(self, pathways, whole, tmp_path):
        path = tmp_path / "audiences.yaml"
        text = whole.read_text(encoding="utf-8")
        assert "most: 30" in text
        path.write_text(text.replace("most: 30", "most: 3000"), encoding="utf-8")
        (line,) = pathways("check", str(path), code=2).err.splitlines()
        assert "3000" in line
        assert "line " in line

    @pytest.mark.parametrize("text", ["", "{", "- a", "version: 1\n", "\x00"])
    def test_what_is_no_pathways_file_is_told_without_a_traceback(self, pathways, tmp_path, text):
        path = tmp_path / "no.yaml"
        path.write_text(text, encoding="utf-8")
        said = pathways("check", str(path), code=2).err
        assert said.startswith("lmi: ")
        assert "Traceback" not in said

    def test_a_missing_file(self, pathways, tmp_path):
        said = pathways("check", str(tmp_path / "none.yaml"), code=2).err
        assert said.startswith("lmi: none.yaml is missing.")
        assert said.count("\n") == 1


class TestList:
    @pytest.mark.parametrize("area", AREAS)
    def test_every_kind_of_area(self, ask, area):
        found = ask("list", "--area", area)
        assert [(p["pathway"], p["title"], p["cluster"]) for p in found] == [
            ("nursing", "Nursing", "Health"), ("electrical", "Electrical work", "Trades"),
        ]  # fmt: skip
        nursing = found[0]
        assert nursing["in_demand"] in {True, False, None}
        assert [step["soc"] for step in nursing["steps"]] == [AIDE, LPN, NURSE]
        assert [(m["from"], m["to"], m["status"]) for m in nursing["moves"]] == [
            (AIDE, LPN, "proposed"), (LPN, NURSE, "validated"),
        ]  # fmt: skip
        for step in [s for path in found for s in path["steps"]]:
            assert step["wage_median_usd_year"] is None or step["wage_median_usd_year"] > 10_000
            assert step["openings_per_year"] is None or step["openings_per_year"] >= 0
        for block in nursing["figures"].values():
            assert block.keys() >= {"source", "period", "geography", "basis"}

    def test_the_figures_are_those_of_the_occupation_command(self, ask, lmi):
        step = ask("list", "--area", "12420")[0]["steps"][2]
        facts = json.loads(lmi("occupation", NURSE, "--area", "12420", "--json").out)["facts"]
        assert step["wage_median_usd_year"] == facts["wage_median_usd_year"]["value"]
        assert step["openings_per_year"] == pytest.approx(facts["openings_per_year"]["value"], abs=0.05)

    def test_an_audience_has_its_words_and_the_same_numbers(self, ask):
        one, other = (
            ask("list", "--area", "12420", "--audience", audience)
            for audience in ("coordinators", "students")
        )
        assert one[0]["moves"][0]["reading_in_words"] == "Advance"
        for a, b in zip(one, other, strict=True):
            assert [s["wage_median_usd_year"] for s in a["steps"]] == [
                s["wage_median_usd_year"] for s in b["steps"]
            ]
            assert [(m["pay_ratio"], m["skill_similarity"], m["reading"]) for m in a["moves"]] == [
                (m["pay_ratio"], m["skill_similarity"], m["reading"]) for m in b["moves"]
            ]
        assert other[0]["suggested"] == []

    def test_plain_text(self, pathways):
        said = pathways("list", "--area", "72").out
        assert "Nursing (Health): " in said
        assert "Registered Nurses" in said
        small = pathways("list", "--area", "30020").out
        assert re.search(r"\b(nan|None|True|False)\b", said + small) is None

    def test_a_broken_file_is_refused_even_where_a_good_one_was_kept(self, lmi, whole, monkeypatch, tmp_path):
        path = tmp_path / "pathways.yaml"
        path.write_text(whole.read_text(encoding="utf-8"), encoding="utf-8")
        monkeypatch.setenv("LMI_PATHWAYS", str(path))
        assert lmi("pathways", "list", "--area", "US", "--json").err == ""
        path.write_text(path.read_text(encoding="utf-8").replace("stage: entry", "stage: first"), "utf-8")
        for command in (("pathways", "list"), ("rank", "--limit", "1")):
            said = lmi(*command, "--area", "US", "--json", code=2)
            assert said.out == ""
            assert said.err.count("\n") == 1
            assert "'first'" in said.err


class TestRoute:
    @pytest.mark.parametrize("area", AREAS)
    def test_the_best_by_each_order(self, ask, area):
        found = ask("route", "--from", AIDE, "--to", ELECTRICIAN, "--area", area)
        assert set(found["routes"]) == {"time", "pay", "steps"}
        for ways in found["routes"].values():
            assert 1 <= len(ways) <= 3
            for way in ways:
                stops = [stop["soc"] for stop in way["stops"]]
                assert (stops[0], stops[-1], len(stops)) == (AIDE, ELECTRICIAN, way["steps"] + 1)
                assert [(m["from"], m["to"]) for m in way["moves"]] == list(pairwise(stops))
        by_steps = [way["steps"] for way in found["routes"]["steps"]]
        assert by_steps == sorted(by_steps)
        known = [w["lowest_wage_usd_year"] for w in found["routes"]["pay"]]
        published = [wage for wage in known if wage is not None]
        assert published == sorted(published, reverse=True)
        assert known[: len(published)] == published, "what is not published comes last"

    def test_codes_as_people_type_them(self, ask):
        found = ask("route", "--from", "311131", "--to", "29-1141.00", "--area", "US")
        assert (found["from"], found["to"]) == (AIDE, NURSE)

    def test_an_unrated_occupation_has_no_way_and_no_error(self, ask, pathways):
        found = ask("route", "--from", AIDE, "--to", "15-1252", "--area", "US")
        assert found["routes"] == {"time": [], "pay": [], "steps": []}
        said = pathways("route", "--from", AIDE, "--to", "15-1252", "--area", "US").out
        assert "No way of at most 6 moves is known." in said

    def test_plain_text(self, pathways):
        said = pathways("route", "--from", AIDE, "--to", NURSE, "--area", "12420").out
        assert "By fewest steps" in said
        assert "lowest pay on the way: $" in said
        assert "29-1141 Registered Nurses" in said


class TestNext:
    @pytest.mark.parametrize("area", AREAS)
    def test_onward_and_back(self, ask, area):
        found = ask("next", LPN, "--area", area)
        assert (found["soc"], found["title"]) == (
            LPN, "Licensed Practical and Licensed Vocational Nurses",
        )  # fmt: skip
        assert found["next"][0]["soc"] == found["next"][0]["to"] == NURSE
        assert found["next"][0]["status"] == "validated"
        assert found["before"][0]["soc"] == found["before"][0]["from"] == AIDE
        assert any(row["status"] == "suggested" for row in found["next"])
        for row in [*found["next"], *found["before"]]:
            assert row["reading"] in {"advance", "lateral", "sideways", "leap", "not_rated"}
            assert row["reasons"]

    def test_not_rated_is_null_and_never_0(self, ask):
        assert ask("next", "15-1252", "--area", "US")["next"] == []

    def test_plain_text(self, pathways):
        said = pathways("next", LPN, "--area", "30020").out
        assert "Where it leads" in said
        assert "How people get there" in said
        assert "not published" in said
        assert re.search(r"\b(nan|None|True|False)\b", said) is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "--area", "Nowhere"), "Nearest"),
        (("list", "--area", "12420", "--audience", "kids"),
         "coordinators, students, jobseekers, educators, employers, policymakers"),
        (("route", "--from", AIDE, "--to", AIDE, "--area", "US"), "no steps"),
        (("route", "--from", "29-0000", "--to", AIDE, "--area", "US"), "is a group"),
        (("route", "--from", AIDE, "--to", "99-9999", "--area", "US"), "Nearest"),
        (("route", "--from", AIDE, "--to", NURSE, "--area", "00000"), "Nearest"),
        (("next", "00-0000", "--area", "US"), "is a group"),
        (("next", "nurse\n`x`", "--area", "US"), "No occupation"),
        (("next", "", "--area", "US"), "No occupation"),
    ],
)  # fmt: skip
def test_what_does_not_fit_gets_one_line_and_exit_2(pathways, arguments, words):
    for extra in ((), ("--json",)):
        done = pathways(*arguments, *extra, code=2)
        assert done.out == ""
        assert done.err.startswith("lmi: ")
        assert done.err.count("\n") == 1
        assert words in done.err


@pytest.mark.parametrize("arguments", [(), ("lists",), ("list",), ("route", "--area", "US"), ("next",)])
def test_a_command_that_is_not_whole_ends_with_2(pathways, arguments):
    assert "usage" in pathways(*arguments, code=2).err


def test_without_any_good_file_the_list_says_what_is_wrong(lmi, tmp_path, monkeypatch, whole, real_places):
    monkeypatch.setenv("LMI_BUILD_DIR", str(tmp_path / "build"))
    (tmp_path / "build").mkdir()
    for file in real_places.build.iterdir():
        if file.name != "pathways.last-good.yaml":
            (tmp_path / "build" / file.name).symlink_to(file)
    broken = tmp_path / "pathways.yaml"
    broken.write_text(whole.read_text(encoding="utf-8").replace("targets: [47-2111]", "targets: []"), "utf-8")
    monkeypatch.setenv("LMI_PATHWAYS", str(broken))
    said = lmi("pathways", "list", "--area", "US", "--json", code=2)
    assert said.out == ""
    assert "has no target" in said.err


def test_the_shell_gets_pure_json(shell, whole):
    done = shell("pathways", "next", AIDE, "--area", "12420", "--json", LMI_PATHWAYS=str(whole))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["soc"] == AIDE
