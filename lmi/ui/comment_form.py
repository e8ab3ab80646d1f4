"""The form in which anybody comments: kept once however often it is sent, nothing typed lost on a refusal."""

import time
from collections.abc import Mapping
from html import escape

import streamlit as st

from lmi.contributions import comments, opened
from lmi.contributions.typed import new_token
from lmi.domain.comments import (
    LEAST_SECONDS,
    LONGEST_EMAIL,
    LONGEST_ORGANISATION,
    LONGEST_PERSON,
    LONGEST_TEXT,
    Subject,
)
from lmi.domain.errors import LmiError
from lmi.ui import address
from lmi.ui.state import View
from lmi.ui.widgets import note, unmarked

_TURN, _SAID, _ME, _SESSION = "_comment_turn", "_comment_said", "_comment_me", "_comment_session"
FIELDS = ("organisation", "text", "name", "email", "trap")


def form(view: View, about: Mapping[str, Subject]) -> None:
    """The form. about: words -> subject, of which one is chosen; the first is the usual one."""
    token, _ = st.session_state.setdefault(_TURN, (new_token(), time.monotonic()))
    me = st.session_state.get(_ME, {})
    _said()
    with st.form(f"comment-{token}", border=False):
        if len(about) > 1:
            st.selectbox("What is it about?", list(about), key=f"comment-about-{token}")
        st.text_area(
            f"Your comment, at most {LONGEST_TEXT:,} characters", key=f"comment-text-{token}", height=120,
        )  # fmt: skip
        first, second, third = st.columns(3)
        first.text_input(
            "Organization you speak for", me.get("organisation", ""), autocomplete="organization",
            key=f"comment-organisation-{token}", max_chars=LONGEST_ORGANISATION,
        )  # fmt: skip
        second.text_input("Your name (if you like)", me.get("name", ""), autocomplete="name",
                          key=f"comment-name-{token}", max_chars=LONGEST_PERSON)  # fmt: skip
        third.text_input("Your e-mail (if you like)", me.get("email", ""), autocomplete="email",
                         key=f"comment-email-{token}", max_chars=LONGEST_EMAIL)  # fmt: skip
        with st.container(key=f"comment-trap-{token}"):
            st.text_input("Leave this empty", key=f"comment-website-{token}", autocomplete="off")
        note(
            "The comment is shown with the organization once a coordinator has read it. Name and e-mail are "
            "seen by coordinators only, who delete them on request."
        )
        st.form_submit_button(
            "Send comment", on_click=_send, args=(token, about, view.area.code), key=f"comment-send-{token}"
        )


def _said() -> None:
    """What became of the comment that was sent last; said once."""
    kind, words, reference = st.session_state.pop(_SAID, ("", "", ""))
    if kind == "kept":
        where = address.link("comments", comment=reference)
        st.success("Thank you. It is held until a coordinator has read it.")
        st.html(
            f'<p class="lmi-selection" data-testid="comment-reference">Reference {reference}. '
            f'<a href="{escape(where)}" target="_self">See what becomes of it</a></p>'
        )
    elif kind == "refused":
        st.error(unmarked(words))


def _address() -> str:
    """Where the browser is in the network; '' on this machine or where it cannot be told."""
    found = st.context.ip_address
    return found if isinstance(found, str) else ""


def _send(token: str, about: Mapping[str, Subject], area_code: str) -> None:
    """Callback: keep the comment. A second click on the same form finds the first one's."""
    state = st.session_state
    typed = {name: state.get(f"comment-{name}-{token}", "") for name in FIELDS[:4]}
    chosen = state.get(f"comment-about-{token}", next(iter(about)))
    drawn = state[_TURN][1] if state.get(_TURN, ("",))[0] == token else 0.0
    too_quick = time.monotonic() - drawn < LEAST_SECONDS
    try:
        found = comments.add(
            opened.store(), about.get(chosen, next(iter(about.values()))), area_code, typed["organisation"],
            typed["text"], token, name=typed["name"], email=typed["email"],
            session=state.setdefault(_SESSION, new_token()), address=_address(),
            trapped=too_quick or bool(state.get(f"comment-website-{token}")),
        )  # fmt: skip
    except LmiError as error:
        state[_SAID] = ("refused", error.line(), "")
        return
    state[_SAID] = ("kept", "", found.reference)
    if state[_TURN][0] == token:
        state[_ME] = {name: typed[name] for name in ("organisation", "name", "email")}
        state[_TURN] = (new_token(), time.monotonic() - LEAST_SECONDS)
