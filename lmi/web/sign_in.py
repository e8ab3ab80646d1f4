"""/sign-in and /sign-out: how a coordinator gets and gives back the right to edit, by the passcode."""

import ipaddress
import logging
import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lmi.contributions import access, opened
from lmi.contributions.access import COOKIE, TooManyTries
from lmi.domain.errors import BadInput, LmiError
from lmi.web import sign_in_page as page

Act = Callable[[Request, Mapping[str, str]], Response]
log = logging.getLogger("lmi")
_MOST_BYTES = 16_000  # of a form; nothing we ask for is longer
_BACK = re.compile(r"/?([A-Za-z0-9_-]{0,40})(\?[A-Za-z0-9_.~%&=+,:;@!$'()*/?-]{0,4000})?")


def show(request: Request) -> Response:
    """GET /sign-in: the form, or who is signed in."""
    back = way_back(request.query_params.get("back", ""))
    try:
        name = access.signed_in(opened.store(), request.cookies.get(COOKIE))
    except LmiError as error:
        return _answer(page.refused(error), 503)
    if name:
        return _answer(page.signed_in(back, name))
    return _answer(page.form(back) if access.form_is_on() else page.elsewhere(back))


async def take(request: Request) -> Response:
    """POST /sign-in: a cookie for the right passcode, else the form again with the reason."""
    return await _posted(request, _sign_in)


async def leave(request: Request) -> Response:
    """POST /sign-out: ends the sign-in of this browser."""
    return await _posted(request, _sign_out)


def way_back(text: str) -> str:
    """Where a form may lead back to, relative to the app: a page and its query. '' for anything else, so that
    nobody is sent to another site."""
    found = _BACK.fullmatch(text)
    return f"{found[1]}{found[2] or ''}" if found and found[1] not in ("sign-in", "sign-out") else ""


def client_of(request: Request) -> str:
    """Who asks, for the limit of tries: the address, of IPv6 the network of one household.

    Behind a proxy on this machine, or one that FORWARDED_ALLOW_IPS names, the server has put the address that
    the proxy forwards in its place."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return host[:100]
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def is_own(request: Request) -> bool:
    """Whether a form was sent by a page of this app, as the browser says; not by another site's."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == request.headers.get("host", "")


def _sign_in(request: Request, fields: Mapping[str, str]) -> Response:
    back, name = way_back(fields.get("back", "")), fields.get("name", "")
    if not access.form_is_on():
        return _answer(page.elsewhere(back), 403)
    try:
        secret = access.sign_in(opened.store(), fields.get("passcode", ""), name, client_of(request))
    except TooManyTries as error:
        return _answer(page.form(back, name, error), 429, {"Retry-After": str(error.wait_s)})
    except BadInput as error:
        return _answer(page.form(back, name, error), 403)
    answer = _to(back)
    answer.set_cookie(
        COOKIE, secret, max_age=access.HOURS * 3600, httponly=True, samesite="lax",
        secure=_is_encrypted(request),
    )  # fmt: skip
    return answer


def _sign_out(request: Request, fields: Mapping[str, str]) -> Response:
    access.sign_out(opened.store(), request.cookies.get(COOKIE))
    answer = _to(way_back(fields.get("back", "")))
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=_is_encrypted(request))
    return answer


async def _posted(request: Request, act: Act) -> Response:
    """Run `act` on the fields of a form that a page of this app sent."""
    if not is_own(request):
        why = "The form was not sent by a page of this app."
        return _answer(page.refused(BadInput("Nothing was done.", why, "Open the app and try again.")), 403)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            why = f"More than {_MOST_BYTES:,} bytes were sent."
            return _answer(page.refused(BadInput("Nothing was done.", why, "Send less.")), 413)
    try:
        found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        found = {}
    try:
        return await run_in_threadpool(act, request, {name: values[0] for name, values in found.items()})
    except LmiError as error:
        log.warning("%s", error.line())
        return _answer(page.refused(error), 503)


def _to(back: str) -> Response:
    """On to a page of the app; the address is relative, so that it holds below any path."""
    return RedirectResponse(f"./{back}", 303, headers={"Cache-Control": "no-store"})


def _is_encrypted(request: Request) -> bool:
    forwarded = request.headers.get("x-forwarded-proto", "").split(",")[0].strip().lower()
    return request.url.scheme == "https" or forwarded == "https"


def _answer(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return HTMLResponse(text, status, headers={**page.HEADERS, **(headers or {})})


ROUTES: list[BaseRoute] = [
    Route("/sign-in", show, methods=["GET"]),
    Route("/sign-in", take, methods=["POST"]),
    Route("/sign-out", leave, methods=["POST"]),
]
