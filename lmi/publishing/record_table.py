"""The record of a meeting as one long table: a row for each thing said, counted or published."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from lmi.domain.figures import NOT_PUBLISHED
from lmi.presentation.tables import csv_bytes
from lmi.publishing.record_words import change_words, figure_words, finding, took_part

COLUMNS = (
    "Section", "Code", "Subject", "Question", "Value", "Organizations", "People", "Named", "Said at (UTC)",
    "Source", "Period", "Geography", "Basis",
)  # fmt: skip
_SIDES = {"yes": "Yes", "no": "No", "divided": "Divided", "unsure": "Cannot say", "stated_by": "Stated by"}
_DEMAND = {True: "yes", False: "no", None: "unknown"}
Row = dict[str, object]


def record_csv(record: Mapping[str, Any]) -> bytes:
    """The record as CSV: '# …' lines that say what it is, then one row for each thing; see COLUMNS.

    A cell is empty where it does not apply. Text that a spreadsheet could take for a formula is neutralised.
    """
    return csv_bytes(pd.DataFrame(rows_of(record), columns=list(COLUMNS), dtype=object), header_of(record))


def header_of(record: Mapping[str, Any]) -> list[str]:
    """The lines above the rows."""
    meeting = record["meeting"]
    what = f"{meeting['industry']}; {meeting['area']['name']} ({meeting['area']['code']})"
    where = f", {meeting['place']}" if meeting["place"] else ""
    last = f", the last of {meeting['last_entry_at']}" if meeting["last_entry_at"] else ""
    return [
        *(["REHEARSAL: sample participants said this; no record of what employers think."]
          if meeting["rehearsal"] else []),
        f"Record of a convening of employers: {what}; {meeting['held_on']}{where}; code {meeting['code']}",
        finding(record),
        took_part(record["counts"]),
        f"Made of {meeting['entries']:,} entries{last}.",
        "Counts are of organizations: however many people one sends, it counts once. Empty = does not apply.",
        *(["The facilitator hid who said what: organizations are counted and not named."]
          if meeting["numbers_only"] else []),
    ]  # fmt: skip


def rows_of(record: Mapping[str, Any]) -> list[Row]:
    """The rows in the order of the meeting, keyed by COLUMNS."""
    return [
        *_people(record), *_steps(record), *_nominations(record), *_answers(record["topics"]),
        *_answers([{"soc": "", "title": "", "questions": record["sources"]}]), *_moves(record["moves"]),
        *_signed(record["signatures"]), *_changes(record["adjustments"]), *_published(record),
    ]  # fmt: skip


def _row(section: str, code: str, subject: str, question: str, value: object, *more: Row) -> Row:
    """A row whose cells are empty but for these; more: cells by the names of COLUMNS."""
    told: Row = dict.fromkeys(COLUMNS, "")
    told |= {"Section": section, "Code": code, "Subject": subject, "Question": question, "Value": value}
    for each in more:
        told |= each
    return told


def _by(told: Mapping[str, Any]) -> Row:
    people: Row = {"People": told["people"]} if "people" in told else {}
    return people | {"Organizations": told["organizations"], "Named": " | ".join(told["named"])}


def _at(moment: object) -> Row:
    return {"Said at (UTC)": moment or ""}


def _people(record: Mapping[str, Any]) -> Iterator[Row]:
    for row in record["participants"]:
        value = ", ".join(part for part in (row.get("name", ""), row["role"]) if part)
        yield _row("participants", "", row["organization"], "role", value, _at(row["joined_at"]))


def _steps(record: Mapping[str, Any]) -> Iterator[Row]:
    for step in record["steps"]:
        took = "" if step["minutes"] is None else step["minutes"]
        yield _row("steps", step["step"], step["name"], "minutes", took, _at(step["began_at"]))


def _nominations(record: Mapping[str, Any]) -> Iterator[Row]:
    for group in record["nominations"]:
        for row in group["occupations"]:
            about = ("critical occupations", row["soc"], row["title"])
            yield _row(*about, "category", group["category"], _by(row), _at(row["last_said_at"]))
            for words in row["own_words"]:
                if words != row["title"]:
                    yield _row(*about, "in their own words", words)


def _answers(topics: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for topic in topics:
        section = "occupation by occupation" if topic["soc"] else "programs and recruiting"
        about = (section, topic["soc"], topic["title"])
        for question in topic["questions"]:
            asks = question["asks"]
            yield _row(*about, asks, "(answered)", _by(question))
            for row in question["counted"]:
                yield _row(*about, asks, row["words"], _by(row), _at(row["last_said_at"]))
            yield from _own(about, asks, question["own_words"])


def _own(about: tuple[str, str, str], asks: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for row in rows:
        who: Row = {"Named": row["organization"]}
        yield _row(*about, f"{asks} (own words)", row["words"], who, _at(row["said_at"]))


def _moves(moves: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for move in moves:
        about = ("moves", f"{move['from']}>{move['to']}", f"{move['from_title']} to {move['to_title']}")
        yield _row(*about, "outcome", move["outcome"], _at(move["last_voted_at"]))
        yield _row(*about, "on the pathways before", "yes" if move["on_file"] else "no")
        for side, words in _SIDES.items():
            if move[side]["organizations"]:
                yield _row(*about, "vote" if side != "stated_by" else "answers", words, _by(move[side]))
        for words in move["remarks"]:
            yield _row(*about, "vote (own words)", words)


def _signed(told: Mapping[str, Any]) -> Iterator[Row]:
    about, asks = ("sign-off", "", ""), "Is this what was said here?"
    for row in told["choices"]:
        yield _row(*about, asks, row["words"], _by(row), _at(row["last_said_at"]))
    yield _row(*about, asks, "Not signed", _by(told["not_signed"]))
    yield from _own(about, asks, told["remarks"])


def _changes(rows: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for row in rows:
        about = ("adjustments", row["subject"], " to ".join(row["titles"]))
        yield _row(*about, row["kind_words"], change_words(row), _by(row), _at(row["proposed_at"]))
        if row["reason"]:
            yield _row(*about, "reason", row["reason"])
        yield _row(*about, "review", row["decision"], _at(row["decided_at"]))
        if row["note"]:
            yield _row(*about, "note of the review", row["note"])


def _published(record: Mapping[str, Any]) -> Iterator[Row]:
    """What publishers say of the same occupations, each figure with where it comes from."""
    titles = {r["soc"]: r["title"] for g in record["nominations"] for r in g["occupations"]}
    for soc, facts in record["lmi"]["occupations"].items():
        about = ("labor-market information", soc, titles.get(soc, soc))
        for name, figure in facts["figures"].items():
            value = NOT_PUBLISHED if figure["value"] is None else figure["value"]
            asks = (
                f"{figure_words(name)} ({figure['unit']}{'; at or above' if figure.get('at_least') else ''})"
            )
            yield _row(
                *about, asks, value,
                {"Source": figure["source"], "Period": figure["period"], "Geography": figure["area"],
                 "Basis": figure["basis"]},
            )  # fmt: skip
        yield _row(*about, f"in demand by the rule '{record['lmi']['rule']}'", _DEMAND[facts["in_demand"]])
