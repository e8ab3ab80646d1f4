"""Fetching, against a server on this machine."""

import gzip
import hashlib
import json
import time
import traceback
from dataclasses import replace

import pytest

from lmi.sources import _fetch
from lmi.sources._fetch import Limits, NotFetched
from tests.publisher import Publisher, answer, broken_off, failing

QUICK = Limits(connect_seconds=2, read_seconds=2, total_seconds=5, attempts=3, pause_seconds=0.01)
SECRET = "a-key-that-nobody-sees"
CONTENT = b"date,value\n" + b"2026-01-01,1\n" * 20_000


def no_count() -> None:
    """Nothing is counted."""


def test_a_file_comes_whole_with_its_hash(publisher: Publisher, tmp_path):
    publisher.pages["/a.csv"] = CONTENT
    target = tmp_path / "folder" / "a.csv"
    got = _fetch.download(f"{publisher.url}/a.csv", target, QUICK)
    assert target.read_bytes() == CONTENT
    assert (got.url, got.bytes) == (f"{publisher.url}/a.csv", len(CONTENT))
    assert got.sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_a_packed_answer_is_unpacked(publisher: Publisher, tmp_path):
    publisher.pages["/a.csv"] = lambda request: answer(
        request, gzip.compress(CONTENT), Content_Encoding="gzip"
    )
    _fetch.download(f"{publisher.url}/a.csv", tmp_path / "a.csv", QUICK)
    assert (tmp_path / "a.csv").read_bytes() == CONTENT


def test_a_redirect_is_followed_and_an_endless_one_is_not(publisher: Publisher, tmp_path):
    publisher.pages["/old"] = lambda request: answer(request, b"", 302, Location="/new")
    publisher.pages["/new"] = CONTENT
    _fetch.download(f"{publisher.url}/old", tmp_path / "a.csv", QUICK)
    assert (tmp_path / "a.csv").read_bytes() == CONTENT
    publisher.pages["/round"] = lambda request: answer(request, b"", 302, Location="/round")
    publisher.asked.clear()
    with pytest.raises(NotFetched, match="without end"):
        _fetch.download(f"{publisher.url}/round", tmp_path / "b.csv", QUICK)
    assert len(publisher.asked) == 4


def slow(request) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(100):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("page", "words", "asked"),
    [
        (None, "answers 404", 1),
        (failing(503, 3), "answers 503", 3),
        (failing(429, 3, Retry_After="0"), "answers 429", 3),
        (broken_off(CONTENT), "broke off before its end", 3),
        (lambda request: answer(request, b""), "is empty", 1),
        (lambda request: answer(request, b"", 204), "answers 204", 1),
        (slow, "took too long", 1),
        (CONTENT * 2, "larger than 400,000 bytes", 1),
        (lambda request: answer(request, b"no gzip", Content_Encoding="gzip"), "cannot be read", 3),
    ],
)
def test_what_does_not_come_whole_leaves_what_was_there(publisher: Publisher, tmp_path, page, words, asked):
    publisher.pages |= {"/a.csv": page} if page else {}
    target = tmp_path / "a.csv"
    target.write_text("as before")
    limits = replace(QUICK, total_seconds=0.6 if page is slow else 30, most_bytes=400_000)
    with pytest.raises(NotFetched) as error:
        _fetch.download(f"{publisher.url}/a.csv", target, limits)
    assert words in error.value.why
    assert target.read_text() == "as before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
    assert len(publisher.asked) == asked


def test_what_passes_is_tried_again(publisher: Publisher, tmp_path):
    publisher.pages["/a.csv"] = failing(503, 2, CONTENT)
    _fetch.download(f"{publisher.url}/a.csv", tmp_path / "a.csv", QUICK)
    assert len(publisher.asked) == 3


def test_nobody_there(tmp_path):
    with pytest.raises(NotFetched) as error:
        _fetch.download("http://127.0.0.1:1/a.csv?key=secret", tmp_path / "a.csv", QUICK)
    assert "could not be reached" in error.value.why
    assert "secret" not in error.value.line()


def test_a_document_is_sent_and_every_attempt_counted(publisher: Publisher):
    counted: list[int] = []
    publisher.pages["/data"] = failing(503, 1, b"{}")
    assert _fetch.post(f"{publisher.url}/data", {"a": 1}, lambda: counted.append(1), QUICK) == b"{}"
    assert [(method, json.loads(body)) for method, _, body in publisher.asked] == [("POST", {"a": 1})] * 2
    assert len(counted) == 2


@pytest.mark.parametrize(
    "page",
    [
        lambda request: answer(request, SECRET.encode(), 307, Location=f"/{SECRET}"),
        lambda request: request.send_error(400, SECRET),
        failing(503, 3, Retry_After=SECRET),
        lambda request: answer(request, SECRET.encode(), Content_Encoding="gzip", Set_Cookie=SECRET),
        broken_off(SECRET.encode()),
        lambda request: request.wfile.write(SECRET.encode()),  # no HTTP at all
    ],
)
def test_what_was_sent_is_in_no_word_of_a_failure(publisher: Publisher, page):
    publisher.pages["/data"] = page
    address = publisher.url.replace("http://", f"http://user:{SECRET}@")
    with pytest.raises(NotFetched) as error:
        _fetch.post(f"{address}/data?key={SECRET}", {"key": SECRET}, no_count, QUICK)
    assert SECRET not in "".join(traceback.format_exception(error.value))


def test_a_document_is_not_sent_on_to_another_address(publisher: Publisher):
    publisher.pages["/data"] = lambda request: answer(request, b"", 307, Location="/elsewhere")
    publisher.pages["/elsewhere"] = b"{}"
    with pytest.raises(NotFetched, match="answers 307"):
        _fetch.post(f"{publisher.url}/data", {"key": "secret"}, no_count, QUICK)
    assert publisher.paths() == ["/data"]
