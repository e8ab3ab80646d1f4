"""Reads a PDF back: the text of its pages as a reader copies it, and what its catalog says."""

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_PART = rb"[^\\()]|\\."
for _ in range(4):  # brackets in pairs stand as they are
    _PART = rb"[^\\()]|\\.|\((?:" + _PART + rb")*\)"
_STRING = rb"\((?:" + _PART + rb")*\)"
_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|(" + _STRING + rb"|<[0-9A-Fa-f]+>)", re.DOTALL)
_REPLACED = re.compile(rb"/(?:ActualText|Alt|Lang) ?(" + _STRING + rb"|<[0-9A-Fa-f]*>)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """All text in the order in which it is set, without spaces and places to break."""
    return re.sub(r"[\s\u200b]+", "", "".join(pages_of(pdf)))


def squeezed(text: str) -> str:
    """A text as text_of gives it."""
    return re.sub(r"[\s\u200b]+", "", text)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    return [_decoded(content, _fonts(objects, page)) for page, content in _pages(objects)]


def colours_of(pdf: bytes) -> set[tuple[float, ...]]:
    """Every colour that a page is drawn with: one number is a grey, three are red, green and blue."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    found = b"".join(_REPLACED.sub(b"", content) for _, content in _pages(objects))
    return {
        tuple(float(level) for level in levels.split())
        for levels in re.findall(rb"((?:[\d.]+\s+){1,4})(?:scn|SCN|rg|RG|g|G)\b", found)
    }


def _pages(objects: dict[int, bytes]) -> list[tuple[bytes, bytes]]:
    """Each page and its content."""
    pages = [body for body in objects.values() if re.search(rb"/Type/Page\b(?!s)", body)]
    return [(page, _stream(objects[int(re.search(rb"/Contents (\d+) 0 R", page)[1])])) for page in pages]


def _fonts(objects: dict[int, bytes], page: bytes) -> dict[bytes, dict[int, str]]:
    held = re.search(rb"/Resources (\d+) 0 R", page)
    resources = objects[int(held[1])] if held else page
    named = re.search(rb"/Font<<(.*?)>>", resources, re.DOTALL)
    pairs = re.findall(rb"/(\w+) (\d+) 0 R", named[1]) if named else []
    return {name: _letters(objects, objects[int(number)]) for name, number in pairs}


def _letters(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    table = _stream(objects[int(re.search(rb"/ToUnicode (\d+) 0 R", font)[1])])
    found = {}
    for code, text in re.findall(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>(?! <)", table):
        found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
    for first, last, text in re.findall(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>", table):
        for code in range(int(first, 16), int(last, 16) + 1):
            found[code] = chr(int(text, 16) + code - int(first, 16))
    return found


def _stream(body: bytes) -> bytes:
    raw = body.partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
    return zlib.decompress(raw) if b"/FlateDecode" in body.partition(b"stream\n")[0] else raw


def _decoded(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    out, letters = [], {}
    for font, shown in _SHOWN.findall(_REPLACED.sub(b"", content)):
        if font:
            letters = fonts.get(font, {})
            continue
        raw = bytes.fromhex(shown[1:-1].decode()) if shown.startswith(b"<") else _plain(shown[1:-1])
        codes = [raw[i] << 8 | raw[i + 1] for i in range(0, len(raw) - 1, 2)]
        out.append("".join(letters.get(code, "�") for code in codes))
    return "".join(out)


def _plain(text: bytes) -> bytes:
    def put(found: re.Match) -> bytes:
        return bytes([int(found[1], 8)]) if found[1].isdigit() else _ESCAPES.get(found[1], found[1])

    return re.sub(rb"\\([0-7]{3}|.)", put, text, flags=re.DOTALL)
