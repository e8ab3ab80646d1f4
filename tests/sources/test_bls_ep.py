import pandas as pd
import pytest

from lmi.domain.errors import BadFile
from lmi.sources import bls_ep

NAME = "occupation_2024-2034.xlsx"


@pytest.fixture(scope="module")
def projection(raw) -> pd.DataFrame:
    return bls_ep.parse(raw)["projection"].set_index("soc")


def test_thousands_become_jobs(projection):
    nurses = projection.loc["29-1141"]
    assert (nurses.base_jobs, nurses.projected_jobs, nurses.openings_per_year) == (3391000, 3557100, 189100)
    aides = projection.loc["31-1120"]
    assert (aides.employment_change, aides.openings_per_year) == (739800, 765800)


def test_table_1_10_is_joined_by_code(projection):
    row = projection.loc["47-2111"]
    assert (row.growth_pct, row.openings_per_year, row.on_the_job_training) == (9.5, 81000, "Apprenticeship")
    assert (row.exit_rate_pct, row.transfer_rate_pct, row.separations_per_year) == (3.2, 5.4, 73200)
    assert (row.exits_per_year, row.transfers_per_year) == (27000, 46200)


def test_openings_stay_positive_where_jobs_fall(projection):
    cashiers = projection.loc["41-2011"]
    assert (cashiers.employment_change, cashiers.openings_per_year) == (-313600, 542600)


def test_none_is_a_category_and_a_dash_is_missing(projection):
    assert projection.loc["29-1141"].work_experience == "None"
    total = projection.loc["00-0000"]
    assert pd.isna(total.typical_education)
    assert pd.isna(total.work_experience)
    assert total.line_type == "Summary"


def test_titles_lose_their_indent_and_notes_drop_out(projection):
    assert projection.loc["29-1141"].title == "Registered nurses"
    assert projection.index.str.fullmatch(r"\d{2}-\d{4}").all()
    assert projection.loc["29-1141", ["area_code", "base_year", "target_year"]].tolist() == ["US", 2024, 2034]


def test_the_next_cycle_loads_and_says_its_own_years(copied, edit_workbook):
    path = (copied / "projections" / NAME).rename(copied / "projections" / "occupation_2025-2035.xlsx")
    edit_workbook(path, {"2034": "2035", "2024": "2025", "–34": "–35"})
    projection = bls_ep.parse(copied)["projection"]
    assert set(projection.base_year) == {2025}
    assert set(projection.target_year) == {2035}
    source = bls_ep.describe(copied)
    assert (source.period, source.short_title) == ("2025–35", "BLS EP, 2025–35")
    assert (source.released, source.next_due) == ("", "2027-09")
    assert source.files[0].path == "projections/occupation_2025-2035.xlsx"


def test_the_newest_workbook_is_taken(copied, edit_workbook):
    folder = copied / "projections"
    newer = folder / "occupation_2025-2035.xlsx"
    newer.write_bytes((folder / NAME).read_bytes())
    edit_workbook(newer, {"2034": "2035", "2024": "2025", "–34": "–35"})
    assert bls_ep.describe(copied).period == "2025–35"
    newer.unlink()
    assert bls_ep.describe(copied) == bls_ep.SOURCE


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({'name="Table 1.10"': 'name="Table 9"'}, "has no sheet 'Table 1.10'"),
        ({"Occupation type": "Kind"}, "column for line_type not recognised"),
        ({"Employment, 2034": "Jobs, 2034"}, "projection years not recognised"),
        ({">Apprenticeship<": ">Guild<"}, "on_the_job_training: unknown value 'Guild'"),
        ({"Associate's degree": "Two-year degree"}, "typical_education: unknown value 'Two-year degree'"),
        ({">29-1141<": ">29-114<"}, "'29-114' is not a valid code"),
        ({">—<": ">n/a<"}, "'n/a'"),
        ({">Line item<": ">Line<"}, "line_type: unknown value 'Line'"),
    ],
)
def test_a_changed_workbook_is_refused(copied, edit_workbook, changes, words):
    edit_workbook(copied / "projections" / NAME, changes)
    with pytest.raises(BadFile) as error:
        bls_ep.parse(copied)
    assert NAME in error.value.what
    assert words in error.value.what
    assert error.value.next_step


def test_tables_that_cover_different_codes_are_refused(copied, drop_row):
    drop_row(copied / "projections" / NAME, sheet=2, row=8)
    with pytest.raises(BadFile, match=r"Tables 1.2 and 1.10 do not fit together"):
        bls_ep.parse(copied)


def test_missing_and_truncated_workbooks_are_refused(copied, truncate):
    path = copied / "projections" / NAME
    truncate(path)
    with pytest.raises(BadFile, match=r"occupation_2024-2034.xlsx cannot be read as a workbook"):
        bls_ep.parse(copied)
    path.unlink()
    with pytest.raises(BadFile, match=r"occupation_2024-2034.xlsx is missing"):
        bls_ep.parse(copied)


def line(soc: str, openings: float, again: float | None = None) -> dict:
    # change 12,000 over ten years = 1,200 a year; separations 3,400; so openings 4,600
    return {
        "soc": soc, "line_type": "Line item", "base_year": 2024, "target_year": 2034,
        "employment_change": 12000.0, "separations_per_year": 3400.0, "openings_per_year": openings,
        "openings_again": openings if again is None else again,
    }  # fmt: skip


def test_openings_that_add_up_within_rounding_pass():
    bls_ep.check_openings(pd.DataFrame([line("11-1011", 4600), line("11-1021", 4700)]), "x")


def test_openings_that_do_not_add_up_name_the_worst_row():
    table = pd.DataFrame([line("11-1011", 4800), line("11-1021", 5600), line("11-2011", 4600)])
    with pytest.raises(BadFile, match=r"openings of 11-1021 do not add up.*5,600.*12,000 / 10 \+ 3,400"):
        bls_ep.check_openings(table, "x")
    with pytest.raises(BadFile, match=r"openings of 11-2011"):
        bls_ep.check_openings(pd.DataFrame([line("11-2011", 4600, again=9000)]), "x")
