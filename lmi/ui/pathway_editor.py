"""The editor of pathways for staff: change a step or a move, see the map change, compare, save."""

import streamlit as st

from lmi.places import here
from lmi.ui import access, pathway_draft, pathway_forms, pathway_moves, pathway_saving
from lmi.ui.pathway_state import Journey
from lmi.ui.state import View
from lmi.ui.widgets import heading, note, unmarked

MODES = {
    "move": "Change a move", "new_move": "Add a move", "step": "Change a job", "new_step": "Add a job",
    "save": "Difference and saving", "versions": "Versions",
}  # fmt: skip
_MOST_TOLD = 8


def block(view: View, journey: Journey) -> None:
    """The forms for the pathway that is shown; what they change shows on the map at once."""
    if not access.allowed():
        access.invite("Edit the pathways", "pathways")
        return
    heading("Edit the pathways")
    _said()
    draft = pathway_draft.current(view)
    version = view.desk.draft.version
    if pathway_draft.has_mistake(view):
        _mistaken(draft)
        return
    if journey.held is view.desk.pathways and view.desk.draft != view.desk.pathways:
        note(f"Version {journey.held.version.name} is shown. Show the draft above to edit it.")
        return
    modes = list(MODES)
    if version.status != "draft":
        note(f"Version {version.name} is {version.status}: it is copied to a new draft, not changed.")
        modes = ["save", "versions"] if draft else ["versions"]
    mode = st.segmented_control(
        "What to do", modes, default=modes[0], key="w_edit", required=True, format_func=lambda i: MODES[i],
        label_visibility="collapsed",
    )  # fmt: skip
    if mode == "save":
        pathway_saving.saving(view, draft)
    elif mode == "versions":
        pathway_saving.versions(view, draft)
    else:
        _form(view, journey, str(mode))


def _form(view: View, journey: Journey, mode: str) -> None:
    """One of the forms."""
    pathway, held = journey.answer.pathway, journey.held

    def tell(changes: pathway_forms.Changes, words: str) -> None:
        pathway_draft.change(view, changes, words)

    if mode == "step":
        pathway_forms.change_step(view, pathway, tell)
    elif mode == "new_step":
        pathway_forms.add_step(view, held, pathway, pathway_draft.titles(view), tell)
    elif mode == "new_move":
        pathway_moves.add_move(view, held, pathway, tell)
    else:
        pathway_moves.change_move(view, held, pathway, tell)


def _mistaken(draft: pathway_draft.Draft | None) -> None:
    """What can be done while the file cannot be read: nothing is written over what somebody typed."""
    st.text(
        f"{here().pathways.name} has a mistake, which is named at the top of the page, so nothing can be "
        "changed or saved here. Mend it in a text editor, then reload."
    )
    if draft is not None:
        st.text("Your unsaved changes are kept:")
        pathway_saving.told(draft)
        with st.container(horizontal=True):
            pathway_saving.ways_out(draft)


def _said() -> None:
    """What the last action did, and why one was refused."""
    done = st.session_state.pop(pathway_draft.DONE, None)
    if done:
        st.success(unmarked(done))
    refused = st.session_state.pop(pathway_draft.REFUSED, None)
    if refused:
        with st.container(border=True, key="edit-refused"):
            st.text("This was not done:")
            for line in refused[:_MOST_TOLD]:
                st.text(line)
            if len(refused) > _MOST_TOLD:
                st.text(f"And {len(refused) - _MOST_TOLD} more.")
