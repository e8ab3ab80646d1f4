"""Comments at the foot of every page and on their own page: written, held, read, decided on, exported."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lmi.contributions import comments, opened
from lmi.contributions.typed import new_token
from lmi.domain.comments import PAGE_NAMES, STATUSES, Comment, Subject
from lmi.presentation.tables import restore_text
from lmi.ui import access, comment_form, comment_loaders, comment_review, comment_state
from tests.pages.conftest import COORDINATOR, PAGES, Open, part, sound, texts, words

AUSTIN, ELECTRICIANS = "12420", "47-2111"
OCCUPATION = Subject("occupation", "occupation", ELECTRICIANS)
HOSTILE = "<img src=x onerror=alert(1)> **b** =1+1 $x$ 'שלום' 👍"
PRIVATE = ("Ann Private", "ann@private.example")


@pytest.fixture(autouse=True)
def _own_database(tmp_path: Path) -> Iterator[None]:
    """Each test begins without a comment, and nobody needs to be slower than a robot."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LMI_DATABASE", f"sqlite:///{tmp_path}/contributions.sqlite")
        patch.setattr(comment_form, "LEAST_SECONDS", 0)
        yield


@pytest.fixture
def reader(_a_coordinator_looks: None, monkeypatch_access: pytest.MonkeyPatch) -> None:
    """Whoever opens a page is a reader."""
    monkeypatch_access.setattr(access, "role", lambda: "reader")


def write(text: str = "Pay is too low.", about: Subject = OCCUPATION, area: str = AUSTIN,
          organisation: str = "Acme", **other: object) -> Comment:  # fmt: skip
    return comments.add(opened.store(), about, area, organisation, text, new_token(), **other)  # type: ignore[arg-type]


def decide(comment: Comment, decision: str = "publish", answer: str = "") -> Comment:
    return comments.review(opened.store(), comment.id, decision, "Tess", new_token(), answer=answer)


def on_record() -> list[Comment]:
    return comments.every(opened.store())


def unfolded(open_page: Open, page: str, **address: str) -> AppTest:
    """A page with its comments opened."""
    app = open_page(page, **address)
    app.session_state[f"comments-{page}"] = True
    return sound(app.run())


def fill(app: AppTest, text: str = "Pay is too low.", organisation: str = "Acme", **other: str) -> AppTest:
    """Fill the form and send it."""
    for name, value in ({"organisation": organisation} | other).items():
        field = next(t for t in app.text_input if str(t.key).startswith(f"comment-{name}-"))
        field.set_value(value)
    next(t for t in app.text_area if str(t.key).startswith("comment-text-")).set_value(text)
    return sound(next(b for b in app.button if b.label == "Send comment").click().run())


def thanked(app: AppTest) -> bool:
    return [s.value for s in app.success] == ["Thank you. It is held until a coordinator has read it."]


def folds(app: AppTest) -> list[str]:
    return [e.label.replace("\\", "") for e in app.expander if e.label.startswith("Comment on")]


@pytest.mark.parametrize("page", [page for page in PAGES if page != "comments"])
def test_every_page_can_be_commented_on_and_pays_nothing_for_it(
    open_page: Open, page: str, reader: None
) -> None:
    app = open_page(page, area=AUSTIN, soc=ELECTRICIANS, path="electrical")
    what = {"occupation": "this occupation", "pathways": "this pathway"}.get(page, "this page")
    assert folds(app) == [f"Comment on {what}"]
    assert not [t for t in app.text_area if "comment" in str(t.key)]  # drawn once it is opened


def test_there_is_no_form_on_the_screen_of_a_room(open_page: Open) -> None:
    assert folds(open_page("overview", show="projector")) == []


@pytest.mark.parametrize(
    ("page", "address", "about"),
    [
        ("overview", {}, Subject("overview")),
        ("occupation", {"soc": "472111"}, OCCUPATION),
        ("pathways", {"path": "nursing"}, Subject("pathways", "pathway", "nursing")),
        ("data", {"soc": ELECTRICIANS}, Subject("data")),
    ],
)
def test_anybody_comments_on_what_the_page_shows_and_it_is_held(
    open_page: Open, reader: None, page: str, address: dict[str, str], about: Subject
) -> None:
    app = fill(
        unfolded(open_page, page, area=AUSTIN, **address), "It is so.", name="Ann", email="a@b.example"
    )
    assert thanked(app)
    kept = on_record()[0]
    assert (kept.subject, kept.area_code, kept.text, kept.organisation, kept.status) == (
        about, AUSTIN, "It is so.", "Acme", "held",
    )  # fmt: skip
    assert kept.reference in words(app)
    assert "It is so." not in words(app)
    assert folds(open_page(page, area=AUSTIN, **address))[0].endswith(about.kind)  # no count of what is held


def test_without_an_address_it_is_about_the_occupation_and_the_pathway_on_the_page(open_page: Open) -> None:
    for page in ("occupation", "pathways"):
        app = fill(unfolded(open_page, page, area=AUSTIN))
        assert thanked(app)
        kept = on_record()[0].subject
        title = {"occupation": "Occupation: ", "pathways": "Pathway: "}[page]
        assert f"{title}" in (said := words(app))
        assert kept.id
        assert kept.page == page
        if page == "occupation":
            assert f"{app.selectbox(key='w_soc').value}" == kept.id, said


def test_after_sending_the_form_is_empty_but_for_who_writes(open_page: Open) -> None:
    app = fill(unfolded(open_page, "overview"), name="Ann")
    again = {str(t.key).rsplit("-", 1)[0]: t.value for t in [*app.text_input, *app.text_area]}
    assert (again["comment-text"], again["comment-organisation"], again["comment-name"]) == (
        "",
        "Acme",
        "Ann",
    )
    assert not thanked(sound(app.run()))  # said once
    fill(app, "Another.")
    assert [c.text for c in on_record()] == ["Another.", "Pay is too low."]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": " "}, "The comment is empty"),
        ({"organisation": ""}, "The organization is empty"),
        ({"email": "nobody"}, "The e-mail address is not one"),
        ({"text": "x" * 1_000_000}, "1,000,000 characters; 2,000 is the most"),
    ],
)
def test_a_refusal_is_said_and_what_was_typed_stays(
    open_page: Open, typed: dict[str, str], told: str
) -> None:
    app = fill(unfolded(open_page, "overview"), **({"text": "Long thought.", "name": "Ann"} | typed))
    assert told in app.error[0].value.replace("\\", "")
    assert on_record() == []
    typed_now = {str(t.key).rsplit("-", 1)[0]: t.value for t in [*app.text_input, *app.text_area]}
    assert typed_now["comment-name"] == "Ann"
    assert typed_now["comment-text"] == typed.get("text", "Long thought.")
    assert thanked(fill(app, "Short.", email=""))
    assert len(on_record()) == 1


def test_a_sixth_comment_within_ten_minutes_is_refused_and_stays_in_the_form(open_page: Open) -> None:
    app = unfolded(open_page, "overview")
    for number in range(5):
        fill(app, f"Number {number}")
    fill(app, "One more")
    assert "5 comments in 10 minutes" in app.error[0].value.replace("\\", "")
    assert next(t.value for t in app.text_area) == "One more"
    assert len(on_record()) == 5


def test_the_trap_takes_what_fills_its_field_and_thanks_for_it(open_page: Open) -> None:
    app = unfolded(open_page, "overview")
    trap = next(t for t in app.text_input if str(t.key).startswith("comment-website-"))
    trap.set_value("https://buy.example")
    assert thanked(fill(app))
    assert (on_record()[0].status, on_record()[0].trapped) == ("hidden", True)


def test_the_trap_takes_what_comes_faster_than_anybody_types(
    open_page: Open, monkeypatch_access: pytest.MonkeyPatch
) -> None:
    monkeypatch_access.setattr(comment_form, "LEAST_SECONDS", 300)
    assert thanked(fill(unfolded(open_page, "overview")))
    assert on_record()[0].trapped


def test_what_is_published_stands_at_the_foot_with_its_answer_and_without_who_wrote_it(
    open_page: Open, reader: None
) -> None:
    decide(write(name=PRIVATE[0], email=PRIVATE[1]), "answer", "It is the median.")
    decide(write("On nurses.", Subject("occupation", "occupation", "29-1141")))
    decide(write("Far away.", area="26420"))
    write("Not yet read.")
    app = unfolded(open_page, "occupation", area=AUSTIN, soc=ELECTRICIANS)
    assert folds(app) == ["Comment on this occupation (2 published)"]
    said = words(app)
    assert "Acme" in said
    assert "Pay is too low. Answer" in said
    assert "It is the median." in said
    assert "1 more comment, also on other regions" in said
    for hidden in ("On nurses.", "Not yet read.", "Far away.", *PRIVATE):
        assert hidden not in said
    elsewhere = words(unfolded(open_page, "occupation", area="30020", soc=ELECTRICIANS))
    assert "Far away." in elsewhere  # better than nothing, and each says where
    assert "Houston" in elsewhere


def test_a_second_visitor_reads_them_from_memory(
    open_page: Open, monkeypatch_access: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    every = comments.every
    monkeypatch_access.setattr(comments, "every", lambda store: asked.append(1) or every(store))
    decide(write())
    for _ in range(3):
        assert folds(open_page("occupation", area=AUSTIN, soc=ELECTRICIANS))[0].endswith("(1 published)")
    assert len(asked) == 1
    decide(write("More."))
    assert folds(open_page("occupation", area=AUSTIN, soc=ELECTRICIANS))[0].endswith("(2 published)")
    assert len(asked) == 2


def test_a_page_stands_although_the_comments_cannot_be_read(
    open_page: Open, tmp_path: Path, monkeypatch_access: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wall").write_text("no folder")
    monkeypatch_access.setenv("LMI_DATABASE", f"sqlite:///{tmp_path}/wall/x.sqlite")
    said = words(open_page("overview", area=AUSTIN))
    assert "Comments cannot be read now." in said
    assert "middle-skill occupations" in said


def test_the_page_of_a_reader_has_what_is_published_and_nothing_else(open_page: Open, reader: None) -> None:
    assert part(open_page("comments"), "answer") == "No comment is published yet."
    decide(write(name=PRIVATE[0], email=PRIVATE[1]), "answer", "It is the median.")
    decide(write("By a pathway.", Subject("pathways", "pathway", "nursing"), "26420"))
    write("Not yet read.", name=PRIVATE[0])
    decide(write("Rude."), "hide")
    app = open_page("comments", area=AUSTIN, queue="held")
    assert part(app, "answer") == "2 comments are published, 1 of them answered."
    said = words(app)
    for shown in ("Occupation: Electricians", "Pathway: ", "By a pathway.", "Answered", "It is the median."):
        assert shown in said
    for hidden in ("Not yet read.", "Rude.", *PRIVATE, "Reference", "Export"):
        assert hidden not in said
    assert [b.label for b in app.button if b.label in ("Publish", "Hide")] == []
    assert app.get("download_button") == []
    links = [html.unescape(link) for link in re.findall(r"lmi-comments.*", texts(app))]
    assert f"./occupation?area={AUSTIN}&soc={ELECTRICIANS}" in links[0]
    assert "./pathways?area=26420&path=nursing" in links[0]


def test_filters_by_subject_and_region(open_page: Open, reader: None) -> None:
    decide(write())
    decide(write("On the map.", Subject("overview"), "26420"))
    app = open_page("comments", area=AUSTIN, about="overview")
    assert "On the map." in words(app)
    assert "Pay is too low." not in words(app)
    app.selectbox(key="w_about").set_value(f"occupation:{ELECTRICIANS}").run()
    assert "Pay is too low." in words(app)
    assert "Occupation: Electricians" in part(app, "selection")
    app.button(key="reset").click().run()
    app.selectbox(key="w_where").set_value("here").run()
    assert app.text_input(key="where").value == "here"
    assert "On the map." not in words(app)
    assert "No comment passes these filters." in words(open_page("comments", about="demand"))
    assert "'mars' is not known here" in words(open_page("comments", about="mars"))


def test_who_wrote_can_look_up_what_became_of_it(open_page: Open, reader: None) -> None:
    kept = write()
    look = {"comment": kept.reference}
    assert f"The comment {kept.reference} of" in words(open_page("comments", **look))
    assert "waits to be read" in words(open_page("comments", **look))
    decide(kept, "hide")
    assert "is not published" in words(open_page("comments", **look))
    decide(kept)
    assert words(open_page("comments", **look)).count("Pay is too low.") == 2
    assert "No comment '0000' is on record." in words(open_page("comments", comment="0000"))
    trapped = write("Fast.", trapped=True)
    assert "waits to be read" in words(open_page("comments", comment=trapped.reference))


def test_a_long_list_is_turned_over_page_by_page(open_page: Open, reader: None) -> None:
    for number in range(23):
        decide(write(f"Thought {number:02d}."))
    app = open_page("comments")
    assert words(app).count("Thought ") == 20
    app.session_state["comment-page-published"] = 2
    assert words(sound(app.run())).count("Thought ") == 3


def test_a_comment_of_ones_own_on_the_page_of_comments(open_page: Open, reader: None) -> None:
    app = open_page("comments", area=AUSTIN, soc=ELECTRICIANS, path="nursing")
    choice = next(s for s in app.selectbox if str(s.key).startswith("comment-about-"))
    assert choice.options[:2] == [PAGE_NAMES["comments"], "Occupation: Electricians"]
    assert len(choice.options) == len(PAGE_NAMES) + 2
    choice.set_value("Occupation: Electricians")
    assert thanked(fill(app))
    assert on_record()[0].subject == OCCUPATION
    assert thanked(fill(open_page("comments")))
    assert on_record()[0].subject == Subject("comments")


def of(kind: str, comment: Comment) -> str:
    return f"{kind}-{comment.id}-{comment.last}"


def now(comment: Comment) -> Comment:
    return next(c for c in on_record() if c.id == comment.id)


def test_a_coordinator_sees_first_what_waits_and_publishes_answers_or_hides_it(open_page: Open) -> None:
    first, second, third = write("First."), write("Second."), write("Third.")
    app = open_page("comments")
    assert part(app, "answer") == "3 comments wait to be read."
    said = words(app)
    assert said.index("First.") < said.index("Second.") < said.index("Third.")
    sound(app.button(key=of("publish", first)).click().run())
    assert f"Acme, {first.reference}: published." in app.success[0].value.replace("\\", "")
    app.text_area(key=of("answer", second)).set_value("So it is.")
    sound(app.button(key=of("publish", second)).click().run())
    sound(app.button(key=of("hide", third)).click().run())
    assert [(now(c).status, now(c).answer, now(c).decided.by) for c in (first, second, third)] == [  # type: ignore[union-attr]
        ("published", "", COORDINATOR), ("published", "So it is.", COORDINATOR), ("hidden", "", COORDINATOR),
    ]  # fmt: skip
    assert part(app, "answer") == (
        "No comment waits to be read. 2 comments are published, 1 of them answered."
    )


def test_a_decision_can_be_changed_and_who_decided_is_on_record(open_page: Open) -> None:
    kept = decide(write(), "answer", "Yes.")
    app = open_page("comments", queue="published")
    assert "Tess published it with an answer" in words(app)
    sound(app.button(key=of("hide", kept)).click().run())
    assert now(kept).status == "hidden"
    app = open_page("comments", queue="hidden")
    assert app.text_area(key=of("answer", now(kept))).value == "Yes."  # what was said is not lost
    sound(app.button(key=of("publish", now(kept))).click().run())
    assert (now(kept).status, now(kept).answer) == ("published", "Yes.")


def test_who_is_signed_out_meanwhile_decides_nothing(
    open_page: Open, monkeypatch_access: pytest.MonkeyPatch
) -> None:
    kept = write(name=PRIVATE[0])
    for kind in ("publish", "hide", "forget"):
        app = open_page("comments")
        app.checkbox(key=of("sure", kept)).check()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(access, "role", lambda: "reader")
            sound(app.button(key=of(kind, kept)).click().run())
        assert "Nothing was changed" in app.error[0].value.replace("\\", "")
    assert now(kept).reviews == ()
    assert comments.people(opened.store())[kept.id].name == PRIVATE[0]


def test_of_two_coordinators_the_second_is_told(open_page: Open) -> None:
    kept = write()
    app = open_page("comments")
    decide(kept, "hide")
    sound(app.button(key=of("publish", kept)).click().run())
    assert "Somebody else has decided" in app.error[0].value.replace("\\", "")
    assert now(kept).status == "hidden"


def test_nobody_but_a_coordinator_is_handed_personal_data(reader: None) -> None:
    write(name=PRIVATE[0])
    assert comment_review.people() == {}


def test_personal_data_is_shown_to_coordinators_and_deleted_once_that_is_confirmed(open_page: Open) -> None:
    kept = write(name=PRIVATE[0], email=PRIVATE[1])
    app = open_page("comments")
    assert " · ".join(PRIVATE) in words(app)
    sound(app.button(key=of("forget", kept)).click().run())
    assert "Yes, delete them for good" in app.error[0].value
    app.checkbox(key=of("sure", kept)).check()
    sound(app.button(key=of("forget", kept)).click().run())
    said = words(app)
    assert PRIVATE[0] not in said
    assert "Name and e-mail were deleted." in said
    assert f"{COORDINATOR} deleted name and e-mail, " in said
    assert now(kept).status == "held"
    assert comments.people(opened.store()) == {}


def test_what_the_trap_holds_is_told_to_coordinators(open_page: Open) -> None:
    write(trapped=True)
    app = open_page("comments", queue="hidden")
    assert "1 comment was held back by the trap for robots" in words(app)
    assert "The trap for robots hid it" in words(app)


def test_hostile_text_is_text_everywhere(open_page: Open) -> None:
    kept = decide(write(HOSTILE, organisation=HOSTILE, name=HOSTILE), "answer", HOSTILE)
    for app in (
        open_page("comments", queue="published"), open_page("comments", comment=kept.reference),
        unfolded(open_page, "occupation", area=AUSTIN, soc=ELECTRICIANS),
    ):  # fmt: skip
        assert all("<img" not in e.value for e in app.get("html"))
        assert html.escape(HOSTILE) in "".join(e.value for e in app.get("html"))
        for element in (*app.markdown, *app.caption, *app.error, *app.success):
            assert "<img" not in element.value
    app = open_page("comments", queue="published")
    sound(app.button(key=of("hide", kept)).click().run())
    assert "\\<img" in app.success[0].value


def test_the_export_has_every_comment_disarmed_and_names_only_where_asked(open_page: Open) -> None:
    write("=1+1", organisation="@Acme", name=PRIVATE[0], email=PRIVATE[1])
    decide(write("Two\nlines."), "hide")
    app = open_page("comments")
    assert [b.label for b in app.get("download_button")] == ["Comments as CSV", "Comments as JSON"]
    every = comment_loaders.current()
    seen = comment_state.Seen(every, {}, "", False, "held", "", None, ())
    plain, named = (comment_review.as_csv(seen, asked).decode("utf-8-sig") for asked in (False, True))
    assert "'=1+1" in plain
    assert "'@Acme" in plain
    assert PRIVATE[0] not in plain
    assert PRIVATE[0] in named
    assert plain.startswith("# Comments on")
    assert restore_text("'=1+1") == "=1+1"
    rows = json.loads(json.dumps(comment_review.rows(seen, False)))
    assert {row["status"] for row in rows} == {"held", "hidden"}
    assert {row["text"] for row in rows} == {"=1+1", "Two\nlines."}
    assert all("email" not in row for row in rows)
    assert set(STATUSES) >= {row["status"] for row in rows}
