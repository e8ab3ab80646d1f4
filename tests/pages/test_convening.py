"""The facilitator's page and the projector: rooms are filled as phones fill them, by lmi.answers.room."""

import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from lmi.answers import room_lists
from lmi.answers.room import facilitate, room_of, speak
from lmi.contributions import address_key, convenings, known, opened
from lmi.contributions.typed import new_token
from lmi.domain.convening import STEPS, Convening
from lmi.domain.errors import LmiError
from lmi.ui import access, loaders, room_acts, room_figures, room_pictures, room_projector
from tests.pages.conftest import COORDINATOR, Open, annotations, figures, sound, words

NURSES, AIDES, WELDERS = "29-1141", "31-1131", "51-4121"
SOCS = frozenset((NURSES, AIDES, WELDERS, "29-2061", "31-9092"))
HOSTILE = "<b>Evil</b> [x](javascript:alert(1)) $E=mc^2$"


class Meeting:
    """A convening in the database, with people who speak."""

    def __init__(self, rehearsal: bool = False, area: str = "12420") -> None:
        self.store = opened.rehearsals() if rehearsal else opened.store()
        self.convening: Convening = convenings.create(
            self.store, "Healthcare", area, "2026-11-25", "Town hall", "Ann", new_token(), "health",
            rehearsal=rehearsal,
        )  # fmt: skip

    @property
    def room(self):
        return room_of(self.store, self.convening)

    def join(self, organisation: str, name: str = "Wilhelmina") -> str:
        person, _ = convenings.join(self.store, self.convening.id, name, organisation, "Manager", new_token())
        return person.id

    def say(self, who: str, kind: str, **told: object) -> int:
        return speak(self.store, self.room, who, kind, new_token(), SOCS, **told)

    def do(self, kind: str, subject: str = "", **value: str) -> None:
        facilitate(self.store, self.room, kind, new_token(), "Ann", SOCS, subject, value)

    def reach(self, step: str) -> None:
        for each in STEPS[1:]:
            self.do("step", each.id)
            if each.id == step:
                return


@pytest.fixture
def meeting() -> Meeting:
    """Three organizations, one of them with two people, who have named what is critical to them."""
    found = Meeting()
    found.do("step", "nominate")
    for organisation, socs in (
        ("One Hospital", (NURSES, AIDES)), ("One Hospital", (NURSES, WELDERS)), ("Two Clinic", (NURSES,)),
        (HOSTILE, (AIDES,)),
    ):  # fmt: skip
        who = found.join(organisation)
        for soc in socs:
            found.say(who, "nominate", subject=soc)
    return found


@pytest.fixture
def opened_at(open_page: Open, meeting: Meeting) -> Callable[..., AppTest]:
    """The facilitator's page of the meeting, or another view of it."""

    def at(**parts: str) -> AppTest:
        return open_page("convening", meeting=meeting.convening.id, **parts)

    return at


def press(app: AppTest, key: str) -> AppTest:
    return sound(app.button(key=key).click().run())


def text(app: AppTest) -> str:
    return words(app) + " ".join(e.value for e in app.error) + " ".join(e.value for e in app.success)


def counts(app: AppTest) -> dict[str, int]:
    """What the board counts: key of the row -> organizations."""
    board = next(e.value for e in app.get("html") if 'data-testid="room"' in e.value)
    return {key: int(n) for key, n in re.findall(r'data-key="([^"]*)" data-count="(\d+)"', board)}


def a_coordinator(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "role", lambda: "coordinator")
    patch.setattr(access, "who", lambda: COORDINATOR)


def a_reader(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(access, "role", lambda: "reader")


def test_one_button_makes_one_convening_however_often_it_is_pressed(open_page):
    before = len(convenings.every(opened.store()))
    app = open_page("convening", area="12420")
    app.text_input(key="w_new_industry").set_value("Hospitals of the county")
    app.text_input(key="w_new_place").set_value("Town hall")
    create = next(b for b in app.button if b.label == "Create the convening")
    sound(create.click().run())
    made = convenings.every(opened.store())
    assert len(made) == before + 1
    new = next(c for c in made if c.industry == "Hospitals of the county")
    assert (new.area_code, new.place, new.created_by) == ("12420", "Town hall", COORDINATOR)
    assert app.session_state["meeting"] == new.id
    assert "Nobody is in the room yet" in words(app)
    assert new.code[:3] in words(app)


def test_an_industry_without_a_name_is_refused_and_nothing_typed_is_lost(open_page):
    before = len(convenings.every(opened.store()))
    app = open_page("convening")
    app.selectbox(key="w_new_cluster").set_value("")
    app.text_input(key="w_new_place").set_value("Town hall")
    sound(next(b for b in app.button if b.label == "Create the convening").click().run())
    assert "The industry has no name" in text(app)
    assert app.text_input(key="w_new_place").value == "Town hall"
    assert len(convenings.every(opened.store())) == before


def test_a_reader_sees_the_list_and_the_way_in_and_no_answer(
    open_page, opened_at, meeting, monkeypatch_access
):
    meeting_page = opened_at
    a_reader(monkeypatch_access)
    app = open_page("convening")
    assert "Type the code of the room" in words(app)
    assert "Healthcare" in words(app)
    assert "Create the convening" not in [b.label for b in app.button]
    meeting.join("Silent Ltd")
    one = meeting_page()
    assert "3 organizations named 3 critical occupations" in words(one)
    assert "One Hospital" not in words(one)
    assert "Wilhelmina" not in words(one)
    assert not [b for b in one.button if b.key and b.key.startswith("room-")]
    projector = meeting_page(show="projector")
    assert "One Hospital" not in words(projector)
    practised = Meeting(rehearsal=True)
    rehearsed = open_page("convening", meeting=practised.convening.id)
    assert "REHEARSAL" in words(rehearsed)
    assert "Rehearsal: Healthcare" in words(rehearsed)
    assert "Convening: Healthcare" not in words(rehearsed)


def test_the_list_counts_an_organization_once_however_it_is_spelled(open_page, monkeypatch):
    met = [Meeting(), Meeting()]
    for each, name in zip(met, ("Acme Inc.", "ACME, Inc"), strict=True):
        each.join(name)
    monkeypatch.setattr(convenings, "every", lambda _: [each.convening for each in met])
    assert "2 convenings with 1 organization so far" in words(open_page("convening"))


def test_nominations_are_counted_by_organization(opened_at):
    app = opened_at()
    assert counts(app) == {NURSES: 2, AIDES: 2, WELDERS: 1}
    assert "Registered Nurses" in words(app)
    assert "Start the timer" not in [b.label for b in app.button]
    assert [b.label for b in app.button if b.proto.type == "primary"] == ["Next step"]
    assert "3 organizations" in words(app)
    assert "9 more make the 12–25 organizations asked for" in words(app)


def test_what_people_typed_is_never_markup(opened_at):
    app = opened_at()
    board = next(e.value for e in app.get("html") if 'data-testid="room"' in e.value)
    assert "<b>Evil" not in board
    assert "&lt;b&gt;Evil&lt;/b&gt;" in board


def test_the_steps_go_forward_and_back_and_the_timer_can_be_held(opened_at, meeting, monkeypatch):
    monkeypatch.setattr(room_acts, "_TWICE_SECONDS", 0)
    app = opened_at()
    press(app, "room-next-step")
    assert meeting.room.state.step == "group"
    press(app, "room-back")
    assert meeting.room.state.step == "nominate"
    press(app, "room-pause")
    assert meeting.room.state.paused
    assert "paused," in words(app)
    press(app, "room-pause")
    assert not meeting.room.state.paused
    press(app, "room-names")
    assert meeting.room.state.names_hidden
    press(app, "room-end")
    assert meeting.room.state.ended
    assert "The convening has ended" in words(app)
    press(app, "room-reopen")
    assert not meeting.room.state.ended
    assert meeting.room.entries[-1].by == COORDINATOR


def test_a_button_that_is_stale_begins_nothing_after_the_end(opened_at, meeting):
    app = opened_at()
    meeting.do("pause")
    meeting.do("end")  # in another window
    app = press(app, "room-next-step")
    assert (meeting.room.state.step, meeting.room.state.ended) == ("nominate", True)
    assert "Reopen it first" in " ".join(e.value for e in app.error)
    assert "The convening has ended" in words(app)
    press(app, "room-reopen")
    assert "paused" not in words(app)
    assert "room-pause" in [b.key for b in app.button]


@pytest.mark.parametrize("step", ["welcome", "sources", "map"])
def test_a_convening_whose_region_is_no_more_goes_on(open_page, monkeypatch_access, step):
    gone = Meeting(area="R-renamed")
    if step != "welcome":
        gone.reach(step)
        gone.say(gone.join("One Hospital"), "nominate", subject=NURSES)
        gone.do("screen", "map")
    address, told = {"meeting": gone.convening.id}, "R-renamed (no longer in the settings)"
    app = open_page("convening", **address)
    assert "room-next-step" in [b.key for b in app.button]
    assert words(app).count(told) >= 2  # above the steps, and where the figures stood
    shown = open_page("convening", **address, show="projector")
    assert f'data-step="{step}"' in " ".join(e.value for e in shown.get("html"))
    a_reader(monkeypatch_access)
    assert told in words(open_page("convening", **address))


def test_a_double_click_skips_no_step(opened_at, meeting, monkeypatch):
    app = opened_at()
    monkeypatch.setattr(room_acts, "_TWICE_SECONDS", 0)
    press(app, "room-next-step")
    monkeypatch.setattr(room_acts, "_TWICE_SECONDS", 600)
    press(app, "room-next-step")  # at once, when the button already leads further
    assert meeting.room.state.step == "group"


def test_the_same_click_in_two_windows_is_one(opened_at, meeting, monkeypatch):
    monkeypatch.setattr(room_acts, "_TWICE_SECONDS", 0)
    one, other = opened_at(), opened_at()
    press(one, "room-names")
    press(other, "room-names")
    assert [e.kind for e in meeting.room.entries].count("names") == 1


def test_a_sign_in_that_ended_writes_nothing_and_says_so(opened_at, meeting, monkeypatch_access):
    app = opened_at()
    before = len(meeting.room.entries)
    a_reader(monkeypatch_access)
    app.button(key="room-next-step").click().run()
    assert len(meeting.room.entries) == before
    assert "you are not signed in" in text(app)


def test_what_is_named_is_grouped_by_category(opened_at, meeting):
    meeting.do("step", "group")
    app = opened_at()
    spec = next(f for f in figures(app) if "organizations name" in f)
    assert annotations(spec)["title"].startswith("2 of 3 organizations name ")
    for name in ("Healthcare Support", "Healthcare Practitioners and Technical", "Production", "Welders"):
        assert name in spec
    assert meeting.room.state.chosen == ()
    sound(app.multiselect(key="w_room_topics").set_value([WELDERS]).run())
    assert meeting.room.topics == (WELDERS,)


def test_occupations_are_talked_through_one_by_one_beside_the_figures(opened_at, meeting):
    meeting.reach("discuss")
    who = next(iter(meeting.room.person))
    first = meeting.room.topics[0]
    meeting.say(who, "answer", question="critical", subject=first, choices=["hard", "growth"])
    meeting.say(who, "answer", question="lacking", subject=first, words="Bedside manner " + HOSTILE)
    app = opened_at()
    seen = words(app)
    assert counts(app)["hard"] == 1
    assert "It is hard to fill" in seen
    assert "Bedside manner" in seen
    assert "Median pay" in seen
    assert "Openings are estimated" in seen
    assert "BLS OEWS, May 2025 (published)" in seen
    press(app, "room-next-topic")
    assert meeting.room.state.topic == meeting.room.topics[1]
    assert "Bedside manner" not in words(app)


@pytest.mark.parametrize(
    ("every", "leading", "said"),
    [(5_000, 377, "at least 377"), (5_000, 0, "not counted"), (645, 12, "12"), (645, 0, "none listed")],
)
def test_programs_of_a_list_that_is_cut_are_at_least_so_many(monkeypatch, meeting, every, leading, said):
    view = SimpleNamespace(desk=None)
    monkeypatch.setattr(room_lists, "programs_of", lambda _, __, socs=(): "x" * (leading if socs else every))
    assert room_figures._programs_words(view, meeting.room, NURSES) == said


def test_moves_are_voted_on_beside_their_figures_and_drawn_as_a_map(opened_at, meeting):
    meeting.reach("map")
    one, _, two, _ = meeting.room.person
    move = f"{AIDES}>{NURSES}"
    meeting.say(one, "vote", subject=move, choice="yes")
    meeting.say(two, "vote", subject=move, choice="yes")
    app = opened_at()
    assert counts(app)[move.replace(">", "&gt;")] == 2
    assert "1 of " in words(app)
    assert "Confirmed" in words(app)
    assert "skills" in words(app)
    sound(app.segmented_control(key="w_room_screen").set_value("map").run())
    assert any("The room confirms 1 of" in f for f in figures(app))
    projector = opened_at(show="projector")
    assert "data:image/svg+xml" in "".join(e.value for e in projector.get("html"))


def test_the_map_that_fits_is_sought_once_and_not_remembered_for_ever(monkeypatch):
    tried: list[int] = []

    def drawn(key: tuple[object, ...], _make: object) -> SimpleNamespace:
        tried.append(int(str(key[-1])))
        return SimpleNamespace(height=110 * tried[-1])

    monkeypatch.setattr(loaders, "drawn", drawn)
    view = SimpleNamespace(key="k", audience=SimpleNamespace(id="a"))
    for number in range(2 * room_pictures.MOST_FITS):
        room = SimpleNamespace(convening=SimpleNamespace(id=number), topics=())
        chart = room_pictures.pathway(view, room, (), projected=True)
        assert chart.height == 880 <= room_pictures.HEIGHT < 990
    tried.clear()
    room_pictures.pathway(view, room, (), projected=True)
    assert set(tried) == {8}
    assert len(room_pictures._fits) == room_pictures.MOST_FITS


def test_the_board_the_summary_and_the_form_have_programs_that_left_the_list(opened_at, meeting, real_desk):
    gone, (first, other) = "local:0123456789ab", [p.id for p in meeting.room.people][1:3]
    value = {"choices": [gone], "kept": {gone: {"words": "Old welding course"}}}
    for who in (first, other):
        convenings.say(meeting.store, meeting.convening.id, who, "answer", "", value, new_token(), "programs")
    meeting.reach("sources")
    assert counts(opened_at())[gone] == 2
    meeting.do("step", "close")
    app = opened_at()
    assert counts(app)[gone] == 2
    assert words(app).count("Old welding course") == 2  # in the summary and in what the convening changes
    sound(app.segmented_control(key="w_room_tool").set_value("behalf").run())
    sound(app.selectbox(key="w_behalf_who").set_value(first).run())
    field = app.multiselect(key=f"w_behalf_programs__{first}-0")
    assert field.options[-1] == "Old welding course"
    good = room_lists.programs_of(real_desk, "12420")[0][0]
    field.set_value([gone, good])
    sound(next(b for b in app.button if b.label == "Save what was changed").click().run())
    assert meeting.room.answers("programs")[0].choices == (gone, good)


def test_names_are_hidden_from_the_projector(opened_at, meeting):
    shown = words(opened_at(show="projector"))
    assert "One Hospital" in shown
    meeting.do("names", "hidden")
    meeting.reach("close")
    who = next(iter(meeting.room.person))
    meeting.say(who, "sign", choice="no", words="One move is missing")
    for step in ("welcome", "nominate", "group", "discuss", "map", "sources", "close"):
        meeting.do("step", step)
        seen = words(opened_at(show="projector"))
        assert "One Hospital" not in seen, step
        assert "Wilhelmina" not in seen, step
    assert "One move is missing" in seen


def test_while_the_database_is_away_the_projector_keeps_its_picture(opened_at, meeting, monkeypatch_access):
    """Nobody can be told from anybody then, so it does not count as signed out."""
    app = opened_at(show="projector")
    before = words(app)
    assert "One Hospital" in before

    def away(*_: object) -> None:
        raise LmiError("The database cannot be read.", "The server is gone.", "Wait.")

    unsure = SimpleNamespace(allowed=lambda: False, certainly=away)
    monkeypatch_access.setattr(room_projector, "access", unsure)
    sound(app.run())
    assert "One Hospital" in words(app)
    assert "Waiting for the database" in words(app)
    monkeypatch_access.setattr(room_projector, "room_loaders", SimpleNamespace(room=away))
    sound(app.run())
    assert "One Hospital" in words(app)
    assert "Waiting for the database" in words(app)
    first = opened_at(show="projector")
    assert "The database cannot be read." in words(first)
    monkeypatch_access.undo()
    a_coordinator(monkeypatch_access)
    assert words(sound(app.run())) == before


def test_what_the_projector_shows_of_the_moves_is_on_record(opened_at, meeting, monkeypatch):
    """So that another server shows the same."""
    meeting.reach("map")
    app = opened_at()
    sound(app.segmented_control(key="w_room_screen").set_value("map").run())
    last = meeting.room.entries[-1]
    assert (last.kind, last.subject, last.by) == ("screen", "map", COORDINATOR)


def test_a_click_has_the_same_token_on_every_server(meeting):
    room = meeting.room
    first = room_acts.token(room, "", "step", "map")
    address_key._known.clear()  # as in another process
    assert room_acts.token(room, "", "step", "map") == first
    assert first != room_acts.token(room, "", "step", "close")
    plain = json.dumps([room.convening.id, "", room.entries[-1].seq, "step", "map"])
    assert first not in (hashlib.sha256(text.encode()).hexdigest()[:32] for text in (plain, f"token {plain}"))


def test_the_address_of_the_facilitator_is_known(opened_at, meeting, monkeypatch_access):
    where = property(lambda _: "192.0.2.44")
    monkeypatch_access.setattr(type(room_acts.st.context), "ip_address", where)
    assert not known.is_known(meeting.convening, "192.0.2.44")
    opened_at()
    assert known.is_known(meeting.convening, "192.0.2.44")


def test_the_projector_shows_only_the_room(opened_at, meeting):
    meeting.do("step", "welcome")
    app = opened_at(show="projector")
    code = meeting.convening.code
    assert f"{code[:3]} {code[3:]}" in words(app)
    assert "What the figures say" not in words(app)
    assert {b.key for b in app.button} <= {"sign-out"}  # of the sidebar, which the style sheet hides
    assert "4 people from 3 organizations" in words(app)


def test_somebody_is_set_aside_and_counts_again(opened_at, meeting):
    app = opened_at()
    sound(app.segmented_control(key="w_room_tool").set_value("people").run())
    who = meeting.room.people[3].id
    app.multiselect(key="w_aside_who").set_value([who])
    sound(next(b for b in app.button if b.label == "Set aside").click().run())
    assert who in meeting.room.aside
    assert "3 people from 2 organizations" in words(app)
    assert counts(app)[AIDES] == 1
    app.multiselect(key="w_back_who").set_value([who])
    sound(next(b for b in app.button if b.label == "Count them again").click().run())
    assert not meeting.room.aside
    assert counts(app)[AIDES] == 2


def test_nothing_is_typed_in_after_the_end(opened_at, meeting):
    meeting.do("end")
    app = opened_at()
    sound(app.segmented_control(key="w_room_tool").set_value("behalf").run())
    assert "press Reopen" in words(app)
    assert "Add to the room" not in [b.label for b in app.button]


def test_an_answer_on_somebodys_behalf_says_who_entered_it(opened_at, meeting):
    meeting.reach("close")
    app = opened_at()
    sound(app.segmented_control(key="w_room_tool").set_value("behalf").run())
    who = meeting.room.people[2].id
    sound(app.selectbox(key="w_behalf_who").set_value(who).run())
    turn = f"{who}-0"
    assert app.multiselect(key=f"w_behalf_named_{turn}").value == [NURSES]
    app.multiselect(key=f"w_behalf_named_{turn}").set_value([AIDES, WELDERS])
    app.text_input(key=f"w_behalf_own_{turn}").set_value("Night porter")
    app.multiselect(key=f"w_behalf_critical_{NURSES}_{turn}").set_value(["hard"])
    app.multiselect(key=f"w_behalf_talent__{turn}").set_value(["schools"])
    app.radio(key=f"w_behalf_sign_{turn}").set_value("yes")
    sound(next(b for b in app.button if b.label == "Save what was changed").click().run())
    room = meeting.room
    assert {e.subject for e in room.nominations_of(who)} == {AIDES, WELDERS, "own"}
    assert room.answers("critical", NURSES)[0].choices == ("hard",)
    assert room.counted("talent")[0].choice == "schools"
    assert room.signatures[who].choice == "yes"
    assert {e.by for e in room.entries if e.participant == who and e.kind != "nominate"} == {COORDINATOR}
    assert "7 answers kept" in text(app)
    before = len(room.entries)
    sound(next(b for b in app.button if b.label == "Save what was changed").click().run())
    assert len(meeting.room.entries) == before
    assert "Nothing was changed" in text(app)


def refusing_own_words(full):
    def speak_or_not(*args, **told):
        if told.get("subject") == "own":
            raise room_acts.LmiError("The job has no name.", "Nothing was typed.", "Write it.")
        return full(*args, **told)

    return speak_or_not


def test_what_does_not_fit_holds_up_no_other_answer_and_stays_in_the_form(opened_at, meeting, monkeypatch):
    meeting.reach("discuss")
    app = opened_at()
    sound(app.segmented_control(key="w_room_tool").set_value("behalf").run())
    who = meeting.room.people[2].id
    sound(app.selectbox(key="w_behalf_who").set_value(who).run())
    turn = f"{who}-0"
    app.multiselect(key=f"w_behalf_critical_{NURSES}_{turn}").set_value(["hard"])
    app.text_input(key=f"w_behalf_own_{turn}").set_value("!?")
    app.multiselect(key=f"w_behalf_lacking_{NURSES}_{turn}")
    full = room_acts.answers.speak
    monkeypatch.setattr(room_acts.answers, "speak", refusing_own_words(full))
    sound(next(b for b in app.button if b.label == "Save what was changed").click().run())
    assert "1 answer kept, 1 not" in text(app)
    assert meeting.room.answers("critical", NURSES)[0].choices == ("hard",)
    assert app.text_input(key=f"w_behalf_own_{turn}").value == "!?"
    app.multiselect(key=f"w_behalf_critical_{NURSES}_{turn}").set_value([])
    sound(next(b for b in app.button if b.label == "Save what was changed").click().run())
    assert meeting.room.answers("critical", NURSES) == ()
    monkeypatch.setattr(room_acts.answers, "speak", full)
    app.multiselect(key=f"w_behalf_critical_{NURSES}_{turn}").set_value(["hard"])
    sound(next(b for b in app.button if b.label == "Save what was changed").click().run())
    assert "2 answers kept" in text(app)
    assert meeting.room.answers("critical", NURSES)[0].choices == ("hard",)


def test_what_is_saved_of_a_form_is_not_saved_over_what_was_said_meanwhile(opened_at, meeting, monkeypatch):
    meeting.reach("sources")
    app = opened_at()
    sound(app.segmented_control(key="w_room_tool").set_value("behalf").run())
    who = meeting.room.people[2].id
    sound(app.selectbox(key="w_behalf_who").set_value(who).run())
    turn = f"{who}-0"
    meeting.say(who, "answer", question="talent", choices=["schools"])
    app.multiselect(key=f"w_behalf_practices__{turn}").set_value(["bonus"])
    app.text_input(key=f"w_behalf_own_{turn}").set_value("!?")
    monkeypatch.setattr(room_acts.answers, "speak", refusing_own_words(room_acts.answers.speak))
    for _ in range(2):
        sound(next(b for b in app.button if b.label == "Save what was changed").click().run())
    entered = [e.choices for e in meeting.room.entries if e.kind == "answer" and e.by]
    assert entered == [("bonus",)]
    assert meeting.room.answers("talent")[0].choices == ("schools",)


def test_somebody_without_a_phone_is_added_once(opened_at, meeting):
    app = opened_at()
    sound(app.segmented_control(key="w_room_tool").set_value("behalf").run())
    field = {f.label: f for f in app.text_input if f.key and f.key.startswith("w_add_")}
    field["Name"].set_value("Lee")
    field["Organization"].set_value("Four Works")
    sound(next(b for b in app.button if b.label == "Add to the room").click().run())
    added = meeting.room.people[-1]
    assert (added.name, added.organisation, added.joined_by) == ("Lee", "Four Works", COORDINATOR)
    assert app.selectbox(key="w_behalf_who").value == added.id


def test_an_organizations_spelling_is_put_right_and_a_name_deleted(opened_at, meeting):
    app = opened_at()
    sound(app.segmented_control(key="w_room_tool").set_value("people").run())
    who = meeting.room.people[2].id
    app.selectbox(key="w_org_who").set_value(who)
    app.text_input(key="w_org_name").set_value("One Hospital")
    sound(next(b for b in app.button if b.label == "Call it so").click().run())
    assert meeting.room.organisation_of[who] == "One Hospital"
    app.selectbox(key="w_forget_who").set_value(who)
    delete = next(b for b in app.button if b.label == "Delete name and role")
    sound(delete.click().run())
    assert "Nothing was deleted" in text(app)
    assert meeting.room.person[who].name == "Wilhelmina"
    assert app.selectbox(key="w_forget_who").value == who
    app.checkbox(key="w_forget_sure").check()
    sound(next(b for b in app.button if b.label == "Delete name and role").click().run())
    assert (meeting.room.person[who].name, meeting.room.person[who].role) == ("", "")
    assert not app.checkbox(key="w_forget_sure").value


def test_a_job_in_own_words_is_matched_to_an_occupation(opened_at, meeting):
    who = meeting.room.people[2].id
    seq = meeting.say(who, "nominate", subject="own", words="Stick welder")
    app = opened_at()
    sound(app.segmented_control(key="w_room_tool").set_value("own").run())
    sound(app.selectbox(key=f"w_match_{seq}").set_value(WELDERS).run())
    press(app, f"match-{seq}")
    named = {n.soc: n.organisations for n in meeting.room.nominated}
    assert set(named) == {NURSES, AIDES, WELDERS}
    assert named[WELDERS] == ("One Hospital", "Two Clinic")


def test_the_record_and_the_paper_form_can_be_taken_home(opened_at, meeting):
    app = opened_at()
    sound(app.segmented_control(key="w_room_tool").set_value("record").run())
    labels = [b.label for b in app.get("download_button")]
    assert {"Record (PDF)", "Record (CSV)", "Paper form (PDF)"} <= set(labels)


def test_a_rehearsal_runs_by_itself_and_leaves_no_trace(open_page, monkeypatch):
    monkeypatch.setattr(room_acts, "_TWICE_SECONDS", 0)
    path = Path(os.environ["LMI_DATABASE"].removeprefix("sqlite:///"))
    real = opened.store()
    before = len(convenings.every(real))
    files = sorted(p.name for p in path.parent.iterdir())
    app = open_page("convening", area="12420")
    sound(next(b for b in app.button if b.label == "Rehearse it").click().run())
    found = convenings.every(opened.rehearsals())[0]
    assert app.session_state["meeting"] == found.id
    assert found.rehearsal
    assert "REHEARSAL" in words(app)
    for _ in range(6):
        sound(app.run())
    press(app, "room-next-step")
    for _ in range(6):
        sound(app.run())
    room = room_of(opened.rehearsals(), found)
    assert len(room.people) == 15
    assert len(room.organisations) == 12
    assert all(o.startswith("Sample Employer") for o in room.organisations)
    assert len(room.nominated) >= 5
    projector = open_page("convening", meeting=found.id, show="projector")
    assert "REHEARSAL" in words(projector)
    press(app, "room-end")
    assert len(convenings.every(real)) == before
    assert convenings.get(real, found.id) is None
    assert sorted(p.name for p in path.parent.iterdir()) == files


def test_a_convening_that_is_not_there_is_named(open_page):
    app = open_page("convening", meeting="f" * 32)
    assert "no convening" in words(app)
