"""How much is taken in a convening, and whether anything is: looked at while nobody else writes to it."""

import json
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, Row, func, select

from lmi.contributions import store as stores
from lmi.contributions.tables import entries, participants
from lmi.domain.convening import (
    MOST_A_MINUTE,
    MOST_ENTRIES,
    MOST_JOINS,
    MOST_NOMINATED,
    MOST_PARTICIPANTS,
    Entry,
    is_named,
    set_aside,
    standing_nominations,
)
from lmi.domain.errors import BadInput

_MINUTE = timedelta(minutes=1)


class TooFast(BadInput):
    """More in a minute than is taken; the same can be sent again in a moment."""


def check_joining(connection: Connection, convening_id: str) -> None:
    """BadInput if nobody more can come in: those who are set aside take no place."""
    if _has_ended(connection, convening_id):
        raise BadInput("You could not join.", "The convening has ended.", "Ask the facilitator.")
    here = participants.c.convening_id == convening_id
    there = connection.scalar(select(func.count()).where(here)) or 0
    if there >= MOST_PARTICIPANTS:
        acts = select(entries).where(entries.c.convening_id == convening_id).order_by(entries.c.seq)
        gone = set_aside(map(entry_of, connection.execute(acts.where(entries.c.kind.in_(("aside", "back"))))))
        if there - len(gone) >= MOST_PARTICIPANTS:
            why = f"{MOST_PARTICIPANTS} people are in, the most."
            raise BadInput("The room is full.", why, "Ask the facilitator.")
    lately = select(func.count()).where(here, participants.c.joined_at > _a_minute_ago())
    if (connection.scalar(lately) or 0) >= MOST_JOINS:
        raise TooFast("Very many are joining.", f"{MOST_JOINS} a minute are let in.", "Wait a moment.")


def check_saying(connection: Connection, heard: Entry) -> None:
    """BadInput if what a participant says cannot be kept any more, TooFast if it is too much in a minute.
    What somebody enters for them is not limited by time."""
    _check_amount(connection, heard)
    if _has_ended(connection, heard.convening):
        raise BadInput("The convening has ended.", "Nothing can be added any more.", "Ask the facilitator.")
    if heard.kind == "nominate":
        _check_nominations(connection, heard)


def entry_of(row: Row) -> Entry:
    """One row of what was said."""
    value = json.loads(row.value)
    return Entry(
        row.seq, row.convening_id, row.participant_id or "", row.at, row.by, row.kind, row.subject,
        row.question, value if isinstance(value, dict) else {},
    )  # fmt: skip


def _has_ended(connection: Connection, convening_id: str) -> bool:
    last = (
        select(entries.c.kind)
        .where(entries.c.convening_id == convening_id, entries.c.kind.in_(("end", "reopen")))
        .order_by(entries.c.seq.desc())
    )
    return connection.scalar(last.limit(1)) == "end"


def _a_minute_ago() -> str:
    return stores.moment(-_MINUTE)


def _check_amount(connection: Connection, heard: Entry) -> None:
    theirs = select(func.count()).where(*_theirs(heard))
    if (connection.scalar(theirs) or 0) >= MOST_ENTRIES:
        why = f"{MOST_ENTRIES:,} answers of one participant are the most."
        raise BadInput("Nothing more can be kept.", why, "Ask the facilitator.")
    lately = theirs.where(entries.c.at > _a_minute_ago(), entries.c.by == "")
    if not heard.by and (connection.scalar(lately) or 0) >= MOST_A_MINUTE:
        why = f"{MOST_A_MINUTE} answers a minute of one participant are the most."
        raise TooFast("This is too much at once.", why, "Wait a moment.")


def _check_nominations(connection: Connection, heard: Entry) -> None:
    asked = select(entries).where(*_theirs(heard), entries.c.kind.in_(("nominate", "withdraw")))
    rows = connection.execute(asked.order_by(entries.c.seq))
    named = standing_nominations(map(entry_of, rows)).values()
    if len(named) >= MOST_NOMINATED and not is_named(heard, named):
        why = f"You have named {MOST_NOMINATED}, the most."
        raise BadInput("It was not added.", why, "Take one back first.")


def _theirs(heard: Entry) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What the participant of an entry has said in its convening."""
    return entries.c.convening_id == heard.convening, entries.c.participant_id == heard.participant
