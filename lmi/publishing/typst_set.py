"""Typesetting by Typst, in this process: a template and data in, a PDF out.

What people typed goes in as data and is set as it stands; it is never read as markup.
"""

import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

_HERE = Path(__file__).parent
TEMPLATES, FONTS = _HERE / "templates", _HERE / "fonts"
ACCESSIBLE = "ua-1"  # PDF/UA: a reader can be told headings, tables and their heads
PAPERS = ("us-letter", "a4")
_LONGEST_PART = 20  # letters without a place to break, so that no text runs out of its column
_BREAK = "\u200b"


def pdf(template: str, data: Mapping[str, Any], paper: str = PAPERS[0]) -> bytes:
    """The PDF of a template's name; the same data gives the same bytes.

    data: JSON. paper: of PAPERS. Accessible (PDF/UA) unless a character is in no font at hand: PDF/UA does
    not allow that, so the same is then set without it, with a box for the character.
    """
    try:
        return _compiled(template, data, paper, format="pdf", pdf_standards=[ACCESSIBLE])
    except typst.TypstError:
        return _compiled(template, data, paper, format="pdf")


def _compiled(template: str, data: Mapping[str, Any], paper: str, **how: Any) -> bytes:
    told = json.dumps(breakable(data), ensure_ascii=False, allow_nan=False)
    found = typst.compile(
        str(TEMPLATES / f"{template}.typ"), root=str(TEMPLATES), font_paths=[str(FONTS)],
        sys_inputs={"data": told, "paper": paper}, **how,
    )  # fmt: skip
    if not isinstance(found, bytes):  # a list for several pictures; a PDF is one
        raise TypeError(type(found).__name__)
    return found


def breakable(told: Any) -> Any:
    """The same data, with places to break in every text that has none for too long."""
    if isinstance(told, str):
        return _with_breaks(told)
    if isinstance(told, Mapping):
        return {key: breakable(each) for key, each in told.items()}
    return [breakable(each) for each in told] if isinstance(told, list | tuple) else told


def _with_breaks(text: str) -> str:
    if len(text) <= _LONGEST_PART:
        return text
    out, run = [], 0
    for sign in text:
        run = 0 if sign.isspace() or sign == "-" else run + 1
        if run > _LONGEST_PART and not unicodedata.combining(sign):
            out.append(_BREAK)
            run = 1
        out.append(sign)
    return "".join(out)
