"""Employed people by state and group: what is withheld is null, and a strange area is refused."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from lmi.domain.errors import BadFile
from lmi.sources import census_acs
from lmi.sources.census_acs import area_code, parse, survey_and_year

BLACK = "demographics/acs2018_states/acs1_2018_states_B24010B.csv"
TEXAS = ("48", 2018, "ACS 1-year")


def table(raw: Path) -> pd.DataFrame:
    key = ["area_code", "survey_year", "survey", "group_id"]
    return parse(raw)["workforce"].set_index(key)


def put(path: Path, geo_id: str, column: str, value: str) -> None:
    """Change one cell of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    at = rows[0].index(column)
    hit = next(row for row in rows if row[0] == geo_id)
    hit[at] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_the_published_figures_of_texas(raw):
    rows = table(raw)
    assert rows.loc[(*TEXAS, "all")].tolist() == [13491168, 36714]
    assert rows.loc[(*TEXAS, "women")].tolist() == [6163329, 29239]
    assert rows.loc[(*TEXAS, "black"), "people"] == 1636891
    assert rows.loc[(*TEXAS, "asian"), "people"] == 725390
    assert rows.loc[(*TEXAS, "hispanic"), "people"] == 5073394


def test_every_state_has_every_group_and_what_is_withheld_is_null(raw):
    rows = table(raw)
    assert len(rows) == 6 * 5
    assert rows.index.get_level_values("area_code").unique().sort_values().tolist() == [
        "06", "17", "30", "33", "48", "72"
    ]  # fmt: skip
    withheld = rows.loc[("33", 2018, "ACS 1-year", "black")]
    assert withheld.isna().all()
    assert rows.loc[("33", 2018, "ACS 1-year", "asian"), "people"] == 19156
    assert not (rows.people == 0).any()


@pytest.mark.parametrize(
    "mark", ["", "null", "-666666666", "-222222222", "-333333333", "-555555555", "-888888888", "-999999999",
             "N", "(X)", "*****"],
)  # fmt: skip
def test_every_mark_of_a_missing_value_is_null(copied, mark):
    put(copied / BLACK, "0400000US48", "B24010B_001E", mark)
    put(copied / BLACK, "0400000US17", "B24010B_001M", mark)
    rows = table(copied)
    assert pd.isna(rows.loc[(*TEXAS, "black"), "people"])
    assert rows.loc[("17", 2018, "ACS 1-year", "black"), "people"] == 750978
    assert pd.isna(rows.loc[("17", 2018, "ACS 1-year", "black"), "people_moe"])


def test_a_published_zero_stays_zero(copied):
    put(copied / BLACK, "0400000US48", "B24010B_001E", "0")
    assert table(copied).loc[(*TEXAS, "black"), "people"] == 0


@pytest.mark.parametrize(
    ("geo_id", "area"),
    [
        ("0100000US", "US"), ("01000US", "US"), ("0400000US48", "48"), ("0400000US06", "06"),
        ("0400000US72", "72"), ("310M700US12420", "12420"), ("310M600US12420", "12420"),
        ("3100000US12420", "12420"), ("31000US12420", "12420"),
        ("0400001US48", None), ("310M701US12420", None), ("0400000US99", None), ("0500000US48201", None),
        ("330M700US288", None), ("", None), ("48", None), ("0400000US48 ", None),
    ],
)  # fmt: skip
def test_which_areas_a_geo_id_may_name(geo_id, area):
    assert area_code(geo_id) == area


def test_any_other_area_is_refused_by_row(copied):
    path = copied / BLACK
    path.write_text(path.read_text("utf-8").replace("0400000US17", "0500000US17031"), encoding="utf-8")
    number = next(n for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if "17031" in line)
    with pytest.raises(BadFile) as error:
        parse(copied)
    assert f"acs1_2018_states_B24010B.csv, row {number}: GEO_ID '0500000US17031'" in error.value.what
    assert "0400000US48" in error.value.why


@pytest.mark.parametrize(
    ("value", "words"),
    [("many", "'many' is not a number"), ("-5", "people holds -5"), ("99999999", "larger than all employed")],
)
def test_an_impossible_value_is_refused(copied, value, words):
    put(copied / BLACK, "0400000US48", "B24010B_001E", value)
    with pytest.raises(BadFile, match=words):
        parse(copied)


def test_an_area_that_stands_twice_is_refused(copied):
    path = copied / BLACK
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(BadFile, match="two rows for"):
        parse(copied)


def test_a_missing_variable_is_refused(copied):
    path = copied / BLACK
    path.write_text(path.read_text("utf-8").replace("B24010B_001E", "B24010B_000E"), encoding="utf-8")
    with pytest.raises(BadFile, match="B24010B_001E"):
        parse(copied)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("acs1_2018_states_C24010.csv", ("ACS 1-year", 2018)),
        ("Texas ACS5_2023 metros.json", ("ACS 5-year", 2023)),
        ("ACSDT1Y2024.C24010-Data.csv", ("ACS 1-year", 2024)),
        ("ACSDT5Y2023.B24010B-Data.csv", ("ACS 5-year", 2023)),
        ("acs3_2012.csv", None), ("acs1_20188.csv", None), ("acs1_1018.csv", None), ("C24010.csv", None),
    ],
)  # fmt: skip
def test_survey_and_year_come_from_the_name(name, found):
    assert survey_and_year(name) == found


def test_the_source_is_named_as_overdue():
    source = census_acs.SOURCE
    assert (source.period, source.released, source.next_due) == ("2018", "2019-09", "2020-09")
    assert source.feeds_figures
