"""What the facilitator reaches for beside the steps: answer for somebody, names, own words, the record."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from lmi.analysis.room import Room
from lmi.contributions import convenings, opened
from lmi.domain.convening import LONGEST_NAME, order_of
from lmi.domain.errors import BadInput
from lmi.ui import convening_behalf, convening_record, room_acts, room_loaders, room_people
from lmi.ui.state import View
from lmi.ui.widgets import heading, note, unmarked

_TOOLS = {
    "behalf": "Answer for somebody", "people": "People and organizations",
    "own": "Jobs in own words", "record": "Record and paper form",
}  # fmt: skip
_TOLD = "What they said stays on record, and their phone is told."


def block(view: View, room: Room) -> None:
    """One tool at a time; what comes of the convening in its last step and after it."""
    draw: dict[str, Callable[[], None]] = {
        "behalf": lambda: convening_behalf.block(view, room),
        "people": lambda: _people(room),
        "own": lambda: _own_words(view, room),
        "record": lambda: convening_record.block(view, room),
    }
    shown = st.segmented_control(
        "Tools", list(_TOOLS), key="w_room_tool", format_func=lambda i: _TOOLS[i],
    )  # fmt: skip
    if shown in draw:
        draw[str(shown)]()
    if room.state.ended or order_of(room.state.step) == order_of("close"):
        convening_record.outcome(view, room)


def _people(room: Room) -> None:
    """Who is in; how an organization is called; names that somebody wants deleted."""
    heading("People and organizations")
    if not room.joined:
        note("Nobody is in the room yet.")
        return
    names, said = room_people.labels(room), Counter(entry.participant for entry in room.entries)
    st.dataframe(
        [
            {
                "Person": names[person.id], "Organization": room.organisation_of[person.id],
                "As typed": person.organisation, "Role": person.role,
                "Joined by": person.joined_by or "themself",
                "Entries": said[person.id],
                "Counts": "set aside" if person.id in room.aside else "yes",
            }
            for person in room.joined
        ],
        hide_index=True, key="room-people", alt="Table: who is in the room",
    )  # fmt: skip
    _set_aside(room, names)
    if room.people:
        _organisations(room, {person.id: names[person.id] for person in room.people})
    _names(room, names)


def _organisations(room: Room, names: Mapping[str, str]) -> None:
    """How the organization of somebody is called."""
    with st.form("room-organisation", clear_on_submit=True):
        _person("Person", names, "w_org_who")
        st.text_input(
            "Their organization is to be called", key="w_org_name", max_chars=LONGEST_NAME,
            placeholder=room.organisations[0],
            help="Two spellings of one organization count as two until they are called alike.",
        )  # fmt: skip
        st.form_submit_button("Call it so", on_click=_rename, args=(room,))


def _person(label: str, names: Mapping[str, str], key: str) -> None:
    """One person; at first nobody, so that nothing is done to whoever comes first."""
    st.selectbox(
        label, list(names), index=None, key=key, format_func=lambda i: names.get(i, i),
        placeholder="Choose a person",
    )  # fmt: skip


def _set_aside(room: Room, names: Mapping[str, str]) -> None:
    """Who counts nowhere: somebody who came in by mistake, or to disturb. Everything of it can be undone."""
    for kind, title, label, whose in (
        (
            "aside",
            "Set aside, so that they count nowhere",
            "Set aside",
            [person.id for person in room.people],
        ),
        ("back", "Count again", "Count them again", [each for each in names if each in room.aside]),
    ):
        if whose:
            with st.form(f"room-{kind}", clear_on_submit=True):
                st.multiselect(
                    title, whose, key=f"w_{kind}_who", format_func=lambda i: names.get(i, i),
                    help=_TOLD if kind == "aside" else None,
                )  # fmt: skip
                st.form_submit_button(label, on_click=_count, args=(room, kind))


def _count(room: Room, kind: str) -> None:
    """Callback: set some people aside, or count them again."""
    for who in st.session_state[f"w_{kind}_who"]:
        room_acts.facilitate(room.convening, kind, room_acts.token(room, "", kind, who), str(who))


def _names(room: Room, names: Mapping[str, str]) -> None:
    """A person's name and role, deleted once that is asked for and confirmed."""
    with st.form("room-forget"):
        _person("Whose name", names, "w_forget_who")
        st.checkbox("Delete name and role for good; what they said stays", key="w_forget_sure")
        st.form_submit_button("Delete name and role", on_click=_forget, args=(room,))


def _rename(room: Room) -> None:
    """Callback: another name for somebody's organization."""
    who, name = st.session_state["w_org_who"], str(st.session_state["w_org_name"])
    if not who:
        room_acts.attempt(_nobody)
        return
    key = room_acts.token(room, "", "organisation", who, name)
    room_acts.facilitate(room.convening, "organisation", key, who, {"organisation": name})


def _nobody() -> None:
    raise BadInput("Nothing was changed.", "Nobody is chosen.", "Choose a person.")


def _forget(room: Room) -> None:
    """Callback: delete a person's name and role, if that was confirmed."""
    who, sure = st.session_state["w_forget_who"], bool(st.session_state["w_forget_sure"])

    def act() -> None:
        if not who:
            _nobody()
        if not sure:
            raise BadInput("Nothing was deleted.", "It is not confirmed.", "Tick the box above the button.")
        convenings.forget_name(opened.store_of(room.convening.id), who)

    if room_acts.attempt(act):
        st.session_state["w_forget_sure"] = False
        room_acts.done("Name and role are deleted.")


def _own_words(view: View, room: Room) -> None:
    """Jobs that nobody found in the list: the facilitator says which occupation is meant, and can say it
    anew."""
    heading("Jobs in own words")
    jobs = _own_jobs(room)
    waiting, matched = [job for job in jobs if not job.soc], [job for job in jobs if job.soc]
    if not jobs:
        note("Every job that was named is an occupation of the list.")
    titles = room_loaders.brief_titles(view)
    for job in waiting:
        _meant(room, job, titles)
    if matched:
        note("Matched already. To correct one, choose another occupation.")
    for job in matched:
        _meant(room, job, titles)


@dataclass(frozen=True)
class _Job:
    """A job in own words. soc: what it counts as, '' for nothing yet. seqs: the nominations in these
    words."""

    words: str
    soc: str
    seqs: tuple[int, ...]


def _own_jobs(room: Room) -> list[_Job]:
    """In the order of the board; the same words that count as two occupations are two."""
    words = {e.seq: e.words for e in room.entries if e.kind == "nominate" and e.subject == "own"}
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row in room.nominated:
        for seq in row.seqs:
            if seq in words:
                found[row.soc, words[seq].casefold()].append(seq)
    return [_Job(words[seqs[0]], soc, tuple(seqs)) for (soc, _), seqs in found.items()]


def _meant(room: Room, job: _Job, titles: Mapping[str, str]) -> None:
    codes = list(titles)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"w_match_{job.seqs[0]}"
        now = f" (now: {titles.get(job.soc, job.soc)})" if job.soc else ""
        st.selectbox(
            unmarked(f"“{job.words}”{now} is"), codes, key=key, width=420,
            index=codes.index(job.soc) if job.soc in titles else None,
            format_func=lambda soc: titles.get(soc, soc), placeholder="Choose an occupation",
        )  # fmt: skip
        st.button(
            "Match anew" if job.soc else "Match", key=f"match-{job.seqs[0]}", on_click=_match,
            args=(room, job, key),
        )  # fmt: skip


def _match(room: Room, job: _Job, key: str) -> None:
    """Callback: an occupation for every nomination that was put in the same words."""
    soc = st.session_state.get(key)
    if not soc or soc == job.soc:
        return
    for seq in job.seqs:
        token = room_acts.token(room, "", "match", seq, soc)
        room_acts.facilitate(room.convening, "match", token, str(seq), {"soc": str(soc)})
