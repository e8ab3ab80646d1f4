"""The data dictionary as Markdown, written from the declarations so that it cannot fall behind."""

from lmi.domain.tables import TABLES


def markdown() -> str:
    """docs/data-dictionary.md: every table with grain, key and columns, units and meaning."""
    lines = [
        "# Data dictionary",
        "",
        "Tables of the bundle (`data/bundled/*.parquet`) and of the warehouse. Written from `lmi/domain` by "
        "`python -m lmi dictionary`; a test fails when it is stale.",
        "",
    ]
    for table in TABLES:
        lines += [f"## {table.id}", "", table.doc, "", f"Key: {', '.join(table.key)}.", ""]
        lines += ["| column | type | unit | may be missing | meaning |", "|---|---|---|---|---|"]
        for column in table.columns:
            field = table.field(column)
            missing = "yes" if column in table.nullable else ""
            meaning = field.doc.replace("|", "\\|")
            lines.append(f"| {column} | {field.kind} | {field.unit} | {missing} | {meaning} |")
        lines.append("")
    return "\n".join(lines)
