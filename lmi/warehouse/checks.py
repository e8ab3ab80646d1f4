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
    (
        "men and women make up all awards",
        "select unitid, cip, award_level, award_year from completion where men + women <> awards",
    ),
    (
        "no completion is one of the grand totals of CIP 99, which count every award twice",
        "select unitid, cip, award_year, awards from completion where cip like '99%'",
    ),
    (
        "every award level is one that IPEDS defines",
        "select distinct award_level from completion "
        "where award_level not in ('20', '21', '2', '4', '3', '5', '6', '7', '8', '17', '18', '19') "
        "union all select distinct completer_level from completer "
        "where completer_level not in ('11', '12', '2', '3', '5', '7', '9', '10')",
    ),
    (
        "every program with completions has a title",
        "select distinct cip from completion where cip not in (select cip from program)",
    ),
    (
        "completers add up by sex and by race and ethnicity",
        "select unitid, completer_level, award_year from completer where men + women <> completers "
        "or american_indian + asian + black + hispanic + pacific_islander + white + two_or_more "
        "+ race_unknown + nonresident <> completers",
    ),
    (
        "shares of people stand between 0% and 100%, and none where fewer than 50,000 are employed",
        "select cps_title, employed from cps_occupation where employed < 50000 and "
        "coalesce(women_pct, white_pct, black_pct, asian_pct, hispanic_pct) is not null "
        "or least(women_pct, white_pct, black_pct, asian_pct, hispanic_pct) < 0 "
        "or greatest(women_pct, white_pct, black_pct, asian_pct, hispanic_pct) > 100",
    ),
    (
        "the table of all employed has one total",
        "select count(*) from cps_occupation where cps_level = 'total' having count(*) <> 1",
    ),
    (
        "the nation's awards are the sum of all institutions', year by year",
        "select award_year, c.awards, a.awards from "
        "(select award_year, sum(awards) as awards from completion group by 1) c full join "
        "(select award_year, sum(awards) as awards from area_completion where area_code = 'US' group by 1) a "
        "using (award_year) where c.awards is distinct from a.awards",
    ),
    (
        "an institution of a metropolitan area counts there, but for 5% at most that OEWS leaves out",
        "select count(*) as institutions, count(*) filter (not in_area) as lost from (select bool_or("
        "a.area_code is not null) as in_area from institution i left join area a "
        "on a.area_code = i.cbsa_code and a.area_type = 'metro' where i.cbsa_type = 'metro' "
        "group by i.unitid) having count(*) filter (not in_area) > 0.05 * count(*)",
    ),
    (
        "every occupation that a program or a CPS row belongs to exists",
        "select soc from (select soc from cip_occupation union select soc from occupation_people) "
        "where soc not in (select soc from occupation)",
    ),
    (
        "a combined code has the programs of all its parts",
        "select k.soc, l.cip from cip_soc_link l join oews_soc_link k on k.soc2018 = l.soc2018 "
        "anti join cip_occupation c on c.soc = k.soc and c.cip = l.cip",
    ),
    (
        "a share of people is told only for an occupation that has a row of the CPS table",
        "select soc from occupation_people where coalesce(cps_titles, '') = '' "
        "or match not in ('own', 'joined', 'wider')",
    ),
    (
        "a postings index is of the nation, a state or an area that OEWS publishes, and starts at 100",
        "select area_code, date, index_value from (select area_code, date, index_value from postings_index "
        "union all select area_code, date, index_value from postings_metro_index) "
        "where area_code not in (select area_code from area) "
        "or (date = '2020-02-01' and index_value <> 100)",
    ),
    (
        "an unemployment rate stands between 0% and 100%, and no count of jobs is negative",
        "select series_id, period, value from bls_series where value < 0 "
        "or (measure = 'unemployment_rate' and value > 100)",
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
