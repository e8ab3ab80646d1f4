"""Signing in and out in a real browser: what a reader does not get, and what a coordinator does."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSCODE, Watched

pytestmark = pytest.mark.browser
EDITOR = "Log an event, or correct one"


def test_a_reader_signs_in_from_the_editors_place_and_out_again_and_every_tab_knows(watched: Watched) -> None:
    page = watched.open("events?area=46140&period=all", charts=False)
    invite = page.get_by_test_id("stMain").locator(".lmi-invite")
    expect(invite).to_have_text(f"{EDITOR}: coordinators can do this. Sign in")
    assert page.locator("[class*=st-key-event-employer]").count() == 0
    assert watched.objections() == {}
    invite.get_by_role("link", name="Sign in").click()
    page.wait_for_url("**/sign-in?back=*")
    page.get_by_label("Your name or initials").fill("Ana <b>Q</b>")
    page.get_by_label("Passcode").fill("not the passcode")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The passcode is not right.")
    watched.errors.clear()  # the browser logs the refusal
    expect(page.get_by_label("Your name or initials")).to_have_value("Ana <b>Q</b>")
    page.get_by_label("Passcode").fill(PASSCODE)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/events\?(?=.*area=46140)(?=.*period=all)"))
    watched.settle(charts=False)
    expect(page.get_by_text("Signed in as Ana <b>Q</b>.")).to_be_visible()
    expect(page.locator("[class*=st-key-event-by] input")).to_have_value("Ana <b>Q</b>")
    assert page.evaluate("document.cookie").count("lmi_coordinator") == 0, "no script can read it"
    other = watched.another_tab("events?area=46140&period=all")
    expect(other.locator("[class*=st-key-event-employer] input")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Sign out").click()
    expect(invite).to_be_visible(timeout=15_000)
    other.bring_to_front()
    other.locator("[class*=st-key-event-by] input").fill("Ana")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_test_id("stMain").locator(".lmi-invite")).to_be_visible(timeout=15_000)
    assert other.get_by_text("The event is saved.").count() == 0
    assert watched.real_errors() == []


def test_axe_finds_nothing_on_the_form_and_it_fits_a_phone(watched: Watched) -> None:
    page = watched.page
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{watched.url}/sign-in?back=/demand")
    assert watched.objections() == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for target in page.locator("button, a, input:not([type=hidden])").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your name or initials")).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.get_by_label("Your name or initials").fill("Ana")
    page.get_by_label("Passcode").fill(PASSCODE)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{watched.url}/demand")
    page.goto(f"{watched.url}/sign-in")
    assert watched.objections() == {}
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{watched.url}/")
    assert not [c for c in page.context.cookies() if c["name"] == "lmi_coordinator"]
    assert watched.outside == []
