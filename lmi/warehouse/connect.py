"""Open the warehouse read-only; a fresh cursor for each question, since sessions are threads."""

from pathlib import Path

import duckdb

from lmi.domain.errors import WarehouseUnavailable


class Warehouse:
    """One open warehouse file. Its name (build_id) belongs in every cache key."""

    def __init__(self, path: Path) -> None:
        self.path, self.build_id = path, path.stem
        try:
            self._con = duckdb.connect(
                str(path), read_only=True, config={"autoinstall_known_extensions": "false"}
            )
            self._con.execute("select count(*) from employment_wage").fetchone()
        except duckdb.Error as error:
            raise WarehouseUnavailable(
                f"The warehouse {path.name} cannot be read.",
                f"{str(error).splitlines()[0][:200]}.",
                "Build it again: python -m lmi build --again.",
            ) from error

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own for one question."""
        return self._con.cursor()

    def close(self) -> None:
        """Release the file."""
        self._con.close()
