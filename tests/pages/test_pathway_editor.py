"""The editor of pathways: changes show before they are saved, saving keeps what was there."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lmi.places import ROOT
from tests.pages.conftest import Open, marks, part, texts, words

HOSTILE = "=cmd|' /C calc'!A0: <b>#x</b> {y} \"z\" \\"


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of pathways.yaml and an empty folder of versions."""
    path = tmp_path / "pathways.yaml"
    path.write_bytes((ROOT / "pathways.yaml").read_bytes())
    monkeypatch.setenv("LMI_PATHWAYS", str(path))
    monkeypatch.setenv("LMI_PATHWAY_VERSIONS", str(tmp_path / "versions"))
    return path


def edit(app: AppTest, mode: str) -> AppTest:
    """Turn the editor to one of its forms."""
    return app.segmented_control(key="w_edit").set_value(mode).run()


def press(app: AppTest, label: str) -> AppTest:
    """Press the button of that label; no exception."""
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception, [e.message for e in app.exception]
    return app


def test_a_change_shows_at_once_and_is_saved_with_the_comments_and_the_old_file(
    open_page: Open, own_file: Path
) -> None:
    before = own_file.read_text(encoding="utf-8")
    app = open_page("pathways", area="12420", path="plumbing", suggest="no")
    mark = "plumbing-47-3015-47-2152"
    app.selectbox(key="w_move-plumbing").set_value(("47-3015", "47-2152")).run()
    app.text_input(key=f"cred-{mark}").set_value(HOSTILE)
    press(app, "Apply")
    told = words(app)
    assert "1 unsaved change of yours" in told
    assert own_file.read_text(encoding="utf-8") == before
    edit(app, "save")
    assert "Helpers--Pipelayers, Plumbers" in words(app)
    assert 'data-testid="difference"' in texts(app)
    assert "<b>#x" not in texts(app)
    press(app, "Save in place")
    after = own_file.read_text(encoding="utf-8")
    assert any(s.value.startswith("Saved") for s in app.success)
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(changed) == 1
    assert "credential" in changed[0]
    assert after.count("#") - HOSTILE.count("#") == before.count("#")  # every comment is still there
    kept = list((own_file.parent / "versions" / "previous").glob("*.yaml"))
    assert [k.read_text(encoding="utf-8") for k in kept] == [before]
    shown = open_page("pathways", area="12420", path="plumbing", pathview="list")
    assert HOSTILE in words(shown)
    assert "unsaved" not in words(shown)


def test_a_new_job_comes_with_its_move_and_stands_on_the_map(open_page: Open, own_file: Path) -> None:
    app = open_page("pathways", area="12420", path="plumbing", suggest="no")
    assert "47-4041" not in marks(app, "pathway-plumbing")
    edit(app, "new_step")
    mark = "new-plumbing"
    app.selectbox(key=f"soc-{mark}").set_value("47-4041")
    app.selectbox(key=f"stage-{mark}").set_value("skilled")
    app.selectbox(key=f"other-{mark}").set_value("47-3015")
    app.number_input(key=f"low-{mark}").set_value(6.0)
    app.text_input(key=f"cred-{mark}").set_value("A certificate")
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
    app.selectbox(key=f"from-{mark}").set_value("47-2152")
    app.selectbox(key=f"to-{mark}").set_value("47-3015")
    press(app, "Add")
    told = words(app)
    assert "This was not changed" in told
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


def test_the_second_of_two_who_save_is_told(open_page: Open, own_file: Path) -> None:
    app = open_page("pathways", area="12420", path="plumbing")
    app.selectbox(key="w_move-plumbing").set_value(("47-3015", "47-2152")).run()
    app.text_input(key="note-plumbing-47-3015-47-2152").set_value("Mine.")
    press(app, "Apply")
    other = own_file.read_text(encoding="utf-8").replace('name: "2026.1"', 'name: "2026.2"', 1)
    own_file.write_text(other, encoding="utf-8")
    edit(app, "save")
    press(app, "Save in place")
    assert "Somebody changed the pathways meanwhile" in words(app)
    assert own_file.read_text(encoding="utf-8") == other
    assert "1 unsaved change of yours" in words(app)  # nothing typed is lost


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
