"""The words of a pathway map: what stands in a box and on an arrow, under the pointer, in the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from lmi.domain.settings import MapDetail
from lmi.presentation.formats import format_count, format_money, number
from lmi.presentation.frame import hover

PROPOSED, VALIDATED, SUGGESTED = "proposed", "validated", "suggested"
ROUGH_NOTE = "~: rough estimate."
_ABOUT_SAME = 0.5  # percent of pay


@dataclass(frozen=True)
class Job:
    """One occupation on the map. in_demand: None = not known. foreign: it is on another pathway."""

    soc: str
    title: str
    stage: str
    pay: float | None
    pay_top_coded: bool
    openings: float | None
    in_demand: bool | None
    target: bool
    foreign: bool

    def figures(self, detail: MapDetail, *, short: bool = False) -> list[str]:
        """Pay and openings as far as asked for; never 0 for what is withheld.

        short: openings beside pay are just '726 a year'; `Story.figures_note` tells what they are.
        """
        if detail.pay and detail.openings and self.pay is None and self.openings is None:
            return ["pay and openings not published"]
        parts = [self.pay_words] if detail.pay else []
        if detail.openings:
            parts.append(self._openings(short=short and detail.pay))
        return parts

    @property
    def pay_words(self) -> str:
        """Median pay in US dollars a year, or that it is not published."""
        if self.pay is None:
            return "pay not published"
        return format_money(self.pay, top_coded=self.pay_top_coded)

    def _openings(self, *, short: bool) -> str:
        if self.openings is None:
            return "openings not published"
        return f"{format_count(self.openings)} {'' if short else 'openings '}a year"


@dataclass(frozen=True)
class Arrow:
    """One move on the map. months: low and high, where known; months_estimated: not told by the pathways.

    pay_at_least: the goal's pay is top-coded, so that the ratio is a lower bound. lateral: hollow head.
    """

    start: str
    goal: str
    status: str
    reading: str
    kind: str
    pay_ratio: float | None
    pay_area: str
    months: tuple[float, float] | None
    credential: str
    license: str
    organisations: tuple[str, ...]
    crossover: bool
    months_estimated: bool = False
    pay_at_least: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """Start and goal."""
        return self.start, self.goal

    @property
    def lateral(self) -> bool:
        """Whether it leads across rather than up, as the pathway says; else as the figures read."""
        return self.kind == "lateral" or (not self.kind and self.reading in ("lateral", "sideways"))

    @property
    def time(self) -> str:
        """Time, short: '12–18 mo', '~12 mo' where it is a rough estimate; '' if unknown."""
        return f"{'~' if self.months_estimated else ''}{_months(self.months)} mo" if self.months else ""

    @property
    def time_words(self) -> str:
        """Time in full, and whether it is a rough estimate; '' if unknown."""
        told = "Rough estimate" if self.months_estimated else "Typical time"
        return f"{told}: {_months(self.months)} months" if self.months else ""

    @property
    def pay_words(self) -> str:
        """What the move does to pay, and where that was measured."""
        if self.pay_ratio is None:
            return "Pay cannot be compared"
        change = 100 * (self.pay_ratio - 1)
        where = "nationally" if self.pay_area == "nation" else "here"
        if abs(change) < _ABOUT_SAME:
            return f"{'At least' if self.pay_at_least else 'About'} the same pay {where}"
        bound = ("At least " if change > 0 else "At most ") if self.pay_at_least else ""
        return f"{bound}{abs(change):.0f}% {'more' if change > 0 else 'less'} pay {where}"


@dataclass(frozen=True)
class Story:
    """All that is drawn: jobs and arrows in a fixed order, the words of the audience, what to tell.

    columns: (stage, header, subheader). ValueError for a job whose stage has no column, KeyError for an
    arrow whose end is no job.
    """

    jobs: tuple[Job, ...]
    arrows: tuple[Arrow, ...]
    columns: tuple[tuple[str, str, str], ...]
    words: Mapping[str, str]
    detail: MapDetail

    @cached_property
    def by_soc(self) -> dict[str, Job]:
        """The jobs by code."""
        return {job.soc: job for job in self.jobs}

    @cached_property
    def stage_order(self) -> dict[str, int]:
        """Stage -> its number, from the left."""
        return {stage: i for i, (stage, _, _) in enumerate(self.columns)}

    def status_words(self, status: str) -> str:
        """A status in the words of the audience."""
        return self.words[f"move_{status}"]

    def demand_words(self, state: bool | None) -> str:
        """In demand, not in demand, or not known."""
        if state is None:
            return "Demand not known"
        word = self.words["in_demand"]
        return word if state else f"Not {_inner(word)}"

    @property
    def figures_note(self) -> str:
        """What the figures of a job are, where it has two; '' else."""
        if not (self.detail.pay and self.detail.openings and self.jobs):
            return ""
        pay, openings = (_inner(self.words[key]) for key in ("median_pay", "openings_a_year"))
        return f"{pay} a year and {openings}"

    @property
    def estimated(self) -> bool:
        """Whether a time that is told is a rough estimate."""
        return self.detail.times and any(arrow.time and arrow.months_estimated for arrow in self.arrows)

    def job_hover(self, job: Job) -> str:
        """What the pointer is told of a job, escaped."""
        header = self.columns[self.stage_order[job.stage]][1]
        openings = format_count(job.openings) if job.openings is not None else "not published"
        pay = job.pay_words if job.pay is not None else "not published"
        return hover(
            job.title, header, f"{self.words['median_pay']}: {pay}",
            f"{self.words['openings_a_year']}: {openings}", self.demand_words(job.in_demand),
            "A goal of this pathway" if job.target else "", "On another pathway" if job.foreign else "",
        )  # fmt: skip

    def arrow_hover(self, arrow: Arrow) -> str:
        """What the pointer is told of a move, escaped."""
        who = ", ".join(arrow.organisations)
        return hover(
            f"From: {self.by_soc[arrow.start].title}", f"To: {self.by_soc[arrow.goal].title}",
            f"{self.words[f'reading_{arrow.reading}']}. {self.status_words(arrow.status)}.",
            arrow.pay_words, arrow.time_words,
            f"Credential: {arrow.credential}" if arrow.credential else "",
            f"License: {arrow.license}" if arrow.license else "", f"Supported by: {who}" if who else "",
            "Leads to another pathway" if arrow.crossover else "",
        )  # fmt: skip


def read_story(
    nodes: pd.DataFrame,
    moves: pd.DataFrame,
    columns: Sequence[tuple[str, str, str]],
    words: Mapping[str, str],
    detail: MapDetail,
) -> Story:
    """The rows as a Story, sorted by stage and code whatever their order; see pathway_map for the columns."""
    order = {stage: i for i, (stage, _, _) in enumerate(columns)}
    unknown = sorted(set(nodes["stage"]) - set(order))
    if unknown:
        raise ValueError(f"No column for the stages {unknown}.")
    jobs = [
        Job(
            str(row["soc"]), str(row["title"]), str(row["stage"]), number(row["pay"]),
            bool(row["pay_top_coded"]), number(row["openings"]), _state(row["in_demand"]),
            bool(row["target"]), row["origin"] == "neighbour",
        )
        for _, row in nodes.iterrows()
    ]  # fmt: skip
    jobs.sort(key=lambda job: (order[job.stage], job.soc))
    known = {job.soc for job in jobs}
    arrows = sorted((_arrow(row) for _, row in moves.iterrows()), key=lambda a: (*a.pair, a.status))
    for arrow in arrows:
        if not known.issuperset(arrow.pair):
            raise KeyError(arrow.pair)
    used = {job.stage for job in jobs}
    return Story(tuple(jobs), tuple(arrows), tuple(c for c in columns if c[0] in used), words, detail)


def _arrow(row: pd.Series) -> Arrow:
    low, high = number(row["months_low"]), number(row["months_high"])
    return Arrow(
        str(row["start"]), str(row["goal"]), str(row["status"]), str(row["reading"]), _text(row["kind"]),
        number(row["pay_ratio"]), _text(row["pay_area"]),
        None if low is None or high is None else (low, high), _text(row["credential"]),
        _text(row["license"]), _names(row["organisations"]), bool(row["crossover"]),
        bool(number(row.get("months_estimated"))), bool(number(row.get("pay_at_least"))),
    )  # fmt: skip


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple | list | np.ndarray) else ()


def _state(value: object) -> bool | None:
    n = number(value)
    return None if n is None else bool(n)


def _inner(words: str) -> str:
    """Words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def _months(months: tuple[float, float] | None) -> str:
    low, high = (format_count(m) for m in months or (None, None))
    return low if low == high else f"{low}–{high}"


def counted(story: Story) -> str:
    """How many jobs, stages and moves there are."""
    parts = ((len(story.jobs), "job"), (len(story.columns), "stage"), (len(story.arrows), "move"))
    jobs, stages, moves = (f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts)
    return f"{jobs} in {stages} with {moves} between them"


def spoken(story: Story) -> str:
    """Jobs, moves and the ends of pay in a sentence, for those who do not see the map."""
    kinds = [(VALIDATED, "validated"), (PROPOSED, "proposed"), (SUGGESTED, "suggested")]
    counts = [(sum(a.status == status for a in story.arrows), word) for status, word in kinds]
    parts = ["Moves: " + (", ".join(f"{n} {word}" for n, word in counts if n) or "none")]
    targets = [job.title for job in story.jobs if job.target]
    if targets:
        parts.append(f"Goals: {'; '.join(targets)}")
    paid = sorted((job for job in story.jobs if job.pay is not None), key=lambda j: (j.pay, j.soc))
    if len(paid) > 1:
        low, high = paid[0], paid[-1]
        parts.append(f"Pay from {low.pay_words} ({low.title}) to {high.pay_words} ({high.title})")
    return ". ".join(parts)
