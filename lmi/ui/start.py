"""What the app does once, when it starts, about signing in."""

import logging

import streamlit as st

from lmi.domain.errors import LmiError
from lmi.ui import access

log = logging.getLogger("lmi")


def begin() -> None:
    """Let there be a way to sign in, and print what whoever runs the app has to know. Without one the app
    still starts: everybody can read."""
    try:
        fresh = access.begin()
    except LmiError as error:
        log.error("%s", error.line())
        print(f"\n  Nobody can sign in to edit: {error.line()}\n", flush=True)
        return
    if fresh:
        print(
            f"\n  Passcode for coordinators: {fresh}\n  Sign in at {_address()}/sign-in. It is shown this "
            "once; only its hash is kept.\n  Another one: python -m lmi passcode new\n",
            flush=True,
        )


def _address() -> str:
    """Where this machine reaches the app."""
    host = str(st.get_option("server.address") or "")
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    shown = "localhost" if host in ("", "0.0.0.0", "::", "127.0.0.1", "localhost") else host  # noqa: S104
    return f"{scheme}://{shown}:{st.get_option('server.port')}"
