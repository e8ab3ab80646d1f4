"""Open the warehouse read-only; a fresh cursor for each question, since sessions are threads."""

from pathlib import Path
from weakref import WeakSet

import duckdb

from lmi.domain.errors import WarehouseUnavailable

_open: "WeakSet[Warehouse]" = WeakSet()


def close_every(folder: Path) -> None:
    """Release every warehouse of a folder that this process has open: DuckDB reads a file of the same name
    anew only once nobody holds the former one."""
    for warehouse in list(_open):
        if warehouse.path.parent == folder:
            warehouse.close()


class Warehouse:
    """One open warehouse file. Its name (build_id) belongs in every cache key."""

    def __init__(self, path: Path) -> None:
        self.path, self.build_id = path, path.stem
        try:
            self._con = duckdb.connect(
                str(path), read_only=True, config={"autoinstall_known_extensions": "false"}
            )
            self._con.execute("select count(*) from employment_wage").fetchone()
            whole = self._con.execute(
                "select total_blocks * block_size from pragma_database_size()"
            ).fetchone()
        except duckdb.Error as error:
            raise self.unreadable(str(error)) from error
        _open.add(self)
        if whole is None or path.stat().st_size < whole[0]:
            self.close()
            raise self.unreadable("The file is shorter than it says: it was truncated")

    def unreadable(self, why: str) -> WarehouseUnavailable:
        """The error of a file that cannot be read; why: what DuckDB says of it."""
        return WarehouseUnavailable(
            f"The warehouse {self.path.name} cannot be read.",
            f"{why.splitlines()[0][:200].rstrip('.')}.",
            "Build it again: python -m lmi build --again.",
        )

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own for one question."""
        return self._con.cursor()

    def close(self) -> None:
        """Release the file."""
        self._con.close()
