"""The ranking as a table beside its picture: selecting a row moves both."""

from typing import Any

import pandas as pd
import streamlit as st

from lmi.answers.ranking import Ranking
from lmi.presentation.tables import csv_bytes
from lmi.ui import address, loaders, outcome_marks, pictures, wording
from lmi.ui.state import View
from lmi.ui.widgets import csv_header, note

TABLE_COLUMNS = {
    "demand_rank": "Rank", "title": "Occupation", "range": "Range", "demanded": "In demand",
    "openings_per_year": "Openings a year", "supply_gap": "Supply gap", "growth_pct": "Growth, nation",
    "wage_median_usd_year": "Median pay", "employment": "Jobs", "location_quotient": "LQ",
    "note": "Note", "soc": "SOC", "employers": outcome_marks.COLUMN,
}  # fmt: skip
# Name of a column in pathways.yaml -> its field here and the audience's word for it.
NAMED = {
    "rank": ("demand_rank", "rank"), "occupation": ("title", "title"), "range": ("range", "rank_range"),
    "in_demand": ("demanded", "in_demand"), "openings": ("openings_per_year", "openings_a_year"),
    "supply_gap": ("supply_gap", "supply_gap"), "growth": ("growth_pct", "growth"),
    "pay": ("wage_median_usd_year", "median_pay"), "jobs": ("employment", "jobs"),
    "concentration": ("location_quotient", "concentration"), "note": ("note", "note"),
    "code": ("soc", "code"),
}  # fmt: skip
CSV_COLUMNS = (
    "demand_rank", "rank_low", "rank_high", "soc", "title", "in_demand", "demand_score", "employment",
    "employment_rse_pct", "openings_per_year", "openings_low", "openings_high", "openings_basis",
    "employment_change_per_year", "exits_per_year", "transfers_per_year", "growth_pct",
    "wage_median_usd_year", "wage_median_usd_hour", "wage_rse_pct", "location_quotient",
    "completions_per_year", "completions_upper_bound", "supply_gap", "supply_ratio", "has_program",
    "typical_education", "work_experience", "on_the_job_training", "job_zone", "employers_critical",
    "rank_note", "rank_aside",
)  # fmt: skip
_FORMATS = {
    "Median pay": "$%,.0f", "Openings a year": "%,.0f", "Jobs": "%,.0f", "Growth, nation": "%.1f%%",
    "LQ": "%.2f", "Supply gap": "%,.0f",
}  # fmt: skip
_WIDTHS = {"Occupation": 168, "Range": 64, "In demand": 84}


def table(view: View, ranking: Ranking, soc: str) -> None:
    """The whole ranking; selecting a row puts it into the address, and the picture follows."""
    rows = ranking.rows
    if st.session_state.get("_row_chosen") != soc:  # chosen elsewhere: the table starts anew on that row
        st.session_state["_row_chosen"] = soc
        st.session_state["_table_turn"] = st.session_state.get("_table_turn", 0) + 1
    key = f"ranking-{abs(hash((view.key, view.request)))}-{st.session_state['_table_turn']}"

    def follow() -> None:
        chosen = st.session_state[key].selection.rows
        if chosen:
            st.session_state["_row_chosen"] = str(rows.soc.iloc[chosen[0]])
            address.put("soc", str(rows.soc.iloc[chosen[0]]))

    position = int((rows.soc == soc).to_numpy().argmax())
    st.dataframe(
        _shown(view, rows), hide_index=True, key=key, height=540, on_select=follow,
        selection_mode="single-row-required", selection_default={"selection": {"rows": [position]}},
        placeholder="not published", column_config=_columns(view),
        column_order=_order(view, rows),
        alt="Table: the demand ranking. Select a row to see why it is or is not in demand.",
    )  # fmt: skip
    st.download_button(
        "Whole ranking as CSV", data=lambda: ranking_csv(view, ranking), mime="text/csv",
        file_name=pictures.frame(view, "", "ranking", "", "").filename + ".csv",
        on_click="ignore", key="ranking-csv",
    )  # fmt: skip
    note(left_out(ranking, len(loaders.titles(view.key, view.desk))))


def _order(view: View, rows: pd.DataFrame) -> list[str]:
    """The audience's columns; what employers said, where it says anything, comes after the occupation and the
    range of its rank, without which a rank is not to be read."""
    order = [TABLE_COLUMNS[NAMED[name][0]] for name in view.audience.columns]
    if any(outcome_marks.column(view, rows)):
        before = [order.index(name) for name in ("Occupation", TABLE_COLUMNS["range"]) if name in order]
        order.insert(max(before) + 1, outcome_marks.COLUMN)
    return order


def _shown(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    spans = zip(rows.rank_low, rows.rank_high, strict=True)
    return rows.assign(
        range=[f"{low}–{high}" if low != high else f"{low}" for low, high in spans],
        note=(rows.rank_note + " " + rows.rank_aside).str.strip(),
        employers=outcome_marks.column(view, rows),
        demanded=[{True: "yes", False: "no"}.get(v, "undecided") for v in rows.in_demand],
    )[list(TABLE_COLUMNS)].rename(columns=TABLE_COLUMNS)


def _columns(view: View) -> dict[str, Any]:
    """Every column with the audience's word as its label; those left out can be shown from the toolbar."""
    config: dict[str, Any] = {}
    for field, word in NAMED.values():
        name = TABLE_COLUMNS[field]
        label = view.word(word)
        if name in _FORMATS or name == "Rank":
            width = 48 if name == "Rank" else None
            config[name] = st.column_config.NumberColumn(label, width=width, format=_FORMATS.get(name))
        else:
            config[name] = st.column_config.TextColumn(label, width=_WIDTHS.get(name))
    config[outcome_marks.COLUMN] = st.column_config.TextColumn(width=104, help=outcome_marks.HELP)
    return config


def left_out(ranking: Ranking, all_told: int) -> str:
    """What the ranking could not hold, in words."""
    total = len(ranking.local.detailed)
    parts = [f"{total} of {all_told} detailed occupations are published here."]
    if ranking.left_out:
        parts.append(f"{ranking.left_out} left out by the pay filter because their pay is not published.")
    if ranking.undecided:
        parts.append(
            f"For {ranking.undecided} the middle-skill rule needs a figure that is not published here."
        )
    return " ".join(parts)


def ranking_csv(view: View, ranking: Ranking) -> bytes:
    """Every ranked occupation as CSV with its source lines."""
    found = pictures.ranking_chart(view, ranking, "")
    computed = [
        c
        for c in CSV_COLUMNS
        if c.endswith("per_year") or c in ("openings_low", "openings_high", "supply_gap")
    ]
    rows: pd.DataFrame = ranking.rows[list(CSV_COLUMNS)].round(
        dict.fromkeys(computed, 1) | {"demand_score": 4}
    )
    rows = rows.assign(
        in_demand=[{True: "yes", False: "no"}.get(v, "undecided") for v in ranking.rows.in_demand]
    )
    told = left_out(ranking, len(loaders.titles(view.key, view.desk)))
    caveats = [*wording.ranking_caveats(view), told]
    header = csv_header(found.title, view.sentence(), found.source, view, caveats)
    return csv_bytes(rows, header)
