"""Comments, their reviews and the personal data beside them: on SQLite and PostgreSQL alike."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from lmi.contributions import comments
from lmi.contributions.store import Store
from lmi.contributions.tables import comment_people, comment_reviews, tries
from lmi.contributions.tables import comments as table
from lmi.contributions.typed import cleaned, new_token
from lmi.domain import comments as domain
from lmi.domain.comments import Comment, Person, Subject
from lmi.domain.errors import BadInput

ABOUT = Subject("occupation", "occupation", "47-2111")
HOSTILE = [
    "<img src=x onerror=alert(1)>", "'); DROP TABLE comments; --", "=HYPERLINK(1)", "שלום עולם a",
    "👩‍🔧 ok 👍",
    "{{7*7}} ${x} %s :name ?", "line one\nline two", '"quoted", and so on', "a" * domain.LONGEST_TEXT,
]  # fmt: skip
slow = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _nobody_has_tried(store: Store) -> None:
    """The limits start anew: the tests share one database of each kind."""
    store.write(lambda connection: connection.execute(delete(tries).where(tries.c.what.like("comment%"))))


def write(store: Store, words: object = "The pay is too low here.", **other: object) -> Comment:
    values = {"organisation": "Acme", "token": new_token(), "subject": ABOUT, "area_code": "12420"} | other
    return comments.add(store, words=words, **values)


def rows(store: Store, table) -> list:
    return store.read(lambda connection: connection.execute(select(table)).all())


def reread(store: Store, comment: Comment) -> Comment:
    return next(c for c in comments.every(store) if c.id == comment.id)


def test_a_comment_is_held_with_what_was_typed(store):
    kept = write(
        store, "  Too low. \n Really. ", organisation=" Acme  Works ", name="Ann", email="ann@acme.com"
    )
    assert (kept.text, kept.organisation, kept.area_code, kept.subject) == (
        "Too low.\nReally.", "Acme Works", "12420", ABOUT,
    )  # fmt: skip
    assert (kept.status, kept.answer, kept.reviews, kept.trapped) == ("held", "", (), False)
    assert comments.every(store)[0] == kept
    assert comments.people(store)[kept.id] == Person("Ann", "ann@acme.com")
    assert kept.reference == kept.id[:8].upper()


def test_who_says_nothing_of_themself_leaves_no_row(store):
    assert write(store).id not in comments.people(store)


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_is_kept_as_text(store, words):
    kept = write(store, words, organisation=words[:60], name=words[:60])
    assert reread(store, kept).text == words
    assert comments.people(store)[kept.id].name == " ".join(words[:60].split())


@slow
@given(st.text(max_size=300))
@example("\ud800 x")
@example("\u202eevil x")
def test_any_text_is_kept_or_refused_in_words(store, words):
    store.write(lambda connection: connection.execute(delete(tries)))
    if any(c.isalnum() for c in cleaned(words, 300, "It", lines=True)):
        kept = write(store, words)
        assert reread(store, kept).text == kept.text == cleaned(words, 300, "It", lines=True)
    else:
        with pytest.raises(BadInput, match="The comment is empty"):
            write(store, words)


@pytest.mark.parametrize(
    ("other", "what"),
    [
        ({"words": ""}, "The comment is empty."),
        ({"words": " \n 👍 "}, "The comment is empty."),
        ({"words": None}, "The comment is empty."),
        ({"words": "x" * 2_001}, "The comment is too long."),
        ({"words": "x" * 1_000_000}, "The comment is too long."),
        ({"organisation": " "}, "The organization is empty."),
        ({"organisation": "x" * 81}, "The organization is too long."),
        ({"name": "x" * 81}, "Your name is too long."),
        ({"email": "x" * 250 + "@a.bc"}, "The e-mail address is too long."),
        ({"email": "ann"}, "The e-mail address is not one."),
        ({"email": "ann@acme"}, "The e-mail address is not one."),
        ({"email": "ann@acme.com, bob@acme.com"}, "The e-mail address is not one."),
        ({"email": "<script>@acme.com"}, "The e-mail address is not one."),
        ({"token": "x"}, "The token is not valid."),
        ({"subject": Subject("nowhere")}, "There is nothing of that kind to comment on."),
        ({"subject": Subject("occupation", "occupation", "47-2111 or 1=1")}, "There is nothing of that kind"),
        ({"subject": Subject("overview", "planet", "x")}, "There is nothing of that kind to comment on."),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(store, other, what):
    before = len(rows(store, table)), len(rows(store, comment_people)), len(rows(store, tries))
    with pytest.raises(BadInput) as error:
        write(store, **({"name": "Ann"} | other))
    assert error.value.what.startswith(what)
    assert error.value.next_step
    assert (len(rows(store, table)), len(rows(store, comment_people)), len(rows(store, tries))) == before


def test_sent_twice_it_is_kept_once_also_at_the_same_moment(store):
    token, before = new_token(), len(rows(store, table))
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _: write(store, token=token, session="one"), range(8)))
    assert len({c.id for c in kept}) == 1
    assert len(rows(store, table)) == before + 1
    assert len(rows(store, tries)) == 1  # what is there already is no further try


def test_the_second_of_two_clicks_gets_the_first_ones_even_when_the_fields_are_gone(store):
    first = write(store)
    token = store.read(lambda c: c.scalar(select(table.c.token).where(table.c.id == first.id)))
    assert write(store, "", organisation="", token=token) == first


def test_a_browser_may_write_five_in_ten_minutes_and_others_go_on(store):
    for _ in range(domain.PER_SESSION):
        write(store, session="a", address="10.0.0.1")
    with pytest.raises(BadInput, match="5 comments in 10 minutes are the most from one place"):
        write(store, session="a", address="10.0.0.1")
    write(store, session="b", address="10.0.0.1")  # a colleague at the same address
    _move_back(store, domain.MINUTES + 1)
    assert write(store, session="a", address="10.0.0.1")


def test_the_limit_holds_for_comments_that_come_at_the_same_moment(store):
    def one(_: int) -> bool:
        try:
            write(store, session="hasty")
        except BadInput:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(one, range(12))) == domain.PER_SESSION


def test_an_address_may_write_more_than_a_browser_but_not_without_end(store):
    for number in range(domain.PER_ADDRESS):
        write(store, session=f"s{number}", address="10.0.0.2")
    with pytest.raises(BadInput, match="30 comments in 10 minutes"):
        write(store, session="fresh", address="10.0.0.2")
    assert write(store, session="fresh", address="10.0.0.3")


def test_everybody_together_may_write_a_hundred_an_hour(store, monkeypatch):
    monkeypatch.setattr(comments, "OVERALL", 3)
    for number in range(3):
        write(store, session=f"t{number}")
    with pytest.raises(BadInput, match="3 comments an hour are the most"):
        write(store, session="another")
    _move_back(store, domain.OVERALL_MINUTES + 1)
    assert write(store, session="another")
    assert len(rows(store, tries)) == 1  # whom we counted is forgotten after the hour


def test_neither_session_nor_address_is_kept(store):
    write(store, session="a-session-id", address="10.0.0.9")
    assert {len(row.who) for row in rows(store, tries)} == {64}
    assert not any("10.0.0.9" in row.who or "session" in row.who for row in rows(store, tries))


def test_servers_that_share_a_database_count_a_browser_as_one(url):
    servers = [Store(url) for _ in range(2)]
    for number in range(domain.PER_SESSION):
        write(servers[number % 2], session="one tab")
    for server in servers:
        with pytest.raises(BadInput, match="5 comments in 10 minutes"):
            write(server, session="one tab")
        server.close()


def _move_back(store: Store, minutes: int) -> None:
    """As if all tries had happened so many minutes before."""
    from datetime import UTC, datetime, timedelta

    then = (datetime.now(UTC) - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    store.write(lambda connection: connection.execute(update(tries).values(at=then)))


def test_what_the_trap_catches_is_kept_hidden_and_can_be_freed(store):
    kept = write(store, trapped=True)
    assert (kept.status, kept.trapped) == ("hidden", True)
    freed = comments.review(store, kept.id, "publish", "Tess", new_token())
    assert (freed.status, freed.trapped) == ("published", False)


def test_the_latest_decision_holds_and_every_one_stays_on_record(store):
    kept = write(store)
    published = comments.review(store, kept.id, "publish", "Tess", new_token())
    assert (published.status, published.answer) == ("published", "")
    answered = comments.review(
        store, kept.id, "answer", "Sam", new_token(), answer=" It is the median.\nYes. "
    )
    assert (answered.status, answered.answer) == ("published", "It is the median.\nYes.")
    hidden = comments.review(store, kept.id, "hide", "Tess", new_token())
    assert (hidden.status, hidden.answer) == ("hidden", "")
    assert [(r.decision, r.by) for r in reread(store, kept).reviews] == [
        ("publish", "Tess"), ("answer", "Sam"), ("hide", "Tess"),
    ]  # fmt: skip
    assert reread(store, kept).text == kept.text


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("burn", "Tess"), "'burn' decides nothing."),
        (("forget", "Tess"), "'forget' decides nothing."),
        (("publish", " "), "Your name is empty."),
        (("answer", "Tess"), "The answer is empty."),
    ],
)
def test_a_decision_that_is_none_is_refused(store, arguments, what):
    kept = write(store)
    with pytest.raises(BadInput) as error:
        comments.review(store, kept.id, *arguments, new_token())
    assert error.value.what == what
    assert reread(store, kept).status == "held"


def test_there_is_nothing_to_decide_on_a_comment_that_is_not_there(store):
    for do in (lambda: comments.review(store, "gone", "hide", "Tess", new_token()),
               lambda: comments.forget(store, "gone", "Tess", new_token())):  # fmt: skip
        with pytest.raises(BadInput, match="There is no such comment"):
            do()


def test_two_clicks_decide_once_and_a_token_is_for_one_thing(store):
    kept, token = write(store), new_token()
    for _ in range(2):
        found = comments.review(store, kept.id, "hide", "Tess", token, seen=0)
    assert len(found.reviews) == 1
    with pytest.raises(BadInput, match="The token is not valid"):
        comments.review(store, kept.id, "publish", "Tess", token)


def test_who_decides_on_what_has_changed_is_told(store):
    kept = write(store)
    comments.review(store, kept.id, "hide", "Tess", new_token(), seen=kept.last)
    with pytest.raises(BadInput, match="Somebody else has decided"):
        comments.review(store, kept.id, "publish", "Sam", new_token(), seen=kept.last)
    assert reread(store, kept).status == "hidden"


def test_of_two_who_decide_at_the_same_moment_one_is_told(store):
    kept = write(store)

    def decide(decision: str) -> str:
        try:
            comments.review(store, kept.id, decision, "Tess", new_token(), seen=0)
        except BadInput:
            return "told"
        return "done"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(decide, ["publish", "hide"] * 2)) == ["done", "told", "told", "told"]


def test_personal_data_can_be_deleted_and_only_that(store):
    kept = write(store, name="Ann", email="ann@acme.com")
    other = write(store, name="Bob")
    published = comments.review(store, kept.id, "publish", "Tess", new_token())
    token = new_token()
    for _ in range(2):
        found = comments.forget(store, kept.id, "Tess", token)
    people = comments.people(store)
    assert kept.id not in people
    assert people[other.id] == Person("Bob", "")
    assert (found.text, found.organisation, found.status) == (kept.text, kept.organisation, published.status)
    assert found.forgotten is not None
    assert (found.forgotten.by, len(found.reviews)) == ("Tess", 2)
    assert "Ann" not in str(rows(store, table)) + str(rows(store, comment_reviews)[-1:])


def test_the_stamp_changes_with_whatever_a_page_shows(store):
    stamps = [comments.stamp(store)]
    kept = write(store, name="Ann")
    stamps.append(comments.stamp(store))
    assert comments.stamp(store) == stamps[-1]
    comments.review(store, kept.id, "publish", "Tess", new_token())
    stamps.append(comments.stamp(store))
    comments.forget(store, kept.id, "Tess", new_token())
    stamps.append(comments.stamp(store))
    assert len(set(stamps)) == len(stamps)


def test_json_names_nobody_unless_it_is_asked_to(store):
    kept = comments.review(store, write(store, name="Ann").id, "answer", "Tess", new_token(), answer="Yes.")
    plain = domain.as_json(kept)
    assert tuple(plain) == domain.COLUMNS
    assert (plain["status"], plain["answer"], plain["decided_by"]) == ("published", "Yes.", "Tess")
    named = domain.as_json(kept, Person("Ann", ""))
    assert tuple(named) == (*domain.COLUMNS, *domain.PERSONAL)


def test_comments_are_counted_by_what_became_of_them(store):
    held, hidden, answered = write(store), write(store, trapped=True), write(store)
    answered = comments.review(store, answered.id, "answer", "Tess", new_token(), answer="Yes.")
    assert domain.counted([held, hidden, answered]) == {
        "held": 1, "published": 1, "hidden": 1, "answered": 1, "trapped": 1,
    }  # fmt: skip
