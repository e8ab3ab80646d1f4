"""/sign-in and /sign-out, asked as browsers and strangers ask them."""

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from lmi.contributions import access, opened, passcode
from lmi.contributions.access import COOKIE
from lmi.contributions.store import Store, Unkept
from lmi.web import sign_in, sign_in_page
from lmi.web.sign_in import client_of, way_back

OWN = {"Origin": "http://testserver"}
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('web')}/c.sqlite")
    yield store
    store.close()


@pytest.fixture
def word(db: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    """A passcode that nobody has tried yet."""
    monkeypatch.delenv(passcode.ENVIRONMENT, raising=False)
    monkeypatch.setattr(passcode, "_N", 2**4)
    monkeypatch.setattr(opened, "store", lambda: db)
    monkeypatch.setattr(access, "OF_ONE", 10_000)
    monkeypatch.setattr(access, "OF_ALL", 10_000)
    return passcode.renew(db, "test")


@pytest.fixture
def client(word: str) -> TestClient:
    """A browser that keeps cookies and follows nothing."""
    return TestClient(Starlette(routes=sign_in.ROUTES), follow_redirects=False)


def enter(client: TestClient, word: str, headers=OWN, **fields: str):
    return client.post("/sign-in", data={"name": "Ana", "passcode": word} | fields, headers=headers)


def said(answer) -> str:
    """The words of a page."""
    shown = re.sub(r"<(style|title)>.*?</\1>", "", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


def test_the_right_passcode_gives_a_cookie_and_leads_back(client, word):
    answer = enter(client, word, back="demand?area=12420&skill=EDU%2BOJT")
    assert answer.status_code == 303
    assert answer.headers["location"] == "./demand?area=12420&skill=EDU%2BOJT"
    cookie = SimpleCookie(answer.headers["set-cookie"])[COOKIE]
    assert len(cookie.value) >= 43
    assert (cookie["httponly"], cookie["samesite"].lower(), cookie["path"]) == (True, "lax", "/")
    assert cookie["max-age"] == "43200"
    assert cookie["secure"] == ""
    shown = client.get("/sign-in?back=/demand")
    assert "You are signed in As Ana." in said(shown)
    assert 'action="./sign-out"' in shown.text


@pytest.mark.parametrize("name", ["X-Forwarded-Proto", "x-forwarded-proto"])
def test_the_cookie_is_for_https_only_where_https_is_used(client, word, name):
    answer = enter(client, word, headers=OWN | {name: "https"})
    assert SimpleCookie(answer.headers["set-cookie"])[COOKIE]["secure"] is True
    secure = TestClient(
        Starlette(routes=sign_in.ROUTES), base_url="https://testserver", follow_redirects=False
    )
    answer = enter(secure, word, headers={"Origin": "https://testserver"})
    assert SimpleCookie(answer.headers["set-cookie"])[COOKIE]["secure"] is True


def test_signing_out_ends_it_for_whoever_kept_the_cookie(client, word):
    enter(client, word)
    kept = client.cookies[COOKIE]
    answer = client.post("/sign-out", data={"back": "/demand"}, headers=OWN)
    assert (answer.status_code, answer.headers["location"]) == (303, "./demand")
    assert SimpleCookie(answer.headers["set-cookie"])[COOKIE]["max-age"] == "0"
    client.cookies.set(COOKIE, kept)
    assert "You are signed in" not in said(client.get("/sign-in"))


def test_a_wrong_passcode_is_told_and_never_repeated(client):
    answer = enter(client, "not this one at all", back="/demand?area=48")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "You are not signed in. The passcode is not right." in said(answer)
    assert 'role="alert"' in answer.text
    assert 'value="Ana"' in answer.text
    assert 'value="demand?area=48"' in answer.text
    assert "not this one at all" not in answer.text
    assert "<title>Error: " in answer.text
    assert re.search(r'name="passcode"[^>]*aria-invalid="true"', answer.text)


def test_a_missing_name_is_told_at_its_field(client, word):
    answer = enter(client, word, name=" ")
    assert answer.status_code == 403
    assert "Your name is empty." in said(answer)
    assert re.search(r'name="name"[^>]*aria-invalid="true"', answer.text)
    assert not re.search(r'name="passcode"[^>]*aria-invalid="true"', answer.text)


def test_too_many_tries_are_told_with_the_time(client, word, monkeypatch):
    monkeypatch.setattr(access, "OF_ONE", 0)
    monkeypatch.setattr(access, "_wait", lambda *_: 130)
    answer = enter(client, word)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "130")
    assert "Try again in 3 minutes." in said(answer)


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"Origin": "http://elsewhere.example"}, {"Origin": "null"}, {"Origin": "http://testserver.example"},
        {"Sec-Fetch-Site": "cross-site", **OWN}, {"Sec-Fetch-Site": "same-site", **OWN},
        {"Sec-Fetch-Site": "none", **OWN}, {"Sec-Fetch-Site": "", **OWN},
        {"Referer": "http://testserver/sign-in"}, {"Origin": "http://testserver:81"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_a_form_of_another_site_is_refused(client, word, headers, path):
    enter(client, word)
    kept = client.cookies[COOKIE]
    answer = client.post(path, data={"name": "Ana", "passcode": word}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "was not sent by a page of this app" in said(answer)
    client.cookies.set(COOKIE, kept)
    assert "As Ana." in said(client.get("/sign-in"))


def test_a_form_of_this_app_behind_a_proxy_with_another_name_is_taken(client, word):
    behind = {"Origin": "https://lmi.example.org", "Host": "127.0.0.1:8501", "Sec-Fetch-Site": "same-origin"}
    assert enter(client, word, headers=behind).status_code == 303


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example", "https://evil.example", "http:evil.example", "/\\evil.example", "\\\\evil.example",
        "javascript:alert(1)", "/%2F/evil.example", "/demand\r\nSet-Cookie: a=b", "/demand#x", "/a/b",
        "/../x", "./demand", "demand?x=<script>", "?\x00", "demand?a b", "/.evil.example", "@evil.example",
        "demand?" + "a" * 5000, "sign-out", "sign-in", "demand\n", "ｅvil", "/demand/", "data:text/html,x",
    ],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(client, word, back):
    assert way_back(back) == ""
    answer = enter(client, word, back=back)
    assert answer.headers["location"] == "./"
    assert list(answer.headers).count("set-cookie") == 1
    shown = client.get("/sign-in", params={"back": back})
    assert 'name="back" value=""' in shown.text


@given(st.text(max_size=60))
def test_whatever_leads_back_stays_in_this_app(text):
    found = way_back(text)
    assert re.fullmatch(r"[A-Za-z0-9_-]*(\?.*)?", found)
    assert not set(found) & set('\\<>"#\r\n\t ')


@pytest.mark.parametrize(
    "back", ["", "/", "/?area=48", "demand", "/training?soc=29-2061&area=12420", "join?code=AB"]
)
def test_pages_of_the_app_are_led_back_to(back):
    assert way_back(back) == back.removeprefix("/")


def test_markup_in_a_name_is_text(client, word):
    answer = enter(client, "wrong", name=HOSTILE, back=HOSTILE)
    assert "<script" not in answer.text
    assert html.escape(HOSTILE, quote=True) in answer.text
    enter(client, word, name=HOSTILE)
    assert "<script" not in client.get("/sign-in").text
    assert f"As {HOSTILE}." in said(client.get("/sign-in"))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * 20_000, 413), (b"passcode=" + b"%41" * 10_000, 413), (b"", 403), (b"\xff\xfe=%ff&%00", 403),
        (b"&".join(b"a%d=1" % i for i in range(50)), 403), (b"name=Ana&passcode=%00", 403),
        (b'{"name": "Ana"}', 403), (b"name=a&name=b&passcode=x", 403),
    ],
)  # fmt: skip
def test_whatever_is_sent_gets_an_answer(client, body, status):
    head = OWN | {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/sign-in", content=body, headers=head).status_code == status


def test_other_methods_do_nothing(client):
    assert client.get("/sign-out").status_code == 405
    assert client.put("/sign-in").status_code == 405


def test_with_the_form_off_the_page_says_where_to_sign_in(client, word):
    access.use_form(False)
    try:
        assert "your organization's own sign-in" in said(client.get("/sign-in"))
        assert "<form" not in client.get("/sign-in").text
        answer = enter(client, word)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
    finally:
        access.use_form(True)


def test_without_a_database_it_is_told(client, word, monkeypatch):
    def fail() -> Store:
        raise Unkept("The database of contributions cannot be opened.", "The disk is full.", "Make room.")

    monkeypatch.setattr(opened, "store", fail)
    for answer in (client.get("/sign-in"), enter(client, word), client.post("/sign-out", headers=OWN)):
        assert answer.status_code == 503
        assert "The disk is full. Make room." in said(answer)


def test_nothing_is_kept_by_caches_framed_or_loaded_from_elsewhere(client, word):
    for answer in (client.get("/sign-in"), enter(client, "wrong"), enter(client, word, headers={})):
        assert answer.headers["cache-control"] == "no-store"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
        assert style
        found = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert f"style-src 'sha256-{found}'" in policy
        assert "http" not in answer.text.replace("http-equiv", "")


def test_every_field_has_a_label_and_the_page_a_language_and_heading(client):
    text = client.get("/sign-in").text
    assert '<html lang="en">' in text
    assert text.count("<h1>") == 1
    assert re.findall(r'<label>[^<]+<small>[^<]+</small><input name="(\w+)"', text) == ["name", "passcode"]
    assert re.search(r'name="passcode" type="password"[^>]*autocomplete="current-password"', text)


def test_colours_can_be_read_in_light_and_dark():
    blocks = re.findall(r":root \{(.*?)\}", sign_in_page.STYLE, re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        tone = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", block))
        for front, back, least in (
            ("text", "page", 7), ("text", "panel", 7), ("quiet", "page", 4.5), ("accent", "page", 4.5),
            ("on-accent", "accent", 4.5), ("wrong", "panel", 4.5), ("line", "page", 3), ("line", "panel", 3),
        ):  # fmt: skip
            assert contrast(tone[front], tone[back]) >= least, (front, back)


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("host", "who"),
    [
        ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"), ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"), ("", ""), ("/run/app.sock", "/run/app.sock"),
    ],
)  # fmt: skip
def test_tries_are_counted_by_household(host, who):
    scope = {"type": "http", "headers": [(b"x-forwarded-for", b"198.51.100.1")], "client": (host, 1)}
    assert client_of(Request(scope)) == who


def test_the_look_is_a_file_of_its_own():
    assert (Path(sign_in_page.__file__).parent / "look" / "sign_in.css").read_text(
        "utf-8"
    ) == sign_in_page.STYLE
