"""NCES: the directory of IPEDS institutions (HD) and the titles of instructional programs (CIP 2020).
Their source is declared in lmi.sources.nces_ipeds."""

from pathlib import Path

import pandas as pd

from lmi.domain.codes import CIP_PATTERN
from lmi.domain.errors import BadFile
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

_CONTROL = {"1": "public", "2": "private nonprofit", "3": "private for-profit"}
_LEVEL = {"1": "4-year", "2": "2-year", "3": "less than 2-year"}
_CBSA_TYPE = {"1": "metro", "2": "micro"}
_MISSING = ("-1", "-2", "-3", "")  # not reported, not applicable, not available
_COLUMNS = {
    "unitid": "UNITID", "institution_name": "INSTNM", "city": "CITY", "state_fips": "FIPS",
    "county_fips": "COUNTYCD", "cbsa_code": "CBSA", "cbsa_type": "CBSATYPE", "control": "CONTROL",
    "institution_level": "ICLEVEL", "system_name": "F1SYSNAM", "longitude": "LONGITUD",
    "latitude": "LATITUDE",
}  # fmt: skip

NO_PROGRAM = "99.9999"


def parse_institutions(path: Path) -> pd.DataFrame:
    """Table institution: every institution of the directory, the closed and the inactive too.

    Codes get their zeros back; the marks -1, -2 and -3 become null, or unknown for control and level.
    Runs of spaces inside names become one.
    """
    out = reading.read_csv(path, _COLUMNS, encoding_of(path))
    for name in ("institution_name", "city", "system_name"):
        out[name] = out[name].str.split().str.join(" ")
    _filled(out.institution_name, path.name)
    _filled(out.city, path.name)
    out["state_fips"] = reading.codes(out.state_fips, r"\d{1,2}", path.name).str.zfill(2)
    for name in ("county_fips", "cbsa_code", "system_name"):
        out[name] = out[name].mask(out[name].isin(_MISSING), "")
    out["county_fips"] = out.county_fips.mask(out.county_fips != "", out.county_fips.str.zfill(5))
    for name, names in {"cbsa_type": _CBSA_TYPE, "control": _CONTROL, "institution_level": _LEVEL}.items():
        missing = "" if name == "cbsa_type" else "unknown"
        out[name] = _named(out[name], names, missing, path.name)
    for name in ("longitude", "latitude"):
        out[name] = reading.numbers(out[name], path.name, ())
    return reading.conform(out, TABLE_BY_ID["institution"], path.name)


def parse_programs(path: Path) -> pd.DataFrame:
    """Table program: codes and titles; a full stop at a title's end is dropped, and 99.9999, which stands
    for no program at all, is left out and counted in attrs['left_out']."""
    out = reading.read_csv(path, {"cip": "CIP2020_CODE", "cip_title": "CIP2020_TITLE"})
    reading.codes(out.cip, CIP_PATTERN, path.name)
    out["cip_title"] = out.cip_title.str.removesuffix(".")
    _filled(out.cip_title, path.name)
    none = out.cip == NO_PROGRAM
    kept = reading.conform(out[~none], TABLE_BY_ID["program"], path.name)
    kept.attrs["left_out"] = {f"no program ({NO_PROGRAM})": int(none.sum())}
    return kept


def encoding_of(path: Path) -> str:
    """UTF-8, or cp1252 where the bytes are no UTF-8: the directory's years differ."""
    try:
        reading.require(path).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _filled(column: pd.Series, place: str) -> None:
    empty = (column == "").to_numpy(dtype=bool)
    if empty.any():
        raise BadFile(
            f"{place}, {column.name}: an empty cell (data row {int(empty.argmax()) + 1}).",
            "A name was expected in every row.",
            reading.OBTAIN_AGAIN,
        )


def _named(column: pd.Series, names: dict[str, str], missing: str, place: str) -> pd.Series:
    reading.one_of(column, (*names, *_MISSING), place)
    return column.map(names | dict.fromkeys(_MISSING, missing)).astype("str")
