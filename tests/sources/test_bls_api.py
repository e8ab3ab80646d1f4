"""Answers of the BLS Public Data API, the series that are asked for, and the count of queries."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from lmi.domain.errors import BadFile, LmiError
from lmi.sources import bls_api, bls_series
from lmi.sources.bls_ledger import WITH_KEY, WITHOUT_KEY, Ledger
from lmi.sources.bls_series import Series

EXAMPLE = "bls_api_v2_example_LAUCN040010000000005.json"
HOUSTON = Series("LAUMT482642000000003", "26420", "unemployment_rate")
JOBS = Series("SMU48264200000000001", "26420", "employment")
NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)


def content(*data: dict, series: str = HOUSTON.id, **document) -> bytes:
    whole = {"status": "REQUEST_SUCCEEDED", "message": [], "Results": {"series": [
        {"seriesID": series, "data": list(data)}
    ]}}  # fmt: skip
    return json.dumps(whole | document).encode()


def month(period: str, value: str, **more) -> dict:
    return {"year": "2026", "period": period, "periodName": "x", "value": value, "footnotes": [{}]} | more


def test_the_recorded_answer(raw: Path):
    rows = bls_api.read_answer((raw / "realtime" / EXAMPLE).read_bytes(), "the answer")
    assert len(rows) == 25
    assert rows.iloc[0].to_dict() == {
        "series_id": "LAUCN040010000000005", "period": "2023-01", "value": 17585, "preliminary": True,
    }  # fmt: skip
    assert list(rows.period[rows.preliminary]) == ["2023-01", "2022-12"]


def test_annual_averages_go_and_a_dash_is_no_zero():
    answer = content(
        month("M13", "4.2"), month("M02", "-"), month("M01", "4.1", footnotes=[{"code": "P"}, {"code": "X"}])
    )
    rows = bls_api.read_answer(answer, "the answer")
    assert list(rows.period) == ["2026-02", "2026-01"]
    assert pd.isna(rows.value[0])
    assert rows.value[1] == 4.1
    assert list(rows.preliminary) == [False, True]


def test_line_breaks_inside_a_text_do_not_matter():
    answer = content(month("M01", "4.1"), message=["a|b"]).replace(b"a|b", b"a\nb\r\n\tc")
    assert list(bls_api.read_answer(answer, "the answer").value) == [4.1]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            content(status="REQUEST_NOT_PROCESSED", message=["threshold reached"], Results={}),
            "threshold reached",
        ),
        (content(status="REQUEST_FAILED_INVALID_PARAMETERS"), "REQUEST_FAILED_INVALID_PARAMETERS"),
        (content(status=None), "did not answer the query"),
        (b"<html>busy</html>", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[]", "It is a list"),
        (content(Results={}), "KeyError"),
        (content(Results=[]), "TypeError"),
        (content({"year": "2026"}), "KeyError"),
        (content(month("M01", "about 4")), f"{HOUSTON.id} has 'about 4' for 2026-01"),
        (content(month("M01", "1e999")), f"{HOUSTON.id} has '1e999' for 2026-01"),
        (content(month("M02", "4"), month("M01", "-5")), f"{HOUSTON.id} has '-5' for 2026-01"),
        (content(month("M01", float("nan"))), f"{HOUSTON.id} has 'nan' for 2026-01"),
        (b"[" * 200_000, "nested too deeply"),
        (content(month("Q01", "4")), "'Q01' is not a valid code"),
    ],
)
def test_a_failure_comes_with_200_and_is_one_all_the_same(answer, words):
    with pytest.raises(BadFile) as error:
        bls_api.read_answer(answer, "the answer")
    assert words in error.value.line()


def rows_of(*cells: tuple[str, str, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(list(cells), columns=["series_id", "period", "value"])
    return frame.assign(preliminary=False).astype(
        {"series_id": "str", "period": "str", "value": "Float64", "preliminary": "boolean"}
    )


def test_counts_are_published_in_thousands_and_held_in_jobs():
    found = bls_api.table(
        rows_of((HOUSTON.id, "2026-08", 4.3), (JOBS.id, "2026-08", 3489.2), (JOBS.id, "2026-07", None)),
        [HOUSTON, JOBS],
    )
    assert list(found.value[:2]) == [4.3, 3489200]
    assert pd.isna(found.value[2])
    assert list(found.area_code) == ["26420"] * 3
    assert list(found.measure) == ["unemployment_rate", "employment", "employment"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (rows_of(("LNS14000000", "2026-08", 4.3)), "LNS14000000"),
        (rows_of(), "no figure"),
        (rows_of((HOUSTON.id, "2026-08", None)), "no figure"),
        (rows_of((HOUSTON.id, "2026-07", 100), (HOUSTON.id, "2026-08", 100.1)), "'100.1' for 2026-08"),
    ],
)
def test_an_answer_to_another_question_is_refused(rows, words):
    with pytest.raises(BadFile, match=words):
        bls_api.table(rows, [HOUSTON])


def test_no_month_after_the_present_one():
    rows = rows_of((HOUSTON.id, "2026-11", 4.3))
    bls_api.require_past(rows, NOW.date())
    with pytest.raises(BadFile, match=f"{HOUSTON.id} has '4.3' for 2026-11"):
        bls_api.require_past(rows, NOW.date() - timedelta(days=25))


def test_a_key_is_taken_out_in_every_spelling():
    key = "0a9F-x"
    for text in (key, key.upper(), r"\u0030a9f\u002Dx", r"0a9F\-x"):
        assert bls_api.keyless(f"The {text}!", key) == "The (key)!"
    assert bls_api.keyless("0a9F", key) == "0a9F"
    assert bls_api.keyless("4.1", "") == "4.1"


def test_the_newer_value_counts():
    def table(*cells):
        return bls_api.table(rows_of(*cells), [HOUSTON, JOBS])

    earlier = table((HOUSTON.id, "2026-07", 4.0), (HOUSTON.id, "2026-08", 4.1), (JOBS.id, "2026-08", 3000.0))
    newer = table((HOUSTON.id, "2026-08", 4.2), (HOUSTON.id, "2026-09", 4.3))
    both = bls_api.merged(earlier, newer).set_index(["series_id", "period"]).value
    assert both.to_dict() == {
        (HOUSTON.id, "2026-07"): 4.0, (HOUSTON.id, "2026-08"): 4.2, (HOUSTON.id, "2026-09"): 4.3,
        (JOBS.id, "2026-08"): 3000000.0,
    }  # fmt: skip
    nothing = bls_api.parse(Path())["bls_series"]
    assert bls_api.merged(nothing, newer).equals(newer)
    assert bls_api.described(newer).period == "August 2026–September 2026"
    assert bls_api.described(newer).next_due == "2026-11"


class TestSeries:
    """The ids as BLS prints them (https://www.bls.gov/help/hlpforma.htm)."""

    def ids(self, *area: str) -> set[str]:
        return {series.id for series in bls_series.of_area(*area)}

    def test_a_metro(self):
        found = self.ids("26420", "48")
        assert found >= {"LAUMT482642000000003", "SMU48264200000000001", "SMU48264206500000001"}
        assert not [name for name in found if name.startswith("JTS")]
        assert {len(name) for name in found} == {20}

    def test_a_state(self):
        assert self.ids("48") >= {
            "LAUST480000000000003", "SMU48000000000000001", "SMU48000003000000001", "JTS000000480000000JOL",
            "JTS000000480000000HIL",
        }  # fmt: skip

    def test_the_nation(self):
        assert self.ids("US") >= {
            "LNS14000000", "CES0000000001", "CES6000000001", "JTS000000000000000JOL", "JTS000000000000000HIL",
        }  # fmt: skip
        assert "CES1500000001" not in self.ids("US")

    def test_none_for_other_areas(self):
        assert not bls_series.of_area("4800006", "48")
        assert not bls_series.of_area("R-one", "48")
        assert not bls_series.of_area("26420")

    def test_each_once_and_in_queries_of_a_size(self):
        areas = bls_series.of_areas({"US": "", "48": "48", "12420": "48", "26420": "48"})
        assert len(areas) == len({series.id for series in areas}) == 15 + 16 + 14 + 14
        queries = bls_series.in_queries(areas, 25)
        assert [len(query) for query in queries] == [25, 25, 9]
        assert [series for query in queries for series in query] == list(areas)


class TestLedger:
    def test_it_keeps_the_limit_over_any_24_hours_and_says_when_it_ends(self, tmp_path):
        for number in range(25):
            Ledger(tmp_path, WITHOUT_KEY).count(NOW + timedelta(minutes=number))
        later = NOW + timedelta(hours=23, minutes=59)
        ledger = Ledger(tmp_path, WITHOUT_KEY)
        assert ledger.left(later) == 0
        with pytest.raises(LmiError) as error:
            ledger.count(later)
        assert "free again at 2026-11-26 14:00 UTC" in error.value.line()
        assert "BLS_API_KEY" in error.value.next_step
        assert ledger.left(NOW + timedelta(hours=24)) == 1
        assert ledger.again_at(later, 3) == NOW + timedelta(hours=24, minutes=2)
        ledger.count(NOW + timedelta(hours=24))

    def test_a_key_has_a_count_of_its_own(self, tmp_path):
        Ledger(tmp_path, WITHOUT_KEY).count(NOW)
        assert Ledger(tmp_path, WITH_KEY).left(NOW) == 500
        Ledger(tmp_path, WITH_KEY).count(NOW)
        assert Ledger(tmp_path, WITH_KEY).left(NOW) == 499
        assert Ledger(tmp_path, WITHOUT_KEY).left(NOW) == 24

    def test_all_queries_of_a_run_or_none(self, tmp_path):
        ledger = Ledger(tmp_path, WITHOUT_KEY)
        ledger.count(NOW)
        ledger.require(NOW, 24)
        with pytest.raises(LmiError, match="24 are left and 25 needed"):
            ledger.require(NOW, 25)
        with pytest.raises(LmiError, match="Name fewer areas, or set BLS_API_KEY"):
            ledger.require(NOW, 26)

    def test_a_clock_that_was_ahead_does_not_hide_a_query(self, tmp_path):
        Ledger(tmp_path, WITHOUT_KEY).count(NOW + timedelta(days=3))
        assert Ledger(tmp_path, WITHOUT_KEY).left(NOW) == 24

    @pytest.mark.parametrize("text", ["{", "[]", '{"without_key": ["soon"]}', '{"without_key": 3}'])
    def test_a_count_that_cannot_be_read_is_no_permission(self, tmp_path, text):
        (tmp_path / "bls_queries.json").write_text(text)
        with pytest.raises(LmiError, match=r"bls_queries\.json cannot be read"):
            Ledger(tmp_path, WITHOUT_KEY).count(NOW)
