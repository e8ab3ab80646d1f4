"""The explorable network in a frame as the app makes it: in a real browser that may ask for nothing."""

import io
import math
from collections.abc import Iterator

import pandas as pd
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route, expect

from lmi.domain.settings import MapDetail
from lmi.presentation.pathway_explorer import explorer_html
from tests.presentation.test_pathway_explorer import ACCENT, COLUMNS, HOSTILE, WORDS, data_of, job, move

pytestmark = pytest.mark.browser

HOST = "http://localhost"
SANDBOX = (
    "allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts "
    "allow-downloads"
)
STAGES = ("entry", "trained", "skilled", "advanced")
PAGE = f"""<!doctype html><html lang="en"><body style="margin:0">
<iframe title="Network" style="width:100%;height:640px;border:0" sandbox="{SANDBOX}"></iframe>
<div style="height:2000px"></div>"""
TITLES = ["Nursing Assistants", *HOSTILE]
NODES = pd.DataFrame(
    [
        job(f"J{i}", STAGES[min(i // 3, 3)], title=title, openings=40.0 * i + 10)
        for i, title in enumerate(TITLES)
    ]
)
MOVES = pd.DataFrame([move("J0", f"J{i}", credential=title) for i, title in enumerate(TITLES) if i > 2])
LINKS = {f"J{i}": f"./occupation?area=12420&soc=J{i}" for i in range(len(TITLES))} | {
    "J1": "https://elsewhere.example/",
    "J2": "javascript:top.executed=1",
}
DETAIL = MapDetail(pay=True, demand=True, openings=True, times=True, suggested=True, most=30)


def network(**other: object) -> str:
    """The document of a network whose titles are hostile."""
    given = {"columns": COLUMNS, "words": WORDS, "detail": DETAIL, "links": LINKS, "accent": ACCENT,
             "title": HOSTILE[1], "filename": "nursing", **other}  # fmt: skip
    return explorer_html(NODES, MOVES, **given)


class Framed:
    """A page with the network in a frame; every request and everything the browser complains of is kept."""

    def __init__(self, context: BrowserContext) -> None:
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.document = network()
        context.route("**/*", self._answer)
        context.set_default_timeout(10_000)
        self.page: Page = context.new_page()
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.errors.append(str(e)))
        self.page.on("dialog", lambda d: (self.errors.append(d.message), d.dismiss()))

    def _answer(self, route: Route) -> None:
        address = route.request.url
        if address == f"{HOST}/pathways?area=12420":
            route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
        elif address.startswith((f"{HOST}/occupation", f"{HOST}/favicon")):
            route.fulfill(body="<!doctype html><title>Occupation</title>", content_type="text/html")
        else:
            self.outside.append(address)
            route.abort()

    def open(self, document: str = "") -> Frame:
        """The frame with the network drawn in it."""
        self.page.goto(f"{HOST}/pathways?area=12420")
        self.page.evaluate("d => document.querySelector('iframe').srcdoc = d", document or self.document)
        self.page.frame_locator("iframe").locator("html[data-ready]").wait_for()
        return self.page.frames[-1]

    def spot(self, soc: str) -> tuple[float, float]:
        """Where the middle of a job's mark is on the page."""
        at = self.page.frames[-1].evaluate(
            """soc => {
                const net = document.getElementById("net");
                const at = explorer.network.canvasToDOM(explorer.network.getPositions([soc])[soc]);
                return [at.x + net.offsetLeft + net.clientLeft, at.y + net.offsetTop + net.clientTop];
            }""",
            soc,
        )
        box = self.page.locator("iframe").bounding_box()
        assert box
        return box["x"] + at[0], box["y"] + at[1]

    def scale(self) -> float:
        """How far the view is zoomed."""
        return self.page.frames[-1].evaluate("explorer.network.getScale()")


@pytest.fixture
def framed(browser: Browser) -> Iterator[Framed]:
    context = browser.new_context(viewport={"width": 1016, "height": 720}, accept_downloads=True)
    yield Framed(context)
    context.close()


@pytest.fixture
def touched(browser: Browser) -> Iterator[Framed]:
    context = browser.new_context(viewport={"width": 360, "height": 720}, is_mobile=True, has_touch=True)
    yield Framed(context)
    context.close()


def test_hostile_texts_are_drawn_as_text_and_nothing_is_asked_for(framed: Framed) -> None:
    frame = framed.open()
    for i, title in enumerate(TITLES[:6]):
        frame.get_by_role("button", name="Fit").click()
        framed.page.mouse.move(*framed.spot(f"J{i}"))
        expect(frame.locator("#tip strong")).to_have_text(" ".join(title.split()))
        assert set(frame.locator("#tip *").evaluate_all("all => all.map(e => e.tagName)")) == {
            "STRONG",
            "SPAN",
        }
        framed.page.mouse.move(5, 5)
        expect(frame.locator("#tip")).to_be_hidden()
    assert framed.errors == []
    assert framed.outside == []
    assert framed.page.evaluate("window.executed") is None


def test_a_request_of_the_document_itself_would_be_refused(framed: Framed) -> None:
    """The policy holds even where a script tries: so that the test above does not rest on good will alone."""
    frame = framed.open()
    frame.evaluate("fetch('http://localhost/occupation').catch(() => 0)")
    frame.evaluate("new Image().src = 'https://elsewhere.example/x.png'")
    framed.page.wait_for_timeout(300)
    assert framed.outside == []
    assert len([e for e in framed.errors if "Content Security Policy" in e]) >= 2


def test_a_click_opens_the_jobs_page_around_the_frame(framed: Framed) -> None:
    framed.open()
    framed.page.mouse.click(*framed.spot("J0"))
    framed.page.wait_for_url(f"{HOST}/occupation?area=12420&soc=J0")
    assert framed.page.title() == "Occupation"


@pytest.mark.parametrize("soc", ["J1", "J2"])
def test_an_address_elsewhere_is_not_followed(framed: Framed, soc: str) -> None:
    framed.open()
    framed.page.mouse.click(*framed.spot(soc))
    framed.page.wait_for_timeout(500)
    assert framed.page.url == f"{HOST}/pathways?area=12420"
    assert len(framed.page.context.pages) == 1
    assert framed.outside == []
    assert framed.page.evaluate("window.executed") is None


def test_hovering_a_move_tells_of_it(framed: Framed) -> None:
    frame = framed.open()
    frame.get_by_role("button", name="Fit").click()
    (x0, y0), (x1, y1) = framed.spot("J0"), framed.spot("0/1")
    framed.page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
    expect(frame.locator("#tip strong")).to_have_text("Proposed")
    expect(frame.locator("#tip")).to_contain_text("From: Nursing Assistants")
    expect(frame.locator("#tip")).to_contain_text("To: line ends")
    expect(frame.locator("#tip")).to_contain_text("Credential: line ends")


def test_a_plain_wheel_scrolls_the_page_and_ctrl_zooms(framed: Framed) -> None:
    framed.open()
    before = framed.scale()
    framed.page.mouse.move(500, 300)
    framed.page.mouse.wheel(0, 300)
    framed.page.wait_for_function("window.scrollY > 100")
    assert framed.scale() == before
    framed.page.evaluate("window.scrollTo(0, 0)")
    framed.page.keyboard.down("Control")
    framed.page.mouse.wheel(0, -300)
    framed.page.keyboard.up("Control")
    framed.page.frames[-1].wait_for_function(f"explorer.network.getScale() > {before}")


def test_the_buttons_zoom_and_fit_by_keyboard(framed: Framed) -> None:
    frame = framed.open()
    before = framed.scale()
    frame.get_by_role("button", name="Zoom in").focus()
    framed.page.keyboard.press("Enter")
    assert framed.scale() == pytest.approx(before * 1.25)
    framed.page.keyboard.press("Tab")
    framed.page.keyboard.press("Space")
    assert framed.scale() == pytest.approx(before)
    framed.page.keyboard.press("Tab")
    framed.page.keyboard.press("Enter")
    area = frame.locator("#net").bounding_box()
    assert area
    for i in range(len(TITLES)):
        x, y = framed.spot(f"J{i}")
        assert area["x"] < x < area["x"] + area["width"]
        assert area["y"] + 30 < y < area["y"] + area["height"]  # below the headers


def test_arrow_keys_go_from_job_to_job_and_enter_opens(framed: Framed) -> None:
    frame = framed.open()
    frame.locator("#net [role=application]").focus()
    framed.page.keyboard.press("ArrowRight")
    expect(frame.locator("#tip")).to_be_visible()
    seen = [frame.locator("#tip strong").inner_text()]
    for key in ("ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown"):  # the three jobs of the first column
        if seen[-1] != TITLES[0]:
            framed.page.keyboard.press(key)
            seen.append(frame.locator("#tip strong").inner_text())
    assert seen[-1] == TITLES[0], seen
    framed.page.keyboard.press("ArrowRight")
    reached = f"J{TITLES.index(frame.locator('#tip strong').inner_text())}"
    assert framed.spot(reached)[0] > framed.spot("J0")[0]
    framed.page.keyboard.press("Enter")
    framed.page.wait_for_url(f"**/occupation?area=12420&soc={reached}")


def test_on_a_phone_the_first_tap_tells_and_the_second_opens(touched: Framed) -> None:
    frame = touched.open()
    frame.get_by_role("button", name="Fit").tap()
    touched.page.touchscreen.tap(*touched.spot("J0"))
    expect(frame.get_by_role("button", name="Open Nursing Assistants")).to_be_visible()
    assert touched.page.url.endswith("/pathways?area=12420")
    touched.page.touchscreen.tap(*touched.spot("J0"))
    touched.page.wait_for_url("**/occupation?area=12420&soc=J0")


def test_on_a_phone_the_button_in_the_tip_opens(touched: Framed) -> None:
    frame = touched.open()
    frame.get_by_role("button", name="Fit").tap()
    touched.page.touchscreen.tap(*touched.spot("J0"))
    frame.get_by_role("button", name="Open Nursing Assistants").tap()
    touched.page.wait_for_url("**/occupation?area=12420&soc=J0")


def saved_image(framed: Framed) -> Image.Image:
    """The image that the button gives."""
    with framed.page.expect_download() as saved:
        framed.page.frames[-1].get_by_role("button", name="Download PNG").click()
    assert saved.value.suggested_filename == "nursing.png"
    return Image.open(saved.value.path()).convert("RGB")


def across(document: str) -> float:
    """Width of an image before it is enlarged: the network and a little room at its sides, or 720."""
    box = data_of(document)["box"]
    return max(math.ceil(box["right"] - box["left"] + 24), 720)


@pytest.mark.parametrize("dark", [False, True])
def test_the_image_is_for_paper_and_the_screen_stays_as_it_was(framed: Framed, dark: bool) -> None:
    frame = framed.open(network(dark=dark))
    frame.get_by_role("button", name="Zoom in").click()
    framed.page.mouse.move(5, 5)
    shown, scale = Image.open(io.BytesIO(frame.locator("#net").screenshot())), framed.scale()
    image = saved_image(framed)
    width, height = image.size
    for corner in ((0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)):
        assert min(image.getpixel(corner)) > 220
    framed.page.mouse.move(5, 5)
    framed.page.wait_for_timeout(300)
    after = Image.open(io.BytesIO(frame.locator("#net").screenshot()))
    assert framed.scale() == scale
    assert ImageChops.difference(after.convert("RGB"), shown.convert("RGB")).getbbox() is None


def test_the_image_holds_the_whole_network_at_a_readable_size(framed: Framed) -> None:
    """Every job is filled with the accent: its middle has that colour where the layout places it."""
    frame = framed.open()
    for _ in range(4):
        frame.get_by_role("button", name="Zoom in").click()  # most of it is now outside of the view
    places = frame.evaluate("n => explorer.network.getPositions(n)", list(LINKS))
    data = data_of(framed.document)
    box, size = data["box"], {node["id"]: node["size"] for node in data["nodes"] if node["id"] in places}
    image = saved_image(framed)
    ratio = image.width / across(framed.document)
    assert ratio >= 1  # a label is 14 pixels high in the layout
    accent = tuple(int(ACCENT[i : i + 2], 16) for i in (1, 3, 5))
    first = next(i for i, colour in enumerate(image.getdata()) if colour == accent) // image.width
    above = first / ratio - min(places[soc]["y"] - size[soc] for soc in places)
    for place in places.values():
        x = place["x"] - (box["left"] + box["right"]) / 2
        spot = (image.width / 2 + x * ratio, (place["y"] + above) * ratio)
        assert image.getpixel(tuple(map(round, spot))) == accent
    assert (box["bottom"] + above) * ratio < image.height - 100  # legend and caption stand below the labels


def test_the_image_holds_what_was_dragged_away(framed: Framed) -> None:
    frame = framed.open()
    before = saved_image(framed).height
    frame.evaluate("explorer.network.moveNode('J0', 0, 4000)")
    assert saved_image(framed).height > before + 3000


def test_the_captions_lines_stand_under_the_image_and_lengthen_it(framed: Framed) -> None:
    """Of two images alike but for the caption, the upper part is the same, and text follows."""
    source = "Source: BLS OEWS, May 2025 (published pay); " * 8
    framed.open()
    plain = saved_image(framed)
    framed.open(network(caption=["Jobs and moves by stage", source]))
    sourced = saved_image(framed)
    assert "OEWS" not in framed.page.frames[-1].locator("body").inner_text()
    assert sourced.width == plain.width
    ratio = plain.width / (
        data_of(framed.document)["box"]["right"] - data_of(framed.document)["box"]["left"] + 24
    )
    assert sourced.height - plain.height >= 3 * 19 * ratio - 2  # the source is wrapped
    below = sourced.crop((0, plain.height - 20, sourced.width, sourced.height))
    dark = [i for i, colour in enumerate(below.getdata()) if max(colour) < 140]
    assert len(dark) > 500
    assert max(i % below.width for i in dark) < below.width - 8  # no line is cut


def test_the_canvas_says_what_it_shows_and_nothing_overlaps(framed: Framed) -> None:
    frame = framed.open()
    expect(frame.get_by_role("img")).to_have_accessible_name(
        f"{HOSTILE[1]}. Network, {len(TITLES)} jobs. Moves: {len(MOVES)} proposed. Pay from $50,000 "
        f"({TITLES[0]}) to $50,000 ({HOSTILE[8]})."
    )
    boxes = frame.evaluate("n => n.map(soc => explorer.network.getBoundingBox(soc))", list(LINKS))
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert apart or one["bottom"] + 8 <= other["top"] or other["bottom"] + 8 <= one["top"]
