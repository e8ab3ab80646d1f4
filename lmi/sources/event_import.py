"""Importing a file of hiring events: read it whatever its form, sort its notices, and tell what became of
each. Nothing is written here; the new rows go to lmi.sources.events_edit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from lmi.domain.codes import NATION
from lmi.domain.errors import BadFile
from lmi.domain.events import EventKnown
from lmi.domain.plain_text import shown
from lmi.sources import event_table, event_workbook, warn_california, warn_json, warn_texas
from lmi.sources.event_columns_map import ColumnMap, read_map
from lmi.sources.event_corrections import Correction
from lmi.sources.event_incoming import Incoming
from lmi.sources.event_industries import Industry
from lmi.sources.event_same import Kind
from lmi.sources.event_sift import Outcome, sift

_TOLD, _PLACES = ("announced", "effective", "jobs"), ("city", "county", "area_code")
_LONGEST = 300  # characters of a cell in the report
_MOST_BYTES = 100_000_000
KINDS: tuple[Kind, ...] = ("new", "duplicate", "suspicious", "refused")


@dataclass(frozen=True)
class ReadFile:
    """A file as read. format: warn_json, warn_texas, warn_california or table. columns: how a table's columns
    were read; empty for the other formats."""

    name: str
    format: str
    incoming: tuple[Incoming, ...]
    columns: ColumnMap = field(default_factory=ColumnMap)


@dataclass(frozen=True)
class ImportReport:
    """What an import would do. outcomes: of every notice within the area and dates asked for. outside: how
    many notices were left out as not asked for."""

    file: ReadFile
    outcomes: tuple[Outcome, ...]
    outside: int

    @property
    def counts(self) -> dict[str, int]:
        """read, and what became of those: new, duplicate, suspicious, refused, outside; they add up."""
        found: dict[str, int] = {kind: sum(o.kind == kind for o in self.outcomes) for kind in KINDS}
        return {"read": len(self.file.incoming), **found, "outside": self.outside}

    def to_add(self, with_suspicious: bool = False) -> list[Outcome]:
        """The notices to add to the log, oldest first: the new ones and, if asked for, the suspicious ones,
        which get low confidence and say why in their notes; a repeated one once."""
        out = []
        for outcome in sorted(self.outcomes, key=lambda o: (o.day, o.notice.cells.get("employer", ""))):
            if outcome.kind == "new":
                out.append(outcome)
            elif outcome.kind == "suspicious" and with_suspicious and not outcome.repeats:
                notes = outcome.notes.after(f"Doubtful at import: {outcome.why}").text()
                cells = {**outcome.cells, "confidence": "low", "notes": notes}
                out.append(replace(outcome, cells=cells))
        return out

    def rows(self, with_suspicious: bool = False) -> list[dict[str, str]]:
        """The cells of the notices to add, see to_add."""
        return [dict(outcome.cells) for outcome in self.to_add(with_suspicious)]

    def as_json(self) -> dict[str, object]:
        """The report for a program: counts, the columns of a table, and every notice with its reason."""
        return {
            "file": self.file.name,
            "format": self.file.format,
            "columns": {name: shown(text, _LONGEST) for name, text in self.file.columns.headings.items()},
            "fixed": {**self.file.columns.fixed},
            "assumed": [*self.file.columns.assumed],
            "passed_over": [shown(name, _LONGEST) for name in self.file.columns.passed_over],
            "counts": self.counts,
            "rows": [
                {
                    "where": o.notice.where, "outcome": o.kind, "why": o.why,
                    "employer": o.notice.cells.get("employer", ""),
                    **{name: shown(o.cells.get(name, ""), _LONGEST) for name in _TOLD},
                    "place": shown(next((o.cells[c] for c in _PLACES if o.cells.get(c)), ""), _LONGEST),
                }
                for o in self.outcomes
            ],
        }  # fmt: skip


def read_any(path: Path, said: str = "") -> ReadFile:
    """A file of notices in any form that is known by its content. said: what --map says, see read_map.

    BadFile if it cannot be read or has no notices; BadInput for a mapping that does not fit.
    """
    columns = read_map(said)
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= _MOST_BYTES else b""
    except OSError as error:
        raise BadFile(
            f"{path.name} cannot be read.", f"{error.strerror or error} ({path}).", "Check its name."
        ) from error
    if size > _MOST_BYTES:
        raise BadFile(
            f"{path.name} is too large.", f"{_MOST_BYTES // 1_000_000} MB is the most.", "Split the file."
        )
    return read_content(content, path.name, columns)


def read_content(content: bytes, name: str, said: ColumnMap) -> ReadFile:
    """The content of a file; see read_any. name: of the file, for messages and as a source of last resort."""
    if not content.strip():
        raise BadFile(f"{name} is empty.", "Notices were expected.", "Give the file that holds them.")
    if event_workbook.is_workbook(content):
        return _workbook(content, name, said)
    if event_table.is_wide(content):
        content = event_table.decoded(content, name).encode()
    if warn_json.is_ours(content):
        return ReadFile(name, warn_json.FORMAT, tuple(warn_json.read(content, name)))
    incoming, columns = event_table.read_text(content, name, said)
    return ReadFile(name, event_table.FORMAT, tuple(incoming), columns)


def _workbook(content: bytes, name: str, said: ColumnMap) -> ReadFile:
    book = event_workbook.sheets(content, name)
    if not (said.headings or said.fixed):
        for form in (warn_texas, warn_california):
            found = event_workbook.find(book, event_workbook.with_headings(form.HEADINGS))
            if found:
                return ReadFile(name, form.FORMAT, tuple(form.read(found)))
    found = event_workbook.find(book, lambda headings: event_table.score(headings, said))
    if found is None:
        raise event_table.unrecognised(name)
    incoming, columns = event_table.read_found(found, name, said)
    return ReadFile(name, event_table.FORMAT, tuple(incoming), columns)


def plan(
    file: ReadFile,
    existing: pd.DataFrame,
    known: EventKnown,
    corrections: Sequence[Correction],
    today: date,
    industries: Mapping[str, Industry] | None = None,
    areas: Collection[str] = (),
    since: str = "",
    former: pd.DataFrame | None = None,
) -> ImportReport:
    """What an import of the file would do, given the log; see sift for its arguments.

    areas: codes; only events in one of them are asked for ('48' is all of Texas; none = everywhere). since:
    an ISO date; only events announced then or later. A refused notice without place or day counts as asked
    for.
    """
    sifted = sift(file.incoming, existing, known, corrections, today, industries, former)
    asked = tuple(
        o for o in sifted.outcomes if _in_areas(o, areas) and (not since or not o.day or o.day >= since)
    )
    return ImportReport(file, asked, len(sifted.outcomes) - len(asked))


def _in_areas(outcome: Outcome, areas: Collection[str]) -> bool:
    told = {outcome.cells.get("area_code", ""), outcome.state_fips} - {""}
    return not areas or NATION in areas or not told or bool(told & set(areas))
