"""python -m lmi comments list | export."""

import argparse
import sys
from typing import Any

from lmi.commands import terminal

_DAY = "a day such as 2026-01-31"


def add(commands: Any) -> None:
    """Declare the commands; commands: what argparse's add_subparsers gives."""
    from lmi.domain.comments import STATUSES

    about = "Comments: list them, or export them with what was decided on them."
    sub = commands.add_parser("comments", help=about, description=about)
    command = terminal.adder(sub.add_subparsers(required=True, metavar="COMMAND"))
    listed = command("list", _list, "Comments, the newest first.")
    export = command("export", _export, "All columns as CSV, safe to open in a spreadsheet, or as JSON.")
    for each in (listed, export):
        each.add_argument("--status", choices=list(STATUSES), default="", help="only those with this status")
        each.add_argument("--since", default="", help=f"written on or after {_DAY}, in UTC")
        each.add_argument("--json", action="store_true", help="print JSON")
    export.add_argument(
        "--people", action="store_true", help="with names and e-mail addresses, which are personal data"
    )


def _found(options: argparse.Namespace, people: bool = False) -> list[dict[str, object]]:
    from lmi.answers.options import iso_day
    from lmi.contributions import comments, opened
    from lmi.domain.comments import Person, as_json

    since, store = iso_day(options.since) if options.since else "", opened.store()
    who = comments.people(store) if people else {}
    nobody = Person("", "")
    return [
        as_json(comment, who.get(comment.id, nobody) if people else None)
        for comment in comments.every(store)
        if comment.at >= since and options.status in ("", comment.status)
    ]


def _list(options: argparse.Namespace) -> int:
    terminal.show(_found(options), options.json, _as_lines)
    return 0


def _export(options: argparse.Namespace) -> int:
    from lmi.domain.comments import COLUMNS, PERSONAL
    from lmi.presentation.tables import csv_bytes

    rows = _found(options, options.people)
    if options.json:
        terminal.show(rows, as_json=True)
        return 0
    import pandas as pd

    frame = pd.DataFrame(rows, columns=[*COLUMNS, *(PERSONAL if options.people else ())])
    sys.stdout.write(csv_bytes(frame, ["Comments on the LMI & Pathways Explorer"]).decode("utf-8"))
    return 0


def _as_lines(rows: list[dict[str, object]]) -> str:
    """One line for each comment: reference, day, status, what it is about, who says it and how it begins."""
    from lmi.domain.plain_text import shown

    if not rows:
        return "No comment.\n"
    return "".join(
        f"{row['reference']}  {str(row['at'])[:10]}  {row['status']:<9}  {row['subject'] or row['page']}  "
        f"{row['area_code'] or '-'}  {row['organisation']}: {shown(row['text'], 70)}\n"
        for row in rows
    )
