"""A QR code as an inline picture: black on white in both themes, so that every phone reads it."""

import io
from html import escape

import segno

_MODULE = 10  # units of the picture per module of the code
_QUIET = 4  # modules of white around it, as the standard asks


def qr_svg(text: str, title: str) -> str:
    """An SVG as wide as its frame, named by `title` for those who cannot see it.

    text: the address that a phone reads, at most some 2,300 bytes: segno.DataOverflowError beyond.
    """
    code = segno.make(text, micro=False, error="m")
    out = io.BytesIO()
    code.save(out, kind="svg", xmldecl=False, svgns=False, omitsize=True, scale=_MODULE, border=_QUIET,
              dark="#000000", light="#ffffff", nl=False, svgclass="", lineclass="")  # fmt: skip
    body = out.getvalue().decode("utf-8")
    opening, _, rest = body.partition(">")
    name = escape(title)
    head = f'{opening} xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{name}" style="width:100%"'
    return f"{head}><title>{name}</title>{rest}"
