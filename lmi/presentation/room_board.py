"""What the room says, step by step, as HTML: the middle of the facilitator's page, and the projector."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape

from lmi.analysis.room import Nominated, Room, Stand
from lmi.domain.convening import (
    FEWEST_ORGANISATIONS,
    MOST_ORGANISATIONS,
    QUESTIONS,
    STEP_BY_ID,
)
from lmi.presentation.captions import counted
from lmi.presentation.room_critical import most_critical
from lmi.presentation.room_rows import Lists, counted_rows, more, organisations, quotes, row, rows, stand_rows
from lmi.presentation.room_summary import moves_words, summary

REHEARSAL = "REHEARSAL: sample participants, nothing is kept"


@dataclass(frozen=True)
class Look:
    """How much fits. rows: of a list across the page; half: of one of four lists. qr: the picture of the join
    address, '' for none. address: what is typed instead. area: name of the convening's area."""

    rows: int
    half: int
    quotes: int
    votes: int
    projected: bool = False
    qr: str = ""
    address: str = ""
    area: str = ""


_FEW = 8  # occupations on the projector under which there is room for names
FACILITATOR = Look(rows=12, half=5, quotes=2, votes=12)
PROJECTOR = Look(rows=12, half=4, quotes=1, votes=8, projected=True)


def organisations_words(room: Room) -> str:
    """'15 people from 9 organizations'."""
    people = counted(len(room.people), "person", "people")
    return f"{people} from {counted(len(room.organisations), 'organization')}"


def asked_words(room: Room) -> str:
    """How that stands against the organizations that a convening asks for."""
    count = len(room.organisations)
    asked = f"{FEWEST_ORGANISATIONS}–{MOST_ORGANISATIONS} organizations"
    if count < FEWEST_ORGANISATIONS:
        return f"{FEWEST_ORGANISATIONS - count} more make the {asked} asked for"
    return f"within the {asked} asked for" if count <= MOST_ORGANISATIONS else f"more than {asked}"


def heard_words(room: Room, lists: Lists, stands: tuple[Stand, ...] = ()) -> str:
    """The room in one sentence: the answer of the facilitator's page."""
    if room.state.step == "map" and stands:
        return moves_words(stands)
    if not room.people:
        return "Nobody is in the room yet"
    first = most_critical((lists.job(each), len(each.organisations)) for each in room.nominated)
    if not first.jobs:
        return f"{organisations_words(room)} are in the room"
    who = f"{first.organisations} of {counted(len(room.organisations), 'organization')}"
    tied = len(first.jobs)
    if tied > 2:
        return f"{counted(len(room.nominated), 'occupation')} named; {tied} of them by {who} each"
    return f"{' and '.join(first.jobs)}: critical to {who}{' each' if tied == 2 else ''}"


def day_words(day: str) -> str:
    """'November 25, 2026' for an ISO date; any other text as it is."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found:%B} {found.day}, {found.year}"


def answered_words(room: Room) -> str:
    """How many of the people have said something in the step that is on; '' where nothing is asked."""
    kinds: Mapping[str, tuple[str, ...]] = {
        "nominate": ("nominate",), "map": ("vote",), "close": ("sign",), "discuss": ("answer",),
        "sources": ("answer",),
    }  # fmt: skip
    step = room.state.step
    if step not in kinds:
        return ""
    asked = {q.id for q in QUESTIONS if q.step == step}
    who = {
        e.participant
        for e in room.entries
        if e.kind in kinds[step] and (e.kind != "answer" or e.question in asked)
    } & set(room.person)
    return f"{len(who)} of {counted(len(room.people), 'person', 'people')} have answered"


def board(room: Room, lists: Lists, look: Look, stands: tuple[Stand, ...] = ()) -> str:
    """The step that is on. stands: of the moves that are voted on."""
    step = STEP_BY_ID[room.state.step]  # type: ignore[index]
    draw: dict[str, Callable[[], str]] = {
        "welcome": lambda: _welcome(room, look),
        "nominate": lambda: nominations(room, lists, look),
        "group": lambda: nominations(room, lists, look),
        "discuss": lambda: _discuss(room, lists, look),
        "map": lambda: stand_rows(stands, lists, len(room.organisations), look.votes),
        "sources": lambda: _sources(room, lists, look),
        "close": lambda: summary(
            room, lists, stands, named=not room.state.names_hidden, projected=look.projected
        ),
    }
    practised = room.convening.rehearsal and look.projected and step.id == "welcome"
    told_so = f'<p class="rehearsal">{REHEARSAL}</p>' if practised else ""
    state = ' <em class="state">Paused</em>' if room.state.paused else ""
    state = ' <em class="state">The convening has ended</em>' if room.state.ended else state
    told = answered_words(room)
    level = "h1" if look.projected else "h2"
    says = "" if step.id == "welcome" else f"<{level}>{escape(step.says)}{state}</{level}>"
    head = f'<div class="head">{says}{told_so}</div>' if says or told_so else ""
    foot = f'<p class="answered">{escape(told)}</p>' if told else ""
    kind = " projected" if look.projected else ""
    body = draw[step.id]()
    if look.projected:  # where the step is the heading of the whole page
        body = body.replace("<h3>", '<h2 class="card">').replace("</h3>", "</h2>")
    return (
        f'<section class="lmi-board{kind}" data-testid="room" data-step="{step.id}" '
        f'data-people="{len(room.people)}" aria-label="What the room says">'
        f"{head}{body}{foot}</section>"
    )


def _welcome(room: Room, look: Look) -> str:
    convening = room.convening
    about = " · ".join(each for each in (look.area, day_words(convening.held_on), convening.place) if each)
    names = "" if room.state.names_hidden else _names(room, look)
    code, level = " ".join((convening.code[:3], convening.code[3:])), "h1" if look.projected else "h2"
    how = f"Scan, or go to {look.address}" if look.address else "Type this code on your phone"
    return (
        f'<div class="join"><div class="code">{look.qr}</div><div>'
        f"<{level}>{escape(convening.industry)}</{level}>"
        f'<p class="about">{escape(about)}</p><p class="how">{escape(how)}</p>'
        f'<p class="typed" aria-label="Join code {escape(" ".join(convening.code))}">{escape(code)}</p>'
        f'<p class="in">{escape(organisations_words(room))}</p>'
        f'<p class="asked">{escape(asked_words(room))}</p>{names}</div></div>'
    )


def _names(room: Room, look: Look) -> str:
    if not room.organisations:
        return ""
    return f'<p class="names">{escape(organisations(room.organisations, 2 * look.rows))}</p>'


def nominations(room: Room, lists: Lists, look: Look) -> str:
    """What the room calls critical, live; jobs in own words are marked as such."""
    shown = room.nominated[: look.rows]
    items = [_nomination(each, room, lists, look) for each in shown]
    body = rows(items, "Nobody has named an occupation yet", "Occupations by organizations that name them")
    return body + more(len(room.nominated) - len(shown))


def _nomination(each: Nominated, room: Room, lists: Lists, look: Look) -> str:
    small = "in own words" if not each.soc else ""
    if not room.state.names_hidden and (not look.projected or len(room.nominated) <= _FEW):
        small = " · ".join(t for t in (small, organisations(each.organisations)) if t)
    key = each.soc or each.words[0]
    return row(lists.job(each), len(each.organisations), len(room.organisations), small, key)


def current_topic(room: Room) -> str:
    """The occupation that is talked through now; '' where nobody has named one."""
    topics = room.topics
    if room.state.topic in topics:
        return room.state.topic
    return topics[0] if topics else ""


def _discuss(room: Room, lists: Lists, look: Look) -> str:
    topic = current_topic(room)
    if not topic:
        return '<p class="none">Nobody has named an occupation yet</p>'
    named = next((len(n.organisations) for n in room.nominated if n.soc == topic), 0)
    at = f"{room.topics.index(topic) + 1} of {len(room.topics)}"
    about = f"Critical to {counted(named, 'organization')} · occupation {at}"
    cards = "".join(_question(room, q.id, topic, lists, look) for q in QUESTIONS if q.step == "discuss")
    return (
        f'<p class="topic">{escape(lists.title(topic))} <small>{escape(about)}</small></p>'
        f'<div class="cards four">{cards}</div>'
    )


def _question(room: Room, question: str, subject: str, lists: Lists, look: Look) -> str:
    asked = next(q for q in QUESTIONS if q.id == question)
    found = room.counted(question, subject)
    body = counted_rows(found, question, lists, len(room.organisations), look.half)
    own = quotes(room.answers(question, subject), look.quotes, named=not room.state.names_hidden)
    return f"<section><h3>{escape(asked.asks)}</h3>{body}{own}</section>"


def _sources(room: Room, lists: Lists, look: Look) -> str:
    wide = replace(look, half=look.half + 1)
    cards = "".join(_question(room, q.id, "", lists, wide) for q in QUESTIONS if q.step == "sources")
    return f'<div class="cards three first">{cards}</div>'
