"""Opening the databases: one that is away holds nobody up; what cannot be an id is not looked for."""

import threading
from collections.abc import Iterator

import pytest

from lmi.contributions import opened
from lmi.contributions.store import MEMORY, Store, Unkept

AWAY = "postgresql://host.invalid/away"


class Server:
    """Stands in for opening a database: it waits until the test lets it answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.begun, self.answers = threading.Event(), threading.Event()
        self.answers.set()
        self.away = True

    def __call__(self, url: str) -> Store:
        if url == MEMORY:
            return Store(url)
        self.asked.append(url)
        self.begun.set()
        assert self.answers.wait(10)
        if self.away:
            raise Unkept("The database cannot be opened.", "No route.", "Look after it.")
        return Store("sqlite://")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    found = Server()
    monkeypatch.setattr(opened, "_ways", {})
    monkeypatch.setattr(opened, "Store", found)
    yield found
    found.answers.set()


def test_a_database_that_is_away_is_tried_now_and_then_only(server, monkeypatch):
    for _ in range(5):
        with pytest.raises(Unkept, match="No route"):
            opened._opened(AWAY)
    assert server.asked == [AWAY]
    monkeypatch.setattr(opened, "AGAIN_SECONDS", 0.0)
    server.away = False
    found = opened._opened(AWAY)
    assert opened._opened(AWAY) is found
    assert server.asked == [AWAY, AWAY]


def test_while_one_caller_tries_it_again_the_others_are_told_at_once(server, monkeypatch):
    with pytest.raises(Unkept):
        opened._opened(AWAY)
    monkeypatch.setattr(opened, "AGAIN_SECONDS", 0.0)
    server.begun.clear()
    server.answers.clear()
    told: list[str] = []

    def try_it() -> None:
        with pytest.raises(Unkept) as refused:
            opened._opened(AWAY)
        told.append(refused.value.what)

    slow = threading.Thread(target=try_it)
    slow.start()
    assert server.begun.wait(10)
    try_it()
    assert told == ["The database cannot be opened."], "the other caller did not wait"
    server.answers.set()
    slow.join(10)
    assert len(told) == 2
    assert len(server.asked) == 2


def test_rehearsals_do_not_wait_for_the_other_database(server):
    server.answers.clear()

    def try_it() -> None:
        with pytest.raises(Unkept):
            opened._opened(AWAY)

    slow = threading.Thread(target=try_it)
    slow.start()
    assert server.begun.wait(10)
    found: list[Store] = []
    rehearse = threading.Thread(target=lambda: found.append(opened.rehearsals()))
    rehearse.start()
    rehearse.join(10)
    assert len(found) == 1
    server.answers.set()
    slow.join(10)


@pytest.mark.parametrize(
    "text", ["\x00" * 32, "r\x00", "", "r", "G" * 32, "a" * 33, "r" + "0" * 31, "0" * 32 + "\n"]
)
def test_a_text_that_cannot_be_an_id_is_not_asked_for(text, monkeypatch):
    monkeypatch.setattr(opened, "store_of", lambda _: pytest.fail("it was asked for"))
    assert opened.find(text) is None
