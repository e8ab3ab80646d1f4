"""python -m lmi convenings list | show | export."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lmi.commands import terminal
from lmi.domain.convening import Convening
from lmi.domain.errors import BadInput

_SUFFIXES = (".pdf", ".csv", ".json")


def add(commands: Any) -> None:
    """Declare the commands; commands: what argparse's add_subparsers gives."""
    about = "Convenings of employers: list them, show the record of one, or write it to a file."
    sub = commands.add_parser("convenings", help=about, description=about)
    command = terminal.adder(sub.add_subparsers(required=True, metavar="COMMAND"))
    listed = command("list", _list, "Every convening on record, the newest day first.")
    show = command("show", _show, "The record of one convening.")
    export = command("export", _export, "The record of one convening as PDF, CSV or JSON.")
    for each in (show, export):
        each.add_argument("which", metavar="ID|CODE", help="as 'convenings list' prints them")
        each.add_argument("--names", action="store_true", help="with people's names, which are personal data")
    export.add_argument("--to", type=Path, metavar="FILE", help="ends in .pdf, .csv or .json")
    export.add_argument("--paper", choices=("us-letter", "a4"), default="us-letter", help="of the PDF")
    for each in (listed, show, export):
        each.add_argument("--json", action="store_true", help="print JSON")


def _list(options: argparse.Namespace) -> int:
    from lmi.answers import adjusted
    from lmi.contributions import convenings, opened

    found = convenings.every(opened.store()) if adjusted.exists() else []
    terminal.show([_row(each) for each in found], options.json, _as_lines)
    return 0


def _show(options: argparse.Namespace) -> int:
    terminal.show(_record(options), options.json, _as_text)
    return 0


def _export(options: argparse.Namespace) -> int:
    """To a file; without one to standard output, as JSON or CSV."""
    kind = options.to.suffix.lower() if options.to else ".json" if options.json else ".csv"
    if kind not in _SUFFIXES:
        raise BadInput(
            f"'{options.to.name[:60]}' is no kind of file that can be written.",
            f"Accepted: {', '.join(_SUFFIXES)}.", "Give the file one of these endings.",
        )  # fmt: skip
    content = _content(_record(options), kind, options.paper)
    if options.to is None:
        sys.stdout.write(content.decode("utf-8"))
        return 0
    from lmi.sources.local_write import replace_content

    replace_content(options.to.resolve(), content)
    print(f"lmi: wrote {options.to.name} ({len(content):,} bytes)", file=sys.stderr)
    if options.json:
        terminal.show({"file": str(options.to), "bytes": len(content)}, as_json=True)
    return 0


def _content(record: Mapping[str, Any], kind: str, paper: str) -> bytes:
    from lmi.publishing.meeting_record import record_csv, record_pdf

    match kind:
        case ".pdf":
            return record_pdf(record, paper)
        case ".csv":
            return record_csv(record)
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _record(options: argparse.Namespace) -> dict[str, Any]:
    from lmi.answers.room import room_of
    from lmi.answers.room_record import record_of
    from lmi.contributions import adjustments, opened

    convening = _found(options.which)
    store = opened.store_of(convening.id)
    came_of_it = adjustments.of(store, convening.id)
    return record_of(terminal.open_desk(), room_of(store, convening), came_of_it, names=options.names)


def _found(which: str) -> Convening:
    """A convening by its id or join code. BadInput where there is none."""
    from lmi.answers import adjusted
    from lmi.contributions import opened

    found = (opened.find(which.strip()) or opened.find_code(which)) if adjusted.exists() else None
    if found is None:
        why = (
            "Rehearsals are on no record."
            if which.strip().startswith("r")
            else "No such id or code is on record."
        )
        raise BadInput(
            f"There is no convening '{which.strip()[:40]}'.", why, "List them: python -m lmi convenings list."
        )
    return found


def _row(convening: Convening) -> dict[str, Any]:
    """One line of the list."""
    from lmi.answers.room import room_of
    from lmi.contributions import opened

    room = room_of(opened.store_of(convening.id), convening)
    return {
        "id": convening.id, "code": convening.code, "held_on": convening.held_on,
        "industry": convening.industry, "cluster": convening.cluster, "area_code": convening.area_code,
        "place": convening.place, "organizations": len(room.organisations), "people": len(room.people),
        "occupations_named": len(room.nominated), "entries": len(room.entries), "step": room.state.step,
        "ended": room.state.ended,
    }  # fmt: skip


def _as_lines(rows: list[dict[str, Any]]) -> str:
    """One line for each convening: day, code, area, industry, who came, id."""
    if not rows:
        return "No convening is on record.\n"
    return "".join(
        f"{row['held_on']:<10}  {row['code']}  {row['area_code']:<7}  {row['industry']}: "
        f"{row['organizations']:,} organizations, {row['people']:,} people, "
        f"{'ended' if row['ended'] else 'step ' + row['step']}  {row['id']}\n"
        for row in rows
    )


def _as_text(record: Mapping[str, Any]) -> str:
    """The record in short: who took part, what was named, which moves were decided, who signed."""
    from lmi.publishing.record_words import finding, number_of, took_part

    meeting = record["meeting"]
    lines = [
        *(["REHEARSAL"] if meeting["rehearsal"] else []),
        f"{meeting['industry']}, {meeting['area']['name']}, {meeting['held_on']}, code {meeting['code']}",
        took_part(record["counts"]), finding(record), "",
    ]  # fmt: skip
    named = [row for group in record["nominations"] for row in group["occupations"]]
    for row in sorted(named, key=lambda r: -r["organizations"]):
        lines.append(
            f"  {number_of(row['organizations'], 'organization'):>17}  {row['soc']:<7}  {row['title']}"
        )
    decided = [move for move in record["moves"] if move["outcome"] in ("confirmed", "struck")]
    lines += ["", *(f"  {m['outcome']:<9}  {m['from_title']} to {m['to_title']}" for m in decided)]
    lines += [f"{row['words']}: {number_of(row['organizations'], 'organization')}"
              for row in record["signatures"]["choices"]]  # fmt: skip
    return "\n".join(lines) + "\n"
