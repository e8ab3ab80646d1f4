"""A digest as Markdown. Every text that somebody typed is disarmed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from lmi.domain.events import EVENT_TYPES, STATUSES
from lmi.domain.plain_text import unmarked

Answer = Mapping[str, Any]
_NEWS = {
    "announced": "Announced", "logged": "Announced earlier, logged since then", "changed": "Changed",
}  # fmt: skip


def markdown(answer: Answer) -> str:
    """answer: as Digest.as_json gives."""
    return "\n".join(_lines(answer)) + "\n"


def _lines(answer: Answer) -> Iterator[str]:
    yield f"# What changed in {unmarked(answer['area']['name'])} since {answer['since']}"
    yield ""
    yield _sums(answer)
    for news, heading in _NEWS.items():
        events = [event for event in answer["events"] if event["news"] == news]
        yield from _block(heading, [_event(event) for event in events])
    yield from _block("Moved away", [_moved_away(event) for event in answer["moved_away"]])
    yield from _block("Removed", [_removed(event) for event in answer["removed"]])
    window = answer["window"]
    yield from _block(
        f"Ranks that hiring events move ({window['from']} to {window['to']})",
        [_move(move) for move in answer["ranking_moves"]],
    )
    yield from _block(
        f"Signals, and how they moved since {answer['since']}",
        [_signal(signal) for signal in answer["signals"]],
    )
    yield from _block("Missing", [unmarked(text) for text in answer["missing"]])


def _block(heading: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield from ("", f"## {heading}", "", *(f"- {item}" for item in items))


def _sums(answer: Answer) -> str:
    sums = answer["announced"]
    if not sums["events"]:
        return "No event was announced."
    sides = ", ".join(_side(name, sums[name], sums[f"{name}_without_count"]) for name in ("gains", "losses"))
    return f"{sums['events']:,} {'event was' if sums['events'] == 1 else 'events were'} announced: {sides}."


def _side(name: str, jobs: int | None, uncounted: int) -> str:
    """'gains of at least 90 jobs', 'no gains', or that none of them tells a count."""
    if jobs is None:
        return f"{name} without a count"
    return f"{name} of {'at least ' if uncounted else ''}{_jobs(jobs)}" if jobs else f"no {name}"


def _event(event: Answer) -> str:
    jobs = "count not told" if event["jobs"] is None else _jobs(event["jobs"])
    jobs += ", count uncertain" if event["confidence"] == "low" else ""
    place = event["city"] or event["county"]
    parts = [EVENT_TYPES[event["event_type"]].lower(), jobs, STATUSES[event["status"]].lower()]
    if place:
        parts.append(unmarked(place))
    said = f"; {unmarked('; '.join(event['differences']))}" if event["differences"] else ""
    return f"{event['announced']}: {unmarked(event['employer'])} ({', '.join(parts)}{said}). {_source(event)}"


def _jobs(number: int) -> str:
    return f"{number:,} job" if number == 1 else f"{number:,} jobs"


def _source(event: Answer) -> str:
    name = unmarked(event["source_name"])
    if not event["source_url"]:
        return f"Source: {name}"
    return f"Source: [{name}](<{quote(event['source_url'], safe=_SAFE)}>)"


_SAFE = ":/?#@!$&'*+,;=%~-._"


def _removed(event: Answer) -> str:
    return f"{unmarked(event['employer'])}, {_by(event)}"


def _moved_away(event: Answer) -> str:
    return f"{unmarked(event['employer'])}, to {unmarked(event['to'])}, {_by(event)}"


def _by(event: Answer) -> str:
    return f"by {unmarked(event['by'])} on {event['at'][:10]}"


def _move(move: Answer) -> str:
    jobs = move["jobs_net"]
    told = "" if jobs is None else f" ({jobs:+,.1f} jobs a year)"
    return f"{unmarked(move['title'])}: rank {move['rank_before']} would be {move['rank_after']}{told}"


def _signal(signal: Answer) -> str:
    name = unmarked(f"{signal['name']}, {signal['area']}")
    value = _with_unit("{:,.1f}", signal["value"], signal["unit"])
    change = signal["change"]
    moved = "no newer figure" if change is None else _with_unit("{:+,.1f}", change, signal["change_unit"])
    old = ", old" if signal["old"] else ""
    return f"{name}: {value} ({signal['date']}{old}); {moved}. Source: {unmarked(signal['source'])}"


def _with_unit(form: str, value: float, unit: str) -> str:
    return form.format(value) + ("%" if unit == "%" else f" {unmarked(unit)}")
