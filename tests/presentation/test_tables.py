import csv
import io

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from lmi.presentation.tables import csv_bytes, display_table, neutralise, restore_text

RISKY = ("=", "+", "-", "@", "\t", "\r")


def read_back(data: bytes) -> tuple[list[str], list[list[str]]]:
    lines = data.decode("utf-8-sig").split("\r\n")
    header = [line for line in lines if line.startswith("# ")]
    return header, list(csv.reader(io.StringIO("\r\n".join(lines[len(header) :]), newline="")))


def test_headings_are_for_people_and_numbers_stay_numbers(rows):
    table = display_table(rows, ["title", "openings_per_year", "wage_median_usd_year", "in_demand"])
    assert list(table.columns) == [
        "Occupation", "Openings (per year)", "Median wage (USD per year)", "In demand by the rule",
    ]  # fmt: skip
    assert table["Openings (per year)"].tolist()[:4] == [480, 460, 460, 120]
    assert table["Openings (per year)"].isna().sum() == 1


def test_two_columns_never_share_a_heading():
    frame = pd.DataFrame({"area_name": ["x"], "short_name": ["y"]})
    assert display_table(frame, ["area_name", "short_name"]).columns.is_unique


def test_csv_starts_with_what_the_figures_are(rows):
    data = csv_bytes(rows[["soc", "title"]], ["source BLS OEWS, May 2025", "# period May 2025"])
    assert data.startswith(b"\xef\xbb\xbf# source BLS OEWS, May 2025\r\n# period May 2025\r\n")


def test_withheld_cells_are_empty_and_noted(rows):
    _, table = read_back(
        csv_bytes(rows[["soc", "openings_per_year", "wage_median_usd_year", "top_coded"]], [])
    )
    assert table[0] == [
        "soc", "openings_per_year", "openings_per_year_note", "wage_median_usd_year",
        "wage_median_usd_year_note", "top_coded",
    ]  # fmt: skip
    assert table[5][:3] == ["51-4121", "", "not published"]
    assert table[1][2] == ""
    assert table[3][3:5] == ["239200.0", "at or above"]


def test_formulas_are_disarmed_and_numbers_are_not():
    frame = pd.DataFrame(
        {"=cmd": ["=1+1", "@x", "-2", "\tz", "'=q", "plain", "it's"], "n": [-5, 1, 2, 3, 4, 5, 6]}
    )
    _, table = read_back(csv_bytes(frame, []))
    assert table[0] == ["'=cmd", "n"]
    assert [r[0] for r in table[1:]] == ["'=1+1", "'@x", "'-2", "'\tz", "''=q", "plain", "it's"]
    assert table[1][1] == "-5"


def test_header_lines_hold_no_formula_and_stay_one_line():
    data = csv_bytes(pd.DataFrame({"a": [1]}), ["selection a,=HYPERLINK(1);\n+2, -3"]).decode("utf-8-sig")
    assert data.splitlines()[0] == "# selection a,'=HYPERLINK(1); '+2, '-3"


def test_floats_in_a_table_keep_the_decimals_that_mean_something():
    frame = pd.DataFrame(
        {
            "gap_pp": [-45.300000000000004, None], "women_pct": [33.33333333333333, 1.25],
            "people_short": pd.array([123.45678901234567, pd.NA], dtype="Float64"),
            "openings_per_year": [0.123456, 12.0], "awards": [17.0, 7.050000000000001],
            "parity": [0.07431234, 1.0], "location_quotient": [1.23456, 0.0004],
            "jobs_per_1000": [0.03456, 1.0], "demand_score": [0.123456789, 1.0],
            "employment": pd.array([1234567, pd.NA], dtype="Int64"), "gap_women": [1.0000000001, "n.p."],
        }
    )  # fmt: skip
    table = display_table(frame, list(frame.columns))
    assert list(table.iloc[0]) == [
        -45.3, 33.3, 123.5, 0.1, 17.0, 0.074, 1.235, 0.035, 0.1235, 1234567, 1.0,
    ]  # fmt: skip
    assert table.isna().sum().sum() == 3
    assert table["Jobs"].dtype == "Int64"
    assert table.iloc[1, -1] == "n.p."


def test_a_csv_has_no_tail_of_binary_fractions():
    frame = pd.DataFrame({"gap_pp": [-45.300000000000004], "location_quotient": [1.23], "x": [1 / 3],
                          "wage_mean_usd_year": [97890.0], "n": [10**15 + 1]})  # fmt: skip
    _, table = read_back(csv_bytes(frame.astype({"x": object}), []))
    assert table[1] == ["-45.3", "1.23", "0.3333", "97890.0", "1000000000000001"]


@given(st.text())
def test_text_comes_back_as_it_was(text):
    safe = neutralise(text)
    assert not safe.startswith(RISKY)
    assert restore_text(safe) == text


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=5))
def test_text_survives_the_file(texts):
    _, table = read_back(csv_bytes(pd.DataFrame({"t": texts, "i": range(len(texts))}), ["source x"]))
    assert [restore_text(row[0]) for row in table[1:]] == texts
