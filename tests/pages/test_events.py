"""Hiring events: page, form, and what events and signals show on Overview, Demand and Occupation."""

import csv
import html
import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from lmi.answers.event_impact import impact, ranking_moves
from lmi.answers.event_list import area_events
from lmi.answers.overview import overview
from lmi.answers.ranking import rank
from lmi.domain.event_columns import COLUMNS
from lmi.places import ROOT, Places
from lmi.presentation.tables import heading
from lmi.sources import audience_file, bls_api, refreshed
from lmi.sources.manifest import BundledFile
from lmi.sources.refreshed import Fresh
from lmi.ui import event_panels, loaders
from lmi.ui.event_state import Filters, Seen
from lmi.ui.state import View
from tests.answers.test_signals import figures as figures_of_bls
from tests.pages.conftest import Open, figure, figures, marks, part, texts, words

TODAY = "2026-11-25"
FIRST, AFTER = pd.Timestamp("2026-05-25"), pd.Timestamp("2027-05-25")  # the year that is counted
NAMES = [column.id for column in COLUMNS]
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "**b** [x](javascript:alert(1)) :red[c]",
    "=1+1", "$x^2$ `c`", "🦊 שלום \u202eabc",
)  # fmt: skip
PLAIN = {
    "announced": "2026-10-01", "employer": "Acme", "event_type": "expansion", "jobs": "60",
    "area_code": "12420", "city": "Austin", "status": "completed", "confidence": "high",
    "source_name": "Paper",
}  # fmt: skip
GAINED, LOST, NET = heading("gains"), heading("losses"), heading("net")
FILLED = {"employer": "Capital Forge", "jobs": "120", "announced": "2026-11-02", "source": "Call", "by": "AB"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaders, "today", lambda: TODAY)


@pytest.fixture(scope="module", autouse=True)
def _fresh_caches() -> Iterator[None]:
    """Once for all tests here: each has a record of its own, which the caches tell apart."""
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the record; one for all tests here, as an installation has one."""
    return tmp_path_factory.mktemp("events")


@pytest.fixture
def record(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The committed record anew, without a journal."""
    path, journal = shelf / "hiring_events.csv", shelf / "journal.jsonl"
    shutil.copyfile(ROOT / "hiring_events.csv", path)
    journal.unlink(missing_ok=True)
    monkeypatch.setenv("LMI_EVENTS", str(path))
    monkeypatch.setenv("LMI_EVENTS_JOURNAL", str(journal))
    return path


def log(record: Path, *rows: dict[str, str]) -> None:
    """A record of these rows alone."""
    with record.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, NAMES)
        writer.writeheader()
        writer.writerows(PLAIN | row for row in rows)


def in_file(record: Path) -> list[dict[str, str]]:
    with record.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def told() -> pd.DataFrame:
    """The committed record as pandas reads it."""
    return pd.read_csv(
        ROOT / "hiring_events.csv", dtype={"area_code": str, "naics": str}, encoding="utf-8-sig",
        parse_dates=["announced", "effective"],
    )  # fmt: skip


def tiles(app: AppTest, name: str = "tiles") -> list[tuple[str, str, str]]:
    """Label, figure and small print of every tile. Of the page: gains, losses, untold, counted a year."""
    block = re.search(rf'data-testid="{name}">(.*?)</div>', texts(app), re.DOTALL)
    assert block
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)<small>(.*?)</small>", block[1])
    return [(re.sub("<.*?>", "", a), html.unescape(b), html.unescape(c)) for a, b, c in found]


def listed(app: AppTest) -> pd.DataFrame:
    """The table of events; no rows where there is none."""
    return next((d.value for d in app.dataframe if "What happens" in d.value.columns), pd.DataFrame())


def table_with(app: AppTest, column: str) -> pd.DataFrame:
    return next(d.value for d in app.dataframe if column in d.value.columns)


def said(app: AppTest) -> list[str]:
    return [t.value for t in app.text]


def view_of(app: AppTest) -> View:
    return app.session_state["_view"]


def go(app: AppTest, **address: str) -> AppTest:
    """The open page at another address."""
    for name, value in address.items():
        app.text_input(key=name).set_value(value)
    app.run()
    assert not app.exception, [e.message for e in app.exception]
    assert "Something needs your attention" not in [s.value for s in app.header], words(app)[-400:]
    return app


def press(app: AppTest, label: str) -> AppTest:
    """Click a button; a place that was typed and is none of the options goes with it, as in a browser."""
    place = [e for e in app.selectbox if (e.key or "").startswith("event-place-")]
    for box in place:
        if box.value and box.format_func(box.value) not in box.options:
            box.options.append(box.format_func(box.value))
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception, [e.message for e in app.exception]
    return app


def field(app: AppTest, name: str):
    """A field of the form by the middle of its key."""
    fields = (*app.text_input, *app.selectbox, *app.checkbox)
    return next(e for e in fields if re.fullmatch(rf"event-{name}-.*\d", e.key or ""))


def fill(app: AppTest, **values: str | None) -> None:
    for name, value in values.items():
        field(app, name).set_value(value)


def mistakes(app: AppTest) -> str:
    """What the form refuses, as people read it."""
    return " ".join(e.value for e in (*app.error, *app.warning)).replace("\\", "")


def test_no_test_writes_where_staff_write(open_page: Open, record: Path) -> None:
    from lmi.places import here

    assert here().events == record
    assert here().events_journal.parent == record.parent
    assert not record.is_relative_to(ROOT)


def test_answer_and_tiles_are_a_recount_of_the_record(open_page: Open) -> None:
    rows = told()
    recent = rows[rows.announced >= "2023-11-25"]
    lost = int(recent.jobs[recent.event_type == "layoff"].sum())
    added = int(recent.jobs[recent.event_type != "layoff"].sum())
    assert (lost, added, set(rows.area_code)) == (7429, 2694, {"12420"})
    app = open_page("events")
    said_first = part(app, "answer")
    assert said_first.startswith("Lay-offs ")
    assert "in Austin since November 2023" in said_first
    assert re.findall(r"\d,\d{3}", said_first) == ["7,429", "2,694"]
    gains, losses, untold, year = tiles(app)
    assert gains[1:] == ("2,694", "1 expansion, 2 openings, 2 relocations in, as announced")
    assert losses[1:] == ("7,429", "60 lay-offs, as announced")
    assert untold[1] == "0"
    # every event is announced: three quarters, spread over 12, 24 or 36 months from the day it takes effect
    months = {"layoff": 12, "relocation_in": 24, "expansion": 36, "opening": 36}
    net = 0.0
    for row in rows.itertuples():
        start = row.announced if pd.isna(row.effective) else row.effective
        end = start + pd.DateOffset(months=months[row.event_type])
        days = max((min(end, AFTER) - max(start, FIRST)).days, 0)
        net += row.jobs * 0.75 * days / (end - start).days * (-1 if row.event_type == "layoff" else 1)
    assert year[1] == f"{round(net):+,}"
    assert "2026-05-25 to 2027-05-24" in year[2]
    assert len(listed(app)) == len(recent)
    assert listed(app).Jobs.sum() == lost + added
    by_month = table_with(app, "Month")
    assert (by_month[LOST].sum(), by_month[GAINED].sum()) == (lost, added)
    assert by_month[LOST].max() == recent.groupby(recent.announced.dt.to_period("M")).jobs.sum().max()
    by_industry = next(d.value for d in app.dataframe if {"Industry", NET} <= set(d.value.columns))
    assert by_industry[NET].sum() == added - lost
    assert table_with(app, "County code (FIPS)")[LOST].sum() == lost
    assert "7,429" not in figure(app, "events")["title"]
    assert figure(app, "events")["title"] == (
        "Largest announced: Tesla (−2,688, April 2024) and Samsung Electronics (+2,000, September 2025)"
    )


def test_the_filters_of_the_address(open_page: Open) -> None:
    rows = told()
    app = open_page("events", period="12")
    assert len(listed(app)) == int((rows.announced >= "2025-11-25").sum()) == 2
    go(app, period="all")
    assert len(listed(app)) == len(rows)
    assert "all on record" in part(app, "selection")
    go(app, kinds="opening,expansion")
    assert set(listed(app)["What happens"]) == {"Opening", "Expansion"}
    assert re.search(r"\b2,416\b.*no losses", part(app, "answer"))
    go(app, kinds="", sector="62")
    assert len(listed(app)) == int((rows.naics.str[:2] == "62").sum()) == 8
    go(app, sector="none")
    assert len(listed(app)) == int(rows.naics.isna().sum())
    go(app, sector="", find="SAMSUNG taylor")
    assert list(listed(app).Employer) == ["Samsung Electronics"]
    assert "with 'SAMSUNG taylor'" in part(app, "selection")
    go(app, find="", standing="rumored")
    assert part(app, "answer") == "None of the 94 events on record for Austin passes these filters."
    assert said(app).count("No event to list.") == 1
    press(app, "Show all on record")
    assert len(listed(app)) == len(rows)


def test_a_chip_for_each_filter_takes_it_away(open_page: Open) -> None:
    app = open_page(
        "events", period="24", kinds="layoff", standing="announced", sector="31-33", find="**intel**"
    )
    chips = {b.key: b.label for b in app.button if str(b.key).startswith("chip-")}
    assert chips == {
        "chip-period": "Last 24 months", "chip-kinds": "Lay\\-off", "chip-standing": "Announced",
        "chip-sector": "Manufacturing", "chip-find": "With '\\*\\*intel\\*\\*'",
    }  # fmt: skip
    app.button(key="chip-find").click().run()
    assert list(listed(app).Employer) == ["Intel Corporation"]
    app.multiselect(key="w_kinds").set_value(["opening"]).run()
    assert app.text_input(key="kinds").value == "opening"
    assert app.button(key="chip-kinds").label == "Opening"
    app.button(key="reset").click().run()
    assert not [b for b in app.button if str(b.key).startswith(("chip-", "reset"))]
    assert len(listed(app)) == 65


def test_what_the_address_gets_wrong_is_named(open_page: Open) -> None:
    app = open_page(
        "events", period="9", kinds="layoff,party", standing="<b>sure</b>", sector="99", since="soon",
        event="2020-nobody",
    )  # fmt: skip
    text = "\n".join(said(app))
    for wrong in ("No period '9'", "'party' is not one of", "'<b>sure</b>' is not one of", "No sector '99'",
                  "'soon' is not a day", "No event '2020-nobody'"):  # fmt: skip
        assert wrong in text, wrong
    assert set(listed(app)["What happens"]) == {"Lay-off"}
    for day in ("2099-01-01", "0999-01-01", "2026-02-30"):
        go(app, since=day)
        assert any(t.startswith(f"'{day}' is not a day ") for t in said(app)), day
        assert app.date_input(key="w_since").value.isoformat() == "2025-11-25"


def test_areas_without_events_and_of_every_kind(open_page: Open, record: Path) -> None:
    log(record, {}, {"area_code": "", "city": "San Antonio, TX"}, {"area_code": "01", "city": ""})
    app = open_page("events", area="30020")
    assert part(app, "answer") == "No hiring event is on record for Lawton yet."
    assert any(t.startswith("Log the first one below, or import notices") for t in said(app))
    assert any(t.startswith("No event on record moves an occupation") for t in said(app))
    assert listed(app).empty
    assert "Job postings on Indeed" in texts(app)
    assert "none on record" in texts(go(open_page("overview", area="30020")))
    for area, events in (("US", 3), ("48", 2), ("R-austin-san-antonio", 2), ("0100004", 0), ("72", 0)):
        go(app, area=area)
        assert len(listed(app)) == events, area
        assert app.selectbox(key="w_event_row").value == ""
        assert not re.search(r"\b(nan|None)\b", part(app, "answer"))


def test_a_mark_of_the_timeline_opens_its_event(open_page: Open) -> None:
    app = open_page("events", period="all")
    ids = set(told().event_id)
    assert marks(app, "events") - {""} == ids
    chosen = "2025-09-19-samsung-electronics-taylor"
    assert not any(t.startswith("Samsung Electronics: opening") for t in said(app))
    go(app, event=chosen)
    opened = said(app)
    at = opened.index("Samsung Electronics: opening, 2,000 jobs, Taylor; of 19 September 2025, announced.")
    assert "'about 2,000 people'" in opened[at + 1]
    assert opened[at + 2].startswith("Source: evertiq. Logged by import, 2026-11-25")
    chart = next(c for c in app.get("plotly_chart") if c.proto.id.endswith("events-plot"))
    (gains,) = (t for t in json.loads(chart.proto.spec)["data"] if t.get("name") == "gains")
    colours = dict(zip(gains["customdata"], gains["marker"]["line"]["color"], strict=True))
    assert len({colours[i] for i in ids & set(colours) - {chosen}}) == 1
    assert colours[chosen] not in {colours[i] for i in colours if i != chosen}, "the chosen mark stands out"
    app.button(key="event-close").click().run()
    assert app.text_input(key="event").value == ""
    assert "Samsung Electronics: opening, 2,000 jobs, Taylor; of 19 September 2025, announced." not in said(
        app
    )
    go(app, event=chosen, kinds="layoff")
    assert f"The event '{chosen}' is on record, but not in this region and with these filters." in said(app)
    assert "Samsung Electronics: opening, 2,000 jobs, Taylor; of 19 September 2025, announced." not in said(
        app
    )


def test_the_impact_is_that_of_the_answer(open_page: Open) -> None:
    app = open_page("events")
    desk = view_of(app).desk
    found = impact(desk, desk.area("12420"))
    shown = table_with(app, "Openings with hiring events (per year)").set_index("SOC code")
    answered = found.occupations.set_index("soc").loc[shown.index]
    assert len(shown) == len(found.occupations)
    for column, name in (("with_events", "Openings with hiring events (per year)"),
                         ("openings_per_year", "Openings (per year)"),
                         ("jobs_net", "Jobs by hiring events (net, per year)")):  # fmt: skip
        pd.testing.assert_series_equal(
            shown[name].astype(float), answered[column].astype(float).round(1), check_names=False, atol=0.051
        )
    assert marks(app, "moved") <= set(found.occupations.soc)
    counted = table_with(app, "Jobs counted")
    assert counted["Jobs counted"].sum() == pytest.approx(found.occupations.jobs_net.sum() + found.unplaced)
    assert set(counted.Weight) == {0.75}
    untold = counted["Spread by the pattern of"] == "no industry, so not placed"
    assert int(untold.sum()) == int(told().naics.isna().sum())
    assert found.unplaced < -100
    amounts = counted["Jobs counted"]
    numbers = [found.unplaced_gains, amounts[amounts > 0].sum(), found.unplaced_losses,
               -amounts[amounts < 0].sum()]  # fmt: skip
    told_placed = re.search(
        r"no occupation is known for (\S+) of (\S+) in gains and (\S+) of (\S+) in", words(app)
    )
    assert told_placed
    assert [float(n.replace(",", "")) for n in told_placed.groups()] == pytest.approx(numbers, abs=0.5)
    source = figure(app, "moved")["source"]
    assert "2026-05-25 to 2027-05-24" in source
    assert "not counted twice" in source


def test_the_digest_tells_what_is_new_since_a_day(open_page: Open) -> None:
    app = open_page("events", since="2026-02-01")
    digest = next(m.value for m in app.markdown if "announced" in m.value)
    assert digest.startswith("1 event was announced: no gains, losses of 100 jobs.")
    assert "### Announced\n\n- 2026-02-03: Expedia Group Inc\\. \\(Austin\\) (lay-off, 100 jobs" in digest
    assert "- and 83 more, in the files below" in digest  # 10 of the 93 that were logged later
    assert digest.count("\n- 20") == 11
    assert "2026-01-21" not in digest.split("###")[1]
    app.date_input(key="w_since").set_value(date(2026, 1, 1)).run()
    assert app.text_input(key="since").value == "2026-01-01"
    told_now = "2 events were announced: no gains, losses of 258 jobs."
    assert any(m.value.startswith(told_now) for m in app.markdown)


def seen_of(app: AppTest) -> tuple[View, Seen]:
    """What the page shows without a filter."""
    view = view_of(app)
    filters = Filters("all", "", (), (), "", "")
    return view, Seen(filters, area_events(view.desk, view.area), "")


def shown_as_text(app: AppTest, typed: str) -> None:
    """Nothing that people typed is markup, Markdown or a formula anywhere on the page."""
    for block in app.get("html"):
        if not block.value.startswith(("<style>", "<script>")):
            assert typed not in block.value or typed == html.escape(typed), typed
    for element in (*app.markdown, *app.caption, *app.success, *app.error, *app.warning):
        for sign in "<[*`$:":
            assert sign not in typed or typed not in element.value, (typed, element.value)
    labels = [*(b.label for b in app.button), *(e.label for e in app.expander)]
    assert not [label for label in labels if typed in label and re.search(r"[<\[*`$:]", typed)]
    for spec in figures(app):
        drawn = strings(json.loads(spec)["data"]) + [
            a.get("text") or "" for a in json.loads(spec)["layout"]["annotations"]
        ]
        for text in drawn:
            assert not re.search(r"<(?!/?(br|b|span|i|sup)\b)", text), text
            assert "$" not in text, text


def strings(found: object) -> list[str]:
    """Every text inside the traces of a figure, but ids."""
    if isinstance(found, str):
        return [found]
    if isinstance(found, dict):
        return [t for key, value in found.items() if key != "customdata" for t in strings(value)]
    return [t for value in found for t in strings(value)] if isinstance(found, list) else []


def test_hostile_text_is_text_wherever_it_stands(open_page: Open, record: Path) -> None:
    long = ("Überlänge 大学 <b> " * 200)[:2000].strip()
    rows = [
        {"employer": text, "notes": text, "source_name": text, "event_id": f"e{i}", "naics": "622",
         "jobs": f"{(i + 2) * 900}", "announced": f"2026-0{i + 1}-01"}
        for i, text in enumerate(HOSTILE)
    ]  # fmt: skip
    log(record, *rows, {"employer": long[:200], "notes": long, "source_name": long[:300], "event_id": "long"})
    app = open_page("events", event="e0")
    assert not [t for t in said(app) if "not read" in t], said(app)
    table = listed(app)
    assert set(table.Employer) == {*HOSTILE, long[:200].strip()}
    assert set(table.Notes) == {*HOSTILE, long}
    assert any(t.startswith(f"{HOSTILE[0]}: expansion, ") for t in said(app))
    drawn = " ".join(html.unescape(t) for spec in figures(app) for t in strings(json.loads(spec)["data"]))
    for text in HOSTILE:
        shown_as_text(app, text)
        assert text in drawn, "the timeline names it on hover"
        assert any(text in option for option in app.selectbox(key="w_event_row").options)
    profile = open_page("occupation", soc="29-1141")
    assert html.escape(HOSTILE[0]) in texts(profile)
    for page in (profile, open_page("demand", view="events"), open_page("overview")):
        for text in HOSTILE:
            shown_as_text(page, text)
    go(app, find="<script>", event="")
    assert list(listed(app).Employer) == [HOSTILE[0]]
    shown_as_text(app, "<script>")


def test_the_csv_has_its_header_lines_and_no_formula(open_page: Open, record: Path) -> None:
    typed = '=HYPERLINK("http://x","y")'
    log(record, {"employer": typed, "notes": "+1", "source_name": "@paper", "naics": "622"}, {"jobs": ""})
    view, seen = seen_of(open_page("events"))
    lines = event_panels.listed_csv(view, seen).decode("utf-8-sig").splitlines()
    head = [line for line in lines if line.startswith("# ")]
    assert lines[: len(head)] == head
    assert head[0].startswith("# Largest announced: ")
    assert head[1].startswith("# Selection: Austin, TX metro area · all on record")
    assert head[2].startswith(
        "# Source: the hiring-events log of this installation, newest of 1 October 2026"
    )
    assert sum(line.startswith("# Caveat: ") for line in head) == 2
    assert view.desk.warehouse.build_id in head[-1]
    rows = list(csv.DictReader(lines[len(head) :]))
    assert {"event_id", "employer", "jobs", "jobs_counted", "source_url", "logged_at"} <= set(rows[0])
    first = next(row for row in rows if row["naics"] == "622")
    assert (first["employer"], first["notes"], first["source_name"]) == ("'" + typed, "'+1", "'@paper")
    assert {row["jobs"] for row in rows} == {"60", ""}, "what is not told is no zero"
    assert {row["announced"] for row in rows} == {"2026-10-01"}


def test_no_toolbar_of_a_table_exports_its_rows() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["client"]["disableDataExport"] is True
    assert "client.disableDataExport" in config.get_config_options(), (
        "an unknown setting would be passed over"
    )


def test_what_no_notice_tells_is_no_zero(open_page: Open, record: Path) -> None:
    untold = {"area_code": "46140", "city": "Tulsa, OK", "event_type": "layoff", "jobs": ""}
    log(record, untold, untold | {"announced": "2026-09-01"})
    app = open_page("events", area="40")
    assert part(app, "answer") == (
        "Only events of Tulsa are on record for Oklahoma. 2 hiring events on record since November 2023, "
        "none with a count of jobs."
    )
    gains, losses, _, year = tiles(app)
    assert (gains[1], losses[1], year[1]) == ("0", "count not told", "count not told")
    traces = [trace for spec in figures(app) for trace in json.loads(spec)["data"]]
    assert [trace["x"] for trace in traces if trace.get("name") == "net"] == [[]], "no diamond"
    said_of = next(m.value for m in app.markdown if "were announced" in m.value)
    assert said_of.startswith("2 events were announced: no gains, losses without a count.")
    assert table_with(app, "Month")[LOST].isna().all()
    last = tiles(open_page("overview", area="40"), "signals")[-1]
    assert last[1:] == (
        "count not told", "2 events on record, the newest of 1 October 2026; only of Tulsa",
    )  # fmt: skip
    log(record, untold, {"area_code": "46140", "city": "Tulsa, OK"}, {"status": "cancelled", "jobs": ""})
    app = open_page("events", area="46140")
    assert [tile[1] for tile in tiles(app)][:2] == ["60", "count not told"]
    log(record, {"event_type": "layoff", "jobs": ""}, {"event_type": "closure"})
    app = open_page("events")
    assert tiles(app)[1][1] == "at least 60"
    assert tiles(open_page("overview"), "signals")[-1][2].endswith("; estimated; 1 without a count")


def test_events_that_are_all_cancelled_are_not_called_missing(open_page: Open, record: Path) -> None:
    gone = {"area_code": "19100", "city": "Dallas", "status": "cancelled"}
    log(record, gone, gone | {"announced": "2026-09-01"})
    app = open_page("events", area="48")
    assert part(app, "answer") == (
        "Only events of Dallas are on record for Texas. "
        "All 2 hiring events on record since November 2023 are cancelled."
    )
    assert any("Every event shown is cancelled" in spec for spec in figures(app))
    app = open_page("events", area="19100", standing="cancelled", period="all")
    assert part(app, "answer") == "All 2 hiring events with these filters in Dallas are cancelled."


def test_only_some_places_are_said_of_the_record_not_of_the_filters(open_page: Open, record: Path) -> None:
    log(record, {"event_type": "layoff"}, {"area_code": "26420", "city": "", "event_type": "opening"})
    app = open_page("events", area="48", kinds="layoff", period="12")
    only = "Only events of Houston and Austin are on record for Texas. Announced since November 2025: "
    assert part(app, "answer") == f"{only}losses of 60 jobs, no gains."


def test_a_bad_row_is_named_and_the_rest_is_shown(open_page: Open, record: Path) -> None:
    unplaced = ({"employer": f"Worse {i}", "city": "Nowhereville", "area_code": ""} for i in range(14))
    log(record, {"employer": "Good"}, {"employer": "Bad", "jobs": "<b>many</b>"}, *unplaced)
    app = open_page("events")
    assert list(listed(app).Employer) == ["Good"]
    assert next(e.label.replace("\\", "") for e in app.expander) == (
        "15 cells or lines of hiring_events.csv are not read; the rest is in use"
    )
    problems = said(app)
    assert any(t.startswith("Line 3, jobs: '<b>many</b>' ") and "1 to 200,000" in t for t in problems)
    assert any(t.startswith("Line 4, city: 'Nowhereville' ") for t in problems)
    assert "And 3 more: python -m lmi events check lists them all." in problems


def test_a_record_that_is_no_table_is_told_and_kept(open_page: Open, record: Path) -> None:
    spoiled = b"\x00\xff\xfe\x00 not a table"
    record.write_bytes(spoiled)
    app = open_page("events")
    assert part(app, "answer") == "The record of hiring events cannot be read, so none is shown."
    assert "No event of hiring_events.csv could be read, so none counts:" in words(app)
    fill(app, **FILLED, place="city:Austin, TX")
    press(app, "Save")
    assert mistakes(app)
    assert record.read_bytes() == spoiled


def test_an_event_of_the_form_stands_in_record_journal_table_and_sums(open_page: Open, record: Path) -> None:
    log(record, {"jobs": "500", "announced": "2026-01-05"})
    before = record.read_bytes()
    app = open_page("events")
    options = app.selectbox(key=field(app, "place").key).options
    assert options[0] == "Austin, TX", "the places of the area come first"
    assert "Abilene, TX" in options
    assert "Tulsa, OK" not in options
    fill(app, **FILLED, place="city:Round Rock, TX", naics="622", type="opening", status="confirmed",
         surety="high", url="https://example.org/a?b=1", notes="East wing", socs="29-1141=50")  # fmt: skip
    press(app, "Save")
    assert [s.value.replace("\\", "") for s in app.success] == ["The event is saved."]
    after = record.read_bytes()
    assert after.startswith(before)
    *_, saved = in_file(record)
    assert datetime.fromisoformat(saved.pop("logged_at")).tzinfo
    assert saved == {
        "event_id": "2026-11-02-capital-forge-round-rock", "announced": "2026-11-02", "effective": "",
        "employer": "Capital Forge", "event_type": "opening", "jobs": "120", "area_code": "", "county": "",
        "city": "Round Rock, TX", "naics": "622", "socs": "29-1141=50", "status": "confirmed",
        "confidence": "high", "source_name": "Call", "source_url": "https://example.org/a?b=1",
        "notes": "East wing", "logged_by": "AB",
    }  # fmt: skip
    first = listed(app).iloc[0]
    assert (first.Employer, first.Jobs, first.Place) == ("Capital Forge", 120, "Round Rock")
    assert tiles(app)[0][1] == "620"
    assert field(app, "employer").value == "", "the form is ready for the next one"
    assert field(app, "by").value == "AB", "whoever logs is remembered"
    # by county, and by a text in another state
    fill(app, **FILLED | {"employer": "County Works"}, place="county:48209")
    press(app, "Save")
    assert in_file(record)[-1]["county"] == "Hays County, TX"
    assert dict(zip(listed(app).Employer, listed(app).Place, strict=True))["County Works"] == "Hays County"
    fill(app, **FILLED | {"employer": "Typed"}, place="georgetown")  # there are eleven Georgetowns
    press(app, "Save")
    assert in_file(record)[-1]["city"] == "georgetown, TX"
    assert "Typed" in set(listed(app).Employer)
    fill(app, **FILLED | {"employer": "Away"}, place="Tulsa, OK")
    press(app, "Save")
    assert app.success
    assert "Away" not in set(listed(app).Employer)
    assert list(listed(go(app, area="46140")).Employer) == ["Away"]


def test_a_refused_event_names_every_problem_and_keeps_what_was_typed(open_page: Open, record: Path) -> None:
    log(record, {})
    before = record.read_bytes()
    app = open_page("events")
    typed = {"employer": "<b>*x*</b>", "jobs": "-3", "announced": "last May", "socs": "11-9999=3",
             "url": "javascript:alert(1)", "source": "", "by": "AB"}  # fmt: skip
    fill(app, **typed, place="Nowhereville, TX")
    press(app, "Save")
    told = mistakes(app)
    for name in ("jobs: '-3'", "announced: 'last May'", "socs: '11-9999=3'",
                 "source_url: 'javascript:alert(1)'", "source_name: is empty",
                 "city: 'Nowhereville, TX'"):  # fmt: skip
        assert name.lower() in told.lower(), (name, told)
    for sign in "<>[]$*:":
        message = app.error[0].value
        assert all(message[i - 1] == "\\" for i, c in enumerate(message) if c == sign)
    assert {name: field(app, name).value for name in typed} == typed
    assert field(app, "place").value == "Nowhereville, TX"
    assert record.read_bytes() == before
    assert not record.with_name("journal.jsonl").exists()
    assert not app.success
    fill(app, by=" ")
    press(app, "Save")
    assert "Write your name or initials" in mistakes(app)
    assert field(app, "employer").value == typed["employer"]


def test_an_event_is_changed_removed_and_its_history_kept(open_page: Open, record: Path) -> None:
    log(record, {"event_id": "one"}, {"event_id": "two", "employer": "Second", "county": "Travis County"})
    app = open_page("events", event="two")
    assert app.selectbox(key="w_event_row").value == "two", "the event that is looked at is in the form"
    assert (field(app, "employer").value, field(app, "jobs").value) == ("Second", "60")
    assert any("not logged or changed in the app" in text for text in [words(app)])
    fill(app, jobs="75", status="cancelled", by="<b>AB</b>")
    press(app, "Save")
    assert app.success, mistakes(app)
    one, two = in_file(record)
    assert one == PLAIN | {"event_id": "one"} | {n: "" for n in NAMES if n not in {*PLAIN, "event_id"}}
    assert (two["jobs"], two["status"], two["logged_by"]) == ("75", "cancelled", "<b>AB</b>")
    assert (two["city"], two["county"]) == ("Austin", "Travis County"), "the place stays as it was written"
    (change,) = table_with(app, "Who").to_dict("records")
    assert (change["Who"], change["What"]) == ("<b>AB</b>", "changed")
    assert change["Changed"] == "jobs: 60 → 75; status: completed → cancelled"
    press(app, "Remove this event")
    assert "Tick 'Yes, remove it'" in mistakes(app)
    assert len(in_file(record)) == 2
    field(app, "sure").set_value(True)
    press(app, "Remove this event")
    assert [s.value.replace("\\", "") for s in app.success] == ["The event is removed."]
    assert [row["event_id"] for row in in_file(record)] == ["one"]
    assert list(listed(app).Employer) == ["Acme"]
    digest = next(m.value for m in app.markdown if "Removed" in m.value)
    assert "- Second, by \\<b\\>AB\\</b\\> on " in digest


def test_an_event_changed_meanwhile_is_never_overwritten(open_page: Open, record: Path) -> None:
    log(record, {"event_id": "one"}, {"event_id": "two", "employer": "Second"})
    for button, theirs in (("Save", "90"), ("Remove this event", "91")):
        app = open_page("events", event="two")
        fill(app, jobs="75", by="AB")
        field(app, "sure").set_value(True)
        log(record, {"event_id": "one"}, {"event_id": "two", "employer": "Second", "jobs": theirs})
        kept = record.read_bytes()
        press(app, button)
        assert record.read_bytes() == kept
        assert not app.success
        assert "Somebody changed this event" in mistakes(app)
        assert field(app, "jobs").value == "75", "what was typed can still be read"
        press(app, "Load it again")
        assert not app.warning
        assert field(app, "jobs").value == theirs
    fill(app, jobs="95", by="AB")
    press(app, "Save")
    assert [row["jobs"] for row in in_file(record)] == ["60", "95"]


def test_events_that_a_spreadsheet_lost_are_told_put_back_or_let_go(open_page: Open, record: Path) -> None:
    log(record, {})
    older = record.read_bytes()
    app = open_page("events")
    fill(app, **FILLED, place="city:Austin, TX")
    press(app, "Save")
    logged = record.read_bytes()
    record.write_bytes(older)
    app.run()
    other = open_page("events")
    assert listed(app).iloc[0].Employer == "Capital Forge", "what was logged still counts"
    assert any(t.startswith("hiring_events.csv lacks 1 event logged here") for t in said(app))
    assert any(t.startswith("2026-11-02: Capital Forge (AB, ") for t in said(app))
    other.text_input(key="w_event_restorer").set_value(" ")
    press(other, "Put them back")
    assert "Write your name or initials" in mistakes(other)
    assert record.read_bytes() == older
    press(app, "Put them back")
    assert record.read_bytes() == logged
    assert not [b for b in app.button if b.label == "Put them back"]
    other.text_input(key="w_event_restorer").set_value("CD")
    press(other, "Put them back")
    assert "does not differ from what was logged in the app" in mistakes(other)
    assert record.read_bytes() == logged
    record.write_bytes(older)
    app.run()
    assert next(b for b in app.button if b.label == "Let them go").disabled
    next(c for c in app.checkbox if c.key == "w_let_go").check().run()
    press(app, "Let them go")
    assert record.read_bytes() == older
    assert "Capital Forge" not in set(listed(app).Employer)
    assert not [b for b in app.button if b.label == "Let them go"]


def test_a_change_that_a_spreadsheet_undid_is_told(open_page: Open, record: Path) -> None:
    log(record, {"event_id": "one"})
    older = record.read_bytes()
    app = open_page("events", event="one")
    fill(app, jobs="75", by="AB")
    press(app, "Save")
    record.write_bytes(older)
    app.run()
    assert listed(app).Jobs[0] == 60, "the file counts"
    assert any(t.startswith("one: the file has it as it was before AB changed it on 20") for t in said(app))


def test_each_audience_has_its_words_and_only_staff_the_form(open_page: Open, record: Path) -> None:
    log(record, {"naics": "622"}, {"event_type": "layoff", "jobs": "70"})
    audiences = audience_file.load_audiences(ROOT / "pathways.yaml")
    app = open_page("events")
    answer, questions = part(app, "answer"), set()
    for audience in audiences:
        go(app, audience=audience.id)
        questions.add(part(app, "question"))
        assert part(app, "question") == audience.headings["events"].format(place="Austin", occupation="")
        assert part(app, "answer") == answer, "an audience changes no number"
        shown = audience.blocks["events"]
        folded = [e for e in app.expander if e.label == audience.words["more_page"]]
        assert bool(folded) == (len(shown) < 6 + ("editor" in shown))
        inside = "".join(h.value for e in folded for h in e.get("html"))
        for block, word in (("impact", "events_impact_heading"), ("list", "events_list_heading"),
                            ("signals", "signals_heading"), ("digest", "events_digest_heading")):  # fmt: skip
            title = f'<h2 class="lmi-heading">{html.escape(audience.words[word])}</h2>'
            assert title in texts(app), (audience.id, block)
            assert (title in inside) == (block not in shown), (audience.id, block)
        assert bool([b for b in app.button if b.label == "Save"]) == ("editor" in shown)
    assert len(questions) > 4
    assert [a.id for a in audiences if "editor" in a.blocks["events"]] == ["coordinators"]


def test_demand_draws_the_ranks_with_events_and_keeps_its_ranking(open_page: Open) -> None:
    app = open_page("demand")
    ranking = table_with(app, "Rank")
    go(app, view="events")
    pd.testing.assert_frame_equal(table_with(app, "Rank"), ranking)
    view = view_of(app)
    moves = ranking_moves(view.desk, rank(view.desk, view.request)).set_index("soc")
    moved = moves[moves.rank_before != moves.rank_after]
    shown = table_with(app, "Rank with hiring events").set_index("SOC code")
    assert set(shown.index) == set(moved.index)
    assert len(moved) > 10
    for column, name in (("rank_before", "Rank without hiring events"),
                         ("rank_after", "Rank with hiring events")):  # fmt: skip
        assert shown[name].astype(int).to_dict() == moved[column].astype(int).to_dict()
    assert dict(zip(ranking.SOC, ranking.Rank, strict=True)).items() >= moved.rank_before.to_dict().items()
    assert marks(app, "demand-events") <= set(moved.index)
    assert "hiring-events log" in figure(app, "demand-events")["source"]
    go(app, area="30020")
    assert any(t.startswith("No hiring event on record moves a rank") for t in said(app))
    assert [c for c in app.get("plotly_chart") if c.proto.id.endswith("demand-rank-plot")]


def test_the_rule_with_events_can_be_chosen(open_page: Open, record: Path) -> None:
    """A closure of hospitals takes more nurses than there are openings: no demand with it, demand without."""
    log(record, {"event_type": "closure", "jobs": "150000", "naics": "622", "effective": "2026-06-01"})
    app = open_page("demand", skill="all")
    assert "explorer_events" in view_of(app).desk.demand_rules.ids()
    before = table_with(app, "Rank").set_index("SOC")
    app.selectbox(key="w_rules").set_value("explorer_events").run()
    assert app.text_input(key="rules").value == "explorer_events"
    after = table_with(app, "Rank").set_index("SOC")
    assert (before["In demand"]["29-1141"], after["In demand"]["29-1141"]) == ("yes", "no")
    assert before["In demand"]["47-2111"] == after["In demand"]["47-2111"]
    pd.testing.assert_frame_equal(before.drop(columns="In demand"), after.drop(columns="In demand"))
    assert "Explorer rule with hiring events" in part(app, "selection")


def test_occupation_tells_what_events_do_to_it(open_page: Open, record: Path) -> None:
    app = open_page("occupation", soc="51-2028")
    desk = view_of(app).desk
    row = impact(desk, desk.area("12420")).occupations.set_index("soc").loc["51-2028"]
    text = next(t for t in said(app) if t.startswith("About +"))
    assert text.startswith(
        f"About +{row.jobs_net:.0f} jobs a year from {len(row.events)} events: openings "
        f"{row.openings_per_year:.0f} without them, {row.with_events:.0f} with them."
    )
    block = next(b.value for b in app.get("html") if "Jobs of this occupation a year, by event" in b.value)
    assert "Samsung Electronics, opening, announced, September 2025" in block
    assert "/events?" in block
    assert "event=2025-09-19-samsung-electronics-taylor" in block
    go(app, soc="29-0000")
    assert "Events are told for single occupations." in said(app)
    go(app, soc="51-2028", area="30020")
    assert "No hiring event is on record here." in said(app)
    log(record, {"naics": "622", "effective": "2020-01-01"})
    go(app, area="12420")
    assert "No hiring event moves it in the year that is counted." in said(app)


def marked(app: AppTest) -> list[str]:
    """The mark of each bar of Overview, from the top, '' where there is none."""
    chart = next(c for c in app.get("plotly_chart") if c.proto.id.endswith("top-plot"))
    values = [t["text"] for t in json.loads(chart.proto.spec)["data"] if t.get("text")]
    return ["".join(c for c in text if c in "▲▼") for several in values for text in several]


def marks_due(app: AppTest) -> list[str]:
    """The mark that each of the largest occupations should have: where events move its openings by 5%."""
    view = view_of(app)
    rows = overview(rank(view.desk, view.base_request)).top.head(15)
    share = (rows.openings_with_events.astype(float) / rows.openings_per_year.astype(float) - 1).round(9)
    return ["▲" if s >= 0.05 else "▼" if s <= -0.05 else "" for s in share]


def test_overview_shows_signals_and_marks_what_events_move(open_page: Open, record: Path) -> None:
    app = open_page("overview")
    first, *_, last = tiles(app, "signals")
    assert first[0] == "Job postings on Indeed"
    assert first[2].endswith("2026-08-14; Indeed job postings index")
    desk = view_of(app).desk
    net = impact(desk, desk.area("12420")).events.jobs_counted.sum()
    assert last[:2] == ("Hiring events", f"{round(net):+,}")
    assert last[2].startswith("jobs a year, net, of 94 events on record")
    assert "Signals are not openings and do not enter the ranking." in words(app)
    assert "(old)" not in str(tiles(app, "signals"))
    assert marked(app) == marks_due(app)
    assert marked(app).count("▲") == 1, "inspectors, by the opening of a plant"
    assert "▲ ▼: hiring events, not counted in, would move it by 5% or more." in figure(app, "top")["source"]
    closure = {"event_type": "closure", "naics": "622", "effective": "2026-06-01"}
    log(record, closure | {"jobs": "900"})
    app.run()
    assert marked(app) == marks_due(app)
    assert marked(app).count("▼") == 1, "medical secretaries, by the closure of a hospital"
    log(record, closure | {"jobs": "90"})
    app.run()
    assert not any(marked(app))
    assert "▲ ▼" not in figure(app, "top")["source"]
    assert tiles(app, "signals")[-1][1].startswith("−")


def signal_rows(app: AppTest) -> list[list[str]]:
    """The cells of the table of signals, its heads first."""
    table = re.search(r'data-testid="signal-table">(.*?)</table>', texts(app), re.DOTALL)
    assert table
    return [
        [html.unescape(re.sub("<.*?>", "", cell)) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", table[1])
    ]


def test_signals_stand_with_date_source_and_what_they_leave_out(open_page: Open) -> None:
    app = open_page("events")
    rows = signal_rows(app)
    assert rows[0] == ["Signal", "Whose", "Level", "Change", "Day", "Source", "What it leaves out"]
    assert all(all(row[i] for i in (0, 1, 2, 4, 5, 6)) for row in rows[1:])
    texas = rows[1]
    assert texas[:5] == ["Job postings on Indeed", "Texas", "114",
                         "up 0.1% over the year, up 0.5% over three months", "2026-08-14"]  # fmt: skip
    assert any(row[0] == "Job postings on Indeed (old)" and row[4] == "2022-03-04" for row in rows)
    assert "openings" in figure(app, "postings")["subtitle"]
    assert "have not been fetched yet: python -m lmi refresh realtime" in words(app)


def test_what_was_refreshed_is_shown(
    open_page: Open, small_places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, file = figures_of_bls(), BundledFile("realtime/a.json", "2026-11-24", 1, "0" * 64)
    refreshed.keep(tmp_path / "new", [Fresh(bls_api.described(table), (file,), {"bls_series": table})])
    for name, path in (("BUNDLED_DIR", small_places.bundled), ("BUILD_DIR", tmp_path / "build"),
                       ("REFRESHED_DIR", tmp_path / "new"), ("SETTINGS", small_places.settings)):  # fmt: skip
        monkeypatch.setenv(f"LMI_{name}", str(path))
    app = open_page("events")
    told = {(row[0], row[1]): row for row in signal_rows(app)}
    assert told["Unemployment rate", "Austin, TX"][2:6] == [
        "4.4%", "up 0.4 points over the year, up 0.3 points over three months", "2026-09",
        "BLS public data API",
    ]  # fmt: skip
    assert told["Job openings (JOLTS)", "United States"][2] == "4,400,000"
    assert "have not been fetched yet" not in words(app)
    rate = tiles(open_page("overview"), "signals")[2]
    assert rate[:2] == ("Unemployment rate", "4.4%")
    assert rate[2].endswith("Austin, TX, 2026-09; BLS public data API")


def test_only_what_was_changed_is_written(open_page: Open, record: Path) -> None:
    log(record, {"event_id": "one", "announced": "2026-03", "confidence": "", "jobs": "1,200"})
    app = open_page("events", event="one")
    fill(app, notes="seen", by="AB")
    press(app, "Save")
    assert app.success, mistakes(app)
    (row,) = in_file(record)
    assert (row["announced"], row["confidence"], row["jobs"]) == ("2026-03", "", "1,200")
    assert row["notes"] == "seen"


def test_a_notice_is_not_of_a_day_to_come_and_a_small_place_counts_where_the_page_is(
    open_page: Open, record: Path
) -> None:
    log(record, {})
    app = open_page("events", area="12420")
    fill(app, **FILLED | {"announced": "2026-11-26"}, place="Bee Cave")
    press(app, "Save")
    assert "the day lies ahead" in mistakes(app)
    assert len(in_file(record)) == 1
    fill(app, announced="2026-11-25", effective="2027-02-01")
    press(app, "Save")
    assert app.success, mistakes(app)
    assert (in_file(record)[-1]["city"], in_file(record)[-1]["area_code"]) == ("Bee Cave", "12420")


def test_the_form_shows_the_event_that_is_looked_at(open_page: Open, record: Path) -> None:
    log(record, {"event_id": "one"}, {"event_id": "two", "employer": "Second"})
    app = open_page("events")
    assert field(app, "employer").value == ""
    go(app, event="two")
    assert field(app, "employer").value == "Second"
    app.button(key="event-close").click().run()
    assert field(app, "employer").value == ""


def test_sectors_stand_with_the_day_on_which_they_end(open_page: Open) -> None:
    app = open_page("events")
    (shown,) = [e for e in app.expander if e.label.startswith("Postings by sector")]
    assert shown.label == "Postings by sector, nation, to 27 September 2024, old"
    table = table_with(app, "Sector of Indeed")
    assert len(table) == 46
    assert set(table.Day) == {"2024-09-27"}
    strip = open_page("overview")
    assert "Job postings on Indeed: 1 February 2020 = 100. Advertisements on Indeed only" in words(strip)


def test_an_event_of_an_area_alone_is_changed_and_keeps_its_place(open_page: Open, record: Path) -> None:
    log(record, {"event_id": "one", "city": "", "county": "", "area_code": "12420"})
    app = open_page("events", event="one")
    fill(app, notes="seen", by="Ann")
    press(app, "Save")
    assert app.success, mistakes(app)
    (row,) = in_file(record)
    assert (row["notes"], row["area_code"], row["city"]) == ("seen", "12420", "")


def test_a_new_event_that_looks_like_one_on_record_is_saved_only_when_told_so(
    open_page: Open, record: Path
) -> None:
    log(record, {"event_id": "one", "announced": "2026-10-01", "city": "Austin, TX"})
    app = open_page("events")
    fill(app, employer="ACME Inc.", announced="2026-10-01", jobs="60", type="expansion", source="Call",
         by="AB", place="city:Austin, TX")  # fmt: skip
    assert not [box for box in app.checkbox if "another event" in box.label]
    press(app, "Save")
    assert "It looks like an event on record: the same employer, day and place as event one" in mistakes(app)
    assert len(in_file(record)) == 1
    assert field(app, "employer").value == "ACME Inc."
    press(app, "Save")
    assert len(in_file(record)) == 1, "asked again: nothing is saved unseen"
    field(app, "like").check()
    press(app, "Save")
    assert app.success, mistakes(app)
    assert len(in_file(record)) == 2
    assert not [box for box in app.checkbox if "another event" in box.label]
    fill(app, employer="ACME Inc.", announced="2026-04-01", type="expansion", source="Call",
         by="AB", place="city:Austin, TX")  # fmt: skip
    press(app, "Save")
    assert len(in_file(record)) == 3, "another day: nothing to ask"
