"""The editor of pathways: changes show before they are saved, saving keeps what was there."""

import os
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lmi.sources import pathway_drafts
from lmi.sources.pathways_edit import RetireStep, apply
from lmi.ui import loaders
from tests.pages.conftest import Open, marks, part, texts, words

HOSTILE = "=cmd|' /C calc'!A0: <b>#x</b> {y} \"z\" \\"


MOVE = ("47-3015", "47-2152")
PLUMBING = "plumbing-47-3015-47-2152"


def edit(app: AppTest, mode: str) -> AppTest:
    """Turn the editor to one of its forms."""
    return app.segmented_control(key="w_edit").set_value(mode).run()


def field(app: AppTest, kind: str, begins: str) -> Any:
    """The field of a form whose key begins so; its end changes with what the form is about."""
    (found,) = [one for one in app.get(kind) if (one.key or "").startswith(begins)]
    return found


def on_move(app: AppTest) -> AppTest:
    """The form of the move from helper to plumber."""
    return app.selectbox(key="w_move-plumbing").set_value(MOVE).run()


def press(app: AppTest, label: str) -> AppTest:
    """Press the button of that label; no exception."""
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception, [e.message for e in app.exception]
    assert "Something needs your attention" not in [s.value for s in app.header]
    return app


def noted(open_page: Open, text: str, **address: str) -> AppTest:
    """A page on which somebody changed the note of the move."""
    app = on_move(open_page("pathways", area="12420", path="plumbing", suggest="no", **address))
    field(app, "text_input", f"note-{PLUMBING}").set_value(text)
    return press(app, "Apply")


def draft_of(app: AppTest) -> str:
    """The id of the unsaved changes in the address of the page."""
    return str(app.session_state["draft"])


def test_a_change_shows_at_once_and_is_saved_with_the_comments_and_the_old_file(
    open_page: Open, whole_file: Path
) -> None:
    before = whole_file.read_text(encoding="utf-8")
    app = open_page("pathways", area="12420", path="plumbing", suggest="no")
    on_move(app)
    field(app, "text_input", f"cred-{PLUMBING}").set_value(HOSTILE)
    press(app, "Apply")
    told = words(app)
    assert "1 unsaved change;" in told
    assert whole_file.read_text(encoding="utf-8") == before
    edit(app, "save")
    assert "Helpers--Pipelayers, Plumbers" in words(app)
    assert 'data-testid="difference"' in texts(app)
    assert "<b>#x" not in texts(app)
    press(app, "Save in place")
    after = whole_file.read_text(encoding="utf-8")
    assert any(s.value.startswith("Saved") for s in app.success)
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(changed) == 1
    assert "credential" in changed[0]
    assert after.count("#") - HOSTILE.count("#") == before.count("#")  # every comment is still there
    kept = list((whole_file.parent / "versions" / "previous").glob("*.yaml"))
    assert [k.read_text(encoding="utf-8") for k in kept] == [before]
    shown = open_page("pathways", area="12420", path="plumbing", pathview="list")
    assert HOSTILE in words(shown)
    assert "unsaved" not in words(shown)


def test_a_new_job_comes_with_its_move_and_stands_on_the_map(open_page: Open, own_file: Path) -> None:
    app = open_page("pathways", area="12420", path="plumbing", suggest="no")
    assert "47-4041" not in marks(app, "pathway-plumbing")
    edit(app, "new_step")
    mark = "new-plumbing"
    field(app, "selectbox", f"soc-{mark}").set_value("47-4041")
    field(app, "selectbox", f"stage-{mark}").set_value("skilled")
    field(app, "selectbox", f"other-{mark}").set_value("47-3015")
    field(app, "number_input", f"low-{mark}").set_value(6)
    field(app, "text_input", f"cred-{mark}").set_value("A certificate")
    press(app, "Add")
    assert "47-4041" in marks(app, "pathway-plumbing")
    edit(app, "save")
    assert "unchecked: [time, credential]" in texts(app).replace("&#x27;", "'")
    press(app, "Discard the changes")
    assert "47-4041" not in marks(app, "pathway-plumbing")
    assert "unsaved" not in words(app)


def test_what_would_not_hold_together_is_refused_and_changes_nothing(open_page: Open, own_file: Path) -> None:
    app = open_page("pathways", area="12420", path="plumbing")
    edit(app, "new_move")
    mark = "arrow-plumbing"
    field(app, "selectbox", f"from-{mark}").set_value("47-2152")
    field(app, "selectbox", f"to-{mark}").set_value("47-3015")
    press(app, "Add")
    told = words(app)
    assert "This was not done:" in told
    assert "leads back" in told
    assert "unsaved" not in told


def test_retiring_a_job_takes_its_moves_along_and_it_can_come_back(open_page: Open, own_file: Path) -> None:
    app = open_page("pathways", area="12420", path="nursing", suggest="no")
    assert "29-1151" in marks(app, "pathway-nursing")
    edit(app, "step")
    app.selectbox(key="w_step").set_value("29-1151").run()
    press(app, "Retire this job and its moves")
    assert "29-1151" not in marks(app, "pathway-nursing")
    edit(app, "step")
    app.selectbox(key="w_step").set_value("29-1151").run()
    assert "This job is retired" in words(app)


def test_a_published_version_is_copied_and_not_changed(open_page: Open, own_file: Path) -> None:
    app = open_page("pathways", area="12420", path="plumbing")
    edit(app, "versions")
    assert next(b for b in app.button if b.key == "path-publish").disabled
    app.checkbox(key="path-sure").set_value(True).run()
    press(app, "Publish")
    told = words(app)
    assert "Version 2026.1 (published)" in told
    assert "it is copied to a new draft, not changed" in told
    assert [m.label for m in app.segmented_control if m.key == "w_edit"]
    app.text_input(key="path-copy-name").set_value("../up")
    press(app, "Copy to a new draft")
    assert "cannot be the name of a version" in words(app)
    app.text_input(key="path-copy-name").set_value("2027.1")
    press(app, "Copy to a new draft")
    assert "Version 2027.1 (draft, not published yet)" in words(app)
    everyone = open_page("pathways", area="12420", path="plumbing", audience="students")
    assert "Version 2026.1 (published)" in words(everyone)
    staff = open_page("pathways", area="12420", path="plumbing")
    assert "A draft, '2027.1', is being worked on" in words(staff)
    assert "Version 2026.1 (published)" in words(staff)
    assert part(staff, "answer") == part(everyone, "answer")


def test_the_public_sees_no_editor(open_page: Open, own_file: Path) -> None:
    for audience in ("students", "jobseekers", "educators", "employers", "policymakers"):
        app = open_page("pathways", area="12420", audience=audience)
        assert "Edit the pathways" not in texts(app)
        assert not [c for c in app.segmented_control if c.key == "w_edit"]


# ---- unsaved changes outlive the page ------------------------------------------------------------------


def test_a_reload_or_a_link_shows_the_unsaved_changes_and_saves_them(open_page: Open, own_file: Path) -> None:
    mine = noted(open_page, "Mine.")
    name = draft_of(mine)
    assert re.fullmatch("[0-9a-f]{16}", name)
    assert f"draft={name}" in texts(mine)  # the links of the page carry it
    app = open_page("pathways", area="12420", path="plumbing", suggest="no", draft=name)
    assert "1 unsaved change; the editor below" in words(app)
    assert field(on_move(app), "text_input", f"note-{PLUMBING}").value == "Mine."
    edit(app, "save")
    assert "Helpers--Pipelayers" in words(app)
    assert "changed: note" in words(app)
    press(app, "Save in place")
    assert 'note: "Mine."' in own_file.read_text(encoding="utf-8")
    assert draft_of(app) == ""
    assert "unsaved" not in words(app)
    late = open_page("pathways", area="12420", path="plumbing", draft=name)
    assert "The changes in this link are saved in the file already." in words(late)


def test_changes_go_on_from_a_link_and_an_earlier_one_undoes_the_last(
    open_page: Open, own_file: Path
) -> None:
    first = draft_of(noted(open_page, "One."))
    app = noted(open_page, "Two.", draft=first)
    second = draft_of(app)
    assert second != first
    assert "2 unsaved changes;" in words(app)
    app.text_input(key="draft").set_value(first).run()  # what Back does
    assert "1 unsaved change;" in words(app)
    assert field(on_move(app), "text_input", f"note-{PLUMBING}").value == "One."
    press(edit(app, "save"), "Discard the changes")
    assert draft_of(app) == ""
    assert "unsaved" not in words(app)


def test_the_public_sees_a_draft_it_is_sent_without_an_editor(open_page: Open, own_file: Path) -> None:
    name = draft_of(noted(open_page, "Seen by all."))
    app = open_page("pathways", path="plumbing", pathview="list", audience="students", draft=name)
    assert "1 unsaved change; nothing of it is in use yet" in words(app)
    assert "Seen by all." in words(app)
    assert "Edit the pathways" not in texts(app)


@pytest.mark.parametrize("name", ["../CURRENT", "0123456789abcdef", "<b>x</b>", "a" * 400])
def test_an_id_that_names_no_draft_is_told_and_ignored(open_page: Open, own_file: Path, name: str) -> None:
    app = open_page("pathways", area="12420", path="plumbing", draft=name)
    assert name[:16] in "\n".join(t.value for t in app.text)
    assert "unsaved change;" not in words(app)
    assert "draft" not in noted(open_page, "Mine.", draft=name).session_state["draft"]


def test_a_damaged_draft_is_told_and_ignored(open_page: Open, own_file: Path, built: Path) -> None:
    name = draft_of(noted(open_page, "Mine."))
    (built / "drafts" / f"{name}.json").write_bytes(b"{")
    app = open_page("pathways", area="12420", path="plumbing", draft=name)
    assert f"The unsaved changes '{name}' cannot be read." in words(app)
    assert "unsaved change;" not in words(app)


def test_a_draft_that_does_not_fit_the_data_is_told_and_ignored(
    open_page: Open, own_file: Path, built: Path
) -> None:
    text = own_file.read_text(encoding="utf-8")
    name = pathway_drafts.put(built / "drafts", pathway_drafts.Kept(text.replace("47-2152", "47-9999"), text))
    app = open_page("pathways", area="12420", path="plumbing", draft=name)
    assert "do not fit the data of today" in words(app)
    assert "47-9999" in words(app)


def test_a_full_disk_does_not_lose_the_changes_of_the_session(
    open_page: Open, own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    app = noted(open_page, "One.")
    first = draft_of(app)
    with monkeypatch.context() as patch:
        patch.setattr(pathway_drafts.os, "fsync", full)
        field(on_move(app), "text_input", f"note-{PLUMBING}").set_value("Two.")
        press(app, "Apply")
    assert any("cannot be kept on the disk" in s.value.replace("\\", "") for s in app.success)
    assert draft_of(app) == ""
    app.run()
    assert "2 unsaved changes;" in words(app)
    app.text_input(key="draft").set_value(first).run()  # Back: what is held nowhere else stays
    assert "2 unsaved changes;" in words(app)
    press(edit(app, "save"), "Save in place")
    assert 'note: "Two."' in own_file.read_text(encoding="utf-8")


# ---- somebody else saved -------------------------------------------------------------------------------


def theirs(path: Path, old: str, new: str) -> str:
    """Somebody else's save; the text of the file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 10**9))
    return path.read_text(encoding="utf-8")


def test_the_second_of_two_who_save_makes_the_changes_on_the_other_file(
    open_page: Open, own_file: Path
) -> None:
    app = edit(noted(open_page, "Mine."), "save")
    other = theirs(own_file, 'name: "2026.1"', 'name: "2026.2"')
    press(app, "Save in place")
    told = words(app)
    assert "This was not done: Somebody changed the pathways meanwhile" in told
    assert "Somebody changed the file after your changes began" in told
    assert own_file.read_text(encoding="utf-8") == other
    assert "1 unsaved change;" in told  # nothing typed is lost
    assert not [b for b in app.button if b.key == "path-save"]
    press(app, "Make my changes on the saved file")
    assert own_file.read_text(encoding="utf-8") == other
    shown = next(e.value for e in app.get("html") if "difference" in e.value)
    assert "Mine." in shown
    assert "2026.1" not in shown  # against their file
    press(app, "Save in place")
    after = own_file.read_text(encoding="utf-8")
    assert 'name: "2026.2"' in after
    assert 'note: "Mine."' in after


def test_what_cannot_be_made_on_the_other_file_stays_in_view(open_page: Open, own_file: Path) -> None:
    app = open_page("pathways", area="12420", path="nursing", suggest="no")
    edit(app, "step")
    app.selectbox(key="w_step").set_value("29-1151").run()
    press(app, "Retire this job and its moves")
    text = own_file.read_text(encoding="utf-8")
    retired = apply(text, RetireStep("nursing", "29-1151"), {})
    own_file.write_text(retired.replace('"2026.1"', '"2026.2"', 1), encoding="utf-8")
    edit(app, "save")
    press(app, "Make my changes on the saved file")
    told = words(app)
    assert "1 change could not be made on the saved file" in told
    assert "The step 29-1151 is retired already." in told
    again = edit(open_page("pathways", area="12420", path="nursing", draft=draft_of(app)), "save")
    assert "The step 29-1151 is retired already." in words(again)
    assert not [b for b in again.button if b.key == "path-save"]
    press(again, "Discard the changes")
    assert "could not be made" not in words(again)


def test_only_what_somebody_changed_is_made_on_the_other_file(open_page: Open, own_file: Path) -> None:
    app = noted(open_page, "Mine.")
    text = own_file.read_text(encoding="utf-8")
    place = text.index("from: 47-3015\n        to: 47-2152")
    old = re.search(r"credential: .*", text[place:])
    assert old
    text = text[:place] + text[place:].replace(old[0], 'credential: "Theirs"', 1)
    own_file.write_text(text, encoding="utf-8")
    press(edit(app, "save"), "Make my changes on the saved file")
    press(app, "Save in place")
    after = own_file.read_text(encoding="utf-8")
    assert 'credential: "Theirs"' in after
    assert 'note: "Mine."' in after


def test_changes_are_not_stranded_when_the_draft_is_published_meanwhile(
    open_page: Open, own_file: Path
) -> None:
    app = noted(open_page, "Mine.")
    theirs(own_file, "status: draft", "status: published")
    app.run()
    edit(app, "save")
    assert "Copy it to a new draft under Versions" in words(app)
    edit(app, "versions")
    app.text_input(key="path-copy-name").set_value("2027.1")
    press(app, "Copy to a new draft")
    press(edit(app, "save"), "Make my changes on the saved file")
    press(app, "Save in place")
    after = own_file.read_text(encoding="utf-8")
    assert '"2027.1"' in after
    assert 'note: "Mine."' in after


# ---- the forms -----------------------------------------------------------------------------------------


def test_a_validation_says_who_and_when_and_not_in_the_future(
    open_page: Open, own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = on_move(open_page("pathways", area="12420", path="plumbing"))
    field(app, "selectbox", f"status-{PLUMBING}").set_value("validated")
    press(app, "Apply")
    told = words(app)
    assert "needs the day under 'Validated on' and at least one name under 'Organizations'" in told
    assert "validated_on" not in told
    today = date.fromisoformat(loaders.today())
    day = field(app, "date_input", f"day-{PLUMBING}")
    assert day.max == today
    day.set_value(today)
    field(app, "text_area", f"orgs-{PLUMBING}").set_value("One Hospital\n\n Two: Works ")
    with monkeypatch.context() as patch:
        patch.setattr(loaders, "today", lambda: (today - timedelta(days=1)).isoformat())
        press(app, "Apply")
    assert "is still to come" in words(app)
    assert "unsaved" not in words(app)
    app.run()  # the form as it is offered today
    field(app, "date_input", f"day-{PLUMBING}").set_value(today)
    field(app, "text_area", f"orgs-{PLUMBING}").set_value("One Hospital\n\n Two: Works ")
    press(app, "Apply")
    assert "1 unsaved change;" in words(app)
    press(edit(app, "save"), "Save in place")
    after = own_file.read_text(encoding="utf-8")
    assert f"validated_on: {today.isoformat()}" in after
    assert 'organisations: ["One Hospital", "Two: Works"]' in after


def test_retiring_a_goal_says_that_it_is_one_and_what_to_do(open_page: Open, own_file: Path) -> None:
    app = edit(open_page("pathways", area="12420", path="nursing"), "step")
    app.selectbox(key="w_step").set_value("29-1141").run()
    press(app, "Retire this job and its moves")
    told = words(app)
    assert "29-1141 Registered Nurses is a goal of 'Nursing and emergency care' and is retired." in told
    assert "choose another goal in the file first" in told
    assert "is not a step" not in told
    assert "targets[" not in told


def test_a_loop_is_named_in_full_and_in_the_words_of_the_form(open_page: Open, own_file: Path) -> None:
    app = edit(open_page("pathways", area="12420", path="plumbing"), "new_move")
    field(app, "selectbox", "from-arrow-plumbing").set_value("47-2152")
    field(app, "selectbox", "to-arrow-plumbing").set_value("47-3015")
    field(app, "selectbox", "kind-arrow-plumbing").set_value("lateral")
    press(app, "Add")
    told = words(app)
    assert "a lateral move leads from 'Skilled'" in told
    assert "two jobs of one stage, or kind 'advance'" in told


def test_months_are_whole_and_a_fraction_in_the_file_stays_until_it_is_replaced(
    open_page: Open, own_file: Path
) -> None:
    text = own_file.read_text(encoding="utf-8")
    place = text.index("from: 47-3015\n        to: 47-2152")
    old = re.search(r"months: .*", text[place:])
    assert old
    own_file.write_text(text[:place] + text[place:].replace(old[0], "months: [2.5,48]", 1), encoding="utf-8")
    app = noted(open_page, "Mine.")
    assert draft_of(app)
    low, high = (field(app, "number_input", f"{end}-{PLUMBING}") for end in ("low", "high"))
    assert (low.value, low.placeholder, high.value, high.step) == (None, "2.5", 48, 1)
    high.set_value(50)
    press(app, "Apply")
    edit(app, "save")
    shown = next(e.value for e in app.get("html") if "difference" in e.value)
    assert "+         months: [2.5, 50]" in shown
    edit(app, "move")
    field(on_move(app), "number_input", f"low-{PLUMBING}").set_value(60)
    press(app, "Apply")
    assert "'Months, at least' is 60, more than 'at most', 50." in words(app)


def test_a_form_that_changes_nothing_is_no_change(open_page: Open, own_file: Path) -> None:
    app = press(on_move(open_page("pathways", area="12420", path="plumbing")), "Apply")
    assert any(s.value.startswith("Nothing is different") for s in app.success)
    assert "unsaved" not in words(app)


def test_publishing_can_say_another_note(open_page: Open, own_file: Path) -> None:
    app = edit(open_page("pathways", area="12420", path="plumbing"), "versions")
    note = field(app, "text_input", "path-publish-note")
    before = re.search(r'note: "(.*?)"', own_file.read_text(encoding="utf-8"))
    assert before
    assert note.value == before[1]
    note.set_value(HOSTILE)
    app.checkbox(key="path-sure").set_value(True).run()
    press(app, "Publish")
    assert HOSTILE in words(app)
    assert before[1] not in own_file.read_text(encoding="utf-8").splitlines()[0]


# ---- a file broken by hand -----------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"version: {", b"\xff\xfe", b""], ids=["YAML", "UTF-8", "empty"])
def test_a_file_broken_by_hand_offers_no_form_and_keeps_the_draft(
    open_page: Open, own_file: Path, content: bytes
) -> None:
    good = own_file.read_bytes()
    app = edit(noted(open_page, "Mine."), "versions")
    name = draft_of(app)
    own_file.write_bytes(content)
    for page in (app.run(), open_page("pathways", may_fail=True, area="12420", path="plumbing", draft=name)):
        assert not page.exception
        assert "Something needs your attention" not in [s.value for s in page.header]
        told = words(page)
        assert "pathways.yaml has a mistake, which is named at the top of the page" in told
        assert [e.label for e in page.expander if "A file has a mistake" in e.label]
        assert "1. Helpers--Pipelayers" in told
        assert [d for d in page.get("download_button") if d.proto.id.endswith("path-download-new")]
        labels = {b.label for b in page.button}
        assert "Discard the changes" in labels
        assert not labels & {"Apply", "Save in place", "Publish", "Copy to a new draft"}
        assert not [c for c in page.segmented_control if c.key == "w_edit"]
    assert own_file.read_bytes() == content
    own_file.write_bytes(good)
    app.run()
    assert [c for c in app.segmented_control if c.key == "w_edit"]
