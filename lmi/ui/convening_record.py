"""What is taken home from a convening: the record, the paper form, and what is adjusted because of it."""

from collections.abc import Callable

import streamlit as st

from lmi.analysis.room import Room
from lmi.answers import room_lists, room_record
from lmi.answers.room_record import record_of
from lmi.contributions import adjustments, opened
from lmi.presentation import captions
from lmi.publishing.meeting_record import record_pdf
from lmi.publishing.paper_form import paper_form_pdf
from lmi.publishing.record_table import record_csv
from lmi.ui import access, outcome_panels, room_loaders
from lmi.ui.state import View
from lmi.ui.widgets import heading, note

_PAPER = {"us-letter": "US letter", "a4": "A4"}


def block(view: View, room: Room) -> None:
    """Downloads: the record as PDF and CSV, with or without names, and the form on paper."""
    heading("Record and paper form")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        paper = str(
            st.selectbox(
                "Paper", list(_PAPER), key="w_room_paper", format_func=lambda i: _PAPER[i], width=160
            )
        )
        names = bool(
            st.toggle(
                "With people's names", key="w_room_names",
                help="Off: organizations and roles only; with names hidden in the room, numbers only. "
                "Names are personal data: keep such a file safe.",
            )
        )  # fmt: skip
        _download("Record (PDF)", "pdf", "application/pdf", room, lambda: pdf(view, room, names, paper))
        _download("Record (CSV)", "csv", "text/csv", room, lambda: csv(view, room, names))
        _download("Paper form (PDF)", "form", "application/pdf", room, lambda: form(view, room, paper))
    note(
        "The paper form asks what the phones ask. To type one in afterwards, choose 'Answer for somebody'; "
        "the convening has to be open, and its steps have to have begun."
    )


def _download(label: str, kind: str, mime: str, room: Room, make: Callable[[], bytes]) -> None:
    convening = room.convening
    name = captions.file_name(convening.industry, convening.held_on, "form" if kind == "form" else "record")
    st.download_button(
        label, data=access.later(make), file_name=f"{name}.{'csv' if kind == 'csv' else 'pdf'}", mime=mime,
        on_click="ignore", key=f"room-{kind}",
    )  # fmt: skip


def pdf(view: View, room: Room, names: bool, paper: str) -> bytes:
    """The record as it stands when the button is pressed."""
    return record_pdf(_record(view, room, names), paper)


def csv(view: View, room: Room, names: bool) -> bytes:
    """The same as a table."""
    return record_csv(_record(view, room, names))


def form(view: View, room: Room, paper: str) -> bytes:
    """The form on paper, with the moves and programs known so far."""
    access.require()
    convening = room.convening
    meeting = room_record.meeting_of(view.desk, convening)
    moves = room_record.moves_for_paper(view.desk, room_loaders.room(convening))
    programs = [words for _, words in room_lists.programs_of(view.desk, convening.area_code, room.topics)]
    return paper_form_pdf(meeting, moves, programs, paper)


def _record(view: View, room: Room, names: bool) -> dict[str, object]:
    access.require()
    convening = room.convening
    found = adjustments.of(opened.store_of(convening.id), convening.id)
    return record_of(view.desk, room_loaders.room(convening), found, names=names)


def outcome(view: View, room: Room) -> None:
    """What is proposed to be adjusted, each to be accepted or declined."""
    outcome_panels.block(view, room)
