"""The editor of pathways for staff: change a step or a move, see the map change, compare, save."""

from html import escape

import streamlit as st

from lmi.places import here
from lmi.sources import pathway_versions
from lmi.sources.pathways_edit import difference
from lmi.ui import address, loaders, pathway_draft, pathway_forms
from lmi.ui.pathway_state import Journey
from lmi.ui.state import View
from lmi.ui.widgets import heading, note, unmarked

MODES = {
    "move": "Change a move", "new_move": "Add a move", "step": "Change a job", "new_step": "Add a job",
    "save": "Difference and saving", "versions": "Versions",
}  # fmt: skip
_SIGNS = {"-": "del", "+": "ins"}


def block(view: View, journey: Journey) -> None:
    """The forms for the pathway that is shown; what they change shows on the map at once."""
    heading("Edit the pathways")
    _said()
    draft = pathway_draft.current()
    version = view.desk.draft.version
    if journey.held is view.desk.pathways and view.desk.draft != view.desk.pathways:
        note(f"Version {journey.held.version.name} is shown. Show the draft above to edit it.")
        return
    modes = list(MODES) if version.status == "draft" else ["versions"]
    if version.status != "draft":
        note(f"Version {version.name} is {version.status}: it is copied to a new draft, not changed.")
    mode = st.segmented_control(
        "What to do", modes, default=modes[0], key="w_edit", required=True, format_func=lambda i: MODES[i],
        label_visibility="collapsed",
    )  # fmt: skip
    pathway, held = journey.answer.pathway, journey.held

    def tell(changes: pathway_forms.Changes, words: str) -> None:
        pathway_draft.change(view, changes, words)
        st.rerun()

    if mode == "step":
        pathway_forms.change_step(view, pathway, tell)
    elif mode == "new_step":
        pathway_forms.add_step(view, held, pathway, loaders.titles(view.key, view.desk), tell)
    elif mode == "new_move":
        pathway_forms.add_move(view, held, pathway, tell)
    elif mode == "move":
        pathway_forms.change_move(view, held, pathway, tell)
    elif mode == "save":
        _saving(view, draft)
    else:
        _versions(view)


def _said() -> None:
    """What the last action did, and why one was refused."""
    done = st.session_state.pop(pathway_draft.DONE, None)
    if done:
        st.success(unmarked(done))
    refused = st.session_state.pop(pathway_draft.REFUSED, None)
    if refused:
        with st.container(border=True, key="edit-refused"):
            st.text("This was not changed, because the pathways would no longer hold together:")
            for line in refused[:8]:
                st.text(line)


def _saving(view: View, draft: pathway_draft.Draft | None) -> None:
    """The difference to the file, and what to do with it."""
    if draft is None:
        note("Nothing is changed yet. Changes appear here before they are saved.")
        st.download_button(
            "Download pathways.yaml", data=lambda: pathway_versions.read(here().pathways).encode(),
            file_name="pathways.yaml", mime="application/yaml", on_click="ignore", key="path-download",
        )  # fmt: skip
        return
    for number, words in enumerate(draft.done, 1):
        st.text(f"{number}. {words}")
    st.html(f'<pre class="lmi-diff" tabindex="0" data-testid="difference">{_shown(draft)}</pre>')
    with st.container(horizontal=True):
        st.button("Save in place", type="primary", on_click=pathway_draft.save, args=(view,), key="path-save")
        st.download_button(
            "Download the new pathways.yaml", data=draft.text.encode(), file_name="pathways.yaml",
            mime="application/yaml", on_click="ignore", key="path-download-new",
        )  # fmt: skip
        st.button("Discard the changes", on_click=pathway_draft.discard, key="path-discard")


def _shown(draft: pathway_draft.Draft) -> str:
    """The difference as text: '-' before what goes, '+' before what comes."""
    lines = []
    for sign, line in difference(draft.before, draft.text):
        tag = _SIGNS.get(sign)
        text = escape(f"Line {line}" if sign == "@" else f"{sign} {line}")
        lines.append(f"<{tag}>{text}</{tag}>" if tag else f"<b>{text}</b>" if sign == "@" else text)
    return "\n".join(lines)


def _versions(view: View) -> None:
    """What is on record; publish the draft, or copy what is published."""
    places, version = here(), view.desk.draft.version
    listed = {version.name: version} | {one.name: one for one, _ in pathway_versions.kept(places.versions)}
    rows = "".join(
        f'<tr><th scope="row">{escape(one.name)}</th><td>{escape(one.status)}</td><td>{escape(one.date)}</td>'
        f"<td>{escape(one.note)}</td></tr>"
        for one in listed.values()
    )
    st.html(
        '<table class="lmi-evidence"><thead><tr><th scope="col">Version</th><th scope="col">Status</th>'
        f'<th scope="col">Date</th><th scope="col">Note</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    if pathway_draft.current() is not None:
        note("Save or discard your changes first.")
    elif version.status == "draft":
        note(
            f"Publishing '{version.name}' makes it the version that everybody sees. It can then be copied, "
            "not changed, and what was published before is frozen. Publish what employers have validated."
        )
        sure = st.checkbox(f"Publish '{unmarked(version.name)}'", key="path-sure")
        st.button("Publish", disabled=not sure, on_click=_publish, args=(view, _digest()), key="path-publish")
    else:
        _copy(view)


def _digest() -> str:
    """What tells whether the file is still the one that was looked at."""
    return pathway_versions.digest(pathway_versions.read(here().pathways))


def _publish(view: View, base: str) -> None:
    """Callback: the draft becomes the published version."""
    places, titles = here(), loaders.titles(view.key, view.desk)
    pathway_draft.write(
        lambda: pathway_versions.publish(places.pathways, places.versions, loaders.today(), titles, base),
        "Published.",
    )
    address.put("pathversion", "")


def _copy(view: View) -> None:
    with st.form("path-copy"):
        left, right = st.columns([1, 2])
        left.text_input("Name of the new draft", key="path-copy-name", max_chars=40)
        right.text_input("What it is for", key="path-copy-note", max_chars=300)
        st.form_submit_button("Copy to a new draft", type="primary", on_click=_copied, args=(view, _digest()))


def _copied(view: View, base: str) -> None:
    """Callback: a new draft begins from the version in the file."""
    places, titles = here(), loaders.titles(view.key, view.desk)
    name, text = (str(st.session_state[f"path-copy-{part}"]) for part in ("name", "note"))
    pathway_draft.write(
        lambda: pathway_versions.copy(
            places.pathways, places.versions, name, loaders.today(), text, titles, base
        ),
        f"'{name}' is a draft now.",
    )
