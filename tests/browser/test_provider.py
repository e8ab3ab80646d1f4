"""An organization's own sign-in in a real browser: a provider of OpenID Connect on this machine."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc import jwk, jwt
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, ROOT, _wait_until_healthy
from tests.publisher import Publisher, answer, running

pytestmark = pytest.mark.browser
SETTINGS = (ROOT / "data" / "local" / "settings.yaml").read_text(encoding="utf-8")
Account = dict[str, object]


def provides(found: Publisher, account: Account) -> None:
    """Let a server be a provider at which everybody has the account, without being asked."""
    key = jwk.RSAKey.generate_key(2048, {"kid": "one"})
    nonces: list[str] = []

    def told(content: object) -> Callable[[BaseHTTPRequestHandler], None]:
        return lambda request: answer(request, json.dumps(content).encode(), Content_Type="application/json")

    def authorize(request: BaseHTTPRequestHandler) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(request.path).query).items()}
        nonces.append(asked["nonce"])
        back = urlencode({"code": "one", "state": asked["state"]})
        answer(request, b"", 302, Location=f"{asked['redirect_uri']}?{back}")

    def token(request: BaseHTTPRequestHandler) -> None:
        now = int(time.time())
        claims = {
            "iss": found.url,
            "aud": "explorer",
            "sub": "1",
            "iat": now,
            "exp": now + 300,
            "nonce": nonces[-1],
        }
        identity = jwt.encode({"alg": "RS256", "kid": "one"}, claims | account, key)
        told({"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": identity})(request)

    found.pages |= {
        "/.well-known/openid-configuration": told({
            "issuer": found.url, "authorization_endpoint": f"{found.url}/authorize",
            "token_endpoint": f"{found.url}/token", "jwks_uri": f"{found.url}/keys",
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }),
        "/authorize": authorize, "/token": token, "/keys": told({"keys": [key.as_dict(private=False)]}),
    }  # fmt: skip


@pytest.fixture(scope="module")
def account() -> Account:
    """Whose account it is; a test changes it."""
    return {}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, account: Account, app_build: Path) -> Iterator[str]:
    """The app with a provider, which knows one coordinator. It shares what the other app has built."""
    folder = tmp_path_factory.mktemp("provider")
    (folder / "settings.yaml").write_text(
        SETTINGS.replace("coordinators: []", "coordinators: [Ana@Example.org]"), encoding="utf-8"
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with running() as found:
        provides(found, account)
        (folder / "secrets.toml").write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
            f'cookie_secret = "{"s" * 32}"\nclient_id = "explorer"\nclient_secret = "secret"\n'
            f'server_metadata_url = "{found.url}/.well-known/openid-configuration"\n',
            encoding="utf-8",
        )
        own = {
            "LMI_SETTINGS": str(folder / "settings.yaml"), "LMI_BUILD_DIR": str(app_build),
            "LMI_DATABASE": f"sqlite:///{folder}/c.sqlite", "NO_PROXY": "127.0.0.1",
        }  # fmt: skip
        log = (folder / "log").open("w")
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port),
             "--secrets.files", str(folder / "secrets.toml")],
            cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, env=os.environ | own,
        )  # fmt: skip
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
            assert "Passcode" not in Path(folder / "log").read_text(encoding="utf-8"), "none is made"
        finally:
            process.terminate()
            process.wait(10)
            log.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP)
    yield context.new_page()
    context.close()


def test_who_is_on_the_list_edits_and_who_is_not_reads(page: Page, url: str, account: Account) -> None:
    account.update({"email": "bo@example.org", "name": "Bo"})
    page.goto(f"{url}/data")
    page.get_by_role("button", name="Sign in with your account").click(timeout=60_000)
    expect(page.get_by_text("bo@example.org is not on the list of coordinators")).to_be_visible(
        timeout=30_000
    )
    assert page.get_by_text("Sign in with the passcode").count() == 0
    account.update({"email": "ana@example.ORG", "name": "Ana Q"})
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with your account").click(timeout=30_000)
    expect(page.get_by_text("Signed in as Ana Q.")).to_be_visible(timeout=30_000)
    page.goto(f"{url}/events?area=46140&period=all")
    expect(page.locator("[class*=st-key-event-by] input")).to_have_value("Ana Q", timeout=30_000)
    page.goto(f"{url}/sign-in")
    expect(page.get_by_text("This app uses your organization's own sign-in")).to_be_visible()
