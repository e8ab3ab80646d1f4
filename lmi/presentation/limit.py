"""What holds training back: applicants, seats, people in training, completions and openings in a row."""

import pandas as pd

from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count, number
from lmi.presentation.frame import Chart, Frame, alt_text
from lmi.presentation.plain_bars import PlainBar, plain_bars

NOT_KNOWN = "not known"
_NOTE = "Not known: neither published nor entered; it is not zero."


def limit_bars(rows: pd.DataFrame, frame: Frame) -> Chart:
    """People or places at each stage, in the order of `rows`, with the basis of each in words.

    rows: stage, people (missing where not known), basis and, if known, limit (bool): the stage that
    holds back the others takes the accent and says so. Without that column all have the accent.
    """
    bars = [_bar(row, "limit" in rows) for _, row in rows.iterrows()]
    drawn = plain_bars(bars, frame, [_NOTE if any(b.value is None for b in bars) else ""])
    alt = alt_text(
        f"Horizontal bar chart, {counted(len(bars), 'stage')},", "people or places a year",
        frame.title, "; ".join(f"{b.label} {b.words}" for b in bars) or "No stage is known",
    )  # fmt: skip
    columns = [c for c in ("stage", "people", "basis", "limit") if c in rows]
    table = tables.display_table(rows, columns)
    return drawn.canvas.finish(drawn.figure, left=drawn.left, right=drawn.right, table=table, alt=alt)


def _bar(row: pd.Series, marked: bool) -> PlainBar:
    people, holds = number(row["people"]), bool(number(row.get("limit")))
    basis = "" if pd.isna(row["basis"]) else str(row["basis"]).strip()
    if people is None:
        return PlainBar(str(row["stage"]), None, NOT_KNOWN, False)
    words = format_count(people) + (f", {basis}" if basis else "") + ("; the limit" if holds else "")
    return PlainBar(str(row["stage"]), people, words, holds or not marked)
