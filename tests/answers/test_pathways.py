"""Pathways, routes and neighbours on the committed bundle, with the small pathways file of the tests."""

import json
import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lmi.answers import local
from lmi.answers.pathway import PARITY, pathway_answer
from lmi.answers.pathways import network, of_moves, together
from lmi.answers.pathways_export import neighbours_json, pathways_json, routes_json
from lmi.answers.ranking import judge
from lmi.answers.routes import every_move, neighbours, routes
from lmi.domain.errors import BadInput
from lmi.domain.groups import GROUPS
from lmi.domain.pathways import NO_PATHWAYS, Move, Step
from lmi.sources.pathways_file import load_pathways

FILE = Path(__file__).parents[1] / "fixtures" / "pathways.yaml"
REGION, LAWTON, NONMETRO, PUERTO_RICO = "R-austin-san-antonio", "30020", "0100001", "72"
AREAS = ["US", "48", "12420", LAWTON, NONMETRO, PUERTO_RICO, REGION]
AIDE, LPN, NURSE = "31-1131", "29-2061", "29-1141"
HELPER, ELECTRICIAN, DEVELOPER = "47-3013", "47-2111", "15-1252"


@pytest.fixture(scope="module")
def held(real_desk):
    socs = dict(zip(real_desk.requirements.index, real_desk.requirements.title, strict=True))
    return load_pathways(FILE, socs)


@pytest.fixture(scope="module")
def found(real_desk, held):
    """The network of an area, made once."""
    return {code: network(real_desk, code, pathway_map=held) for code in AREAS}


class TestNetwork:
    @pytest.mark.parametrize("area", AREAS)
    def test_nodes_are_every_occupation_with_the_figures_of_the_area(self, real_desk, found, area):
        nodes = found[area].nodes
        assert len(nodes) == len(real_desk.requirements) > 800
        here = local.load(real_desk, real_desk.area(area)).detailed.set_index("soc")
        for name, column in (("pay", "wage_median_usd_year"), ("openings", "openings_per_year"),
                             ("employment", "employment")):  # fmt: skip
            published = here[column].astype(float).reindex(nodes.index)
            np.testing.assert_array_equal(nodes[name].to_numpy(), published.to_numpy())
            assert not (nodes[name] == 0).any() or (published == 0).any()

    @pytest.mark.parametrize("area", AREAS)
    def test_demand_is_the_verdict_of_the_rule_and_unknown_elsewhere(self, real_desk, found, area):
        here = local.load(real_desk, real_desk.area(area))
        verdicts = judge(real_desk, here, real_desk.settings.default_demand_rule)
        told = dict(zip(here.detailed.soc, verdicts.verdict, strict=True))
        for soc, value in found[area].nodes.in_demand.items():
            assert value is {1: True, 0: False, -1: None}[int(told.get(soc, -1))]

    def test_small_areas_withhold_much_and_demand_is_unknown_there(self, found):
        nodes = found[LAWTON].nodes
        assert nodes.pay.isna().sum() > 500
        assert nodes.in_demand[nodes.pay.isna() & nodes.openings.isna()].map(lambda v: v is None).all()

    def test_the_curated_moves_carry_what_the_file_says(self, found):
        rows = found["12420"].curated.set_index(["start", "goal"])
        assert list(rows.index) == [(AIDE, LPN), (LPN, NURSE), (HELPER, ELECTRICIAN), (HELPER, AIDE)]
        nurse = rows.loc[(LPN, NURSE)]
        assert (nurse.status, nurse.months_low, nurse.months_high) == ("validated", 12, 24)
        assert nurse.organisations == ("One Hospital", "Two Hospital")
        assert list(rows.crossover) == [False, False, False, True]
        assert math.isnan(rows.loc[(HELPER, AIDE)].months_low)

    def test_figures_of_a_move_in_austin(self, found):
        nodes, move = found["12420"].nodes, found["12420"].curated.iloc[1]
        assert move.pay_ratio == pytest.approx(nodes.pay[NURSE] / nodes.pay[LPN])
        assert (move.pay_area, move.openings, move.reading) == ("here", nodes.openings[NURSE], "advance")
        assert 0.9 < move.skill_similarity < 1

    def test_where_pay_is_withheld_here_the_nations_decides_and_says_so(self, real_desk, found):
        nodes = found[LAWTON].nodes
        hidden = nodes.index[nodes.pay.isna() & real_desk.nation_pay.pay.reindex(nodes.index).notna()][0]
        (_, move), = found[LAWTON].figures([NURSE], [hidden]).iterrows()  # fmt: skip
        wide = real_desk.nation_pay.pay
        assert (move.pay_area, move.pay_ratio) == ("nation", pytest.approx(wide[hidden] / wide[NURSE]))
        assert math.isnan(move.pay_goal)
        assert "in the nation (no figures for both in Lawton)" in found[LAWTON].reasons(move)[0]

    @pytest.mark.parametrize("area", AREAS)
    def test_an_unrated_occupation_is_not_rated_and_never_suggested(self, found, area):
        moves = found[area].figures([NURSE, DEVELOPER], [DEVELOPER, NURSE])
        assert set(moves.reading) == {"not_rated"}
        assert moves.skill_similarity.isna().all()
        assert moves.skill_gap_pct.isna().all()
        assert DEVELOPER not in {*found[area].suggested.start, *found[area].suggested.goal}

    @pytest.mark.parametrize("area", AREAS)
    def test_suggested_moves_are_related_pass_the_cuts_and_stand_nowhere_else(self, real_desk, found, area):
        rows, cut = found[area].suggested, real_desk.similarity_cut
        related = set(zip(real_desk.related.start, real_desk.related.goal, strict=True))
        pairs = list(zip(rows.start, rows.goal, strict=True))
        assert 5_000 < len(set(pairs)) == len(pairs)
        assert set(pairs) <= related
        assert not set(pairs) & {m.pair for m in found[area].map.moves()}
        assert (rows.skill_similarity >= cut).all()
        assert (rows.pay_ratio >= 0.75).all()
        assert (rows.zone_step.fillna(0) < 2).all()
        assert set(rows.reading) == {"advance", "lateral", "sideways"}
        others = rows[~rows.goal.isin(found[area].curated.goal)]
        assert (others.months_low.dropna() >= 3).all()
        assert (others.license == "").all()

    def test_a_suggested_move_takes_time_and_license_from_the_pathways_where_they_tell_them(self, found):
        rows = found["12420"].suggested
        nurses = rows[rows.goal == NURSE]
        assert len(nurses) > 3
        assert set(nurses.months_low) == {12.0}  # the fixture's quickest way to a registered nurse
        assert set(nurses.months_high) == {24.0}
        assert set(nurses.license) == {"Registered nurse license"}
        assert set(nurses.state) == {"TX"}

    def test_a_retired_move_is_neither_shown_nor_suggested(self, real_desk, held):
        retired = replace(held.pathways[0].moves[1], status="retired", validated_on="", organisations=())
        nursing = replace(held.pathways[0], moves=(held.pathways[0].moves[0], retired))
        changed = replace(held, pathways=(nursing, held.pathways[1]))
        answer = network(real_desk, "12420", pathway_map=changed)
        without = network(real_desk, "12420", pathway_map=NO_PATHWAYS)
        pair = (LPN, NURSE)
        assert pair in set(zip(without.suggested.start, without.suggested.goal, strict=True))
        moves = every_move(answer)
        assert pair not in set(zip(moves.start, moves.goal, strict=True))

    def test_the_cut_is_that_of_the_calibration(self, real_desk):
        """Mean less one standard deviation over all pairs inside SOC minor groups, counted here anew."""
        skills, group = real_desk.skillset, real_desk.requirements.index
        structure = {soc: soc[:4] for soc in group}  # minor groups are told by four characters but for few
        assert 0.84 < real_desk.similarity_cut < 0.9
        inside = [
            skills.alike[i, j]
            for a, i in skills.place.items() for b, j in skills.place.items()
            if i < j and structure[a] == structure[b]
        ]  # fmt: skip
        assert real_desk.similarity_cut == pytest.approx(np.mean(inside) - np.std(inside), abs=0.01)

    def test_unknown_areas_and_rules_name_the_choices(self, real_desk):
        with pytest.raises(BadInput, match="Nearest"):
            network(real_desk, "99999")
        with pytest.raises(BadInput, match="Known"):
            network(real_desk, "US", demand_rule="luck")


class TestPathway:
    def test_nursing_in_austin(self, found, held):
        answer = pathway_answer(found["12420"], held.path_by_id["nursing"])
        assert answer.targets == {NURSE: found["12420"].nodes.in_demand[NURSE]}
        assert answer.in_demand is answer.targets[NURSE]
        assert answer.entries == (AIDE,)
        # 12 to 18 months, then 12 to 24.
        (way,) = answer.ways
        assert (way.stops, way.months, way.unknown) == ((AIDE, LPN, NURSE), (24, 42), 0)
        assert list(answer.steps.soc) == [AIDE, LPN, NURSE]
        assert list(answer.rungs.stage) == ["entry", "trained", "skilled"]
        assert list(answer.rungs.pay_low) == list(answer.steps.pay)

    @pytest.mark.parametrize("area", [LAWTON, NONMETRO, PUERTO_RICO])
    def test_in_demand_is_true_false_or_unknown(self, found, held, area):
        for pathway in held.pathways:
            answer = pathway_answer(found[area], pathway)
            assert answer.in_demand is found[area].nodes.in_demand[pathway.targets[0]]

    def test_a_pathway_is_in_demand_when_all_its_targets_are(self):
        assert together([True, True]) is True
        assert together([True, False]) is False
        assert together([True, None]) is None
        assert together([None, False]) is False
        assert together([]) is None

    def test_who_is_missing_at_which_rung(self, real_desk, found, held):
        rungs = pathway_answer(found["12420"], held.path_by_id["electrical"]).rungs.set_index("stage")
        skilled = rungs.loc["skilled"]
        assert skilled.women_pct == pytest.approx(float(real_desk.shares.women_pct[ELECTRICIAN]))
        assert "Women" in skilled.missing
        for group in GROUPS:
            share = skilled[f"{group.id}_pct"]
            short = share < PARITY * float(real_desk.everyone[group.share_field])
            assert (group.name in skilled.missing) == short
        nurses = pathway_answer(found["12420"], held.path_by_id["nursing"]).rungs.set_index("stage")
        assert "Women" not in nurses.loc["skilled"].missing

    def test_a_rung_of_several_jobs_weighs_by_the_jobs_here(self, real_desk, found, held):
        nursing = held.path_by_id["nursing"]
        steps = (*nursing.steps, Step(ELECTRICIAN, "skilled"))
        rungs = pathway_answer(found["12420"], replace(nursing, steps=steps)).rungs.set_index("stage")
        jobs, share = found["12420"].nodes.employment, real_desk.shares.women_pct.astype(float)
        both = [NURSE, ELECTRICIAN]
        expected = (jobs[both] * share[both]).sum() / jobs[both].sum()
        assert rungs.loc["skilled"].women_pct == pytest.approx(expected)
        assert rungs.loc["skilled"].jobs == pytest.approx(jobs[both].sum())

    def test_where_cps_does_not_reach_nobody_is_said_to_be_missing(self, found, held):
        for pathway in held.pathways:
            rungs = pathway_answer(found[PUERTO_RICO], pathway).rungs
            assert rungs.women_pct.isna().all()
            assert set(rungs.missing) == {()}
            assert set(rungs.untold) == {tuple(g.name for g in GROUPS)}

    def test_a_rung_without_published_jobs_or_pay_has_no_figures_instead_of_0(self, found, held):
        nodes = found[LAWTON].nodes
        hidden = next(soc for soc in nodes.index[nodes.pay.isna() & nodes.employment.isna()])
        lonely = replace(held.pathways[0], steps=(Step(hidden, "entry"),), moves=(), targets=(hidden,))
        (_, rung), = pathway_answer(found[LAWTON], lonely).rungs.iterrows()  # fmt: skip
        for name in ("pay_low", "pay_high", "openings", "jobs", "women_pct"):
            assert math.isnan(rung[name]), name
        assert (rung.pay_missing, rung.openings_missing) == (1, 1)
        assert len(rung.untold) == len(GROUPS)

    def test_a_move_that_two_pathways_tell_differently_is_told_by_each_as_it_does(self, real_desk, held):
        own = Move(LPN, NURSE, "advance", (1.0, 2.0))
        other = replace(held.path_by_id["nursing"], id="other", name="Other", moves=(own,))
        both = replace(held, pathways=(*held.pathways, other))
        answer = network(real_desk, "12420", pathway_map=both)
        assert list(pathway_answer(answer, other).moves.months_high) == [2]
        assert list(of_moves(answer, held.path_by_id["nursing"].moves).months_high) == [18, 24]

    @pytest.mark.parametrize("area", AREAS)
    def test_the_climb_is_one_of_the_ways_and_its_pay_rises(self, real_desk, area):
        """Of the committed pathways: pay and time that are told together belong to one way."""
        told = 0
        net = network(real_desk, area)
        for pathway in net.map.pathways:
            answer = pathway_answer(net, pathway)
            climb, pay = answer.climb, answer.steps.set_index("soc").pay
            if climb is None:
                continue
            told += 1
            assert climb.way in answer.ways
            assert climb.way.stops[0] in answer.entries
            assert climb.way.stops[-1] in pathway.targets
            assert (climb.low, climb.high) == (pay[climb.way.stops[0]], pay[climb.way.stops[-1]])
            assert climb.low < climb.high
            assert climb.high == max(
                pay[w.stops[-1]] for w in answer.ways if pay[w.stops[-1]] > pay[w.stops[0]]
            )
        assert told > 3

    def test_people_begin_at_the_earliest_stages_and_not_with_experience(self, found, held):
        answer = pathway_answer(found["12420"], held.path_by_id["nursing"])
        assert answer.entries == ("31-1131",)
        late = replace(held.path_by_id["nursing"], moves=held.path_by_id["nursing"].moves[:1])
        assert pathway_answer(found["12420"], late).entries == ("31-1131",)  # nurses are no beginners


class TestRoutes:
    def test_from_aide_to_nurse_by_the_pathway(self, found):
        answer = routes(found["12420"], AIDE, NURSE, suggested=False)
        for ways in answer.best.values():
            (way,) = ways
            assert list(way.stops.soc) == [AIDE, LPN, NURSE]
            assert (way.months, way.unknown, way.estimated) == ((24, 42), 0, False)
            assert way.lowest_pay == found["12420"].nodes.pay[LPN]

    @pytest.mark.parametrize("area", AREAS)
    def test_every_way_is_made_of_moves_that_exist(self, found, area):
        answer, moves = routes(found[area], AIDE, ELECTRICIAN), every_move(found[area])
        pairs = set(zip(moves.start, moves.goal, strict=True))
        assert answer.any
        for ways in answer.best.values():
            assert 1 <= len(ways) <= 3
            for way in ways:
                stops = list(way.stops.soc)
                assert (stops[0], stops[-1]) == (AIDE, ELECTRICIAN)
                assert set(pairwise(stops)) <= pairs
                assert list(zip(way.legs.start, way.legs.goal, strict=True)) == list(pairwise(stops))
                assert (way.lowest_pay is None) == way.stops.pay[1:].isna().any()
                if set(way.legs.pay_area) == {"here"}:
                    whole = way.stops.pay.iloc[-1] / way.stops.pay.iloc[0]
                    assert way.legs.pay_ratio.prod() == pytest.approx(whole)

    def test_no_way_is_an_empty_answer(self, found):
        assert not routes(found["12420"], NURSE, AIDE, suggested=False).any

    @pytest.mark.parametrize(
        ("start", "goal", "words"),
        [(NURSE, NURSE, "no steps"), ("29-0000", NURSE, "group"), (NURSE, "00-0000", "group"),
         ("99-9999", NURSE, "no figures")],
    )  # fmt: skip
    def test_what_is_no_route_is_refused(self, found, start, goal, words):
        with pytest.raises(BadInput, match=words):
            routes(found["12420"], start, goal)

    def test_estimated_times_are_told_from_stated_ones(self, found):
        moves = every_move(found["12420"])
        assert set(moves.months_estimated[moves.origin == "pathways"]) == {False}
        assert set(moves.months_estimated[moves.origin == "suggested"]) == {True}
        assert set(moves.status[moves.origin == "suggested"]) == {"suggested"}


class TestNeighbours:
    def test_onward_and_before_are_the_same_moves_seen_from_both_ends(self, found):
        here = found["12420"]
        onward = neighbours(here, AIDE, most=10_000).onward
        assert len(onward) > 5
        for goal in onward.goal:
            back = neighbours(here, goal, most=10_000).before
            assert AIDE in set(back.start)

    def test_the_pathways_own_come_first_and_the_computed_are_bounded(self, found):
        onward = neighbours(found["12420"], AIDE, most=4).onward
        assert list(onward.origin[:1]) == ["pathways"]
        assert (onward.origin == "suggested").sum() == 4
        assert onward.goal.iloc[0] == LPN
        order = ["advance", "lateral", "leap", "sideways", "not_rated"]
        computed = [order.index(r) for r in onward.reading[onward.origin == "suggested"]]
        assert computed == sorted(computed)
        assert set(neighbours(found["12420"], AIDE, suggested=False).onward.origin) == {"pathways"}

    def test_an_unrated_occupation_has_none_and_a_group_is_refused(self, found):
        alone = neighbours(found["12420"], DEVELOPER)
        assert len(alone.onward) == len(alone.before) == 0
        with pytest.raises(BadInput, match="group"):
            neighbours(found["12420"], "29-0000")


def numbers(value):
    """The answer without words: what must not differ between audiences."""
    if isinstance(value, dict):
        return {k: numbers(v) for k, v in value.items() if k not in {"audience", "suggested"}
                and not k.endswith("_in_words")}  # fmt: skip
    return [numbers(v) for v in value] if isinstance(value, list) else value


class TestExport:
    @pytest.mark.parametrize("area", AREAS)
    def test_every_answer_is_strict_json(self, real_desk, found, area):
        audience = real_desk.audiences[0]
        for answer in (
            pathways_json(found[area], audience),
            routes_json(found[area], routes(found[area], AIDE, ELECTRICIAN)),
            neighbours_json(found[area], neighbours(found[area], NURSE)),
            neighbours_json(found[area], neighbours(found[area], DEVELOPER)),
        ):
            assert json.loads(json.dumps(answer, allow_nan=False)) == answer

    def test_the_keys_are_as_agreed(self, real_desk, found):
        first = pathways_json(found["12420"], real_desk.audiences[0])[0]
        assert (first["pathway"], first["title"], first["cluster"]) == ("nursing", "Nursing", "Health")
        assert set(first["steps"][0]) >= {
            "soc", "title", "stage", "wage_median_usd_year", "openings_per_year", "in_demand",
        }  # fmt: skip
        assert set(first["moves"][0]) >= {
            "from", "to", "status", "pay_ratio", "skill_similarity", "reading",
        }  # fmt: skip
        assert first["in_demand"] is first["steps"][2]["in_demand"]

    def test_an_audience_changes_words_and_never_a_number(self, real_desk, found):
        told = {a.id: pathways_json(found["12420"], a) for a in real_desk.audiences}
        assert len(told) == 6
        first = told["coordinators"]
        for audience in real_desk.audiences:
            answer = told[audience.id]
            assert numbers(answer) == numbers(first)
            assert all(path["audience"] == audience.id for path in answer)
            move = answer[0]["moves"][0]
            assert move["reading_in_words"] == audience.words[f"reading_{move['reading']}"]
            assert bool(answer[0]["suggested"]) == audience.map.suggested
        assert told["students"][0] != first[0]

    def test_a_ratio_of_the_nation_never_stands_for_one_here(self, found):
        start = found[LAWTON].nodes.pay[AIDE]
        rows = neighbours_json(found[LAWTON], neighbours(found[LAWTON], AIDE, most=100))["next"]
        hidden = [row for row in rows if row["wage_median_usd_year"] is None]
        assert 0 < len(hidden) < len(rows)
        for row in hidden:
            assert row["pay_ratio"] is None
            assert row["pay_ratio_nation"] > 0
        for row in rows:
            if row not in hidden:
                assert row["pay_ratio"] == pytest.approx(row["wage_median_usd_year"] / start, abs=0.001)
                assert row["pay_ratio_nation"] is None

    @pytest.mark.parametrize("area", AREAS)
    def test_every_figure_names_source_period_geography_and_basis(self, real_desk, found, area):
        figures = pathways_json(found[area], real_desk.audiences[0])[0]["figures"]
        assert set(figures) >= {"wage_median_usd_year", "pay_ratio", "openings_per_year", "skill_similarity"}
        for block in figures.values():
            assert block["source"]
            assert block["period"]
            assert block["geography"]
            assert block["basis"] in {"published", "estimated"}
        assert figures["wage_median_usd_year"]["geography"] == real_desk.areas[area].name
        assert figures["wage_median_usd_year"]["basis"] == ("estimated" if area == REGION else "published")
        assert figures["openings_per_year"]["basis"] == ("published" if area == "US" else "estimated")
        assert figures["shares"]["geography"] == "United States"
        assert "all employed people in the nation" in figures["shares"]["note"]

    def test_puerto_rico_names_the_groups_without_a_share(self, real_desk, found):
        for path in pathways_json(found[PUERTO_RICO], real_desk.audiences[0]):
            for rung in path["rungs"]:
                assert set(rung["shares_pct"].values()) == {None}
                assert rung["missing_groups"] == []
                assert len(rung["groups_without_share"]) == len(GROUPS)


def test_without_pathways_routes_still_use_what_onet_relates(real_desk):
    bare = network(real_desk, "12420", pathway_map=NO_PATHWAYS)
    assert pathways_json(bare, real_desk.audiences[0]) == []
    assert bare.curated.empty
    assert routes(bare, AIDE, NURSE).any
    assert not routes(bare, AIDE, NURSE, suggested=False).any
