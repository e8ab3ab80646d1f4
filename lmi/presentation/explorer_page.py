"""The page that the explorable network stands in: our template, its colours, vis-network inside it."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import pyvis  # type: ignore[import-untyped]

from lmi.presentation import theme

_HERE = Path(__file__).parent
_DARK_CONTRAST = 4.5


@dataclass(frozen=True)
class Look:
    """Colours of the network on one background."""

    paper: str
    text: str
    quiet: str
    line: str
    faint: str
    accent: str


def look_of(accent: str, dark: bool) -> Look:
    """Colours for a background; the accent is lightened until it stands out on a dark one.

    BadInput for an accent that is not #RRGGBB.
    """
    theme.contrast(accent)
    if not dark:
        return Look(theme.PAPER, theme.TEXT, theme.SECONDARY_TEXT, "#4A4A4A", theme.GRID, accent)
    paper, channels = "#14181D", [int(accent[i : i + 2], 16) for i in (1, 3, 5)]
    tints = ("#" + "".join(f"{round(c + (255 - c) * step / 20):02X}" for c in channels) for step in range(21))
    found = next(tint for tint in tints if theme.contrast(tint, paper) >= _DARK_CONTRAST)
    return Look(paper, "#ECEFF2", "#B4BCC6", "#C4CBD3", "#39424C", found)


def document(data: Mapping[str, object], look: Look, dark: bool) -> str:
    """The whole page around some data, which has a title.

    The template's parts are put in in one pass, so that no text of the data is read as a part.
    """
    colours = "".join(f"--{name}:{value};" for name, value in asdict(look).items())
    parts = {
        "title": html.escape(str(data["title"])),
        "scheme": "dark" if dark else "light",
        "colours": f":root{{{colours}--font:{theme.FONT}}}",
        "style": _asset("explorer.css"),
        "data": as_json(data),
        "library": _library(),
        "script": _asset("explorer.js"),
    }
    return re.sub(r"\[\[(\w+)\]\]", lambda found: parts[found[1]], _asset("explorer.html"))


def as_json(data: object) -> str:
    """JSON that may stand inside a script element: no character in it can end or open one."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _library() -> str:
    """vis-network as pyvis brings it. Its style sheet is for controls of its own, which are not used."""
    found = sorted((Path(pyvis.__file__).parent / "lib").glob("vis-*/vis-network.min.js"))[-1]
    return re.sub(r"//# sourceMappingURL=\S+", "", found.read_text(encoding="utf-8"))
