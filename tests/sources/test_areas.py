"""The states that metropolitan areas lie in, and their former names."""

import pandas as pd
import pytest

from lmi.domain.errors import BadFile
from lmi.sources import bls_oews, census_delineation, metro_names

COLUMNS = ["area_code", "area_name", "area_type", "short_name", "former_names", "state_fips", "states"]


def areas(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COLUMNS)


METRO = ("17140", "Cincinnati, OH-KY-IN", "metro", "Cincinnati, OH", "", "39 21 18", "OH KY IN")
OHIO = ("39", "Ohio", "state", "Ohio", "", "39", "OH")


def counties(*fips: str) -> pd.DataFrame:
    return pd.DataFrame({"cbsa_code": "17140", "state_fips": list(fips)})


def test_states_of_the_title_come_first_in_its_order():
    out = census_delineation.with_states(areas(METRO, OHIO), counties("18", "21", "39", "39", "01"))
    assert out.states.tolist() == ["OH KY IN AL", "OH"]
    assert out.state_fips.tolist() == ["39 21 18 01", "39"]


def test_a_state_of_the_title_without_a_county_goes():
    assert census_delineation.with_states(areas(METRO), counties("39", "18")).states.tolist() == ["OH IN"]


def test_a_metro_without_counties_is_refused():
    with pytest.raises(BadFile, match=r"no counties for metropolitan area 17140"):
        census_delineation.with_states(areas(METRO), counties().iloc[:0])


def test_former_names_only_where_the_title_differs():
    titles = pd.DataFrame(
        [("17140", "Cincinnati, OH-KY-IN"), ("17140", "Old Cincinnati, OH"), ("99998", "Gone, OH")],
        columns=["area_code", "title"],
    )
    out = metro_names.with_former_names(areas(METRO, OHIO), titles)
    assert out.former_names[0] == "Old Cincinnati, OH"
    assert pd.isna(out.former_names[1])
    assert len(out) == 2


def test_published_titles(raw):
    area = bls_oews.parse_areas(raw)
    out = metro_names.with_former_names(area, metro_names.parse_titles(raw)).set_index("area_code")
    assert out.former_names["26420"] == "Houston-The Woodlands-Sugar Land, TX"
    assert pd.isna(out.former_names["14010"])
    assert "17460" not in out.index
    assert area.former_names.isna().all()  # the input is not modified
