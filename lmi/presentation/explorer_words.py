"""What the explorable pathway network says: labels, tips of jobs and moves, and its legend, as plain text."""

import re
import textwrap

from lmi.presentation.formats import format_count
from lmi.presentation.pathway_words import PROPOSED, ROUGH_NOTE, SUGGESTED, VALIDATED, Arrow, Job, Story
from lmi.presentation.text import measure

LABEL = 14  # pixels, before zooming
_WRAP = 18  # characters of a line in a label
_WIDEST = 152.0  # pixels of a line of figures, so that labels side by side stay apart


def flat(text: str) -> str:
    """Text on one line, without control characters."""
    return re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+", " ", text).strip(" ")


def label_lines(job: Job, story: Story) -> list[str]:
    """Lines under a job's mark: its title, wrapped and never cut, then pay and openings where asked for."""
    lines = textwrap.wrap(flat(job.title), _WRAP) or [job.soc]
    if story.detail.pay:
        lines.append(job.pay_words)
    if story.detail.openings and job.openings is not None:
        words = [f"{format_count(job.openings)} {word}a year" for word in ("openings ", "")]
        lines.append(words[0] if measure(words[0], LABEL) <= _WIDEST else words[1])
    return lines


def job_tip(job: Job, story: Story) -> dict[str, object]:
    """Title and lines of a job's tip."""
    words = story.words
    pay = "not published" if job.pay is None else job.pay_words
    lines = [
        f"{words['median_pay']}: {pay}",
        f"{words['openings_a_year']}: {format_count(job.openings)}",
        story.demand_words(job.in_demand),
        f"Stage: {story.columns[story.stage_order[job.stage]][1]}",
        "A goal of this pathway" if job.target else "",
        "On another pathway" if job.foreign else "",
    ]
    return {"title": flat(job.title), "lines": [line for line in lines if line]}


def move_tip(arrow: Arrow, story: Story) -> dict[str, object]:
    """Title and lines of a move's tip: from where to where, what it brings and asks, and who says so."""
    start, goal = (flat(story.by_soc[soc].title) for soc in arrow.pair)
    who = ", ".join(flat(name) for name in arrow.organisations)
    lines = [
        f"From: {start}",
        f"To: {goal}",
        story.words[f"reading_{arrow.reading}"],
        arrow.pay_words,
        arrow.time_words,
        f"Credential: {flat(arrow.credential)}" if arrow.credential else "",
        f"License: {flat(arrow.license)}" if arrow.license else "",
        f"Supported by: {who}" if who else "",
    ]
    return {"title": story.status_words(arrow.status), "lines": [line for line in lines if line]}


def legend(story: Story, least: float) -> list[dict[str, str]]:
    """Marks and their meaning, only those that occur; 'words' stand without a mark.

    least: openings below which marks are of one size.
    """
    out = []
    if story.detail.demand:
        states = {job.in_demand for job in story.jobs}
        marks = (("yes", True), ("no", False), ("unknown", None))
        out += [(mark, story.demand_words(state)) for mark, state in marks if state in states]
    known = [job.openings for job in story.jobs if job.openings is not None]
    if known:
        word = story.words["openings_a_year"]
        alike = f", under {format_count(least)} alike" if sum(n < least for n in known) > 1 else ""
        out.append(
            ("sizes", f"Area: {word[:1].lower()}{word[1:]}, at most {format_count(max(known))}{alike}")
        )
    statuses = {arrow.status for arrow in story.arrows}
    occurs = (
        ("diamond", "Openings not published", len(known) < len(story.jobs)),
        ("target", "Goal of the pathway", any(job.target for job in story.jobs)),
        ("square", "On another pathway", any(job.foreign and job.openings is not None for job in story.jobs)),
        *((s, story.status_words(s), s in statuses) for s in (VALIDATED, PROPOSED, SUGGESTED)),
        ("lateral", story.words["reading_lateral"], any(arrow.lateral for arrow in story.arrows)),
        ("thin", "Between pathways", any(arrow.crossover for arrow in story.arrows)),
    )  # fmt: skip
    out += [(mark, text) for mark, text, there in occurs if there]
    if story.figures_note:
        out.append(("words", f"Under each job: {story.figures_note}"))
    if story.estimated:
        out.append(("words", ROUGH_NOTE.removesuffix(".")))
    return [{"mark": mark, "words": flat(text)} for mark, text in out]
