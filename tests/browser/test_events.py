"""Hiring events in a real browser: keyboard, two tabs, Back, saved picture, phone, hostile names."""

import csv
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.browser.test_browser import save

pytestmark = pytest.mark.browser
HOSTILE = '<img src=x onerror="window.executed=1"> **b** =1+1 $x$'


def answer(page: Page) -> str:
    return page.get_by_test_id("answer").inner_text()


def choose(page: Page, typed: str, option: str) -> None:
    """Type into the list that has the focus and take what stands out, once it is there."""
    page.keyboard.type(typed)
    expect(page.locator("[role=option][data-focused]")).to_have_text(option)
    page.keyboard.press("Enter")
    expect(page.locator("input:focus")).to_have_value(option)


def tab_to(page: Page, selector: str, most: int = 200) -> None:
    """Press Tab until an element has the focus."""
    inside = f"document.activeElement.matches({selector!r})"
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(inside):
            return
    pytest.fail(f"{selector} is not among the next {most} Tab stops")


def test_axe_finds_nothing_to_object_to(watched: Watched) -> None:
    watched.open("events?period=all&kinds=opening&event=2025-09-19-samsung-electronics-taylor")
    assert watched.objections() == {}
    assert watched.outside == []
    assert watched.real_errors() == []


def test_a_phone_shows_the_answer_first_and_nothing_to_the_side(phone: Watched) -> None:
    page = phone.open("events?period=all")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0
    for chart in page.locator(".js-plotly-plot").all():
        box = chart.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    place = page.get_by_test_id("answer").bounding_box()
    assert place
    assert place["y"] + place["height"] < 844


def test_back_undoes_a_filter_and_a_click_on_a_circle_opens_its_event(
    watched: Watched, tmp_path: Path
) -> None:
    page = watched.open("events?period=all")
    first = answer(page)
    page.get_by_role("button", name="Filters").click()
    page.get_by_test_id("stPopoverBody").get_by_role("combobox", name="What happens").click()
    page.get_by_role("option", name="Opening", exact=True).click()
    page.wait_for_url("**kinds=opening*")
    watched.settle()
    expect(page.get_by_test_id("answer")).to_contain_text("2,016")
    page.keyboard.press("Escape")  # the list
    page.keyboard.press("Escape")  # the popover
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    page.go_back()
    watched.settle()
    expect(page.get_by_test_id("answer")).to_have_text(first)
    assert "kinds=" not in page.url
    page.go_forward()
    watched.settle()
    expect(page.get_by_test_id("answer")).to_contain_text("2,016")
    page.locator(".st-key-chart-events .scatterlayer .point").first.click(force=True)
    page.wait_for_url("**event=2025-09-19-samsung-electronics-taylor*", timeout=15_000)
    detail = page.get_by_text(
        "Samsung Electronics: opening, 2,000 jobs, Taylor; of 19 September 2025, announced."
    )
    expect(detail).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).click()
    expect(detail).to_have_count(0)
    assert "event=" not in page.url
    saved = save(page, "png", "events", tmp_path)
    head = saved.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (1920, 1080)
    assert saved.name.startswith("austin-tx_hiring-events_")
    assert saved.stat().st_size > 30_000
    assert watched.outside == []
    assert watched.real_errors() == []


def test_filtering_and_logging_without_a_mouse_and_the_other_tab_sees_it(
    watched: Watched, local: Path
) -> None:
    watched.sign_in()
    other = watched.another_tab("events?area=46140")
    expect(other.get_by_test_id("answer")).to_contain_text("No hiring event is on record for Tulsa")
    page = watched.open("events?area=46140")
    tab_to(page, ".st-key-w_period input")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("All on")
    page.keyboard.press("Enter")
    page.wait_for_url("**period=all*")
    watched.settle()
    keys = page.keyboard
    tab_to(page, "[class*=st-key-event-employer] input")
    keys.type("Keyboard Works")
    tab_to(page, "[class*=st-key-event-jobs] input", 6)
    keys.type("45")
    tab_to(page, "[class*=st-key-event-announced] input", 6)
    keys.type("2026-02-03")
    tab_to(page, "[class*=st-key-event-place] input", 8)
    keys.type("Broken Arrow")
    expect(page.get_by_role("option", name="Broken Arrow, OK")).to_be_visible()
    keys.press("Enter")
    tab_to(page, "[class*=st-key-event-naics] input", 8)
    choose(page, "Hospitals (622)", "Hospitals (622)")
    tab_to(page, "[class*=st-key-event-source] input", 9)
    keys.type("Call")
    tab_to(page, "[class*=st-key-event-by] input", 9)
    keys.type("AB")
    tab_to(page, "[data-testid=stFormSubmitButton] button", 3)
    keys.press("Enter")
    expect(page.get_by_text("The event is saved.")).to_be_visible(timeout=15_000)
    with (local / "hiring_events.csv").open(encoding="utf-8-sig", newline="") as file:
        saved = [row for row in csv.DictReader(file) if row["employer"] == "Keyboard Works"]
    assert [(r["jobs"], r["city"], r["naics"], r["logged_by"]) for r in saved] == [
        ("45", "Broken Arrow, OK", "622", "AB")
    ]
    other.reload()
    expect(other.get_by_test_id("answer")).to_contain_text("45 jobs", timeout=20_000)
    assert watched.real_errors() == []


def test_a_hostile_employer_is_text(watched: Watched, local: Path) -> None:
    watched.page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    with (local / "hiring_events.csv").open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file))
    row = dict.fromkeys(names, "") | {
        "announced": "2026-01-05", "employer": HOSTILE, "event_type": "opening", "jobs": "900",
        "area_code": "30020", "status": "announced", "source_name": HOSTILE, "notes": HOSTILE,
        "event_id": "hostile",
    }  # fmt: skip
    with (local / "hiring_events.csv").open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, names).writerow(row)
    page = watched.open("events?area=30020&event=hostile&period=all")
    expect(page.get_by_text(f"{HOSTILE}: opening, 900 jobs; of 5 January 2026, announced.")).to_be_visible()
    shown = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot text')].map(t => t.textContent).join('')"
    )
    assert HOSTILE.replace(" ", "")[:30] in "".join(shown.split()), "the timeline names the employer"
    page.locator("[data-testid=stDataFrame]:visible").first.hover()
    expect(page.get_by_role("button", name="Fullscreen").first).to_be_visible()  # the table's own toolbar
    expect(page.get_by_role("button", name="Download as CSV")).to_have_count(0)
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(500)
    assert page.locator("img[src='x'], .js-plotly-plot img, mjx-container, .MathJax").count() == 0
    assert page.evaluate("window.executed") is None
    assert watched.outside == []
    assert watched.real_errors() == []
