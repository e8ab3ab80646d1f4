"""How far the facts reach: which occupations, awards and institutions can be matched with what."""

import pandas as pd

from lmi.warehouse.ask import ask
from lmi.warehouse.connect import Warehouse


def occupations(warehouse: Warehouse) -> pd.DataFrame:
    """Every detailed occupation of OEWS in the nation: soc, title, employment (jobs), projected, match
    (own, joined, wider or null), cps_titles, shares_published, rated, technologies, linked, teaching."""
    return ask(
        warehouse,
        """
        select o.soc, o.title, e.employment, p.soc is not null as projected, s.match, s.cps_titles,
               coalesce(s.women_pct is not null, false) as shares_published,
               o.soc in (select soc from occupation_rating) as rated,
               o.soc in (select soc from occupation_technology) as technologies,
               o.soc in (select soc from cip_occupation where not teaching) as linked,
               o.soc in (select soc from cip_occupation where teaching) as teaching
        from oews_occupation o
        left join employment_wage e on e.soc = o.soc and e.area_code = 'US'
        left join projection p on p.soc = o.soc and p.area_code = 'US' and p.line_type = 'Line item'
        left join occupation_people s on s.soc = o.soc
        where o.soc_level = 'detailed' order by o.soc
        """,
    )


def programs(warehouse: Warehouse, year: int) -> pd.DataFrame:
    """Awards of a year by program: cip, cip_title, awards, linked (to an occupation), military_only
    (to none that BLS publishes figures for), teaching_only."""
    return ask(
        warehouse,
        """
        with link as (select cip, bool_and(teaching) as teaching_only from cip_occupation group by cip),
        named as (select distinct cip from cip_soc_link)
        select a.cip, any_value(p.cip_title) as cip_title, sum(a.awards) as awards,
               bool_or(n.cip is not null) as linked, bool_or(l.cip is null) as military_only,
               coalesce(bool_or(l.teaching_only), false) as teaching_only
        from area_completion a left join program p using (cip) left join link l using (cip)
        left join named n using (cip)
        where a.area_code = 'US' and a.award_year = $1 group by a.cip order by awards desc, a.cip
        """,
        [year],
    )


def institutions(warehouse: Warehouse, year: int) -> pd.DataFrame:
    """Institutions with awards in a year: unitid, institution_name, awards, in_directory, in_state (one of
    OEWS), in_metro, cbsa_type."""
    return ask(
        warehouse,
        """
        with place as (
            select unitid, bool_or(length(area_code) = 2 and area_code <> 'US') as in_state,
                   bool_or(length(area_code) = 5) as in_metro from institution_area group by unitid
        )
        select c.unitid, any_value(i.institution_name) as institution_name, sum(c.awards) as awards,
               bool_or(i.unitid is not null) as in_directory, bool_or(p.in_state) as in_state,
               bool_or(p.in_metro) as in_metro, any_value(i.cbsa_type) as cbsa_type
        from completion c left join institution i using (unitid) join place p using (unitid)
        where c.award_year = $1 group by c.unitid order by awards desc, c.unitid
        """,
        [year],
    )
