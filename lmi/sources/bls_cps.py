"""BLS Current Population Survey, table 11: employed people by occupation, with the shares of women, race
and ethnic groups; nation only. See https://www.bls.gov/cps/cpsaat11.htm."""

from pathlib import Path

import pandas as pd

from lmi.domain.errors import BadFile
from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

TABLE_11 = "demographics/cpsaat11_2025.csv"

SOURCE = Source(
    id="bls_cps",
    publisher="U.S. Bureau of Labor Statistics",
    title="Current Population Survey, annual averages 2025, table 11",
    short_title="BLS CPS table 11, 2025",
    url="https://www.bls.gov/cps/cpsaat11.htm",
    licence=US_PUBLIC_DOMAIN,
    attribution="U.S. Bureau of Labor Statistics, Current Population Survey, table 11, annual averages 2025.",
    period="2025",
    released="2026-01",
    cadence="yearly",
    next_due="2027-01",
    files=(RawFile(TABLE_11, "2026-11"),),
    tables=("cps_occupation",),
    caveats=("national_shares", "groups_overlap", "cps_sampling", "cps_universe", "cps_2025_eleven_months"),
)

_NOT_PUBLISHED = ("-", "–", "—")  # hyphen (text copy), en and em dash (workbooks)
_COLUMNS = {
    "indent": "indent_level", "cps_title": "occupation", "employed": "total_employed_thousands",
    "women_pct": "pct_women", "white_pct": "pct_white", "black_pct": "pct_black_or_african_american",
    "asian_pct": "pct_asian", "hispanic_pct": "pct_hispanic_or_latino",
}  # fmt: skip
_SHARES = tuple(name for name in _COLUMNS if name.endswith("_pct"))
_SHEET = "cpsaat11"
_HEADER_ROWS = slice(3, 6)  # rows 4 to 6 of the sheet, one heading spread over three
_BODY = 6
_PERCENT = "(Percent of total employed )?"
_HEADINGS = {
    "cps_title": "Occupation", "employed": r"(\d{4} )?Total employed", "women_pct": f"{_PERCENT}Women",
    "white_pct": f"{_PERCENT}White", "black_pct": f"{_PERCENT}Black or African American",
    "asian_pct": f"{_PERCENT}Asian", "hispanic_pct": f"{_PERCENT}Hispanic or Latino",
}  # fmt: skip


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table cps_occupation, its lines numbered in the order of the file.

    Published thousands become people. A dash means not published and gives null. BadFile where a
    group's employed are not the sum of its parts within rounding.
    """
    path = raw / TABLE_11
    cells = reading.read_csv(path, _COLUMNS)
    if cells.empty:
        raise BadFile(f"{path.name} has no rows.", "Only a header was found.", reading.OBTAIN_AGAIN)
    levels, parents = hierarchy(reading.codes(cells.indent, r"\d", path.name).astype(int).tolist())
    cells["cps_level"], cells["parent_line"] = levels, pd.array(parents, dtype="Int32")
    return {"cps_occupation": _finish(cells, path.name)}


def parse_workbook(path: Path, like: pd.DataFrame) -> pd.DataFrame:
    """Another vintage as the publisher's workbook has it, in the columns of cps_occupation.

    like: cps_occupation of the bundled vintage. The workbook shows the hierarchy by indentation only,
    which is formatting, so it is taken from the titles of `like`, letter case and spaces apart. BadFile
    where the workbook's titles are not those of `like` in the same order.
    """
    rows = reading.sheet_rows(path, _SHEET)
    place = f"{path.name}, sheet '{_SHEET}'"
    headings = [" ".join(part for part in column if part) for column in zip(*rows[_HEADER_ROWS], strict=True)]
    positions = reading.find_columns(headings, _HEADINGS, f"{place}, rows 4 to 6")
    body = [[row[i] for i in positions] for row in rows[_BODY:]]
    kept = [row for row in body if any(row) and not row[0].lower().startswith("note")]
    cells = pd.DataFrame(kept, columns=list(_HEADINGS), dtype="str")
    wanted, found = [_plain(x) for x in like.cps_title], [_plain(x) for x in cells.cps_title]
    if found != wanted:
        odd = next((x for x in found if x not in wanted), next((x for x in wanted if x not in found), ""))
        raise BadFile(
            f"{place}: occupations are not those of the bundled vintage.",
            f"{len(wanted)} titles in a known order were expected, found {len(found)}; see '{odd}'.",
            "If the publisher changed the occupations, give the new table with its indentation.",
        )
    cells["cps_title"] = list(like.cps_title)
    cells["cps_level"], cells["parent_line"] = list(like.cps_level), like.parent_line.array
    return _finish(cells, place)


def hierarchy(indents: list[int]) -> tuple[list[str], list[int | None]]:
    """Level and parent line of each row; the first row is the total, and parent of the top groups.

    A row is a group where the next row is deeper, for the table's depth differs by branch. Its parent is
    the nearest earlier row of smaller indent.
    """
    levels, parents = ["total"], [None]
    above: list[tuple[int, int]] = [(-1, 1)]  # indent and line of the rows that may still get children
    out: list[int | None] = list(parents)
    for line, indent in enumerate(indents[1:], start=2):
        while above[-1][0] >= indent:
            above.pop()
        out.append(above[-1][1])
        above.append((indent, line))
        levels.append("group" if line < len(indents) and indents[line] > indent else "detail")
    return levels, out


def check_sums(table: pd.DataFrame, place: str) -> None:
    """The employed of every group, and of all, are the sum of their parts; thousands are rounded."""
    parts = table.groupby("parent_line").employed.agg(["sum", "size"])
    for line, (total, number) in parts.iterrows():
        whole = table[table.cps_line == line].iloc[0]
        if abs(whole.employed - total) > 1000 * (number + 1):
            raise BadFile(
                f"{place}: employed of '{whole.cps_title}' (line {line}) are not the sum of their parts.",
                f"{whole.employed:,} against {total:,} in {number} parts.",
                reading.OBTAIN_AGAIN,
            )


def _finish(cells: pd.DataFrame, place: str) -> pd.DataFrame:
    """Text cells with level and parent become the declared table, checked."""
    out = cells.copy()
    out["cps_line"] = range(1, len(out) + 1)
    out["employed"] = reading.numbers(out.employed, place, (), thousands=True) * 1000
    for name in _SHARES:
        out[name] = reading.numbers(out[name], place, _NOT_PUBLISHED)
        bad = ~out[name].between(0, 100).fillna(True)
        if bad.any():
            row = int(bad.to_numpy(dtype=bool).argmax())
            raise BadFile(
                f"{place}, {name}: {out[name].iloc[row]} is no share (data row {row + 1}).",
                f"0 to 100 was expected for '{out.cps_title.iloc[row]}'.",
                reading.OBTAIN_AGAIN,
            )
    table = reading.conform(out, TABLE_BY_ID["cps_occupation"], place)
    check_sums(table, place)
    return table


def _plain(title: str) -> str:
    return " ".join(title.split()).lower()
