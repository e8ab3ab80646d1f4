"""completions, gaps, supply, coverage, and what occupation says of people, programs and skills."""

import json

import pytest

AREAS = ["US", "48", "12420", "0100001", "R-austin-san-antonio", "72", "16220"]


@pytest.fixture
def ask(lmi):
    """Run a command with --json; only pure JSON may stand on standard output."""

    def run(*arguments: str):
        return json.loads(lmi(*arguments, "--json").out)

    return run


class TestCompletions:
    def test_the_shape_is_as_agreed(self, ask):
        found = ask("completions", "--area", "26420", "--cip", "51.3801")
        assert set(found) >= {
            "area",
            "year",
            "awards_total",
            "men",
            "women",
            "by_award_level",
            "by_institution",
        }
        assert (found["awards_total"], found["women"], found["men"]) == (3157, 2696, 461)
        assert found["area"]["code"] == "26420"
        assert found["by_award_level"][0] == {
            "level": 21, "label": "Certificate, 12 weeks to less than 1 year", "awards": 8,
        }  # fmt: skip
        assert set(found["by_institution"][0]) == {"unitid", "name", "awards", "women"}

    def test_the_nation_never_counts_the_grand_totals(self, ask):
        assert ask("completions", "--area", "US")["awards_total"] == 5_459_862

    @pytest.mark.parametrize("area", [a for a in AREAS if a != "0100001"])
    def test_men_and_women_make_the_total_everywhere(self, ask, area):
        found = ask("completions", "--area", area)
        assert found["men"] + found["women"] == found["awards_total"]
        assert sum(x["awards"] for x in found["by_award_level"]) == found["awards_total"]

    def test_a_year(self, ask):
        assert (
            ask("completions", "--area", "26420", "--cip", "46.0302", "--year", "2020")["awards_total"] == 53
        )

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("--area", "26420", "--cip", "51.38011"), "Nearest: 51."),
            (("--area", "26420", "--cip", "nursing"), "51.3801 Registered Nursing"),
            (("--area", "26420", "--year", "1999"), "2020, 2021, 2022, 2023, 2024"),
            (("--area", "Houston"), "26420 Houston"),
            (("--area", "0100001"), "Ask for the state or the nation"),
        ],
    )
    def test_what_does_not_fit_gets_one_line_and_exit_2(self, lmi, arguments, words):
        done = lmi("completions", *arguments, "--json", code=2)
        assert done.out == ""
        assert done.err.count("\n") == 1
        assert words in done.err

    def test_plain_text(self, lmi):
        said = lmi("completions", "--area", "26420", "--cip", "51.3801").out
        assert "awards_total: 3157" in said
        assert "Associate's degree" in said


class TestGaps:
    @pytest.mark.parametrize("group", ["women", "black", "asian", "hispanic"])
    @pytest.mark.parametrize("area", AREAS)
    def test_every_group_in_every_kind_of_area(self, ask, area, group):
        found = ask("gaps", "--area", area, "--group", group)
        assert (found["area"]["code"], found["group"]) == (area, group)
        assert (
            found["baseline"]["share_pct"]
            == {"women": 47.1, "black": 12.7, "asian": 7.5, "hispanic": 20.0}[group]
        )
        assert found["basis"]["people_short"] == "estimated"
        for row in found["occupations"]:
            assert row["in_demand"] is True
            assert row["unit"] == "percent"
            if row["share_pct"] is None:
                assert row["gap_pp"] is row["parity"] is row["people_short"] is None
                assert row["note"].startswith("Not published")
            else:
                assert row["gap_pp"] == pytest.approx(row["share_pct"] - row["baseline_pct"], abs=0.06)
                assert row["published_for"]
        gaps = [row["gap_pp"] for row in found["occupations"] if row["gap_pp"] is not None]
        assert gaps == sorted(gaps)

    def test_electricians_in_texas(self, ask):
        rows = ask("gaps", "--area", "48", "--group", "women")["occupations"]
        row = next(row for row in rows if row["soc"] == "47-2111")
        assert (row["share_pct"], row["gap_pp"], row["parity"]) == (3.5, -43.6, 0.074)
        assert row["people_short"] == pytest.approx(row["employment"] * 0.436, abs=1)
        low, high = row["interval_90"]
        assert low < 3.5 < high < 47.1

    def test_the_states_baseline(self, ask):
        found = ask("gaps", "--area", "48", "--group", "women", "--baseline", "state")
        assert found["baseline"]["share_pct"] == 45.7
        assert "2018" in found["baseline"]["period"]

    def test_every_occupation_on_demand(self, ask):
        some = ask("gaps", "--area", "48", "--group", "women", "--skill", "all")["occupations"]
        every = ask("gaps", "--area", "48", "--group", "women", "--skill", "all", "--every")["occupations"]
        assert {r["soc"] for r in some} < {r["soc"] for r in every}

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("--group", "men"), "women, black, asian, hispanic"),
            (("--group", "women", "--baseline", "county"), "all, group, state"),
            (("--group", "women", "--skill", "middle"), "EDU+OJT"),
            (("--group", ""), "women, black, asian, hispanic"),
        ],
    )
    def test_what_does_not_fit_gets_one_line_and_exit_2(self, lmi, arguments, words):
        done = lmi("gaps", "--area", "48", *arguments, "--json", code=2)
        assert done.out == ""
        assert done.err.count("\n") == 1
        assert words in done.err

    def test_a_group_must_be_named(self, lmi):
        assert "--group" in lmi("gaps", "--area", "48", "--json", code=2).err

    def test_plain_text(self, lmi):
        assert "Electricians" in lmi("gaps", "--area", "48", "--group", "women").out


class TestSupply:
    @pytest.mark.parametrize("method", ["graduates", "openings", "whole"])
    @pytest.mark.parametrize("area", AREAS)
    def test_the_totals_reconcile(self, ask, area, method):
        found = ask("supply", "--area", area, "--method", method)
        assert (found["area"]["code"], found["method"], found["conserves"]) == (
            area,
            method,
            method != "whole",
        )
        totals, rows = found["totals"], found["occupations"]
        assert len(rows) > 50
        if area == "0100001":
            assert totals == {}
            assert "nonmetropolitan" in found["note"]
            assert all(row["completions_per_year"] is None for row in rows)
            return
        parts = ("awards_to_occupations", "awards_teaching_only", "awards_without_occupation")
        assert sum(totals[p] for p in parts) == totals["awards_total"] > 0
        listed = sum(row["completions_per_year"] or 0 for row in rows)
        assert listed == pytest.approx(totals["completions_sum"], abs=0.05)
        if found["conserves"]:
            assert totals["completions_sum"] == pytest.approx(totals["awards_to_occupations"], abs=0.001)
        assert sum(row["openings_per_year"] or 0 for row in rows) == pytest.approx(
            totals["openings_total"], abs=0.05 * len(rows)
        )

    def test_teachers_get_no_graduates(self, ask):
        rows = ask("supply", "--area", "US", "--method", "graduates", "--levels", "all")["occupations"]
        teachers = [row for row in rows if row["soc"].startswith("25-1")]
        assert len(teachers) > 30
        for row in teachers:
            assert row["completions_per_year"] is row["supply_gap"] is None
            assert row["has_program"] is False

    def test_the_published_figures(self, ask):
        rows = {
            row["soc"]: row
            for row in ask("supply", "--area", "US", "--method", "graduates", "--levels", "all")[
                "occupations"
            ]
        }
        assert round(rows["47-2111"]["completions_per_year"]) == 14_845
        assert rows["47-2111"]["completions_upper_bound"] == 30_349
        assert round(rows["49-9021"]["completions_per_year"]) == 31_479
        assert rows["29-1141"]["completions_upper_bound"] == 308_770
        assert rows["31-1120"]["has_program"] is True

    def test_levels_are_those_of_the_skill_rule_and_named(self, ask):
        middle = ask("supply", "--area", "48", "--skill", "EDU")
        whole = ask("supply", "--area", "48", "--skill", "all")
        assert middle["totals"]["awards_total"] < whole["totals"]["awards_total"] == 411_339
        assert whole["award_levels"] == "all award levels"
        assert "associate's degrees" in middle["award_levels"]

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [(("--method", "balanced"), "graduates, openings, whole"), (("--levels", "some"), "sub, all"),
         (("--skill", "x"), "EDU+OJT")],
    )  # fmt: skip
    def test_what_does_not_fit_gets_one_line_and_exit_2(self, lmi, arguments, words):
        done = lmi("supply", "--area", "48", *arguments, "--json", code=2)
        assert done.out == ""
        assert done.err.count("\n") == 1
        assert words in done.err


class TestCoverage:
    def test_the_aims(self, ask):
        found = {measure["id"]: measure for measure in ask("coverage")}
        assert found["projections"]["by_employment_pct"] == 100
        assert found["demographics"]["by_employment_pct"] >= 95
        assert found["skills"]["by_employment_pct"] >= 94
        assert found["awards_with_occupation"]["by_awards_pct"] >= 96
        assert {"programs", "institutions_in_metros"} <= set(found)
        assert set(found["demographics"]["parts"]) == {"own", "wider", "none"}
        for measure in found.values():
            assert len(measure["missing"]) == measure["of"] - measure["reached"]
            assert all(row["reason"] for row in measure["missing"])

    def test_plain_text(self, lmi):
        assert "Occupations with projections" in lmi("coverage").out


class TestOccupation:
    def test_shares(self, ask):
        women = ask("occupation", "47-2111", "--area", "48")["facts"]["share_women"]
        assert (women["value"], women["unit"], women["baseline"]) == (3.5, "percent", 47.1)
        assert (women["gap_pp"], women["parity"], women["published_for"]) == (-43.6, 0.074, "Electricians")

    @pytest.mark.parametrize("soc", ["11-1031", "11-3111", "41-2012", "00-0000", "29-0000"])
    def test_no_figure_for_a_withheld_cell(self, ask, soc):
        facts = ask("occupation", soc, "--area", "US")["facts"]
        for group in ("women", "black", "asian", "hispanic"):
            share = facts[f"share_{group}"]
            assert share["value"] is share["gap_pp"] is share["parity"] is None
            assert share["note"]

    def test_supply(self, ask):
        facts = ask("occupation", "47-2111", "--area", "US", "--levels", "all")["facts"]
        assert facts["completions_per_year"]["value"] == pytest.approx(14_844.6, abs=0.1)
        assert facts["completions_upper_bound"]["value"] == 30_349
        assert facts["supply_gap"]["value"] == pytest.approx(81_000 - 14_844.6, abs=0.1)
        assert facts["supply_ratio"]["value"] == pytest.approx(14_844.6 / 81_000, abs=0.001)
        assert facts["completions_per_year"]["basis"] == "estimated"
        assert facts["completions_per_year"]["year"] == 2024
        assert facts["completions_per_year"]["award_levels"] == "all award levels"

    def test_the_method_changes_the_apportioned_not_the_bound(self, ask):
        found = [
            ask("occupation", "47-2111", "--area", "US", "--levels", "all", "--method", m)["facts"]
            for m in ("graduates", "openings", "whole")
        ]
        values = [facts["completions_per_year"]["value"] for facts in found]
        assert values == pytest.approx([14_844.6, 17_844.9, 30_349.0], abs=0.1)
        assert {facts["completions_upper_bound"]["value"] for facts in found} == {30_349}

    def test_awards_of_the_level_that_fits_the_occupation(self, ask):
        """Middle-skill work is held against awards below the bachelor's degree, nurses against all."""
        assert (
            "associate's"
            in ask("occupation", "47-2111", "--area", "48")["facts"]["supply_gap"]["award_levels"]
        )
        assert (
            ask("occupation", "29-1141", "--area", "48")["facts"]["supply_gap"]["award_levels"]
            == "all award levels"
        )

    @pytest.mark.parametrize(
        ("soc", "words"),
        [("25-1072", "told apart"), ("29-0000", "single occupations"), ("35-3023", "No training program")],
    )
    def test_without_a_program_there_is_no_figure_and_a_reason(self, ask, soc, words):
        facts = ask("occupation", soc, "--area", "48")["facts"]
        for name in ("completions_per_year", "completions_upper_bound", "supply_gap", "supply_ratio"):
            assert facts[name]["value"] is None
            assert words in facts[name]["note"]

    def test_programs(self, ask):
        found = ask("occupation", "29-1141", "--area", "26420")
        first = found["programs"][0]
        assert (first["cip"], first["awards"], first["women"]) == ("51.3801", 3157, 2696)
        assert sum(i["awards"] for i in first["institutions"]) == 3157
        assert found["programs_note"] == ""

    def test_programs_of_an_area_without_places_are_not_at_0(self, ask):
        found = ask("occupation", "29-1141", "--area", "0100001")
        assert "nonmetropolitan" in found["programs_note"]
        assert found["programs"], "the programs that lead to it are known all the same"
        assert all(program["awards"] is None for program in found["programs"])
        assert found["facts"]["completions_per_year"]["value"] is None

    def test_skills_and_technologies(self, ask):
        found = ask("occupation", "29-1141", "--area", "48")
        social = next(s for s in found["skills"] if s["name"] == "Social Perceptiveness")
        assert social["importance"] == 4.12
        assert found["skills_note"] == ""
        assert found["technologies"][0]["hot"] is True
        assert len(found["education_reported"]) == 12

    @pytest.mark.parametrize("soc", ["15-1252", "29-2042"])
    def test_unrated(self, ask, soc):
        found = ask("occupation", soc, "--area", "48")
        assert found["skills"] == []
        assert found["skills_note"] == "Not rated in O*NET 29.3."

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [(("--method", "x"), "graduates, openings, whole"), (("--levels", "x"), "sub, all"),
         (("--skill", "x"), "EDU+OJT"), (("--baseline", "nonsense"), "all, group, state")],
    )  # fmt: skip
    def test_what_does_not_fit_gets_one_line_and_exit_2(self, lmi, arguments, words):
        done = lmi("occupation", "29-1141", "--area", "48", *arguments, "--json", code=2)
        assert done.out == ""
        assert done.err.count("\n") == 1
        assert words in done.err


@pytest.mark.parametrize("command", [("gaps", "--group", "women"), ("supply",), ("completions",)])
def test_the_shell_gets_pure_json(shell, command):
    done = shell(command[0], "--area", "12420", *command[1:], "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["area"]["code"] == "12420"
