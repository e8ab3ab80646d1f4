"""What employers called critical, as a mark on charts and tables, each with its convening."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from lmi.answers.adjusted import Critical
from lmi.answers.outcome_words import counted
from lmi.domain.adjustments import COUNTED_MONTHS, Reviewed
from lmi.presentation.dates import when_of
from lmi.ui import address
from lmi.ui.state import View

MARK, COLUMN = "✓", "Employers"
HELP = (
    "How many organizations called it critical in convenings here, and when last; a coordinator accepted it. "
    f"Of the last {COUNTED_MONTHS} months."
)


def called(critical: Critical | None) -> str:
    """'✓ 4, Nov 2026': critical to four organizations, the last time in that month; '' if to none."""
    if critical is None:
        return ""
    when = when_of(critical.newest)
    return f"{MARK} {len(critical.organisations)}, {when.words() if when else critical.newest}"


def column(view: View, rows: pd.DataFrame) -> list[str]:
    """The same for every row of a table."""
    found = view.desk.adjustments.critical(view.area)
    return [called(found.get(soc)) for soc in rows.soc]


def ranked(view: View, rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Rows whose titles carry the mark, or that their figures are withheld; and what the mark means."""
    found = view.desk.adjustments.critical(view.area)
    titles = [
        title + (f" {MARK}" if soc in found else "") + (" (figures withheld)" if withheld else "")
        for title, soc, withheld in zip(rows.title, rows.soc, rows.rank_note, strict=True)
    ]
    return rows.assign(title=titles), meaning([found[soc] for soc in rows.soc if soc in found])


def beside(view: View, rows: pd.DataFrame, told: str) -> tuple[pd.DataFrame, str]:
    """The same for rows that may carry another mark, which `told` explains."""
    found = view.desk.adjustments.critical(view.area)
    marks = [
        f"{mark} {MARK}".strip() if soc in found else mark
        for mark, soc in zip(rows.mark, rows.soc, strict=True)
    ]
    means = meaning([found[soc] for soc in rows.soc if soc in found])
    return rows.assign(mark=marks), " ".join(part for part in (told, means) if part)


def meaning(marked: Sequence[Critical]) -> str:
    """'✓: critical to 3 to 5 organizations on 2026-11-20.'"""
    if not marked:
        return ""
    sizes = sorted({len(each.organisations) for each in marked})
    days = sorted({row.held_on for each in marked for row in each.rows})
    size = counted(sizes[0]) if len(sizes) == 1 else f"{sizes[0]} to {counted(sizes[-1])}"
    when = f"on {days[0]}" if len(days) == 1 else f"between {days[0]} and {days[-1]}"
    return f"{MARK}: employers called it critical, {size} {when}."


def session(row: Reviewed) -> str:
    """The convening of an adjustment as a link, in HTML: industry, day and its id."""
    href = escape(address.link("convening", meeting=row.adjustment.convening, show=""), quote=True)
    words = f"{row.industry}, {row.held_on}, convening {row.adjustment.convening[:8]}"
    return f'<a class="lmi-session" href="{href}" target="_self">{escape(words)}</a>'


def evidence(view: View, soc: str) -> None:
    """Under the criteria of a rule: which convenings called an occupation critical, with links."""
    found = view.desk.adjustments.critical(view.area).get(soc)
    if found is None:
        return
    several = len(found.rows) > 1
    rows = "; ".join(
        session(row) + (f" ({escape(counted(len(row.adjustment.organisations)))})" if several else "")
        for row in found.rows
    )
    st.html(
        f'<p class="lmi-source" data-testid="employers">{MARK} Critical to '
        f"{escape(counted(len(found.organisations)))}, by {rows}.</p>"
    )
