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
    "cpi_2025_eleven_months": "The 2025 average covers eleven months; October 2025 was not published.",
}
