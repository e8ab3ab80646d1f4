"""Saying something in a convening, from what a phone sends to what the room reads: on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lmi.analysis.room import Room
from lmi.answers.room import facilitate, room_of, speak
from lmi.contributions import convenings
from lmi.contributions.store import MEMORY, Store
from lmi.contributions.typed import new_token
from lmi.domain.convening import MOST_NOMINATED, STEPS
from lmi.domain.errors import BadInput
from tests.analysis.rooms import AIDE, COOK, NURSE, SOCS, WELDER

TEXT = st.text(st.characters(exclude_categories=()), max_size=50)
LIST = st.lists(st.one_of(st.none(), st.integers(), TEXT, st.lists(TEXT, max_size=2)), max_size=4)
CLOSE = st.sampled_from(
    [NURSE, f"{AIDE}>{NURSE}", "own", "yes", "critical", "x" * 2_000, ["hard"], [NURSE], {"a": 1}]
)
ANYTHING = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT, LIST, CLOSE)
KINDS = st.sampled_from(["nominate", "withdraw", "answer", "vote", "sign"])
PARTS = ("question", "subject", "choices", "choice", "words")


class Meeting:
    """A convening on a database, with the people of some organisations in it."""

    def __init__(self, store: Store, *organisations: str, step: str = STEPS[-1].id) -> None:
        self.store = store
        self.convening = convenings.create(store, "Health", "12420", "2026-11-25", "", "Ann", new_token())
        self.people = [
            convenings.join(store, self.convening.id, "Ann", each, "", new_token())[0].id
            for each in organisations
        ]
        self.do("step", step)

    @property
    def room(self) -> Room:
        return room_of(self.store, self.convening)

    def say(self, who: int, kind: str, token: str = "", **what: object) -> int:
        return speak(self.store, self.room, self.people[who], kind, token or new_token(), SOCS, **what)

    def do(self, kind: str, subject: str = "", token: str = "", **value: str) -> int:
        return facilitate(self.store, self.room, kind, token or new_token(), "Ann", SOCS, subject, value)


def test_what_a_list_says_of_a_choice_is_kept_with_the_answer(store):
    meeting = Meeting(store, "Acme")
    held = {"local:0123456789ab": {"words": "Aides, A College", "socs": [AIDE]}, "local:b": {"words": "B"}}
    known = {"programs": held}
    chosen = {"kind": "answer", "question": "programs", "choices": ["local:0123456789ab"]}
    meeting.say(0, **chosen, known=lambda question, subject: known[question])
    known.clear()  # what is no list of its own is not asked about
    meeting.say(0, "answer", question="talent", choices=["colleges"], known=lambda *asked: known["none"])
    first, second = (entry for entry in meeting.room.entries if entry.kind == "answer")
    assert first.kept == {"local:0123456789ab": held["local:0123456789ab"]} == meeting.room.kept
    assert second.kept == {}


def test_a_convening_from_nominations_to_signatures(store):
    meeting = Meeting(store, "Acme", "ACME, Inc.", "Beta", "Gamma", step="nominate")
    first = meeting.say(0, "nominate", subject=NURSE)
    for who in (1, 2):
        meeting.say(who, "nominate", subject=NURSE)
    own = meeting.say(3, "nominate", subject="own", words=" Floor  nurse ")
    meeting.do("match", str(own), soc=NURSE)
    meeting.do("step", "close")
    meeting.say(
        2, "answer", question="critical", subject=NURSE, choices=["hard", "hard", "core"], words="a\nb"
    )
    meeting.say(2, "answer", question="before", subject=NURSE, choices=[AIDE])
    meeting.say(2, "vote", subject=f"{AIDE}>{NURSE}", choice="yes")
    meeting.say(3, "vote", subject=f"{AIDE}>{NURSE}", choice="yes", words="Often")
    meeting.say(0, "sign", choice="yes", words="Good", by="Bo")
    room = meeting.room
    assert [(r.soc, r.organisations, len(r.people)) for r in room.nominated] == [
        (NURSE, ("Acme", "Beta", "Gamma"), 4)
    ]
    assert room.nominated[0].words == ("Floor nurse",)
    (said,) = room.answers("critical", NURSE)
    assert (said.organisation, said.choices, said.words) == ("Beta", ("hard", "core"), "a\nb")
    (stand,) = room.stands()
    assert (stand.confirmed, stand.stated_by, stand.yes, stand.remarks) == (
        True, ("Beta",), ("Beta", "Gamma"), ("Often",),
    )  # fmt: skip
    assert room.signatures[meeting.people[0]].by == "Bo"
    assert [e.by for e in room.entries if e.kind in ("step", "match")] == ["Ann"] * 3
    meeting.say(0, "withdraw", subject=str(first))
    assert [len(r.people) for r in meeting.room.nominated] == [3]


def test_the_same_thing_sent_again_is_kept_once_even_after_the_end(store):
    meeting, token = Meeting(store, "Acme"), new_token()
    number = meeting.say(0, "nominate", token, subject=NURSE)
    assert meeting.say(0, "nominate", token, subject=NURSE) == number
    done = meeting.do("end", token="end-token")
    assert meeting.do("end", token="end-token") == done
    assert meeting.say(0, "nominate", token, subject=NURSE) == number  # a reply that was lost comes after all
    with pytest.raises(BadInput, match="has ended"):
        meeting.say(0, "nominate", subject=COOK)
    assert [e.seq for e in meeting.room.entries if e.kind == "nominate"] == [number]


def test_what_was_allowed_a_moment_ago_is_not_kept_after_the_end(store):
    meeting = Meeting(store, "Acme")
    before = meeting.room  # of a moment ago
    meeting.do("end")
    with pytest.raises(BadInput, match="The convening has ended"):
        speak(store, before, meeting.people[0], "sign", new_token(), SOCS, choice="yes")
    with pytest.raises(BadInput, match="The convening has ended"):
        convenings.join(store, meeting.convening.id, "Bo", "Late Ltd", "", new_token())
    meeting.do("reopen")
    assert speak(store, before, meeting.people[0], "sign", new_token(), SOCS, choice="yes")


def test_a_replayed_vote_changes_nothing_and_no_token_serves_two(store):
    meeting, token = Meeting(store, "Acme", "Beta"), new_token()
    vote = {"subject": f"{AIDE}>{NURSE}"}
    meeting.say(0, "vote", token, choice="no", **vote)
    meeting.say(0, "vote", choice="yes", **vote)
    for _ in range(3):
        meeting.say(0, "vote", token, choice="no", **vote)  # an old one, sent again
    (stand,) = meeting.room.stands()
    assert (stand.yes, stand.no) == (("Acme",), ())
    with pytest.raises(BadInput, match="Somebody else used it"):
        meeting.say(1, "vote", token, choice="no", **vote)
    with pytest.raises(BadInput, match="Somebody else used it"):
        meeting.do("end", token=token)
    assert not meeting.room.state.ended


def test_twenty_tabs_of_one_phone_at_once_name_no_more_than_the_most(store):
    meeting = Meeting(store, "Acme")
    room, socs = meeting.room, sorted(SOCS)

    def name(number: int) -> int:
        try:
            return speak(
                store, room, meeting.people[0], "nominate", new_token(), SOCS,
                subject=socs[number % len(socs)],
            )  # fmt: skip
        except BadInput:
            return 0  # beyond the most: not acknowledged as if it counted

    with ThreadPoolExecutor(20) as pool:
        assert 0 in list(pool.map(name, range(20)))
    (named,) = [meeting.room.nominations_of(who) for who in meeting.people]
    assert len(named) == MOST_NOMINATED
    assert len({e.subject for e in named}) == MOST_NOMINATED


@pytest.mark.parametrize(
    "what",
    [
        {"kind": "answer", "question": "talent", "words": "x" * 601},
        {"kind": "answer", "question": "talent", "words": "x" * 1_000_000},
        {"kind": "answer", "question": "talent", "choices": "referral"},
        {"kind": "answer", "question": "talent", "choices": {"referral": 1}},
        {"kind": "answer", "question": "talent", "choices": None},
        {"kind": "answer", "question": "talent", "choices": [["referral"]]},
        {"kind": "answer", "question": "talent", "choices": [f"x{n}" for n in range(500)]},
        {"kind": "answer", "question": ["talent"]},
        {"kind": ["answer"], "question": "talent"},
        {"kind": "nominate", "subject": 291141},
        {"kind": "nominate", "subject": "x" * 10_000},
        {"kind": "vote", "subject": f"{AIDE}>{NURSE}", "choice": True},
        {"kind": "sign", "choice": ["yes"]},
        {"kind": "sign", "choice": "yes", "by": "x" * 81},
        {"kind": "sign", "choice": "yes", "token": ["12345678"]},
    ],
    ids=str,
)
def test_hostile_input_is_refused_in_words(store, what):
    meeting = Meeting(store, "Acme")
    before = convenings.stamp(store, meeting.convening.id)
    with pytest.raises(BadInput) as caught:
        meeting.say(0, **what)
    assert len(caught.value.line()) < 200
    assert convenings.stamp(store, meeting.convening.id) == before


_shared: dict[int, Meeting] = {}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=KINDS | ANYTHING, what=st.fixed_dictionaries({}, optional=dict.fromkeys(PARTS, ANYTHING | CLOSE)))
def test_whatever_is_sent_is_kept_or_refused_in_words_and_the_room_can_be_read(store, kind, what):
    if id(store) not in _shared:
        _shared[id(store)] = Meeting(store, "Acme")
    meeting = _shared[id(store)]
    try:
        number = meeting.say(0, kind, **what)
    except BadInput:
        number = 0
    entries = meeting.room.entries
    assert not number or entries[-1].seq == number
    meeting.room.stands()
    assert len(meeting.room.nominated) <= MOST_NOMINATED


@pytest.mark.parametrize(
    ("kind", "subject", "value", "why"),
    [
        ("match", "OWN", {"soc": "99-9999"}, "This occupation is unknown"),
        ("match", "OWN", {}, "This occupation is unknown"),
        ("match", "OWN", {"soc": "x" * 1_000}, "too long"),
        ("organisation", "PERSON", {"organisation": "  "}, "The organization is empty"),
        ("organisation", "PERSON", {"organisation": "x" * 81}, "too long"),
        ("topics", ",".join([NURSE] * 100), {}, "too long"),
        ("step", "lunch", {}, "cannot be done"),
    ],
)
def test_what_the_facilitator_cannot_do_is_refused_in_words(store, kind, subject, value, why):
    meeting = Meeting(store, "Acme")
    own = meeting.say(0, "nominate", subject="own", words="Line lead")
    subject = {"OWN": str(own), "PERSON": meeting.people[0]}.get(subject, subject)
    before = convenings.stamp(store, meeting.convening.id)
    with pytest.raises(BadInput, match=why):
        meeting.do(kind, subject, **value)
    assert convenings.stamp(store, meeting.convening.id) == before


def test_who_facilitates_has_a_name(store):
    meeting = Meeting(store)
    with pytest.raises(BadInput, match="Your name is empty"):
        facilitate(store, meeting.room, "pause", new_token(), " ", SOCS)


def test_the_facilitator_puts_an_organization_right_and_only_that_is_kept(store):
    meeting = Meeting(store, "Acme", "Akme")
    meeting.do("organisation", meeting.people[1], organisation=" ACME ", soc="no", words="no")
    assert meeting.room.organisations == ("ACME",)
    assert meeting.room.entries[-1].value == {"organisation": "ACME"}
    meeting.do("pause", words="no")
    assert meeting.room.entries[-1].value == {}


def test_a_late_comer_answers_what_was_asked_before(store):
    meeting = Meeting(store, "Acme", step="sources")
    late = convenings.join(store, meeting.convening.id, "Bo", "Late Ltd", "", new_token())[0].id
    meeting.people.append(late)
    meeting.say(1, "nominate", subject=WELDER)
    meeting.say(1, "answer", question="critical", subject=WELDER, choices=["core"])
    assert meeting.room.nominated[0].organisations == ("Late Ltd",)
    with pytest.raises(BadInput, match="'Summary and sign-off' has not begun"):
        meeting.say(1, "sign", choice="yes")


def test_a_rehearsal_is_counted_alike_and_leaves_the_database_alone(store, tmp_path):
    before = len(convenings.every(store))
    memory = Store(MEMORY)
    meeting = Meeting(memory, "Sample A", "Sample B")
    for who in (0, 1):
        meeting.say(who, "vote", subject=f"{AIDE}>{NURSE}", choice="yes")
    assert meeting.room.stands()[0].confirmed
    assert len(convenings.every(store)) == before
    assert list(tmp_path.iterdir()) == []


FEW = sorted(SOCS)[: MOST_NOMINATED - 1]  # so few that nobody names too many
ORDER = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(FEW), st.sampled_from(["yes", "no"])),
    min_size=1, max_size=10,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(said=ORDER, numbers=st.permutations(range(10)))
def test_counts_hang_on_the_order_of_what_is_said_and_not_on_tokens(said, numbers):
    rooms = []
    for tokens in (range(10), numbers):
        meeting = Meeting(Store(MEMORY), "Acme", "Acme Inc", "Beta", "Gamma")
        for (who, soc, choice), token in zip(said, tokens, strict=False):
            meeting.say(who, "nominate", f"name-{token:04}", subject=soc)
            if soc != NURSE:
                meeting.say(who, "vote", f"vote-{token:04}", subject=f"{soc}>{NURSE}", choice=choice)
        rooms.append(meeting.room)
    first, second = rooms
    assert [(r.soc, r.organisations) for r in first.nominated] == [
        (r.soc, r.organisations) for r in second.nominated
    ]
    assert first.stands() == second.stands()
