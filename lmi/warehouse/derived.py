"""SQL of the tables derived from the declared ones: who works in an occupation, what it asks for, and
which programs lead to it in which area. Names are declarations of ours, never anybody's input."""

# Each detailed occupation of OEWS with the SOC 2018 codes it holds: itself, or the parts of a combined code.
_PARTS = """
    select o.soc, coalesce(k.soc2018, o.soc) as soc2018
    from oews_occupation o left join oews_soc_link k using (soc) where o.soc_level = 'detailed'
"""

# O*NET occupations of a BLS occupation: the .00 codes; where none of them has the data, the finer codes.
_MAIN = "right(onet_soc, 3) = '.00'"

_SHARES = ("women", "white", "black", "asian", "hispanic")
_WEIGHTED = ", ".join(
    f"case when sum(employed) filter ({g}_pct is not null) >= 0.9 * sum(employed) "
    f"then round(sum(employed * {g}_pct) / sum(employed) filter ({g}_pct is not null), 1) end as {g}_pct"
    for g in _SHARES
)
_GROUP_SHARES = ", ".join(f"g.{g}_pct as group_{g}_pct" for g in _SHARES)

PEOPLE: dict[str, str] = {
    # Who works in an occupation, by the CPS row or rows that it belongs to.
    # match: own (one row, nothing else in it), joined (several rows, together just this occupation),
    # wider (a row also holds other occupations). Joined shares are means weighted by people employed,
    # given only where the published rows hold at least nine tenths of them.
    "occupation_people": f"""
        create table occupation_people as
        with part as ({_PARTS}),
        size as (select cps_title, count(*) as codes from cps_soc_link group by 1),
        hit as (
            select p.soc, c.*, count(*) as held, any_value(z.codes) as codes
            from part p join cps_soc_link l using (soc2018) join size z using (cps_title)
            join cps_occupation c using (cps_title) where c.cps_level = 'detail' group by all
        ),
        joined as (
            select soc, string_agg(cps_title, '; ' order by employed desc, cps_line) as cps_titles,
                   case when bool_or(held < codes) then 'wider'
                        when count(*) > 1 then 'joined' else 'own' end as match,
                   cast(sum(employed) as integer) as employed, {_WEIGHTED},
                   arg_max(parent_line, employed) as group_line
            from hit group by soc
        )
        select j.*, g.cps_title as group_title, g.employed as group_employed, {_GROUP_SHARES}
        from joined j left join cps_occupation g on g.cps_line = j.group_line order by soc
    """,  # noqa: S608
}

REQUIREMENTS: dict[str, str] = {
    # Skills and knowledge of an occupation: O*NET's ratings of its .00 code, else the mean of its finer
    # codes; a combined code takes the mean of its parts. not_relevant: in every one of them.
    "occupation_rating": f"""
        create table occupation_rating as
        with rated as (
            select l.soc, r.*, {_MAIN} as main, bool_or({_MAIN}) over (partition by l.soc) as has_main
            from onet_skill r join onet_soc_link l using (onet_soc)
        )
        select soc, kind, element_id, element_name, avg(importance) as importance,
               avg(case when not_relevant and level is null then 0 else level end)
                   as level,
               bool_and(not_relevant) as not_relevant, cast(count(*) as integer) as rated_parts,
               bool_and(main) as rated_main
        from rated where main or not has_main group by soc, kind, element_id, element_name
        order by soc, kind, element_id
    """,  # noqa: S608
    # What is usual: the mean and the spread of importance over all rated occupations of OEWS.
    "element_norm": """
        create table element_norm as
        select element_id, avg(importance) as mean_importance, stddev_samp(importance) as sd_importance
        from occupation_rating where soc in (select soc from oews_occupation where soc_level = 'detailed')
        group by element_id order by element_id
    """,
    "occupation_technology": """
        create table occupation_technology as
        select l.soc, t.technology, min(t.commodity_title) as commodity_title,
               bool_or(t.hot_technology) as hot_technology,
               bool_or(t.in_demand_technology) as in_demand_technology
        from onet_technology t join onet_soc_link l using (onet_soc) group by 1, 2 order by 1, 2
    """,
    # Education that people in the job report, in percent of the answers.
    "occupation_education": f"""
        create table occupation_education as
        with told as (
            select l.soc, e.*, {_MAIN} as main, bool_or({_MAIN}) over (partition by l.soc) as has_main
            from onet_education e join onet_soc_link l using (onet_soc) where e.scale_id = 'RL'
        )
        select soc, category, category_label, avg(share_pct) as share_pct,
               cast(count(*) as integer) as rated_parts
        from told where main or not has_main group by soc, category, category_label order by soc, category
    """,  # noqa: S608
}

PROGRAMS: dict[str, str] = {
    # Programs and the occupations they prepare for, in the codes that BLS publishes figures under: the
    # combined codes take their parts' programs. teaching: postsecondary teachers, told apart.
    "cip_occupation": """
        create table cip_occupation as
        select distinct l.cip, coalesce(k.soc, l.soc2018) as soc,
               coalesce(k.soc, l.soc2018) like '25-1___' as teaching
        from cip_soc_link l left join oews_soc_link k on k.soc2018 = l.soc2018
        join occupation o on o.soc = coalesce(k.soc, l.soc2018)
        where o.in_oews or o.in_projections order by 1, 2
    """,
    # Where an institution counts: in the nation, its state or territory, and its metropolitan area.
    # The nation also holds institutions that reported and have since left the directory.
    "institution_area": """
        create table institution_area as
        select 'US' as area_code, unitid from completion union
        select 'US', unitid from institution union
        select a.area_code, i.unitid from institution i join area a on a.area_code = i.state_fips union
        select a.area_code, i.unitid from institution i join area a on a.area_code = i.cbsa_code
        where i.cbsa_type = 'metro' order by 1, 2
    """,
    "area_completion": """
        create table area_completion as
        select p.area_code, c.award_year, c.cip, c.award_level, cast(sum(c.awards) as integer) as awards,
               cast(sum(c.women) as integer) as women
        from completion c join institution_area p using (unitid) group by 1, 2, 3, 4 order by 1, 2, 3, 4
    """,
}

DERIVED: dict[str, str] = PEOPLE | REQUIREMENTS | PROGRAMS
