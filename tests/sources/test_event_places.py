"""Where counties and cities lie: the sources of the places that events name."""

import pandas as pd
import pytest

from lmi.domain.errors import BadFile
from lmi.sources import census_counties, hud_zip

SQUARE = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]


def shifted(ring, x):
    return [(a + x, b) for a, b in ring]


def test_the_middle_weighs_rings_by_their_area():
    # a square of 4 about (1, 1) and one of 1 about (10.5, 0.5): (4*1 + 10.5)/5, (4*1 + 0.5)/5
    small = [(10.0, 0.0), (11.0, 0.0), (11.0, 1.0), (10.0, 1.0), (10.0, 0.0)]
    assert census_counties.middle([SQUARE, small[::-1]]) == (2.9, 0.9)


def test_islands_on_both_sides_of_the_180th_meridian_are_joined_across_it():
    # middles at -179 and +178, that is -182; equally large: -180.5, which is 179.5
    assert census_counties.middle([shifted(SQUARE, -180), shifted(SQUARE, 177)]) == (179.5, 1.0)


def test_a_ring_without_width_has_no_weight():
    line = [(5.0, 5.0), (9.0, 9.0), (5.0, 5.0)]
    assert census_counties.middle([line, SQUARE]) == (1.0, 1.0)


def test_published_counties(raw):
    county = census_counties.parse(raw)["county"].set_index("county_fips")
    assert county.county_name[["48453", "51159", "51760", "51540"]].tolist() == [
        "Travis", "Richmond", "Richmond city", "Charlottesville city",
    ]  # fmt: skip
    assert county.loc["48453", ["longitude", "latitude"]].tolist() == pytest.approx([-97.78, 30.33], abs=0.01)
    assert county.longitude["02016"] < -170  # the Aleutians, not the Atlantic
    assert county.longitude["51003"] == pytest.approx(-78.56, abs=0.01)  # around the hole of Charlottesville


def test_published_cities_and_their_areas(raw):
    table = hud_zip.parse(raw)["city_area"]
    city = table.set_index(["city", "state_fips"])
    assert city.cbsa_code[("Austin", "48")] == "12420"
    assert pd.isna(city.cbsa_code[("Marble Falls", "48")])
    # printed as MCKINNEY in Texas and MC KINNEY in Kentucky
    assert city.loc[("McKinney", "48"), ["cbsa_code", "share"]].tolist() == ["19100", 1.0]
    assert city.cbsa_code[("McKinney", "21")] == "19220"
    assert not table.duplicated(["city", "state_fips"]).any()


def test_a_zip_code_counts_once_and_is_divided_by_its_addresses(copied):
    path = copied / "geo" / "zip_cbsa_hud_2025.csv"
    path.write_text(
        "zip,geoid,res_ratio,bus_ratio,oth_ratio,tot_ratio,city,state\n"
        "00001,12420,1,1,1,0.7,AUSTIN,TX\n00001,99999,1,1,1,0.3,AUSTIN,TX\n00002,99999,1,1,1,1,AUSTIN,TX\n"
        "00003,26420,1,1,1,1,APO,AE\n",
        encoding="utf-8",
    )
    table = hud_zip.parse(copied)["city_area"]
    assert len(table) == 1
    assert pd.isna(table.cbsa_code[0])  # 1.3 of 2 lie in none
    assert table.share[0] == 0.65
    assert table.attrs["left_out"] == {"ZIP codes outside the states": 1}


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("TRUTH OR CONSEQUENCES", "Truth or Consequences"), ("MC KINNEY", "McKinney"),
        ("WINSTON-SALEM", "Winston-Salem"), ("JBSA LACKLAND", "JBSA Lackland"),
        ("THE WOODLANDS", "The Woodlands"), ("OXFORD AFB", "Oxford AFB"),
    ],
)  # fmt: skip
def test_names_in_capitals_are_written_as_people_do(published, written):
    assert hud_zip.titled(published) == written


def test_a_changed_county_file_is_refused(copied):
    path = copied / "geo" / "county_names_2023.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("48453", "4845X"), encoding="utf-8")
    with pytest.raises(BadFile, match=r"county_names_2023.csv, county_fips: '4845X'"):
        census_counties.parse(copied)
