"""Awards of an area: first majors, never the grand totals, men and women, levels by name."""

import pytest

from lmi.answers.completions import RACES, by_race, cips_of, completers, completions, year_of
from lmi.domain.awards import (
    AWARD_LEVEL_BY_CODE,
    COMPLETER_LEVELS,
    EVERY_LEVEL,
    SUB_BACCALAUREATE_COMPLETERS,
)  # fmt: skip
from lmi.domain.errors import BadInput
from lmi.warehouse import programs

HOUSTON = "26420"


def of(desk, area=HOUSTON, cip="", year=""):
    return completions(desk, desk.area(area), cip, year)


@pytest.fixture(scope="module")
def nation(real_desk):
    return of(real_desk, "US")


def test_the_nation_counts_every_award_once(nation):
    """CIP 99 holds the grand total again: with it there would be 10,919,724."""
    assert nation["awards_total"] == 5_459_862
    assert nation["year"] == 2024
    assert nation["area"] == {"code": "US", "name": "United States", "type": "nation"}
    assert nation["cip"] is None


@pytest.mark.parametrize("area", ["US", "06", "48", "12420", HOUSTON, "16220", "72", "R-austin-san-antonio"])
@pytest.mark.parametrize("year", ["", "2020", "2022"])
def test_every_way_of_adding_up_gives_the_total(real_desk, area, year):
    found = of(real_desk, area, year=year)
    assert found["men"] + found["women"] == found["awards_total"] > 0
    assert sum(x["awards"] for x in found["by_award_level"]) == found["awards_total"]
    assert sum(x["awards"] for x in found["by_institution"]) == found["awards_total"]
    assert sum(x["women"] for x in found["by_institution"]) == found["women"]
    assert len({x["unitid"] for x in found["by_institution"]}) == len(found["by_institution"])


# Summed from the publisher's files with plain pandas.
@pytest.mark.parametrize(
    ("area", "year", "total"),
    [("06", "2020", 703_926), ("06", "2024", 752_990), ("48", "2024", 411_339), ("12420", "2024", 39_749),
     ("12420", "2020", 34_823), (HOUSTON, "2024", 75_552), ("16220", "2024", 722), ("US", "2020", 5_203_844)],
)  # fmt: skip
def test_totals_of_areas(real_desk, area, year, total):
    assert of(real_desk, area, year=year)["awards_total"] == total


def test_spot_check_20(real_desk):
    found = of(real_desk, cip="51.3801")
    assert (found["awards_total"], found["women"]) == (3157, 2696)
    levels = {x["level"]: x["awards"] for x in found["by_award_level"]}
    assert levels == {21: 8, 2: 159, 3: 988, 5: 1976, 7: 23, 8: 3}


@pytest.mark.parametrize(("year", "awards"), [("2020", 53), ("2024", 332)])
def test_spot_check_21(real_desk, year, awards):
    assert of(real_desk, cip="46.0302", year=year)["awards_total"] == awards


def test_levels_are_named_and_in_the_order_of_study(nation):
    order = [str(x["level"]) for x in nation["by_award_level"]]
    assert order == list(EVERY_LEVEL)
    labels = {x["level"]: x["label"] for x in nation["by_award_level"]}
    assert labels[20] == "Certificate, less than 12 weeks"
    assert labels[21] == "Certificate, 12 weeks to less than 1 year"
    assert labels[17].startswith("Doctorate, research")
    assert all(x["label"] == AWARD_LEVEL_BY_CODE[str(x["level"])].label for x in nation["by_award_level"])


def test_institutions_by_awards_most_first(nation):
    awards = [x["awards"] for x in nation["by_institution"]]
    assert awards == sorted(awards, reverse=True)
    assert all(x["name"] for x in nation["by_institution"])


def test_a_group_is_the_sum_of_its_programs(real_desk):
    """51.38 is every program whose code starts so; 51 holds 51.38."""
    single = sum(of(real_desk, cip=c)["awards_total"] for c in cips_of(real_desk, "51.38"))
    group = of(real_desk, cip="51.38")["awards_total"]
    assert group == single
    assert group < of(real_desk, cip="51")["awards_total"] < of(real_desk)["awards_total"]


@pytest.mark.parametrize("typed", ["51.3801", "513801", " 51.3801 "])
def test_a_code_may_be_typed_in_other_ways(real_desk, typed):
    assert cips_of(real_desk, typed) == ("51.3801",)


@pytest.mark.parametrize("typed", ["51.38", "5138"])
def test_four_digits_stand_for_the_group(real_desk, typed):
    found = cips_of(real_desk, typed)
    assert len(found) > 10
    assert all(cip.startswith("51.38") for cip in found)


@pytest.mark.parametrize(
    "typed",
    ["51.3", "99", "99.9999", "51.9998", "nursing", "51.3801.1", "5", "51.38011", "' or 1=1 --", "5l.3801",
     "٥١", "x" * 500, "51.38\x00"],
)  # fmt: skip
def test_a_bad_program_names_the_nearest(real_desk, typed):
    with pytest.raises(BadInput) as error:
        cips_of(real_desk, typed)
    line = error.value.line()
    assert "Nearest: " in line
    assert len(line) < 500
    if typed.startswith("51"):
        assert "51." in error.value.why


def test_cip_99_is_no_program(real_desk):
    assert not [cip for cip in real_desk.program_titles if cip.startswith("99")]


@pytest.mark.parametrize("typed", ["1999", "2025", "24", "now", "2024.0", "'"])
def test_a_bad_year_lists_the_years(real_desk, typed):
    with pytest.raises(BadInput, match="2020, 2021, 2022, 2023, 2024"):
        year_of(real_desk, typed)


def test_the_newest_year_is_the_default(real_desk):
    assert year_of(real_desk, "") == 2024
    assert year_of(real_desk, "2021 ") == 2021


def test_a_nonmetropolitan_area_has_none_and_says_where_to_ask(real_desk):
    with pytest.raises(BadInput) as error:
        of(real_desk, "0100001")
    assert "counties of nonmetropolitan areas" in error.value.why
    assert "state" in error.value.next_step


def test_a_program_that_nobody_confers_here_is_no_error(real_desk):
    found = of(real_desk, "16220", "51.1201")
    assert (found["awards_total"], found["by_award_level"], found["by_institution"]) == (0, [], [])


def test_a_region_is_the_sum_of_its_members(real_desk):
    region = of(real_desk, "R-austin-san-antonio")
    parts = [of(real_desk, code) for code in real_desk.area("R-austin-san-antonio").members]
    for key in ("awards_total", "men", "women"):
        assert region[key] == sum(part[key] for part in parts)


class TestCompleters:
    """People, not awards: a person with two awards at one level is one completer."""

    def test_spot_check_22(self, real_desk):
        """Houston: 74,343 completers, 28,736 Hispanic, 13,924 Black."""
        rows = completers(real_desk, real_desk.area(HOUSTON), tuple(COMPLETER_LEVELS))
        assert rows.completers.sum() == 74_343
        assert rows.hispanic.sum() == 28_736
        assert rows.black.sum() == 13_924
        assert (rows.men + rows.women == rows.completers).all()
        assert rows.level.notna().all()

    def test_races_add_up_to_the_people(self, real_desk):
        rows = completers(real_desk, real_desk.area(HOUSTON), tuple(COMPLETER_LEVELS))
        found = by_race(rows)
        assert found.people.sum() == 74_343
        assert found.share_pct.sum() == pytest.approx(100)
        assert list(found.group) == list(RACES.values())

    def test_levels_below_the_bachelors(self, real_desk):
        area = real_desk.area(HOUSTON)
        below = completers(real_desk, area, SUB_BACCALAUREATE_COMPLETERS)
        assert set(below.completer_level) == {"11", "12", "2", "3"}
        assert 0 < below.completers.sum() < 74_343

    def test_nobody_has_no_share(self, real_desk):
        rows = completers(real_desk, real_desk.area(HOUSTON), ())
        assert rows.empty
        assert by_race(rows).share_pct.isna().all()


def test_no_row_of_the_warehouse_is_a_grand_total(real_desk):
    with real_desk.warehouse.cursor() as cursor:
        counted = cursor.execute(
            "select count(*) filter (cip like '99%'), count(*) filter (men + women <> awards), "
            "sum(awards) filter (award_year = 2024) from completion"
        ).fetchone()
    assert counted == (0, 0, 5_459_862)
    assert len(programs.years(real_desk.warehouse)) == 5
