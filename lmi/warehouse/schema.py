"""SQL that makes the warehouse: declared tables from the bundle, and tables derived from them."""

import hashlib

from lmi.domain.tables import TABLES, Table
from lmi.warehouse import derived

SQL_TYPE = {"text": "VARCHAR", "int": "INTEGER", "float": "DOUBLE", "bool": "BOOLEAN"}

# Loaded in this order: the area-by-occupation table sorted, so that one area's rows lie together.
ORDER_BY = {
    "employment_wage": "area_code, soc", "staffing_pattern": "naics, soc",
    "completion": "cip, unitid, award_level, award_year",
}  # fmt: skip

DERIVED: dict[str, str] = {
    # Every code a person may ask for, with the title, requirements and job zone that belong to it.
    # Job zone: the O*NET-SOC .00 code; where it has none, the mean of its finer codes. A code that
    # OEWS combines takes the mean of its parts. job_zone_parts tells how many were averaged.
    "occupation": """
        create table occupation as
        with zone as (
            select l.soc, z.job_zone, right(z.onet_soc, 3) = '.00' as is_main,
                   bool_or(right(z.onet_soc, 3) = '.00') over (partition by l.soc) as has_main
            from onet_job_zone z join onet_soc_link l using (onet_soc)
        ), zones as (
            select soc, cast(round(avg(job_zone)) as integer) as job_zone,
                   cast(count(*) as integer) as job_zone_parts, bool_and(is_main) as job_zone_main
            from zone where is_main or not has_main group by soc
        ), code as (
            select soc from soc_structure union select soc from oews_occupation
            union select soc from projection where area_code = 'US'
        ), combined as (select soc2018 as soc, any_value(soc) as published_as from oews_soc_link group by 1)
        select c.soc, coalesce(o.title, s.title, p.title) as title,
               coalesce(o.soc_level, s.soc_level,
                        case when p.line_type = 'Line item' then 'detailed'
                             when right(c.soc, 1) <> '0' then 'detailed' else 'broad' end) as soc_level,
               left(c.soc, 2) || '-0000' as major_group,
               coalesce(mo.title, ms.title) as major_title,
               s.parent_soc, o.soc is not null as in_oews, p.soc is not null as in_projections,
               k.published_as, p.typical_education, p.work_experience, p.on_the_job_training,
               z.job_zone, z.job_zone_parts, z.job_zone_main
        from code c
        left join oews_occupation o using (soc) left join soc_structure s using (soc)
        left join projection p on p.soc = c.soc and p.area_code = 'US'
        left join oews_occupation mo on mo.soc = left(c.soc, 2) || '-0000'
        left join soc_structure ms on ms.soc = left(c.soc, 2) || '-0000'
        left join combined k on k.soc = c.soc left join zones z on z.soc = c.soc
        order by c.soc
    """,
    # Titles to search: own titles and O*NET's alternate ones, for occupations that OEWS publishes.
    "occupation_title": """
        create table occupation_title as
        select distinct soc, title, lower(title) as folded, kind from (
            select soc, title, 'title' as kind from occupation where in_oews and soc_level = 'detailed'
            union all
            select l.soc, a.alternate_title, 'alternate'
            from onet_alternate_title a join onet_soc_link l using (onet_soc)
            join occupation o on o.soc = l.soc and o.in_oews
            union all
            select k.soc, s.title, 'alternate' from oews_soc_link k join soc_structure s on s.soc = k.soc2018
        ) order by soc, kind desc, title
    """,
}
DERIVED |= derived.DERIVED


def create_statement(table: Table) -> str:
    """CREATE TABLE for a declared table. Names are declarations of ours, never anybody's input."""
    columns = ", ".join(
        f"{name} {SQL_TYPE[table.field(name).kind]}" + ("" if name in table.nullable else " not null")
        for name in table.columns
    )
    return f"create table {table.id} ({columns})"


def fingerprint() -> str:
    """A hash of everything that decides the warehouse's form; a change of form asks for a new build."""
    text = "\n".join([*(create_statement(t) for t in TABLES), *DERIVED.values(), repr(ORDER_BY)])
    return hashlib.sha256(text.encode()).hexdigest()
