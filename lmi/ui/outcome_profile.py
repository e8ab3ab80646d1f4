"""What employers said of an occupation in convenings, on its profile: beside the figures, changing none."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from lmi.answers import employers_said
from lmi.answers.outcome_words import (
    MOST_SAID,
    adjusted_words,
    counted,
    published_words,
    said_words,
)
from lmi.answers.profile import Profile
from lmi.domain.adjustments import COUNTED_MONTHS, FIGURES, Reviewed, Said
from lmi.ui import access, outcome_marks
from lmi.ui.state import View
from lmi.ui.widgets import heading, note


def mark(view: View, profile: Profile) -> None:
    """One line at the top of the profile where employers called it critical."""
    outcome_marks.evidence(view, profile.soc)


def said(view: View, profile: Profile) -> tuple[Reviewed, ...]:
    """What was accepted about the occupation here; () where there is nothing."""
    return employers_said.of_occupation(view.desk, view.area, profile.soc)


def block(view: View, profile: Profile, rows: Sequence[Reviewed]) -> None:
    """Everything that was accepted about the occupation here, as a table."""
    names = access.allowed()
    heading("What employers said")
    body = "".join(_row(row, employers_said.leading_here(view.desk, row, profile.soc), names) for row in rows)
    st.html(
        '<table class="lmi-evidence" data-testid="employers-said"><thead><tr><th scope="col">What</th>'
        '<th scope="col">Employers say</th><th scope="col">Who and when</th></tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )
    old = any(not view.desk.adjustments.counts(row) for row in rows)
    note(
        "Said in convenings of employers and accepted by a coordinator. It stands beside the figures and "
        "changes none of them. In parentheses: how many organizations say it."
        + (f" What is older than {COUNTED_MONTHS} months does not count for the rules." if old else "")
    )


def _row(row: Reviewed, here: Sequence[Said], names: bool) -> str:
    told = row.adjustment
    what, said = _told(row, here, names)
    who = counted(len(told.organisations)) if told.organisations else "the coordinator, for the room"
    named = (
        f"<br><small>{escape(', '.join(told.organisations))}</small>" if names and told.organisations else ""
    )
    return (
        f'<tr><th scope="row">{escape(what)}</th><td>{said}</td>'
        f"<td>{escape(who)}; {outcome_marks.session(row)}{named}</td></tr>"
    )


def _told(row: Reviewed, here: Sequence[Said], names: bool) -> tuple[str, str]:
    """What it is about and what is said, the latter as HTML."""
    told = row.adjustment
    match told.kind:
        case "critical":
            because = said_words(shown(told.counted("reasons"), names))
            of = told.number("of")
            room = f" of {of:.0f} in the room" if of else ""
            tail = f" Because: {because}." if because else ""
            return "Critical", escape(f"Critical to {counted(len(told.organisations))}{room}.{tail}")
        case "lacking":
            skills = said_words(shown(told.counted("skills"), names)) or "In own words only."
            return "What entry-level candidates lack", escape(skills)
        case "programs":
            return "Preferred programs that lead to it", escape(said_words(here))
        case _:
            called = FIGURES.get(told.text("figure"), ("Figure",))[0]
            by = f" Entered by {told.by}." if names else ""
            return called, (
                f"<b>{escape(adjusted_words(told))}</b>, beside {escape(published_words(told))}."
                f"<br>{escape(f'Why: {told.reason}{by}')}"
            )


def shown(rows: Sequence[Said], names: bool) -> tuple[Said, ...]:
    """What everybody sees: what was chosen from a list; coordinators also see what was put in own words."""
    return tuple(row for row in rows if names or row.id)[:MOST_SAID]
