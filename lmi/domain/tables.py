"""The tidy tables that the bundle and the warehouse hold: columns in order, key, meaning."""

from dataclasses import dataclass

from lmi.domain.fields import FIELDS, WAGE_COLUMNS, Field


@dataclass(frozen=True)
class Table:
    """A declared table. key: the columns that identify a row. nullable: columns that may be null."""

    id: str
    doc: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    nullable: tuple[str, ...] = ()

    def field(self, column: str) -> Field:
        """The declared field of one of the table's columns."""
        if column not in self.columns:
            raise KeyError(f"{self.id} has no column {column}")
        return FIELDS[column]


_OEWS_VALUES = ("employment", "employment_rse_pct")

TABLES: tuple[Table, ...] = (
    Table(
        "area",
        "One row per area that OEWS publishes: nation, states, territories, metropolitan and "
        "nonmetropolitan areas.",
        ("area_code", "area_name", "area_type", "short_name", "former_names", "state_fips", "states"),
        ("area_code",),
        ("former_names",),
    ),
    Table(
        "county_area",
        "Counties and the core-based statistical area that each belongs to (OMB, July 2023).",
        ("county_fips", "county_name", "state_fips", "state_name", "cbsa_code", "cbsa_name",
         "cbsa_type", "central"),
        ("county_fips",),
    ),
    Table(
        "county",
        "Counties and their equivalents, with the middle of each.",
        ("county_fips", "county_name", "state_fips", "longitude", "latitude"),
        ("county_fips",),
        ("longitude", "latitude"),
    ),
    Table(
        "city_area",
        "Place names of the Postal Service and the core-based statistical area of most of their ZIP codes.",
        ("city", "state_fips", "cbsa_code", "share"),
        ("city", "state_fips"),
        ("cbsa_code",),
    ),
    Table(
        "soc_structure",
        "SOC 2018: every major, minor, broad and detailed code with its parent.",
        ("soc", "title", "soc_level", "parent_soc"),
        ("soc",),
        ("parent_soc",),
    ),
    Table(
        "oews_occupation",
        "Every occupation and group that OEWS publishes for the nation, with its level.",
        ("soc", "title", "soc_level"),
        ("soc",),
    ),
    Table(
        "employment_wage",
        "OEWS employment and wages by area and occupation, all industries together.",
        ("area_code", "soc", "soc_level", *_OEWS_VALUES, "jobs_per_1000", "location_quotient",
         "wage_rse_pct", *WAGE_COLUMNS, "pay_basis", "top_coded"),
        ("area_code", "soc"),
        (*_OEWS_VALUES, "jobs_per_1000", "location_quotient", "wage_rse_pct", *WAGE_COLUMNS,
         "top_coded"),
    ),
    Table(
        "staffing_pattern",
        "OEWS employment and wages by industry and occupation, nation only.",
        ("naics", "naics_title", "industry_level", "soc", "soc_level", *_OEWS_VALUES,
         "wage_mean_usd_year", "wage_median_usd_year", "top_coded"),
        ("naics", "soc"),
        (*_OEWS_VALUES, "wage_mean_usd_year", "wage_median_usd_year", "top_coded"),
    ),
    Table(
        "projection",
        "BLS national projections with entry requirements, separations and openings.",
        ("area_code", "soc", "title", "line_type", "base_year", "target_year", "base_jobs",
         "projected_jobs", "employment_change", "growth_pct", "self_employed_pct", "exits_per_year",
         "transfers_per_year", "separations_per_year", "openings_per_year", "exit_rate_pct",
         "transfer_rate_pct", "typical_education", "work_experience", "on_the_job_training"),
        ("area_code", "soc"),
        ("self_employed_pct", "typical_education", "work_experience", "on_the_job_training"),
    ),
    Table("onet_occupation", "O*NET occupations.", ("onet_soc", "onet_title"), ("onet_soc",)),
    Table(
        "onet_job_zone", "O*NET job zones.",
        ("onet_soc", "job_zone", "rated_on", "domain_source"), ("onet_soc",),
    ),
    Table(
        "onet_alternate_title", "Other titles under which an O*NET occupation is known.",
        ("onet_soc", "alternate_title"), ("onet_soc", "alternate_title"),
    ),
    Table(
        "onet_related", "Related occupations, in the order O*NET gives.",
        ("onet_soc", "related_onet_soc", "tier", "related_rank"), ("onet_soc", "related_onet_soc"),
    ),
    Table(
        "onet_skill", "Skills and knowledge: importance and level per O*NET occupation.",
        ("onet_soc", "kind", "element_id", "element_name", "importance", "importance_se", "level",
         "level_se", "suppressed", "not_relevant", "domain_source"),
        ("onet_soc", "element_id"),
        ("importance", "importance_se", "level", "level_se"),
    ),
    Table(
        "onet_technology", "Technology skills: presence only, no scale.",
        ("onet_soc", "technology", "commodity_code", "commodity_title", "hot_technology",
         "in_demand_technology"),
        ("onet_soc", "technology", "commodity_code"),
    ),
    Table(
        "onet_education", "Education, experience and training that respondents report.",
        ("onet_soc", "scale_id", "category", "category_label", "share_pct", "suppressed",
         "domain_source"),
        ("onet_soc", "scale_id", "category"),
        ("share_pct",),
    ),
    Table(
        "onet_soc_link", "O*NET occupations to the matrix occupations of BLS (and so to OEWS).",
        ("onet_soc", "soc"), ("onet_soc",),
    ),
    Table(
        "oews_soc_link", "The 12 codes that OEWS combines, with their SOC 2018 parts.",
        ("soc", "soc2018", "basis_of_link"), ("soc", "soc2018"),
    ),
    Table(
        "soc_hybrid_link", "OES 2019 hybrid codes to SOC 2018 and SOC 2010.",
        ("hybrid_soc", "soc2018", "soc2010"), ("hybrid_soc", "soc2018", "soc2010"),
    ),
    Table(
        "cps_soc_link", "CPS table 11 titles to SOC 2018 detailed codes.",
        ("cps_title", "soc2018", "match_kind"), ("cps_title", "soc2018"),
    ),
    Table(
        "nem_cps_link", "BLS: matrix occupations to CPS codes and titles.",
        ("hybrid_soc", "cps_code", "cps_title"), ("hybrid_soc", "cps_code"),
    ),
    Table(
        "cip_soc_link", "NCES: instructional programs to the occupations they prepare for directly.",
        ("cip", "cip_title", "soc2018"), ("cip", "soc2018"),
    ),
    Table("naics_title", "NAICS 2022 titles.", ("naics", "naics_title"), ("naics",)),
    Table(
        "career_cluster", "O*NET's 16 career clusters; an occupation may be in several.",
        ("onet_soc", "career_cluster", "career_pathway"),
        ("onet_soc", "career_cluster", "career_pathway"),
    ),
    Table("price_index", "Consumer price index, annual averages.", ("year", "cpi_u", "months"), ("year",)),
    Table(
        "cps_occupation",
        "CPS table 11: employed people by occupation and the shares of women, race and ethnic groups, "
        "nation; in the table's own order and hierarchy.",
        ("cps_line", "cps_title", "cps_level", "parent_line", "employed", "women_pct", "white_pct",
         "black_pct", "asian_pct", "hispanic_pct"),
        ("cps_line",),
        ("parent_line", "women_pct", "white_pct", "black_pct", "asian_pct", "hispanic_pct"),
    ),
    Table(
        "workforce",
        "American Community Survey: employed civilians aged 16 and over by area and group.",
        ("area_code", "survey_year", "survey", "group_id", "people", "people_moe"),
        ("area_code", "survey_year", "survey", "group_id"),
        ("people", "people_moe"),
    ),
    Table("program", "CIP 2020: instructional programs, six digits.", ("cip", "cip_title"), ("cip",)),
    Table(
        "institution", "IPEDS directory: institutions and where they report from.",
        ("unitid", "institution_name", "city", "state_fips", "county_fips", "cbsa_code", "cbsa_type",
         "control", "institution_level", "system_name", "longitude", "latitude"),
        ("unitid",),
        ("county_fips", "cbsa_code", "cbsa_type", "system_name"),
    ),
    Table(
        "completion", "IPEDS completions: awards conferred by institution, program, level and year; "
        "first majors.",
        ("unitid", "cip", "award_level", "award_year", "awards", "men", "women"),
        ("unitid", "cip", "award_level", "award_year"),
    ),
    Table(
        "completer", "IPEDS completers: people by institution, level, year, sex, race and ethnicity.",
        ("unitid", "completer_level", "award_year", "completers", "men", "women", "american_indian",
         "asian", "black", "hispanic", "pacific_islander", "white", "two_or_more", "race_unknown",
         "nonresident"),
        ("unitid", "completer_level", "award_year"),
    ),
    Table(
        "program_earnings",
        "College Scorecard: median earnings of completers by institution, program (four digits) and "
        "credential; wherever in the nation they work.",
        ("unitid", "cip4", "credential_level", "earnings_usd_year", "years_after"),
        ("unitid", "cip4", "credential_level"),
    ),
    Table(
        "postings_index",
        "Indeed Hiring Lab: index of job postings on Indeed, nation and states, daily; adjusted for the "
        "season, a mean of seven days.",
        ("area_code", "postings", "date", "index_value"),
        ("area_code", "postings", "date"),
    ),
    Table(
        "postings_sector_index",
        "Indeed Hiring Lab: index of job postings on Indeed by Indeed's own sectors, nation, daily.",
        ("sector", "postings", "date", "index_value"),
        ("sector", "postings", "date"),
    ),
    Table(
        "postings_metro_index",
        "Indeed Hiring Lab: index of job postings on Indeed by metropolitan area, daily.",
        ("area_code", "date", "index_value"),
        ("area_code", "date"),
    ),
    Table(
        "posted_wage_growth",
        "Indeed Hiring Lab: growth of the pay that postings advertise, by sector, nation, monthly.",
        ("sector", "period", "observations", "pay_growth_pct", "pay_growth_3mo_pct"),
        ("sector", "period"),
        ("pay_growth_pct", "pay_growth_3mo_pct"),
    ),
    Table(
        "bls_series",
        "BLS public data API: unemployment rate (percent), employment, job openings and hires (jobs), "
        "monthly; empty until it is fetched.",
        ("series_id", "area_code", "measure", "industry", "period", "value", "preliminary"),
        ("series_id", "period"),
        ("value",),
    ),
)  # fmt: skip
TABLE_BY_ID: dict[str, Table] = {table.id: table for table in TABLES}
