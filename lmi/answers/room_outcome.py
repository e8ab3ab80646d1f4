"""The outcome of a convening: what it proposes, what was decided, and how it gets into pathways.yaml."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lmi.analysis.room import Room
from lmi.analysis.room_outcome import proposals
from lmi.answers import outcome_changes, outcome_words
from lmi.answers.desk import Desk
from lmi.answers.outcome_changes import Place, Prepared
from lmi.answers.room_chosen import chosen, told_before
from lmi.contributions import adjustments, opened
from lmi.domain.adjustments import (
    DECISIONS,
    KINDS,
    MOVES,
    SUPERSEDED,
    Adjustment,
    Reviewed,
    standing,
    superseded,
    with_value,
)
from lmi.domain.errors import BadInput, LmiError
from lmi.places import Places
from lmi.sources import pathway_versions


@dataclass(frozen=True)
class Item:
    """One proposal. record: what was decided of it, None while it waits. changed: the room says something
    else now than what was decided; adjustment is then what it says now. withdrawn: the room does not propose
    it any more. before, after: in words. seen: the number of the last review about the same, 0 for none.
    places: where a new move fits. in_file: a move that pathways.yaml has already. trouble: why a move cannot
    be put there. superseded: an accepted figure that does not count, since a later one was accepted."""

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
    superseded: bool = False

    @property
    def decision(self) -> str:
        """'accept', 'decline', or '' = to be decided."""
        return self.record.decision if self.record and not self.changed else ""

    @property
    def counts(self) -> bool:
        """Whether it was accepted and no later decision took its place."""
        return self.record is not None and self.record.decision == "accept" and not self.superseded

    @property
    def standing(self) -> str:
        """The decision as a record says it: 'accepted', 'declined', 'superseded', '' = to be decided."""
        return SUPERSEDED if self.superseded else DECISIONS.get(self.decision, "")


def outcome(desk: Desk, room: Room, rows: Sequence[Reviewed]) -> tuple[Item, ...]:
    """Every proposal of a room, in the order of KINDS. rows: lmi.contributions.adjustments.of it."""
    stand = standing(rows)
    figures = [row for row in stand if row.adjustment.kind == "figure"]
    known = {row.adjustment.about: row for row in stand if row.adjustment.kind != "figure"}
    pairs: list[tuple[Adjustment, Reviewed | None]] = []
    for now in proposals(room, _on_file(desk, rows), _chosen(desk, room, rows)):
        pairs.append((now, known.pop(now.about, None)))
    pairs += [(row.adjustment, row) for row in (*known.values(), *figures)]
    seen, replaced = _seen(stand), superseded(stand)
    items = [
        replace(
            _item(desk, room, now, record, now.about in known), seen=seen.get(now.about, 0),
            superseded=now.id in replaced,
        )
        for now, record in pairs
    ]  # fmt: skip
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
    decided = Counter(item.standing or "waits" for item in items)
    return {
        "proposed": len(items), "accepted": decided["accepted"], "declined": decided["declined"],
        "superseded": decided[SUPERSEDED], "waiting": decided["waits"],
        "adjustments": [_plain(item) for item in items],
    }  # fmt: skip


def _plain(item: Item) -> dict[str, Any]:
    last = item.record.last if item.record else None
    told = item.adjustment
    return {
        "id": told.id, "convening": told.convening, "kind": told.kind, "subject": told.subject,
        "title": item.title, "value": dict(told.value), "reason": told.reason,
        "before": list(item.before), "after": list(item.after),
        "decision": item.standing or "waits",
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


def _on_file(desk: Desk, rows: Sequence[Reviewed]) -> list[tuple[str, str]]:
    """The moves of the draft, and those that this convening struck: they stood there when it met."""
    struck = [row.adjustment.move for row in rows if row.adjustment.kind == "move_struck"]
    return [*(move.pair for move in desk.draft.moves()), *struck]


def _chosen(desk: Desk, room: Room, rows: Sequence[Reviewed]) -> dict[str, Mapping[str, object]]:
    """The skills and programs that were chosen, by id."""
    found: dict[str, Mapping[str, object]] = {}
    before = told_before(rows)
    for soc in room.answered:
        found |= chosen(desk, room, before, "lacking", soc)
    return found | chosen(desk, room, before, "programs")


def _seen(rows: Sequence[Reviewed]) -> dict[tuple[str, str, str, str], int]:
    """The number of the last review of anything about the same."""
    last = [(row.last.seq, row.adjustment.about) for row in rows if row.last]
    return {about: seq for seq, about in sorted(last)}
