"""How far the facts reach: the four aims, counted again from the parts, and a reason for all the rest."""

import pytest

from lmi.answers.coverage import AIMS, coverage


@pytest.fixture(scope="module")
def measures(real_desk):
    return {measure.id: measure for measure in coverage(real_desk)}


def test_the_aims_are_those_of_the_issue():
    assert AIMS == {
        "projections": 100.0,
        "demographics": 95.0,
        "skills": 94.0,
        "awards_with_occupation": 96.0,
    }


# Counted from the publishers' files with plain pandas.
@pytest.mark.parametrize(
    ("name", "reached", "of", "weighted"),
    [("projections", 830, 830, 100.0), ("demographics", 564, 830, 95.48), ("skills", 753, 830, 94.22),
     ("awards_with_occupation", 1515, 1607, 96.01)],
)  # fmt: skip
def test_the_four_aims_are_met(measures, name, reached, of, weighted):
    found = measures[name]
    assert (found.reached, found.of) == (reached, of)
    assert round(found.weighted_pct, 2) == weighted
    assert found.weighted_pct >= AIMS[name]
    assert found.pct == pytest.approx(100 * reached / of)


def test_demographics_at_their_own_or_a_wider_level(measures):
    parts = measures["demographics"].parts
    assert set(parts) == {"own", "wider", "none"}
    for way in ("by_count_pct", "by_employment_pct"):
        assert sum(part[way] for part in parts.values()) == pytest.approx(100, abs=0.02)
    # 275 of 426 one-to-one rows and 2 of the 3 joined ones publish a share: 277 of 830
    assert parts["own"]["by_count_pct"] == pytest.approx(33.37, abs=0.01)
    both = parts["own"]["by_employment_pct"] + parts["wider"]["by_employment_pct"]
    assert both == pytest.approx(measures["demographics"].weighted_pct, abs=0.02)


def test_everything_that_is_missing_is_listed_with_a_reason(measures):
    for measure in measures.values():
        assert len(measure.missing) == measure.of - measure.reached, measure.id
        assert measure.missing.code.is_unique
        assert measure.missing.name.notna().all()
        assert measure.missing.reason.str.fullmatch(r"[A-Z].{10,}\.").all(), measure.id


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [
        ("demographics", "41-2012", "CPS table 11 has no row for it."),
        ("demographics", "11-3111",
         "Fewer than 50,000 people in the CPS row Compensation and benefits managers."),
        ("skills", "15-1252", "Not rated in O*NET 29.3."),
        ("programs", "25-1072", "Postsecondary teachers are told apart: most programs would lead to them."),
        ("programs", "13-1074", "No program of the NCES crosswalk prepares for it directly."),
        ("institutions_in_metros", "183026",
         "It lies in a micropolitan area, which OEWS publishes as part of a nonmetropolitan area."),
    ],
)  # fmt: skip
def test_reasons(measures, name, code, reason):
    missing = measures[name].missing.set_index("code").reason
    assert missing[code] == reason


def test_a_program_without_an_occupation_says_how_many_it_concerns(measures):
    missing = measures["awards_with_occupation"].missing.set_index("code").reason
    assert missing["24.0199"] == "The NCES crosswalk names no occupation; 45,838 awards."


def test_awards_that_reach_only_teaching_or_the_military_are_told(measures):
    """9.90% of awards lead to postsecondary teaching only: liberal arts above all."""
    parts = measures["awards_with_occupation"].parts
    assert parts["teaching_only"]["by_awards_pct"] == 9.9
    assert parts["military_only"]["by_awards_pct"] == 0.07


def test_institutions_in_areas(measures):
    found = measures["institutions_in_metros"]
    assert (found.reached, found.of) == (4959, 5869)
    assert found.parts["in_a_state_or_territory"]["by_awards_pct"] > 99.9
    assert found.weighted_pct == pytest.approx(89.18, abs=0.01)


def test_json_holds_the_same(measures):
    told = measures["skills"].as_json()
    assert (told["reached"], told["of"], told["aim_pct"], told["by_employment_pct"]) == (
        753,
        830,
        94.0,
        94.22,
    )
    assert len(told["missing"]) == 77
    assert set(told["missing"][0]) == {"code", "name", "reason"}
    assert measures["programs"].as_json()["aim_pct"] is None
    assert "by_awards_pct" in measures["awards_with_occupation"].as_json()


def test_the_fixtures_are_measured_without_error(small_desk):
    for measure in coverage(small_desk):
        assert 0 <= measure.pct <= 100
        assert measure.reached + len(measure.missing) == measure.of
