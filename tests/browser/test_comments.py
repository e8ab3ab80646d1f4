"""Comments in a real browser: hostile text is text, two clicks keep one, nobody meets the trap."""

import pytest
from playwright.sync_api import Locator, Page, expect

from lmi.contributions import comments, opened
from lmi.contributions.typed import new_token
from lmi.domain.comments import Subject
from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
HOSTILE = '<img src=x onerror="window.executed=1"> **b** =1+1 $x$ שלום 👍'
THANKS = "Thank you. It is held until a coordinator has read it."


def unfolded(watched: Watched, address: str = "data") -> Locator:
    """The comments at the foot of a page, unfolded."""
    page = watched.open(address, charts=False)
    block = page.locator('[data-testid="stExpander"]').filter(has_text="Comment on")
    block.locator("summary").click()
    expect(block.get_by_label("Organization you speak for")).to_be_visible()
    watched.settle(charts=False)  # the form is drawn by a run of its own
    return block


def send(block: Locator, text: str, clicks: int = 1) -> None:
    block.get_by_label("Your comment").fill(text)
    block.get_by_label("Organization you speak for").fill(HOSTILE[:60])
    block.get_by_label("Organization you speak for").press("Tab")  # typed to the end, as people do
    block.get_by_role("button", name="Send comment").click(click_count=clicks, delay=20)


def reference(page: Page) -> str:
    expect(page.get_by_text(THANKS)).to_be_visible()
    return page.get_by_test_id("comment-reference").inner_text().split()[1].rstrip(".")


def test_axe_finds_nothing_to_object_to_and_nobody_comes_to_the_trap(watched: Watched) -> None:
    block = unfolded(watched)
    page = watched.page
    trap = page.locator('[class*="st-key-comment-trap-"]').first
    expect(trap).to_have_attribute("aria-hidden", "true")
    box = trap.bounding_box()
    assert box
    assert box["x"] < -5_000
    block.get_by_label("Your comment").focus()
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('[class*=\"st-key-comment-trap-\"]')")
    assert watched.objections() == {}
    watched.open("comments", charts=False)
    assert watched.objections() == {}
    assert watched.outside == []
    assert watched.real_errors() == []


def test_two_clicks_keep_one_and_hostile_text_is_kept_as_text(watched: Watched) -> None:
    page = watched.page
    send(unfolded(watched, "data?area=12420"), HOSTILE, clicks=2)
    kept = reference(page)
    expect(page.get_by_label("Your comment")).to_have_value("")
    page.get_by_role("link", name="See what becomes of it").click()
    watched.settle(charts=False)
    expect(page.get_by_text(f"The comment {kept} of")).to_be_visible()
    assert page.evaluate("window.executed") is None
    assert watched.dialogs == []


def test_a_megabyte_is_refused_in_words_and_stays_in_the_form(watched: Watched) -> None:
    block = unfolded(watched)
    send(block, "x" * 1_000_000)
    expect(watched.page.get_by_text("1,000,000 characters; 2,000 is the most.")).to_be_visible()
    assert len(block.get_by_label("Your comment").input_value()) == 1_000_000


def test_a_phone_has_room_for_the_form(phone: Watched) -> None:
    block = unfolded(phone)
    page = phone.page
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0
    button = block.get_by_role("button", name="Send comment").bounding_box()
    summary = block.locator("summary").bounding_box()
    assert button
    assert summary
    assert button["height"] >= 44
    assert summary["height"] >= 44


def test_what_a_coordinator_answers_stands_at_the_foot_for_everybody_as_text(watched: Watched) -> None:
    subject = Subject("occupation", "occupation", "29-2061")
    kept = comments.add(opened.store(), subject, "12420", HOSTILE, HOSTILE, new_token(), name="Ann Private")
    watched.sign_in()
    page = watched.open("comments?queue=held", charts=False)
    card = page.locator(f".st-key-comment-card-{kept.id}")
    expect(card.get_by_text("Ann Private")).to_be_visible()
    assert watched.objections() == {}
    card.get_by_label("Answer (if any)").fill(HOSTILE)
    card.get_by_role("button", name="Publish").click()
    expect(page.get_by_text(f"{kept.reference}: published with the answer.")).to_be_visible()
    page.context.clear_cookies()
    page = watched.open("occupation?soc=29-2061&area=12420")
    block = page.locator('[data-testid="stExpander"]').filter(
        has_text="Comment on this occupation (1 published)"
    )
    block.locator("summary").click()
    expect(block.get_by_text(HOSTILE)).to_have_count(3)  # organization, comment, answer
    assert page.get_by_text("Ann Private").count() == 0
    assert page.evaluate("window.executed") is None
    assert watched.dialogs == []
    assert watched.real_errors() == []
