import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lmi.domain.errors import BadFile
from lmi.domain.fields import WAGE_COLUMNS
from lmi.sources import bls_oews


@pytest.fixture(scope="module")
def tables(raw) -> dict[str, pd.DataFrame]:
    return bls_oews.parse(raw)


@pytest.fixture(scope="module")
def cells(tables) -> pd.DataFrame:
    return tables["employment_wage"].set_index(["area_code", "soc"])


def change(path, column: str, match: tuple[str, str], value: str) -> None:
    """Set one cell of the area file: match is (AREA, OCC_CODE)."""
    frame = pq.read_table(path).to_pandas()
    here = (match[0] == frame.AREA) & (match[1] == frame.OCC_CODE)
    assert here.sum() == 1
    frame.loc[here, column] = value
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), path)


def test_published_values(cells):
    assert cells.loc[("26420", "00-0000"), "employment"] == 3289720
    nurses = cells.loc[("26420", "29-1141")]
    assert nurses[["employment", "wage_median_usd_year", "location_quotient"]].tolist() == [
        65910,
        99830,
        0.92,
    ]
    electricians = cells.loc[("26420", "47-2111")]
    assert electricians[["employment", "wage_median_usd_year", "wage_p90_usd_year"]].tolist() == [
        19730,
        59180,
        84470,
    ]
    assert cells.loc[("48", "29-1141"), ["employment", "wage_median_usd_year"]].tolist() == [271380, 95970]
    assert cells.loc[("US", "29-1141"), ["employment", "wage_median_usd_year"]].tolist() == [3379720, 97550]


def test_annual_only_and_hourly_only_pay(cells):
    teachers = cells.loc[("26420", "25-2021")]
    assert pd.isna(teachers.wage_median_usd_hour)
    assert (teachers.wage_median_usd_year, teachers.pay_basis) == (64500, "year")
    actors = cells.loc[("US", "27-2011")]
    assert pd.isna(actors.wage_median_usd_year)
    assert (actors.wage_median_usd_hour, actors.pay_basis) == (29.05, "hour")
    assert cells.loc[("26420", "29-1141"), "pay_basis"] == "both"


def test_withheld_cells_are_null_and_employment_and_pay_apart(cells):
    small = cells.loc["14010"]
    assert small.employment.isna().sum() == 12
    assert small.wage_median_usd_year.isna().sum() == 6
    assert (small.employment.isna() & small.wage_median_usd_year.notna()).sum() > 0
    assert not (cells.employment == 0).any()


def test_top_coded_wages_hold_the_limit_and_are_marked(cells):
    row = cells.loc[("48", "29-1243")]
    assert row.top_coded.split() == list(WAGE_COLUMNS)
    assert (row.wage_median_usd_hour, row.wage_median_usd_year) == (115.00, 239200)
    nation = cells.loc[("US", "29-1243")]  # above the limit, yet published: not clipped, not marked
    assert (nation.wage_median_usd_year, pd.isna(nation.top_coded)) == (559030, True)


def test_industries(tables):
    pattern = tables["staffing_pattern"].set_index(["naics", "soc"])
    hospital = pattern.loc[("622000", "29-1141")]
    assert hospital[["employment", "wage_median_usd_year"]].tolist() == [2020230, 100220]
    assert ("31-33", "51-4121") in pattern.index


def test_area_codes_keep_their_zeros_and_the_nation_is_us(tables):
    area = tables["area"].set_index("area_code")
    assert area.loc["US", "area_name"] == "United States"
    assert area.loc["4800006", "area_type"] == "nonmetro"
    assert area.loc["12420", "short_name"] == "Austin, TX"


def test_the_limit_of_published_wages_is_read_from_the_workbook(copied, edit_workbook):
    assert bls_oews.read_top_code(copied / bls_oews.WORKBOOK) == {"hour": 115.0, "year": 239200.0}
    edit_workbook(copied / bls_oews.WORKBOOK, {"$115.00": "$120.50", "$239,200": "$250,640"})
    cells = bls_oews.parse(copied)["employment_wage"].set_index(["area_code", "soc"])
    row = cells.loc[("48", "29-1243")]
    assert (row.wage_median_usd_hour, row.wage_median_usd_year) == (120.50, 250640)


def test_a_workbook_without_the_limit_is_refused(copied, edit_workbook):
    edit_workbook(copied / bls_oews.WORKBOOK, {"per hour": "hourly"})
    with pytest.raises(BadFile, match=r"'Field Descriptions': the limit of published wages is not stated"):
        bls_oews.parse(copied)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("TOT_EMP", "3379730", "29-1141, TOT_EMP 3379730 against 3379720"),
        ("A_MEDIAN", "97560", "29-1141, A_MEDIAN 97560 against 97550"),
        ("A_MEDIAN", "*", r"29-1141, A_MEDIAN \* against 97550"),
    ],
)
def test_files_that_disagree_about_the_nation_are_refused(copied, column, value, words):
    change(copied / bls_oews.AREAS, column, ("99", "29-1141"), value)
    with pytest.raises(BadFile, match=rf"disagree for 1 national rows. Worst: {words}"):
        bls_oews.parse(copied)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("TOT_EMP", "(8)", r"employment: '\(8\)' is not a number"),
        ("A_MEDIAN", "~", "wage_median_usd_year: '~' is not a number"),
        ("O_GROUP", "detail", "O_GROUP holds 'detail'"),
        ("OCC_CODE", "291141", "soc: '291141' is not a valid code"),
        ("OCC_CODE", "47-2111", r"two rows for \{'area_code': '26420', 'soc': '47-2111'\}"),
    ],
)
def test_odd_cells_are_refused(copied, column, value, words):
    change(copied / bls_oews.AREAS, column, ("26420", "29-1141"), value)
    with pytest.raises(BadFile, match=words) as error:
        bls_oews.parse(copied)
    assert "oews_M2025_areas.parquet" in error.value.what


def test_a_renamed_column_and_a_truncated_file_are_refused(copied, truncate):
    path = copied / bls_oews.AREAS
    table = pq.read_table(path)
    pq.write_table(table.rename_columns([c.replace("EMP_PRSE", "RSE") for c in table.column_names]), path)
    with pytest.raises(
        BadFile, match=r"oews_M2025_areas.parquet, column names: column for employment_rse_pct"
    ):
        bls_oews.parse(copied)
    truncate(path)
    with pytest.raises(BadFile, match=r"oews_M2025_areas.parquet cannot be read as Parquet"):
        bls_oews.parse(copied)


def test_an_area_whose_type_contradicts_its_code_is_refused(copied):
    path = copied / bls_oews.AREA_LIST
    path.write_text(path.read_text().replace('TX",4,TX,26420', 'TX",6,TX,26420'))
    with pytest.raises(BadFile, match=r"area 26420 has type 6"):
        bls_oews.parse(copied)
