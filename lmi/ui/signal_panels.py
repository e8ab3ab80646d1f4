"""Quick signals of an area: level, change, day, source, and what each does not cover."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from lmi.answers.event_notes import newest, only_from
from lmi.answers.signals import Signal
from lmi.domain.caveats import CAVEATS
from lmi.domain.codes import NATION
from lmi.domain.days import in_words
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count
from lmi.ui import address, event_loaders, event_pictures, event_words, pictures
from lmi.ui.state import View
from lmi.ui.widgets import chart_block, heading, note

MOST_ON_A_STRIP = 4
ASIDE = ("New job postings", "Job openings", "Hires")  # told on the page of events alone
SECTORS = {
    "sector": "Sector of Indeed", "value": "Index, 1 February 2020 = 100",
    "change_3m": "Change over three months, %", "change_12m": "Change over the year, %", "date": "Day",
}  # fmt: skip
POSTINGS = ("postings", "postings_nation")


def strip(view: View) -> None:
    """The signals in one row, each with its day and source."""
    found = event_loaders.signals_of(view.key, view.desk, view.area.code)
    shown = [s for s in found.items if not s.old and not s.name.startswith(ASIDE)][: MOST_ON_A_STRIP - 1]
    heading(view.word("signals_heading"))
    cells = "".join(_tile(signal) for signal in shown) + _events(view)
    st.html(f'<div class="lmi-tiles lmi-strip" data-testid="signals">{cells}</div>')
    note("Signals are not openings and do not enter the ranking. " + " ".join(found.notes))
    for covers, of in _by_covers(shown).items():
        note(f"{', '.join(of)}: {covers}")


def _by_covers(signals: Sequence[Signal]) -> dict[str, list[str]]:
    """What signals leave out -> the names of those that do."""
    out: dict[str, list[str]] = {}
    for signal in signals:
        if signal.name not in out.setdefault(signal.covers, []):
            out[signal.covers].append(signal.name)
    return out


def block(view: View) -> None:
    """The postings line, and every signal with what it does not cover."""
    found = event_loaders.signals_of(view.key, view.desk, view.area.code)
    heading(view.word("signals_heading"))
    lines = [s for s in found.items if s.id in POSTINGS and not s.old]
    if lines:
        nation = next((s for s in lines if s.area_code == NATION), None)
        chart = view.chart("postings", lambda: event_pictures.postings(view, lines[0], nation))
        chart_block(chart, "postings", view)
    if view.phone:
        cells = "".join(_tile(signal, signal.covers) for signal in found.items)
        st.html(f'<div class="lmi-tiles" data-testid="signal-table">{cells}</div>')
    else:
        st.html(_table(found.items))
    for text in found.notes:
        note(text)
    _sectors(view)


def _sectors(view: View) -> None:
    """Postings by Indeed's sectors, nation only, with the day on which the series ends."""
    rows = event_loaders.sectors_of_postings(view.key, view.desk)
    if rows.empty:
        return
    old = ", old" if bool(rows.old.all()) else ""
    with st.expander(f"Postings by sector, nation, to {in_words(str(rows.date.max()))}{old}"):
        one_digit = st.column_config.NumberColumn(format="%.1f")
        figures = ("value", "change_3m", "change_12m")
        shown = rows.drop(columns="old").rename(columns=SECTORS)
        st.dataframe(
            shown, hide_index=True, key="posting-sectors", placeholder="not known",
            alt="Table: job postings on Indeed by sector, nation",
            column_config={SECTORS[name]: one_digit for name in figures},
        )  # fmt: skip
        source = pictures.source(view.desk, "indeed_sectors")
        note(f"Source: {source.attribution} {CAVEATS['indeed_sectors']} {CAVEATS['postings_revised']}")


def _events(view: View) -> str:
    """The hiring events of the area in one figure, which leads to their page."""
    found = event_loaders.impact_of(view.key, view.desk, view.area.code)
    href = escape(address.link("events"), quote=True)
    value = event_words.counted_a_year(found.events) if len(found.events) else "none on record"
    return (
        f'<dl class="lmi-tile"><dt><a class="lmi-link" href="{href}" target="_self">Hiring events</a></dt>'
        f"<dd>{escape(value)}<small>{escape(_of_events(view, found.events))}</small></dd></dl>"
    )


def _of_events(view: View, events: pd.DataFrame) -> str:
    """What the figure of the events stands on; '' where there is none. events: as in Impact."""
    if events.empty:
        return ""
    untold = int(events.jobs.isna().sum())
    said = f"{counted(len(events), 'event')} on record, the newest of {newest(events)}"
    if untold < len(events):
        said = f"jobs a year, net, of {said}; estimated"
        said += f"; {format_count(untold)} without a count" if untold else ""
    where = only_from(events, view.area, view.desk.areas)
    return f"{said}; only of {where}" if where else said


def _tile(signal: Signal, covers: str = "") -> str:
    """One signal in short; covers: what it leaves out, where there is room for it."""
    more = f"<br>{escape(covers)}" if covers else ""
    name = f"{signal.name} (old)" if signal.old else signal.name
    return (
        f'<dl class="lmi-tile"><dt>{escape(name)}</dt><dd>{escape(value(signal))}'
        f"<small>{escape(change(signal))}{escape(signal.area)}, {escape(signal.date)}; "
        f"{escape(signal.short_source)}{more}</small></dd></dl>"
    )


def value(signal: Signal) -> str:
    """The level with its unit."""
    if signal.unit == "%":
        return f"{signal.value:.1f}%"
    if signal.unit == "index":
        return f"{signal.value:.0f}"
    return format_count(signal.value, significant=3)


def change(signal: Signal) -> str:
    """'down 3.1% over the year, up 0.4% over three months; ' or nothing."""
    parts = [
        f"{_moved(amount, signal.change_unit)} over {words}"
        for amount, words in ((signal.change_12m, "the year"), (signal.change_3m, "three months"))
        if amount is not None
    ]
    return f"{', '.join(parts)}; " if parts else ""


def _moved(amount: float, unit: str) -> str:
    size = f"{abs(amount):.1f}{'%' if unit == '%' else ' points'}"
    if round(amount, 1) == 0:
        return "unchanged"
    return f"{'up' if amount > 0 else 'down'} {size}"


def _table(items: tuple[Signal, ...]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(s.name)}{" (old)" if s.old else ""}</th><td>{escape(s.area)}</td>'
        f'<td class="n">{escape(value(s))}</td><td>{escape(change(s).rstrip("; "))}</td>'
        f"<td>{escape(s.date)}</td><td>{escape(s.short_source)}</td><td>{escape(s.covers)}</td></tr>"
        for s in items
    )
    heads = "".join(
        f'<th scope="col"{" class=n" if h == "Level" else ""}>{h}</th>'
        for h in ("Signal", "Whose", "Level", "Change", "Day", "Source", "What it leaves out")
    )
    return (
        f'<table class="lmi-evidence" data-testid="signal-table"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
