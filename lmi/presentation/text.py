"""Text inside figures: never read as markup, measured before it is placed, wrapped and never cut."""

import html
import re
from functools import lru_cache

# Advance widths in thousandths of an em, characters 32 to 126, of the Arial-compatible system fonts.
_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
_OTHERS = {"–": 556, "—": 1000, "≥": 549, "×": 584, "’": 278, "·": 278, "…": 1000, "\u00a0": 278}
_UNKNOWN = 700
_SAFETY = 1.03  # phones and Macs replace the face by a slightly wider one
LINE_HEIGHT = 1.3  # Plotly's own spacing between lines, in em


def plain(text: object) -> str:
    """Text that Plotly shows letter by letter: tags, entities and $…$ formulas lose their meaning."""
    flat = re.sub(r"[\x00-\x20\x7f]+", " ", str(text)).strip(" ")
    return html.escape(flat, quote=False).replace("$", "&#36;")


@lru_cache(maxsize=100_000)  # wrapping asks for the same words again and again
def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line of unescaped text in pixels, at a font size in pixels."""
    table = _BOLD if bold else _REGULAR
    total = sum(table[ord(c) - 32] if 32 <= ord(c) < 127 else _OTHERS.get(c, _UNKNOWN) for c in text)
    return total * size * _SAFETY / 1000


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than `width` pixels, as few as possible and about equally long.

    Nothing is left out: a word wider than the line is broken inside.
    """
    return list(_wrap(str(text), width, size, bold))


@lru_cache(maxsize=20_000)
def _wrap(text: str, width: float, size: float, bold: bool) -> tuple[str, ...]:
    glued = re.sub(r"\s+([·;,–—°])(?=\s|$)", "\u00a0\\1", " ".join(text.split()))
    words = [piece for word in glued.split(" ") for piece in _pieces(word, width, size, bold) if piece]
    if not words:
        return ()
    fewest = len(_greedy(words, width, size, bold))
    low, high = 0.0, width
    while high - low > 1:
        middle = (low + high) / 2
        fits = all(measure(w, size, bold=bold) <= middle for w in words)
        if fits and len(_greedy(words, middle, size, bold)) == fewest:
            high = middle
        else:
            low = middle
    return tuple(_greedy(words, high, size, bold))


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """`wrap` as escaped text with Plotly line breaks."""
    return joined(wrap(text, width, size, bold=bold))


def joined(lines: list[str]) -> str:
    """Lines of plain text as one escaped Plotly text."""
    return "<br>".join(plain(line) for line in lines)


def block_height(lines: int, size: float) -> float:
    """Pixels that a text of so many lines takes."""
    return 0 if lines == 0 else size * (1.15 + LINE_HEIGHT * (lines - 1))


def _greedy(words: list[str], width: float, size: float, bold: bool) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if measure(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    """The word; or, where it is wider than the line, the pieces that make it up.

    Pieces are joined by nothing on screen: each stands on a line of its own.
    """
    if measure(word, size, bold=bold) <= width:
        return [word]
    pieces = [""]
    for chunk in re.findall(r"[^-/]+[-/]*|[-/]+", word):
        parts = [chunk] if measure(chunk, size, bold=bold) <= width else list(chunk)
        for part in parts:
            if pieces[-1] and measure(pieces[-1] + part, size, bold=bold) > width:
                pieces.append("")
            pieces[-1] += part
    return pieces
