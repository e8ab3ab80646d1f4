"""Where an occupation leads and where its people come from, as a block of its profile."""

from html import escape

import pandas as pd
import streamlit as st

from lmi.answers.pathways import Network
from lmi.answers.profile import Profile
from lmi.ui import address, pathway_list, pathway_loaders, pathway_state, pathway_words
from lmi.ui.state import View
from lmi.ui.widgets import heading, note
from lmi.ui.wording import brief


def block(view: View, profile: Profile) -> None:
    """What leads to the occupation, the occupation itself, and what it leads to."""
    heading(view.word("paths_heading"))
    network, _ = pathway_state.shown(view)
    if profile.soc not in network.nodes.index:
        note("Moves lead between single occupations that OEWS publishes, not between groups or their parts.")
        return
    found = pathway_loaders.neighbours_of(
        view.key, network, profile.soc, view.audience.map.suggested, network.serial
    )
    left, middle, right = st.columns([1, 0.55, 1], gap="medium")
    with left:
        pathway_list.neighbours(
            view, network, view.word("before_heading"), found.before, "start",
            "No pathway has a move that leads to it.",
        )  # fmt: skip
    with middle:
        _here(view, network, profile.soc)
    with right:
        pathway_list.neighbours(
            view, network, view.word("next_heading"), found.onward, "goal",
            "No pathway has a move that leads on from it.",
        )  # fmt: skip
    licences = pathway_words.license_note(view, pd.concat([found.before, found.onward]))
    note(f"{pathway_words.source_line(view, network.map)} Proposed moves wait for employers. {licences}")


def _here(view: View, network: Network, soc: str) -> None:
    """The occupation itself between the two, its pathways, and the way to routes from it."""
    row = network.node(soc)
    facts = (
        pathway_words.pay_words(row), pathway_words.openings_words(view, row),
        pathway_words.demand_words(row.in_demand),
    )  # fmt: skip
    links = [
        (f"{pathway.name} on the map", address.link("pathways", path=pathway.id, soc=soc))
        for pathway in network.map.of_occupation(soc)
    ]
    links.append(("Find a route from this job", address.link("pathways", **{"from": soc})))
    rows = "".join(
        f'<li><a href="{escape(href, quote=True)}" target="_self">{escape(text)}</a></li>'
        for text, href in links
    )
    st.html(
        f'<section class="lmi-path lmi-here"><h3>{escape(brief(view, network.title(soc)))}</h3>'
        f"<p>{escape(' · '.join(facts))}</p><ul>{rows}</ul></section>"
    )
