"""From a profile to charts: pay, openings, concentration. Pure; the page shows and caches them."""

import pandas as pd

from lmi.answers.profile import Profile
from lmi.domain.codes import NATION, TOTAL_SOC
from lmi.presentation import captions, charts, theme
from lmi.presentation.charts import Chart, Frame, Reference
from lmi.presentation.formats import format_count, format_money, format_pct
from lmi.ui.pictures import FULL_PAGE, oews_source, openings_source, period
from lmi.ui.state import View
from lmi.ui.wording import brief


def pay_chart(view: View, found: Profile) -> Chart:
    """The occupation's pay as a distribution against the area's median and the living-wage line."""
    per = "hour" if found.row is not None and found.row.pay_basis == "hour" else "year"
    median = found.figures[f"wage_median_usd_{per}"]
    total = found.local.total
    area_median = float(total[f"wage_median_usd_{per}"])
    line = None
    if view.living_wage:
        line = view.living_wage * (2080 if per == "year" else 1)
    references = [Reference(f"All jobs in {view.area.place}", area_median)]
    if line:
        references.append(Reference(f"Living wage ({format_money(view.living_wage)} an hour)", line))
    if median.value is None:
        title = f"Median pay of {brief(view, found.title).lower()} is not published in {view.area.place}"
    else:
        ratio = float(median.value) / area_median - 1
        word = "above" if ratio >= 0 else "below"
        amount = format_money(median.value, top_coded=median.lower_bound)
        least = "at least " if median.lower_bound else ""
        share = least + format_pct(abs(ratio) * 100, decimals=0)
        title = f"{brief(view, found.title)}: {amount} at the median, {share} {word} all jobs here"
    if found.soc == TOTAL_SOC:
        title = f"Half of all jobs in {view.area.place} pay less than {format_money(area_median)} a {per}"
        references = references[1:]
    wages = found.row if found.row is not None else pd.Series({"top_coded": None})
    picture = _profile_frame(view, found, title, "pay", f"Pay by the {per}, 10th to 90th percentile", 310)
    return charts.wage_distribution(wages, picture, references=references, per=per)


def openings_chart(view: View, found: Profile) -> Chart:
    """The occupation's openings a year in their three parts."""
    amount = found.value("openings_per_year")
    parts = [found.value(p) for p in ("employment_change_per_year", "exits_per_year", "transfers_per_year")]
    if amount is None:
        title = f"Openings cannot be estimated in {view.area.place}: employment is not published"
    else:
        title = _openings_finding(view, amount, parts[0] or 0)
    picture = _profile_frame(
        view, found, title, "openings", "Openings a year by origin", 230,
        source_text=openings_source(view.desk, view.area),
    )  # fmt: skip
    return charts.openings_split(parts[0], parts[1], parts[2], picture, significant=3)


def _openings_finding(view: View, amount: float, growth: float) -> str:
    """How many openings a year, and how far they come from people leaving."""
    about = "" if view.area.code == NATION else "About "
    count = f"{about}{format_count(amount, significant=3)} openings a year"
    if growth < 0:
        return f"{count}, all from people leaving: jobs decline"
    share = 100 * growth / amount if amount > 0 else 0
    if share < 1:
        return f"{count}, almost all from people leaving"
    return f"{count}, {format_pct(100 - share, decimals=0)} from people leaving the occupation"


def map_chart(view: View, found: Profile, everywhere: pd.DataFrame, level: str) -> Chart:
    """Where the occupation is concentrated: location quotients by metro area or by state."""
    kinds = ["metro"] if level == "metro" else ["state", "territory"]
    rows = everywhere[everywhere.area_type.isin(kinds)].reset_index(drop=True)
    drawn = rows[(rows.area_type != "territory") & (rows.states != "PR")]
    sure = (drawn.employment >= 100) & (drawn.employment_rse_pct <= 30)  # no finding on a handful of jobs
    known = drawn[drawn.location_quotient.notna() & sure].sort_values("location_quotient", ascending=False)
    if known.empty:
        title = f"No {level} publishes a location quotient for {brief(view, found.title).lower()}"
    else:
        best = known.iloc[0]
        times = f"{best.location_quotient:.1f} times the nation's share"
        title = f"{brief(view, found.title)}: most concentrated in {best.short_name}, {times}"
    picture = _profile_frame(
        view, found, title, f"concentration by {level}",
        f"Location quotient by {'metropolitan area' if level == 'metro' else 'state'}", 520,
        where="United States",
    )  # fmt: skip
    return charts.area_map(
        rows, picture, level="metro" if level == "metro" else "state", selected=view.area.code
    )


def _profile_frame(
    view: View, found: Profile, title: str, what: str, measure: str, height: int, source_text: str = "",
    where: str = "",
) -> Frame:  # fmt: skip
    kind = "" if found.area.type in {"nation", "state", "territory", "nonmetro"} else f" {found.area.kind}"
    return Frame(
        title=title,
        subtitle=f"{measure} · {found.title} ({found.soc}) · {where or found.area.short_name + kind}",
        source=source_text or oews_source(view.desk, view.area),
        filename=captions.file_name(
            view.area.short_name,
            f"{found.soc} {brief(view, found.title)[:40]}",
            what,
            period(view.desk, "bls_oews"),
        ),
        phone=view.phone,
        palette=theme.with_accent(view.desk.settings.accent),
        height=None if view.phone else height,
        width=None if view.phone else FULL_PAGE,
    )
