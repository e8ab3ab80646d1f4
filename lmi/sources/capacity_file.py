"""data/local/training_capacity.csv: seats, applicants and enrolment that staff know and nobody publishes.

Every line that cannot be used is a problem that names it; the good lines are kept. The columns are
declared in lmi/domain/capacity.py and explained in docs/training-capacity.md."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lmi.domain.capacity import COLUMNS, LAYOUT, Known
from lmi.domain.plain_text import restore_text
from lmi.domain.staff_file import Problem
from lmi.sources.capacity_cells import Row, RowReader
from lmi.sources.staff_sheet import NotASheet, Sheet, new_header, read_sheet

_KIND = {
    "line": "Int32",
    "seats": "Int32",
    "applicants": "Int32",
    "enrolled": "Int32",
    "finished": "Int32",
    "cost_usd": "Float64",
}
_NAMES = ("line", *(column.id for column in COLUMNS))
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class CapacityFile:
    """What the file holds.

    rows: one for each good line, with `line` and the declared columns; null = not known; area_code is
    always filled. stamp: SHA-256 of the file's bytes, '' if there is no file. columns: of its header.
    """

    rows: pd.DataFrame
    problems: tuple[Problem, ...]
    stamp: str
    columns: tuple[str, ...] = ()


def load_capacity(
    path: Path, areas: Collection[str], socs: Collection[str], cips: Collection[str], default_area: str
) -> CapacityFile:
    """The file, every code checked. A missing file has no rows and no problems.

    areas, socs, cips: the codes that may be named (regions are areas). default_area: of a row without one.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return CapacityFile(_frame([]), (), "")
    except OSError as error:
        why = f"it cannot be read ({error.strerror}). Check that it is a file and its permissions."
        return CapacityFile(_frame([]), (Problem(0, "", "", why),), "")
    return parse(content, Known(areas, socs, cips, default_area))


def parse(content: bytes, known: Known) -> CapacityFile:
    """The content of a capacity file; see load_capacity."""
    stamp = stamp_of(content)
    try:
        sheet = read_sheet(content, LAYOUT)
    except NotASheet as error:
        return CapacityFile(_frame([]), (Problem(0, "", "", str(error)),), stamp)
    problems = list(sheet.problems())
    rows: list[Row] = []
    if not sheet.lacking:
        rows, found = _rows(sheet, RowReader(known))
        problems += found
    ordered = tuple(sorted(problems, key=lambda p: p.line))
    return CapacityFile(_frame(rows), ordered, stamp, sheet.columns)


def stamp_of(content: bytes) -> str:
    """What tells one state of the file from another."""
    return hashlib.sha256(content).hexdigest()


def template() -> bytes:
    """An empty file with every column, for people to fill in."""
    return new_header(LAYOUT)


def key_of(row: Mapping[str, object]) -> Key:
    """What no two rows may share: provider and program (case and spaces apart), area and date."""
    names = (" ".join(str(row[name]).casefold().split()) for name in ("provider", "program"))
    provider, program = names
    return provider, program, str(row["area_code"]), str(row["as_of"])


def doubled(line: int, other: int) -> Problem:
    """The problem of a row that has the key of another line."""
    why = (
        f"the same provider, program, area and date as line {other}, which is kept. "
        "Correct one of the two, or remove it."
    )
    return Problem(line, "", "", why)


def _rows(sheet: Sheet, reader: RowReader) -> tuple[list[Row], list[Problem]]:
    rows: dict[Key, Row] = {}
    problems = []
    for record in sheet.records:
        if record.why:
            problems.append(Problem(record.line, "", "", record.why))
            continue
        cells = {name: restore_text(cell) for name, cell in sheet.by_column(record).items()}
        row, found = reader.read(record.line, cells)
        problems += found
        if found:
            continue
        first = rows.setdefault(key_of(row), {"line": record.line, **row})
        if first["line"] != record.line:
            problems.append(doubled(record.line, int(first["line"] or 0)))
    return list(rows.values()), problems


def _frame(rows: list[Row]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(_NAMES), dtype="object")
    return frame.astype({name: _KIND.get(name, "str") for name in _NAMES})
