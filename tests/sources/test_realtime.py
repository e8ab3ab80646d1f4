"""Job postings and posted pay as Indeed Hiring Lab publishes them."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from lmi.domain.errors import BadFile
from lmi.sources import indeed_files, indeed_metros, indeed_postings, indeed_sectors, indeed_wages, reading


@pytest.fixture
def own(raw: Path, tmp_path: Path) -> Path:
    """A raw folder with the real-time files only, which a test may spoil."""
    shutil.copytree(raw / "realtime", tmp_path / "realtime")
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_postings_of_the_nation_and_the_states(raw):
    found = indeed_postings.parse(raw)["postings_index"].set_index(["area_code", "postings", "date"])
    assert len(found) == 20
    assert found.index_value["48", "total", "2026-08-14"] == 114.15
    assert found.index_value["17", "total", "2025-08-14"] == 90.4
    # the column adjusted for the season: 101.79, not 105.86
    assert found.index_value["US", "total", "2026-08-14"] == 101.79
    assert found.index_value["US", "new", "2026-08-14"] == 97.19
    assert ("48", "new") not in {key[:2] for key in found.index}


def test_the_files_here_are_those_that_the_source_describes(raw):
    for module in (indeed_postings, indeed_sectors, indeed_metros, indeed_wages):
        assert module.describe(raw) == module.SOURCE


def test_newer_files_say_so(own):
    with (own / "realtime" / indeed_postings.STATE_FILE).open("a") as file:
        file.write("2026-11-20,tx,115\n2026-11-20,il,88\n")
    assert indeed_postings.describe(own).period == "daily to 14 August 2026"  # the nation's file is older
    with (own / "realtime" / indeed_postings.NATION_FILE).open("a") as file:
        file.write("2026-11-20,US,102,103,total postings\n")
    newer = indeed_postings.describe(own)
    assert (newer.period, newer.released) == ("daily to 20 November 2026", "")
    assert newer.next_due == "2026-12"  # 20 November + 12 days
    with (own / "realtime" / indeed_wages.FILE).open("a") as file:
        file.write("US,United States,Therapy,Sep-26,46680,0.01,0.02\n")
    wages = indeed_wages.describe(own)
    assert (wages.period, wages.next_due) == ("monthly to September 2026", "2026-11")


def test_sectors(raw, own):
    found = indeed_sectors.parse(raw)["postings_sector_index"].set_index(["sector", "date"])
    assert found.index_value["Loading & Stocking", "2024-09-27"] == 118.17
    assert set(found.postings) == {"total"}
    path = own / "realtime" / "job_postings_by_sector_US_through_2024-09.csv"
    newer = path.with_name(indeed_sectors.FILE)  # the file of today: both kinds of postings, its plain name
    newer.write_text(
        "date,jobcountry,indeed_job_postings_index_SA,variable,display_name\n"
        "2026-11-20,US,90,total postings,Nursing\n2026-11-20,US,95.5,new postings,Nursing\n"
    )
    rows = indeed_sectors.parse(own)["postings_sector_index"]
    assert list(zip(rows.postings, rows.index_value, strict=True)) == [("total", 90), ("new", 95.5)]
    assert indeed_sectors.describe(own).files[0].path == f"realtime/{indeed_sectors.FILE}"


def test_metros_in_both_forms(raw, own):
    old = indeed_metros.parse(raw)["postings_metro_index"].set_index(["area_code", "date"]).index_value
    assert old["12420", "2022-03-04"] == 185.62  # 85.62 percent above the start
    assert old["26420", "2021-03-04"] == 95.43
    (own / "realtime" / indeed_metros.FILE).write_text(
        "date,CBSA Title,cbsa_code,indeed_job_postings_index\n"
        '2026-11-20,"Austin-Round Rock-San Marcos, TX",12420,140.5\n'
    )
    new = indeed_metros.parse(own)["postings_metro_index"]
    assert list(new.index_value) == [140.5]


def test_metros_that_no_longer_exist_are_left_out_and_named(raw):
    metros = indeed_metros.parse(raw)["postings_metro_index"]
    kept = indeed_metros.in_areas(metros, pd.Series(["12420", "26420", "16980", "48"]))
    assert set(kept.area_code) == {"12420", "26420", "16980"}
    assert kept.attrs["left_out"] == {
        "area 10420, which OEWS does not publish": 5, "area 17460, which OEWS does not publish": 5,
    }  # fmt: skip
    with pytest.raises(BadFile, match="name no area that OEWS publishes"):
        indeed_metros.in_areas(metros, pd.Series(["48"]))


def test_posted_pay(raw, own):
    found = indeed_wages.parse(raw)["posted_wage_growth"].set_index(["sector", "period"])
    row = found.loc[("Retail", "2026-04")]
    assert (row.observations, row.pay_growth_pct, row.pay_growth_3mo_pct) == (34529, 3.0973, 3.1622)
    assert pd.isna(found.pay_growth_3mo_pct["Retail", "2019-01"])  # NA, not 0
    path = own / "realtime" / indeed_wages.FILE
    with path.open("a") as file:
        file.write("GB,United Kingdom,Retail,Apr-26,1,0.5,0.5\n")
    assert indeed_wages.parse(own)["posted_wage_growth"].equals(indeed_wages.parse(raw)["posted_wage_growth"])


@pytest.mark.parametrize(
    ("module", "file", "old", "new", "words"),
    [
        (indeed_postings, "state_job_postings_us.csv", "2026-08-13,tx", "2026-02-30,tx", "2026-02-30"),
        (indeed_postings, "state_job_postings_us.csv", "2026-08-13,tx", "8/13/2026,tx", "8/13/2026"),
        (indeed_postings, "state_job_postings_us.csv", ",tx,", ",zz,", "unknown value 'zz'"),
        (indeed_postings, "state_job_postings_us.csv", "114.15", "NA", "'NA' is not a number"),
        (indeed_postings, "state_job_postings_us.csv", "2026-08-13,tx", "2026-08-14,tx", "two rows"),
        (indeed_postings, "state_job_postings_us.csv", "state,", "region,", "column for state"),
        (indeed_postings, "aggregate_job_postings_US.csv", "index_SA", "idx", "column for index_value"),
        (indeed_postings, "aggregate_job_postings_US.csv", ",US,", ",CA,", "unknown value 'CA'"),
        (indeed_postings, "aggregate_job_postings_US.csv", "new postings", "hot", "unknown value 'hot'"),
        (indeed_metros, "metro_job_postings_us_through_2022-03.csv", "pct_chng", "pct", "index_value"),
        (indeed_metros, "metro_job_postings_us_through_2022-03.csv", ",12420,", ",1242,", "'1242'"),
        (indeed_postings, "state_job_postings_us.csv", "114.15", "1e999", "'1e999' is out of range"),
        (indeed_postings, "aggregate_job_postings_US.csv", "101.79,", "-inf,", "'-inf' is out of range"),
        (indeed_sectors, "job_postings_by_sector_US_through_2024-09.csv", "118.17", "-1", "'-1' is out of"),
        (indeed_metros, "metro_job_postings_us_through_2022-03.csv", "85.62", "-100.1", "'-100.1' is out of"),
        (indeed_wages, "posted-wage-growth-by-sector.csv", "34529", "3.5", "'3.5' is not a valid code"),
        (indeed_wages, "posted-wage-growth-by-sector.csv", "34529", "34529000000", "'34529000000'"),
        (indeed_wages, "posted-wage-growth-by-sector.csv", "0.031621612", "1e999", "'1e999' is out of range"),
        (indeed_wages, "posted-wage-growth-by-sector.csv", "Apr-26", "Apr 26", "'Apr 26'"),
        (indeed_wages, "posted-wage-growth-by-sector.csv", "0.031621612", "3.2%", "'3.2%'"),
    ],
)
def test_what_does_not_fit_is_named(own, module, file, old, new, words):
    edit(own / "realtime" / file, old, new)
    with pytest.raises(BadFile) as error:
        module.parse(own)
    assert words in error.value.line()
    assert file in error.value.what


def test_the_newest_copy_is_taken(tmp_path):
    folder = tmp_path / "realtime"
    folder.mkdir()
    wanted = folder / "a.csv"
    assert indeed_files.newest_copy(tmp_path, "a.csv") == wanted  # to be named as missing
    for name in ("a_through_2021-05.csv", "a_through_2023-01.csv", "ab_through_2024-01.csv", "a_x.csv"):
        (folder / name).touch()
    assert indeed_files.newest_copy(tmp_path, "a.csv").name == "a_through_2023-01.csv"
    wanted.touch()
    assert indeed_files.newest_copy(tmp_path, "a.csv") == wanted


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"<!DOCTYPE html>\n", "web page"), (b"\xef\xbb\xbf\n <html>\n", "web page"),
     (b"date,state\n2026-01-01,t", "breaks off")],
)  # fmt: skip
def test_a_part_of_a_file_and_a_web_page_are_refused(tmp_path, content, words):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=words):
        indeed_files.require_whole(path)
    path.write_bytes(b"date,state\n2026-01-01,tx\n")
    indeed_files.require_whole(path)


class TestLargeCsv:
    def test_it_reads_as_the_other_reader_does(self, tmp_path):
        path = tmp_path / "a.csv"
        path.write_bytes('﻿code,"a, b",x\n01, é ,1\n"02","c, ""d""",\n'.encode())
        columns = {"name": "a, b", "code": "code", "x": "x"}
        assert reading.read_large_csv(path, columns).equals(reading.read_csv(path, columns))
        assert list(reading.read_large_csv(path, columns).name) == ["é", 'c, "d"']

    @pytest.mark.parametrize(
        "content", [b"a,b\n1\n", b"a,b\n1,2,3\n", b"a,b\n1,\xe9\n", b"a,b\n\"1,2\n"]
    )  # fmt: skip
    def test_what_is_no_table_is_named(self, tmp_path, content):
        (tmp_path / "a.csv").write_bytes(content)
        with pytest.raises(BadFile, match=r"a\.csv cannot be read as CSV"):
            reading.read_large_csv(tmp_path / "a.csv", {"a": "a", "b": "b"})
