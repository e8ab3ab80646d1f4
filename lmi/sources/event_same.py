"""Whether a notice is of an event that is there already: what an import compares, and in what words it says
so. Duplicates are of events that are kept, never of notices that are held back."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from lmi.sources.event_sites import Standing

Kind = Literal["new", "duplicate", "suspicious", "refused"]
ONE_NOTICE_DAYS = 45  # between the day of a notice and the day on which a list received it
_UPDATE_DAYS = 366
_CAN_BE_RAISED = (
    " The record has the collection's count; its confidence can be raised on the page Hiring events."
)


class Verdict(NamedTuple):
    """What a notice is beside the others. why: for those that are not new; note: a sentence for the notes of
    a new one, or ''; repeats: whether a suspicious one is of an event that is there, and none of its own."""

    kind: Kind
    why: str = ""
    note: str = ""
    repeats: bool = False


class Register:
    """The events that are there, in the log and of the file, as an import goes through its notices."""

    def __init__(self, events: Iterable[Standing]) -> None:
        self._events: dict[tuple[str, str], list[Standing]] = defaultdict(list)
        self._by_first_word: dict[tuple[str, str, str], list[Standing]] = defaultdict(list)
        self._matched: set[str] = set()
        self._met: set[str] = set()
        for event in events:
            self.add(event)

    def add(self, event: Standing) -> None:
        """Put an event to those that are there."""
        site = event.site
        self._events[site.employer, site.state].append(event)
        if event.logged:
            self._by_first_word[site.first_word, site.state, site.day].append(event)

    def meet(self, notices: Iterable[Standing]) -> None:
        """Take note of the events of the log that a file has as they are. No other notice of the file is
        one of those under another date or name."""
        for mine in notices:
            same = [e for e in self._near(mine) if e.logged and _told(e) == _told(mine)]
            self._met |= {event.label for event in same}

    def verdict(self, mine: Standing) -> Verdict:
        """What a notice is beside the events that are kept: new, a duplicate or suspicious."""
        kept = [e for e in self._near(mine) if e.kept]
        same_day = [e for e in kept if mine.site.day == e.site.day]
        alike = [e for e in same_day if not _is_another_wave(mine, e)]
        alike.sort(key=lambda e: (e.effective != mine.effective, e.jobs != mine.jobs, e.void != mine.void))
        found = self._of_one_day(mine, alike) or self._of_two_effects(mine, same_day)
        found = found or self._of_two_days(mine) or self._of_namesake(mine) or self._of_rescinded(mine)
        if found:
            return found
        note = f"Another wave of the notice of {mine.site.day}." if same_day else ""
        return Verdict("new", note=note)

    def held_back(self, mine: Standing) -> str:
        """How a message names the notice of this file that is held back and that this one repeats; or ''."""
        for event in self._near(mine):
            placeless = not (mine.site.is_told or event.site.is_told)
            if (
                not event.kept
                and _told(event) == _told(mine)
                and ((placeless and mine.jobs is not None) or mine.site.is_surely(event.site))
            ):
                return event.label
        return ""

    def updated(self, mine: Standing) -> str:
        """What a message says of the event that a notice updates, the last one before it; '' for none."""
        earlier = self._earlier(mine)
        if not earlier:
            return ""
        last = max(earlier, key=lambda e: (e.site.day, mine.site.is_surely(e.site)))
        return f"{last.label} of {last.site.day} ({_counts(last, mine)})"

    def _earlier(self, mine: Standing) -> list[Standing]:
        """What is kept of the employer at the place, of that day or of the year before it."""
        return [e for e in self._near(mine) if e.kept and 0 <= _days(e, mine) <= _UPDATE_DAYS]

    def _near(self, mine: Standing) -> list[Standing]:
        there = self._events[mine.site.employer, mine.site.state]
        return [e for e in there if e.gain == mine.gain and mine.site.may_be_at(e.site)]

    def _of_one_day(self, mine: Standing, others: list[Standing]) -> Verdict | None:
        """others: kept ones of the same employer and day that may be at its place; no other waves."""
        if not others:
            return None
        sure = [other for other in others if mine.site.is_surely(other.site)]
        for other in sure:
            if mine.jobs is None or other.jobs is None or mine.jobs == other.jobs:
                counts = "" if mine.jobs == other.jobs else f" ({_counts(other, mine)})"
                return _duplicate(f"the same employer, day and place as {other.label}{counts}.", other, mine)
        for other in sure:
            if other.logged and _is_tenfold(other.jobs, mine.jobs):
                counts = f"{_counts(other, mine)}: one is ten times the other"
                why = f"the same employer, day and place as {other.label} ({counts})."
                return _duplicate(why, other, mine)
        if sure:
            counts = f"{_counts(sure[0], mine)}: a correction, or another part of it"
            why = f"the same employer, day and place as {sure[0].label} with another count ({counts})."
            return Verdict("suspicious", why)
        return self._placeless(mine, [o for o in others if not (o.site.is_told or mine.site.is_told)]) or (
            Verdict(
                "suspicious",
                f"the same employer and day as {others[0].label}, and too little is told of the place to "
                f"tell the two apart ({_counts(others[0], mine)}).",
            )
        )

    def _placeless(self, mine: Standing, others: list[Standing]) -> Verdict | None:
        """others: those of the same employer and day of which no place is told, like of this one. Without
        counts two of a file may be two sites; one of the log is met again by one of a file, once."""
        for other in others:
            again = other.logged and mine.jobs == other.jobs and other.label not in self._matched
            if again or (mine.jobs is not None and mine.jobs == other.jobs):
                self._matched.add(other.label)
                why = f"the same employer, day and count as {other.label}; no place is told of either."
                return _duplicate(why, other, mine)
        if not others:
            return None
        why = f"the same employer and day as {others[0].label}, and no place is told of either"
        return Verdict("suspicious", f"{why} ({_counts(others[0], mine)}).")

    def _of_two_effects(self, mine: Standing, same_day: list[Standing]) -> Verdict | None:
        """Waves of a notice come in one file. A later file with another effective date may have moved it.
        same_day: kept ones of the same employer and day that may be at its place, all other waves."""
        for other in same_day:
            if other.logged and other.label not in self._met and other.jobs == mine.jobs:
                return Verdict(
                    "suspicious",
                    f"the same employer, day, place and count as {other.label}, whose effective date is "
                    f"{other.effective}: another date of the same notice, or another wave of it.",
                )
        return None

    def _of_namesake(self, mine: Standing) -> Verdict | None:
        """A name may be told with a part of the company or without it."""
        site = mine.site
        for other in self._by_first_word[site.first_word, site.state, site.day] if mine.jobs else ():
            same = other.gain == mine.gain and _told(other) == _told(mine)
            if same and other.label not in self._met and site.is_of_namesake(other.site):
                return Verdict(
                    "suspicious",
                    f"the same day, place, effective date and count as {other.label}, whose employer's name "
                    "begins alike: it may be one notice under two names.",
                )
        return None

    def _of_two_days(self, mine: Standing) -> Verdict | None:
        """Lists differ in the date that they give a notice, and at times in the city of one address."""
        if not mine.effective or mine.jobs is None:
            return None
        for other in self._events[mine.site.employer, mine.site.state]:
            same = other.kept and other.gain == mine.gain
            same = same and (other.effective, other.jobs) == (mine.effective, mine.jobs)
            place = mine.site.may_be_at(other.site) or (
                mine.site.street and mine.site.street == other.site.street
            )
            if same and place and 0 < abs(_days(other, mine)) <= ONE_NOTICE_DAYS:
                return Verdict(
                    "suspicious",
                    f"the same employer, place, effective date and count as {other.label}, whose notice is "
                    f"of {other.site.day}: it may be one notice under two dates.",
                )
        return None

    def _of_rescinded(self, mine: Standing) -> Verdict | None:
        """A cancelled notice may bear the day on which it was cancelled, and stand for an earlier one."""
        earlier = [e for e in self._earlier(mine) if not e.void and e.site.day < mine.site.day]
        if not mine.void or not earlier:
            return None
        likely = max(
            earlier,
            key=lambda e: (e.jobs == mine.jobs, e.effective == mine.effective, e.site.day, e.label),
        )
        return Verdict(
            "suspicious",
            f"it is cancelled, and {likely.label} of {likely.site.day} ({_counts(likely, mine)}) still "
            "counts. If that is what it cancels, change its status on the page Hiring events.",
        )


def _duplicate(why: str, other: Standing, mine: Standing) -> Verdict:
    if mine.void and not other.void:
        more = " It is cancelled here and not there: change its status on the page Hiring events."
        return Verdict("suspicious", why + more, repeats=True)
    if mine.rescinded and not (other.void or other.rescinded):
        more = f" But {mine.rescinded} If it is, change the event's status on the page Hiring events."
        return Verdict("suspicious", why + more, repeats=True)
    more = _CAN_BE_RAISED if other.logged and other.collected and mine.official else ""
    return Verdict("duplicate", why + more)


def _told(event: Standing) -> tuple[str, str, int | None]:
    return event.site.day, event.effective, event.jobs


def _is_another_wave(mine: Standing, other: Standing) -> bool:
    return bool(mine.effective and other.effective and mine.effective != other.effective)


def _is_tenfold(one: int | None, other: int | None) -> bool:
    return bool(one and other and 10 * min(one, other) == max(one, other))


def _days(earlier: Standing, later: Standing) -> int:
    return (date.fromisoformat(later.site.day) - date.fromisoformat(earlier.site.day)).days


def _counts(other: Standing, mine: Standing) -> str:
    return f"{_count(other.jobs)} there, {_count(mine.jobs)} here"


def _count(jobs: int | None) -> str:
    return "no count" if jobs is None else f"{jobs:,}"
