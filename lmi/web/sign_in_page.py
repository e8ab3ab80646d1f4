"""The sign-in page as HTML, in the look of the app. Every text that somebody typed is escaped here."""

import base64
import hashlib
from html import escape
from pathlib import Path

from lmi.contributions.access import HOURS
from lmi.domain.errors import LmiError

STYLE = (Path(__file__).parent / "look" / "sign_in.css").read_text(encoding="utf-8")
_SUM = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_SUM}'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}  # fmt: skip
_WRONG = ' aria-invalid="true" aria-describedby="told"'


def form(back: str, name: str = "", error: LmiError | None = None) -> str:
    """The form. back: where it leads; name: what was typed before; error: why it was refused."""
    at_name, at_passcode = ("", "") if error is None else ("", _WRONG) if name.strip() else (_WRONG, "")
    return _page(
        "Sign in",
        f"{_told(error)}<p>Everybody can read. Coordinators sign in to edit.</p>"
        f'<form method="post" action="./sign-in">{_hidden(back)}'
        "<label>Your name or initials<small>Kept with what you edit</small>"
        f'<input name="name" value="{escape(name, quote=True)}" maxlength="80" required autocomplete="name"'
        f"{at_name}></label>"
        "<label>Passcode<small>Whoever runs the app knows it</small>"
        '<input name="passcode" type="password" maxlength="200" required autocomplete="current-password"'
        f"{at_passcode}></label>"
        f"<button>Sign in</button></form><p>You stay signed in for {HOURS} hours.</p>{_way(back)}",
        wrong=error is not None,
    )


def signed_in(back: str, name: str) -> str:
    """Who is signed in, and the way out."""
    return _page(
        "You are signed in",
        f"<p>As {escape(name)}.</p>"
        f'<form method="post" action="./sign-out">{_hidden(back)}'
        f"<button>Sign out</button></form>{_way(back)}",
    )


def elsewhere(back: str) -> str:
    """What stands here where only the organization's own sign-in is set up."""
    return _page(
        "Sign in on the page",
        "<p>This app uses your organization's own sign-in: open the app and press 'Sign in with your "
        f"account' at its side.</p>{_way(back)}",
    )


def refused(error: LmiError) -> str:
    """A request that cannot be answered."""
    return _page("Sign in", f"{_told(error)}{_way('')}", wrong=True)


def _told(error: LmiError | None) -> str:
    if error is None:
        return ""
    return (
        f'<div class="told" id="told" role="alert"><strong>{escape(error.what)}</strong> '
        f"{escape(error.why)} {escape(error.next_step)}</div>"
    )


def _hidden(back: str) -> str:
    return f'<input type="hidden" name="back" value="{escape(back, quote=True)}">'


def _way(back: str) -> str:
    return f'<p><a href="./{escape(back, quote=True)}">Back to the app</a></p>'


def _page(title: str, body: str, *, wrong: bool = False) -> str:
    name = f"{'Error: ' if wrong else ''}{title} · LMI & Pathways Explorer"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(name)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
