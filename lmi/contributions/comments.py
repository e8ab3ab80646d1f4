"""Comments, the decisions on them, and the personal data of who wrote them, which can be deleted."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, Row, delete, func, insert, select, text

from lmi.contributions import store as stores
from lmi.contributions.address_key import mark
from lmi.contributions.store import Store
from lmi.contributions.tables import comment_people, comment_reviews, comments, tries
from lmi.contributions.typed import cleaned, new_token, token_of
from lmi.domain.comments import (
    DECISIONS,
    FORGET,
    LONGEST_ANSWER,
    LONGEST_EMAIL,
    LONGEST_ORGANISATION,
    LONGEST_PERSON,
    LONGEST_TEXT,
    MINUTES,
    OVERALL,
    OVERALL_MINUTES,
    PER_ADDRESS,
    PER_SESSION,
    THE_TRAP,
    Comment,
    Person,
    Review,
    Subject,
    checked,
    email_of,
)
from lmi.domain.errors import BadInput

_ONE_AT_A_TIME = 7_146_205  # PostgreSQL's lock while a comment is counted and kept
_BY_SESSION, _BY_ADDRESS = "comment", "comment_from"  # kinds of tries


def add(
    store: Store, subject: Subject, area_code: str, organisation: object, words: object, token: str, *,
    name: object = "", email: object = "", session: str = "", address: str = "", trapped: bool = False,
) -> Comment:  # fmt: skip
    """Keep a comment; it is held, or hidden if it is trapped. The same token again gives the one it kept.

    session, address: of the browser, '' if unknown; only marks of them are kept, for an hour. BadInput, in
    words, for what does not fit, and for more comments than one may write.
    """
    if before := kept(store, key := token_of(token)):
        return before
    about, now = checked(subject), stores.now()
    row = {
        "id": new_token(), "at": now, "token": key,
        "organisation": cleaned(organisation, LONGEST_ORGANISATION, "The organization", needed=True),
        "text": cleaned(words, LONGEST_TEXT, "The comment", needed=True, lines=True),
        "page": about.page, "subject_kind": about.kind, "subject": about.id,
        "area_code": cleaned(area_code, 20, "The region"),
    }  # fmt: skip
    person = {
        "name": cleaned(name, LONGEST_PERSON, "Your name"),
        "email": email_of(cleaned(email, LONGEST_EMAIL, "The e-mail address")),
    }
    whose = [mark(store, f"{what} {who}") if who else "" for what, who in (("tab", session), ("at", address))]

    def keep(connection: Connection) -> Comment:
        _in_turn(connection)
        if found := _by_token(connection, key):
            return found
        _count(connection, *whose)
        connection.execute(insert(comments).values(row))
        if any(person.values()):
            connection.execute(insert(comment_people).values(comment_id=row["id"], **person))
        if trapped:
            hidden = {"comment_id": row["id"], "at": now, "by": THE_TRAP, "decision": "hide", "token": key}
            connection.execute(insert(comment_reviews).values(hidden))
        return _one(connection, str(row["id"]))

    return store.write(keep)


def kept(store: Store, token: str) -> Comment | None:
    """The comment that was kept with a token; None if there is none."""
    return store.read(lambda connection: _by_token(connection, token))


def every(store: Store) -> list[Comment]:
    """All comments with their decisions, the newest first."""
    asked = select(comments).order_by(comments.c.at.desc(), comments.c.id)

    def ask(connection: Connection) -> list[Comment]:
        decided: dict[str, list[Review]] = {}
        for row in connection.execute(select(comment_reviews).order_by(comment_reviews.c.seq)):
            decided.setdefault(row.comment_id, []).append(_review(row))
        return [_comment(row, decided.get(row.id, ())) for row in connection.execute(asked)]

    return store.read(ask)


def people(store: Store) -> dict[str, Person]:
    """Id of a comment -> who wrote it, where they said so. For coordinators only."""
    rows = store.read(lambda connection: connection.execute(select(comment_people)).all())
    return {row.comment_id: Person(row.name, row.email) for row in rows}


def stamp(store: Store) -> tuple[int, int]:
    """Changes whenever a comment comes or is decided on. Cheap: for those who ask again and again."""
    asked = select(
        select(func.count(comments.c.id)).scalar_subquery(),
        select(func.count(comment_reviews.c.seq)).scalar_subquery(),
    )
    there, decided = store.read(lambda connection: connection.execute(asked).one())
    return int(there), int(decided)


def review(
    store: Store, comment_id: str, decision: str, by: str, token: str, *, answer: object = "",
    seen: int | None = None,
) -> Comment:  # fmt: skip
    """Keep a decision: 'publish', 'answer' (publishes with the answer) or 'hide'. The latest one holds.

    seen: the number of the latest row that was seen by who decides. BadInput if somebody has decided since.
    """
    said = cleaned(answer, LONGEST_ANSWER, "The answer", needed=decision == "answer", lines=True)
    if decision not in DECISIONS:
        raise BadInput(f"'{decision[:20]}' decides nothing.", "", f"Choose one of {', '.join(DECISIONS)}.")
    return _add_review(store, comment_id, decision, by, token, said if decision == "answer" else "", seen)


def forget(store: Store, comment_id: str, by: str, token: str) -> Comment:
    """Delete name and e-mail of who wrote a comment. That it was done is kept: when and by whom."""
    return _add_review(store, comment_id, FORGET, by, token)


def _add_review(
    store: Store, comment_id: str, decision: str, by: str, token: str, answer: str = "",
    seen: int | None = None,
) -> Comment:  # fmt: skip
    who, key = cleaned(by, LONGEST_PERSON, "Your name", needed=True), token_of(token)
    row = {"comment_id": comment_id, "by": who, "decision": decision, "answer": answer, "token": key}

    def keep(connection: Connection) -> Comment:
        stores.for_update(connection, "comments", comment_id)
        before = _one(connection, comment_id)
        same = select(comment_reviews).where(comment_reviews.c.token == key)
        if known := connection.execute(same).first():
            if (known.comment_id, known.decision) != (comment_id, decision):
                raise BadInput("The token is not valid.", "It was used before.", "Reload the page.")
            return before
        if seen is not None and seen != before.last:
            raise BadInput(
                "Nothing was changed.", "Somebody else has decided on this comment meanwhile.",
                "Look at it again, and decide anew.",
            )  # fmt: skip
        if decision == FORGET:
            connection.execute(delete(comment_people).where(comment_people.c.comment_id == comment_id))
        connection.execute(insert(comment_reviews).values(at=stores.now(), **row))
        return _one(connection, comment_id)

    return store.write(keep)


def _in_turn(connection: Connection) -> None:
    """Let who counts and keeps a comment wait for others who do; on SQLite every writer waits."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})


def _count(connection: Connection, session: str, address: str) -> None:
    """Refuse a comment too many of one browser, one address or everybody; else count it.

    session, address: their marks, '' if unknown."""
    old = tries.c.at < stores.moment(-timedelta(minutes=OVERALL_MINUTES))
    connection.execute(delete(tries).where(tries.c.what.in_((_BY_SESSION, _BY_ADDRESS)), old))
    lately = tries.c.at >= stores.moment(-timedelta(minutes=MINUTES))
    since = select(func.count()).select_from(tries).where(lately)
    for what, client, most in (
        (_BY_SESSION, session, PER_SESSION), (_BY_ADDRESS, address, PER_ADDRESS),
    ):  # fmt: skip
        asked = since.where(tries.c.what == what, tries.c.who == client)
        if client and (connection.scalar(asked) or 0) >= most:
            raise _too_many(f"{most} comments in {MINUTES} minutes are the most from one place.", MINUTES)
    overall = select(func.count()).select_from(tries).where(tries.c.what == _BY_SESSION)
    if (connection.scalar(overall) or 0) >= OVERALL:
        raise _too_many(f"{OVERALL} comments an hour are the most.", OVERALL_MINUTES)
    at = stores.now()
    connection.execute(insert(tries).values(at=at, what=_BY_SESSION, who=session))
    if address:
        connection.execute(insert(tries).values(at=at, what=_BY_ADDRESS, who=address))


def _too_many(why: str, minutes: int) -> BadInput:
    return BadInput(
        "Your comment was not kept: there are too many now.", why,
        f"What you wrote is still here. Send it again in {minutes} minutes.",
    )  # fmt: skip


def _by_token(connection: Connection, token: str) -> Comment | None:
    key = connection.scalar(select(comments.c.id).where(comments.c.token == token))
    return _one(connection, key) if key else None


def _one(connection: Connection, comment_id: str) -> Comment:
    row = connection.execute(select(comments).where(comments.c.id == comment_id)).first()
    if row is None:
        raise BadInput("There is no such comment.", f"'{comment_id[:40]}'.", "Reload the page.")
    asked = select(comment_reviews).where(comment_reviews.c.comment_id == comment_id)
    found = connection.execute(asked.order_by(comment_reviews.c.seq)).all()
    return _comment(row, [_review(each) for each in found])


def _comment(row: Row, reviews: Sequence[Review]) -> Comment:
    about = Subject(row.page, row.subject_kind, row.subject)
    return Comment(row.id, row.at, row.organisation, row.area_code, about, row.text, tuple(reviews))


def _review(row: Row) -> Review:
    return Review(row.seq, row.at, row.by, row.decision, row.answer)
