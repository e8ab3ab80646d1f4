"""The cache of the comments; like those of lmi.ui.loaders, its answers are read-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from lmi.contributions import comments, opened
from lmi.domain.comments import Comment, Subject, counted
from lmi.places import here


@dataclass(frozen=True)
class Comments:
    """All comments, the newest first. on: region and subject -> those of it that are published."""

    every: Sequence[Comment]
    on: Mapping[tuple[str, str, str], Sequence[Comment]] = field(init=False, repr=False)
    counts: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        found: dict[tuple[str, str, str], list[Comment]] = {}
        for comment in self.published:
            found.setdefault(_place(comment.subject), []).append(comment)
        object.__setattr__(self, "on", found)
        object.__setattr__(self, "counts", counted(self.every))

    @property
    def published(self) -> Sequence[Comment]:
        """Those that everybody sees, the newest first."""
        return [comment for comment in self.every if comment.status == "published"]

    def about(self, subject: Subject) -> Sequence[Comment]:
        """Those published on a subject, in any region, the newest first."""
        return self.on.get(_place(subject), ())


def _place(subject: Subject) -> tuple[str, str, str]:
    """What tells subjects apart: a page, or an occupation or pathway wherever it was seen."""
    return (subject.kind, subject.page if subject.kind == "page" else "", subject.id)


def current() -> Comments:
    """The comments as they are now. Unkept if they cannot be read."""
    return _comments(here().database, comments.stamp(opened.store()))


@st.cache_resource(show_spinner=False, max_entries=4)
def _comments(database: str, stamp: tuple[int, int]) -> Comments:
    return Comments(comments.every(opened.store()))
