"""What a move brings and asks, how it reads and why; small tables worked out by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.analysis.moves import COLUMNS, MoveRule, estimated_months, move_figures, reasons, suggested
from lmi.analysis.similarity import skillset

NAN = math.nan
RULE = MoveRule(similarity_cut=0.9)
# Skills of one element each way: 'near' and 'base' point the same way, 'far' elsewhere; 'unrated' has none.
RATED = pd.DataFrame(
    [("base", "1", 3.0, 3.0, False), ("base", "2", 1.0, 1.0, False),
     ("near", "1", 3.0, 4.0, False), ("near", "2", 1.0, 1.0, False),
     ("far", "1", 1.0, 1.0, False), ("far", "2", 4.0, 5.0, False)],
    columns=["soc", "element_id", "importance", "level", "not_relevant"],
)  # fmt: skip
SKILLS = skillset(RATED)


def pay(**known):
    """Pay by occupation; a text '>=200' is top-coded."""
    rows = {soc: (float(str(v).removeprefix(">=")), str(v).startswith(">=")) for soc, v in known.items()}
    return pd.DataFrame(
        {"pay": [v[0] for v in rows.values()], "pay_top_coded": [v[1] for v in rows.values()],
         "openings": [10.0 * (i + 1) for i in range(len(rows))]},
        index=pd.Index(list(rows), dtype="str"),
    )  # fmt: skip


ASKS = pd.DataFrame(
    {
        "job_zone": [2.0, 3.0, 4.0, NAN],
        "typical_education": [
            "High school diploma or equivalent", "Associate's degree", "Bachelor's degree",
            "High school diploma or equivalent",
        ],
    },
    index=pd.Index(["base", "near", "far", "unrated"], dtype="str"),
)  # fmt: skip
NOTHING = pay(base=NAN, near=NAN, far=NAN, unrated=NAN)


def one(start, goal, here, nation=NOTHING, asks=ASKS, rule=RULE):
    found = move_figures([start], [goal], here, nation, asks, SKILLS, rule)
    assert list(found.columns) == list(COLUMNS)
    return found.iloc[0]


def test_every_figure_of_a_move_by_hand():
    move = one("base", "near", pay(base=40_000, near=50_000))
    assert (move.pay_start, move.pay_goal, move.pay_ratio, move.pay_area) == (40_000, 50_000, 1.25, "here")
    assert move.openings == 20
    # base = (9, 1), near = (12, 1): (108 + 1) / (sqrt(82) x sqrt(145))
    assert move.skill_similarity == pytest.approx(109 / math.sqrt(82 * 145))
    # 3 x (4 - 3) of 3 x 4 + 1 x 1
    assert move.skill_gap_pct == pytest.approx(100 * 3 / 13)
    # Job zone 2 to 3; high school (1), some college, certificate, associate's degree (4).
    assert (move.zone_step, move.education_step) == (1, 3)
    assert move.reading == "advance"


@pytest.mark.parametrize(
    ("goal_pay", "reading"),
    [(39_999, "sideways"), (40_000, "advance"), (30_000, "sideways"), (29_000, "sideways")],
)
def test_an_advance_needs_a_pay_ratio_of_1(goal_pay, reading):
    """near asks for more preparation than base, so that pay alone decides."""
    assert one("base", "near", pay(base=40_000, near=goal_pay)).reading == reading


@pytest.mark.parametrize(
    ("goal_pay", "reading"), [(40_000, "lateral"), (43_999, "lateral"), (44_000, "advance")]
)
def test_without_more_preparation_a_tenth_more_pay_makes_an_advance(goal_pay, reading):
    level = ASKS.assign(job_zone=2.0, typical_education="Associate's degree")
    assert one("base", "near", pay(base=40_000, near=goal_pay), asks=level).reading == reading


def test_far_skills_or_two_job_zones_are_a_leap_even_where_pay_falls():
    assert one("base", "far", pay(base=40_000, far=80_000)).reading == "leap"
    assert one("base", "far", pay(base=40_000, far=20_000)).reading == "leap"
    zones = ASKS.assign(job_zone=[2.0, 4.0, 2.0, 2.0])
    assert one("base", "near", pay(base=40_000, near=50_000), asks=zones).reading == "leap"
    assert one("near", "base", pay(base=50_000, near=40_000), asks=zones).reading == "advance"


def test_what_onet_has_not_rated_is_not_rated_and_never_0():
    move = one("base", "unrated", pay(base=40_000, unrated=50_000))
    assert move.reading == "not_rated"
    assert math.isnan(move.skill_similarity)
    assert math.isnan(move.skill_gap_pct)
    assert math.isnan(move.zone_step)
    assert move.pay_ratio == 1.25, "what is known stays"


@pytest.mark.parametrize("here", [pay(base=NAN, near=50_000), pay(base=40_000, near=NAN), pay(near=1.0)])
def test_pay_withheld_here_is_compared_in_the_nation(here):
    move = one("base", "near", here, nation=pay(base=30_000, near=45_000))
    assert (move.pay_ratio, move.pay_area, move.reading) == (1.5, "nation", "advance")


def test_pay_published_nowhere_cannot_be_read():
    move = one("base", "near", pay(base=NAN, near=50_000))
    assert math.isnan(move.pay_ratio)
    assert (move.pay_area, move.reading, move.pay_at_least) == ("", "not_rated", False)
    assert math.isnan(move.pay_start)
    assert move.pay_goal == 50_000


def test_top_coded_pay_at_the_start_gives_no_ratio_and_at_the_goal_a_bound():
    both = pay(base=">=200", near=">=200")
    assert one("base", "near", both).pay_area == ""
    down = one("base", "near", pay(base=">=200", near=100))
    assert math.isnan(down.pay_ratio)
    up = one("base", "near", pay(base=100, near=">=200"))
    assert (up.pay_ratio, up.pay_at_least, up.reading) == (2, True, "advance")
    assert not one("base", "near", pay(base=100, near=200)).pay_at_least


def test_the_bound_belongs_to_the_ratio_that_is_shown():
    """Here the goal is top-coded but the start withheld: the nation's ratio is exact."""
    move = one("base", "near", pay(base=NAN, near=">=200"), nation=pay(base=100, near=150))
    assert (move.pay_ratio, move.pay_area, move.pay_at_least) == (1.5, "nation", False)


def test_suggested_are_rated_alike_and_cost_at_most_a_quarter_of_the_pay():
    moves = pd.DataFrame(
        {
            "start": list("abcdef"),
            "reading": ["advance", "lateral", "sideways", "sideways", "leap", "not_rated"],
            "pay_ratio": [1.2, 1.0, 0.75, 0.7499, 1.5, NAN],
        }
    )
    assert list(suggested(moves, RULE).start) == ["a", "b", "c"]


class TestReasons:
    def test_an_advance(self):
        move = one("base", "near", pay(base=40_000, near=50_000))
        pays, skilled, prepared = reasons(move, RULE, "Austin")
        assert pays == "Pays 25% more in Austin."
        assert skilled == (
            "Skills are alike: similarity 1.00, at or above the cut of 0.90; 23% of what the job asks for "
            "would be new."
        )
        assert prepared == "Preparation: 1 job zone higher, 3 levels of schooling higher."

    def test_a_leap_says_how_far(self):
        found = reasons(one("base", "far", pay(base=40_000, far=40_000)), RULE, "Austin")
        assert found[0] == "Pays about the same in Austin."
        assert "far apart: similarity 0." in found[1]
        assert "below the cut of 0.90" in found[1]

    def test_a_large_loss_is_named_with_its_consequence(self):
        move = one("base", "near", pay(base=40_000, near=20_000))
        assert move.reading == "sideways"
        assert reasons(move, RULE, "Austin")[0] == (
            "Pays 50% less in Austin: over 25% less, so it would not be suggested."
        )

    def test_the_nation_is_named_where_its_pay_decides(self):
        move = one("base", "near", pay(base=NAN, near=1.0), nation=pay(base=40_000, near=38_000))
        assert reasons(move, RULE, "Lawton")[0] == (
            "Pays 5% less in the nation (no figures for both in Lawton)."
        )

    def test_a_bound_says_at_least(self):
        move = one("base", "near", pay(base=100, near=">=250"))
        assert reasons(move, RULE, "Austin")[0] == "Pays at least 150% more in Austin."
        falls = one("base", "near", pay(base=100, near=">=90"))
        assert reasons(falls, RULE, "Austin")[0] == "Pays at most 10% less in Austin."

    def test_what_is_not_known_is_said(self):
        found = reasons(one("base", "unrated", pay(base=NAN, unrated=1.0)), RULE, "Austin")
        assert found[0].startswith("Pay cannot be compared")
        assert found[1] == "O*NET has not rated the skills of both jobs."
        assert found[2] == "Preparation: job zone not known for both."

    def test_the_same_preparation_and_less_of_it(self):
        level = ASKS.assign(job_zone=2.0, typical_education="Associate's degree")
        same = reasons(one("base", "near", pay(base=1, near=1), asks=level), RULE, "Austin")
        assert same[2] == "Preparation: the same job zone and schooling."
        less = reasons(one("near", "base", pay(base=1, near=1)), RULE, "Austin")
        assert less[2] == "Preparation: 1 job zone lower, 3 levels of schooling lower."


def test_estimated_months_by_hand():
    asks = pd.DataFrame(
        {
            "job_zone": [2.0, 3.0, 3.0, 4.0, 3.0, NAN, 5.0, 5.0],
            "typical_education": [
                "High school diploma or equivalent", "Associate's degree", "Associate's degree",
                "Bachelor's degree", "High school diploma or equivalent", "Bachelor's degree",
                "Master's degree", "Doctoral or professional degree",
            ],
            "on_the_job_training": [
                "Short-term on-the-job training", "None", "None", "None", "Apprenticeship", "None", "None",
                "None",
            ],
        },
        index=pd.Index(
            ["aide", "tech", "other", "nurse", "trade", "no zone", "master", "doctor"], dtype="str"
        ),
    )  # fmt: skip
    # Zones 2, 3, 4 prepare 8, 18, 36 months; an associate's degree takes 24, a bachelor's 48.
    by_hand = {
        ("aide", "tech"): 24,  # zone 10, the degree 24
        ("tech", "other"): 24,  # the same zone, but another degree in full
        ("tech", "nurse"): 24,  # zone 18, 48 less the 24 they have
        ("aide", "nurse"): 48,  # zone 28, the degree 48
        ("aide", "trade"): 48,  # zone 10, an apprenticeship 48
        ("doctor", "master"): 24,  # another profession: its master's from the bachelor's on
        ("nurse", "aide"): 3,  # down, and a month on the job: the least
    }
    moves = pd.DataFrame(list(by_hand), columns=["start", "goal"])
    assert list(estimated_months(moves, asks)) == list(by_hand.values())
    unknown = pd.DataFrame({"start": ["aide"], "goal": ["no zone"]})
    assert math.isnan(estimated_months(unknown, asks)[0])
    bare = asks.assign(typical_education=None, on_the_job_training=None)
    assert list(estimated_months(moves, bare)) == [10, 3, 18, 28, 10, 3, 3]  # the zones alone


def test_no_moves_give_an_empty_table():
    found = move_figures([], [], NOTHING, NOTHING, ASKS, SKILLS, RULE)
    assert list(found.columns) == list(COLUMNS)
    assert len(found) == 0


dollars = st.floats(1_000, 200_000)


@settings(deadline=None)
@given(dollars, dollars, dollars)
def test_pay_ratios_multiply_along_a_way(first, second, third):
    here = pay(base=first, near=second, far=third)
    steps = move_figures(["base", "near"], ["near", "far"], here, NOTHING, ASKS, SKILLS, RULE)
    whole = one("base", "far", here)
    assert steps.pay_ratio.prod() == pytest.approx(whole.pay_ratio)
    back = one("far", "base", here)
    assert back.pay_ratio * whole.pay_ratio == pytest.approx(1)
    assert back.zone_step == -whole.zone_step
    assert back.skill_similarity == pytest.approx(whole.skill_similarity)


@settings(deadline=None)
@given(st.floats(0.05, 3), st.sampled_from(["near", "far", "unrated"]))
def test_every_move_has_one_reading_and_an_advance_never_costs_pay(ratio, goal):
    move = one("base", goal, pay(base=10_000, **{goal: 10_000 * ratio}))
    assert move.reading in {"advance", "lateral", "sideways", "leap", "not_rated"}
    if move.reading in {"advance", "lateral"}:
        assert move.pay_ratio >= 1
    if move.reading == "sideways":
        assert move.pay_ratio < 1
    assert np.isnan(move.skill_similarity) == (move.reading == "not_rated")
