"""Errors in one place and one shape: what happened, why, what to do next. The rest goes to the log."""

import logging
from collections.abc import Callable, Iterable

import streamlit as st

from lmi.contributions.store import Unkept
from lmi.domain.errors import LmiError, WarehouseUnavailable
from lmi.places import here

log = logging.getLogger("lmi")


def show_error(error: LmiError) -> None:
    """The three parts as plain text (never markup), with a button where one click mends it."""
    with st.container(border=True, key="notice"):
        st.header("Something needs your attention", anchor=False)
        for label, part in (("What", error.what), ("Why", error.why), ("What to do", error.next_step)):
            st.caption(label)
            st.text(part)
        if isinstance(error, WarehouseUnavailable) and st.button("Build the data again", type="primary"):
            from lmi.ui import loaders

            loaders.rebuild(here())
            st.rerun()


def show_problems(problems: Iterable[LmiError]) -> None:
    """Problems that did not stop the page: the last good state is in use."""
    for problem in problems:
        what = "The database cannot be read" if isinstance(problem, Unkept) else "A file has a mistake"
        with st.expander(f"{what}; the last good version is in use", icon=":material/warning:"):
            st.text(problem.what)
            st.text(problem.why)
            st.text(problem.next_step)


def guarded(run: Callable[[], None]) -> None:
    """Run a page; a failure is told in three parts and logged with its trace."""
    try:
        run()
    except LmiError as error:
        log.warning("%s", error.line())
        show_error(error)
    except Exception:
        log.exception("A page failed")
        show_error(
            LmiError(
                "This view could not be drawn.",
                "An unexpected error occurred; its details are in the log of the app.",
                "Reload the page, or choose another region. If it happens again, tell the coordinator.",
            )
        )
