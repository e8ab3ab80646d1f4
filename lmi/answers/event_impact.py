"""What hiring events do to demand: a layer beside the openings, and what it would do to the ranking."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lmi.analysis import demand, event_spread
from lmi.analysis.event_spread import Spread
from lmi.analysis.events import with_events
from lmi.analysis.openings import add_openings
from lmi.answers import local
from lmi.answers.desk import Desk
from lmi.answers.event_notes import notes, reach
from lmi.answers.export import plain
from lmi.answers.ranking import Ranking
from lmi.domain.codes import NATION
from lmi.domain.events import EventTerms
from lmi.domain.selection import Area

UNPLACED = "Not placed in any occupation"
_EVENT_JSON = (
    "event_id", "jobs", "jobs_counted", "employer", "event_type", "status", "announced", "effective",
    "area_code", "county", "city", "naics", "used_naics", "used_title", "socs", "status_weight",
    "phase_share", "confidence", "source_name", "source_url",
)  # fmt: skip


@dataclass(frozen=True)
class Impact:
    """The events of an area spread over its occupations.

    window: first and last day that count. events: the area's rows of lmi.answers.event_book.EventBook.rows
    with used_naics and used_title: the published industry whose pattern stands for theirs. occupations: one
    row for each that events touch, the most moved first: soc, title, gains, losses (both 0 or more),
    jobs_net, openings_per_year, employment_change_per_year (both missing where not estimated here),
    with_events (openings with what the guard lets through), guarded (jobs of jobs_net that it holds back),
    events (ids, those with most jobs first). unplaced: jobs that could not be placed, signed (and both sides
    of them, 0 or more), and the ids of their events. All in jobs / year of the window.
    """

    area: Area
    as_of: str
    window: tuple[str, str]
    terms: EventTerms
    events: pd.DataFrame
    spread: Spread
    occupations: pd.DataFrame
    unplaced: float
    unplaced_gains: float
    unplaced_losses: float
    unplaced_events: tuple[str, ...]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer as `events impact --json` prints it; the jobs of the occupations, the last row
        (unplaced) among them, sum to what is counted of the events."""
        rows = [
            {"soc": r.soc, "title": r.title, "jobs_net": r.jobs_net,
             "openings_per_year": plain(r.openings_per_year), "with_events": plain(r.with_events),
             "gains": r.gains, "losses": r.losses, "guarded": plain(r.guarded),
             "events": list(r.events)}
            for r in self.occupations.itertuples()
        ]  # fmt: skip
        rest = {"soc": None, "title": UNPLACED, "jobs_net": self.unplaced, "openings_per_year": None,
                "with_events": None, "gains": self.unplaced_gains, "losses": self.unplaced_losses,
                "guarded": None, "events": list(self.unplaced_events)}  # fmt: skip
        events = self.events[list(_EVENT_JSON)]
        return {
            "area": {"code": self.area.code, "name": self.area.name, "type": self.area.type},
            "as_of": self.as_of,
            "window": {"from": self.window[0], "to": self.window[1]},
            "terms": {
                "status_weights": dict(self.terms.status_weights),
                "phase_in_months": dict(self.terms.phase_in_months),
                "starts_months": self.terms.starts_months, "horizon_months": self.terms.horizon_months,
                "guard": self.terms.guard,
            },
            "jobs_by_event": [
                {name: _cell(value) for name, value in row.items()} for row in events.to_dict("records")
            ],
            "occupations": [*rows, rest],
            "notes": list(self.notes),
        }  # fmt: skip


def impact(desk: Desk, area: Area) -> Impact:
    """What the events on record do to an area's occupations."""
    book = desk.event_book
    within = book.within(area)
    here, spread = book.rows[within].reset_index(drop=True), book.spread.only(within)
    used = book.patterns.used.set_index("naics")
    here = here.assign(**{name: here.naics.map(used[name]).astype("str") for name in used.columns})
    net = event_spread.net_by_occupation(spread)
    found = _occupations(net[net.soc.notna()], _openings(desk, area), desk.titles, book.terms.guard)
    touching = event_spread.events_by_occupation(spread)
    found["events"] = [touching[soc] for soc in found.soc]
    lost = net[net.soc.isna()]
    told = reach(here, area, desk.areas, desk.as_of)
    return Impact(
        area, book.as_of, book.window(), book.terms, here, spread, found, float(lost.jobs_net.sum()),
        float(lost.gains.sum()), float(lost.losses.sum()),
        touching.get("", ()), notes(here, spread, found, book.terms, area, desk.event_known.naics, told),
    )  # fmt: skip


def _openings(desk: Desk, area: Area) -> pd.DataFrame:
    """The area's detailed rows with their openings: of all that local.load works out only what is needed."""
    rows = add_openings(local.area_rows(desk, area), area.code == NATION)
    return rows[rows.soc_level == "detailed"]


def _occupations(net: pd.DataFrame, rows: pd.DataFrame, titles: dict[str, str], guard: bool) -> pd.DataFrame:
    known = rows.set_index("soc")[["openings_per_year", "employment_change_per_year"]].astype("float64")
    out = net.join(known, on="soc")
    gains, losses = out.gains.to_numpy(dtype=float), out.losses.to_numpy(dtype=float)
    change = out.employment_change_per_year.to_numpy(dtype=float)
    through = with_events(np.zeros(len(out)), change, gains, losses, guard=guard)
    out["with_events"] = out.openings_per_year + through
    out["guarded"] = np.where(np.isnan(change) & guard, np.nan, out.jobs_net - through)
    out.insert(1, "title", [titles.get(soc, soc) for soc in out.soc])
    out["size"] = out.jobs_net.abs()
    return out.sort_values(["size", "soc"], ascending=[False, True], ignore_index=True).drop(columns="size")


def ranking_moves(desk: Desk, ranking: Ranking) -> pd.DataFrame:
    """What the events would do to a ranking, which itself stays as it is.

    The same occupations are ranked by the same weights with openings_with_events in the place of the
    openings; the supply gap moves with them. Returns one row per ranked occupation, in its order: soc,
    title, rank_before, rank_after, openings, with_events (both / year), jobs_net (jobs / year, missing
    where the area has no event).
    """
    rows = ranking.rows
    moved = rows.openings_with_events.astype("float64") - rows.openings_per_year.astype("float64")
    after = rows.assign(openings_per_year=rows.openings_with_events)
    if "supply_gap" in rows:
        after["supply_gap"] = rows.supply_gap.astype("float64") + moved
    return pd.DataFrame(
        {
            "soc": rows.soc,
            "title": rows.title,
            "rank_before": rows.demand_rank,
            "rank_after": demand.standing(after, dict(ranking.request.weights)),
            "openings": rows.openings_per_year,
            "with_events": rows.openings_with_events,
            "jobs_net": rows.event_jobs_per_year,
        }
    )


def _cell(value: object) -> object:
    """A cell as JSON takes it: a day as ISO text."""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return plain(value)
