"""What the labor-market information says of the same: the right side of the facilitator's page."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from lmi.analysis.room import Room, Stand
from lmi.answers import room_lists
from lmi.answers.area_names import name_or_code
from lmi.answers.room_lmi import Fact, MoveFact, source_line
from lmi.presentation.formats import format_count, format_money
from lmi.presentation.room_board import current_topic
from lmi.presentation.room_rows import Lists
from lmi.ui import loaders, room_loaders, room_rehearsal
from lmi.ui.state import View
from lmi.ui.wording import LABELS

_MOST, _MOST_MOVES, _SKILLS = 7, 6, 6
_DEMAND = {True: "in demand", False: "not in demand", None: "not known whether in demand"}


def panel(view: View, room: Room, lists: Lists, stands: Sequence[Stand]) -> None:
    """The figures that belong to the step that is on, with their source."""
    parts: list[str] = []
    step = room.state.step
    topic = current_topic(room)
    if room.convening.area_code not in view.desk.areas:
        parts = [_no_area(view, room)]
    elif step == "discuss" and topic:
        parts = _occupation(view, room, topic)
    elif step == "map":
        parts = _moves(view, room, lists, stands)
    elif step == "sources":
        parts = _training(view, room, lists)
    else:
        parts = _several(view, room, lists)
    st.html(
        '<aside class="lmi-figures" aria-label="What the figures say"><h2>What the figures say</h2>'
        f"{''.join(parts)}</aside>"
    )


def _no_area(view: View, room: Room) -> str:
    """That there are no figures of an area that is no more."""
    area = name_or_code(view.desk.areas, room.convening.area_code)
    return (
        f"<p>The area of this convening is {escape(area)}, so there are no figures of it. "
        "Nothing that was said is lost.</p>"
    )


def _several(view: View, room: Room, lists: Lists) -> list[str]:
    """The occupations that the room names; before it does, those in demand here."""
    named = tuple(each.soc for each in room.nominated if each.soc)[:_MOST]
    told = "Of what the room names" if named else "In demand here, most openings first"
    socs = named or room_rehearsal.in_demand(view, room.convening)[:_MOST]
    rows = "".join(_line(fact, lists) for fact in room_loaders.facts(view, room, socs))
    return [f"<p>{told}; openings and median pay a year.</p><ul>{rows}</ul>", _source(view, room)]


def _line(fact: Fact, lists: Lists) -> str:
    openings = f"{_openings(fact)} openings" if fact.openings is not None else "openings not published"
    pay = "pay not published" if fact.pay is None else format_money(fact.pay, top_coded=fact.pay_at_least)
    return (
        f"<li><strong>{escape(lists.title(fact.soc))}</strong><span>{escape(openings)} · {escape(pay)}"
        f" · {_DEMAND[fact.in_demand]}</span></li>"
    )


def _occupation(view: View, room: Room, soc: str) -> list[str]:
    """One occupation: jobs, openings, pay, demand, training, skills."""
    found = room_loaders.facts(view, room, (soc,))
    if not found:
        return ["<p>Nothing is published of it.</p>"]
    fact = found[0]
    profile = loaders.profile_of(view.key, view.desk, soc, room.convening.area_code, view.choice)
    awards = profile.figures["completions_per_year"]
    jobs = "not published" if fact.jobs is None else format_count(fact.jobs)
    rows = (
        ("Jobs", jobs), ("Openings a year", _openings(fact)), ("Median pay", _pay(fact)),
        ("Demand", _DEMAND[fact.in_demand]), ("Usual entry", fact.education or "not told"),
        ("Programs here", _programs_words(view, room, soc)),
        (LABELS["completions_per_year"], "not known" if awards.value is None else format_count(awards.value)),
    )  # fmt: skip
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    skills = [name for _, name in room_lists.skills_of(view.desk, soc)[:_SKILLS]]
    asks = f"<p><strong>O*NET: matters most</strong> {escape(', '.join(skills))}</p>" if skills else ""
    more = f"Completions: {awards.source}, {awards.period}. " if awards.source else ""
    return [f"<dl>{lines}</dl>{asks}", _source(view, room, more)]


def _programs_words(view: View, room: Room, soc: str) -> str:
    """How many programs of the area lead to an occupation: at least so many where the list is cut."""
    desk, area = view.desk, room.convening.area_code
    count = len(room_lists.programs_of(desk, area, (soc,)))
    if len(room_lists.programs_of(desk, area)) < room_lists.MOST_PROGRAMS:
        return format_count(count) if count else "none listed"
    return f"at least {format_count(count)}" if count else "not counted"


def _moves(view: View, room: Room, lists: Lists, stands: Sequence[Stand]) -> list[str]:
    """Pay and skills of the moves that are voted on."""
    pairs = tuple(stand.move for stand in stands[:_MOST_MOVES])
    found: Mapping[tuple[str, str], MoveFact] = room_loaders.moves(view, room, pairs)
    rows = "".join(
        f"<li><strong>{escape(lists.title(a))} → {escape(lists.title(b))}</strong>"
        f"<span>{escape(move_words(found[a, b]))}</span></li>"
        for a, b in pairs
        if (a, b) in found
    )
    if not rows:
        return ["<p>No move is proposed yet.</p>"]
    return [f"<ul>{rows}</ul>", _source(view, room, "Skills: O*NET. ")]


def move_words(fact: MoveFact) -> str:
    """What a move does to pay, how alike the skills are, how long it takes."""
    pay = "pay cannot be compared"
    if fact.pay_ratio is not None:
        change = 100 * (fact.pay_ratio - 1)
        where = "nationally" if fact.pay_area == "nation" else "here"
        bound = "at least " if change > 0 else "at most "
        least = bound if fact.pay_at_least else ""
        more = "more" if change > 0 else "less"
        pay = (
            f"about the same pay {where}"
            if abs(change) < 0.5
            else f"{least}{abs(change):.0f}% {more} {where}"
        )
    alike = "skills not rated"
    if fact.similarity is not None:
        alike = f"skills {'alike' if fact.alike else 'not alike'} ({fact.similarity:.2f})"
    low, high = fact.months or (0, 0)
    months = f"{low:g}" if low == high else f"{low:g}–{high:g}"
    return " · ".join([pay, alike, *([f"{months} months"] if fact.months else [])])


def _training(view: View, room: Room, lists: Lists) -> list[str]:
    """Openings against completions of the topics."""
    rows = []
    for fact in room_loaders.facts(view, room, room.topics):
        profile = loaders.profile_of(view.key, view.desk, fact.soc, room.convening.area_code, view.choice)
        awards = profile.figures["completions_per_year"].value
        done = "completions not known" if awards is None else f"{format_count(awards)} completions a year"
        rows.append(
            f"<li><strong>{escape(lists.title(fact.soc))}</strong>"
            f"<span>{escape(_openings(fact))} openings a year · {escape(done)}</span></li>"
        )
    if not rows:
        return ["<p>Nobody has named an occupation yet.</p>"]
    return [f"<ul>{''.join(rows)}</ul>", _source(view, room, "Completions: IPEDS, apportioned. ")]


def _openings(fact: Fact) -> str:
    if fact.openings is None:
        return "not published"
    about = "" if fact.openings_basis == "published" else "about "
    return f"{about}{format_count(fact.openings, significant=3)}"


def _pay(fact: Fact) -> str:
    if fact.pay is None:
        return "pay not published"
    return f"{format_money(fact.pay, top_coded=fact.pay_at_least)} a year"


def _source(view: View, room: Room, more: str = "") -> str:
    text = source_line(view.desk, room.convening.area_code)
    rule = view.desk.demand_rules[view.request.demand_rule].name
    return f'<p class="lmi-source">{escape(more)}{escape(text)} In demand by: {escape(rule)}.</p>'
