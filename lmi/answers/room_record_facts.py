"""What labor-market information says of the occupations that a room names."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lmi.analysis import tristate
from lmi.answers import local
from lmi.answers.desk import Desk
from lmi.answers.profile_figures import FigureMaker
from lmi.answers.ranking import judge
from lmi.warehouse import queries


def facts_of(desk: Desk, area_code: str, socs: Sequence[str]) -> dict[str, Any]:
    """soc -> its figures here, each with source, period, area, basis; and whether it is in demand.

    occupations: soc -> {in_demand: True, False or None (cannot be decided), figures}; rule: by which rule,
    the settings' own; occupations are {} for an area that is no more.
    """
    rule = desk.demand_rules[desk.settings.default_demand_rule]
    told: dict[str, Any] = {"rule": rule.name, "occupations": {}}
    if area_code not in desk.areas or not socs:
        return told
    here = local.load(desk, desk.area(area_code))
    verdicts = judge(desk, here, rule.id).verdict
    demanded = {
        soc: tristate.to_python(verdict) for soc, verdict in zip(here.detailed.soc, verdicts, strict=True)
    }
    rows = here.detailed.set_index("soc", drop=False)
    for soc in dict.fromkeys(socs):
        about = queries.occupation(desk.warehouse, soc)
        if len(about):
            row = rows.loc[soc] if soc in rows.index else None
            told["occupations"][soc] = {
                "in_demand": demanded.get(soc),
                "figures": _figures(desk, here, about.iloc[0], row),
            }
    return told


def _figures(desk: Desk, here: local.Local, about: pd.Series, row: pd.Series | None) -> dict[str, Any]:
    maker = FigureMaker(desk, here.area, about, row)
    found = [
        maker.oews("employment"),
        maker.openings("openings_per_year"),
        maker.oews("wage_median_usd_year"),
    ]
    return {
        figure.name: figure.as_json() | ({"at_least": True} if figure.lower_bound else {}) for figure in found
    }
