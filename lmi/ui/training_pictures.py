"""From completions to charts: balance, trend, providers, completers, limit, earnings. Pure."""

from collections.abc import Mapping

import pandas as pd

from lmi.analysis.supply import METHODS
from lmi.answers.completions import by_race
from lmi.answers.ranking import Ranking
from lmi.answers.training import Training
from lmi.domain.awards import levels_in_words
from lmi.domain.codes import NATION
from lmi.presentation import captions, charts, theme
from lmi.presentation.charts import Chart, Frame
from lmi.presentation.formats import format_count, format_money, format_pct
from lmi.presentation.outlines import Geo
from lmi.presentation.provider_map import Level
from lmi.ui.pictures import frame, jobs_basis, retrieved, source
from lmi.ui.state import View
from lmi.ui.wording import brief

DRAWN = 15


def balance(view: View, ranking: Ranking, selected: str) -> Chart:
    """Openings against completions of every ranked occupation, with the line of balance."""
    supply = ranking.supply
    rows = ranking.rows.assign(
        in_demand=[value is True for value in ranking.rows.in_demand],
        completions=ranking.rows.completions_per_year,
        title=[brief(view, str(title)) for title in ranking.rows.title],
    )
    known = rows[rows.has_program.astype(bool) & rows.openings_per_year.notna() & rows.in_demand]
    short = int((known.supply_gap.astype(float) > 0).sum())
    title = (
        f"Fewer awards than openings in {short} of {captions.counted(len(known), 'in-demand occupation')} "
        "with a program"
    )
    desk, notes = view.desk, [f"{METHODS[supply.method].capitalize()}; {levels_in_words(supply.levels)}."]
    used = [(source(desk, "nces_ipeds"), f"completions {supply.year}")]
    if view.area.code == NATION:
        used.append((source(desk, "bls_ep"), "published openings"))
    else:
        used += [
            (source(desk, "bls_oews"), jobs_basis(view.area)),
            (source(desk, "bls_ep"), "national rates"),
        ]
        notes.append("Openings estimated by this project.")
    text = captions.source_line(used, notes, retrieved(desk, "nces_ipeds"))
    measure = f"Openings and completions a year, {METHODS[supply.method]}"
    picture = frame(view, title, f"openings and completions {supply.method}", measure, text, 540)
    return charts.balance_scatter(
        rows, picture, selected=[selected] if selected else (), upper=supply.method == "whole"
    )


HALF_PAGE = 430  # pixels that half of the page has at least, on a small laptop


def _frame(
    view: View, found: Training, title: str, what: str, measure: str, text: str, height: int,
    width: int | None = None,
) -> Frame:  # fmt: skip
    kind = "" if found.area.type in {"nation", "state", "territory", "nonmetro"} else f" {found.area.kind}"
    return Frame(
        title=title,
        subtitle=f"{measure} · {found.title} ({found.soc}) · {found.area.short_name}{kind}",
        source=text,
        filename=captions.file_name(
            found.area.short_name, f"{found.soc} {brief(view, found.title)[:40]}", what
        ),
        phone=view.phone,
        palette=theme.with_accent(view.desk.settings.accent),
        height=None if view.phone else height,
        width=None if view.phone else width,
    )


def ipeds_source(view: View, found: Training, *notes: str) -> str:
    """The source line of completions."""
    said = [f"{levels_in_words(found.levels).capitalize()}; first majors.", *notes]
    return captions.source_line(
        [(source(view.desk, "nces_ipeds"), "published"), (source(view.desk, "nces_cip_soc"), "links")], said,
        retrieved(view.desk, "nces_ipeds"),
    )  # fmt: skip


def trend(view: View, found: Training) -> Chart:
    """Awards of all programs that lead to the occupation, by year and level."""
    first, last = found.by_year[0], found.by_year[-1]
    years = f"{found.years[0]} to {found.years[-1]}"
    if not max(found.by_year):
        title = f"No awards reported in {found.area.place}, {years}"
    elif not first:
        title = f"{format_count(last)} awards in {found.latest}; none in {found.years[0]}"
    else:
        change = last / first - 1
        word = "up" if change >= 0 else "down"
        title = (
            f"{format_count(last)} awards in {found.latest}, {word} {abs(change):.0%} from {found.years[0]}"
        )
    picture = _frame(
        view,
        found,
        title,
        "awards by year",
        "Awards a year by level",
        ipeds_source(view, found),
        430,
        HALF_PAGE,
    )
    return charts.award_trend(found.trend, picture)


def providers(view: View, found: Training, boundaries: Mapping[str, Geo]) -> Chart:
    """Where the providers are, by awards. boundaries: the bundled ones of 'metros' and 'states'."""
    rows = found.providers
    if rows.empty:
        title = f"No institution in {found.area.place} reports awards for it in {found.latest}"
    else:
        first = rows.iloc[0]
        share = 100 * float(first.awards) / float(rows.awards.sum())
        title = f"{first.institution_name}: {format_pct(share, decimals=0)} of the awards"
        if len(rows) > 1:
            title += f" of {len(rows)} providers"
    level: Level = "metro"
    if found.area.type in {"nation", "state", "territory"}:
        level = "nation" if found.area.code == NATION else "state"
    picture = _frame(
        view, found, title, "providers", f"Awards by reporting office, {found.latest}",
        ipeds_source(view, found, "Boundaries: U.S. Census Bureau, 2023."),
        430 if level == "metro" else 560, HALF_PAGE,
    )  # fmt: skip
    return charts.providers_map(
        rows,
        picture,
        area_code=found.area.members,
        level=level,
        metros=boundaries["metros"],
        states=boundaries["states"],
    )


def limit(view: View, found: Training) -> Chart:
    """Applicants, seats, enrolled, completions and openings, as far as they are known."""
    e, staff = found.evidence, "entered by staff"
    peak = e.seats is None
    rows = pd.DataFrame(
        [
            ("Applicants", e.applicants, staff, found.limit.kind == "applicants"),
            ("Seats", e.peak if peak else e.seats, "proxy: five-year peak" if peak else staff,
             found.limit.kind == "seats" and not found.limit.proxy),
            ("Enrolled", e.enrolled, staff, False),
            ("Completions", e.finished if e.finished is not None and not peak else e.completions,
             "published, programs counted whole" if peak or e.finished is None else staff,
             found.limit.kind == "finishers"),
            ("Openings here", e.openings, "estimated" if found.area.code != NATION else "published", False),
        ],
        columns=["stage", "people", "basis", "limit"],
    )  # fmt: skip
    rows["people"] = rows.people.astype(float)
    title = f"{brief(view, found.title)}: {found.limit.why.rstrip('.')}"
    picture = _frame(
        view, found, title, "seats and finishers", "People a year",
        ipeds_source(view, found, "Seats, applicants and enrolled: local capacity file."), 330,
    )  # fmt: skip
    return charts.limit_bars(rows, picture)


def completers(view: View, found: Training, rows: pd.DataFrame) -> Chart:
    """Race and ethnicity of everybody who completed at the providers, at these levels."""
    groups = by_race(rows)
    known = groups[groups.people > 0]
    if known.empty:
        title = "No completers reported"
    else:
        largest = known.sort_values(["people", "group"], ascending=[False, True]).iloc[0]
        share = format_pct(largest.share_pct, decimals=0)
        title = f"{largest.group}: {share} of all completers at these providers"
    text = captions.source_line(
        [(source(view.desk, "nces_ipeds"), "published")],
        ["All programs of these institutions, not only this one; people, not awards."],
        retrieved(view.desk, "nces_ipeds"),
    )
    measure = f"Completers of {found.latest} by race and ethnicity, all programs of the providers"
    picture = _frame(view, found, title, "completers by race", measure, text, 430)
    return charts.completer_bars(groups, picture)


def earnings(view: View, found: Training, median: float) -> Chart:
    """What graduates of the programs earn, wherever they work."""
    rows = found.offers[found.offers.earnings_usd_year.notna()]
    rows = rows.drop_duplicates(["unitid", "award_level", "earnings_usd_year"])
    rows = rows.sort_values(["earnings_usd_year", "unitid"], ascending=[False, True]).head(DRAWN)
    rows = rows.assign(program=rows.institution_name + ", " + rows.level)
    four = rows[rows.years_after == 4]
    if rows.empty:
        title = "No graduates' earnings are published for these programs"
    else:
        values = (four if len(four) else rows).earnings_usd_year
        low, high = format_money(values.min()), format_money(values.max())
        span = low if low == high else f"{low} to {high}"
        title = f"Graduates' median earnings: {span} a year"
    text = captions.source_line(
        [(source(view.desk, "ed_scorecard"), "published, national"),
         (source(view.desk, "bls_oews"), "median pay")],
        ["Earnings are by program group (four digits), wherever graduates work."],
        retrieved(view.desk, "ed_scorecard"),
    )  # fmt: skip
    picture = _frame(
        view, found, title, "graduates' earnings", "Median earnings after completion", text, 430, HALF_PAGE
    )
    return charts.earnings_dots(
        rows, picture, reference=median if median == median else None,
        reference_name=f"Median pay, all jobs in {view.area.place}",
    )  # fmt: skip
