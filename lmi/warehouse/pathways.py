"""Questions behind career pathways: skills of all occupations, related occupations, entry requirements."""

import pandas as pd

from lmi.warehouse.ask import ask
from lmi.warehouse.connect import Warehouse


def all_ratings(warehouse: Warehouse) -> pd.DataFrame:
    """O*NET's ratings of every occupation that OEWS publishes: soc, element_id, importance (1-5), level
    (0-7), not_relevant; occupations that are not rated have no row."""
    return ask(
        warehouse,
        "select soc, element_id, importance, level, not_relevant from occupation_rating "
        "where soc in (select soc from oews_occupation where soc_level = 'detailed') "
        "order by soc, element_id",
    )


def related(warehouse: Warehouse) -> pd.DataFrame:
    """O*NET's related occupations in the codes that OEWS publishes: start, goal, related_rank (1 = most
    related; the best of their finer occupations)."""
    return ask(
        warehouse,
        "select a.soc as start, b.soc as goal, min(r.related_rank) as related_rank from onet_related r "
        "join onet_soc_link a on a.onet_soc = r.onet_soc "
        "join onet_soc_link b on b.onet_soc = r.related_onet_soc "
        "join oews_occupation x on x.soc = a.soc and x.soc_level = 'detailed' "
        "join oews_occupation y on y.soc = b.soc and y.soc_level = 'detailed' where a.soc <> b.soc "
        "group by 1, 2 order by 1, 3, 2",
    )


def requirements(warehouse: Warehouse) -> pd.DataFrame:
    """What every detailed occupation of OEWS asks for: soc, title, typical_education, work_experience,
    on_the_job_training, job_zone (1-5; missing where O*NET gives none)."""
    return ask(
        warehouse,
        "select soc, title, typical_education, work_experience, on_the_job_training, job_zone "
        "from occupation where in_oews and soc_level = 'detailed' order by soc",
    )


def minor_groups(warehouse: Warehouse) -> dict[str, str]:
    """The SOC minor group of every occupation and group below one."""
    rows = ask(warehouse, "select soc, soc_level, parent_soc from soc_structure")
    level = dict(zip(rows.soc, rows.soc_level, strict=True))
    parent = dict(zip(rows.soc, rows.parent_soc, strict=True))
    found = {}
    for soc in level:
        above = soc
        while isinstance(above, str) and level.get(above) not in (None, "minor"):
            above = parent.get(above)
        if isinstance(above, str) and level.get(above) == "minor":
            found[soc] = above
    return found
