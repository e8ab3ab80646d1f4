"""Marks of addresses: the same in every process that shares a database, and nothing to guess them by."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from lmi.contributions import access, address_key, comments, passcode
from lmi.contributions import store as stores
from lmi.contributions.address_key import mark
from lmi.contributions.store import Store
from lmi.contributions.tables import keys, tries
from lmi.domain.errors import BadInput

HERE = "192.0.2.1"


def test_processes_that_share_a_database_make_the_same_marks(url):
    processes = [Store(url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda store: mark(store, HERE), processes))
    assert len(set(made)) == 1
    assert mark(processes[0], "192.0.2.2") != made[0]
    kept = processes[0].read(lambda connection: connection.execute(select(keys)).all())
    assert len(kept) == 1
    assert len(kept[0].value) == 64
    for store in processes:
        store.close()


def test_marks_of_one_database_tell_nothing_of_another(store):
    other = Store("sqlite://")
    found = mark(store, HERE)
    assert found != mark(other, HERE)
    assert found != hashlib.sha256(HERE.encode()).hexdigest()
    assert len(found) == 64
    other.close()


def test_the_key_is_read_once(store, monkeypatch):
    found = mark(store, HERE)
    monkeypatch.setattr(store, "read", lambda _: 1 // 0)
    assert mark(store, HERE) == found
    assert address_key.mark(store, "\ud800 half") != found


def test_no_two_things_wait_for_the_same_lock():
    locks = [comments._ONE_AT_A_TIME, passcode._LOCK, stores._LOCK]
    assert len(set(locks)) == len(locks)


def test_the_address_of_a_passcode_is_kept_as_a_mark(store, monkeypatch):
    monkeypatch.setattr(passcode, "_N", 2**4)
    asked = select(tries.c.who).where(tries.c.what == "passcode")
    access.use_form(True)
    before = store.read(lambda connection: set(connection.scalars(asked)))
    with pytest.raises(BadInput):
        access.sign_in(store, "wrong", "Ana", "198.51.100.77")
    new = store.read(lambda connection: set(connection.scalars(asked))) - before
    assert new == {mark(store, "passcode from 198.51.100.77")}
