"""The passcode of the coordinators: one that the environment holds, or one that the app made. Only its hash
is kept; the newest counts."""

import hashlib
import hmac
import os
import secrets
import threading

from sqlalchemy import Connection, Row, insert, select, text

from lmi.contributions import store as stores
from lmi.contributions.store import Store
from lmi.contributions.tables import passcodes
from lmi.domain.errors import BadInput

ENVIRONMENT = "LMI_PASSCODE"  # the variable that may hold the passcode
SHORTEST, LONGEST = 12, 200  # characters of a passcode of one's own
_N, _R, _P = 2**15, 8, 1  # scrypt: 32 MB and about a tenth of a second
_LOCK = 7_146_204  # of PostgreSQL, for what has to be counted and written in one
_SIGNS, _GROUPS, _IN_GROUP = "23456789abcdefghjkmnpqrstuvwxyz", 4, 5

_at_work = threading.BoundedSemaphore(2)  # hashes worked out at once, for their memory


def from_environment() -> str:
    """The passcode that LMI_PASSCODE holds, '' if it is not set. BadInput for one that is too short."""
    found = os.environ.get(ENVIRONMENT, "").strip()
    if found and not SHORTEST <= len(found) <= LONGEST:
        raise BadInput(
            f"{ENVIRONMENT} is not used, so nobody can sign in with a passcode.",
            f"It has {len(found)} characters; {SHORTEST} to {LONGEST} are accepted.",
            "Set a longer passcode, such as four words, and start the app again.",
        )
    return found


def is_set() -> bool:
    """Whether LMI_PASSCODE is set, to whatever."""
    return bool(os.environ.get(ENVIRONMENT, "").strip())


def ready(store: Store) -> str:
    """Let there be a passcode: that of LMI_PASSCODE, else the one on record, else a new one.

    Returns the new one, '' where none had to be made. Call it when the app starts. BadInput for an
    LMI_PASSCODE that is too short."""
    if from_environment():
        settle(store)
        return ""
    fresh = _new_signs()
    return fresh if store.write(lambda connection: _add(connection, fresh, "the app", first=True)) else ""


def renew(store: Store, by: str) -> str:
    """A new passcode; the former one, and the sign-ins made with it, no longer hold. BadInput where
    LMI_PASSCODE holds the passcode."""
    if is_set():
        raise BadInput(
            "No passcode was made.", f"{ENVIRONMENT} is set, and it holds the passcode.",
            f"Change {ENVIRONMENT} and start the app again.",
        )  # fmt: skip
    fresh = _new_signs()
    store.write(lambda connection: _add(connection, fresh, by))
    return fresh


def settle(store: Store) -> None:
    """Let the passcode that LMI_PASSCODE holds be on record; nothing happens where it is not set, or too
    short."""
    try:
        given = from_environment()
    except BadInput:
        return
    if given and not is_right(store.read(newest), given):
        store.write(lambda connection: _add(connection, given, ENVIRONMENT))


def newest(connection: Connection) -> Row | None:
    """The passcode that counts: the environment's where one is set there, else the newest of the others."""
    is_given = passcodes.c.by == ENVIRONMENT
    wanted = ~is_given
    if is_set():
        try:
            from_environment()
        except BadInput:
            return None
        wanted = is_given
    asked = select(passcodes).where(wanted).order_by(passcodes.c.seq.desc()).limit(1)
    return connection.execute(asked).first()


def is_right(row: Row | None, typed: str) -> bool:
    """Whether a passcode is the one of a row, in constant time; the same work where there is no row."""
    whole = typed.strip() if len(typed) <= 2 * LONGEST else ""
    if row is None:
        _scrypt(whole, bytes(16), _N, _R, _P)
        return False
    found = _scrypt(whole, bytes.fromhex(row.salt), row.n, row.r, row.p)
    return hmac.compare_digest(found, bytes.fromhex(row.hash))


def alone(connection: Connection) -> None:
    """Let no other process count and write meanwhile; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _add(connection: Connection, passcode: str, by: str, *, first: bool = False) -> bool:
    """Keep the hash of a passcode; `first`: unless there is one. Returns whether it was kept."""
    alone(connection)
    if first and newest(connection) is not None:
        return False
    salt = secrets.token_bytes(16)
    values = {
        "salt": salt.hex(),
        "hash": _scrypt(passcode, salt, _N, _R, _P).hex(),
        "n": _N,
        "r": _R,
        "p": _P,
    }
    connection.execute(insert(passcodes).values(at=stores.now(), by=by, **values))
    return True


def _scrypt(passcode: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    typed = passcode.encode("utf-8", "replace")
    with _at_work:
        return hashlib.scrypt(typed, salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=64)


def _new_signs() -> str:
    """Twenty signs in groups that can be read out and typed: 99 bits."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
