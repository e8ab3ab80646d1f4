"""Pathways in a real browser: clicks, keyboard, reload, saved pictures, the editor, hostile names."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from lmi.presentation import charts
from lmi.presentation.frame import Frame, plot_config
from tests.browser.conftest import Watched
from tests.browser.test_browser import save
from tests.presentation import pathways as drawn
from tests.presentation.test_pathway_explorer import HOSTILE

pytestmark = pytest.mark.browser
HOST = "http://localhost"


def test_a_click_on_a_job_of_the_map_looks_at_it_and_reload_keeps_it(watched: Watched) -> None:
    page = watched.open("pathways?path=electrical&suggest=no")
    chart = page.locator(".st-key-chart-pathway-electrical .js-plotly-plot")
    at = chart.evaluate(
        """plot => {
            const layout = plot._fullLayout, box = plot.getBoundingClientRect();
            for (const trace of plot._fullData) {
                const i = (trace.customdata || []).findIndex(c => String([c].flat()[0]) === "47-2111");
                if (i < 0 || trace.x[i] === null) continue;
                const x = layout.xaxis, y = layout.yaxis;
                return [box.x + x._offset + x.d2p(trace.x[i]), box.y + y._offset + y.d2p(trace.y[i])];
            }
        }"""
    )
    page.mouse.click(*at)
    page.wait_for_url("**soc=47-2111*", timeout=10_000)
    expect(page.get_by_role("heading", name="Electricians", exact=True)).to_be_visible()
    page.reload()
    watched.settle()
    expect(page.get_by_role("heading", name="Electricians", exact=True)).to_be_visible()
    expect(page.get_by_test_id("answer")).to_contain_text("Electrical work")
    page.get_by_role("link", name="Open the profile of Electricians").click()
    expect(page.get_by_test_id("question")).to_contain_text("Electricians")
    assert watched.real_errors() == []


def test_a_click_in_the_network_opens_the_occupation(watched: Watched) -> None:
    watched.page.set_viewport_size({"width": 1280, "height": 1000})
    page = watched.open("pathways?path=electrical&pathview=explore&suggest=no")
    page.frame_locator("iframe").locator("html[data-ready]").wait_for(timeout=20_000)
    frame = page.frames[-1]
    frame.get_by_role("button", name="Fit").click()
    page.wait_for_timeout(800)  # the view eases into its place
    at = frame.evaluate(
        """() => {
            const net = document.getElementById("net");
            const at = explorer.network.canvasToDOM(explorer.network.getPositions(["47-2111"])["47-2111"]);
            return [at.x + net.offsetLeft + net.clientLeft, at.y + net.offsetTop + net.clientTop];
        }"""
    )
    box = page.locator("iframe").bounding_box()
    assert box
    page.mouse.click(box["x"] + at[0], box["y"] + at[1])
    page.wait_for_url("**/occupation?**soc=47-2111**", timeout=15_000)
    expect(page.get_by_test_id("question")).to_contain_text("Electricians", timeout=20_000)
    assert watched.outside == []


def test_the_list_beside_the_network_does_the_same_by_keyboard(watched: Watched) -> None:
    page = watched.open("pathways?path=electrical&pathview=explore&suggest=no")
    jobs = page.get_by_test_id("jobs").get_by_role("link")
    assert jobs.count() >= 8
    jobs.filter(has_text=re.compile("^Electricians$")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("question")).to_contain_text("Electricians", timeout=20_000)
    assert "soc=47-2111" in page.url


def test_pathway_picture_and_suggestions_stand_in_the_address(watched: Watched) -> None:
    page = watched.open("pathways")
    page.get_by_role("combobox", name="Field").click()
    page.get_by_role("option", name="Skilled trades").click()
    expect(page.get_by_test_id("answer")).to_contain_text("Electrical work", timeout=15_000)
    page.wait_for_url("**path=electrical*", timeout=10_000)
    page.get_by_role("radio", name="List").or_(page.get_by_role("button", name="List")).first.click()
    expect(page.get_by_test_id("steps")).to_be_visible()
    page.wait_for_url("**pathview=list*", timeout=10_000)
    page.go_back()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=15_000)
    page.go_back()
    expect(page.get_by_test_id("answer")).to_contain_text("Nursing", timeout=15_000)


def test_a_saved_map_holds_every_job_and_the_source(watched: Watched, tmp_path: Path) -> None:
    page = watched.open("pathways?path=plumbing&suggest=no")
    text = save(page, "svg", "pathway-plumbing", tmp_path).read_text(encoding="utf-8")
    for word in ("Pipelayers", "Septic", "Source: BLS OEWS, May 2025", "Proposed", "Entry"):
        assert word in text, word


def test_a_change_is_seen_before_it_is_saved_and_can_be_let_go(watched: Watched) -> None:
    watched.sign_in()
    page = watched.open("pathways?path=plumbing&suggest=no")
    assert page.get_by_text("unsaved change").count() == 0
    note = page.get_by_role("textbox", name="Note")
    note.fill('<img src=x onerror="window.executed=1"> =1+1 "q" \u202eabc')
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("1 unsaved change;")).to_be_visible(timeout=15_000)
    page.wait_for_url(re.compile(r"[?&]draft=[0-9a-f]{16}(&|$)"), timeout=10_000)
    page.reload()
    watched.settle()
    expect(page.get_by_text("1 unsaved change;")).to_be_visible(timeout=15_000)
    page.get_by_role("link", name="Electrical work").first.click()  # loads the page anew
    page.wait_for_url("**path=electrical**", timeout=10_000)
    expect(page.get_by_text("1 unsaved change;")).to_be_visible(timeout=15_000)
    page.go_back()
    watched.settle()
    page.get_by_role("radio", name="Difference and saving").or_(
        page.get_by_role("button", name="Difference and saving")
    ).first.click()
    expect(page.get_by_test_id("difference")).to_contain_text("<img src=x onerror=", timeout=15_000)
    page.get_by_role("button", name="Discard the changes").click()
    expect(page.get_by_text("unsaved change")).to_have_count(0, timeout=15_000)
    expect(page).not_to_have_url(re.compile("draft="), timeout=10_000)
    assert page.evaluate("window.executed") is None
    assert watched.real_errors() == []


def hostile_map(page: Page) -> None:
    """Draw a map whose every title is hostile, as the app would."""
    stages = drawn.STAGES
    nodes = [
        drawn.node(f"11-{i:04d}", title, stages[i % 4], target=i == 1) for i, title in enumerate(HOSTILE)
    ]
    moves = [
        drawn.move(f"11-{i:04d}", f"11-{i + 1:04d}", credential=title, license=title)
        for i, title in enumerate(HOSTILE[:-1])
        if i % 4 < 3
    ]
    chart = charts.pathway_map(
        *drawn.tables(nodes, moves), Frame(HOSTILE[0], HOSTILE[3], HOSTILE[6], 'x', width=940),
        columns=drawn.COLUMNS, words=drawn.WORDS, detail=drawn.DETAIL,
    )  # fmt: skip
    body = chart.figure.to_html(include_plotlyjs=True, config=plot_config("x"))
    page.route(f"{HOST}/map", lambda r: r.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(f"{HOST}/map")
    page.wait_for_selector(".js-plotly-plot .main-svg")


def test_hostile_titles_are_text_on_the_map(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1016, "height": 900})
    page, outside, errors = context.new_page(), [], []

    def blocked(route: Route) -> None:
        outside.append(route.request.url)
        route.abort()

    context.route("**/*", blocked)
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.on("dialog", lambda d: (errors.append(d.message), d.dismiss()))
    hostile_map(page)
    shown = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot text')].map(t => t.textContent).join(' ')"
    )
    squeezed = re.sub(r"\s+", "", shown)
    for title in HOSTILE:
        if not re.search(r"[\u0590-\u08ff\u202a-\u202e]", title):
            assert re.sub(r"\s+", "", title)[:40] in squeezed, title[:60]
    assert page.evaluate("document.querySelectorAll('.js-plotly-plot a, .js-plotly-plot img').length") == 0
    assert page.evaluate("window.executed") is None
    assert [u for u in outside if not u.endswith("/favicon.ico")] == []
    assert errors == []
    context.close()
