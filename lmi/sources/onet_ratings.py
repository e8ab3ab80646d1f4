"""O*NET ratings: skills and knowledge (importance, level) and the education, experience and training
that respondents report. Part of the product that lmi.sources.onet declares."""

from pathlib import Path

import pandas as pd

from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import reading

FOLDER = "onet"
EDUCATION = "Education, Training, and Experience.xlsx"
CATEGORIES = "Education, Training, and Experience Categories.xlsx"
FILES = ("Skills.xlsx", "Knowledge.xlsx", EDUCATION, CATEGORIES)

_EDUCATION_SHEET = EDUCATION[:31]  # spreadsheets cut sheet names at 31 characters
_CODE = r"O\*NET-SOC Code"
_SCALES = ("RL", "RW", "PT", "OJ")
_NO_CATEGORY = "IM"
_KEY = ["onet_soc", "element_id"]


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Tables onet_skill and onet_education."""
    folder = raw / FOLDER
    rated = [_ratings(folder, "Skills", "skill"), _ratings(folder, "Knowledge", "knowledge")]
    skill = reading.conform(
        pd.concat(rated, ignore_index=True), TABLE_BY_ID["onet_skill"], "Skills, Knowledge"
    )
    return {"onet_skill": skill, "onet_education": _education(folder)}


def _ratings(folder: Path, sheet: str, kind: str) -> pd.DataFrame:
    """One row per occupation and element: the scales IM and LV side by side.

    O*NET leaves the recommendation blank for experts' ratings, which carry no standard error: these
    are not suppressed. A value that O*NET recommends to suppress, or a level that it marks as not
    relevant, is null with its standard error.
    """
    path = folder / f"{sheet}.xlsx"
    cells = reading.read_sheet(
        path,
        sheet,
        {"onet_soc": _CODE, "element_id": "Element ID", "element_name": "Element Name",
         "scale_id": "Scale ID", "value": "Data Value", "error": "Standard Error",
         "suppressed": "Recommend Suppress", "not_relevant": "Not Relevant",
         "domain_source": "Domain Source"},
        header_row=1,
    )  # fmt: skip
    reading.one_of(cells.scale_id, ("IM", "LV"), path.name)
    cells["suppressed"] = reading.flags(cells.suppressed, path.name, blank=True)
    cells["not_relevant"] = reading.flags(cells.not_relevant, path.name, blank=True)
    hidden = cells.suppressed | cells.not_relevant
    cells["value"] = reading.numbers(cells.value, path.name, missing=()).mask(hidden)
    cells["error"] = reading.numbers(cells.error, path.name).mask(hidden)
    scales = {scale: cells[cells.scale_id == scale].drop(columns="scale_id") for scale in ("IM", "LV")}
    common = ["element_name", "domain_source"]
    both = scales["IM"].merge(scales["LV"], on=[*_KEY, *common], how="outer", suffixes=("", "_level"))
    out = both.rename(
        columns={"value": "importance", "error": "importance_se", "value_level": "level",
                 "error_level": "level_se"}
    )  # fmt: skip
    for name in ("suppressed", "not_relevant"):
        out[name] = out[name].fillna(value=False) | out[f"{name}_level"].fillna(value=False)
    out["kind"] = kind
    return out


def read_categories(folder: Path) -> pd.DataFrame:
    """Short label per scale and category: the publisher's text up to ' - '."""
    path = folder / CATEGORIES
    cells = reading.read_sheet(
        path,
        _EDUCATION_SHEET,
        {"scale_id": "Scale ID", "category": "Category", "category_label": "Category Description"},
        header_row=1,
    )
    cells["category_label"] = cells.category_label.str.split(" - ").str[0].str.strip()
    return cells


def _education(folder: Path) -> pd.DataFrame:
    path = folder / EDUCATION
    cells = reading.read_sheet(
        path,
        _EDUCATION_SHEET,
        {"onet_soc": _CODE, "scale_id": "Scale ID", "category": "Category", "share_pct": "Data Value",
         "suppressed": "Recommend Suppress", "domain_source": "Domain Source"},
        header_row=1,
    )  # fmt: skip
    reading.one_of(cells.scale_id, (*_SCALES, _NO_CATEGORY), path.name)
    left_out = int((cells.scale_id == _NO_CATEGORY).sum())
    cells = cells[cells.scale_id != _NO_CATEGORY].reset_index(drop=True)
    cells["suppressed"] = reading.flags(cells.suppressed, path.name, blank=True)
    cells["share_pct"] = reading.numbers(cells.share_pct, path.name, missing=()).mask(cells.suppressed)
    out = cells.merge(read_categories(folder), on=["scale_id", "category"], how="left")
    out["category_label"] = out.category_label.fillna("")
    reading.codes(out.category_label, r".+", f"{CATEGORIES} for {path.name}")
    out["category"] = reading.numbers(out.category, path.name, missing=())
    education = reading.conform(out, TABLE_BY_ID["onet_education"], path.name)
    education.attrs["left_out"] = {f"rows on the scale {_NO_CATEGORY}, which has no categories": left_out}
    return education
