"""The questions about people, skills and programs once more, in plain pandas over the bundled Parquet files.

As bench.plain: two ways to the same rows check each other, and one is the measure of the other's speed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

_SHARES = ["women_pct", "white_pct", "black_pct", "asian_pct", "hispanic_pct"]
_OFFERED = ["unitid", "institution_name", "city", "control", "longitude", "latitude", "cip", "award_level",
            "award_year", "awards", "men", "women"]  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """People, skills and programs in memory: three tables as published, the others derived."""

    shares: pd.DataFrame
    workforce: pd.DataFrame
    ratings: pd.DataFrame
    technologies: pd.DataFrame
    education: pd.DataFrame
    completion: pd.DataFrame
    completer: pd.DataFrame
    earnings: pd.DataFrame
    institutions: pd.DataFrame
    places: pd.DataFrame
    by_area: pd.DataFrame
    links: pd.DataFrame


def load(read: Callable[[str], pd.DataFrame], occupation: pd.DataFrame) -> Facts:
    """Derive what the warehouse derives. read: a bundled table by name. occupation: as in bench.plain."""
    oews, combined, link = read("oews_occupation"), read("oews_soc_link"), read("onet_soc_link")
    detailed = oews[oews.soc_level == "detailed"]
    completion, institution = read("completion"), read("institution")
    places = _places(completion, institution, set(read("area").area_code))
    by_area = completion.merge(places, on="unitid").groupby(
        ["area_code", "award_year", "cip", "award_level"], as_index=False
    )[["awards", "women"]].sum()  # fmt: skip
    education = read("onet_education")
    return Facts(
        _people(detailed, combined, read("cps_soc_link"), read("cps_occupation")), read("workforce"),
        _ratings(read("onet_skill"), link, set(detailed.soc)), _technologies(read("onet_technology"), link),
        _education(education[education.scale_id == "RL"], link), completion, read("completer"),
        read("program_earnings"), institution, places, by_area,
        _links(read("cip_soc_link"), combined, occupation),
    )  # fmt: skip


def _places(completion: pd.DataFrame, institution: pd.DataFrame, known: set[str]) -> pd.DataFrame:
    everyone = sorted(set(completion.unitid) | set(institution.unitid))
    state = institution[institution.state_fips.isin(known)]
    metro = institution[(institution.cbsa_type == "metro") & institution.cbsa_code.isin(known)]
    parts = [
        pd.DataFrame({"area_code": "US", "unitid": everyone}),
        pd.DataFrame({"area_code": state.state_fips, "unitid": state.unitid}),
        pd.DataFrame({"area_code": metro.cbsa_code, "unitid": metro.unitid}),
    ]
    return pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True)


def _people(
    detailed: pd.DataFrame, combined: pd.DataFrame, link: pd.DataFrame, cps: pd.DataFrame
) -> pd.DataFrame:
    parts = detailed[["soc"]].merge(combined[["soc", "soc2018"]], on="soc", how="left")
    parts["soc2018"] = parts.soc2018.fillna(parts.soc)
    size = link.groupby("cps_title").size().rename("codes").reset_index()
    rows = cps[cps.cps_level == "detail"]
    hit = parts.merge(link, on="soc2018").groupby(["soc", "cps_title"]).size().rename("held").reset_index()
    hit = hit.merge(size, on="cps_title").merge(rows, on="cps_title")
    hit = hit.sort_values(["soc", "employed", "cps_line"], ascending=[True, False, True])
    groups = cps.set_index("cps_line")
    out = [_joined(str(soc), part, groups) for soc, part in hit.groupby("soc")]
    return pd.DataFrame(out)


def _joined(soc: str, part: pd.DataFrame, groups: pd.DataFrame) -> dict[str, object]:
    wider = bool((part.held < part.codes).any())
    row: dict[str, object] = {
        "soc": soc, "cps_titles": "; ".join(part.cps_title),
        "match": "wider" if wider else "joined" if len(part) > 1 else "own",
        "employed": int(part.employed.sum()),
    }  # fmt: skip
    for share in _SHARES:
        told = part[part[share].notna()]
        enough = len(told) > 0 and told.employed.sum() >= 0.9 * part.employed.sum()
        row[share] = round(float(np.average(told[share], weights=told.employed)), 1) if enough else np.nan
    group = groups.loc[part.parent_line.iloc[0]]
    row |= {"group_line": part.parent_line.iloc[0], "group_title": group.cps_title}
    return row | {"group_employed": group.employed} | {f"group_{s}": group[s] for s in _SHARES}


def _main(rows: pd.DataFrame, link: pd.DataFrame) -> pd.DataFrame:
    """O*NET rows by BLS occupation: the .00 codes; where none of them has the data, the finer ones."""
    rows = rows.merge(link, on="onet_soc")
    rows["main"] = rows.onet_soc.str.endswith(".00")
    return rows[rows.main | ~rows.groupby("soc").main.transform("any")]


def _ratings(skill: pd.DataFrame, link: pd.DataFrame, detailed: set[str]) -> pd.DataFrame:
    rows = _main(skill, link)
    rows["level"] = rows.level.mask(rows.not_relevant & rows.level.isna(), 0.0)  # not relevant: none needed
    keys = ["soc", "kind", "element_id", "element_name"]
    out = rows.groupby(keys, as_index=False).agg(
        importance=("importance", "mean"), level=("level", "mean"), not_relevant=("not_relevant", "all"),
        rated_parts=("main", "size"), rated_main=("main", "all"),
    )  # fmt: skip
    usual = out[out.soc.isin(detailed)].groupby("element_id").importance.agg(["mean", "std"])
    usual.columns = pd.Index(["mean_importance", "sd_importance"])
    return out.merge(usual.reset_index(), on="element_id")


def _technologies(rows: pd.DataFrame, link: pd.DataFrame) -> pd.DataFrame:
    rows = rows.merge(link, on="onet_soc")
    out = rows.groupby(["soc", "technology"], as_index=False).agg(
        commodity_title=("commodity_title", "min"), hot_technology=("hot_technology", "any"),
        in_demand_technology=("in_demand_technology", "any"),
    )  # fmt: skip
    return out.assign(folded=out.technology.str.lower())


def _education(rows: pd.DataFrame, link: pd.DataFrame) -> pd.DataFrame:
    return _main(rows, link).groupby(["soc", "category", "category_label"], as_index=False).agg(
        share_pct=("share_pct", "mean"), rated_parts=("main", "size")
    )  # fmt: skip


def _links(link: pd.DataFrame, combined: pd.DataFrame, occupation: pd.DataFrame) -> pd.DataFrame:
    rows = link.merge(combined[["soc", "soc2018"]], on="soc2018", how="left")
    rows["soc"] = rows.soc.fillna(rows.soc2018)
    known = occupation.soc[occupation.in_oews | occupation.in_projections]
    rows = rows.loc[rows.soc.isin(known), ["cip", "soc"]].drop_duplicates()
    rows["teaching"] = rows.soc.str.match(r"25-1...$")
    return rows.sort_values(["cip", "soc"], ignore_index=True)


def awards(facts: Facts, codes: Sequence[str], year: int, levels: Sequence[str]) -> pd.DataFrame:
    """As programs.awards for one year."""
    rows = facts.by_area
    rows = rows[rows.area_code.isin(list(codes)) & (rows.award_year == year)]
    rows = rows[rows.award_level.isin(list(levels))]
    return rows.groupby(["cip", "award_year"], as_index=False)[["awards", "women"]].sum()


def awards_by_level(facts: Facts, codes: Sequence[str], cips: Sequence[str]) -> pd.DataFrame:
    """As programs.awards_by_level for some programs."""
    rows = facts.by_area
    rows = rows[rows.area_code.isin(list(codes)) & rows.cip.isin(list(cips))]
    return rows.groupby(["award_year", "award_level"], as_index=False)[["awards", "women"]].sum()


def _here(facts: Facts, codes: Sequence[str]) -> set[str]:
    return set(facts.places.unitid[facts.places.area_code.isin(list(codes))])


def offered(facts: Facts, codes: Sequence[str], cips: Sequence[str]) -> pd.DataFrame:
    """As programs.offered."""
    rows = facts.completion[facts.completion.cip.isin(list(cips))]
    rows = rows[rows.unitid.isin(_here(facts, codes))].merge(facts.institutions, on="unitid", how="left")
    return rows.sort_values(["unitid", "cip", "award_level", "award_year"], ignore_index=True)[_OFFERED]


def completers(facts: Facts, codes: Sequence[str], year: int) -> pd.DataFrame:
    """As programs.completers."""
    rows = facts.completer[facts.completer.award_year == year]
    rows = rows[rows.unitid.isin(_here(facts, codes))]
    names = facts.institutions[["unitid", "institution_name"]]
    rows = rows.merge(names, on="unitid", how="left")
    return rows.sort_values(["unitid", "completer_level"], ignore_index=True)


def earnings(facts: Facts, codes: Sequence[str], cip4s: Sequence[str]) -> pd.DataFrame:
    """As programs.earnings, ordered by institution, program group and credential."""
    rows = facts.earnings[facts.earnings.cip4.isin(list(cip4s))]
    rows = rows[rows.unitid.isin(_here(facts, codes))]
    rows = rows.merge(facts.institutions[["unitid", "institution_name"]], on="unitid", how="left")
    return rows.sort_values(["unitid", "cip4", "credential_level"], ignore_index=True)


def ratings(facts: Facts, socs: Sequence[str]) -> pd.DataFrame:
    """As skills.ratings."""
    rows = facts.ratings[facts.ratings.soc.isin(list(socs))]
    return rows.sort_values(["soc", "kind", "element_id"], ignore_index=True)


def technologies(facts: Facts, soc: str) -> pd.DataFrame:
    """As skills.technologies."""
    rows = facts.technologies[facts.technologies.soc == soc].sort_values(
        ["hot_technology", "in_demand_technology", "folded", "technology"],
        ascending=[False, False, True, True], ignore_index=True,
    )  # fmt: skip
    return rows[["technology", "commodity_title", "hot_technology", "in_demand_technology"]]


def reported_education(facts: Facts, soc: str) -> pd.DataFrame:
    """As skills.reported_education."""
    rows = facts.education[facts.education.soc == soc].sort_values("category", ignore_index=True)
    return rows[["category", "category_label", "share_pct", "rated_parts"]]
