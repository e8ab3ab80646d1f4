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


@given(st.text())
def test_text_comes_back_as_it_was(text):
    safe = neutralise(text)
    assert not safe.startswith(RISKY)
    assert restore_text(safe) == text


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=5))
def test_text_survives_the_file(texts):
    _, table = read_back(csv_bytes(pd.DataFrame({"t": texts, "i": range(len(texts))}), ["source x"]))
    assert [restore_text(row[0]) for row in table[1:]] == texts
