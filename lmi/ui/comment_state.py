"""What a comment is about, and which comments the page Comments shows: read from the address."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from lmi.domain.comments import PAGE_NAMES, STATUSES, SUBJECT_KINDS, Comment, Subject
from lmi.domain.errors import BadInput
from lmi.ui import access, address, comment_loaders, pathway_loaders, pathway_state, profile_search
from lmi.ui.comment_loaders import Comments
from lmi.ui.state import View

FILTERS = ("about", "where")
HERE = "here"
LEAST = 8  # characters of a reference


@dataclass(frozen=True)
class Seen:
    """What the page shows. subjects: what can be filtered by, with its words. about: the one in use, '' for
    any. only_here: of this region alone. queue: the status of the comments that are listed, always
    'published' for a reader. asked: the reference in the address; one: its comment. shown: those that pass,
    the newest first; of those that wait, the oldest."""

    every: Comments
    subjects: Mapping[str, str]
    about: str
    only_here: bool
    queue: str
    asked: str
    one: Comment | None
    shown: Sequence[Comment]


def subject_of(view: View, page: str) -> Subject:
    """What a comment at the foot of a page is about: its occupation or pathway, else the page."""
    if page == "occupation":
        soc = known_soc(view) or profile_search.chosen(replace(view, soc=""))
        return Subject(page, "occupation", soc)
    if page == "pathways" and view.desk.pathways.pathways:
        return Subject(page, "pathway", _pathway(view))
    return Subject(page)


def known_soc(view: View) -> str:
    """The occupation in the address; '' where there is none."""
    try:
        return view.desk.soc(view.soc) if view.soc else ""
    except BadInput:
        return ""


def _pathway(view: View) -> str:
    """The pathway that the page shows."""
    network, _ = pathway_state.shown(view)
    wanted = address.get("path")
    if wanted in network.map.path_by_id:
        return wanted
    every = pathway_loaders.pathways_of(view.key, network, network.serial)
    return pathway_state.usual(view, network.map, every).pathway.id


def title_of(view: View, subject: Subject) -> str:
    """The subject in words: 'Occupation: Electricians', 'Pathway: Nursing', 'Overview'."""
    if subject.kind == "page":
        return PAGE_NAMES.get(subject.page, subject.page)
    known = view.desk.pathways.path_by_id
    if subject.kind == "occupation":
        name = view.desk.titles.get(subject.id, subject.id)
    else:
        name = known[subject.id].name if subject.id in known else subject.id
    return f"{SUBJECT_KINDS[subject.kind]}: {name}"


def link_of(view: View, comment: Comment) -> str:
    """The address of the page that a comment is about, in its region."""
    subject = comment.subject
    page = {"occupation": "occupation", "pathway": "pathways"}.get(subject.kind, subject.page)
    parts = {"occupation": {"soc": subject.id}, "pathway": {"path": subject.id}}.get(subject.kind, {})
    where = {"area": comment.area_code} if comment.area_code in view.desk.areas else {}
    away = dict.fromkeys((*FILTERS, "queue", "comment", "meeting", "show"), "")
    return address.link("" if page == "overview" else page, **(away | parts | where))


def read(view: View) -> Seen:
    """The filters in the address; what does not exist is named."""
    every = comment_loaders.current()
    queue = "published"
    if access.allowed():
        queue = _choice("queue", list(STATUSES), "held" if every.counts["held"] else "published")
    there = [comment for comment in every.every if comment.status == queue]
    subjects = _subjects(view, there)
    about = _choice("about", subjects, "")
    only_here = _choice("where", [HERE], "") == HERE
    shown = [
        c for c in there
        if about in ("", c.subject.page, _key(c.subject)) and (not only_here or c.area_code == view.area.code)
    ]  # fmt: skip
    asked = address.get("comment").strip()[:40]
    found = [c for c in every.every if len(asked) >= LEAST and c.id.startswith(asked.lower())]
    return Seen(
        every, subjects, about, only_here, queue, asked, found[0] if found else None,
        shown[::-1] if queue == "held" else shown,
    )  # fmt: skip


def _subjects(view: View, there: Sequence[Comment]) -> dict[str, str]:
    """What can be filtered by: every page, and the occupations and pathways that comments are about."""
    single = {_key(c.subject): title_of(view, c.subject) for c in there if c.subject.kind != "page"}
    return dict(PAGE_NAMES) | dict(sorted(single.items(), key=lambda item: item[1]))


def _key(subject: Subject) -> str:
    return f"{subject.kind}:{subject.id}"


def _choice(name: str, known: Collection[str], default: str) -> str:
    value = address.get(name)
    if not value or value in known:
        return value or default
    st.text(f"'{value[:30]}' is not known here. Known: {', '.join(list(known)[:12])}.")
    return default
