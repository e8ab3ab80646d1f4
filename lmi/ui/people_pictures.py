"""From shares to charts: gaps, heat map, ladder, pipeline. Pure; the page shows and caches them."""

import pandas as pd

from lmi.answers.people import Representation
from lmi.domain.awards import levels_in_words
from lmi.domain.groups import GROUPS
from lmi.presentation import captions, charts
from lmi.presentation.charts import Chart
from lmi.presentation.formats import format_pct
from lmi.ui.people_words import baseline_words, group_of, local, short_of
from lmi.ui.pictures import FULL_PAGE, frame, retrieved, source
from lmi.ui.state import View
from lmi.ui.wording import brief

DRAWN = 15


def shares_source(view: View, found: Representation | None = None) -> str:
    """The source line of shares: whose, for which year, and what this project added."""
    used = [(source(view.desk, "bls_cps"), "published, national")]
    notes = ["Intervals and people short of parity estimated by this project."]
    if found is not None and found.baseline.source_id == "census_acs":
        used.append((source(view.desk, "census_acs"), f"baseline: {found.baseline.name}"))
        notes.append("National shares against a local baseline.")
    return captions.source_line(used, notes, retrieved(view.desk, "bls_cps"))


def gap_dots(view: View, found: Representation, rows: pd.DataFrame) -> Chart:
    """The widest gaps of one group, share against baseline."""
    known = rows[rows.share_pct.notna()]
    group = group_of(view)
    short = short_of(found, known)
    if known.empty:
        title = f"No share of {group.name} is published for these occupations"
    else:
        how = "below the local baseline" if local(found) else "clearly below the baseline"
        title = (
            f"{group.name}, nationally: {how} in {len(short)} of "
            f"{captions.counted(len(known), 'in-demand occupation')}"
        )
    measure = f"{group.name}, share of people in the occupation, nation, with 90% interval"
    picture = frame(view, title, f"gaps {view.group}", measure, shares_source(view, found), 520)
    base = baseline_words(found.baseline, view.group).split(": ")[0]
    drawn = known.head(DRAWN)
    return charts.share_dots(
        _brief(view, rows), picture, group_name=group.name, baseline_name=base,
        selected=[view.soc] if view.soc in set(drawn.soc) else (),
    )  # fmt: skip


def _brief(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(title=[brief(view, str(title)) for title in rows.title])


def heat(view: View, found: Representation) -> Chart:
    """Gaps of all groups in the in-demand occupations, the largest sum of shortfalls first."""
    rows = found.rows[[value is True for value in found.rows.in_demand]]
    columns = [f"gap_{g.id}" for g in GROUPS]
    known = rows[rows[columns].notna().any(axis=1)]
    total = known[columns].clip(upper=0).sum(axis=1)
    ordered = known.assign(total=total).sort_values(["total", "soc"])
    short = known[[f"short_{g.id}" for g in GROUPS]].astype(bool)
    several = int(short.sum(axis=1).ge(2).sum())
    how = "below the local baseline" if local(found) else "clearly below the baseline"
    title = (
        f"In {several} of {captions.counted(len(known), 'in-demand occupation')} two or more groups are "
        f"{how}, nationally"
    )
    measure = "Share in the occupation less baseline, percentage points, nation"
    picture = frame(view, title, "gaps by group", measure, shares_source(view, found), 560, FULL_PAGE)
    heads = [(g.id, g.short) for g in GROUPS]
    return charts.gap_heat(_brief(view, ordered), picture, groups=heads)


def ladder(view: View, found: Representation, rungs: pd.DataFrame, name: str) -> Chart:
    """Shares along the rungs of one career cluster."""
    group = group_of(view)
    column = f"{group.id}_pct"
    known = rungs[rungs[column].notna()] if len(rungs) else rungs
    if len(known) < 2:
        title = f"{name}: too few rungs with published shares here"
    else:
        first, last = known.iloc[0], known.iloc[-1]
        title = (
            f"{name}, nationally: {group.name} are {format_pct(first[column], decimals=0)} at "
            f"'{first.rung}', "
            f"{format_pct(last[column], decimals=0)} at '{last.rung}'"
        )
    measure = "Shares by typical entry education, national shares weighted by jobs here"
    picture = frame(view, title, f"ladder {name}", measure, shares_source(view, found), 480, FULL_PAGE)
    base = None if found.baseline.shares is None else found.baseline.shares
    return charts.ladder_lines(rungs, picture, groups=[(g.id, g.short) for g in GROUPS], baseline=base)


def pipeline(view: View, found: Representation, rows: pd.DataFrame, levels: tuple[str, ...]) -> Chart:
    """Women among local completions next to women in the job."""
    fewer = rows[rows.program_pct < rows.job_low]
    more = rows[rows.program_pct > rows.job_high]
    if rows.empty:
        title = f"No program in {view.area.place} with enough awards leads to these occupations"
    else:
        title = (
            f"Women among awards here: clearly fewer than in the job in {len(fewer)}, more in {len(more)} of "
            f"{captions.counted(len(rows), 'occupation')}"
        )
    ipeds, cps = source(view.desk, "nces_ipeds"), source(view.desk, "bls_cps")
    text = captions.source_line(
        [(ipeds, f"completions here, {view.desk.award_years[-1]}"), (cps, "published, national")],
        [f"Award levels: {levels_in_words(levels)}; every program that leads to a job counted whole."],
        retrieved(view.desk, "nces_ipeds"),
    )
    measure = "Women among completions here and among people in the job, nation"
    picture = frame(view, title, "women in training", measure, text, 520, FULL_PAGE)
    return charts.pipeline_dots(_brief(view, rows), picture)
