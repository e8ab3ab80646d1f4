"""A participant's phone in a real browser, against the running app; the test is the facilitator."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from lmi.analysis.room import Room
from lmi.answers.room import facilitate, room_of, speak
from lmi.contributions import convenings, opened
from lmi.contributions.typed import new_secret, new_token
from lmi.domain.convening import Convening
from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser
NURSE, WELDER, AIDE = "29-1141", "51-4121", "31-1131"
HOSTILE = "<img src=x onerror=alert(1)> **Ana**"
NOT_SENT = "Not sent yet: will be sent when the connection is back"


@dataclass
class Meeting:
    """A convening, as its facilitator has it."""

    convening: Convening

    @property
    def room(self) -> Room:
        return room_of(opened.store(), self.convening)

    def lead(self, kind: str, subject: str = "") -> None:
        socs = {NURSE, WELDER, AIDE}
        facilitate(opened.store(), self.room, kind, new_token(), "Facilitator", socs, subject)

    def somebody_says(self, kind: str, organisation: str = "Hill Clinic", **said: object) -> None:
        person, _ = convenings.join(
            opened.store(), self.convening.id, "Ben", organisation, "", new_token(), secret=new_secret()
        )
        socs = {NURSE, WELDER, AIDE}
        speak(opened.store(), self.room, person.id, kind, new_token(), socs, **said)  # type: ignore[arg-type]


@pytest.fixture
def meeting() -> Meeting:
    store = opened.store()
    made = convenings.create(
        store, "Health care", "12420", "2026-11-25", "Central Library", "Facilitator", new_token()
    )
    return Meeting(made)


@pytest.fixture(scope="module")
def in_hand(browser: Browser, app_url: str) -> Iterator[Page]:
    """One phone for all tests of this file."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(in_hand: Page, app_url: str) -> Iterator[Watched]:
    watched = Watched(in_hand, app_url)
    yield watched
    in_hand.context.set_offline(False)
    for other in in_hand.context.pages:
        if other is not in_hand:
            other.close()
    in_hand.bring_to_front()
    in_hand.set_viewport_size({"width": 390, "height": 844})
    in_hand.unroute_all()
    in_hand.evaluate("localStorage.clear(); sessionStorage.clear()")
    in_hand.goto("about:blank")
    for event, listener in watched._listeners.items():
        in_hand.remove_listener(event, listener)
    assert not [error for error in watched.errors if "Error:" in error or "Content Security" in error]
    assert not watched.outside
    assert not watched.dialogs


def join(phone: Watched, meeting: Meeting, name: str = "Ana", organisation: str = "River Hospital") -> Page:
    page = phone.page
    page.goto(f"{phone.url}/join?code={meeting.convening.code}")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your organization").fill(organisation)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_label("Your organization")).to_have_count(0)  # a question may be there at once
    return page


def saved(page: Page, word: str = "Saved") -> None:
    expect(page.get_by_role("status").first).to_have_text(word)


def name_occupation(page: Page, typed: str, title: str) -> None:
    page.get_by_label("Find an occupation").fill(typed)
    page.get_by_role("button", name=title).first.click()
    expect(page.locator("li.chip", has_text=title)).to_be_visible()


def to_step(meeting: Meeting, step: str) -> None:
    """A room in which two occupations are named, at a step."""
    meeting.lead("step", "nominate")
    meeting.somebody_says("nominate", subject=NURSE)
    meeting.somebody_says("nominate", "Other Clinic", subject=WELDER)
    meeting.lead("topics", f"{NURSE},{WELDER}")
    meeting.lead("step", step)


def test_who_is_set_aside_is_told_and_can_come_back(phone: Watched, meeting: Meeting) -> None:
    page = join(phone, meeting)
    meeting.lead("aside", meeting.room.people[0].id)
    expect(page.get_by_role("alert")).to_contain_text("The facilitator has set you aside.")
    meeting.lead("back", meeting.room.joined[0].id)
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()


def test_a_dropped_line_and_a_reload_lose_nothing(phone: Watched, meeting: Meeting) -> None:
    phone.page.goto(f"{phone.url}/join")
    phone.page.get_by_label("Code from the screen").fill(f" {meeting.convening.code.lower()} ")
    phone.page.get_by_role("button", name="Go on").click()
    page = phone.page
    page.get_by_label("Your name").fill("Ana")
    page.get_by_label("Your organization").fill("River Hospital")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()
    meeting.lead("step", "nominate")
    expect(page.get_by_role("heading", name="most critical")).to_be_focused()
    name_occupation(page, "RN", "Registered Nurses")
    saved(page)
    page.context.set_offline(True)
    page.get_by_label("Find an occupation").fill("Night lead")
    page.get_by_role("button", name="use my words").click()
    saved(page, NOT_SENT)
    assert len(meeting.room.nominated) == 1
    page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(page.locator("li.chip")).to_have_text(["Registered NursesTake back", "Night leadTake back"])
    page.get_by_role("button", name="Take back: Registered Nurses").click()
    saved(page, "Taken back")
    assert [row.words for row in meeting.room.nominated] == [("Night lead",)]


def test_a_lost_confirmation_makes_nobody_say_it_twice(phone: Watched, meeting: Meeting) -> None:
    page = join(phone, meeting)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if len(lost) < 2:
            lost.append(route.fetch().text())  # the server has it, the phone does not know
            route.abort()
        else:
            route.continue_()

    page.route("**/room/say", lose)
    meeting.lead("step", "nominate")
    name_occupation(page, "registered nurse", "Registered Nurses")
    saved(page)
    assert len(lost) == 2
    assert lost[0] == lost[1]
    assert len(meeting.room.nominated[0].seqs) == 1


def test_an_answer_that_arrives_late_does_not_come_after_the_newer_one(
    phone: Watched, meeting: Meeting
) -> None:
    to_step(meeting, "discuss")
    page = join(phone, meeting)
    sent: list[str] = []

    def hold(route: Route) -> None:
        sent.append(route.request.post_data_json["token"])
        if len(sent) == 1:
            route.abort()  # as far as the phone knows
        else:
            route.continue_()

    page.route("**/room/say", hold)
    page.get_by_label("It is hard to fill").check()
    saved(page, NOT_SENT)
    page.get_by_label("We need more of them").check()
    saved(page, "Changed")
    assert sent[0] == sent[1], "what may have arrived is confirmed first"
    assert len(set(sent)) == 2
    said = [entry for entry in meeting.room.entries if entry.kind == "answer"]
    assert [entry.choices for entry in said] == [("hard",), ("hard", "growth")]


def test_an_answer_made_while_the_line_is_dead_survives_a_closed_page(
    phone: Watched, meeting: Meeting
) -> None:
    to_step(meeting, "discuss")
    page = join(phone, meeting)
    page.route("**/room/say", lambda route: route.fulfill(status=503, body="{}"))
    page.get_by_label("It is hard to fill").check()
    saved(page, NOT_SENT)
    page.goto("about:blank")
    page.unroute_all()
    page.goto(f"{phone.url}/join?code={meeting.convening.code}")
    saved(page)
    expect(page.get_by_label("It is hard to fill")).to_be_checked()
    assert [row.choice for row in meeting.room.counted("critical", NURSE)] == ["hard"]


def test_a_second_answer_is_a_change_and_counts_once(phone: Watched, meeting: Meeting) -> None:
    to_step(meeting, "discuss")
    meeting.somebody_says("answer", question="before", subject=NURSE, choices=[AIDE])
    meeting.lead("step", "map")
    page = join(phone, meeting)
    expect(page.get_by_role("heading", name="From Nursing Assistants to Registered Nurses")).to_be_visible()
    page.get_by_label("Yes, people move so").check()
    saved(page)
    page.get_by_label("No, they do not").check()
    saved(page, "Changed")
    stand = meeting.room.stands()[0]
    assert (stand.yes, stand.no) == ((), ("River Hospital",))


def test_the_phone_follows_the_room_but_does_not_interrupt(phone: Watched, meeting: Meeting) -> None:
    to_step(meeting, "discuss")
    page = join(phone, meeting)
    meeting.lead("topic", WELDER)
    expect(page.get_by_role("heading", name="Welders")).to_be_focused()
    page.get_by_label("In your own words").type("Nobody wants ni")
    meeting.lead("step", "sources")
    ahead = page.get_by_role("button", name="The room is at: Programs and recruiting")
    expect(ahead).to_be_visible()
    expect(page.get_by_label("In your own words")).to_be_focused()
    ahead.click()
    expect(page.get_by_role("heading", name="Which programs do you prefer?")).to_be_focused()
    saved(page)
    assert [said.words for said in meeting.room.answers("critical", WELDER)] == ["Nobody wants ni"]
    page.get_by_role("button", name="Back").click()  # a late comer can go back to what was asked before
    expect(page.get_by_role("heading", name="Do people move so?")).to_be_visible()
    meeting.lead("end")
    expect(page.get_by_role("heading", name="The convening has ended")).to_be_focused()


def test_two_pages_of_one_phone_are_one_participant(phone: Watched, meeting: Meeting) -> None:
    page = join(phone, meeting)
    meeting.lead("step", "nominate")
    other = phone.another_tab(f"join?code={meeting.convening.code}")
    other.bring_to_front()
    name_occupation(other, "registered nurse", "Registered Nurses")
    expect(page.locator("li.chip", has_text="Registered Nurses")).to_be_visible()
    page.bring_to_front()
    name_occupation(page, "welder", "Welders, Cutters")
    other.bring_to_front()
    expect(other.locator("li.chip", has_text="Welders, Cutters")).to_be_visible()
    other.close()
    assert len(meeting.room.people) == 1
    assert sorted(row.soc for row in meeting.room.nominated) == [NURSE, WELDER]


def test_what_people_type_is_text(phone: Watched, meeting: Meeting) -> None:
    meeting.lead("step", "nominate")
    meeting.somebody_says("nominate", HOSTILE, subject=NURSE)
    phone.page.goto(f"{phone.url}/join?code={meeting.convening.code}")
    page = phone.page
    page.get_by_label("Your name").fill(HOSTILE)
    page.get_by_label("Your organization").fill(HOSTILE)
    expect(page.locator("#organisations option")).to_have_attribute("value", HOSTILE)
    page.get_by_role("button", name="Join").click()
    page.get_by_label("Find an occupation").fill(HOSTILE)
    page.get_by_role("button", name="use my words").click()
    expect(page.locator("li.chip")).to_contain_text(HOSTILE)
    page.reload()
    expect(page.locator("li.chip")).to_contain_text(HOSTILE)
    meeting.lead("step", "group")
    meeting.lead("step", "welcome")
    expect(page.get_by_text(f"You are {HOSTILE}, for {HOSTILE}.")).to_be_visible()
    assert page.locator("main img, main strong").count() == 0


def test_the_keyboard_is_enough(phone: Watched, meeting: Meeting) -> None:
    meeting.lead("step", "nominate")
    page, keys = phone.page, phone.page.keyboard
    page.goto(f"{phone.url}/join?code={meeting.convening.code}")
    expect(page.get_by_role("heading", name="Who are you?")).to_be_focused()
    for text in ("Ana", "River Hospital", "HR"):
        keys.press("Tab")
        keys.type(text)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="most critical")).to_be_focused()
    keys.press("Tab")
    keys.type("registered nurse")
    expect(page.get_by_text("found")).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.get_by_label("Find an occupation")).to_be_focused()
    saved(page)
    meeting.lead("step", "discuss")
    expect(page.get_by_role("heading", name="What makes it critical?")).to_be_focused()
    keys.press("Tab")
    keys.press("Space")
    saved(page)
    assert [row.choice for row in meeting.room.counted("critical", NURSE)] == ["core"]


def test_axe_finds_nothing_to_object_to_and_fingers_find_everything(phone: Watched, meeting: Meeting) -> None:
    page = phone.page

    def look() -> None:
        assert phone.objections() == {}
        targets = page.locator(
            "button:visible, label.pick:visible, input[type=text]:visible, textarea:visible"
        )
        low = [
            t for t in targets.all() if (box := t.bounding_box()) and min(box["height"], box["width"]) < 44
        ]
        assert not low
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(f"{phone.url}/join?code=222222")
    expect(page.get_by_role("alert")).to_contain_text("No convening has this code.")
    look()
    to_step(meeting, "nominate")
    page.goto(f"{phone.url}/join?code={meeting.convening.code}")
    expect(page.get_by_label("Your name")).to_be_visible()
    look()
    page.get_by_label("Your name").fill("Ana")
    page.get_by_label("Your organization").fill("River Hospital")
    page.get_by_role("button", name="Join").click()
    name_occupation(page, "registered nurse", "Registered Nurses")
    page.get_by_label("Find an occupation").fill("welder")
    expect(page.get_by_text("found")).to_be_visible()
    look()
    page.get_by_label("Find an occupation").fill("")
    meeting.lead("step", "close")
    meeting.lead("step", "discuss")
    page.get_by_label("It is hard to fill").check()
    saved(page)
    look()
    for step, question in (
        ("map", "Do people move so?"),
        ("sources", "Which programs"),
        ("close", "Is this what"),
    ):
        meeting.lead("step", step)
        expect(page.get_by_role("heading", name=question)).to_be_visible()
        page.set_viewport_size({"width": 320, "height": 640})
        look()
    meeting.lead("end")
    expect(page.get_by_role("heading", name="has ended")).to_be_visible()
    look()
