"""`python -m bench.convening`: a convening through the real app, with its delays and losses.

The app runs as a user starts it, on a database of its own. Participants are clients that do over HTTP what a
phone does; the facilitator acts as the page does; a real Chromium shows the projector and the facilitator's
page, and the delays are read from what the projector shows.
"""

import argparse
import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import build, report, server
from bench.__main__ import RESULTS
from bench.convening_people import Answered, Crowd
from bench.convening_screen import Screen, on_screen
from bench.convening_sums import rows_of
from bench.desks import open_stage_desk
from bench.stage import NotMeasured, Stage, opened
from lmi.answers import room_lists
from lmi.answers.room import facilitate, room_of
from lmi.contributions import convenings
from lmi.contributions.store import Store
from lmi.contributions.typed import new_token
from lmi.domain.convening import Convening

PASSCODE = "only-for-this-measurement"
AREA = "12420"
TOPICS = 3  # occupations that are talked through
SETTLE_S, PATIENCE_S, RETURN_S = 3.0, 120.0, 15.0
KILLED = "sources"  # the step in which the app is killed, if so asked


@dataclass(frozen=True)
class Kept(Stage):
    """A stage with a database of its own and a passcode that the measurement knows."""

    database: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the app."""
        return super().environment | {"LMI_DATABASE": self.database, "LMI_PASSCODE": PASSCODE}


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options, checked."""
    parser = argparse.ArgumentParser(prog="python -m bench.convening", description=__doc__)
    parser.add_argument("--participants", type=_count, default=25, help="people with a phone (25)")
    parser.add_argument("--organisations", type=_count, default=15, help="for whom they speak (15)")
    parser.add_argument("--database", default="", metavar="URL", help="an empty database; a new SQLite file")
    parser.add_argument(
        "--pace", type=float, default=15.0, help="seconds in which a question is answered (15)"
    )
    parser.add_argument(
        "--flaky", type=float, default=0.2, help="share of phones that lose connections (0.2)"
    )
    parser.add_argument(
        "--kill", action="store_true", help="kill -9 the app in the middle, and start it again"
    )
    parser.add_argument("--seed", type=int, default=1, help="of who answers what and when (1)")
    chosen = parser.parse_args(arguments)
    if chosen.organisations > chosen.participants:
        parser.error("there cannot be more organisations than participants")
    if not (0 <= chosen.flaky <= 1 and 0.5 <= chosen.pace <= 300):
        parser.error("--flaky is a share from 0 to 1, --pace is 0.5 to 300 seconds")
    return chosen


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 300:
        raise argparse.ArgumentTypeError(f"'{text[:30]}' is not a whole number from 1 to 300")
    return int(text)


class App:
    """The running app, which can be killed."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.port = stage, server.free_port()
        self.process = server.begin(stage, self.port)

    def __enter__(self) -> "App":
        server.wait(self.process, self.port)
        return self

    def __exit__(self, *_: object) -> None:
        server.end(self.process)

    def kill_and_begin_again(self) -> None:
        """kill -9, then a new start on the same port; returns when it answers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = server.begin(self.stage, self.port)
        server.wait(self.process, self.port)


class Facilitator:
    """Who leads the meeting: acts on the database as the page does."""

    def __init__(self, store: Store, convening: Convening, socs: frozenset[str]) -> None:
        self.store, self.convening, self.socs = store, convening, socs

    async def do(self, kind: str, subject: str = "") -> None:
        """One act; returns when it is kept."""

        def act() -> None:
            room = room_of(self.store, self.convening)
            facilitate(self.store, room, kind, new_token(), "Bench", self.socs, subject)

        await asyncio.to_thread(act)

    async def topics(self) -> tuple[str, ...]:
        """The occupations that the room talks through."""
        return (await asyncio.to_thread(room_of, self.store, self.convening)).topics


async def meeting(lead: Facilitator, crowd: Crowd, screen: Screen, app: App) -> None:
    """All steps of the guide, each until everybody has answered and the projector has had time to show it."""
    await screen.begin("welcome")
    await crowd.join()
    await _settled(screen)
    for step in ("nominate", "group", "discuss", "map", "sources", "close"):
        print(f"bench: {step} …", file=sys.stderr, flush=True)
        if step == "discuss":
            await _topics(lead, crowd, screen)
            continue
        killed = asyncio.create_task(_killed(app, crowd)) if step == KILLED and crowd.chosen.kill else None
        await _one(lead, crowd, screen, (("step", step),), step)
        if killed:
            await killed
            await asyncio.sleep(RETURN_S)
            await screen.collect()
    await lead.do("end")


async def _killed(app: App, crowd: Crowd) -> None:
    """The app dies while the answers come in."""
    await asyncio.sleep(SETTLE_S + crowd.chosen.pace / 2)
    print("bench: kill -9 …", file=sys.stderr, flush=True)
    await asyncio.to_thread(app.kill_and_begin_again)


async def _topics(lead: Facilitator, crowd: Crowd, screen: Screen) -> None:
    for number, topic in enumerate((await lead.topics())[:TOPICS]):
        acts = (*((("step", "discuss"),) if not number else ()), ("topic", topic))
        await _one(lead, crowd, screen, acts, f"discuss {topic}")


async def _one(
    lead: Facilitator, crowd: Crowd, screen: Screen, acts: tuple[tuple[str, str], ...], part: str
) -> None:
    """One part of the meeting: it begins, is shown, is answered, and settles."""
    before = await screen.topic()
    for kind, subject in acts:
        await lead.do(kind, subject)
    began = time.time()
    await screen.begin(part, before, began)
    if part == "map":
        crowd.votable = await screen.keys()
    await crowd.answer(part, began, PATIENCE_S)
    await _settled(screen)


async def _settled(screen: Screen) -> None:
    await asyncio.sleep(SETTLE_S)
    await screen.collect()


async def run(chosen: argparse.Namespace, app: App, store: Store) -> list[report.Row]:
    """The meeting, and what came of it."""
    desk = open_stage_desk(app.stage)
    made = datetime.now(UTC).strftime("%Y-%m-%d")
    convening = convenings.create(store, "Health care", AREA, made, "Bench", "Bench", new_token())
    lead = Facilitator(store, convening, room_lists.detailed(desk))
    crowd = Crowd(f"http://127.0.0.1:{app.port}", convening.code, convening.id, chosen)
    async with on_screen(app.port, convening.id, PASSCODE) as screen, crowd:
        await meeting(lead, crowd, screen, app)
        lost = await asyncio.to_thread(_lost, store, convening, crowd.answered)
        apart = KILLED if chosen.kill else ""
        return rows_of(crowd, screen, lost, room_of(store, convening), apart)


def _lost(store: Store, convening: Convening, answered: Sequence[Answered]) -> list[Answered]:
    """What was acknowledged and is not in the database."""
    there = {entry.seq for entry in convenings.said(store, convening.id)}
    return [each for each in answered if each.seq not in there]


def main(arguments: Sequence[str] | None = None) -> int:
    """Hold the meeting and report; 1 if an aim is missed or something could not be measured."""
    chosen = options(arguments)
    random.seed(chosen.seed)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and folders are cleared
    started, load = datetime.now(UTC), report.load()
    with opened(1, False) as plain:
        url = chosen.database or f"sqlite:///{plain.build_dir / 'contributions.sqlite'}"
        stage = Kept(plain.build_dir, database=url)
        build.prepare(stage)
        store = Store(url)
        try:
            with App(stage) as app:
                rows = asyncio.run(run(chosen, app, store))
        except NotMeasured as error:
            rows = [report.Row("convening", note=f"not measured: {error}")]
        kind = store.engine.dialect.name
        store.close()
    told = vars(chosen) | {"section": "convening", "database": kind, "load_before": load}
    path = report.write(Path(RESULTS), started, told, rows)
    print(report.table(rows))
    print(f"bench: written to bench/results/{path.name}", file=sys.stderr)
    return int(any(row.met is False or not row.samples for row in rows))


if __name__ == "__main__":
    sys.exit(main())
