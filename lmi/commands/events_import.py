"""python -m lmi events import: the events of a file into the record."""

import argparse
from datetime import UTC, date, datetime
from typing import Any

from lmi.places import here

BY = "import"  # who logged an imported row


def run(options: argparse.Namespace, desk: Any) -> dict[str, Any]:
    """Read the file, sort its notices and add the new ones; returns what became of each.

    Beside lmi.sources.event_import.ImportReport.as_json: added (how many; none in a dry run), to_add (how
    many an import adds), event_ids, dry_run.
    """
    from lmi.answers.options import iso_day
    from lmi.sources import event_import, events_edit
    from lmi.sources.event_changes import former_rows
    from lmi.sources.event_corrections import load_corrections
    from lmi.sources.event_industries import load_industries

    places = here()
    areas = desk.area(options.area).members if options.area else ()
    report = event_import.plan(
        event_import.read_any(options.file, options.map),
        desk.events.rows,
        desk.event_known,
        load_corrections(places.mappings.parent / "corrections"),
        date.today(),  # noqa: DTZ011 - the day of this machine's clock
        load_industries(places.mappings, desk.event_known.naics) if options.industries else None,
        areas,
        iso_day(options.since) if options.since else "",
        former_rows(places.events_journal, desk.event_known),
    )
    rows = report.rows(options.with_suspicious)
    ids: list[str] = []
    if rows and not options.dry_run:
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        ids = events_edit.add_events(places.events, places.events_journal, rows, desk.event_known, BY, at)
    return {
        **report.as_json(), "added": len(ids), "to_add": len(rows), "event_ids": ids,
        "dry_run": options.dry_run,
    }  # fmt: skip
