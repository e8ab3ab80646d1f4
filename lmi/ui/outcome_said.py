"""What the review of a convening says: what was just done, where a proposal stands, what was accepted."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from lmi.answers.outcome_words import adjusted_words, counted, published_words, said_words
from lmi.answers.room_outcome import Item
from lmi.domain.adjustments import DECISIONS, MOVES, Adjustment
from lmi.ui import access
from lmi.ui.state import View
from lmi.ui.widgets import note, unmarked

DONE, REFUSED = "_outcome_done", "_outcome_refused"


def attempt(act: Callable[[], object], words: str) -> bool:
    """Callback: do something that only coordinators may; keep what was done, or why not, to be said."""
    refused = access.refusal(act)
    st.session_state[REFUSED if refused else DONE] = refused or words
    return not refused


def told() -> None:
    """What the last action did, or why it was refused."""
    done, refused = st.session_state.pop(DONE, None), st.session_state.pop(REFUSED, None)
    if done:
        st.success(unmarked(done))
    if refused:
        with st.container(border=True, key="outcome-refused"):
            st.text("This was not done:")
            st.text(refused)


def standing(item: Item) -> list[str]:
    """Where a proposal stands: what was decided and by whom, and what there is to know before deciding."""
    lines = []
    last = item.record.last if item.record else None
    if last is not None:
        said = f": {last.note}" if last.note else "."
        lines.append(f"{DECISIONS[last.decision].capitalize()} on {last.at[:10]} by {last.by}{said}")
    if item.changed:
        lines.append(
            "The room says something else since then: decide again. Until then, that decision holds."
        )
    if item.superseded:
        lines.append(
            "A later figure was accepted and counts instead. Accept this one again to make it count."
        )
    if item.withdrawn:
        lines.append("The room as it stands now does not propose this any more.")
    if item.adjustment.kind in MOVES:
        lines += _of_file(item)
    return lines


def _of_file(item: Item) -> list[str]:
    if item.trouble:
        return [item.trouble]
    if item.in_file:
        tail = (
            " It was declined afterwards; take it back in the editor on Pathways."
            if item.decision == "decline"
            else ""
        )
        return [f"pathways.yaml says so.{tail}"] if item.decision else ["pathways.yaml says so already."]
    return ["Accepted, but not in pathways.yaml yet."] if item.decision == "accept" else []


def accepted(view: View, items: Sequence[Item]) -> None:
    """What was accepted, for everybody: how many organizations, not which."""
    shown = [(item.title, item.record.adjustment) for item in items if item.record and item.counts]
    if not shown:
        note("Nothing was accepted yet.")
        return
    rows = "".join(
        f'<tr><th scope="row">{escape(title)}</th><td>{escape(public(one))}</td></tr>' for title, one in shown
    )
    st.html(
        '<table class="lmi-evidence" data-testid="outcome"><thead><tr><th scope="col">About</th>'
        f'<th scope="col">What employers say</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    note("Accepted by a coordinator. It stands beside the figures and changes none of them.")


def public(one: Adjustment) -> str:
    """An adjustment without names and own words."""
    count = counted(len(one.organisations))
    match one.kind:
        case "critical":
            because = said_words([row for row in one.counted("reasons") if row.id])
            return f"Critical to {count}." + (f" Because: {because}." if because else "")
        case "lacking" | "programs":
            name = "skills" if one.kind == "lacking" else "programs"
            return said_words([row for row in one.counted(name) if row.id]) or f"In own words of {count}."
        case "figure":
            return f"{adjusted_words(one)}, beside {published_words(one)}. Why: {one.reason}"
        case "move_struck":
            return f"{count} say no: not a move any more."
        case _:
            return f"Validated by {count}."
