"""The committed bundle: whole, as declared, and equal to what the publishers print."""

import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from lmi.domain.caveats import CAVEATS
from lmi.domain.tables import TABLES
from lmi.sources import boundaries, reading
from lmi.sources.bundle import read_sources

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ROOT / "data" / "bundled"
STATIC = ROOT / "lmi" / "ui" / "shell" / "static"
ARROW = {"text": "string", "int": "int32", "float": "double", "bool": "bool"}
ROWS = {
    "area": 583, "county_area": 1915, "county": 3232, "city_area": 29366,
    "soc_structure": 1447, "oews_occupation": 1104, "employment_wage": 236799, "staffing_pattern": 133373,
    "projection": 1113, "onet_occupation": 1016,
    "onet_job_zone": 923, "onet_alternate_title": 56558, "onet_related": 18460, "onet_skill": 59772,
    "onet_technology": 32681, "onet_education": 35178, "onet_soc_link": 997, "oews_soc_link": 28,
    "soc_hybrid_link": 868, "cps_soc_link": 847, "nem_cps_link": 825, "cip_soc_link": 5723,
    "naics_title": 2125, "career_cluster": 1033, "price_index": 13,
    "cps_occupation": 595, "workforce": 260, "program": 2143, "institution": 6072, "completion": 1295730,
    "completer": 32169, "program_earnings": 61926,
    "postings_index": 126511, "postings_sector_index": 78246, "postings_metro_index": 80878,
    "posted_wage_growth": 1672, "bls_series": 0,
}  # fmt: skip


@pytest.fixture(scope="module")
def ask():
    """One row (or its only value) of a query in which {table} stands for a bundled table."""
    paths = {table.id: f"'{BUNDLED / table.id}.parquet'" for table in TABLES}

    def run(query: str) -> object:
        rows = duckdb.sql(query.format(**paths)).fetchall()
        assert len(rows) == 1
        return rows[0][0] if len(rows[0]) == 1 else rows[0]

    return run


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_columns_types_key_and_range_are_as_declared(table):
    path = BUNDLED / f"{table.id}.parquet"
    schema = pq.read_schema(path)
    assert schema.names == list(table.columns)
    assert [str(kind) for kind in schema.types] == [ARROW[table.field(c).kind] for c in table.columns]
    frame = pq.read_table(path).to_pandas()
    reading.conform(frame, table, path.name)  # keys, nulls, codes and ranges
    assert len(frame) == ROWS[table.id]


def test_the_manifest_describes_these_very_files():
    sources = read_sources(BUNDLED)
    listed = {table.id: table for source in sources for table in source.tables}
    assert {p.stem for p in BUNDLED.glob("*.parquet")} == set(listed)
    for name, table in listed.items():
        assert reading.sha256(BUNDLED / f"{name}.parquet") == table.sha256, name
        assert table.rows == ROWS[name]
    for source in sources:
        assert all([source.publisher, source.title, source.short_title, source.licence, source.period])
        assert source.url.startswith("https://")
        assert set(source.caveats) <= set(CAVEATS)
    mapping = next(s for s in sources if s.id == "price_index").files[0]
    assert reading.sha256(ROOT / mapping.name) == mapping.sha256


def test_it_stays_small():
    assert sum(p.stat().st_size for p in BUNDLED.iterdir()) <= 30_000_000


def test_no_descriptive_prose():
    for table in TABLES:
        frame = pq.read_table(BUNDLED / f"{table.id}.parquet").to_pandas()
        assert not [c for c in frame.columns if "descri" in c or "definition" in c]
        for column in table.columns:
            if table.field(column).kind == "text":
                texts = frame[column].dropna()
                # Titles are long at times; a sentence ends with a full stop and goes on.
                assert texts.empty or texts.str.len().max() <= 250, (table.id, column)
                assert not texts.str.contains(r"[a-z]{5,}\. [A-Z]").any(), (table.id, column)


WAGE = "select {columns} from {{employment_wage}} where area_code = '{area}' and soc = '{soc}'"
EP = "select {columns} from {{projection}} where soc = '{soc}'"


def wage(columns: str, area: str, soc: str) -> str:
    return WAGE.format(columns=columns, area=area, soc=soc)


def ep(columns: str, soc: str) -> str:
    return EP.format(columns=columns, soc=soc)


CPS = "select {columns} from {{cps_occupation}} where cps_title = '{title}'"
HOUSTON = "from {{{table}}} join {{institution}} using (unitid) where cbsa_code = '26420' and {test}"


def cps(columns: str, title: str) -> str:
    return CPS.format(columns=columns, title=title)


def houston(columns: str, table: str, test: str) -> str:
    return f"select {columns} " + HOUSTON.format(table=table, test=test)


PAY = "employment, wage_median_usd_year"
BOUNDS = "wage_median_usd_hour, wage_median_usd_year, pay_basis"
SPOT_CHECKS = {
    "Houston, all jobs": (wage("employment", "26420", "00-0000"), 3289720),
    "Houston nurses": (wage(f"{PAY}, location_quotient", "26420", "29-1141"), (65910, 99830, 0.92)),
    "Houston electricians": (wage(f"{PAY}, wage_p90_usd_year", "26420", "47-2111"), (19730, 59180, 84470)),
    "Houston teachers": (wage(BOUNDS, "26420", "25-2021"), (None, 64500, "year")),
    "Texas nurses": (wage(PAY, "48", "29-1141"), (271380, 95970)),
    "US nurses": (wage(PAY, "US", "29-1141"), (3379720, 97550)),
    "US actors": (wage(BOUNDS, "US", "27-2011"), (29.05, None, "hour")),
    "hospital nurses": (
        "select employment, wage_median_usd_year from {staffing_pattern} "
        "where naics = '622000' and soc = '29-1141'", (2020230, 100220),
    ),
    "EP nurses": (ep("base_jobs, projected_jobs, openings_per_year", "29-1141"), (3391000, 3557100, 189100)),
    "EP electricians": (
        ep("growth_pct, openings_per_year, on_the_job_training", "47-2111"), (9.5, 81000, "Apprenticeship")
    ),
    "EP electricians' separations": (
        ep("exit_rate_pct, transfer_rate_pct, separations_per_year", "47-2111"), (3.2, 5.4, 73200)
    ),
    "EP aides": (ep("employment_change, openings_per_year", "31-1120"), (739800, 765800)),
    "O*NET skill": (
        "select importance from {onet_skill} "
        "where onet_soc = '29-1141.00' and element_name = 'Social Perceptiveness'", 4.12,
    ),
    "job zones": (
        "select list(job_zone order by onet_soc) from {onet_job_zone} "
        "where onet_soc in ('29-1141.00', '53-3032.00', '29-1171.00')", [4, 5, 2],
    ),
    "nursing program": (
        "select list(soc2018 order by soc2018) from {cip_soc_link} where cip = '51.3801'",
        ["25-1072", "29-1141"],
    ),
    "Houston counties": (
        "select list(county_fips order by county_fips) from {county_area} where cbsa_code = '26420'",
        ["48015", "48039", "48071", "48157", "48167", "48201", "48291", "48339", "48407", "48473"],
    ),
    "Austin counties": (
        "select list(county_fips order by county_fips) from {county_area} where cbsa_code = '12420'",
        ["48021", "48055", "48209", "48453", "48491"],
    ),
    "Austin rows": ("select count(*) from {employment_wage} where area_code = '12420'", 632),
    "Washington": ("select states from {area} where area_code = '47900'", "DC VA MD WV"),
    "Houston's old name": (
        "select former_names from {area} where area_code = '26420'", "Houston-The Woodlands-Sugar Land, TX"
    ),
    "Texas postings": (
        "select index_value from {postings_index} where area_code = '48' and date = '2026-08-14'", 114.15
    ),
    "medians at the limit": (
        "select count(*) from {employment_wage} where top_coded like '%wage_median_usd_year%'", 339
    ),
    "90th percentiles above it": (
        "select count(*) from {employment_wage} where wage_p90_usd_year > 239200 "
        "and coalesce(top_coded, '') not like '%wage_p90_usd_year%'", 6711,
    ),
    "employment withheld": ("select count(*) from {employment_wage} where employment is null", 5010),
    "annual only": ("select count(*) from {employment_wage} where pay_basis = 'year'", 12900),
    "hourly only": ("select count(*) from {employment_wage} where pay_basis = 'hour'", 315),
    "line items": ("select count(*) from {projection} where line_type = 'Line item'", 832),
    "CPS electricians": (cps("employed, women_pct, hispanic_pct", "Electricians"), (1063000, 3.5, 25.0)),
    "CPS nurses": (cps("employed, women_pct, black_pct", "Registered nurses"), (3528000, 87.3, 16.0)),
    "CPS legislators": (cps("employed, women_pct", "Legislators"), (18000, None)),
    "awards of 2024": (
        "select count(*), sum(awards) from {completion} where award_year = 2024", (267595, 5459862)
    ),
    "nursing awards": (
        "select sum(awards) from {completion} where award_year = 2024 and cip = '51.3801'", 256911
    ),
    "electricians' awards": (
        "select sum(awards) from {completion} where award_year = 2024 and cip = '46.0302'", 30349
    ),
    "Houston nursing awards": (
        houston(
            "sum(awards), sum(women), sum(awards) filter (award_level = '3'), "
            "sum(awards) filter (award_level = '5')",
            "completion", "cip = '51.3801' and award_year = 2024",
        ), (3157, 2696, 988, 1976),
    ),
    "Houston electricians' awards": (
        houston(
            "sum(awards) filter (award_year = 2020), sum(awards) filter (award_year = 2024)",
            "completion", "cip = '46.0302'",
        ), (53, 332),
    ),
    "Houston completers": (
        houston("sum(completers), sum(hispanic), sum(black)", "completer", "award_year = 2024"),
        (74343, 28736, 13924),
    ),
    "Houston nurses' earnings": (
        "select earnings_usd_year, years_after from {program_earnings} "
        "where unitid = '225511' and cip4 = '51.38' and credential_level = '3'", (91276, 4),
    ),
    "2024 prices": ("select cpi_u from {price_index} where year = 2024", 313.689),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOT_CHECKS)
def test_published_values(ask, name):
    query, expected = SPOT_CHECKS[name]
    assert ask(query) == expected


def test_every_oews_occupation_has_a_projection_and_an_onet_link(ask):
    detailed = "select soc from {oews_occupation} where soc_level = 'detailed'"
    assert ask(f"select count(*) from ({detailed})") == 830
    for table in ("projection", "onet_soc_link"):
        assert ask(f"select count(*) from ({detailed}) where soc not in (select soc from {{{table}}})") == 0


def test_every_program_with_awards_has_a_title(ask):
    assert ask("select count(*) from {completion} where cip not in (select cip from {program})") == 0


def test_every_institutions_place_is_a_known_county_and_metro(ask):
    query = """
        select count(*), count(*) filter (county_area.cbsa_code = institution.cbsa_code)
        from {institution} as institution left join {county_area} as county_area using (county_fips)
        where institution.cbsa_code is not null
    """
    assert ask(query) == (5796, 5796)


def test_only_institutions_closed_since_are_absent_from_the_directory(ask):
    query = """
        select list(awards order by award_year) from (
            select award_year, sum(awards) as awards from {completion}
            where unitid not in (select unitid from {institution}) group by award_year
        )
    """
    assert ask(query) == [83296, 65564, 21786, 2973]


def test_every_metro_lies_in_the_states_of_its_counties(ask):
    query = """
        with county_states as (
            select cbsa_code, list_sort(list(distinct state_fips)) as found from {county_area} group by 1
        )
        select count(*), count(*) filter (list_sort(string_split(state_fips, ' ')) = found)
        from {area} join county_states on area_code = cbsa_code where area_type = 'metro'
    """
    assert ask(query) == (393, 393)


@pytest.mark.parametrize(("layer", "count"), [("states", 54), ("metros", 393)])
def test_maps_are_light_and_every_area_is_visible(ask, layer, count):
    path = STATIC / "geo" / f"{layer}.geojson"
    assert path.stat().st_size <= 250_000
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    kinds = "('metro')" if layer == "metros" else "('state', 'territory')"
    codes = ask(f"select list(area_code order by area_code) from {{area}} where area_type in {kinds}")
    assert [feature["id"] for feature in features] == codes
    assert len(codes) == count
    for feature in features:
        assert set(feature["properties"]) == {"name"}
        rings = [polygon[0] for polygon in feature["geometry"]["coordinates"]]
        assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in rings)
        # Clockwise, else d3 fills the rest of the globe; 0.005 square degrees are some 50 km².
        assert all(boundaries.signed_area(ring) < 0 for ring in rings), feature["id"]
        assert -sum(boundaries.signed_area(ring) for ring in rings) > 0.005, feature["id"]


def test_empty_topologies_are_in_place():
    for name in boundaries.TOPOLOGY_FILES:
        assert (STATIC / "topo" / name).read_text(encoding="utf-8") == boundaries.empty_topology()
