"""The style of a convening on both screens; a file of its own, without any text of a user."""

from pathlib import Path

import streamlit as st

_STYLE = (Path(__file__).parent / "look" / "room.css").read_text(encoding="utf-8")


def style() -> None:
    """Put the rules on the page."""
    st.html(f"<style>{_STYLE}</style>")
