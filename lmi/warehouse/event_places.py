"""Questions of the hiring-events log: which area a county or city belongs to, which industries exist, and
which occupations OEWS publishes as one."""

from lmi.domain.gazetteer import City, County, Gazetteer
from lmi.warehouse.ask import ask
from lmi.warehouse.connect import Warehouse


def gazetteer(warehouse: Warehouse) -> Gazetteer:
    """Every county and city of the states and territories that OEWS covers, each with its metropolitan
    area or else its state. A county's name is the delineation's ('Travis County'), else the Census's short
    one ('Llano'); counties that only the delineation knows are there too."""
    counties = ask(
        warehouse,
        "with known as (select county_fips, coalesce(d.county_name, c.county_name) as name, "
        "coalesce(d.state_fips, c.state_fips) as state_fips, d.cbsa_code "
        "from county c full join county_area d using (county_fips)) "
        "select k.county_fips, k.name, k.state_fips, coalesce(m.area_code, s.area_code) as area_code "
        "from known k join area s on s.area_code = k.state_fips "
        "left join area m on m.area_code = k.cbsa_code and m.area_type = 'metro' order by k.county_fips",
    )
    cities = ask(
        warehouse,
        "select c.city, c.state_fips, coalesce(m.area_code, s.area_code) as area_code, c.share "
        "from city_area c join area s on s.area_code = c.state_fips "
        "left join area m on m.area_code = c.cbsa_code and m.area_type = 'metro' order by 1, 2",
    )
    return Gazetteer(
        (County(*row) for row in counties.itertuples(index=False, name=None)),
        (City(*row) for row in cities.itertuples(index=False, name=None)),
    )


def county_middles(warehouse: Warehouse) -> dict[str, tuple[float, float]]:
    """County FIPS -> longitude and latitude (degrees) of its middle."""
    rows = ask(warehouse, "select county_fips, longitude, latitude from county where longitude is not null")
    return {fips: (x, y) for fips, x, y in rows.itertuples(index=False, name=None)}


def industries_known(warehouse: Warehouse) -> dict[str, str]:
    """NAICS 2022 code -> title, two to six digits; sectors may be ranges such as 31-33."""
    rows = ask(warehouse, "select naics, naics_title from naics_title order by naics")
    return dict(rows.itertuples(index=False, name=None))


def occupations_combined(warehouse: Warehouse) -> dict[str, str]:
    """SOC 2018 code -> the code under which OEWS publishes it together with others."""
    rows = ask(warehouse, "select soc2018, soc from oews_soc_link order by soc2018")
    return dict(rows.itertuples(index=False, name=None))
