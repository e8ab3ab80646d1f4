"""The words and figures of a meeting's record as its template sets them: numbers as text, lists ready to
print. Nothing is computed but what is shown of the same record."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from lmi.presentation.dates import when_of
from lmi.presentation.formats import format_count, format_money
from lmi.publishing.record_words import (
    change_words,
    finding,
    listed,
    number_of,
    source_lines,
    took_part,
)

MOST_ON_TOP = 12  # occupations of the table on page one
MOST_COUNTED = 12  # choices of one question; the CSV has all
MOST_WORDS = 60  # answers in own words to one question; the CSV has all
_DEMAND = {True: "yes", False: "no", None: "unknown"}


def view_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """What the template asks for, from a record of lmi.answers.room_record."""
    meeting = record["meeting"]
    return {
        "meeting": _meeting(meeting),
        "finding": finding(record),
        "took_part": took_part(record["counts"]),
        "facts": _facts(record),
        "top": _top(record),
        "categories": [_category(group) for group in record["nominations"]],
        "topics": [_topic(topic) for topic in record["topics"]],
        "sources": [_question(question) for question in record["sources"]],
        "moves": [_move(move) for move in record["moves"] if move["outcome"] != "not voted on"],
        "moves_without": sum(move["outcome"] == "not voted on" for move in record["moves"]),
        "adjustments": _adjustments(record["adjustments"]),
        "signatures": _signatures(record["signatures"]),
        "participants": _participants(record["participants"]),
        "steps": [_step(step) for step in record["steps"]],
        "lmi_sources": source_lines(record),
        "rule": record["lmi"]["rule"],
    }


def day(iso: str | None) -> str:
    """'25 Nov 2026' of an ISO date or moment; as it is where it is no date."""
    when = when_of((iso or "")[:10])
    return when.words(exact=True) if when else (iso or "")


def clock(iso: str | None) -> str:
    """'14:05' of a moment, UTC."""
    return (iso or "")[11:16]


def _meeting(meeting: Mapping[str, Any]) -> dict[str, Any]:
    parts = meeting["held_on"].split("-")
    whole = len(parts) == len(("year", "month", "day")) and when_of(meeting["held_on"]) is not None
    last = meeting["last_entry_at"]
    return {
        "industry": meeting["industry"], "cluster": meeting["cluster"], "area": meeting["area"]["name"],
        "area_code": meeting["area"]["code"], "day": day(meeting["held_on"]), "place": meeting["place"],
        "code": meeting["code"], "rehearsal": meeting["rehearsal"], "entries": f"{meeting['entries']:,}",
        "called_by": meeting.get("created_by", ""),
        "as_of": f"{day(last)}, {clock(last)} UTC" if last else "", "ended": meeting["ended"],
        "hidden": meeting["numbers_only"],
        "date": [int(part) for part in parts] if whole else None,
    }  # fmt: skip


def _facts(record: Mapping[str, Any]) -> list[dict[str, str]]:
    """At most four numbers of page one, each with its words."""
    counts, moves = record["counts"], record["moves"]
    yes = next(row for row in record["signatures"]["choices"] if row["id"] == "yes")
    outcome = [move["outcome"] for move in moves]
    confirmed, struck = outcome.count("confirmed"), outcome.count("struck")
    told = [
        (counts["organizations"], "organization", "took part"),
        (counts["occupations_named"], "job", "named as critical"),
        (confirmed, "move", f"confirmed, {struck:,} struck out"),
        (yes["organizations"], "organization", "signed the summary"),
    ]
    return [
        {"value": f"{count:,}", "words": f"{number_of(count, thing).partition(' ')[2]} {what}"}
        for count, thing, what in told
    ]


def _top(record: Mapping[str, Any]) -> dict[str, Any]:
    """The occupations that most organizations name, beside the published figures."""
    rows = [(row, group["category"]) for group in record["nominations"] for row in group["occupations"]]
    rows.sort(key=lambda pair: (-pair[0]["organizations"], -pair[0]["people"]))
    present = max(record["counts"]["organizations"], 1)
    return {
        "rows": [_top_row(row, category, present, record["lmi"]) for row, category in rows[:MOST_ON_TOP]],
        "more": max(len(rows) - MOST_ON_TOP, 0),
    }


def _top_row(row: Mapping[str, Any], category: str, present: int, lmi: Mapping[str, Any]) -> dict[str, Any]:
    facts = lmi["occupations"].get(row["soc"])
    told = {"demand": "–", "jobs": "–", "openings": "–", "pay": "–"}
    if facts:
        figures = facts["figures"]
        pay = figures["wage_median_usd_year"]
        told = {
            "demand": _DEMAND[facts["in_demand"]],
            "jobs": format_count(figures["employment"]["value"]),
            "openings": format_count(figures["openings_per_year"]["value"], significant=3),
            "pay": format_money(pay["value"], top_coded=bool(pay.get("at_least"))),
        }
    return {
        "title": row["title"], "soc": row["soc"], "category": category.removesuffix(" Occupations"),
        "organizations": row["organizations"], "share": row["organizations"] / present, **told,
    }  # fmt: skip


def _category(group: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": group["category"].removesuffix(" Occupations"),
        "organizations": number_of(group["organizations"], "organization"),
        "rows": [
            {"title": row["title"], "soc": row["soc"], "organizations": str(row["organizations"]),
             "people": str(row["people"]), "named": listed(row["named"]),
             "words": [words for words in row["own_words"] if words != row["title"]]}
            for row in group["occupations"]
        ],
    }  # fmt: skip


def _topic(topic: Mapping[str, Any]) -> dict[str, Any]:
    questions = {question["id"]: _question(question) for question in topic["questions"]}
    right = [questions.pop("lacking")] if "lacking" in questions else []
    return {
        "title": topic["title"], "soc": topic["soc"], "left": list(questions.values()), "right": right,
        "critical": f"Critical to {number_of(topic['organizations'], 'organization')}",
        "silent": not any(question["people"] for question in topic["questions"]),
    }  # fmt: skip


def _question(question: Mapping[str, Any]) -> dict[str, Any]:
    present = max(question["organizations"], 1)
    left_out = question["counted"][MOST_COUNTED:]
    most = max((row["organizations"] for row in left_out), default=0)
    return {
        "more": f"{len(left_out)} more, by {number_of(most, 'organization')} at most" if left_out else "",
        "asks": question["asks"], "answered": question["people"] > 0,
        "by": f"{number_of(question['organizations'], 'organization')} answered",
        "counted": [
            {"words": row["words"], "organizations": str(row["organizations"]),
             "share": row["organizations"] / present}
            for row in question["counted"][:MOST_COUNTED]
        ],
        "own": _own(question["own_words"]),
    }  # fmt: skip


def _own(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Own words, each once, with all organizations that put it so; those beyond MOST_WORDS are counted."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["words"], []).append(row["organization"])
    told = [
        {"words": words, "who": listed([o for o in dict.fromkeys(who) if o])} for words, who in found.items()
    ]
    more = len(told) - MOST_WORDS
    return [*told[:MOST_WORDS], *([{"words": "", "who": f"{more:,} more in the CSV"}] if more > 0 else [])]


def _move(move: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "from": move["from_title"], "to": move["to_title"], "outcome": move["outcome"],
        "file": "on file" if move["on_file"] else "new",
        **{side: str(move[side]["organizations"]) for side in ("yes", "no", "divided", "unsure")},
        "stated": str(move["stated_by"]["organizations"]), "behind": listed(move["yes"]["named"]),
        "remarks": _once(move["remarks"]),
    }  # fmt: skip


def _once(remarks: Sequence[str]) -> list[str]:
    """Each remark once, with how often it was made where that is more."""
    counts = Counter(remarks)
    return [words if count == 1 else f"{words} ({count:,}×)" for words, count in counts.items()]


def _adjustments(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The changes by their kind."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["kind_words"], []).append(_adjustment(row))
    return [{"kind": kind, "rows": several} for kind, several in found.items()]


def _adjustment(row: Mapping[str, Any]) -> dict[str, Any]:
    decided = f"{row['decision']} {day(row['decided_at'])}" if row["decided_at"] else row["decision"]
    return {
        "what": change_words(row), "reason": row["reason"], "decided": decided,
        "note": row["note"], "organizations": str(row["organizations"]),
    }  # fmt: skip


def _signatures(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "choices": [
            {"words": row["words"], "organizations": number_of(row["organizations"], "organization"),
             "named": listed(row["named"])}
            for row in told["choices"]
        ],
        "without": number_of(told["not_signed"]["organizations"], "organization"),
        "without_named": listed(told["not_signed"]["named"]),
        "own": _own(told["remarks"]),
    }  # fmt: skip


def _participants(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Organizations with their people: name and role where they are told."""
    found: dict[str, list[str]] = {}
    for row in rows:
        who = ", ".join(part for part in (row.get("name", ""), row["role"]) if part)
        found.setdefault(row["organization"], []).append(who)
    return [
        {"organization": organization, "people": str(len(several)),
         "who": "; ".join(who for who in several if who)}
        for organization, several in found.items()
    ]  # fmt: skip


def _step(step: Mapping[str, Any]) -> dict[str, str]:
    took = "not ended" if step["minutes"] is None else f"{step['minutes']:,.0f} min"
    return {
        "name": step["name"], "day": day(step["began_at"]), "began": f"{clock(step['began_at'])} UTC",
        "took": took, "planned": f"{step['planned_minutes']} min",
    }  # fmt: skip
