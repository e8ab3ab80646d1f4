"""Who may do what: every line of docs/access.md is tried as reader, participant and coordinator.

An action is done the way its button does it, by the same function, so that a tab that was drawn for somebody
who is no coordinator any more is tried too."""

import re
import runpy
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit import config
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest

import lmi.web.room as web_room
from lmi.answers import room as answers
from lmi.answers import room_outcome
from lmi.answers.desk import Desk
from lmi.answers.room import room_of
from lmi.contributions import access as sign_ins
from lmi.contributions import adjustments, comments, convenings, opened, passcode
from lmi.contributions.store import Store
from lmi.contributions.tables import entries
from lmi.contributions.typed import new_secret, new_token
from lmi.domain.comments import Subject
from lmi.domain.convening import Convening
from lmi.domain.errors import LmiError
from lmi.places import ROOT, here
from lmi.sources import events_file, pathway_versions, pathways_edit
from lmi.ui import (
    access,
    capacity_form,
    comment_form,
    comment_review,
    comment_state,
    convening_behalf,
    convening_list,
    convening_record,
    convening_tools,
    event_form,
    event_restore,
    outcome_figure,
    outcome_panels,
    pathway_draft,
    room_acts,
    start,
    state,
)
from lmi.ui.state import View
from tests.pages.conftest import Open, part, shortened, texts, words

DOCS = (ROOT / "docs" / "access.md").read_text(encoding="utf-8")
ROLES = ("reader", "participant", "coordinator")
TABLE = {
    row[0]: dict(zip(ROLES, row[1:], strict=True))
    for row in re.findall(r"^\| ([^|]+?) \| (yes|no) \| (yes|no) \| (yes|no) \|$", DOCS, re.MULTILINE)
}
NURSE, PATHWAY, PRIVATE = "29-1141", "nursing", "What only the room may hear"
EVENT = {
    "employer": "Acme", "event_type": "opening", "jobs": "5", "announced": "2026-01-05", "effective": "",
    "county": "", "city": "Austin, TX", "area_code": "", "naics": "", "socs": "", "status": "announced",
    "confidence": "medium", "source_name": "Call", "source_url": "", "notes": "",
}  # fmt: skip
SEATS = {
    "provider": "Acme College", "program": "Welding", "soc": "51-4121", "area_code": "12420", "seats": "5",
    "source": "Call", "as_of": "2026-01",
}  # fmt: skip
_running: dict[str, Any] = {}


def script() -> None:
    """What runs as a page: one act with a view as the frame makes it."""
    from tests.pages import test_access

    test_access.run()


def run() -> None:
    """The part of the script that has this module's names. The address is not bound, as in a callback."""
    view = st.session_state["_view"] = state.read(_running["desk"])
    act = _running.pop("act", None)
    if act is not None:
        _running["found"] = act(view)


@dataclass
class World:
    """Somebody with a role in an installation of their own."""

    role: str
    desk: Desk
    store: Store
    convening: Convening
    secret: str  # of the participant's phone, '' for the others

    def page(self, act: Callable[[View], Any], **parts: str) -> AppTest:
        """Run an act as a page with an address; `found` is what it returned."""
        _running.update(desk=self.desk, act=act, found=None)
        app = AppTest.from_function(script, default_timeout=30)
        for name, value in parts.items():
            app.session_state[name] = value
        app.run()
        assert not app.exception, [e.message for e in app.exception]
        return app

    def result(self, act: Callable[[View], Any], **parts: str) -> Any:
        """What an act returns; None if it was refused in words."""

        def guarded(view: View) -> Any:
            try:
                return act(view)
            except LmiError:
                return None

        self.page(guarded, **parts)
        return _running["found"]

    def downloads(self, draw: Callable[[View], Any]) -> list[bytes]:
        """What the download buttons that are drawn give when clicked: outside a run, as Streamlit does it."""
        held: list[Callable[[], bytes | str]] = []
        with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as pool:
            patch.setattr(st, "download_button", lambda *_, data, **__: held.append(data))
            self.page(draw)
            assert held
            made = [pool.submit(one) for one in held]
            if isinstance(made[0].exception(), access.NotAllowed):
                assert all(isinstance(one.exception(), access.NotAllowed) for one in made)
                return []
            return [found if isinstance(found := one.result(), bytes) else found.encode() for one in made]

    def ask(self, path: str, **body: object) -> int:
        """The status with which the server answers a phone."""
        client = TestClient(Starlette(routes=web_room.ROUTES))
        head = {"Authorization": f"Bearer {self.secret or 'x' * 43}"}
        return int(client.post(path, json=body, headers=head).status_code)

    @property
    def room(self) -> Any:
        return room_of(self.store, self.convening)

    def count(self) -> int:
        """Entries in the room."""
        asked = select(func.count()).where(entries.c.convening_id == self.convening.id)
        return int(self.store.read(lambda connection: connection.scalar(asked)) or 0)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Convening, Mapping[str, str]]]:
    """A database with a convening in which three organizations have named one occupation."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('access')}/c.sqlite")
    convening = convenings.create(store, "Health", "12420", "2026-11-25", "", "Ann", new_token())
    answers.facilitate(store, room_of(store, convening), "step", new_token(), "Ann", {NURSE}, "nominate")
    secrets = {}
    for name in ("Acme", "Beta", "Gamma"):
        person, secrets[name] = convenings.join(store, convening.id, name, name, "", new_token())
        room = room_of(store, convening)
        for told in ({"subject": NURSE}, {"subject": "own", "words": f"{PRIVATE} {name}"}):
            answers.speak(store, room, person.id, "nominate", new_token(), {NURSE}, **told)
    yield store, convening, secrets
    store.close()


@pytest.fixture(params=ROLES)
def world(
    request: pytest.FixtureRequest, real_desk: Desk, kept: tuple[Store, Convening, Mapping[str, str]],
    monkeypatch_access: pytest.MonkeyPatch, record: Path, tmp_path: Path,
) -> World:  # fmt: skip
    """Somebody of each role, and files of their own."""
    store, convening, secrets = kept
    role = str(request.param)
    patch = monkeypatch_access
    patch.setattr(access, "role", lambda: "coordinator" if role == "coordinator" else "reader")
    patch.setattr(opened, "store", lambda: store)
    patch.setattr(web_room, "desk", lambda: real_desk)
    patch.setenv("LMI_CAPACITY", str(tmp_path / "training_capacity.csv"))
    own = tmp_path / "pathways.yaml"
    whole = (ROOT / "pathways.yaml").read_text(encoding="utf-8")
    own.write_text(shortened(whole, (PATHWAY, "electrical", "plumbing", "building")), encoding="utf-8")
    patch.setenv("LMI_PATHWAYS", str(own))
    patch.setenv("LMI_PATHWAY_VERSIONS", str(tmp_path / "versions"))
    return World(role, real_desk, store, convening, secrets["Acme"] if role == "participant" else "")


# Each takes the world and tells whether it was done.


def _reads(world: World) -> bool:
    """One page here; that a reader gets the pages with editors is tried below."""
    app = world.page(lambda _: runpy.run_path(str(ROOT / "pages" / "data.py")))
    return "sources" in part(app, "answer") and bool(app.get("dataframe"))


def _comments(world: World) -> bool:
    token, before = new_token(), len(comments.every(world.store))

    def act(view: View) -> None:
        st.session_state[comment_form._TURN] = (token, -1e9)
        st.session_state[f"comment-organisation-{token}"] = "Acme"
        st.session_state[f"comment-text-{token}"] = "A comment"
        comment_form._send(token, {"Overview": Subject("overview")}, view.area.code)

    world.page(act)
    return len(comments.every(world.store)) == before + 1


def _a_comment(world: World) -> Any:
    return comments.add(
        world.store, Subject("overview"), "12420", "Acme", "A comment", new_token(), name="Ana",
        email="ana@example.org", session=new_token(), address="192.0.2.1",
    )  # fmt: skip


def _sees_who_wrote(world: World) -> bool:
    one = _a_comment(world)

    def act(view: View) -> bool:
        held = any(c.id == one.id for c in comment_state.read(view).shown)
        assert held == (one.id in comment_review.people())
        return held

    return bool(world.result(act, queue="held"))


def _reviews(world: World) -> bool:
    one = _a_comment(world)
    world.page(lambda _: comment_review._review(one, "publish"))
    done = next(c for c in comments.every(world.store) if c.id == one.id).status == "published"
    forgot = _a_comment(world)

    def forget(_: View) -> None:
        st.session_state[f"sure-{forgot.id}-{forgot.last}"] = True
        comment_review._forget(forgot)

    world.page(forget)
    assert done == (forgot.id not in comments.people(world.store))
    return done


def _exports_comments(world: World) -> bool:
    one = _a_comment(world)
    found = world.downloads(lambda view: comment_review.exports(comment_state.read(view)))
    assert all(one.organisation.encode() in each for each in found)
    return len(found) == 2


def _joins(world: World) -> bool:
    status = world.ask(
        "/room/join", code=world.convening.code, name="Dee", organisation=f"Delta {world.role}", role="",
        token=new_token(), secret=new_secret(),
    )  # fmt: skip
    return status == 200


def _answers(world: World) -> bool:
    before = world.count()
    status = world.ask(
        "/room/say", meeting=world.convening.id, kind="nominate", subject="own",
        words=f"Own words of {world.role}", token=new_token(),
    )  # fmt: skip
    assert (status == 200) == (world.count() == before + 1)
    return status == 200


def _creates(world: World) -> bool:
    made = []
    for rehearsal in (False, True):
        store = opened.rehearsals() if rehearsal else world.store
        before = len(convenings.every(store))

        def act(view: View, rehearsal: bool = rehearsal) -> None:
            given = {"cluster": "", "industry": "Health", "area": "12420", "date": "2026-11-25", "place": ""}
            for name, value in given.items():
                st.session_state[f"w_new_{name}"] = value
            convening_list._create(view, new_token(), rehearsal)

        world.page(act)
        made.append(len(convenings.every(store)) == before + 1)
    assert made[0] == made[1]
    return made[0]


def _leads(world: World) -> bool:
    before = world.count()
    world.page(lambda _: room_acts.facilitate(world.convening, "names", new_token(), "hidden"))
    world.page(lambda _: room_acts.facilitate(world.convening, "pause", new_token()))
    assert world.count() in (before, before + 2)
    return world.count() == before + 2


def _sees_answers(world: World) -> bool:
    seen = []
    for show in ("", "projector"):
        app = world.page(
            lambda _: runpy.run_path(str(ROOT / "pages" / "convening.py")),
            meeting=world.convening.id,
            show=show,
        )
        seen.append(PRIVATE in texts(app))
    assert seen[0] == seen[1]
    return seen[0]


def _answers_for_somebody(world: World) -> bool:
    people, before = len(world.room.people), world.count()
    token, mark = new_token(), new_token()

    def join(_: View) -> None:
        for name, value in {"name": "Eve", "org": f"Epsilon {world.role}", "role": ""}.items():
            st.session_state[f"w_add_{name}_{token}"] = value
        convening_behalf._join(world.room, token)

    world.page(join)
    told = {"kind": "nominate", "token": mark, "subject": "own", "words": f"Said by {mark}"}
    world.result(lambda _: room_acts.speak(world.convening, world.room.people[1].id, [told]))
    joined = len(world.room.people) == people + 1
    assert joined == (world.count() == before + 1)
    return joined


def _forgets_names(world: World) -> bool:
    token = new_token()
    person, _ = convenings.join(world.store, world.convening.id, "Flo", "Acme", "", token)

    def act(_: View) -> None:
        st.session_state["w_forget_who"], st.session_state["w_forget_sure"] = person.id, True
        convening_tools._forget(world.room)

    world.page(act)
    return not world.room.person[person.id].name


def _downloads(world: World) -> bool:
    found = world.downloads(lambda view: convening_record.block(view, world.room))
    assert len(found) in (0, 3)
    return bool(found)


def _proposes(world: World) -> bool:
    keys = {name: f"k-{name}" for name in outcome_figure._KEYS}
    before = len(adjustments.of(world.store, world.convening.id))

    def act(view: View) -> None:
        told = {"number": 4_321.0, "why": f"Because of {world.role}", "who": ["Acme"]}
        for name, value in told.items():
            st.session_state[keys[name]] = value
        found = outcome_figure._published(view, NURSE, "12420", "openings_per_year")
        outcome_figure._propose(world.room, NURSE, "openings_per_year", found.as_json(), keys)

    world.page(act)
    return len(adjustments.of(world.store, world.convening.id)) == before + 1


def _decides(world: World) -> bool:
    def act(view: View) -> None:
        rows = adjustments.of(world.store, world.convening.id)
        item = room_outcome.outcome(view.desk, world.room, rows)[0]
        outcome_panels._decide(world.room, item, "decline", "", "", "")

    before = _decisions(world)
    world.page(act)
    return _decisions(world) == before + 1


def _decisions(world: World) -> int:
    return sum(len(one.reviews) for one in adjustments.of(world.store, world.convening.id))


def _logs_events(world: World) -> bool:
    path = here().events
    before = path.read_bytes()
    world.page(lambda view: event_form._write(view, event_form.NEW, None, EVENT, "AB"))
    added = path.read_bytes() != before
    row = events_file.load_events(path, here().events_journal, world.desk.event_known).rows.iloc[0]
    before = path.read_bytes()
    world.page(lambda view: event_form._write(view, str(row.event_id), row, None, "AB"))
    assert added == (path.read_bytes() != before)
    return added


def _puts_back(world: World) -> bool:
    done = []

    def act(_: View) -> None:
        st.session_state[event_restore._BY] = "AB"
        event_restore._do(lambda now, by: done.append(by))

    world.page(act)
    return done == ["AB"]


def _enters_seats(world: World) -> bool:
    world.page(lambda view: capacity_form._write(view, capacity_form.NEW, SEATS, view.desk.capacity.stamp))
    return here().capacity.exists()


def _note(view: View) -> list[pathways_edit.Change]:
    one = view.desk.draft.path_by_id[PATHWAY]
    return [pathways_edit.ChangeStep(one.id, one.steps[0].soc, None, "Another note")]


def _changes_pathways(world: World) -> bool:
    def act(view: View) -> bool:
        pathway_draft.change(view, _note(view), "Note changed")
        return pathway_draft.KEY in st.session_state

    return bool(world.result(act))


def _saves_pathways(world: World) -> bool:
    done: list[str] = []

    def act(view: View) -> None:
        mine, access.role = access.role, lambda: "coordinator"
        try:
            pathway_draft.change(view, _note(view), "Note changed")
        finally:
            access.role = mine
        assert pathway_draft.KEY in st.session_state
        pathway_draft.write(lambda: done.append("published"), "Published.", done=lambda: None)
        pathway_draft.save(view)

    before = pathway_versions.read(here().pathways)
    world.page(act)
    saved = pathway_versions.read(here().pathways) != before
    assert saved == bool(done)
    return saved


WALK: dict[str, Callable[[World], bool]] = {
    "Read every page, and save its charts and tables": _reads,
    "Comment on a page, an occupation or a pathway": _comments,
    "See who wrote a comment, and comments that are held or hidden": _sees_who_wrote,
    "Publish, answer or hide a comment, or delete its name and e-mail": _reviews,
    "Export comments": _exports_comments,
    "Join an open convening with its code": _joins,
    "Nominate, answer and vote in an open convening": _answers,
    "Create a convening, or rehearse one": _creates,
    "Lead a convening: steps, pause, names, timer, end": _leads,
    "See the answers of a convening, and show them on a projector": _sees_answers,
    "Add a participant, and answer on somebody's behalf": _answers_for_somebody,
    "Delete the name of somebody in a convening": _forgets_names,
    "Download the record and the paper form of a convening": _downloads,
    "Propose an adjusted figure": _proposes,
    "Accept or decline what a convening changes": _decides,
    "Log, change or remove a hiring event": _logs_events,
    "Put back, or let go, events that a spreadsheet lost": _puts_back,
    "Add, change or remove an entry of training capacity": _enters_seats,
    "Change a pathway": _changes_pathways,
    "Save, publish or copy pathways": _saves_pathways,
}


def test_every_line_of_the_table_is_tried():
    assert list(TABLE) == list(WALK)
    assert len(re.findall(r"^\| [A-Z]", DOCS, re.MULTILINE)) == len(TABLE), "a line does not say yes or no"


@pytest.mark.parametrize("action", list(WALK))
def test_the_table_says_what_happens(world: World, action: str) -> None:
    assert WALK[action](world) == (TABLE[action][world.role] == "yes")


EDITORS = {
    "events": ("Log an event, or correct one", ("w_event_row", "w_event_restorer")),
    "training": ("Add or change an entry", ("w_capacity_line",)),
    "pathways": ("Edit the pathways", ("w_edit",)),
}


@pytest.mark.parametrize("page", list(EDITORS))
def test_a_reader_is_told_how_to_edit_instead_of_an_editor(
    open_page: Open, monkeypatch_access: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch_access.setattr(access, "role", lambda: "reader")
    app = open_page(page, area="12420")
    told, fields = EDITORS[page]
    assert f"{told}: coordinators can do this. Sign in" in words(app)
    assert f"./sign-in?back=%2F{page}%3Farea%3D12420" in texts(app)
    shown = {
        w.key for kind in ("selectbox", "text_input", "button", "segmented_control") for w in app.get(kind)
    }
    assert not shown & set(fields)
    assert not [b for b in app.button if b.label in ("Save", "Apply", "Put them back", "Publish")]


def test_an_audience_without_an_editor_is_told_nothing_of_it(
    open_page: Open, monkeypatch_access: pytest.MonkeyPatch
) -> None:
    monkeypatch_access.setattr(access, "role", lambda: "reader")
    assert "coordinators can do this" not in words(open_page("events", audience="students"))


ROLE, WHO = access.role, access.who  # as they are; every test of a page stands in for them


@pytest.fixture
def really(monkeypatch_access: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    """Nobody stands in for anybody: who signs in is found as in the app, in a database of its own."""
    store = Store(f"sqlite:///{tmp_path}/c.sqlite")
    monkeypatch_access.setattr(access, "role", ROLE)
    monkeypatch_access.setattr(access, "who", WHO)
    monkeypatch_access.setattr(passcode, "_N", 2**4)
    monkeypatch_access.setattr(opened, "store", lambda: store)
    monkeypatch_access.setattr(access, "has_provider", lambda: False)
    monkeypatch_access.delenv(passcode.ENVIRONMENT, raising=False)
    yield monkeypatch_access
    sign_ins.use_form(True)
    store.close()


def logged_in(patch: pytest.MonkeyPatch, **user: object) -> None:
    """Let an organization's own sign-in be set up, and somebody have used it."""
    settings = SimpleNamespace(settings=SimpleNamespace(coordinators=("Ana@Example.org",)))
    patch.setattr(access, "has_provider", lambda: True)
    patch.setattr(access.st, "user", {"is_logged_in": True} | user)
    patch.setattr(access.st, "secrets", {"auth": {"client_id": "a", "other": {"client_id": "b"}}})
    patch.setattr(access.loaders, "desk", lambda: (settings, []))


def cookie(patch: pytest.MonkeyPatch, name: str) -> str:
    """Let this browser have signed in with the passcode; returns what it keeps."""
    secret = sign_ins.sign_in(opened.store(), passcode.renew(opened.store(), "test"), name, "192.0.2.1")
    kept_by_browser(patch, secret)
    return secret


def kept_by_browser(patch: pytest.MonkeyPatch, secret: str) -> None:
    cookies = {sign_ins.COOKIE: secret} if secret else {}
    patch.setattr(type(st.context), "cookies", property(lambda _: cookies))


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"email": "ana@example.ORG", "name": "Ana Q"}, "Ana Q"),
        ({"email": "ana@example.org"}, "ana"),
        ({"email": "ana@example.org", "email_verified": True, "name": "A" * 200}, "A" * 80),
        ({"email": "ana@example.org", "email_verified": False, "name": "Ana Q"}, ""),
        ({"email": "ana@example.org", "email_verified": "false"}, ""),
        ({"email": "bo@example.org", "name": "Bo"}, ""),
        ({"email": "", "name": "Ana Q"}, ""),
        ({"email": None}, ""),
        ({"name": "Ana@Example.org"}, ""),
        ({"email": "ana@example.org", "is_logged_in": False}, ""),
    ],
)
def test_who_is_on_the_list_and_verified_is_a_coordinator(really: Any, user: dict, name: str) -> None:
    logged_in(really, **user)
    assert access.who() == name
    assert access.allowed() == bool(name)
    really.setattr(access, "has_provider", lambda: False)
    assert not access.allowed(), "what the session says of a user counts only where a provider is set up"


def test_a_tab_whose_sign_in_has_ended_cannot_write(really: Any) -> None:
    secret = cookie(really, "Ana")
    access.require()
    assert (access.role(), access.who()) == ("coordinator", "Ana")
    sign_ins.sign_out(opened.store(), secret)
    with pytest.raises(access.NotAllowed, match="Only coordinators may do this"):
        access.require()


def test_a_download_is_made_outside_a_run_for_whom_it_was_drawn_while_signed_in(really: Any) -> None:
    """Streamlit makes what a download button holds in a thread that knows of no visitor."""
    secret = cookie(really, "Ana")
    make = access.later(access.who)
    kept_by_browser(really, "")
    assert not access.allowed()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(make).result() == "Ana"
        assert not pool.submit(access.allowed).result()
        sign_ins.sign_out(opened.store(), secret)
        with pytest.raises(access.NotAllowed):
            pool.submit(make).result()


@pytest.mark.parametrize("what", ["record", "comments"])
def test_the_downloads_of_a_tab_end_with_its_sign_in(
    really: Any, real_desk: Desk, kept: tuple[Store, Convening, Mapping[str, str]], what: str
) -> None:
    store, convening, _ = kept
    really.setattr(opened, "store", lambda: store)
    secret = cookie(really, "Ana")
    world = World("coordinator", real_desk, store, convening, "")

    def draw(view: View) -> None:
        if what == "record":
            convening_record.block(view, world.room)
        else:
            comment_review.exports(comment_state.read(view))
        kept_by_browser(really, "")  # a thread that makes a download sees no browser

    assert len(world.downloads(draw)) == {"record": 3, "comments": 2}[what]
    kept_by_browser(really, secret)

    def draw_and_leave(view: View) -> None:
        draw(view)
        sign_ins.sign_out(store, secret)

    assert world.downloads(draw_and_leave) == []


def away() -> Store:
    raise LmiError("The database cannot be opened.", "The disk is full.", "Make room.")


def test_without_the_database_everybody_reads(really: Any) -> None:
    assert not access.certainly()
    really.setattr(opened, "store", away)
    assert not access.certainly(), "who has no cookie is signed in nowhere"
    kept_by_browser(really, "x" * 43)
    assert access.role() == "reader"
    with pytest.raises(LmiError, match="The disk is full"):
        access.certainly()


def panel() -> None:
    """The sidebar's part, as a page of its own."""
    from lmi.ui import access

    access.panel("data")


def invitation() -> None:
    """What stands in place of an editor, as a page of its own."""
    from lmi.ui import access

    access.invite("Edit the pathways", "pathways")


def test_the_sidebar_says_who_is_signed_in_and_signs_out(really: Any) -> None:
    app = AppTest.from_function(panel).run()
    assert words(app) == "Coordinators: sign in"
    assert 'href="./sign-in?back=%2Fdata"' in texts(app)
    secret = cookie(really, "<b>Ana")
    app.run()
    assert words(app) == "Signed in as <b>Ana."
    app.button(key="sign-out").click().run()
    assert words(app) == "Coordinators: sign in"
    assert sign_ins.signed_in(opened.store(), secret) == ""


@pytest.mark.parametrize("secret", ["", "x" * 43])
def test_without_the_database_the_provider_still_signs_out(really: Any, secret: str) -> None:
    out: list[str] = []
    logged_in(really, email="ana@example.org", name="Ana")
    really.setattr(access.st, "logout", lambda: out.append("out"))
    really.setattr(opened, "store", away)
    kept_by_browser(really, secret)
    app = AppTest.from_function(panel).run()
    app.button(key="sign-out").click().run()
    assert not app.exception
    assert out == ["out"]


def test_a_sign_out_that_failed_says_so(really: Any) -> None:
    cookie(really, "Ana")
    app = AppTest.from_function(panel).run()
    really.setattr(sign_ins, "sign_out", lambda *_: away())
    app.button(key="sign-out").click().run()
    assert not app.exception
    assert [e.value[:28] for e in app.error] == ["You could not be signed out:"]
    assert "Signed in as Ana." in words(app)
    assert not app.run().error


def test_with_a_provider_the_sidebar_offers_it_and_tells_who_is_not_on_the_list(really: Any) -> None:
    logged_in(really, is_logged_in=False)
    access.begin()
    app = AppTest.from_function(panel).run()
    assert [b.label for b in app.button] == ["Sign in with your account", "Sign in with other"]
    assert words(app) == "", "no passcode beside it"
    instead = AppTest.from_function(invitation).run()
    assert words(instead) == "Edit the pathways: coordinators can do this."
    assert [b.label for b in instead.button] == ["Sign in with your account", "Sign in with other"]
    really.setenv(passcode.ENVIRONMENT, "four words of mine")
    access.begin()
    assert words(app.run()) == "Sign in with the passcode"
    logged_in(really, email="bo@example.org")
    app.run()
    assert words(app).startswith("bo@example.org is not on the list of coordinators, so you can read only.")
    assert [b.label for b in app.button] == ["Sign out"]
    logged_in(really, email="ana@example.org", name="Ana Q")
    assert words(app.run()) == "Signed in as Ana Q."


def test_the_first_start_prints_a_passcode_and_its_address_once(really: Any, capsys: Any) -> None:
    start.begin()
    printed = capsys.readouterr().out
    found = re.search(r"Passcode for coordinators: (\S+)\n  Sign in at (http://\S+)/sign-in\.", printed)
    assert found
    assert sign_ins.sign_in(opened.store(), found[1], "Ana", "192.0.2.1")
    start.begin()
    assert capsys.readouterr().out == ""


def test_with_a_provider_no_passcode_is_made(really: Any, capsys: Any) -> None:
    old = passcode.ready(opened.store())
    secret = sign_ins.sign_in(opened.store(), old, "Ana", "192.0.2.1")
    really.setattr(access, "has_provider", lambda: True)
    start.begin()
    assert capsys.readouterr().out == ""
    assert sign_ins.signed_in(opened.store(), secret) == "", "who came in by the passcode is out"


def test_a_passcode_that_is_too_short_is_told_at_the_start_and_the_app_runs(really: Any, capsys: Any) -> None:
    really.setenv(passcode.ENVIRONMENT, "short")
    start.begin()
    assert "Nobody can sign in to edit: LMI_PASSCODE is not used" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "[other]\na = 1", "[auth]\nclient_id = 'a'", "[auth", None])
def test_a_provider_is_set_up_by_a_part_of_the_secrets(
    tmp_path: Path, monkeypatch_access: pytest.MonkeyPatch, text: str | None
) -> None:
    file = tmp_path / "secrets.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    real = config.get_option
    monkeypatch_access.setattr(access.st, "secrets", Secrets())
    monkeypatch_access.setattr(
        config, "get_option", lambda key: [str(file)] if key == "secrets.files" else real(key)
    )
    assert access.has_provider() == (text is not None and text.startswith("[auth]"))
