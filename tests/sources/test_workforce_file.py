"""Workforce files that staff supply: three layouts, joined; what is wrong is said, what is right is kept."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import census_acs
from lmi.sources.workforce_file import LocalWorkforce, load_workforce

METRO = "metropolitan statistical area/micropolitan statistical area"
TOTALS = "GEO_ID,NAME,C24010_001E,C24010_001M,C24010_038E,C24010_038M\n"
AUSTIN = "310M700US12420,Austin,1300000,9000,590000,7000\n"
HOUSTON = "310M700US26420,Houston,3400000,9000,1500000,7000\n"


def load(folder: Path, **files: str | bytes) -> LocalWorkforce:
    """Write files (name with '__' for '.') and load their folder."""
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (folder / name.replace("__", ".")).write_bytes(data)
    return load_workforce(folder)


def people(found: LocalWorkforce) -> dict[tuple[str, str], int | None]:
    return {
        (row.area_code, row.group_id): None if pd.isna(row.people) else int(row.people)
        for row in found.rows.itertuples()
    }


def the_problem(found: LocalWorkforce) -> str:
    assert len(found.problems) == 1, found.problems
    return found.problems[0]


AUSTIN_ONLY = {("12420", "all"): 1300000, ("12420", "women"): 590000}


def test_no_folder_or_an_empty_one_is_no_problem(tmp_path):
    for folder in (tmp_path / "none", tmp_path):
        found = load_workforce(folder)
        assert (len(found.rows), found.problems) == (0, ())
        assert list(found.rows.columns) == list(TABLE_BY_ID["workforce"].columns)


def test_a_csv_in_the_layout_of_the_api(tmp_path):
    found = load(tmp_path, acs1_2023_metros__csv=TOTALS + AUSTIN)
    assert found.problems == ()
    first = found.rows.iloc[0]
    assert first.tolist() == ["12420", 2023, "ACS 1-year", "all", 1300000, 9000]
    assert people(found) == AUSTIN_ONLY


def test_the_same_types_as_the_bundled_table(tmp_path, raw):
    found = load(tmp_path, acs1_2023_metros__csv=TOTALS + AUSTIN)
    assert found.rows.dtypes.tolist() == census_acs.parse(raw)["workforce"].dtypes.tolist()


def test_the_labels_that_data_census_gov_puts_under_the_header_are_skipped(tmp_path):
    text = (
        'GEO_ID,NAME,C24010_001E,C24010_001M,\r\n"Geography","Geographic Area Name","Estimate!!Total:",'
        '"Margin of Error!!Total:",\r\n"310M700US12420","Austin, TX Metro Area","1300000","9000",\r\n'
    )
    found = load(tmp_path, **{"ACSDT5Y2023__C24010-Data__csv": b"\xef\xbb\xbf" + text.encode()})
    assert found.problems == ()
    assert found.rows.iloc[0].tolist() == ["12420", 2023, "ACS 5-year", "all", 1300000, 9000]


@pytest.mark.parametrize(
    ("geography", "code", "area"), [("state", "48", "48"), ("us", "1", "US"), (METRO, "12420", "12420")]
)
def test_the_json_of_the_api(tmp_path, geography, code, area):
    rows = [["NAME", "C24010_001E", "C24010_001M", "C24010_038E", geography],
            ["Somewhere", "1000", 90, 480.0, code]]  # fmt: skip
    found = load(tmp_path, acs5_2022__json=json.dumps(rows))
    assert found.problems == ()
    assert people(found) == {(area, "all"): 1000, (area, "women"): 480}
    assert found.rows.people_moe.isna().tolist() == [False, True]
    assert set(found.rows.survey) == {"ACS 5-year"}


def test_json_with_geo_id_and_several_geography_columns_goes_by_geo_id(tmp_path):
    rows = [["GEO_ID", "C24010_001E", "state"], ["0400000US48", "1000", "48"]]
    assert people(load(tmp_path, acs1_2023__json=json.dumps(rows))) == {("48", "all"): 1000}


def test_a_county_is_not_taken_for_its_state(tmp_path):
    rows = [["C24010_001E", "state", "county"], ["1000", "48", "201"]]
    said = the_problem(load(tmp_path, acs1_2023__json=json.dumps(rows)))
    assert "acs1_2023.json: the header names the geography: state, county" in said
    assert "Accepted: GEO_ID" in said


def test_several_files_are_joined_by_area_year_and_survey(tmp_path):
    found = load(
        tmp_path,
        acs1_2023_C24010__csv=TOTALS + AUSTIN,
        acs1_2023_B24010B__csv="GEO_ID,NAME,B24010B_001E,B24010B_001M\n310M700US12420,Austin,95000,3000\n",
        acs1_2023_B24010D__json=json.dumps([["B24010D_001E", METRO], ["110000", "12420"]]),
    )
    assert found.problems == ()
    assert people(found) == {**AUSTIN_ONLY, ("12420", "black"): 95000, ("12420", "asian"): 110000}


def test_years_and_surveys_stay_apart(tmp_path):
    found = load(tmp_path, acs1_2023__csv=TOTALS + AUSTIN, acs5_2023__csv=TOTALS + AUSTIN,
                 acs1_2022__csv=TOTALS + AUSTIN)  # fmt: skip
    assert found.problems == ()
    assert sorted(set(zip(found.rows.survey, found.rows.survey_year, strict=True))) == [
        ("ACS 1-year", 2022), ("ACS 1-year", 2023), ("ACS 5-year", 2023)
    ]  # fmt: skip


def test_the_same_value_twice_is_no_problem_another_one_is(tmp_path):
    other = AUSTIN.replace("590000", "600000")
    found = load(tmp_path, acs1_2023_a__csv=TOTALS + AUSTIN, acs1_2023_b__csv=TOTALS + other)
    said = the_problem(found)
    assert "acs1_2023_b.csv, line 2: C24010_038 of 12420" in said
    assert "acs1_2023_a.csv, line 2, which is kept" in said
    assert people(found) == AUSTIN_ONLY


@pytest.mark.parametrize("mark", ["", "null", "-666666666", "-555555555", "N", "**", "(X)", "-888888888.0"])
def test_what_is_not_published_is_null(tmp_path, mark):
    found = load(tmp_path, acs1_2023__csv=TOTALS + AUSTIN.replace("590000,7000", f"{mark},{mark}"))
    assert found.problems == ()
    assert people(found) == {("12420", "all"): 1300000, ("12420", "women"): None}


def test_thousands_separators_and_signs_of_a_margin(tmp_path):
    found = load(tmp_path, acs1_2023__csv=TOTALS + '310M700US12420,A,"1,300,000","±9,000",590000.0,0\n')
    assert found.problems == ()
    assert people(found) == AUSTIN_ONLY
    assert found.rows.people_moe.tolist() == [9000, 0]


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b"\xef\xbb\xbf" + b,
        lambda b: b.replace(b"\n", b"\r\n"),
        lambda b: b.replace(b"Austin", "Peñuelas".encode("cp1252")),
        lambda b: b.replace(b"Austin", "Peñuelas".encode()),
        lambda b: b.replace(b"Austin", b'=1+1"'),
        lambda b: b.replace(b"Austin", b"<b>@x</b>"),
        lambda b: b + b"\r\n\n",
    ],
)
def test_ways_of_saving_and_names_do_not_matter(tmp_path, change):
    found = load(tmp_path, acs1_2023__csv=change((TOTALS + AUSTIN).encode()))
    assert (people(found), found.problems) == (AUSTIN_ONLY, ())


BAD_ROWS = [
    ("0500000US48453,Travis,1,1,1,1\n", "line 3: '0500000US48453' is no area", "0400000US48"),
    ("310M700US26420,H,many,1,1,1\n", "line 3, C24010_001: 'many' is not a number", "a whole number"),
    ("310M700US26420,H,-5,1,1,1\n", "line 3, C24010_001: '-5' is not a number", "a whole number"),
    ("310M700US26420,H,1.5,1,1,1\n", "line 3, C24010_001: '1.5' is not a number", "a whole number"),
    ("310M700US26420,H,٣٣,1,1,1\n", "line 3, C24010_001: '٣٣' is not a number", "a whole number"),
    (f"310M700US26420,H,{'9' * 5000},1,1,1\n", "line 3, C24010_001: '999", "a whole number"),
    ("310M700US26420,H,1\n", "line 3: it has 3 cells; the header has 6", "Correct that row"),
    ("310M700US26420,H,1,1,1,1,1\n", "line 3: it has 7 cells; the header has 6", "Correct that row"),
    (f'310M700US26420,"{"x" * 200_000}', "line 3: it has no cells", "Correct that row"),
    ("310M700US26420,H,100,1,101,1\n", "line 3: C24010_038E is 101, more than all employed", "check both"),
]


@pytest.mark.parametrize(("row", "words", "accepted"), BAD_ROWS)
def test_a_bad_row_is_said_by_line_and_the_good_ones_are_kept(tmp_path, row, words, accepted):
    found = load(tmp_path, acs1_2023__csv=TOTALS + AUSTIN + row)
    said = next(p for p in found.problems if words in p)
    assert said.startswith("acs1_2023.csv, line 3")
    assert accepted in said
    kept = people(found)
    assert {key: kept[key] for key in AUSTIN_ONLY} == AUSTIN_ONLY
    assert ("26420", "women") not in kept


def test_a_group_larger_than_all_goes_alone(tmp_path):
    found = load(tmp_path, acs1_2023__csv=TOTALS + "310M700US26420,H,100,1,101,1\n")
    assert people(found) == {("26420", "all"): 100}


@pytest.mark.parametrize("total", ["", "0", "-666666666"])
def test_an_area_without_the_number_of_all_is_left_out_and_said(tmp_path, total):
    found = load(
        tmp_path,
        acs1_2023__csv=TOTALS + AUSTIN + HOUSTON.replace("3400000", total),
        acs1_2023_B24010B__csv="GEO_ID,B24010B_001E\n0400000US48,5\n0400000US06,5\n",
    )
    said = the_problem(found)
    assert said.startswith("ACS 1-year 2023: no number of all employed people for 06, 26420, 48, so")
    assert "C24010" in said
    assert people(found) == AUSTIN_ONLY


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("metros.csv", TOTALS + AUSTIN, "Rename it so that it begins like acs1_2023_"),
        ("acs1_2023.xlsx", b"PK\x03\x04\0\0", "Accepted: .csv and .json"),
        ("acs1_2023.csv", b"PK\x03\x04\0\0\xff", "the file is not text"),
        ("acs1_2023.csv", (TOTALS + AUSTIN).encode("utf-16"), "the file is not text"),
        ("acs1_2023.csv", b"GEO_ID,C24010_001E\n\x81\x8d,1\n", "neither UTF-8 nor Windows text"),
        ("acs1_2023.csv", b"", "the file is empty"),
        ("acs1_2023.csv", b"\n\n", "the file is empty"),
        ("acs1_2023.csv", TOTALS, "no row under the header"),
        (
            "acs1_2023.csv",
            "GEO.id,HD01_VD01\n0400000US48,1\n",
            "Accepted: GEO_ID, or one of us; state; metro",
        ),
        ("acs1_2023.csv", "GEO_ID,B01001_001E\n0400000US48,1\n", "none of the variables that are used"),
        ("acs1_2023.csv", "GEO_ID,C24010_001E,C24010_001E\n0400000US48,1,2\n", "C24010_001E stands twice"),
        ("acs1_2023.json", "error: unknown variable 'C24010_999E'", "the file is not JSON"),
        ("acs1_2023.json", '{"a": 1}', "not a list of lists"),
        ("acs1_2023.json", "[]", "not a list of lists"),
        ("acs1_2023.json", "[" * 100_000, "the file is not JSON"),
        ("acs1_2023.json", '[["C24010_001E","us"],[' + "9" * 6000 + ',"1"]]', "the file is not JSON"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_problem_beside_one_that_can(tmp_path, name, content, words):
    (tmp_path / "acs1_2022.csv").write_text(TOTALS + AUSTIN, encoding="utf-8")
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(data)
    found = load_workforce(tmp_path)
    said = the_problem(found)
    assert said.startswith(f"{name}: ")
    assert words in said
    assert people(found) == AUSTIN_ONLY


def test_odd_entries_of_json_are_said_by_number(tmp_path):
    rows = [["C24010_001E", "state"], ["5", "48"], "x", ["7", "99"], [True, "17"], [[1], "06"], ["9", "6"]]
    found = load(tmp_path, acs1_2023__json=json.dumps(rows))
    assert people(found) == {("48", "all"): 5}
    assert [p.split(":")[0].split(",")[1].strip() for p in found.problems] == [
        "entry 3", "entry 4", "entry 5", "entry 6", "entry 7"
    ]  # fmt: skip
    assert "two digits, such as 06 or 48" in found.problems[-1]


def test_notes_beside_the_data_are_left_alone(tmp_path):
    found = load(
        tmp_path,
        **{"README__md": "x", "__gitkeep": "", "ACSDT1Y2023__C24010-Column-Metadata__csv": "a,b\n",
           "ACSDT1Y2023__C24010-Table-Notes__txt": "note"},
    )  # fmt: skip
    (tmp_path / "acs1_2023.csv").mkdir()
    assert (found.problems, len(found.rows)) == ((), 0)
    assert load_workforce(tmp_path).problems == ()


def test_very_many_problems_are_counted(tmp_path):
    found = load(tmp_path, acs1_2023__csv=TOTALS + AUSTIN + "x,y,1,1,1,1\n" * 500)
    assert len(found.problems) == 51
    assert found.problems[-1] == "acs1_2023.csv: 450 more rows have problems."


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: (TOTALS + t).encode())),
       st.sampled_from(["acs1_2023.csv", "acs1_2023.json"]))  # fmt: skip
def test_no_file_breaks_it_and_messages_stay_on_one_line(tmp_path, content, name):
    (tmp_path / name).write_bytes(content)
    found = load_workforce(tmp_path)
    (tmp_path / name).unlink()
    assert all(p.isprintable() for p in found.problems)
