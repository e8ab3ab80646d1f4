"""The phone's addresses: what they answer, what they refuse, and how quick they are."""

import json
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import insert
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lmi.answers import room_lists
from lmi.answers.room import facilitate
from lmi.contributions import convenings, known, opened, room_limits, tables
from lmi.contributions.typed import hashed, new_code, new_token
from lmi.domain.convening import MOST_NOMINATED, Convening
from lmi.warehouse import build
from lmi.web import desk as web_desk
from lmi.web import limits, room, rooms
from lmi.web.bodies import MOST_BYTES

NURSE, ELECTRICIAN, CASHIER = "29-1141", "47-2111", "41-2011"
HOSTILE = [
    "<script>alert(1)</script>", "'; drop table entries; --", "🤖 \U0001f469\u200d\U0001f527", "{{7*7}}",
    "\u200fمهندس\u200f ABC", "=1+1", "a\x00b", "\ud800half", "\u202eevil", "%s %n ../../etc", "\x00\x07",
]  # fmt: skip


@pytest.fixture(autouse=True)
def at_the_small_desk(monkeypatch, small_desk):
    monkeypatch.setattr(rooms, "FRESH", 0.0)  # what the tests do without a phone is seen at once
    monkeypatch.setattr(room, "desk", lambda: small_desk)


@pytest.fixture(autouse=True)
def no_guess_was_wrong_yet(monkeypatch):
    """Every test comes from addresses of its own."""
    run = uuid.uuid4().hex
    monkeypatch.setattr(limits, "_place", lambda client: hashed(client + run))
    monkeypatch.setattr(limits, "MOST_OVERALL", 10_000)


@pytest.fixture(scope="module")
def http() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=room.ROUTES)) as client:
        yield client


def convening(rehearsal: bool = False) -> Convening:
    store = opened.rehearsals() if rehearsal else opened.store()
    return convenings.create(
        store, "Health care", "12420", "2026-11-25", "Austin", "Coordinator", new_token(), rehearsal=rehearsal
    )


@pytest.fixture
def meeting() -> Convening:
    return convening()


def lead(meeting: Convening, kind: str, subject: str = "", **value: str) -> None:
    """Let the facilitator do something."""
    store = opened.store_of(meeting.id)
    socs = {NURSE, ELECTRICIAN, CASHIER}
    facilitate(
        store, rooms.room(store, meeting, fresh=True), kind, new_token(), "Coordinator", socs, subject, value
    )


@dataclass
class Phone:
    """One participant's phone."""

    http: TestClient
    meeting: Convening
    name: str = "Ana"
    organisation: str = "River Hospital"
    secret: str = field(default_factory=lambda: secrets.token_hex(32))
    token: str = field(default_factory=new_token)

    def join(self, **changed: Any) -> Any:
        body = {"code": self.meeting.code, "name": self.name, "organisation": self.organisation, "role": "HR",
                "token": self.token, "secret": self.secret}  # fmt: skip
        return self.http.post("/room/join", json=body | changed)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    def state(self, since: str = "") -> Any:
        query = {"meeting": self.meeting.id, "since": since}
        return self.http.get("/room/state", params=query, headers=self.headers)

    def say(self, kind: str, **said: Any) -> Any:
        body = {"meeting": self.meeting.id, "kind": kind, "token": new_token()} | said
        content = json.dumps(body).encode()  # half characters too
        headers = self.headers | {"Content-Type": "application/json"}
        return self.http.post("/room/say", content=content, headers=headers)

    def cards(self) -> dict[str, Any]:
        return {card["id"]: card for card in self.state().json()["cards"]}


@pytest.fixture
def phone(http, meeting) -> Phone:
    found = Phone(http, meeting)
    assert found.join().status_code == 200
    return found


def refused(answer: Any, status: int = 400) -> str:
    """The first line of a refusal, which has three parts."""
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert set(error) == {"what", "why", "next"}
    assert all(error.values())
    return error["what"]


def test_the_page_runs_only_what_is_its_own(http):
    page = http.get("/join", params={"code": "ABC234"})
    policy = page.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["referrer-policy"] == "no-referrer"  # the code is in the address
    assert page.headers["cache-control"] == "no-store"
    assert "ABC234" not in page.text
    assert "style=" not in page.text
    assert "http" not in page.text.replace("http-equiv", "")


def test_the_page_is_small_and_its_parts_are_kept_until_they_change(http):
    page = http.get("/join")
    size = len(page.content)
    for name in ("phone.css", "phone.js"):
        address = page.text.split(f'"join/{name}')[1].split('"')[0]
        part = http.get(f"/join/{name}{address}")
        assert "immutable" in part.headers["cache-control"]
        assert "immutable" not in http.get(f"/join/{name}?other").headers["cache-control"]
        assert part.headers["x-content-type-options"] == "nosniff"
        size += len(part.content)
    assert size < 40_000


def test_the_script_makes_no_markup_of_text_and_asks_nobody_else(http):
    script = http.get("/join/phone.js").text
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "http://",
        "https://",
    ):
        assert word not in script, word


@pytest.mark.parametrize("name", ["room.py", "..%2froom.py", "phone.html", "x"])
def test_no_other_file_is_handed_out(http, name):
    assert http.get(f"/join/{name}").status_code == 404


def test_a_code_tells_which_convening_and_not_who_is_in(http, meeting, phone):
    for typed in (meeting.code, meeting.code.lower(), f" {meeting.code[:3]}-{meeting.code[3:]} "):
        found = http.post("/room/look", json={"code": typed}).json()
        assert (found["meeting"], found["industry"]) == (meeting.id, "Health care")
        assert found["organisations"] == []


def test_organizations_are_offered_to_who_types_their_beginning(http, meeting, phone):
    def offered(typed: object) -> list[str]:
        asked = {"code": meeting.code, "organisation": typed}
        return http.post("/room/look", json=asked).json()["organisations"]

    for beginning in ("ri", "RI", "The River", "River Hospital, Inc."):
        assert offered(beginning) == ["River Hospital"], beginning
    for other in ("", "r", " r", "r!", "\u200br", "hospital", "River Hospitals", "%", ".*"):
        assert offered(other) == [], other
    refused(http.post("/room/look", json={"code": meeting.code, "organisation": ["ri"]}))


def test_who_joined_is_in_and_waits(phone):
    seen = phone.state().json()
    assert (seen["step"], seen["cards"]) == ("welcome", [])
    assert seen["me"] == {"name": "Ana", "organisation": "River Hospital"}


@pytest.mark.parametrize("missing", ["name", "organisation", "token", "secret"])
def test_joining_needs_name_organization_token_and_secret(http, meeting, missing):
    refused(Phone(http, meeting).join(**{missing: ""}))
    assert not convenings.people(opened.store(), meeting.id)


def test_joining_twice_with_the_same_token_is_joining_once(phone, meeting):
    assert phone.join().json() == phone.join().json()
    assert len(convenings.people(opened.store(), meeting.id)) == 1


def test_somebody_elses_place_is_not_given_away(phone, http, meeting):
    thief = Phone(http, meeting, name="Eve", token=phone.token)
    assert refused(thief.join()) == "You could not join."
    refused(thief.state(), 401)
    assert phone.state().json()["me"]["name"] == "Ana"


def test_nothing_happened_is_told_in_a_word(phone, meeting, http):
    seen = phone.state().json()
    assert phone.state(seen["stamp"]).json() == {"same": True}
    lead(meeting, "step", "nominate")
    assert phone.state(seen["stamp"]).json()["step"] == "nominate"
    stamp = phone.state().json()["stamp"]
    Phone(
        http, meeting, name="Ben", organisation="Other"
    ).join()  # what others do is not this phone's concern
    assert phone.state(stamp).json() == {"same": True}
    lead(meeting, "pause")
    assert phone.state(stamp).json()["paused"] is True


def test_nominating_and_taking_back(phone, meeting):
    assert refused(phone.say("nominate", subject=NURSE)) == "It is too early for this."
    lead(meeting, "step", "nominate")
    seq = phone.say("nominate", subject=NURSE).json()["seq"]
    own = phone.say("nominate", subject="own", words="Night nurse lead").json()["seq"]
    named = phone.state().json()["named"]
    assert [(n["seq"], n["title"]) for n in named] == [(seq, "Registered Nurses"), (own, "Night nurse lead")]
    assert phone.say("withdraw", subject=str(seq)).status_code == 200
    assert [n["seq"] for n in phone.state().json()["named"]] == [own]
    assert refused(phone.say("withdraw", subject=str(seq))) == "It cannot be taken back."


def test_more_than_five_are_refused(phone, meeting):
    lead(meeting, "step", "nominate")
    for number in range(MOST_NOMINATED):
        assert phone.say("nominate", subject="own", words=f"Job {number}").status_code == 200
    assert refused(phone.say("nominate", subject=NURSE)) == "It was not added."


def test_an_answer_sent_again_is_kept_once(phone, meeting):
    lead(meeting, "step", "nominate")
    token = new_token()
    seqs = {phone.say("nominate", subject=NURSE, token=token).json()["seq"] for _ in range(3)}
    assert len(seqs) == 1
    assert len(phone.state().json()["named"]) == 1


def test_a_token_of_somebody_else_is_refused(phone, meeting, http):
    lead(meeting, "step", "nominate")
    token = new_token()
    phone.say("nominate", subject=NURSE, token=token)
    other = Phone(http, meeting, name="Ben", organisation="Other")
    other.join()
    assert refused(other.say("nominate", subject=ELECTRICIAN, token=token)) == "The token is not valid."
    assert other.state().json()["named"] == []


def to_the_end(phone: Phone, meeting: Convening) -> None:
    lead(meeting, "step", "nominate")
    for soc in (NURSE, ELECTRICIAN):
        phone.say("nominate", subject=soc)
    for step in ("group", "discuss", "map", "sources", "close"):
        lead(meeting, "step", step)


def test_each_step_asks_its_questions(phone, meeting):
    to_the_end(phone, meeting)
    cards = phone.cards()
    critical = cards[f"answer critical {NURSE}"]
    assert (critical["asks"], critical["about"]) == ("What makes it critical?", "Registered Nurses")
    assert ["hard", "It is hard to fill"] in critical["choices"]
    lacking = cards[f"answer lacking {NURSE}"]["choices"]
    assert ["2.C.5.a", "Medicine and Dentistry"] in lacking
    assert cards[f"answer before {NURSE}"]["list"] == "socs"
    assert any("Registered Nurs" in words for _, words in cards["answer programs"]["choices"])
    assert cards["sign"]["choices"][0] == ["yes", "Yes, this is what was said"]
    assert [card["step"] for card in cards.values()] == sorted(
        (card["step"] for card in cards.values()),
        key=["nominate", "discuss", "map", "sources", "close"].index,
    )


def test_a_second_answer_takes_the_place_of_the_first(phone, meeting):
    to_the_end(phone, meeting)
    said = {"question": "critical", "subject": NURSE}
    phone.say("answer", **said, choices=["hard"], words="Nights")
    phone.say("answer", **said, choices=["growth", "core"])
    card = f"answer critical {NURSE}"
    assert phone.state().json()["answers"][card] == {"choices": ["growth", "core"], "choice": "", "words": ""}
    counted = rooms.room(opened.store(), meeting, fresh=True).counted("critical", NURSE)
    assert {row.choice for row in counted} == {"growth", "core"}


def test_only_what_the_lists_hold_can_be_chosen(phone, meeting):
    to_the_end(phone, meeting)
    lacking = {"question": "lacking", "subject": NURSE}
    for said in (lacking, {"question": "programs"}):
        sent = phone.say("answer", **said, choices=["Call.John-Smith:303-555-0100"])
        assert refused(sent) == "This cannot be chosen."
    program = phone.cards()["answer programs"]["choices"][0][0]
    assert phone.say("answer", **lacking, choices=["2.C.5.a"]).status_code == 200
    assert phone.say("answer", question="programs", choices=[program]).status_code == 200
    asked = {"question": "before", "subject": CASHIER, "choices": [NURSE]}
    assert refused(phone.say("answer", **asked)) == "This occupation is not asked about."


def test_a_program_that_left_the_list_keeps_its_words_and_holds_up_no_answer(phone, meeting):
    to_the_end(phone, meeting)
    who = convenings.people(opened.store(), meeting.id)[0].id
    gone, good = "local:0123456789ab", phone.cards()["answer programs"]["choices"][0][0]
    assert refused(phone.say("answer", question="programs", choices=[gone])) == "This cannot be chosen."
    value = {"choices": [gone], "kept": {gone: {"words": "Old welding course"}}}
    convenings.say(opened.store(), meeting.id, who, "answer", "", value, new_token(), "programs")
    assert phone.say("answer", question="programs", choices=[gone, good]).status_code == 200
    assert phone.state().json()["names"][gone] == "Old welding course"
    sent = phone.say("answer", question="programs", choices=[gone, "local:ba9876543210"])
    assert refused(sent) == "This cannot be chosen."


def test_who_is_set_aside_is_told_and_comes_back(phone, meeting):
    to_the_end(phone, meeting)
    who = convenings.people(opened.store(), meeting.id)[0].id
    lead(meeting, "aside", who)
    for sent in (phone.state(), phone.say("sign", choice="yes")):
        assert refused(sent, 403) == "The facilitator has set you aside."
    assert not rooms.room(opened.store(), meeting, fresh=True).nominated
    lead(meeting, "back", who)
    assert len(phone.state().json()["named"]) == 2


def test_too_much_at_once_is_to_be_sent_again(http, phone, meeting, monkeypatch):
    to_the_end(phone, meeting)
    monkeypatch.setattr(room_limits, "MOST_A_MINUTE", 3)
    monkeypatch.setattr(room_limits, "MOST_JOINS", 1)
    assert phone.say("sign", choice="yes").status_code == 200
    waits = phone.say("sign", choice="no")
    assert refused(waits, 429) == "This is too much at once."
    assert "retry-after" not in waits.headers  # so a phone tries again by itself
    assert refused(Phone(http, meeting, name="Ben").join(), 429) == "Very many are joining."
    assert phone.join().status_code == 200  # who is in is in


def test_what_was_found_by_typing_comes_back_with_its_title(phone, meeting):
    to_the_end(phone, meeting)
    phone.say("answer", question="before", subject=NURSE, choices=[CASHIER])
    names = phone.state().json()["names"]
    assert names == {CASHIER: "Cashiers"}


def test_moves_that_answers_state_are_voted_on_and_no_invented_ones(phone, meeting):
    to_the_end(phone, meeting)
    phone.say("answer", question="before", subject=NURSE, choices=[CASHIER])
    move = f"{CASHIER}>{NURSE}"
    card = phone.cards()[f"vote {move}"]
    assert (card["from"], card["to"]) == ("Cashiers", "Registered Nurses")
    assert phone.say("vote", subject=move, choice="yes", words="Often").status_code == 200
    assert phone.say("vote", subject=move, choice="no").status_code == 200
    assert phone.state().json()["answers"][f"vote {move}"]["choice"] == "no"
    assert (
        refused(phone.say("vote", subject=f"{ELECTRICIAN}>{CASHIER}", choice="yes"))
        == "There is no vote on this."
    )
    assert refused(phone.say("vote", subject=move, choice="maybe")) == "Nothing was chosen."


def test_signing(phone, meeting):
    to_the_end(phone, meeting)
    assert phone.say("sign", choice="yes", words="Well run").status_code == 200
    assert phone.state().json()["answers"]["sign"]["choice"] == "yes"


def test_a_late_comer_gets_every_question_that_was_asked(phone, meeting, http):
    to_the_end(phone, meeting)
    late = Phone(http, meeting, name="Cem", organisation="Late Ltd")
    late.join()
    assert set(late.cards()) == set(phone.cards())
    assert late.say("nominate", subject=CASHIER).status_code == 200


def test_a_reload_finds_everything_again(phone, meeting, http):
    to_the_end(phone, meeting)
    phone.say("answer", question="talent", choices=["boards"], words="Also radio")
    again = Phone(http, meeting, secret=phone.secret)
    assert again.state().json()["answers"]["answer talent"]["words"] == "Also radio"
    assert len(again.state().json()["named"]) == 2


def test_after_the_end_nothing_is_taken_and_everything_is_shown(phone, meeting, http):
    to_the_end(phone, meeting)
    lead(meeting, "end")
    assert phone.state().json()["ended"] is True
    assert len(phone.state().json()["named"]) == 2
    assert refused(phone.say("sign", choice="yes")) == "The convening has ended."
    assert refused(Phone(http, meeting, name="Ben").join()) == "You could not join."


def test_a_paused_room_still_takes_what_is_being_said(phone, meeting):
    to_the_end(phone, meeting)
    lead(meeting, "pause")
    assert phone.say("sign", choice="yes").status_code == 200


def test_what_the_facilitator_enters_for_somebody_shows_on_their_phone(phone, meeting):
    lead(meeting, "step", "nominate")
    stamp = phone.state().json()["stamp"]
    store = opened.store()
    person = convenings.people(store, meeting.id)[0]
    convenings.say(store, meeting.id, person.id, "nominate", NURSE, {}, new_token(), by="Coordinator")
    assert phone.state(stamp).json()["named"][0]["title"] == "Registered Nurses"


def test_an_organization_put_right_by_the_facilitator_shows_so(phone, meeting):
    stamp = phone.state().json()["stamp"]
    person = convenings.people(opened.store(), meeting.id)[0]
    lead(meeting, "organisation", person.id, organisation="River Hospital System")
    assert phone.state(stamp).json()["me"]["organisation"] == "River Hospital System"


def test_a_deleted_name_is_gone_from_the_phone_too(phone, meeting):
    person = convenings.people(opened.store(), meeting.id)[0]
    convenings.forget_name(opened.store(), person.id)
    assert phone.state().json()["me"]["name"] == ""


def test_one_who_came_as_another_name_was_deleted_is_in(phone, meeting, http):
    phone.state()
    store = opened.store()
    Phone(http, meeting, name="Ben", organisation="Other", secret="b" * 32).join()
    convenings.forget_name(store, convenings.people(store, meeting.id)[0].id)  # the stamp is as it was
    assert Phone(http, meeting, secret="b" * 32).state().json()["me"]["name"] == "Ben"


def test_a_rehearsal_works_alike_and_leaves_no_trace(http):
    practised = convening(rehearsal=True)
    phone = Phone(http, practised)
    assert phone.join().status_code == 200
    lead(practised, "step", "nominate")
    assert phone.say("nominate", subject=NURSE).status_code == 200
    seen = phone.state().json()
    assert seen["meeting"]["rehearsal"] is True
    assert len(seen["named"]) == 1
    assert convenings.get(opened.store(), practised.id) is None
    assert not convenings.said(opened.store(), practised.id)


def test_occupations_and_programs_are_found_by_typing(phone):
    def find(**query: str) -> list[dict[str, str]]:
        asked = {"meeting": phone.meeting.id} | query
        return phone.http.get("/room/find", params=asked, headers=phone.headers).json()["hits"]

    assert find(q="registered nurse")[0] == {"id": NURSE, "words": "Registered Nurses", "also": ""}
    assert all("Nurs" in hit["words"] for hit in find(q="nursing registered", list="programs"))
    assert find(q="", list="programs") == find(q="") == []
    for text in [*HOSTILE[:7], "x" * 5_000]:
        assert isinstance(find(q=text), list)


def test_only_who_is_in_the_room_may_search_it(http, meeting):
    query = {"meeting": meeting.id, "q": "nurse"}
    refused(http.get("/room/find", params=query), 401)
    refused(http.get("/room/find", params=query | {"meeting": "x"}), 404)


def test_hostile_text_is_kept_as_text_or_refused_by_either_database(http, store, monkeypatch):
    monkeypatch.setattr(opened, "store", lambda: store)
    json_of = {"Content-Type": "application/json"}
    for text in HOSTILE:
        meeting = convening()
        phone = Phone(http, meeting)
        body = {"code": meeting.code, "name": text, "organisation": f"Org {text}", "role": text,
                "token": phone.token, "secret": phone.secret}  # fmt: skip
        sent = http.post("/room/join", content=json.dumps(body), headers=json_of)
        if sent.status_code == 400:  # nothing in it that could be a name
            assert refused(sent) == "Your name is empty."
            phone.join()
        lead(meeting, "step", "nominate")
        phone.say("nominate", subject="own", words=f"Job {text}")
        title = phone.state().json()["named"][0]["title"]
        assert title.startswith("Job")
        assert not set(title) & set("\x00\x07\u202e\ud800")
        if text.isprintable():
            assert title == f"Job {text}"
        for part in ("kind", "question", "subject", "choice", "token"):
            assert phone.say(**{"kind": "answer", "question": "talent", part: text}).status_code == 400
        found = http.get("/room/find", params={"meeting": text.encode("utf-8", "replace"), "q": "x"})
        assert found.status_code == 404


@pytest.mark.parametrize("wrong", [None, 5, True, ["a"], {"a": 1}, [[]], 1e999])
def test_wrong_types_are_refused_in_words(phone, meeting, wrong):
    to_the_end(phone, meeting)
    good = {
        "kind": "answer",
        "question": "talent",
        "subject": "",
        "choices": ["boards"],
        "choice": "",
        "words": "",
    }
    for name in ("kind", "question", "token", "meeting"):
        assert phone.say(**(good | {name: wrong})).status_code in (400, 404)
    for name in ("choices", "choice", "words", "subject"):
        assert phone.say(**(good | {name: wrong})).status_code in (200, 400)
    for name in ("name", "organisation", "role", "token", "secret"):
        assert phone.join(**{name: wrong}).status_code == 400 if wrong != 1e999 else True
    json.dumps(phone.state().json())


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{", b"\xff\xfe", b"[" * 10_000, b'{"a":' * 2_000, b"9" * 6_000]
)
def test_what_is_no_json_is_refused(http, body):
    sent = http.post("/room/say", content=body, headers={"Content-Type": "application/json"})
    assert refused(sent) == "This cannot be read."


def test_a_form_of_another_page_is_refused(http, phone):
    body = json.dumps({"meeting": phone.meeting.id, "kind": "sign"})
    refused(http.post("/room/say", content=body, headers=phone.headers | {"Content-Type": "text/plain"}))


@pytest.mark.parametrize("known_length", [True, False])
def test_a_megabyte_is_refused_before_it_is_read(phone, known_length):
    text = json.dumps({"meeting": phone.meeting.id, "words": "a" * 1_000_000}).encode()
    content = text if known_length else iter([text[i : i + 8_192] for i in range(0, len(text), 8_192)])
    headers = phone.headers | {"Content-Type": "application/json"}
    sent = phone.http.post("/room/say", content=content, headers=headers)
    assert refused(sent, 413) == "This is too much at once."
    assert MOST_BYTES < 20_000


def test_too_long_words_are_refused_and_not_cut(phone, meeting):
    to_the_end(phone, meeting)
    assert refused(phone.say("answer", question="talent", words="a" * 601)) == "Your text is too long."


@pytest.mark.parametrize("secret", ["", "x", "a" * 64, "' or 1=1 --", "é" * 40])
def test_nobody_is_let_in_without_their_secret(phone, secret):
    headers = {"Authorization": f"Bearer {secret}".encode()}
    for answer in (
        phone.http.get("/room/state", params={"meeting": phone.meeting.id}, headers=headers),
        phone.http.post("/room/say", json={"meeting": phone.meeting.id, "kind": "sign"}, headers=headers),
    ):
        assert refused(answer, 401) == "You are not in this room."


def test_a_secret_opens_its_own_room_only(phone, http):
    other = convening()
    refused(http.get("/room/state", params={"meeting": other.id}, headers=phone.headers), 401)


@pytest.mark.parametrize("meeting_id", ["", "x", "0" * 32, "r" + "0" * 32, "../x", "\x00"])
def test_a_convening_that_is_not_there_is_told(http, phone, meeting_id):
    refused(http.get("/room/state", params={"meeting": meeting_id}, headers=phone.headers), 404)


def test_codes_cannot_be_guessed_by_the_thousand(http, meeting, phone, monkeypatch):
    monkeypatch.setattr(limits, "MOST_HERE", 20)
    answers = [http.post("/room/look", json={"code": new_code()}).status_code for _ in range(60)]
    assert answers == [404] * 20 + [429] * 40
    other = convening()  # nobody at this address has had its code right: a right guess is no way around it
    held = http.post("/room/look", json={"code": other.code})
    assert refused(held, 429) == "There were too many wrong tries."
    assert 0 < int(held.headers["retry-after"]) <= 60 * limits.MINUTES_HERE
    assert held.json() == http.post("/room/look", json={"code": new_code()}).json(), "they look the same"
    assert refused(Phone(http, other).join(), 429)
    assert phone.state().status_code == 200  # who is in stays in


def test_where_the_code_was_right_before_nobody_shuts_the_others_out(http, phone, meeting, monkeypatch):
    monkeypatch.setattr(limits, "MOST_HERE", 3)
    monkeypatch.setattr(limits, "MOST_OVERALL", 3)
    for _ in range(10):
        http.post("/room/look", json={"code": new_code()})
    assert http.post("/room/look", json={"code": new_code()}).status_code == 429
    assert http.post("/room/look", json={"code": meeting.code}).status_code == 200
    assert Phone(http, meeting, name="Bo", organisation="Hill Clinic").join().status_code == 200
    monkeypatch.setattr(known, "HOURS", 0)
    assert http.post("/room/look", json={"code": meeting.code}).status_code == 429


def test_the_address_of_the_facilitator_has_the_code(http, monkeypatch):
    monkeypatch.setattr(limits, "MOST_HERE", 1)
    limits.failed(limits.CODE, "testclient")
    for practised in (False, True):
        other = convening(practised)
        assert http.post("/room/look", json={"code": other.code}).status_code == 429
        known.make_known(other, "testclient")
        known.make_known(other, "testclient")
        assert http.post("/room/look", json={"code": other.code}).status_code == 200


def test_what_is_known_of_a_rehearsal_is_not_kept_on_disk(http):
    other = convening(rehearsal=True)
    before = len(limits.tries.since(opened.store(), "code right", 60))
    assert http.post("/room/look", json={"code": other.code}).status_code == 200
    assert known.is_known(other, "testclient")
    assert len(limits.tries.since(opened.store(), "code right", 60)) == before


def test_right_codes_pass_however_many_share_an_address(http, meeting):
    for _ in range(limits.MOST_HERE - 1):
        limits.failed(limits.CODE, "testclient")
    for number in range(40):
        phone = Phone(http, meeting, name=f"Person {number}", organisation=f"Org {number}")
        assert phone.join().status_code == 200


@pytest.mark.parametrize("kind", ["names", "end"])
def test_organizations_are_told_only_while_names_are_shown_and_somebody_can_join(phone, http, meeting, kind):
    def told() -> list[str]:
        asked = {"code": meeting.code, "organisation": "river"}
        return http.post("/room/look", json=asked).json()["organisations"]

    assert told() == ["River Hospital"]
    lead(meeting, kind, "hidden" if kind == "names" else "")
    assert told() == []


def test_everybody_together_is_limited_too(http, monkeypatch, meeting):
    monkeypatch.setattr(limits, "MOST_OVERALL", len(limits.tries.since(opened.store(), "code", 60)) + 3)
    places = iter(f"place {number}" for number in range(100))
    monkeypatch.setattr(limits, "_place", lambda client: next(places))
    answers = [http.post("/room/look", json={"code": new_code()}).status_code for _ in range(5)]
    assert answers == [404, 404, 404, 429, 429]


def test_wrong_secrets_are_limited_and_right_ones_never(http, phone, monkeypatch):
    monkeypatch.setattr(limits, "MOST_HERE", 20)
    headers = {"Authorization": "Bearer " + "a" * 64}
    query = {"meeting": phone.meeting.id}
    answers = [http.get("/room/state", params=query, headers=headers).status_code for _ in range(25)]
    assert answers == [401] * 20 + [429] * 5
    assert phone.state().status_code == 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True), ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
     ("10.0.0.1", "10.0.0.2", False), ("::ffff:10.0.0.1", "10.0.0.1", True),
     ("fe80::1%eth0", "fe80::2", True)],
)  # fmt: skip
def test_an_address_is_counted_by_its_line(one, other, same, monkeypatch):
    monkeypatch.undo()
    assert (limits._place(one) == limits._place(other)) == same
    assert one not in limits._place(one)


def test_an_unreadable_database_is_told_without_its_name(http, phone, monkeypatch):
    store = opened.store()
    monkeypatch.setattr(
        convenings,
        "stamp",
        lambda *_: (_ for _ in ()).throw(store._failed("cannot be read", OSError("boom"))),
    )
    answer = phone.state()
    assert refused(answer, 503) == "It did not work."
    assert "sqlite" not in answer.text
    assert "boom" not in answer.text


def test_a_mistake_of_ours_is_told_in_words(phone, monkeypatch):
    monkeypatch.setattr(room, "_view", lambda _: 1 // 0)
    assert refused(phone.state(), 500) == "It could not be answered."


def fill(meeting: Convening, people: int, answers: int) -> list[str]:
    """People with so many answers each, written at once; the secrets of their phones."""
    made = [secrets.token_hex(32) for _ in range(people)]
    ids = [new_token() for _ in made]
    joined = [
        {"id": key, "convening_id": meeting.id, "joined_at": f"2026-11-25T10:00:00.{i:06}Z",
         "organisation": f"Org {i % 25}", "joined_by": "", "secret_hash": hashed(secret),
         "token": new_token()}
        for i, (key, secret) in enumerate(zip(ids, made, strict=True))
    ]  # fmt: skip
    said = [
        {"convening_id": meeting.id, "participant_id": key, "at": "2026-11-25T10:00:00.000000Z", "by": "",
         "kind": "answer", "question": question, "subject": soc, "token": new_token(),
         "value": json.dumps({"choices": [CASHIER if question == "before" else "hard"], "words": "So"})}
        for key in ids
        for question in ("critical", "lacking", "before", "after")
        for soc in (NURSE, ELECTRICIAN)
        for _ in range(answers // 8)
    ]  # fmt: skip
    opened.store().write(lambda connection: connection.execute(insert(tables.participants), joined))
    names = [{"participant_id": key, "name": f"P {key[:4]}"} for key in ids]
    opened.store().write(lambda connection: connection.execute(insert(tables.participant_names), names))
    opened.store().write(lambda connection: connection.execute(insert(tables.entries), said))
    return made


def test_a_full_room_is_read_once_and_then_only_what_is_new(http, meeting, monkeypatch):
    phones = [Phone(http, meeting, secret=secret) for secret in fill(meeting, 100, 40)]
    to_the_end(phones[0], meeting)
    read: list[int] = []
    said = convenings.said

    def counted(*args: Any) -> Any:
        found = list(said(*args))
        read.append(len(found))
        return found

    monkeypatch.setattr(convenings, "said", counted)
    rooms.forget(opened.store(), meeting.id)
    stamps = [phone.state().json()["stamp"] for phone in phones]
    assert len(read) == 1
    assert read[0] > 4_000
    for phone, stamp in zip(phones[:15], stamps[:15], strict=True):
        phone.say("sign", choice="yes")
        assert phone.state().json()["stamp"] != stamp
    assert read[1:]
    assert sum(read[1:]) == 15


def test_a_room_is_looked_at_seldom_but_a_phone_sees_what_it_said(phone, meeting, monkeypatch):
    lead(meeting, "step", "nominate")
    stamp = phone.state().json()["stamp"]
    monkeypatch.setattr(rooms, "FRESH", 3_600.0)
    asked: list[str] = []
    look = convenings.stamp
    monkeypatch.setattr(convenings, "stamp", lambda *args: asked.append("") or look(*args))
    assert [phone.state(stamp).json() for _ in range(5)] == [{"same": True}] * 5
    assert not asked
    phone.say("nominate", subject=NURSE)
    assert len(phone.state(stamp).json()["named"]) == 1


def test_the_desk_is_opened_once_and_again_when_a_file_changes(own_places, monkeypatch):
    monkeypatch.setattr(web_desk, "here", lambda: own_places)
    monkeypatch.setattr(web_desk, "_open", web_desk._Open())
    monkeypatch.setattr(web_desk, "LOOK_AGAIN", 0.0)
    first = web_desk.desk()
    assert web_desk.desk() is first
    settings = own_places.settings
    text = settings.read_text(encoding="utf-8") + "\n# changed\n"
    settings.write_text(text, encoding="utf-8")
    second = web_desk.desk()
    assert second is not first
    assert second.warehouse is first.warehouse  # the same file stays open
    settings.write_text("no: [settings", encoding="utf-8")
    assert web_desk.desk() is second  # a mistake leaves the last good one
    settings.write_text(text, encoding="utf-8")
    build.build(own_places)
    third = web_desk.desk()
    assert third.warehouse is not first.warehouse  # the same name, but another file
    assert NURSE in room_lists.titles(third)
    third.warehouse.close()


def test_without_a_desk_it_is_said_why(own_places, monkeypatch):
    own_places.settings.write_text("no: [settings", encoding="utf-8")
    monkeypatch.setattr(web_desk, "here", lambda: own_places)
    monkeypatch.setattr(web_desk, "_open", web_desk._Open())
    with pytest.raises(web_desk.LmiError, match="settings"):
        web_desk.desk()
