"""Where a convening stands: what the facilitator did last."""

from collections.abc import Iterable
from dataclasses import dataclass

from lmi.domain.convening import STEPS, Entry, listed


@dataclass(frozen=True)
class State:
    """Where the meeting stands. since: when the step began (UTC ISO). paused: until it goes on, or ends.
    chosen: the occupations that the facilitator chose to talk through, () = those that most name.
    screen: what the projector shows of the moves, 'votes' or 'map'."""

    step: str = STEPS[0].id
    since: str = ""
    paused: bool = False
    names_hidden: bool = False
    topic: str = ""
    chosen: tuple[str, ...] = ()
    ended: bool = False
    screen: str = "votes"


def state_of(entries: Iterable[Entry]) -> State:
    """Where a meeting stands after what was done. entries: in order."""
    step, since, paused, hidden, topic, ended = STEPS[0].id, "", False, False, "", False
    chosen: tuple[str, ...] = ()
    screen = "votes"
    for entry in entries:
        match entry.kind:
            case "step":
                step, since, paused = entry.subject, entry.at, False  # type: ignore[assignment]
            case "pause" | "resume":
                paused = entry.kind == "pause"
            case "names":
                hidden = entry.subject == "hidden"
            case "topics":
                chosen = tuple(dict.fromkeys(listed(entry.subject)))
            case "topic":
                topic = entry.subject
            case "screen":
                screen = entry.subject
            case "end" | "reopen":
                ended, paused = entry.kind == "end", False
    return State(step, since, paused, hidden, topic, chosen, ended, screen)
