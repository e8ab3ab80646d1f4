"""One dictionary of fields: same quantity and unit, same name everywhere; the unit is in the name."""

from dataclasses import dataclass
from typing import Literal

from lmi.domain import codes

Kind = Literal["text", "int", "float", "bool"]


@dataclass(frozen=True)
class Field:
    """Type, unit, allowed range and meaning of a column. low and high are inclusive."""

    kind: Kind
    doc: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    pattern: str | None = None


def _text(doc: str, pattern: str | None = None) -> Field:
    return Field("text", doc, pattern=pattern)


def _wage(what: str, per: str) -> Field:
    return Field("float", f"{what} wage, nominal US dollars per {per}.", f"USD / {per}", low=0)


_WAGE_POINTS = {
    "mean": "Mean", "p10": "10th percentile", "p25": "25th percentile", "median": "Median",
    "p75": "75th percentile", "p90": "90th percentile",
}  # fmt: skip
WAGE_COLUMNS: tuple[str, ...] = tuple(
    f"wage_{point}_usd_{per}" for per in ("hour", "year") for point in _WAGE_POINTS
)

FIELDS: dict[str, Field] = {
    # areas
    "area_code": _text(
        "Area: US, 2-digit state FIPS, 5-digit CBSA or 7-digit nonmetropolitan code.",
        codes.AREA_PATTERN,
    ),
    "area_name": _text("Name of the area as the publisher writes it."),
    "area_type": _text("nation, state, territory, metro or nonmetro."),
    "short_name": _text("The area as people say it: first city and first state, 'Austin, TX'."),
    "former_names": _text("Earlier official names of the same code, separated by ' | '."),
    "state_fips": _text("2-digit FIPS of each state the area lies in, separated by spaces."),
    "states": _text("Postal code of each state the area lies in, separated by spaces."),
    "county_fips": _text("5-digit county FIPS.", r"\d{5}"),
    "county_name": _text("Name of the county or its equivalent."),
    "state_name": _text("Name of the state."),
    "cbsa_code": _text("5-digit core-based statistical area, July 2023.", r"\d{5}"),
    "cbsa_name": _text("Title of the core-based statistical area."),
    "cbsa_type": _text("metro (core of 50,000 or more) or micro."),
    "share": Field(
        "float", "Share of the place's ZIP codes that lie in the area named, or in none.", "0-1", 0, 1
    ),
    "central": Field("bool", "True where the county is central, false where outlying."),
    # occupations
    "soc": _text("SOC 2018 code, or one of the 12 codes OEWS combines.", codes.SOC_PATTERN),
    "soc2018": _text("SOC 2018 detailed code.", codes.SOC_PATTERN),
    "soc2010": _text("SOC 2010 code.", codes.SOC_PATTERN),
    "hybrid_soc": _text("Code of the OES 2019 hybrid structure.", codes.SOC_PATTERN),
    "soc_level": _text("total, major, minor, broad or detailed."),
    "title": _text("Title of the occupation or group as published."),
    "parent_soc": _text("The group one level up.", codes.SOC_PATTERN),
    # OEWS
    "employment": Field("int", "Wage and salary jobs.", "jobs", low=0),
    "employment_rse_pct": Field("float", "Relative standard error of employment.", "%", 0, 100),
    "jobs_per_1000": Field("float", "Jobs in the occupation per 1,000 jobs here.", "ratio", 0, 1000),
    "location_quotient": Field("float", "Local share of jobs / national share; 1 = same.", "ratio", 0),
    "wage_rse_pct": Field("float", "Relative standard error of the mean wage.", "%", 0, 100),
    "pay_basis": _text("'both', 'year' (no hourly wage exists) or 'hour' (no annual wage exists)."),
    "top_coded": _text(
        "Wage columns published only as 'at or above' the value held there, separated by spaces."
    ),
    # industries
    "naics": _text("NAICS 2022 code as OEWS writes it; sectors may be ranges such as 31-33."),
    "naics_title": _text("Title of the industry."),
    "industry_level": _text("sector, 3-digit, 4-digit, 5-digit/6-digit or an ownership form."),
    # projections
    "line_type": _text("'Line item' (an occupation) or 'Summary' (a group)."),
    "base_year": Field("int", "First year of the projection.", "year", 2000, 2100),
    "target_year": Field("int", "Last year of the projection.", "year", 2000, 2100),
    "base_jobs": Field("float", "Jobs in the base year, self-employed included.", "jobs", 0),
    "projected_jobs": Field("float", "Jobs in the target year.", "jobs", 0),
    "employment_change": Field("float", "Projected minus base jobs over the period.", "jobs"),
    "growth_pct": Field("float", "Projected change over the period.", "%", low=-100),
    "self_employed_pct": Field("float", "Share of base-year jobs that are self-employed.", "%", 0, 100),
    "exits_per_year": Field("float", "People leaving the labor force.", "people / year", 0),
    "transfers_per_year": Field("float", "People leaving for another occupation.", "people / year", 0),
    "separations_per_year": Field("float", "Exits plus transfers.", "people / year", 0),
    "openings_per_year": Field(
        "float", "Net change plus exits plus transfers, averaged over the period.", "openings / year"
    ),
    "exit_rate_pct": Field("float", "Exits / employment, yearly average.", "%", 0, 100),
    "transfer_rate_pct": Field("float", "Transfers / employment, yearly average.", "%", 0, 100),
    "typical_education": _text("Typical education needed for entry (BLS, eight categories)."),
    "work_experience": _text("Work experience in a related occupation (BLS, three categories)."),
    "on_the_job_training": _text("Typical on-the-job training to attain competency (BLS, six)."),
    # O*NET
    "onet_soc": _text("O*NET-SOC 2019 code.", codes.ONET_SOC_PATTERN),
    "related_onet_soc": _text("The related occupation's O*NET-SOC code.", codes.ONET_SOC_PATTERN),
    "onet_title": _text("O*NET title of the occupation."),
    "job_zone": Field("int", "Preparation level, 1 (little or none) to 5 (extensive).", "", 1, 5),
    "domain_source": _text("Who rated: Analyst, Incumbent, Occupational Expert…"),
    "rated_on": _text("Month of the rating, MM/YYYY as published."),
    "alternate_title": _text("Another title under which the occupation is known."),
    "tier": _text("Relatedness tier: Primary-Short, Primary-Long, Supplemental."),
    "related_rank": Field("int", "Order of relatedness, 1 = closest.", "", 1, 20),
    "kind": _text("'skill' or 'knowledge'."),
    "element_id": _text("O*NET content-model element."),
    "element_name": _text("Name of the element."),
    "importance": Field("float", "Importance, 1 to 5; null where suppressed.", "", 1, 5),
    "importance_se": Field("float", "Standard error of importance.", "", 0),
    "level": Field("float", "Level, 0 to 7; null where suppressed or not relevant.", "", 0, 7),
    "level_se": Field("float", "Standard error of level.", "", 0),
    "suppressed": Field("bool", "True where O*NET recommends not to use the value."),
    "not_relevant": Field("bool", "True where O*NET marks the level as not relevant."),
    "technology": _text("Name of a software, tool or device."),
    "commodity_code": _text("UNSPSC commodity code."),
    "commodity_title": _text("UNSPSC commodity title: the kind of technology."),
    "hot_technology": Field("bool", "Often named in postings across occupations."),
    "in_demand_technology": Field("bool", "Often named in postings for this occupation."),
    "scale_id": _text("RL required education, RW related experience, PT plant training, OJ on the job."),
    "category": Field("int", "Number of the answer category.", "", 1, 12),
    "category_label": _text("Short title of the answer category."),
    "share_pct": Field("float", "Share of respondents who chose the category.", "%", 0, 100),
    # crosswalks
    "cps_title": _text("Occupation title of CPS table 11."),
    "cps_code": _text("Census 2018 occupation code, 4 digits.", r"\d{4}"),
    "match_kind": _text("How the link was found."),
    "basis_of_link": _text("The published structure that the link rests on."),
    "cip": _text("CIP 2020 code.", codes.CIP_PATTERN),
    "cip_title": _text("Title of the instructional program."),
    "career_cluster": _text("O*NET career cluster (16 clusters)."),
    "career_pathway": _text("O*NET career pathway inside the cluster."),
    # people
    "cps_line": Field("int", "Row of CPS table 11, from 1.", "", 1, 2000),
    "parent_line": Field("int", "Row of the group that the row belongs to.", "", 1, 2000),
    "cps_level": _text("total, group or detail, by the table's own hierarchy."),
    "employed": Field("int", "Employed people aged 16 and over, the self-employed included.", "people", 0),
    "survey": _text("Survey and period length: ACS 1-year or ACS 5-year."),
    "survey_year": Field("int", "Year of the survey, the last one of several.", "year", 2000, 2100),
    "group_id": _text("all, women, black, asian or hispanic."),
    "people": Field("int", "Employed civilians aged 16 and over; null where not published.", "people", 0),
    "people_moe": Field("int", "Margin of error of people, 90%.", "people", 0),
    # programs
    "unitid": _text("IPEDS institution, 6 digits.", r"\d{6}"),
    "institution_name": _text("Name of the institution."),
    "city": _text("City of a reporting office, or a place name of the Postal Service."),
    "control": _text("public, private nonprofit, private for-profit or unknown."),
    "institution_level": _text("4-year, 2-year, less than 2-year or unknown."),
    "system_name": _text("System that the institution belongs to, where it does."),
    "longitude": Field("float", "Of a reporting office or a county's middle.", "degrees", -180, 180),
    "latitude": Field("float", "Of a reporting office or a county's middle.", "degrees", -90, 90),
    "award_level": _text("IPEDS award level: 20, 21, 2, 4, 3, 5, 6, 7, 8, 17, 18, 19; not in rank order."),
    "award_year": Field("int", "Year in which the academic year (July to June) ends.", "year", 2000, 2100),
    "awards": Field("int", "Awards conferred, first majors; a person may receive several.", "awards", 0),
    "completer_level": _text("IPEDS level at which completers are counted: 11, 12, 2, 3, 5, 10, 7, 9."),
    "completers": Field("int", "People who received at least one award at the level.", "people", 0),
    "cip4": _text("First four digits of a CIP code, with the point.", r"\d{2}\.\d{2}"),
    "credential_level": _text("Scorecard: 1 certificate, 2 associate's, 3 bachelor's, 4 post-bachelor's…"),
    "earnings_usd_year": Field("float", "Median earnings of completers who work.", "USD / year", 0),
    "years_after": Field("int", "Years after completion at which earnings were measured.", "year", 1, 10),
    # prices
    "year": Field("int", "Calendar year.", "year", 1900, 2100),
    "cpi_u": Field("float", "Consumer price index CUUR0000SA0, annual average.", "1982-84=100", 0),
    "months": Field("int", "Months that the average covers.", "", 1, 12),
    # real-time signals
    "postings": _text("'total' (all postings) or 'new' (on Indeed for seven days or less)."),
    "date": _text("Day, YYYY-MM-DD.", r"\d{4}-\d{2}-\d{2}"),
    "index_value": Field("float", "Job postings on Indeed, 1 February 2020 = 100.", "1 Feb 2020 = 100", 0),
    "sector": _text("Sector of the economy as Indeed draws it, neither SOC nor NAICS."),
    "period": _text("Month, YYYY-MM.", r"\d{4}-(0[1-9]|1[0-2])"),
    "observations": Field("int", "Postings with pay that the growth rests on.", "postings", 0),
    "pay_growth_pct": Field("float", "Posted pay against the same month a year before.", "%", -100),
    "pay_growth_3mo_pct": Field("float", "The same, mean of three months.", "%", -100),
    "series_id": _text("Series of the BLS public data API.", r"[A-Z0-9]{10,24}"),
    "measure": _text("unemployment_rate, employment, job_openings or hires."),
    "industry": _text("Supersector of BLS, 00 = all industries but farms.", r"\d{2}"),
    "value": Field("float", "The measure's value: percent for a rate, else jobs; null = none published."),
    "preliminary": Field("bool", "True where BLS marks the value as preliminary."),
}
for _column, _words in {
    "women": "women", "white": "white", "black": "Black or African American", "asian": "Asian",
    "hispanic": "Hispanic or Latino, of any race",
}.items():  # fmt: skip
    FIELDS[f"{_column}_pct"] = Field("float", f"Share of the employed who are {_words}.", "%", 0, 100)
for _column, _words in {
    "men": "Men.", "women": "Women.", "american_indian": "American Indian or Alaska Native.",
    "asian": "Asian.", "black": "Black or African American.", "hispanic": "Hispanic or Latino.",
    "pacific_islander": "Native Hawaiian or other Pacific Islander.", "white": "White.",
    "two_or_more": "Two or more races.", "race_unknown": "Race and ethnicity not known.",
    "nonresident": "US nonresidents, whose race is not reported.",
}.items():  # fmt: skip
    FIELDS[_column] = Field("int", _words, "people", 0)
FIELDS |= {
    f"wage_{point}_usd_{per}": _wage(label, per)
    for per in ("hour", "year")
    for point, label in _WAGE_POINTS.items()
}
