"""What people type: kept as text, on one line, whole; and the tokens and codes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.contributions import typed as module
from lmi.contributions.typed import (
    CODE_LENGTH,
    cleaned,
    code_of,
    hashed,
    is_secret,
    new_code,
    new_secret,
    new_token,
    secret_of,
    token_of,
)
from lmi.domain.errors import BadInput

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
NASTY = st.text(
    st.sampled_from(
        "ab \n\r\t\0\x1b\x7f\u200b\u200d\u202e\u2066\u0301\u2028\u3164\uffff\ud800\udfffé😀א<&'\";-"
    ),
    max_size=60,
)


@given(ANY_TEXT | NASTY, st.booleans())
def test_what_is_kept_is_whole_printable_and_stays_as_it_is_when_cleaned_again(text, lines):
    found = cleaned(text, 800, "It", lines=lines)
    assert cleaned(found, 800, "It", lines=lines) == found
    assert found == found.strip()
    found.encode("utf-8")  # no half characters
    kept = found.replace("\n", "") if lines else found
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(found) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert "  " not in found
    assert "\n\n\n" not in found


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40))
def test_plain_text_is_kept_as_the_same_text(text):
    """Letters, digits and signs, also markup, in their composed form (NFC)."""
    expected = unicodedata.normalize("NFC", text)
    if not set(expected) & set("\u115f\u1160\u3164\uffa0"):
        assert cleaned(text, 200, "It") == expected


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE entries;--", "'; DROP TABLE entries;--"),
        ("=1+1", "=1+1"),
        ("a\0b\x1b[31mc", "a b [31mc"),
        ("  two   words \r\n here ", "two words here"),
        ("👩🏽‍🔬 lab", "👩🏽‍🔬 lab"),  # joined by U+200D, which stays
        ("שלום עולם", "שלום עולם"),
        ("abc\u202edcb\u2066", "abcdcb"),
        ("\ud83d half", "half"),
        ("e\u0301", "é"),
        ("\u3164\u3164", ""),
        (None, ""), (3, ""), (["a"], ""), ({"a": 1}, ""), (b"a", ""),
    ],
)  # fmt: skip
def test_what_is_kept(typed, kept):
    assert cleaned(typed, 80, "It") == kept


def test_several_lines_only_where_they_are_meant():
    assert cleaned("a\n\n\n\n b \n", 80, "It", lines=True) == "a\n\nb"
    assert cleaned("a\n\n\n\n b \n", 80, "It") == "a b"


def test_what_is_too_long_is_refused_with_its_length_and_a_megabyte_unlooked_at(
    monkeypatch: pytest.MonkeyPatch,
):
    assert cleaned("x" * 80, 80, "Your name") == "x" * 80
    assert cleaned("x" + " " * 900 + "y", 80, "Your name") == "x y"
    with pytest.raises(BadInput, match=r"Your name is too long\. 81 characters; 80 is the most\."):
        cleaned("x" * 81, 80, "Your name")
    with monkeypatch.context() as patch:
        patch.setattr(module, "unicodedata", None)  # its work on a long text takes seconds
        with pytest.raises(BadInput, match=r"1,000,000 characters; 600 is the most"):
            cleaned("\u0344" * 1_000_000, 600, "Your text")
    with pytest.raises(BadInput, match=r"160 characters; 80 is the most"):
        cleaned("\u0344" * 80, 80, "Your text")  # NFC makes two of each


@pytest.mark.parametrize("typed", ["", "  ", "\u200b", "\u3164", "!?", "😀", None, 5])
def test_what_is_needed_has_a_letter_or_a_digit(typed):
    with pytest.raises(BadInput, match=r"Your name is empty\. It is needed\. Write your name\."):
        cleaned(typed, 80, "Your name", needed=True)


@pytest.mark.parametrize(
    "typed", ["", "short", "x" * 41, "with space", "tökenn-123", "abcdefgh\n", None, 12345678, []]
)
def test_what_cannot_be_a_token(typed):
    with pytest.raises(BadInput, match="The token is not valid"):
        token_of(typed)


def test_tokens_secrets_and_codes_fit_their_own_forms_and_differ():
    made = {new_token() for _ in range(100)}
    assert len(made) == 100
    assert all(token_of(token) == token for token in made)
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert all(secret_of(secret) == secret for secret in secrets)
    codes = {new_code() for _ in range(100)}
    assert len(codes) > 95
    assert all(code_of(code) == code and len(code) == CODE_LENGTH for code in codes)
    assert not set("".join(codes)) & set("01IOL")


@pytest.mark.parametrize("typed", ["", "x" * 15, "x" * 101, "x" * 20 + "é", "x" * 20 + " ", None, 5])
def test_what_cannot_be_a_secret(typed):
    assert not is_secret(typed)
    with pytest.raises(BadInput, match="The secret is not valid"):
        secret_of(typed)


@given(ANY_TEXT)
def test_a_hash_tells_nothing_and_never_fails(text):
    assert len(hashed(text)) == 64


@pytest.mark.parametrize("typed", ["ABC234", "abc234", " abc 234 ", "ABC-234", "a-b-c-2-3-4\n"])
def test_a_code_is_understood_however_it_is_typed(typed):
    assert code_of(typed) == "ABC234"


@pytest.mark.parametrize(
    "typed", ["", "ABC23", "ABC2345", "ABC0I1", "ÄBC234", "ABC234" + " " * 50, None, 234567, []]
)
def test_what_cannot_be_a_code(typed):
    assert code_of(typed) == ""
