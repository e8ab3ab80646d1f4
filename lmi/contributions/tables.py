"""The tables of what people say. Rows are added, never changed; only personal data can be deleted."""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s",
}  # fmt: skip
META = MetaData(naming_convention=NAMES)
_KEY, _TIME, _BY, _CODE = String(40), String(32), String(80), String(20)


def _id(name: str = "id") -> Column:
    return Column(name, _KEY, primary_key=True)


def _seq() -> Column:
    return Column("seq", Integer, primary_key=True, autoincrement=True)


def _of(table: str, *, primary: bool = False) -> Column:
    name = f"{table.removesuffix('s')}_id"
    return Column(name, _KEY, ForeignKey(f"{table}.id"), primary_key=primary, nullable=False)


def _text(name: str, kind: String | Text, default: str | None = "") -> Column:
    return Column(name, kind, nullable=False, server_default=default)


convenings = Table(
    "convenings", META,
    _id(), _text("code", _CODE, None), _text("industry", String(200)), _text("cluster", String(60)),
    _text("area_code", _CODE), _text("held_on", _CODE), _text("place", String(200)),
    _text("created_at", _TIME), _text("created_by", _BY), _text("token", _KEY, None),
    UniqueConstraint("code"), UniqueConstraint("token"),
)  # fmt: skip
participants = Table(
    "participants", META,
    _id(), _of("convenings"), _text("joined_at", _TIME), _text("organisation", String(120)),
    _text("joined_by", _BY), _text("secret_hash", String(64)), _text("token", _KEY, None),
    UniqueConstraint("convening_id", "token"),
)  # fmt: skip
participant_names = Table(
    "participant_names", META,
    _of("participants", primary=True), _text("name", String(120)), _text("role", String(120)),
)  # fmt: skip
entries = Table(
    "entries", META,
    _seq(), _of("convenings"), Column("participant_id", _KEY, ForeignKey("participants.id")),
    _text("at", _TIME), _text("by", _BY), _text("kind", _CODE), _text("question", _CODE),
    _text("subject", String(400)), _text("value", Text(), "{}"), _text("token", _KEY, None),
    UniqueConstraint("convening_id", "token"), Index(None, "convening_id", "seq"),
    sqlite_autoincrement=True,
)  # fmt: skip
adjustments = Table(
    "adjustments", META,
    _id(), _of("convenings"), _text("at", _TIME), _text("by", _BY), _text("kind", _CODE),
    _text("area_code", _CODE), _text("subject", String(400)), _text("value", Text(), "{}"),
    _text("reason", Text()), _text("token", _KEY, None), UniqueConstraint("token"),
)  # fmt: skip
adjustment_reviews = Table(
    "adjustment_reviews", META,
    _seq(), _of("adjustments"), _text("at", _TIME), _text("by", _BY), _text("decision", _CODE),
    _text("note", Text()), _text("token", _KEY, None), UniqueConstraint("token"),
    Index(None, "adjustment_id"), sqlite_autoincrement=True,
)  # fmt: skip
comments = Table(
    "comments", META,
    _id(), _text("at", _TIME), _text("organisation", String(120)), _text("page", _CODE),
    _text("area_code", _CODE), _text("subject_kind", _CODE), _text("subject", String(120)),
    _text("text", Text()), _text("token", _KEY, None), UniqueConstraint("token"), Index(None, "at"),
)  # fmt: skip
comment_people = Table(
    "comment_people", META,
    _of("comments", primary=True), _text("name", String(120)), _text("email", String(254)),
)  # fmt: skip
comment_reviews = Table(
    "comment_reviews", META,
    _seq(), _of("comments"), _text("at", _TIME), _text("by", _BY), _text("decision", _CODE),
    _text("answer", Text()), _text("token", _KEY, None), UniqueConstraint("token"), Index(None, "comment_id"),
    sqlite_autoincrement=True,
)  # fmt: skip
passcodes = Table(
    "passcodes", META,
    _seq(), _text("at", _TIME), _text("by", _BY), _text("salt", String(64)), _text("hash", String(128)),
    Column("n", Integer, nullable=False), Column("r", Integer, nullable=False),
    Column("p", Integer, nullable=False), sqlite_autoincrement=True,
)  # fmt: skip
sign_ins = Table(
    "sign_ins", META,
    Column("id", String(64), primary_key=True), _text("at", _TIME), _text("until", _TIME), _text("who", _BY),
)  # fmt: skip
sign_outs = Table(
    "sign_outs", META,
    Column("sign_in_id", String(64), ForeignKey("sign_ins.id"), primary_key=True), _text("at", _TIME),
)  # fmt: skip
tries = Table(
    "tries", META,
    _seq(), _text("at", _TIME), _text("what", _CODE), _text("who", String(64)), Index(None, "what", "at"),
    sqlite_autoincrement=True,
)  # fmt: skip
keys = Table(
    "keys", META,
    Column("name", _CODE, primary_key=True), _text("at", _TIME), _text("value", String(64)),
)  # fmt: skip
