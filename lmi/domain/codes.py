"""Codes of the field: SOC 2018, areas, O*NET-SOC. Codes are text; their zeros carry meaning."""

import re
from typing import Literal

AreaType = Literal["nation", "state", "territory", "metro", "nonmetro", "custom"]
SocLevel = Literal["total", "major", "minor", "broad", "detailed"]

SOC_PATTERN = r"\d{2}-\d{4}"
ONET_SOC_PATTERN = r"\d{2}-\d{4}\.\d{2}"
CIP_PATTERN = r"\d{2}\.\d{4}"
AREA_PATTERN = r"US|\d{2}|\d{5}|\d{7}"
CUSTOM_AREA_PATTERN = r"R-[a-z0-9]+(?:-[a-z0-9]+)*"
TOTAL_SOC = "00-0000"
NATION = "US"

POSTAL_BY_FIPS = {
    "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT",
    "10": "DE", "11": "DC", "12": "FL", "13": "GA", "15": "HI", "16": "ID", "17": "IL",
    "18": "IN", "19": "IA", "20": "KS", "21": "KY", "22": "LA", "23": "ME", "24": "MD",
    "25": "MA", "26": "MI", "27": "MN", "28": "MS", "29": "MO", "30": "MT", "31": "NE",
    "32": "NV", "33": "NH", "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND",
    "39": "OH", "40": "OK", "41": "OR", "42": "PA", "44": "RI", "45": "SC", "46": "SD",
    "47": "TN", "48": "TX", "49": "UT", "50": "VT", "51": "VA", "53": "WA", "54": "WV",
    "55": "WI", "56": "WY", "66": "GU", "72": "PR", "78": "VI",
}  # fmt: skip

_STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|District of Columbia|Florida|"
    "Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|"
    "Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|"
    "New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|"
    "South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Guam|"
    "Puerto Rico|Virgin Islands"
)
FIPS_BY_STATE = dict(zip(_STATES.lower().split("|"), POSTAL_BY_FIPS, strict=True))  # names in small letters


def is_soc(text: str) -> bool:
    """Whether text has the form of a SOC code, such as 29-1141 or 00-0000."""
    return re.fullmatch(SOC_PATTERN, text) is not None


def normalise_soc(text: str) -> str:
    """A SOC code as people type it (291141, 29.1141, 29-1141.00) in its standard form, if it has one."""
    digits = re.fullmatch(r"\s*(\d{2})[-. ]?(\d{4})(?:\.\d{2})?\s*", text)
    return f"{digits[1]}-{digits[2]}" if digits else text.strip()


def major_group(soc: str) -> str:
    """The SOC major group of a code: 29-1141 -> 29-0000."""
    return f"{soc[:2]}-0000"


def area_type(code: str) -> AreaType | None:
    """The kind of area that a code's form tells; None for no known form. States include DC."""
    if code == NATION:
        return "nation"
    if re.fullmatch(CUSTOM_AREA_PATTERN, code):
        return "custom"
    if re.fullmatch(r"\d{2}", code):
        return "territory" if code in {"66", "72", "78"} else "state"
    if re.fullmatch(r"\d{5}", code):
        return "metro"
    return "nonmetro" if re.fullmatch(r"\d{7}", code) else None
