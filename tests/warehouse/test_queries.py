import inspect
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from lmi.domain.fields import WAGE_COLUMNS
from lmi.domain.tables import TABLES
from lmi.warehouse import queries
from lmi.warehouse.connect import Warehouse

HOSTILE = [
    "'; drop table employment_wage; --", "%", "_", "%%", "' or 1=1 --", '"', "''", "\\", "\x00", "\udcff",
    "a" * 10_000, "😀", "İstanbul", "29-1141' --", "$1", "?", "\n\t", "﷽", "__", "nurse%", "null",
]  # fmt: skip
LOCAL = {
    "area_code", "soc", "title", "soc_level", "major_group", "major_title", "employment",
    "employment_rse_pct",
    "jobs_per_1000", "location_quotient", "wage_rse_pct", *WAGE_COLUMNS, "pay_basis", "top_coded",
    "typical_education", "work_experience", "on_the_job_training", "job_zone", "job_zone_parts",
    "job_zone_main", "growth_pct", "nation_base_jobs", "nation_change_per_year", "nation_exits_per_year",
    "nation_transfers_per_year", "nation_openings_per_year",
}  # fmt: skip
OCCUPATION = {
    "soc", "title", "soc_level", "major_group", "major_title", "parent_soc", "in_oews", "in_projections",
    "published_as", "typical_education", "work_experience", "on_the_job_training", "job_zone",
    "job_zone_parts", "job_zone_main",
}  # fmt: skip
PROJECTION = set(next(t.columns for t in TABLES if t.id == "projection"))
# Every query: its arguments, the columns it promises, and the rows that the fixtures have.
QUESTIONS = {
    "areas": ((), {"area_code", "area_name", "area_type", "short_name", "former_names", "state_fips",
                   "states", "jobs"}, 8),
    "local_rows": ((["26420"],), LOCAL, None),
    "rows_of": (("29-1141", ["26420", "48", "US"]), LOCAL, 3),
    "occupation": (("29-1141",), OCCUPATION, 1),
    "occupations": ((), {"soc", "title", "soc_level", "major_group", "major_title", "in_oews"}, None),
    "area_medians": ((), {"area_code", "wage_median_usd_hour", "wage_median_usd_year"}, 8),
    "projection": (("29-1141",), PROJECTION, 1),
    "everywhere": (("29-1141",), {"area_code", "area_name", "short_name", "area_type", "states", "employment",
                   "employment_rse_pct", "location_quotient", "wage_median_usd_year", "wage_median_usd_hour",
                   "listed"}, 8),
    "national_jobs": ((), {"soc", "employment"}, None),
    "industries": (("29-1141",), {"naics", "naics_title", "employment", "share_pct"}, None),
    "search": (("nurse",), {"soc", "title", "matched", "score"}, None),
    "sources": ((), {"id", "publisher", "title", "short_title", "url", "licence", "attribution", "period",
                     "released", "cadence", "next_due", "retrieved", "caveats", "feeds_figures", "rows"}, 26),
}  # fmt: skip


def test_every_query_is_asked_here():
    public = {
        name for name, thing in vars(queries).items()
        if inspect.isfunction(thing) and thing.__module__ == queries.__name__ and not name.startswith("_")
    }  # fmt: skip
    assert public == {*QUESTIONS, "alternate_titles", "price_index", "members"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_query_returns_its_columns(small_desk, name):
    arguments, columns, rows = QUESTIONS[name]
    found = getattr(queries, name)(small_desk.warehouse, *arguments)
    assert set(found.columns) == columns
    assert len(found) == rows if rows is not None else len(found) > 0


def test_queries_that_return_plain_values(small_desk):
    warehouse = small_desk.warehouse
    assert queries.price_index(warehouse)[2014] == 236.736
    assert "RN" in " ".join(queries.alternate_titles(warehouse, "29-1141", 50)) or queries.alternate_titles(
        warehouse, "29-1141"
    )
    assert queries.members(warehouse, "29-1140") == ["29-1141"]
    assert queries.members(warehouse, "29-1141") == []


def test_local_rows_hold_what_the_publisher_printed(small_desk):
    rows = queries.local_rows(small_desk.warehouse, ["26420"]).set_index("soc")
    nurses = rows.loc["29-1141"]
    assert (nurses.employment, nurses.wage_median_usd_year, nurses.location_quotient) == (65910, 99830, 0.92)
    # 189.1 thousand openings = (3,557.1 - 3,391.0)/10 + exits + transfers, in persons
    assert nurses.nation_openings_per_year == pytest.approx(189_100)
    assert nurses.nation_change_per_year == pytest.approx(16_610, abs=10)
    assert nurses.nation_base_jobs == pytest.approx(3_391_000)
    assert pd.isna(rows.wage_median_usd_hour["25-2021"])


def test_everywhere_tells_absent_from_withheld(small_desk):
    found = queries.everywhere(small_desk.warehouse, "29-1214").set_index("area_code")
    assert len(found) == 8
    assert not found.listed.all()
    assert found.employment[~found.listed].isna().all()


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(t[:12]) for t in HOSTILE])
def test_hostile_text_is_only_text(small_desk, text):
    warehouse = small_desk.warehouse
    before = len(queries.national_jobs(warehouse))
    assert queries.search(warehouse, text).empty
    assert queries.local_rows(warehouse, [text]).empty
    assert queries.rows_of(warehouse, text, [text]).empty
    assert queries.occupation(warehouse, text).empty
    assert queries.projection(warehouse, text).empty
    assert queries.industries(warehouse, text).empty
    assert queries.alternate_titles(warehouse, text) == []
    assert not queries.everywhere(warehouse, text).listed.any()
    assert len(queries.national_jobs(warehouse)) == before


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("29-1141", "29-1141"), ("registered nurses", "29-1141"), ("REGISTERED  NURSES ", "29-1141"),
        ("electrician", "47-2111"), ("home health aide", "31-1120"), ("nurses registered", "29-1141"),
    ],
)  # fmt: skip
def test_search_puts_the_likeliest_first(small_desk, text, first):
    found = queries.search(small_desk.warehouse, text)
    assert found.soc[0] == first
    assert found.soc.is_unique
    assert found.score.is_monotonic_decreasing


def test_search_needs_every_word(small_desk):
    assert queries.search(small_desk.warehouse, "registered electrician nurse").empty
    assert queries.search(small_desk.warehouse, "  ").empty


def test_sixteen_threads_ask_at_once(small_desk):
    warehouse = small_desk.warehouse
    expected = queries.local_rows(warehouse, ["12420", "26420"])
    nurses = queries.search(warehouse, "nurse")

    def ask(number: int) -> bool:
        same = queries.local_rows(warehouse, ["12420", "26420"]).equals(expected)
        return same and queries.search(warehouse, "nurse").equals(nurses)

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(ask, range(64)))


def test_the_warehouse_cannot_be_written_through_a_question(small_desk):
    import duckdb

    with small_desk.warehouse.cursor() as cursor, pytest.raises(duckdb.Error, match="read-only"):
        cursor.execute("delete from area")


def test_the_build_id_is_in_the_name_of_the_file(small_desk):
    warehouse: Warehouse = small_desk.warehouse
    assert warehouse.path.name == f"{warehouse.build_id}.duckdb"


def described(warehouse: Warehouse) -> str:
    with warehouse.cursor() as cursor:
        columns = cursor.execute(
            "select table_name, column_name, data_type, is_nullable from information_schema.columns "
            "order by table_name, ordinal_position"
        ).fetchall()
    tables: dict[str, list[str]] = {}
    for table, column, kind, nullable in columns:
        tables.setdefault(table, []).append(f"{column} {kind.lower()}{'?' if nullable == 'YES' else ''}")
    return "".join(f"{table}: {', '.join(parts)}\n" for table, parts in tables.items())


def test_the_schema_is_as_written_down(small_desk, request):
    """A change of the schema shows here: read the difference, then write it into schema.txt."""
    path = request.path.with_name("schema.txt")
    assert described(small_desk.warehouse) == path.read_text(encoding="utf-8")
