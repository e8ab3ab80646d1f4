"""The Standard Occupational Classification 2018: codes, titles and their hierarchy.
See https://www.bls.gov/soc/2018/."""

from pathlib import Path

import pandas as pd

from lmi.domain.codes import SOC_PATTERN
from lmi.domain.errors import BadFile
from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

STRUCTURE = "mappings/soc_structure_2018.xlsx"

SOURCE = Source(
    id="bls_soc",
    publisher="U.S. Office of Management and Budget; U.S. Bureau of Labor Statistics",
    title="Standard Occupational Classification, 2018",
    short_title="SOC 2018",
    url="https://www.bls.gov/soc/2018/",
    licence=US_PUBLIC_DOMAIN,
    attribution="Standard Occupational Classification 2018, OMB and U.S. Bureau of Labor Statistics.",
    period="2018",
    released="2017-11",
    cadence="ten-yearly",
    next_due="2028-01",
    files=(RawFile(STRUCTURE, "2026-11"),),
    tables=("soc_structure",),
    feeds_figures=False,
)

_LEVELS = {
    "major": "Major Group", "minor": "Minor Group", "broad": "Broad Group",
    "detailed": "Detailed Occupation",
}  # fmt: skip


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table soc_structure. The parent is the last group one level up in the publisher's order."""
    path = raw / STRUCTURE
    columns = {**_LEVELS, "title": r"(SOC )?(Title)?"}  # the title column has no heading
    cells = reading.read_sheet(path, "2018 Structure", columns, header_row=8)
    levels = list(_LEVELS)
    rows: list[tuple[str, str, str, str]] = []
    latest: dict[str, str] = {}
    for number, row in enumerate(cells.to_dict("records"), start=1):
        filled = [level for level in levels if row[level]]
        if not filled and not row["title"]:
            continue
        above = levels[levels.index(filled[0]) - 1] if filled and filled[0] != "major" else ""
        if len(filled) != 1 or (above and above not in latest):
            raise BadFile(
                f"{path.name}, sheet '2018 Structure', data row {number}: no place in the hierarchy.",
                "Exactly one of the four code columns should be filled, below its group.",
                reading.OBTAIN_AGAIN,
            )
        level = filled[0]
        latest[level] = row[level]
        rows.append((row[level], row["title"], level, latest.get(above, "")))
    table = TABLE_BY_ID["soc_structure"]
    out = pd.DataFrame(rows, columns=list(table.columns), dtype="str")
    reading.codes(out.soc, SOC_PATTERN, path.name)
    return {"soc_structure": reading.conform(out, table, path.name)}
