"""The folder of refreshed tables."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from lmi.domain.errors import BadFile, LmiError
from lmi.sources import indeed_wages, manifest, refreshed
from lmi.sources.manifest import BundledFile
from lmi.sources.refreshed import Fresh


def fresh(raw: Path, rows: int) -> Fresh:
    table = indeed_wages.parse(raw)["posted_wage_growth"].head(rows)
    file = BundledFile("realtime/a.csv", "2026-11-25", 5, "0" * 64, "https://example.org/a.csv")
    return Fresh(replace(indeed_wages.SOURCE, period="of the test"), (file,), {"posted_wage_growth": table})


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_nothing_is_there_at_first(tmp_path):
    assert refreshed.read(tmp_path / "none") == []
    assert len(refreshed.table_of(tmp_path / "none", "posted_wage_growth")) == 0


def test_what_is_kept_is_read_again(raw, tmp_path):
    refreshed.keep(tmp_path, [fresh(raw, 3)])
    (source,) = refreshed.read(tmp_path)
    assert (source.id, source.period, source.retrieved) == ("indeed_wages", "of the test", "2026-11-25")
    assert source.files[0].url == "https://example.org/a.csv"
    held = refreshed.table_of(tmp_path, "posted_wage_growth")
    key = ["sector", "period"]
    assert held.equals(fresh(raw, 3).tables["posted_wage_growth"].sort_values(key, ignore_index=True))
    assert refreshed.files_of(tmp_path, "indeed_wages") == source.files


def test_the_last_state_and_the_one_before_stay(raw, tmp_path):
    states = []
    for rows in (3, 4, 5):
        refreshed.keep(tmp_path, [fresh(raw, rows)])
        states.append(files(tmp_path))
    assert len(states[2]) == 3  # sources.yaml and two tables
    assert len(states[2] & states[1]) == 2
    assert states[2] & states[0] == {"sources.yaml"}
    assert len(refreshed.table_of(tmp_path, "posted_wage_growth")) == 5


def test_a_failure_to_write_leaves_it_as_it_was(raw, tmp_path, monkeypatch):
    refreshed.keep(tmp_path, [fresh(raw, 3)])
    before = refreshed.manifest_content(tmp_path)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LmiError, match="No space left"):
        refreshed.keep(tmp_path, [fresh(raw, 4)])
    assert refreshed.manifest_content(tmp_path) == before
    assert len(refreshed.table_of(tmp_path, "posted_wage_growth")) == 3


def test_an_odd_folder_is_named_and_the_next_refresh_starts_anew(raw, tmp_path):
    path = tmp_path / manifest.FILE_NAME
    path.write_text("sources: [")
    with pytest.raises(BadFile) as error:
        refreshed.read(tmp_path)
    assert str(tmp_path) in error.value.what
    assert "refresh realtime" in error.value.next_step
    refreshed.keep(tmp_path, [fresh(raw, 3)])
    assert [source.id for source in refreshed.read(tmp_path)] == ["indeed_wages"]


def test_a_changed_table_is_not_used(raw, tmp_path):
    refreshed.keep(tmp_path, [fresh(raw, 3)])
    next(tmp_path.glob("*.parquet")).write_bytes(b"changed")
    assert len(refreshed.table_of(tmp_path, "posted_wage_growth")) == 0
    assert refreshed.files_of(tmp_path, "indeed_wages") == ()
