"""The only part that talks to the network. Called by the refresh command, never while a page renders."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
import urllib3

from lmi.domain.errors import LmiError

_T = TypeVar("_T")
_AGENT = "lmi-explorer (labor-market dashboard; requests)"
_CHUNK = 65_536
_MOST_REDIRECTS = 3
_LONGEST_PAUSE = 60.0
_PASSING = frozenset({429, 500, 502, 503, 504})
_AGAIN = "Run python -m lmi refresh realtime again later; the data in use is as it was."


class NotFetched(LmiError):
    """A file or an answer that could not be obtained, or not whole."""


@dataclass(frozen=True)
class Limits:
    """How long and how much. Seconds to connect, between two parts, and in all; attempts on failures that
    pass; the first pause between them (doubled each time); bytes of a file at most."""

    connect_seconds: float = 10
    read_seconds: float = 30
    total_seconds: float = 300
    attempts: int = 3
    pause_seconds: float = 2
    most_bytes: int = 150_000_000


@dataclass(frozen=True)
class Download:
    """A file as it was fetched: where from, how large, SHA-256 of its bytes."""

    url: str
    bytes: int
    sha256: str


class _PassingFailure(Exception):
    """What may go well at the next attempt. after: seconds that the server asks to wait."""

    def __init__(self, why: str, after: float = 0) -> None:
        super().__init__(why)
        self.after = after


def download(url: str, target: Path, limits: Limits = Limits()) -> Download:
    """Write what lies at an address to `target`; NotFetched, and no file, where it cannot be had whole."""
    aside = target.with_name(f".{target.name}.part")

    def attempt(session: requests.Session, end: float) -> Download:
        response = session.get(url, stream=True, timeout=(limits.connect_seconds, limits.read_seconds))
        with response:
            _accept(response, url)
            digest, size = hashlib.sha256(), 0
            with aside.open("wb") as file:
                for part in _parts(response, url, end, limits.most_bytes):
                    digest.update(part)
                    size += len(part)
                    file.write(part)
        aside.replace(target)
        return Download(url, size, digest.hexdigest())

    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _tried(attempt, url, limits)
    finally:
        aside.unlink(missing_ok=True)


def post(
    url: str, payload: dict[str, Any], before: Callable[[], None], limits: Limits = Limits()
) -> bytes:  # fmt: skip
    """The body of the answer to a JSON document. before: called ahead of every attempt, so that each is
    counted. Redirects are not followed: the document may hold a key."""

    def attempt(session: requests.Session, end: float) -> bytes:
        before()
        response = session.post(
            url, data=json.dumps(payload), headers={"Content-Type": "application/json"}, stream=True,
            allow_redirects=False, timeout=(limits.connect_seconds, limits.read_seconds),
        )  # fmt: skip
        with response:
            _accept(response, url)
            return b"".join(_parts(response, url, end, limits.most_bytes))

    return _tried(attempt, url, limits)


def _tried(attempt: Callable[[requests.Session, float], _T], url: str, limits: Limits) -> _T:
    """The outcome of the first attempt that succeeds."""
    end = time.monotonic() + limits.total_seconds
    pause = limits.pause_seconds
    with requests.Session() as session:
        session.headers["User-Agent"] = _AGENT
        session.max_redirects = _MOST_REDIRECTS
        for number in range(limits.attempts):
            try:
                return attempt(session, end)
            except (requests.RequestException, urllib3.exceptions.HTTPError, _PassingFailure) as error:
                if isinstance(error, requests.TooManyRedirects | requests.exceptions.InvalidURL):
                    raise _failed(url, _words(error)) from None
                wait = min(max(pause, getattr(error, "after", 0)), _LONGEST_PAUSE)
                if number + 1 == limits.attempts or time.monotonic() + wait > end:
                    raise _failed(url, _words(error)) from None
                time.sleep(wait)
                pause *= 2
    raise _failed(url, "No attempt was made.")


def _accept(response: requests.Response, url: str) -> None:
    """An answer that can be read: status 200, and not led to a less safe address."""
    status = response.status_code
    if status in _PASSING:
        after = response.headers.get("Retry-After", "")
        raise _PassingFailure(f"The server answers {status}.", float(after) if after.isdecimal() else 0)
    if status != 200:
        raise _failed(url, f"The server answers {status}.")  # its words may repeat the key
    if urlsplit(url).scheme == "https" and urlsplit(response.url).scheme != "https":
        raise _failed(url, "It leads to an address without encryption.")


def _parts(response: requests.Response, url: str, end: float, most: int) -> Iterator[bytes]:
    """The body in parts; stops what is too large or too slow. A body shorter than announced raises."""
    size = 0
    while part := response.raw.read1(_CHUNK, decode_content=True):
        size += len(part)
        if size > most:
            raise _failed(url, f"It is larger than {most:,} bytes.")
        if time.monotonic() > end:
            raise _failed(url, "It took too long.")
        yield part
    if size == 0:
        raise _failed(url, "The answer is empty.")


def _words(error: Exception) -> str:
    """Why an attempt failed, without addresses of the machine or what was sent."""
    if isinstance(error, _PassingFailure):
        return str(error)
    named = {
        requests.exceptions.ConnectTimeout: "The server did not answer in time.",
        requests.exceptions.ReadTimeout: "The server stopped sending.",
        urllib3.exceptions.ReadTimeoutError: "The server stopped sending.",
        requests.exceptions.SSLError: "The encrypted connection could not be made.",
        requests.exceptions.TooManyRedirects: "It leads from one address to the next without end.",
        requests.exceptions.ProxyError: "The proxy refused the connection.",
        requests.exceptions.ConnectionError: "The server could not be reached.",
        urllib3.exceptions.ProtocolError: "The answer broke off before its end.",
        urllib3.exceptions.DecodeError: "The answer is packed in a way that cannot be read.",
    }
    return next((why for kind, why in named.items() if isinstance(error, kind)), "The request failed.")


def _failed(url: str, why: str) -> NotFetched:
    place = urlsplit(url)
    return NotFetched(f"{place.netloc.rpartition('@')[2]}{place.path} could not be fetched.", why, _AGAIN)
