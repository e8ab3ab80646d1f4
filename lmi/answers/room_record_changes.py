"""What came of a convening, for its record: adjustments with the review of each."""

from collections.abc import Iterable, Mapping
from typing import Any

from lmi.answers.desk import Desk
from lmi.answers.room_record_said import Telling
from lmi.domain.adjustments import (
    DECISIONS,
    FIGURES,
    KINDS,
    SUPERSEDED,
    Reviewed,
    standing,
    superseded,
    texts,
)

WAITS = "waits for review"
_OF_ORGANISATIONS = ("against", "stated_by")  # lists of organisations within a value


def changes(telling: Telling, adjustments: Iterable[Reviewed]) -> list[dict[str, Any]]:
    """Each adjustment that stands: what it is about, by how many organizations, and what was decided:
    'accepted', 'declined', 'superseded' (an accepted figure, since a later one was accepted) or WAITS.

    value: by kind, see lmi.analysis.room_outcome, with organizations as everywhere in a record.
    """
    rows = standing(adjustments)
    replaced = superseded(rows)
    return [_told(telling, row, row.adjustment.id in replaced) for row in rows]


def moves_on_file(desk: Desk, adjustments: Iterable[Reviewed]) -> tuple[tuple[str, str], ...]:
    """The moves on the pathways as the room met: those of today, without what this convening added and with
    what it struck."""
    rows = list(adjustments)
    added = {row.adjustment.move for row in rows if row.adjustment.kind == "move_new"}
    struck = [row.adjustment.move for row in rows if row.adjustment.kind == "move_struck"]
    today = [move.pair for move in desk.pathways.moves()]
    return tuple(dict.fromkeys(pair for pair in (*today, *struck) if pair not in added))


def _told(telling: Telling, row: Reviewed, replaced: bool) -> dict[str, Any]:
    made, last = row.adjustment, row.last
    socs = [soc for soc in made.subject.split(">") if soc]
    called = FIGURES.get(made.text("figure"), ("", ""))[0]
    by = {"proposed_by": made.by, "decided_by": last.by if last else ""} if telling.names else {}
    return {
        "kind": made.kind, "kind_words": KINDS.get(made.kind, made.kind), "subject": made.subject,
        "titles": [telling.title(soc) for soc in socs], "figure_words": called,
        "value": _value(telling, made.value), "reason": made.reason, **telling.by(made.organisations),
        "proposed_at": made.at,
        "decision": SUPERSEDED if replaced else DECISIONS.get(row.decision, WAITS),
        "decided_at": last.at if last else None, "note": last.note if last else "", **by,
    }  # fmt: skip


def _value(telling: Telling, value: Mapping[str, object]) -> dict[str, Any]:
    """A value without the names of organizations where they may not be told."""
    told: dict[str, Any] = {}
    for name, each in value.items():
        if name in _OF_ORGANISATIONS:
            told[name] = telling.by(texts(each))
        elif isinstance(each, list | tuple):
            told[name] = [_said(telling, item) for item in each]
        else:
            told[name] = each
    told.pop("organisations", None)  # stand beside it
    return told


def _said(telling: Telling, item: object) -> object:
    if not isinstance(item, Mapping):
        return item
    plain = {key: each for key, each in item.items() if key != "organisations"}
    return plain | telling.by(texts(item.get("organisations")))
