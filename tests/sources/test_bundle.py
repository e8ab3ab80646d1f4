from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml

from lmi.domain.errors import BadFile
from lmi.domain.tables import TABLE_BY_ID, TABLES
from lmi.sources import manifest, reading
from lmi.sources.bundle import SOURCES, bundle, read_sources


def quiet(done: int, steps: int, label: str) -> None:
    """No progress wanted."""


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_every_declared_table_comes_from_exactly_one_source():
    named = [table for product in SOURCES for table in product.source.tables]
    assert sorted(named) == sorted(TABLE_BY_ID)


def test_every_table_is_written_with_its_declared_types(bundled):
    arrow = {"text": "string", "int": "int32", "float": "double", "bool": "bool"}
    for table in TABLES:
        schema = pq.read_schema(bundled / f"{table.id}.parquet")
        assert schema.names == list(table.columns)
        assert [str(kind) for kind in schema.types] == [arrow[table.field(c).kind] for c in table.columns]
        assert schema.metadata is None


def test_rows_are_sorted_by_key(bundled):
    wages = pd.read_parquet(bundled / "employment_wage.parquet", columns=["area_code", "soc"])
    pairs = list(wages.itertuples(index=False, name=None))
    assert pairs == sorted(pairs)


def test_areas_are_complete(bundled):
    area = pd.read_parquet(bundled / "area.parquet").set_index("area_code")
    assert area.loc["16980", ["states", "former_names"]].tolist() == [
        "IL IN",
        "Chicago-Naperville-Elgin, IL-IN-WI",
    ]


def test_the_same_files_give_the_same_bytes(bundled, raw, tmp_path):
    bundle(raw, tmp_path / "bundled", tmp_path / "static", quiet)
    assert contents(tmp_path / "bundled") == contents(bundled)
    assert contents(tmp_path / "static") == contents(bundled.parent / "static")
    assert set(contents(tmp_path / "static")) == {
        "geo/states.geojson", "geo/metros.geojson", "topo/usa_110m.json", "topo/world_110m.json"
    }  # fmt: skip


def test_it_tells_how_far_it_is(raw, tmp_path):
    seen: list[tuple[int, int, str]] = []
    records = bundle(raw, tmp_path / "b", tmp_path / "s", lambda *step: seen.append(step))
    assert [done for done, _, _ in seen] == list(range(len(SOURCES) + 3))
    assert seen[-1][0] == seen[-1][1]
    assert [record["id"] for record in records] == [product.source.id for product in SOURCES]


def test_a_failure_leaves_the_old_bundle_and_nothing_beside_it(copied, tmp_path):
    out, static = tmp_path / "data" / "bundled", tmp_path / "static"
    bundle(copied, out, static, quiet)
    before = contents(tmp_path / "data"), contents(static)
    (copied / "geo" / "us_cbsa_2023.geojson").write_text("{}")  # the last thing read
    with pytest.raises(BadFile, match=r"us_cbsa_2023.geojson"):
        bundle(copied, out, static, quiet)
    (copied / "onet" / "Skills.xlsx").unlink()
    with pytest.raises(BadFile, match=r"Skills.xlsx is missing"):
        bundle(copied, out, static, quiet)
    assert (contents(tmp_path / "data"), contents(static)) == before
    assert sorted(p.name for p in out.parent.iterdir()) == ["bundled"]


def test_a_new_bundle_replaces_the_old_one_whole(raw, tmp_path):
    out = tmp_path / "bundled"
    out.mkdir()
    (out / "leftover.parquet").write_bytes(b"old")
    bundle(raw, out, tmp_path / "static", quiet)
    assert not (out / "leftover.parquet").exists()
    assert (out / "sources.yaml").exists()


def test_sources_say_what_they_are_made_of(bundled, raw):
    sources = {source.id: source for source in read_sources(bundled)}
    ep = sources["bls_ep"]
    assert (ep.period, ep.released, ep.next_due, ep.feeds_figures) == (
        "2024–34",
        "2025-08-28",
        "2026-09",
        True,
    )
    workbook = raw / "projections" / "occupation_2024-2034.xlsx"
    assert ep.files[0].sha256 == reading.sha256(workbook)
    assert (ep.files[0].bytes, ep.files[0].retrieved) == (workbook.stat().st_size, "2026-11")
    assert ep.tables[0].sha256 == reading.sha256(bundled / "projection.parquet")
    assert ep.tables[0].rows == pq.read_metadata(bundled / "projection.parquet").num_rows
    assert sources["nces_cip_soc"].tables[0].left_out["programs without an occupation (99-9999)"] == 1
    assert sources["price_index"].files[0].name == "data/mappings/price_index.csv"


def spoil(folder: Path, target: Path, change) -> Path:
    content = yaml.safe_load((folder / manifest.FILE_NAME).read_text(encoding="utf-8"))
    change(content["sources"])
    target.mkdir(exist_ok=True)
    (target / manifest.FILE_NAME).write_text(yaml.safe_dump(content), encoding="utf-8")
    return target


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: s[0].pop("licence"), "source 1 is not in the form"),
        (lambda s: s[0].update(period=2025), "period is 2025"),
        (lambda s: s[0].update(feeds_figures="yes"), "feeds_figures is 'yes'"),
        (lambda s: s[0].update(next_due="soon"), "next_due is 'soon'"),
        (lambda s: s[0]["caveats"].append("mystery"), "caveat mystery has no sentence"),
        (lambda s: s[0]["tables"][0].update(sha256="abc"), "sha256 of area is 'abc'"),
        (lambda s: s[0].update(tables={}), "tables is no list"),
        (lambda s: s[0]["tables"].pop(), "staffing_pattern"),
        (lambda s: s[0]["tables"].append(s[0]["tables"][0]), "see area"),
        (lambda s: s.clear(), "names no source"),
    ],
)
def test_an_odd_manifest_is_refused(bundled, tmp_path, change, words):
    with pytest.raises(BadFile) as error:
        read_sources(spoil(bundled, tmp_path, change))
    assert "sources.yaml" in error.value.what
    assert words in error.value.line()


def test_a_missing_or_unreadable_manifest_is_refused(tmp_path):
    with pytest.raises(BadFile, match=r"sources.yaml is missing"):
        read_sources(tmp_path)
    (tmp_path / "sources.yaml").write_text("sources: [")
    with pytest.raises(BadFile, match=r"cannot be read as YAML"):
        read_sources(tmp_path)
