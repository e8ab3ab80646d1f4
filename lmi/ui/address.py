"""The whole selection stands in the address, as codes, so that a link reopens the same view.

Each part is a text field that is bound to the address and hidden; the visible widgets write to it.
So the address holds stable codes instead of labels, it follows from page to page, Back undoes one
choice at a time, and a value that does not exist is named instead of silently dropped.
"""

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlencode

import streamlit as st

FIELDS = (
    "area", "audience", "skill", "rules", "weights", "cat", "edu", "pay", "view", "soc", "wage", "group",
    "base", "ladder", "supply", "levels", "compare", "path", "pathview", "suggest", "from", "to",
    "pathversion", "draft", "event", "period", "kinds", "standing", "sector", "find", "since", "events",
    "meeting", "show", "comment", "about", "where", "queue",
)  # fmt: skip
HIDDEN = "address"
ANY = "any"  # what a part says when not even the audience's default shall hold
_MAX = 400  # characters of one part; nothing we write is longer


def bind() -> None:
    """Tie the parts of the address to session state. Call once a run, before anything reads them."""
    with st.container(key=HIDDEN):
        for name in FIELDS:
            st.text_input(name, key=name, bind="query-params", label_visibility="collapsed", max_chars=_MAX)


def get(name: str) -> str:
    """One part of the address as typed, '' where absent."""
    return str(st.session_state.get(name, "") or "")


def asked(name: str, defaults: Mapping[str, str]) -> str:
    """One part of the address, else its default; '' where there is neither, or ANY stands there."""
    value = get(name) or defaults.get(name, "")
    return "" if value == ANY else value


def get_all(name: str) -> tuple[str, ...]:
    """A part that lists several codes, separated by commas."""
    return tuple(code for code in get(name).split(",") if code)


def put(name: str, value: str) -> None:
    """Set a part of the address. Only in a callback: the bound field is already drawn in a run."""
    st.session_state[name] = value


def from_widget(name: str, key: str, to_text: Callable[[object], str] = str) -> None:
    """Callback: copy the value of the visible widget `key` into the address."""
    value = st.session_state[key]
    put(name, "" if value is None else to_text(value))


def show(key: str, value: object) -> None:
    """Let the visible widget `key` show what the address says."""
    st.session_state[key] = value


def clear(names: Iterable[str]) -> None:
    """Callback: take parts away, which brings their defaults back."""
    for name in names:
        put(name, "")


def drop(names: Iterable[str], defaults: Mapping[str, str]) -> None:
    """Callback: let parts say nothing at all, not even the audience's default."""
    for name in names:
        put(name, ANY if name in defaults else "")


def link(page: str, **parts: str) -> str:
    """A relative address of a page with the present selection and the given parts changed.

    page: '' for Overview, else the page's path. Values are percent-encoded.
    """
    chosen = {name: get(name) for name in FIELDS} | parts
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"./{page}" + (f"?{query}" if query else "")
