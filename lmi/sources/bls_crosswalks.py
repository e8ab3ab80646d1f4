"""BLS crosswalks between occupation codes: O*NET and CPS to the National Employment Matrix, and the
2019 hybrid structure of OES. See https://www.bls.gov/emp/documentation/crosswalks.htm."""

from pathlib import Path

import pandas as pd

from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

ONET_LINK = "mappings/nem-onet-to-soc-crosswalk.xlsx"
CPS_LINK = "mappings/nem-occcode-cps-crosswalk.xlsx"
HYBRID = "mappings/oes_2019_hybrid_structure.xlsx"


def _source(
    source_id: str, title: str, url: str, period: str, released: str, file: str, table: str
) -> Source:
    return Source(
        id=source_id,
        publisher="U.S. Bureau of Labor Statistics",
        title=title,
        short_title=f"BLS: {title}",
        url=url,
        licence=US_PUBLIC_DOMAIN,
        attribution=f"U.S. Bureau of Labor Statistics, {title}.",
        period=period,
        released=released,
        cadence="as needed",
        next_due="",
        files=(RawFile(file, "2026-11"),),
        tables=(table,),
        caveats=("crosswalk_no_weights",),
        feeds_figures=False,
    )


_EMP = "https://www.bls.gov/emp/documentation/crosswalks.htm"
ONET_SOURCE = _source(
    "bls_onet_link", "O*NET-SOC to matrix occupations", _EMP, "O*NET-SOC 2019, matrix 2022", "2023-09-06",
    ONET_LINK, "onet_soc_link",
)  # fmt: skip
CPS_SOURCE = _source(
    "bls_cps_link", "CPS to matrix 2020 occupations", _EMP, "Census 2018 codes, matrix 2020", "2021-09-08",
    CPS_LINK, "nem_cps_link",
)  # fmt: skip
HYBRID_SOURCE = _source(
    "bls_oes_hybrid", "OES 2019 hybrid structure", "https://www.bls.gov/oes/soc_2018.htm",
    "May 2019 and May 2020", "2020", HYBRID, "soc_hybrid_link",
)  # fmt: skip


def parse_onet(raw: Path) -> dict[str, pd.DataFrame]:
    """Table onet_soc_link: every O*NET-SOC code with its matrix occupation."""
    path = raw / ONET_LINK
    columns = {"onet_soc": r"O\*NET-SOC Code", "soc": "NEM Code"}
    cells = reading.read_sheet(path, "ONET to SOC crosswalk", columns, header_row=5)
    return {"onet_soc_link": reading.conform(cells, TABLE_BY_ID["onet_soc_link"], path.name)}


def parse_cps(raw: Path) -> dict[str, pd.DataFrame]:
    """Table nem_cps_link. CPS codes are numbers in the workbook: the zeros in front are put back."""
    path = raw / CPS_LINK
    columns = {"hybrid_soc": "Hybrid SOC Code", "cps_code": "CPS Code", "cps_title": "CPS Occupational Title"}
    cells = reading.read_sheet(path, "NEM SOC CPS crosswalk", columns, header_row=5)
    cells["cps_code"] = reading.codes(cells.cps_code, r"\d{2,4}", path.name).str.zfill(4)
    return {"nem_cps_link": reading.conform(cells, TABLE_BY_ID["nem_cps_link"], path.name)}


def parse_hybrid(raw: Path) -> dict[str, pd.DataFrame]:
    """Table soc_hybrid_link: estimates code of May 2019 and 2020 to SOC 2018 and SOC 2010."""
    path = raw / HYBRID
    columns = {
        "hybrid_soc": "OES 2019 Estimates Code", "soc2018": "2018 SOC Code", "soc2010": "2010 SOC Code",
    }  # fmt: skip
    cells = reading.read_sheet(path, "OES2019 Hybrid", columns, header_row=6)
    return {"soc_hybrid_link": reading.conform(cells, TABLE_BY_ID["soc_hybrid_link"], path.name)}
