"""O*NET OnLine's 16 career clusters and their pathways. See https://www.onetonline.org/find/career."""

from pathlib import Path

import pandas as pd

from lmi.domain.errors import BadFile
from lmi.domain.source import CC_BY_4, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

CLUSTERS = "mappings/onet_All_Career_Clusters_16.csv"

SOURCE = Source(
    id="onet_clusters",
    publisher="U.S. Department of Labor, Employment and Training Administration",
    title="O*NET OnLine career clusters (16 clusters)",
    short_title="O*NET career clusters",
    url="https://www.onetonline.org/find/career",
    licence=CC_BY_4,
    attribution="O*NET OnLine by the U.S. Department of Labor, Employment and Training Administration "
    "(USDOL/ETA), CC BY 4.0. Clusters listed together have been separated.",
    period="framework of 16 clusters, before 2024",
    released="",
    cadence="as needed",
    next_due="",
    files=(RawFile(CLUSTERS, "2026-11"),),
    tables=("career_cluster",),
    caveats=("crosswalk_no_weights",),
    feeds_figures=False,
)


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table career_cluster. Cells may list several clusters and, in step, their pathways by ';'."""
    path = raw / CLUSTERS
    columns = {"onet_soc": "Code", "career_cluster": "career_cluster", "career_pathway": "Career Pathway"}
    cells = reading.read_csv(path, columns)
    lists = {name: cells[name].str.split(r"\s*;\s*", regex=True) for name in list(columns)[1:]}
    uneven = lists["career_cluster"].str.len() != lists["career_pathway"].str.len()
    if uneven.any():
        raise BadFile(
            f"{path.name}: {cells[uneven].iloc[0].onet_soc} lists clusters and pathways unequally.",
            "As many pathways as clusters were expected, separated by ';'.",
            reading.OBTAIN_AGAIN,
        )
    out = cells.assign(**lists).explode(list(lists))
    return {"career_cluster": reading.conform(out, TABLE_BY_ID["career_cluster"], path.name)}
