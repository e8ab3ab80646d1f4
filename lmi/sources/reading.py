"""Reading publishers' files: cells as published, columns found by pattern, and errors that name
file, place and what was expected."""

import csv
import hashlib
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from lmi.domain.errors import BadFile
from lmi.domain.tables import Table

OBTAIN_AGAIN = "Get the file again from its publisher and put it there."
_REPOSITORY = Path(__file__).resolve().parents[2]
_PANDAS_KIND = {"text": "str", "int": "Int32", "float": "Float64", "bool": "boolean"}


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def locate(raw: Path, path: str) -> Path:
    """Where a declared file lies: paths that begin with data/ in this repository, others below `raw`."""
    return (_REPOSITORY if path.startswith("data/") else raw) / path


def require(path: Path) -> Path:
    """The path, if a non-empty file lies there; BadFile otherwise."""
    if not path.is_file():
        raise BadFile(f"{path.name} is missing.", f"It was expected at {path}.", OBTAIN_AGAIN)
    if path.stat().st_size == 0:
        raise BadFile(f"{path.name} is empty.", f"{path} has 0 bytes.", OBTAIN_AGAIN)
    return path


def sheet_rows(path: Path, sheet: str) -> list[list[str]]:
    """Every row of one sheet as text cells, stripped; row 1 of the sheet is the first.

    sheet: exact name. Whole numbers lose the '.0' that spreadsheets give them; empty cells are ''.
    """
    require(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        if sheet not in book.sheet_names:
            raise BadFile(
                f"{path.name} has no sheet '{sheet}'.",
                f"It has: {', '.join(book.sheet_names)}.",
                "If the publisher renamed the sheet, adapt the loader; else get the file again.",
            )
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise BadFile(f"{path.name} cannot be read as a workbook.", f"{error}.", OBTAIN_AGAIN) from error
    return [[cell_text(cell) for cell in row] for row in rows]


def read_sheet(path: Path, sheet: str, columns: Mapping[str, str], header_row: int) -> pd.DataFrame:
    """Rows below the header of one sheet as text (see sheet_rows), with the columns renamed.

    columns: our name -> regular expression that must match exactly one header cell (case and white
    space apart). header_row: 1-based.
    """
    rows = sheet_rows(path, sheet)
    if len(rows) <= header_row:
        raise BadFile(
            f"{path.name}, sheet '{sheet}' has {len(rows)} rows.",
            f"A header in row {header_row} and data below it were expected.",
            OBTAIN_AGAIN,
        )
    positions = find_columns(rows[header_row - 1], columns, f"{path.name}, sheet '{sheet}', row {header_row}")
    body = [[row[i] for i in positions] for row in rows[header_row:]]
    return pd.DataFrame(body, columns=list(columns), dtype="str")


def read_csv(path: Path, columns: Mapping[str, str], encoding: str = "utf-8-sig") -> pd.DataFrame:
    """A CSV file as text with the columns renamed; see read_sheet for `columns`."""
    require(path)
    try:
        with path.open(encoding=encoding, newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadFile(f"{path.name} cannot be read as CSV.", f"{error}.", OBTAIN_AGAIN) from error
    positions = find_columns([c.strip() for c in rows[0]], columns, f"{path.name}, row 1")
    width = len(rows[0])
    for number, row in enumerate(rows[1:], start=2):
        if row and len(row) != width:
            raise BadFile(
                f"{path.name}, row {number} has {len(row)} cells.",
                f"The header has {width}.",
                OBTAIN_AGAIN,
            )
    body = [[row[i].strip() for i in positions] for row in rows[1:] if row]
    return pd.DataFrame(body, columns=list(columns), dtype="str")


def read_large_csv(path: Path, columns: Mapping[str, str]) -> pd.DataFrame:
    """A CSV file (UTF-8) of many rows as text with the columns renamed; as read_csv, in less memory."""
    require(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file, strict=True))
        positions = find_columns([c.strip() for c in header], columns, f"{path.name}, row 1")
        wanted = [str(i) for i in positions]
        table = pa_csv.read_csv(
            path,
            pa_csv.ReadOptions(column_names=[str(i) for i in range(len(header))], skip_rows=1),
            convert_options=pa_csv.ConvertOptions(
                include_columns=wanted, column_types={name: pa.string() for name in wanted}
            ),
        )
    except (UnicodeDecodeError, csv.Error, pa.ArrowInvalid) as error:
        why = str(error).splitlines()[0]
        raise BadFile(f"{path.name} cannot be read as CSV.", f"{why}.", OBTAIN_AGAIN) from error
    cells = [pc.utf8_trim_whitespace(table[name]) for name in wanted]
    return pa.table(cells, names=list(columns)).to_pandas().astype("str")


def read_parquet(path: Path, columns: Mapping[str, str]) -> pd.DataFrame:
    """A Parquet file of text columns with the columns renamed; null becomes ''."""
    require(path)
    try:
        file = pq.ParquetFile(path)
        names = file.schema_arrow.names
        positions = find_columns(names, columns, f"{path.name}, column names")
        frame = file.read(columns=[names[i] for i in positions]).to_pandas()
    except (pa.ArrowInvalid, OSError) as error:
        raise BadFile(f"{path.name} cannot be read as Parquet.", f"{error}.", OBTAIN_AGAIN) from error
    frame = frame[[names[i] for i in positions]]
    frame.columns = pd.Index(list(columns))
    return frame.astype("str").fillna("")


def find_columns(header: Sequence[str], columns: Mapping[str, str], place: str) -> list[int]:
    """Position of each wanted column; each pattern must match exactly one header cell in full."""
    flat = [" ".join(cell.split()) for cell in header]
    positions = []
    for name, pattern in columns.items():
        hits = [i for i, cell in enumerate(flat) if re.fullmatch(pattern, cell, re.IGNORECASE)]
        if len(hits) != 1:
            found = "none" if not hits else f"{len(hits)} ({', '.join(flat[i] for i in hits)})"
            raise BadFile(
                f"{place}: column for {name} not recognised.",
                f"Exactly one heading matching '{pattern}' was expected, found {found}. "
                f"Headings there: {'; '.join(cell for cell in flat if cell)[:400]}.",
                "If the publisher changed the layout, map the new heading in the loader.",
            )
        positions.append(hits[0])
    return positions


def cell_text(value: object) -> str:
    """A spreadsheet cell as text: 12420.0 -> '12420', None -> ''."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def flags(column: pd.Series, place: str, *, blank: bool = False) -> pd.Series:
    """Y and N as booleans; anything else is BadFile. blank: whether an empty cell means N."""
    allowed = {"Y": True, "N": False} | ({"": False} if blank else {})
    one_of(column, allowed, place)
    return column.map(allowed).astype("boolean")


def one_of(column: pd.Series, allowed: Iterable[str], place: str) -> pd.Series:
    """The column itself, if every value is one of the allowed ones; BadFile otherwise."""
    expected = list(allowed)
    bad = ~column.isin(expected)
    if bad.any():
        row = int(bad.to_numpy().argmax())
        raise BadFile(
            f"{place}, {column.name}: unknown value '{column.iloc[row]}' (data row {row + 1}).",
            f"One of {', '.join(repr(value) for value in expected)} was expected.",
            "If the publisher added a category, add it to the loader.",
        )
    return column


def numbers(
    column: pd.Series, place: str, missing: Sequence[str] = ("",), thousands: bool = False
) -> pd.Series:
    """Text to numbers (Float64). Marks in `missing` become null; any other text is BadFile."""
    text = column.str.replace(",", "") if thousands else column
    is_missing = text.isin(list(missing))
    values = pd.to_numeric(text.mask(is_missing), errors="coerce").astype("Float64")
    bad = values.isna() & ~is_missing
    if bad.any():
        row = int(bad.to_numpy().argmax())
        raise BadFile(
            f"{place}, {column.name}: '{column.iloc[row]}' is not a number (data row {row + 1}).",
            f"A number or one of {', '.join(repr(m) for m in missing)} was expected.",
            "If the publisher uses a new mark for a missing value, add it to the loader.",
        )
    return values


def codes(column: pd.Series, pattern: str, place: str) -> pd.Series:
    """The column itself, if every value has the form of a code; BadFile otherwise."""
    bad = ~column.str.fullmatch(pattern)
    if bad.any():
        row = int(bad.to_numpy().argmax())
        raise BadFile(
            f"{place}, {column.name}: '{column.iloc[row]}' is not a valid code (data row {row + 1}).",
            f"The form {pattern} was expected.",
            OBTAIN_AGAIN,
        )
    return column


def conform(frame: pd.DataFrame, table: Table, place: str) -> pd.DataFrame:
    """The frame with the table's columns, order and types; BadFile where it breaks the declaration.

    Checks: columns present, nulls only where declared, key unique, codes and ranges as declared.
    """

    def refuse(what: str, why: str) -> BadFile:
        return BadFile(f"{place}: {what}", why, OBTAIN_AGAIN)

    lacking = [c for c in table.columns if c not in frame.columns]
    if lacking:
        raise refuse(f"no column {', '.join(lacking)}.", f"Table {table.id} needs it.")
    out = frame[list(table.columns)].copy()
    for name in table.columns:
        field = table.field(name)
        if field.kind == "text":
            out[name] = out[name].mask(out[name] == "") if name in table.nullable else out[name]
        out[name] = out[name].astype(_PANDAS_KIND[field.kind])
        if name not in table.nullable and out[name].isna().any():
            raise refuse(f"{name} has empty cells.", f"Table {table.id} allows none there.")
        known = out[name].dropna()
        if field.pattern and not known.str.fullmatch(field.pattern).all():
            worst = known[~known.str.fullmatch(field.pattern)].iloc[0]
            raise refuse(f"{name} holds '{worst}'.", f"The form {field.pattern} was expected.")
        if field.low is not None and (known < field.low).any():
            raise refuse(f"{name} holds {known.min()}.", f"At least {field.low} was expected.")
        if field.high is not None and (known > field.high).any():
            raise refuse(f"{name} holds {known.max()}.", f"At most {field.high} was expected.")
    doubled = out.duplicated(list(table.key))
    if doubled.any():
        example = out.loc[doubled, list(table.key)].iloc[0].to_dict()
        raise refuse(f"two rows for {example}.", f"{', '.join(table.key)} must identify a row.")
    return out.reset_index(drop=True)
