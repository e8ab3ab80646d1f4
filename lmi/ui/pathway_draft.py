"""Which pathways this visitor looks at, and unsaved changes of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from lmi.domain.errors import BadFile, LmiError
from lmi.domain.pathways import PathwayMap
from lmi.places import here
from lmi.presentation.captions import counted
from lmi.sources import pathway_versions, pathways_edit
from lmi.sources.pathways_file import check_text
from lmi.ui import address, loaders
from lmi.ui.state import View
from lmi.ui.widgets import note

KEY, REFUSED, DONE = "_pathways_draft", "_pathways_refused", "_pathways_done"
WORKING = "draft"  # in the address: the file that is worked on instead of the version in use


@dataclass(frozen=True)
class Draft:
    """Unsaved changes. text: of the whole file; before: the file they began from; held: what the text says;
    done: each change in words."""

    text: str
    before: str
    held: PathwayMap
    done: tuple[str, ...]


def current() -> Draft | None:
    """The unsaved changes of this session, if there are any."""
    found: Draft | None = st.session_state.get(KEY)
    return found


def shown(view: View) -> tuple[PathwayMap, str, bool]:
    """The pathways to show, what tells them apart in caches, and whether they are unsaved."""
    draft = current()
    if draft is not None:
        return draft.held, pathway_versions.digest(draft.text), True
    if address.get("pathversion") == WORKING:
        return view.desk.draft, WORKING, False
    return view.desk.pathways, "", False


def banner(view: View, unsaved: bool) -> None:
    """Says which version this is where it is not simply the one in use."""
    if unsaved:
        draft = current()
        count = counted(len(draft.done) if draft else 0, "unsaved change")
        note(f"You are looking at {count} of yours; the editor below saves, downloads or discards them.")
    elif view.desk.draft != view.desk.pathways and "editor" in view.audience.blocks["pathways"]:
        if address.get("pathversion") == WORKING:
            _link("This is the draft. Show the published version instead.", "")
        else:
            _link(f"A draft, '{view.desk.draft.version.name}', is being worked on. Show it instead.", WORKING)


def _link(text: str, version: str) -> None:
    href = escape(address.link("pathways", pathversion=version), quote=True)
    st.html(f'<a class="lmi-link" href="{href}" target="_self">{escape(text)}</a>')


def change(view: View, changes: Sequence[pathways_edit.Change], words: str) -> None:
    """Make changes to the draft, all or none; what is refused is kept to be shown beside the form."""
    draft = current()
    titles = loaders.titles(view.key, view.desk)
    try:
        before = draft.before if draft else pathway_versions.read(here().pathways)
        text = draft.text if draft else before
        for one in changes:
            text = pathways_edit.apply(text, one, titles)
        held, problems = check_text(text, titles, here().pathways.name)
    except LmiError as error:
        st.session_state[REFUSED] = [error.line()]
        return
    if held is None or problems:
        st.session_state[REFUSED] = [_without_line(problem) for problem in problems]
        return
    if text != before:
        done = (*(draft.done if draft else ()), words)
        st.session_state[KEY] = Draft(text, before, held, done)
    st.session_state[DONE] = f"{words}. It is not saved yet."


def _without_line(problem: BadFile) -> str:
    """A problem as it reads beside a form, where lines of the file say nothing."""
    return f"{problem.what.rsplit(': ', 1)[-1]} {problem.why}"


def discard() -> None:
    """Callback: let the unsaved changes go."""
    st.session_state.pop(KEY, None)


def write(act: Callable[[], object], words: str) -> None:
    """Callback: change files; on success the unsaved changes are gone, else they stay and it is said why."""
    try:
        act()
    except LmiError as error:
        st.session_state[REFUSED] = [error.line()]
        return
    discard()
    address.put("pathversion", WORKING)
    st.session_state[DONE] = words


def save(view: View) -> None:
    """Callback: put the draft in the file's place, the previous content kept."""
    draft, places = current(), here()
    if draft is None:
        return
    titles = loaders.titles(view.key, view.desk)
    write(
        lambda: pathway_versions.save(
            places.pathways, places.versions, draft.text, pathway_versions.digest(draft.before), titles
        ),
        "Saved. What the file held before is kept in data/local/pathways/previous.",
    )
