"""The cells of one workforce file that staff supply: CSV or JSON in the Census API's layout, as text.

A line or entry keeps its place, so that a problem can name it. Nothing in the file is ever run."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lmi.domain.plain_text import shown

_MOST_BYTES = 50_000_000
_LABELS = re.compile(r"geography|estimate!!.*|margin of error!!.*", re.I)
Placed = tuple[str, tuple[str, ...] | None]
SAVE_AS_CSV = "Save it as CSV (UTF-8), or keep the Census API's JSON as it came."


class Unreadable(Exception):
    """A file that cannot be read at all: the message names what was found and what is accepted."""


@dataclass(frozen=True)
class Cells:
    """Header and rows, each with its place: 'line 3' or 'entry 3'. A row may be None, where its text is
    no row at all."""

    header: tuple[str, ...]
    rows: tuple[Placed, ...]


def read_cells(path: Path) -> Cells:
    """The file's cells as stripped text, missing ones as ''; labels under the header are left out."""
    text = _text(path)
    places = list(_entries(text) if _is_json(path, text) else _lines(text))
    head = places[0][1] if places else None
    if head is None:
        raise Unreadable(f"the file is empty. Accepted: a header with GEO_ID and variables. {SAVE_AS_CSV}")
    header = tuple(cell.upper() if cell.upper() in {"GEO_ID", "NAME"} else cell for cell in head)
    rows = places[1:]
    if rows and any(_LABELS.fullmatch(cell) for cell in rows[0][1] or ()):
        rows = rows[1:]
    return Cells(header, tuple(rows))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Unreadable(
                f"the file is larger than {_MOST_BYTES // 1_000_000} MB. Cut it to the areas used."
            )
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"the file cannot be read ({error.strerror}). Check its permissions.") from error
    if b"\0" in content:
        raise Unreadable(f"the file is not text. {SAVE_AS_CSV}")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"the file is neither UTF-8 nor Windows text. {SAVE_AS_CSV}")


def _is_json(path: Path, text: str) -> bool:
    return path.suffix.lower() == ".json" or text.lstrip()[:1] == "["


def _lines(text: str) -> Iterator[Placed]:
    reader = csv.reader(io.StringIO(text, newline=""))
    start = 1
    try:
        for row in reader:
            cells = tuple(cell.strip() for cell in row)
            if any(cells):
                yield f"line {start}", cells
            start = reader.line_num + 1
    except csv.Error:  # a cell without end
        yield f"line {start}", None


def _entries(text: str) -> Iterator[Placed]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the file is not JSON ({shown(error)}). {SAVE_AS_CSV}") from error
    if not isinstance(content, list) or not (content and isinstance(content[0], list)):
        raise Unreadable("the file is not a list of lists. Accepted: the Census API's JSON as it came.")
    for number, entry in enumerate(content, start=1):
        yield (
            f"entry {number}",
            (tuple(_cell(value) for value in entry) if isinstance(entry, list) else None),
        )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    # true, lists and mappings become text that is no number, so their row is reported
    return str(value).strip() if isinstance(value, str | int | float) else f"a {type(value).__name__}"
