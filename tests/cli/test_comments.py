"""python -m lmi comments …, run in this process over a database of the test's own."""

import csv
import io
import json

import pytest

from lmi.contributions import comments, opened
from lmi.contributions.typed import new_token
from lmi.domain.comments import COLUMNS, PERSONAL, Subject


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A held, a published and a hidden comment, in that order of their writing."""
    monkeypatch.setenv("LMI_DATABASE", f"sqlite:///{tmp_path}/contributions.sqlite")
    store = opened.store()
    about = Subject("occupation", "occupation", "47-2111")
    written = [
        comments.add(store, subject, "12420", organisation, text, new_token(), name="Ann Private")
        for subject, organisation, text in (
            (Subject("overview"), "Acme", "=1+1"), (about, "Works", 'Two\nlines, "quoted"'),
            (about, "Spam", "Buy"),
        )
    ]  # fmt: skip
    comments.review(store, written[1].id, "answer", "Tess", new_token(), answer="Yes.")
    comments.review(store, written[2].id, "hide", "Tess", new_token())
    return written


def test_the_list_is_newest_first_and_names_nobody(lmi, kept):
    printed = lmi("comments", "list")
    lines = printed.out.splitlines()
    assert [line.split()[2] for line in lines] == ["hidden", "published", "held"]
    assert lines[1].startswith(kept[1].reference)
    assert '47-2111  12420  Works: Two lines, "quoted"' in lines[1]
    assert "Ann" not in printed.out
    rows = json.loads(lmi("comments", "list", "--json").out)
    assert [row["organisation"] for row in rows] == ["Spam", "Works", "Acme"]
    assert tuple(rows[0]) == COLUMNS


@pytest.mark.parametrize(
    ("status", "organisations"), [("held", ["Acme"]), ("published", ["Works"]), ("hidden", ["Spam"])]
)
def test_filters_by_status(lmi, kept, status, organisations):
    rows = json.loads(lmi("comments", "list", "--status", status, "--json").out)
    assert [row["organisation"] for row in rows] == organisations


def test_filters_by_day(lmi, kept):
    assert len(json.loads(lmi("comments", "export", "--since", "2026-01-01", "--json").out)) == 3
    assert lmi("comments", "list", "--since", "2100-01-01").out == "No comment.\n"


def test_the_export_is_a_csv_without_formulas_and_with_people_only_where_asked(lmi, kept):
    plain, named = (lmi("comments", "export", *more).out for more in ((), ("--people",)))
    rows = list(csv.DictReader(io.StringIO(plain.split("\r\n", 1)[1], newline="")))
    assert [row["text"] for row in rows] == ["Buy", 'Two\nlines, "quoted"', "'=1+1"]
    assert rows[1]["answer"] == "Yes."
    assert tuple(rows[0]) == COLUMNS
    assert "Ann" not in plain
    rows = list(csv.DictReader(io.StringIO(named.split("\r\n", 1)[1], newline="")))
    assert tuple(rows[0]) == (*COLUMNS, *PERSONAL)
    assert {row["name"] for row in rows} == {"Ann Private"}
    asked = json.loads(lmi("comments", "export", "--json", "--people").out)
    assert {row["name"] for row in asked} == {"Ann Private"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "--since", "2026-02-30"), "is no day"),
        (("list", "--status", "lost"), "invalid choice: 'lost'"),
        (("burn",), "invalid choice: 'burn'"),
    ],
)
def test_what_does_not_fit_is_said_on_standard_error(lmi, kept, arguments, words):
    printed = lmi("comments", *arguments, code=2)
    assert words in printed.err
    assert printed.out == ""


def test_a_database_that_cannot_be_opened_is_named(lmi, tmp_path, monkeypatch):
    (tmp_path / "wall").write_text("no folder")
    monkeypatch.setenv("LMI_DATABASE", f"sqlite:///{tmp_path}/wall/x.sqlite")
    assert "cannot be opened" in lmi("comments", "list", code=2).err
