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


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Load the libraries before the first visitor comes, so that nobody waits for them."""
    for module in ("lmi.ui.profile_panels", "lmi.ui.pathway_panels"):
        await asyncio.to_thread(importlib.import_module, module)
    yield


app = st.App(Path(__file__).parent / "lmi" / "ui" / "shell" / "main.py", lifespan=warm)

if __name__ == "__main__":
    app.run()
