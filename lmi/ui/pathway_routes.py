"""From here to there: routes between any two occupations, and what is one move away."""

from collections.abc import Mapping
from html import escape

import pandas as pd
import streamlit as st

from lmi.analysis.routes import MOST_STEPS
from lmi.answers.pathways import Network
from lmi.answers.routes import RouteAnswer
from lmi.domain.errors import BadInput
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_money
from lmi.ui import address, loaders, pathway_list, pathway_loaders, pathway_words
from lmi.ui.pathway_state import Journey
from lmi.ui.state import View
from lmi.ui.widgets import heading, note
from lmi.ui.wording import brief

ORDERS = {"time": "Quickest", "pay": "Best pay on the way", "steps": "Fewest steps"}


def block(view: View, journey: Journey) -> None:
    """Two boxes; with both filled the best routes, with one filled what leads on from it or to it."""
    heading(view.word("routes_heading"))
    titles = loaders.titles(view.key, view.desk)
    left, right = st.columns(2, gap="medium")
    with left:
        _box("From: a job you have or start with", "from", journey.start, titles)
    with right:
        _box("To: a job you want", "to", journey.goal, titles)
    if journey.start and journey.goal:
        _routes(view, journey)
    elif journey.start:
        _near(view, journey, journey.start, "goal")
    elif journey.goal:
        _near(view, journey, journey.goal, "start")
    else:
        note("Choose one job to see what is one move away from it; choose two to see the ways between them.")


def _box(label: str, name: str, value: str, titles: Mapping[str, str]) -> None:
    key = f"w_{name}"
    address.show(key, value or None)
    st.selectbox(
        label, list(titles), key=key, index=None, placeholder="Type a job title",
        format_func=lambda soc: f"{titles.get(soc, soc)} ({soc})", filter_mode="contains",
        on_change=address.from_widget, args=(name, key),
    )  # fmt: skip


def _near(view: View, journey: Journey, soc: str, end: str) -> None:
    """What is one move away from one job: what it leads to (end: 'goal') or what leads to it ('start')."""
    network = journey.network
    found = pathway_loaders.neighbours_of(view.key, network, soc, True, network.serial)
    word, rows, way = (
        ("next_heading", found.onward, "from") if end == "goal" else ("before_heading", found.before, "to")
    )
    empty = f"Neither the pathways nor O*NET know a move {way} it that passes the cuts."
    pathway_list.neighbours(view, network, view.word(word), rows, end, empty)


def _routes(view: View, journey: Journey) -> None:
    network = journey.network
    try:
        found = pathway_loaders.routes_of(view.key, network, journey.start, journey.goal, network.serial)
    except BadInput as error:
        st.text(error.line())
        return
    start, goal = (brief(view, network.title(soc)) for soc in (journey.start, journey.goal))
    if not found.any:
        st.text(f"No route of at most {MOST_STEPS} moves leads from {start} to {goal}.")
        note("Try a job nearer to the one wanted, or start from what leads to it: clear the first box.")
        return
    order = st.segmented_control(
        "Order", list(ORDERS), default="time", key="w_routes", required=True, format_func=lambda i: ORDERS[i],
        label_visibility="collapsed",
    )  # fmt: skip
    items = "".join(_way(view, network, way) for way in found.best[str(order or "time")])
    st.html(f'<ol class="lmi-ways" data-testid="routes">{items}</ol>')
    note(
        "Routes use the moves of the pathways and O*NET's related occupations that pass the cuts for skills "
        "and pay. Times marked ~ are rough estimates from schooling, training and job zones. A route is a "
        "suggestion, not a promise. " + pathway_words.source_line(view, journey.held)
    )


def _way(view: View, network: Network, way: RouteAnswer) -> str:
    time = pathway_words.span(*way.months)
    about = [counted(len(way.legs), "move")]
    if time:
        about.append(f"{'~' if way.estimated else 'about '}{time}")
    if way.unknown:
        about.append(f"{counted(way.unknown, 'move')} without a known time")
    if way.lowest_pay is not None:
        about.append(f"lowest pay on the way {format_money(way.lowest_pay)}")
    else:
        about.append("pay on the way not published throughout")
    legs = "".join(_leg(view, network, leg) for _, leg in way.legs.iterrows())
    first = str(way.stops.soc.iloc[0])
    return f"<li><b>{escape(' · '.join(about))}</b><ol><li>{_stop(view, network, first)}</li>{legs}</ol></li>"


def _leg(view: View, network: Network, leg: pd.Series) -> str:
    """The next job of a way, and what it takes to get there."""
    time = pathway_words.span(leg.months_low, leg.months_high)
    parts = [
        f"{'~' if leg.months_estimated else 'about '}{time}" if time else "time not known",
        leg.credential, pathway_words.licence_words(leg), pathway_words.status_word(view, leg),
    ]  # fmt: skip
    told = " · ".join(part for part in parts if part)
    return f"<li>{_stop(view, network, str(leg.goal))} <small>{escape(told)}</small></li>"


def _stop(view: View, network: Network, soc: str) -> str:
    href = escape(address.link("occupation", soc=soc), quote=True)
    title, pay = escape(brief(view, network.title(soc))), pathway_words.pay_words(network.node(soc))
    return f'<a href="{href}" target="_self">{title}</a> <span>{escape(pay)}</span>'
