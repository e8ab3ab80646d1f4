"""The parts of the page Comments."""

import math

import streamlit as st

from lmi.domain.comments import PAGE_NAMES, STATUSES, Subject
from lmi.presentation.captions import counted
from lmi.ui import access, address, comment_form, comment_list, comment_review, comment_state
from lmi.ui.comment_state import FILTERS, HERE, Seen
from lmi.ui.state import View
from lmi.ui.widgets import heading, note, unmarked


def answer(seen: Seen) -> str:
    """What waits, for a coordinator; what is published, for everybody else."""
    counts = seen.every.counts
    published = _published(counts["published"], counts["answered"])
    if not access.allowed():
        return published
    waiting = counts["held"]
    if waiting:
        return f"{counted(waiting, 'comment waits', 'comments wait')} to be read."
    return f"No comment waits to be read. {published}"


def _published(published: int, answered: int) -> str:
    if not published:
        return "No comment is published yet."
    are = counted(published, "comment is", "comments are")
    if answered == published:
        return f"{are} published and answered."
    return f"{are} published, {answered or 'none'} of them answered."


def selection(view: View, seen: Seen) -> str:
    """The filters in words."""
    where = view.area.short_name if seen.only_here else "All regions"
    about = seen.subjects[seen.about] if seen.about else "any subject"
    status = f" · {STATUSES[seen.queue].lower()}" if access.allowed() else ""
    return f"{where} · {about}{status}"


def controls(view: View, seen: Seen) -> None:
    """One row of filters: status (for coordinators), subject, region."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="comment-controls"):
        if access.allowed():
            counts = seen.every.counts
            _choice("Status", "queue", {s: f"{STATUSES[s]} ({counts[s]:,})" for s in STATUSES}, seen.queue)
        _choice("Subject", "about", {"": "Any subject", **seen.subjects}, seen.about)
        where = {"": "All regions", HERE: view.area.short_name}
        _choice("Region of the comment", "where", where, HERE if seen.only_here else "")
        if seen.about or seen.only_here:
            st.button(unmarked(view.word("reset")), on_click=address.clear, args=(FILTERS,), key="reset")


def _choice(label: str, name: str, options: dict[str, str], value: str) -> None:
    key = f"w_{name}"
    address.show(key, value)
    st.selectbox(
        label, list(options), key=key, format_func=lambda code: options[code], width=230,
        on_change=address.from_widget, args=(name, key),
    )  # fmt: skip


def asked(view: View, seen: Seen) -> None:
    """What became of the comment whose reference stands in the address."""
    if not seen.asked:
        return
    one = seen.one
    if one is None:
        st.text(f"No comment '{seen.asked}' is on record.")
    elif access.allowed():
        comment_review.card(view, one, comment_review.people())
    elif one.status == "published":
        comment_list.listed(view, [one])
    else:
        became = "waits to be read" if one.status == "held" or one.trapped else "is not published"
        st.text(f"The comment {one.reference} of {comment_list.day_of(one.at)} {became}.")


def listing(view: View, seen: Seen) -> None:
    """The comments that pass the filters; for a coordinator each with what can be done about it."""
    staff = access.allowed()
    if staff and seen.every.counts["trapped"]:
        trapped = counted(seen.every.counts["trapped"], "comment was", "comments were")
        note(f"{trapped} held back by the trap for robots; see the hidden ones.")
    if not seen.shown:
        if seen.about or seen.only_here:
            st.text("No comment passes these filters.")
        return
    together = comment_review.TOGETHER if staff else comment_list.TOGETHER
    pages = math.ceil(len(seen.shown) / together)
    turn = 1
    if pages > 1:
        turn = min(st.session_state.get(f"comment-page-{seen.queue}", 1), pages)
    shown = seen.shown[(turn - 1) * together : turn * together]
    if staff:
        who = comment_review.people()
        for comment in shown:
            if comment is not seen.one:  # it stands above
                comment_review.card(view, comment, who)
    else:
        comment_list.listed(view, shown)
    if pages > 1:
        st.pagination(pages, key=f"comment-page-{seen.queue}")


def own(view: View) -> None:
    """A comment of one's own, on any page, or on the occupation or pathway in the address."""
    heading("Write a comment")
    about = {PAGE_NAMES["comments"]: Subject("comments")}
    if soc := comment_state.known_soc(view):
        subject = Subject("occupation", "occupation", soc)
        about[comment_state.title_of(view, subject)] = subject
    path = address.get("path")
    if path in view.desk.pathways.path_by_id:
        subject = Subject("pathways", "pathway", path)
        about[comment_state.title_of(view, subject)] = subject
    about |= {name: Subject(page) for page, name in PAGE_NAMES.items() if page != "comments"}
    comment_form.form(view, about)
    note("To comment on an occupation or a pathway, open it: the form stands at the foot of every page.")
