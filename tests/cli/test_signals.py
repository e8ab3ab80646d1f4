import json

import pytest

KEYS = {
    "id", "name", "area", "area_code", "value", "unit", "change_3m", "change_12m", "change_unit", "trend",
    "trend_months", "date", "old", "preliminary", "basis", "source", "covers", "note", "series",
}  # fmt: skip


def test_the_shape_is_as_agreed(lmi):
    told = json.loads(lmi("signals", "--area", "12420", "--json").out)
    assert set(told) == {"area", "signals", "sectors", "notes"}
    assert told["area"]["code"] == "12420"
    for row in told["signals"]:
        assert set(row) == KEYS
        assert all((row["covers"], row["source"], row["date"]))
        assert row["series"][-1][1] == row["value"]
    assert len(told["sectors"]) == 46


def test_texas_on_the_last_day_of_the_bundled_file(lmi):
    told = json.loads(lmi("signals", "--area", "48", "--json").out)
    series = {row["id"]: dict(row["series"]) for row in told["signals"]}
    assert series["postings"]["2026-08-14"] == 114.15


def test_as_text(lmi):
    said = lmi("signals", "--area", "US").out
    assert "Job postings on Indeed" in said
    assert "CC BY 4.0" in said


@pytest.mark.parametrize("area", ["99999", ""])
def test_an_unknown_area(lmi, area):
    assert "No area" in lmi("signals", "--area", area, code=2).err
