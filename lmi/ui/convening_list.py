"""The convenings that were held or are planned, the way in for participants, and the form for a new one."""

from datetime import date
from html import escape

import streamlit as st

from lmi.analysis.room import Room
from lmi.answers.area_names import name_or_code
from lmi.contributions import convenings, opened, rehearsals
from lmi.contributions.typed import new_token
from lmi.domain.adjustments import together
from lmi.domain.convening import FEWEST_ORGANISATIONS, MOST_ORGANISATIONS, Convening
from lmi.domain.errors import BadInput
from lmi.presentation.captions import counted
from lmi.presentation.room_board import REHEARSAL
from lmi.ui import access, address, convening_state, loaders, room_acts, room_loaders
from lmi.ui.frame import area_label, region_order
from lmi.ui.room_style import style
from lmi.ui.state import View
from lmi.ui.widgets import answer, heading, note

_TOKEN, OTHER = "_convening_token", ""
_MOST = 200  # lines of the list


def page(view: View) -> None:
    """The list, the way in, and for coordinators the form."""
    style()
    held = convenings.every(opened.store())
    rooms = [room_loaders.room(each) for each in held[:_MOST]]
    met = [room for room in rooms if room.people]
    several = together(*(room.organisations for room in met))
    told = f"{counted(len(met), 'convening')} with {counted(len(several), 'organization')} so far"
    answer(
        view.heading("convening"), f"{told}." if met else "No convening has been held here yet.",
        f"A convening asks {FEWEST_ORGANISATIONS} to {MOST_ORGANISATIONS} organizations which occupations "
        "are critical, and how people move between them", view.audience.leads["convening"],
    )  # fmt: skip
    room_acts.told()
    _way_in()
    if wanted := address.get("meeting"):
        note(f"There is no convening '{wanted[:40]}' any more, or there never was.")
    if access.allowed():
        _form(view)
        _rehearsals(view)
    _table(view, rooms)


def closed(view: View, convening: Convening) -> None:
    """What somebody who is no coordinator sees of one convening: no name, no answer."""
    style()
    room = room_loaders.room(convening)
    area = name_or_code(view.desk.areas, convening.area_code)
    naming = {organisation for each in room.nominated for organisation in each.organisations}
    practised = convening.rehearsal
    answer(
        f"{'Rehearsal' if practised else 'Convening'}: {convening.industry}",
        f"{counted(len(naming), 'organization')} named "
        f"{counted(len(room.nominated), 'critical occupation')}",
        f"{area} · {convening.held_on}",
        f"{REHEARSAL}." if practised else "What was said in the room is open to coordinators.",
    )  # fmt: skip
    room_acts.told()
    _way_in()
    link = escape(address.link("convening", meeting="", show=""), quote=True)
    st.html(f'<a class="lmi-link" href="{link}" target="_self">All convenings</a>')


def _way_in() -> None:
    """The field in which a participant types the code; it leads to the page for phones."""
    st.html(
        '<form class="lmi-join" action="./join" method="get" target="_self"><label for="room-code">'
        "Taking part? Type the code of the room</label><span>"
        '<input id="room-code" name="code" maxlength="12" autocomplete="off" autocapitalize="characters">'
        '<button type="submit">Join</button></span></form>'
    )


def _table(view: View, rooms: list[Room]) -> None:
    heading("Convenings")
    if not rooms:
        note("None yet.")
        return
    rows = "".join(_row(view, room) for room in rooms)
    st.html(
        '<table class="lmi-evidence lmi-held"><thead><tr><th scope="col">Date</th>'
        '<th scope="col">Industry</th><th scope="col">Area</th><th scope="col">Stands at</th>'
        '<th scope="col" class="n">Organizations</th><th scope="col" class="n">Occupations named</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(view: View, room: Room) -> str:
    convening = room.convening
    known = view.desk.areas.get(convening.area_code)
    area = known.short_name if known else convening.area_code
    link = escape(convening_state.link(convening.id), quote=True)
    name = f'<a href="{link}" target="_self">{escape(convening.industry)}</a>'
    return (
        f'<tr><td>{escape(convening.held_on)}</td><th scope="row">{name}</th><td>{escape(area)}</td>'
        f'<td>{escape(stands_at(room))}</td><td class="n">{len(room.organisations)}</td>'
        f'<td class="n">{len(room.nominated)}</td></tr>'
    )


def stands_at(room: Room) -> str:
    """Where a convening stands, in a word."""
    if room.state.ended:
        return "ended"
    if not room.state.since:
        return "not begun"
    return "paused" if room.state.paused else "open"


def _form(view: View) -> None:
    """A new convening, or a rehearsal of one."""
    token = st.session_state.setdefault(_TOKEN, new_token())
    clusters = {c.id: c.name for c in view.desk.pathways.clusters}
    with st.expander("New convening", expanded=not convenings.every(opened.store())), st.form(f"new-{token}"):
        first, second = st.columns(2)
        first.selectbox(
            "Field", [*clusters, OTHER], key="w_new_cluster",
            format_func=lambda i: clusters.get(i, "Another industry"),
        )  # fmt: skip
        second.text_input("Industry, as it is to be called (optional)", key="w_new_industry", max_chars=200)
        options = region_order(view.desk.areas, view.area)
        first.selectbox(
            "Area", options, key="w_new_area",
            format_func=lambda code: area_label(view.desk.areas[code]), filter_mode="contains",
        )  # fmt: skip
        second.date_input("Date", date.fromisoformat(loaders.today()), key="w_new_date")
        st.text_input("Place (optional)", key="w_new_place", max_chars=200)
        with st.container(horizontal=True):
            st.form_submit_button(
                "Create the convening", type="primary", on_click=_create, args=(view, token, False)
            )
            st.form_submit_button(
                "Rehearse it", on_click=_create, args=(view, token, True),
                help="With sample participants. Nothing of it is kept.",
            )  # fmt: skip


def _create(view: View, token: str, rehearsal: bool) -> None:
    """Callback: one convening for each drawing of the form, however often the button is pressed."""
    state = st.session_state
    room_acts.attempt(lambda: _made(view, token, rehearsal, str(state["w_new_cluster"])))


def _made(view: View, token: str, rehearsal: bool, cluster: str) -> None:
    state = st.session_state
    names = {c.id: c.name for c in view.desk.pathways.clusters}
    industry = str(state["w_new_industry"]).strip() or names.get(cluster, "")
    if not industry:
        raise BadInput(
            "The industry has no name.", "Another industry was chosen.", "Write what it is called."
        )
    store = opened.rehearsals() if rehearsal else opened.store()
    found = convenings.create(
        store, industry, str(state["w_new_area"]), str(state["w_new_date"]), str(state["w_new_place"]),
        access.who(), token, cluster, rehearsal=rehearsal,
    )  # fmt: skip
    state[_TOKEN] = new_token()
    address.put("meeting", found.id)


def _rehearsals(view: View) -> None:
    """Those that are on in the memory of the app."""
    rehearsals.sweep()
    found = [room_loaders.room(each) for each in convenings.every(opened.rehearsals())]
    going = [room for room in found if not room.state.ended]
    if not going:
        return
    heading("Rehearsals, kept in memory only")
    items = "".join(
        f'<li><a href="{escape(convening_state.link(r.convening.id), quote=True)}" target="_self">'
        f"{escape(r.convening.industry)}, {escape(r.convening.held_on)}</a><span>{stands_at(r)}</span></li>"
        for r in going
    )
    st.html(f'<section class="lmi-list"><ol>{items}</ol></section>')
