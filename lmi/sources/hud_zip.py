"""Cities and the core-based statistical area that most of their ZIP codes lie in, from the crosswalk of HUD
and the Postal Service. See https://www.huduser.gov/portal/datasets/usps_crosswalk.html."""

import re
from pathlib import Path

import pandas as pd

from lmi.domain.codes import POSTAL_BY_FIPS
from lmi.domain.source import US_PUBLIC_DOMAIN, RawFile, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

CROSSWALK = "geo/zip_cbsa_hud_2025.csv"

SOURCE = Source(
    id="hud_zip",
    publisher="U.S. Department of Housing and Urban Development",
    title="USPS ZIP Code Crosswalk, ZIP to CBSA, 2025 (quarter not stated)",
    short_title="HUD ZIP crosswalk, 2025",
    url="https://www.huduser.gov/portal/datasets/usps_crosswalk.html",
    licence=US_PUBLIC_DOMAIN,
    attribution="U.S. Department of Housing and Urban Development, USPS ZIP Code Crosswalk files, 2025.",
    period="2025",
    released="2025",
    cadence="quarterly",
    next_due="",
    files=(RawFile(CROSSWALK, "2026-11"),),
    tables=("city_area",),
    caveats=("city_most_zips",),
    feeds_figures=False,
)

_NONE = "99999"
_FIPS_BY_POSTAL = {postal: fips for fips, postal in POSTAL_BY_FIPS.items()}
_SMALL_WORDS = {"and", "at", "by", "in", "of", "on", "or", "the"}
_CAPITALS = {"afb", "jbsa", "nas", "usaf", "us"}


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table city_area. A ZIP code counts once, divided over its areas by their shares of its addresses; of
    areas with equal shares the lowest code wins. Post offices of the armed forces and of places outside the
    states and territories that OEWS covers are left out and counted."""
    path = raw / CROSSWALK
    columns = {"zip": "zip", "cbsa_code": "geoid", "ratio": "tot_ratio", "city": "city", "postal": "state"}
    cells = reading.read_csv(path, columns)
    reading.codes(cells.zip, r"\d{5}", path.name)
    reading.codes(cells.cbsa_code, r"\d{5}", path.name)
    cells["ratio"] = reading.numbers(cells.ratio, path.name, missing=())
    cells["state_fips"] = cells.postal.map(_FIPS_BY_POSTAL)
    known = cells[cells.state_fips.notna()].copy()
    known["city"] = known.city.map(titled)
    parts = known.groupby(["city", "state_fips", "cbsa_code"], as_index=False).ratio.sum()
    parts["share"] = parts.ratio / parts.groupby(["city", "state_fips"]).ratio.transform("sum")
    parts = parts[parts.ratio > 0].sort_values(["share", "cbsa_code"], ascending=[False, True], kind="stable")
    most = parts.drop_duplicates(["city", "state_fips"]).sort_values(["city", "state_fips"])
    most["share"] = most.share.round(4)
    most["cbsa_code"] = most.cbsa_code.mask(most.cbsa_code == _NONE, "")
    out = reading.conform(most, TABLE_BY_ID["city_area"], path.name)
    out.attrs["left_out"] = {"ZIP codes outside the states": cells[cells.state_fips.isna()].zip.nunique()}
    return {"city_area": out}


def titled(name: str) -> str:
    """A name in capitals as people write it: 'MC ALLEN' is 'McAllen', 'TRUTH OR CONSEQUENCES' keeps 'or'."""
    words = re.sub(r"\bmc (?=[a-z]{2})", "mc", name.casefold()).split()
    return " ".join(_titled_word(word, first=not at) for at, word in enumerate(words))


def _titled_word(word: str, first: bool) -> str:
    if word in _CAPITALS:
        return word.upper()
    if word in _SMALL_WORDS and not first:
        return word
    cased = re.sub(r"(^|[^a-z'’])([a-z])", lambda part: part[1] + part[2].upper(), word)
    return re.sub(r"^Mc([a-z])(?=[a-z]{2})", lambda part: "Mc" + part[1].upper(), cased)
