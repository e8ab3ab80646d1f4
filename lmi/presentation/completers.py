"""Race and ethnicity of those who completed a program, in the documented order of groups."""

import pandas as pd

from lmi.presentation import tables
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count, format_pct, number
from lmi.presentation.frame import Chart, Frame, alt_text
from lmi.presentation.plain_bars import PlainBar, plain_bars

_NOT_A_GROUP = ("unknown", "not known", "not reported", "nonresident", "non-resident", "international")
_NOTE = (
    "Hatched: not a racial or ethnic group, but part of the total. U.S. nonresidents are counted apart, "
    "whatever their race or ethnicity."
)


def completer_bars(rows: pd.DataFrame, frame: Frame) -> Chart:
    """Share and count of completers by group, in the order of `rows`, which is the documented one.

    rows: group, people, share_pct (of all completers). Groups without a share have words only.
    Unknown and nonresident are hatched, and a note says what they are.
    """
    bars = [_bar(row) for _, row in rows.iterrows()]
    notes = [_NOTE if any(b.hatched for b in bars) else "", _missing(bars)]
    drawn = plain_bars(bars, frame, notes)
    alt = alt_text(
        f"Horizontal bar chart, {counted(len(bars), 'group')},", "completers by race and ethnicity",
        frame.title, "; ".join(f"{b.label} {b.words}" for b in bars) or "No completers are published",
    )  # fmt: skip
    table = tables.display_table(rows, ["group", "people", "share_pct"])
    return drawn.canvas.finish(drawn.figure, left=drawn.left, right=drawn.right, table=table, alt=alt)


def _bar(row: pd.Series) -> PlainBar:
    label, share, people = str(row["group"]), number(row["share_pct"]), number(row["people"])
    apart = any(word in label.lower() for word in _NOT_A_GROUP)
    count = "" if people is None else format_count(people)
    words = " ".join([format_pct(share), f"({count})" if count else ""]).strip()
    if share is None and count:
        words = f"{counted(int(people or 0), 'person', 'people')}, share not published"
    return PlainBar(label, share, words, not apart, apart)


def _missing(bars: list[PlainBar]) -> str:
    return "Not published is not zero." if any(b.value is None for b in bars) else ""
