"""The database: its steps, its refusals in words, what a write and a read promise."""

import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from lmi.contributions.store import MEMORY, Store, Unkept, now
from lmi.contributions.tables import META, convenings, tries
from lmi.places import ROOT

MIGRATIONS = ROOT / "lmi" / "contributions" / "migrations"
STEPS = ScriptDirectory(str(MIGRATIONS))
PASSWORD = "fuchs&gans+1"
WRITTEN = "fuchs%26gans%2B1"
ROW = {"at": "2026-11-25", "what": "test", "who": "somebody"}


def count(store: Store) -> int:
    return store.read(lambda connection: len(connection.execute(select(tries.c.seq)).all()))


def columns(store: Store) -> dict[str, list[tuple]]:
    found = inspect(store.engine)
    return {
        table: [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in found.get_columns(table)]
        for table in META.tables
    }


def bring_to(url: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def test_the_steps_lead_to_the_tables_of_the_code(url, new_url):
    stepped = Store(url)
    with stepped.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), META) == []
    made = create_engine(new_url("sqlite" if url.startswith("sqlite") else "postgresql"))
    META.create_all(made)
    plain = object.__new__(Store)
    plain.engine = made
    assert columns(stepped) == columns(plain)  # defaults too, which the comparison above leaves out
    stepped.close()
    made.dispose()


@pytest.mark.parametrize("step", [each.revision for each in STEPS.walk_revisions()])
def test_a_database_at_an_earlier_step_is_brought_up_to_date_with_what_it_holds(url, step):
    bring_to(url, step)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(insert(tries).values(ROW))
    engine.dispose()
    store = Store(url)
    assert count(store) == 1
    asked = text("select version_num from alembic_version")
    assert store.read(lambda connection: connection.scalars(asked).all()) == STEPS.get_heads()
    store.close()


def test_a_newer_database_is_refused_in_words_and_left_alone(url):
    store = Store(url)
    store.write(lambda connection: connection.execute(text("update alembic_version set version_num='9999'")))
    store.close()
    with pytest.raises(Unkept) as caught:
        Store(url)
    assert caught.value.why == "Its tables are of a newer version than this one, or not of this product."
    assert caught.value.next_step == "Install the newer version, or name another database."
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(text("select version_num from alembic_version")) == "9999"
    engine.dispose()


def test_steps_that_fail_leave_nothing_half_done(url):
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("create table participants (id varchar(40) primary key)"))
    with pytest.raises(Unkept, match="cannot be opened") as caught:
        Store(url)
    assert "participants" in caught.value.why
    assert inspect(engine).get_table_names() == ["participants"]
    with engine.begin() as connection:
        connection.execute(text("drop table participants"))
    engine.dispose()
    Store(url).close()


def test_many_may_open_a_new_database_at_once(url):
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: Store(url), range(8)))
    for store in stores:
        store.write(lambda connection: connection.execute(insert(tries).values(ROW)))
    assert count(stores[0]) == 8
    for store in stores:
        store.close()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        (f"postgresql://lmi:{WRITTEN}@127.0.0.1:1/lmi", "connection failed: .*Connection refused"),
        (f"postgresql://lmi:{WRITTEN}@127.0.0.1:1/lmi?nonsense=1", 'invalid connection option "nonsense"'),
        (f"postgresql://lmi@127.0.0.1:1/lmi?password={WRITTEN}", "connection failed: .*Connection refused"),
        (f"postgresql://lmi:{WRITTEN}@host:port/lmi", "not written as a URL"),
        (f"mysql://lmi:{WRITTEN}@127.0.0.1/lmi", "'mysql' is not supported: only sqlite and postgresql are"),
        (f"what is this {WRITTEN}", "Could not parse"),
        ("", "Could not parse"),
        ("sqlite:////proc/nowhere/x.sqlite", "No such file or directory"),
    ],
)
def test_what_cannot_be_opened_is_told_in_words_without_the_password(address, why):
    with pytest.raises(Unkept, match=f"(?s)cannot be opened .*{why}") as caught:
        Store(address)
    assert "LMI_DATABASE" in caught.value.next_step
    told = caught.value.line()
    assert PASSWORD not in told
    assert WRITTEN not in told


def test_a_password_in_the_words_of_the_server_is_left_out(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(f"no way in with {PASSWORD} or {WRITTEN}\nand more")

    monkeypatch.setattr("lmi.contributions.store.create_engine", refuse)
    with pytest.raises(Unkept) as caught:
        Store(f"postgresql://lmi:{WRITTEN}@127.0.0.1:1/lmi")
    assert caught.value.why == "no way in with (password) or (password)"


def test_the_way_in_which_many_providers_write_the_address_is_understood(new_url):
    store = Store(new_url("postgresql").replace("postgresql://", "postgres://"))
    assert count(store) == 0
    store.close()


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("these are my notes. " * 100, encoding="utf-8")
    with pytest.raises(Unkept, match="file is not a database"):
        Store(f"sqlite:///{path}")
    assert path.read_text(encoding="utf-8") == "these are my notes. " * 100


def test_sqlite_is_durable_and_strict(new_url):
    store = Store(new_url("sqlite"))
    with store.engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        found = [connection.exec_driver_sql(f"pragma {name}").scalar() for name in asked]
    assert found == ["wal", 2, 1, 1, 15_000]
    store.close()


@pytest.mark.parametrize("address", [MEMORY, "sqlite:///:memory:"])
def test_a_database_in_memory_is_one_for_all_threads_and_leaves_no_file(tmp_path, monkeypatch, address):
    monkeypatch.chdir(tmp_path)
    store = Store(address)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.write(lambda c: c.execute(insert(tries).values(ROW))), range(40)))
    assert count(store) == 40
    assert list(Path(tmp_path).iterdir()) == []
    assert count(Store(address)) == 0


def test_a_change_is_kept_as_a_whole_or_not_at_all(store):
    before = count(store)

    def half(connection):
        connection.execute(insert(tries).values(ROW))
        raise KeyError("half")

    with pytest.raises(KeyError):
        store.write(half)
    assert count(store) == before


def test_a_read_sees_one_state_of_the_database(store):
    """Somebody writes between two questions of it."""
    asked = select(tries.c.seq)

    def ask(connection):
        first = len(connection.execute(asked).all())
        writer = threading.Thread(
            target=lambda: store.write(lambda other: other.execute(insert(tries).values(ROW)))
        )
        writer.start()
        writer.join(30)
        return first, len(connection.execute(asked).all())

    first, second = store.read(ask)
    assert first == second
    assert count(store) == first + 1


def test_what_is_decided_on_a_read_within_a_change_still_holds(store):
    """50 threads each add the number of rows that they counted: no two may count the same."""
    what = f"test-{now()[-8:]}"
    mine = select(tries.c.seq).where(tries.c.what == what)

    def add(_: int) -> int:
        def change(connection):
            if connection.dialect.name == "postgresql":
                connection.execute(text("lock table tries in exclusive mode"))
            found = len(connection.execute(mine).all())
            connection.execute(insert(tries).values(ROW | {"what": what}))
            return found

        return store.write(change)

    with ThreadPoolExecutor(50) as pool:
        assert sorted(pool.map(add, range(100))) == list(range(100))


def test_a_row_that_breaks_a_rule_of_the_tables_is_not_kept(store):
    row = {"id": "x" * 32, "code": "ABCDEF", "token": "t" * 8}
    store.write(lambda connection: connection.execute(insert(convenings).values(row)))
    calls = []

    def again(connection):
        calls.append(1)
        connection.execute(insert(convenings).values(row))

    with pytest.raises(IntegrityError):
        store.write(again)
    assert len(calls) == 3  # another with the same token may have come between, so it is tried again


def test_a_full_disk_is_told_in_words(new_url):
    store = Store(new_url("sqlite"))

    def fill(connection):
        pages = connection.exec_driver_sql("pragma page_count").scalar()
        connection.exec_driver_sql(f"pragma max_page_count={pages}")
        for _ in range(1_000):
            connection.execute(insert(tries).values(ROW))

    with pytest.raises(Unkept, match=r"did not take it .*disk is full.*Nothing that was confirmed is lost"):
        store.write(fill)
    assert count(store) == 0
    store.close()


def test_a_server_that_dropped_its_connections_is_reached_again(new_url):
    url = new_url("postgresql")
    store, other = Store(url), create_engine(url, isolation_level="AUTOCOMMIT")
    store.write(lambda connection: connection.execute(insert(tries).values(ROW)))
    mine = store.read(lambda connection: connection.scalar(text("select pg_backend_pid()")))
    with other.connect() as connection:
        connection.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": mine})
    other.dispose()
    assert count(store) == 1
    store.close()


def test_a_question_that_fails_is_told_in_words(store):
    with pytest.raises(Unkept, match=r"cannot be read .*no_such_table"):
        store.read(lambda connection: connection.execute(text("select * from no_such_table")))


def test_the_document_names_every_table_and_the_copy_that_it_tells_to_make_is_whole(new_url, tmp_path):
    told = (ROOT / "docs" / "database.md").read_text(encoding="utf-8")
    assert not [table for table in META.tables if f"`{table}`" not in told]
    url, copy = new_url("sqlite"), tmp_path / "copy.sqlite"
    store = Store(url)
    store.write(lambda connection: connection.execute(insert(tries).values(ROW)))
    (line,) = re.findall(r'^\.venv/bin/python -c "(.*)"$', told, re.MULTILINE)
    where = {"data/local/contributions.sqlite": url.removeprefix("sqlite:///"), "copy.sqlite": str(copy)}
    for name, path in where.items():
        assert name in line
        line = line.replace(name, path)
    subprocess.run([sys.executable, "-c", line], check=True)
    assert count(Store(f"sqlite:///{copy}")) == 1
    store.close()
