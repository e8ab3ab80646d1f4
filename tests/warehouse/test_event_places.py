"""The gazetteer of the warehouse: counties and cities with the area that OEWS publishes for them."""

import pytest

from lmi.warehouse import event_places


@pytest.fixture(scope="module")
def places(small_desk):
    return event_places.gazetteer(small_desk.warehouse)


def test_a_county_of_a_published_metro_has_its_code_and_full_name(places):
    (county,) = places.county("travis", "48")
    assert (county.fips, county.name, county.area_code) == ("48453", "Travis County", "12420")


def test_a_county_of_a_small_area_or_none_has_its_states_code(places):
    # Brown County, SD, is in Aberdeen (10100), which is no metropolitan area; South Dakota is not published
    assert places.county("Brown") == []
    assert {county.area_code for county in places.counties} <= {
        "12420",
        "26420",
        "14010",
        "16980",
        "17",
        "48",
    }


def test_cities_lie_in_the_metro_of_most_of_their_zip_codes(places):
    assert [city.area_code for city in places.city("Round Rock", "48")] == ["12420"]
    assert [city.area_code for city in places.city("Marble Falls", "48")] == ["48"]
    assert places.city("Bloomington", "48")[0].area_code == "48"  # Victoria, which the fixtures lack
    assert places.city("Austin", "05") == []  # a state that is not published here


def test_counties_have_middles_and_industries_titles(small_desk):
    longitude, latitude = event_places.county_middles(small_desk.warehouse)["48209"]
    assert (round(longitude), round(latitude)) == (-98, 30)
    assert (
        event_places.industries_known(small_desk.warehouse)["622110"]
        == "General Medical and Surgical Hospitals"
    )
