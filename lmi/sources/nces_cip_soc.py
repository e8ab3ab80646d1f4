"""NCES and BLS: which occupations an instructional program prepares for directly.
See https://nces.ed.gov/ipeds/cipcode/post3.aspx?y=56."""

from pathlib import Path

import pandas as pd

from lmi.domain.codes import CIP_PATTERN, SOC_PATTERN
from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

CROSSWALK = "education/CIP2020_SOC2018_Crosswalk.xlsx"
NO_SOC, NO_CIP = "99-9999", "99.9999"

SOURCE = Source(
    id="nces_cip_soc",
    publisher="National Center for Education Statistics; U.S. Bureau of Labor Statistics",
    title="CIP 2020 to SOC 2018 crosswalk",
    short_title="NCES CIP–SOC crosswalk, 2020",
    url="https://nces.ed.gov/ipeds/cipcode/post3.aspx?y=56",
    licence=US_PUBLIC_DOMAIN,
    attribution="National Center for Education Statistics and U.S. Bureau of Labor Statistics, "
    "CIP 2020 to SOC 2018 crosswalk.",
    period="CIP 2020, SOC 2018",
    released="2020-09",
    cadence="ten-yearly",
    next_due="2030-09",
    files=(RawFile(CROSSWALK, "2026-11"),),
    tables=("cip_soc_link",),
    caveats=("crosswalk_no_weights",),
    feeds_figures=False,
)


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table cip_soc_link.

    Programs without an occupation (99-9999) and occupations without a program (99.9999) are no links:
    they are left out and counted in the table's attrs['left_out'].
    """
    path = raw / CROSSWALK
    columns = {"cip": "CIP2020Code", "cip_title": "CIP2020Title", "soc2018": "SOC2018Code"}
    cells = reading.read_sheet(path, "CIP-SOC", columns, header_row=1)
    reading.codes(cells.cip, CIP_PATTERN, path.name)
    reading.codes(cells.soc2018, SOC_PATTERN, path.name)
    no_soc, no_cip = cells.soc2018 == NO_SOC, cells.cip == NO_CIP
    kept = cells[~no_soc & ~no_cip].copy()
    kept["cip_title"] = kept.cip_title.str.removesuffix(".")
    out = reading.conform(kept, TABLE_BY_ID["cip_soc_link"], path.name)
    out.attrs["left_out"] = {
        f"programs without an occupation ({NO_SOC})": int(no_soc.sum()),
        f"occupations without a program ({NO_CIP})": int((no_cip & ~no_soc).sum()),
    }
    return {"cip_soc_link": out}
