"""The last step on one page: what the room said, and who signs it."""

from collections import defaultdict
from collections.abc import Sequence
from html import escape

from lmi.analysis.room import Room, Stand
from lmi.presentation.captions import counted
from lmi.presentation.room_rows import Lists, organisations, row, rows

_LONGEST = 160  # characters of a remark on the projector
_MOST, _FEWER = 5, 3  # lines of each part; of programs, whose names are long


def summary(
    room: Room, lists: Lists, stands: Sequence[Stand], *, named: bool, projected: bool = False
) -> str:
    """Critical occupations, why, what is lacking, moves, programs and recruiting, and the signatures.

    named: the organizations that sign too. projected: what fits on one screen of large text.
    """
    of = len(room.organisations)
    critical = [
        row(lists.job(each), len(each.organisations), of, key=each.soc or each.words[0])
        for each in room.nominated
    ]
    most, fewer = (4, 2) if projected else (_MOST, _FEWER)
    parts = (
        ("Most critical", rows(critical[:most], "Nothing was named")),
        ("What makes them critical", _over_topics(room, "critical", lists, most)),
        ("What candidates lack", _over_topics(room, "lacking", lists, most)),
        ("Preferred programs", _rows(room, "programs", lists, fewer)),
        ("Where people are found", _rows(room, "talent", lists, most)),
        ("How people are recruited and kept", _rows(room, "practices", lists, most)),
    )
    cards = "".join(f"<section><h3>{escape(name)}</h3>{body}</section>" for name, body in parts)
    moves = f'<p class="moves">{escape(moves_words(stands))}</p>'
    signed = _signed(room, named=named, projected=projected)
    return f'<div class="cards three first">{cards}</div>{moves}{signed}'


def moves_words(stands: Sequence[Stand]) -> str:
    """How many moves the room confirmed, struck out and proposed."""
    confirmed = [stand for stand in stands if stand.confirmed]
    new = sum(not stand.on_file for stand in confirmed)
    struck = sum(stand.struck for stand in stands)
    return (
        f"{len(confirmed)} of {counted(len(stands), 'move')} confirmed, {new} of them new to the pathway "
        f"map; {struck} struck out."
    )


def map_words(stands: Sequence[Stand]) -> str:
    """The finding of the map: how many of its moves are confirmed, and how many struck out."""
    confirmed, struck = sum(s.confirmed for s in stands), sum(s.struck for s in stands)
    out = f"; {struck} struck out" if struck else ""
    return f"The room confirms {confirmed} of {counted(len(stands), 'move')}{out}"


def _over_topics(room: Room, question: str, lists: Lists, most: int) -> str:
    """Answers to one question over all occupations, by organizations that gave them for any of them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for topic in dict.fromkeys((*room.topics, *room.answered)):
        for each in lists.known(question, room.counted(question, topic)):
            found[each.choice] += [o for o in each.organisations if o not in found[each.choice]]
    order = sorted(found, key=lambda choice: -len(found[choice]))
    of = len(room.organisations)
    items = [row(lists.choice(question, c), len(found[c]), of, key=c) for c in order[:most]]
    return rows(items, "Nothing was said")


def _rows(room: Room, question: str, lists: Lists, most: int) -> str:
    of = len(room.organisations)
    items = [
        row(lists.choice(question, each.choice), len(each.organisations), of, key=each.choice)
        for each in lists.known(question, room.counted(question))[:most]
    ]
    return rows(items, "Nothing was said")


def _signed(room: Room, *, named: bool, projected: bool) -> str:
    signed = room.signatures
    yes = [who for who, entry in signed.items() if entry.choice == "yes"]
    no = [who for who, entry in signed.items() if entry.choice == "no"]
    people = counted(len(room.people), "person", "people")
    told = (
        f"Signed by {len(yes)} of {people}; {len(no)} {'says' if len(no) == 1 else 'say'} something is wrong."
    )
    names = list(dict.fromkeys(room.organisation_of[who] for who in yes)) if named and not projected else []
    who = f'<p class="names">{escape(organisations(names, 12))}</p>' if names else ""
    words = [" ".join(entry.words.split()) for entry in signed.values() if entry.words]
    shown = [text[:_LONGEST] for text in words[-1:]] if projected else words
    remarks = "".join(f"<li><q>{escape(text)}</q></li>" for text in shown)
    said = f'<ul class="lmi-quotes">{remarks}</ul>' if remarks else ""
    return f'<p class="signed"><strong>{escape(told)}</strong></p>{who}{said}'
