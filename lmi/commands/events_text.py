"""The answers on hiring events as text for a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from lmi.answers.export import as_text
from lmi.domain.event_columns import LONGEST_ID
from lmi.domain.events import EVENT_TYPES, STATUSES
from lmi.domain.plain_text import shown
from lmi.sources.events_file import EventLog

_MOST_OCCUPATIONS, _MOST_HELD_BACK = 25, 40
Answer = Mapping[str, Any]


def of_list(rows: Sequence[Answer]) -> str:
    """Events, newest first. rows: as lmi.answers.event_list gives."""
    return as_text([_event(row) for row in rows])


def of_impact(answer: Answer) -> str:
    """What events do to occupations. answer: as lmi.answers.event_impact gives."""
    events = answer["jobs_by_event"]
    known = [event["jobs_counted"] for event in events if event["jobs_counted"] is not None]
    number = f"{len(events):,} event{'' if len(events) == 1 else 's'}"
    net = f"net {sum(known):+,.1f} jobs counted" if known else "no jobs counted"
    *placed, rest = answer["occupations"]
    window = answer["window"]
    lines = [
        f"{answer['area']['name']}, {window['from']} to {window['to']}, jobs a year\n",
        f"{number}, {len(events) - len(known):,} without a count; {net}\n\n",
        as_text([_occupation(row) for row in [*placed[:_MOST_OCCUPATIONS], rest]]),
    ]
    if len(placed) > _MOST_OCCUPATIONS:
        lines.append(f"… and {len(placed) - _MOST_OCCUPATIONS:,} more occupations: --json has all\n")
    return "".join([*lines, *(f"{note}\n" for note in answer["notes"])])


def of_import(answer: Answer) -> str:
    """What became of a file's notices. answer: as lmi.commands.events_import prints as JSON."""
    counts = answer["counts"]
    lines = [f"{answer['file']} ({answer['format']}): {counts['read']:,} read\n"]
    lines += _columns(answer)
    lines += [f"  {name}: {counts[name]:,}\n" for name in counts if name != "read"]
    held = [row for row in answer["rows"] if row["outcome"] != "new"]
    for row in held[:_MOST_HELD_BACK]:
        lines.append(f"  {row['where']}, {row['outcome']}: {row['employer']}: {row['why']}\n")
    if len(held) > _MOST_HELD_BACK:
        lines.append(f"  … and {len(held) - _MOST_HELD_BACK:,} more: --json has all\n")
    done = "would be added" if answer["dry_run"] else "added"
    return "".join([*lines, f"{answer['to_add']:,} {done}\n"])


def _columns(answer: Answer) -> list[str]:
    """How a table's columns were read, and what every row was given."""
    lines = [f"  column {column}: '{shown(heading)}'\n" for column, heading in answer["columns"].items()]
    if answer["passed_over"]:
        others = ", ".join(f"'{shown(heading)}'" for heading in answer["passed_over"])
        lines.append(f'  not taken for jobs: {others}; --map "jobs=…" takes another column\n')
    for column, text in answer["fixed"].items():
        why = f'assumed; --map "{column}:=…" says otherwise' if column in answer["assumed"] else "as told"
        lines.append(f"  every row has {column} '{shown(text)}' ({why})\n")
    return lines


def of_history(rows: Sequence[Answer]) -> str:
    """What the app did to an event. rows: at, by, action, changed."""
    if not rows:
        return "The app neither logged nor changed it; its row in the record says who and when.\n"
    return as_text([{name: row[name] for name in ("at", "by", "action", "changed")} for row in rows])


def problems(log: EventLog) -> list[str]:
    """Everything that is wrong with a record, in words, in the order of its lines."""
    said = [problem.line_text() for problem in log.problems]
    for row in log.missing.itertuples():
        said.append(
            f"The file lacks a readable line of {shown(row.event_id, LONGEST_ID)}, which the app wrote on "
            f"{shown(row.at)} ({shown(row.by)}). It still counts; the page Hiring events puts it back or "
            "lets it go."
        )
    for event in log.reverted:
        said.append(
            f"Line {event.line}: {shown(event.event_id, LONGEST_ID)} is as it was before a change in the app "
            f"on {shown(event.at)} ({shown(event.by)}). The file's state counts."
        )
    return said


def _event(row: Answer) -> dict[str, Any]:
    return {
        "announced": row["announced"], "employer": row["employer"], "kind": EVENT_TYPES[row["event_type"]],
        "jobs": "not told" if row["jobs"] is None else f"{row['jobs']:,}",
        "counted": _number(row["jobs_counted"]), "status": STATUSES[row["status"]],
        "place": row["city"] or row["county"] or row["area_code"], "event_id": row["event_id"],
    }  # fmt: skip


def _occupation(row: Answer) -> dict[str, Any]:
    return {
        "soc": row["soc"] or "–", "title": row["title"], "net jobs": f"{row['jobs_net']:+,.1f}",
        "openings": _number(row["openings_per_year"]), "with events": _number(row["with_events"]),
        "events": len(row["events"]),
    }  # fmt: skip


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}"
