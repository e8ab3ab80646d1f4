"""The form for training capacity: what is saved stands in table and file; what is refused writes nothing."""

import csv
import html
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lmi.domain.capacity import COLUMNS
from lmi.places import ROOT
from tests.pages.conftest import Open, figure, texts, words

SOC, AREA = "47-2111", "12420"
GOOD = {"provider": "Capital College", "program": "Electrician, evening", "cip": "46.0302", "seats": "120",
        "applicants": "300", "enrolled": "115", "finished": "90", "cost_usd": "$4,500", "length": "16 weeks",
        "source": "Call with the dean", "as_of": "2026-10-01"}  # fmt: skip
HEADER = ",".join(column.id for column in COLUMNS)
HOSTILE = (
    "<script>alert(1)</script>", "=1+1", "**b** [x](http://y) $a$ :red[c] # h", "🦊é漢" * 40,
    "<img src=x onerror=alert(1)>",
)  # fmt: skip


def training(open_page: Open, soc: str = SOC) -> AppTest:
    return open_page("training", area=AREA, soc=soc)


def field(app: AppTest, column: str, line: int = 0):
    """The field of a column in the form of an entry; line 0 is the new one."""
    begins = f"capacity-{column}-{line}-{SOC}-{AREA}-"
    return next(
        e for e in (*app.text_input, *app.selectbox, *app.checkbox) if (e.key or "").startswith(begins)
    )


def sure(app: AppTest, line: int):
    begins = f"capacity-sure-{line}-{SOC}-{AREA}-"
    return next(box for box in app.checkbox if (box.key or "").startswith(begins))


def fill(app: AppTest, values: dict[str, str], line: int = 0) -> None:
    for column, value in values.items():
        field(app, column, line).set_value(value)


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception, [e.message for e in app.exception]
    return app


def listed(app: AppTest) -> pd.DataFrame:
    return next((d.value for d in app.dataframe if "Seats a year" in d.value.columns), pd.DataFrame())


def in_file(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def row(**cells: str) -> str:
    """A line of the file with the columns in their order; texts are quoted."""
    return ",".join('"' + cells.get(column.id, "").replace('"', '""') + '"' for column in COLUMNS)


def line_of(**changes: str) -> str:
    return row(**({"soc": SOC, "area_code": AREA, "kind": "credit"} | GOOD | changes))


@pytest.fixture
def two_entries(capacity: Path) -> Path:
    lines = [HEADER, line_of(), line_of(provider="Second School", seats="40", enrolled="20")]
    capacity.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return capacity


def test_no_test_writes_where_staff_write(open_page: Open, capacity: Path) -> None:
    from lmi.places import here

    assert here().capacity == capacity
    assert not here().capacity.is_relative_to(ROOT)


def test_an_entry_of_the_form_stands_in_the_table_the_file_and_the_figure(
    open_page: Open, capacity: Path
) -> None:
    app = training(open_page)
    assert listed(app).empty
    assert not capacity.exists()
    fill(app, GOOD)
    press(app, "Save")
    assert [s.value.replace("\\", "") for s in app.success] == ["The entry is saved."]
    shown = listed(app).iloc[0]
    assert (shown.Provider, shown["Seats a year"], shown["Cost, $"]) == ("Capital College", 120, 4500)
    (saved,) = in_file(capacity)
    assert (saved["provider"], saved["seats"], saved["soc"], saved["area_code"]) == (
        "Capital College", "120", SOC, AREA,
    )  # fmt: skip
    stages = next(d.value for d in app.dataframe if "Stage" in d.value.columns).set_index("Stage")
    assert dict(stages.People.loc[["Applicants", "Seats", "Enrolled"]]) == {
        "Applicants": 300, "Seats": 120, "Enrolled": 115,
    }  # fmt: skip
    assert "115 of 120 seats are taken" in figure(app, "limit")["title"]
    assert "The limit seems to be seats" in words(app)
    assert "proxy" not in stages.Basis["Seats"]


def test_a_refused_entry_names_every_problem_and_writes_nothing(open_page: Open, capacity: Path) -> None:
    app = training(open_page)
    fill(app, GOOD | {"provider": "", "seats": "-3", "cip": "51.9876", "as_of": "last May",
                      "cost_usd": "much", "area_code": "99999"})  # fmt: skip
    press(app, "Save")
    said = app.error[0].value.replace("\\", "")
    for name in ("Provider: is empty", "Seats a year: '-3'", "CIP code: '51.9876'", "As of: 'last May'",
                 "Cost, $: 'much'", "Area code: '99999'"):  # fmt: skip
        assert name in said, (name, said)
    assert not capacity.exists()
    assert field(app, "program").value == GOOD["program"], "what was typed is lost"
    assert field(app, "seats").value == "-3"
    assert not app.success


def test_an_entry_is_changed(open_page: Open, two_entries: Path) -> None:
    app = training(open_page)
    before = two_entries.read_bytes().splitlines()
    app.selectbox(key="w_capacity_line").set_value(3).run()
    assert field(app, "provider", 3).value == "Second School"
    assert field(app, "seats", 3).value == "40"
    fill(app, {"seats": "55"}, 3)
    press(app, "Save")
    assert app.success
    after = two_entries.read_bytes().splitlines()
    assert after[:2] == before[:2]
    assert [r["seats"] for r in in_file(two_entries)] == ["120", "55"]
    assert sorted(listed(app)["Seats a year"]) == [55, 120]


def test_an_entry_is_removed_only_when_the_box_is_ticked(open_page: Open, two_entries: Path) -> None:
    app = training(open_page)
    before = two_entries.read_bytes()
    app.selectbox(key="w_capacity_line").set_value(2).run()
    press(app, "Remove this entry")
    assert app.warning
    assert two_entries.read_bytes() == before
    sure(app, 2).set_value(True)
    press(app, "Remove this entry")
    assert [r["provider"] for r in in_file(two_entries)] == ["Second School"]
    assert list(listed(app).Provider) == ["Second School"]
    assert app.success[0].value.replace("\\", "") == "The entry is removed."


@pytest.mark.parametrize("button", ["Save", "Remove this entry"])
def test_a_file_changed_meanwhile_is_never_overwritten(
    open_page: Open, two_entries: Path, button: str
) -> None:
    """The page was drawn from one state of the file; the next run meets another one."""
    app = training(open_page)
    app.selectbox(key="w_capacity_line").set_value(3).run()
    fill(app, {"provider": "Second School, renamed", "seats": "77"}, 3)
    sure(app, 3).set_value(True)
    lines = two_entries.read_text(encoding="utf-8").splitlines()
    theirs = "\n".join([lines[0], line_of(provider="New first"), *lines[1:]]) + "\n"
    two_entries.write_text(theirs, encoding="utf-8")
    press(app, button)
    assert two_entries.read_text(encoding="utf-8") == theirs, "another person's line was changed"
    assert not app.success
    said = " ".join(e.value for e in (*app.error, *app.warning)).replace("\\", "")
    assert "Somebody changed the file" in said
    assert "again" in said  # what to do: load it again
    press(app, "Load it again")
    assert not app.warning
    assert field(app, "provider", 3).value == "Capital College", "the fields are not those of the file"
    fill(app, {"seats": "99"}, 3)
    press(app, "Save")
    assert [(r["provider"], r["seats"]) for r in in_file(two_entries)] == [
        ("New first", "120"), ("Capital College", "99"), ("Second School", "40"),
    ]  # fmt: skip


def test_a_new_entry_does_not_mind_what_others_write(open_page: Open, two_entries: Path) -> None:
    app = training(open_page)
    fill(app, GOOD | {"provider": "Third"})
    with two_entries.open("a", encoding="utf-8") as file:
        file.write(line_of(provider="Fourth") + "\n")
    press(app, "Save")
    assert {r["provider"] for r in in_file(two_entries)} == {
        "Capital College", "Second School", "Third", "Fourth",
    }  # fmt: skip


def test_a_file_with_only_the_needed_columns_can_be_added_to(open_page: Open, capacity: Path) -> None:
    """docs/training-capacity.md: a file may leave out kind, area_code and the other optional columns."""
    header = "provider,program,soc,seats,source,as_of"
    capacity.write_text(f"{header}\nOne,Course,{SOC},10,Call,2026-01\n", encoding="utf-8")
    app = training(open_page)
    assert len(listed(app)) == 1
    fill(app, {"provider": "Two", "program": "Course", "seats": "20", "source": "Call", "as_of": "2026-01"})
    press(app, "Save")
    assert not app.error, app.error[0].value
    assert [r["seats"] for r in in_file(capacity)] == ["10", "20"]


def test_a_bad_row_is_listed_by_its_line_and_the_good_ones_are_used(open_page: Open, capacity: Path) -> None:
    lines = [HEADER, line_of(), line_of(provider="Bad", seats="many"), "# a note",
             line_of(provider="Third", seats="10", enrolled="5"),
             line_of(provider="Bad cip", cip="1")]  # fmt: skip
    capacity.write_text("\n".join(lines) + "\n", encoding="utf-8")
    app = training(open_page)
    assert sorted(listed(app).Provider) == ["Capital College", "Third"]
    said = [t.value for t in app.text]
    assert any(t.startswith("Line 3, seats: 'many' is not a whole number") for t in said)
    assert any(t.startswith("Line 6, cip: '1' ") for t in said)
    assert any(t.startswith("Not read from the capacity file (2)") for t in said)
    data = [t.value for t in open_page("data").text]
    assert any(t.startswith("Line 3, seats: 'many'") for t in data)


def test_a_file_that_is_no_table_is_told_and_the_page_stays(open_page: Open, capacity: Path) -> None:
    capacity.write_bytes(b"\x00\xff\xfe\x00 not a table")
    app = training(open_page)
    assert any(t.value.startswith(("The file", "Line")) for t in app.text)
    fill(app, GOOD)
    press(app, "Save")
    assert app.error
    assert capacity.read_bytes() == b"\x00\xff\xfe\x00 not a table"


def test_unknown_stays_unknown(open_page: Open, capacity: Path) -> None:
    lines = [HEADER, line_of(applicants="", enrolled="", finished="0")]
    capacity.write_text("\n".join(lines) + "\n", encoding="utf-8")
    app = training(open_page)
    shown = listed(app)
    assert "Applicants a year" not in shown.columns  # no entry tells it
    assert shown["Finished a year"][0] == 0  # 0 means none
    stages = next(d.value for d in app.dataframe if "Stage" in d.value.columns).set_index("Stage")
    assert stages.People.isna()["Applicants"]
    assert stages.People["Completions"] == 0


@pytest.mark.parametrize("hostile", HOSTILE, ids=("script", "formula", "markdown", "unicode", "img"))
def test_hostile_text_comes_back_as_the_same_text(open_page: Open, capacity: Path, hostile: str) -> None:
    app = training(open_page)
    fill(app, GOOD | {"provider": hostile, "program": hostile[:100], "source": hostile})
    press(app, "Save")
    assert app.success, [e.value for e in app.error]
    assert listed(app).iloc[0].Provider == hostile
    (saved,) = in_file(capacity)
    assert not saved["provider"].startswith(("=", "+", "-", "@"))
    assert hostile in " ".join(app.selectbox(key="w_capacity_line").options)
    for block in app.get("html"):
        if not block.value.startswith(("<style>", "<script>")):
            assert hostile not in block.value or hostile == html.escape(hostile)
    app.selectbox(key="w_capacity_line").set_value(2).run()
    assert field(app, "provider", 2).value == hostile


@pytest.mark.parametrize("hostile", HOSTILE[:3])
def test_a_refusal_quotes_hostile_text_disarmed(open_page: Open, capacity: Path, hostile: str) -> None:
    app = training(open_page)
    fill(app, GOOD | {"seats": hostile, "length": hostile})
    press(app, "Save")
    said = app.error[0].value
    for sign in "<>[]$*:":
        assert all(said[i - 1] == "\\" for i, c in enumerate(said) if c == sign), (sign, said)
    assert not capacity.exists()


def test_hostile_rows_of_a_file_are_quoted_as_text(open_page: Open, capacity: Path) -> None:
    lines = [HEADER, line_of(seats="<script>alert(1)</script>"), line_of(cip="=1+1"),
             line_of(provider="x" * 201)]  # fmt: skip
    capacity.write_text("\n".join(lines) + "\n", encoding="utf-8")
    app = training(open_page)
    said = [t.value for t in app.text]  # st.text reads no markup
    assert any("<script>alert(1)</script>" in t for t in said)
    assert "<script>alert(1)" not in "".join(
        e.value for e in app.get("html") if not e.value.startswith("<script>")
    )


def test_each_save_is_seen_at_once_however_many_there_are(open_page: Open, capacity: Path) -> None:
    """Every save makes a new desk; no cache may answer for an older one."""
    app = training(open_page)
    for number in range(1, 16):
        fill(app, GOOD | {"program": f"Course {number}", "seats": str(10 * number)})
        press(app, "Save")
        assert len(in_file(capacity)) == number
        assert sorted(listed(app)["Seats a year"]) == [10 * n for n in range(1, number + 1)]
        stages = next(d.value for d in app.dataframe if "Stage" in d.value.columns).set_index("Stage")
        assert stages.People["Seats"] == sum(10 * n for n in range(1, number + 1))


def test_saving_twice_makes_one_entry(open_page: Open, capacity: Path) -> None:
    app = training(open_page)
    fill(app, GOOD)
    press(app, "Save")
    assert app.selectbox(key="w_capacity_line").value == 0
    fill(app, GOOD)
    press(app, "Save")
    assert "the same provider, program, area and date as line 2" in app.error[0].value.replace("\\", "")
    assert len(in_file(capacity)) == 1


def test_the_box_that_confirms_a_removal_is_ticked_anew_for_each(open_page: Open, two_entries: Path) -> None:
    app = training(open_page)
    app.selectbox(key="w_capacity_line").set_value(2).run()
    sure(app, 2).set_value(True)
    press(app, "Remove this entry")
    app.selectbox(key="w_capacity_line").set_value(2).run()
    assert field(app, "provider", 2).value == "Second School"
    assert sure(app, 2).value is False


def test_an_entry_of_another_area_or_occupation_is_not_shown(open_page: Open, capacity: Path) -> None:
    lines = [HEADER, line_of(area_code="26420"), line_of(cip="", soc="29-2061")]
    capacity.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert listed(training(open_page)).empty
    assert len(listed(open_page("training", area="26420", soc=SOC))) == 1
    assert len(listed(training(open_page, "29-2061"))) == 1


def test_an_entry_by_program_reaches_each_occupation_of_the_program(open_page: Open, capacity: Path) -> None:
    capacity.write_text("\n".join([HEADER, line_of(soc="", cip="46.03")]) + "\n", encoding="utf-8")
    assert len(listed(training(open_page))) == 1
    assert "Nobody has entered seats" in texts(training(open_page, "29-2061"))
