"""The sentences of the Representation page. They claim no more than the figures do."""

import pandas as pd

from lmi.answers.people import Baseline, Representation
from lmi.domain.caveats import CAVEATS
from lmi.domain.groups import GROUP_BY_ID, Group
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count, format_pct
from lmi.ui import address
from lmi.ui.state import View
from lmi.ui.wording import brief

CAVEAT_IDS = ("national_shares", "cps_universe", "groups_overlap", "cps_sampling", "cps_2025_eleven_months")


def group_of(view: View) -> Group:
    """The group whose shares are shown."""
    return GROUP_BY_ID[view.group]


def baseline_words(base: Baseline, group: str) -> str:
    """'47.1% of all employed, nation' as a name with its figure, where it is one figure."""
    if base.shares is None:
        return base.name
    share = base.shares[group]
    return f"{base.name}: {format_pct(share)}" if share == share else f"{base.name}: not published"


def local(found: Representation) -> bool:
    """Whether the baseline is a place's own; the gap then also holds how the nation differs from it."""
    return found.baseline.source_id == "census_acs"


def short_of(found: Representation, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows below the baseline: clearly, by their interval, where the baseline is the nation's too."""
    below = rows[rows.share_pct.notna() & (rows.gap_pp < 0)]
    return below if local(found) else below[below.clear.astype(bool)]


def answer(view: View, found: Representation, rows: pd.DataFrame) -> str:
    """Where the gap is widest, and in how many occupations there is one."""
    group = group_of(view).name
    if view.area.outside_cps:
        return CAVEATS["cps_places"]
    known = rows[rows.share_pct.notna()]
    if known.empty:
        return f"No share of {_lower(group)} is published for the occupations in demand in {view.area.place}."
    short = short_of(found, known)
    jobs = counted(len(known), view.word("occupation"), view.word("occupations")) + " in demand"
    if short.empty:
        return f"Nationally, {_lower(group)} clearly fall short in none of {jobs}."
    first = known.iloc[0]
    tied = len(known) > 1 and float(first.share_high) >= float(known.share_low.iloc[1])
    lead = "among the widest gaps" if tied else "the widest gap"
    fall = f"Nationally, {_lower(group)} clearly fall short in"
    if local(found):
        name, year = found.baseline.name.split(",")[0], found.baseline.name.rsplit(", ", 1)[-1]
        fall = f"National shares of {_lower(group)} lie below that of {name} in {year} in"
    return (
        f"{fall} {len(short)} of {jobs}; {lead}: {brief(view, str(first.title))}, "
        f"{format_pct(first.share_pct)} against {format_pct(first.baseline_pct)}."
    )


def _lower(name: str) -> str:
    return "women" if name == "Women" else name


def selection(view: View, found: Representation) -> str:
    """What is shown: the selection and the year of the shares."""
    return view.sentence(view.desk.sources.set_index("id").short_title["bls_cps"])


def tiles(view: View, found: Representation, rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """How many occupations fall short, how many people that is, and how many cannot be told."""
    known = rows[rows.share_pct.notna()]
    short = short_of(found, known)
    below = view.word("below_baseline" if local(found) else "short_of_parity")
    people = short.people_short.sum(min_count=1)
    jobs = short.employment.sum(min_count=1)
    wider = int((known.match == "wider").sum())
    group = "women" if view.group == "women" else group_of(view).short
    return [
        (
            below,
            f"{len(short)} of {len(known)}",
            "in-demand occupations with a published share",
        ),
        (
            f"More {group} for parity" if view.group == "women" else f"More {group} workers for parity",
            format_count(people, significant=2) if people == people else "–",
            f"estimated: national gaps on {format_count(jobs, significant=3)} jobs here",
        ),
        (
            "Not published",
            format_count(len(rows) - len(known)),
            "base below 50,000 people; their group is offered",
        ),
        (view.word("wider_row"), format_count(wider), "the share belongs to more than the occupation"),
    ]


def withheld(view: View, rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Occupations whose share is not published, with their group's figure: (title, link, figure)."""
    hidden = rows[rows.share_pct.isna()].sort_values(["employment", "soc"], ascending=[False, True])
    return [
        (
            brief(view, str(row.title)),
            address.link("occupation", soc=str(row.soc)),
            "no group's figure"
            if row.group_share_pct != row.group_share_pct
            else f"{format_pct(row.group_share_pct)} in its group",
        )
        for row in hidden.head(6).itertuples()
    ]


def withheld_note(rows: pd.DataFrame) -> str:
    """What the list of unpublished shares holds."""
    hidden = int(rows.share_pct.isna().sum())
    more = f" {hidden - 6} more are in the table." if hidden > 6 else ""
    return f"Fewer than 50,000 people in the occupation nationally; the figure is its CPS group's.{more}"


def caveats(found: Representation) -> list[str]:
    """What the shares can and cannot say."""
    ids = [*CAVEAT_IDS]
    if found.baseline.source_id == "census_acs":
        ids = ["baseline_place", *ids, "acs_2018"]
    return [CAVEATS[i] for i in ids]


def pipeline_caveats() -> list[str]:
    """What the shares among completions can and cannot say."""
    ids = ("first_majors", "ipeds_sex", "reporting_office", "outside_ipeds", "national_shares")
    return [CAVEATS[i] for i in ids]
