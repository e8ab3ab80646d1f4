"""IPEDS: published values, what is left out, both layouts of the completions, and what is refused."""

import shutil
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from lmi.domain.errors import BadFile
from lmi.sources import nces_directory, nces_ipeds

C2024_A = "c2024_a_totals_by_sex.parquet"
RACES = ["american_indian", "asian", "black", "hispanic", "pacific_islander", "white", "two_or_more",
         "race_unknown", "nonresident"]  # fmt: skip


@pytest.fixture(scope="module")
def tables(raw) -> dict[str, pd.DataFrame]:
    return nces_ipeds.parse(raw)


@pytest.fixture(scope="module")
def institution(tables) -> pd.DataFrame:
    return tables["institution"].set_index("unitid")


@pytest.fixture(scope="module")
def houston(tables) -> pd.DataFrame:
    """Completions of institutions that report from Houston."""
    places = tables["institution"].query("cbsa_code == '26420'")
    return tables["completion"].merge(places, on="unitid")


def test_houston_nursing(houston):
    nursing = houston[(houston.cip == "51.3801") & (houston.award_year == 2024)]
    by_level = nursing.groupby("award_level").awards.sum()
    assert (nursing.awards.sum(), nursing.women.sum()) == (3157, 2696)
    assert (by_level["3"], by_level["5"]) == (988, 1976)


def test_houston_electricians(houston):
    by_year = houston[houston.cip == "46.0302"].groupby("award_year").awards.sum()
    assert (by_year[2020], by_year[2024]) == (53, 332)


def test_houston_completers(tables):
    people = tables["completer"].merge(tables["institution"].query("cbsa_code == '26420'"), on="unitid")
    people = people[people.award_year == 2024]
    assert (people.completers.sum(), people.hispanic.sum(), people.black.sum()) == (74343, 28736, 13924)
    assert set(tables["completer"].award_year) == {2023, 2024}
    assert set(tables["completer"].completer_level) == {"2", "3", "5", "7", "9", "10", "11", "12"}


def test_grand_totals_are_left_out_and_counted(raw, tables):
    completion = tables["completion"]
    assert not completion.cip.str.startswith("99").any()
    assert set(completion.award_year) == {2020, 2021, 2022, 2023, 2024}
    left_out = completion.attrs["left_out"]
    assert left_out == {"grand totals (CIP 99)": 1652}
    files = (raw / nces_ipeds.FOLDER).glob("c*_a_totals_by_sex.parquet")
    assert len(completion) + 1652 == sum(pq.read_metadata(path).num_rows for path in files)


def test_a_reported_zero_stays_a_zero(tables):
    completion = tables["completion"]
    assert (completion.awards == 0).sum() == 196
    assert (completion.men + completion.women == completion.awards).all()
    assert completion.notna().all(axis=None)


def test_codes_keep_their_zeros(tables, institution):
    assert tables["program"].set_index("cip").cip_title["01.0000"] == "Agriculture, General"
    rural = institution.loc["106625"]
    assert (rural.state_fips, rural.county_fips) == ("05", "05121")
    assert pd.isna(rural.cbsa_code)
    assert pd.isna(rural.cbsa_type)
    assert tables["completion"].unitid.str.fullmatch(r"\d{6}").all()


def test_marks_of_the_directory_become_null_or_unknown(institution):
    assert institution.loc["131098", ["control", "institution_level"]].tolist() == ["unknown", "unknown"]
    assert pd.isna(institution.loc["243638", "county_fips"])  # Micronesia has no county
    assert institution.loc["243638", "state_fips"] == "64"
    assert pd.isna(institution.loc["222992", "system_name"])
    assert institution.loc["228778", "system_name"] == "The University of Texas System"
    assert not institution.isin(["-1", "-2", "-3", ""]).any(axis=None)


def test_institutions_say_what_they_are_and_where(institution):
    austin = institution.loc["222992"]
    assert austin["institution_name":"cbsa_type"].tolist() == [
        "Austin Community College District", "Austin", "48", "48453", "12420", "metro"
    ]  # fmt: skip
    assert (austin.control, austin.institution_level) == ("public", "4-year")  # it confers bachelor's too
    assert institution.loc["384342", "institution_level"] == "2-year"
    assert (round(austin.longitude), round(austin.latitude)) == (-98, 30)
    assert institution.loc["145099", "institution_name"] == "First Institute of Travel, Inc."
    assert institution.loc["227845", "control"] == "private nonprofit"
    assert institution.loc["145099", ["control", "institution_level"]].tolist() == [
        "private for-profit", "less than 2-year"
    ]  # fmt: skip


def test_accents_survive(institution):
    assert institution.loc["430935", "institution_name"] == "Colegio de Cinematografía Artes y Television"
    assert institution.loc["449135", "institution_name"] == "Dewey University-Juana Díaz"


def test_schools_closed_since_keep_their_awards(tables, institution):
    closed = tables["completion"].query("unitid == '495767'")
    assert "495767" not in institution.index
    assert set(closed.award_year) == {2020, 2021}


HEADER = "UNITID,INSTNM,CITY,FIPS,COUNTYCD,CBSA,CBSATYPE,CONTROL,ICLEVEL,F1SYSNAM,LONGITUD,LATITUDE"
LONG = "The " + "Very " * 22 + "Long"


def directory(folder: Path, name: str, encoding: str = "utf-8-sig", **changes: str) -> Path:
    cells = {
        "UNITID": "100001", "INSTNM": name, "CITY": "Peñuelas", "FIPS": "6", "COUNTYCD": "1001",
        "CBSA": "31080", "CBSATYPE": "2", "CONTROL": "1", "ICLEVEL": "3", "F1SYSNAM": "-1",
        "LONGITUD": "-118.1", "LATITUDE": "34.1",
    } | changes  # fmt: skip
    path = folder / "hd2024.csv"
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells.values())
    path.write_bytes(f"{HEADER.replace('CITY', ' CITY ')}\r\n{quoted}\r\n".encode(encoding))
    return path


@pytest.mark.parametrize(
    "name", [LONG[:120], 'Beauty, Hair "and" Nails, Inc.', "Escuela de Computación y Más", "O'Neil’s School"]
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_names_of_every_kind_survive_both_encodings(tmp_path, name, encoding):
    row = nces_directory.parse_institutions(directory(tmp_path, name, encoding)).iloc[0]
    assert (row.institution_name, row.city) == (name, "Peñuelas")
    assert (row.state_fips, row.county_fips, row.cbsa_type) == ("06", "01001", "micro")
    assert pd.isna(row.system_name)


def test_runs_of_spaces_become_one(tmp_path):
    table = nces_directory.parse_institutions(directory(tmp_path, "Clayton  State University"))
    assert table.institution_name.tolist() == ["Clayton State University"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"UNITID": "1001"}, "unitid holds '1001'"),
        ({"CONTROL": "7"}, r"control: unknown value '7' \(data row 1\)"),
        ({"ICLEVEL": "x"}, "institution_level: unknown value 'x'"),
        ({"CBSATYPE": "3"}, "cbsa_type: unknown value '3'"),
        ({"FIPS": "TX"}, "state_fips: 'TX' is not a valid code"),
        ({"COUNTYCD": "Pima"}, "county_fips holds '0Pima'"),
        ({"LATITUDE": "-2N"}, "latitude: '-2N' is not a number"),
        ({"LATITUDE": "134.1"}, "latitude holds 134.1"),
        ({"INSTNM": ""}, r"institution_name: an empty cell \(data row 1\)"),
    ],
)
def test_a_changed_directory_is_refused(tmp_path, changes, words):
    with pytest.raises(BadFile, match=words) as error:
        nces_directory.parse_institutions(directory(tmp_path, "A College", **changes))
    assert "hd2024.csv" in error.value.what


def test_titles_lose_their_full_stop(tmp_path):
    path = tmp_path / "titles.csv"
    path.write_text('CIP2020_CODE,CIP2020_TITLE\n01.0000,"Agriculture, General."\n', encoding="utf-8")
    assert nces_directory.parse_programs(path).cip_title.tolist() == ["Agriculture, General"]
    path.write_text("CIP2020_CODE,CIP2020_TITLE\n01.0000,\n", encoding="utf-8")
    with pytest.raises(BadFile, match=r"titles.csv, cip_title: an empty cell"):
        nces_directory.parse_programs(path)
    path.write_text("CIP2020_CODE,CIP2020_TITLE\n1,Agriculture\n", encoding="utf-8")
    with pytest.raises(BadFile, match=r"titles.csv, cip: '1' is not a valid code"):
        nces_directory.parse_programs(path)


FULL = (
    "UNITID,CIPCODE,MAJORNUM,AWLEVEL,XCTOTALT,CTOTALT ,XCTOTALM,CTOTALM,XCTOTALW,CTOTALW,XCAIANT,CAIANT\n"
    '100654,"01.0999",1,05,R,12,R,2,R,10,R,0\n'
    '100654,"01.0999",2,05,R,3,R,1,R,2,R,0\n'
    '100654,"51.3801",1,3,R,0,Z,0,Z,0,Z,0\n'
    '100654,"99",1,05,R,12,R,2,R,10,R,0\n'
    '100654,"99",2,05,R,3,R,1,R,2,R,0\n'
)


def full(folder: Path, old: str = "", new: str = "", name: str = "c2025_a.csv") -> Path:
    assert old in FULL
    path = folder / name
    path.write_text(FULL.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_full_layout_gives_first_majors_without_grand_totals(tmp_path):
    table = nces_ipeds.read_full(full(tmp_path), 2025)
    assert table.to_dict("split")["data"] == [
        ["100654", "01.0999", "5", 2025, 12, 2, 10],
        ["100654", "51.3801", "3", 2025, 0, 0, 0],
    ]
    assert table.attrs["left_out"] == {"grand totals (CIP 99)": 2, "second majors": 1}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("R,12,R,2,", "R,13,R,2,", r"sum of men, women \(data row 1: unitid 100654, cip 01.0999"),
        (",1,3,R", ",1,9,R", r"award_level: unknown value '9' \(data row 3\)"),
        ('"51.3801"', '"51.38"', r"cip: '51.38' is not a valid code \(data row 3\)"),
        ('"51.3801",1', '"51.3801",3', r"major: unknown value '3' \(data row 3\)"),
        ("R,0,Z,0,Z", "R,.,Z,0,Z", r"awards: '.' is not a number \(data row 3\)"),
        ("100654,", "10065,", "unitid holds '10065'"),
        ('"01.0999",2', '"01.0999",1', "two rows for"),
        ("AWLEVEL", "LEVEL", "column for award_level not recognised"),
    ],
)  # fmt: skip
def test_a_changed_full_file_is_refused(tmp_path, old, new, words):
    with pytest.raises(BadFile, match=words) as error:
        nces_ipeds.read_full(full(tmp_path, old, new), 2025)
    assert "c2025_a.csv" in error.value.what


def spoil(raw: Path, column: str, row: int, value: object, name: str = C2024_A) -> None:
    """Change one cell of a Parquet file."""
    path = raw / nces_ipeds.FOLDER / name
    table = pq.read_table(path)
    cells = table[column].to_pylist()
    cells[row] = value
    place = table.schema.get_field_index(column)
    pq.write_table(table.set_column(place, column, pa.array(cells, table[column].type)), path)


def first_grand_total(raw: Path) -> int:
    codes = pq.read_table(raw / nces_ipeds.FOLDER / C2024_A)["CIPCODE"]
    return pc.index(codes, "99").as_py()


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("CTOTALM", 9999, r"awards are not the sum of men, women \(data row 4: unitid \d+, cip"),
        ("AWLEVEL", 1, r"award_level: unknown value '1' \(data row 4\)"),
        ("CTOTALW", None, r"women: '' is not a number \(data row 4\)"),
        ("CIPCODE", "1.0999", r"cip: '1.0999' is not a valid code \(data row 4\)"),
        ("CIPCODE", "99", r"IS_CIP_6DIGIT does not fit CIPCODE '99' \(data row 4\)"),
        ("IS_CIP_6DIGIT", None, r"six_digits: unknown value ''"),
    ],
)
def test_changed_totals_are_refused(copied, column, value, words):
    spoil(copied, column, 3, value)
    with pytest.raises(BadFile, match=words) as error:
        nces_ipeds.parse(copied)
    assert C2024_A in error.value.what


def test_a_grand_total_flagged_as_a_program_is_refused(copied):
    spoil(copied, "IS_CIP_6DIGIT", first_grand_total(copied), True)
    with pytest.raises(BadFile, match=r"does not fit CIPCODE '99'"):
        nces_ipeds.parse(copied)


PEOPLE = (
    "UNITID,AWLEVELC ,XCSTOTLT,CSTOTLT,CSTOTLM,CSTOTLW,CSAIANT,CSASIAT,CSBKAAT,CSHISPT,CSNHPIT,CSWHITT,"
    "CS2MORT,CSUNKNT, CSNRALT\n100654,05,R,45,20,25,1,2,3,4,5,6,7,8,9\n"
)


def test_completers_have_levels_and_races(tmp_path):
    path = tmp_path / "c2025_c.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    row = nces_ipeds.read_completers(path, 2025).iloc[0]
    assert (row.completer_level, row.award_year, row.completers, row.men, row.women) == (
        "5",
        2025,
        45,
        20,
        25,
    )
    assert row[RACES].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            ",9\n",
            ",10\n",
            r"completers are not the sum of american_indian.*data row 1: unitid 100654, comp.*5\)",
        ),
        (",20,25,", ",21,25,", "completers are not the sum of men, women"),
        ("654,05,", "654,17,", r"completer_level: unknown value '17' \(data row 1\)"),
        (",45,", ",,", "completers: '' is not a number"),
        (",6,", ",-6,", "are not the sum"),
    ],
)
def test_changed_completers_are_refused(tmp_path, old, new, words):
    path = tmp_path / "c2025_c.csv"
    path.write_text(PEOPLE.replace(old, new), encoding="utf-8")
    with pytest.raises(BadFile, match=words) as error:
        nces_ipeds.read_completers(path, 2025)
    assert "c2025_c.csv" in error.value.what


def test_the_bundled_years_are_the_declared_source(raw):
    assert nces_ipeds.describe(raw) == nces_ipeds.SOURCE


def test_a_further_year_is_found_and_says_what_it_is(copied):
    folder = copied / nces_ipeds.FOLDER
    full(folder, name="C2025_A.csv")
    shutil.copy(folder / "hd2024.csv", folder / "hd2026.csv")
    source = nces_ipeds.describe(copied)
    assert (source.period, source.short_title) == ("July 2019–June 2025", "NCES IPEDS, 2020–2025")
    assert (source.released, source.next_due) == ("", "2027-09")
    names = [Path(file.path).name for file in source.files]
    assert "C2025_A.csv" in names
    assert "hd2026.csv" in names
    assert "hd2024.csv" not in names
    completion = nces_ipeds.parse(copied)["completion"]
    assert (completion.award_year == 2025).sum() == 2
    assert completion.attrs["left_out"]["second majors"] == 1


def test_two_files_of_one_year_are_refused(copied):
    full(copied / nces_ipeds.FOLDER, name="c2024_a_rv.csv")
    with pytest.raises(
        BadFile, match=r"c2024_a_rv.csv and c2024_a_totals_by_sex.parquet are of the same year"
    ):
        nces_ipeds.parse(copied)


def test_a_gap_between_years_and_missing_files_are_refused(copied):
    folder = copied / nces_ipeds.FOLDER
    (folder / "c2022_a_totals_by_sex.parquet").unlink()
    with pytest.raises(BadFile, match=r"c2022_a_totals_by_sex.parquet is missing"):
        nces_ipeds.parse(copied)
    for path in folder.glob("c20*_a_*"):
        path.unlink()
    with pytest.raises(BadFile, match=r"c2020_a_totals_by_sex.parquet is missing"):
        nces_ipeds.parse(copied)


@pytest.mark.parametrize("name", ["hd2024.csv", "c2024_a_totals_by_sex.parquet"])
def test_missing_or_truncated_files_are_refused(copied, truncate, name):
    path = copied / nces_ipeds.FOLDER / name
    truncate(path)
    with pytest.raises(BadFile, match=name):
        nces_ipeds.parse(copied)
    path.unlink()
    if name == "hd2024.csv":
        with pytest.raises(BadFile, match=r"hd2024.csv is missing"):
            nces_ipeds.parse(copied)
