"""The parts of the Training page: controls, balance, one occupation's programs, providers, completers."""

from html import escape

import pandas as pd
import streamlit as st

from lmi.analysis.supply import METHODS
from lmi.answers.ranking import Ranking
from lmi.answers.training import Training
from lmi.domain.awards import (
    COMPLETER_LEVELS,
    SUB_BACCALAUREATE,
    SUB_BACCALAUREATE_COMPLETERS,
    levels_in_words,
)
from lmi.presentation import captions
from lmi.presentation.tables import csv_bytes
from lmi.ui import address, capacity_form, loaders, training_pictures, training_words
from lmi.ui.demand_panels import follow_chart
from lmi.ui.state import View
from lmi.ui.widgets import blocks, chart_block, csv_header, heading, note, short_list, tiles

LEVEL_NAMES = {
    "": "Award levels of the skill rule", "sub": "Certificates and associate's degrees",
    "all": "All award levels",
}  # fmt: skip
METHOD_NAMES = {"graduates": "Graduates split", "openings": "Openings split", "whole": "Whole count"}
COMPLETER_COLUMNS = {
    "institution_name": "Institution", "level": "Level", "completers": "Completers", "women": "Women",
    "hispanic": "Hispanic", "black": "Black", "asian": "Asian", "white": "White",
    "american_indian": "American Indian", "pacific_islander": "Pacific Islander",
    "two_or_more": "Two or more", "nonresident": "Nonresident", "race_unknown": "Not known",
}  # fmt: skip


def controls(view: View) -> None:
    """One row: how graduates are counted, and at which levels."""
    request = view.request
    with st.container(horizontal=True, vertical_alignment="bottom", key="training-controls"):
        address.show("w_supply", request.supply_method)
        st.segmented_control(
            "How graduates are counted", list(METHODS), key="w_supply", required=True,
            format_func=lambda i: METHOD_NAMES[i], on_change=address.from_widget,
            args=("supply", "w_supply"), label_visibility="collapsed",
        )  # fmt: skip
        address.show("w_levels", request.award_levels)
        st.selectbox(
            "Award levels", list(LEVEL_NAMES), key="w_levels", width=300, label_visibility="collapsed",
            format_func=lambda i: LEVEL_NAMES[i], on_change=address.from_widget, args=("levels", "w_levels"),
        )  # fmt: skip


def selected(view: View, ranking: Ranking) -> str:
    """The occupation in focus: the one in the address, else the widest gap in demand with a program here."""
    if view.soc in set(ranking.supply.rows.soc):
        return view.soc
    if view.soc:
        st.text(f"Programs lead to single occupations; '{view.soc[:30]}' is none that is known here.")
    rows = training_words.told(ranking)
    here = rows[rows.completions_upper_bound.astype(float) > 0]
    rows = here if len(here) else rows
    ordered = rows.sort_values(["supply_gap", "soc"], ascending=[False, True])
    return str(ordered.soc.iloc[0]) if len(ordered) else str(ranking.rows.soc.iloc[0])


def balance(view: View, ranking: Ranking, soc: str) -> None:
    """Openings against completions, beside the figures in short and the widest gaps."""
    with st.container(key="split"):
        left, right = st.columns([1.95, 1], gap="medium")
    with left:
        chart = view.chart("balance", lambda: training_pictures.balance(view, ranking, soc), soc)
        chart_block(chart, "balance", view, training_words.caveats(), follow_chart("balance"))
    with right:
        tiles(training_words.tiles(view, ranking))
        short_list(
            view.word("widest_gaps"),
            training_words.widest(view, ranking),
            "Completions for openings a year. * Typically learned on the job.",
        )
    with st.expander("Do the totals reconcile?"):
        _totals(view, ranking)


def _totals(view: View, ranking: Ranking) -> None:
    rows = "".join(
        f'<tr><th scope="row">{escape(what)}</th><td class="n">{escape(count)}</td>'
        f"<td>{escape(means)}</td></tr>"
        for what, count, means in training_words.totals(view, ranking.supply)
    )
    st.html(
        '<table class="lmi-evidence" data-testid="totals"><thead><tr><th scope="col">Counted</th>'
        '<th scope="col" class="n">A year</th><th scope="col">What it is</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    unplaced = ranking.supply.unplaced
    if unplaced:
        names = ", ".join(view.desk.areas[code].name for code in unplaced)
        note(f"At least: institutions cannot be placed in {names}.")
    for text in training_words.caveats():
        note(text)


def chooser(view: View, ranking: Ranking, soc: str) -> None:
    """Which occupation's training is shown: the ranked ones with a program, those in demand first."""
    rows = ranking.rows.assign(first=[value is not True for value in ranking.rows.in_demand])
    entered = rows.soc.isin(view.desk.capacity.rows.soc)  # an apprenticeship may be the only program
    rows = rows[rows.has_program.astype(bool) | entered].sort_values(["first", "title"])
    options = dict(zip(rows.soc, rows.title, strict=True))
    options = options if soc in options else {soc: view.desk.titles[soc], **options}
    address.show("w_training_soc", soc)
    st.selectbox(
        "Occupation", list(options), key="w_training_soc", width=560,
        format_func=lambda code: f"{options[code]} ({code})", filter_mode="contains",
        on_change=address.from_widget, args=("soc", "w_training_soc"),
    )  # fmt: skip


def below(view: View, found: Training, ranking: Ranking) -> None:
    """What is known of one occupation's training, in the audience's order."""
    draw = {
        "programs": lambda: _programs(view, found),
        "limit": lambda: _limit(view, found),
        "years": lambda: _years_and_pay(view, found, ranking),
        "completers": lambda: _completers(view, found),
        "capacity": lambda: capacity_form.capacity(view, found),
    }
    blocks(draw, view.audience.blocks["training"], view.word("more_page"))


def _programs(view: View, found: Training) -> None:
    """Providers as a map beside the table of programs."""
    with st.container(key="providers-split"):
        left, right = st.columns([1, 1.35], gap="small")
    with left:
        chart = view.chart(
            "providers",
            lambda: training_pictures.providers(view, found, loaders.boundaries()),
            *_parts(found),
        )
        chart_block(chart, "providers", view, training_words.program_caveats())
    with right:
        _table(view, found)


def _parts(found: Training) -> tuple[object, ...]:
    return (found.soc, found.levels, len(found.entries))


def _table(view: View, found: Training) -> None:
    """Every program here: who, what, five years as tiny bars, women, graduates' earnings."""
    offers = found.offers
    if offers.empty:
        st.text(f"No institution in {found.area.place} has reported a program for it in {found.years[0]}–"
                f"{found.latest}.")  # fmt: skip
        return
    years = f"{found.years[0]}–{found.latest}"
    rows = pd.DataFrame(
        {"Provider": offers.institution_name, "Program": offers.program, "Level": offers.level,
         years: [[value or 0 for value in row] for row in offers.by_year], str(found.latest): offers.awards,
         "Women": offers.women_pct, "Earn": offers.earnings_usd_year}
    )  # fmt: skip
    most = max(max(row) for row in rows[years])
    st.dataframe(
        rows, hide_index=True, key=f"programs-{found.soc}", height=min(430, 38 + 36 * len(rows)),
        placeholder="–",
        alt=f"Table: programs in {found.area.place} that lead to {found.title}",
        column_config={
            "Provider": st.column_config.TextColumn(width=130),
            "Program": st.column_config.TextColumn(width=84),
            "Level": st.column_config.TextColumn(width=84),
            years: st.column_config.BarChartColumn(y_min=0, y_max=max(most, 1), width=80),
            str(found.latest): st.column_config.NumberColumn(width=50),
            "Women": st.column_config.NumberColumn(format="%.0f%%", width=64),
            "Earn": st.column_config.NumberColumn(
                format="$%,.0f", width=66, help="Median earnings of graduates, wherever they work."
            ),
        },
    )  # fmt: skip
    name = captions.file_name(found.area.short_name, found.title, "programs")
    st.download_button(
        "Programs as CSV", data=lambda: programs_csv(view, found), file_name=f"{name}.csv", mime="text/csv",
        on_click="ignore", key="programs-csv",
    )  # fmt: skip
    note(f"{training_words.women(found)} A bar that is missing: 0, or nothing reported that year (the CSV "
         "tells which). –: no awards that year, or earnings not published.")  # fmt: skip


def programs_csv(view: View, found: Training) -> bytes:
    """Every program and level with its years; nothing reported is an empty cell, 0 a reported zero."""
    years = pd.DataFrame(
        [dict(zip((f"awards_{y}" for y in found.years), row, strict=True)) for row in found.offers.by_year]
    )
    for name in list(years.columns):
        years[f"{name}_note"] = years[name].isna().map({True: "nothing reported", False: ""})
    keep = ["unitid", "institution_name", "city", "control", "cip", "program", "award_level", "level"]
    rows = pd.concat(
        [found.offers[keep], years, found.offers[["women", "women_pct", "earnings_usd_year", "years_after"]]],
        axis=1,
    )
    header = csv_header(
        f"Programs that lead to {found.title} ({found.soc})",
        f"{found.area.name}; {levels_in_words(found.levels)}",
        training_pictures.ipeds_source(view, found), view, training_words.program_caveats(),
    )  # fmt: skip
    return csv_bytes(rows.round({"women_pct": 1}), header)


def _limit(view: View, found: Training) -> None:
    """Is the limit seats, finishers or applicants?"""
    heading(f"{view.word('seats_heading')} {training_words.limit_heading(found)}.")
    chart = view.chart("limit", lambda: training_pictures.limit(view, found), *_parts(found), found.evidence)
    chart_block(chart, "limit", view, training_words.program_caveats())
    note(training_words.limit_note(found))


def _years_and_pay(view: View, found: Training, ranking: Ranking) -> None:
    """The trend beside graduates' earnings."""
    left, right = st.columns(2, gap="medium")
    with left:
        chart = view.chart("trend", lambda: training_pictures.trend(view, found), *_parts(found))
        chart_block(chart, "trend", view, training_words.program_caveats())
    with right:
        median = float(ranking.local.total.wage_median_usd_year)
        if not found.offers.earnings_usd_year.notna().any():
            heading("What graduates earn is not published")
            note(
                "The College Scorecard publishes no earnings for these programs: too few graduates measured."
            )
            return
        chart = view.chart(
            "earnings", lambda: training_pictures.earnings(view, found, median), *_parts(found)
        )
        chart_block(chart, "earnings", view, training_words.program_caveats())


def _completers(view: View, found: Training) -> None:
    """Who completes at these providers, by race and ethnicity and by level; not by program."""
    heading(view.word("completers_heading"))
    levels = (
        SUB_BACCALAUREATE_COMPLETERS
        if set(found.levels) == set(SUB_BACCALAUREATE)
        else tuple(COMPLETER_LEVELS)
    )
    everyone = loaders.completers_of(view.key, view.desk, found.area.code, levels)
    rows = everyone[everyone.unitid.isin(found.providers.unitid)]
    chart = view.chart("completers", lambda: training_pictures.completers(view, found, rows), *_parts(found))
    chart_block(chart, "completers", view, [*training_words.program_caveats()[:3]])
    with st.expander("By institution and level"):
        st.dataframe(
            rows[list(COMPLETER_COLUMNS)].rename(columns=COMPLETER_COLUMNS), hide_index=True,
            key="completers-table",
            alt="Table: completers by institution, level, race and ethnicity",
        )  # fmt: skip
    note(
        "Race and ethnicity are published for all of an institution's completers at a level, not by program."
    )
