"""What a room says as text and pictures: counted by organization, escaped, and without names if so wished."""

import base64
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from lmi.analysis.room import Room
from lmi.domain.convening import QUESTION_BY_ID, QUESTIONS, Entry
from lmi.presentation import room_bars, room_board, room_clock, room_svg, theme
from lmi.presentation.frame import Frame
from lmi.presentation.room_board import FACILITATOR, PROJECTOR
from lmi.presentation.room_rows import Lists
from tests.analysis.rooms import AIDE, DRIVER, NURSE, WELDER, Talk

HOSTILE = '<script>alert(1)</script> & "quoted" ‮rtl 😀'
LISTS = Lists(
    {NURSE: "Registered Nurses", AIDE: "Nursing Assistants", WELDER: "Welders", DRIVER: "Drivers"},
    {NURSE: "Healthcare Practitioners and Technical Occupations", AIDE: "Healthcare Support Occupations",
     WELDER: "Production Occupations"},
)  # fmt: skip


@pytest.fixture
def talk() -> Talk:
    """Two of one hospital, one of a clinic, one whose organization is hostile."""
    found = Talk(a="One Hospital", b="One Hospital", c="Two Clinic", d=HOSTILE)
    found.do("step", "nominate")
    found.name("a", NURSE, AIDE)
    found.name("b", NURSE, WELDER)
    found.name("c", NURSE)
    found.own("d", HOSTILE)
    return found


def shown(room: Room, look=FACILITATOR, stands=()) -> str:
    return room_board.board(room, LISTS, look, stands)


def counted(html: str) -> dict[str, int]:
    return {key: int(n) for key, n in re.findall(r'data-key="([^"]*)" data-count="(\d+)"', html)}


def test_a_company_counts_once_however_many_it_sends(talk):
    found = counted(shown(talk.room))
    assert (found[NURSE], found[AIDE], found[WELDER]) == (2, 1, 1)
    assert "Registered Nurses" in shown(talk.room)


@pytest.mark.parametrize("look", [FACILITATOR, PROJECTOR])
@pytest.mark.parametrize("step", ["welcome", "nominate", "group", "discuss", "map", "sources", "close"])
def test_what_was_typed_is_text_in_every_step(talk, look, step):
    talk.answer("d", "critical", NURSE, "hard", words=HOSTILE)
    talk.answer("d", "lacking", NURSE, HOSTILE)
    talk.answer("d", "programs", "", HOSTILE)
    talk.say("d", "vote", f"{AIDE}>{NURSE}", choice="yes", words=HOSTILE)
    talk.say("d", "sign", choice="no", words=HOSTILE)
    talk.do("step", step)
    html = shown(talk.room, look, talk.room.stands())
    assert "<script" not in html
    assert f'data-step="{step}"' in html
    fed = re.sub(r"&(amp|lt|gt|quot|#x27);", "", html)
    assert "&" not in fed


@pytest.mark.parametrize("step", ["welcome", "nominate", "group", "discuss", "map", "sources", "close"])
def test_hidden_names_are_nowhere(talk, step):
    talk.answer("c", "critical", NURSE, "hard", words="Nobody applies")
    talk.answer("c", "talent", "", words="Word of mouth")
    talk.say("c", "sign", choice="yes")
    talk.do("step", step)
    assert ("Two Clinic" in shown(talk.room)) is (step != "map")
    talk.do("names", "hidden")
    for look in (FACILITATOR, PROJECTOR):
        html = shown(talk.room, look)
        assert "Two Clinic" not in html
        assert "One Hospital" not in html
    if step == "discuss":
        assert "Nobody applies" in shown(talk.room)


def test_the_topic_that_is_talked_about_follows_the_facilitator(talk):
    talk.do("step", "discuss")
    assert room_board.current_topic(talk.room) == NURSE
    talk.do("topic", AIDE)
    assert room_board.current_topic(talk.room) == AIDE
    talk.do("topics", WELDER)
    assert room_board.current_topic(talk.room) == WELDER


def test_what_no_list_holds_is_not_shown(talk):
    for who in ("a", "b"):
        talk.answer(who, "lacking", NURSE, "Call.John-Smith:303-555-0100", "2.A.1.a")
        talk.answer(who, "programs", "", "Call.John-Smith:303-555-0100")
    talk.do("topics", NURSE)
    lists = replace(LISTS, skills={"2.A.1.a": "Reading"})
    for step in ("discuss", "sources", "close"):
        talk.do("step", step)
        seen = room_board.board(talk.room, lists, PROJECTOR)
        assert "John" not in seen
        assert ("Reading" in seen) == (step != "sources")


def test_every_question_of_a_step_stands_on_its_board(talk):
    for step in ("discuss", "sources"):
        talk.do("step", step)
        for question in QUESTIONS:
            assert (question.asks in shown(talk.room)) is (question.step == step)


def test_moves_are_told_in_words_not_by_colour_alone(talk):
    talk.do("step", "map")
    move = f"{AIDE}>{NURSE}"
    for who, choice in (("a", "yes"), ("c", "yes"), ("d", "no")):
        talk.say(who, "vote", move, choice=choice)
    html = shown(talk.room, stands=talk.room.stands([(AIDE, NURSE)]))
    assert "Confirmed · on file" in html
    assert "2 yes" in html
    assert "1 no" in html


def test_who_is_in_is_held_against_what_is_asked_for(talk):
    assert room_board.organisations_words(talk.room) == "4 people from 3 organizations"
    assert room_board.asked_words(talk.room) == "9 more make the 12–25 organizations asked for"
    twelve = Talk(**{f"p{i}": f"Firm {i}" for i in range(12)})
    assert room_board.asked_words(twelve.room) == "within the 12–25 organizations asked for"
    many = Talk(**{f"p{i}": f"Firm {i}" for i in range(26)})
    assert room_board.asked_words(many.room) == "more than 12–25 organizations"


def test_the_answer_names_the_first_only_if_it_is_first(talk):
    assert room_board.heard_words(talk.room, LISTS) == "Registered Nurses: critical to 2 of 3 organizations"
    talk.name("c", AIDE)
    assert room_board.heard_words(talk.room, LISTS) == (
        "Registered Nurses and Nursing Assistants: critical to 2 of 3 organizations each"
    )
    talk.name("c", WELDER)
    assert (
        room_board.heard_words(talk.room, LISTS)
        == "4 occupations named; 3 of them by 2 of 3 organizations each"
    )
    assert room_board.heard_words(Talk().room, LISTS) == "Nobody is in the room yet"


@pytest.mark.parametrize("look", [FACILITATOR, PROJECTOR])
def test_own_words_are_most_critical_where_most_name_them(look):
    talk = Talk(a="One", b="Two", c="Three")
    talk.do("step", "close")
    for who in "abc":
        talk.own(who, "CNA")
    talk.name("a", NURSE)
    assert room_board.heard_words(talk.room, LISTS) == "“CNA”: critical to 3 of 3 organizations"
    most = shown(talk.room, look).partition("What makes them critical")[0]
    assert counted(most) == {"CNA": 3, NURSE: 1}
    assert most.index("“CNA”") < most.index("Registered Nurses")


def test_the_chart_of_own_words_does_not_say_that_nobody_named_a_job():
    talk = Talk(a="One")
    talk.own("a", "CNA")
    assert room_bars.finding(talk.room, LISTS) == "1 job named in own words only"


def test_own_words_that_stand_for_a_title_are_short_and_on_one_line():
    talk = Talk(a="One")
    talk.own("a", "Night\nporter " + "x" * 500)
    label = LISTS.job(talk.room.nominated[0])
    assert label.startswith("“Night porter x")
    assert len(label) < 90


def test_categories_count_an_organization_once(talk):
    talk.name("a", WELDER)
    talk.name("b", AIDE)
    several = {group.name: len(group.organisations) for group in room_bars.groups(talk.room, LISTS)}
    assert several == {
        "Healthcare Practitioners and Technical": 2, "Healthcare Support": 1, "Production": 1,
        room_bars.OWN_WORDS: 1,
    }  # fmt: skip
    assert list(several)[-1] == room_bars.OWN_WORDS
    assert room_bars.finding(talk.room, LISTS) == (
        "2 of 3 organizations name Healthcare Practitioners and Technical occupations, more than any other"
    )


def test_a_tie_of_categories_is_said():
    talk = Talk(a="One", b="Two")
    talk.do("step", "nominate")
    talk.name("a", NURSE)
    talk.name("b", WELDER)
    assert room_bars.finding(talk.room, LISTS) == (
        "1 of 2 organizations name Healthcare Practitioners and Technical occupations, and as many name "
        "Production"
    )
    talk.name("b", AIDE)
    assert room_bars.finding(talk.room, LISTS) == "3 categories are named by 1 of 2 organizations each"


def test_the_chart_has_every_occupation_in_its_table(talk):
    frame = Frame("Finding", "Subtitle", "Source: the room.", "file")
    chart = room_bars.grouped_bars(talk.room, LISTS, frame)
    assert list(chart.table.Occupation)[:-1] == ["Registered Nurses", "Nursing Assistants", "Welders"]
    assert list(chart.table.Organizations) == [2, 1, 1, 1]
    assert chart.table.columns[0] == "Category"
    bold = {str(a.text).replace("<br>", " ") for a in chart.figure.layout.annotations if a.font.weight == 700}
    assert {"Healthcare Support", "Production"} <= bold


def test_the_projected_picture_is_the_same_chart_in_present_sizes(talk):
    frame = Frame(
        "Finding", "Subtitle", "Source: the room.", "file", sizes=replace(theme.PRESENT, height=900)
    )
    chart = room_bars.grouped_bars(talk.room, LISTS, frame)
    html = room_svg.image(chart, 1680)
    assert f'alt="{chart.alt}"' in html
    data = re.search(r"base64,([^\"]+)", html)
    assert data
    drawing = ElementTree.fromstring(base64.b64decode(data[1]))
    ns = "{http://www.w3.org/2000/svg}"
    said = [t.text for t in drawing.iter(f"{ns}tspan")]
    for text in ("Finding", "Registered Nurses", "Source: the room.", "2"):
        assert text in said
    assert "<script>alert(1)</script>" in "".join(t or "" for t in said).replace(" ", "")
    sizes = [float(t.get("font-size", 0)) for t in drawing.iter(f"{ns}text")]
    assert min(sizes) >= 22
    bars = [float(r.get("width", "0")) for r in drawing.iter(f"{ns}rect") if r.get("fill") == theme.MUTED]
    assert bars[0] == pytest.approx(2 * bars[1], rel=0.01)  # nurses 2, aides 1
    for each in drawing.iter(f"{ns}tspan"):
        assert 0 <= float(each.get("y", -1)) <= chart.height


def at(kind: str, moment: str, subject: str = "") -> Entry:
    return Entry(1, "c", "", f"2026-11-25T{moment}Z", "Ann", kind, subject)


def test_the_timer_counts_a_step_without_its_pauses():
    entries = [at("step", "10:00:00", "nominate"), at("pause", "10:03:00"), at("resume", "10:08:00")]
    now = "2026-11-25T10:09:30.5Z"
    found = room_clock.clock(entries, 10, now)
    assert found.words == "4:30 of 10:00"  # 3:00 before the pause, 1:30 after it
    assert found.left == "5:29 left"
    assert not found.over
    held = room_clock.clock(entries[:2], 10, now)
    assert (held.words, held.left) == ("3:00 of 10:00", "paused, 7:00 left")
    late = room_clock.clock(entries, 4, now)
    assert late.over
    assert late.left == "0:30 over"


def test_the_timer_begins_anew_with_each_step_and_not_before_the_first():
    before = room_clock.clock([], 10, "2026-11-25T10:00:00Z")
    assert (before.words, before.left) == ("10:00", "not begun")
    entries = [at("step", "10:00:00", "nominate"), at("pause", "10:03:00"), at("step", "10:30:00", "group")]
    assert room_clock.clock(entries, 10, "2026-11-25T10:30:05Z").words == "0:05 of 10:00"
    ended = [*entries, at("end", "10:31:00")]
    stands = room_clock.clock(ended, 10, "2026-11-25T12:00:00Z")
    assert (stands.words, stands.left) == ("1:00 of 10:00", "9:00 left")


def test_a_day_is_written_as_people_say_it():
    assert room_board.day_words("2026-11-05") == "November 5, 2026"
    assert room_board.day_words("soon") == "soon"


def test_the_summary_holds_what_was_answered_about_an_occupation_that_nobody_names_any_more(talk):
    (named,) = talk.name("c", DRIVER)
    talk.do("topics", NURSE)
    talk.answer("a", "critical", DRIVER, "retiring")
    talk.say("c", "withdraw", str(named))
    talk.do("step", "close")
    assert QUESTION_BY_ID["critical"].choices["retiring"] in shown(talk.room)
