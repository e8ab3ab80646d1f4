"""Caveats that travel with numbers: a code and the sentence shown wherever it applies."""

CAVEATS: dict[str, str] = {
    "excludes_self_employed": (
        "OEWS counts wage and salary jobs; it leaves out the self-employed and most farm workers."
    ),
    "three_year_pool": (
        "OEWS pools three years of surveys; it is not made for comparing one year with the next."
    ),
    "suppressed_cells": (
        "The publisher withholds some cells. We show 'not published', never 0. Sums over occupations leave "
        "them out; a group's openings add its unpublished jobs at the group's national rates."
    ),
    "national_rates": (
        "Openings here are estimated: local jobs times the nation's yearly growth, exit and "
        "transfer rates for the occupation. They assume that local jobs turn over as the nation's do, and "
        "count wage and salary jobs only, so the areas do not add up to the nation."
    ),
    "national_growth": (
        "Growth is the nation's projected growth for the occupation, not a local projection."
    ),
    "openings_not_vacancies": (
        "Openings are yearly growth plus people leaving the occupation for good. "
        "They are not job postings, and not all of them need newly trained people."
    ),
    "nation_universe": "The nation's openings include the self-employed; its jobs (OEWS) do not.",
    "openings_interval": (
        "The 90% interval of openings carries only the sampling error of the local job count, not the doubt "
        "in applying the nation's rates here."
    ),
    "rse_of_mean": (
        "The publisher gives a relative standard error for the mean wage only; we use it for the median too."
    ),
    "rank_interval": (
        "The 90% rank interval comes from 500 simulated redraws of employment and pay within their "
        "published relative standard errors; growth carries no published error and is held fixed."
    ),
    "typical_education": (
        "Typical entry education is the BLS category most workers need to enter; "
        "it is not what job holders have, and not a legal minimum."
    ),
    "in_demand_not_wioa": (
        "'In demand' means the stated rule is met. It is not the designation that a workforce "
        "board makes under WIOA section 3(23)."
    ),
    "custom_region": (
        "This region is a union of published areas: jobs are sums, wages are employment-weighted "
        "means of the published figures, so its medians are approximations."
    ),
    "at_least": "Some parts are withheld, so this total is 'at least'.",
    "crosswalk_no_weights": "A link in this crosswalk carries no weight; never add across it.",
    "analyst_ratings": "O*NET ratings describe the occupation nationally, not local jobs.",
    "boundaries_simplified": "Boundaries are simplified for the screen and are not for measuring.",
    "county_middles": (
        "The middle of a county is the balance point of its simplified boundary, for a mark on a map."
    ),
    "city_most_zips": (
        "A city counts to the metropolitan area that most of its ZIP codes lie in; its outskirts may lie in "
        "another."
    ),
    "national_shares": (
        "Shares of women and of race and ethnic groups are the nation's for the occupation (CPS); no such "
        "figures are published for local jobs. Applied to jobs here they are estimates."
    ),
    "cps_places": (
        "CPS table 11 covers the 50 states and the District of Columbia; its shares say nothing of Puerto "
        "Rico and the territories."
    ),
    "baseline_place": (
        "The share is the nation's, the baseline this place's: part of the gap is that the nation differs "
        "from the place. Local shares may be closer to the baseline."
    ),
    "groups_overlap": (
        "Hispanic or Latino people may be of any race, so the groups overlap and never add up to 100%."
    ),
    "cps_sampling": (
        "CPS table 11 gives no margin of error. The 90% intervals are our estimate from how far shares "
        "moved between 2021 and 2022; an occupation with few people moves by several points a year. "
        "Nothing is published below 50,000 people."
    ),
    "cps_universe": (
        "CPS counts people by main job, the self-employed included; OEWS counts wage and salary jobs."
    ),
    "cps_2025_eleven_months": "The 2025 averages leave out October, which was not surveyed.",
    "acs_2018": (
        "The bundled state workforce is of 2018, the newest obtained; staff can supply a newer file."
    ),
    "first_majors": (
        "Completions are awards in first majors, July to June; a person may receive several in a year."
    ),
    "ipeds_provisional": "The newest year of completions is provisional.",
    "ipeds_sex": "Completions are reported for men and women only.",
    "reporting_office": (
        "An institution counts where its reporting office lies: online schools and systems with several "
        "campuses report all awards there."
    ),
    "outside_ipeds": (
        "Non-credit courses, apprenticeships and providers without federal student aid are not in IPEDS."
    ),
    "graduates_move": (
        "Graduates may leave, go on studying, or already hold the job: many of the nurses who receive a "
        "bachelor's degree are working nurses."
    ),
    "apportioned": (
        "A program may lead to several occupations and publishes no weights. Shares of its graduates are "
        "estimates; every method shown but the whole count hands each graduate to one occupation only."
    ),
    "scorecard_national": (
        "Earnings are of an institution's graduates wherever they work, by program group (four digits)."
    ),
    "race_by_institution": (
        "Race and ethnicity are of all the institution's completers at the level, not of one program's."
    ),
    "capacity_proxy": (
        "Where nobody has entered seats, the most awards in one of five years stands for capacity: a proxy."
    ),
    "cpi_2025_eleven_months": "The 2025 average covers eleven months; October 2025 was not published.",
    "postings_indeed": (
        "The postings index follows advertisements on Indeed only. It is a trend, not a count: it misses "
        "jobs filled without an advertisement there and leans towards office and professional work."
    ),
    "postings_revised": (
        "Indeed revises the index back to its start; its adjustment for the season changed in November 2024, "
        "so older copies are not to be joined with newer ones."
    ),
    "postings_metros": (
        "Indeed's metro areas are drawn as in older delineations; only codes that still exist are used."
    ),
    "indeed_sectors": "Sectors are Indeed's own; no official table links them to occupations or industries.",
    "posted_pay": (
        "Posted pay growth compares the pay in advertisements for the same job titles with a year before; it "
        "is not what people are paid, and it is published for the nation only."
    ),
    "bls_monthly": (
        "The newest months of BLS series are preliminary and revised later; figures of states and metro "
        "areas on unemployment and employment are not adjusted for the season."
    ),
    "events_announced": (
        "Jobs of hiring events are as announced or noticed, not verified hires or lay-offs; events that "
        "nobody logged are missing, and notices under the WARN Act cover larger employers only."
    ),
    "events_beside": (
        "What events do to demand is an estimate that stands beside the openings and is never part of them."
    ),
}
