"""College Scorecard: published values, rows without earnings, and what is refused."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lmi.domain.errors import BadFile
from lmi.sources import ed_scorecard

NAME = Path(ed_scorecard.FIELD_OF_STUDY).name


@pytest.fixture(scope="module")
def earnings(raw) -> pd.DataFrame:
    return ed_scorecard.parse(raw)["program_earnings"]


def test_nurses_of_the_university_of_houston(earnings):
    row = earnings.query("unitid == '225511' and cip4 == '51.38' and credential_level == '3'")
    assert row.earnings_usd_year.tolist() == [91276]
    assert row.years_after.tolist() == [4]


def test_rows_without_earnings_are_left_out_and_counted(raw, earnings):
    rows = pq.read_metadata(raw / ed_scorecard.FIELD_OF_STUDY).num_rows
    left_out = earnings.attrs["left_out"]
    assert left_out == {"programs without published earnings": 273}
    assert len(earnings) + 273 == rows
    assert earnings.notna().all(axis=None)
    assert earnings.earnings_usd_year.min() > 0


def test_codes_are_text_and_years_after_are_told_apart(earnings):
    assert earnings.unitid.str.fullmatch(r"\d{6}").all()
    assert earnings.cip4.str.fullmatch(r"\d{2}\.\d{2}").all()
    assert earnings.years_after.value_counts().to_dict() == {4: 249, 1: 8}
    assert set(earnings.credential_level) == {"1", "2", "3", "5", "6", "7", "8", "99"}


def spoil(raw: Path, **changes: object) -> None:
    """Change cells of the first row that has earnings."""
    path = raw / ed_scorecard.FIELD_OF_STUDY
    table = pq.read_table(path)
    row = next(i for i, value in enumerate(table["earnings"].to_pylist()) if value is not None)
    for column, value in changes.items():
        cells = table[column].to_pylist()
        cells[row] = value
        place = table.schema.get_field_index(column)
        table = table.set_column(place, column, pa.array(cells, table[column].type))
    pq.write_table(table, path)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"earnings_horizon": "5yr_after_completion"}, "horizon: unknown value '5yr_after_completion'"),
        ({"earnings_horizon": None}, "years_after has empty cells"),
        ({"cip_code": "51.38"}, "cip_code: '51.38' is not a valid code"),
        ({"cip_code": "101"}, "cip_code: '101' is not a valid code"),
        ({"unitid": "10065"}, "unitid: '10065' is not a valid code"),
        ({"credential_level": "9"}, "credential_level: unknown value '9'"),
        ({"earnings": -1.0}, "earnings_usd_year holds -1"),
        ({"unitid": "225511", "cip_code": "5138", "credential_level": "3"}, "two rows for"),
    ],
)
def test_a_changed_table_is_refused(copied, changes, words):
    spoil(copied, **changes)
    with pytest.raises(BadFile) as error:
        ed_scorecard.parse(copied)
    assert NAME in error.value.what
    assert words in error.value.what


def test_missing_and_truncated_tables_are_refused(copied, truncate):
    path = copied / ed_scorecard.FIELD_OF_STUDY
    truncate(path)
    with pytest.raises(BadFile, match=rf"{NAME} cannot be read as Parquet"):
        ed_scorecard.parse(copied)
    path.unlink()
    with pytest.raises(BadFile, match=rf"{NAME} is missing"):
        ed_scorecard.parse(copied)


def test_both_makers_are_named():
    source = ed_scorecard.SOURCE
    assert source.licence == "CC BY 4.0"
    assert "Truewise" in source.attribution
    assert "U.S. Department of Education, College Scorecard" in source.attribution
