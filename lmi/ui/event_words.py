"""The sentences of the Hiring events page. They claim no more than the record does."""

from collections.abc import Mapping

import pandas as pd

from lmi.answers.event_impact import Impact
from lmi.answers.event_notes import newest, only_from
from lmi.domain.events import EVENT_TYPES, STATUSES
from lmi.presentation import event_words
from lmi.presentation.captions import counted
from lmi.presentation.formats import format_count
from lmi.ui.event_state import NO_SECTOR, PERIODS, USUAL_PERIOD, Seen
from lmi.ui.state import View

RECORD = "Source: the hiring-events log of this installation"
NOT_TOLD = "count not told"


def answer(view: View, seen: Seen) -> str:
    """What the events on record add up to."""
    place = view.area.place
    if view.desk.events.rows.empty and view.desk.events.problems:
        return "The record of hiring events cannot be read, so none is shown."
    if not seen.events.total:
        return f"No hiring event is on record for {place} yet."
    if seen.rows.empty:
        events = counted(seen.events.total, "event")
        return f"None of the {events} on record for {place} passes these filters."
    book = view.desk.event_book
    where = only_from(book.rows[book.within(view.area)], view.area, view.desk.areas)
    asked = seen.filters
    some = asked.kinds or asked.standing or asked.sector or asked.find
    which = "with these filters" if some else "on record"
    found = event_words.timeline_finding(seen.rows, "" if where else place, asked.since, which)
    return f"Only events of {where} are on record for {place}. {found}." if where else f"{found}."


def largest(rows: pd.DataFrame) -> str:
    """The largest gain and the largest loss by name, the larger first; cancelled events aside.

    rows: at least one.
    """
    standing = rows[rows.status != "cancelled"]
    if standing.empty:
        return "Every event shown is cancelled"
    told = standing[standing.jobs.notna()]
    leading = [told[told.sign == sign].nlargest(1, "jobs") for sign in (1, -1)]
    found = pd.concat(leading).sort_values("jobs", ascending=False)
    if found.empty:
        return "No event tells how many jobs it is about"
    names = [
        f"{row.employer} ({signed(float(row.jobs) * int(row.sign))}, {row.announced:%B %Y})"
        for row in found.itertuples()
    ]
    return f"Largest announced: {' and '.join(names)}"


def selection(view: View, seen: Seen) -> str:
    """The selection in words."""
    kind = "" if view.area.type in {"nation", "state", "territory", "nonmetro"} else f" {view.area.kind}"
    return " · ".join([f"{view.area.short_name}{kind}", *filters_said(view, seen)])


def filters_said(view: View, seen: Seen) -> list[str]:
    """Every filter in words; the period first."""
    chosen = seen.filters
    said = [f"announced in the {PERIODS[chosen.period].lower()}" if chosen.since else "all on record"]
    if chosen.kinds:
        said.append(", ".join(EVENT_TYPES[kind].lower() for kind in chosen.kinds))
    if chosen.standing:
        said.append(", ".join(STATUSES[status].lower() for status in chosen.standing))
    if chosen.sector:
        said.append(sector_name(view, chosen.sector))
    if chosen.find:
        said.append(f"with '{chosen.find}'")
    return said


def chips(view: View, seen: Seen) -> list[tuple[str, str]]:
    """(label, part of the address) of every filter that is not at its default."""
    chosen = seen.filters
    names: Mapping[str, str] = {
        "period": PERIODS[chosen.period] if chosen.period != USUAL_PERIOD else "",
        "kinds": ", ".join(EVENT_TYPES[kind] for kind in chosen.kinds),
        "standing": ", ".join(STATUSES[status] for status in chosen.standing),
        "sector": sector_name(view, chosen.sector) if chosen.sector else "",
        "find": f"With '{chosen.find}'" if chosen.find else "",
    }
    return [(label, part) for part, label in names.items() if label]


def sector_name(view: View, sector: str) -> str:
    """A sector of NAICS by name."""
    return "Industry not given" if sector == NO_SECTOR else view.desk.event_known.naics[sector]


def tiles(seen: Seen, found: Impact) -> list[tuple[str, str, str]]:
    """Gains, losses, what is not told, and what of it counts in the year."""
    told = seen.events.summary
    gains = [n for n in ("expansion", "opening", "relocation_in") if n in told.by_type]
    losses = [n for n in told.by_type if n not in gains]
    first, last = found.window
    return [
        ("Announced gains", _sum(told.gains, told.gains_uncounted), _several(told.by_type, gains)),
        ("Announced losses", _sum(told.losses, told.losses_uncounted), _several(told.by_type, losses)),
        ("Without a count", format_count(told.uncounted), "events; in no sum"),
        (
            "Counted a year", counted_a_year(found.events),
            f"jobs, net, {first} to {last}: by status and phase-in, all on record",
        ),
    ]  # fmt: skip


def _sum(jobs: int | None, uncounted: int) -> str:
    """'1,240', 'at least 1,240', or that no event tells a count."""
    if jobs is None:
        return NOT_TOLD
    return f"{'at least ' if uncounted else ''}{format_count(jobs)}"


def counted_a_year(events: pd.DataFrame) -> str:
    """The jobs a year that events count for, with their sign; NOT_TOLD where none tells a count.

    events: as in lmi.answers.event_impact.Impact; at least one.
    """
    counts = events.jobs_counted.astype(float)
    return signed(float(counts.sum())) if counts.notna().any() else NOT_TOLD


def _several(by_type: Mapping[str, int], names: list[str]) -> str:
    said = [counted(by_type[n], EVENT_TYPES[n].lower(), _plural(n)) for n in names]
    return f"{', '.join(said)}, as announced" if said else "none on record"


def _plural(name: str) -> str:
    """'lay-offs', 'relocations in'."""
    noun, _, way = EVENT_TYPES[name].lower().partition(" ")
    return f"{noun}s {way}".strip()


def signed(value: float) -> str:
    """A number of jobs with its sign: '+1,240', '−85', '0'."""
    whole = round(value)
    return format_count(whole) if whole == 0 else f"{'+' if whole > 0 else '−'}{format_count(abs(whole))}"


def record_source(view: View, seen: Seen, *, names: int = 3) -> str:
    """The source line of events: the record, and the sources that most of them name."""
    leading = list(seen.rows.source_name.value_counts().index[:names])
    more = seen.rows.source_name.nunique() - len(leading)
    said = "; ".join(leading) + (f" and {counted(more, 'other')}" if more > 0 else "")
    until = f", newest of {newest(seen.rows)}" if len(seen.rows) else ""
    return f"{RECORD}{until}{f' ({said})' if said else ''}. Jobs as announced, not verified hires."


def impact_source(found: Impact, oews: str, ep: str) -> str:
    """The source line of what events do to demand."""
    first, last = found.window
    guard = " Growth or decline that is projected anyway is not counted twice." if found.terms.guard else ""
    return (
        f"{RECORD}; {oews} (national staffing patterns); {ep} (rates). Estimated by this project: jobs of "
        f"the events by status and by the part that falls into {first} to {last}.{guard}"
    )


def placed(found: Impact) -> str:
    """How much of the jobs counted goes to no occupation, gains and losses apart."""
    counts = found.events.jobs_counted.astype(float)
    gains, losses = float(counts[counts > 0].sum()), -float(counts[counts < 0].sum())
    out = (format_count(found.unplaced_gains), format_count(found.unplaced_losses))
    return (
        f"Of the jobs counted a year, no occupation is known for {out[0]} of {format_count(gains)} in gains "
        f"and {out[1]} of {format_count(losses)} in losses: no industry is given, or BLS withholds part "
        "of its pattern."
    )


def about_terms(found: Impact) -> str:
    """How events count, in a sentence."""
    weights = ", ".join(f"{STATUSES[s].lower()} {w:g}" for s, w in found.terms.status_weights.items())
    months = ", ".join(f"{EVENT_TYPES[t].lower()} {m}" for t, m in found.terms.phase_in_months.items())
    return f"Weights by status: {weights}. Months over which jobs come about: {months}. (settings file)"


def counted_frame(found: Impact) -> pd.DataFrame:
    """Every event with what counts of it, as people read it."""
    rows = found.events
    pattern = rows.used_title.fillna("").where(rows.used_naics.notna(), "no industry, so not placed")
    return pd.DataFrame(
        {
            "Event": rows.employer, "Announced": rows.announced.dt.date,
            "Kind": rows.event_type.map(dict(EVENT_TYPES)), "Jobs": rows.jobs,
            "Status": rows.status.map(dict(STATUSES)), "Weight": rows.status_weight,
            "Share in the year": rows.phase_share, "Jobs counted": rows.jobs_counted,
            "Spread by the pattern of": pattern,
        }
    )  # fmt: skip
