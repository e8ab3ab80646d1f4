"""Known errors of imported files, and the guards by which a fix does not outlive its error."""

from dataclasses import replace

import pytest

from lmi.domain.errors import BadFile
from lmi.places import ROOT
from lmi.sources.event_corrections import corrected, load_corrections
from tests.sources.event_nation import corrections, state_file

RECORDS = ROOT / "data" / "corrections" / "hiring_events.yaml"


def notices(state, year="", count=None):
    found = [n for n in state_file(state).incoming if n.year.startswith(year) and "jobs" in n.cells]
    return found[:count]


def with_jobs(notice, jobs):
    return replace(notice, cells={**notice.cells, "jobs": jobs})


@pytest.mark.parametrize(
    ("state", "year", "count"), [("tx", "2020", 1207), ("tx", "2025", 288), ("al", "", 1031)]
)
def test_counts_ten_times_too_large_are_divided_and_say_so(state, year, count):
    before = notices(state, year)
    after = corrected(before, corrections())
    assert len(before) == count
    assert sum(n.cells["jobs"].endswith("0") for n in after) < count / 2
    for old, new in zip(before, after, strict=True):
        assert int(new.cells["jobs"]) * 10 == int(old.cells["jobs"])
        assert new.cells["confidence"] == "low"
        assert "Count divided by ten" in new.remarks[-1]
        assert old.cells["jobs"] in new.remarks[-1]


def test_other_years_states_and_formats_stay_as_they_are():
    others = [*notices("tx", "2024"), *notices("az")]
    assert corrected(others, corrections()) == others
    official = [replace(n, format="warn_texas") for n in notices("tx", "2025")]
    assert corrected(official, corrections()) == official


def test_a_mended_file_stops_the_import_and_names_the_record():
    mended = [with_jobs(n, str(int(n.cells["jobs"]) // 10)) for n in notices("tx", "2025")]
    with pytest.raises(BadFile, match=r"'collected-tx-2025'.*mended it.*remove the correction"):
        corrected(mended, corrections())


def test_one_odd_count_in_a_hundred_is_doubtful_and_two_stop_the_import():
    group = notices("tx", "2025", 100)
    after = corrected([with_jobs(group[0], "117"), *group[1:]], corrections())
    assert after[0].cells["jobs"] == "117"
    assert "none of the ten times too large ones" in after[0].doubtful
    assert int(after[1].cells["jobs"]) * 10 == int(group[1].cells["jobs"])
    with pytest.raises(BadFile, match=r"98% end in 0"):
        corrected([with_jobs(n, "117") for n in group[:2]] + group[2:], corrections())


def test_too_few_counts_to_tell_are_doubtful_and_unchanged():
    few = notices("tx", "2025", 19)
    after = corrected(few, corrections())
    assert [n.cells for n in after] == [n.cells for n in few]
    assert all("19 of them are too few" in n.doubtful for n in after)
    assert not any(n.doubtful for n in corrected(notices("tx", "2025", 20), corrections()))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("action: divide by 10", "action: divide by 7", r"line 14, corrections\[1\]\.action"),
        ("state: TX", "state: TY", r"line 12, corrections\[1\]\.where\.state"),
        ("years: [2020]", "years: []", r"no year is named"),
        ("id: collected-tx-2025", "id: collected-tx-2020", r"stands twice"),
        ("    status: known", "    state: known", r"unknown key 'state'"),
    ],
)
def test_a_record_out_of_form_names_its_line(tmp_path, old, new, words):
    text = RECORDS.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "hiring_events.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile, match=words):
        load_corrections(tmp_path)
