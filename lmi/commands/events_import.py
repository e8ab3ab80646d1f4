"""python -m lmi events import: the events of a file into the record."""

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from lmi.answers.options import iso_day
from lmi.domain.events import EventKnown
from lmi.places import here
from lmi.sources import event_import, events_edit, events_file
from lmi.sources.event_changes import former_rows
from lmi.sources.event_corrections import load_corrections
from lmi.sources.event_import import ImportReport
from lmi.sources.event_industries import load_industries

BY = "import"  # who logged an imported row
_MOST_TRIES = 5


def run(options: argparse.Namespace, desk: Any) -> dict[str, Any]:
    """Read the file, sort its notices and add the new ones; returns what became of each.

    Beside lmi.sources.event_import.ImportReport.as_json: added (how many; none in a dry run), to_add (how
    many an import adds), event_ids, dry_run.
    """
    plan, more = _planner(options, desk), options.with_suspicious
    report, ids = (plan(), []) if options.dry_run else _imported(plan, more, desk.event_known)
    return {
        **report.as_json(), "added": len(ids), "to_add": len(report.to_add(more)), "event_ids": ids,
        "dry_run": options.dry_run,
    }  # fmt: skip


def _planner(options: argparse.Namespace, desk: Any) -> Callable[[], ImportReport]:
    """What plans the import of the file beside record and journal as they are when it is called."""
    places, known = here(), desk.event_known
    areas = desk.area(options.area).members if options.area else ()
    file = event_import.read_any(options.file, options.map)
    corrections = load_corrections(places.mappings.parent / "corrections")
    industries = load_industries(places.mappings, known.naics) if options.industries else None
    since = iso_day(options.since) if options.since else ""

    def plan() -> ImportReport:
        return event_import.plan(
            file,
            events_file.load_events(places.events, places.events_journal, known).rows,
            known,
            corrections,
            date.today(),  # noqa: DTZ011 - the day of this machine's clock
            industries,
            areas,
            since,
            former_rows(places.events_journal, known),
        )

    return plan


def _imported(
    plan: Callable[[], ImportReport], with_suspicious: bool, known: EventKnown, tries: int = _MOST_TRIES
) -> tuple[ImportReport, list[str]]:
    """What was planned and the event_ids of what was added; planned anew where somebody wrote meanwhile."""
    record, journal, at = here().events, here().events_journal, datetime.now(UTC)
    seen = events_edit.state_of(record, journal)
    report = plan()
    new = report.to_add(with_suspicious)
    rows, names = [o.cells for o in new], [o.notice.where.capitalize() for o in new]
    signed = BY, at.strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        return report, events_edit.add_events(record, journal, rows, known, *signed, seen, names)
    except events_edit.ChangedMeanwhile:
        if tries == 1:
            raise
        return _imported(plan, with_suspicious, known, tries - 1)
