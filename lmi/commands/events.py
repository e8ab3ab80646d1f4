"""python -m lmi events list | check | import | impact | digest | history."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lmi.commands import terminal
from lmi.places import here

_AREA = "US, or a state, CBSA, nonmetropolitan or own region's code"
_DAY = "a day such as 2026-01-31"


def add(commands: Any) -> None:
    """Declare the commands; commands: what argparse's add_subparsers gives."""
    about = "Hiring events: list, check and import the record, and what the events do to demand."
    sub = commands.add_parser("events", help=about, description=about)
    command = terminal.adder(sub.add_subparsers(required=True, metavar="COMMAND"))
    listed = command("list", _list, "The events of an area, newest first.")
    listed.add_argument("--since", default="", help=f"announced on or after {_DAY}")
    listed.add_argument("--until", default="", help=f"announced on or before {_DAY}")
    listed.add_argument("--type", action="append", default=[], help="a kind of event; may be given again")
    listed.add_argument("--status", action="append", default=[], help="a status; may be given again")
    listed.add_argument("--text", default="", help="words of employer, place, notes or source")
    check = command("check", _check, "Check the record, or another file: every problem with its line.")
    check.add_argument("file", nargs="?", type=Path, help="the file; hiring_events.csv by default")
    impact = command("impact", _impact, "What the events do to the occupations of an area.")
    impact.add_argument("--as-of", default="", help=f"the day from which the year is counted, {_DAY}")
    digest = command("digest", _digest, "What has changed in an area since a day.")
    digest.add_argument("--since", required=True, help=_DAY)
    digest.add_argument("--markdown", action="store_true", help="print Markdown")
    for each in (listed, impact, digest):
        each.add_argument("--area", required=True, help=_AREA)
    history = command("history", _history, "Who changed an event in the app, and when.")
    history.add_argument("event_id", help="as 'events list' prints it")
    bring = _import_options(command)
    for each in (listed, impact, digest, history, bring):
        each.add_argument("--json", action="store_true", help="print JSON")


def _import_options(command: Callable[..., argparse.ArgumentParser]) -> argparse.ArgumentParser:
    bring = command("import", _import, "Add the events of a file: notices of states, or any table.")
    bring.add_argument("file", type=Path, help="JSON, CSV or XLSX")
    bring.add_argument(
        "--map", default="", metavar="COLUMN=HEADING,…",
        help="which heading of the file is which column; COLUMN:=TEXT sets a fixed text",
    )  # fmt: skip
    bring.add_argument("--area", default="", help=f"only events of this area: {_AREA}")
    bring.add_argument("--since", default="", help=f"only events on or after {_DAY}")
    bring.add_argument(
        "--industries", action="store_true", help="assign industries from the names of known employers"
    )
    bring.add_argument("--with-suspicious", action="store_true", help="add doubtful rows too, marked as such")
    bring.add_argument("--dry-run", action="store_true", help="say what would be added, and add nothing")
    return bring


def _list(options: argparse.Namespace) -> int:
    from lmi.answers.event_list import area_events
    from lmi.answers.options import known
    from lmi.commands import events_text
    from lmi.domain.events import EVENT_TYPES, STATUSES

    for kind in options.type:
        known(kind, list(EVENT_TYPES), "kind of event")
    for status in options.status:
        known(status, list(STATUSES), "status")
    desk = _desk()
    area, given = desk.area(options.area), (options.type, options.status, options.since, options.until)
    found = area_events(desk, area, *given, options.text)
    terminal.show(found.as_json(), options.json, events_text.of_list)
    return 0


def _check(options: argparse.Namespace) -> int:
    """Every problem of the record, or of another file, on a line of its own; 2 if there is any."""
    from lmi.commands import events_text
    from lmi.domain.errors import BadFile
    from lmi.sources import events_file

    desk, path = terminal.open_desk(), options.file or here().events
    log = desk.events
    if options.file is not None:
        try:
            log = events_file.parse(options.file.read_bytes(), desk.event_known)
        except OSError as error:
            raise BadFile(
                f"{options.file.name} cannot be read.", f"{error.strerror} ({options.file}).",
                "Check its name and its permissions.",
            ) from error  # fmt: skip
    wrong = events_text.problems(log)
    if options.file is None and not _is_there(path):
        why = "Log an event on the page Hiring events, or put the file there."
        wrong.insert(0, f"There is no {path.name} (looked for in {path.parent}). {why}")
    for line in wrong:
        print(f"lmi: {line}", file=sys.stderr)
    if not wrong:
        print(f"{path.name} is in order: {len(log.rows):,} events.")
    return 2 if wrong else 0


def _is_there(path: Path) -> bool:
    """Whether there is such a file; one that cannot be looked at counts as there."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _import(options: argparse.Namespace) -> int:
    from lmi.commands import events_import, events_text

    terminal.show(events_import.run(options, _desk()), options.json, events_text.of_import)
    return 0


def _impact(options: argparse.Namespace) -> int:
    from lmi.answers.event_impact import impact
    from lmi.answers.options import iso_day
    from lmi.commands import events_text

    desk = _desk(iso_day(options.as_of) if options.as_of else "")
    found = impact(desk, desk.area(options.area))
    terminal.show(found.as_json(), options.json, events_text.of_impact)
    return 0


def _digest(options: argparse.Namespace) -> int:
    from lmi.answers.event_digest import digest
    from lmi.answers.signals import signals

    desk = _desk()
    area = desk.area(options.area)
    found = digest(desk, area, options.since, signals(desk, area, desk.as_of).items)
    if options.json:
        terminal.show(found.as_json(), as_json=True)
    else:
        sys.stdout.write(found.as_markdown())
    return 0


def _history(options: argparse.Namespace) -> int:
    from lmi.commands import events_text
    from lmi.domain.errors import BadInput
    from lmi.sources import event_journal

    changes = event_journal.history(here().events_journal, options.event_id)
    if not changes and options.event_id not in set(_desk().events.rows.event_id):
        raise BadInput(
            f"No event '{options.event_id[:80]}'.", "Neither the record nor its journal has it.",
            "List them: python -m lmi events list --area CODE.",
        )  # fmt: skip
    rows = [
        {"at": c.at, "by": c.by, "action": c.action, "changed": "; ".join(c.differences()),
         "before": None if c.before is None else dict(c.before),
         "after": None if c.after is None else dict(c.after)}
        for c in changes
    ]  # fmt: skip
    terminal.show(rows, options.json, events_text.of_history)
    return 0


def _desk(as_of: str = "") -> Any:
    """The desk; says on standard error how many problems the record has."""
    desk = terminal.open_desk(as_of)
    if desk.events.problems:
        count = len(desk.events.problems)
        print(
            f"lmi: {here().events.name} has {count:,} {'problem' if count == 1 else 'problems'}; what cannot "
            "be used is left out. See them: python -m lmi events check.",
            file=sys.stderr,
        )
    return desk
