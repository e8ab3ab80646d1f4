"""Convenings, who takes part, and what is said: on SQLite and PostgreSQL alike."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from lmi.contributions import convenings, room_limits
from lmi.contributions.store import MEMORY, Store
from lmi.contributions.typed import cleaned, new_secret, new_token
from lmi.domain.convening import LONGEST_NAME, LONGEST_WORDS, MOST_JOINS, Convening
from lmi.domain.errors import BadInput

THREADS = 20
HOSTILE = [
    "<img src=x onerror=alert(1)>", "'); DROP TABLE entries; --", "\u202eevil\u202c", "a\0b", "😀" * 70 + "x",
    "שלום", "{{7*7}} ${x} %s %(a)s :name ?", "\\N \\x00 \\", '"quoted"', "x" * 80,
]  # fmt: skip
slow = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def meeting(store: Store, **other: str) -> Convening:
    values = {
        "industry": "Health",
        "area_code": "12420",
        "held_on": "2026-11-25",
        "place": "Hall",
        "by": "Ann",
    }
    return convenings.create(store, **(values | other), token=new_token())


def person(store: Store, where: Convening, organisation: str = "Acme") -> str:
    return convenings.join(store, where.id, "Ann", organisation, "Boss", new_token())[0].id


def say(store: Store, where: Convening, who: str, words: str = "Welder", token: str = "") -> int:
    value = {"words": words}
    return convenings.say(store, where.id, who, "nominate", "own", value, token or new_token())


def at_once(do, times: int = THREADS) -> list:
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(lambda _: do(), range(times)))


def test_a_convening_is_kept_as_it_was_made(store):
    made = meeting(store, industry=" Health  care ", cluster="health")
    assert (made.industry, made.cluster, made.area_code, made.held_on, made.place, made.created_by) == (
        "Health care", "health", "12420", "2026-11-25", "Hall", "Ann",
    )  # fmt: skip
    assert convenings.get(store, made.id) == made
    assert made in convenings.every(store)
    for typed in (made.code, made.code.lower(), f" {made.code[:3]}-{made.code[3:]} "):
        assert convenings.by_code(store, typed) == made
    assert convenings.get(store, "nothing") is None
    assert convenings.by_code(store, "nothing") is None
    assert not made.rehearsal


def test_the_newest_day_comes_first(store):
    days = ("2026-11-24", "2026-12-01", "2026-11-30")
    made = [meeting(store, held_on=day) for day in days]
    there = [c.held_on for c in convenings.every(store) if c in made]
    assert there == ["2026-12-01", "2026-11-30", "2026-11-24"]


def test_a_double_click_makes_one_convening(store):
    token = new_token()

    def make() -> Convening:
        return convenings.create(store, "Health", "12420", "2026-11-25", "", "Ann", token)

    made = at_once(make)
    assert len(set(made)) == 1
    assert [c for c in convenings.every(store) if c.id == made[0].id] == [made[0]]


def test_codes_that_are_taken_are_not_given_twice(store, monkeypatch):
    first = meeting(store)
    given_out = iter([first.code, first.code, "ZZZZ99"])
    monkeypatch.setattr(convenings, "new_code", lambda: next(given_out))
    assert meeting(store).code == "ZZZZ99"


@pytest.mark.parametrize("missing", ["industry", "area_code", "by"])
def test_a_convening_needs_what_it_is_about_and_who_makes_it(store, missing):
    before = len(convenings.every(store))
    with pytest.raises(BadInput, match="is empty"):
        meeting(store, **{missing: " "})
    assert len(convenings.every(store)) == before


def test_the_same_phone_that_joins_again_is_one_person(store):
    where, token, secret = meeting(store), new_token(), new_secret()

    def join():
        return convenings.join(store, where.id, "Ann", "Acme", "Boss", token, secret=secret)

    joined = at_once(join)
    assert len(set(joined)) == 1
    assert joined[0][1] == secret
    assert convenings.people(store, where.id) == [joined[0][0]]
    assert convenings.who_has(store, where.id, secret) == joined[0][0]


def test_the_place_of_somebody_else_cannot_be_taken(store):
    where, token = meeting(store), new_token()
    convenings.join(store, where.id, "Ann", "Acme", "", token)
    with pytest.raises(BadInput, match="Somebody else has this place"):
        convenings.join(store, where.id, "Eve", "Evil", "", token)
    other = meeting(store)
    convenings.join(store, other.id, "Bo", "Else", "", token)  # a token is of its convening only
    assert [p.name for p in convenings.people(store, where.id)] == ["Ann"]


@pytest.mark.parametrize("secret", ["", "x", None, 5, "y" * 43, "é" * 20, "' OR 1=1 --         "])
def test_a_wrong_secret_is_nobody(store, secret):
    where = meeting(store)
    person(store, where)
    assert convenings.who_has(store, where.id, secret) is None


def test_a_secret_is_of_its_convening_and_is_not_kept(store):
    first, second, secret = meeting(store), meeting(store), new_secret()
    convenings.join(store, first.id, "Ann", "Acme", "", new_token(), secret=secret)
    assert convenings.who_has(store, first.id, secret).name == "Ann"
    assert convenings.who_has(store, second.id, secret) is None
    with pytest.raises(BadInput, match="The secret is not valid"):
        convenings.join(store, first.id, "Bo", "Acme", "", new_token(), secret="1234")


def test_a_room_holds_no_more_than_its_most_even_if_all_come_at_once(store, monkeypatch):
    monkeypatch.setattr(room_limits, "MOST_PARTICIPANTS", 5)
    where = meeting(store)

    def come() -> str:
        try:
            return person(store, where)
        except BadInput as error:
            return error.what

    assert at_once(come).count("The room is full.") == THREADS - 5
    there = convenings.people(store, where.id)
    assert len(there) == 5
    for kind in ("aside", "back", "aside"):
        convenings.say(store, where.id, "", kind, there[0].id, {}, new_token(), by="Ann")
    assert [come() == "The room is full." for _ in range(2)] == [False, True]  # who is aside takes no place


def test_nobody_fills_a_room_or_bogs_it_down_in_a_moment(store, monkeypatch):
    monkeypatch.setattr(room_limits, "MOST_JOINS", 3)
    monkeypatch.setattr(room_limits, "MOST_A_MINUTE", 2)
    where = meeting(store)
    people = [person(store, where) for _ in range(3)]
    with pytest.raises(room_limits.TooFast, match="3 a minute are let in"):
        person(store, where)
    for who in people[:2]:
        say(store, where, who)
        say(store, where, who)
    with pytest.raises(room_limits.TooFast, match="2 answers a minute"):
        say(store, where, people[0])
    convenings.say(store, where.id, people[0], "sign", "", {}, new_token(), by="Ann")  # from a paper form
    say(store, where, people[2])
    monkeypatch.setattr(room_limits, "_MINUTE", timedelta(0))  # a minute later
    person(store, where)
    say(store, where, people[0])


@pytest.mark.parametrize(("name", "organisation"), [("", "Acme"), ("Ann", ""), ("<>", "Acme"), ("Ann", "\0")])
def test_nobody_joins_without_name_or_organization(store, name, organisation):
    where = meeting(store)
    with pytest.raises(BadInput, match="is empty"):
        convenings.join(store, where.id, name, organisation, "", new_token())
    assert convenings.people(store, where.id) == []


def test_nobody_joins_or_speaks_in_a_meeting_that_does_not_exist(store):
    with pytest.raises(IntegrityError):
        convenings.join(store, "nothing", "Ann", "Acme", "", new_token())
    where = meeting(store)
    with pytest.raises(IntegrityError):
        say(store, where, "nobody")
    assert convenings.said(store, where.id) == []


def test_a_name_can_be_forgotten_and_what_was_said_stays(store):
    where = meeting(store)
    who = person(store, where)
    number = say(store, where, who)
    assert convenings.forget_name(store, who)
    assert not convenings.forget_name(store, who)
    (there,) = convenings.people(store, where.id)
    assert (there.id, there.name, there.role, there.organisation) == (who, "", "", "Acme")
    assert [e.seq for e in convenings.said(store, where.id)] == [number]


def test_a_forgotten_name_is_not_left_in_the_file(new_url):
    url = new_url("sqlite")
    store = Store(url)
    where = meeting(store)
    who = convenings.join(store, where.id, "Zebediah Quux", "Acme", "Zebra keeper", new_token())[0]
    convenings.forget_name(store, who.id)
    store.close()
    path = Path(url.removeprefix("sqlite:///"))
    files = list(path.parent.iterdir())
    assert path in files
    assert not [each for each in files if b"Zeb" in each.read_bytes()]


def test_the_same_thing_sent_many_times_at_once_is_kept_once(store):
    where, token = meeting(store), new_token()
    who = person(store, where)
    numbers = at_once(lambda: say(store, where, who, token=token))
    assert len(set(numbers)) == 1
    assert [e.seq for e in convenings.said(store, where.id)] == [numbers[0]]
    assert convenings.kept(store, where.id, who, token) == numbers[0]
    assert convenings.kept(store, where.id, who, new_token()) == 0


def test_a_token_of_somebody_else_is_refused(store):
    where, token = meeting(store), new_token()
    first, second = person(store, where), person(store, where)
    say(store, where, first, token=token)
    for sent in (lambda: say(store, where, second, token=token), lambda: say(store, where, "", token=token),
                 lambda: convenings.kept(store, where.id, second, token)):  # fmt: skip
        with pytest.raises(BadInput, match="Somebody else used it"):
            sent()
    assert [e.participant for e in convenings.said(store, where.id)] == [first]


def test_one_participant_cannot_fill_the_database_and_the_others_go_on(store, monkeypatch):
    monkeypatch.setattr(room_limits, "MOST_ENTRIES", 5)
    where = meeting(store)
    eager, other = person(store, where), person(store, where)

    def speak() -> str:
        try:
            return str(say(store, where, eager))
        except BadInput as error:
            return error.what

    assert at_once(speak).count("Nothing more can be kept.") == THREADS - 5
    say(store, where, other)
    convenings.say(store, where.id, "", "step", "close", {}, new_token(), by="Ann")
    assert len(convenings.said(store, where.id)) == 7


def test_what_was_said_comes_in_order_and_after_a_number_only_the_rest(store):
    where = meeting(store)
    people = [person(store, where) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(pool.map(lambda who: say(store, where, who), people * 5))
    everything = convenings.said(store, where.id)
    assert [e.seq for e in everything] == numbers
    assert [e.at for e in everything] == sorted(e.at for e in everything)  # numbered as the clock tells it
    for cut in (0, 7, 20):
        after = numbers[cut - 1] if cut else 0
        assert convenings.said(store, where.id, after) == everything[cut:]


def test_who_reads_what_is_new_never_misses_what_was_numbered_before(store):
    """A reader who asks only for what comes after the last number it saw ends up with everything."""
    where = meeting(store)
    people = [person(store, where) for _ in range(8)]
    seen: list[int] = []
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(say, store, where, who) for who in people * 6]
        while not all(each.done() for each in sent):
            seen += [e.seq for e in convenings.said(store, where.id, max(seen, default=0))]
    seen += [e.seq for e in convenings.said(store, where.id, max(seen, default=0))]
    assert seen == sorted(each.result() for each in sent)


def test_one_meeting_knows_nothing_of_another(store):
    first, second = meeting(store), meeting(store)
    say(store, first, person(store, first))
    assert convenings.people(store, second.id) == []
    assert convenings.said(store, second.id) == []
    assert convenings.stamp(store, second.id) == (0, 0, 0)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_text(store, text):
    where = meeting(store, industry=f"Health {text}", place=text)
    joined = convenings.join(store, where.id, f"Ann {text}"[:80], f"Acme {text}"[:80], text, new_token())[0]
    say(store, where, joined.id, cleaned(text, LONGEST_WORDS, "It"))
    assert convenings.get(store, where.id) == where
    assert where.place == cleaned(text, 200, "It")
    assert convenings.people(store, where.id) == [joined]
    assert joined.role == cleaned(text, LONGEST_NAME, "It")
    assert [e.words for e in convenings.said(store, where.id)] == [cleaned(text, 200, "It")]


@slow
@given(text=st.text(st.characters(exclude_categories=()), max_size=70))
def test_any_text_survives_the_database(store, text):
    where = _one(store)
    kept = cleaned(text, LONGEST_WORDS, "It", lines=True)
    joined = convenings.join(store, where.id, f"A{text}"[:80], f"B{text}"[:80], text, new_token())[0]
    try:
        number = convenings.say(
            store,
            where.id,
            joined.id,
            "answer",
            "",
            {"words": kept, "choices": [kept]},
            new_token(),
            "talent",
        )
        (found,) = convenings.said(store, where.id, number - 1)
        assert (found.words, found.choices) == (kept, (kept,))
        assert convenings.people(store, where.id)[-1] == joined
        assert joined.role == cleaned(text, LONGEST_NAME, "It")
    finally:
        assert convenings.forget_name(store, joined.id)


_shared: dict[int, Convening] = {}


def _one(store: Store) -> Convening:
    """The meeting of all examples on one database; a new one where it would be full."""
    where = _shared.get(id(store))
    if where is None or len(convenings.people(store, where.id)) >= MOST_JOINS:
        where = _shared[id(store)] = meeting(store)
    return where


OPERATIONS = st.lists(
    st.sampled_from(["join", "join again", "say", "say again", "forget", "act", "read"]), max_size=25
)


@slow
@given(operations=OPERATIONS)
def test_the_stamp_changes_if_and_only_if_something_changed(operations):
    """Also when one leaves and another comes between two looks, so it is never one that was there before."""
    store, numbers = Store(MEMORY), count()
    where = meeting(store)
    joined, said, forgotten = [], [], set()
    stamps = [convenings.stamp(store, where.id)]
    for operation in operations:
        changed, token = True, f"token{next(numbers):06}"
        match operation:
            case "join":
                joined.append((convenings.join(store, where.id, "A", "B", "", token)[0].id, token))
            case "say" if joined:
                say(store, where, joined[-1][0], token=token)
                said.append((joined[-1][0], token))
            case "say again" if said:
                say(store, where, *said[-1][:1], token=said[-1][1])
                changed = False
            case "forget" if joined:
                changed = joined[0][0] not in forgotten
                convenings.forget_name(store, joined[0][0])
                forgotten.add(joined.pop(0)[0])
            case "act":
                convenings.say(store, where.id, "", "pause", "", {}, token, by="Ann")
            case _:
                convenings.people(store, where.id)
                changed = False
        now = convenings.stamp(store, where.id)
        assert (now not in stamps) == changed
        assert now == stamps[-1] or changed
        stamps.append(now)


def test_the_stamp_is_the_same_on_every_database(store):
    where = meeting(store)
    assert convenings.stamp(store, where.id) == (0, 0, 0)
    who = person(store, where)
    number = say(store, where, who)
    assert convenings.stamp(store, where.id) == (1, number, 1)
    convenings.forget_name(store, who)
    person(store, where)
    assert convenings.stamp(store, where.id) == (1, number, 3)
