"""Start the app: `streamlit run app.py`.

The main script lies apart from pages/ on purpose: a folder called pages beside the main script would
let a deep link run a page without the frame around it (docs/decisions/0002).
"""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).parent / "lmi" / "ui" / "shell" / "main.py")

if __name__ == "__main__":
    app.run()
