"""The record as CSV: one long table, safe to open in a spreadsheet."""

import copy
import csv
import io

import pytest

from lmi.answers.room_record import record_of
from lmi.contributions.store import Store
from lmi.domain.plain_text import restore_text
from lmi.publishing.meeting_record import record_csv
from lmi.publishing.record_table import COLUMNS
from tests.publishing.meeting import FORMULA, HOSTILE, LPN, NAMES, NURSE, Meeting


@pytest.fixture(scope="module")
def content(record):
    return record_csv(record)


def read(content: bytes) -> tuple[list[str], list[dict[str, str]]]:
    lines = content.decode("utf-8-sig").split("\r\n")
    heads = [line for line in lines if line.startswith("# ")]
    return heads, list(csv.DictReader(io.StringIO("\r\n".join(lines[len(heads) :]), newline="")))


@pytest.fixture(scope="module")
def rows(content):
    return read(content)[1]


def one(rows, **cells):
    (found,) = [row for row in rows if all(row[name] == value for name, value in cells.items())]
    return found


def test_columns_and_lines_above(content, record):
    heads, rows = read(content)
    assert tuple(rows[0]) == COLUMNS
    assert record["meeting"]["code"] in heads[0]
    assert "2026-11-25" in heads[0]
    assert any("12 to 25 are asked for" in line for line in heads)
    assert not any("REHEARSAL" in line for line in heads)


def test_a_nomination_with_its_organizations_and_people(rows):
    row = one(rows, Section="critical occupations", Code=NURSE)
    assert (row["Organizations"], row["People"]) == ("3", "4")
    assert row["Named"].split(" | ")[:2] == ["Seton, Inc.", "St. David's"]
    assert row["Said at (UTC)"].endswith("Z")


def test_answers_votes_and_signatures(rows):
    hard = one(rows, Code=NURSE, Value="It is hard to fill")
    assert hard["Organizations"] == "3"
    move = {"Section": "moves", "Code": f"{LPN}>{NURSE}"}
    assert one(rows, Question="outcome", **move)["Value"] == "confirmed"
    assert one(rows, Question="vote", Value="Yes", **move)["Named"] == "Seton, Inc. | St. David's"
    assert one(rows, Question="vote", Value="No", **move)["Organizations"] == "1"
    assert one(rows, Section="sign-off", Value="Not signed")["Named"] == "St. David's"


def test_published_figures_have_source_period_geography_and_basis(rows):
    figures = [row for row in rows if row["Section"] == "labor-market information" and row["Source"]]
    assert len({row["Code"] for row in figures}) == 3
    for row in figures:
        assert row["Period"]
        assert row["Geography"].startswith("Austin")
        assert row["Basis"] in ("published", "estimated")
        assert row["Value"] not in ("", "0")


def test_what_is_withheld_is_not_zero(record):
    told = copy.deepcopy(record)
    told["lmi"]["occupations"][NURSE]["figures"]["employment"]["value"] = None
    row = one(read(record_csv(told))[1], Code=NURSE, Question="Jobs (jobs)")
    assert row["Value"] == "not published"


def test_formulas_are_disarmed_and_no_text_is_lost(content, rows):
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert FORMULA in {restore_text(cell) for cell in cells}
    assert HOSTILE in cells
    assert not set(NAMES) & set(cells)


def test_names_only_where_asked_for(small_desk, meeting):
    rows = read(record_csv(record_of(small_desk, meeting.room, names=True)))[1]
    told = {row["Value"] for row in rows if row["Section"] == "participants"}
    assert "Ann Onymous, Chief Nurse" in told


def test_a_rehearsal_says_so_first(small_desk):
    rehearsed = Meeting(small_desk, Store("sqlite://"), rehearsal=True)
    heads, rows = read(record_csv(record_of(small_desk, rehearsed.room)))
    assert heads[0].startswith("# REHEARSAL")
    assert [
        row["Section"] for row in rows if row["Section"] not in ("sign-off", "programs and recruiting")
    ] == []
