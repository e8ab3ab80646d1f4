"""The questions of lmi.warehouse.queries once more, in plain pandas over the bundled Parquet files.

They stand here to be compared with: for speed, and because two ways to the same rows check each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from bench import plain_people
from lmi.domain.fields import WAGE_COLUMNS

_OWN = ["area_code", "soc", "soc_level", "employment", "employment_rse_pct", "jobs_per_1000",
        "location_quotient", "wage_rse_pct", *WAGE_COLUMNS, "pay_basis", "top_coded"]  # fmt: skip
_FIXED = ["soc", "title", "major_group", "major_title", "typical_education", "work_experience",
          "on_the_job_training", "job_zone", "job_zone_parts", "job_zone_main"]  # fmt: skip
_REQUIREMENTS = ["typical_education", "work_experience", "on_the_job_training"]


@dataclass(frozen=True)
class Frames:
    """The tables in memory: three as published, two derived, the nation's rates, and people and programs."""

    wages: pd.DataFrame
    areas: pd.DataFrame
    staffing: pd.DataFrame
    occupation: pd.DataFrame
    titles: pd.DataFrame
    rates: pd.DataFrame
    facts: plain_people.Facts


def load(bundled: Path) -> Frames:
    """Read the Parquet files and derive occupations and their titles."""

    def read(name: str) -> pd.DataFrame:
        return pd.read_parquet(bundled / f"{name}.parquet")

    projection = read("projection")
    nation = projection[projection.area_code == "US"]
    oews, structure = read("oews_occupation"), read("soc_structure")
    combined, link = read("oews_soc_link"), read("onet_soc_link")
    occupation = _occupations(nation, oews, structure, combined)
    occupation = occupation.merge(_zones(read("onet_job_zone"), link), on="soc", how="left")
    titles = _titles(occupation, read("onet_alternate_title"), link, combined, structure)
    return Frames(
        read("employment_wage"), read("area"), read("staffing_pattern"), occupation, titles, _rates(nation),
        plain_people.load(read, occupation),
    )  # fmt: skip


def _rates(nation: pd.DataFrame) -> pd.DataFrame:
    years = nation.target_year - nation.base_year
    return pd.DataFrame(
        {
            "soc": nation.soc, "growth_pct": nation.growth_pct, "nation_base_jobs": nation.base_jobs,
            "nation_change_per_year": nation.employment_change / years,
            "nation_exits_per_year": nation.exits_per_year,
            "nation_transfers_per_year": nation.transfers_per_year,
            "nation_openings_per_year": nation.openings_per_year,
        }
    )  # fmt: skip


def _occupations(
    nation: pd.DataFrame, oews: pd.DataFrame, structure: pd.DataFrame, combined: pd.DataFrame
) -> pd.DataFrame:
    codes = sorted(set(structure.soc) | set(oews.soc) | set(nation.soc))
    out = pd.DataFrame({"soc": pd.Series(codes, dtype="str")})
    o, s, p = (frame.set_index("soc") for frame in (oews, structure, nation))
    out["title"] = out.soc.map(o.title).fillna(out.soc.map(s.title)).fillna(out.soc.map(p.title))
    detailed = (out.soc.map(p.line_type) == "Line item") | (out.soc.str[-1] != "0")
    level = out.soc.map(o.soc_level).fillna(out.soc.map(s.soc_level))
    out["soc_level"] = level.fillna(detailed.map({True: "detailed", False: "broad"}))
    out["major_group"] = out.soc.str[:2] + "-0000"
    out["major_title"] = out.major_group.map(o.title).fillna(out.major_group.map(s.title))
    out["parent_soc"] = out.soc.map(s.parent_soc)
    out["in_oews"], out["in_projections"] = out.soc.isin(o.index), out.soc.isin(p.index)
    out["published_as"] = out.soc.map(combined.drop_duplicates("soc2018").set_index("soc2018").soc)
    for column in _REQUIREMENTS:
        out[column] = out.soc.map(p[column])
    return out


def _zones(zone: pd.DataFrame, link: pd.DataFrame) -> pd.DataFrame:
    rows = zone.merge(link, on="onet_soc")
    rows["main"] = rows.onet_soc.str.endswith(".00")
    rows = rows[rows.main | ~rows.groupby("soc").main.transform("any")]
    found = rows.groupby("soc").agg(
        job_zone=("job_zone", "mean"), job_zone_parts=("job_zone", "size"), job_zone_main=("main", "all")
    )
    found["job_zone"] = np.floor(found.job_zone + 0.5)
    return found.reset_index()


def _titles(
    occupation: pd.DataFrame,
    alternate: pd.DataFrame,
    link: pd.DataFrame,
    combined: pd.DataFrame,
    structure: pd.DataFrame,
) -> pd.DataFrame:
    own = occupation[occupation.in_oews & (occupation.soc_level == "detailed")]
    other = alternate.merge(link, on="onet_soc").rename(columns={"alternate_title": "title"})
    other = other[other.soc.isin(occupation.soc[occupation.in_oews])]
    parts = combined.merge(structure, left_on="soc2018", right_on="soc", suffixes=("", "_part"))
    together = pd.concat(
        [
            own[["soc", "title"]].assign(kind="title"),
            other[["soc", "title"]].assign(kind="alternate"),
            parts[["soc", "title"]].assign(kind="alternate"),
        ]
    )
    return together.assign(folded=together.title.str.lower()).drop_duplicates(ignore_index=True)


def _with_facts(frames: Frames, rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    out = rows[_OWN].merge(frames.occupation[_FIXED], on="soc").merge(frames.rates, on="soc", how="left")
    return out.sort_values(by, ignore_index=True)


def local_rows(frames: Frames, codes: Sequence[str]) -> pd.DataFrame:
    """As queries.local_rows."""
    wages = frames.wages
    return _with_facts(frames, wages[wages.area_code.isin(list(codes))], ["area_code", "soc"])


def rows_of(frames: Frames, soc: str, codes: Sequence[str]) -> pd.DataFrame:
    """As queries.rows_of."""
    wages = frames.wages
    rows = wages[(wages.soc == soc) & wages.area_code.isin(list(codes))]
    return _with_facts(frames, rows, ["area_code"])


def occupation(frames: Frames, soc: str) -> pd.DataFrame:
    """As queries.occupation."""
    return frames.occupation[frames.occupation.soc == soc].reset_index(drop=True)


def everywhere(frames: Frames, soc: str) -> pd.DataFrame:
    """As queries.everywhere."""
    rows = frames.wages[frames.wages.soc == soc]
    columns = ["area_code", "employment", "employment_rse_pct", "location_quotient",
               "wage_median_usd_year", "wage_median_usd_hour"]  # fmt: skip
    areas = frames.areas[["area_code", "area_name", "short_name", "area_type", "states"]]
    out = areas.merge(rows[columns], on="area_code", how="left")
    out["listed"] = out.area_code.isin(rows.area_code)
    return out.sort_values("area_code", ignore_index=True)


def industries(frames: Frames, soc: str, limit: int = 8) -> pd.DataFrame:
    """As queries.industries."""
    nation = frames.wages[(frames.wages.area_code == "US") & (frames.wages.soc == soc)]
    s = frames.staffing
    rows = s[(s.soc == soc) & (s.industry_level == "3-digit") & s.employment.notna()]
    rows = rows.merge(nation[["soc", "employment"]], on="soc", suffixes=("", "_all"))
    rows["share_pct"] = 100.0 * rows.employment / rows.employment_all
    rows = rows.sort_values(["employment", "naics"], ascending=[False, True], ignore_index=True)
    return rows[["naics", "naics_title", "employment", "share_pct"]].head(limit)


def alternate_titles(frames: Frames, soc: str, limit: int = 12) -> list[str]:
    """As queries.alternate_titles."""
    rows = frames.titles[(frames.titles.soc == soc) & (frames.titles.kind == "alternate")]
    title = frames.occupation.title[frames.occupation.soc == soc].iloc[0]
    words = [word.rstrip("s") for word in title.lower().split(" ") if len(word) > 4]
    rows = rows.assign(
        foreign=[not any(word in folded for word in words) for folded in rows.folded],
        length=rows.title.str.len(),
    )
    return list(rows.sort_values(["foreign", "length", "title"]).title.head(limit))


def search(frames: Frames, text: str, limit: int = 8) -> pd.DataFrame:
    """As queries.search; of several equally good titles any may be the matched one."""
    words = text.lower().split()
    whole, titles = " ".join(words), frames.titles
    found = pd.Series(True, index=titles.index)
    for word in words:
        found &= titles.folded.str.contains(word, regex=False)
    hit = titles[found | (titles.soc == whole)]
    folded = hit.folded
    score = np.select(
        [hit.soc == whole, folded == whole, folded.str.startswith(whole),
         (" " + folded + " ").str.contains(f" {whole} ", regex=False)],
        [100, 90, 70, 60], 40,
    )  # fmt: skip
    hit = hit.assign(score=score + np.where(hit.kind == "title", 15, 0), length=hit.title.str.len())
    best = hit.sort_values(["score", "length", "title"], ascending=[False, True, False])
    best = best.drop_duplicates("soc").merge(hit.groupby("soc").size().rename("hits").reset_index(), on="soc")
    jobs = frames.wages[frames.wages.area_code == "US"][["soc", "employment"]]
    best = best.rename(columns={"title": "matched"}).merge(frames.occupation[["soc", "title"]], on="soc")
    best = best.merge(jobs, on="soc", how="left").sort_values(
        ["score", "hits", "employment", "soc"], ascending=[False, False, False, True], ignore_index=True
    )
    return best[["soc", "title", "matched", "score"]].head(limit)
