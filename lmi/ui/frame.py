"""Sidebar, style and foot: what stands around every page."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from lmi.answers.desk import Desk
from lmi.domain.selection import Area
from lmi.ui import access, address, state
from lmi.ui.assets import SCRIPT, STYLE
from lmi.ui.state import View
from lmi.ui.widgets import copy_link, note, short_list, unmarked


def style() -> None:
    """The few rules that Streamlit's theme has no option for, and the script behind the save buttons."""
    with st.container(key="assets"):
        st.html(f"<style>{STYLE}</style>")
        st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)


def sidebar(view: View, pages: Mapping[str, Sequence[StreamlitPage]], page: str) -> None:
    """Region, audience, rules; below them the navigation, and who is signed in. page: where the reader is."""
    desk = view.desk
    with st.sidebar:
        _region(view)
        _selector("Audience", "audience", {a.id: a.name for a in desk.audiences}, view.audience.id)
        note(view.audience.asks)
        with st.expander("Rules in use", expanded=False):
            skill = {rule.id: rule.name for rule in desk.skill_rules.rules} | {"all": "All skill levels"}
            _selector("Middle-skill rule", "skill", skill, view.request.skill_rule)
            if view.request.skill_rule != "all":
                note(desk.skill_rules[view.request.skill_rule].says)
            rules = {rule.id: rule.name for rule in desk.demand_rules.rules}
            _selector("In-demand rule", "rules", rules, view.request.demand_rule)
            note(desk.demand_rules[view.request.demand_rule].says)
        for group, members in pages.items():
            st.caption(group)
            for member in members:
                st.page_link(member)
        copy_link()
        access.panel(page)


def told(view: View, page: str) -> None:
    """What in the address was not understood, and places among which the reader has to choose."""
    for notice in view.notices:
        with st.container(border=True, key=f"told-{abs(hash(notice))}"):
            st.text(notice)
    typed, codes = st.session_state.get("_places", ("", ()))
    if codes:
        items = [(area_label(view.desk.areas[c]), address.link(page, area=c), c) for c in codes]
        short_list(f"Which '{typed}' do you mean?", items, "The region has not been changed.")


def foot(view: View) -> None:
    """Whose tool this is, and whom to ask."""
    settings = view.desk.settings
    contact = f" · {settings.contact}" if settings.contact else ""
    st.divider()
    note(f"{settings.organisation}{contact} · data build {view.desk.warehouse.build_id.removeprefix('lmi-')}")


def _region(view: View) -> None:
    desk = view.desk
    options = region_order(desk.areas, view.area)
    address.show("w_area", view.area.code)
    st.selectbox(
        "Region",
        options,
        key="w_area",
        format_func=lambda code: area_label(desk.areas[code]) if code in desk.areas else code,
        accept_new_options=True,
        filter_mode="contains",
        placeholder="Type a state, metro area or code",
        help="Type part of a name: also an old name of a metro area, a state's abbreviation or a code.",
        on_change=_go,
        args=(desk,),
    )


def _go(desk: Desk) -> None:
    """Callback: a chosen or clearly named place is gone to; for several, the reader is asked."""
    typed = str(st.session_state["w_area"]).strip()
    found = state.places(desk, typed)
    st.session_state["_places"] = (typed[:60], ())
    if len(found) == 1:
        address.put("area", found[0])
    elif found:
        st.session_state["_places"] = (typed[:60], tuple(found[:8]))
    else:
        st.toast(unmarked(f"No area is called '{typed[:60]}'. Try fewer letters or a state."))


def region_order(areas: Mapping[str, Area], chosen: Area) -> list[str]:
    """All areas, with those nearest to the chosen one first: itself, its states, the nation."""
    first = [chosen.code, *(c for c in chosen.state_codes if c in areas), "US"]
    custom = [code for code, area in areas.items() if area.type == "custom"]
    return list(dict.fromkeys([*first, *custom, *areas]))


def area_label(area: Area) -> str:
    """The area's name, with its kind where the name alone could mislead."""
    kind = {"state": "state", "custom": "custom region", "territory": "territory"}.get(area.type)
    if area.type == "metro":
        return f"{area.short_name} · {area.name}" if area.short_name != area.name else area.name
    return f"{area.name} ({kind})" if kind else area.name


def _selector(label: str, name: str, options: Mapping[str, str], value: str) -> None:
    key = f"w_{name}"
    address.show(key, value)
    st.selectbox(
        label, list(options), key=key, format_func=lambda code: options[code],
        on_change=address.from_widget, args=(name, key),
    )  # fmt: skip
