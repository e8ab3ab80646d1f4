"""CPS table 11: published values, the hierarchy, and what is refused."""

from pathlib import Path

import pandas as pd
import pytest

from lmi.domain.errors import BadFile
from lmi.sources import bls_cps

NAME = Path(bls_cps.TABLE_11).name
WORKBOOK = "demographics/cpsaat11_2022.xlsx"


@pytest.fixture(scope="module")
def table(raw) -> pd.DataFrame:
    return bls_cps.parse(raw)["cps_occupation"]


@pytest.fixture(scope="module")
def by_title(table) -> pd.DataFrame:
    return table.set_index("cps_title")


def change(raw: Path, old: str, new: str) -> None:
    path = raw / bls_cps.TABLE_11
    content = path.read_bytes().decode()
    assert content.count(old) == 1
    path.write_bytes(content.replace(old, new).encode())


def test_published_values(by_title):
    assert by_title.loc["Electricians", ["employed", "women_pct", "hispanic_pct"]].tolist() == [
        1_063_000, 3.5, 25.0
    ]  # fmt: skip
    assert by_title.loc["Registered nurses", ["employed", "women_pct", "black_pct"]].tolist() == [
        3_528_000, 87.3, 16.0
    ]  # fmt: skip
    total = by_title.loc["Total, 16 years and over", "employed":"hispanic_pct"]
    assert total.tolist() == [163_493_000, 47.1, 75.7, 12.7, 7.5, 20.0]


def test_what_is_not_published_is_null_and_never_zero(table, by_title):
    legislators = by_title.loc["Legislators"]
    assert legislators.employed == 18_000
    shares = ["women_pct", "white_pct", "black_pct", "asian_pct", "hispanic_pct"]
    assert legislators[shares].isna().all()
    assert table.women_pct.isna().sum() == 199
    assert (table.women_pct.isna() == table.hispanic_pct.isna()).all()


def test_lines_keep_the_order_of_the_file(table):
    assert table.cps_line.tolist() == list(range(1, 596))
    assert table.cps_title.iloc[6] == "Legislators"


def test_levels_follow_the_next_row_and_not_a_fixed_indent(table, by_title):
    assert table.cps_level.value_counts().to_dict() == {"detail": 565, "group": 29, "total": 1}
    # Two levels below the total in services, three in management.
    for title, level, parent in (
        ("Chief executives", "detail", "Management occupations"),
        ("Management occupations", "group", "Management, business, and financial operations occupations"),
        ("Firefighters", "detail", "Protective service occupations"),
        ("Protective service occupations", "group", "Service occupations"),
        ("Service occupations", "group", "Total, 16 years and over"),
    ):
        row = by_title.loc[title]
        assert row.cps_level == level
        assert table.cps_title[row.parent_line - 1] == parent


def test_only_the_total_has_no_parent(table):
    assert table[table.parent_line.isna()].cps_level.tolist() == ["total"]
    top = table[table.parent_line == 1]
    assert len(top) == 5
    assert abs(top.employed.sum() - table.employed[0]) <= 6000
    assert (table.parent_line[1:] < table.cps_line[1:]).all()


def test_hierarchy_of_rows_that_go_up_two_levels():
    levels, parents = bls_cps.hierarchy([0, 0, 1, 2, 2, 0, 1])
    assert levels == ["total", "group", "group", "detail", "detail", "group", "detail"]
    assert parents == [None, 1, 2, 3, 3, 1, 6]


@pytest.mark.parametrize("mark", ["–", "—"])
def test_the_dashes_of_the_workbooks_are_known_too(copied, mark):
    change(copied, "Legislators,18,-,-,-,-,-", f"Legislators,18,{mark},{mark},{mark},{mark},{mark}")
    table = bls_cps.parse(copied)["cps_occupation"].set_index("cps_title")
    assert table.women_pct.isna().sum() == 199


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Legislators,18,-", "Legislators,18,N/A", r"women_pct: 'N/A' is not a number \(data row 7\)"),
        ("Legislators,18,-", "Legislators,18,", r"women_pct: '' is not a number \(data row 7\)"),
        ("Legislators,18,-", "Legislators,-,-", r"employed: '-' is not a number \(data row 7\)"),
        ('"1,063",3.5', '"1,063",103.5', r"women_pct: 103.5 is no share \(data row 432\)"),
        ('"1,063",3.5', '"1,063",-3.5', r"women_pct: -3.5 is no share \(data row 432\)"),
        (
            'Electricians,"1,063"', 'Electricians,"9,063"',
            r"'Construction and extraction occupations' \(line 422\) are not the sum of their parts",
        ),
        ('0,"Total, 16 years and over","163,493"', '0,"Total, 16 years and over","170,493"', "line 1"),
        ("3,Legislators", "x,Legislators", "'x' is not a valid code"),
        ("3,Legislators", "3,Chief executives and others,5,6", "row 8 has"),
        ("pct_hispanic_or_latino", "pct_hispanic", "column for hispanic_pct not recognised"),
    ],
)  # fmt: skip
def test_a_changed_file_is_refused(copied, old, new, words):
    change(copied, old, new)
    with pytest.raises(BadFile, match=words) as error:
        bls_cps.parse(copied)
    assert NAME in error.value.what
    assert error.value.next_step


def test_sums_may_differ_by_rounding_only():
    def table(whole: int) -> pd.DataFrame:
        return pd.DataFrame({
            "cps_line": [1, 2, 3], "cps_title": ["All", "A", "B"], "employed": [whole, 40_000, 60_000],
            "parent_line": pd.array([None, 1, 1], dtype="Int32"),
        })  # fmt: skip

    bls_cps.check_sums(table(103_000), "x")  # two parts and the whole, each rounded
    with pytest.raises(BadFile, match=r"x: employed of 'All' \(line 1\)"):
        bls_cps.check_sums(table(104_000), "x")


def test_an_empty_table_is_refused(copied):
    path = copied / bls_cps.TABLE_11
    path.write_bytes(path.read_bytes().split(b"\r\n")[0] + b"\r\n")
    with pytest.raises(BadFile, match=rf"{NAME} has no rows"):
        bls_cps.parse(copied)
    path.unlink()
    with pytest.raises(BadFile, match=rf"{NAME} is missing"):
        bls_cps.parse(copied)


def test_the_publishers_workbook_reads_into_the_same_table(raw, table):
    other = bls_cps.parse_workbook(raw / WORKBOOK, table)
    assert list(other.columns) == list(table.columns)
    for column in ("cps_line", "cps_title", "cps_level", "parent_line"):
        pd.testing.assert_series_equal(other[column], table[column])
    rows = other.set_index("cps_title")
    assert rows.loc["Chief executives", ["employed", "women_pct", "hispanic_pct"]].tolist() == [
        1_780_000, 29.2, 6.8
    ]  # fmt: skip
    assert rows.loc["Legislators", "employed"] == 14_000
    assert pd.isna(rows.loc["Legislators", "women_pct"])
    # Written with two spaces there: 'Management,  professional'.
    assert rows.loc["Management, professional, and related occupations", "employed"] == 68_099_000


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({'name="cpsaat11"': 'name="table"'}, "has no sheet 'cpsaat11'"),
        ({">Women<": ">Females<"}, "rows 4 to 6: column for women_pct not recognised"),
        ({">Electricians<": ">Wizards<"}, "see 'wizards'"),
        ({">–<": ">n/a<"}, "women_pct: 'n/a' is not a number"),
    ],
)
def test_a_changed_workbook_is_refused(copied, edit_workbook, table, changes, words):
    edit_workbook(copied / WORKBOOK, changes)
    with pytest.raises(BadFile) as error:
        bls_cps.parse_workbook(copied / WORKBOOK, table)
    assert "cpsaat11_2022.xlsx" in error.value.what
    assert words in error.value.line()


def test_a_workbook_without_one_occupation_is_refused(copied, drop_row, table):
    drop_row(copied / WORKBOOK, sheet=1, row=15)
    with pytest.raises(BadFile) as error:
        bls_cps.parse_workbook(copied / WORKBOOK, table)
    assert "found 594; see 'legislators'" in error.value.line()


def test_what_the_source_says_of_itself():
    source = bls_cps.SOURCE
    assert (source.period, source.released, source.next_due) == ("2025", "2026-01", "2027-01")
    assert source.feeds_figures
