"""What a measured convening comes to: delays from phone to projector, and losses, as rows of the report."""

from collections import defaultdict
from collections.abc import Iterable

from bench.convening_people import Answered, Crowd
from bench.convening_screen import Screen
from bench.report import Row
from lmi.analysis.room import Room

ROOM, CROWD_ABOVE = 25, 25
AIM_ROOM_S, AIM_CROWD_S = 2.0, 5.0
MOST_SAMPLES = 1_000
Mark = tuple[str, str, str]  # part, question, choice
Seen = dict[str, list[tuple[float, dict]]]


def rows_of(crowd: Crowd, screen: Screen, lost: list[Answered], room: Room, apart: str = "") -> list[Row]:
    """The report. apart: a part of the meeting in which the app was killed: only its losses count."""
    aim = AIM_CROWD_S if crowd.chosen.participants > CROWD_ABOVE else AIM_ROOM_S
    answers, missing = delays([a for a in crowd.answered if a.part != apart], screen.seen)
    missing += delays([a for a in crowd.answered if a.part == apart], screen.seen)[1]
    lasted = f"; killed once in '{apart}', whose delays are left out" if apart else ""
    people, unseen = joined(crowd.joined, screen.seen)
    everybody = len(room.people) - len(crowd.people)
    lines = (
        f"{crowd.dropped} lines broken, {crowd.replayed} answers sent twice, {crowd.failed} failed requests"
    )
    return [
        Row("answer: acknowledged to on the projector", tuple(d for _, d in answers), "s", aim, "max",
            f"{len(crowd.answered)} answers, {len(answers)} changes of the projector; {lines}{lasted}"),
        Row("answer: sent to on the projector", tuple(d for d, _ in answers), "s", aim, "max"),
        Row("person: joined to on the projector", tuple(people), "s", aim, "max"),
        Row("new part: begun to on the projector", tuple(screen.followed), "s"),
        Row("new part: begun to on the phone", tuple(crowd.noticed), "s"),
        Row("phone: answer acknowledged", _milliseconds(crowd.posts), "ms"),
        Row("phone: asks for the state", _milliseconds(crowd.polls), "ms"),
        Row("lost: acknowledged, not in the database", (float(len(lost)),), "", 1, "max"),
        Row("lost: acknowledged, not on the projector", (float(missing + unseen),), "", 1, "max"),
        Row("doubled: answers or people kept twice", (float(crowd.doubled + abs(everybody)),), "", 1, "max"),
    ]  # fmt: skip


def _milliseconds(seconds: list[float]) -> tuple[float, ...]:
    """In order of size; of very many every so-manieth, with the largest."""
    ordered = [1000 * each for each in sorted(seconds)]
    return tuple(ordered[:: max(1, len(ordered) // MOST_SAMPLES)] + ordered[-1:])


def delays(answered: Iterable[Answered], seen: Seen) -> tuple[list[tuple[float, float]], int]:
    """Seconds (from sent, from acknowledged) for every answer that changes what the projector shows, and how
    many of these changes it never showed.

    An answer changes the count of a choice if its organization had not chosen it, and the number of people
    who have answered if it is the person's first in the part. What is on the screen before its
    acknowledgement has come counts as 0.
    """
    changes: list[tuple[Answered, tuple[str, ...], int]] = []
    organisations: defaultdict[Mark, set[str]] = defaultdict(set)
    heard: defaultdict[str, set[int]] = defaultdict(set)
    for each in sorted(answered, key=lambda one: one.seq):
        if each.who not in heard[each.part]:
            heard[each.part].add(each.who)
            changes.append((each, ("answered",), len(heard[each.part])))
        for question, choice in each.marks:
            named = organisations[each.part, question, choice]
            if each.organisation not in named:
                named.add(each.organisation)
                changes.append((each, (question, choice), len(named)))
    found = [(each, _since(seen.get(each.part, []), what, count)) for each, what, count in changes]
    shown = [(max(0.0, at - one.sent), max(0.0, at - one.acknowledged)) for one, at in found if at]
    return shown, len(found) - len(shown)


def joined(when: Iterable[float], seen: Seen) -> tuple[list[float], int]:
    """Seconds from the n-th acknowledged joining until the projector says that n people are in; how many it
    never showed."""
    found, missing = [], 0
    for number, at in enumerate(sorted(when), 1):
        since = _since(seen.get("welcome", []), ("people",), number)
        missing += not since
        found += [max(0.0, since - at)] if since else []
    return found, missing


def _since(seen: list[tuple[float, dict]], what: tuple[str, ...], count: int) -> float:
    """When the screen first showed a count of at least so many; 0 if never."""
    return next((at for at, screen in seen if _count(screen, what) >= count), 0.0)


def _count(screen: dict, what: tuple[str, ...]) -> int:
    if len(what) == 1:
        return screen[what[0]] or 0
    return next((n for question, choice, n in screen["rows"] if (question, choice) == what), 0)
