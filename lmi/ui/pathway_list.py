"""Pathways in words: the same as the map, as a stepped list that reads and tabs in order."""

from collections.abc import Mapping
from html import escape

import pandas as pd
import streamlit as st

from lmi.answers.pathways import Network
from lmi.domain.pathways import STAGE_MEANINGS, STAGES, Reference
from lmi.ui import address, outcome_marks, pathway_words
from lmi.ui.state import View
from lmi.ui.wording import brief


def steps(view: View, network: Network, nodes: pd.DataFrame, moves: pd.DataFrame) -> None:
    """Every stage with its jobs, and below each job the moves that lead on from it."""
    blocks = []
    for stage in STAGES:
        part = nodes[nodes.stage == stage]
        if len(part):
            jobs = "".join(_job(view, network, row, moves) for _, row in part.iterrows())
            blocks.append(
                f"<section><h2>{escape(view.word(f'stage_{stage}'))} "
                f"<small>{escape(STAGE_MEANINGS[stage])}</small></h2><ol>{jobs}</ol></section>"
            )
    st.html(f'<div class="lmi-path" data-testid="steps">{"".join(blocks)}</div>')


def jobs(view: View, nodes: pd.DataFrame) -> None:
    """The jobs of a picture as links, stage by stage: the same clicks by keyboard."""
    blocks = []
    for stage in STAGES:
        part = nodes[nodes.stage == stage]
        if len(part):
            rows = "".join(f"<li>{_told(view, row)}</li>" for _, row in part.iterrows())
            blocks.append(f"<section><h2>{escape(view.word(f'stage_{stage}'))}</h2><ol>{rows}</ol></section>")
    st.html(f'<div class="lmi-path lmi-brief" data-testid="jobs">{"".join(blocks)}</div>')


def _job(view: View, network: Network, row: pd.Series, moves: pd.DataFrame) -> str:
    onward = moves[moves.start == row.soc]
    listed = "".join(move_item(view, network, move, str(move.goal), "goal") for _, move in onward.iterrows())
    return f"<li>{_told(view, row)}{f'<ul>{listed}</ul>' if listed else ''}</li>"


def _told(view: View, row: pd.Series) -> str:
    """A job as a link to its profile, with what the audience is told of it."""
    detail, facts = view.audience.map, []
    if detail.pay:
        facts.append(pathway_words.pay_words(row))
    if detail.openings:
        facts.append(pathway_words.openings_words(view, row))
    if detail.demand:
        facts.append(pathway_words.demand_words(row.in_demand))
    target = "<b>Target.</b> " if row.get("target") is True else ""
    return f"{_link(view, str(row.soc), str(row.title))} <span>{target}{escape(' · '.join(facts))}</span>"


def _link(view: View, soc: str, title: str) -> str:
    href = escape(address.link("occupation", soc=soc), quote=True)
    return f'<a href="{href}" target="_self">{escape(brief(view, title))}</a>'


def move_item(view: View, network: Network, move: pd.Series, other: str, end: str) -> str:
    """One move as a list item: the job at its other end (end: 'goal' or 'start'), what it takes and brings,
    and folded below it why it reads so and which sources say so."""
    told = [pathway_words.reading_word(view, move), pathway_words.pay_change(move)]
    time = pathway_words.span(move.months_low, move.months_high)
    if time and view.audience.map.times:
        told.append(f"about {time}" + (" (rough estimate)" if move.months_estimated else ""))
    told += [text for text in (move.credential, pathway_words.licence_words(move)) if text]
    told.append(pathway_words.status_word(view, move))
    arrow = "→" if end == "goal" else "←"
    return (
        f"<li>{arrow} {_link(view, other, network.title(other))} <span>{escape(' · '.join(told))}</span>"
        f"{_why(view, network, move)}</li>"
    )


def _why(view: View, network: Network, move: pd.Series) -> str:
    held = network.map
    lines = [*network.reasons(move)]
    note, unchecked = move.get("note"), move.get("unchecked")
    if isinstance(note, str) and note:
        lines.append(note)
    if isinstance(unchecked, tuple) and unchecked:
        lines.append(f"Not checked in a source yet: {', '.join(unchecked)}.")
    parts = "".join(f"<li>{escape(line)}</li>" for line in lines)
    named = move.get("sources")
    told = [_reference(held.source_by_id, name) for name in named] if isinstance(named, tuple) else []
    parts += "".join(f"<li>Source: {text}</li>" for text in told if text)
    said = view.desk.adjustments.of_move(str(move.start), str(move.goal))
    parts += "".join(f"<li>Employers: {outcome_marks.session(row)}</li>" for row in said)
    return f"<details><summary>Why, and who says so</summary><ul>{parts}</ul></details>"


def _reference(known: Mapping[str, Reference], name: str) -> str:
    found = known.get(name)
    if found is None:
        return ""
    said = f"{found.publisher}: {found.title}, read {found.read}"
    if not found.url:
        return escape(said)
    href = escape(found.url, quote=True)
    return f'<a href="{href}" target="_blank" rel="noopener noreferrer">{escape(said)}</a>'


def neighbours(view: View, network: Network, heading: str, rows: pd.DataFrame, end: str, empty: str) -> None:
    """Moves to or from one occupation. end: the column of the other end, 'goal' or 'start'."""
    items = "".join(move_item(view, network, row, str(row[end]), end) for _, row in rows.iterrows())
    body = f"<ul>{items}</ul>" if items else f"<p>{escape(empty)}</p>"
    st.html(f'<section class="lmi-path lmi-beside"><h3>{escape(heading)}</h3>{body}</section>')
