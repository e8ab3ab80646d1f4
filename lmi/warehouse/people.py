"""Questions about who works where: shares of groups by occupation, and the workforce of an area."""

import pandas as pd

from lmi.warehouse.ask import ask
from lmi.warehouse.connect import Warehouse


def shares(warehouse: Warehouse) -> pd.DataFrame:
    """Every detailed occupation with its CPS row: soc, cps_titles, match (own, joined, wider), employed
    (people), <group>_pct (null below the publisher's limit), and the same of the row's group."""
    return ask(warehouse, "select * from occupation_people")


def all_employed(warehouse: Warehouse) -> pd.Series:
    """The CPS row of all employed people: employed, <group>_pct."""
    return ask(warehouse, "select * from cps_occupation where cps_level = 'total'").iloc[0]


def workforce(warehouse: Warehouse) -> pd.DataFrame:
    """Employed civilians by area and group (ACS): area_code, survey_year, survey, group_id, people,
    people_moe (90%)."""
    return ask(warehouse, "select * from workforce order by area_code, group_id")


def clusters(warehouse: Warehouse) -> pd.DataFrame:
    """O*NET's career clusters and their occupations: career_cluster, soc. An occupation may be in several."""
    return ask(
        warehouse,
        "select distinct c.career_cluster, coalesce(k.soc, left(c.onet_soc, 7)) as soc from career_cluster c "
        "left join oews_soc_link k on k.soc2018 = left(c.onet_soc, 7) order by 1, 2",
    )
