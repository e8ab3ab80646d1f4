import hashlib
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import yaml

from lmi.domain.errors import BadFile, LmiError, WarehouseUnavailable
from lmi.places import ROOT, Places
from lmi.warehouse import build, connect, queries, schema
from lmi.warehouse.connect import Warehouse

RUN = [sys.executable, "-m", "lmi"]


def in_use(places: Places) -> str:
    return places.pointer.read_text(encoding="utf-8").strip()


def jobs_in_the_nation(places: Places) -> int:
    """Read the warehouse in use with a connection of its own."""
    with duckdb.connect(str(places.build / in_use(places)), read_only=True) as con:
        return con.execute(
            "select employment from employment_wage where area_code = 'US' and soc = '00-0000'"
        ).fetchone()[0]


def environment(places: Places) -> dict[str, str]:
    """The process environment with the product's folders moved to these places."""
    moved = {
        "LMI_BUNDLED_DIR": places.bundled,
        "LMI_BUILD_DIR": places.build,
        "LMI_SETTINGS": places.settings,
    }
    return os.environ | {name: str(path) for name, path in moved.items()}


def rewrite(places: Places, table: str, sql: str) -> None:
    """Change a bundled table and let sources.yaml describe the changed file: only checks can notice."""
    path = places.bundled / f"{table}.parquet"
    with duckdb.connect() as con:
        con.execute(f"create table t as select * from read_parquet('{path}')")
        con.execute(sql)
        con.execute(f"copy t to '{path}' (format parquet)")
    manifest = places.bundled / "sources.yaml"
    content = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    for source in content["sources"]:
        for entry in source["tables"]:
            if entry["id"] == table:
                entry["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(yaml.safe_dump(content), encoding="utf-8")


def touch_manifest(places: Places) -> None:
    """Another bundle with the same tables: another name for its warehouse."""
    manifest = places.bundled / "sources.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "# again\n", encoding="utf-8")


def leftovers(places: Places) -> list[str]:
    return sorted(
        p.name for p in places.build.iterdir() if p.name.startswith(".building") or p.suffix == ".tmp"
    )


def test_a_build_is_pointed_to_and_leaves_nothing_beside_it(own_places):
    name = in_use(own_places)
    assert re.fullmatch(r"lmi-[0-9a-f]{16}\.duckdb", name)
    assert sorted(p.name for p in own_places.build.iterdir()) == ["CURRENT", name]
    assert build.ensure(own_places) == own_places.build / name


def test_nothing_is_built_twice_for_the_same_bundle(own_places):
    before = (own_places.build / in_use(own_places)).stat().st_mtime_ns
    steps: list[str] = []
    build.ensure(own_places, lambda done, total, what: steps.append(what))
    assert steps == []
    assert (own_places.build / in_use(own_places)).stat().st_mtime_ns == before


def test_another_bundle_or_another_schema_asks_for_a_new_build(own_places, monkeypatch):
    first = in_use(own_places)
    touch_manifest(own_places)
    second = build.ensure(own_places).name
    assert second != first
    assert in_use(own_places) == second
    monkeypatch.setitem(schema.ORDER_BY, "area", "area_code")
    assert build.expected_name(own_places.bundled) != second


def test_progress_counts_up_to_ready(own_places):
    seen: list[tuple[int, int, str]] = []
    build.build(own_places, lambda *step: seen.append(step))
    assert [done for done, _, _ in seen[:-1]] == list(range(len(seen) - 1))
    assert {total for _, total, _ in seen[:-1]} == {len(seen) - 1}
    assert seen[-1] == (1, 1, "Ready")


def test_only_the_newest_other_warehouse_is_kept(own_places):
    for _ in range(3):
        touch_manifest(own_places)
        build.build(own_places)
        time.sleep(0.01)
    assert len(list(own_places.build.glob("lmi-*.duckdb"))) == 2


def test_remains_of_a_killed_build_go_after_an_hour(own_places):
    fresh, old = own_places.build / ".building-1-a.duckdb", own_places.build / ".building-2-b.duckdb"
    fresh.touch()
    old.touch()
    os.utime(old, (time.time() - 4000,) * 2)
    build.build(own_places)
    assert leftovers(own_places) == [fresh.name]


@pytest.mark.parametrize(
    ("table", "sql", "fact"),
    [
        ("employment_wage", "update t set employment = null where area_code = '48' and soc = '00-0000'",
         "every area has one row for all occupations"),
        ("employment_wage", "update t set area_code = '99999' where area_code = '14010' and soc = '29-1141'",
         "every area of the wage table is a known area"),
        ("employment_wage", "update t set soc_level = 'broad' where soc = '29-1141'",
         "every occupation of the wage table is known, at the same level"),
        ("employment_wage", "update t set employment = 999999999 where soc = '29-1141'",
         "the detailed jobs of an area never exceed its total"),
        ("employment_wage", "update t set wage_p10_usd_year = 150000 where soc = '29-1141'",
         "wage percentiles rise"),
        ("employment_wage", "update t set wage_median_usd_hour = 30 where soc = '25-2021'",
         "no hourly wage stands where pay is published by the year only"),
        ("projection", "update t set openings_per_year = openings_per_year + 300 where soc = '29-1141'",
         "openings equal net change plus exits plus transfers"),
        ("projection", "update t set typical_education = null where soc = '29-1141'",
         "every detailed occupation of the nation has a projection and entry requirements"),
        ("onet_soc_link", "delete from t where soc = '29-1141'",
         "O*NET's link to BLS occupations reaches all detailed occupations"),
        ("completion", "update t set men = men + 1 where cip = '51.3801'",
         "men and women make up all awards"),
        ("completion", "update t set cip = '99.0000' where cip = '46.0302'",
         "no completion is one of the grand totals of CIP 99"),
        ("completion", "update t set award_level = '1' where award_level = '21'",
         "every award level is one that IPEDS defines"),
        ("completer", "update t set completer_level = '21' where completer_level = '12'",
         "every award level is one that IPEDS defines"),
        ("program", "delete from t where cip = '51.3801'",
         "every program with completions has a title"),
        ("completer", "update t set men = men + 1", "completers add up by sex and by race"),
        ("completer", "update t set nonresident = nonresident + 1", "completers add up by sex and by race"),
        ("cps_occupation", "update t set women_pct = 50 where cps_title = 'Legislators'",
         "none where fewer than 50,000 are employed"),
        ("cps_occupation", "update t set asian_pct = 100.5 where cps_title = 'Electricians'",
         "shares of people stand between 0% and 100%"),
        ("cps_occupation", "update t set black_pct = -0.1 where cps_title = 'Electricians'",
         "shares of people stand between 0% and 100%"),
        ("cps_occupation", "update t set cps_level = 'group' where cps_level = 'total'",
         "the table of all employed has one total"),
        ("institution", "update t set cbsa_code = '99999' where cbsa_code = '12420'",
         "an institution of a metropolitan area counts there"),
    ],
)  # fmt: skip
def test_a_broken_fact_stops_the_build_and_the_old_one_stays(own_places, table, sql, fact):
    before, jobs = in_use(own_places), jobs_in_the_nation(own_places)
    rewrite(own_places, table, sql)
    with pytest.raises(BadFile) as error:
        build.ensure(own_places)
    assert fact in error.value.why
    assert "python -m lmi bundle" in error.value.next_step
    assert in_use(own_places) == before
    assert jobs_in_the_nation(own_places) == jobs
    assert leftovers(own_places) == []
    assert sorted(p.name for p in own_places.build.iterdir()) == ["CURRENT", before]


AFTER = "; update {table} set {what}"


@pytest.mark.parametrize(
    ("table", "what", "fact"),
    [
        ("area_completion", "awards = awards + 1 where area_code = 'US' and award_level = '5'",
         "the nation's awards are the sum of all institutions', year by year"),
        ("area_completion", "area_code = '48' where area_code = 'US' and award_year = 2022",
         "the nation's awards are the sum of all institutions', year by year"),
        ("cip_occupation", "soc = '00-0001' where soc = '47-2111'",
         "every occupation that a program or a CPS row belongs to exists"),
        ("occupation_people", "soc = '00-0001' where soc = '47-2111'",
         "every occupation that a program or a CPS row belongs to exists"),
        ("occupation_people", "cps_titles = null where soc = '47-2111'",
         "a share of people is told only for an occupation that has a row"),
        ("occupation_people", "match = 'near' where soc = '47-2111'",
         "a share of people is told only for an occupation that has a row"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_derived_table_stops_the_build(own_places, monkeypatch, table, what, fact):
    """Facts that only our own derivation can break."""
    before = in_use(own_places)
    monkeypatch.setitem(schema.DERIVED, table, schema.DERIVED[table] + AFTER.format(table=table, what=what))
    with pytest.raises(BadFile) as error:
        build.ensure(own_places)
    assert fact in error.value.why
    assert in_use(own_places) == before
    assert leftovers(own_places) == []


def test_a_part_of_a_combined_code_brings_its_programs(own_places, monkeypatch):
    """31-1121 is a part of 31-1120, under which alone BLS publishes figures."""
    rewrite(own_places, "cip_soc_link", "insert into t values ('51.3902', 'Aide', '31-1121')")
    with duckdb.connect(str(build.ensure(own_places)), read_only=True) as con:
        linked = con.execute("select soc from cip_occupation where cip = '51.3902' order by 1").fetchall()
    assert linked == [("31-1120",), ("31-1131",)]
    exact = schema.DERIVED["cip_occupation"].replace("coalesce(k.soc, l.soc2018)", "l.soc2018")
    monkeypatch.setitem(schema.DERIVED, "cip_occupation", exact)
    with pytest.raises(BadFile) as error:
        build.ensure(own_places)
    assert "a combined code has the programs of all its parts" in error.value.why
    assert "31-1120, 51.3902" in error.value.why


def cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def unlist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("id: onet_skill\n", "id: onet_skills\n"), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "spoil", "words"),
    [
        ("projection.parquet", cut, "SHA-256 differs: it is truncated or was changed"),
        ("projection.parquet", Path.unlink, "it is missing"),
        ("onet_skill.parquet", lambda p: p.write_bytes(b""), "SHA-256 differs"),
        ("sources.yaml", Path.unlink, "sources.yaml is missing"),
        ("sources.yaml", lambda p: p.write_text("sources: ["), "cannot be read as YAML"),
        ("sources.yaml", lambda p: p.write_bytes(b"\xff\xfe"), "cannot be read as YAML"),
        ("sources.yaml", unlist, "onet_skill"),
    ],
)
def test_a_spoilt_bundle_is_named_and_the_old_warehouse_stays(own_places, file, spoil, words):
    before = in_use(own_places)
    spoil(own_places.bundled / file)
    with pytest.raises(BadFile) as error:
        build.build(own_places)
    line = error.value.line()
    assert file in line
    assert words in line
    assert re.search(r"Restore|restore", error.value.next_step)
    assert in_use(own_places) == before
    assert jobs_in_the_nation(own_places) > 0


def test_a_file_that_is_no_parquet_is_named_even_if_its_hash_agrees(own_places):
    before = in_use(own_places)
    rewrite(own_places, "projection", "alter table t drop column growth_pct")
    with pytest.raises(BadFile) as error:
        build.build(own_places)
    assert "projection.parquet cannot be loaded" in error.value.what
    assert "growth_pct" in error.value.why
    assert in_use(own_places) == before


def test_the_command_line_says_one_line_and_exits_2(own_places):
    touch_manifest(own_places)
    cut(own_places.bundled / "projection.parquet")
    done = subprocess.run(
        [*RUN, "build"], cwd=ROOT, env=environment(own_places), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    said = [line for line in done.stderr.splitlines() if line.startswith("lmi: ")]
    assert len(said) == 1
    assert "projection.parquet" in said[0]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["build"], ["build", "--again"], ["areas", "--json"]])
def test_a_folder_that_cannot_be_made_is_named(own_places, command):
    (own_places.build.parent / "taken").write_text("a file, no folder")
    env = environment(own_places) | {"LMI_BUILD_DIR": str(own_places.build.parent / "taken")}
    done = subprocess.run([*RUN, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "The warehouse cannot be written." in done.stderr
    assert "LMI_BUILD_DIR" in done.stderr
    assert "Traceback" not in done.stderr


FULL_DISK = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
from lmi.__main__ import main
sys.exit(main(["build"]))
"""


def test_a_full_disk_is_named_and_the_old_warehouse_stays(own_places):
    before = in_use(own_places)
    touch_manifest(own_places)
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK],
        cwd=ROOT, env=environment(own_places), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "The warehouse cannot be written." in done.stderr
    assert "free some space" in done.stderr
    assert in_use(own_places) == before
    assert leftovers(own_places) == []
    assert jobs_in_the_nation(own_places) > 0


def test_a_killed_build_leaves_the_old_warehouse_in_use(own_places):
    """Kill -9 at moments spread over a build, each time of a new bundle; then build in peace."""
    before, jobs = in_use(own_places), jobs_in_the_nation(own_places)
    code = "from lmi.warehouse import build; from lmi.places import here; print(1, flush=True); "
    code += "build.build(here())"
    moments = random.Random(7)
    killed = 0
    for attempt in range(8):
        touch_manifest(own_places)
        child = subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, env=environment(own_places), stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(moments.uniform(0, 0.25) if attempt else 0.05)
        child.send_signal(signal.SIGKILL)
        child.stdout.close()
        killed += child.wait() == -signal.SIGKILL
        now = in_use(own_places)
        assert now in {before, build.expected_name(own_places.bundled)}, "old or complete new, nothing else"
        assert jobs_in_the_nation(own_places) == jobs
        before = now
    assert killed >= 3, "the kills came too late to test anything"
    touch_manifest(own_places)
    assert build.ensure(own_places).name == in_use(own_places)
    assert jobs_in_the_nation(own_places) == jobs


def _build_in_a_process(places: Places, start: object) -> None:
    start.wait()
    build.build(places)


def test_two_builds_at_once_both_succeed(own_places):
    touch_manifest(own_places)
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    builders = [context.Process(target=_build_in_a_process, args=(own_places, start)) for _ in range(2)]
    for builder in builders:
        builder.start()
    start.set()
    for builder in builders:
        builder.join(60)
    assert [b.exitcode for b in builders] == [0, 0]
    assert in_use(own_places) == build.expected_name(own_places.bundled)
    assert jobs_in_the_nation(own_places) > 0
    assert leftovers(own_places) == []


def test_a_reader_keeps_its_warehouse_while_another_is_published(own_places):
    reader = Warehouse(own_places.build / in_use(own_places))
    before = queries.areas(reader)
    for _ in range(2):
        touch_manifest(own_places)
        rewrite(own_places, "area", "update t set area_name = 'Changed' where area_code = '48'")
        newest = Warehouse(build.ensure(own_places))
        assert queries.areas(newest).set_index("area_code").area_name["48"] == "Changed"
        assert queries.areas(reader).equals(before)
        newest.close()
    reader.close()


@pytest.mark.parametrize(
    "spoil", [cut, lambda p: p.write_bytes(b"no database"), lambda p: p.write_bytes(b"")]
)
def test_a_corrupt_warehouse_is_named_with_the_command_that_mends_it(own_places, spoil):
    path = own_places.build / in_use(own_places)
    spoil(path)
    with pytest.raises(WarehouseUnavailable) as error:
        Warehouse(build.ensure(own_places))
    assert path.name in error.value.what
    assert error.value.why
    assert "python -m lmi build --again" in error.value.next_step
    assert jobs_in_the_nation(build_again(own_places)) > 0


def test_damage_after_opening_is_named_too(real_places, tmp_path):
    """Blocks that a question meets later, not those that opening reads."""
    path = tmp_path / "lmi-damaged.duckdb"
    content = bytearray((real_places.build / in_use(real_places)).read_bytes())
    for start in range(12_288 + 262_144, len(content) - 262_144, 262_144 * 8):
        content[start + 100] ^= 255
    path.write_bytes(content)
    with pytest.raises(WarehouseUnavailable) as error:  # noqa: PT012 - opening or asking may notice
        warehouse = Warehouse(path)
        queries.local_rows(warehouse, ["26420"])
        queries.search(warehouse, "nurse")
        queries.industries(warehouse, "29-1141")
    assert "lmi-damaged.duckdb cannot be read" in error.value.what
    assert "checksum" in error.value.why


def build_again(places: Places) -> Places:
    """What the message advises, as a person would do it."""
    done = subprocess.run(
        [*RUN, "build", "--again"], cwd=ROOT, env=environment(places), check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    return places


@pytest.mark.parametrize("pointer", ["", "lmi-0000000000000000.duckdb\n", "../../elsewhere\n"])
def test_a_lost_or_odd_pointer_is_mended(own_places, pointer):
    expected = in_use(own_places)
    own_places.pointer.write_text(pointer)
    assert build.ensure(own_places).name == expected
    assert in_use(own_places) == expected


def test_a_pointer_without_its_warehouse_is_built_again(own_places):
    (own_places.build / in_use(own_places)).unlink()
    assert build.ensure(own_places).is_file()
    assert jobs_in_the_nation(own_places) > 0


def test_an_unknown_failure_is_an_lmi_error_of_three_parts(own_places):
    (own_places.bundled / "sources.yaml").unlink()
    with pytest.raises(LmiError) as error:
        build.ensure(own_places)
    assert all((error.value.what, error.value.why, error.value.next_step))


def test_a_file_built_again_is_read_anew_though_several_had_it_open(own_places):
    path = build.ensure(own_places)
    held = [Warehouse(path), Warehouse(path)]
    elsewhere = Warehouse(build.ensure(replace(own_places, build=own_places.build.parent / "other")))
    connect.close_every(own_places.build)
    with duckdb.connect(str(path)) as changed:
        changed.execute("create table anew as select 1 as one")
    assert Warehouse(path).cursor().execute("select one from anew").fetchone() == (1,)
    with pytest.raises(duckdb.Error):
        held[0].cursor()
    assert elsewhere.cursor().execute("select count(*) > 0 from employment_wage").fetchone() == (True,)
