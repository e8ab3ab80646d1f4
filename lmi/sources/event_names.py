"""When two names are one employer, and two addresses one site, however they are spelled."""

import re
import unicodedata
from functools import lru_cache

_LEGAL = {
    "inc", "incorporated", "llc", "lc", "llp", "lp", "lllp", "corp", "corporation", "co", "company",
    "companies", "cos", "ltd", "limited", "plc", "pc", "pllc", "na",
}  # fmt: skip
_TRADING_AS = re.compile(
    r"\b(?:d/?\s?b/?\s?a/?|f/?k/?a|a/?k/?a|doing business as|formerly known as)\b\.?", re.I
)
_IN_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]?")
_UPDATE = re.compile(
    r"[(\[{][^()\[\]{}]*\b(?:updated?|revised|revision|amended|amendment|corrected)\b[^()\[\]{}]*[)\]}]?"
    r"|\b(?:updated|revised|amended|corrected)\s*$",
    re.I,
)
_STORE = re.compile(r"(?:#|\b(?:no|nos|store|unit|site|location|club|branch)\b\.?\s*#?)\s*(\d[\w-]*)", re.I)
_ENDS_IN_NUMBER = re.compile(r"\s[-–—]\s*(\d{2,6})\s*$")
_SINGLES = re.compile(r"\b(?:[a-z]\s)+[a-z]\b")
_SHORT = {
    "saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "international": "intl", "national": "natl",
    "manufacturing": "mfg", "service": "svc", "management": "mgmt", "center": "ctr", "centre": "ctr",
}  # fmt: skip


@lru_cache(maxsize=200_000)
def employer_key(name: str) -> str:
    """What all spellings of an employer's name share.

    Case, accents, spaces, punctuation, 'and', the legal form, an article, brackets, 'updated', the number of
    a store, what follows 'dba', a plural and usual abbreviations do not count: 'The Café & Sons, L.L.C. #12'
    and 'CAFE AND SON' agree, 'Wal-Mart' and 'Walmart', 'St. Mary Svcs' and 'Saint Mary Service'. A name of
    which nothing would be left stays as it is but for case and doubled spaces.
    """
    return "".join(_words(name)) or _spaced(name)


@lru_cache(maxsize=200_000)
def first_word(name: str) -> str:
    """The first word of an employer's name that counts in its key: 'amazon' of 'Amazon.com Services LLC'."""
    return next(iter(_words(name)), _spaced(name))


def _words(name: str) -> list[str]:
    """The words of an employer's name that count, each in its short form."""
    plain = _spaced(name)
    text = _TRADING_AS.split(plain)[0] if _TRADING_AS.split(plain)[0].strip() else plain
    text = _ENDS_IN_NUMBER.sub(" ", _STORE.sub(" ", _IN_BRACKETS.sub(" ", _UPDATE.sub(" ", text))))
    text = re.sub(r"['’`´.]", lambda mark: " " if mark[0] == "." else "", text)
    words = re.sub(r"[^\w\s]|_", " ", text).split()
    kept = [word for word in _joined(words) if word not in _LEGAL and word not in {"and", "the"}]
    singular = [_singular(word) for word in _joined(kept)]
    return [_SHORT.get(word, word) for word in singular]


@lru_cache(maxsize=200_000)
def store_number(name: str) -> str:
    """The number of a store or site in an employer's name: '1258' of 'Walmart #1258'; '' for none."""
    found = _STORE.search(name) or _ENDS_IN_NUMBER.search(name)
    return found[1].casefold() if found else ""


@lru_cache(maxsize=200_000)
def bracket_words(name: str) -> str:
    """What an employer's name says in brackets, as compared: 'arch shelter' of 'Urban Alchemy (Arch
    Shelter)'; '' for none, and for the mark of an update."""
    found = _IN_BRACKETS.findall(_plain(_UPDATE.sub(" ", name)))
    return " ".join(re.sub(r"[^\w\s]|_", " ", " ".join(found)).split())


@lru_cache(maxsize=200_000)
def is_update(name: str) -> bool:
    """Whether an employer's name says that the notice updates an earlier one: 'Congo, LLC (Updated)'."""
    return _UPDATE.search(name) is not None


@lru_cache(maxsize=200_000)
def street_key(street: str) -> str:
    """What all spellings of a street address share: its house number and the first word after it that is no
    direction; the whole where it has no number."""
    words = re.sub(r"[^\w\s]|_", " ", _plain(street)).split()
    numbered = [at for at, word in enumerate(words) if word[0].isdigit()]
    if not numbered:
        return " ".join(words)
    rest = [word for word in words[numbered[0] + 1 :] if word not in _DIRECTIONS]
    return " ".join([words[numbered[0]], *rest[:1]])


_DIRECTIONS = {"n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west"}


def _spaced(name: str) -> str:
    return " ".join(_plain(name).split())


def _plain(text: str) -> str:
    """Small letters without accents; a sign for 'and' is one."""
    decomposed = unicodedata.normalize("NFKD", text.replace("&", " and ").replace("+", " and "))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _joined(words: list[str]) -> list[str]:
    """Words where letters that stand alone are one: 'u s steel' is 'us steel'."""
    return _SINGLES.sub(lambda part: part[0].replace(" ", ""), " ".join(words)).split()


def _singular(word: str) -> str:
    """A word without the s of a plural; 'technologies' is 'technology', 'eddie' and 'eddies' are 'eddy'."""
    one = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return f"{one[:-2]}y" if len(one) > 3 and one.endswith("ie") else one
