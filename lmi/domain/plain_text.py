"""Text that people typed: safe to open in a spreadsheet, and short enough for a message."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&])")
_RISKY = re.compile(r"'*[=+\-@\t\r]")


def neutralise(text: str) -> str:
    """Text that no spreadsheet takes for a formula; `restore_text` is its exact inverse."""
    return f"'{text}" if _RISKY.match(text) else text


def restore_text(cell: str) -> str:
    """The text as it was before `neutralise`."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


def unmarked(text: str) -> str:
    """Text for a place that reads Markdown, on one line, with every sign of it disarmed."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def shown(value: object, most: int = 60) -> str:
    """A value for a message: short, on one line, without characters that do not print."""
    text = "".join(c if c.isprintable() else " " for c in str(value)[: 4 * most])
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[:most]}…"
