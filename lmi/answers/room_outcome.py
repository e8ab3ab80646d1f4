"""The outcome of a convening: what it proposes, what was decided, and how it gets into pathways.yaml."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lmi.analysis.room import Room
from lmi.analysis.room_outcome import proposals
from lmi.answers import outcome_changes, outcome_words, room_lists
from lmi.answers.desk import Desk
from lmi.answers.outcome_changes import Place, Prepared
from lmi.contributions import adjustments, opened
from lmi.domain.adjustments import KINDS, MOVES, Adjustment, Reviewed, standing, with_value
from lmi.domain.errors import BadInput, LmiError
from lmi.places import Places
from lmi.sources import pathway_versions


@dataclass(frozen=True)
class Item:
    """One proposal. record: what was decided of it, None while it waits. changed: the room says something
    else now than what was decided; adjustment is then what it says now. withdrawn: the room does not propose
    it any more. before, after: in words. seen: the number of the last review about the same, 0 for none.
    places: where a new move fits. in_file: a move that pathways.yaml has already. trouble: why a move cannot
    be put there."""

    adjustment: Adjustment
    record: Reviewed | None
    changed: bool
    withdrawn: bool
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    seen: int = 0
    places: tuple[Place, ...] = ()
    in_file: bool = False
    trouble: str = ""

    @property
    def decision(self) -> str:
        """'accept', 'decline', or '' = to be decided."""
        return self.record.decision if self.record and not self.changed else ""


def outcome(desk: Desk, room: Room, rows: Sequence[Reviewed]) -> tuple[Item, ...]:
    """Every proposal of a room, in the order of KINDS. rows: lmi.contributions.adjustments.of it."""
    on_file = [move.pair for move in desk.draft.moves()]
    known = {row.adjustment.about: row for row in standing(rows)}
    seen = {about: row.last.seq for about, row in known.items() if row.last}
    pairs: list[tuple[Adjustment, Reviewed | None]] = []
    for now in proposals(room, on_file, _names(desk, room)):
        pairs.append((now, known.pop(now.about, None)))
    pairs += [(row.adjustment, row) for row in known.values()]
    stored = {row.adjustment.id for row in known.values()}
    pairs += [
        (row.adjustment, None)
        for row in rows
        if row.adjustment.kind == "figure" and not row.reviews and row.adjustment.id not in stored
    ]
    gone = {about for about, row in known.items() if row.adjustment.kind != "figure"}
    items = [
        replace(_item(desk, room, now, record, now.about in gone), seen=seen.get(now.about, 0))
        for now, record in pairs
    ]
    return tuple(sorted(items, key=lambda item: list(KINDS).index(item.adjustment.kind)))


def decide(
    room: Room, item: Item, decision: str, note: str, by: str, token: str, pathway: str = "", stage: str = ""
) -> int:
    """Keep what a coordinator decides of an item; returns the review's number.

    pathway, stage: of a new move, from item.places. BadInput if it does not fit or somebody else decided
    meanwhile. A rehearsal's stays in memory.
    """
    chosen = item.adjustment
    if chosen.kind == "move_new" and decision == "accept" and item.places:
        place = next((p for p in item.places if p.pathway == pathway), item.places[0])
        chosen = with_value(
            chosen, pathway=place.pathway, stage=stage if stage in place.stages else (*place.stages, "")[0]
        )
    store = opened.store_of(room.convening.id)
    return adjustments.review(store, chosen, decision, note, by, token, item.seen)


def waiting_moves(items: Sequence[Item]) -> tuple[Reviewed, ...]:
    """Accepted moves that pathways.yaml does not have yet, or has otherwise."""
    return tuple(
        item.record
        for item in items
        if item.record and item.decision == "accept" and item.adjustment.kind in MOVES and not item.in_file
    )


def prepare(places: Places, rows: Sequence[Reviewed], socs: Mapping[str, str]) -> Prepared:
    """pathways.yaml with accepted moves, as it would be saved. BadFile if it has mistakes now."""
    text = pathway_versions.read(places.pathways)
    return outcome_changes.prepare(text, rows, socs, places.pathways.name)


def save(places: Places, room: Room, prepared: Prepared, socs: Mapping[str, str]) -> None:
    """Put what was prepared in the place of pathways.yaml, all or nothing.

    BadInput for a rehearsal, if somebody changed the file meanwhile, or if it holds no draft; LmiError if it
    cannot be written. What was accepted stays on record and can be saved again.
    """
    if room.convening.rehearsal:
        raise BadInput("Nothing was saved.", "This is a rehearsal.", "Hold a convening.")
    base = pathway_versions.digest(prepared.before)
    pathway_versions.save(places.pathways, places.versions, prepared.text, base, socs)


def as_json(desk: Desk, room: Room, rows: Sequence[Reviewed]) -> dict[str, Any]:
    """The outcome as JSON-ready structures: what was proposed, before and after, and what was decided."""
    items = outcome(desk, room, rows)
    decided = Counter(item.decision or "waits" for item in items)
    return {
        "proposed": len(items), "accepted": decided["accept"], "declined": decided["decline"],
        "waiting": decided["waits"], "adjustments": [_plain(item) for item in items],
    }  # fmt: skip


def _plain(item: Item) -> dict[str, Any]:
    last = item.record.last if item.record else None
    told = item.adjustment
    return {
        "id": told.id, "convening": told.convening, "kind": told.kind, "subject": told.subject,
        "title": item.title, "value": dict(told.value), "reason": told.reason,
        "before": list(item.before), "after": list(item.after),
        "decision": {"accept": "accepted", "decline": "declined"}.get(item.decision, "waits"),
        "note": last.note if last and item.decision else "", "decided_by": last.by if last else "",
        "decided_at": last.at if last else "", "changed_since": item.changed, "in_file": item.in_file,
        "trouble": item.trouble,
    }  # fmt: skip


def _item(desk: Desk, room: Room, now: Adjustment, record: Reviewed | None, gone: bool) -> Item:
    same = record is not None and record.adjustment.says_as(now)
    shown = record.adjustment if record is not None and same else now
    item = Item(
        shown, record, record is not None and not same, gone, outcome_words.title(desk, shown),
        outcome_words.before(desk, shown), outcome_words.after(desk, shown, room.convening.held_on),
    )  # fmt: skip
    return _move_item(desk, item, room.convening.held_on) if shown.kind in MOVES else item


def _move_item(desk: Desk, item: Item, held_on: str) -> Item:
    """The same with where it fits and whether the file has it already."""
    fitting = outcome_changes.places(desk.draft, item.adjustment.move)
    try:
        there = not outcome_changes.changes(desk.draft, item.adjustment, held_on)
    except LmiError as error:
        return replace(item, places=fitting, trouble=error.line())
    return replace(item, places=fitting, in_file=there)


def _names(desk: Desk, room: Room) -> dict[str, str]:
    """Words for the skills and programs that were chosen."""
    answers = [e for e in room.entries if e.kind == "answer"]
    found: dict[str, str] = {}
    for soc in dict.fromkeys(e.subject for e in answers if e.question == "lacking"):
        found |= dict(room_lists.skills_of(desk, soc))
    if room.convening.area_code in desk.areas and any(e.question == "programs" for e in answers):
        found |= dict(room_lists.programs_of(desk, room.convening.area_code))
    return found
