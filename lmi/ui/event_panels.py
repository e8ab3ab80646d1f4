"""The parts of the Hiring events page."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from lmi.answers.event_notes import reach
from lmi.domain.caveats import CAVEATS
from lmi.domain.days import in_words
from lmi.domain.events import CONFIDENCES, EVENT_TYPES, STATUSES
from lmi.presentation.captions import counted
from lmi.presentation.tables import csv_bytes
from lmi.ui import (
    access,
    address,
    event_digest_panel,
    event_form,
    event_loaders,
    event_pictures,
    event_restore,
    event_state,
    event_words,
    loaders,
    signal_panels,
)
from lmi.ui.event_state import FILTERS, NO_SECTOR, PERIODS, Seen
from lmi.ui.state import View
from lmi.ui.widgets import blocks, chart_block, csv_header, heading, note, tiles, unmarked

TABLE_HEIGHT = 460


def controls(view: View, seen: Seen) -> None:
    """One row: period, kinds and the rest of the filters; a chip for each that is not at its default."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="event-controls"):
        address.show("w_period", seen.filters.period)
        st.selectbox(
            "Announced", list(PERIODS), key="w_period", width=190, label_visibility="collapsed",
            format_func=lambda i: PERIODS[i], on_change=address.from_widget, args=("period", "w_period"),
        )  # fmt: skip
        with st.popover(unmarked(view.word("filters")), icon=":material/filter_list:"):
            _filters(view, seen)
        chips = event_words.chips(view, seen)
        for label, part in chips:
            st.button(unmarked(label), icon=":material/close:", on_click=address.clear, args=((part,),),
                      key=f"chip-{part}")  # fmt: skip
        if chips:
            st.button(unmarked(view.word("reset")), on_click=address.clear, args=(FILTERS,), key="reset")


def _filters(view: View, seen: Seen) -> None:
    chosen = seen.filters
    for name, label, options, value in (
        ("kinds", "What happens", EVENT_TYPES, chosen.kinds),
        ("standing", "Status", STATUSES, chosen.standing),
    ):  # fmt: skip
        address.show(f"w_{name}", list(value))
        st.multiselect(
            label, list(options), key=f"w_{name}", format_func=options.__getitem__, placeholder="Any",
            on_change=address.from_widget, args=(name, f"w_{name}", ",".join),
        )  # fmt: skip
    sectors = {"": "Any industry", **event_loaders.sectors(view.key, view.desk), NO_SECTOR: "Not given"}
    address.show("w_sector", chosen.sector)
    st.selectbox(
        "Industry", list(sectors), key="w_sector", format_func=lambda i: sectors[i],
        on_change=address.from_widget, args=("sector", "w_sector"),
    )  # fmt: skip
    address.show("w_find", chosen.find)
    st.text_input(
        "Words in employer, place, source or notes", key="w_find", max_chars=80,
        on_change=address.from_widget, args=("find", "w_find"),
    )  # fmt: skip


def warnings(view: View) -> None:
    """How far the record reaches, what of it cannot be used, and what the file lacks or has gone back on."""
    found = event_loaders.impact_of(view.key, view.desk, view.area.code)
    for text in reach(found.events, view.area, view.desk.areas, view.desk.as_of):
        note(text)
    event_restore.problems(view)
    event_restore.missing(view)


def timeline(view: View, seen: Seen) -> None:
    """The picture beside the figures in short."""
    found = event_loaders.impact_of(view.key, view.desk, view.area.code)
    if seen.rows.empty:
        _nothing(view, seen)
        return
    chart = view.chart("events", lambda: event_pictures.timeline(view, seen), seen.filters, seen.event_id)
    chart_block(chart, "events", view, caveats(), _follow)
    if seen.event_id:
        _one(seen.rows[seen.rows.event_id == seen.event_id].iloc[0])
    tiles(event_words.tiles(seen, found), across=True)


def _nothing(view: View, seen: Seen) -> None:
    """What to do where there is nothing to show."""
    if seen.events.total:
        st.button("Show all on record", type="primary", on_click=_all)
    elif "editor" in view.audience.blocks["events"] and access.allowed():
        st.text("Log the first one below, or import notices: python -m lmi events import FILE.")
    else:
        st.text("Staff log expansions, relocations and lay-offs as they hear of them.")


def _all() -> None:
    """Callback: no filter at all."""
    address.clear(FILTERS)
    address.put("period", "all")


def _follow() -> None:
    """Callback: a click on an event looks at it."""
    points = st.session_state.get("events-plot", {}).get("selection", {}).get("points", [])
    found = points[0].get("customdata") if points else None
    chosen = found[0] if isinstance(found, list) and found else found
    address.put("event", str(chosen or ""))


def below(view: View, seen: Seen) -> None:
    """What stands below the timeline, in the audience's order. The editor is for coordinators."""
    draw: dict[str, Callable[[], None]] = {
        "impact": lambda: impact(view),
        "list": lambda: _list(view, seen),
        "months": lambda: _months(view, seen),
        "places": lambda: _places(view, seen),
        "signals": lambda: signal_panels.block(view),
        "digest": lambda: event_digest_panel.block(view),
    }
    shown = view.audience.blocks["events"]
    if "editor" in shown:
        draw["editor"] = lambda: event_form.editor(view, seen)
    blocks(draw, shown, view.word("more_page"))


def impact(view: View) -> None:
    """What the events on record do to the occupations here; a layer of its own."""
    heading(view.word("events_impact_heading"))
    found = event_loaders.impact_of(view.key, view.desk, view.area.code)
    known = found.occupations[found.occupations.with_events.notna()]
    if known.empty:
        st.text("No event on record moves an occupation here in the year that is counted.")
    else:
        chart = view.chart("moved", lambda: event_pictures.moved(view, found))
        chart_block(chart, "moved", view, [*caveats(), *found.notes])
    if found.events.empty:
        return
    if found.unplaced_gains or found.unplaced_losses:
        note(event_words.placed(found))
    with st.expander("How each event counts"):
        st.dataframe(
            event_words.counted_frame(found), hide_index=True, key="events-counted", placeholder="not told",
            alt="Table: every event with its weight, its share in the year and the jobs counted",
            column_config={"Jobs counted": st.column_config.NumberColumn(format="%,.1f"),
                           "Share in the year": st.column_config.NumberColumn(format="%.2f")},
        )  # fmt: skip
        for text in (event_words.about_terms(found), *found.notes):
            note(text)


def caveats() -> list[str]:
    """What holds for every figure of events."""
    return [CAVEATS["events_announced"], CAVEATS["events_beside"]]


def _months(view: View, seen: Seen) -> None:
    """Net jobs by month and by industry."""
    if seen.rows.empty:
        return
    chart = view.chart("events-months", lambda: event_pictures.months(view, seen), seen.filters)
    chart_block(chart, "events-months", view, caveats())
    chart = view.chart("events-sectors", lambda: event_pictures.industries(view, seen), seen.filters)
    chart_block(chart, "events-sectors", view, caveats())


def _places(view: View, seen: Seen) -> None:
    if seen.rows.empty or seen.events.counties.empty:
        return
    chart = view.chart(
        "events-map", lambda: event_pictures.places(view, seen, loaders.boundaries()), seen.filters
    )
    chart_block(chart, "events-map", view, caveats())


def _list(view: View, seen: Seen) -> None:
    """Every event with its source; choosing one looks at it."""
    heading(view.word("events_list_heading"))
    if seen.rows.empty:
        st.text("No event to list.")
        return
    rows = seen.rows
    key = f"event-table-{abs(hash((view.key, view.area.code, seen.filters)))}"

    def follow() -> None:
        chosen = st.session_state[key].selection.rows
        address.put("event", str(rows.event_id.iloc[chosen[0]]) if chosen else "")

    st.dataframe(
        shown(rows, view), hide_index=True, key=key, height="auto" if len(rows) < 12 else TABLE_HEIGHT,
        placeholder="not told", on_select=follow, selection_mode="single-row",
        column_config={
            "Link": st.column_config.LinkColumn(display_text="open", width="small"),
            "Announced": st.column_config.DateColumn(), "Takes effect": st.column_config.DateColumn(),
        },
        alt="Table: hiring events with their sources",
    )  # fmt: skip
    st.download_button(
        "Events as CSV", data=lambda: listed_csv(view, seen), mime="text/csv", on_click="ignore",
        file_name=f"{event_pictures.file_name(view, 'hiring events')}.csv", key="events-list-csv",
    )  # fmt: skip


def shown(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """The events as people read them."""
    titles = view.desk.event_known.naics
    industry = [titles.get(code, code) if isinstance(code, str) else None for code in rows.naics]
    return pd.DataFrame(
        {
            "Announced": rows.announced.dt.date, "Employer": rows.employer,
            "What happens": rows.event_type.map(dict(EVENT_TYPES)), "Jobs": rows.jobs,
            "Takes effect": rows.effective.dt.date, "Place": rows.city.fillna(rows.county),
            "Industry": industry, "Status": rows.status.map(dict(STATUSES)),
            "Count is": rows.confidence.map({k: v.lower() for k, v in CONFIDENCES.items()}),
            "Source": rows.source_name, "Link": rows.source_url, "Notes": rows.notes,
        }
    )  # fmt: skip


def _one(row: pd.Series) -> None:
    """The event that is looked at, in full."""
    jobs = "count not told" if pd.isna(row.jobs) else counted(int(row.jobs), "job")
    place = row.city if pd.notna(row.city) else row.county
    parts = [EVENT_TYPES[row.event_type].lower(), jobs, *([str(place)] if pd.notna(place) else [])]
    day = in_words(f"{row.announced:%Y-%m-%d}")
    told = [f"{row.employer}: {', '.join(parts)}; of {day}, {STATUSES[row.status].lower()}."]
    if pd.notna(row.notes):
        told.append(str(row.notes))
    told.append(f"Source: {row.source_name}. Logged by {row.logged_by}, {row.logged_at}.")
    with st.container(border=True, key="event-one"):
        for text in told:
            st.text(text)
        st.button("Close", on_click=address.clear, args=(("event",),), key="event-close")


def listed_csv(view: View, seen: Seen) -> bytes:
    """The events as CSV under lines that say what they are; a formula is disarmed."""
    chart = event_pictures.timeline(view, seen)
    header = csv_header(chart.title, event_words.selection(view, seen), chart.source, view, caveats())
    columns = [c for c in seen.rows.columns if c in event_state.EXPORTED]
    rows = seen.rows[columns].assign(
        announced=seen.rows.announced.dt.strftime("%Y-%m-%d"),
        effective=seen.rows.effective.dt.strftime("%Y-%m-%d"),
    )
    return csv_bytes(rows, header)
