"""Questions about training: awards by program, who offers them, who completes, what graduates earn."""

from collections.abc import Sequence

import pandas as pd

from lmi.warehouse.ask import ask
from lmi.warehouse.connect import Warehouse


def links(warehouse: Warehouse) -> pd.DataFrame:
    """Programs and the occupations they prepare for: cip, soc, teaching (postsecondary teachers)."""
    return ask(warehouse, "select cip, soc, teaching from cip_occupation order by cip, soc")


def titles(warehouse: Warehouse) -> dict[str, str]:
    """Titles of all instructional programs by CIP code."""
    found = ask(warehouse, "select cip, cip_title from program order by cip")
    return dict(zip(found.cip, found.cip_title, strict=True))


def years(warehouse: Warehouse) -> list[int]:
    """The years of the completions, oldest first."""
    found = ask(
        warehouse, "select distinct award_year from area_completion where area_code = 'US' order by 1"
    )
    return [int(year) for year in found.award_year]


def placed_areas(warehouse: Warehouse) -> frozenset[str]:
    """The areas in which institutions are placed: the nation, states, territories, metropolitan areas."""
    return frozenset(ask(warehouse, "select distinct area_code from institution_area").area_code)


def awards(
    warehouse: Warehouse, area_codes: Sequence[str], years: Sequence[int], levels: Sequence[str]
) -> pd.DataFrame:
    """Awards conferred in the areas together by program: cip, award_year, awards, women; at the levels."""
    return ask(
        warehouse,
        "select cip, award_year, sum(awards) as awards, sum(women) as women from area_completion "
        "where area_code = any($1) and award_year = any($2) and award_level = any($3) "
        "group by cip, award_year order by cip, award_year",
        [list(area_codes), list(years), list(levels)],
    )


def awards_by_level(
    warehouse: Warehouse, area_codes: Sequence[str], cips: Sequence[str] | None = None
) -> pd.DataFrame:
    """Awards by year and level in the areas together: award_year, award_level, awards, women.

    cips: six-digit programs; None = all.
    """
    return ask(
        warehouse,
        "select award_year, award_level, sum(awards) as awards, sum(women) as women from area_completion "
        "where area_code = any($1) and ($2 is null or cip = any($2)) "
        "group by all order by award_year, award_level",
        [list(area_codes), None if cips is None else list(cips)],
    )


def offered(warehouse: Warehouse, area_codes: Sequence[str], cips: Sequence[str]) -> pd.DataFrame:
    """Who confers awards in the programs, all years: unitid, institution_name (null where it has left the
    directory), city, control, longitude, latitude, cip, award_level, award_year, awards, men, women."""
    return ask(
        warehouse,
        "select c.unitid, i.institution_name, i.city, i.control, i.longitude, i.latitude, c.cip, "
        "c.award_level, c.award_year, c.awards, c.men, c.women from completion c "
        "semi join (select unitid from institution_area where area_code = any($1)) p using (unitid) "
        "left join institution i using (unitid) where c.cip = any($2) "
        "order by c.unitid, c.cip, c.award_level, c.award_year",
        [list(area_codes), list(cips)],
    )


def by_institution(
    warehouse: Warehouse, area_codes: Sequence[str], year: int, cips: Sequence[str] | None = None
) -> pd.DataFrame:
    """Awards of one year by institution and level: unitid, institution_name, award_level, awards, men,
    women. cips: None = all programs."""
    return ask(
        warehouse,
        "select c.unitid, any_value(i.institution_name) as institution_name, c.award_level, "
        "sum(c.awards) as awards, sum(c.men) as men, sum(c.women) as women from completion c "
        "semi join (select unitid from institution_area where area_code = any($1)) p using (unitid) "
        "left join institution i using (unitid) "
        "where c.award_year = $2 and ($3 is null or c.cip = any($3)) "
        "group by c.unitid, c.award_level order by c.unitid, c.award_level",
        [list(area_codes), year, None if cips is None else list(cips)],
    )


def completers(warehouse: Warehouse, area_codes: Sequence[str], year: int) -> pd.DataFrame:
    """People who completed in a year, by institution and level: sex, race and ethnicity."""
    return ask(
        warehouse,
        "select c.*, i.institution_name from completer c "
        "semi join (select unitid from institution_area where area_code = any($1)) p using (unitid) "
        "left join institution i using (unitid) where c.award_year = $2 order by c.unitid, c.completer_level",
        [list(area_codes), year],
    )


def earnings(warehouse: Warehouse, area_codes: Sequence[str], cip4s: Sequence[str]) -> pd.DataFrame:
    """Graduates' median earnings by institution, program group and credential, wherever they work."""
    return ask(
        warehouse,
        "select e.*, i.institution_name from program_earnings e "
        "semi join (select unitid from institution_area where area_code = any($1)) p using (unitid) "
        "left join institution i using (unitid) where e.cip4 = any($2) "
        "order by e.earnings_usd_year desc, e.unitid",
        [list(area_codes), list(cip4s)],
    )


def projected(warehouse: Warehouse) -> pd.DataFrame:
    """The nation's openings a year of every detailed occupation: soc, openings_per_year."""
    return ask(
        warehouse,
        "select soc, openings_per_year from projection where area_code = 'US' and line_type = 'Line item' "
        "order by soc",
    )
