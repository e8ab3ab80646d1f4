"""Comments on the figures: who may say how much, what a coordinator decides, and how one is told.

A comment is held until a coordinator has read it. Nothing of it is ever changed: a decision is a row of its
own, and the latest one holds. Name and e-mail lie apart from it and can be deleted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lmi.domain.errors import BadInput

LONGEST_TEXT = LONGEST_ANSWER = 2_000  # characters
LONGEST_ORGANISATION = LONGEST_PERSON = 80
LONGEST_EMAIL = 254
PER_SESSION, PER_ADDRESS, MINUTES = (
    5,
    30,
    10,
)  # comments of one browser tab, of one network address, in minutes
OVERALL, OVERALL_MINUTES = 100, 60  # of everybody together
LEAST_SECONDS = 3.0  # between the drawing of the form and its sending; a robot needs less
THE_TRAP = "the trap for robots"  # who hides what a robot seems to have sent

Status = Literal["held", "published", "hidden"]
STATUSES: Mapping[str, str] = {"held": "Waits to be read", "published": "Published", "hidden": "Hidden"}
DECISIONS: Mapping[str, Status] = {"publish": "published", "answer": "published", "hide": "hidden"}
FORGET = "forget"  # a row that says when name and e-mail were deleted, and by whom; it decides nothing
SUBJECT_KINDS: Mapping[str, str] = {"page": "Page", "occupation": "Occupation", "pathway": "Pathway"}
PAGE_NAMES: Mapping[str, str] = {
    "overview": "Overview", "demand": "Demand", "occupation": "Occupation",
    "representation": "Representation", "training": "Training", "pathways": "Pathways",
    "events": "Hiring events", "convening": "Convening", "comments": "This tool as a whole",
    "data": "Data and methods",
}  # fmt: skip
_EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[^\s@<>\"(),:;\\\[\].]+(\.[^\s@<>\"(),:;\\\[\].]+)+")


@dataclass(frozen=True)
class Subject:
    """What a comment is about. page: where it was written. kind: of SUBJECT_KINDS. id: a SOC code, the id of
    a pathway, or '' for the page."""

    page: str
    kind: str = "page"
    id: str = ""


@dataclass(frozen=True)
class Person:
    """Who wrote a comment, as far as they said so: personal data, for coordinators only."""

    name: str
    email: str


@dataclass(frozen=True)
class Review:
    """One decision. decision: of DECISIONS, or FORGET. at: UTC, ISO 8601. answer: '' unless it answers."""

    seq: int
    at: str
    by: str
    decision: str
    answer: str = ""


@dataclass(frozen=True)
class Comment:
    """A comment with its decisions, in their order. at: UTC, ISO 8601. area_code: the region in view."""

    id: str
    at: str
    organisation: str
    area_code: str
    subject: Subject
    text: str
    reviews: tuple[Review, ...] = ()

    @property
    def decided(self) -> Review | None:
        """The latest decision; None while it is held."""
        return next((r for r in reversed(self.reviews) if r.decision in DECISIONS), None)

    @property
    def status(self) -> Status:
        """held, published (with or without an answer) or hidden."""
        return DECISIONS[self.decided.decision] if self.decided else "held"

    @property
    def answer(self) -> str:
        """The answer that is shown with it; '' while it is not published or has none."""
        return self.decided.answer if self.decided and self.status == "published" else ""

    @property
    def last(self) -> int:
        """The number of its latest row, 0 if there is none: what somebody saw who decides."""
        return self.reviews[-1].seq if self.reviews else 0

    @property
    def reference(self) -> str:
        """A short name of it, for whoever wrote it."""
        return self.id[:8].upper()

    @property
    def trapped(self) -> bool:
        """Whether the trap for robots holds it back."""
        return self.decided is not None and self.decided.by == THE_TRAP

    @property
    def forgotten(self) -> Review | None:
        """When name and e-mail were deleted, and by whom; None if they were not."""
        return next((r for r in self.reviews if r.decision == FORGET), None)


def email_of(text: str) -> str:
    """An e-mail address, '' for none. BadInput for what does not have the form of one."""
    if text and not _EMAIL.fullmatch(text):
        raise BadInput("The e-mail address is not one.", f"'{text[:60]}'.", "Write it as name@example.org.")
    return text


def checked(subject: Subject) -> Subject:
    """The subject, if there can be such a one; BadInput otherwise."""
    fits = {"page": "", "occupation": r"\d\d-\d{4}", "pathway": r"[\w-]{1,60}"}.get(subject.kind)
    if subject.page not in PAGE_NAMES or fits is None or not re.fullmatch(fits, subject.id):
        raise BadInput("There is nothing of that kind to comment on.", "", "Reload the page.")
    return subject


COLUMNS = (
    "id", "reference", "at", "status", "organisation", "page", "subject_kind", "subject", "area_code", "text",
    "answer", "decided_at", "decided_by", "personal_data_deleted",
)  # fmt: skip
PERSONAL = ("name", "email")


def as_json(comment: Comment, person: Person | None = None) -> dict[str, object]:
    """A comment as JSON; with name and e-mail only where they are handed over."""
    decided = comment.decided
    told: dict[str, object] = {
        "id": comment.id, "reference": comment.reference, "at": comment.at, "status": comment.status,
        "organisation": comment.organisation, "page": comment.subject.page,
        "subject_kind": comment.subject.kind, "subject": comment.subject.id, "area_code": comment.area_code,
        "text": comment.text, "answer": comment.answer, "decided_at": decided.at if decided else "",
        "decided_by": decided.by if decided else "", "personal_data_deleted": comment.forgotten is not None,
    }  # fmt: skip
    if person is not None:
        told |= {"name": person.name, "email": person.email}
    return told


def counted(comments: Sequence[Comment]) -> Mapping[str, int]:
    """How many comments have each status, and how many are answered or held back by the trap."""
    found: dict[str, int] = dict.fromkeys((*STATUSES, "answered", "trapped"), 0)
    for comment in comments:
        found[comment.status] += 1
        found["answered"] += bool(comment.answer)
        found["trapped"] += comment.trapped
    return found
