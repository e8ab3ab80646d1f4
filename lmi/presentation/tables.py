"""The rows behind a picture: headings for people, and CSV files that are safe to open.

CSV keeps the product's field names (the unit is in the name), so files can be read back. A withheld
number is an empty cell, and a column `<field>_note` follows, only where a column has such cells,
saying 'not published'; a top-coded wage keeps its limit and is noted 'at or above'. A text cell that
a spreadsheet would run as a formula is given a leading apostrophe; `restore_text` takes it away.
"""

import csv
import io
import re
from collections.abc import Sequence
from numbers import Real

import pandas as pd

from lmi.domain.fields import FIELDS
from lmi.domain.figures import NOT_PUBLISHED
from lmi.domain.plain_text import neutralise, restore_text

__all__ = ["HEADINGS", "csv_bytes", "display_table", "heading", "neutralise", "restore_text"]

_POINTS = {"mean": "Mean", "p10": "10th percentile", "p25": "25th percentile", "median": "Median",
           "p75": "75th percentile", "p90": "90th percentile"}  # fmt: skip
HEADINGS: dict[str, str] = {
    "soc": "SOC code", "title": "Occupation", "area_code": "Area code", "area_name": "Area",
    "short_name": "Area", "employment": "Jobs", "employment_rse_pct": "Relative standard error of jobs (%)",
    "employment_low": "Jobs, low end of 90% interval", "employment_high": "Jobs, high end of 90% interval",
    "jobs_per_1000": "Jobs per 1,000", "location_quotient": "Location quotient (ratio)",
    "wage_rse_pct": "Relative standard error of mean wage (%)", "top_coded": "Wages given as 'at or above'",
    "openings_per_year": "Openings (per year)", "openings_low": "Openings, low end of 90% interval",
    "openings_high": "Openings, high end of 90% interval", "growth_pct": "Projected growth (%)",
    "growth_per_year": "Net growth (jobs per year)",
    "employment_change_per_year": "Net growth (jobs per year)",
    "exits_per_year": "Exits (people per year)", "transfers_per_year": "Transfers (people per year)",
    "separations_per_year": "Separations (people per year)", "demand_rank": "Demand rank (1 = highest)",
    "rank_low": "Best rank in 90% interval", "rank_high": "Worst rank in 90% interval",
    "demand_score": "Demand score (0–1)", "in_demand": "In demand by the rule", "job_zone": "Job zone (1–5)",
    "typical_education": "Typical entry education", "work_experience": "Work experience in a related job",
    "on_the_job_training": "On-the-job training", "occupations": "Occupations (count)",
    "at_least": "Some parts withheld", "short_title": "Source", "period": "Describes",
    "released": "Released", "next_due": "Next due", "overdue": "Overdue",
    "self_employed_pct": "Self-employed (%)", "base_jobs": "Jobs in base year",
    "projected_jobs": "Projected jobs", "completions": "Completions (awards per year)",
    "percentile": "Point", "value": "Value", "part": "Part", "people_per_year": "People or jobs per year",
}  # fmt: skip
HEADINGS |= {
    "share_pct": "Share (%)", "share_low": "Share, low end of 90% interval (%)",
    "share_high": "Share, high end of 90% interval (%)", "baseline_pct": "Comparison (%)",
    "gap_pp": "Gap (percentage points)", "published_for": "Published for", "match": "Published at level of",
    "parity": "Parity (share ÷ comparison)", "supply_ratio": "Awards per opening (ratio)",
    "people_short": "People short of parity here, estimated", "group_title": "Group of occupations",
    "group_share_pct": "Share in the group of occupations (%)",
    "rung": "Rung", "jobs": "Jobs", "program_pct": "Women, local completions (%)",
    "job_pct": "Women, in the job nationally (%)", "awards": "Awards (per year)",
    "element_name": "Skill or knowledge", "kind": "Kind", "importance": "Importance (1–5)",
    "mean_importance": "Mean importance, all occupations (1–5)", "distinct": "Distinguishing",
    "level_from": "Level now (0–7)", "level_to": "Level needed (0–7)",
    "importance_to": "Importance in the goal (1–5)",
    "contribution": "Importance × levels to gain", "category_label": "Education",
}  # fmt: skip
HEADINGS |= {
    "award_year": "Academic year ending", "level": "Level of award", "group": "Group", "people": "People",
    "stage": "Stage", "basis": "Basis", "limit": "The limit", "measure": "Measure",
    "by_count_pct": "Of occupations (%)", "by_employment_pct": "Of jobs (%)", "aim_pct": "Aim (%)",
    "program": "Program", "earnings_usd_year": "Median earnings (USD per year)",
    "years_after": "Years after completion", "unitid": "IPEDS institution", "city": "City",
    "institution_name": "Institution", "completions_per_year": "Completions (awards per year)",
    "completions_upper_bound": "Completions, every program whole (awards per year)",
}  # fmt: skip
HEADINGS |= {
    "announced": "Announced", "effective": "Takes effect", "employer": "Employer", "status": "Status",
    "event_type": "Kind of event", "source_name": "Source of the event", "month": "Month",
    "gains": "Announced gains (jobs)", "losses": "Announced losses (jobs)", "net": "Gains less losses (jobs)",
    "events": "Events (count)",
    "uncounted": "Events without a count of jobs", "industry": "Industry", "county": "County",
    "county_fips": "County code (FIPS)",
    "with_events": "Openings with hiring events (per year)", "guarded": "Held back by the projection",
    "jobs_net": "Jobs by hiring events (net, per year)", "rank_before": "Rank without hiring events",
    "rank_after": "Rank with hiring events", "series": "Series", "date": "Date",
    "postings_index": "Postings index (1 February 2020 = 100)",
}  # fmt: skip
HEADINGS |= {
    f"wage_{point}_usd_{per}": f"{words} wage (USD per {per})"
    for per in ("hour", "year")
    for point, words in _POINTS.items()
}
_MOST_DECIMALS = 4
_RATIOS = {"parity", "location_quotient", "supply_ratio", "jobs_per_1000"}
_ONE_DECIMAL = re.compile(
    r"_pct$|_pp$|_per_year$|^(share|gap|baseline|employment|jobs|projected_jobs|people|awards|completions"
    r"|openings|supply_gap|men|women|applicants|seats)(_|$)"
)
_RISKY_IN_LINE = re.compile(r"([,;\t]\s*\"?)(?=[=+\-@])")


def heading(field: str) -> str:
    """The heading people read for a field; an unknown field becomes words."""
    return HEADINGS.get(field, field.replace("_", " ").capitalize())


def display_table(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The chosen columns under headings for people. Numbers stay numbers; missing stays missing.

    Floats keep the decimals that mean something: one for percent, points, people and jobs, three for
    ratios, else four.
    """
    chosen = frame.loc[:, list(columns)].reset_index(drop=True)
    chosen = chosen.assign(**{c: _rounded(chosen[c], _decimals(c)) for c in dict.fromkeys(columns)})
    names = [heading(c) for c in chosen.columns]
    chosen.columns = pd.Index(
        [n if names.count(n) == 1 else f"{n} ({c})" for n, c in zip(names, columns, strict=True)]
    )
    return chosen


def _decimals(column: str) -> int:
    """Decimals of a field of that name."""
    return 3 if column in _RATIOS else 1 if _ONE_DECIMAL.search(column) else _MOST_DECIMALS


def _rounded(column: pd.Series, decimals: int) -> pd.Series:
    """Floats rounded, also those among other things; integers, texts and missing cells as they are."""
    if pd.api.types.is_float_dtype(column):
        return column.round(decimals)
    if column.dtype != object:
        return column
    return column.map(lambda v: round(v, decimals) if isinstance(v, float) else v)


def csv_bytes(frame: pd.DataFrame, header_lines: Sequence[str]) -> bytes:
    """A CSV in UTF-8 with byte-order mark: '# …' lines for source, period, selection, caveats; rows.

    Floats have at most four decimals. To read it back: skip the leading lines that start with '#', then
    read an ordinary CSV.
    """
    out = io.StringIO()
    for line in header_lines:
        flat = " ".join(str(line).split()).removeprefix("#").strip()
        out.write("# " + _RISKY_IN_LINE.sub(r"\1'", flat) + "\r\n")
    table = _with_notes(frame)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutralise(str(c)) for c in table.columns])
    for row in table.itertuples(index=False):
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if value is None or (not isinstance(value, (str, list, tuple, dict)) and pd.isna(value)):  # type: ignore[call-overload]
        return ""
    if isinstance(value, float):
        return round(value, _MOST_DECIMALS)
    if isinstance(value, (bool, int)):
        return value
    text = str(value)
    # numpy numbers and dates are not typed by anyone; all other text is neutralised
    return text if hasattr(value, "dtype") else neutralise(text)


def _with_notes(frame: pd.DataFrame) -> pd.DataFrame:
    parts: dict[str, object] = {}
    for column in frame.columns:
        parts[str(column)] = frame[column]
        notes = _notes(frame, column) if _holds_numbers(frame[column]) else None
        if notes is not None and notes.ne("").any() and f"{column}_note" not in frame:
            parts[f"{column}_note"] = notes
    return pd.DataFrame(parts, index=frame.index)


def _holds_numbers(column: pd.Series) -> bool:
    """Numbers by type, by their declared field, or, in a mixed column, by every value that is there."""
    declared = FIELDS.get(str(column.name))
    if declared is not None:
        return declared.kind in {"int", "float"}
    if pd.api.types.is_numeric_dtype(column):
        return True
    known = column.dropna()
    return len(known) > 0 and all(isinstance(v, Real) for v in known)


def _notes(frame: pd.DataFrame, column: str) -> pd.Series:
    notes = frame[column].isna().map({True: NOT_PUBLISHED, False: ""})
    if "top_coded" in frame and column.startswith("wage_"):
        limited = frame["top_coded"].map(lambda t: isinstance(t, str) and column in t.split())
        notes = notes.mask(limited & frame[column].notna(), "at or above")
    return notes
