"""From answers to charts: which rows, which words. Pure; the pages show what comes out and cache it."""

from collections.abc import Sequence

import pandas as pd

from lmi.analysis.criteria import HOURS_PER_YEAR
from lmi.analysis.supply import METHODS
from lmi.answers.coverage import AIMS, Measure
from lmi.answers.desk import Desk
from lmi.answers.overview import Overview
from lmi.answers.ranking import Ranking, Robustness
from lmi.domain.awards import levels_in_words
from lmi.domain.codes import NATION
from lmi.domain.rules import Combination
from lmi.domain.selection import Area
from lmi.domain.source import Source
from lmi.presentation import captions, charts, theme
from lmi.presentation.charts import Chart, Frame
from lmi.presentation.formats import format_count, format_money
from lmi.ui import outcome_marks
from lmi.ui.state import View
from lmi.ui.wording import brief

TOP, MARKED = 15, 0.05  # rows drawn; share of the openings from which a bar carries the mark of events
MOST_NAMED = 2  # overdue sources that a title names
SELF_EMPLOYED = ("Openings include the self-employed; jobs and pay do not.",)
LONG_TITLE = 110  # characters that two lines of a title hold
FULL_PAGE = 700  # pixels that a chart across the page has at least, on a small laptop


def frame(
    view: View, title: str, what: str, measure: str, source: str, height: int | None = None,
    width: int | None = None,
) -> Frame:  # fmt: skip
    """The words and the format of a chart of this view. what: the last part of its file name."""
    palette = theme.with_accent(view.desk.settings.accent)
    return Frame(
        title=title,
        subtitle=f"{measure} · {view.sentence()}",
        source=source,
        filename=captions.file_name(view.area.short_name, what, period(view.desk, "bls_oews")),
        phone=view.phone,
        palette=palette,
        height=None if view.phone else height,
        width=None if view.phone else width,
    )


def source(desk: Desk, source_id: str) -> Source:
    """A source of the warehouse as the captions take it."""
    row = desk.sources.set_index("id").loc[source_id]
    return Source(
        id=source_id, publisher=row.publisher, title=row.title, short_title=row.short_title, url=row.url,
        licence=row.licence, attribution=row.attribution, period=row.period, released=row.released,
        cadence=row.cadence, next_due=row.next_due, files=(), tables=(),
    )  # fmt: skip


def period(desk: Desk, source_id: str) -> str:
    """The reference period of a source."""
    return source(desk, source_id).period


def openings_source(desk: Desk, area: Area) -> str:
    """The source line of openings: published for the nation, estimated elsewhere."""
    oews, ep = source(desk, "bls_oews"), source(desk, "bls_ep")
    if area.code == NATION:
        return captions.source_line(
            [(ep, "published openings"), (oews, "published pay")], SELF_EMPLOYED, retrieved(desk)
        )
    notes = ["Openings estimated by this project: wage and salary jobs here × the nation's rates."]
    if area.type == "custom":
        notes.append("Jobs are sums and pay is the employment-weighted mean over the region's areas.")
    return captions.source_line([(oews, jobs_basis(area)), (ep, "national rates")], notes, retrieved(desk))


def oews_source(desk: Desk, area: Area) -> str:
    """The source line of OEWS figures."""
    notes = ["Pay is the employment-weighted mean over the region's areas."] if area.type == "custom" else []
    return captions.source_line([(source(desk, "bls_oews"), jobs_basis(area))], notes, retrieved(desk))


def jobs_basis(area: Area) -> str:
    """How OEWS figures are used: as published, or put together for a custom region."""
    return "estimated for the union of areas" if area.type == "custom" else "published"


def retrieved(desk: Desk, source_id: str = "bls_oews") -> str:
    """When a source's files were obtained; of OEWS unless told otherwise."""
    return str(desk.sources.set_index("id").retrieved[source_id])


def top_openings(view: View, seen: Overview) -> Chart:
    """The largest in-demand occupations by openings, with their 90% intervals."""
    nation = view.area.code == NATION
    named = seen.top.assign(title=[brief(view, str(title)) for title in seen.top.title])
    title = captions.lead_finding(
        named, "openings_per_year", "a year", view.area.place, measure="in-demand openings", significant=3
    )
    if nation and len(seen.top) > 1:
        first = named.iloc[0]
        amount = format_count(first.openings_per_year, significant=3)
        title = f"{first.title} have the most in-demand openings: {amount} a year"
    measure = "Openings a year" if nation else "Openings a year with 90% interval of the job count"
    picture = frame(view, title, "in-demand openings", measure, openings_source(view.desk, view.area), 560)
    low, high = (None, None) if nation else ("openings_low", "openings_high")
    rows, told = outcome_marks.beside(view, *moved_by_events(seen.top))
    return charts.bars_with_intervals(rows, picture, significant=3, low=low, high=high, mark_note=told)


def moved_by_events(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The rows with a mark where hiring events move openings by MARKED or more, and what the mark means."""
    share = (rows.openings_with_events - rows.openings_per_year).astype(float) / rows.openings_per_year
    marks = ["▲" if s >= MARKED else "▼" if s <= -MARKED else "" for s in share]
    told = f"▲ ▼: hiring events, not counted in, would move it by {MARKED:.0%} or more." if any(marks) else ""
    return rows.assign(mark=marks), told


def ranking_chart(view: View, found: Ranking, selected: str) -> Chart:
    """The top of the demand ranking, each rank with its interval."""
    top, told = outcome_marks.ranked(view, found.rows.head(TOP))
    picture = frame(
        view,
        _ranking_finding(view, found.rows),
        "demand ranking",
        "Demand rank with 90% interval",
        ranking_source(view, found),
        540,
    )
    focus = [selected] if selected else None
    return unfaded(charts.rank_ranges(top, picture, highlight=focus, mark_note=told))


def ranking_source(view: View, found: Ranking) -> str:
    """The source line of the ranking: openings, jobs, pay, and completions where the supply gap counts."""
    text = openings_source(view.desk, view.area)
    if not dict(found.request.weights).get("gap") or found.supply.flows is None:
        return text
    ipeds = source(view.desk, "nces_ipeds").short_title
    method, levels = METHODS[found.supply.method], levels_in_words(found.supply.levels)
    return f"{text} Supply gap: {ipeds}, awards of {found.supply.year}; {method}; {levels}."


def _ranking_finding(view: View, rows: pd.DataFrame) -> str:
    """Who ranks highest. An occupation ranked on part of the figures is never the finding."""
    sure = rows[rows.rank_note == ""]
    place = view.area.place
    if sure.empty:
        return f"No occupation in {place} has all its figures published"
    first = brief(view, str(sure.title.iloc[0]))
    among = "" if int(sure.demand_rank.iloc[0]) == 1 else "Of those with all figures published, "
    if len(sure) == 1 or int(sure.rank_high.iloc[0]) < int(sure.rank_low.iloc[1]):
        return f"{among}{first} rank {'highest' if among else 'first'} in {place}"
    second = brief(view, str(sure.title.iloc[1]))
    title = f"{among}{first} and {second} rank highest in {place}; their ranges overlap"
    return (
        title if len(title) <= LONG_TITLE else f"{among}{first} rank highest in {place}; other ranges overlap"
    )


def pay_and_openings(view: View, found: Ranking, selected: str) -> Chart:
    """Every ranked occupation by openings and median pay, with the rule's lines where it has any."""
    rows = found.rows.assign(in_demand=[value is True for value in found.rows.in_demand])
    median = float(found.local.total.wage_median_usd_year)
    well = int((rows.in_demand & (rows.wage_median_usd_year.astype(float) > median)).sum())
    title = (
        f"{captions.counted(well, 'in-demand occupation')} in {view.area.place} "
        f"{'pays' if well == 1 else 'pay'} above the area's median of {format_money(median)}"
    )
    picture = frame(
        view, title, "pay and openings", "Median pay and openings a year; in colour: in demand",
        openings_source(view.desk, view.area), 540,
    )  # fmt: skip
    pay, openings = _line(found, "wage_median"), _line(found, "openings_per_year")
    chart = charts.pay_openings_scatter(
        rows, picture, wage_line=pay, openings_line=openings,
        selected=[selected] if selected else [],
    )  # fmt: skip
    return unfaded(chart)


def category_chart(view: View, found: Ranking) -> Chart:
    """In-demand openings added up by major occupation group."""
    rows = found.in_demand.assign(at_least=found.in_demand.get("at_least", False))
    groups = (
        rows.groupby(["major_group", "major_title"])
        .agg(
            openings_per_year=("openings_per_year", "sum"),
            occupations=("soc", "count"),
            at_least=("at_least", "any"),
        )
        .reset_index()
        .rename(columns={"major_group": "soc", "major_title": "title"})
        .sort_values(["openings_per_year", "soc"], ascending=[False, True])
    )
    groups["title"] = groups.title.str.removesuffix(" Occupations")
    if groups.empty:
        title = f"No occupation in {view.area.place} meets the rule"
    else:
        amount = format_count(groups.openings_per_year.iloc[0], significant=3)
        about = "" if view.area.code == NATION else "about "
        title = f"{groups.title.iloc[0]}: {about}{amount} in-demand openings a year in {view.area.place}"
    picture = frame(
        view, title, "in-demand openings by category", "In-demand openings a year by category",
        openings_source(view.desk, view.area), 540,
    )  # fmt: skip
    return charts.category_bars(groups, picture, significant=3)


def rules_chart(view: View, found: Robustness, kind: str) -> Chart:
    """Which rules the leading occupations meet. kind: 'demand' or 'skill'."""
    desk = view.desk
    book = desk.demand_rules if kind == "demand" else desk.skill_rules
    marks = found.demand if kind == "demand" else found.skill
    every = int(found.demand.every_rule.sum())
    if kind == "demand":
        who = captions.counted(every, "occupation") if every else "No occupation"
        title = (
            f"{who} {'stay' if every > 1 else 'stays'} in demand under all {len(found.decided_rules)} rules "
            f"that can be decided in {view.area.place}"
        )
        marks = marks.sort_values(["passed"], ascending=False, kind="stable")
        text = openings_source(desk, view.area)
    else:
        ids = book.ids()
        alike = sum(all(row[i] is True for i in ids) for row in marks.to_dict("records"))
        whole = captions.counted(len(marks), "occupation")
        title = f"{alike} of {whole} are middle-skill under all {len(ids)} definitions"
        uses = ((source(desk, "bls_ep"), "entry requirements"), (source(desk, "onet"), "job zones"),
                (source(desk, "bls_oews"), "pay"))  # fmt: skip
        text = captions.source_line(uses, [], retrieved(desk))
    marks = marks.head(TOP)
    told = {r.id: r.short for r in book.rules if any(value is not None for value in marks[r.id])}
    picture = frame(view, title, f"{kind} rules", "Rule met, not met or not decidable", text, 540, FULL_PAGE)
    return charts.rule_marks(marks, picture, rules=told)


def unfaded(chart: Chart) -> Chart:
    """The chart, of which a click on one mark does not fade the others."""
    chart.figure.update_traces(unselected={"marker": {"opacity": 1}}, selector={"type": "scatter"})
    return chart


def freshness_chart(view: View, sources: pd.DataFrame, date: str) -> Chart:
    """When each source was released, overdue ones named; date: the day of the look, ISO."""
    late = list(sources.short_title[sources.overdue])
    title = "All sources are up to date" if not late else f"A newer release should be out of {_several(late)}"
    if len(late) > MOST_NAMED:
        title = f"{len(late)} of {len(sources)} sources have a newer release due"
    picture = Frame(
        title, "Release dates of the sources behind the figures",
        "Source: the publishers' release calendars.", captions.file_name("freshness", date), phone=view.phone,
        palette=theme.with_accent(view.desk.settings.accent),
        width=None if view.phone else FULL_PAGE,
    )  # fmt: skip
    return charts.freshness_dots(sources.assign(as_of=date), picture)


def _several(names: Sequence[str]) -> str:
    """'A', 'A and B', 'A, B and C'."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def coverage_chart(view: View, measures: Sequence[Measure]) -> Chart:
    """How far the facts reach: each measure by count and by jobs or awards, with its aim."""
    rows = pd.DataFrame(
        [
            {"measure": m.name, "by_count_pct": m.pct, "by_employment_pct": m.weighted_pct,
             "aim_pct": AIMS.get(m.id), "count_of": m.counted,
             "weight_of": "jobs" if m.weight == "employment" else m.weight}
            for m in measures
        ]
    )  # fmt: skip
    rows["aim_pct"] = rows.aim_pct.astype(float)
    met = [m for m in measures if m.id in AIMS]
    count = sum(m.weighted_pct >= AIMS[m.id] for m in met)
    picture = Frame(
        f"{count} of {len(met)} aims of coverage are met",
        "Share reached, by count and weighted by jobs or awards · United States",
        "Source: computed from the bundled tables; see Sources.", captions.file_name("coverage"),
        phone=view.phone, palette=theme.with_accent(view.desk.settings.accent),
        height=None if view.phone else 500, width=None if view.phone else FULL_PAGE,
    )  # fmt: skip
    return charts.coverage_bars(rows, picture)


def _line(found: Ranking, field: str) -> float | None:
    """The highest line that the rule in use draws for a field in every case, not as one of several ways."""
    test = found.verdicts.rule.test
    if isinstance(test, Combination) and test.needed < len(test.tests):
        return None
    members = test.tests if isinstance(test, Combination) else (test,)
    lines = []
    for answer in found.verdicts.answers:
        if answer.criterion in members and answer.criterion.field == field and len(answer.threshold):
            by_hour = answer.unit[0] == "USD / hour"
            lines.append(float(answer.threshold[0]) * (HOURS_PER_YEAR if by_hour else 1))
    return max((line for line in lines if line == line), default=None)
