"""The participants of a measured convening: each asks, answers and sends again as a phone does."""

import argparse
import asyncio
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from bench.stage import NotMeasured
from lmi.contributions.typed import new_secret, new_token

POLL_S = 1.5
DROPPED, REPLAYED = 0.3, 0.2  # of the answers of a phone with a bad connection; of all answers
AWAY_S = 4.0  # how long such a phone is away once in a while
NAMED = 3
# Occupations that are named: at most as many as the projector has lines for.
POOL = (
    "29-1141", "31-1131", "29-2061", "31-9092", "29-2034", "29-1292", "31-9097", "29-2052", "29-1126",
    "31-9091", "29-2032", "29-2055",
)  # fmt: skip
SHOWN = 4  # choices of a question on the projector
Said = Mapping[str, Any]


@dataclass(frozen=True)
class Answered:
    """One acknowledged answer. part: of the meeting. marks: what it adds to on the projector: (question or
    '', choice). sent, acknowledged: seconds since the epoch; sent: of the try that was acknowledged."""

    who: int
    organisation: str
    part: str
    marks: tuple[tuple[str, str], ...]
    seq: int
    sent: float
    acknowledged: float


@dataclass
class Crowd:
    """Everybody in the room."""

    address: str
    code: str
    meeting: str
    chosen: argparse.Namespace
    votable: Sequence[str] = ()  # moves on the projector
    answered: list[Answered] = field(default_factory=list)
    joined: list[float] = field(default_factory=list)  # when acknowledged
    noticed: list[float] = field(default_factory=list)  # seconds until a phone shows a new part
    polls: list[float] = field(default_factory=list)
    posts: list[float] = field(default_factory=list)
    dropped: int = 0
    replayed: int = 0
    doubled: int = 0  # a replay that was kept once more
    failed: int = 0  # requests that were refused or ended with an error

    async def __aenter__(self) -> "Crowd":
        self.people = [Person(self, number) for number in range(self.chosen.participants)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for person in self.people:
            await person.leave()

    async def join(self) -> None:
        """Everybody comes within the pace."""
        await asyncio.gather(*(person.join() for person in self.people))

    async def answer(self, part: str, began: float, patience: float) -> None:
        """Everybody answers one part of the meeting. NotMeasured if somebody does not come to an end."""
        try:
            async with asyncio.timeout(patience + self.chosen.pace):
                await asyncio.gather(*(person.answer(part, began) for person in self.people))
        except TimeoutError:
            raise NotMeasured(f"the phones did not come to an end in '{part}'") from None


class Person:
    """One participant with a phone."""

    def __init__(self, crowd: Crowd, number: int) -> None:
        self.crowd, self.number = crowd, number
        self.organisation = f"Organization {number % crowd.chosen.organisations + 1:02}"
        self.secret, self.token = new_secret(), new_token()
        self.flaky = random.random() < crowd.chosen.flaky
        self.client = httpx.AsyncClient(base_url=crowd.address, timeout=10, trust_env=False)
        self.state: dict[str, Any] = {}
        self.changed = asyncio.Event()
        self.polling: asyncio.Task[None] | None = None

    async def leave(self) -> None:
        """Close the phone."""
        if self.polling:
            self.polling.cancel()
            await asyncio.gather(self.polling, return_exceptions=True)
        await self.client.aclose()

    async def join(self) -> None:
        """Come in some time within the pace, and look at the room from then on."""
        await asyncio.sleep(random.uniform(0, self.crowd.chosen.pace))
        body = {"code": self.crowd.code, "name": f"Person {self.number + 1}", "role": "Manager",
                "organisation": self.organisation, "token": self.token, "secret": self.secret}  # fmt: skip
        await self._sent("/room/join", body)
        self.crowd.joined.append(time.time())
        self.polling = asyncio.create_task(self._poll())

    async def answer(self, part: str, began: float) -> None:
        """Wait until the phone shows the part, then answer its questions, each some time within the pace."""
        step, _, topic = part.partition(" ")
        while self.state.get("step") != step or (topic and self.state.get("topic") != topic):
            self.changed.clear()
            await self.changed.wait()
        self.crowd.noticed.append(time.time() - began)
        told = self._answers(step, topic)
        waits = sorted(random.uniform(0.2, self.crowd.chosen.pace) for _ in told)
        start = time.time()
        for wait, (body, marks) in zip(waits, told, strict=True):
            await asyncio.sleep(max(0.0, start + wait - time.time()))
            await self._say(part, body, marks)

    def _answers(self, step: str, topic: str) -> list[tuple[Said, tuple[tuple[str, str], ...]]]:
        """What this person says: (what is sent, what it adds to on the projector)."""
        if step == "nominate":
            return [
                ({"kind": "nominate", "subject": soc}, (("", soc),)) for soc in random.sample(POOL, NAMED)
            ]
        found = []
        for card in self.state["cards"]:
            if card["step"] != step or (topic and card["subject"] != topic):
                continue
            if card["kind"] == "answer":
                found.append(self._answer(card))
            elif card["kind"] == "vote" and card["subject"] in self.crowd.votable:
                same = random.Random(f"{self.organisation} {card['subject']}")  # for all its people
                choice = "yes" if same.random() < 0.7 else "no"
                marks = (("", card["subject"]),) if choice == "yes" else ()
                found.append(({"kind": "vote", "subject": card["subject"], "choice": choice}, marks))
            elif card["kind"] == "sign":
                found.append(({"kind": "sign", "choice": "yes", "words": "As it was said"}, ()))
        return found

    def _answer(self, card: Said) -> tuple[Said, tuple[tuple[str, str], ...]]:
        known = [choice for choice, _ in card["choices"]][:SHOWN]
        if card["list"] == "socs":
            known = [soc for soc in POOL if soc != card["subject"]][:SHOWN]
        picked = random.sample(known, min(2, len(known)))
        words = f"In our own words, person {self.number + 1}" if random.random() < 0.3 or not picked else ""
        body = {"kind": "answer", "question": card["question"], "subject": card["subject"],
                "choices": picked, "words": words}  # fmt: skip
        return body, tuple((card["asks"], choice) for choice in picked)

    async def _say(self, part: str, body: Said, marks: tuple[tuple[str, str], ...]) -> None:
        whole = {"meeting": self.crowd.meeting, **body, "token": new_token()}
        seq, sent, acknowledged = await self._sent("/room/say", whole)
        self.crowd.answered.append(
            Answered(self.number, self.organisation, part, marks, seq, sent, acknowledged)
        )
        if random.random() < REPLAYED:
            self.crowd.replayed += 1
            again, _, _ = await self._sent("/room/say", whole)
            self.crowd.doubled += again != seq

    async def _sent(self, path: str, body: Said) -> tuple[int, float, float]:
        """Send until it is acknowledged: the number kept, when it was sent, when it was acknowledged."""
        while True:
            sent = time.time()
            if self.flaky and random.random() < DROPPED:
                await self._lost(path, body)
                continue
            try:
                reply = await self.client.post(path, json=body, headers=self._headers)
            except httpx.HTTPError:
                self.crowd.failed += 1
                await asyncio.sleep(POLL_S)
                continue
            if reply.status_code >= 500 or reply.status_code == 429:  # as a phone does: later again
                self.crowd.failed += 1
                await asyncio.sleep(POLL_S)
                continue
            if reply.status_code != 200:
                self.crowd.failed += 1
                raise NotMeasured(f"{path} answered {reply.status_code}: {reply.text[:200]}")
            self.crowd.posts.append(time.time() - sent)
            return int(reply.json().get("seq", 0)), sent, time.time()

    async def _lost(self, path: str, body: Said) -> None:
        """A request whose answer never comes: the line breaks while it is on its way, or just after."""
        self.crowd.dropped += 1
        async with httpx.AsyncClient(base_url=self.crowd.address, trust_env=False) as line:
            request = asyncio.create_task(line.post(path, json=body, headers=self._headers))
            await asyncio.wait({request}, timeout=random.uniform(0, 0.03))
            request.cancel()
            await asyncio.gather(request, return_exceptions=True)
        await asyncio.sleep(random.uniform(0.2, 1.0))

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    async def _poll(self) -> None:
        while True:
            asked = {"meeting": self.crowd.meeting, "since": self.state.get("stamp", "")}
            began = time.time()
            try:
                reply = await self.client.get("/room/state", params=asked, headers=self._headers)
                found = reply.json() if reply.status_code == 200 else {}
            except (httpx.HTTPError, ValueError):
                found = {}
            if not found:
                self.crowd.failed += 1
            else:
                self.crowd.polls.append(time.time() - began)
            if found and not found.get("same"):
                self.state = found
                self.changed.set()
            away = self.flaky and random.random() < 0.05
            await asyncio.sleep(AWAY_S if away else POLL_S * random.uniform(0.9, 1.1))
