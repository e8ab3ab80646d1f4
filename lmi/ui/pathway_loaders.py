"""The caches of the Pathways page; like those of lmi.ui.loaders, their answers are read-only."""

from collections.abc import Callable

import streamlit as st

from lmi.answers.desk import Desk
from lmi.answers.pathway import PathwayAnswer, pathway_answer
from lmi.answers.pathway_picture import Picture, picture
from lmi.answers.pathways import Network, network
from lmi.answers.routes import Neighbours, Routes, neighbours, routes
from lmi.domain.pathways import PathwayMap


@st.cache_resource(show_spinner=False, max_entries=64)
def network_of(
    key: str,
    _desk: Desk,
    area_code: str,
    rule: str,
    living_wage: float | None,
    digest: str,
    _held: PathwayMap,
) -> Network:
    """The occupations and moves of an area; digest tells versions of the pathways apart."""
    return network(_desk, area_code, rule, living_wage, _held)


@st.cache_resource(show_spinner=False, max_entries=64)
def pathways_of(key: str, _network: Network, serial: int) -> list[PathwayAnswer]:
    """Every pathway with its figures in an area; serial is the network's."""
    return [pathway_answer(_network, pathway) for pathway in _network.map.pathways]


@st.cache_resource(show_spinner=False, max_entries=128)
def picture_of(
    key: str, _network: Network, _answer: PathwayAnswer, most: int, suggested: bool, parts: tuple[object, ...]
) -> Picture:
    """What the map of a pathway shows; parts name the network and the pathway."""
    return picture(_network, _answer, most, suggested)


@st.cache_resource(show_spinner=False, max_entries=128)
def neighbours_of(key: str, _network: Network, soc: str, suggested: bool, serial: int) -> Neighbours:
    """What is one move from an occupation; serial is the network's."""
    return neighbours(_network, soc, suggested)


@st.cache_resource(show_spinner=False, max_entries=128)
def routes_of(key: str, _network: Network, start: str, goal: str, serial: int) -> Routes:
    """The best ways from one occupation to another; serial is the network's."""
    return routes(_network, start, goal)


@st.cache_resource(show_spinner=False, max_entries=16)
def explorer_of(key: str, parts: tuple[object, ...], _make: Callable[[], str]) -> str:
    """The network to explore as a document; the key holds all that it shows."""
    return _make()
