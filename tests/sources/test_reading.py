import pandas as pd
import pytest

from lmi.domain.errors import BadFile
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

PRICES = TABLE_BY_ID["price_index"]


def prices(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"year": [2023, 2024], "cpi_u": [304.702, 313.689], "months": [12, 12]} | columns)


def test_conform_orders_columns_and_sets_types():
    shuffled = prices()[["months", "cpi_u", "year"]].assign(extra=1)
    out = reading.conform(shuffled, PRICES, "x.csv")
    assert list(out.columns) == ["year", "cpi_u", "months"]
    assert [str(kind) for kind in out.dtypes] == ["Int32", "Float64", "Int32"]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"year": [2024, 2024]}, "two rows for {'year': 2024}"),
        ({"cpi_u": [304.702, None]}, "cpi_u has empty cells"),
        ({"months": [12, 13]}, "months holds 13"),
        ({"months": [0, 12]}, "months holds 0"),
    ],
)
def test_conform_refuses(columns, words):
    with pytest.raises(BadFile) as error:
        reading.conform(prices(**columns), PRICES, "x.csv")
    assert error.value.what.startswith("x.csv: ")
    assert words in error.value.line()


def test_conform_refuses_a_lacking_column_and_a_bad_code():
    with pytest.raises(BadFile, match=r"no column months"):
        reading.conform(prices().drop(columns="months"), PRICES, "x.csv")
    link = pd.DataFrame({"onet_soc": ["29-1141.00"], "soc": ["29-11410"]})
    with pytest.raises(BadFile, match=r"soc holds '29-11410'"):
        reading.conform(link, TABLE_BY_ID["onet_soc_link"], "x.xlsx")


def test_empty_text_is_null_only_where_nullable():
    area = pd.DataFrame([["48", "Texas", "state", "Texas", "", "48", ""]],
                        columns=list(TABLE_BY_ID["area"].columns))  # fmt: skip
    out = reading.conform(area, TABLE_BY_ID["area"], "x")
    assert out.former_names.isna().all()
    assert out.states.tolist() == [""]


def test_numbers_are_exactly_the_published_decimals():
    column = pd.Series(["304.702", "0.1", "20.035", "1,063"], name="n")
    assert reading.numbers(column, "x", thousands=True).tolist() == [304.702, 0.1, 20.035, 1063]


def test_numbers_keep_missing_apart_and_name_an_unknown_mark():
    assert reading.numbers(pd.Series(["**", "0"], name="n"), "x", ("**",)).isna().tolist() == [True, False]
    with pytest.raises(BadFile, match=r"x.csv, n: '\(c\)' is not a number \(data row 2\)"):
        reading.numbers(pd.Series(["1", "(c)"], name="n"), "x.csv")


def test_flags_know_y_n_and_nothing_else():
    assert reading.flags(pd.Series(["Y", "N", ""], name="f"), "x", blank=True).tolist() == [
        True,
        False,
        False,
    ]
    with pytest.raises(BadFile, match=r"unknown value ''"):
        reading.flags(pd.Series(["Y", ""], name="f"), "x")


def test_cell_text_keeps_zeros_and_drops_the_point_of_whole_numbers():
    assert [reading.cell_text(v) for v in (12420.0, "06", None, 24.51, " a ")] == [
        "12420",
        "06",
        "",
        "24.51",
        "a",
    ]


def test_csv_with_a_short_row_is_refused(tmp_path):
    path = tmp_path / "short.csv"
    path.write_text("a,b\n1,2\n3\n")
    with pytest.raises(BadFile, match=r"short.csv, row 3 has 1 cells. The header has 2"):
        reading.read_csv(path, {"a": "a", "b": "b"})


def test_missing_and_empty_files_say_where_they_were_expected(tmp_path):
    with pytest.raises(BadFile, match=r"gone.csv is missing"):
        reading.require(tmp_path / "gone.csv")
    (tmp_path / "hollow.csv").touch()
    with pytest.raises(BadFile, match=r"hollow.csv is empty"):
        reading.require(tmp_path / "hollow.csv")


def test_a_heading_that_matches_twice_is_refused():
    with pytest.raises(BadFile, match=r"found 2 \(Employment, 2024, Employment, 2034\)"):
        reading.find_columns(["Employment, 2024", "Employment, 2034"], {"jobs": r"Employment, \d{4}"}, "x")
