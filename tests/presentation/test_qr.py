"""A QR code on a page: the very modules of the code, with its quiet zone and a name."""

import re
import xml.etree.ElementTree as ElementTree

import segno

from lmi.presentation.qr import qr_svg

ADDRESS = "https://example.org/join?code=ABC234"


def modules(svg: str) -> tuple[int, set[tuple[int, int]]]:
    """The side in modules, white border included, and the dark modules (x, y)."""
    root = ElementTree.fromstring(svg)
    side = int(root.get("viewBox").split()[2])
    scale = int(re.search(r"scale\((\d+)\)", svg)[1])
    path = next(p for p in root.iter("{http://www.w3.org/2000/svg}path") if p.get("stroke"))
    assert path.get("stroke") in ("#000", "#000000")
    dark, x, y = set(), 0.0, 0.0
    for step, numbers in re.findall(r"([Mmh])([-\d. ]+)", path.get("d")):
        given = [float(n) for n in numbers.split()]
        if step == "h":
            dark |= {(int(x) + i, int(y)) for i in range(int(given[0]))}
            x += given[0]
        else:
            x, y = given if step == "M" else (x + given[0], y + given[1])
    return side // scale, dark


def test_it_holds_the_code_of_the_address_with_a_quiet_zone():
    side, dark = modules(qr_svg(ADDRESS, "Join"))
    matrix = segno.make(ADDRESS, micro=False, error="m").matrix
    assert side == len(matrix) + 8
    assert dark == {(x + 4, y + 4) for y, row in enumerate(matrix) for x, bit in enumerate(row) if bit}


def test_it_is_a_named_picture_on_white_and_its_name_is_text():
    svg = qr_svg(ADDRESS, 'Join "A" <script>alert(1)</script> & go')
    assert "<script" not in svg
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'Join "A" <script>alert(1)</script> & go'
    assert root.find("{http://www.w3.org/2000/svg}title").text == root.get("aria-label")
    ground = next(p for p in root.iter("{http://www.w3.org/2000/svg}path") if p.get("fill"))
    assert ground.get("fill") in ("#fff", "#ffffff")
