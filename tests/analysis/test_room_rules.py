"""What may be said in a convening, and when."""

import pytest

from lmi.analysis.room_rules import check, check_facilitator
from lmi.domain.convening import (
    BY_PARTICIPANTS,
    BY_THE_FACILITATOR,
    MOST_CHOICES,
    MOST_NOMINATED,
    QUESTIONS,
    STEPS,
    order_of,
)
from lmi.domain.errors import BadInput
from tests.analysis.rooms import AIDE, NURSE, SOCS, WELDER, Talk

FITS = {
    "nominate": {"subject": NURSE},
    "withdraw": {"subject": "1"},
    "answer": {"question": "critical", "subject": NURSE, "choices": ("hard",)},
    "vote": {"subject": f"{AIDE}>{NURSE}", "choice": "yes"},
    "sign": {"choice": "yes"},
}
BEGINS = {"nominate": "nominate", "withdraw": "nominate", "answer": "discuss", "vote": "map", "sign": "close"}
EXTRA = {"question": "critical", "choices": ("hard",), "choice": "yes", "words": "Yes"}
TAKES = {
    "nominate": {"words"}, "withdraw": set(), "answer": {"question", "choices", "words"},
    "vote": {"choice", "words"}, "sign": {"choice", "words"},
}  # fmt: skip


def at(step: str) -> Talk:
    """A meeting in which one person has named a welder and another a nurse, gone on to a step."""
    talk = Talk(a="A", b="B")
    talk.name("a", WELDER)
    talk.name("b", NURSE)
    talk.do("step", step)
    return talk


def say(talk: Talk, kind: str, who: str = "a", **what) -> None:
    told = {"question": "", "subject": "", "choices": (), "choice": "", "words": ""} | what
    check(talk.room, who, kind, socs=SOCS, **told)


def test_every_kind_is_tried_here():
    assert set(FITS) == set(BEGINS) == set(TAKES) == set(BY_PARTICIPANTS)


@pytest.mark.parametrize("kind", FITS)
def test_what_fits_is_taken_once_its_step_has_begun_and_until_the_end(kind):
    for step in STEPS:
        talk = at(step.id)
        if order_of(step.id) < order_of(BEGINS[kind]):
            with pytest.raises(BadInput, match="has not begun"):
                say(talk, kind, **FITS[kind])
        else:
            say(talk, kind, **FITS[kind])
    talk = at("close")
    talk.do("step", "welcome")  # back again: nothing that was open closes
    talk.do("pause")
    say(talk, kind, **FITS[kind])
    talk.do("end")
    with pytest.raises(BadInput, match="has ended"):
        say(talk, kind, **FITS[kind])
    talk.do("reopen")
    say(talk, kind, **FITS[kind])


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
def test_a_question_opens_with_its_own_step(question):
    what = {"question": question.id, "subject": NURSE if question.of else "", "words": "So"}
    say(at(question.step), "answer", **what)
    with pytest.raises(BadInput, match="has not begun"):
        say(at(STEPS[order_of(question.step) - 1].id), "answer", **what)


@pytest.mark.parametrize("kind", FITS)
def test_who_is_not_in_the_room_says_nothing(kind):
    with pytest.raises(BadInput, match="You are not in this room"):
        say(at("close"), kind, who="stranger", **FITS[kind])


@pytest.mark.parametrize("kind", ["", "step", "end", "delete", "x" * 1_000])
def test_a_participant_cannot_do_what_the_facilitator_does(kind):
    with pytest.raises(BadInput, match="This cannot be said") as caught:
        say(at("close"), kind)
    assert len(caught.value.line()) < 120


@pytest.mark.parametrize(
    ("kind", "name"), [(k, n) for k in FITS for n in sorted(set(EXTRA) - TAKES[k])], ids=str
)
def test_what_does_not_belong_to_a_kind_is_refused(kind, name):
    """Else a vote under some question would be kept and counted nowhere."""
    with pytest.raises(BadInput, match=f"'{kind}' has no {name}"):
        say(at("close"), kind, **(FITS[kind] | {name: EXTRA[name]}))


@pytest.mark.parametrize(
    ("kind", "what", "why"),
    [
        ("nominate", {"subject": ""}, "occupation is unknown"),
        ("nominate", {"subject": "29-0000"}, "No single occupation has the code '29-0000'"),
        ("nominate", {"subject": "own"}, "The job has no name"),
        ("withdraw", {"subject": ""}, "cannot be taken back"),
        ("withdraw", {"subject": "2"}, "cannot be taken back"),
        ("withdraw", {"subject": "01"}, "cannot be taken back"),
        ("answer", {"question": ""}, "no such question"),
        ("answer", {"question": "why"}, "no such question"),
        ("answer", {"subject": ""}, "occupation is unknown"),
        ("answer", {"choices": ("nonsense",)}, "none of the choices"),
        ("answer", {"choices": ("",)}, "none of the choices"),
        ("answer", {"question": "before", "choices": ("hard",)}, "occupation is unknown"),
        ("answer", {"question": "lacking", "choices": ("a b",)}, "none of the choices"),
        ("answer", {"question": "lacking", "choices": ("<b>",)}, "none of the choices"),
        ("answer", {"question": "talent", "choices": ("referral",)}, "for everybody"),
        ("answer", {"question": "lacking", "choices": tuple("x" * n for n in range(1, 32))}, "too many"),
        ("answer", {"question": "before", "choices": (WELDER,) * 9}, "9 were chosen; 8 is the most"),
        ("answer", {"subject": AIDE}, "Nobody names it"),
        ("vote", {"subject": AIDE}, "occupation is unknown"),
        ("vote", {"subject": f"{AIDE}>{NURSE}>{WELDER}"}, "occupation is unknown"),
        ("vote", {"subject": f"{AIDE}>{AIDE}"}, "begins and ends at the same job"),
        ("vote", {"choice": ""}, "Nothing was chosen"),
        ("vote", {"choice": "YES"}, "Nothing was chosen"),
        ("sign", {"choice": "unsure"}, "Nothing was chosen"),
        ("sign", {"subject": NURSE}, "for everybody"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(kind, what, why):
    with pytest.raises(BadInput, match=why):
        say(at("close"), kind, **(FITS[kind] | what))


@pytest.mark.parametrize(
    ("question", "choices"),
    [("lacking", ("2.A.1.a", "4.A.1.b.2")), ("before", (AIDE, WELDER)), ("programs", ("222992:51.3801",)),
     ("lacking", tuple(f"x{n}" for n in range(MOST_CHOICES))), ("critical", ())],
)  # fmt: skip
def test_choices_of_lists_that_come_from_elsewhere(question, choices):
    say(at("close"), "answer", question=question, subject="" if question == "programs" else NURSE,
        choices=choices, words="" if choices else "Own words")  # fmt: skip


def test_what_the_lists_do_not_hold_cannot_be_chosen():
    lists = {("lacking", NURSE): {"2.A.1.a"}, ("programs", ""): {"100:51.3801"}}

    def answer(question: str, subject: str, *choices: str) -> None:
        check(at("close").room, "a", "answer", question, subject, choices, "", "", SOCS,
              lambda asked, soc: lists[asked, soc])  # fmt: skip

    answer("lacking", NURSE, "2.A.1.a")
    answer("programs", "", "100:51.3801")
    answer("critical", NURSE, "hard")
    answer("before", NURSE, AIDE)
    for question, subject, choice in (
        ("lacking", NURSE, "Call.John-Smith:303-555-0100"), ("programs", "", "200:51.3801"),
        ("critical", NURSE, "2.A.1.a"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match="none of the choices"):
            answer(question, subject, choice)


def test_who_is_set_aside_is_told_so_and_can_be_called_back():
    talk = at("close")
    talk.do("aside", "a")
    with pytest.raises(BadInput, match="The facilitator has set you aside"):
        say(talk, "sign", choice="yes")
    with pytest.raises(BadInput, match="cannot be done"):
        check_facilitator(talk.room, "aside", "a", SOCS)
    check_facilitator(talk.room, "back", "a", SOCS)
    talk.do("back", "a")
    say(talk, "sign", choice="yes")


def test_only_what_one_names_oneself_can_be_taken_back_and_five_are_the_most():
    talk = at("nominate")
    with pytest.raises(BadInput, match="You have not named it"):
        say(talk, "withdraw", who="b", subject="1")
    talk.name("a", *sorted(SOCS - {WELDER})[: MOST_NOMINATED - 1])
    with pytest.raises(BadInput, match="You have named 5, the most"):
        say(talk, "nominate", subject=sorted(SOCS)[-1])
    talk.say("a", "withdraw", "1")
    say(talk, "nominate", subject="own", words="Line lead")
    with pytest.raises(BadInput, match="cannot be taken back"):
        say(talk, "withdraw", subject="1")


def test_what_left_its_list_stays_in_the_answer_of_who_chose_it_and_in_no_other():
    talk = at("close")
    talk.answer("a", "programs", "", "gone", "good")
    talk.answer("b", "lacking", NURSE, "gone")
    talk.answer("a", "before", NURSE, "99-9999")

    def say(who: str, question: str, *choices: str, subject: str = "") -> None:
        check(
            talk.room, who, "answer", question, subject, choices, "", "", SOCS,
            lambda *_: {"good": {}, "more": {}},
        )  # fmt: skip

    say("a", "programs", "gone", "more")
    say("a", "before", "99-9999", AIDE, subject=NURSE)
    for who, told in (("a", ("gone", "other")), ("b", ("gone",))):
        with pytest.raises(BadInput, match="cannot be chosen"):
            say(who, "programs", *told)
    with pytest.raises(BadInput, match="unknown"):
        say("b", "before", "99-9999", subject=NURSE)
    talk.answer("a", "programs", "", "more")
    with pytest.raises(BadInput, match="cannot be chosen"):
        say("a", "programs", "gone", "more")


DONE = {
    "step": "map", "pause": "", "resume": "", "names": "hidden", "topics": f"{NURSE},{AIDE}", "topic": NURSE,
    "match": "2", "organisation": "a", "aside": "a", "back": "b", "screen": "map", "end": "", "reopen": "",
}  # fmt: skip
NOT_DONE = [
    ("step", "lunch"), ("step", ""), ("pause", "x"), ("names", "gone"), ("screen", "both"),
    ("topics", f"{NURSE},99-9999"),
    ("screen", "both"), ("topic", ""), ("topic", "29-0000"), ("match", "1"), ("match", "3"), ("match", "02"),
    ("match", "9" * 500), ("match", ""), ("organisation", "stranger"),
    ("aside", "stranger"), ("back", "a"), ("end", "now"), ("nominate", NURSE),
    ("", ""), ("x" * 1_000, "y" * 1_000),
]  # fmt: skip


def test_what_the_facilitator_can_do():
    assert set(DONE) == set(BY_THE_FACILITATOR)
    talk = Talk(a="A", b="B")
    talk.name("a", NURSE)
    talk.own("a", "Line lead")
    talk.do("aside", "b")
    for kind, subject in DONE.items():
        check_facilitator(talk.room, kind, subject, SOCS)
    check_facilitator(talk.room, "topics", "", SOCS)


@pytest.mark.parametrize(("kind", "subject"), NOT_DONE)
def test_what_the_facilitator_cannot_do(kind, subject):
    talk = Talk(a="A")
    talk.name("a", NURSE)
    talk.own("a", "Line lead")
    talk.do("step", "nominate")
    with pytest.raises(BadInput, match="This cannot be done") as caught:
        check_facilitator(talk.room, kind, subject, SOCS)
    assert len(caught.value.line()) < 160


@pytest.mark.parametrize("kind", ["step", "pause", "resume", "end"])
def test_nothing_goes_on_after_the_end_until_it_is_reopened(kind):
    talk = Talk(a="A")
    talk.do("step", "nominate")
    talk.do("end")
    with pytest.raises(BadInput, match="has ended") as caught:
        check_facilitator(talk.room, kind, DONE[kind], SOCS)
    assert "Reopen" in caught.value.line()
    talk.do("reopen")
    check_facilitator(talk.room, kind, DONE[kind], SOCS)
