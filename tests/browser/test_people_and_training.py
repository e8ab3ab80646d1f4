"""Representation and Training in a real browser: clicks, Back, links, keyboard, the capacity form."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HOSTILE, Watched

pytestmark = pytest.mark.browser


def answer(page: Page) -> str:
    return page.get_by_test_id("answer").inner_text()


def code(page: Page) -> str:
    found = re.search(r"[?&]soc=(\d\d-\d{4})", page.url)
    return found[1] if found else ""


def click_a_dot(page: Page, chart: str) -> str:
    """Click the dots of a chart until one puts its occupation into the address; which one it was."""
    dots = page.locator(f".st-key-chart-{chart} .scatterlayer .point")
    before = code(page)
    for number in range(min(dots.count(), 6)):
        dots.nth(number).click(force=True)
        page.wait_for_timeout(1_500)
        if code(page) != before:
            return code(page)
    pytest.fail(f"none of the first dots of '{chart}' leads anywhere ({dots.count()} dots)")


@pytest.mark.parametrize(("address", "chart"), [("representation", "gaps"), ("training", "balance")])
def test_a_click_on_a_dot_enters_the_address_back_undoes_and_the_link_reopens(
    watched: Watched, address: str, chart: str
) -> None:
    page = watched.open(address)
    assert code(page) == ""
    heading = page.locator("h2.lmi-heading").first.inner_text()
    soc = click_a_dot(page, chart)
    watched.settle()
    link, said = page.url, page.locator("h2.lmi-heading").first.inner_text()
    page.go_back()
    page.wait_for_function("!location.search.includes('soc=')")
    watched.settle()
    expect(page.locator("h2.lmi-heading").first).to_have_text(heading)
    page.goto(link)
    watched.settle()
    assert code(page) == soc
    expect(page.locator("h2.lmi-heading").first).to_have_text(said)
    assert watched.real_errors() == []


def test_group_and_baseline_enter_the_address_and_back_undoes_one_by_one(watched: Watched) -> None:
    page = watched.open("representation")
    first = answer(page)
    page.get_by_role("radio", name="Hispanic").or_(page.get_by_role("button", name="Hispanic")).first.click()
    page.wait_for_url("**group=hispanic**")
    expect(page.get_by_test_id("answer")).to_contain_text("Hispanic or Latino workers")
    watched.settle()
    second = answer(page)
    page.get_by_role("combobox", name="Held against").click()
    page.get_by_role("option").filter(has_text="Texas").click()
    page.wait_for_url("**base=state**")
    expect(page.get_by_test_id("answer")).not_to_have_text(second)
    third = answer(page)
    link = page.url
    page.go_back()
    expect(page.get_by_test_id("answer")).to_have_text(second)
    page.go_back()
    expect(page.get_by_test_id("answer")).to_have_text(first)
    page.goto(link)
    watched.settle()
    assert answer(page) == third
    page.get_by_role("link", name="Training").click()
    expect(page.get_by_test_id("question")).to_contain_text("Where can people train")
    assert "group=hispanic" in page.url
    assert "base=state" in page.url


def test_method_and_levels_enter_the_address_and_a_link_reopens_them(watched: Watched) -> None:
    page = watched.open("training")
    page.get_by_role("radio", name="Whole count").or_(
        page.get_by_role("button", name="Whole count")
    ).first.click()
    page.wait_for_url("**supply=whole**")
    expect(page.get_by_test_id("answer")).to_contain_text("At most")
    watched.settle()
    page.get_by_role("combobox", name="Award levels").click()
    page.get_by_role("option", name="All award levels").click()
    page.wait_for_url("**levels=all**")
    expect(page.get_by_test_id("selection")).to_contain_text("all award levels")
    said, link = answer(page), page.url
    page.goto(link)
    watched.settle()
    assert answer(page) == said


def test_the_group_is_reached_and_changed_by_keyboard_alone(watched: Watched) -> None:
    page = watched.open("representation")
    inside = "!!document.activeElement.closest('.st-key-w_group')"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(inside):
            break
    else:
        pytest.fail("the group selector is not among the first sixty Tab stops")
    for _ in range(4):
        if "Black" in page.evaluate("document.activeElement.innerText"):
            break
        page.keyboard.press("ArrowRight")
        if "group=" in page.url or "Black" in page.evaluate("document.activeElement.innerText"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url("**group=*", timeout=10_000)


@pytest.mark.parametrize("address", ["representation", "training", "training?soc=47-2152",
                                     "training?area=0100004", "training?area=R-austin-san-antonio",
                                     "representation?area=72"])  # fmt: skip
def test_a_page_of_any_place_is_drawn_without_an_error(watched: Watched, address: str) -> None:
    page = watched.open(address, charts="0100004" not in address and "72" not in address)
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(1_000)
    assert page.get_by_text("Something needs your attention").count() == 0
    assert watched.outside == []
    assert watched.real_errors() == []


@pytest.mark.parametrize("address", ["representation", "training?soc=47-2111"])
def test_a_phone_shows_the_answer_first_and_nothing_to_the_side(phone: Watched, address: str) -> None:
    page = phone.open(address)
    page.wait_for_timeout(1_000)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    for chart in page.locator(".js-plotly-plot").all():
        box = chart.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    place = page.get_by_test_id("answer").bounding_box()
    assert place
    assert place["y"] + place["height"] < 844


def test_hostile_text_of_the_capacity_file_is_text(watched: Watched) -> None:
    watched.sign_in()
    page = watched.open("training?soc=47-2111")
    page.get_by_role("heading", name="Seats, as providers tell them").scroll_into_view_if_needed()
    page.get_by_text("Add or change an entry").click()
    box = page.get_by_role("combobox", name="Entry")
    box.focus()
    box.press("ArrowDown")
    expect(page.get_by_role("option").filter(has_text=HOSTILE)).to_be_visible()
    page.wait_for_timeout(500)
    assert page.locator("img[src='x']").count() == 0
    assert watched.dialogs == [], "a script ran"
    assert watched.real_errors() == []


def test_an_entry_is_added_in_the_browser(watched: Watched, local: Path) -> None:
    watched.sign_in()
    page = watched.open("training?area=26420&soc=29-2061")
    page.get_by_text("Add or change an entry").click()
    for label, text in {"Provider": "Bayou School", "Program": "Vocational nursing", "Seats a year": "60",
                        "Source": "Call", "As of": "2026-09"}.items():  # fmt: skip
        page.get_by_role("textbox", name=label, exact=True).fill(text)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The entry is saved.")).to_be_visible(timeout=15_000)
    with (local / "training_capacity.csv").open(encoding="utf-8", newline="") as file:
        saved = [row for row in csv.DictReader(file) if row["provider"] == "Bayou School"]
    assert [(row["seats"], row["soc"], row["area_code"]) for row in saved] == [("60", "29-2061", "26420")]
    assert watched.real_errors() == []


def test_the_comparison_is_chosen_and_kept_in_the_address(watched: Watched) -> None:
    page = watched.open("occupation?soc=47-2111")
    box = page.get_by_role("combobox", name="Up to three more")
    box.click()
    box.fill("Plumbers")
    page.get_by_role("option").first.click()
    page.wait_for_url("**compare=47-2152**")
    watched.settle()
    page.wait_for_selector(".st-key-chart-compare .main-svg", timeout=20_000)
    page.reload()
    watched.settle()
    page.wait_for_selector(".st-key-chart-compare .main-svg", timeout=20_000)
    assert "compare=47-2152" in page.url
