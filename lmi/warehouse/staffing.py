"""Who works in an industry: the nation's staffing patterns, the nearest published one for any code."""

from collections.abc import Sequence

import pandas as pd

from lmi.warehouse.ask import ask
from lmi.warehouse.connect import Warehouse

# Every published industry with the beginnings of the codes that it covers: 334400 covers 3344…, a sector
# range each of its parts, a combined industry the codes that its title lists. Public administration is 92
# in NAICS and 99 in OEWS. The rows by ownership repeat jobs of the others.
_NEAREST = r"""
    with industry as (
        select naics as used_naics, naics_title as used_title, industry_level
        from staffing_pattern
        where soc = '00-0000' and employment > 0
          and industry_level in ('sector', '3-digit', '4-digit', '5-digit/6-digit')
    ), reach as (
        select used_naics, used_title, unnest(list_concat([used_naics],
            case when used_naics = '99' then ['92']
                 when contains(used_naics, '-') then list_transform(
                     range(cast(left(used_naics, 2) as integer), cast(right(used_naics, 2) as integer) + 1),
                     lambda n: cast(n as varchar))
                 when regexp_matches(used_naics, '[A-Z]') then regexp_extract_all(used_title, '\d{4}')
                 when industry_level = '3-digit' then [left(used_naics, 3)]
                 when industry_level = '4-digit' then [left(used_naics, 4)]
                 else [rtrim(used_naics, '0')] end)) as beginning
        from industry
    )
    select a.naics, arg_max(r.used_naics, length(r.beginning)) as used_naics,
           arg_max(r.used_title, length(r.beginning)) as used_title
    from (select distinct unnest($1) as naics) a join reach r on starts_with(a.naics, r.beginning)
    group by a.naics order by a.naics
"""
_SHARES = """
    select s.naics as used_naics, s.soc, s.employment / t.employment as share
    from staffing_pattern s
    join staffing_pattern t on t.naics = s.naics and t.soc = '00-0000' and t.employment > 0
    where s.naics = any($1) and s.soc_level = 'detailed' and s.employment > 0
    order by s.naics, s.soc
"""


def nearest(warehouse: Warehouse, codes: Sequence[str]) -> pd.DataFrame:
    """For each NAICS code the most detailed published industry that it belongs to.

    codes: two to six digits, sector ranges, or codes as OEWS writes them. Returns naics, used_naics,
    used_title, one row per code; a code without any published parent has no row.
    """
    return ask(warehouse, _NEAREST, [sorted(set(codes))])


def shares(warehouse: Warehouse, industries: Sequence[str]) -> pd.DataFrame:
    """The staffing patterns of published industries: used_naics, soc, share.

    share: the detailed occupation's part of all jobs of the industry in the nation (0 to 1). Cells that
    BLS withholds are left out, so that the shares of an industry sum to less than 1.
    """
    return ask(warehouse, _SHARES, [sorted(set(industries))])
