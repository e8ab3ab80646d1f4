"""From events and signals to charts: which rows, which words. Pure; the page shows and caches them."""

import pandas as pd

from lmi.answers.event_impact import Impact
from lmi.answers.signals import Signal
from lmi.domain.codes import NATION
from lmi.presentation import captions, charts, event_words, theme
from lmi.presentation.charts import Chart
from lmi.presentation.frame import Frame
from lmi.ui import event_words as words
from lmi.ui.event_state import Seen
from lmi.ui.pictures import FULL_PAGE, source
from lmi.ui.state import View
from lmi.ui.wording import brief

TIMELINE_HEIGHT = 450


def _frame(
    view: View, title: str, what: str, subtitle: str, source_line: str, height: int | None = None,
    width: int | None = None,
) -> Frame:  # fmt: skip
    return Frame(
        title=title, subtitle=subtitle, source=source_line,
        filename=file_name(view, what), phone=view.phone,
        palette=theme.with_accent(view.desk.settings.accent), height=None if view.phone else height,
        width=None if view.phone else width,
    )  # fmt: skip


def file_name(view: View, what: str) -> str:
    """Name of a saved file, without its ending: the place, what it shows, the day."""
    return captions.file_name(view.area.short_name, what, view.desk.as_of)


def timeline(view: View, seen: Seen) -> Chart:
    """Gains above the line, losses below it."""
    title = words.largest(seen.rows)
    subtitle = f"Jobs as announced, by the day of the announcement · {words.selection(view, seen)}"
    since = seen.filters.since or seen.rows.announced.min().date().isoformat()
    frame = _frame(view, title, "hiring events", subtitle, words.record_source(view, seen), TIMELINE_HEIGHT,
                   FULL_PAGE)  # fmt: skip
    until = max(view.desk.as_of, seen.rows.announced.max().date().isoformat())
    chosen = [seen.event_id] if seen.event_id else ()
    return charts.event_timeline(frame, seen.rows, since, until, selected=chosen)


def months(view: View, seen: Seen) -> Chart:
    """Net jobs by month of the announcement."""
    found = seen.events.months
    title = event_words.months_finding(found, view.area.place)
    subtitle = f"Jobs announced by month, gains and losses · {words.selection(view, seen)}"
    frame = _frame(view, title, "events by month", subtitle, words.record_source(view, seen), 360,
                   FULL_PAGE)  # fmt: skip
    return charts.event_months(frame, found)


def industries(view: View, seen: Seen) -> Chart:
    """Net jobs by sector."""
    found = seen.events.industries
    title = event_words.industries_finding(found, view.area.place)
    subtitle = f"Jobs announced, gains and losses, by sector of NAICS · {words.selection(view, seen)}"
    frame = _frame(view, title, "events by industry", subtitle, words.record_source(view, seen),
                   width=FULL_PAGE)  # fmt: skip
    return charts.event_industries(frame, found)


def places(view: View, seen: Seen, boundaries: dict[str, dict[str, object]]) -> Chart:
    """Gains and losses by county."""
    found = seen.events.counties
    title = event_words.map_finding(found, view.area.place)
    away = len(seen.rows) - int(found.events.sum())
    subtitle = f"Jobs announced, by county · {words.selection(view, seen)}"
    frame = _frame(view, title, "events map", subtitle, words.record_source(view, seen), width=FULL_PAGE)
    return charts.event_map(
        frame, found, boundaries["metros"], boundaries["states"], area_codes=view.area.members, elsewhere=away
    )


def moved(view: View, found: Impact) -> Chart:
    """The occupations most moved: openings before and with events."""
    rows = found.occupations
    rows = rows.assign(title=[brief(view, str(title)) for title in rows.title])
    title = event_words.moves_finding(rows, view.area.place)
    subtitle = f"Openings a year, without and with hiring events · {_window(view, found)}"
    return charts.events_move(
        _frame(view, title, "events and demand", subtitle, impact_source(view, found), width=FULL_PAGE), rows
    )


def ranks(view: View, found: Impact, rows: pd.DataFrame) -> Chart:
    """The ranking before and with events; only those that move."""
    rows = rows.assign(title=[brief(view, str(title)) for title in rows.title])
    title = event_words.ranks_finding(rows, view.area.place)
    subtitle = f"Demand rank, without and with hiring events · {view.sentence()}"
    frame = _frame(view, title, "events and ranks", subtitle, impact_source(view, found), width=FULL_PAGE)
    return charts.ranks_move(frame, rows)


def _window(view: View, found: Impact) -> str:
    return f"{view.area.short_name} · {found.window[0]} to {found.window[1]}"


def impact_source(view: View, found: Impact) -> str:
    """The source line of what events do."""
    oews, ep = source(view.desk, "bls_oews").short_title, source(view.desk, "bls_ep").short_title
    return words.impact_source(found, oews, ep)


def postings(view: View, near: Signal, nation: Signal | None) -> Chart:
    """The postings index of the area (or its state) beside the nation's."""
    lines = [near.series.assign(name=near.area)]
    if nation is not None and near.area != nation.area:
        lines.append(nation.series.assign(name=nation.area))
    ended = near.date if near.old else None
    title = event_words.postings_finding(near.area, near.value, near.change_12m, ended=ended)
    subtitle = "Job postings on Indeed, seasonally adjusted, 1 February 2020 = 100 · not openings"
    name = "postings nation" if view.area.code == NATION else "postings"
    frame = _frame(
        view, title, name, subtitle, f"Source: {near.source.rstrip('.')}. {near.covers}", width=FULL_PAGE
    )
    old = [near.area] if near.old else ()
    return charts.postings_line(frame, pd.concat(lines, ignore_index=True), old=old)
