"""What may replace the files of Indeed Hiring Lab that are in use."""

from datetime import date

import pandas as pd
import pytest

from lmi.domain.errors import BadFile
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import indeed_checks

TODAY = date(2026, 11, 25)
AREAS = {"US": "United States", "17": "Illinois", "48": "Texas"}
DAYS = ("2020-02-01", "2026-08-13", "2026-08-14")


def postings(days=DAYS, areas=("17", "48", "US"), value=100.0) -> pd.DataFrame:
    rows = [(area, "total", day, value) for area in areas for day in days]
    return pd.DataFrame(rows, columns=["area_code", "postings", "date", "index_value"])


def pay(*months: str) -> pd.DataFrame:
    return pd.DataFrame({"sector": "Retail", "period": months, "pay_growth_pct": 3.0})


def why(table: str, fetched: pd.DataFrame, held: pd.DataFrame) -> str:
    """Why it is refused; nothing where it is not."""
    try:
        indeed_checks.require_usable(TABLE_BY_ID[table], fetched, held, TODAY, AREAS)
    except BadFile as error:
        return error.line()
    return ""


@pytest.mark.parametrize(
    ("fetched", "words"),
    [
        (postings(), ""),
        (postings((*DAYS, "2026-11-26")), ""),  # a day of grace
        (postings(areas=("17", "48", "US"), value=100).iloc[::-1], ""),
        (postings((*DAYS, "2026-11-27")), "It ends 2026-11-27; today is 2026-11-25."),
        (postings(DAYS[:2]), "It ends 2026-08-13, the other 2026-08-14."),
        (postings().iloc[:0], "holds no figure"),
        (postings().iloc[-1:], "lacks series that are in use. Illinois, total postings; Texas, total"),
        (postings(areas=("17", "US")), "Texas, total postings."),
        (postings().drop(4), "lacks days that are in use. Texas, total postings: 1 in all, the first"),
        (pd.concat([postings(), postings(["2026-08-15"], ["17", "US"])]), "Texas, total postings not given"),
        (postings(areas=(*AREAS, "99")), "an unknown area. 99."),
        (postings(value=99), "does not start at 100. Illinois stands at 99 on 2020-02-01."),
    ],
)  # fmt: skip
def test_postings_replace_only_what_they_hold_whole(fetched, words):
    found = why("postings_index", fetched, postings())
    assert words in found
    assert bool(words) == bool(found)


def test_a_series_that_ended_before_may_stay_as_it_was():
    ended = postings().drop(5)  # Texas to the day before the last
    assert why("postings_index", pd.concat([ended, postings(["2026-08-15"], ["17", "US"])]), ended) == ""


def test_months_reach_to_the_present_one():
    held = pay("2026-03", "2026-04")
    assert why("posted_wage_growth", pay("2026-03", "2026-04", "2026-11"), held) == ""
    assert "It ends 2026-12" in why("posted_wage_growth", pay("2026-03", "2026-04", "2026-12"), held)
    assert "lacks months that are in use. Retail: 1 in all, the first 2026-03" in why(
        "posted_wage_growth", pay("2026-04", "2026-05"), held
    )


def test_of_many_series_some_are_named():
    areas = {f"{n:05d}": f"Area {n}" for n in range(1, 7)}
    held = postings(areas=areas).drop(columns="postings")
    with pytest.raises(BadFile, match="Area 2; Area 3; Area 4 and 2 more"):
        indeed_checks.require_usable(
            TABLE_BY_ID["postings_metro_index"], held[held.area_code == "00001"], held, TODAY, areas
        )
