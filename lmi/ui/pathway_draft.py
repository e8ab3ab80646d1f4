"""Which pathways this visitor looks at, and unsaved changes of their own.

Unsaved changes are kept on the disk, and the address names them: a reload, a link and a copied link show
them, and Back undoes the last one. The session holds them too, in case the disk is full."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st

from lmi.domain.errors import BadFile, LmiError
from lmi.domain.pathways import PathwayMap
from lmi.places import here
from lmi.presentation.captions import counted
from lmi.sources import pathway_drafts, pathway_versions, pathways_edit
from lmi.sources.pathway_drafts import Kept, Made
from lmi.sources.pathways_file import check_text
from lmi.ui import access, address, loaders, pathway_said
from lmi.ui.state import View
from lmi.ui.widgets import note

KEY, REFUSED, DONE = "_pathways_draft", "_pathways_refused", "_pathways_done"
FIELD = "draft"  # of the address: the id of unsaved changes
WORKING = "draft"  # in the address: the file that is worked on instead of the version in use


@dataclass(frozen=True)
class Draft:
    """Unsaved changes. held: what their text says; id: under which they are kept, '' if only this session
    holds them."""

    kept: Kept
    held: PathwayMap
    id: str


def current(view: View) -> Draft | None:
    """The unsaved changes that the address names, or that only this session holds; None without any."""
    return _found(view)[0]


def _found(view: View) -> tuple[Draft | None, str]:
    """The same, and why there is nothing where the address names something."""
    mine: Draft | None = st.session_state.get(KEY)
    wanted = address.get(FIELD)
    if mine is not None and mine.id in ("", wanted):
        return mine, ""
    if not wanted:
        return None, ""
    try:
        kept = pathway_drafts.get(folder(), wanted)
    except LmiError as error:
        return None, error.line()
    if kept.text == _file_text() and not kept.left:
        return None, "The changes in this link are saved in the file already."
    held, problems = check_text(kept.text, titles(view), here().pathways.name)
    if held is None or problems:
        return None, f"The unsaved changes '{wanted}' do not fit the data of today. {problems[0].line()}"
    st.session_state[KEY] = Draft(kept, held, wanted)
    return st.session_state[KEY], ""


def _file_text() -> str | None:
    """The working file's text; None while it cannot be read, which hides no unsaved changes."""
    try:
        return pathway_versions.read(here().pathways)
    except BadFile:
        return None


def folder() -> Path:
    """Where unsaved changes are kept."""
    return here().build / "drafts"


def titles(view: View) -> Mapping[str, str]:
    """The occupations that a pathway may name: SOC code -> title."""
    return loaders.titles(view.key, view.desk)


def shown(view: View) -> tuple[PathwayMap, str, bool]:
    """The pathways to show, what tells them apart in caches, and whether they are unsaved."""
    draft, why = _found(view)
    if why:
        st.text(why)
    if draft is not None:
        return draft.held, pathway_versions.digest(draft.kept.text), True
    if address.get("pathversion") == WORKING:
        return view.desk.draft, WORKING, False
    return view.desk.pathways, "", False


def banner(view: View, unsaved: bool) -> None:
    """Says which version this is where it is not simply the one in use."""
    editor = access.allowed() and "editor" in view.audience.blocks["pathways"]
    draft = current(view) if unsaved else None
    if draft is not None:
        count = counted(len(draft.kept.made), "unsaved change")
        what = (
            "the editor below saves, downloads or discards them" if editor else "nothing of it is in use yet"
        )
        note(f"You are looking at {count}; {what}.")
    elif editor and view.desk.draft != view.desk.pathways:
        if address.get("pathversion") == WORKING:
            _link("This is the draft. Show the published version instead.", "")
        else:
            _link(f"A draft, '{view.desk.draft.version.name}', is being worked on. Show it instead.", WORKING)


def _link(text: str, version: str) -> None:
    href = escape(address.link("pathways", pathversion=version), quote=True)
    st.html(f'<a class="lmi-link" href="{href}" target="_self">{escape(text)}</a>')


@st.cache_resource(show_spinner=False, max_entries=4)
def _holds_together(key: str, _text: str, _titles: Mapping[str, str]) -> bool:
    """Whether a text has no mistakes; key tells texts apart, and the data they are held against."""
    return not check_text(_text, _titles)[1]


def has_mistake(view: View) -> bool:
    """Whether the working file has a mistake or cannot be read, so that nothing can be changed in it."""
    text = _file_text()
    if text is None:
        return True
    return not _holds_together(f"{view.key} {pathway_versions.digest(text)}", text, titles(view))


def refuse(lines: Sequence[str]) -> None:
    """Keep why something was not done, to be shown beside the form."""
    st.session_state[REFUSED] = list(lines)


def change(view: View, changes: Sequence[pathways_edit.Change], words: str) -> None:
    """Callback: make changes to the draft, all or none. words: what is done, for the list of changes."""
    draft, name = current(view), here().pathways.name
    held = draft.held if draft else view.desk.draft
    try:
        access.require()
        kept = draft.kept if draft else _from_file()
        text = kept.text
        for one in changes:
            text = pathways_edit.apply(text, one, titles(view), name)
        found, problems = check_text(text, titles(view), name)
    except LmiError as error:
        refuse([pathway_said.beside_form(error, held, view)])
        return
    if found is None or problems:
        refuse([pathway_said.beside_form(problem, held, view) for problem in problems])
    elif text == kept.text:
        st.session_state[DONE] = "Nothing is different from before."
    else:
        made = (*kept.made, Made(words, tuple(changes)))
        _hold(Kept(text, kept.before, made, kept.left), found, f"{words}. It is not saved yet.")


def _from_file() -> Kept:
    """A draft that begins from the file as it is. BadFile if it cannot be read."""
    text = pathway_versions.read(here().pathways)
    return Kept(text, text)


def _hold(kept: Kept, held: PathwayMap, said: str) -> None:
    """Let these be the unsaved changes: on the disk, in the address and in the session."""
    try:
        name = pathway_drafts.put(folder(), kept)
    except LmiError as error:
        name, said = "", f"{said} {error.line()}"
    st.session_state[KEY] = Draft(kept, held, name)
    st.session_state[DONE] = said
    address.put(FIELD, name)


def discard() -> None:
    """Callback: let the unsaved changes go."""
    st.session_state.pop(KEY, None)
    address.put(FIELD, "")


def write(act: Callable[[], object], words: str, done: Callable[[], None] = discard) -> bool:
    """Callback: change files, then `done`, which lets the unsaved changes go; if that fails, they stay and
    it is said why. Returns whether it was done."""
    if refused := access.refusal(act):
        refuse([refused])
        return False
    done()
    address.put("pathversion", WORKING)
    st.session_state[DONE] = words
    return True


def save(view: View) -> None:
    """Callback: put the draft in the file's place, the previous content kept."""
    draft, places = current(view), here()
    if draft is None:
        return
    base = pathway_versions.digest(draft.kept.before)
    write(
        lambda: pathway_versions.save(places.pathways, places.versions, draft.kept.text, base, titles(view)),
        "Saved. What the file held before is kept in data/local/pathways/previous.",
    )


def file_changed(draft: Draft) -> bool:
    """Whether the file is another one than the draft began from. BadFile if it cannot be read."""
    return pathway_versions.read(here().pathways) != draft.kept.before


def remake(view: View) -> None:
    """Callback: make the same changes on the file as it is now; what cannot be made stays in view."""
    draft, path = current(view), here().pathways
    if draft is None:
        return
    try:
        access.require()
        kept = pathway_drafts.remake(draft.kept, pathway_versions.read(path), titles(view), path.name)
    except LmiError as error:
        refuse([error.line()])
        return
    held, _ = check_text(kept.text, titles(view), path.name)
    if held is None or not (kept.made or kept.left):
        discard()
        st.session_state[DONE] = "All of your changes stand in the saved file already."
        return
    count = counted(len(kept.made), "change")
    _hold(kept, held, f"{count} of yours made on the saved file. Nothing is saved yet.")
