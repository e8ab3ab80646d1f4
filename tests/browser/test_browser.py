"""What only a real browser shows: no request elsewhere, saved images, address, Back, phone, keyboard."""

import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
PAGES = ["", "demand", "occupation?soc=47-2111", "occupation?soc=47-2111&compare=47-2152,49-9021",
         "representation", "training?soc=47-2111", "pathways?path=electrical&soc=47-2111",
         "pathways?path=nursing&pathview=explore", "pathways?pathview=list&from=41-2031&to=29-1141",
         "data"]  # fmt: skip


def answer(page: Page) -> str:
    return page.get_by_test_id("answer").inner_text()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_nothing_of_other_hosts_logs_no_error_and_axe_finds_nothing_to_object_to(
    watched: Watched, address: str
) -> None:
    watched.open(address).wait_for_timeout(1_000)
    assert watched.objections() == {}
    assert watched.outside == []
    assert watched.real_errors() == []


def test_a_request_to_another_host_would_be_seen_and_reaches_nobody(watched: Watched) -> None:
    page = watched.open("data", charts=False)
    asked = ["https://elsewhere.example/x.js", "http://192.0.2.1/y.png"]
    ends = page.evaluate(
        "all => Promise.all(all.map(one => fetch(one).then(() => 'came', e => e.name)))", asked
    )
    assert ends == ["TypeError", "TypeError"]
    assert watched.outside == asked
    assert len([e for e in watched.errors if "ERR_NAME_NOT_RESOLVED" in e]) >= 2


def test_the_map_is_drawn_without_the_network(watched: Watched) -> None:
    page = watched.open("occupation?soc=47-2111")
    page.get_by_text("Where this work is concentrated").scroll_into_view_if_needed()
    page.wait_for_selector(".choroplethlayer path", state="attached", timeout=20_000)
    assert page.locator(".choroplethlayer path").count() > 380
    assert watched.outside == []


def save(page: Page, kind: str, chart: str, folder: Path) -> Path:
    with page.expect_download(timeout=20_000) as waiting:
        page.locator(f'button[data-chart="{chart}"][data-save="{kind}"]').click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


@pytest.mark.parametrize(
    ("address", "chart"),
    [("", "top"), ("occupation?soc=47-2111", "map-metro"), ("training", "balance"),
     ("training?soc=47-2111", "providers"), ("representation", "gaps"), ("representation", "heat"),
     ("pathways?path=driving", "pathway-driving")],
)  # fmt: skip
def test_a_saved_png_has_slide_size_and_a_meaningful_name(
    watched: Watched, tmp_path: Path, address: str, chart: str
) -> None:
    page = watched.open(address)
    saved = save(page, "png", chart, tmp_path)
    head = saved.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (1920, 1080)
    assert saved.name.startswith("austin-tx_")
    assert saved.stat().st_size > 30_000


def test_a_saved_svg_holds_the_source_line(watched: Watched, tmp_path: Path) -> None:
    page = watched.open("")
    saved = save(page, "svg", "top", tmp_path)
    text = saved.read_text(encoding="utf-8")
    assert saved.suffix == ".svg"
    assert text.lstrip().startswith("<svg")
    assert "Source: BLS OEWS, May 2025" in text


def test_the_address_holds_the_selection_and_back_undoes_it(watched: Watched) -> None:
    page = watched.open("demand?area=26420&rules=washington")
    assert "Houston" in page.get_by_test_id("question").inner_text()
    box = page.get_by_role("combobox", name="Region")
    box.click()
    box.fill("Dayton")
    page.get_by_role("option").first.click()
    expect(page.get_by_test_id("question")).to_contain_text("Dayton")
    assert "area=19430" in page.url
    assert "rules=washington" in page.url
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_test_id("question")).to_contain_text("What is in demand in Dayton")
    assert "area=19430" in page.url
    page.go_back()
    expect(page.get_by_test_id("question")).to_contain_text("Which jobs are in demand in Dayton")
    page.go_back()
    expect(page.get_by_test_id("question")).to_contain_text("Houston")
    page.reload()
    watched.settle()
    assert "Houston" in page.get_by_test_id("question").inner_text()
    assert "Washington 2016" in answer(page)


def test_an_old_name_of_a_metro_area_finds_it(watched: Watched) -> None:
    page = watched.open("")
    box = page.get_by_role("combobox", name="Region")
    box.click()
    box.fill("Sugar Land")
    box.press("Enter")
    expect(page.get_by_test_id("question")).to_contain_text("Houston")
    assert "area=26420" in page.url


def test_a_deep_link_runs_inside_the_frame(watched: Watched) -> None:
    page = watched.open("occupation?area=30020&soc=29-2061")
    expect(page.get_by_role("combobox", name="Region")).to_have_value("Lawton, OK")
    assert "Licensed Practical" in page.get_by_test_id("question").inner_text()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "'; drop table area; --",
        "=HYPERLINK(1)",
        "../../etc/passwd",
        "%00",
        "🦊" * 40,
    ],
)
def test_a_hostile_address_is_text(watched: Watched, hostile: str) -> None:
    from urllib.parse import quote

    page = watched.open(f"demand?area={quote(hostile)}&skill={quote(hostile)}&weights={quote(hostile)}")
    assert "Austin" in page.get_by_test_id("question").inner_text()
    assert page.get_by_text("No area").count() == 1
    assert watched.dialogs == [], "a script ran"


def test_an_alternate_title_finds_the_occupation(watched: Watched) -> None:
    page = watched.open("occupation?soc=47-2111")
    box = page.get_by_role("combobox", name="Find an occupation")
    box.click()
    box.fill("lineman")
    box.press("Enter")
    expect(page.get_by_text("Found for 'lineman'")).to_be_visible()


def test_selecting_a_row_shows_its_evidence_and_enters_the_address(watched: Watched) -> None:
    page = watched.open("demand")
    page.goto(f"{watched.url}/demand?soc=47-2111")
    watched.settle()
    expect(page.get_by_role("heading", name="Why Electricians are in demand")).to_be_visible()


def test_nothing_overflows_on_a_phone(phone: Watched) -> None:
    for address in PAGES:
        page = phone.open(address)
        wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth")
        assert wide <= 0, f"{address or 'overview'} is {wide} px too wide"


def test_the_region_can_be_changed_by_keyboard_alone(watched: Watched) -> None:
    page = watched.open("")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == "Region":
            break
    else:
        pytest.fail("the region box is not among the first twelve Tab stops")
    page.keyboard.type("Boise")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("question")).to_contain_text("Boise")


def test_a_name_of_several_places_asks_which(watched: Watched) -> None:
    page = watched.open("demand?rules=ohio")
    box = page.get_by_role("combobox", name="Region")
    box.click()
    box.fill("Portland")
    box.press("Enter")
    expect(page.get_by_role("heading", name="Which 'Portland' do you mean?")).to_be_visible()
    assert "Austin" in page.get_by_test_id("question").inner_text()
    page.get_by_role("link", name="Portland, OR").click()
    expect(page.get_by_test_id("question")).to_contain_text("Portland")
    assert "area=38900" in page.url
    assert "rules=ohio" in page.url


def test_a_click_in_the_chart_moves_table_evidence_and_address(watched: Watched) -> None:
    page = watched.open("demand")
    points = page.locator(".js-plotly-plot .scatterlayer .point")
    soc = points.nth(3).evaluate("dot => String([dot.__data__.data].flat()[0])")
    points.nth(3).click(force=True)
    page.wait_for_url(f"**soc={soc}*", timeout=10_000)
    watched.settle()
    heading = page.locator("h2.lmi-heading").filter(has_text="Why ").first.inner_text()
    named = re.fullmatch(r"Why (.*) are (?:in demand|not in demand|undecided)", heading)
    assert named
    cells = "[...document.querySelectorAll('[role=row][aria-selected=true] [role=gridcell]')]"
    shown = page.evaluate(f"{cells}.map(c => c.innerText)")
    assert any(cell.startswith(named[1]) for cell in shown), (heading, shown)
    page.goto(f"{watched.url}/occupation?soc={soc}")
    watched.settle()
    assert f"({soc})" in page.get_by_test_id("selection").inner_text()
    assert named[1] in page.get_by_test_id("question").inner_text()


def test_a_group_code_opens_its_profile(watched: Watched) -> None:
    page = watched.open("occupation?soc=47-2111")
    box = page.get_by_role("combobox", name="Find an occupation")
    box.click()
    box.fill("29-0000")
    box.press("Enter")
    expect(page.get_by_test_id("question")).to_contain_text("Healthcare Practitioners")
