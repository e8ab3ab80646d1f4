"""Asking the warehouse: SQL with bound values in, a frame out."""

from collections.abc import Sequence

import duckdb
import pandas as pd

from lmi.warehouse.connect import Warehouse

# What DuckDB raises for a file that it cannot read; a failed checksum comes as the plain class.
_DAMAGE = (duckdb.Error, duckdb.IOException, duckdb.FatalException, duckdb.InternalException)


def ask(warehouse: Warehouse, sql: str, values: Sequence[object] = ()) -> pd.DataFrame:
    """The rows of a question. values are bound to $1, $2, …; they never become SQL."""
    try:
        with warehouse.cursor() as cursor:
            return cursor.execute(sql, [_bindable(value) for value in values]).df()
    except duckdb.Error as error:
        if type(error) not in _DAMAGE:
            raise
        raise warehouse.unreadable(str(error)) from error  # the file was damaged after it was opened


def _bindable(value: object) -> object:
    """Half characters, as a shell may pass them on, become '?': no code or title holds them."""
    if isinstance(value, list):
        return [_bindable(item) for item in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
