"""The projector of a measured convening, in a real Chromium: what it shows, and since when."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bench.browser import FLAGS, TIMEOUT_MS
from bench.stage import NotMeasured, chromium

if TYPE_CHECKING:
    from playwright.async_api import Page

# Writes down, one frame after each change, what stands on the screen: counts by question and choice.
_WATCH = """() => {
  window.__seen = [];
  let last = '', asked = false;
  const read = () => {
    const room = document.querySelector('[data-testid=room]');
    if (!room) return null;
    const rows = [...room.querySelectorAll('li[data-key]')].map(li => {
      const part = li.closest('section:not([data-testid=room])');
      return [part?.querySelector('h2, h3, h4')?.textContent ?? '', li.dataset.key, Number(li.dataset.count)];
    });
    const text = document.body.innerText;
    const number = found => found ? Number(found[1].replace(',', '')) : null;
    return {
      step: room.dataset.step, rows,
      topic: room.querySelector('.topic')?.firstChild.textContent.trim() ?? '',
      people: number(text.match(/([\\d,]+) (?:person|people) from/)),
      answered: number(text.match(/([\\d,]+) of [\\d,]+ (?:person|people) have answered/)),
    };
  };
  const look = () => {
    asked = false;
    const now = read(), sign = JSON.stringify(now);
    if (now && sign !== last) { last = sign; window.__seen.push([Date.now() / 1000, now]); }
  };
  new MutationObserver(() => {
    if (!asked) { asked = true; requestAnimationFrame(look); }
  }).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
  look();
}"""
_TAKE = "() => window.__seen.splice(0)"
_NOW = """() => {
  const room = document.querySelector('[data-testid=room]');
  return [room?.dataset.step ?? '', room?.querySelector('.topic')?.firstChild.textContent.trim() ?? ''];
}"""


@dataclass
class Screen:
    """What the projector showed. seen: part of the meeting -> (seconds since the epoch, what stood there)."""

    page: "Page"
    part: str = ""
    seen: dict[str, list[tuple[float, dict[str, Any]]]] = field(default_factory=dict)
    followed: list[float] = field(default_factory=list)  # seconds until it shows a new part

    async def topic(self) -> str:
        """The title of the occupation that is talked through; '' where there is none."""
        return str((await self.page.evaluate(_NOW))[1])

    async def begin(self, part: str, before: str = "", since: float = 0.0) -> None:
        """A part of the meeting begins; returns when it is shown. before: the topic until then."""
        self.part = part
        step, _, topic = part.partition(" ")
        for _ in range(TIMEOUT_MS // 50):
            at, title = await self.page.evaluate(_NOW)
            if at == step and (not topic or title != before):
                break
            await asyncio.sleep(0.05)
        else:
            raise NotMeasured(f"the projector does not show '{part}'")
        if since:
            self.followed.append(time.time() - since)
        await self.page.evaluate(_TAKE if not since else "() => 0")

    async def keys(self) -> list[str]:
        """What stands on the screen, by key."""
        found = await self.page.evaluate(
            "() => [...document.querySelectorAll('[data-testid=room] li[data-key]')].map(e => e.dataset.key)"
        )
        return [str(key) for key in found]

    async def collect(self) -> None:
        """Take what was written down since."""
        step = self.part.partition(" ")[0]
        found = [(float(at), seen) for at, seen in await self.page.evaluate(_TAKE)]
        now = self.seen.setdefault(self.part, [])
        now += [(at, seen) for at, seen in found if seen["step"] == step]


@asynccontextmanager
async def on_screen(port: int, meeting: str, passcode: str) -> AsyncIterator[Screen]:
    """The projector and, in another tab, the facilitator's page, both signed in."""
    try:
        from playwright.async_api import Error, async_playwright
    except ImportError:
        raise NotMeasured("playwright is not installed") from None
    address = f"http://127.0.0.1:{port}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            context = await browser.new_context(viewport={"width": 1920, "height": 1080})
            context.set_default_timeout(TIMEOUT_MS)
            page = await context.new_page()
            await page.goto(f"{address}/sign-in?back={quote(f'/convening?meeting={meeting}')}")
            await page.fill("input[name=name]", "Bench")
            await page.fill("input[name=passcode]", passcode)
            await page.click("form button")
            await page.wait_for_selector("[data-testid=room]")
            projector = await context.new_page()
            await projector.goto(f"{address}/convening?meeting={meeting}&show=projector")
            await projector.wait_for_selector("[data-testid=room]")
            await projector.evaluate(_WATCH)
            yield Screen(projector)
        except Error as error:
            raise NotMeasured(f"the browser: {str(error).splitlines()[0][:120]}") from error
        finally:
            await browser.close()
