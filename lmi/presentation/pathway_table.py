"""The table under a pathway map: one row per move, with the figures of both its ends."""

import pandas as pd

from lmi.presentation.pathway_words import Arrow, Story


def map_table(story: Story) -> pd.DataFrame:
    """One row per move with the figures of both ends; then one per job without a move, its 'To' empty."""
    moved = {soc for arrow in story.arrows for soc in arrow.pair}
    rows = [_table_row(story, arrow.start, arrow.goal, arrow) for arrow in story.arrows]
    rows += [_table_row(story, job.soc, "", None) for job in story.jobs if job.soc not in moved]
    return pd.DataFrame(rows, columns=list(_table_row(story, "", "", None)))


def _table_row(story: Story, start: str, goal: str, arrow: Arrow | None) -> dict[str, object]:
    pay, openings = story.words["median_pay"], story.words["openings_a_year"]
    out: dict[str, object] = {"From": "", "To": ""}
    ends = (("from", story.by_soc.get(start)), ("to", story.by_soc.get(goal)))
    out |= {end.capitalize(): job.title if job else None for end, job in ends}
    out["Status"] = story.status_words(arrow.status) if arrow else "no move"
    out["Reading"] = story.words[f"reading_{arrow.reading}"] if arrow else None
    out["Pay after ÷ before (ratio)"] = _rounded(arrow.pay_ratio, 3) if arrow else None
    areas = {"here": "this area", "nation": "the nation"}
    out["Pay after ÷ before is at least this"] = arrow.pay_at_least if arrow else None
    out["Pay compared in"] = areas.get(arrow.pay_area) if arrow else None
    out["Time, low (months)"] = arrow.months[0] if arrow and arrow.months else None
    out["Time, high (months)"] = arrow.months[1] if arrow and arrow.months else None
    out["Time is a rough estimate"] = arrow.months_estimated if arrow and arrow.months else None
    out["Credential"] = (arrow.credential or None) if arrow else None
    out["License"] = (arrow.license or None) if arrow else None
    out["Supported by"] = ("; ".join(arrow.organisations) or None) if arrow else None
    out["Between pathways"] = arrow.crossover if arrow else None
    for end, job in ends:
        out[f"{pay}, {end} (USD per year)"] = job.pay if job else None
        out[f"Pay given as 'at or above', {end}"] = job.pay_top_coded if job else None
        out[f"{openings}, {end}"] = _rounded(job.openings, 1) if job else None
        out[f"{story.words['in_demand']}, {end}"] = _said(job.in_demand) if job else None
        out[f"SOC code, {end}"] = job.soc if job else None
    return out


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None else round(value, decimals)


def _said(state: bool | None) -> str:
    return "not known" if state is None else "yes" if state else "no"
