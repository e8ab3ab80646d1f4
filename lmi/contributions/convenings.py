"""Convenings, who takes part, and what is said: written once, read back in order."""

import hmac
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from lmi.contributions import room_limits
from lmi.contributions import store as stores
from lmi.contributions.store import Store
from lmi.contributions.tables import convenings, entries, participant_names, participants
from lmi.contributions.typed import (
    cleaned,
    code_of,
    hashed,
    is_secret,
    new_code,
    new_secret,
    new_token,
    secret_of,
    token_of,
)
from lmi.domain.convening import (
    LONGEST_NAME,
    Convening,
    Entry,
    Participant,
)
from lmi.domain.errors import BadInput

_COLUMNS = (
    convenings.c.id, convenings.c.code, convenings.c.industry, convenings.c.cluster,
    convenings.c.area_code, convenings.c.held_on, convenings.c.place, convenings.c.created_at,
    convenings.c.created_by,
)  # fmt: skip


def create(
    store: Store, industry: str, area_code: str, held_on: str, place: str, by: str, token: str,
    cluster: str = "", *, rehearsal: bool = False,
) -> Convening:  # fmt: skip
    """A new convening with a code of its own. The same token again gives the one that it made."""
    values = {
        "industry": cleaned(industry, 200, "The industry", needed=True),
        "cluster": cleaned(cluster, 60, "The field"), "held_on": _day(held_on),
        "area_code": cleaned(area_code, 20, "The area", needed=True),
        "place": cleaned(place, 200, "The place"), "created_by": cleaned(by, 80, "Your name", needed=True),
        "token": token_of(token),
    }  # fmt: skip

    def add(connection: Connection) -> Convening:
        if known := connection.execute(
            select(*_COLUMNS).where(convenings.c.token == values["token"])
        ).first():
            return Convening(*known)
        code = new_code()
        while connection.execute(select(convenings.c.id).where(convenings.c.code == code)).first():
            code = new_code()
        key = ("r" if rehearsal else "") + new_token()
        connection.execute(insert(convenings).values(id=key, code=code, created_at=stores.now(), **values))
        return Convening(*connection.execute(select(*_COLUMNS).where(convenings.c.id == key)).one())

    return store.write(add)


def _day(typed: str) -> str:
    text = cleaned(typed, 10, "The date", needed=True)
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        why, todo = f"'{text}' is none.", "Write a day such as 2026-11-25."
        raise BadInput("The date is not a day.", why, todo) from None


def every(store: Store) -> list[Convening]:
    """All convenings, the newest day first."""
    asked = select(*_COLUMNS).order_by(convenings.c.held_on.desc(), convenings.c.created_at.desc())
    return [Convening(*row) for row in store.read(lambda connection: connection.execute(asked).all())]


def get(store: Store, convening_id: str) -> Convening | None:
    """One convening by its id; None if there is none."""
    asked = select(*_COLUMNS).where(convenings.c.id == convening_id)
    found = store.read(lambda connection: connection.execute(asked).first())
    return Convening(*found) if found else None


def by_code(store: Store, typed: object) -> Convening | None:
    """The convening with a join code, however it is typed; None if there is none. Limit who may try."""
    code = code_of(typed)
    asked = select(*_COLUMNS).where(convenings.c.code == code)
    found = store.read(lambda connection: connection.execute(asked).first()) if code else None
    return Convening(*found) if found else None


def join(
    store: Store, convening_id: str, name: str, organisation: str, role: str, token: str, by: str = "",
    secret: str = "",
) -> tuple[Participant, str]:  # fmt: skip
    """A new participant and the secret of their browser. The same token and secret again give the same one.

    by: who enters somebody else, '' for the person. secret: what the browser chose, so that a reply that got
    lost does not make two of one person; '' makes one. BadInput for a missing name or organisation, when the
    convening has ended or is full, for a token of somebody else, or for a secret that is easily guessed;
    TooFast when very many join at once.
    """
    secret = secret_of(secret or new_secret())
    values = {
        "organisation": cleaned(organisation, LONGEST_NAME, "The organization", needed=True),
        "joined_by": cleaned(by, 80, "Your name"),
        "secret_hash": hashed(secret), "token": token_of(token),
    }  # fmt: skip
    called = {
        "name": cleaned(name, LONGEST_NAME, "Your name", needed=True),
        "role": cleaned(role, LONGEST_NAME, "Your role"),
    }

    def add(connection: Connection) -> Participant:
        stores.for_update(connection, "convenings", convening_id)
        same = select(participants).where(
            participants.c.convening_id == convening_id, participants.c.token == values["token"]
        )
        if known := connection.execute(same).first():
            if not hmac.compare_digest(known.secret_hash, values["secret_hash"]):
                raise BadInput("You could not join.", "Somebody else has this place.", "Reload the page.")
            return _participant(connection, known)
        room_limits.check_joining(connection, convening_id)
        key = new_token()
        here = {"id": key, "convening_id": convening_id, "joined_at": stores.now()}
        connection.execute(insert(participants).values(here | values))
        connection.execute(insert(participant_names).values(participant_id=key, **called))
        found = connection.execute(select(participants).where(participants.c.id == key)).one()
        return _participant(connection, found)

    return store.write(add), secret


def _participant(connection: Connection, row: Row) -> Participant:
    asked = select(participant_names).where(participant_names.c.participant_id == row.id)
    who = connection.execute(asked).first()
    name, role = (who.name, who.role) if who else ("", "")
    return Participant(row.id, row.convening_id, row.joined_at, name, row.organisation, role, row.joined_by)


def people(store: Store, convening_id: str) -> list[Participant]:
    """Who takes part, in the order in which they joined."""
    asked = (
        select(participants, participant_names.c.name, participant_names.c.role)
        .outerjoin(participant_names)
        .where(participants.c.convening_id == convening_id)
        .order_by(participants.c.joined_at, participants.c.id)
    )
    rows = store.read(lambda connection: connection.execute(asked).all())
    return [
        Participant(
            r.id, r.convening_id, r.joined_at, r.name or "", r.organisation, r.role or "", r.joined_by
        )
        for r in rows
    ]


def who_has(store: Store, convening_id: str, secret: object) -> Participant | None:
    """The participant whose browser keeps this secret; None for any other text."""
    if not is_secret(secret):
        return None
    asked = (
        select(participants)
        .where(participants.c.convening_id == convening_id, participants.c.secret_hash == hashed(str(secret)))
        .order_by(participants.c.joined_at, participants.c.id)
    )

    def find(connection: Connection) -> Participant | None:
        found = connection.execute(asked).first()
        return _participant(connection, found) if found else None

    return store.read(find)


def forget_name(store: Store, participant_id: str) -> bool:
    """Delete a participant's name and role; what they said stays with the organisation. Whether there was
    a name."""
    gone = participant_names.delete().where(participant_names.c.participant_id == participant_id)
    return store.write(lambda connection: connection.execute(gone).rowcount > 0)


def say(
    store: Store, convening_id: str, participant_id: str, kind: str, subject: str, value: Mapping[str, Any],
    token: str, question: str = "", by: str = "",
) -> int:  # fmt: skip
    """Keep one entry; returns its number. The same token again returns the number that it has.

    What may be said when is decided by lmi.analysis.room_rules before. What can have changed since is looked
    at again here, while nobody else writes: BadInput from a participant once the convening has ended, for a
    nomination beyond the most, and for too much; TooFast for too much in a minute.
    """
    key = token_of(token)
    row = {
        "convening_id": convening_id, "participant_id": participant_id or None, "by": by,
        "kind": kind, "question": question, "subject": subject, "token": key,
        "value": json.dumps(value, ensure_ascii=False),
    }  # fmt: skip

    def add(connection: Connection) -> int:
        stores.for_update(connection, "convenings", convening_id)
        known = _kept(connection, convening_id, participant_id, key)
        if known:
            return known
        if participant_id:
            heard = Entry(0, convening_id, participant_id, "", by, kind, subject, question, value)
            room_limits.check_saying(connection, heard)
        return int(
            connection.execute(
                insert(entries).values(row | {"at": stores.now()}).returning(entries.c.seq)
            ).scalar_one()
        )

    return store.write(add)


def kept(store: Store, convening_id: str, participant_id: str, token: str) -> int:
    """The number of the entry that was kept with this token; 0 if there is none. BadInput for a token of
    somebody else."""
    key = token_of(token)
    return store.read(lambda connection: _kept(connection, convening_id, participant_id, key))


def _kept(connection: Connection, convening_id: str, participant_id: str, token: str) -> int:
    asked = select(entries.c.seq, entries.c.participant_id).where(
        entries.c.convening_id == convening_id, entries.c.token == token
    )
    found = connection.execute(asked).first()
    if found is None:
        return 0
    if (found.participant_id or "") != participant_id:
        raise BadInput("The token is not valid.", "Somebody else used it.", "Reload the page.")
    return int(found.seq)


def said(store: Store, convening_id: str, after: int = 0) -> list[Entry]:
    """All entries of a convening after a number, in order."""
    asked = (
        select(entries)
        .where(entries.c.convening_id == convening_id, entries.c.seq > after)
        .order_by(entries.c.seq)
    )
    return [
        room_limits.entry_of(row) for row in store.read(lambda connection: connection.execute(asked).all())
    ]


def stamp(store: Store, convening_id: str) -> tuple[int, int, int]:
    """Changes whenever somebody joined, is forgotten or said something: for those who look again."""
    heard = select(func.count(), func.coalesce(func.max(entries.c.seq), 0))
    there = select(func.count(participants.c.id), func.count(participant_names.c.participant_id)).select_from(
        participants.outerjoin(participant_names)
    )

    def ask(connection: Connection) -> tuple[int, int, int]:
        count, last = connection.execute(heard.where(entries.c.convening_id == convening_id)).one()
        people, named = connection.execute(there.where(participants.c.convening_id == convening_id)).one()
        return int(count), int(last), 2 * int(people) - int(named)  # one up for who joins or is forgotten

    return store.read(ask)
