"""What people type, as it is kept: whole characters, no control characters, no more than fits; and tokens."""

import hashlib
import re
import secrets
import unicodedata
from uuid import uuid4

from lmi.domain.errors import BadInput

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without signs that look alike
CODE_LENGTH = 6
_TOKEN = re.compile(r"[0-9A-Za-z-]{8,40}")
_SECRET = re.compile(r"[0-9A-Za-z_-]{16,100}")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")  # turn the text around them
_BLANKS = str.maketrans(dict.fromkeys("\u115f\u1160\u3164\uffa0", " "))  # letters that show nothing
_GAPS = re.compile(r"\n{3,}")


def cleaned(text: object, most: int, called: str, *, needed: bool = False, lines: bool = False) -> str:
    """The text on one line (several with `lines`), without characters that do not print.

    BadInput, which names the field by `called`, for a text longer than `most` characters, or an empty one
    that is needed.
    """
    typed = text if isinstance(text, str) else ""
    if len(typed) > 8 * most + 1_000:
        raise _too_long(called, len(typed), most)
    whole = typed.encode("utf-8", "ignore").decode("utf-8").translate(_BLANKS)
    whole = unicodedata.normalize("NFC", _OVERRIDES.sub("", whole))
    kept = "".join(
        c if c == "\n" and lines else " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c
        for c in whole
    )
    found = _GAPS.sub("\n\n", "\n".join(" ".join(line.split()) for line in kept.split("\n"))).strip()
    if len(found) > most:
        raise _too_long(called, len(found), most)
    if needed and not any(c.isalnum() for c in found):
        raise BadInput(f"{called} is empty.", "It is needed.", f"Write {called.lower()}.")
    return found


def _too_long(called: str, length: int, most: int) -> BadInput:
    return BadInput(f"{called} is too long.", f"{length:,} characters; {most:,} is the most.", "Shorten it.")


def token_of(text: object) -> str:
    """A token by which the same thing sent twice is known; BadInput for anything else than 8 to 40 letters,
    digits and hyphens."""
    if not isinstance(text, str) or not _TOKEN.fullmatch(text):
        raise BadInput("The token is not valid.", "8 to 40 letters, digits or hyphens.", "Reload the page.")
    return text


def new_token() -> str:
    """A token nobody can guess."""
    return uuid4().hex


def new_secret() -> str:
    """What a participant's or coordinator's browser keeps; only its hash is stored."""
    return secrets.token_urlsafe(32)


def is_secret(text: object) -> bool:
    """Whether a text can be a secret: 16 to 100 letters, digits, hyphens and underscores."""
    return isinstance(text, str) and _SECRET.fullmatch(text) is not None


def secret_of(text: str) -> str:
    """The secret; BadInput for a text that cannot be one."""
    if not is_secret(text):
        why = "16 to 100 letters, digits, hyphens or underscores."
        raise BadInput("The secret is not valid.", why, "Reload the page.")
    return text


def hashed(secret: str) -> str:
    """SHA-256 of a secret, in hex."""
    return hashlib.sha256(secret.encode("utf-8", "ignore")).hexdigest()


def new_code() -> str:
    """A join code that can be read out and typed."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(CODE_LENGTH))


def code_of(typed: object) -> str:
    """A join code as somebody typed it, in its standard form; '' if it cannot be one."""
    text = re.sub(r"[\s-]", "", typed).upper() if isinstance(typed, str) and len(typed) < 40 else ""
    return text if len(text) == CODE_LENGTH and set(text) <= set(_ALPHABET) else ""
