"""The questions that the product asks of the facts: the only SQL on facts. Values are always bound."""

from collections.abc import Sequence

import pandas as pd

from lmi.domain.codes import TOTAL_SOC
from lmi.domain.fields import WAGE_COLUMNS
from lmi.warehouse.ask import ask
from lmi.warehouse.connect import Warehouse

_WAGES = ", ".join(f"e.{column}" for column in WAGE_COLUMNS)
_YEARS = "(p.target_year - p.base_year)"
_LOCAL = f"""
    select e.area_code, e.soc, o.title, e.soc_level, o.major_group, o.major_title,
           e.employment, e.employment_rse_pct, e.jobs_per_1000, e.location_quotient, e.wage_rse_pct,
           {_WAGES}, e.pay_basis, e.top_coded,
           o.typical_education, o.work_experience, o.on_the_job_training,
           o.job_zone, o.job_zone_parts, o.job_zone_main,
           p.growth_pct, p.base_jobs as nation_base_jobs,
           p.employment_change / {_YEARS} as nation_change_per_year,
           p.exits_per_year as nation_exits_per_year,
           p.transfers_per_year as nation_transfers_per_year,
           p.openings_per_year as nation_openings_per_year
    from employment_wage e
    join occupation o using (soc)
    left join projection p on p.soc = e.soc and p.area_code = 'US'
"""  # noqa: S608 - only names declared in this project are put in


def areas(warehouse: Warehouse) -> pd.DataFrame:
    """All areas: area_code, area_name, area_type, short_name, former_names, state_fips, states, jobs."""
    return ask(
        warehouse,
        "select a.*, e.employment as jobs from area a left join employment_wage e "
        "on e.area_code = a.area_code and e.soc = $1 "
        "order by array_position(['nation', 'state', 'territory', 'metro', 'nonmetro'], a.area_type), "
        "a.area_name",
        [TOTAL_SOC],
    )


def local_rows(warehouse: Warehouse, area_codes: Sequence[str]) -> pd.DataFrame:
    """All published rows of the areas (groups too), with requirements and the nation's rates.

    Columns: as selected in this module; employment in jobs, wages in USD, nation_* per year.
    """
    return ask(
        warehouse, _LOCAL + " where e.area_code = any($1) order by e.area_code, e.soc", [list(area_codes)]
    )


def rows_of(warehouse: Warehouse, soc: str, area_codes: Sequence[str]) -> pd.DataFrame:
    """The rows of one occupation or group in the given areas; same columns as local_rows."""
    sql = _LOCAL + " where e.soc = $1 and e.area_code = any($2) order by e.area_code"
    return ask(warehouse, sql, [soc, list(area_codes)])


def occupation(warehouse: Warehouse, soc: str) -> pd.DataFrame:
    """One row (or none): title, level, group, requirements and job zone of a code."""
    return ask(warehouse, "select * from occupation where soc = $1", [soc])


def members(warehouse: Warehouse, soc: str) -> list[str]:
    """The codes one level below a group in the SOC structure."""
    return list(ask(warehouse, "select soc from occupation where parent_soc = $1 order by soc", [soc]).soc)


def occupations(warehouse: Warehouse) -> pd.DataFrame:
    """Every code that can be asked for: soc, title, soc_level, major_group, in_oews."""
    return ask(
        warehouse,
        "select soc, title, soc_level, major_group, major_title, in_oews from occupation order by soc",
    )


def area_medians(warehouse: Warehouse) -> pd.DataFrame:
    """Median pay over all occupations in every area: area_code, wage_median_usd_hour and _year."""
    return ask(
        warehouse,
        "select area_code, wage_median_usd_hour, wage_median_usd_year from employment_wage where soc = $1",
        [TOTAL_SOC],
    )


def projection(warehouse: Warehouse, soc: str) -> pd.DataFrame:
    """The nation's projection of one occupation or group: one row or none."""
    return ask(warehouse, "select * from projection where soc = $1 and area_code = 'US'", [soc])


def everywhere(warehouse: Warehouse, soc: str) -> pd.DataFrame:
    """One occupation in every area: area_code, area_name, short_name, area_type, employment,
    location_quotient, wage_median_usd_year; areas that publish nothing have missing values."""
    return ask(
        warehouse,
        "select a.area_code, a.area_name, a.short_name, a.area_type, a.states, e.employment, "
        "e.employment_rse_pct, e.location_quotient, e.wage_median_usd_year, e.wage_median_usd_hour, "
        "e.soc is not null as listed from area a "
        "left join employment_wage e on e.area_code = a.area_code and e.soc = $1 order by a.area_code",
        [soc],
    )


def national_jobs(warehouse: Warehouse) -> pd.DataFrame:
    """The nation's jobs by occupation and group: soc, employment."""
    return ask(warehouse, "select soc, employment from employment_wage where area_code = 'US'")


def industries(warehouse: Warehouse, soc: str, limit: int = 8) -> pd.DataFrame:
    """The nation's largest industries (sectors and 3-digit) for an occupation: naics, naics_title,
    employment, share_pct of the occupation's jobs."""
    return ask(
        warehouse,
        "select s.naics, s.naics_title, s.employment, 100.0 * s.employment / e.employment as share_pct "
        "from staffing_pattern s join employment_wage e on e.soc = s.soc and e.area_code = 'US' "
        "where s.soc = $1 and s.industry_level = '3-digit' and s.employment is not null "
        "order by s.employment desc, s.naics limit $2",
        [soc, limit],
    )


def search(warehouse: Warehouse, text: str, limit: int = 8) -> pd.DataFrame:
    """Occupations whose code, title or alternate title holds the text: soc, title, matched, score.

    Best first: the code itself, then equal titles, titles that start so, whole words, parts; among
    equals the larger occupation. Every word of the text must occur.
    """
    words = text.lower().split()
    if not words:
        return ask(warehouse, "select soc, title, title as matched, 0 as score from occupation limit 0")
    return ask(
        warehouse,
        """
        with hit as (
            select t.soc, t.title as matched,
                   case when t.soc = $1 then 100
                        when t.folded = $1 then 90
                        when starts_with(t.folded, $1) then 70
                        when contains(' ' || t.folded || ' ', ' ' || $1 || ' ') then 60
                        else 40 end + case when t.kind = 'title' then 15 else 0 end as score
            from occupation_title t
            where t.soc = $1 or list_bool_and(list_transform($2, lambda w: contains(t.folded, w)))
        ), best as (
            select soc, arg_max(matched, (score, -length(matched), matched)) as matched, max(score) as score,
                   count(*) as hits
            from hit group by soc
        )
        select b.soc, o.title, b.matched, b.score from best b join occupation o using (soc)
        left join employment_wage e on e.soc = b.soc and e.area_code = 'US'
        order by b.score desc, b.hits desc, e.employment desc nulls last, b.soc limit $3
        """,
        [" ".join(words), words, limit],
    )


def alternate_titles(warehouse: Warehouse, soc: str, limit: int = 12) -> list[str]:
    """Other titles of an occupation for 'also called': those that share a word with its own first."""
    found = ask(
        warehouse,
        "select a.title from occupation_title a join occupation o using (soc) "
        "where a.soc = $1 and a.kind = 'alternate' "
        "order by not list_bool_or(list_transform(string_split(lower(o.title), ' '), "
        "lambda w: length(w) > 4 and contains(a.folded, rtrim(w, 's')))), length(a.title), a.title limit $2",
        [soc, limit],
    )
    return list(found.title)


def price_index(warehouse: Warehouse) -> dict[int, float]:
    """CPI-U annual averages by year."""
    found = ask(warehouse, "select year, cpi_u from price_index order by year")
    return dict(zip(found.year.astype(int), found.cpi_u.astype(float), strict=True))


def sources(warehouse: Warehouse) -> pd.DataFrame:
    """Every source with publisher, title, period, the three dates, licence, attribution and rows."""
    return ask(warehouse, "select * from source order by feeds_figures desc, id")
