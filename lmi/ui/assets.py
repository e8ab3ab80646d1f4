"""Style and script of the pages, kept as files of their own; no text of a user ever enters either."""

from pathlib import Path

_LOOK = Path(__file__).parent / "look"
STYLE = (_LOOK / "style.css").read_text(encoding="utf-8")
SCRIPT = (_LOOK / "script.js").read_text(encoding="utf-8")
