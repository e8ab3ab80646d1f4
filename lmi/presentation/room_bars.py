"""What the room calls critical, grouped by occupational category and counted by organization."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lmi.analysis.room import Nominated, Room
from lmi.presentation.captions import counted
from lmi.presentation.frame import Chart, Frame, alt_text
from lmi.presentation.plain_bars import PlainBar, plain_bars
from lmi.presentation.room_rows import Lists

OWN_WORDS = "In own words, not matched yet"


@dataclass(frozen=True)
class Group:
    """One occupational category: what of it was named, and the organizations that named any of it."""

    name: str
    named: tuple[Nominated, ...]
    organisations: tuple[str, ...]


def groups(room: Room, lists: Lists) -> tuple[Group, ...]:
    """The categories, those that most organizations name first; own words that nobody has matched last."""
    found: dict[str, list[Nominated]] = {}
    for each in room.nominated:
        name = lists.categories.get(each.soc, "") if each.soc else OWN_WORDS
        found.setdefault(name.removesuffix(" Occupations") or "Other", []).append(each)
    several = [
        Group(name, tuple(named), tuple(dict.fromkeys(o for n in named for o in n.organisations)))
        for name, named in found.items()
    ]
    return tuple(sorted(several, key=lambda g: (g.name == OWN_WORDS, -len(g.organisations))))


def finding(room: Room, lists: Lists) -> str:
    """Which category and which occupation most organizations name; ties are said."""
    several = [group for group in groups(room, lists) if group.name != OWN_WORDS]
    of = len(room.organisations)
    if not several:
        own = counted(len(room.nominated), "job")
        return f"{own} named in own words only" if room.nominated else "Nobody has named an occupation yet"
    first = several[0]
    count = len(first.organisations)
    tied = [group.name for group in several if len(group.organisations) == count]
    whose = f"{count} of {counted(of, 'organization')}"
    if len(tied) == 2:
        return f"{whose} name {tied[0]} occupations, and as many name {tied[1]}"
    if tied[1:]:
        return f"{len(tied)} categories are named by {whose} each"
    return f"{whose} name {first.name} occupations, more than any other"


def grouped_bars(room: Room, lists: Lists, frame: Frame) -> Chart:
    """Bars by category and under each its occupations, both by organizations that name them.

    A category counts an organization once, however many of its occupations it names.
    """
    several = groups(room, lists)
    bars, heads = _bars(several, lists), {group.name for group in several}
    drawn = plain_bars(
        bars, frame, ("Dark: a category, an organization counts once. Grey: its occupations.",)
    )
    for annotation in drawn.figure.layout.annotations:
        text = str(annotation.text).replace("<br>", " ")
        if annotation.name == "row" and text in heads:
            annotation.font.weight = 700
    return drawn.canvas.finish(
        drawn.figure, left=drawn.left, right=drawn.right, table=table(several, lists),
        alt=alt_text("Bars", "organizations by category and occupation", frame.title, _extremes(several)),
    )  # fmt: skip


def _bars(several: Sequence[Group], lists: Lists) -> list[PlainBar]:
    bars = []
    for group in several:
        bars.append(PlainBar(group.name, len(group.organisations), str(len(group.organisations))))
        for each in group.named:
            count = len(each.organisations)
            bars.append(PlainBar(lists.job(each), count, str(count), accent=False))
    return bars


def table(several: Sequence[Group], lists: Lists) -> pd.DataFrame:
    """The same rows with headings for people."""
    return pd.DataFrame(
        [
            {
                "Category": group.name,
                "Occupation": lists.title(each.soc) if each.soc else "; ".join(each.words),
                "SOC code": each.soc, "Organizations": len(each.organisations), "People": len(each.people),
            }
            for group in several
            for each in group.named
        ],
        columns=["Category", "Occupation", "SOC code", "Organizations", "People"],
    )  # fmt: skip


def _extremes(several: Sequence[Group]) -> str:
    return "; ".join(f"{group.name}: {len(group.organisations)}" for group in several[:3])
