"""Accepted adjustments beside the figures: counted by organisation, area and age, and a rule that asks."""

import json
from pathlib import Path

import pytest

from lmi.answers import adjusted, employers_said, local, room_lists
from lmi.answers.adjusted import NOTHING, Adjusted
from lmi.answers.desk import Desk, with_adjustments
from lmi.answers.export import ranking_json
from lmi.answers.ranking import Ranking, judge, rank
from lmi.contributions import adjustments, opened
from lmi.contributions.store import Unkept
from lmi.contributions.typed import new_token
from lmi.domain.adjustments import Adjustment, Review, Reviewed
from lmi.domain.selection import Request
from tests.contributions.test_adjustments import critical, decide, meeting

NURSE, AIDE, OTHER = "29-1141", "31-1131", "47-2111"
AUSTIN, HOUSTON = "12420", "26420"
TODAY = "2026-11-25"


def row(
    subject: str, *firms: str, kind: str = "critical", held_on: str = "2026-11-20", area: str = AUSTIN,
    of: str = "c1", **value: object,
) -> Reviewed:  # fmt: skip
    told = Adjustment(of, kind, area, subject, {"organisations": list(firms), **value})
    return Reviewed(told, (Review(1, told.id, "", "Ann", "accept"),), held_on, "Health")


def desk_with(desk: Desk, *rows: Reviewed) -> Desk:
    return with_adjustments(desk, Adjusted(rows, TODAY))


def ranked(desk: Desk, rule: str = "explorer") -> Ranking:
    weights = tuple(desk.weight_presets[0].weights.items())
    return rank(desk, Request(AUSTIN, "all", rule, weights))


def counts(desk: Desk, area: str = AUSTIN) -> dict[str, float]:
    found = local.load(desk, desk.area(area)).detailed
    return dict(zip(found.soc, found.employers_critical, strict=True))


def test_organisations_are_counted_once_over_convenings(small_desk: Desk) -> None:
    desk = desk_with(
        small_desk, row(NURSE, "Acme", "Birch"), row(AIDE, "Acme", "Birch"),
        row(NURSE, "ACME Inc.", "Cedar", of="c2", held_on="2026-03-01"),
    )  # fmt: skip
    found = counts(desk)
    assert (found[NURSE], found[AIDE], found[OTHER]) == (3, 2, 0)
    assert counts(small_desk)[NURSE] == 0
    both = desk.adjustments.critical(desk.area(AUSTIN))[NURSE]
    assert both.newest == "2026-11-20"
    assert [r.held_on for r in both.rows] == ["2026-11-20", "2026-03-01"]


def test_a_convening_counts_in_its_area_and_in_regions_that_hold_it(small_desk: Desk) -> None:
    desk = desk_with(small_desk, row(NURSE, "Acme", "Birch", area=HOUSTON))
    assert (counts(desk)[NURSE], counts(desk, HOUSTON)[NURSE]) == (0, 2)
    assert counts(desk, "R-austin-houston")[NURSE] == 2
    assert counts(desk, "48")[NURSE] == 0


@pytest.mark.parametrize(
    ("held_on", "counted"),
    [("2026-11-25", 2), ("2024-11-25", 2), ("2024-11-24", 0), ("2026-12-01", 2), ("", 0)],
)
def test_it_counts_for_24_months(small_desk: Desk, held_on: str, counted: int) -> None:
    found = desk_with(small_desk, row(NURSE, "Acme", "Birch", held_on=held_on))
    assert counts(found)[NURSE] == counted
    assert len(found.adjustments.of(found.area(AUSTIN), NURSE)) == 1  # it stays on record


def test_without_a_day_nothing_counts(small_desk: Desk) -> None:
    desk = with_adjustments(small_desk, Adjusted((row(NURSE, "Acme", "Birch"),), ""))
    assert counts(desk)[NURSE] == 0


def test_only_what_is_critical_counts(small_desk: Desk) -> None:
    desk = desk_with(
        small_desk, row(NURSE, "A", "B", kind="lacking"), row(f"{NURSE}>{AIDE}", "A", "B", kind="move_new")
    )
    assert counts(desk)[NURSE] == 0
    assert [r.adjustment.kind for r in desk.adjustments.of_move(NURSE, AIDE)] == ["move_new"]
    assert desk.adjustments.of_move(AIDE, NURSE) == ()


def test_a_desk_keeps_what_it_has_worked_out(small_desk: Desk) -> None:
    assert small_desk.links is not None
    assert small_desk.event_book is not None
    desk = desk_with(small_desk, row(NURSE, "A", "B"))
    assert desk.links is small_desk.links
    assert desk.event_book is small_desk.event_book
    assert desk.serial != small_desk.serial
    assert small_desk.adjustments is NOTHING


def test_the_rule_with_employers_adds_what_three_organisations_call_critical(small_desk: Desk) -> None:
    plain = ranked(small_desk)
    out = next(soc for soc, met in zip(plain.rows.soc, plain.rows.in_demand, strict=True) if met is False)
    two = desk_with(small_desk, row(out, "A", "B"))
    three = desk_with(small_desk, row(out, "A", "B", "C"))

    def met(desk: Desk, rule: str) -> dict[str, object]:
        found = ranked(desk, rule).rows
        return dict(zip(found.soc, found.in_demand, strict=True))

    assert met(small_desk, "explorer_employers") == met(small_desk, "explorer")
    assert met(two, "explorer_employers")[out] is False
    assert met(three, "explorer_employers") == met(three, "explorer") | {out: True}
    for rule in small_desk.demand_rules.ids():
        if rule != "explorer_employers":
            here, there = (local.load(d, d.area(AUSTIN)) for d in (small_desk, three))
            assert (judge(small_desk, here, rule).verdict == judge(three, there, rule).verdict).all()


def test_the_evidence_names_the_convening(small_desk: Desk) -> None:
    desk = desk_with(small_desk, row(NURSE, "A", "B", "C"))
    found = ranked(desk, "explorer_employers")
    last = found.evidence(NURSE)[-1]
    assert (last["name"], last["value"], last["threshold"], last["pass"]) == (
        "Organizations that call it critical", 3.0, 3.0, True,
    )  # fmt: skip
    assert last["source"] == "Health, 2026-11-20 (3 organizations)"
    assert found.evidence(AIDE)[-1]["source"] == "No convening on record"
    rows = json.loads(json.dumps(ranking_json(found)))
    (nurse,) = [r for r in rows if r["soc"] == NURSE]
    assert nurse["employers_critical"] == 3


def test_what_employers_said_of_an_occupation_holds_programs_that_lead_to_it(small_desk: Desk) -> None:
    area = small_desk.area(AUSTIN)
    leading = dict(room_lists.programs_of(small_desk, AUSTIN, (NURSE,)))
    other = next(p for p in dict(room_lists.programs_of(small_desk, AUSTIN)) if p not in leading)
    first = next(iter(leading))
    said = [
        {"id": other, "words": "Elsewhere", "organisations": ["A"]},
        {"id": first, "words": leading[first], "organisations": ["A", "B"]},
        {"id": "", "words": "Ours", "organisations": ["B"]},
    ]
    desk = desk_with(
        small_desk, row("", "A", "B", kind="programs", programs=said),
        row(NURSE, "A", "B", held_on="2020-01-01"),
        row(NURSE, "A", "B", of="c2"), row(NURSE, "A", kind="figure", figure="employment", adjusted=5.0),
    )  # fmt: skip
    found = employers_said.of_occupation(desk, area, NURSE)
    assert [(r.adjustment.kind, r.held_on[:4]) for r in found] == [
        ("critical", "2026"), ("critical", "2020"), ("figure", "2026"), ("programs", "2026"),
    ]  # fmt: skip
    assert [p.words for p in employers_said.leading_here(desk, found[-1], NURSE)] == [leading[first]]
    assert employers_said.of_occupation(desk, area, OTHER) == ()


def test_what_is_accepted_is_read_from_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMI_DATABASE", f"sqlite:///{tmp_path}/one.sqlite")
    assert adjusted.load(TODAY) == Adjusted((), TODAY)
    assert list(tmp_path.iterdir()) == [], "reading makes no database"
    store = opened.store()
    where = meeting(store)
    first = decide(store, critical(where), "accept")
    decide(store, critical(where, AIDE), "decline")
    assert [r.adjustment.subject for r in adjusted.load(TODAY).rows] == [NURSE]
    adjustments.review(store, critical(where), "decline", "", "Ann", new_token(), first)
    assert adjusted.load(TODAY).rows == ()


def test_a_database_that_cannot_be_read_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.sqlite").write_bytes(b"no database" * 100)
    monkeypatch.setenv("LMI_DATABASE", f"sqlite:///{tmp_path}/bad.sqlite")
    with pytest.raises(Unkept, match="cannot be opened"):
        adjusted.load(TODAY)


def test_what_employers_said_as_json_counts_and_names_nobody(small_desk: Desk) -> None:
    reasons = [
        {"id": "hard", "words": "It is hard to fill", "organisations": ["Acme", "Birch"]},
        {"id": "", "words": "Ask Bo at Acme", "organisations": ["Acme"]},
    ]
    figure = {"figure": "openings_per_year", "adjusted": 900, "published": {"value": 700}}
    desk = desk_with(
        small_desk, row(NURSE, "Acme", "Birch", reasons=reasons), row(NURSE, "Acme", kind="figure", **figure)
    )
    first, second = employers_said.as_json(desk, desk.area(AUSTIN), NURSE)
    assert (first["kind"], first["organizations"], first["held_on"]) == ("critical", 2, "2026-11-20")
    assert first["says"] == [{"id": "hard", "words": "It is hard to fill", "organizations": 2}]
    assert "900" in str(second["adjusted"])
    assert "700" in str(second["published"])
    assert not {"Acme", "Birch", "Bo"} & set(json.dumps([first, second]).replace('"', " ").split())
    assert employers_said.as_json(small_desk, small_desk.area(AUSTIN), NURSE) == []
