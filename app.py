"""Start the app: `streamlit run app.py`.

The main script lies apart from pages/ on purpose: a folder called pages beside the main script would
let a deep link run a page without the frame around it (docs/decisions/0002).
"""

import asyncio
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

from lmi.web.routes import ROUTES


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Let there be a way to sign in, and load the libraries before the first visitor comes."""
    for module in ("lmi.ui.profile_panels", "lmi.ui.pathway_panels"):
        await asyncio.to_thread(importlib.import_module, module)
    start = await asyncio.to_thread(importlib.import_module, "lmi.ui.start")
    await asyncio.to_thread(start.begin)
    yield


app = st.App(Path(__file__).parent / "lmi" / "ui" / "shell" / "main.py", lifespan=warm, routes=ROUTES)

if __name__ == "__main__":
    app.run()
