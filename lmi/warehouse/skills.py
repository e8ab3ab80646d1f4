"""Questions about what an occupation asks for: skills, knowledge, technology, education reported."""

from collections.abc import Sequence

import pandas as pd

from lmi.warehouse.ask import ask
from lmi.warehouse.connect import Warehouse


def ratings(warehouse: Warehouse, socs: Sequence[str]) -> pd.DataFrame:
    """O*NET's ratings of the occupations: soc, kind, element_id, element_name, importance (1-5), level
    (0-7), not_relevant, rated_parts, rated_main, mean_importance and sd_importance (over all rated
    occupations). An occupation that is not rated has no row."""
    return ask(
        warehouse,
        "select r.*, n.mean_importance, n.sd_importance from occupation_rating r "
        "join element_norm n using (element_id) where r.soc = any($1) order by r.soc, r.kind, r.element_id",
        [list(socs)],
    )


def technologies(warehouse: Warehouse, soc: str) -> pd.DataFrame:
    """Technology skills, hot ones first, then those in demand in the occupation: technology,
    commodity_title, hot_technology, in_demand_technology."""
    return ask(
        warehouse,
        "select technology, commodity_title, hot_technology, in_demand_technology "
        "from occupation_technology where soc = $1 "
        "order by hot_technology desc, in_demand_technology desc, lower(technology), technology",
        [soc],
    )


def reported_education(warehouse: Warehouse, soc: str) -> pd.DataFrame:
    """Education that people in the job say it requires: category, category_label, share_pct."""
    return ask(
        warehouse,
        "select category, category_label, share_pct, rated_parts from occupation_education "
        "where soc = $1 order by category",
        [soc],
    )
