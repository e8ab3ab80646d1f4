"""What makes a notice doubtful in itself or beside the others of its file: rounded or absurd counts, and
dates that cannot be. The order of the notices does not matter."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

ABSURD_JOBS = 10_000
ENOUGH = 20  # counts from which a share of them says something
_ROUND, _NOT_ROUND = 0.95, 0.60  # shares of counts ending in 0: of a doubtful year, and of the others
_FEW, _CHANCE = 4, 0.001  # a small year of so many counts is doubtful where chance makes it less often
_ENOUGH_FOR_TAIL, _TIMES_TAIL = 100, 20
_ENOUGH_FOR_GAP, _LOOKED_AT, _TIMES_NEXT = 50, 3, 4  # the highest few of a state, each beside the next lower
_MOST_YEARS = 3
_MOST_DAYS_BEFORE = 180
_DAYS_OF_YEARS = 366 * _MOST_YEARS


@dataclass(frozen=True)
class Facts:
    """What is judged of a notice. state: its FIPS code or ''; jobs: None = not told. dated: whether the day
    of the notice is told; else announced is the day of effect."""

    state: str
    announced: date
    effective: date | None
    jobs: int | None
    loss: bool
    dated: bool = True


@dataclass(frozen=True)
class Group:
    """What the counts of a file say: states and (state, year) pairs whose counts are too round, and the
    count that an ordinary one of a state does not pass. gaps: state -> the highest count below a gap,
    above which no count can be trusted; a state without a gap is left out."""

    round_states: frozenset[str]
    round_years: frozenset[tuple[str, int]]
    tails: Mapping[str, int]
    gaps: Mapping[str, int]


def grouped(facts: Iterable[Facts]) -> Group:
    """The group figures of all notices of a file."""
    counts: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if fact.jobs is not None:
            counts[fact.state][fact.announced.year].append(fact.jobs)
    round_states, round_years, tails, gaps = set(), set(), {}, {}
    for state, years in counts.items():
        pooled = sorted(jobs for values in years.values() for jobs in values)
        if len(pooled) >= _ENOUGH_FOR_TAIL:
            tails[state] = pooled[-(len(pooled) // 100) - 1]
        if len(pooled) >= ENOUGH and _round_share(pooled) >= _ROUND:
            round_states.add(state)
            continue
        for year, values in years.items():
            if _is_too_round(values, [n for other, told in years.items() if other != year for n in told]):
                round_years.add((state, year))
        gap = _gap([n for year, told in years.items() if (state, year) not in round_years for n in told])
        if gap:
            gaps[state] = gap
    return Group(frozenset(round_states), frozenset(round_years), tails, gaps)


def doubts(fact: Facts, group: Group, today: date) -> list[str]:
    """Why a notice is suspicious, one sentence each; none for most. today: no notice is of a later day."""
    return [*_count_doubts(fact, group), *_date_doubts(fact, today)]


def lag_remark(fact: Facts) -> str:
    """A sentence for the notes where the day of effect lies before the notice; '' elsewhere."""
    if fact.effective is None or fact.effective >= fact.announced:
        return ""
    days = (fact.announced - fact.effective).days
    what = "lay-off" if fact.loss else "effective"
    return f"The {what} date lies {days:,} day{'' if days == 1 else 's'} before the notice."


def _count_doubts(fact: Facts, group: Group) -> list[str]:
    found = []
    if fact.jobs is not None:
        if fact.state in group.round_states:
            found.append("nearly all counts of its state in this file end in 0, as if ten times too large.")
        elif (fact.state, fact.announced.year) in group.round_years:
            found.append(
                f"nearly all counts of its state in {fact.announced.year} end in 0, those of other years do "
                "not, as if ten times too large."
            )
        tail, below = group.tails.get(fact.state), group.gaps.get(fact.state)
        if fact.jobs > ABSURD_JOBS:
            found.append(f"{fact.jobs:,} jobs are more than {ABSURD_JOBS:,}.")
        elif tail is not None and fact.jobs > _TIMES_TAIL * tail:
            found.append(f"{fact.jobs:,} jobs are more than {_TIMES_TAIL} times what 99% of this file has.")
        elif below is not None and fact.jobs > _TIMES_NEXT * below:
            found.append(
                f"{fact.jobs:,} jobs are more than {_TIMES_NEXT} times {below:,}, the next lower count of "
                "its state in this file."
            )
    return found


def _date_doubts(fact: Facts, today: date) -> list[str]:
    found = []
    if not fact.dated:
        found.append("it has no date of the notice, only the day of effect.")
    elif fact.announced > today:
        found.append(f"its notice date {fact.announced.isoformat()} lies ahead.")
    if fact.effective is not None:
        if (fact.effective - today).days > _DAYS_OF_YEARS:
            found.append(
                f"its effective date {fact.effective.isoformat()} lies more than {_MOST_YEARS} years ahead."
            )
        lag = (fact.effective - fact.announced).days
        if abs(lag) > _DAYS_OF_YEARS:
            found.append(f"notice and effective date lie more than {_MOST_YEARS} years apart.")
        elif lag < -_MOST_DAYS_BEFORE:
            found.append(f"its effective date lies {-lag} days before the notice.")
    return found


def _round_share(counts: Sequence[int]) -> float:
    """The share of counts that end in 0; 1 where there are none, so that nothing stands out from them."""
    return sum(jobs % 10 == 0 for jobs in counts) / len(counts) if counts else 1.0


def _is_too_round(counts: Sequence[int], others: Sequence[int]) -> bool:
    """Whether nearly all counts of a year end in 0 and those of its state's other years do not; of a small
    year, whether as many would by chance as rarely as once in a thousand."""
    if _round_share(counts) < _ROUND:
        return False
    if len(counts) >= ENOUGH:
        return _round_share(others) < _NOT_ROUND
    usual = (sum(jobs % 10 == 0 for jobs in others) + 1) / (len(others) + 2)
    return len(counts) >= _FEW and len(others) >= ENOUGH and usual ** len(counts) < _CHANCE


def _gap(counts: Sequence[int]) -> int:
    """The count below the first gap among the highest of a state; 0 if there is none, or too few counts."""
    ordinary = sorted(jobs for jobs in counts if jobs <= ABSURD_JOBS)
    if len(ordinary) < _ENOUGH_FOR_GAP:
        return 0
    highest = ordinary[-_LOOKED_AT - 1 :]
    return next((low for low, high in pairwise(highest) if high > _TIMES_NEXT * low), 0)
