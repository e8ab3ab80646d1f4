"""A publisher's server on this machine, as a test wants it to behave, which remembers what it was asked."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behave = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Publisher:
    """url: its address. pages: path -> content, or what to do with a request. asked: method, path, body."""

    url: str
    pages: dict[str, bytes | Behave] = field(default_factory=dict)
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]


def answer(request: BaseHTTPRequestHandler, content: bytes, status: int = 200, **headers: str) -> None:
    """Send a whole answer; headers: with '_' for '-'."""
    request.send_response(status)
    for name, value in ({"Content_Length": str(len(content))} | headers).items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        request.wfile.write(content)


def failing(status: int, times: int, content: bytes = b"", **headers: str) -> Behave:
    """Answer with a status some times, then with the content."""
    left = [times]

    def behave(request: BaseHTTPRequestHandler) -> None:
        left[0] -= 1
        if left[0] >= 0:
            answer(request, b"no", status, **headers)
        else:
            answer(request, content)

    return behave


def broken_off(content: bytes) -> Behave:
    """Announce the whole content and send its first half."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        answer(request, content[: len(content) // 2], Content_Length=str(len(content)))

    return behave


def bls(
    value: Callable[[str, int, int], str | None], newest: tuple[int, int] = (2026, 9), **document: Any
) -> Behave:
    """The BLS API: for every series asked, the months of the newest one's year and the year before.

    value: what a series has in a year and month (None: no such series); document: further parts of the
    answer, such as another status.
    """

    def behave(request: BaseHTTPRequestHandler) -> None:
        body = json.loads(request.body)  # type: ignore[attr-defined]
        series = []
        for name in body["seriesid"]:
            years = (newest[0], newest[0] - 1)
            months = [(y, m) for y in years for m in range(12, 0, -1) if (y, m) <= newest]
            rows = [
                {"year": str(y), "period": f"M{m:02d}", "periodName": "x", "value": value(name, y, m),
                 "footnotes": [{"code": "P", "text": "Preliminary."}] if (y, m) == newest else [{}]}
                for y, m in months
                if value(name, y, m) is not None
            ]  # fmt: skip
            series.append({"seriesID": name, "data": rows})
        told = {
            "status": "REQUEST_SUCCEEDED",
            "responseTime": 1,
            "message": [],
            "Results": {"series": series},
        }
        answer(request, json.dumps(told | document).encode())

    return behave


@contextlib.contextmanager
def running() -> Iterator[Publisher]:
    """A server until the end of the block; what it does not know it answers with 404."""
    publisher = Publisher("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            publisher.asked.append((self.command, self.path, self.body))
            page = publisher.pages.get(self.path.partition("?")[0])
            if callable(page):
                page(self)
            else:
                answer(self, page or b"not here", 200 if page is not None else 404)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    publisher.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
