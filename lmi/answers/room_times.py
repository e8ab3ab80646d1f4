"""When the steps of a convening began, and how long they took."""

from datetime import datetime
from typing import Any

from lmi.analysis.room import Room
from lmi.domain.convening import STEP_BY_ID, STEPS, Entry


def visits(room: Room) -> list[dict[str, Any]]:
    """Each time a step was gone to, in order: step, name, began_at (UTC), minutes without its pauses (None
    where it goes on), planned_minutes. The welcome begins when the first person joins."""
    found: list[dict[str, Any]] = []
    started = min((person.joined_at for person in room.people), default="")
    clock = _Clock(STEPS[0].id, started)
    for entry in room.entries:
        match entry.kind:
            case "step" | "reopen":
                found += clock.done(entry.at)
                clock = _Clock(entry.subject or clock.step, entry.at)
            case "end":
                found += clock.done(entry.at)
                clock = _Clock(clock.step, "")
            case "pause" | "resume":
                clock.pause(entry)
    return found + clock.done("")


class _Clock:
    """The time of one visit to a step."""

    def __init__(self, step: str, began: str) -> None:
        self.step, self.began = step, began
        self.paused, self.away = "", 0.0

    def pause(self, entry: Entry) -> None:
        """Stop at a pause that is not one already; go on at its end."""
        if entry.kind == "pause":
            self.paused = self.paused or entry.at
        elif self.paused:
            self.away += _minutes(self.paused, entry.at)
            self.paused = ""

    def done(self, at: str) -> list[dict[str, Any]]:
        """The visit as it is told, in a list; [] where none began. at: when it ended, '' = it goes on."""
        if not self.began:
            return []
        away = self.away + (_minutes(self.paused, at) if self.paused and at else 0)
        step = STEP_BY_ID[self.step]  # type: ignore[index]
        return [
            {"step": step.id, "name": step.name, "began_at": self.began,
             "minutes": round(max(_minutes(self.began, at) - away, 0), 1) if at else None,
             "planned_minutes": step.minutes}
        ]  # fmt: skip


def _minutes(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / 60
