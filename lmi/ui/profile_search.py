"""Which occupation the Occupation page is about: the search box, what it found, where else to look."""

import re
from difflib import get_close_matches

import streamlit as st

from lmi.answers.profile import Profile
from lmi.domain.codes import is_soc, normalise_soc
from lmi.domain.errors import BadInput
from lmi.ui import address, loaders
from lmi.ui.state import View
from lmi.ui.widgets import note, short_list, unmarked
from lmi.warehouse import queries

CLEAR_MATCH = 90  # the score of a title typed in full (see queries.search)


def chosen(view: View) -> str:
    """The occupation in the address; without one, the region's first in-demand occupation."""
    if view.soc:
        try:
            return view.desk.soc(view.soc)
        except BadInput as error:
            st.text(error.line())
    ranking = loaders.ranking(view.key, view.desk, view.base_request)
    seen = loaders.overview_of(view.key, ranking, view.base_request)
    if seen.count:
        return str(seen.top.soc.iloc[0])
    return str(ranking.rows.soc.iloc[0]) if len(ranking.rows) else "00-0000"


def search_box(view: View, profile: Profile) -> None:
    """One box for titles, other titles and codes."""
    titles = loaders.titles(view.key, view.desk)
    options = titles if profile.soc in titles else {profile.soc: profile.title, **titles}
    address.show("w_soc", profile.soc)
    st.selectbox(
        "Find an occupation by title, other title or code", list(options), key="w_soc",
        format_func=lambda soc: f"{options[soc]} ({soc})" if soc in options else soc,
        accept_new_options=True, filter_mode="contains", on_change=_search, args=(view,),
        help="Also everyday titles: type 'RN' or 'lineman' and press Enter.",
    )  # fmt: skip


def _search(view: View) -> None:
    """Callback: a listed occupation or a code is opened; other words are searched."""
    typed = str(st.session_state["w_soc"]).strip()
    st.session_state["_hits"] = None
    if is_soc(normalise_soc(typed)):
        try:
            address.put("soc", view.desk.soc(typed))
        except BadInput as error:
            st.toast(unmarked(error.line()))
        return
    found = queries.search(view.desk.warehouse, typed)
    if len(found) == 1 or (len(found) and found.score.iloc[0] >= CLEAR_MATCH > found.score.iloc[1]):
        address.put("soc", str(found.soc.iloc[0]))
    st.session_state["_hits"] = (typed, found, address.get("soc"))


def hits(view: View) -> None:
    """What a search found, as links; nothing found is said with a way on. Gone with the next choice."""
    found = st.session_state.get("_hits")
    if not found or found[2] != address.get("soc"):
        return
    typed, rows = found[:2]
    if rows.empty:
        titles = loaders.titles(view.key, view.desk)
        near = {title.lower(): soc for soc, title in titles.items()}
        close = get_close_matches(typed.lower(), list(near), 4, cutoff=0.5)
        found_near = [(titles[near[t]], address.link("occupation", soc=near[t]), near[t]) for t in close]
        short_list(
            f"No title holds '{typed[:60]}'", found_near, "Try fewer letters, or a code such as 47-2111."
        )
        return
    items = [
        (f"{row.title} ({row.soc})", address.link("occupation", soc=str(row.soc)),
         "" if row.matched == row.title else f"also: {row.matched}")
        for row in rows.itertuples()
    ]  # fmt: skip
    short_list(f"Found for '{typed[:60]}'", items, "The closest titles first, then the larger occupations.")


def elsewhere(view: View, profile: Profile) -> None:
    """Where nothing is published here: why, and profiles that do have figures."""
    if profile.row is not None:
        return
    why = profile.figures["employment"].note
    note(why)
    codes = [c for c in re.findall(r"\d{2}-\d{4}", why) if c != profile.soc and c in view.desk.titles]
    items = [(view.desk.titles[c], address.link("occupation", soc=c), c) for c in codes[:1]]
    if not codes:
        wider = [c for c in (*view.area.state_codes, "US") if c != view.area.code]
        items = [
            (
                f"{profile.title} in {view.desk.areas[c].place}",
                address.link("occupation", soc=profile.soc, area=c),
                c,
            )
            for c in wider
        ]
    short_list("Look here instead", items, "")


def living_wage_box(view: View) -> None:
    """The reader's own living wage; it is drawn wherever pay is compared."""
    address.show("w_wage", view.living_wage)
    st.number_input(
        "Living wage, $ an hour", 1.0, 500.0, step=0.5, key="w_wage", placeholder="enter yours", width=210,
        on_change=address.from_widget, args=("wage", "w_wage", lambda value: f"{value:g}" if value else ""),
        help="From a source you trust, such as the MIT Living Wage Calculator for your county. "
        "Shown as 2,080 hours where pay is by the year.",
    )  # fmt: skip
