"""Pieces of what a room says, as HTML: rows with a bar and a count, quoted words, votes. All text is escaped.

Sizes are the style sheet's; the same pieces stand on the facilitator's page and on the projector.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from lmi.analysis.room import Counted, Nominated, Said, Stand
from lmi.domain.convening import QUESTION_BY_ID
from lmi.presentation.room_critical import job_words

_MOST_QUOTED = 160  # characters of own words on a screen; the record has all
_MOST_ORGANISATIONS = 4  # named under a row


@dataclass(frozen=True)
class Lists:
    """Words for what can be chosen. titles: SOC code -> title. categories: SOC code -> title of its major
    group. skills, programs: id -> words. chosen: the same of those that the room chose, also where they have
    left their list."""

    titles: Mapping[str, str]
    categories: Mapping[str, str] = field(default_factory=dict)
    skills: Mapping[str, str] = field(default_factory=dict)
    programs: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)

    def title(self, soc: str) -> str:
        """The title of an occupation, its code where it has none."""
        return self.titles.get(soc, soc)

    def job(self, named: Nominated) -> str:
        """What a job that the room names is called; own words stand in quotation marks."""
        return job_words(named.soc, self.title(named.soc), (named.words or ("",))[0])

    def choice(self, question: str, choice: str) -> str:
        """What was chosen, in words."""
        return self._of(question).get(choice) or self.chosen.get(choice, choice)

    def known(self, question: str, found: Sequence[Counted]) -> tuple[Counted, ...]:
        """Those things chosen that have words; what never was in a list is not shown."""
        held = self._of(question)
        return tuple(each for each in found if each.choice in held or each.choice in self.chosen)

    def _of(self, question: str) -> Mapping[str, str]:
        asked = QUESTION_BY_ID[question]
        known: Mapping[str, Mapping[str, str]] = {
            "": asked.choices, "skills": self.skills, "socs": self.titles, "programs": self.programs,
        }  # fmt: skip
        return known[asked.open_list]


def organisations(names: Sequence[str], most: int = _MOST_ORGANISATIONS) -> str:
    """'A, B and 3 more'."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def row(label: str, count: int, most: int, small: str = "", key: str = "", mark: bool = False) -> str:
    """One line: words, a bar as long as count ÷ most, the count. key: what a test can find it by."""
    share = min(count / most, 1) if most else 0
    under = f"<small>{escape(small)}</small>" if small else ""
    chosen = ' class="now"' if mark else ""
    return (
        f'<li{chosen} data-key="{escape(key, quote=True)}" data-count="{count}">'
        f'<span class="what">{escape(label)}{under}</span>'
        f'<span class="bar" aria-hidden="true"><i style="width:{100 * share:.1f}%"></i></span>'
        f"<b>{count}</b></li>"
    )


def rows(items: Sequence[str], empty: str, called: str = "") -> str:
    """Lines made by `row`, or what to say where there are none. called: the name of the list."""
    if not items:
        return f'<p class="none">{escape(empty)}</p>'
    name = f' aria-label="{escape(called, quote=True)}"' if called else ""
    return f'<ol class="lmi-rows"{name}>{"".join(items)}</ol>'


def more(left: int, what: str = "more") -> str:
    """'and 5 more', or nothing."""
    return f'<p class="more">and {left} {what}</p>' if left > 0 else ""


def counted_rows(found: Sequence[Counted], question: str, lists: Lists, of: int, most: int) -> str:
    """What was chosen, most organizations first, at most `most` lines. of: organizations in the room."""
    found = lists.known(question, found)
    items = [
        row(lists.choice(question, each.choice), len(each.organisations), of, key=each.choice)
        for each in found[:most]
    ]
    asks = QUESTION_BY_ID[question].asks
    return rows(items, "Nothing yet", asks) + more(len(found) - most)


def quotes(said: Sequence[Said], most: int, *, named: bool) -> str:
    """Own words, the newest last, with the organization that says them unless names are hidden."""
    own = [each for each in said if each.words]
    items = []
    for each in own[-most:] if most else []:
        words = " ".join(each.words.split())
        words = words if len(words) <= _MOST_QUOTED else f"{words[:_MOST_QUOTED].rstrip()}…"
        by = f"<small>{escape(each.organisation)}</small>" if named else ""
        items.append(f"<li><q>{escape(words)}</q>{by}</li>")
    return f'<ul class="lmi-quotes">{"".join(items)}</ul>' if items else ""


def stand_words(stand: Stand) -> str:
    """How a move stands, in a word or two."""
    if stand.confirmed:
        return "Confirmed"
    if stand.struck:
        return "Struck out"
    return "Not decided"


def stand_rows(stands: Sequence[Stand], lists: Lists, of: int, most: int) -> str:
    """Moves with the organizations for and against each. of: organizations in the room."""
    items = [_stand(stand, lists, of) for stand in stands[:most]]
    if not items:
        return '<p class="none">No move is proposed yet</p>'
    left = more(len(stands) - most, "more moves")
    return f'<ol class="lmi-votes">{"".join(items)}</ol>{left}'


def _stand(stand: Stand, lists: Lists, of: int) -> str:
    start, goal = (lists.title(soc) for soc in stand.move)
    yes, no = len(stand.yes), len(stand.no)
    aside = [f"{len(stand.divided)} divided"] if stand.divided else []
    aside += [f"{len(stand.unsure)} cannot say"] if stand.unsure else []
    where = "on file" if stand.on_file else "proposed here"
    state = "yes" if stand.confirmed else "no" if stand.struck else "open"
    small = " · ".join([stand_words(stand), where, *aside])
    bars = "".join(
        f'<span class="bar {side}" aria-hidden="true">'
        f'<i style="width:{100 * n / max(of, 1):.1f}%"></i></span>'
        f"<b>{n} {side}</b>"
        for side, n in (("yes", yes), ("no", no))
    )
    return (
        f'<li class="{state}" data-key="{escape(">".join(stand.move), quote=True)}" data-count="{yes}">'
        f'<span class="what">{escape(start)} <i class="to" aria-label="to">→</i> {escape(goal)}'
        f"<small>{escape(small)}</small></span>"
        f'<span class="sides">{bars}</span></li>'
    )
