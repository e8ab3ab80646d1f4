"""What events do to demand, over the small warehouse. Hospitals there: 6,712,760 jobs in the nation, of
them 2,020,230 nurses, 11,900 emergency physicians and 4,140 electricians."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.analysis import demand
from lmi.answers import desk as desks
from lmi.answers import export, local
from lmi.answers.event_impact import impact, ranking_moves
from lmi.answers.profile import profile
from lmi.answers.ranking import judge, rank
from lmi.answers.request import request_from_text
from lmi.sources import events_file

HEAD = "employer,event_type,jobs,announced,naics,socs,status,area_code,city,source_name\n"
LAYOFF = "Clinic,layoff,100,2026-01-01,622,,completed,12420,Austin,Paper\n"
NURSES, HOSPITAL = 2_020_230, 6_712_760
TODAY = "2026-07-01"  # the window: all of 2026


def logged(desk, folder: Path, *lines: str, as_of: str = TODAY, **changes):
    """The desk with a log of these lines, read from a file."""
    path = folder / "hiring_events.csv"
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    log = events_file.load_events(path, folder / "journal.jsonl", desk.event_known)
    assert log.problems == ()
    if changes:
        terms = dataclasses.replace(desk.settings.events, **changes)
        desk = dataclasses.replace(desk, settings=dataclasses.replace(desk.settings, events=terms))
    return desks.with_events(desk, log, as_of)


def ranked(desk, area="12420", rules=""):
    return rank(desk, request_from_text(desk, area, "all", rules))


def test_a_lay_off_goes_to_occupations_by_the_pattern_of_its_industry(small_desk, tmp_path):
    desk = logged(small_desk, tmp_path, LAYOFF)
    found = impact(desk, desk.area("12420"))
    rows = found.occupations.set_index("soc")
    assert rows.jobs_net.to_dict() == pytest.approx(
        {"29-1141": -100 * NURSES / HOSPITAL, "29-1214": -100 * 11_900 / HOSPITAL,
         "47-2111": -100 * 4_140 / HOSPITAL}
    )  # fmt: skip
    assert found.unplaced == pytest.approx(-100 * (HOSPITAL - NURSES - 11_900 - 4_140) / HOSPITAL)
    here = local.load(desk, desk.area("12420")).detailed.set_index("soc")
    assert rows.openings_per_year["29-1141"] == here.openings_per_year["29-1141"]
    assert rows.with_events["29-1141"] == pytest.approx(
        here.openings_per_year["29-1141"] - 100 * NURSES / HOSPITAL
    )
    assert rows.guarded["29-1141"] == pytest.approx(0)
    assert here.openings_with_events["29-1141"] == pytest.approx(rows.with_events["29-1141"])
    assert here.event_jobs_per_year["29-1141"] == pytest.approx(rows.jobs_net["29-1141"])
    assert np.isnan(rows.openings_per_year["29-1214"]), "not published in Austin"
    assert here.event_jobs_per_year["53-3032"] == 0


def test_the_answer_as_json(small_desk, tmp_path):
    told = "Maker,expansion,60,2026-01-01,,29-1141=15; 47-2111=45,announced,12420,Austin,Paper\n"
    unknown = "Bank,closure,,2026-02-01,,,announced,12420,Austin,Paper\n"
    desk = logged(small_desk, tmp_path, LAYOFF, told, unknown)
    answer = impact(desk, desk.area("12420")).as_json()
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    assert answer["window"] == {"from": "2026-01-01", "to": "2026-12-31"}
    assert answer["area"]["code"] == "12420"
    by_event = {e["employer"]: (e["jobs"], e["jobs_counted"]) for e in answer["jobs_by_event"]}
    gain = 60 * 0.75 * 365 / 1096  # three years are 1,096 days
    assert by_event == {"Clinic": (100, -100), "Maker": (60, pytest.approx(gain)), "Bank": (None, None)}
    *placed, last = answer["occupations"]
    assert (last["soc"], last["title"]) == (None, "Not placed in any occupation")
    total = sum(row["jobs_net"] for row in answer["occupations"])
    assert total == pytest.approx(sum(e["jobs_counted"] or 0 for e in answer["jobs_by_event"]), abs=1e-9)
    ids = {e["employer"]: e["event_id"] for e in answer["jobs_by_event"]}
    events = {row["soc"]: row["events"] for row in placed}
    assert events["29-1141"] == [ids["Clinic"], ids["Maker"]]
    assert last["events"] == [ids["Clinic"]]
    assert any("1 event of 3 without a count" in note for note in answer["notes"])


def test_a_wider_industry_stands_for_one_that_is_not_published_and_is_named(small_desk, tmp_path):
    desk = logged(small_desk, tmp_path, LAYOFF.replace(",622,", ",622110,"))
    found = impact(desk, desk.area("12420"))
    assert found.occupations.jobs_net[0] == pytest.approx(-100 * NURSES / HOSPITAL)
    assert list(found.events.used_naics) == ["622000"]
    assert any(
        "622110 General Medical and Surgical Hospitals: no pattern is published; that of 622000 Hospitals"
        in note
        for note in found.notes
    )


def test_growth_that_is_projected_is_not_counted_twice(small_desk, tmp_path):
    """An expansion adds no openings up to the growth of the occupation; without the guard all of them."""
    line = "Ward,expansion,1096,2026-01-01,,29-1141,completed,12420,Austin,Paper\n"  # 365 in 2026
    guarded = logged(small_desk, tmp_path, line)
    row = impact(guarded, guarded.area("12420")).occupations.iloc[0]
    growth = row.employment_change_per_year
    assert 0 < growth < 365
    assert row.with_events == pytest.approx(row.openings_per_year + 365 - growth)
    assert row.guarded == pytest.approx(growth)
    assert row.jobs_net == pytest.approx(365), "the net jobs are told in full"
    free = logged(small_desk, tmp_path, line, guard=False)
    row = impact(free, free.area("12420")).occupations.iloc[0]
    assert row.with_events == pytest.approx(row.openings_per_year + 365)
    assert row.guarded == pytest.approx(0)


def test_where_nothing_is_on_record_openings_stay_alone(small_desk, tmp_path):
    desk = logged(small_desk, tmp_path, LAYOFF, "Bank,closure,,2026-02-01,,,announced,26420,Houston,Paper\n")
    for code in ("14010", "26420"):  # nothing at all; nothing with a count
        rows = local.load(desk, desk.area(code)).detailed
        assert rows.event_jobs_per_year.isna().all()
        pd.testing.assert_series_equal(
            rows.openings_with_events, rows.openings_per_year.astype("float64"), check_names=False
        )
    assert impact(desk, desk.area("14010")).occupations.empty
    ranking = export.ranking_json(ranked(desk, "14010"), 1)[0]
    assert (ranking["event_jobs_per_year"], ranking["openings_with_events"]) == (None, None)
    for code in ("US", "48", "R-austin-houston"):
        assert impact(desk, desk.area(code)).occupations.jobs_net.sum() < -30, "areas around it have it too"


def test_without_a_day_nothing_counts(small_desk, tmp_path):
    desk = logged(small_desk, tmp_path, LAYOFF, as_of="")
    assert local.load(desk, desk.area("12420")).detailed.event_jobs_per_year.isna().all()
    assert impact(desk, desk.area("12420")).as_json()["jobs_by_event"][0]["jobs_counted"] is None


def test_a_rule_may_ask_for_openings_with_events(small_desk, tmp_path):
    lines = "Hospital,closure,150000,2026-01-01,622,,completed,12420,Austin,Paper\n"
    desk = logged(small_desk, tmp_path, lines)
    plain, with_events = ranked(desk), ranked(desk, rules="explorer_events")
    assert plain.rows.set_index("soc").in_demand["29-1141"] is True
    assert with_events.rows.set_index("soc").in_demand["29-1141"] is False
    shown = {line["name"]: line["value"] for line in with_events.evidence("29-1141")}
    openings = plain.local.detailed.set_index("soc").openings_per_year["29-1141"]
    assert shown["Openings a year with hiring events"] == pytest.approx(
        openings - 150_000 * NURSES / HOSPITAL, abs=1e-3
    )
    before = judge(small_desk, local.load(small_desk, small_desk.area("12420")), "explorer").verdict
    alone = judge(small_desk, local.load(small_desk, small_desk.area("12420")), "explorer_events").verdict
    assert (before == alone).all(), "without events it is the explorer rule"


@pytest.mark.parametrize("weights", [{}, {"gap": 1.0}, {"openings": 1.0}])
def test_events_move_ranks_in_a_layer_of_their_own(small_desk, tmp_path, weights):
    lines = "Hospital,closure,20000,2026-01-01,622,,completed,12420,Austin,Paper\n"
    desk = logged(small_desk, tmp_path, lines)
    request = request_from_text(desk, "12420", "all")
    request = dataclasses.replace(request, weights=tuple(weights.items()) or request.weights)
    ranking, usual = rank(desk, request), rank(small_desk, request)
    assert list(ranking.rows.soc) == list(usual.rows.soc)
    assert (ranking.rows.demand_rank == usual.rows.demand_rank).all(), "the ranking itself never moves"
    moves = ranking_moves(desk, ranking).set_index("soc")
    assert moves.rank_after["29-1141"] > moves.rank_before["29-1141"]
    assert moves.jobs_net["29-1141"] == pytest.approx(-20_000 * NURSES / HOSPITAL)
    rows = ranking.rows
    shifted = rows.assign(
        openings_per_year=rows.openings_with_events,
        supply_gap=rows.supply_gap + rows.openings_with_events - rows.openings_per_year,
    )
    kept = [name for name in usual.local.detailed.columns if name in shifted]
    again = demand.rank_demand(shifted[kept], dict(request.weights), draws=2).set_index("soc")
    assert moves.rank_after.to_dict() == again.demand_rank.to_dict()
    still = ranking_moves(small_desk, usual)
    assert (still.rank_before == still.rank_after).all()


def test_the_profile_tells_the_jobs_and_the_openings_with_events(small_desk, tmp_path):
    desk = logged(small_desk, tmp_path, LAYOFF)
    found = profile(desk, "29-1141", "12420")
    jobs, openings = found.figures["event_jobs_per_year"], found.figures["openings_with_events"]
    assert jobs.value == round(-100 * NURSES / HOSPITAL, 1)
    assert openings.value == pytest.approx(found.value("openings_per_year") + jobs.value, abs=0.11)
    assert (jobs.basis, jobs.period) == ("estimated", "2026-01-01 to 2026-12-31")
    assert "Hiring-events log" in jobs.source
    assert profile(desk, "53-3032", "12420").figures["event_jobs_per_year"].value == 0
    elsewhere = profile(desk, "29-1141", "14010").figures["event_jobs_per_year"]
    assert elsewhere.value is None
    assert "No hiring event" in elsewhere.note
    assert profile(desk, "29-0000", "12420").figures["openings_with_events"].value is None


def test_another_log_leaves_everything_else_as_it_is(small_desk, tmp_path):
    links, jobs = small_desk.links, small_desk.jobs
    desk = logged(small_desk, tmp_path, LAYOFF)
    assert desk.links is links
    assert desk.jobs is jobs
    assert desk.serial != small_desk.serial
    assert (len(desk.events.rows), desk.as_of) == (1, TODAY)
    patterns = desk.event_book.patterns
    later = desks.with_events(desk, desk.events, "2027-07-01")
    assert later.event_book.patterns is patterns, "the same industries are not read again"
    assert later.event_book.rows.jobs_counted[0] == 0
    assert desk.event_book.rows.jobs_counted[0] == -100
    more = logged(desk, tmp_path, LAYOFF, LAYOFF.replace(",622,", ",31-33,"))
    assert set(more.event_book.patterns.used.naics) == {"622", "31-33"}
