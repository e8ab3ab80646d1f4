"""What the Pathways page is about: which pathway, which picture, from where to where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from lmi.answers.pathway import PathwayAnswer
from lmi.answers.pathways import Network
from lmi.domain.errors import BadInput
from lmi.domain.pathways import PathwayMap
from lmi.sources.audience_file import PATH_VIEWS
from lmi.ui import address, pathway_draft, pathway_loaders
from lmi.ui.state import View

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Journey:
    """The page's selection. picture: map, explore or list. start, goal: occupations of the route, '' for
    none. selected: an occupation of the pathway that is looked at. draft: unsaved changes are shown."""

    held: PathwayMap
    network: Network
    every: Sequence[PathwayAnswer]
    answer: PathwayAnswer
    picture: str
    suggested: bool
    start: str
    goal: str
    selected: str
    draft: bool

    @property
    def key(self) -> tuple[object, ...]:
        """What charts of this page depend on beyond the view."""
        return self.network.serial, self.answer.pathway.id, self.suggested


def shown(view: View) -> tuple[Network, bool]:
    """The occupations and moves of the area by the pathways to show, and whether those are unsaved."""
    held, digest, draft = pathway_draft.shown(view)
    network = pathway_loaders.network_of(
        view.key, view.desk, view.area.code, view.request.demand_rule, view.living_wage, digest, held
    )
    return network, draft


def read(view: View) -> Journey:
    """The selection in the address; what does not exist is named and replaced by its default."""
    network, draft = shown(view)
    held = network.map
    every = pathway_loaders.pathways_of(view.key, network, network.serial)
    answer = _pathway(view, held, every)
    given = view.audience.defaults
    socs = [step.soc for step in answer.pathway.live_steps]
    return Journey(
        held, network, every, answer,
        _choice("pathview", PATH_VIEWS, given.get("pathview", PATH_VIEWS[0]), "picture"),
        _choice("suggest", (YES, NO), YES if view.audience.map.suggested else NO, "answer") == YES,
        _occupation(view, network, "from"), _occupation(view, network, "to"),
        view.soc if view.soc in socs else "", draft,
    )  # fmt: skip


def _choice(name: str, options: Sequence[str], default: str, words: str) -> str:
    value = address.get(name)
    if not value or value == address.ANY:
        return default
    if value in options:
        return value
    st.text(f"No {words} '{value[:60]}'. Known: {', '.join(options)}. Showing {default}.")
    return default


def _pathway(view: View, held: PathwayMap, every: Sequence[PathwayAnswer]) -> PathwayAnswer:
    """The pathway in the address; else one that the occupation in the address is on; else the first that is
    in demand here."""
    by_id: Mapping[str, PathwayAnswer] = {one.pathway.id: one for one in every}
    wanted = address.get("path")
    if wanted in by_id:
        return by_id[wanted]
    if wanted:
        st.text(f"No pathway '{wanted[:60]}'. Choose one below.")
    return usual(view, held, every)


def usual(view: View, held: PathwayMap, every: Sequence[PathwayAnswer]) -> PathwayAnswer:
    """The pathway that is shown where the address names none."""
    on = [p.id for p in held.of_occupation(view.soc)]
    if on:
        return next(one for one in every if one.pathway.id == on[0])
    return next((one for one in every if one.in_demand), every[0])


def _occupation(view: View, network: Network, name: str) -> str:
    """The occupation in a part of the address; '' where there is none that has figures."""
    text = address.get(name)
    if not text:
        return ""
    try:
        soc = view.desk.soc(text)
    except BadInput as error:
        st.text(error.line())
        return ""
    if soc not in network.nodes.index:
        st.text(f"{soc} {view.desk.titles[soc]} is a group: routes lead between single occupations.")
        return ""
    return soc
