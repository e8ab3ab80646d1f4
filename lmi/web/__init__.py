"""Small pages and answers beside the app, for phones and for signing in; Starlette, no streamlit."""
