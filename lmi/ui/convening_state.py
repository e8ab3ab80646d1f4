"""Which convening the page is about, and the addresses that lead to it."""

import base64
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st

from lmi.contributions import opened
from lmi.domain.convening import Convening
from lmi.presentation.qr import qr_svg
from lmi.ui import address

PROJECTOR = "projector"
_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Join:
    """How phones get in. link: the whole address, '' where the browser does not tell it. typed: what people
    type. reachable: False where only this machine can open it."""

    link: str
    typed: str
    reachable: bool

    def picture(self) -> str:
        """The QR code as an image, which st.html lets through; '' without a link."""
        if not self.link:
            return ""
        name = "QR code of the page to join"
        data = base64.b64encode(qr_svg(self.link, name).encode()).decode()
        return f'<img alt="{name}" src="data:image/svg+xml;base64,{data}">'


def chosen() -> Convening | None:
    """The convening in the address; None where there is none, or no such one."""
    wanted = address.get("meeting")
    return opened.find(wanted) if wanted else None


def projected() -> bool:
    """Whether the projector view is asked for."""
    return address.get("show") == PROJECTOR


def join_of(convening: Convening) -> Join:
    """The addresses to join, as this browser sees the app."""
    parts = urlsplit(st.context.url or "")
    if not parts.netloc:
        return Join("", "", True)
    base = parts.path.rstrip("/").removesuffix("/convening").rstrip("/")
    typed = f"{parts.netloc}{base}/join"
    return Join(f"{parts.scheme}://{typed}?code={convening.code}", typed, (parts.hostname or "") not in _HERE)


def link(convening_id: str, show: str = "") -> str:
    """The address of a convening."""
    return address.link("convening", meeting=convening_id, show=show)
