"""convenings list, show and export."""

import csv
import io
import json

import pytest

from lmi.commands import terminal
from lmi.contributions import opened
from lmi.contributions.store import Store
from tests.publishing.meeting import FORMULA, NAMES, NURSE, held
from tests.publishing.reading import squeezed, text_of


@pytest.fixture(scope="module")
def meeting(real_desk, tmp_path_factory):
    """A meeting on disk, as another process would find it."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('said') / 'said.sqlite'}")
    return held(real_desk, store)


@pytest.fixture
def convenings(lmi, real_desk, meeting, monkeypatch):
    """Run a command below 'convenings'; the desk is open already, which takes most of the time."""
    monkeypatch.setattr(terminal, "open_desk", lambda: real_desk)
    monkeypatch.setenv("LMI_DATABASE", meeting.store.engine.url.render_as_string())
    return lambda *arguments, code=0: lmi("convenings", *arguments, code=code)


def test_list(convenings, meeting):
    (row,) = json.loads(convenings("list", "--json").out)
    assert row["id"] == meeting.convening.id
    assert row["code"] == meeting.convening.code
    assert (row["organizations"], row["people"], row["occupations_named"]) == (3, 4, 4)
    assert (row["held_on"], row["area_code"], row["step"], row["ended"]) == (
        "2026-11-25", "12420", "close", False,
    )  # fmt: skip
    line = convenings("list").out
    assert line.count("\n") == 1
    assert "3 organizations, 4 people, step close" in line


def test_list_of_none_makes_no_database(lmi, monkeypatch, tmp_path):
    monkeypatch.setenv("LMI_DATABASE", f"sqlite:///{tmp_path / 'none.sqlite'}")
    assert json.loads(lmi("convenings", "list", "--json").out) == []
    assert lmi("convenings", "list").out == "No convening is on record.\n"
    assert list(tmp_path.iterdir()) == []


def test_show_by_id_and_by_code_however_typed(convenings, meeting):
    by_id = convenings("show", meeting.convening.id, "--json").out
    code = meeting.convening.code
    assert convenings("show", f" {code[:3].lower()} {code[3:].lower()}", "--json").out == by_id
    told = json.loads(by_id, parse_constant=lambda name: pytest.fail(name))
    assert told["nominations"][0]["occupations"][0]["soc"] == NURSE
    nurse = told["lmi"]["occupations"][NURSE]["figures"]["employment"]
    assert nurse["value"] > 0
    assert nurse["basis"] == "published"


def test_a_process_of_its_own_opens_desk_and_database(shell, meeting):
    url = meeting.store.engine.url.render_as_string()
    said = shell("convenings", "show", meeting.convening.code, "--json", LMI_DATABASE=url)
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["counts"]["people"] == 4


def test_names_only_with_names(convenings, meeting):
    for form in ((), ("--json",)):
        said = convenings("show", meeting.convening.id, *form).out
        assert not [name for name in (*NAMES, "Fay Cilitator") if name in said]
    assert NAMES[0] in convenings("show", meeting.convening.id, "--names", "--json").out


def test_show_in_words(convenings, meeting):
    said = convenings("show", meeting.convening.code).out
    assert "Registered Nurses are critical to all 3 organizations in the room." in said
    assert "confirmed  Licensed Practical and Licensed Vocational Nurses to Registered Nurses" in said
    assert "Yes, this is what was said: 1 organization" in said


def test_export_to_each_kind_of_file(convenings, meeting, tmp_path):
    code = meeting.convening.code
    for suffix in ("pdf", "csv", "json"):
        said = convenings("export", code, "--to", str(tmp_path / f"record.{suffix}"))
        assert said.out == ""
        assert said.err.startswith(f"lmi: wrote record.{suffix} (")
    assert squeezed("all 3 organizations in the room") in text_of((tmp_path / "record.pdf").read_bytes())
    assert json.loads((tmp_path / "record.json").read_bytes())["meeting"]["code"] == code
    table = (tmp_path / "record.csv").read_text(encoding="utf-8-sig")
    cells = {cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row}
    assert f"'{FORMULA}" in cells
    assert FORMULA not in cells
    assert sorted(p.name for p in tmp_path.iterdir()) == ["record.csv", "record.json", "record.pdf"]


def test_export_to_standard_output(convenings, meeting):
    code = meeting.convening.code
    assert json.loads(convenings("export", code, "--json").out)["counts"]["organizations"] == 3
    assert convenings("export", code).out.startswith("\ufeff# Record of a convening of employers")


def test_a_record_replaces_the_one_before(convenings, meeting, tmp_path):
    path = tmp_path / "record.json"
    path.write_text("old", encoding="utf-8")
    told = json.loads(convenings("export", meeting.convening.code, "--to", str(path), "--json").out)
    assert told == {"file": str(path), "bytes": path.stat().st_size}


@pytest.mark.parametrize(
    "which", ["ABC234", "", "x" * 500, "r" + "0" * 32, "0" * 32, "'; drop table entries; --"]
)
@pytest.mark.parametrize("command", ["show", "export"])
def test_an_unknown_convening_is_refused_in_words(convenings, command, which):
    said = convenings(command, which, "--json", code=2)
    assert said.out == ""
    assert said.err.startswith("lmi: There is no convening '")
    assert said.err.count("\n") == 1


def test_a_file_that_cannot_be_written_is_refused_in_words(convenings, meeting, tmp_path):
    code = meeting.convening.code
    assert "Accepted: .pdf, .csv, .json" in convenings("export", code, "--to", "record.docx", code=2).err
    said = convenings("export", code, "--to", str(tmp_path / "none" / "record.json"), code=2).err
    assert said.startswith("lmi: record.json cannot be written.")
    (tmp_path / "folder.csv").mkdir()
    said = convenings("export", code, "--to", str(tmp_path / "folder.csv"), code=2).err
    assert said.startswith("lmi: folder.csv cannot be written.")


def test_a_rehearsal_is_on_no_record(convenings, real_desk):
    rehearsed = held(real_desk, opened.rehearsals(), rehearsal=True)
    assert len(json.loads(convenings("list", "--json").out)) == 1
    assert rehearsed.convening.code not in convenings("list").out
