"""The frame around every page: configuration, selectors that hold everywhere, navigation."""

from pathlib import Path

import streamlit as st

from lmi.domain.errors import LmiError
from lmi.ui import address, comment_panels, frame, loaders, notices, state

PAGES = Path(__file__).resolve().parents[3] / "pages"

st.set_page_config(
    page_title="LMI & Pathways Explorer", layout="wide", initial_sidebar_state=260,
    page_icon=str(Path(__file__).parent / "static" / "icon.png"),
)  # fmt: skip
frame.style()
pages = {
    "Explore": [
        st.Page(PAGES / "overview.py", title="Overview", icon=":material/dashboard:", default=True),
        st.Page(PAGES / "demand.py", title="Demand", icon=":material/leaderboard:"),
        st.Page(PAGES / "occupation.py", title="Occupation", icon=":material/badge:"),
        st.Page(PAGES / "representation.py", title="Representation", icon=":material/diversity_3:"),
        st.Page(PAGES / "training.py", title="Training", icon=":material/school:"),
        st.Page(PAGES / "pathways.py", title="Pathways", icon=":material/route:"),
        st.Page(PAGES / "events.py", title="Hiring events", icon=":material/event_note:"),
    ],
    "Engage": [
        st.Page(PAGES / "convening.py", title="Convening", icon=":material/groups:"),
        st.Page(PAGES / "comments.py", title="Comments", icon=":material/forum:"),
    ],
    "Publish": [
        st.Page(PAGES / "data.py", title="Data and methods", icon=":material/database:"),
    ],
}
page = st.navigation(pages, position="hidden")
address.bind()
try:
    desk, problems = loaders.desk()
except LmiError as error:
    notices.show_error(error)
    st.stop()
view = state.read(desk)
st.session_state["_view"] = view
frame.sidebar(view, pages, page.url_path)
notices.show_problems(problems)
if page.url_path != "occupation":
    st.session_state.pop("_hits", None)
frame.told(view, page.url_path)
notices.guarded(page.run)
comment_panels.block(view, page.url_path or "overview")
frame.foot(view)
