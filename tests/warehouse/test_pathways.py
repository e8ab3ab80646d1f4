"""What pathways ask of the warehouse: ratings, related occupations, requirements and minor groups."""

import pytest

from lmi.warehouse import pathways, skills

NURSE, AIDE, DEVELOPER = "29-1141", "31-1131", "15-1252"


def test_ratings_are_those_of_the_occupation_page(real_desk):
    every = pathways.all_ratings(real_desk.warehouse)
    of_nurses = every[every.soc == NURSE].set_index("element_id").sort_index()
    page = skills.ratings(real_desk.warehouse, [NURSE]).set_index("element_id").sort_index()
    assert len(of_nurses) > 60
    for name in ("importance", "level"):
        assert list(of_nurses[name].astype(float)) == pytest.approx(
            list(page[name].astype(float)), nan_ok=True
        )


def test_only_rated_occupations_that_oews_publishes_have_ratings(real_desk):
    socs = set(pathways.all_ratings(real_desk.warehouse).soc)
    assert DEVELOPER not in socs
    assert socs < set(pathways.requirements(real_desk.warehouse).soc)


def test_related_occupations_are_pairs_of_published_ones_each_once(real_desk):
    rows = pathways.related(real_desk.warehouse)
    assert not rows.duplicated(["start", "goal"]).any()
    assert not (rows.start == rows.goal).any()
    assert {*rows.start, *rows.goal} <= set(pathways.requirements(real_desk.warehouse).soc)
    assert rows.related_rank.between(1, 20).all()
    assert AIDE in set(rows.goal[rows.start == NURSE]) | set(rows.start[rows.goal == NURSE])


def test_requirements_by_hand(real_desk):
    rows = pathways.requirements(real_desk.warehouse).set_index("soc")
    assert len(rows) == 830
    assert rows.index.is_unique
    nurse = rows.loc[NURSE]
    assert (nurse.title, nurse.typical_education) == ("Registered Nurses", "Bachelor's degree")
    assert set(rows.job_zone.dropna()) == {1, 2, 3, 4, 5}


def test_minor_groups_by_hand(real_desk):
    found = pathways.minor_groups(real_desk.warehouse)
    assert (found[NURSE], found[AIDE], found["47-2111"]) == ("29-1000", "31-1100", "47-2000")
    # Combined codes of OEWS and projections belong to the minor group of their parts.
    assert found["31-1120"] == "31-1100"
    assert found["15-1252"] == "15-1200", "not every minor group ends in three zeros"
    assert "29-0000" not in found
    assert "00-0000" not in found


def test_the_small_warehouse_answers_too(small_desk):
    for ask in (pathways.all_ratings, pathways.related, pathways.requirements):
        assert len(ask(small_desk.warehouse)) > 0
    assert small_desk.skillset.alike.shape == (len(small_desk.skillset.place),) * 2
