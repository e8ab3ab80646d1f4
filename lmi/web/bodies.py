"""Requests and answers in JSON: small, of the expected shape, and refused in words otherwise."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from lmi.contributions.room_limits import TooFast
from lmi.domain.errors import BadInput, LmiError
from lmi.web.limits import TooMany

log = logging.getLogger("lmi")
MOST_BYTES = 16 * 1024
JSON = "application/json"
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_BEARER = "bearer "


class TooLarge(LmiError):
    """More was sent than is read."""


class NotThere(LmiError):
    """What was asked about is not there."""


class NotIn(LmiError):
    """The secret is nobody's in this room."""


class SetAside(LmiError):
    """Who asks counts no more in this room."""


_STATUS: tuple[tuple[type[LmiError], int], ...] = (
    (TooLarge, 413), (TooMany, 429), (TooFast, 429), (SetAside, 403), (NotIn, 401), (NotThere, 404),
    (BadInput, 400), (LmiError, 503),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A request. body: of a POST. secret: what the phone keeps. client: its network address."""

    body: Mapping[str, object]
    query: Mapping[str, str]
    secret: str
    client: str

    def text(self, name: str) -> str:
        """A field of the body that has to be text, '' if it is not there. BadInput for anything else."""
        found = self.body.get(name, "")
        if not isinstance(found, str):
            why = f"'{name}' is of the kind {type(found).__name__}, not text."
            raise BadInput("This cannot be read.", why, "Reload the page.")
        return found


Handler = Callable[[Asked], Mapping[str, object]]


def answering(handle: Handler) -> Callable[[Request], object]:
    """The endpoint around a handler, which runs in a thread: what it returns, or its error, as JSON."""

    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request) if request.method == "POST" else {}
            asked = Asked(body, dict(request.query_params), _secret(request), _client(request))
            return reply(await run_in_threadpool(handle, asked))
        except LmiError as error:
            return refusal(error)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception:  # a phone is told in words; the trace goes to the log
            log.exception("The answer to %s failed", request.url.path)
            return refusal(
                LmiError("It could not be answered.", "Something is wrong on the server.", "Wait a moment."),
                500,
            )

    return endpoint


def reply(
    content: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """An answer in JSON. Half characters become '?'."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "replace"), status, {**_HEADERS, **(headers or {})}, media_type=JSON)


def refusal(error: LmiError, status: int = 0) -> Response:
    """An error in its three parts, with the status that fits its kind."""
    code = status or next(number for kind, number in _STATUS if isinstance(error, kind))
    if code >= 500:
        log.warning("%s", error.line())
    headers = {"Retry-After": str(error.wait)} if isinstance(error, TooMany) else {}
    # What the database says of itself is for the log, not for phones.
    why = "The server cannot read or keep anything just now." if code == 503 else error.why
    parts = {"what": error.what if code != 503 else "It did not work.", "why": why,
             "next": error.next_step if code != 503 else "It is tried again by itself."}  # fmt: skip
    return reply({"error": parts}, code, headers)


async def _body(request: Request) -> Mapping[str, object]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON:
        raise BadInput("This cannot be read.", f"It is not sent as {JSON}.", "Use the page.")
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > MOST_BYTES:
        raise _too_large()
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MOST_BYTES:
            raise _too_large()
    try:
        found = json.loads(bytes(content))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadInput("This cannot be read.", "It is no JSON object.", "Reload the page.")
    return found


def _too_large() -> TooLarge:
    return TooLarge(
        "This is too much at once.", f"At most {MOST_BYTES:,} bytes are taken.", "Shorten what you wrote."
    )


def _secret(request: Request) -> str:
    found = request.headers.get("authorization", "")
    return found[len(_BEARER) :].strip() if found[: len(_BEARER)].lower() == _BEARER else ""


def _client(request: Request) -> str:
    return request.client.host if request.client else ""
