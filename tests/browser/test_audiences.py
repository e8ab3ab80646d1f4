"""Every audience on every page in a real browser, in one session: its question, no error, nothing lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from lmi.domain.settings import Audience
from lmi.places import ROOT
from lmi.sources import audience_file
from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
AUDIENCES = audience_file.load_audiences(ROOT / "pathways.yaml")
LINKS = {
    "overview": "Overview", "demand": "Demand", "occupation": "Occupation",
    "representation": "Representation", "training": "Training",
    "pathways": "Pathways", "comments": "Comments", "data": "Data and methods",
}  # fmt: skip
PAGES = [page for page in LINKS if (ROOT / "pages" / f"{page}.py").exists()]


def shown(page: Page, audience: Audience, name: str) -> None:
    """The page has finished with the audience's question and without an error."""
    question = audience.headings[name].split("{occupation}")[0].format(place="Austin").strip()
    expect(page.get_by_test_id("question")).to_contain_text(question, timeout=20_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
    assert page.get_by_text("Something needs your attention").count() == 0
    assert page.locator('[data-testid="stException"]').count() == 0
    assert page.get_by_text(audience.asks, exact=True).count() == 1


def test_every_audience_on_every_page(watched: Watched) -> None:
    """One session: the selector changes the words of the page at hand, links lead to the others and back."""
    page, order = watched.open("?area=12420&soc=47-2111"), PAGES
    for audience in AUDIENCES:
        if audience is not AUDIENCES[0]:
            page.get_by_role("combobox", name="Audience").click()
            page.get_by_role("option", name=audience.name, exact=True).click()
        shown(page, audience, order[0])
        for name in order[1:]:
            page.get_by_role("link", name=LINKS[name], exact=True).click()
            shown(page, audience, name)
        if audience is not AUDIENCES[0]:
            assert f"audience={audience.id}" in page.url
        order = order[::-1]  # the next one begins where this one ends
    assert watched.outside == []
    assert watched.real_errors() == []


@pytest.mark.parametrize(("address", "chart"), [("occupation", "map-metro"), ("training", "completers")])
def test_what_is_folded_can_be_opened_and_is_drawn_in_full_width(
    watched: Watched, address: str, chart: str
) -> None:
    page = watched.open(f"{address}?area=12420&soc=47-2111&audience=students")
    students = next(a for a in AUDIENCES if a.id == "students")
    label = students.words["more_occupation" if address == "occupation" else "more_page"]
    folded = page.locator('[data-testid="stExpander"]').filter(has_text=label).first
    folded.locator("summary").first.click()
    drawn = folded.locator(f".st-key-chart-{chart} .js-plotly-plot .main-svg").first
    expect(drawn).to_be_visible(timeout=20_000)
    box, outer = drawn.bounding_box(), folded.bounding_box()
    assert box
    assert outer
    assert box["width"] > 0.4 * outer["width"]
    assert box["height"] > 200
    assert watched.real_errors() == []


def test_a_default_filter_is_a_chip_and_its_removal_stands_in_the_address(watched: Watched) -> None:
    page = watched.open("demand?area=12420&audience=educators")
    page.get_by_role("button", name="Education: 3").click()
    expect(page.get_by_role("button", name="Education: 3")).to_have_count(0)
    expect(page).to_have_url(re.compile("edu=any"))
    page.reload()
    watched.settle()
    assert page.get_by_role("button", name="Education: 3").count() == 0
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.get_by_role("button", name="Education: 3")).to_be_visible()
    assert "edu=" not in page.url
