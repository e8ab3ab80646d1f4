"""The caches of convenings: a room as it stands, the words of its lists, what the figures say of it."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from lmi.analysis.room import Room, Stand
from lmi.answers import room_lists, room_lmi
from lmi.answers.desk import Desk
from lmi.answers.pathways import Network
from lmi.answers.room import room_of
from lmi.answers.room_chosen import words_chosen
from lmi.answers.room_lmi import Fact, MoveFact, RoomMap
from lmi.contributions import convenings, opened
from lmi.domain.convening import Convening
from lmi.presentation.room_rows import Lists
from lmi.ui import pathway_loaders
from lmi.ui.state import View
from lmi.ui.wording import brief

Stamp = tuple[int, int, int]
_MOST_HELD = 250  # rooms in memory; more than the list of convenings shows


def stamp(convening: Convening) -> Stamp:
    """Changes whenever somebody joins or says something; one short question to the database."""
    return convenings.stamp(opened.store_of(convening.id), convening.id)


def room(convening: Convening) -> Room:
    """The convening as it stands now; of what was said, only what is new is read. Never change what comes."""
    now, held = stamp(convening), _rooms()
    before = held.get(convening.id)
    if before is not None and before[0] == now:
        return before[1]
    store = opened.store_of(convening.id)
    if before is None:
        found = room_of(store, convening)
    else:
        said = before[1].entries
        new = convenings.said(store, convening.id, said[-1].seq if said else 0)
        found = Room(convening, tuple(convenings.people(store, convening.id)), (*said, *new))
    while len(held) > _MOST_HELD:
        held.pop(next(iter(held)), None)
    held[convening.id] = (now, found)
    return found


@st.cache_resource(show_spinner=False)
def _rooms() -> dict[str, tuple[Stamp, Room]]:
    """Convening -> its stamp and the room of that stamp, for all visitors."""
    return {}


def stands(view: View, seen: Room) -> tuple[Stand, ...]:
    """How the room stands to each move."""
    return _stands(view.key, _key(seen), seen, view.desk)


@st.cache_resource(show_spinner=False, max_entries=32)
def _stands(key: str, of: tuple[str, int], _seen: Room, _desk: Desk) -> tuple[Stand, ...]:
    return _seen.stands(room_lmi.on_file(_desk))


def _key(seen: Room) -> tuple[str, int]:
    """What of a room everything that is said depends on."""
    return seen.convening.id, seen.entries[-1].seq if seen.entries else 0


def lists(view: View, seen: Room) -> Lists:
    """The words of all that the room can choose from, and of what it chose."""
    socs = tuple(dict.fromkeys((*seen.topics, *seen.answered)))
    found = _lists(view.key, seen.convening.area_code, socs, view)
    return replace(found, chosen=_chosen(view.key, _key(seen), seen, view.desk))


@st.cache_resource(show_spinner=False, max_entries=16)
def _lists(key: str, area_code: str, socs: tuple[str, ...], _view: View) -> Lists:
    skills: dict[str, str] = {}
    for soc in socs:
        skills |= dict(room_lists.skills_of(_view.desk, soc))
    return Lists(brief_titles(_view), categories(_view), skills, programs(_view.key, _view.desk, area_code))


@st.cache_resource(show_spinner=False, max_entries=32)
def _chosen(key: str, of: tuple[str, int], _seen: Room, _desk: Desk) -> Mapping[str, str]:
    return words_chosen(_desk, _seen)


def brief_titles(view: View) -> Mapping[str, str]:
    """SOC code -> title without its exceptions, of every occupation that a room can name."""
    return _brief_titles(view.key, view)


@st.cache_resource(show_spinner=False, max_entries=4)
def _brief_titles(key: str, _view: View) -> Mapping[str, str]:
    return {soc: brief(_view, title) for soc, title in room_lists.titles(_view.desk).items()}


def categories(view: View) -> Mapping[str, str]:
    """SOC code -> title of the major group."""
    return _categories(view.key, view.desk)


@st.cache_resource(show_spinner=False, max_entries=4)
def _categories(key: str, _desk: Desk) -> Mapping[str, str]:
    return {soc: room_lists.category(_desk, soc) for soc in room_lists.titles(_desk)}


@st.cache_resource(show_spinner=False, max_entries=8)
def programs(key: str, _desk: Desk, area_code: str) -> Mapping[str, str]:
    """The programs of an area by id."""
    return dict(room_lists.programs_of(_desk, area_code))


def network(view: View, seen: Room) -> Network:
    """The occupations and moves of the convening's area."""
    return pathway_loaders.network_of(
        view.key, view.desk, seen.convening.area_code, view.request.demand_rule, view.living_wage,
        "in use", view.desk.pathways,
    )  # fmt: skip


def facts(view: View, seen: Room, socs: tuple[str, ...]) -> tuple[Fact, ...]:
    """What the figures say of some occupations."""
    found = network(view, seen)
    return _facts(view.key, found, found.serial, seen.convening.area_code, socs)


@st.cache_resource(show_spinner=False, max_entries=128)
def _facts(key: str, _found: Network, serial: int, area_code: str, socs: tuple[str, ...]) -> tuple[Fact, ...]:
    return room_lmi.facts(_found.desk, area_code, socs, _found)


def moves(view: View, seen: Room, pairs: tuple[tuple[str, str], ...]) -> Mapping[tuple[str, str], MoveFact]:
    """What the figures say of some moves."""
    found = network(view, seen)
    return _moves(view.key, found, found.serial, pairs)


@st.cache_resource(show_spinner=False, max_entries=128)
def _moves(
    key: str, _found: Network, serial: int, pairs: tuple[tuple[str, str], ...]
) -> Mapping[tuple[str, str], MoveFact]:
    return {(each.start, each.goal): each for each in room_lmi.moves(_found, pairs)}


def drawn_map(view: View, seen: Room, most: int) -> RoomMap:
    """The pathway map of what the room says."""
    found = network(view, seen)
    return _drawn_map(view.key, found, found.serial, _key(seen), most, stands(view, seen), seen.topics)


@st.cache_resource(show_spinner=False, max_entries=32)
def _drawn_map(
    key: str, _found: Network, serial: int, of: tuple[str, int], most: int, _stands: tuple[Stand, ...],
    _topics: tuple[str, ...],
) -> RoomMap:  # fmt: skip
    return room_lmi.room_map(_found, _stands, _topics, most)
