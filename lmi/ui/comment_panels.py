"""Comments at the foot of every page: those that are published, and a form for one's own."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from lmi.domain.comments import Comment, Subject
from lmi.domain.errors import LmiError
from lmi.presentation.captions import counted
from lmi.ui import address, comment_form, comment_list, comment_loaders, comment_state, notices
from lmi.ui.state import View
from lmi.ui.widgets import note, unmarked

AT_THE_FOOT = 10  # comments at the foot of a page; the rest on the page Comments
_WITHOUT = ("comments",)  # the page has them in its middle


def block(view: View, page: str, subject_kind: str = "", subject: str = "") -> None:
    """The comments on what a page is about, folded. Its content is drawn once it is opened.

    subject_kind, subject: of lmi.domain.comments.Subject; '' = what the page shows. Nothing of it breaks a
    page: what cannot be read is said in small.
    """
    if page in _WITHOUT or address.get("show"):
        return
    _alone(view, Subject(page, subject_kind, subject) if subject_kind else _shown(view, page))


def _shown(view: View, page: str) -> Subject:
    """What the page shows; the page itself where that failed, which the page has told by now."""
    try:
        return comment_state.subject_of(view, page)
    except Exception:
        notices.log.exception("What the page shows cannot be told")
        return Subject(page)


@st.fragment
def _alone(view: View, about: Subject) -> None:
    """The block by itself: to open it or to comment runs nothing else of the page anew."""
    try:
        _folded(view, about, comment_loaders.current().about(about))
    except LmiError as error:
        notices.log.warning("%s", error.line())
        note("Comments cannot be read now.")


def _folded(view: View, about: Subject, found: Sequence[Comment]) -> None:
    title = comment_state.title_of(view, about)
    here = [c for c in found if c.area_code == view.area.code] or found
    what = "this page" if about.kind == "page" else f"this {about.kind}"
    there = f" ({len(found):,} published)" if found else ""
    folded = st.expander(
        unmarked(f"Comment on {what}{there}"), key=f"comments-{about.page}",
        icon=":material/forum:", on_change="rerun",
    )  # fmt: skip
    if not folded.open:
        return
    with folded:
        if found:
            comment_list.listed(view, here[:AT_THE_FOOT], with_subject=False)
            _more(about, len(found) - len(here[:AT_THE_FOOT]))
        else:
            note(f"Nobody has commented on this yet: {title}.")
        comment_form.form(view, {title: about})


def _more(about: Subject, left: int) -> None:
    """A link to those that are not shown here."""
    if left:
        key = about.page if about.kind == "page" else f"{about.kind}:{about.id}"
        where = address.link("comments", about=key, where="", queue="", comment="")
        st.html(
            f'<p class="lmi-selection"><a href="{escape(where)}" target="_self">'
            f"{counted(left, 'more comment')}, also on other regions</a></p>"
        )
