"""python -m lmi events …, run in this process over the committed bundle and a record of the test's own."""

import csv
import json

import pytest

from lmi.commands import events_text
from lmi.sources import event_import
from lmi.sources.event_ids import mark_of
from lmi.sources.events_edit import remove_event

HEAD = (
    "event_id,announced,effective,employer,event_type,jobs,area_code,county,city,naics,socs,status,"
    "confidence,source_name,source_url,notes,logged_by,logged_at"
)
ROWS = (
    ",2026-06-01,,Robot Works,expansion,1096,12420,,Austin,336110,,completed,,Paper,,,Ana,2026-06-02",
    ",2026-06-15,,Clinic,layoff,100,12420,,Austin,622110,,announced,,Paper,,,Ana,2026-06-16",
    ",2026-06-20,,Bank,closure,,12420,,Austin,,,announced,,Paper,,,Ana,2026-06-21",
)


@pytest.fixture
def record(tmp_path, monkeypatch):
    """A record with three events, and a journal that does not exist yet."""
    path = tmp_path / "hiring_events.csv"
    path.write_text("\n".join([HEAD, *ROWS, ""]), encoding="utf-8")
    monkeypatch.setenv("LMI_EVENTS", str(path))
    monkeypatch.setenv("LMI_EVENTS_JOURNAL", str(tmp_path / "journal.jsonl"))
    return path


def answer(lmi, *arguments: str):
    return json.loads(lmi("events", *arguments, "--json").out)


def test_the_list_is_filtered_and_newest_first(lmi, record):
    rows = answer(lmi, "list", "--area", "12420")
    assert [row["employer"] for row in rows] == ["Bank", "Clinic", "Robot Works"]
    assert [row["jobs"] for row in rows] == [None, 100, 1096]
    rows = answer(
        lmi, "list", "--area", "48", "--type", "layoff", "--type", "closure", "--until", "2026-06-15"
    )
    assert [row["employer"] for row in rows] == ["Clinic"]
    text = lmi("events", "list", "--area", "12420", "--text", "bank").out
    assert "not told" in text
    assert "Robot" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "--area", "12420", "--type", "layof"), "Known: expansion, opening"),
        (("list", "--area", "12420", "--status", "maybe"), "Known: rumored, announced"),
        (("list", "--area", "12420", "--since", "2026-02-30"), "is no day"),
        (("impact", "--area", "12420", "--as-of", "today"), "is no day"),
        (("history", "nothing"), "No event 'nothing'"),
        (("check", "not-there.csv"), "not-there.csv cannot be read"),
        (("import", "not-there.csv"), "not-there.csv"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(lmi, record, arguments, words):
    assert words in lmi("events", *arguments, code=2).err


def test_the_check_names_every_problem_with_its_line(lmi, record, tmp_path):
    assert "in order: 3 events" in lmi("events", "check").out
    other = tmp_path / "other.csv"
    bad = ROWS[0].replace("expansion", "explosion"), ROWS[1].replace(",100,", ",-100,")
    other.write_text("\n".join([HEAD, *bad, ROWS[2], ""]), encoding="utf-8")
    said = lmi("events", "check", str(other), code=2).err.splitlines()
    assert len(said) == 2
    assert said[0].startswith("lmi: Line 2, event_type: 'explosion'")
    assert said[1].startswith("lmi: Line 3, jobs: '-100'")
    assert "in order" in lmi("events", "check").out, "the record itself is in order"


def test_a_record_that_is_not_there_is_not_in_order(lmi, record):
    record.unlink()
    printed = lmi("events", "check", code=2)
    assert printed.out == ""
    assert printed.err.startswith(f"lmi: There is no hiring_events.csv (looked for in {record.parent}).")


def test_impact_has_the_form_that_was_agreed_and_its_sums_agree(lmi, record):
    found = answer(lmi, "impact", "--area", "12420", "--as-of", "2026-11-25")
    assert list(found) == [
        "area", "as_of", "window", "terms", "jobs_by_event", "occupations", "notes",
    ]  # fmt: skip
    assert (found["area"]["code"], found["as_of"]) == ("12420", "2026-11-25")
    assert found["window"] == {"from": "2026-05-25", "to": "2027-05-24"}
    jobs = {e["employer"]: (e["jobs"], e["jobs_counted"]) for e in found["jobs_by_event"]}
    assert jobs["Bank"] == (None, None)
    assert jobs["Robot Works"] == (1096, pytest.approx(1096 * 358 / 1096))  # 1 June to 24 May: 358 days
    assert jobs["Clinic"] == (100, pytest.approx(-100 * 0.75 * 344 / 365))
    assert set(found["occupations"][0]) >= {
        "soc", "title", "jobs_net", "openings_per_year", "with_events", "events",
    }  # fmt: skip
    total = sum(row["jobs_net"] for row in found["occupations"])
    assert total == pytest.approx(sum(counted or 0 for _, counted in jobs.values()), abs=1e-9)
    assert found["occupations"][-1]["soc"] is None
    ids = {event["event_id"] for event in found["jobs_by_event"]}
    assert all(set(row["events"]) <= ids for row in found["occupations"])
    text = lmi("events", "impact", "--area", "12420", "--as-of", "2026-11-25").out
    assert "3 events, 1 without a count" in text
    assert "Not placed in any occupation" in text
    record.write_text("\n".join([HEAD, ROWS[2], ""]), encoding="utf-8")
    text = lmi("events", "impact", "--area", "12420", "--as-of", "2026-11-25").out
    assert "\n1 event, 1 without a count; no jobs counted\n" in text


def test_the_digest_as_json_and_as_markdown(lmi, record):
    found = answer(lmi, "digest", "--area", "12420", "--since", "2026-06-10")
    assert [event["employer"] for event in found["events"]] == ["Bank", "Clinic"]
    assert found["announced"]["losses"] == 100
    assert any(signal["id"] == "postings" for signal in found["signals"])
    text = lmi("events", "digest", "--area", "12420", "--since", "2026-06-10", "--markdown").out
    assert "2 events were announced: no gains, losses of at least 100 jobs." in text


def test_an_import_adds_what_is_new_once_and_keeps_who_and_when(lmi, record, tmp_path):
    incoming = tmp_path / "notices.csv"
    incoming.write_text(
        "Company,Notice Date,Layoff Date,Workers,City,State,Source\n"
        "Glass Maker,2026-07-01,2026-09-01,25,Austin,TX,Notice\n"
        "CLINIC,2026-06-15,,100,Austin,TX,Notice\n"
        ",2026-07-02,,10,Austin,TX,Notice\n",
        encoding="utf-8",
    )
    given = ("import", str(incoming), "--map", "jobs=Workers,event_type:=layoff", "--area", "12420")
    before = record.read_bytes()
    planned = answer(lmi, *given, "--dry-run")
    assert record.read_bytes() == before
    assert [planned[key] for key in ("added", "to_add", "dry_run", "event_ids")] == [0, 1, True, []]
    assert [row["effective"] for row in planned["rows"]] == ["2026-09-01", "", ""]
    assert events_text.of_import(planned).endswith("1 would be added\n")
    done = answer(lmi, *given)
    assert (done["counts"]["read"], done["added"], done["to_add"], len(done["event_ids"])) == (3, 1, 1, 1)
    assert {row["employer"]: row["outcome"] for row in done["rows"]} == {
        "Glass Maker": "new", "CLINIC": "duplicate", "": "refused",
    }  # fmt: skip
    assert all(row["why"] for row in done["rows"] if row["outcome"] != "new")
    row = answer(lmi, "list", "--area", "12420", "--text", "glass")[0]
    assert (row["jobs"], row["logged_by"], row["event_type"]) == (25, "import", "layoff")
    again = answer(lmi, *given)
    assert (again["added"], again["counts"]["duplicate"]) == (0, 2)
    journal, mark = record.with_name("journal.jsonl"), mark_of(cells_of(record)[-1])
    remove_event(record, journal, done["event_ids"][0], mark, "Ann", "2026-07-02")
    gone = answer(lmi, *given)
    assert gone["added"] == 0
    assert gone["rows"][0]["why"].endswith(f"{done['event_ids'][0]}, which was removed in the app by Ann on "
                                           "2026-07-02.")  # fmt: skip
    history = answer(lmi, "history", done["event_ids"][0])
    assert [(change["action"], change["by"]) for change in history] == [
        ("added", "import"), ("removed", "Ann"),
    ]  # fmt: skip
    assert "neither logged nor changed" in lmi("events", "history", "2026-06-20-bank-austin").out


def test_an_import_during_which_another_writes_is_planned_anew(lmi, record, tmp_path, monkeypatch):
    incoming = tmp_path / "notices.csv"
    incoming.write_text(
        "Company,Notice Date,Workers,City,State,SOCs,Type\n"
        "Glass Maker,2026-07-01,25,Austin,TX,31-1121=25,layoff\n",
        encoding="utf-8",
    )
    given, plan, turns = ("import", str(incoming), "--map", "jobs=Workers"), event_import.plan, []

    def interrupted(*arguments):
        planned = plan(*arguments)
        turns.append(planned.counts["new"])
        if len(turns) == 1:
            assert answer(lmi, *given)["added"] == 1
        return planned

    monkeypatch.setattr(event_import, "plan", interrupted)
    done = answer(lmi, *given)
    assert turns == [1, 1, 0], "the first one, the other one, and the first one anew"
    assert (done["added"], done["to_add"], done["counts"]["duplicate"]) == (0, 0, 1)
    assert len(answer(lmi, "list", "--area", "12420", "--text", "glass")) == 1


def test_an_import_says_how_it_read_the_columns_and_what_it_assumed(lmi, record, tmp_path):
    incoming = tmp_path / "notices.csv"
    incoming.write_text(
        "Company,WARN Date,City,State,Number of Employees,Number of Employees Affected\n"
        "Glass Maker,2026-07-01,Austin,TX,2400,120\n",
        encoding="utf-8",
    )
    said = lmi("events", "import", str(incoming), "--dry-run", "--map", "status:=confirmed").out.splitlines()
    assert "  column jobs: 'Number of Employees Affected'" in said
    assert "  not taken for jobs: 'Number of Employees'; --map \"jobs=…\" takes another column" in said
    told = [line for line in said if "every row has" in line]
    assert told == [
        "  every row has status 'confirmed' (as told)",
        "  every row has event_type 'layoff' (assumed; --map \"event_type:=…\" says otherwise)",
    ]


def cells_of(record):
    with record.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_record_with_problems_is_used_as_far_as_it_goes_and_that_is_said(lmi, record):
    record.write_text("\n".join([HEAD, ROWS[0], ROWS[1].replace("100", "many"), ""]), encoding="utf-8")
    printed = lmi("events", "list", "--area", "12420", "--json")
    assert len(json.loads(printed.out)) == 1
    assert "1 problem; what cannot be used is left out" in printed.err


def test_ranking_and_profile_tell_what_events_do(lmi, record):
    row = json.loads(lmi("rank", "--area", "12420", "--skill", "all", "--limit", "1", "--json").out)[0]
    assert row["event_jobs_per_year"] is not None
    other = json.loads(lmi("rank", "--area", "14010", "--limit", "1", "--json").out)[0]
    assert (other["event_jobs_per_year"], other["openings_with_events"]) == (None, None)
    facts = json.loads(lmi("occupation", "51-2090", "--area", "12420", "--json").out)["facts"]
    assert facts["event_jobs_per_year"]["value"] > 0
    assert facts["openings_with_events"]["value"] > facts["openings_per_year"]["value"]
