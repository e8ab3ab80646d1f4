"""Training capacity that staff enter: the entries, what is wrong in the file, and the form that edits it."""

import re
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from lmi.answers.training import Training
from lmi.domain.capacity import COLUMNS, EITHER, KINDS
from lmi.domain.errors import LmiError
from lmi.places import here
from lmi.sources import capacity_edit, capacity_file
from lmi.ui import access
from lmi.ui.state import View
from lmi.ui.widgets import heading, note, unmarked

NEW = 0  # the choice that adds an entry instead of changing one
LABELS = {
    "provider": "Provider", "program": "Program", "kind": "Kind", "cip": "CIP code", "soc": "SOC code",
    "area_code": "Area code", "unitid": "IPEDS number", "seats": "Seats a year",
    "applicants": "Applicants a year", "enrolled": "Enrolled a year", "finished": "Finished a year",
    "cost_usd": "Cost, $", "length": "Length", "source": "Source", "as_of": "As of",
}  # fmt: skip


def capacity(view: View, found: Training) -> None:
    """Entries for this occupation, problems in the file, and the form."""
    heading("Seats, as providers tell them")
    listed = view.desk.capacity
    if len(found.entries):
        shown = found.entries.drop(columns="line").dropna(axis=1, how="all").rename(columns=LABELS)
        st.dataframe(
            shown, hide_index=True, key="capacity-entries", placeholder="not known",
            alt=f"Table: training capacity for {found.title}, entered by staff",
        )  # fmt: skip
        note("Entered by staff in data/local/training_capacity.csv; each entry names its source and date.")
    else:
        st.text(f"Nobody has entered seats for {found.title} in {found.area.place} yet.")
    problems = [p.line_text() for p in listed.problems]
    if problems:
        with st.container(border=True, key="capacity-problems"):
            st.text(f"Not read from the capacity file ({len(problems)}); the other lines are in use:")
            for text in problems[:12]:
                st.text(text)
            if len(problems) > 12:
                st.text(f"… and {len(problems) - 12} more.")
    if not access.allowed():
        access.invite("Add or change an entry", "training")
        return
    with st.expander("Add or change an entry", expanded=bool(st.session_state.get("_capacity_open"))):
        _editor(view, found)


def _editor(view: View, found: Training) -> None:
    said = st.session_state.pop("_capacity_said", None)
    if said:
        st.success(unmarked(said))
    st.download_button(
        "Empty template", data=capacity_file.template, file_name="training_capacity.csv", mime="text/csv",
        on_click="ignore", key="capacity-template",
        help="For many entries: fill it in a spreadsheet and save it as data/local/training_capacity.csv.",
    )  # fmt: skip
    rows = view.desk.capacity.rows
    names = {int(r.line): f"Line {r.line}: {r.provider}, {r.program}, {r.as_of}" for r in rows.itertuples()}
    line = int(
        st.selectbox(
            "Entry", [NEW, *names], key="w_capacity_line",
            format_func=lambda number: "A new entry" if number == NEW else names.get(number, ""),
        )
    )  # fmt: skip
    stamp, turn = _begun(line, view.desk.capacity.stamp)
    if line != NEW and stamp != view.desk.capacity.stamp:
        st.warning(
            "Somebody changed the file since you chose this entry. Load it again before you change it."
        )
        st.button("Load it again", on_click=_begin_again)
        return
    old = rows[rows.line == line].iloc[0] if line != NEW and (rows.line == line).any() else None
    mark = f"{line}-{found.soc}-{found.area.code}-{turn}"
    with st.form(f"capacity-{mark}"):
        values = _fields(found, old, mark, _area_code(view, found))
        first, second, third = st.columns(3)
        save = first.form_submit_button("Save", type="primary")
        remove = old is not None and second.form_submit_button("Remove this entry")
        sure = old is not None and third.checkbox("Yes, remove it", key=f"capacity-sure-{mark}")
    if save:
        _write(view, line, values, stamp)
    elif remove and not sure:
        st.warning("Tick 'Yes, remove it' to remove the entry.")
    elif remove:
        _write(view, line, None, stamp)


def _begun(line: int, stamp: str) -> tuple[str, int]:
    """The file's stamp when this entry was chosen, and the number of the turn.

    The stamp of the run that submits is too young: it was read after whatever others have changed.
    """
    begun = st.session_state.get("_capacity_begun")
    turn = st.session_state.get("_capacity_turn", 0)
    if not begun or begun[0] != line:
        begun = st.session_state["_capacity_begun"] = (line, stamp)
        turn = st.session_state["_capacity_turn"] = turn + 1
    return begun[1], turn


def _begin_again() -> None:
    """Callback: forget what was begun, so that the fields are filled anew from the file."""
    st.session_state.pop("_capacity_begun", None)


def _area_code(view: View, found: Training) -> str:
    """The area of a new entry; '' in a file without that column, where it means the default area."""
    columns, home = view.desk.capacity.columns, view.desk.settings.default_area
    return "" if columns and "area_code" not in columns and found.area.code == home else found.area.code


def _fields(found: Training, old: pd.Series | None, mark: str, area_code: str) -> dict[str, str]:
    """The form's fields row by row, filled with the entry or with what is known of a new one."""
    start = {"soc": found.soc, "area_code": area_code}
    values: dict[str, str] = {}
    places = [place for _ in range(0, len(COLUMNS), 3) for place in st.columns(3)]
    for place, column in zip(places, COLUMNS, strict=False):
        value = start.get(column.id, "") if old is None else _text(old[column.id])
        either = "SOC" if column.id == "cip" else "CIP"
        optional = f" (this or {either})" if column.id in EITHER else " (if known)"
        label = LABELS[column.id] + ("" if column.required else optional)
        key = f"capacity-{column.id}-{mark}"
        with place:
            if column.id == "kind":
                kinds = ["", *KINDS]
                values[column.id] = st.selectbox(
                    label, kinds, index=kinds.index(value) if value in kinds else 0, key=key,
                    format_func=lambda kind: kind or "not told", help=column.meaning,
                )  # fmt: skip
            else:
                tip = f"{column.meaning} Accepted: {column.accepted}."
                values[column.id] = st.text_input(label, value, key=key, max_chars=300, help=tip)
    return values


def _text(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _write(view: View, line: int, values: Mapping[str, str] | None, stamp: str) -> None:
    """Save, change or remove; what is refused is said beside the form, and nothing is lost."""
    path, known = here().capacity, view.desk.known_codes
    try:
        access.require()
        if values is None:
            capacity_edit.remove_row(path, line, stamp)
        elif line == NEW:
            capacity_edit.add_row(path, values, known)
        else:
            capacity_edit.replace_row(path, line, values, stamp, known)
    except LmiError as error:
        st.error(unmarked(_labelled(error.line())))
        return
    done = "removed" if values is None else "saved"
    st.session_state["_capacity_said"] = f"The entry is {done}."
    st.session_state["_capacity_open"] = True
    st.session_state.pop("w_capacity_line", None)
    _begin_again()
    st.rerun()


def _labelled(text: str) -> str:
    """A refusal in the words of the form: 'As of: is empty', not 'as_of: is empty'."""
    return re.sub(r"\b(" + "|".join(LABELS) + r"): ", lambda found: f"{LABELS[found[1]]}: ", text)
