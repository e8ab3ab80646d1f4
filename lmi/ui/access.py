"""Who looks at the page: anybody, who reads, or a coordinator, who edits.

Coordinators sign in with a passcode (lmi.web.sign_in) or, where secrets.toml has a part [auth], through
their organization's own sign-in. docs/access.md says who can do what."""

import logging
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from html import escape
from typing import TypeVar
from urllib.parse import quote

import streamlit as st

from lmi.contributions import access as sign_ins
from lmi.contributions import opened, passcode
from lmi.domain.errors import LmiError
from lmi.ui import address, loaders
from lmi.ui.widgets import note, unmarked

log = logging.getLogger("lmi")
READER, COORDINATOR = "reader", "coordinator"
_NOT_OUT = "_sign_out_failed"


T = TypeVar("T")


@dataclass(frozen=True)
class _Seen:
    """Who looks: the secret of the browser; address and name as the provider says, '' without one."""

    secret: str
    email: str = ""
    name: str = ""


_seen: ContextVar[_Seen | None] = ContextVar("_seen", default=None)  # set while a download is made


class NotAllowed(LmiError):
    """Something that only a coordinator may do."""


def role() -> str:
    """'coordinator' for somebody signed in, else 'reader'."""
    return COORDINATOR if who() else READER


def who() -> str:
    """The coordinator's name, as it is kept with what they edit; '' of a reader."""
    seen = _seen.get() or _now()
    return _by_provider(seen) or _by_passcode(seen)


def allowed() -> bool:
    """Whether this visitor may edit."""
    return role() == COORDINATOR


def certainly() -> bool:
    """As `allowed`, for what goes on by itself: LmiError where it cannot be told because the database is
    away."""
    seen = _seen.get() or _now()
    return allowed() or bool(seen.secret and sign_ins.signed_in(opened.store(), seen.secret))


def require() -> None:
    """Call it in every callback that writes. NotAllowed for a reader, or once a sign-in has ended."""
    if not allowed():
        raise NotAllowed(
            "Nothing was changed.",
            "Only coordinators may do this, and you are not signed in, or not any more.",
            "Sign in, and do it again.",
        )


def refusal(act: Callable[[], object]) -> str:
    """Do something that only coordinators may do. '' once it is done; else why it was not, in words."""
    try:
        require()
        act()
    except LmiError as error:
        return error.line()
    return ""


def later(make: Callable[[], T]) -> Callable[[], T]:
    """What a download button makes when it is clicked, if whoever it was drawn for is still a coordinator.

    Streamlit makes it outside a run, where nobody can be told from anybody; so who looks is noted here, while
    the page is drawn. Every `data=` that is for coordinators goes through this."""
    seen = _seen.get() or _now()

    def made() -> T:
        mark = _seen.set(seen)
        try:
            require()
            return make()
        finally:
            _seen.reset(mark)

    return made


def begin() -> str:
    """Let there be a way to sign in; returns a passcode that had to be made, '' otherwise. Call it when the
    app starts. LmiError for an LMI_PASSCODE that is too short, or where nothing can be kept."""
    sign_ins.use_form(not has_provider() or passcode.is_set())
    return passcode.ready(opened.store()) if sign_ins.form_is_on() else ""


def has_provider() -> bool:
    """Whether an organization's own sign-in is set up: a part [auth] in secrets.toml."""
    return bool(st.secrets.load_if_toml_exists() and st.secrets.get("auth"))


def invite(what: str, page: str) -> None:
    """In place of an editor, for those who cannot use it: how coordinators sign in. what: 'Log an event'."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"invite-{page}"):
        if sign_ins.form_is_on():
            st.html(
                f'<p class="lmi-invite">{escape(what)}: coordinators can do this. '
                f'<a class="lmi-link" href="{escape(_sign_in_at(page), quote=True)}" target="_self">'
                "Sign in</a></p>"
            )
        else:
            st.html(f'<p class="lmi-invite">{escape(what)}: coordinators can do this.</p>')
        if not _is_logged_in():
            _logins(f"invite-{page}")


def panel(page: str) -> None:
    """In the sidebar: who is signed in and the way out, or the way in."""
    name = who()
    if st.session_state.pop(_NOT_OUT, False):
        st.error("You could not be signed out: the database is away. Close the browser, or try again.")
    if name:
        note(f"Signed in as {name}.")
        st.button("Sign out", on_click=_sign_out, key="sign-out")
        return
    if _is_logged_in():
        note(
            f"{_email() or 'Your account'} is not on the list of coordinators, so you can read only. Whoever "
            "runs the app keeps the list, in its settings."
        )
        st.button("Sign out", on_click=st.logout, key="log-out")
    else:
        _logins("sidebar")
    if sign_ins.form_is_on():
        words = "Sign in with the passcode" if has_provider() else "Coordinators: sign in"
        href = escape(_sign_in_at(page), quote=True)
        st.html(f'<p class="lmi-invite"><a class="lmi-link" href="{href}" target="_self">{words}</a></p>')


def _logins(key: str) -> None:
    """A button for every provider that is set up; none without one."""
    section = st.secrets["auth"] if has_provider() else {}
    named = [name for name, value in section.items() if isinstance(value, Mapping) and "client_id" in value]
    if "client_id" in section:
        st.button("Sign in with your account", on_click=st.login, key=f"login-{key}")
    for name in named:
        st.button(
            f"Sign in with {unmarked(name)}", on_click=st.login, args=(name,), key=f"login-{key}-{name}"
        )


def _sign_in_at(page: str) -> str:
    """The address of the form, which leads back to the page as it is now."""
    return f"./sign-in?back={quote(address.link(page).removeprefix('.'), safe='')}"


def _sign_out() -> None:
    """Callback: end what this browser has. Where the database is away, a sign-in with the passcode goes on,
    and the panel says so; one with the provider always ends."""
    st.session_state.pop(_NOT_OUT, None)
    seen = _now()
    try:
        if seen.secret:
            sign_ins.sign_out(opened.store(), seen.secret)
    except LmiError as error:
        log.warning("%s", error.line())
        st.session_state[_NOT_OUT] = True
    if _is_logged_in():
        st.logout()


def _is_logged_in() -> bool:
    return has_provider() and bool(st.user.get("is_logged_in"))


def _email() -> str:
    """The address that the provider vouches for; '' for one that it says is not verified."""
    verified = str(st.user.get("email_verified", True)).strip().lower()
    return "" if verified in ("false", "0", "no") else str(st.user.get("email") or "").strip()


def _now() -> _Seen:
    """Who looks at the page that is drawn."""
    secret = str(st.context.cookies.get(sign_ins.COOKIE, "") or "")
    if not _is_logged_in():
        return _Seen(secret)
    return _Seen(secret, _email(), " ".join(str(st.user.get("name") or "").split()))


def _by_passcode(seen: _Seen) -> str:
    """Who signed in with the passcode in this browser."""
    if not seen.secret:
        return ""
    try:
        return sign_ins.signed_in(opened.store(), seen.secret)
    except LmiError as error:  # reading goes on without the database
        log.warning("%s", error.line())
        return ""


def _by_provider(seen: _Seen) -> str:
    """The name of somebody on the list of coordinators who signed in with the provider."""
    if not seen.email:
        return ""
    listed = {one.casefold() for one in loaders.desk()[0].settings.coordinators}
    return (seen.name or seen.email.split("@")[0])[:80] if seen.email.casefold() in listed else ""
