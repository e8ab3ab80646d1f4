"""What was acknowledged is there: after kill -9, and with many at once."""

import os
import random
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from lmi.contributions import convenings
from lmi.contributions.store import Store
from lmi.contributions.typed import new_token
from lmi.places import ROOT

# Four threads write and tell each token once it is acknowledged, until somebody kills them.
WRITER = """
import sys, threading
from lmi.contributions import convenings
from lmi.contributions.store import Store
from lmi.contributions.typed import new_token

store, where, who = Store(sys.argv[1]), sys.argv[2], sys.argv[3]
turn = threading.Lock()

def write():
    while True:
        token = new_token()
        words = {"words": "Welder " * 60}
        number = convenings.say(store, where, who, "nominate", "own", words, token)
        with turn:
            print(token, number, flush=True)

for _ in range(4):
    threading.Thread(target=write).start()
"""
OPENER = "import sys; from lmi.contributions.store import Store; print('go', flush=True); Store(sys.argv[1])"


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_acknowledged_survives_kill_9(url, seed):
    store = Store(url)
    where = convenings.create(store, "Health", "12420", "2026-11-25", "", "Ann", new_token())
    who = convenings.join(store, where.id, "Ann", "Acme", "", new_token())[0].id
    lines = random.Random(seed).randint(5, 120)
    acknowledged = _killed([sys.executable, "-c", WRITER, url, where.id, who], lines)
    assert len(acknowledged) >= lines
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(
                lambda line: convenings.kept(store, where.id, who, line[0]) == int(line[1]), acknowledged
            )
        )
    assert all(found)
    entries = convenings.said(store, where.id)
    assert {int(line[1]) for line in acknowledged} <= {entry.seq for entry in entries}
    assert {entry.words for entry in entries} == {"Welder " * 60}  # none is half there
    number = convenings.say(store, where.id, who, "nominate", "own", {"words": "after"}, new_token())
    assert number > max(entry.seq for entry in entries)
    store.close()


def _killed(command: list[str], lines: int) -> list[list[str]]:
    """What the command had written when it was killed, at some moment after so many lines."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    read = [process.stdout.readline().split() for _ in range(lines)]
    os.kill(process.pid, signal.SIGKILL)
    rest, _ = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    read += [line.split() for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    assert all(len(line) == 2 for line in read), "the writer stopped by itself"
    return read


def test_kill_9_while_the_tables_are_made_leaves_a_database_that_opens(url):
    process = subprocess.Popen(
        [sys.executable, "-c", OPENER, url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "go\n"
    threading.Event().wait(0.02)  # in the middle of it, more or less
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    store = Store(url)
    where = convenings.create(store, "Health", "12420", "2026-11-25", "", "Ann", new_token())
    assert convenings.every(store) == [where]
    store.close()


def test_fifty_people_at_once_lose_nothing_and_meet_no_error(store):
    where = convenings.create(store, "Health", "12420", "2026-11-25", "", "Ann", new_token())
    together = threading.Barrier(50)

    def take_part(number: int) -> list[int]:
        together.wait(60)
        who = convenings.join(store, where.id, f"Person {number}", f"Firm {number % 15}", "", new_token())[0]
        return [
            convenings.say(store, where.id, who.id, "nominate", "own", {"words": f"{number}"}, new_token())
            for _ in range(4)
        ]

    with ThreadPoolExecutor(50) as pool:
        numbers = [each for several in pool.map(take_part, range(50)) for each in several]
    entries = convenings.said(store, where.id)
    assert sorted(numbers) == [entry.seq for entry in entries]
    assert len(set(numbers)) == 200
    people = convenings.people(store, where.id)
    assert {p.name for p in people} == {f"Person {number}" for number in range(50)}
    assert convenings.stamp(store, where.id) == (200, max(numbers), 50)
