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

    def figures(self, detail: MapDetail) -> list[str]:
        """Pay and openings as far as asked for; never 0 for what is withheld."""
        if detail.pay and detail.openings and self.pay is None and self.openings is None:
            return ["pay and openings not published"]
        parts = [self.pay_words] if detail.pay else []
        if detail.openings:
            parts.append(self._openings(alone=not detail.pay))
        return parts

    @property
    def pay_words(self) -> str:
        """Median pay in US dollars a year, or that it is not published."""
        if self.pay is None:
            return "pay not published"
        return format_money(self.pay, top_coded=self.pay_top_coded)

    def _openings(self, *, alone: bool) -> str:
        if self.openings is None:
            return "openings not published"
        return f"{format_count(self.openings)} {'openings ' if alone else ''}a year"


@dataclass(frozen=True)
class Arrow:
    """One move on the map. months: low and high, where known. lateral: drawn with a hollow head."""

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
        """Typical time, short: '12–18 mo'; '' if unknown."""
        return f"{_months(self.months)} mo" if self.months else ""

    @property
    def pay_words(self) -> str:
        """What the move does to pay, and where that was measured."""
        if self.pay_ratio is None:
            return "Pay cannot be compared"
        change = 100 * (self.pay_ratio - 1)
        where = "nationally" if self.pay_area == "nation" else "here"
        if abs(change) < _ABOUT_SAME:
            return f"About the same pay {where}"
        return f"{abs(change):.0f}% {'more' if change > 0 else 'less'} pay {where}"


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
        return word if state else f"Not {word[:1].lower()}{word[1:]}"

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
            arrow.pay_words, f"Typical time: {_months(arrow.months)} months" if arrow.months else "",
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
    )  # fmt: skip


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple | list | np.ndarray) else ()


def _state(value: object) -> bool | None:
    n = number(value)
    return None if n is None else bool(n)


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


def map_table(story: Story) -> pd.DataFrame:
    """One row per move with the figures of both ends; then one per job without a move, its 'To' empty."""
    moved = {soc for arrow in story.arrows for soc in arrow.pair}
    rows = [_table_row(story, arrow.start, arrow.goal, arrow) for arrow in story.arrows]
    rows += [_table_row(story, job.soc, "", None) for job in story.jobs if job.soc not in moved]
    return pd.DataFrame(rows, columns=list(_table_row(story, "", "", None)))


def _table_row(story: Story, start: str, goal: str, arrow: Arrow | None) -> dict[str, object]:
    pay, openings = story.words["median_pay"], story.words["openings_a_year"]
    out: dict[str, object] = {"From": "", "To": ""}
    ends = (("from", story.by_soc.get(start)), ("to", story.by_soc.get(goal)))
    out |= {end.capitalize(): job.title if job else None for end, job in ends}
    out["Status"] = story.status_words(arrow.status) if arrow else "no move"
    out["Reading"] = story.words[f"reading_{arrow.reading}"] if arrow else None
    out["Pay after ÷ before (ratio)"] = _rounded(arrow.pay_ratio) if arrow else None
    areas = {"here": "this area", "nation": "the nation"}
    out["Pay compared in"] = areas.get(arrow.pay_area) if arrow else None
    out["Time, low (months)"] = arrow.months[0] if arrow and arrow.months else None
    out["Time, high (months)"] = arrow.months[1] if arrow and arrow.months else None
    out["Credential"] = (arrow.credential or None) if arrow else None
    out["License"] = (arrow.license or None) if arrow else None
    out["Supported by"] = ("; ".join(arrow.organisations) or None) if arrow else None
    out["Between pathways"] = arrow.crossover if arrow else None
    for end, job in ends:
        out[f"{pay}, {end} (USD per year)"] = job.pay if job else None
        out[f"Pay given as 'at or above', {end}"] = job.pay_top_coded if job else None
        out[f"{openings}, {end}"] = job.openings if job else None
        out[f"{story.words['in_demand']}, {end}"] = _said(job.in_demand) if job else None
        out[f"SOC code, {end}"] = job.soc if job else None
    return out


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _said(state: bool | None) -> str:
    return "not known" if state is None else "yes" if state else "no"
