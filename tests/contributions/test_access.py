"""The passcode, its limits, and who is signed in: on SQLite and, where there is one, on PostgreSQL."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from lmi.__main__ import main
from lmi.contributions import access, opened, passcode
from lmi.contributions.access import COOKIE, TooManyTries
from lmi.contributions.address_key import mark
from lmi.contributions.store import Store
from lmi.contributions.tables import passcodes, sign_ins, sign_outs, tries
from lmi.domain.errors import BadInput, LmiError

HERE, THERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def db(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A database in which nobody has a passcode, and hashes that take no time."""
    monkeypatch.delenv(passcode.ENVIRONMENT, raising=False)
    monkeypatch.setattr(passcode, "_N", 2**4)
    for table in (sign_outs, sign_ins, tries, passcodes):
        store.write(lambda connection, t=table: connection.execute(t.delete()))
    access.use_form(True)
    return store


def refusal(act: Callable[..., object], *given: object) -> LmiError:
    """The error with which something is refused."""
    with pytest.raises(LmiError) as refused:
        act(*given)
    return refused.value


def rows(store: Store, table) -> list:
    return store.read(lambda connection: connection.execute(select(table)).all())


def wrong(store: Store, times: int, client: str = HERE) -> None:
    for number in range(times):
        with pytest.raises(BadInput):
            access.sign_in(store, f"wrong {number}", "Ana", client)


def tried_before(
    store: Store, minutes: float, times: int, client: str = HERE, what: str = "passcode"
) -> None:
    """Tries on record, made so many minutes ago."""
    at = (datetime.now(UTC) - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    place = mark(store, f"passcode from {client}")
    values = [{"at": at, "what": what, "who": place}] * times
    store.write(lambda connection: connection.execute(insert(tries), values))


def test_the_first_start_makes_a_passcode_and_the_next_ones_none(db):
    fresh = passcode.ready(db)
    assert len(fresh.replace("-", "")) >= 16
    assert not set(fresh) & set("0o1il")
    assert passcode.ready(db) == ""
    assert access.signed_in(db, access.sign_in(db, fresh, "Ana", HERE)) == "Ana"


def test_two_apps_that_start_at_once_make_one_passcode(db):
    with ThreadPoolExecutor(4) as pool:
        made = [p for p in pool.map(lambda _: passcode.ready(db), range(4)) if p]
    assert len(made) == 1
    assert len(rows(db, passcodes)) == 1
    access.sign_in(db, made[0], "Ana", HERE)


def test_nothing_that_is_kept_tells_the_passcode_the_secret_or_the_address(db):
    fresh = passcode.ready(db)
    secret = access.sign_in(db, fresh, "Ana", HERE)
    kept = repr([rows(db, table) for table in (passcodes, sign_ins, tries)])
    for told in (fresh, fresh.replace("-", ""), secret, HERE, hashlib.sha256(secret.encode()).hexdigest()):
        assert told not in kept


def test_the_hash_is_scrypt_with_the_numbers_of_its_row(db, monkeypatch):
    old = passcode.ready(db)
    monkeypatch.setattr(passcode, "_N", 2**5)
    row = rows(db, passcodes)[0]
    assert (row.n, row.r, row.p) == (2**4, 8, 1)
    asked = hashlib.scrypt(old.encode(), salt=bytes.fromhex(row.salt), n=2**4, r=8, p=1, dklen=64)
    assert row.hash == asked.hex()
    access.sign_in(db, old, "Ana", HERE)


def test_the_real_hash_takes_32_megabytes():
    assert 128 * passcode._R * passcode._N == 32 * 2**20
    assert passcode.is_right(None, "x") is False


def test_another_passcode_ends_the_former_one_and_its_sign_ins(db):
    old = passcode.ready(db)
    secret = access.sign_in(db, old, "Ana", HERE)
    assert access.signed_in(db, secret) == "Ana"
    new = passcode.renew(db, "test")
    access.forget()
    assert access.signed_in(db, secret) == ""
    assert "not right" in refusal(access.sign_in, db, old, "Ana", HERE).why
    assert access.signed_in(db, access.sign_in(db, new, "Bo", HERE)) == "Bo"


def test_a_passcode_of_the_environment_counts_alone(db, monkeypatch):
    old = passcode.ready(db)
    monkeypatch.setenv(passcode.ENVIRONMENT, "four words of mine")
    assert passcode.ready(db) == ""
    assert "not right" in refusal(access.sign_in, db, old, "Ana", HERE).why
    secret = access.sign_in(db, "four words of mine", "Ana", HERE)
    assert access.signed_in(db, secret) == "Ana"
    passcode.ready(db)
    assert len(rows(db, passcodes)) == 2, "the same passcode is not kept at every start"
    monkeypatch.setenv(passcode.ENVIRONMENT, "another four words")
    passcode.ready(db)
    access.forget()
    assert access.signed_in(db, secret) == "", "another passcode ends what the former one began"
    monkeypatch.delenv(passcode.ENVIRONMENT)
    assert "not right" in refusal(access.sign_in, db, "another four words", "Ana", HERE).why
    assert access.sign_in(db, old, "Ana", HERE)


@pytest.mark.parametrize("short", ["x", "elevenchars"])
def test_a_short_passcode_of_the_environment_is_refused_and_opens_nothing(db, monkeypatch, short):
    old = passcode.ready(db)
    monkeypatch.setenv(passcode.ENVIRONMENT, short)
    refused = refusal(passcode.ready, db)
    assert "12 to 200" in refused.why
    assert short not in refused.line().split()
    for typed in (short, old, ""):
        assert "not right" in refusal(access.sign_in, db, typed, "Ana", HERE).why


def test_no_passcode_is_made_while_the_environment_holds_one(db, monkeypatch):
    monkeypatch.setenv(passcode.ENVIRONMENT, "four words of mine")
    with pytest.raises(BadInput, match="LMI_PASSCODE is set"):
        passcode.renew(db, "test")
    assert rows(db, passcodes) == []


@pytest.mark.parametrize(
    "typed", ["", "x", "wrong", "a" * 10_000, "\x00", "\ud800", "'; drop table passcodes"]
)
def test_a_wrong_passcode_gets_the_same_answer_whether_or_not_there_is_one(db, typed):
    without = refusal(access.sign_in, db, typed, "Ana", HERE)
    passcode.ready(db)
    with_one = refusal(access.sign_in, db, typed, "Ana", HERE)
    assert without.line() == with_one.line()
    assert rows(db, sign_ins) == []


def test_the_same_work_is_done_whether_or_not_there_is_a_passcode(db, monkeypatch):
    done = []
    real = hashlib.scrypt
    monkeypatch.setattr(
        passcode.hashlib, "scrypt", lambda *a, **k: (done.append((k["n"], k["r"], k["p"])), real(*a, **k))[1]
    )
    wrong(db, 1)
    assert done == [(2**4, 8, 1)]
    passcode.ready(db)
    done.clear()
    wrong(db, 1)
    assert done == [(2**4, 8, 1)]


@pytest.mark.parametrize("name", ["", "   ", "…", "x" * 81])
def test_nobody_signs_in_without_a_name_and_it_counts_as_no_try(db, name):
    fresh = passcode.ready(db)
    with pytest.raises(BadInput, match="Your name"):
        access.sign_in(db, fresh, name, HERE)
    assert rows(db, tries) == []


def test_five_wrong_passcodes_of_one_address_and_the_right_one_is_not_looked_at(db):
    fresh = passcode.ready(db)
    wrong(db, access.OF_ONE)
    refused = refusal(access.sign_in, db, fresh, "Ana", HERE)
    assert isinstance(refused, TooManyTries)
    assert 14 * 60 < refused.wait_s <= 15 * 60 + 1
    assert refused.next_step == "Try again in 15 minutes."
    assert access.sign_in(db, fresh, "Ana", THERE), "another address is not held up"
    assert len(rows(db, tries)) == access.OF_ONE + 2, "what is refused is not counted"


def test_the_wait_ends_when_the_first_try_is_long_enough_ago(db):
    fresh = passcode.ready(db)
    tried_before(db, 14, 4)
    tried_before(db, 2, 1)
    refused = refusal(access.sign_in, db, fresh, "Ana", HERE)
    assert isinstance(refused, TooManyTries)
    assert 55 < refused.wait_s <= 61
    db.write(lambda connection: connection.execute(tries.delete()))
    tried_before(db, 15.1, 4)
    tried_before(db, 2, 1)
    assert access.sign_in(db, fresh, "Ana", HERE)


def test_right_passcodes_do_not_count_as_tries(db):
    fresh = passcode.ready(db)
    for _ in range(access.OF_ONE + 3):
        access.sign_in(db, fresh, "Ana", HERE)
    wrong(db, access.OF_ONE)
    refused = refusal(access.sign_in, db, fresh, "Ana", HERE)
    assert isinstance(refused, TooManyTries)
    assert refused.wait_s > 14 * 60, "the wait is told from the wrong ones"


def test_fifty_wrong_passcodes_of_all_addresses_hold_up_everybody_but_those_known(db):
    fresh = passcode.ready(db)
    access.sign_in(db, fresh, "Ana", HERE)
    for number in range(10):
        tried_before(db, 30, 5, f"198.51.100.{number}")
    refused = refusal(access.sign_in, db, fresh, "Bo", THERE)
    assert isinstance(refused, TooManyTries)
    assert 29 * 60 < refused.wait_s <= 30 * 60 + 1
    assert access.sign_in(db, fresh, "Ana", HERE)


def test_an_address_is_forgotten_after_a_month(db):
    fresh = passcode.ready(db)
    tried_before(db, 60 * 24 * 31, 1, what="passcode right")
    tried_before(db, 60 * 24 * 29, 1, what="passcode right")
    access.sign_in(db, fresh, "Ana", THERE)
    assert len(rows(db, tries)) == 3


def test_tries_count_across_processes_and_all_at_once(db):
    passcode.ready(db)
    if db.engine.dialect.name == "postgresql":
        other = Store(db.engine.url.render_as_string(hide_password=False))
    else:
        other = Store(f"sqlite:///{db.engine.url.database}")

    def attempt(number: int) -> type:
        with pytest.raises((BadInput, TooManyTries)) as refused:
            access.sign_in((db, other)[number % 2], "wrong", "Ana", HERE)
        return refused.type

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(attempt, range(24)))
    other.close()
    assert seen.count(BadInput) == access.OF_ONE
    assert seen.count(TooManyTries) == 24 - access.OF_ONE


def test_tries_count_after_a_restart(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(passcode, "_N", 2**4)
    first = Store(f"sqlite:///{tmp_path}/c.sqlite")
    passcode.ready(first)
    wrong(first, access.OF_ONE)
    first.close()
    with pytest.raises(TooManyTries):
        access.sign_in(Store(f"sqlite:///{tmp_path}/c.sqlite"), "wrong", "Ana", HERE)


def test_a_sign_in_ends_after_twelve_hours(db, monkeypatch):
    fresh = passcode.ready(db)
    monkeypatch.setattr(access, "HOURS", -1)
    assert access.signed_in(db, access.sign_in(db, fresh, "Ana", HERE)) == ""
    monkeypatch.setattr(access, "HOURS", 1)
    assert access.signed_in(db, access.sign_in(db, fresh, "Ana", HERE)) == "Ana"


def test_a_sign_out_holds_at_once_and_only_for_that_browser(db):
    fresh = passcode.ready(db)
    one, other = (access.sign_in(db, fresh, name, HERE) for name in ("Ana", "Bo"))
    assert access.signed_in(db, one) == "Ana"
    access.sign_out(db, one)
    access.sign_out(db, one)
    assert access.signed_in(db, one) == ""
    assert access.signed_in(db, other) == "Bo"


def test_who_is_signed_in_is_looked_up_once_in_a_while(db, monkeypatch):
    secret = access.sign_in(db, passcode.ready(db), "Ana", HERE)
    asked = []
    real = db.read
    monkeypatch.setattr(db, "read", lambda ask: (asked.append(1), real(ask))[1])
    assert [access.signed_in(db, secret) for _ in range(20)] == ["Ana"] * 20
    assert len(asked) == 1
    monkeypatch.setattr(access, "_KEPT_S", 0.0)
    access.signed_in(db, secret)
    assert len(asked) == 2


@pytest.mark.parametrize("secret", [None, "", "x", 7, "x" * 43, "'" * 43, "ä" * 43, "x" * 100_000])
def test_any_other_text_is_nobody(db, secret):
    passcode.ready(db)
    assert access.signed_in(db, secret) == ""
    access.sign_out(db, secret)
    assert rows(db, sign_outs) == []


def test_a_secret_of_one_database_means_nothing_in_another(db, tmp_path):
    secret = access.sign_in(db, passcode.ready(db), "Ana", HERE)
    assert access.signed_in(db, secret) == "Ana"
    other = Store(f"sqlite:///{tmp_path}/other.sqlite")
    passcode.ready(other)
    assert access.signed_in(other, secret) == ""
    other.close()


def test_with_the_form_off_no_passcode_and_no_older_sign_in_counts(db):
    fresh = passcode.ready(db)
    secret = access.sign_in(db, fresh, "Ana", HERE)
    access.use_form(False)
    try:
        assert access.signed_in(db, secret) == ""
        with pytest.raises(BadInput, match="not right"):
            access.sign_in(db, fresh, "Ana", HERE)
    finally:
        access.use_form(True)
    assert access.signed_in(db, secret) == "Ana"


def test_the_command_prints_another_passcode(db, monkeypatch, capsys):
    old = passcode.ready(db)
    monkeypatch.setattr(opened, "store", lambda: db)
    assert main(["passcode", "new"]) == 0
    printed = capsys.readouterr()
    assert access.sign_in(db, printed.out.strip(), "Ana", HERE)
    assert "no longer works" in " ".join(printed.err.split())
    monkeypatch.setenv(passcode.ENVIRONMENT, "four words of mine")
    assert main(["passcode", "new"]) == 2
    assert "LMI_PASSCODE is set" in capsys.readouterr().err
    monkeypatch.delenv(passcode.ENVIRONMENT)
    with pytest.raises(BadInput):
        access.sign_in(db, old, "Ana", HERE)


def test_the_cookie_has_the_name_that_the_docs_give():
    assert COOKIE == "lmi_coordinator"
