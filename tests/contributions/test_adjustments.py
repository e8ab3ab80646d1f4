"""Adjustments and their reviews on record: on SQLite and PostgreSQL alike."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from lmi.contributions import adjustments, convenings
from lmi.contributions.store import MEMORY, Store
from lmi.contributions.typed import new_token
from lmi.domain.adjustments import Adjustment, accepted, standing
from lmi.domain.convening import Convening
from lmi.domain.errors import BadInput

HOSTILE = "<script>alert(1)</script> '); DROP TABLE adjustments; -- 😀 שלום =1+1"


def meeting(store: Store, held_on: str = "2026-11-20", *, rehearsal: bool = False) -> Convening:
    return convenings.create(
        store, "Health", "12420", held_on, "Hall", "Ann", new_token(), rehearsal=rehearsal
    )


def critical(where: Convening, soc: str = "29-1141", *names: str) -> Adjustment:
    return Adjustment(where.id, "critical", "12420", soc, {"organisations": list(names or ("A", "B"))})


def decide(
    store: Store, what: Adjustment, decision: str, seen: int = 0, token: str = "", note: str = ""
) -> int:
    return adjustments.review(store, what, decision, note, "Ann", token or new_token(), seen)


def test_an_adjustment_comes_on_record_with_its_first_review(store: Store) -> None:
    where = meeting(store)
    what = critical(where, "29-1141", HOSTILE)
    assert adjustments.of(store, where.id) == []
    number = decide(store, what, "accept", note=HOSTILE)
    (row,) = adjustments.of(store, where.id)
    assert row.adjustment.organisations == (HOSTILE,)
    assert (row.adjustment.id, row.adjustment.by, row.adjustment.about) == (what.id, "Ann", what.about)
    assert (row.held_on, row.industry, row.place) == ("2026-11-20", "Health", "Hall")
    assert [(r.seq, r.decision, r.note, r.by) for r in row.reviews] == [(number, "accept", HOSTILE, "Ann")]
    assert row.decision == "accept"


def test_a_review_is_a_row_and_the_last_one_counts(store: Store) -> None:
    where = meeting(store)
    first = decide(store, critical(where), "accept")
    second = decide(store, critical(where), "decline", first)
    (row,) = adjustments.of(store, where.id)
    assert [r.seq for r in row.reviews] == [first, second]
    assert row.decision == "decline"
    assert [r for r in adjustments.every_accepted(store) if r.adjustment.convening == where.id] == []


def test_what_the_room_said_later_is_an_adjustment_of_its_own_and_replaces_the_former(store: Store) -> None:
    where = meeting(store)
    first = decide(store, critical(where), "accept")
    decide(store, critical(where, "29-1141", "A", "B", "C"), "accept", first)
    assert len(adjustments.of(store, where.id)) == 2
    (row,) = (r for r in adjustments.every_accepted(store) if r.adjustment.convening == where.id)
    assert row.adjustment.organisations == ("A", "B", "C")


def test_who_has_not_seen_the_last_review_is_refused(store: Store) -> None:
    where = meeting(store)
    decide(store, critical(where), "accept")
    with pytest.raises(BadInput, match="Somebody else decided"):
        decide(store, critical(where), "decline")
    with pytest.raises(BadInput, match="Somebody else decided"):
        decide(store, critical(where, "29-1141", "A", "B", "C"), "decline")
    assert [row.decision for row in adjustments.of(store, where.id)] == ["accept"]
    decide(store, critical(where, "31-1131"), "decline")  # about something else


def test_the_same_token_is_kept_once_also_at_the_same_time(store: Store) -> None:
    where, token = meeting(store), new_token()
    with ThreadPoolExecutor(10) as pool:
        numbers = set(pool.map(lambda _: decide(store, critical(where), "accept", token=token), range(10)))
    assert len(numbers) == 1
    assert [len(row.reviews) for row in adjustments.of(store, where.id)] == [1]
    for what, decision in ((critical(where), "decline"), (critical(where, "31-1131"), "accept")):
        with pytest.raises(BadInput, match="token is not valid"):
            decide(store, what, decision, token=token)


def test_of_two_who_decide_at_the_same_time_one_is_refused(store: Store) -> None:
    where = meeting(store)

    def attempt(decision: str) -> bool:
        try:
            return bool(decide(store, critical(where), decision))
        except BadInput:
            return False

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(attempt, ["accept", "decline"] * 4))
    assert sum(kept) == 1
    assert [len(row.reviews) for row in adjustments.of(store, where.id)] == [1]


def test_a_figure_is_proposed_once_and_waits(store: Store) -> None:
    where = meeting(store)
    value = {"figure": "employment", "adjusted": 600.0, "unit": "jobs"}
    what = Adjustment(where.id, "figure", "12420", "29-1141", value, "Two wards\nopen.")
    assert adjustments.propose(store, what, "Ann") == adjustments.propose(store, what, "Bea") == what.id
    (row,) = adjustments.of(store, where.id)
    assert (row.adjustment.by, row.adjustment.reason, row.decision) == ("Ann", "Two wards\nopen.", "")
    assert row.adjustment.id == what.id
    assert standing([row]) == (row,)
    assert accepted([row]) == ()


def test_what_does_not_fit_is_refused_and_nothing_kept(store: Store) -> None:
    where = meeting(store)
    strange = Adjustment(where.id, "strange", "12420", "29-1141")
    nowhere = Adjustment("nowhere", "critical", "12420", "29-1141")
    bare = Adjustment(where.id, "figure", "12420", "29-1141", {"figure": "employment"})
    for what, decision, match in (
        (strange, "accept", "cannot be adjusted"), (nowhere, "accept", "no such convening"),
        (bare, "accept", "reason is empty"), (critical(where), "maybe", "Nothing was decided"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=match):
            decide(store, what, decision)
    with pytest.raises(BadInput, match="too long"):
        decide(store, critical(where), "accept", note="x" * 601)
    with pytest.raises(BadInput, match="Your name is empty"):
        adjustments.propose(store, critical(where), " ")
    assert adjustments.of(store, where.id) == []


def test_the_stamp_changes_with_every_decision_and_with_nothing_else(store: Store) -> None:
    where = meeting(store)
    before = adjustments.stamp(store)
    adjustments.propose(store, critical(where), "Ann")
    assert adjustments.stamp(store) == before
    token = new_token()
    first = decide(store, critical(where), "accept", token=token)
    after = adjustments.stamp(store)
    assert after != before
    decide(store, critical(where), "accept", token=token)
    assert adjustments.stamp(store) == after
    decide(store, critical(where), "decline", first)
    assert adjustments.stamp(store) != after


def test_a_rehearsal_never_counts() -> None:
    store = Store(MEMORY)
    where = meeting(store, rehearsal=True)
    decide(store, critical(where), "accept")
    assert [row.decision for row in adjustments.of(store, where.id)] == ["accept"]
    assert adjustments.every_accepted(store) == ()
