"""Single values of pathways.yaml: codes, ids, dates, times, addresses."""

import re
from collections.abc import Mapping
from datetime import date

from lmi.domain.codes import POSTAL_BY_FIPS, SOC_PATTERN, normalise_soc
from lmi.sources.yaml_file import Entry

LONGEST_MONTHS = 180
VERSION_NAMES = "1 to 40 letters, digits, spaces, . _ or -, with a letter or digit at both ends"
_VERSION_NAME = r"[^\W_](?:[\w. -]{0,38}[^\W_])?"
_NEAREST = 3


def soc_code(entry: Entry, socs: Mapping[str, str]) -> str:
    """A code of an occupation that figures are published for; the refusal names the nearest ones."""
    accepted = "a SOC 2018 code such as 29-1141"
    soc = normalise_soc(entry.typed or entry.text())
    if re.fullmatch(SOC_PATTERN, soc) is None:
        entry.refuse(f"'{soc[:60]}' is no SOC code.", accepted)
    if soc not in socs:
        near = "; ".join(f"{code} {socs[code]}" for code in nearest_codes(soc, socs))
        entry.refuse(f"no occupation has the code {soc}.", accepted + (f"; nearest: {near}" if near else ""))
    return soc


def nearest_codes(soc: str, socs: Mapping[str, str], count: int = _NEAREST) -> list[str]:
    """The codes that share most of their first digits, then those nearest by number."""

    def distance(code: str) -> tuple[int, int, str]:
        same = next((i for i, (a, b) in enumerate(zip(code, soc, strict=True)) if a != b), len(soc))
        return -same, abs(int(code[3:]) - int(soc[3:])), code

    return sorted(socs, key=distance)[:count]


def identifier(entry: Entry) -> str:
    """A short name for references inside the file."""
    return entry.text(r"[a-z][a-z0-9_]{0,59}", "an id of 1 to 60 small letters, digits and _")


def version_name(entry: Entry) -> str:
    """The name of a version, which is also the name of its file on record."""
    name = entry.text(_VERSION_NAME, VERSION_NAMES)
    if is_reserved(name):
        entry.refuse(f"'{name}' is a name that some computers keep for themselves.", VERSION_NAMES)
    return name


def is_version_name(name: str) -> bool:
    """Whether a version may have the name: a plain file name, on every computer."""
    return re.fullmatch(_VERSION_NAME, name) is not None and not is_reserved(name)


def is_reserved(name: str) -> bool:
    """Whether a file name means a device on Windows, whatever its ending."""
    return re.fullmatch(r"(?i)(con|prn|aux|nul|(com|lpt)[\d¹²³])", name.split(".")[0].strip()) is not None


def day(entry: Entry) -> str:
    """A date that exists, as ISO text."""
    accepted = "a date such as 2026-11-24"
    text = entry.text(r"\d{4}-\d{2}-\d{2}", accepted)
    try:
        date.fromisoformat(text)
    except ValueError:
        entry.refuse(f"there is no day {text}.", accepted)
    return text


def months(entry: Entry) -> tuple[float, float]:
    """A typical time in months: [12, 18], or one number."""
    accepted = f"months such as [12, 18], from 0 to {LONGEST_MONTHS}, the lower first"
    parts = entry.entries() if isinstance(entry.value, list) else [entry, entry]
    if len(parts) != 2:
        entry.refuse(f"the list holds {len(parts)} of the two numbers.", accepted)
    low, high = (part.number(0, LONGEST_MONTHS) for part in parts)
    if low > high:
        entry.refuse(f"{low:g} comes before {high:g}.", accepted)
    return low, high


def postal_code(entry: Entry) -> str:
    """The postal code of a state or territory."""
    return entry.choice(sorted(POSTAL_BY_FIPS.values()))


def web_address(entry: Entry) -> str:
    """An address on the web, or '' for a source on paper."""
    return entry.text(r"(https?://[^\s<>\"']{3,300})?", "a web address that begins with https://, or nothing")
