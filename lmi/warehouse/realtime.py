"""Real-time signals: the series of areas, oldest first, and how far they reach."""

from collections.abc import Sequence

import pandas as pd

from lmi.warehouse.ask import ask
from lmi.warehouse.connect import Warehouse


def postings(warehouse: Warehouse, area_codes: Sequence[str]) -> pd.DataFrame:
    """Postings index of the nation and states: area_code, postings (total, new), date (datetime), value
    (1 Feb 2020 = 100)."""
    return ask(
        warehouse,
        "select area_code, postings, cast(date as timestamp_s) as date, index_value as value "
        "from postings_index where area_code = any($1) order by area_code, postings, date",
        [list(area_codes)],
    )


def metros(warehouse: Warehouse, area_codes: Sequence[str]) -> pd.DataFrame:
    """Postings index of metropolitan areas: area_code, date (datetime), value (1 Feb 2020 = 100)."""
    return ask(
        warehouse,
        "select area_code, cast(date as timestamp_s) as date, index_value as value "
        "from postings_metro_index where area_code = any($1) order by area_code, date",
        [list(area_codes)],
    )


def sectors(warehouse: Warehouse) -> pd.DataFrame:
    """Postings index of the nation by Indeed's sectors, total postings of the last 13 months: sector,
    date (datetime), value (1 Feb 2020 = 100)."""
    return ask(
        warehouse,
        "select sector, cast(date as timestamp_s) as date, index_value as value from postings_sector_index "
        "where postings = 'total' and cast(date as date) >= "
        "(select max(cast(date as date)) - interval 13 month from postings_sector_index) "
        "order by sector, date",
    )


def posted_pay(warehouse: Warehouse) -> pd.DataFrame:
    """Growth of posted pay in the nation by Indeed's sectors, mean of three months: sector, date (last day
    of the month), value (%)."""
    return ask(
        warehouse,
        "select sector, cast(last_day(cast(period || '-01' as date)) as timestamp_s) as date, "
        "pay_growth_3mo_pct as value from posted_wage_growth "
        "where pay_growth_3mo_pct is not null order by sector, date",
    )


def bls(warehouse: Warehouse, area_codes: Sequence[str]) -> pd.DataFrame:
    """Series of BLS: series_id, area_code, measure, industry, date (last day of the month), value (percent
    for a rate, else jobs; null where none is published), preliminary."""
    return ask(
        warehouse,
        "select series_id, area_code, measure, industry, "
        "cast(last_day(cast(period || '-01' as date)) as timestamp_s) as date, value, preliminary "
        "from bls_series where area_code = any($1) order by series_id, date",
        [list(area_codes)],
    )


def newest(warehouse: Warehouse) -> dict[str, str]:
    """The last day or month of each table: table -> YYYY-MM-DD or YYYY-MM; tables without a row are left
    out."""
    found = ask(
        warehouse,
        "select 'postings_index' as id, max(date) as last from postings_index "
        "union all select 'postings_sector_index', max(date) from postings_sector_index "
        "union all select 'postings_metro_index', max(date) from postings_metro_index "
        "union all select 'posted_wage_growth', max(period) from posted_wage_growth "
        "union all select 'bls_series', max(period) from bls_series where value is not null",
    ).dropna()
    return dict(zip(found.id, found["last"], strict=True))
