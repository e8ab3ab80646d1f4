"""What convenings change, on the pages: marks, what employers said, links to the session; and the review."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lmi.contributions import adjustments, convenings, opened
from lmi.contributions.store import Store
from lmi.contributions.typed import new_token
from lmi.domain.adjustments import Adjustment
from lmi.domain.convening import Convening
from lmi.ui import access, loaders, outcome_loaders
from tests.pages.conftest import COORDINATOR, ROOT, Open, figures, texts, words

NURSE, AIDE, LPN, DRAWER = "29-1141", "31-1131", "29-2061", "31-9097"
AUSTIN, HOUSTON, DALLAS = "12420", "26420", "19100"
HOSTILE = "<b>#Acme</b> [x](y)"
FIRMS = (HOSTILE, "Birch", "Cedar")
SCRIPT = """
from lmi.answers.room import room_of
from lmi.contributions import opened
from lmi.ui import address, loaders, outcome_panels, state
address.bind()
view = state.read(loaders.desk()[0])
where = opened.find(address.get("meeting"))
outcome_panels.block(view, room_of(opened.store_of(where.id), where))
"""


@pytest.fixture(scope="module", autouse=True)
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database of contributions for the tests of this file."""
    path = tmp_path_factory.mktemp("outcome") / "contributions.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LMI_DATABASE", f"sqlite:///{path}")
        yield path


def meeting(store: Store, *, rehearsal: bool = False, area: str = AUSTIN) -> Convening:
    return convenings.create(
        store, "Health care", area, "2026-11-20", "Hall", "Ann", new_token(), rehearsal=rehearsal
    )


def talked(*, rehearsal: bool = False, area: str = AUSTIN) -> Convening:
    """A convening in which three organisations name nurses, confirm a move on file and add one."""
    store = opened.rehearsals() if rehearsal else opened.store()
    where = meeting(store, rehearsal=rehearsal, area=area)
    for firm in FIRMS:
        person, _ = convenings.join(store, where.id, "Jo Doe", firm, "Boss", new_token())
        for kind, subject, question, value in (
            ("nominate", NURSE, "", {}), ("vote", f"{AIDE}>{LPN}", "", {"choice": "yes"}),
            ("vote", f"{LPN}>{DRAWER}", "", {"choice": "yes"}),
            ("answer", NURSE, "critical", {"choices": ["hard"], "words": f"Own words of {firm}"}),
        ):  # fmt: skip
            convenings.say(store, where.id, person.id, kind, subject, value, new_token(), question)
    return where


@pytest.fixture(scope="module")
def session(database: Path) -> Convening:
    """A convening of which everything was accepted: critical, a figure, a move."""
    store = opened.store()
    where = talked()
    reasons = [
        {"id": "hard", "words": "It is hard to fill", "organisations": list(FIRMS)},
        {"id": "", "words": "Own words", "organisations": ["Birch"]},
    ]
    published = {
        "value": 1000.0, "unit": "openings / year", "basis": "estimated", "source": "BLS EP",
        "period": "2024",
    }  # fmt: skip
    value = {
        "figure": "openings_per_year", "adjusted": 1234.0, "unit": "openings / year", "published": published,
        "organisations": [],
    }  # fmt: skip
    for kind, subject, told, reason in (
        ("critical", NURSE, {"organisations": list(FIRMS), "of": 9, "reasons": reasons}, ""),
        ("figure", NURSE, value, "Two <i>wards</i> open."),
        ("move_validated", f"{AIDE}>{LPN}", {"organisations": list(FIRMS)}, ""),
    ):
        made = Adjustment(where.id, kind, AUSTIN, subject, told, reason)
        adjustments.review(store, made, "accept", "", "Ann", new_token())
    return where


def reader(patch: pytest.MonkeyPatch) -> None:
    """Whoever looks is nobody in particular."""
    patch.setattr(access, "role", lambda: "reader")


def inside(app: AppTest) -> str:
    """All that the figures of a page say."""
    return " ".join(str(json.loads(spec)["layout"]) for spec in figures(app)).replace("<br>", " ")


def linked(app: AppTest, where: Convening) -> bool:
    return bool(re.search(rf'href="\./convening\?[^"]*meeting={where.id}', html.unescape(texts(app))))


def test_demand_marks_what_is_critical_with_its_day_and_convening(
    open_page: Open, session: Convening
) -> None:
    app = open_page(
        "demand",
        area=AUSTIN,
        soc=NURSE,
        skill="all",
        rules="explorer_employers",
        cat="29-0000",
        edu="Bachelor's degree",
    )
    table = next(d for d in app.dataframe if "Employers" in d.value.columns)
    said = dict(zip(table.value.SOC, table.value.Employers, strict=True))
    assert said[NURSE] == "✓ 3, Nov 2026"
    assert set(said.values()) == {said[NURSE], ""}
    order = list(table.proto.column_order)
    assert order.index("Rank") < order.index("Range") < order.index("Employers") < order.index("SOC")
    assert "✓: employers called it critical, 3 organizations on 2026-11-20." in inside(app)
    assert "Organizations that call it critical 3 at least 3 passes" in words(app)
    assert "Critical to 3 organizations, by Health care, 2026-11-20, convening" in words(app)
    assert linked(app, session)
    assert not any("Acme" in f or "Birch" in f for f in figures(app))


def test_another_area_has_neither_mark_nor_column(open_page: Open, session: Convening) -> None:
    app = open_page("demand", area=HOUSTON, soc=NURSE, skill="all")
    table = next(d for d in app.dataframe if "Employers" in d.value.columns)
    assert set(table.value.Employers) == {""}
    assert "Employers" not in list(table.proto.column_order)
    assert "employers called" not in inside(app)
    assert not linked(app, session)


def test_overview_marks_it_too(open_page: Open, session: Convening) -> None:
    app = open_page("overview", area=AUSTIN, skill="all")
    assert "✓: employers called it critical" in inside(app)


def test_the_profile_says_what_employers_said_beside_the_figures(open_page: Open, session: Convening) -> None:
    app = open_page("occupation", area=AUSTIN, soc=NURSE)
    told = words(app)
    assert "What employers said" in told
    assert "Critical to 3 organizations of 9 in the room." in told
    assert "Because: It is hard to fill (3), “Own words” (1)." in told
    assert "1,234 , beside 1,000 (estimated; BLS EP; 2024)." in told
    assert "Why: Two <i>wards</i> open. Entered by Ann." in told
    assert f"{HOSTILE}, Birch, Cedar" in told
    assert "<b>#Acme" not in texts(app)
    assert linked(app, session)
    facts = next(d for d in app.dataframe if "Figure" in d.value.columns)
    assert "1,234" not in set(facts.value.Value)


def test_a_reader_sees_counts_and_the_industry_but_no_names_and_no_own_words(
    open_page: Open, session: Convening, monkeypatch_access: pytest.MonkeyPatch
) -> None:
    reader(monkeypatch_access)
    told = words(open_page("occupation", area=AUSTIN, soc=NURSE))
    assert "Critical to 3 organizations of 9 in the room. Because: It is hard to fill (3)." in told
    assert "Health care, 2026-11-20" in told
    for secret in ("Acme", "Birch", "Own words", "Entered by"):
        assert secret not in told, secret


def test_a_profile_without_employers_has_no_such_block(open_page: Open, session: Convening) -> None:
    for area, soc in ((AUSTIN, "47-2111"), (HOUSTON, NURSE)):
        assert "What employers said" not in words(open_page("occupation", area=area, soc=soc))


def test_a_move_that_a_convening_decided_links_to_it(open_page: Open, session: Convening) -> None:
    app = open_page("pathways", area=AUSTIN, path="nursing", pathview="list")
    assert "Employers: Health care, 2026-11-20, convening" in words(app)
    assert linked(app, session)


def test_a_database_that_cannot_be_read_is_told_and_the_pages_go_on(
    open_page: Open, session: Convening, tmp_path: Path
) -> None:
    (tmp_path / "bad.sqlite").write_bytes(b"no database" * 100)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LMI_DATABASE", f"sqlite:///{tmp_path}/bad.sqlite")
        app = open_page("occupation", area=AUSTIN, soc=NURSE)
        assert "The database of contributions cannot be opened" in words(app)
        assert [e.label for e in app.expander][:1] == [
            "The database cannot be read; the last good version is in use"
        ]
        assert "What employers said" not in words(app)
        assert "openings a year" in words(app)
        tries: list[str] = []
        patch.setattr(outcome_loaders, "_stamp", lambda: tries.append("") or "")
        desk, problems = loaders.desk()
        assert tries == [], "it is not tried anew at once"
        assert len(problems) == 1
        assert desk.adjustments.rows == ()
    assert "What employers said" in words(open_page("occupation", area=AUSTIN, soc=NURSE))


@pytest.fixture
def review(database: Path) -> tuple[AppTest, Convening]:
    """The review of a convening in an area of its own; nothing is saved in pathways.yaml."""
    where = talked(area=DALLAS)
    return drawn(where), where


def drawn(where: Convening) -> AppTest:
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    app.query_params["meeting"] = where.id
    app.query_params["area"] = where.area_code
    return sound(app.run())


def sound(app: AppTest) -> AppTest:
    assert not app.exception, [e.message for e in app.exception]
    return app


def about(app: AppTest, where: Convening, number: int) -> str:
    """The end of the keys of a proposal's widgets."""
    keys = [b.key for b in app.button if (b.key or "").startswith("accept-")]
    return keys[number].removeprefix("accept-")


def press(app: AppTest, key: str) -> AppTest:
    return sound(app.button(key=key).click().run())


def progress(app: AppTest) -> str:
    found = re.search(r'data-testid="outcome-progress">(.*?)</p>', texts(app))
    assert found
    return re.sub("<[^>]+>", "", found[1])


def stored(where: Convening) -> list[tuple[str, str, str]]:
    rows = adjustments.of(opened.store_of(where.id), where.id)
    return [(r.adjustment.kind, r.decision, r.last.note if r.last else "") for r in rows]


def test_each_proposal_is_accepted_or_declined_with_a_note(review: tuple[AppTest, Convening]) -> None:
    app, where = review
    assert progress(app) == "0 of 3 decided: 0 accepted, 0 declined, 3 to be decided."
    told = words(app)
    assert f"Critical to 3 organizations on 2026-11-20: {HOSTILE}, Birch, Cedar." in told
    assert "<b>#Acme" not in texts(app)
    app.text_input(key=f"note-{about(app, where, 0)}").set_value(HOSTILE)
    press(app, f"accept-{about(app, where, 0)}")
    assert stored(where) == [("critical", "accept", HOSTILE)]
    assert progress(app) == "1 of 3 decided: 1 accepted, 0 declined, 2 to be decided."
    assert any(t.value.endswith(f"by {COORDINATOR}: {HOSTILE}") for t in app.text)
    press(app, f"decline-{about(app, where, 1)}")
    assert progress(app).startswith("2 of 3 decided: 1 accepted, 1 declined")
    press(app, f"decline-{about(app, where, 0)}")  # decided otherwise: another row
    assert [len(r.reviews) for r in adjustments.of(opened.store(), where.id)] == [2, 1]
    assert progress(app).startswith("2 of 3 decided: 0 accepted, 2 declined")


def test_accepted_moves_are_shown_as_a_difference_and_saved_whole_unless_the_file_changed(
    session: Convening, own_file: Path
) -> None:
    where = talked(area=DALLAS)
    app, before = drawn(where), own_file.read_text(encoding="utf-8")
    press(app, f"accept-{about(app, where, 1)}")
    assert "outcome-save" not in [b.key for b in app.button]
    app.selectbox(key=f"place-{about(app, where, 2)}").set_value("nursing")
    app.selectbox(key=f"stage-{about(app, where, 2)}").set_value("trained").run()
    press(app, f"accept-{about(app, where, 2)}")
    assert own_file.read_text(encoding="utf-8") == before
    assert "2 accepted moves to be saved in pathways.yaml" in words(app)
    assert "+ status: validated" in re.sub(r"\s+", " ", words(app))
    line = "# Somebody else's line."
    own_file.write_text(f"{before}\n{line}\n", encoding="utf-8")
    press(app, "outcome-save")
    assert "Somebody changed the pathways meanwhile." in words(app)
    assert own_file.read_text(encoding="utf-8") == f"{before}\n{line}\n"
    press(app, "outcome-save")  # on the file as it is now, which the page shows
    after = own_file.read_text(encoding="utf-8")
    assert after.count("validated_on: 2026-11-20") == 2
    assert f"soc: {DRAWER}, stage: trained" in after
    assert line in after
    told = words(drawn(where))
    assert "to be saved in pathways.yaml" not in told
    assert told.count("pathways.yaml says so.") == 2


def test_names_that_are_hidden_go_into_the_file_only_if_that_is_ticked(
    session: Convening, own_file: Path
) -> None:
    where = talked(area=DALLAS)
    convenings.say(opened.store(), where.id, "", "names", "hidden", {}, new_token(), by="Ann")
    app = drawn(where)
    press(app, f"accept-{about(app, where, 1)}")
    app.checkbox(key="outcome-show").check().run()

    def difference() -> str:
        return next(e.value for e in app.get("html") if "outcome-difference" in e.value)

    number = f"organization 3 of 2026-11-20, convening {where.id[:8]} (not named)"
    assert number in difference()
    assert "Birch" not in difference()
    sound(app.checkbox(key="outcome-names").check().run())
    assert "Birch" in difference()
    sound(app.checkbox(key="outcome-names").uncheck().run())
    press(app, "outcome-save")
    after = own_file.read_text(encoding="utf-8")
    assert number in after
    assert "Birch" not in after
    assert "to be saved in pathways.yaml" not in words(drawn(where))


def test_an_adjusted_figure_is_put_up_and_accepted(review: tuple[AppTest, Convening]) -> None:
    app, where = review
    ends = where.id[:12]
    assert "On record: " in words(app)
    assert "estimated; " in words(app)
    press(app, "adjust-propose")
    assert "This was not done:" in words(app)
    assert stored(where) == []
    app.number_input(key=f"adjust-number-{ends}").set_value(1234.0)
    app.text_area(key=f"adjust-why-{ends}").set_value("Two wards open.")
    app.multiselect(key=f"adjust-who-{ends}").set_value(["Birch"])
    press(app, "adjust-propose")
    assert stored(where) == [("figure", "", "")]
    assert "Beside it: 1,234 (2026-11-20, said by Birch)." in words(app)
    assert progress(app).endswith("4 to be decided.")
    press(app, f"accept-{about(app, where, 1)}")
    assert stored(where) == [("figure", "accept", "")]
    app.selectbox(key=f"adjust-name-{ends}").set_value("typical_education").run()
    app.selectbox(key=f"adjust-choice-{ends}").set_value("Associate's degree")
    app.text_area(key=f"adjust-why-{ends}").set_value("We hire them.")
    press(app, "adjust-propose")
    assert [kind for kind, *_ in stored(where)] == ["figure", "figure"]


def test_a_figure_that_a_later_one_replaced_can_be_accepted_again(
    review: tuple[AppTest, Convening],
) -> None:
    app, where = review
    value = {"figure": "employment", "unit": "jobs", "published": {"value": 9}, "organisations": []}
    for adjusted in (500.0, 700.0):
        made = Adjustment(
            where.id, "figure", AUSTIN, NURSE, value | {"adjusted": adjusted}, "Two wards open."
        )
        adjustments.propose(opened.store(), made, "Ann")
    sound(app.run())
    for number in (1, 2):
        press(app, f"accept-{about(app, where, number)}")
    assert progress(app) == "2 of 5 decided: 1 accepted, 1 superseded, 0 declined, 3 to be decided."
    assert "A later figure was accepted and counts instead." in words(app)
    first, second = (app.button(key=f"accept-{about(app, where, number)}") for number in (1, 2))
    assert (first.disabled, second.disabled) == (False, True)
    press(app, first.key)
    first, second = (app.button(key=f"accept-{about(app, where, number)}") for number in (1, 2))
    assert (first.disabled, second.disabled) == (True, False)


def test_a_sign_in_that_ended_decides_nothing(
    review: tuple[AppTest, Convening], monkeypatch_access: pytest.MonkeyPatch
) -> None:
    app, where = review
    key = f"accept-{about(app, where, 0)}"
    reader(monkeypatch_access)
    press(app, key)
    assert stored(where) == []
    assert not app.button
    assert "Nothing was accepted yet." in words(app)


def test_readers_see_what_was_accepted_without_names_and_own_words(
    session: Convening, monkeypatch_access: pytest.MonkeyPatch
) -> None:
    reader(monkeypatch_access)
    told = words(drawn(session))
    assert "Critical to 3 organizations. Because: It is hard to fill (3)." in told
    assert "1,234, beside 1,000 (estimated; BLS EP; 2024). Why: Two <i>wards</i> open." in told
    assert "Validated by 3 organizations." in told
    for secret in ("Acme", "Birch", "wn words", "to be decided", "Ann"):
        assert secret not in told, secret


def test_what_somebody_else_decided_meanwhile_is_not_decided_over(review: tuple[AppTest, Convening]) -> None:
    app, where = review
    other = drawn(where)
    press(other, f"decline-{about(other, where, 0)}")
    press(app, f"accept-{about(app, where, 0)}")
    assert "Somebody else decided on it meanwhile." in words(app)
    assert stored(where) == [("critical", "decline", "")]


def test_a_rehearsal_is_reviewed_without_a_trace(database: Path) -> None:
    before = database.read_bytes() if database.exists() else b""
    file = (ROOT / "pathways.yaml").read_bytes()
    where = talked(rehearsal=True)
    app = drawn(where)
    assert "This is a rehearsal" in words(app)
    for number, decision in enumerate(("accept", "accept", "decline")):
        press(app, f"{decision}-{about(app, where, number)}")
    assert progress(app).startswith("3 of 3 decided: 2 accepted")
    assert "A rehearsal changes no file." in words(app)
    assert "outcome-save" not in [b.key for b in app.button]
    assert (ROOT / "pathways.yaml").read_bytes() == file
    assert (database.read_bytes() if database.exists() else b"") == before
    assert where.id not in {row.adjustment.convening for row in loaders.desk()[0].adjustments.rows}
