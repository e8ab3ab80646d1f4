"""SOC, delineation and crosswalks: known rows, what is left out, and what is refused."""

import pandas as pd
import pytest

from lmi.domain.errors import BadFile
from lmi.sources import (
    bls_crosswalks,
    bls_soc,
    census_delineation,
    census_naics,
    derived_links,
    nces_cip_soc,
    onet_clusters,
    price_index,
)


def test_soc_codes_know_their_parent(raw):
    soc = bls_soc.parse(raw)["soc_structure"].set_index("soc")
    assert soc.loc["29-1141", ["title", "soc_level", "parent_soc"]].tolist() == [
        "Registered Nurses",
        "detailed",
        "29-1140",
    ]
    assert soc.loc[["29-1140", "29-1000"], "parent_soc"].tolist() == ["29-1000", "29-0000"]
    assert pd.isna(soc.loc["29-0000", "parent_soc"])


def test_a_soc_row_without_place_is_refused(copied, edit_workbook):
    edit_workbook(copied / bls_soc.STRUCTURE, {">29-1141<": "><"})
    with pytest.raises(BadFile, match=r"soc_structure_2018.xlsx.*no place in the hierarchy"):
        bls_soc.parse(copied)


def test_counties_of_houston_and_zeros_in_front(raw):
    county = census_delineation.parse(raw)["county_area"].set_index("county_fips")
    assert county[county.cbsa_code == "26420"].index.tolist() == [
        "48015", "48039", "48071", "48157", "48167", "48201", "48291", "48339", "48407", "48473"
    ]  # fmt: skip
    assert county.loc["01015", ["state_fips", "cbsa_code", "cbsa_type"]].tolist() == ["01", "11500", "metro"]
    assert county.loc["48201", "central"]
    assert not county.loc["48407", "central"]
    assert set(county[county.cbsa_code == "10100"].cbsa_type) == {"micro"}
    assert not county.county_name.str.contains("Note|Source").any()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({">48<": ">Texas<"}, "'Texas' is not a valid code"),
        ({">Micropolitan Statistical Area<": ">Small area<"}, "unknown value 'Small area'"),
        ({">Outlying<": ">Far<"}, "unknown value 'Far'"),
        ({">201<": ">015<"}, "two rows for {'county_fips': '48015'}"),
    ],
)
def test_a_changed_delineation_is_refused(copied, edit_workbook, changes, words):
    edit_workbook(copied / census_delineation.DELINEATION, changes)
    with pytest.raises(BadFile) as error:
        census_delineation.parse(copied)
    assert words in error.value.what


def test_onet_codes_lead_to_the_codes_oews_combines(raw):
    link = bls_crosswalks.parse_onet(raw)["onet_soc_link"].set_index("onet_soc").soc
    assert link[["31-1121.00", "31-1122.00", "29-1141.01"]].tolist() == ["31-1120", "31-1120", "29-1141"]


def test_cps_codes_get_their_zeros_back(raw):
    link = bls_crosswalks.parse_cps(raw)["nem_cps_link"].set_index("hybrid_soc")
    assert link.loc["11-1031", ["cps_code", "cps_title"]].tolist() == ["0440", "Managers, all other"]
    assert link.loc["11-1011", "cps_code"] == "0010"


def test_hybrid_codes_lead_to_both_editions_of_soc(raw):
    link = bls_crosswalks.parse_hybrid(raw)["soc_hybrid_link"].set_index("soc2018")
    assert set(link.loc["15-1252", "hybrid_soc"]) == {"15-1256"}
    assert link.loc["13-1021", ["hybrid_soc", "soc2010"]].tolist() == ["13-1020", "13-1021"]


def test_own_links(raw):
    tables = derived_links.parse(raw)
    parts = tables["oews_soc_link"].groupby("soc").soc2018.apply(list)
    assert parts["13-1020"] == ["13-1021", "13-1022", "13-1023"]
    assert parts["31-1120"] == ["31-1121", "31-1122"]
    cps = tables["cps_soc_link"]
    assert cps[cps.cps_title == "Electricians"].soc2018.tolist() == ["47-2111"]
    assert sorted(cps[cps.cps_title == "Aircraft pilots and flight engineers"].soc2018) == [
        "53-2011",
        "53-2012",
    ]
    assert cps.attrs["left_out"] == {"CPS titles without a SOC code": 1}


def test_programs_link_to_occupations_and_no_match_rows_are_counted(raw):
    link = nces_cip_soc.parse(raw)["cip_soc_link"]
    assert link[link.cip == "51.3801"].soc2018.tolist() == ["25-1072", "29-1141"]
    assert link.set_index("cip").cip_title["46.0302"].tolist() == ["Electrician"] * 4
    assert not link.soc2018.eq("99-9999").any()
    assert not link.cip.eq("99.9999").any()
    assert link.cip.eq("01.0000").any()  # zeros on both sides of the point
    assert list(link.attrs["left_out"].values()) == [1, 5]


def test_industry_ranges_are_codes(raw):
    titles = census_naics.parse(raw)["naics_title"].set_index("naics").naics_title
    assert titles["31-33"] == "Manufacturing"
    assert titles["622"] == "Hospitals"


def test_clusters_listed_together_are_separated_in_step(raw):
    clusters = onet_clusters.parse(raw)["career_cluster"]
    loan = clusters[clusters.onet_soc == "13-2072.00"]
    assert list(zip(loan.career_cluster, loan.career_pathway, strict=True)) == [
        ("Finance", "Banking Services"), ("Human Services", "Consumer Services")
    ]  # fmt: skip


def test_clusters_without_as_many_pathways_are_refused(copied):
    path = copied / onet_clusters.CLUSTERS
    path.write_text(path.read_text().replace("Banking Services; Consumer Services", "Banking Services"))
    with pytest.raises(BadFile, match=r"13-2072.00 lists clusters and pathways unequally"):
        onet_clusters.parse(copied)


def test_price_index_comes_from_the_repository(tmp_path):
    prices = price_index.parse(tmp_path)["price_index"].set_index("year")
    assert prices.loc[2013].tolist() == [232.957, 12]
    assert prices.loc[2025].tolist() == [321.943, 11]
    assert prices.index.tolist() == list(range(2013, 2026))
