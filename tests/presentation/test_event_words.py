"""Findings of hiring events and postings: each sentence worked out by hand from a few rows."""

import pandas as pd
import pytest

from lmi.presentation import event_words
from lmi.presentation.event_words import postings_finding, timeline_finding

from .happenings import log


def told(*rows, place="", since="2024-11-01"):
    given = [dict(zip(("event_type", "jobs", "status"), row, strict=False)) for row in rows]
    return timeline_finding(log(given), place, since)


def test_the_side_with_more_jobs_is_named_and_cancelled_events_are_left_out():
    assert told(("layoff", 1000), ("layoff", 240), ("expansion", 894), ("closure", 5000, "cancelled")) == (
        "Lay-offs announced since November 2024 outweigh hiring: 1,240 jobs against 894"
    )
    assert told(("layoff", 10), ("closure", 20), ("opening", 400)) == (
        "Hiring announced since November 2024 outweighs losses: 400 jobs against 30"
    )
    assert told(("closure", 7), ("opening", 1)) == (
        "Closures announced since November 2024 outweigh hiring: 7 jobs against 1"
    )


def test_nothing_outweighs_what_missing_counts_could_turn():
    assert told(("layoff", 500), ("expansion", 100), ("opening", None)) == (
        "Announced since November 2024: losses of 500 jobs, gains of at least 100"
    )
    assert told(("layoff", 500), ("layoff", None), ("expansion", 100)) == (
        "Lay-offs announced since November 2024 outweigh hiring: at least 500 jobs against 100"
    )
    assert told(("layoff", 100), ("expansion", 100)) == (
        "Announced since November 2024: losses of 100 jobs, gains of 100"
    )
    assert told(("layoff", 500), ("expansion", None)) == (
        "Announced since November 2024: losses of 500 jobs, gains without a count (1 event)"
    )


def test_one_side_alone_none_and_no_counts_at_all():
    assert told(("expansion", 1)) == "Announced since November 2024: gains of 1 job, no losses"
    assert told(("layoff", 40), ("layoff", None)) == (
        "Announced since November 2024: losses of at least 40 jobs, no gains"
    )
    assert told() == "No hiring event is on record since November 2024"
    assert told(("layoff", None), ("opening", None)) == (
        "2 hiring events on record since November 2024, none with a count of jobs"
    )


def test_events_that_are_all_cancelled_are_on_record():
    one = ("layoff", 30, "cancelled")
    assert told(one) == "The one hiring event on record since November 2024 is cancelled"
    assert told(one, ("opening", None, "cancelled"), place="Austin", since="") == (
        "All 2 hiring events on record in Austin are cancelled"
    )
    assert timeline_finding(log([{"status": "cancelled"}]), chosen="with these filters") == (
        "The one hiring event with these filters is cancelled"
    )


def test_the_place_is_named_and_the_beginning_may_be_open():
    one = ("layoff", 30), ("opening", 10)
    assert (
        told(*one, place="Austin", since="")
        == "Lay-offs announced in Austin outweigh hiring: 30 jobs against 10"
    )
    assert told(place="Austin") == "No hiring event is on record in Austin since November 2024"
    assert event_words.months_finding(months(("2025-03", 5, 20, 0)), "Austin") == (
        "Largest losses announced in Austin: 20 jobs in March 2025; largest gains: 5 in March 2025"
    )
    assert event_words.industries_finding(net("title", ("Retail Trade", -7, 0)), "Austin") == (
        "Net loss announced in Austin: Retail Trade, 7 jobs"
    )
    assert event_words.ranks_finding(moved((4.0, 9.0)), "Austin").startswith(
        "With hiring events in Austin 1 occupation ranks lower; "
    )


def test_rumors_are_said_to_be_in_the_sum():
    assert told(("layoff", 30, "rumored"), ("opening", 10)).endswith("30 jobs against 10, rumors included")


def months(*rows):
    return pd.DataFrame(rows, columns=["month", "gains", "losses", "uncounted"])


def test_the_extreme_months():
    given = months(("2025-03", 30, 1100, 0), ("2025-09", 2000, 200, 0), ("2025-10", 0, 900, 0))
    assert event_words.months_finding(given) == (
        "Largest losses announced: 1,100 jobs in March 2025; largest gains: 2,000 in September 2025"
    )
    assert event_words.months_finding(months(("2025-03", 0, 20, 3))) == (
        "Largest losses announced: at least 20 jobs in March 2025"
    )
    assert event_words.months_finding(months(("2025-03", 0, 0, 3))) == "No month has a count of jobs"


def net(name, *rows):
    return pd.DataFrame(rows, columns=[name, "net", "uncounted"])


def test_industries_by_net_without_the_unknown_one():
    unknown = ("Industry not given", -9000, 0)
    known = (("Manufacturing", 2160, 0), ("Information", -640, 2), ("Retail Trade", 3, 0))
    given = net("title", unknown, *known)
    assert event_words.industries_finding(given) == (
        "Largest net gain announced: Manufacturing, 2,160 jobs; net loss: Information, 640 counted"
    )
    assert event_words.industries_finding(given.head(1)) == "No event tells its industry"
    assert event_words.industries_finding(net("title", ("Retail Trade", 0, 0))) == (
        "In no industry do announced gains and losses differ"
    )
    assert event_words.industries_finding(net("title", ("Retail Trade", -1, 0))) == (
        "Net loss announced: Retail Trade, 1 job"
    )


def test_counties_by_net():
    given = pd.DataFrame({"name": ["Travis County", "Hays County", "Williamson County"],
                          "net": [-3100, -448, 2294 - 1106], "uncounted": 0})  # fmt: skip
    assert event_words.map_finding(given) == (
        "Largest net loss announced: Travis County, 3,100 jobs; net gain: Williamson County, 1,188"
    )
    assert event_words.map_finding(given.head(0)) == "No event tells its county"
    untold = given.assign(net=pd.array([None, None, 0], dtype="Int64"), uncounted=1)
    assert event_words.map_finding(untold) == (
        "As far as counts are told, in no county do announced gains and losses differ"
    )
    assert event_words.map_finding(untold.head(2), "Tulsa") == (
        "No event in Tulsa with a known county tells how many jobs it is about"
    )


def test_the_occupation_that_is_moved_most():
    given = pd.DataFrame({"title": ["Technicians", "Developers", "Others"],
                          "openings_per_year": [40.0, 2900.0, None],
                          "with_events": [412.0, 2500.0, None]})  # fmt: skip
    assert event_words.moves_finding(given) == (
        "Hiring events move Developers most: 2,900 openings a year without them, 2,500 with them"
    )
    still = given.assign(with_events=given["openings_per_year"])
    assert event_words.moves_finding(still) == "Hiring events move no occupation's openings"


def moved(*pairs):
    rows = [(f"T{i}", *pair) for i, pair in enumerate(pairs)]
    return pd.DataFrame(rows, columns=["title", "rank_before", "rank_after"])


def ranks(*pairs):
    return event_words.ranks_finding(moved(*pairs))


def test_ranks_that_rise_and_fall():
    assert ranks((31.0, 12.0), (9.0, 14.0), (5.0, 4.0), (1.0, 1.0), (None, None)) == (
        "With hiring events 2 occupations rank higher and 1 lower; T0 rise most, from 31 to 12"
    )
    assert ranks((4.0, 9.0)) == "With hiring events 1 occupation ranks lower; T0 fall most, from 4 to 9"
    assert ranks((4.0, 4.0)) == "Hiring events leave the ranking as it is"


@pytest.mark.parametrize(
    ("value", "change", "ended", "sentence"),
    [(114.15, -3.2, None, "are 14% above February 2020, and down 3% over the year"),
     (88.4, 0.7, None, "are 12% below February 2020, and up 1% over the year"),
     (100.3, 0.2, None, "are level with February 2020, and unchanged over the year"),
     (101.0, None, None, "are 1% above February 2020"),
     (185.6, 40.0, "2022-03-25", "were 86% above February 2020 when the series ended, in March 2022")],
)  # fmt: skip
def test_postings_against_the_base_and_a_year_ago(value, change, ended, sentence):
    said = postings_finding("Texas", value, change, ended=ended)
    assert said == f"Postings on Indeed in Texas {sentence}"
    assert "opening" not in said
