"""How many organisations stand behind moves that are validated."""

import re
from collections import Counter
from collections.abc import Iterable

from lmi.domain.adjustments import together
from lmi.domain.pathways import Move

_NUMBERED = re.compile(r"organization \d+ (?P<of>.*)\(not named\)")  # see lmi.answers.outcome_changes


def organisations_behind(moves: Iterable[Move]) -> tuple[int, bool]:
    """How many organisations validated some of the moves, and whether there can be more.

    One counts once however it is spelled. A number in place of a name is no name: 'organization 1' of two
    moves can be two, or one that is named elsewhere. So those of one move and convening are the least.
    """
    named: list[str] = []
    numbered: Counter[tuple[tuple[str, str], str]] = Counter()
    for move in moves:
        if move.status != "validated":
            continue
        for name in dict.fromkeys(move.organisations):
            if found := _NUMBERED.fullmatch(name):
                numbered[move.pair, found["of"]] += 1
            else:
                named.append(name)
    return max((len(together(named)), *numbered.values())), bool(numbered)
