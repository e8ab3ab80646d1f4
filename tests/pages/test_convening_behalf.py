"""The facilitator's tools that speak of somebody: who is meant, their form, jobs in own words."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from lmi.answers import room_lists
from lmi.contributions.typed import new_token
from lmi.ui import convening_behalf, room_people
from tests.pages.conftest import COORDINATOR, Open, sound
from tests.pages.test_convening import AIDES, NURSES, WELDERS, Meeting, a_coordinator, press, text

LPN, MOVE = "29-2061", f"{WELDERS}>{NURSES}"
Tool = Callable[[str], AppTest]


@pytest.fixture
def meeting() -> Meeting:
    """A room in the step of nominations, in which nobody is yet."""
    found = Meeting()
    found.do("step", "nominate")
    return found


@pytest.fixture
def tool(open_page: Open, meeting: Meeting) -> Tool:
    """The facilitator's page with one of its tools."""

    def at(name: str) -> AppTest:
        app = open_page("convening", meeting=meeting.convening.id)
        return sound(app.segmented_control(key="w_room_tool").set_value(name).run())

    return at


def click(app: AppTest, label: str) -> AppTest:
    return sound(next(b for b in app.button if b.label == label).click().run())


def save(app: AppTest) -> AppTest:
    return click(app, "Save what was changed")


def fields(app: AppTest) -> dict[str, str]:
    """Key of each field of the form -> its identity, with which the browser keeps what is typed."""
    drawn = [*app.multiselect, *app.text_input, *app.radio, *app.selectbox]
    return {w.key: w.proto.id for w in drawn if w.key and w.key.startswith("w_behalf_")}


def test_people_of_one_name_are_told_apart_and_later_ones_change_no_label(meeting):
    for name in ("Ann Lee", "Ann Lee", "Ann Lee"):
        meeting.join("Acme", name)
    before = room_people.labels(meeting.room)
    assert list(before.values()) == ["Ann Lee, Acme", "Ann Lee, Acme (2)", "Ann Lee, Acme (3)"]
    meeting.join("Acme (2)", "Ann Lee")
    after = room_people.labels(meeting.room)
    assert {who: after[who] for who in before} == before
    assert len(set(after.values())) == 4


def test_the_second_of_one_name_is_set_aside_or_deleted_and_not_the_first(meeting, tool):
    first, second = meeting.join("Acme", "Ann Lee"), meeting.join("Acme", "Ann Lee")
    app = tool("people")
    app.multiselect(key="w_aside_who").set_value([second])
    click(app, "Set aside")
    assert meeting.room.aside == {second}
    app.selectbox(key="w_forget_who").set_value(first)
    app.checkbox(key="w_forget_sure").check()
    click(app, "Delete name and role")
    assert {p.id: p.name for p in meeting.room.joined} == {first: "", second: "Ann Lee"}


def test_nobody_is_chosen_before_somebody_is(meeting, tool):
    who = meeting.join("Acme", "Ann Lee")
    app = tool("people")
    app.checkbox(key="w_forget_sure").check()
    click(app, "Delete name and role")
    assert meeting.room.person[who].name == "Ann Lee"
    assert "Nobody is chosen" in text(app)
    app.text_input(key="w_org_name").set_value("Other")
    click(app, "Call it so")
    assert meeting.room.organisations == ("Acme",)


def test_the_form_is_for_whom_it_says_and_follows_them_when_they_are_called_otherwise(meeting, tool):
    first, second = meeting.join("Acme", "Ann Lee"), meeting.join("Acme", "Ann Lee")
    app = tool("behalf")
    sound(app.selectbox(key="w_behalf_who").set_value(first).run())
    assert f"w_behalf_named_{first}-0" in fields(app)
    sound(app.selectbox(key="w_behalf_who").set_value(second).run())
    meeting.do("organisation", second, organisation="Acme Works")
    sound(app.run())
    assert app.selectbox(key="w_behalf_who").value == second


def test_the_form_follows_the_room_and_keeps_every_field_that_it_had(meeting, tool):
    paper, others = meeting.join("Acme", "Pat"), [meeting.join(f"Org {n}") for n in range(3)]
    meeting.say(paper, "nominate", subject=NURSES)
    meeting.reach("discuss")
    app = tool("behalf")
    before = fields(app)
    assert f"w_behalf_critical_{NURSES}_{paper}-0" in before
    meeting.do("topics", f"{AIDES},{WELDERS}")
    withdrawn = meeting.room.nominations_of(paper)[0].seq
    meeting.say(paper, "withdraw", subject=str(withdrawn))
    meeting.say(paper, "answer", question="critical", subject=AIDES, choices=["hard"])
    for who in others:
        meeting.say(who, "answer", question="after", subject=AIDES, choices=[NURSES])
    meeting.reach("map")
    after = fields(sound(app.run()))
    assert before.items() <= after.items()
    assert f"w_behalf_vote_{AIDES}>{NURSES}_{paper}-0" in after
    assert app.multiselect(key=f"w_behalf_critical_{AIDES}_{paper}-0").value == ["hard"]
    meeting.do("end")
    assert before.items() <= fields(sound(app.run())).items()
    assert next(b for b in app.button if b.label == "Save what was changed").disabled
    meeting.do("reopen")
    assert before.items() <= fields(sound(app.run())).items()


def test_a_form_that_is_opened_again_begins_with_what_is_on_record(meeting, tool):
    who = meeting.join("Acme", "Pat")
    app = tool("behalf")
    meeting.say(who, "nominate", subject=NURSES)
    sound(app.run())
    assert app.multiselect(key=f"w_behalf_named_{who}-0").value == []
    sound(app.segmented_control(key="w_room_tool").set_value("people").run())
    sound(app.segmented_control(key="w_room_tool").set_value("behalf").run())
    assert app.multiselect(key=f"w_behalf_named_{who}-1").value == [NURSES]


def test_a_job_in_own_words_can_be_taken_away_and_put_right(meeting, tool):
    who = meeting.join("Acme", "Pat")
    for soc in (NURSES, AIDES, WELDERS, LPN):
        meeting.say(who, "nominate", subject=soc)
    seq = meeting.say(who, "nominate", subject="own", words="Nurze adie")
    app = tool("behalf")
    field = app.multiselect(key=f"w_behalf_named_{who}-0")
    assert "“Nurze adie”" in field.options
    field.set_value([each for each in field.value if each != f"own {seq}"])
    app.text_input(key=f"w_behalf_own_{who}-0").set_value("Night porter")
    save(app)
    assert [e.words for e in meeting.room.nominations_of(who) if e.subject == "own"] == ["Night porter"]
    assert len(meeting.room.nominations_of(who)) == 5


def test_a_wrong_match_is_listed_and_matched_anew(meeting, tool):
    who = meeting.join("Acme", "Pat")
    seq = meeting.say(who, "nominate", subject="own", words="CNA")
    meeting.do("match", str(seq), soc=WELDERS)
    app = tool("own")
    field = app.selectbox(key=f"w_match_{seq}")
    assert field.value == WELDERS
    assert "Welders" in field.label
    before = len(meeting.room.entries)
    press(app, f"match-{seq}")
    assert len(meeting.room.entries) == before
    sound(app.selectbox(key=f"w_match_{seq}").set_value(AIDES).run())
    press(app, f"match-{seq}")
    assert [row.soc for row in meeting.room.nominated] == [AIDES]
    sound(app.segmented_control(key="w_room_tool").set_value("behalf").run())
    assert "“CNA”" in app.multiselect(key=f"w_behalf_named_{who}-0").options


def test_all_that_the_paper_form_has_room_for_can_be_typed_in(meeting, tool):
    who = meeting.join("Acme", "Pat")
    meeting.reach("close")
    app = tool("behalf")
    key = lambda *parts: "_".join(("w_behalf", *parts, f"{who}-0"))  # noqa: E731
    programs = app.multiselect(key=key("programs", ""))
    assert len(programs.options) > 500
    last = programs.options[-1]
    programs.set_value([last])
    for part, value in (("from", WELDERS), ("to", NURSES), ("vote", "no")):
        app.selectbox(key=key("move", "1", part)).set_value(value)
    app.selectbox(key=key("move", "4", "from")).set_value(WELDERS)
    app.text_input(key=key("sign", "words")).set_value("One move is missing")
    save(app)
    assert "2 answers kept, 2 not" in text(app)
    assert "Row 4 of the moves written in lacks a part" in text(app)
    app.selectbox(key=key("move", "4", "from")).set_value(None)
    app.radio(key=key("sign")).set_value("no")
    save(app)
    room = meeting.room
    assert [e.kind for e in room.entries if e.participant == who] == ["vote", "answer", "sign"]
    vote = next(e for e in room.entries if e.kind == "vote")
    assert (vote.subject, vote.choice, vote.by) == (MOVE, "no", COORDINATOR)
    signed = room.signatures[who]
    assert (signed.choice, signed.words) == ("no", "One move is missing")
    assert app.radio(key=f"w_behalf_vote_{MOVE}_{who}-1").value == "no"
    assert len(room.answers("programs")[0].choices) == 1


def test_a_remark_that_a_phone_sent_with_a_vote_stays_with_it(meeting, tool):
    who = meeting.join("Acme", "Pat")
    meeting.reach("map")
    meeting.say(who, "vote", subject=MOVE, choice="yes", words="After a year")
    app = tool("behalf")
    app.radio(key=f"w_behalf_vote_{MOVE}_{who}-0").set_value("unsure")
    save(app)
    last = meeting.room.entries[-1]
    assert (last.choice, last.words) == ("unsure", "After a year")


def test_skills_of_one_name_are_told_apart(meeting, tool, monkeypatch):
    pairs = (("2.A.1.e", "Mathematics"), ("2.C.4.a", "Mathematics"))
    monkeypatch.setattr(room_lists, "skills_of", lambda *_: pairs)
    who = meeting.join("Acme", "Pat")
    meeting.say(who, "nominate", subject=NURSES)
    meeting.reach("discuss")
    app = tool("behalf")
    field = app.multiselect(key=f"w_behalf_lacking_{NURSES}_{who}-0")
    assert field.options == ["Mathematics", "Mathematics (2)"]
    field.set_value(["2.A.1.e"])
    save(app)
    assert meeting.room.answers("lacking", NURSES)[0].choices == ("2.A.1.e",)


def test_the_half_of_an_answer_that_was_not_touched_stays_as_the_phone_sent_it(meeting, tool):
    who = meeting.join("Acme", "Pat")
    meeting.say(who, "nominate", subject=NURSES)
    meeting.reach("close")
    meeting.say(who, "answer", question="critical", subject=NURSES, choices=["hard"], words="Old")
    meeting.say(who, "vote", subject=MOVE, choice="yes", words="Short")
    meeting.say(who, "sign", choice="yes")
    app = tool("behalf")
    meeting.say(who, "answer", question="critical", subject=NURSES, choices=["growth"], words="Phone")
    meeting.say(who, "vote", subject=MOVE, choice="no", words="A longer remark")
    meeting.say(who, "sign", choice="no", words="Wrong figures")
    app.text_input(key=f"w_behalf_critical_{NURSES}_words_{who}-0").set_value("Paper")
    app.radio(key=f"w_behalf_vote_{MOVE}_{who}-0").set_value("unsure")
    app.text_input(key=f"w_behalf_sign_words_{who}-0").set_value("From paper")
    save(app)
    answer, room = meeting.room.answers("critical", NURSES)[0], meeting.room
    assert (answer.choices, answer.words) == (("growth",), "Paper")
    vote = next(e for e in reversed(room.entries) if e.kind == "vote")
    assert (vote.choice, vote.words, vote.by) == ("unsure", "A longer remark", COORDINATOR)
    assert (room.signatures[who].choice, room.signatures[who].words) == ("no", "From paper")
    app.multiselect(key=f"w_behalf_critical_{NURSES}_{who}-1").set_value(["hard"])
    meeting.say(who, "answer", question="critical", subject=NURSES, choices=["growth"], words="Phone")
    save(app)
    answer = meeting.room.answers("critical", NURSES)[0]
    assert (answer.choices, answer.words) == (("hard",), "Phone")


def test_fields_that_left_the_screen_begin_anew_and_those_that_stayed_do_not(meeting, tool):
    who = meeting.join("Acme", "Pat")
    meeting.say(who, "nominate", subject=NURSES)
    meeting.reach("close")
    meeting.say(who, "sign", choice="yes")
    app = tool("behalf")
    names = [f"w_behalf_named_{who}-0", f"w_behalf_own_{who}-0"]
    before = [fields(app)[key] for key in names]
    meeting.say(who, "sign", choice="no", words="Wrong figures")
    meeting.say(who, "nominate", subject=AIDES)
    sound(app.selectbox(key="w_behalf_part").set_value("nominate").run())
    sound(app.selectbox(key="w_behalf_part").set_value("all").run())
    assert app.radio(key=f"w_behalf_sign_{who}-0").value == "no"
    assert app.text_input(key=f"w_behalf_sign_words_{who}-0").value == "Wrong figures"
    assert [fields(app)[key] for key in names] == before
    assert app.multiselect(key=f"w_behalf_named_{who}-0").value == [NURSES]
    meeting.say(who, "withdraw", subject=str(meeting.room.nominations_of(who)[0].seq))
    sound(app.selectbox(key="w_behalf_part").set_value("close").run())
    sound(app.selectbox(key="w_behalf_part").set_value("all").run())
    assert app.multiselect(key=f"w_behalf_named_{who}-0").value == [AIDES]
    count = len(meeting.room.entries)
    save(app)
    assert len(meeting.room.entries) == count
    assert "Nothing was changed" in text(app)


def test_an_answer_about_what_nobody_names_any_more_can_be_put_right(meeting, tool):
    who = meeting.join("Acme", "Pat")
    seqs = [meeting.say(who, "nominate", subject=soc) for soc in (NURSES, AIDES)]
    meeting.reach("discuss")
    meeting.do("topics", NURSES)
    meeting.say(who, "answer", question="critical", subject=AIDES, words="Only this")
    meeting.say(who, "withdraw", subject=str(seqs[1]))
    other = meeting.join("Beta", "Kim")
    app = tool("behalf")
    app.text_input(key=f"w_behalf_critical_{AIDES}_words_{who}-0").set_value("")
    save(app)
    assert not meeting.room.answers("critical", AIDES)
    sound(app.selectbox(key="w_behalf_who").set_value(other).run())
    assert f"w_behalf_critical_{AIDES}_{other}-1" not in fields(app)


def test_nobody_takes_the_place_of_one_who_is_set_aside_while_their_form_is_open(meeting, tool):
    first, second = meeting.join("Acme", "Ann Lee"), meeting.join("Beta", "Kim")
    app = tool("behalf")
    sound(app.selectbox(key="w_behalf_who").set_value(second).run())
    app.text_input(key=f"w_behalf_own_{second}-0").set_value("Night porter")
    meeting.do("aside", second)
    before = len(meeting.room.entries)
    save(app)
    assert "0 answers kept, 1 not" in text(app)
    assert "still stands in the form" not in text(app)
    for gone in (second, first):
        assert app.selectbox(key="w_behalf_who").value is None
        assert "Kim, Beta, has been set aside" in text(app)
        assert "Save what was changed" not in [b.label for b in app.button]
        if gone == second:
            meeting.do("aside", first)
            before += 1
            sound(app.run())
    assert len(meeting.room.entries) == before
    meeting.do("back", first)
    sound(app.run())
    sound(app.selectbox(key="w_behalf_who").set_value(first).run())
    assert f"w_behalf_own_{first}-0" in fields(app)


def test_a_second_click_on_add_adds_nobody_and_reports_no_refusal(meeting, monkeypatch):
    a_coordinator(monkeypatch)
    token = new_token()
    typed = {f"w_add_{part}_{token}": text for part, text in (("name", "Lee"), ("org", "Four Works"))}
    monkeypatch.setattr(convening_behalf.st, "session_state", typed)
    for _ in range(2):
        convening_behalf._join(meeting.room, token)
        assert (typed.get("_room_done"), typed.get("_room_refused")) == ("Added to the room.", None)
    assert [person.name for person in meeting.room.people] == ["Lee"]
    assert typed["w_behalf_who"] == meeting.room.people[0].id
