"""A rehearsal that has ended leaves nothing in memory; a convening on record cannot be deleted."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from lmi.contributions import adjustments, convenings, opened, rehearsals
from lmi.contributions.store import MEMORY, Store
from lmi.contributions.tables import META
from lmi.contributions.typed import new_token
from lmi.domain.adjustments import Adjustment


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Store:
    store = Store(MEMORY)
    monkeypatch.setattr(opened, "rehearsals", lambda: store)
    return store


def rows(store: Store) -> int:
    tables = [t for t in META.sorted_tables if t.name not in ("passcodes", "sign_ins", "tries")]
    counts = [select(func.count()).select_from(table) for table in tables]
    return store.read(lambda connection: sum(connection.scalar(each) or 0 for each in counts))


def rehearse(store: Store, *kinds: str, rehearsal: bool = True) -> str:
    made = convenings.create(
        store, "Health", "12420", "2026-11-25", "", "Ann", new_token(), rehearsal=rehearsal
    )
    person, _ = convenings.join(store, made.id, "Bo", "Acme", "", new_token())
    convenings.say(store, made.id, person.id, "nominate", "29-1141", {}, new_token())
    told = Adjustment(made.id, "critical", "12420", "29-1141", {"organisations": ["Acme", "Birch"]})
    adjustments.review(store, told, "accept", "", "Ann", new_token())
    for kind in kinds:
        convenings.say(store, made.id, "", kind, "", {}, new_token(), by="Ann")
    return made.id


def test_what_has_ended_is_deleted_after_a_while_and_all_of_it(memory: Store) -> None:
    later = datetime.now(UTC) + rehearsals.KEPT + timedelta(seconds=1)
    rehearse(memory, "end")
    assert rehearsals.sweep() == 0
    assert rows(memory) > 0
    assert rehearsals.sweep(later) == 1
    assert rows(memory) == 0


def test_what_goes_on_or_was_opened_again_stays(memory: Store) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    going, again = rehearse(memory), rehearse(memory, "end", "reopen")
    over = rehearse(memory, "end", "reopen", "end")
    assert rehearsals.sweep(later) == 1
    assert {each.id for each in convenings.every(memory)} == {going, again}
    assert convenings.people(memory, going)
    assert not convenings.people(memory, over)


def test_a_convening_on_record_is_never_deleted(memory: Store) -> None:
    kept = rehearse(memory, "end", rehearsal=False)
    before = rows(memory)
    with pytest.raises(ValueError, match=kept):
        rehearsals.erase(memory, kept)
    rehearsals.sweep(datetime.now(UTC) + timedelta(days=1))
    assert rows(memory) == before
