"""What O*NET says an occupation asks for; what it does not rate stays unrated."""

import json
import math

import pytest

from lmi.answers import export
from lmi.answers.profile import profile
from lmi.answers.skills import compare, skills
from lmi.warehouse import skills as facts

UNRATED = ("15-1252", "29-2042", "29-2043", "13-1082", "41-3091", "53-3051")


def test_spot_check_18(real_desk):
    rows = skills(real_desk, "29-1141").ratings.set_index("element_name")
    assert rows.importance["Social Perceptiveness"] == 4.12


@pytest.mark.parametrize("soc", UNRATED)
def test_what_is_not_rated_has_no_zeros(real_desk, soc):
    found = skills(real_desk, soc)
    assert not found.rated
    assert found.note == "Not rated in O*NET 29.3."
    assert found.ratings.empty
    assert found.important.empty
    assert found.distinguishing.empty
    assert len(found.technologies) > 0, "technology skills are told all the same"


def test_software_developers_in_json(real_desk):
    answer = export.profile_json(profile(real_desk, "15-1252", "12420"))
    assert answer["skills"] == []
    assert answer["skills_note"] == "Not rated in O*NET 29.3."
    assert "Python" in {t["name"] for t in answer["technologies"]}
    json.dumps(answer, allow_nan=False)


def test_own_ratings_need_no_note(real_desk):
    assert skills(real_desk, "29-1141").note == ""


def test_a_mean_is_marked(real_desk):
    assert skills(real_desk, "31-1120").note == "Mean of 2 O*NET occupations counted under this code."
    assert "stand-in" in skills(real_desk, "15-1255").note


def test_a_combined_code_takes_the_mean_of_its_parts(real_desk):
    """31-1120 is 31-1121.00 and 31-1122.00."""
    with real_desk.warehouse.cursor() as cursor:
        parts = cursor.execute(
            "select element_id, avg(importance) from onet_skill "
            "where onet_soc in ('31-1121.00', '31-1122.00') group by 1"
        ).fetchall()
    rows = skills(real_desk, "31-1120").ratings.set_index("element_id").importance
    assert len(parts) == len(rows) == 68
    for element, mean in parts:
        assert rows[element] == pytest.approx(mean)


def test_a_level_that_is_not_relevant_in_one_part_counts_as_0_there(real_desk):
    """19-4099 Chemistry: 4.48 in one of its two O*NET occupations, not relevant in the other.

    The directional gap counts 'not relevant' as 0, so the mean of the parts must: (4.48 + 0) / 2 = 2.24.
    """
    rows = facts.ratings(real_desk.warehouse, ["19-4099"]).set_index("element_name")
    assert rows.rated_parts["Chemistry"] == 2
    assert rows.level["Chemistry"] == pytest.approx(2.24)


@pytest.mark.parametrize("soc", ["29-1141", "47-2111", "49-9021", "31-1120", "39-3011"])
def test_lists_are_ordered_and_within_the_scale(real_desk, soc):
    found = skills(real_desk, soc)
    for kind in ("skill", "knowledge"):
        rows = found.important[found.important.kind == kind]
        assert 1 <= len(rows) <= 10
        assert rows.importance.is_monotonic_decreasing
        assert rows.importance.between(1, 5).all()
    assert found.distinguishing.importance.min() >= 3
    assert found.distinguishing.distinct_sd.min() >= 1
    assert found.distinguishing.distinct_sd.is_monotonic_decreasing
    whole = found.education.share_pct.notna().all() and found.education.rated_parts.max() == 1
    total = found.education.share_pct.sum()
    assert total == pytest.approx(100, abs=1) if whole else 0 < total < 101


def test_a_share_that_onet_suppresses_is_none_in_json(real_desk):
    """O*NET recommends not to use the share of nurses who name a bachelor's degree."""
    reported = export.profile_json(profile(real_desk, "29-1141", "48"))["education_reported"]
    told = {row["level"]: row["share_pct"] for row in reported}
    assert told["Bachelor's Degree"] is None
    assert told["Post-Secondary Certificate"] == 22.5
    assert told["Some College Courses"] == 0


def test_distinguishing_tells_the_skill_from_the_knowledge_of_the_same_name(real_desk):
    """Mathematics is both. Gambling dealers: the knowledge stands out by 1.19, the skill by 0.42."""
    listed = export.profile_json(profile(real_desk, "39-3011", "48"))["skills"]
    found = {s["kind"]: s for s in listed if s["name"] == "Mathematics"}
    assert found["knowledge"]["distinct_sd"] == 1.19
    assert found["knowledge"]["distinguishing"] is True
    assert found["skill"]["distinct_sd"] == 0.42
    assert found["skill"]["distinguishing"] is False


class TestCompare:
    def test_the_directional_gap_of_an_electrician_who_becomes_an_hvac_mechanic(self, real_desk):
        """Worked out from O*NET's workbooks with plain pandas: 77.31, 14.258% of what is asked."""
        found = compare(real_desk, ("47-2111", "49-9021"))
        gap = found.gaps["49-9021"]
        assert gap.contribution.sum() == pytest.approx(77.3105)
        assert found.shares["49-9021"] == pytest.approx(14.2581, abs=1e-4)
        first = gap.iloc[0]
        assert (first.element_name, round(first.contribution, 3)) == ("Mechanical", 11.768)
        assert first.contribution == pytest.approx(first.importance_to * (first.level_to - first.level_from))

    @pytest.mark.parametrize(
        ("start", "goal", "total", "share"),
        [("29-2061", "29-1141", 56.0678, 10.5199), ("29-1141", "47-2111", 121.0585, 24.6587)],
    )
    def test_two_more_worked_out_from_the_workbooks(self, real_desk, start, goal, total, share):
        found = compare(real_desk, (start, goal))
        assert found.gaps[goal].contribution.sum() == pytest.approx(total, abs=1e-4)
        assert found.shares[goal] == pytest.approx(share, abs=1e-4)

    def test_at_most_four_and_none_twice(self, real_desk):
        found = compare(real_desk, ("29-1141", "29-1141", "47-2111", "49-9021", "29-2061", "31-1120"))
        assert [soc for soc, _ in found.occupations] == ["29-1141", "47-2111", "49-9021", "29-2061"]
        assert set(found.gaps) == {"47-2111", "49-9021", "29-2061"}

    def test_an_unrated_one_is_named_and_has_no_column_of_zeros(self, real_desk):
        found = compare(real_desk, ("29-1141", "15-1252"))
        assert found.unrated == ("Software Developers",)
        assert found.matrix["importance_15-1252"].isna().all()
        assert found.gaps == {}

    def test_an_unrated_start_leaves_no_gap(self, real_desk):
        found = compare(real_desk, ("15-1252", "29-1141"))
        assert found.gaps == {}
        assert found.matrix["importance_29-1141"].notna().all()

    def test_only_unrated_ones(self, real_desk):
        found = compare(real_desk, ("15-1252", "29-2042"))
        assert found.matrix.empty
        assert len(found.unrated) == 2


def test_what_is_usual_is_measured_over_the_occupations_of_oews(real_desk):
    rows = facts.ratings(real_desk.warehouse, ["29-1141", "47-2111"])
    assert rows.groupby("element_id").mean_importance.nunique().max() == 1
    assert rows.mean_importance.between(1, 5).all()
    assert not any(math.isnan(v) for v in rows.sd_importance)
