"""The same areas every time; DuckDB and pandas give the same rows on the real bundle."""

from types import SimpleNamespace

import pandas as pd
import pytest

from bench import areas, plain, questions
from bench.plain import Frames
from lmi.answers.desk import Desk
from lmi.places import here
from lmi.warehouse import programs, queries
from lmi.warehouse.connect import Warehouse

LISTED = pd.DataFrame(
    [("US", "nation", 100)]
    + [(f"{i:02}", "state", 50 - i % 7) for i in range(10, 30)]
    + [(f"{i}", "metro", i % 37) for i in range(10_000, 10_060)]
    + [(f"{i}", "nonmetro", i % 5) for i in range(1_000_001, 1_000_011)]
    + [("72", "territory", 9)],
    columns=["area_code", "area_type", "jobs"],
)


def test_areas_are_of_every_kind_from_largest_to_smallest():
    chosen = areas.choose(LISTED, 20)
    kinds = LISTED.set_index("area_code").area_type[chosen].value_counts().to_dict()
    assert kinds == {"nation": 1, "state": 5, "metro": 10, "nonmetro": 4}
    metros = LISTED[LISTED.area_type == "metro"].sort_values(["jobs", "area_code"], ascending=[False, True])
    assert [c for c in chosen if c in set(metros.area_code)][:: 9] == [
        metros.area_code.iloc[0], metros.area_code.iloc[-1],
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 3, 20, 50])
def test_the_choice_is_the_same_whatever_the_row_order(count):
    chosen = areas.choose(LISTED, count)
    assert chosen == areas.choose(LISTED.sample(frac=1, random_state=7), count)
    assert chosen[0] == "US"
    assert len(set(chosen)) == len(chosen) == count


def test_spread_takes_both_ends():
    assert areas.spread("abcdefg", 3) == ["a", "d", "g"]
    assert areas.spread("ab", 5) == ["a", "b"]


@pytest.fixture(scope="module")
def warehouse(real_desk: Desk) -> Warehouse:
    return real_desk.warehouse


@pytest.fixture(scope="module")
def frames() -> Frames:
    return plain.load(here().bundled)


@pytest.mark.parametrize("members", [["US"], ["12420"], ["16220"], ["72"], ["0400001", "04"]])
def test_duckdb_and_pandas_give_the_same_local_rows(warehouse, frames, members):
    area = SimpleNamespace(members=members)
    one, other = questions.local_duckdb(warehouse, area), questions.local_pandas(frames, area)
    assert set(one) == set(other) == {"rows", "awards"}
    assert len(one["rows"]) > 100 or members == ["0400001", "04"]
    assert questions.differences(one, other) == []


@pytest.mark.parametrize("soc", ["47-2111", "29-1141", "00-0000", "13-1020"])
def test_duckdb_and_pandas_say_the_same_of_an_occupation(warehouse, frames, soc):
    one = {
        "rows": queries.rows_of(warehouse, soc, ["12420", "48", "US"]),
        "about": queries.occupation(warehouse, soc),
        "everywhere": queries.everywhere(warehouse, soc),
        "industries": queries.industries(warehouse, soc),
    }
    other = {
        "rows": plain.rows_of(frames, soc, ["12420", "48", "US"]),
        "about": plain.occupation(frames, soc),
        "everywhere": plain.everywhere(frames, soc),
        "industries": plain.industries(frames, soc),
    }
    assert questions.differences(one, other) == []
    assert queries.alternate_titles(warehouse, soc) == plain.alternate_titles(frames, soc)


def test_duckdb_and_pandas_say_the_same_of_people(warehouse, frames):
    found = questions.people_duckdb(warehouse)
    assert len(found["shares"]) == 829
    assert questions.differences(found, questions.people_pandas(frames)) == []


@pytest.mark.parametrize("members", [["US"], ["26420"], ["48"], ["16220"], ["12420", "41700"], ["0100001"]])
@pytest.mark.parametrize("soc", ["29-1141", "47-2111", "31-1120"])
def test_duckdb_and_pandas_say_the_same_of_training(warehouse, frames, members, soc):
    area, cips = SimpleNamespace(members=members), questions.cips_of(frames, soc)
    assert cips
    found = questions.training_duckdb(warehouse, area, cips)
    assert len(found["offered"]) > 0 or members != ["US"]
    assert found["offered"].empty or members != ["0100001"]
    assert questions.differences(found, questions.training_pandas(frames, area, cips)) == []


@pytest.mark.parametrize("soc", ["29-1141", "31-1120", "15-1252", "15-1255", "19-4099", "13-1020"])
def test_duckdb_and_pandas_say_the_same_of_skills(warehouse, frames, soc):
    found = questions.skills_duckdb(warehouse, soc)
    assert (len(found["ratings"]) > 0) == (soc != "15-1252")
    assert questions.differences(found, questions.skills_pandas(frames, soc)) == []


def test_duckdb_and_pandas_link_the_same_programs(warehouse, frames):
    one = {"links": programs.links(warehouse)}
    assert questions.differences(one, {"links": frames.facts.links}) == []


@pytest.mark.parametrize("text", ["nurse", "truck driver", "47-2111", "a", "no such work"])
def test_duckdb_and_pandas_find_the_same(warehouse, frames, text):
    found = questions.search_duckdb(warehouse, text)
    assert questions.differences(found, questions.search_pandas(frames, text)) == []


def test_differences_names_the_column_the_count_and_the_missing_value():
    one = pd.DataFrame({"soc": ["a", "b"], "jobs": [1.0, float("nan")]})
    assert questions.differences({"rows": one}, {"rows": one.copy()}) == []
    assert questions.differences({"rows": one}, {"rows": one.assign(jobs=[1.0, 2.0])}) == ["rows.jobs"]
    assert questions.differences({"rows": one}, {"rows": one.assign(soc=["a", "c"])}) == ["rows.soc"]
    assert questions.differences({"rows": one}, {"rows": one.head(1)}) == ["rows: 2 and 1 rows"]
    assert questions.differences({"rows": one}, {"rows": one[["soc"]]}) == ["rows: columns"]
