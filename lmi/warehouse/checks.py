"""Facts of the field that every build must satisfy. A broken one stops the build."""

import duckdb

from lmi.domain.errors import BadFile

# The fact, and the SQL that lists rows breaking it (at most a few are shown).
CHECKS: tuple[tuple[str, str], ...] = (
    (
        "every area has one row for all occupations, with its employment published",
        "select area_code from area where area_code not in "
        "(select area_code from employment_wage where soc = '00-0000' and employment is not null)",
    ),
    (
        "every area of the wage table is a known area",
        "select distinct area_code from employment_wage where area_code not in (select area_code from area)",
    ),
    (
        "every occupation of the wage table is known, at the same level",
        "select distinct e.soc from employment_wage e left join occupation o using (soc) "
        "where o.soc is null or o.soc_level <> e.soc_level",
    ),
    (
        "the detailed jobs of an area never exceed its total by more than 0.1%",
        "select area_code, sum(employment) filter (soc_level = 'detailed') as parts, "
        "max(employment) filter (soc_level = 'total') as whole from employment_wage "
        "group by area_code having parts > whole * 1.001",
    ),
    (
        "wage percentiles rise from the 10th to the 90th where none is top-coded",
        "select area_code, soc from employment_wage where top_coded is null "
        "and (wage_p10_usd_year > wage_p25_usd_year "
        "or wage_p25_usd_year > wage_median_usd_year or wage_median_usd_year > wage_p75_usd_year "
        "or wage_p75_usd_year > wage_p90_usd_year)",
    ),
    (
        "no hourly wage stands where pay is published by the year only, nor the reverse",
        "select area_code, soc from employment_wage where "
        "(pay_basis = 'year' and wage_median_usd_hour is not null) "
        "or (pay_basis = 'hour' and wage_median_usd_year is not null)",
    ),
    (
        "openings equal net change plus exits plus transfers, within rounding (200 people)",
        "select soc, openings_per_year, exits_per_year, transfers_per_year, employment_change "
        "from projection where abs(openings_per_year - (employment_change / (target_year - base_year) "
        "+ exits_per_year + transfers_per_year)) > 200",
    ),
    (
        "every detailed occupation of the nation has a projection and entry requirements",
        "select e.soc from employment_wage e join occupation o using (soc) where e.area_code = 'US' "
        "and e.soc_level = 'detailed' and (not o.in_projections or o.typical_education is null)",
    ),
    (
        "every major group has a title",
        "select soc from occupation where major_title is null and soc <> '00-0000'",
    ),
    (
        "O*NET's link to BLS occupations reaches all detailed occupations of OEWS",
        "select soc from oews_occupation where soc_level = 'detailed' "
        "and soc not in (select soc from onet_soc_link)",
    ),
)


def run(con: duckdb.DuckDBPyConnection) -> None:
    """Run all checks on an open build; BadFile names the first broken fact and shows rows."""
    for fact, sql in CHECKS:
        broken = con.execute(f"select * from ({sql}) limit 4").fetchall()  # noqa: S608
        if broken:
            shown = "; ".join(", ".join(str(cell) for cell in row) for row in broken[:3])
            raise BadFile(
                "The new warehouse failed a check and was not put in use.",
                f"It must hold that {fact}; it does not for: {shown}{' …' if len(broken) > 3 else ''}.",
                "Make the bundle again from the publishers' files: python -m lmi bundle --raw DIR.",
            )
