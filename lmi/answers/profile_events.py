"""Figures of a profile that come from the hiring-events log: the jobs it moves, and openings with them."""

import pandas as pd

from lmi.answers.desk import Desk
from lmi.domain.figures import Figure
from lmi.domain.selection import Area

JOBS, OPENINGS = "event_jobs_per_year", "openings_with_events"
_UNITS = {JOBS: "jobs / year", OPENINGS: "openings / year"}


def event_figures(desk: Desk, soc: str, level: str, area: Area, row: pd.Series | None) -> dict[str, Figure]:
    """event_jobs_per_year (net) and openings_with_events of an occupation; None with a note where nothing
    can be told. row: the occupation's row of the local frame, None where the area publishes none."""
    changes = desk.event_book.changes(area)
    first, last = desk.event_book.window()
    jobs = openings = None
    if level != "detailed":
        note = "Told for single occupations only."
    elif changes is None:
        note = f"No hiring event that tells a count of jobs is on record for {area.name}."
    else:
        jobs = float(changes.jobs_net.get(soc, 0.0))
        openings = None if row is None or pd.isna(row[OPENINGS]) else float(row[OPENINGS])
        note = _how(desk)
    without = f"{note} Openings are not estimated here." if jobs is not None and openings is None else note
    listed = desk.sources.set_index("id")
    sources, period = listed.short_title, f"{first} to {last}" if first else listed.period["bls_oews"]
    source = f"Hiring-events log; {sources['bls_oews']} (national staffing patterns)"
    made = ((JOBS, jobs, source, note), (OPENINGS, openings, f"{source}; {sources['bls_ep']}", without))
    return {
        name: Figure(
            name, None if value is None else round(value, 1), _UNITS[name], "estimated", told_by, period,
            area.name, said,
        )
        for name, value, told_by, said in made
    }  # fmt: skip


def _how(desk: Desk) -> str:
    guard = (
        " Openings with events take only what goes beyond the growth or decline projected anyway."
        if desk.settings.events.guard
        else ""
    )
    return (
        "Estimated: jobs of the events on record, by status and by the part that falls into the period, "
        f"spread by the notice's titles or the industry's national staffing pattern.{guard}"
    )
