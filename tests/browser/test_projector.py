"""The projector in a real browser: answers come by themselves (bench.convening measures how soon), nothing is
too small, and there is nothing but the room."""

import pytest
from playwright.sync_api import expect

from lmi.answers.room import facilitate, room_of, speak
from lmi.contributions import convenings, opened
from lmi.contributions.typed import new_token
from lmi.domain.convening import STEPS
from tests.browser.conftest import HOSTILE, Watched

pytestmark = pytest.mark.browser
NURSES, AIDES = "29-1141", "31-1131"
SOCS = frozenset((NURSES, AIDES))
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.st-key-projector *')]
    .filter(e => !e.closest('.unseen'))
    .filter(e => [...e.childNodes].some(c => c.nodeType === 3 && c.textContent.trim()))
    .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
OVERFLOW = (
    "() => { const p = document.querySelector('.st-key-projector'); return p.scrollHeight - p.clientHeight }"
)


class Meeting:
    """A convening in which three organizations, one with a hostile name, name what is critical."""

    def __init__(self) -> None:
        self.store = opened.store()
        self.convening = convenings.create(
            self.store, "Healthcare", "12420", "2026-11-25", "Hall", "Ann", new_token()
        )
        self.do("step", "nominate")
        for organisation in ("One Hospital", "Two Clinic", HOSTILE):
            self.say(self.join(organisation), "nominate", subject=NURSES)

    def join(self, organisation: str) -> str:
        person, _ = convenings.join(self.store, self.convening.id, "Pat", organisation, "", new_token())
        return person.id

    def say(self, who: str, kind: str, **told: object) -> None:
        room = room_of(self.store, self.convening)
        speak(self.store, room, who, kind, new_token(), SOCS, **told)

    def do(self, kind: str, subject: str) -> None:
        facilitate(self.store, room_of(self.store, self.convening), kind, new_token(), "Ann", SOCS, subject)


@pytest.fixture
def meeting() -> Meeting:
    return Meeting()


def test_an_answer_comes_to_the_projector_by_itself(watched: Watched, meeting: Meeting):
    watched.sign_in()
    page = watched.page
    page.goto(f"{watched.url}/convening?meeting={meeting.convening.id}&show=projector")
    expect(page.locator(f'[data-key="{NURSES}"][data-count="3"]')).to_be_visible()
    assert watched.dialogs == []
    who = meeting.join("Four Works")
    meeting.say(who, "nominate", subject=NURSES)
    page.wait_for_selector(f'[data-key="{NURSES}"][data-count="4"]', timeout=30_000)


@pytest.mark.parametrize("lines", [720, 1080])
def test_nothing_on_the_projector_is_too_small_or_outside(watched: Watched, meeting: Meeting, lines: int):
    watched.sign_in()
    page = watched.page
    page.set_viewport_size({"width": lines * 16 // 9, "height": lines})
    page.goto(f"{watched.url}/convening?meeting={meeting.convening.id}&show=projector")
    for step in STEPS:
        meeting.do("step", step.id)
        page.wait_for_selector(f'[data-testid="room"][data-step="{step.id}"]', timeout=20_000)
        assert page.evaluate(SMALLEST) >= lines / 50, step.id
        assert page.evaluate(OVERFLOW) <= 0, step.id
    assert not page.get_by_test_id("stSidebar").is_visible()
    assert watched.objections() == {}
