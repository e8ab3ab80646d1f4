"""Options parse, and a measurement that cannot be made becomes a row instead of a crash."""

import pytest

from bench import __main__ as bench
from bench import browser, children, crowd
from bench.stage import NotMeasured, Stage, chromium, opened


def test_defaults_measure_everything_over_20_areas():
    chosen = bench.options([])
    assert (chosen.only, chosen.areas, chosen.quick) == (bench.SECTIONS, 20, False)


def test_only_takes_names_in_any_order_and_keeps_the_order_of_the_report():
    assert bench.options(["--only", "shell, build"]).only == ("build", "shell")


@pytest.mark.parametrize(
    "wrong", [["--only", "speed"], ["--only", ","], ["--areas", "0"], ["--areas", "many"], ["build"]]
)
def test_wrong_options_end_with_2(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        bench.options(wrong)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_section_that_cannot_be_measured_says_why(tmp_path, monkeypatch):
    def refuse(stage: Stage) -> list:
        raise NotMeasured("the app did not start")

    monkeypatch.setattr("bench.build.prepare", lambda stage: None)
    monkeypatch.setattr(crowd, "measure", refuse)
    (row,) = bench.measure(["crowd"], Stage(tmp_path))
    assert (row.name, row.samples, row.note) == ("crowd", (), "not measured: the app did not start")


def test_without_chromium_the_browser_row_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("bench.stage.shutil.which", lambda name: None)
    with pytest.raises(NotMeasured):
        chromium()
    (row,) = browser.measure(Stage(tmp_path))
    assert row.met is None
    assert "no Chromium" in row.note


def test_quick_repeats_at_most_three_times(tmp_path):
    assert Stage(tmp_path, quick=True).repeats(7) == 3
    assert Stage(tmp_path).repeats(7) == 7


def test_the_stage_leaves_nothing_behind():
    with opened(1, quick=True) as stage:
        (stage.build_dir / "file").write_text("x")
        assert stage.environment["LMI_BUILD_DIR"] == str(stage.build_dir)
    assert not stage.build_dir.exists()


def test_a_child_reports_its_own_memory_and_a_failing_one_is_named(tmp_path):
    environment = Stage(tmp_path).environment
    small = children.run(["-S", "-c", "pass"], environment)
    large = children.run(["-S", "-c", "x = bytearray(200_000_000)"], environment)
    assert small.peak_mb < 100 < 190 < large.peak_mb, "not the memory of this test process"
    with pytest.raises(NotMeasured, match="code 3"):
        children.run(["-S", "-c", "raise SystemExit(3)"], environment)
