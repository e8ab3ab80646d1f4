"""The end of editing pathways: the difference and what to do with it, and the versions on record."""

from html import escape

import streamlit as st

from lmi.domain.pathways import Version
from lmi.places import here
from lmi.presentation.captions import counted
from lmi.sources import pathway_versions
from lmi.sources.pathways_edit import difference
from lmi.ui import address, loaders, pathway_draft
from lmi.ui.pathway_draft import Draft
from lmi.ui.state import View
from lmi.ui.widgets import note, unmarked

_SIGNS = {"-": "del", "+": "ins"}


def saving(view: View, draft: Draft | None) -> None:
    """The difference to the file, and what to do with it."""
    if draft is None:
        note("Nothing is changed yet. Changes appear here before they are saved.")
        st.download_button(
            "Download pathways.yaml", data=lambda: pathway_versions.read(here().pathways).encode(),
            file_name="pathways.yaml", mime="application/yaml", on_click="ignore", key="path-download",
        )  # fmt: skip
        return
    version, changed = view.desk.draft.version, pathway_draft.file_changed(draft)
    if changed:
        with st.container(border=True, key="edit-changed"):
            st.text(
                "Somebody changed the file after your changes began, so they cannot be saved as they are."
            )
            if version.status == "draft":
                st.button(
                    "Make my changes on the saved file", type="primary", on_click=pathway_draft.remake,
                    args=(view,), key="path-remake",
                )  # fmt: skip
            else:
                st.text(
                    f"Version {version.name} in the file is {version.status} now. Copy it to a new draft "
                    "under Versions; then your changes can be made on that."
                )
    told(draft)
    with st.container(horizontal=True):
        if not changed and draft.kept.made:
            st.button(
                "Save in place", type="primary", on_click=pathway_draft.save, args=(view,), key="path-save"
            )
        ways_out(draft)


def told(draft: Draft) -> None:
    """What was changed and what could not be, and the difference line by line."""
    for number, one in enumerate(draft.kept.made, 1):
        st.text(f"{number}. {one.words}")
    if draft.kept.left:
        with st.container(border=True, key="edit-left"):
            count = counted(len(draft.kept.left), "change")
            st.text(
                f"{count} could not be made on the saved file. Make them by hand, if they are still wanted:"
            )
            for line in draft.kept.left:
                st.text(line)
    if draft.kept.made:
        st.html(f'<pre class="lmi-diff" tabindex="0" data-testid="difference">{_shown(draft)}</pre>')


def ways_out(draft: Draft) -> None:
    """Take the changes elsewhere, or let them go."""
    st.download_button(
        "Download the new pathways.yaml", data=draft.kept.text.encode(), file_name="pathways.yaml",
        mime="application/yaml", on_click="ignore", key="path-download-new",
    )  # fmt: skip
    st.button("Discard the changes", on_click=pathway_draft.discard, key="path-discard")


def _shown(draft: Draft) -> str:
    """The difference as text: '-' before what goes, '+' before what comes."""
    lines = []
    for sign, line in difference(draft.kept.before, draft.kept.text):
        tag = _SIGNS.get(sign)
        text = escape(f"Line {line}" if sign == "@" else f"{sign} {line}")
        lines.append(f"<{tag}>{text}</{tag}>" if tag else f"<b>{text}</b>" if sign == "@" else text)
    return "\n".join(lines)


def versions(view: View, draft: Draft | None) -> None:
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
    if version.status != "draft":
        _copying(view, draft)
    elif draft is not None:
        note("Save or discard your changes first.")
    else:
        _publishing(view, version)


def _digest() -> str:
    """What tells whether the file is still the one that was looked at."""
    return pathway_versions.digest(pathway_versions.read(here().pathways))


def _publishing(view: View, version: Version) -> None:
    note(
        f"Publishing '{version.name}' makes it the version that everybody sees. It can then be copied, "
        "not changed, and what was published before is frozen. Publish what employers have validated."
    )
    base = _digest()
    key = f"path-publish-note-{base[:8]}"  # what was typed for another content of the file is not kept
    st.text_input("Note", version.note, max_chars=300, key=key, help="What everybody is told about it.")
    sure = st.checkbox(f"Publish '{unmarked(version.name)}'", key="path-sure")
    st.button("Publish", disabled=not sure, on_click=_publish, args=(view, base, key), key="path-publish")


def _publish(view: View, base: str, key: str) -> None:
    """Callback: the draft becomes the published version."""
    places, titles = here(), pathway_draft.titles(view)
    text = str(st.session_state[key])
    if pathway_draft.write(
        lambda: pathway_versions.publish(
            places.pathways, places.versions, loaders.today(), titles, base, text
        ),
        "Published.",
    ):
        address.put("pathversion", "")


def _copying(view: View, draft: Draft | None) -> None:
    if draft is not None:
        note("Your unsaved changes stay; they can be made on the new draft under Difference and saving.")
    with st.form("path-copy"):
        left, right = st.columns([1, 2])
        left.text_input("Name of the new draft", key="path-copy-name", max_chars=40)
        right.text_input("What it is for", key="path-copy-note", max_chars=300)
        st.form_submit_button("Copy to a new draft", type="primary", on_click=_copied, args=(view, _digest()))


def _copied(view: View, base: str) -> None:
    """Callback: a new draft begins from the version in the file; unsaved changes stay, to be made on it."""
    places, titles = here(), pathway_draft.titles(view)
    name, text = (str(st.session_state[f"path-copy-{part}"]) for part in ("name", "note"))
    pathway_draft.write(
        lambda: pathway_versions.copy(
            places.pathways, places.versions, name, loaders.today(), text, titles, base
        ),
        f"'{name}' is a draft now.",
        done=lambda: None,
    )
