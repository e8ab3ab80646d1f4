"""What a convening changes: adjustments to the figures and to the pathways, each accepted or declined.

A figure that is adjusted stands beside the published one, never in its place. Nothing counts before a
coordinator has accepted it, and everything names the convening that it comes from."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from lmi.domain.convening import move_of, organisation_key

FEWEST_TO_ADJUST = 2  # organisations that must say the same; one company does not speak for the room
COUNTED_MONTHS = 24  # so long a convening counts for the in-demand rules
LONGEST_REASON, LONGEST_NOTE = 600, 600  # characters
MOVES = ("move_validated", "move_new", "move_struck")
CHOSEN = ("pathway", "stage")  # parts of a value that the coordinator chooses, of a new move
# Parts of a value that are not proposed: what the coordinator chose, and what the room is counted by.
_AROUND = (*CHOSEN, "of", "people", "stated_by")
# Kind -> what it says, for headings. The subject is a SOC code, a move 'SOC>SOC', or '' for the area.
KINDS: Mapping[str, str] = {
    "critical": "Critical occupations",
    "lacking": "Skills that entry-level candidates lack",
    "figure": "Adjusted figures",
    "move_validated": "Moves that the room confirms",
    "move_new": "Moves that the room adds",
    "move_struck": "Moves that the room strikes",
    "programs": "Preferred programs",
}
DECISIONS: Mapping[str, str] = {"accept": "accepted", "decline": "declined"}
SUPERSEDED = "superseded"  # a figure that was accepted, and then a later one about the same
# Figures that a room may adjust -> what they are called, their unit; '' = chosen from a list, no number.
FIGURES: Mapping[str, tuple[str, str]] = {
    "openings_per_year": ("Openings a year", "openings / year"),
    "employment": ("Jobs here", "jobs"),
    "wage_median_usd_year": ("Median pay", "USD / year"),
    "wage_p10_usd_year": ("Pay at the start (10th percentile)", "USD / year"),
    "typical_education": ("Typical entry education", ""),
    "work_experience": ("Work experience asked for", ""),
    "on_the_job_training": ("On-the-job training", ""),
}


@dataclass(frozen=True)
class Adjustment:
    """One change, as it was when it was proposed. area_code: of the convening. value: what is said; see
    lmi.analysis.room_outcome for each kind. reason: why, of a figure. at, by: when and by whom it was put on
    record, '' before."""

    convening: str
    kind: str
    area_code: str
    subject: str
    value: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""
    at: str = ""
    by: str = ""

    @property
    def id(self) -> str:
        """The same for the same content, so that what is proposed twice is one: 32 hexadecimals."""
        told = json.dumps(
            [self.convening, self.kind, self.area_code, self.subject, dict(self.value), self.reason],
            sort_keys=True,
        )
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]

    @property
    def about(self) -> tuple[str, str, str, str]:
        """What it is about. Of two with the same, the one that was reviewed last counts; of figures the one
        that was accepted last."""
        kind = "move" if self.kind in MOVES else self.kind
        return self.convening, kind, self.subject, self.text("figure")

    @property
    def organisations(self) -> tuple[str, ...]:
        """The organisations behind it."""
        return texts(self.value.get("organisations"))

    @property
    def move(self) -> tuple[str, str]:
        """The two occupations of a move."""
        return move_of(self.subject)

    def text(self, name: str) -> str:
        """A text of the value, '' where there is none."""
        found = self.value.get(name)
        return found if isinstance(found, str) else ""

    def says_as(self, other: "Adjustment") -> bool:
        """Whether the same organisations said the same, in whatever order and by however many people,
        whatever the coordinator chose, whatever the file held then, and whoever has come since."""
        mine, theirs = (
            {name: _told(part) for name, part in each.value.items() if name not in _AROUND}
            for each in (self, other)
        )
        struck = "move_struck" in (self.kind, other.kind) and self.kind != other.kind
        return self.about == other.about and not struck and mine == theirs

    def number(self, name: str) -> float | None:
        """A number of the value, None where there is none."""
        found = self.value.get(name)
        return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None

    def counted(self, name: str) -> tuple["Said", ...]:
        """A list of things said, most organisations first."""
        found = self.value.get(name)
        rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list | tuple) else []
        return tuple(
            Said(
                str(row.get("id", "")), str(row.get("words", "")), texts(row.get("organisations")),
                texts(row.get("socs")), texts(row.get("cips")),
            )
            for row in rows
        )  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One thing that organisations said. id: '' for own words. socs, cips: of a program of the local capacity
    file the occupations and fields of study that it had there when it was chosen."""

    id: str
    words: str
    organisations: tuple[str, ...]
    socs: tuple[str, ...] = ()
    cips: tuple[str, ...] = ()


@dataclass(frozen=True)
class Review:
    """What a coordinator decided. decision: of DECISIONS. at: UTC, ISO 8601."""

    seq: int
    adjustment: str
    at: str
    by: str
    decision: str
    note: str = ""


@dataclass(frozen=True)
class Reviewed:
    """An adjustment on record with every review of it, in order, and the convening's day and industry."""

    adjustment: Adjustment
    reviews: tuple[Review, ...]
    held_on: str
    industry: str
    place: str = ""

    @property
    def last(self) -> Review | None:
        """The review that counts; None while nobody has reviewed it."""
        return self.reviews[-1] if self.reviews else None

    @property
    def decision(self) -> str:
        """'accept', 'decline' or '' = waits."""
        return self.last.decision if self.last else ""


def standing(rows: Iterable[Reviewed]) -> tuple[Reviewed, ...]:
    """Of adjustments about the same, the one that was reviewed last; of those that nobody has reviewed, the
    newest. Every figure stands for itself. In the order in which they came on record."""
    found: dict[tuple[str, ...], Reviewed] = {}
    for row in rows:
        made = row.adjustment
        key = (made.id,) if made.kind == "figure" else made.about
        other = found.get(key)
        if other is None or _newness(row) >= _newness(other):
            found[key] = row
    return tuple(found.values())


def superseded(rows: Iterable[Reviewed]) -> frozenset[str]:
    """The ids of accepted figures that do not count, because one about the same was accepted later."""
    figures = [r for r in standing(rows) if r.adjustment.kind == "figure" and r.decision == "accept"]
    last = {row.adjustment.about: row.adjustment.id for row in sorted(figures, key=_newness)}
    return frozenset(r.adjustment.id for r in figures) - frozenset(last.values())


def accepted(rows: Iterable[Reviewed]) -> tuple[Reviewed, ...]:
    """Those that count: standing, accepted, and not superseded. A rehearsal's never do."""
    every = tuple(rows)
    replaced = superseded(every)
    return tuple(
        row
        for row in standing(every)
        if row.decision == "accept"
        and row.adjustment.id not in replaced
        and not row.adjustment.convening.startswith("r")
    )


def with_value(adjustment: Adjustment, **values: object) -> Adjustment:
    """The same adjustment with other parts of its value."""
    return replace(adjustment, value={**adjustment.value, **values})


def together(*several: Iterable[str]) -> tuple[str, ...]:
    """Organisations of several lists, each once however it is spelled."""
    found: dict[str, str] = {}
    for names in several:
        for name in names:
            found.setdefault(organisation_key(name), name)
    return tuple(found.values())


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list; () for anything else."""
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()


def folded(words: str) -> str:
    """Own words without capitals and spaces that tell nothing apart."""
    return " ".join(words.casefold().split())


def _told(part: object) -> object:
    """A part of a value as it is compared: lists without order, organisations however they are spelled, and
    things of a list by their ids, since the list can change its words."""
    if not isinstance(part, list | tuple):
        return part
    if any(isinstance(each, Mapping) for each in part):
        rows = [each for each in part if isinstance(each, Mapping)]
        return {
            (str(row.get("id", "")), "" if row.get("id") else folded(str(row.get("words", "")))):
            _told(row.get("organisations"))
            for row in rows
        }  # fmt: skip
    return {organisation_key(each) for each in texts(part)}


def _newness(row: Reviewed) -> tuple[int, str]:
    return (row.last.seq if row.last else 0), row.adjustment.at
