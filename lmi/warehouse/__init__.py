"""The DuckDB warehouse: schema, build, checks, connection, and the only SQL on facts."""
